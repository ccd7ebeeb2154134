/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_EXPORT_CSV,
  SMM_EXPORT_ICS,
  SMM_EXPORT_JSON,
} SmmExportFormat;
/* "csv" … */
const char *smm_export_format_get_suffix (SmmExportFormat format);

/*
 * Writes posts into @file (0600, whole or not at all) in a thread, which reads the library by a reader
 * of its own. @filter: which ones, copied; or @ids: these, in this order.
 */
void smm_export_write_async (SmmPaths *paths, const SmmPostFilter *filter, const char *const *ids,
                             SmmExportFormat format, GFile *file, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
/* How many were written; -1 with @error: SMM_STORE_ERROR, G_IO_ERROR. */
int smm_export_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
