/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_PICTURE_BYTES ((gint64)512 * 1024 * 1024)
#define MAX_VIDEO_BYTES ((gint64)4 * 1024 * 1024 * 1024)

gboolean
smm_media_fail (const char **code, const char *which, GError **error, const char *message)
{
  *code = which;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);
  return FALSE;
}

gboolean
smm_media_file_read (int fd, gint64 offset, void *data, gsize n)
{
  guint8 *at = data;

  while (n > 0)
    {
      ssize_t got = pread (fd, at, n, offset);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return FALSE;
      at += got;
      n -= got;
      offset += got;
    }
  return TRUE;
}

/* Brands of ISO media files that hold a picture; all others are taken for videos. */
static const char *
sniff_brand (const guint8 *brand)
{
  if (memcmp (brand, "hei", 3) == 0 || memcmp (brand, "mif1", 4) == 0)
    return "image/heic";
  if (memcmp (brand, "avif", 4) == 0)
    return "image/avif";
  return memcmp (brand, "qt  ", 4) == 0 ? "video/quicktime" : "video/mp4";
}

static const char *
sniff_picture (const guint8 *head, gsize n)
{
  if (n >= 3 && memcmp (head, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  if (n >= 8 && memcmp (head, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (n >= 6 && (memcmp (head, "GIF87a", 6) == 0 || memcmp (head, "GIF89a", 6) == 0))
    return "image/gif";
  if (n >= 12 && memcmp (head, "RIFF", 4) == 0 && memcmp (head + 8, "WEBP", 4) == 0)
    return "image/webp";
  if (n >= 4 && (memcmp (head, "II*\0", 4) == 0 || memcmp (head, "MM\0*", 4) == 0))
    return "image/tiff";
  if (n >= 2 && memcmp (head, "BM", 2) == 0)
    return "image/bmp";
  return NULL;
}

/* "video/x-…" are kinds that no platform takes and that are not opened. */
static const char *
sniff_video (const guint8 *head, gsize n)
{
  if (n >= 12 && memcmp (head + 4, "ftyp", 4) == 0)
    return sniff_brand (head + 8);
  /* QuickTime of before there were brands. */
  if (n >= 8
      && (memcmp (head + 4, "moov", 4) == 0 || memcmp (head + 4, "mdat", 4) == 0
          || memcmp (head + 4, "wide", 4) == 0 || memcmp (head + 4, "pnot", 4) == 0))
    return "video/quicktime";
  if (n >= 4 && memcmp (head, "\x1a\x45\xdf\xa3", 4) == 0)
    return "video/webm";
  if (n >= 12 && memcmp (head, "RIFF", 4) == 0 && memcmp (head + 8, "AVI ", 4) == 0)
    return "video/x-msvideo";
  if (n >= 4 && memcmp (head, "FLV\1", 4) == 0)
    return "video/x-flv";
  if (n >= 4 && memcmp (head, "OggS", 4) == 0)
    return "video/x-ogg";
  if (n >= 4 && memcmp (head, "\x30\x26\xb2\x75", 4) == 0)
    return "video/x-ms-wmv";
  if (n >= 4 && memcmp (head, "\0\0\1\xba", 4) == 0)
    return "video/x-mpeg";
  return NULL;
}

/* What the bytes say; the name of a file is no evidence. */
static gboolean
sniff (const guint8 *head, gsize n, SmmMediaFacts *facts, const char **code, GError **error)
{
  facts->mime = sniff_picture (head, n);
  if (facts->mime != NULL)
    return TRUE;
  facts->mime = sniff_video (head, n);
  if (facts->mime == NULL)
    return smm_media_fail (code, "media-unknown", error,
                           _ ("This is not a picture or video of a known kind"));
  if (g_str_has_prefix (facts->mime, "video/x-"))
    return smm_media_fail (code, "media-unsupported", error,
                           _ ("Videos of this kind can’t be posted; MP4, MOV and WebM can"));
  if (g_str_has_prefix (facts->mime, "video/"))
    facts->container = strcmp (facts->mime, "video/mp4") == 0    ? "mp4"
                       : strcmp (facts->mime, "video/webm") == 0 ? "webm"
                                                                 : "mov";
  return TRUE;
}

static gboolean
examine (int fd, SmmMediaFacts *facts, const char **code, GError **error)
{
  guint8 head[16] = { 0 };
  struct stat info;
  ssize_t n;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    return smm_media_fail (code, "media-unreadable", error, _ ("This is not a file"));
  if (info.st_size == 0)
    return smm_media_fail (code, "media-empty", error, _ ("The file is empty"));
  n = pread (fd, head, sizeof head, 0);
  if (n < 0)
    return smm_media_fail (code, "media-unreadable", error, _ ("The file can’t be read"));
  facts->bytes = info.st_size;
  if (info.st_size > MAX_VIDEO_BYTES)
    return smm_media_fail (code, "media-too-large", error, _ ("The file is larger than 4 GB"));
  if (!sniff (head, n, facts, code, error))
    return FALSE;
  if (facts->container == NULL && info.st_size > MAX_PICTURE_BYTES)
    return smm_media_fail (code, "media-too-large", error, _ ("The file is larger than 512 MB"));
  return TRUE;
}

int
smm_media_file_open (const char *path, SmmMediaFacts *facts, const char **code, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    {
      smm_media_fail (code, errno == ENOENT ? "media-missing" : "media-unreadable", error,
                      errno == ENOENT ? _ ("The file does not exist")
                                      : _ ("The file can’t be read"));
      return -1;
    }
  if (examine (fd, facts, code, error))
    return fd;
  close (fd);
  return -1;
}
