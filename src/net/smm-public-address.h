/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether an address belongs to the public internet: not to this computer, a home or an office. */
gboolean smm_public_address_check (GInetAddress *address);
gboolean smm_public_address_check_native (gpointer address, gsize length);

G_END_DECLS
