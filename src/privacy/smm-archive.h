/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Everything as one ZIP file, to take along: each table of the library as JSON and as CSV, how the
 * tables are made, and the media. No secrets: those are in the keyring, which is not read.
 */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_tables, n_rows, n_media;
  gint64 bytes; /* of the archive */
} SmmArchiveFacts;

/* Blocks for as long as it takes: not for the main loop. @facts: (out) (optional). Errors:
 * SMM_STORE_ERROR; G_IO_ERROR: the file could not be written. Nothing is left of what failed. */
gboolean smm_archive_write (SmmPaths *paths, const char *file, SmmArchiveFacts *facts,
                            GCancellable *cancellable, GError **error);

G_END_DECLS
