/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-import-files.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "smm-media-client.h"

#define SHA256 "sha256:"

/* One file, whichever rows name it. */
typedef struct
{
  char *path;
  SmmMedia *media;
  GError *problem;
  GArray *rows; /* guint */
} Entry;

struct _SmmImportFiles
{
  GObject parent_instance;

  SmmLibrary *library;
  SmmImport *import;
  GHashTable *entries; /* path → Entry */
  GQueue waiting;      /* Entry *, borrowed */
  Entry *current;
  guint *missing; /* of each row: files that are not known yet */
  GCancellable *cancellable;
  char *folder; /* of its own while it only looks */
  gboolean take;
  gboolean busy;
  guint n_done, n_total;
};

enum
{
  ROW,
  PROGRESS,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmImportFiles, smm_import_files, G_TYPE_OBJECT)

static void next (SmmImportFiles *self);

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->path);
  g_clear_object (&entry->media);
  g_clear_error (&entry->problem);
  g_array_unref (entry->rows);
  g_free (entry);
}

/* --- A row whose files are known --- */

static void
add_problem (SmmImportRow *row, const GError *problem)
{
  smm_import_add_problem (row,
                          problem->domain == SMM_MEDIA_ERROR ? smm_media_error_get_name (problem)
                                                             : "media-missing",
                          TRUE, "%s", problem->message);
}

static void
finish_row (SmmImportFiles *self, guint n)
{
  SmmImportRow *row = self->import->rows->pdata[n];

  g_ptr_array_set_size (row->post->media, 0);
  for (guint i = 0; i < row->files->len; i++)
    {
      Entry *entry = g_hash_table_lookup (self->entries, row->files->pdata[i]);
      SmmMedia *media;

      if (entry->media == NULL)
        {
          if (!self->take)
            add_problem (row, entry->problem);
          continue;
        }
      /* Its description differs from row to row. */
      media = smm_media_copy (entry->media);
      g_free (media->alt);
      media->alt = i < row->alts->len && *(char *)row->alts->pdata[i] != '\0'
                       ? g_strdup (row->alts->pdata[i])
                       : NULL;
      g_ptr_array_add (row->post->media, media);
    }
  if (!self->take)
    smm_import_check (self->import, row);
  g_signal_emit (self, signals[ROW], 0, n);
}

/* --- One file after the other --- */

static void
clean_folder (SmmImportFiles *self)
{
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

static void
end (SmmImportFiles *self, GError *error)
{
  self->busy = FALSE;
  clean_folder (self);
  if (self->take && error == NULL)
    {
      GHashTableIter iter;
      gpointer value;

      g_ptr_array_set_size (self->import->media, 0);
      g_hash_table_iter_init (&iter, self->entries);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        smm_import_add_media (self->import, ((Entry *)value)->media);
    }
  g_signal_emit (self, signals[ENDED], 0, error);
}

/* FALSE: that was the end. */
static gboolean
settle (SmmImportFiles *self, Entry *entry)
{
  self->current = NULL;
  self->n_done++;
  for (guint i = 0; i < entry->rows->len; i++)
    {
      guint n = g_array_index (entry->rows, guint, i);

      if (--self->missing[n] == 0)
        finish_row (self, n);
    }
  g_signal_emit (self, signals[PROGRESS], 0, self->n_done, self->n_total);
  /* Half of the files is worth nothing. */
  if (self->take && entry->problem != NULL)
    {
      end (self, entry->problem);
      return FALSE;
    }
  return TRUE;
}

/* A copy that nothing in the library knows of. */
static void
take_back (SmmImportFiles *self, SmmMedia *media)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmMedia) known = NULL;
  g_autofree char *path = NULL;

  if (store == NULL || media == NULL)
    return;
  known = smm_store_get_media (store, media->sha256);
  path = smm_paths_get_media (smm_store_get_paths (store), media->sha256);
  if (known == NULL)
    g_unlink (path);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmImportFiles) self = user_data;
  g_autoptr (GError) problem = NULL;
  g_autoptr (SmmMedia) media = smm_media_import_finish (result, &problem);
  Entry *entry = self->current;

  if (media != NULL && !self->take)
    {
      g_autofree char *copy = g_build_filename (self->folder, media->sha256, NULL);

      g_unlink (copy);
    }
  /* It was stopped meanwhile: nothing of the file stays behind. */
  if (entry == NULL)
    {
      if (self->take)
        take_back (self, media);
      clean_folder (self);
      return;
    }
  entry->media = g_steal_pointer (&media);
  entry->problem = g_steal_pointer (&problem);
  if (settle (self, entry))
    next (self);
}

