/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-import.h"

G_BEGIN_DECLS

/* One row of a table as a list shows it. Signal "changed": something new is known of it. */
#define SMM_TYPE_IMPORT_ITEM (smm_import_item_get_type ())
G_DECLARE_FINAL_TYPE (SmmImportItem, smm_import_item, SMM, IMPORT_ITEM, GObject)
SmmImportRow *smm_import_item_get_row (SmmImportItem *self);

#define SMM_TYPE_IMPORT_LIST (smm_import_list_get_type ())
G_DECLARE_FINAL_TYPE (SmmImportList, smm_import_list, SMM, IMPORT_LIST, GObject)

/* A GListModel of SmmImportItem, made when they are asked for: it costs what is on screen. */
SmmImportList *smm_import_list_new (void);
/* @import: NULL: nothing. */
void smm_import_list_set_import (SmmImportList *self, SmmImport *import);
/* Only rows that somebody should look at. */
void smm_import_list_set_problems_only (SmmImportList *self, gboolean problems_only);
/* Row number @n of the import changed. */
void smm_import_list_row_changed (SmmImportList *self, guint n);

G_END_DECLS
