/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits: the program works in a folder of its own inside the library's, and what it made is taken
 * over when it is whole. */

#include "config.h"

#include "smm-media-client-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define READ_BYTES 4096
#define MAX_OUTPUT (64 * 1024)
/* A transcode speaks several times a second; only putting the index in front of a long video is
 * silent work. */
#define SILENCE_SECONDS 300

typedef struct
{
  GSubprocess *process;
  char *media_dir, *folder, *out, *name;
  GString *output; /* the line that is being read; at last, the facts */
  guint timeout_id;
  SmmMediaProgressFunc progress;
  gpointer progress_data;
  SmmMedia *media;
} Edit;

/* Nothing of a half-made file stays. The process is gone, or has been told to go. */
static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_clear_handle_id (&edit->timeout_id, g_source_remove);
  if (edit->folder != NULL)
    remove_folder (edit->folder);
  g_clear_object (&edit->process);
  g_clear_object (&edit->media);
  g_string_free (edit->output, TRUE);
  g_free (edit->media_dir);
  g_free (edit->folder);
  g_free (edit->out);
  g_free (edit->name);
  g_free (edit);
}

/* --- What it makes, in a thread --- */

static void
take_over_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Edit *edit = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = smm_media_hash_file (edit->out, cancellable, &error);
  g_autofree char *place = NULL;

  if (hash != NULL)
    {
      place = g_build_filename (edit->media_dir, hash, NULL);
      if (g_chmod (edit->out, 0600) != 0 || g_rename (edit->out, place) != 0)
        smm_media_fail_errno (&error, errno);
    }
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_free (edit->media->sha256);
  edit->media->sha256 = g_steal_pointer (&hash);
  g_task_return_pointer (task, g_object_ref (edit->media), g_object_unref);
}

/* --- What it says --- */

static void
end_process (Edit *edit)
{
  g_clear_handle_id (&edit->timeout_id, g_source_remove);
  g_subprocess_force_exit (edit->process);
}

static gboolean
on_silence (gpointer user_data)
{
  Edit *edit = user_data;

  edit->timeout_id = 0;
  g_subprocess_force_exit (edit->process);
  return G_SOURCE_REMOVE;
}

static void
start_silence (Edit *edit)
{
  g_clear_handle_id (&edit->timeout_id, g_source_remove);
  edit->timeout_id = g_timeout_add_seconds (SILENCE_SECONDS, on_silence, edit);
}

/* Whole lines of progress leave the buffer; what stays in it is, at last, the facts. */
static void
read_lines (Edit *edit)
{
  char *end;

  while (g_str_has_prefix (edit->output->str, "progress ")
         && (end = strchr (edit->output->str, '\n')) != NULL)
    {
      double done = g_ascii_strtod (edit->output->str + strlen ("progress "), NULL);

      if (edit->progress != NULL && done >= 0 && done <= 1)
        edit->progress (done, edit->progress_data);
      g_string_erase (edit->output, 0, end + 1 - edit->output->str);
    }
}

/* The process is gone: only now is its folder certain not to fill again. */
static void
on_gone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Edit *edit = g_task_get_task_data (task);
  GError *kept = g_object_steal_data (G_OBJECT (task), "problem");
  g_autoptr (GError) error = kept;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  g_clear_handle_id (&edit->timeout_id, g_source_remove);
  if (error == NULL)
    g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error);
  if (error == NULL)
    edit->media = smm_media_read_facts (edit->output->str, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  edit->media->file_name = g_strdup (edit->name);
  g_task_run_in_thread (task, take_over_in_thread);
}

static void read_more (GTask *task);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Edit *edit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    {
      g_string_append_len (edit->output, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      read_lines (edit);
      start_silence (edit);
      if (edit->output->len <= MAX_OUTPUT)
        {
          read_more (task);
          return;
        }
      g_string_truncate (edit->output, 0);
    }
  if (error != NULL || bytes == NULL || g_bytes_get_size (bytes) > 0)
    end_process (edit);
  if (error != NULL)
    g_object_set_data_full (G_OBJECT (task), "problem", g_steal_pointer (&error),
                            (GDestroyNotify)g_error_free);
  g_subprocess_wait_async (edit->process, NULL, on_gone, task);
}

