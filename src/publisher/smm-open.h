/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-paths.h"

G_BEGIN_DECLS

/* Opens the window of this library: with --post ID, --account ID, --view NAME, --new-post, or as it
 * is: @option, @value NULL. */
gboolean smm_open_application (SmmPaths *paths, const char *option, const char *value,
                               GError **error);

G_END_DECLS
