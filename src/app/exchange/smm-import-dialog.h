/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: app/exchange.
 *
 * Windows over src/exchange: tables in, posts out. SmmImportDialog is the way of a table: chosen or
 * dropped, read in a thread (SmmImportReader), what its columns are (SmmImportFields), each row with
 * its problems (SmmImportList), its files (SmmImportFiles), and one command once somebody says so.
 * Until then nothing of it is anywhere. SmmExportDialog writes posts into a file.
 */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_IMPORT_DIALOG (smm_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SmmImportDialog, smm_import_dialog, SMM, IMPORT_DIALOG, AdwWindow)

/* Signal "toast" (string, boolean): posts were imported; it has closed then. */
GtkWidget *smm_import_dialog_new (GtkWindow *parent, SmmLibrary *library, SmmBrand *brand);

G_END_DECLS
