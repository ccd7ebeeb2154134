/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_MEDIA_IMPORT (smm_media_import_get_type ())
G_DECLARE_FINAL_TYPE (SmmMediaImport, smm_media_import, SMM, MEDIA_IMPORT, GObject)

/*
 * Files that come into the library, one at a time. Signals: "started" (), "ended" (string told,
 * string last): what became of them in a sentence, and the hash of the last one, "" for none.
 */
SmmMediaImport *smm_media_import_new (SmmLibrary *library);
/* @files: GFile*. */
void smm_media_import_add (SmmMediaImport *self, GListModel *files);

G_END_DECLS
