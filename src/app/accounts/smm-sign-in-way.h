/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-connect-guide.h"
#include "smm-connect.h"

G_BEGIN_DECLS

/* The way that worked is the way next time: settings sign-in.APP and sign-in.relay. */
/* @relay: the user's page, replaced; free with g_free. */
SmmSignInWay smm_sign_in_way_recall (SmmStore *store, const SmmConnectGuide *guide, char **relay);
void smm_sign_in_way_keep (SmmLibrary *library, const SmmConnectGuide *guide, SmmSignInWay way,
                           const char *relay);

G_END_DECLS
