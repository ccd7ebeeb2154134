/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-client-private.h"

#include "smm-platform.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* With the time to look for plugins on a slow disk, once. */
#define PROGRAM_SECONDS 120
#define CHUNK (256 * 1024)
#define ALL_FLAGS                                                                                  \
  (SMM_MEDIA_MOOV_LATE | SMM_MEDIA_EDIT_LIST | SMM_MEDIA_INTERLACED | SMM_MEDIA_NOT_420)

G_DEFINE_QUARK (smm - media - error - quark, smm_media_error)

static const struct
{
  const char *name;
  SmmMediaError code;
} error_names[] = {
  { "media-missing", SMM_MEDIA_ERROR_MISSING },
  { "media-unreadable", SMM_MEDIA_ERROR_UNREADABLE },
  { "media-empty", SMM_MEDIA_ERROR_EMPTY },
  { "media-unknown", SMM_MEDIA_ERROR_UNKNOWN },
  { "media-unsupported", SMM_MEDIA_ERROR_UNSUPPORTED },
  { "media-broken", SMM_MEDIA_ERROR_BROKEN },
  { "media-too-large", SMM_MEDIA_ERROR_TOO_LARGE },
  { "media-no-decoder", SMM_MEDIA_ERROR_NO_DECODER },
  { "media-no-encoder", SMM_MEDIA_ERROR_NO_ENCODER },
  { "disk-full", SMM_MEDIA_ERROR_DISK },
  { "read-only", SMM_MEDIA_ERROR_DISK },
};

/**
 * smm_media_error_get_name:
 * @error: (nullable): an error
 *
 * Returns: (transfer none): its name on the command line and in reasons
 */
const char *
smm_media_error_get_name (const GError *error)
{
  if (error != NULL && error->domain == SMM_MEDIA_ERROR)
    for (guint i = 0; i < G_N_ELEMENTS (error_names); i++)
      if ((int)error_names[i].code == error->code)
        return error_names[i].name;
  return "media-failed";
}

char *
smm_media_find_program (void)
{
  const char *folder = g_getenv ("SMM_LIBEXECDIR");
  g_autofree char *self_path = NULL;
  g_autofree char *beside = NULL;
  char *path;

  if (folder != NULL)
    return g_build_filename (folder, "nkonsept-smm-media", NULL);
  path = g_build_filename (SMM_LIBEXECDIR, "nkonsept-smm-media", NULL);
  if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return path;
  self_path = g_file_read_link ("/proc/self/exe", NULL);
  beside = self_path != NULL ? g_path_get_dirname (self_path) : NULL;
  if (beside != NULL)
    {
      g_free (path);
      path = g_build_filename (beside, "..", "media", "nkonsept-smm-media", NULL);
    }
  return path;
}

/* --- Running the program --- */

typedef struct
{
  GSubprocess *process;
  guint timeout_id;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_handle_id (&run->timeout_id, g_source_remove);
  g_clear_object (&run->process);
  g_free (run);
}

static gboolean
on_program_timeout (gpointer user_data)
{
  Run *run = user_data;

  run->timeout_id = 0;
  g_subprocess_force_exit (run->process);
  return G_SOURCE_REMOVE;
}

static gboolean
read_error (JsonObject *object, GError **error)
{
  JsonObject *problem = smm_json_get_object (object, "error");
  const char *name = smm_json_get_string (problem, "code");
  const char *message = smm_json_get_string (problem, "message");

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (error_names); i++)
    if (strcmp (error_names[i].name, name) == 0)
      {
        g_set_error_literal (error, SMM_MEDIA_ERROR, error_names[i].code,
                             message != NULL ? message : name);
        return TRUE;
      }
  return FALSE;
}

/* Codecs and containers are short words. */
static char *
dup_word (JsonObject *object, const char *name)
{
  const char *text = smm_json_get_string (object, name);

  if (text == NULL || *text == '\0' || strlen (text) > 32)
    return NULL;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-_./+", *c) == NULL)
      return NULL;
  return g_strdup (text);
}

static gboolean
read_video_facts (JsonObject *object, SmmMedia *media)
{
  JsonNode *rate = object != NULL ? json_object_get_member (object, "frame_rate") : NULL;

  media->duration = smm_json_get_int (object, "duration", 0);
  media->container = dup_word (object, "container");
  media->video_codec = dup_word (object, "video_codec");
  media->audio_codec = dup_word (object, "audio_codec");
  media->bit_rate = MAX (smm_json_get_int (object, "bit_rate", 0), 0);
  media->audio_rate = (int)CLAMP (smm_json_get_int (object, "audio_rate", 0), 0, 10000000);
  media->audio_channels = (int)CLAMP (smm_json_get_int (object, "audio_channels", 0), 0, 1000);
  media->flags = (SmmMediaFlags)(smm_json_get_int (object, "flags", 0) & ALL_FLAGS);
  if (rate != NULL && JSON_NODE_HOLDS_VALUE (rate))
    media->frame_rate = json_node_get_double (rate);
  if (!(media->frame_rate >= 0 && media->frame_rate <= 10000))
    media->frame_rate = 0;
  return media->duration > 0 && media->container != NULL;
}

