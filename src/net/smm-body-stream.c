/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-body-stream.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct _SmmBodyStream
{
  GInputStream parent_instance;

  GBytes *head, *tail;
  int fd;
  goffset file_length;
  goffset position; /* in the whole body */
};

G_DEFINE_TYPE (SmmBodyStream, smm_body_stream, G_TYPE_INPUT_STREAM)

static gssize
read_bytes (GBytes *bytes, goffset from, void *buffer, gsize count)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  gsize n = MIN (count, size - (gsize)from);

  memcpy (buffer, data + from, n);
  return n;
}

static gssize
smm_body_stream_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
                      GError **error)
{
  SmmBodyStream *self = SMM_BODY_STREAM (stream);
  goffset head = g_bytes_get_size (self->head);
  goffset file_end = head + self->file_length;
  goffset end = file_end + (goffset)g_bytes_get_size (self->tail);
  gssize n;

  if (count == 0 || self->position >= end)
    return 0;
  if (self->position < head)
    n = read_bytes (self->head, self->position, buffer, count);
  else if (self->position < file_end)
    {
      do
        n = read (self->fd, buffer, MIN (count, (gsize)(file_end - self->position)));
      while (n < 0 && errno == EINTR);
      if (n <= 0)
        {
          /* The promised length can't be kept: better a broken request than a wrong one. */
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, _ ("The file became shorter"));
          return -1;
        }
    }
  else
    n = read_bytes (self->tail, self->position - file_end, buffer, count);
  self->position += n;
  return n;
}

static gboolean
smm_body_stream_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  SmmBodyStream *self = SMM_BODY_STREAM (stream);

  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  return TRUE;
}

static void
smm_body_stream_finalize (GObject *object)
{
  SmmBodyStream *self = SMM_BODY_STREAM (object);

  if (self->fd >= 0)
    close (self->fd);
  g_bytes_unref (self->head);
  g_bytes_unref (self->tail);

  G_OBJECT_CLASS (smm_body_stream_parent_class)->finalize (object);
}

static void
smm_body_stream_class_init (SmmBodyStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_body_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = smm_body_stream_read;
  G_INPUT_STREAM_CLASS (klass)->close_fn = smm_body_stream_close;
}

static void
smm_body_stream_init (SmmBodyStream *self)
{
  self->fd = -1;
}

static char *
quote_name (const char *name)
{
  g_autoptr (GString) quoted = g_string_new (NULL);

  for (; *name != '\0'; name++)
    if (*name == '"')
      g_string_append (quoted, "%22");
    else if (*name != '\r' && *name != '\n')
      g_string_append_c (quoted, *name);
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

static char *
make_boundary (void)
{
  g_autofree char *id = smm_id_new ();

  return g_strconcat ("smm-", id, NULL);
}

static GBytes *
make_multipart_head (SmmRequest *request, const char *boundary)
{
  GString *head = g_string_new (NULL);
  g_autofree char *part = quote_name (request->file_part);
  g_autofree char *name = quote_name (request->file_name != NULL ? request->file_name : "file");

  for (guint i = 0; i < request->params->len; i++)
    {
      SmmParam *param = request->params->pdata[i];

      g_string_append_printf (head,
                              "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n",
                              boundary, param->name, param->value);
    }
  g_string_append_printf (head,
                          "--%s\r\nContent-Disposition: form-data; name=\"%s\"; "
                          "filename=\"%s\"\r\nContent-Type: %s\r\n\r\n",
                          boundary, part, name,
                          request->file_mime != NULL ? request->file_mime
                                                     : "application/octet-stream");
  return g_string_free_to_bytes (head);
}

static gboolean
open_file (SmmBodyStream *self, SmmRequest *request, GError **error)
{
  struct stat info;
  int saved_errno;

  /* Opening a pipe would wait for who writes to it. */
  self->fd = open (request->file_path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &info) != 0)
    {
      saved_errno = errno;
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
                   _ ("The file to upload can’t be read: %s"), g_strerror (saved_errno));
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _ ("What is to be uploaded is not a file"));
      return FALSE;
    }
  if (info.st_size == 0 || request->file_length == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The file to upload is empty"));
      return FALSE;
    }
  /* A platform was told the range before: one that is not all there is not sent in part. */
  if (request->file_offset < 0 || request->file_offset >= info.st_size
      || request->file_length > info.st_size - request->file_offset
      || lseek (self->fd, request->file_offset, SEEK_SET) < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("The file to upload is shorter than it was"));
      return FALSE;
    }
  self->file_length = info.st_size - request->file_offset;
  if (request->file_length > 0)
    self->file_length = request->file_length;
  return TRUE;
}

/**
 * smm_body_stream_new:
 * @request: a request with a file
 * @content_type: (out): for the header
 * @length: (out): bytes of the whole body
 * @error: the file can't be read
 *
 * Returns: (transfer full) (nullable): the stream
 */
GInputStream *
smm_body_stream_new (SmmRequest *request, char **content_type, goffset *length, GError **error)
{
  g_autoptr (SmmBodyStream) self = g_object_new (SMM_TYPE_BODY_STREAM, NULL);

  if (request->body == SMM_BODY_MULTIPART)
    {
      g_autofree char *boundary = make_boundary ();
      char *tail = g_strdup_printf ("\r\n--%s--\r\n", boundary);

      self->head = make_multipart_head (request, boundary);
      self->tail = g_bytes_new_take (tail, strlen (tail));
      *content_type = g_strdup_printf ("multipart/form-data; boundary=%s", boundary);
    }
  else
    {
      self->head = g_bytes_new_static ("", 0);
      self->tail = g_bytes_new_static ("", 0);
      *content_type
          = g_strdup (request->file_mime != NULL ? request->file_mime : "application/octet-stream");
    }
  if (!open_file (self, request, error))
    {
      g_clear_pointer (content_type, g_free);
      return NULL;
    }
  *length = g_bytes_get_size (self->head) + self->file_length + g_bytes_get_size (self->tail);
  return G_INPUT_STREAM (g_steal_pointer (&self));
}
