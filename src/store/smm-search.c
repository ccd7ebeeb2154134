/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-search.h"

/* One query; the strings of @filter are its own. */
typedef struct
{
  SmmPostFilter filter;
  guint serial;
} Query;

struct _SmmSearch
{
  GObject parent_instance;

  SmmPaths *paths;
  GThreadPool *pool; /* of one thread: queries come after each other */
  GMutex lock;       /* of what follows */
  SmmStore *reader;  /* the thread's; NULL until its first query */
  guint newest;      /* serial of the query that matters */
};

G_DEFINE_FINAL_TYPE (SmmSearch, smm_search, G_TYPE_OBJECT)

void
smm_found_free (SmmFound *found)
{
  g_clear_pointer (&found->numbers, g_array_unref);
  g_free (found);
}

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free ((char *)query->filter.brand_id);
  g_free ((char *)query->filter.account_id);
  g_free ((char *)query->filter.tag_id);
  g_free ((char *)query->filter.search);
  g_free (query);
}

static gboolean
is_newest (SmmSearch *self, Query *query)
{
  gboolean newest;

  g_mutex_lock (&self->lock);
  newest = query->serial == self->newest;
  g_mutex_unlock (&self->lock);
  return newest;
}

static gboolean
ensure_reader (SmmSearch *self, GError **error)
{
  SmmStore *reader;

  if (self->reader != NULL)
    return TRUE;
  reader = smm_store_open_reader (self->paths, error);
  g_mutex_lock (&self->lock);
  self->reader = reader;
  g_mutex_unlock (&self->lock);
  return reader != NULL;
}

static void
run_in_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  SmmSearch *self = user_data;
  Query *query = g_task_get_task_data (task);
  g_autoptr (SmmFound) found = g_new0 (SmmFound, 1);
  g_autoptr (GError) error = NULL;

  if (!is_newest (self, query))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Another search came");
      return;
    }
  if (!ensure_reader (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  found->numbers = smm_store_list_numbers (self->reader, &query->filter);
  if (found->numbers == NULL || !is_newest (self, query))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Another search came");
      return;
    }
  found->total = smm_store_count_posts (self->reader, query->filter.brand_id);
  g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify)smm_found_free);
}

/**
 * smm_search_run_async:
 * @self: a search
 * @filter: what to list; copied
 * @cancellable: (nullable): to lose interest
 * @callback: in the caller's main context
 * @user_data: for @callback
 */
void
smm_search_run_async (SmmSearch *self, const SmmPostFilter *filter, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  Query *query;

  g_return_if_fail (SMM_IS_SEARCH (self));
  g_return_if_fail (filter != NULL);

  query = g_new0 (Query, 1);
  query->filter = *filter;
  query->filter.brand_id = g_strdup (filter->brand_id);
  query->filter.account_id = g_strdup (filter->account_id);
  query->filter.tag_id = g_strdup (filter->tag_id);
  query->filter.search = g_strdup (filter->search);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, smm_search_run_async);
  g_task_set_task_data (task, query, query_free);
  g_mutex_lock (&self->lock);
  query->serial = ++self->newest;
  if (self->reader != NULL)
    smm_store_interrupt (self->reader);
  g_mutex_unlock (&self->lock);
  g_thread_pool_push (self->pool, task, NULL);
}

/**
 * smm_search_run_finish:
 * @self: a search
 * @result: of smm_search_run_async()
 * @error: G_IO_ERROR_CANCELLED when another search came; SMM_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): what was found
 */
SmmFound *
smm_search_run_finish (SmmSearch *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
smm_search_finalize (GObject *object)
{
  SmmSearch *self = SMM_SEARCH (object);

  /* Each query holds a reference: none is left. The last one may be dropped by the thread itself,
   * so it is not waited for. */
  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_clear_object (&self->reader);
  g_mutex_clear (&self->lock);
  g_clear_pointer (&self->paths, smm_paths_free);
  G_OBJECT_CLASS (smm_search_parent_class)->finalize (object);
}

static void
smm_search_class_init (SmmSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_search_finalize;
}

static void
smm_search_init (SmmSearch *self)
{
  g_mutex_init (&self->lock);
  self->pool = g_thread_pool_new (run_in_thread, self, 1, FALSE, NULL);
}

/**
 * smm_search_new:
 * @paths: where the library is; copied
 *
 * Returns: (transfer full): a search; the library is opened by the first query
 */
SmmSearch *
smm_search_new (SmmPaths *paths)
{
  SmmSearch *self = g_object_new (SMM_TYPE_SEARCH, NULL);

  self->paths = smm_paths_new (paths->profile);
  return self;
}
