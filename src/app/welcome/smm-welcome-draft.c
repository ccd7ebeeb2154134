/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-welcome-draft.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GROUP "You"
#define MAX_BYTES 4096
#define MAX_CHARS 200
/* Who does not come back for a month does not go on with it. */
#define MAX_AGE_SECONDS (30 * 24 * 60 * 60)

void
smm_welcome_draft_free (SmmWelcomeDraft *self)
{
  g_free (self->name);
  g_free (self->email);
  g_free (self->organization);
  g_free (self);
}

char *
smm_welcome_draft_get_path (SmmPaths *paths)
{
  return g_build_filename (paths->state_dir, "welcome.ini", NULL);
}

/* Neither a link nor a pipe nor a device in its place is opened, or waited for. */
static char *
read_text (const char *path)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  g_autofree char *text = g_malloc (MAX_BYTES + 1);
  struct stat info;
  gssize n = -1;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    {
      if (info.st_mtime < g_get_real_time () / G_USEC_PER_SEC - MAX_AGE_SECONDS)
        g_unlink (path);
      else if (info.st_size <= MAX_BYTES)
        n = read (fd, text, MAX_BYTES);
    }
  close (fd);
  if (n < 0)
    return NULL;
  text[n] = '\0';
  return g_utf8_validate (text, n, NULL) ? g_steal_pointer (&text) : NULL;
}

/* One line, of a length that somebody types. */
static gboolean
is_typed (const char *text)
{
  if (g_utf8_strlen (text, -1) > MAX_CHARS)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static char *
get_text (GKeyFile *file, const char *key)
{
  g_autofree char *text = g_key_file_get_string (file, GROUP, key, NULL);

  return text != NULL && is_typed (text) ? g_steal_pointer (&text) : g_strdup ("");
}

SmmWelcomeDraft *
smm_welcome_draft_read (SmmPaths *paths)
{
  g_autofree char *path = smm_welcome_draft_get_path (paths);
  g_autofree char *text = read_text (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  SmmWelcomeDraft *self;

  if (text == NULL || !g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL))
    return NULL;
  self = g_new0 (SmmWelcomeDraft, 1);
  self->name = get_text (file, "Name");
  self->email = get_text (file, "Email");
  self->organization = get_text (file, "Organization");
  return self;
}

gboolean
smm_welcome_draft_write (SmmPaths *paths, const SmmWelcomeDraft *self, GError **error)
{
  g_autofree char *path = smm_welcome_draft_get_path (paths);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  gsize length;

  if (*self->name == '\0' && *self->email == '\0' && *self->organization == '\0')
    {
      g_unlink (path);
      return TRUE;
    }
  g_key_file_set_string (file, GROUP, "Name", self->name);
  g_key_file_set_string (file, GROUP, "Email", self->email);
  g_key_file_set_string (file, GROUP, "Organization", self->organization);
  text = g_key_file_to_data (file, &length, NULL);
  g_mkdir_with_parents (paths->state_dir, 0700);
  /* Not worth waiting for the disk: half of it counts as nothing. */
  return g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_NONE, 0600, error);
}