/* As an exported table names what the library has. */
static void
find_in_library (SmmImportFiles *self, SmmStore *store, Entry *entry)
{
  const char *sha256 = entry->path + strlen (SHA256);

  entry->media = smm_store_get_library_media (store, sha256);
  if (entry->media == NULL)
    g_set_error (&entry->problem, SMM_MEDIA_ERROR, SMM_MEDIA_ERROR_MISSING,
                 _ ("There is no medium “%s” in the library"), sha256);
}

static void
next (SmmImportFiles *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  Entry *entry;

  while (store != NULL && (entry = g_queue_pop_head (&self->waiting)) != NULL)
    {
      self->current = entry;
      if (!g_str_has_prefix (entry->path, SHA256))
        {
          smm_media_import_async (
              entry->path, self->take ? smm_store_get_paths (store)->media_dir : self->folder,
              self->cancellable, on_opened, g_object_ref (self));
          return;
        }
      find_in_library (self, store, entry);
      if (!settle (self, entry))
        return;
    }
  end (self, NULL);
}

/* --- What there is to do --- */

static void
add_file (SmmImportFiles *self, const char *path, guint n)
{
  Entry *entry = g_hash_table_lookup (self->entries, path);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->path = g_strdup (path);
      entry->rows = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->entries, entry->path, entry);
      g_queue_push_tail (&self->waiting, entry);
    }
  /* A row that names a file twice waits for it once. */
  if (entry->rows->len > 0 && g_array_index (entry->rows, guint, entry->rows->len - 1) == n)
    return;
  g_array_append_val (entry->rows, n);
  self->missing[n]++;
}

static void
collect (SmmImportFiles *self)
{
  GPtrArray *rows = self->import->rows;

  g_queue_clear (&self->waiting);
  g_hash_table_remove_all (self->entries);
  g_free (self->missing);
  self->missing = g_new0 (guint, MAX (rows->len, 1));
  for (guint i = 0; i < rows->len; i++)
    {
      SmmImportRow *row = rows->pdata[i];

      for (guint f = 0; f < row->files->len && (!self->take || smm_import_row_is_good (row)); f++)
        add_file (self, row->files->pdata[f], i);
    }
  self->n_done = 0;
  self->n_total = self->waiting.length;
}

static void
start (SmmImportFiles *self, gboolean take)
{
  GError *error = NULL;

  g_return_if_fail (!self->busy);

  self->busy = TRUE;
  self->take = take;
  collect (self);
  if (!take && self->n_total > 0)
    self->folder = g_dir_make_tmp ("nkonsept-smm-XXXXXX", &error);
  if (error != NULL)
    {
      end (self, error);
      g_error_free (error);
      return;
    }
  next (self);
}

/**
 * smm_import_files_look:
 * @self: files
 *
 * Finds out what they are.
 */
void
smm_import_files_look (SmmImportFiles *self)
{
  g_return_if_fail (SMM_IS_IMPORT_FILES (self));

  start (self, FALSE);
}

/**
 * smm_import_files_take:
 * @self: files
 *
 * Copies those of good rows into the library's folder.
 */
void
smm_import_files_take (SmmImportFiles *self)
{
  g_return_if_fail (SMM_IS_IMPORT_FILES (self));

  start (self, TRUE);
}

void
smm_import_files_stop (SmmImportFiles *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (SMM_IS_IMPORT_FILES (self));

  g_cancellable_cancel (self->cancellable);
  /* The file that is being looked at is put away when that ends. */
  if (self->current == NULL)
    clean_folder (self);
  self->current = NULL;
  g_queue_clear (&self->waiting);
  self->busy = FALSE;
  g_hash_table_iter_init (&iter, self->entries);
  while (self->take && g_hash_table_iter_next (&iter, NULL, &value))
    take_back (self, ((Entry *)value)->media);
}

guint
smm_import_files_get_total (SmmImportFiles *self)
{
  g_return_val_if_fail (SMM_IS_IMPORT_FILES (self), 0);

  return self->n_total;
}

static void
smm_import_files_finalize (GObject *object)
{
  SmmImportFiles *self = SMM_IMPORT_FILES (object);

  clean_folder (self);
  g_queue_clear (&self->waiting);
  g_hash_table_unref (self->entries);
  g_free (self->missing);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->library);
  g_clear_pointer (&self->import, smm_import_unref);
  G_OBJECT_CLASS (smm_import_files_parent_class)->finalize (object);
}

static void
smm_import_files_class_init (SmmImportFilesClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = smm_import_files_finalize;
  signals[ROW] = g_signal_new ("row", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_UINT);
  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_ERROR);
}

static void
smm_import_files_init (SmmImportFiles *self)
{
  g_queue_init (&self->waiting);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->cancellable = g_cancellable_new ();
}

SmmImportFiles *
smm_import_files_new (SmmLibrary *library, SmmImport *import)
{
  SmmImportFiles *self = g_object_new (SMM_TYPE_IMPORT_FILES, NULL);

  self->library = g_object_ref (library);
  self->import = smm_import_ref (import);
  return self;
}
