/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-library.h"
#include "smm-media-client.h"

G_BEGIN_DECLS

#define SMM_TYPE_EDIT_BAR (smm_edit_bar_get_type ())
G_DECLARE_FINAL_TYPE (SmmEditBar, smm_edit_bar, SMM, EDIT_BAR, GtkBox)

/*
 * Makes a new medium out of one of a post, one at a time: shows how far it is and ends it on
 * request; it also says what was done last to the media, and asks for it to be taken back. Signals: "replace"
 * (SmmMedia of the post, SmmMedia to put in its place, string what was done), "undo" (), "busy" (),
 * "failed" (string).
 */
GtkWidget *smm_edit_bar_new (SmmLibrary *library);
/* @doing, @done: sentences for people. FALSE: one is being made already. */
gboolean smm_edit_bar_start (SmmEditBar *self, SmmMedia *media, const SmmMediaEdit *edit,
                             const char *doing, const char *done);
/* What can be taken back; NULL: nothing. */
void smm_edit_bar_tell (SmmEditBar *self, const char *text);
/* Another post: ends what is being made. */
void smm_edit_bar_reset (SmmEditBar *self);
gboolean smm_edit_bar_is_busy (SmmEditBar *self);

G_END_DECLS
