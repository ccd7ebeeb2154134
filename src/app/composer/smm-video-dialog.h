/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-media-client.h"

G_BEGIN_DECLS

#define SMM_TYPE_VIDEO_DIALOG (smm_video_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SmmVideoDialog, smm_video_dialog, SMM, VIDEO_DIALOG, AdwWindow)

/*
 * Where a video begins and ends, and which of its frames is the cover. Signals: "apply" (), the window
 * closes by itself; "crop" (): its shape is to be changed instead.
 */
SmmVideoDialog *smm_video_dialog_new (GtkWindow *parent, SmmMedia *media, guint index,
                                      gint64 cover);
/* FALSE: nothing is cut away. */
gboolean smm_video_dialog_get_edit (SmmVideoDialog *self, SmmMediaEdit *edit);
/* µs in the video as it will be. */
gint64 smm_video_dialog_get_cover (SmmVideoDialog *self);

G_END_DECLS