static void
read_more (GTask *task)
{
  Edit *edit = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (edit->process), READ_BYTES,
                                   G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read,
                                   task);
}

/* --- Starting it --- */

static void
add_number (GPtrArray *argv, const char *key, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (value != 0)
    g_ptr_array_add (argv,
                     g_strdup_printf ("%s=%s", key, g_ascii_dtostr (text, sizeof text, value)));
}

static GPtrArray *
make_argv (const char *path, const char *out, const SmmMediaEdit *edit)
{
  static const char *const kinds[] = { "crop", "pad", "transcode" };
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (argv, smm_media_find_program ());
  g_ptr_array_add (argv, g_strdup ("edit"));
  g_ptr_array_add (argv, g_strdup (path));
  g_ptr_array_add (argv, g_strdup (out));
  g_ptr_array_add (argv, g_strdup (kinds[edit->kind]));
  add_number (argv, "ratio", edit->ratio);
  add_number (argv, "x", edit->x);
  add_number (argv, "y", edit->y);
  add_number (argv, "width", edit->width);
  add_number (argv, "height", edit->height);
  add_number (argv, "blur", edit->blur ? 1 : 0);
  add_number (argv, "from", (double)edit->trim_from);
  add_number (argv, "to", (double)edit->trim_to);
  add_number (argv, "max-width", edit->max_width);
  add_number (argv, "max-frame-rate", edit->max_frame_rate);
  add_number (argv, "max-bit-rate", (double)edit->max_bit_rate);
  g_ptr_array_add (argv, NULL);
  return argv;
}

static gboolean
make_folder (Edit *edit, GError **error)
{
  g_autofree char *template = g_build_filename (edit->media_dir, "incoming-XXXXXX", NULL);

  g_mkdir_with_parents (edit->media_dir, 0700);
  if (g_mkdtemp (template) == NULL)
    {
      g_set_error (error, SMM_MEDIA_ERROR, SMM_MEDIA_ERROR_DISK,
                   _ ("The library’s folder can’t be written: %s"), g_strerror (errno));
      return FALSE;
    }
  edit->folder = g_steal_pointer (&template);
  edit->out = g_build_filename (edit->folder, "edited", NULL);
  return TRUE;
}

/**
 * smm_media_edit_async:
 * @path: a picture or video
 * @media_dir: the library's folder of media
 * @edit: what to do
 * @cancellable: (nullable): ends it
 * @progress: (nullable): told how far it is, in the thread that called
 * @progress_data: for @progress
 * @callback: called at the end
 * @user_data: for @callback
 */
void
smm_media_edit_async (const char *path, const char *media_dir, const SmmMediaEdit *edit,
                      GCancellable *cancellable, SmmMediaProgressFunc progress,
                      gpointer progress_data, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GPtrArray) argv = NULL;
  g_autoptr (GError) error = NULL;
  Edit *self = g_new0 (Edit, 1);

  g_return_if_fail (edit->kind <= SMM_MEDIA_EDIT_TRANSCODE);
  g_task_set_source_tag (task, smm_media_edit_async);
  g_task_set_task_data (task, self, edit_free);
  self->output = g_string_new (NULL);
  self->media_dir = g_strdup (media_dir);
  self->name = g_filename_display_basename (path);
  self->progress = progress;
  self->progress_data = progress_data;
  if (!make_folder (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  argv = make_argv (path, self->out, edit);
  self->process = g_subprocess_newv ((const char *const *)argv->pdata,
                                     G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  if (self->process == NULL)
    {
      g_task_return_new_error (
          task, SMM_MEDIA_ERROR, SMM_MEDIA_ERROR_FAILED,
          _ ("The program that opens pictures and videos can’t be started: %s"), error->message);
      return;
    }
  start_silence (self);
  read_more (g_steal_pointer (&task));
}

/**
 * smm_media_edit_finish:
 * @result: of smm_media_edit_async()
 * @error: SMM_MEDIA_ERROR, or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the new medium; its file_name is the base name of what it was made from
 */
SmmMedia *
smm_media_edit_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
