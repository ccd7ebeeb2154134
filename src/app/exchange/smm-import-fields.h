/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-import-reader.h"

G_BEGIN_DECLS

#define SMM_TYPE_IMPORT_FIELDS (smm_import_fields_get_type ())
G_DECLARE_FINAL_TYPE (SmmImportFields, smm_import_fields, SMM, IMPORT_FIELDS, AdwBin)

/*
 * What the columns of a table are, which accounts posts without any go to, and in which order days and
 * months stand. Signal "changed" (): somebody chose something else.
 */
GtkWidget *smm_import_fields_new (void);
/* Shows what @import found; the choices of the user stay as long as the table is the same. */
void smm_import_fields_show (SmmImportFields *self, SmmImport *import);
/* Borrowed. */
const SmmImportChoices *smm_import_fields_get_choices (SmmImportFields *self);
/* Nothing can be imported before something is chosen here. */
gboolean smm_import_fields_need_choice (SmmImportFields *self);

G_END_DECLS
