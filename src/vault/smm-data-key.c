/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-data-key.h"

#include "smm-vault.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[8] = "SMMKEY1\n";

/* It is never written over: signing in again helps only without it. */
static gboolean
fail (GError **error, const char *path, const char *why, const char *way_out)
{
  g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_KEY,
               _ ("The key file “%s” can’t be used: %s. %s"), path, why, way_out);
  return FALSE;
}

static gboolean
fail_to_write (GError **error, const char *path)
{
  g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_KEY,
               _ ("The key file “%s” can’t be written: %s"), path, g_strerror (errno));
  return FALSE;
}

/**
 * smm_data_keys_load:
 * @path: the key file
 * @keys: (out caller-allocates): what it holds
 * @error: SMM_VAULT_ERROR_NOT_FOUND when there is none, SMM_VAULT_ERROR_KEY
 */
gboolean
smm_data_keys_load (const char *path, SmmDataKeys *keys, GError **error)
{
  struct stat info;
  guint8 file[sizeof magic + sizeof *keys];
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  gboolean done;

  if (fd < 0 && errno == ENOENT)
    {
      g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND,
                   _ ("There is no stored sign-in yet"));
      return FALSE;
    }
  if (fd < 0)
    return fail (error, path, g_strerror (errno), _ ("Make it a file that you can read."));
  if (fstat (fd, &info) != 0 || (info.st_mode & 077) != 0 || info.st_uid != geteuid ())
    {
      close (fd);
      return fail (error, path, _ ("others can read it"),
                   _ ("Make it readable for you alone, with “chmod 600”."));
    }
  done = read (fd, file, sizeof file) == (ssize_t)sizeof file
         && memcmp (file, magic, sizeof magic) == 0;
  close (fd);
  if (done)
    memcpy (keys, file + sizeof magic, sizeof *keys);
  explicit_bzero (file, sizeof file);
  return done ? TRUE
              : fail (error, path, _ ("it is damaged"),
                      _ ("Bring it back from a backup of this computer, or delete it and "
                         "sign in again."));
}

/**
 * smm_data_keys_save:
 * @path: the key file
 * @keys: what to write
 * @error: SMM_VAULT_ERROR_KEY
 *
 * All or nothing: a new file is written, synced and put in place of the old.
 */
gboolean
smm_data_keys_save (const char *path, const SmmDataKeys *keys, GError **error)
{
  g_autofree char *fresh = g_strconcat (path, ".new", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  int fd, folder_fd;
  gboolean done;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_to_write (error, path);
  g_unlink (fresh);
  fd = open (fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_to_write (error, path);
  done = write (fd, magic, sizeof magic) == (ssize_t)sizeof magic
         && write (fd, keys, sizeof *keys) == (ssize_t)sizeof *keys && fsync (fd) == 0;
  done = close (fd) == 0 && done && g_rename (fresh, path) == 0;
  if (!done)
    {
      fail_to_write (error, path);
      g_unlink (fresh);
      return FALSE;
    }
  folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder_fd >= 0)
    {
      fsync (folder_fd);
      close (folder_fd);
    }
  return TRUE;
}

gboolean
smm_data_key_make (SmmDataKey *key, GError **error)
{
  ssize_t got;

  do
    {
      do
        got = getrandom (key, sizeof *key, 0);
      while (got < 0 && errno == EINTR);
      if (got != (ssize_t)sizeof *key)
        return fail_to_write (error, "getrandom");
    }
  while (key->id == 0);
  return TRUE;
}

const SmmDataKey *
smm_data_keys_find (const SmmDataKeys *keys, guint64 id)
{
  if (id == keys->now.id)
    return &keys->now;
  if (id != 0 && id == keys->before.id)
    return &keys->before;
  return NULL;
}
