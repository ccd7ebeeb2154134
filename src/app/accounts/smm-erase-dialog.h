/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-library.h"

G_BEGIN_DECLS

/* @text: what came of it, to be shown; not called when the answer is no. */
typedef void (*SmmEraseDone) (const char *text, gpointer user_data);

/* Asks, with what goes for good, and does it. @user_data is an object, unreferenced by @done or,
 * with no, by the question. */
void smm_erase_dialog_ask_account (GtkWidget *asker, SmmLibrary *library, SmmPaths *paths,
                                   SmmAccount *account, SmmEraseDone done, gpointer user_data);
void smm_erase_dialog_ask_brand (GtkWidget *asker, SmmLibrary *library, SmmPaths *paths,
                                 SmmBrand *brand, SmmEraseDone done, gpointer user_data);

G_END_DECLS
