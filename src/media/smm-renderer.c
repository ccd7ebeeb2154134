/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-renderer.h"

#include "smm-media-client.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

/* Instagram: api/meta.md section 4.10; Facebook: section 3.3, with the stricter of its limits. */
#define INSTAGRAM_WIDTH 1440
#define INSTAGRAM_BYTES (8 * 1000 * 1000)
#define FACEBOOK_SIDE 2048
#define FACEBOOK_BYTES (4 * 1000 * 1000)

struct _SmmRenderer
{
  GObject parent_instance;

  char *media_dir, *folder;
  GHashTable *known;  /* path of a rendition made by us → SmmMedia */
  GHashTable *hashed; /* path of a video found to be unchanged → what stat() said then */
};

G_DEFINE_TYPE (SmmRenderer, smm_renderer, G_TYPE_OBJECT)

typedef struct
{
  SmmRenderer *self;
  SmmMedia *media;
  SmmPlatformId platform;
  char *source, *out;
  char *stamp; /* of a video */
  SmmRendererFunc callback;
  gpointer user_data;
} Render;

static void
render_free (Render *render)
{
  g_object_unref (render->self);
  g_object_unref (render->media);
  g_free (render->source);
  g_free (render->out);
  g_free (render->stamp);
  g_free (render);
}

/* Changes when the file does: hashing gigabytes again at every step of a publication would take
 * longer than the upload. NULL: there is no file. */
static char *
make_stamp (const char *path)
{
  struct stat info;

  if (stat (path, &info) != 0)
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ".%09ld",
                          (guint64)info.st_ino, (gint64)info.st_size, (gint64)info.st_ctim.tv_sec,
                          info.st_ctim.tv_nsec);
}

static void
give (Render *render, SmmMedia *facts)
{
  SmmRendition *rendition = g_new0 (SmmRendition, 1);

  rendition->path = g_strdup (render->out);
  rendition->mime = g_strdup (facts->mime);
  rendition->alt = g_strdup (render->media->alt);
  rendition->width = facts->width;
  rendition->height = facts->height;
  rendition->bytes = facts->bytes;
  rendition->duration = facts->duration;
  render->callback (rendition, NULL, NULL, render->user_data);
  render_free (render);
}

static void
refuse (Render *render, const char *code, const char *why)
{
  g_autofree char *message = g_strdup_printf (_ ("“%s”: %s"), render->media->file_name, why);

  render->callback (NULL, code, message, render->user_data);
  render_free (render);
}

/* A video is published as it is: making it anew at the time of publishing would take longer than
 * its reader waits, and could fail. */
static void
give_video (Render *render)
{
  g_free (render->out);
  render->out = g_strdup (render->source);
  give (render, render->media);
}

static void
on_rendered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Render *render = user_data;
  g_autoptr (GError) error = NULL;
  SmmMedia *facts = smm_media_render_finish (result, &error);

  if (facts == NULL)
    {
      refuse (render, smm_media_error_get_name (error), error->message);
      return;
    }
  g_hash_table_insert (render->self->known, g_strdup (render->out), facts);
  give (render, facts);
}

static void
on_hashed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Render *render = user_data;
  gboolean instagram = render->platform == SMM_PLATFORM_INSTAGRAM;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = smm_media_hash_finish (result, &error);

  if (hash == NULL)
    refuse (render, smm_media_error_get_name (error), error->message);
  else if (strcmp (hash, render->media->sha256) != 0)
    refuse (render, "media-changed", _ ("The file in the library was changed by something else"));
  else if (smm_media_is_video (render->media))
    {
      if (render->stamp != NULL)
        g_hash_table_insert (render->self->hashed, g_strdup (render->source),
                             g_strdup (render->stamp));
      give_video (render);
    }
  else
    smm_media_render_async (
        render->source, render->out, instagram ? INSTAGRAM_WIDTH : FACEBOOK_SIDE,
        instagram ? 0 : FACEBOOK_SIDE, instagram ? INSTAGRAM_BYTES : FACEBOOK_BYTES, NULL,
        on_rendered, render);
}

void
smm_renderer_render (SmmRenderer *self, SmmMedia *media, SmmPlatformId platform,
                     SmmRendererFunc callback, gpointer user_data)
{
  Render *render = g_new0 (Render, 1);
  g_autofree char *name
      = g_strdup_printf ("%s-%s.jpg", media->sha256, smm_platform_id_to_string (platform));
  SmmMedia *known;

  render->self = g_object_ref (self);
  render->media = g_object_ref (media);
  render->platform = platform;
  render->source = g_build_filename (self->media_dir, media->sha256, NULL);
  render->out = g_build_filename (self->folder, name, NULL);
  render->callback = callback;
  render->user_data = user_data;
  if (smm_media_is_video (media))
    {
      /* Before the hash: what is written while it is made shows the next time. */
      render->stamp = make_stamp (render->source);
      if (render->stamp != NULL
          && g_strcmp0 (g_hash_table_lookup (self->hashed, render->source), render->stamp) == 0)
        give_video (render);
      else
        smm_media_hash_async (render->source, NULL, on_hashed, render);
      return;
    }
  known = g_hash_table_lookup (self->known, render->out);
  if (known != NULL && g_file_test (render->out, G_FILE_TEST_EXISTS))
    {
      give (render, known);
      return;
    }
  g_mkdir_with_parents (self->folder, 0700);
  smm_media_hash_async (render->source, NULL, on_hashed, render);
}

static void
smm_renderer_finalize (GObject *object)
{
  SmmRenderer *self = SMM_RENDERER (object);

  g_free (self->media_dir);
  g_free (self->folder);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->hashed);

  G_OBJECT_CLASS (smm_renderer_parent_class)->finalize (object);
}

static void
smm_renderer_class_init (SmmRendererClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_renderer_finalize;
}

static void
smm_renderer_init (SmmRenderer *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->hashed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

SmmRenderer *
smm_renderer_new (SmmPaths *paths)
{
  SmmRenderer *self = g_object_new (SMM_TYPE_RENDERER, NULL);

  self->media_dir = g_strdup (paths->media_dir);
  self->folder = g_build_filename (paths->cache_dir, "renditions", NULL);
  return self;
}
