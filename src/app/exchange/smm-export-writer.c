/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-export-writer.h"

#include <string.h>

#include "smm-export.h"

/* More than this is not one file. */
#define MAX_POSTS 100000

typedef struct
{
  SmmPaths *paths;
  SmmPostFilter filter; /* its strings are its own */
  char **ids;           /* NULL: those of the filter */
  SmmExportFormat format;
  GFile *file;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free ((char *)job->filter.brand_id);
  g_free ((char *)job->filter.account_id);
  g_free ((char *)job->filter.tag_id);
  g_free ((char *)job->filter.search);
  g_clear_pointer (&job->paths, smm_paths_free);
  g_strfreev (job->ids);
  g_object_unref (job->file);
  g_free (job);
}

const char *
smm_export_format_get_suffix (SmmExportFormat format)
{
  static const char *const suffixes[] = { "csv", "ics", "json" };

  g_return_val_if_fail (format < G_N_ELEMENTS (suffixes), NULL);

  return suffixes[format];
}

static GPtrArray *
read_posts (Job *job, SmmStore *store)
{
  GPtrArray *posts;

  if (job->ids == NULL)
    return smm_store_list_posts (store, &job->filter);
  posts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; job->ids[i] != NULL; i++)
    {
      SmmPost *post = smm_store_get_post (store, job->ids[i]);

      if (post != NULL)
        g_ptr_array_add (posts, post);
    }
  return posts;
}

static guint
count_written (Job *job, GPtrArray *posts)
{
  guint n = 0;

  for (guint i = 0; i < posts->len; i++)
    n += job->format != SMM_EXPORT_ICS || ((SmmPost *)posts->pdata[i])->due_at > 0;
  return n;
}

static char *
make_text (Job *job, GPtrArray *posts)
{
  switch (job->format)
    {
    case SMM_EXPORT_ICS:
      return smm_export_ics (posts);
    case SMM_EXPORT_JSON:
      return smm_export_json (posts);
    default:
      return smm_export_csv (posts);
    }
}

static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) store = smm_store_open_reader (job->paths, &error);
  g_autoptr (GPtrArray) posts = store != NULL ? read_posts (job, store) : NULL;
  g_autofree char *text = NULL;

  if (posts == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  text = make_text (job, posts);
  if (g_file_replace_contents (job->file, text, strlen (text), NULL, FALSE,
                               G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                               cancellable, &error))
    g_task_return_int (task, count_written (job, posts));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * smm_export_write_async:
 * @paths: where the library is
 * @filter: which posts
 * @ids: (nullable): these instead
 * @format: how they are written
 * @file: where to; what is there is replaced
 * @cancellable: (nullable): to stop before anything is written
 * @callback: in the caller's main context
 * @user_data: for @callback
 */
void
smm_export_write_async (SmmPaths *paths, const SmmPostFilter *filter, const char *const *ids,
                        SmmExportFormat format, GFile *file, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->paths = smm_paths_new (paths->profile);
  job->filter = *filter;
  job->filter.brand_id = g_strdup (filter->brand_id);
  job->filter.account_id = g_strdup (filter->account_id);
  job->filter.tag_id = g_strdup (filter->tag_id);
  job->filter.search = g_strdup (filter->search);
  job->filter.limit = MAX_POSTS;
  job->ids = g_strdupv ((char **)ids);
  job->format = format;
  job->file = g_object_ref (file);
  g_task_set_source_tag (task, smm_export_write_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, write_in_thread);
}

int
smm_export_write_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), -1);

  return (int)g_task_propagate_int (G_TASK (result), error);
}
