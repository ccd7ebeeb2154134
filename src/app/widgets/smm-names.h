/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* In every window of this program, from now on: a button with a mnemonic is called by its name once.
 * Once, after GTK is up. */
void smm_names_keep (void);

G_END_DECLS