static gboolean
is_known_mime (const char *mime)
{
  static const char *const videos[] = { "video/mp4", "video/quicktime", "video/webm", NULL };

  return mime != NULL
         && ((g_str_has_prefix (mime, "image/") && strlen (mime) < 32)
             || g_strv_contains (videos, mime));
}

/* A decoder that a file has taken over may say anything. */
SmmMedia *
smm_media_read_facts (const char *output, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (output, output != NULL ? strlen (output) : 0);
  g_autoptr (JsonNode) root = smm_json_parse (bytes, NULL);
  JsonObject *object = root != NULL ? json_node_get_object (root) : NULL;
  const char *mime = smm_json_get_string (object, "mime");
  gint64 width = smm_json_get_int (object, "width", 0);
  gint64 height = smm_json_get_int (object, "height", 0);
  gint64 size = smm_json_get_int (object, "bytes", 0);
  g_autoptr (SmmMedia) media = smm_media_new ();

  media->mime = g_strdup (mime);
  media->width = (int)CLAMP (width, 0, G_MAXINT);
  media->height = (int)CLAMP (height, 0, G_MAXINT);
  media->bytes = size;
  if (is_known_mime (mime) && width > 0 && width < G_MAXINT && height > 0 && height < G_MAXINT
      && size > 0 && (!smm_media_is_video (media) || read_video_facts (object, media)))
    return g_steal_pointer (&media);
  if (!read_error (object, error))
    g_set_error (error, SMM_MEDIA_ERROR, SMM_MEDIA_ERROR_BROKEN,
                 _ ("The file can’t be opened: it is damaged, or needs too much memory"));
  return NULL;
}

