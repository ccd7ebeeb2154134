/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_TAG_DIALOG (smm_tag_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SmmTagDialog, smm_tag_dialog, SMM, TAG_DIALOG, AdwWindow)

/* Name, colour and days of a tag or campaign. Signal "saved" (string: what happened, for a toast). */
/* @tag: what to change; with no id yet: a new one of its brand and kind. Copied. */
GtkWidget *smm_tag_dialog_new (GtkWindow *parent, SmmLibrary *library, SmmTag *tag);
/* "Blue" for the first colour of the palette …; "Other" for one that is not in it. */
const char *smm_tag_color_get_name (const char *color);

G_END_DECLS
