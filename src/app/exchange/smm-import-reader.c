/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-import-reader.h"

typedef struct
{
  SmmPaths *paths;
  GFile *file;       /* NULL: before */
  SmmImport *import; /* before, or what is to become a command */
  char *brand_id;
  SmmImportChoices choices;
} Job;

void
smm_import_choices_clear (SmmImportChoices *self)
{
  g_clear_pointer (&self->fields, g_strfreev);
  g_clear_pointer (&self->accounts, g_strfreev);
  self->dates = SMM_IMPORT_DATES_UNKNOWN;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->paths, smm_paths_free);
  g_clear_object (&job->file);
  g_clear_pointer (&job->import, smm_import_unref);
  g_free (job->brand_id);
  smm_import_choices_clear (&job->choices);
  g_free (job);
}

static Job *
job_new (SmmPaths *paths, const SmmImportChoices *choices)
{
  Job *job = g_new0 (Job, 1);

  job->paths = smm_paths_new (paths->profile);
  if (choices == NULL)
    return job;
  job->choices.fields = g_strdupv (choices->fields);
  job->choices.accounts = g_strdupv (choices->accounts);
  job->choices.dates = choices->dates;
  return job;
}

static void
choose (SmmImport *import, Job *job)
{
  import->dates = job->choices.dates;
  for (guint i = 0; job->choices.fields != NULL && i < import->csv->names->len; i++)
    {
      g_free (import->fields[i]);
      import->fields[i] = g_strdup (job->choices.fields[i]);
    }
}

static SmmImport *
open_table (Job *job, SmmStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) parent = NULL;
  g_autofree char *folder = NULL;
  SmmCsv *csv;

  if (job->import != NULL)
    return smm_import_new (store, smm_csv_ref (job->import->csv), job->brand_id,
                           job->import->folder != NULL ? job->import->folder : "", error);
  csv = smm_csv_read (job->file, cancellable, error);
  if (csv == NULL)
    return NULL;
  parent = g_file_get_parent (job->file);
  folder = parent != NULL ? g_file_get_path (parent) : NULL;
  return smm_import_new (store, csv, job->brand_id, folder != NULL ? folder : "", error);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) store = smm_store_open_reader (job->paths, &error);
  g_autoptr (SmmImport) import
      = store != NULL ? open_table (job, store, cancellable, &error) : NULL;

  if (import == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  choose (import, job);
  smm_import_plan (import, (const char *const *)job->choices.accounts, g_get_real_time ());
  for (guint i = 0; i < import->rows->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      SmmImportRow *row = import->rows->pdata[i];

      if (row->files->len == 0)
        smm_import_check (import, row);
    }
  import->store = NULL;
  g_task_return_pointer (task, g_steal_pointer (&import), (GDestroyNotify)smm_import_unref);
}

static void
run (Job *job, gpointer tag, GTaskThreadFunc func, GCancellable *cancellable,
     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, func);
}

/**
 * smm_import_read_async:
 * @paths: where the library is
 * @file: a table
 * @brand_id: whose posts these are going to be
 * @choices: (nullable): what was decided
 * @cancellable: (nullable): to lose interest
 * @callback: in the caller's main context
 * @user_data: for @callback
 */
void
smm_import_read_async (SmmPaths *paths, GFile *file, const char *brand_id,
                       const SmmImportChoices *choices, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = job_new (paths, choices);

  g_return_if_fail (G_IS_FILE (file));

  job->file = g_object_ref (file);
  job->brand_id = g_strdup (brand_id);
  run (job, smm_import_read_async, read_in_thread, cancellable, callback, user_data);
}

void
smm_import_read_again_async (SmmPaths *paths, SmmImport *before, const SmmImportChoices *choices,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Job *job = job_new (paths, choices);

  job->import = smm_import_ref (before);
  job->brand_id = g_strdup (before->brand->id);
  run (job, smm_import_read_async, read_in_thread, cancellable, callback, user_data);
}

/**
 * smm_import_read_finish:
 * @result: of smm_import_read_async() or smm_import_read_again_async()
 * @error: SMM_CSV_ERROR, SMM_STORE_ERROR, SMM_LIBRARY_ERROR, G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): posts with their problems
 */
SmmImport *
smm_import_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
make_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) store = smm_store_open_reader (job->paths, &error);
  SmmCommand *command;

  if (store == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  job->import->store = store;
  command = smm_command_new ("posts.import", smm_import_to_args (job->import));
  job->import->store = NULL;
  g_task_return_pointer (task, command, (GDestroyNotify)smm_command_unref);
}

void
smm_import_make_command_async (SmmPaths *paths, SmmImport *import, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = job_new (paths, NULL);

  job->import = smm_import_ref (import);
  run (job, smm_import_make_command_async, make_in_thread, cancellable, callback, user_data);
}

/**
 * smm_import_make_command_finish:
 * @result: of smm_import_make_command_async()
 * @error: SMM_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): "posts.import"
 */
SmmCommand *
smm_import_make_command_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
