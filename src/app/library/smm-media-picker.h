/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_MEDIA_PICKER (smm_media_picker_get_type ())
G_DECLARE_FINAL_TYPE (SmmMediaPicker, smm_media_picker, SMM, MEDIA_PICKER, AdwWindow)

/*
 * Media of the library for whoever writes a post, in a window beside it: a double click, Return and
 * a button take what is chosen, and it can be dragged onto the post. Signal "taken" (GPtrArray of
 * SmmMedia*).
 */
GtkWidget *smm_media_picker_new (GtkWindow *parent, SmmLibrary *library);

G_END_DECLS
