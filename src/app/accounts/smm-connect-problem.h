/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-connect-guide.h"
#include "smm-connect.h"

G_BEGIN_DECLS

/* What happened is in the message; this is what to do: a sentence or NULL, and in @button what one
 * click does, or NULL. */
const char *smm_connect_describe_problem (const GError *error, const SmmConnectGuide *guide,
                                          SmmSignInWay way, gboolean keys,
                                          const char **button);

G_END_DECLS