static void
on_program_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  SmmMedia *media;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, &output, NULL, &error))
    {
      g_subprocess_force_exit (G_SUBPROCESS (source));
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  media = smm_media_read_facts (output, &error);
  if (media != NULL)
    g_task_return_pointer (task, media, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
run_program (const char *const *args, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *program = smm_media_find_program ();
  g_autoptr (GError) error = NULL;
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, run_program);
  g_task_set_task_data (task, run, run_free);
  g_ptr_array_add (argv, program);
  for (; *args != NULL; args++)
    g_ptr_array_add (argv, (char *)*args);
  g_ptr_array_add (argv, NULL);
  run->process = g_subprocess_newv ((const char *const *)argv->pdata,
                                    G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  if (run->process == NULL)
    {
      g_task_return_new_error (
          task, SMM_MEDIA_ERROR, SMM_MEDIA_ERROR_FAILED,
          _ ("The program that opens pictures and videos can’t be started: %s"), error->message);
      return;
    }
  run->timeout_id = g_timeout_add_seconds (PROGRAM_SECONDS, on_program_timeout, run);
  g_subprocess_communicate_utf8_async (run->process, NULL, cancellable, on_program_done,
                                       g_object_ref (task));
}

/**
 * smm_media_render_async:
 * @path: a picture
 * @out: where to write
 * @max_width: pixels
 * @max_height: pixels
 * @max_bytes: size of the file
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 */
void
smm_media_render_async (const char *path, const char *out, int max_width, int max_height,
                        gint64 max_bytes, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autofree char *width = g_strdup_printf ("%d", max_width);
  g_autofree char *height = g_strdup_printf ("%d", max_height);
  g_autofree char *bytes = g_strdup_printf ("%" G_GINT64_FORMAT, max_bytes);
  const char *const args[] = { "render", path, out, width, height, bytes, NULL };

  run_program (args, cancellable, callback, user_data);
}

SmmMedia *
smm_media_render_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * smm_media_frame_async:
 * @path: a video
 * @out: where to write
 * @at: µs from its start; behind its end: the last frame
 * @max_width: pixels
 * @max_height: pixels
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 */
void
smm_media_frame_async (const char *path, const char *out, gint64 at, int max_width, int max_height,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *ms = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (at, 0) / 1000);
  g_autofree char *width = g_strdup_printf ("%d", max_width);
  g_autofree char *height = g_strdup_printf ("%d", max_height);
  const char *const args[] = { "frame", path, out, ms, width, height, NULL };

  run_program (args, cancellable, callback, user_data);
}

SmmMedia *
smm_media_frame_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Copying and hashing, in a thread --- */

typedef struct
{
  char *path, *media_dir;
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_free (import->path);
  g_free (import->media_dir);
  g_free (import);
}

gboolean
smm_media_fail_errno (GError **error, int number)
{
  SmmMediaError code = number == ENOENT   ? SMM_MEDIA_ERROR_MISSING
                       : number == ENOSPC ? SMM_MEDIA_ERROR_DISK
                                          : SMM_MEDIA_ERROR_UNREADABLE;

  if (code == SMM_MEDIA_ERROR_MISSING)
    g_set_error (error, SMM_MEDIA_ERROR, code, _ ("The file does not exist"));
  else
    g_set_error (error, SMM_MEDIA_ERROR, code, _ ("The file can’t be read: %s"),
                 g_strerror (number));
  return FALSE;
}

/* Reads @in to its end, hashing, and writing to @out unless that is -1. */
static char *
hash_and_copy (int in, int out, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  ssize_t n;

  while ((n = read (in, buffer, CHUNK)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      /* A short write sets no error: the disk is full. */
      errno = n < 0 ? errno : ENOSPC;
      if (n < 0 || (out >= 0 && write (out, buffer, n) != n))
        {
          smm_media_fail_errno (error, errno);
          return NULL;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      g_checksum_update (checksum, buffer, n);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

char *
smm_media_hash_file (const char *path, GCancellable *cancellable, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  char *hash;

  if (fd < 0)
    {
      smm_media_fail_errno (error, errno);
      return NULL;
    }
  hash = hash_and_copy (fd, -1, cancellable, error);
  close (fd);
  return hash;
}

static void
hash_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  char *hash = smm_media_hash_file (data, cancellable, &error);

  if (hash != NULL)
    g_task_return_pointer (task, hash, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
smm_media_hash_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, smm_media_hash_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, hash_in_thread);
}

char *
smm_media_hash_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Returns the hash; the copy stands under it when this returns. */
static char *
copy_file (Import *import, GCancellable *cancellable, GError **error)
{
  g_autofree char *fresh = g_build_filename (import->media_dir, "incoming-XXXXXX", NULL);
  g_autofree char *hash = NULL;
  g_autofree char *place = NULL;
  int in = open (import->path, O_RDONLY | O_CLOEXEC);
  int out;

  if (in < 0)
    {
      smm_media_fail_errno (error, errno);
      return NULL;
    }
  g_mkdir_with_parents (import->media_dir, 0700);
  out = g_mkstemp_full (fresh, O_WRONLY | O_CLOEXEC, 0600);
  if (out < 0)
    {
      int number = errno;

      close (in);
      g_set_error (error, SMM_MEDIA_ERROR, SMM_MEDIA_ERROR_DISK,
                   _ ("The library’s folder can’t be written: %s"), g_strerror (number));
      return NULL;
    }
  hash = hash_and_copy (in, out, cancellable, error);
  close (in);
  if (hash != NULL && fsync (out) != 0)
    {
      smm_media_fail_errno (error, errno);
      g_clear_pointer (&hash, g_free);
    }
  close (out);
  if (hash != NULL)
    {
      place = g_build_filename (import->media_dir, hash, NULL);
      if (g_rename (fresh, place) == 0)
        return g_steal_pointer (&hash);
      smm_media_fail_errno (error, errno);
    }
  g_unlink (fresh);
  return NULL;
}

static void
copy_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  char *hash = copy_file (data, cancellable, &error);

  if (hash != NULL)
    g_task_return_pointer (task, hash, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmMedia *media = g_object_get_data (G_OBJECT (task), "facts");
  g_autoptr (GError) error = NULL;
  char *hash = g_task_propagate_pointer (G_TASK (result), &error);

  if (hash == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  media->sha256 = hash;
  g_task_return_pointer (task, g_object_ref (media), g_object_unref);
}

/* It is what it should be: only now does a copy enter the library. */
static void
on_probed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *import = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SmmMedia *media = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr (GTask) copy = NULL;
  Import *again;

  if (media == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  media->file_name = g_filename_display_basename (import->path);
  g_object_set_data_full (G_OBJECT (task), "facts", media, g_object_unref);
  again = g_new0 (Import, 1);
  again->path = g_strdup (import->path);
  again->media_dir = g_strdup (import->media_dir);
  copy = g_task_new (NULL, g_task_get_cancellable (task), on_copied, g_object_ref (task));
  g_task_set_task_data (copy, again, import_free);
  g_task_run_in_thread (copy, copy_in_thread);
}

/**
 * smm_media_import_async:
 * @path: a file of the user's
 * @media_dir: the library's folder of media
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 */
void
smm_media_import_async (const char *path, const char *media_dir, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Import *import = g_new0 (Import, 1);
  const char *const args[] = { "probe", path, NULL };

  import->path = g_strdup (path);
  import->media_dir = g_strdup (media_dir);
  g_task_set_source_tag (task, smm_media_import_async);
  g_task_set_task_data (task, import, import_free);
  run_program (args, cancellable, on_probed, task);
}

SmmMedia *
smm_media_import_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
