/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-media-client.h"

G_BEGIN_DECLS

#define SMM_TYPE_CROP_DIALOG (smm_crop_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SmmCropDialog, smm_crop_dialog, SMM, CROP_DIALOG, AdwWindow)

/*
 * Which part of a picture or video to keep, or which shape to give it with borders. Signal "apply" ():
 * read it with smm_crop_dialog_get(); the window closes by itself.
 */
SmmCropDialog *smm_crop_dialog_new (GtkWindow *parent, SmmMedia *media, guint index);
/* @doing, @done: sentences for people, free with g_free. */
void smm_crop_dialog_get (SmmCropDialog *self, SmmMediaEdit *edit, char **doing, char **done);

G_END_DECLS
