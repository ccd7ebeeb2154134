/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-account-avatar.h"

#include <sys/stat.h>

/* One that was read; files that changed since are read again. */
typedef struct
{
  GdkTexture *texture; /* NULL: there is none */
  gint64 changed_at;
} Picture;

static GHashTable *pictures; /* path → Picture */

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_clear_object (&picture->texture);
  g_free (picture);
}

/* It is the media program's, small and a picture for certain. */
static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *path = task_data;
  Picture *picture = g_new0 (Picture, 1);
  struct stat info;

  if (stat (path, &info) == 0)
    {
      picture->changed_at = info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000;
      picture->texture = gdk_texture_new_from_filename (path, NULL);
    }
  g_task_return_pointer (task, picture, picture_free);
}

static void
show (AdwAvatar *avatar, GdkTexture *texture)
{
  adw_avatar_set_custom_image (avatar, texture != NULL ? GDK_PAINTABLE (texture) : NULL);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const char *path = g_task_get_task_data (G_TASK (result));
  Picture *picture = g_task_propagate_pointer (G_TASK (result), NULL);
  const Picture *known = g_hash_table_lookup (pictures, path);

  if (known != NULL && known->changed_at == picture->changed_at)
    {
      show (ADW_AVATAR (source), known->texture);
      picture_free (picture);
      return;
    }
  show (ADW_AVATAR (source), picture->texture);
  g_hash_table_replace (pictures, g_strdup (path), picture);
}

/**
 * smm_account_avatar_new:
 * @paths: where its picture is kept
 * @account: whose
 * @size: pixels
 *
 * Returns: (transfer full): the account's initials, and its picture in their place as soon as that
 *   was read, in a thread
 */
GtkWidget *
smm_account_avatar_new (SmmPaths *paths, SmmAccount *account, int size)
{
  GtkWidget *avatar = adw_avatar_new (size, account->name, TRUE);
  g_autofree char *path = smm_paths_get_avatar (paths, account->id);
  g_autoptr (GTask) task = g_task_new (avatar, NULL, on_read, NULL);
  const Picture *known;

  if (pictures == NULL)
    pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, picture_free);
  known = g_hash_table_lookup (pictures, path);
  if (known != NULL)
    show (ADW_AVATAR (avatar), known->texture);
  g_task_set_source_tag (task, smm_account_avatar_new);
  g_task_set_task_data (task, g_steal_pointer (&path), g_free);
  g_task_run_in_thread (task, read_in_thread);
  return avatar;
}
