/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The boxes of a film, read before any decoder sees it, and the edit lists that are taken out. */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-media-boxes.h"

#include <sys/stat.h>
#include <unistd.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

static void
check (gboolean done, GError *error)
{
  g_assert (done == (error == NULL));
  if (error != NULL)
    smm_fuzz_check_text (error->message);
  g_clear_error (&error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  GError *error = NULL;
  SmmBoxes boxes = { 0 };
  gboolean is_webm = FALSE;
  struct stat facts;
  gboolean done;
  int fd;
  g_autofree char *path = smm_fuzz_make_file (bytes, &fd);

  done = smm_boxes_read (fd, size, &boxes, &error);
  check (done, error);
  error = NULL;
  done = smm_ebml_read (fd, size, &is_webm, &error);
  check (done, error);
  smm_boxes_drop_edit_lists (fd, size);
  /* It renames boxes in their places and moves nothing. */
  g_assert (fstat (fd, &facts) == 0 && (gsize)facts.st_size == size);
  close (fd);
  return 0;
}
