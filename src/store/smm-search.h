/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

#define SMM_TYPE_SEARCH (smm_search_get_type ())
G_DECLARE_FINAL_TYPE (SmmSearch, smm_search, SMM, SEARCH, GObject)

/* What a search found: the posts by number, in order, and how many there are in all. */
typedef struct
{
  GArray *numbers;     /* gint64 */
  guint total;         /* posts of the brand */
} SmmFound;
void smm_found_free (SmmFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmFound, smm_found_free)

/*
 * Lists posts on a thread with a reader of its own, for as many posts as there may be. A search ends
 * the one before it, which then answers G_IO_ERROR_CANCELLED: only the last one matters.
 */
SmmSearch *smm_search_new (SmmPaths *paths);
/* @filter is copied. */
void smm_search_run_async (SmmSearch *self, const SmmPostFilter *filter, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
SmmFound *smm_search_run_finish (SmmSearch *self, GAsyncResult *result, GError **error);

G_END_DECLS
