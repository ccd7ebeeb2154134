/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_EXPORT_DIALOG (smm_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SmmExportDialog, smm_export_dialog, SMM, EXPORT_DIALOG, AdwWindow)

/* Asks which posts go into a file, how and where. Signal "toast" (string, boolean). */
GtkWidget *smm_export_dialog_new (GtkWindow *parent, SmmLibrary *library, SmmBrand *brand);
/* Offers what a list shows, @n posts; copied. */
void smm_export_dialog_set_filter (SmmExportDialog *self, const SmmPostFilter *filter, guint n);
/* Offers these posts; copied. */
void smm_export_dialog_set_chosen (SmmExportDialog *self, const char *const *ids);

G_END_DECLS
