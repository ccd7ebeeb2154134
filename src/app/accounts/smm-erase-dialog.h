/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-library.h"

G_BEGIN_DECLS

/* @text: that it begins, then, @over, what came of it; to be shown. Not called when the answer is
 * no. */
typedef void (*SmmEraseTell) (const char *text, gboolean over, gpointer user_data);

/* Asks, with what goes for good, and does it. @user_data is an object, unreferenced at the end. */
void smm_erase_dialog_ask_account (GtkWidget *asker, SmmLibrary *library, SmmPaths *paths,
                                   SmmAccount *account, SmmEraseTell tell, gpointer user_data);
void smm_erase_dialog_ask_brand (GtkWidget *asker, SmmLibrary *library, SmmPaths *paths,
                                 SmmBrand *brand, SmmEraseTell tell, gpointer user_data);

G_END_DECLS
