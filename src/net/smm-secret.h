/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void smm_wipe_free (char *secret);
/* Fills @bytes from getrandom(2). */
gboolean smm_random_bytes (guint8 *bytes, gsize n, GError **error);

G_END_DECLS
