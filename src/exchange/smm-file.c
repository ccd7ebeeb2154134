/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-file.h"

#define READ_SIZE (64 * 1024)

/**
 * smm_file_read:
 * @file: a stranger's file
 * @most: how many bytes are taken of one
 * @cancellable: (nullable): to stop
 * @error: G_IO_ERROR
 *
 * Blocks. What is too large is not read to its end.
 *
 * Returns: (transfer full) (nullable): the file; more than @most bytes: it is too large
 */
GByteArray *
smm_file_read (GFile *file, gsize most, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree guint8 *part = g_malloc (READ_SIZE);
  gssize n = 0;

  if (stream == NULL)
    return NULL;
  while (all->len <= most
         && (n = g_input_stream_read (G_INPUT_STREAM (stream), part, READ_SIZE, cancellable, error))
                > 0)
    g_byte_array_append (all, part, (guint)n);
  return n < 0 ? NULL : g_steal_pointer (&all);
}
