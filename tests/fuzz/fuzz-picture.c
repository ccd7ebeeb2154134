/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A user's picture, in this process: what the media program does with a file it is to look at. */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-media-file.h"
#include "smm-media-image.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <unistd.h>

/* Larger ones are allowed, and take seconds of decoding the same code. */
#define MAX_PIXELS (512 * 1024)

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  /* The decoders of other people warn of what they find; ours is to come back. */
  return 0;
}

static gboolean
is_small (const char *path)
{
  int width = 0, height = 0;

  gdk_pixbuf_get_file_info (path, &width, &height);
  return (gint64)width * height <= MAX_PIXELS;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  SmmMediaFacts facts = { 0 };
  const char *code = NULL;
  int fd, opened;
  g_autofree char *path = smm_fuzz_make_file (bytes, &fd);

  opened = smm_media_file_open (path, &facts, &code, &error);
  if (opened < 0)
    {
      g_assert (error != NULL && code != NULL);
      smm_fuzz_check_text (error->message);
    }
  else if (g_str_has_prefix (facts.mime, "image/") && is_small (path))
    {
      if (smm_image_probe (path, &facts, &code, &error))
        {
          g_assert (error == NULL && facts.mime != NULL);
          g_assert (facts.width > 0 && facts.height > 0 && facts.bytes == (gint64)size);
        }
      else
        {
          g_assert (error != NULL && code != NULL);
          smm_fuzz_check_text (error->message);
        }
    }
  if (opened >= 0)
    close (opened);
  close (fd);
  return 0;
}
