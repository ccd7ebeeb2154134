/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-thumbnail.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "smm-media-client.h"
#include "smm-state-icon.h"
#include "smm-thumbnail-cache.h"

/* Edge of what is decoded: what the cache keeps. */
#define EDGE 256
#define MAX_TEXTURES 600
/* The first frame of a video is often black. */
#define POSTER_AT (1 * G_USEC_PER_SEC)
/* Each is a process that decodes. */
#define MAX_FRAMES_AT_ONCE 2
#define IS_VIDEO "smm-is-video"

struct _SmmThumbnail
{
  GtkWidget parent_instance;

  char *sha256;
  GdkTexture *texture;
  GCancellable *cancellable;
  int size;
  gboolean is_video;
  gboolean asked; /* for a frame of the video */
  gboolean whole;
};

G_DEFINE_FINAL_TYPE (SmmThumbnail, smm_thumbnail, GTK_TYPE_WIDGET)

static SmmPaths *library_paths;
static GHashTable *textures; /* sha256 → GdkTexture */

typedef struct
{
  char *file;
  char *frame; /* of a video, until the cache has it */
} Job;

/* A frame that is wanted of a video. */
typedef struct
{
  SmmThumbnail *self;
  GCancellable *cancellable;
  char *file, *frame;
} Poster;

static GQueue posters = G_QUEUE_INIT;
static guint n_posters;

static void load (SmmThumbnail *self);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->file);
  g_free (job->frame);
  g_free (job);
}

static GdkTexture *
texture_from_pixbuf (GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) bytes = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8
                                                                   : GDK_MEMORY_R8G8B8,
                                 bytes, gdk_pixbuf_get_rowstride (pixbuf));
}

/* Upright; kept for the next time. NULL: this is no picture. */
static GdkPixbuf *
make_small (Job *job, GError **error)
{
  g_autoptr (GdkPixbuf) small = NULL;
  g_auto (GStrv) mimes = NULL;
  GdkPixbufFormat *format;
  GdkPixbuf *pixbuf;
  int width, height;

  format = gdk_pixbuf_get_file_info (job->file, &width, &height);
  if (format == NULL || width < 1 || height < 1)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not a picture");
      return NULL;
    }
  small = MAX (width, height) > EDGE
              ? gdk_pixbuf_new_from_file_at_scale (job->file, EDGE, EDGE, TRUE, error)
              : gdk_pixbuf_new_from_file (job->file, error);
  if (small == NULL)
    return NULL;
  pixbuf = gdk_pixbuf_apply_embedded_orientation (small);
  mimes = gdk_pixbuf_format_get_mime_types (format);
  smm_thumbnail_cache_save (job->file, pixbuf, mimes[0]);
  return pixbuf;
}

/* The media program has made it. */
static GdkPixbuf *
take_frame (Job *job)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_file (job->frame, NULL);

  if (pixbuf != NULL
      && (smm_thumbnail_cache_save (job->file, pixbuf, "video/mp4")
          || !smm_thumbnail_cache_get_kept ()))
    g_unlink (job->frame);
  return pixbuf;
}

/* The media program writes into a folder that is there. */
static void
make_frame_folder (Job *job)
{
  g_autofree char *folder = g_path_get_dirname (job->frame);

  g_mkdir_with_parents (folder, 0700);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  GdkTexture *texture;
  gboolean is_video = FALSE;

  if (g_task_return_error_if_cancelled (task))
    return;
  pixbuf = smm_thumbnail_cache_load (job->file, &is_video);
  if (pixbuf == NULL)
    {
      pixbuf = take_frame (job);
      is_video = pixbuf != NULL;
    }
  if (pixbuf == NULL)
    pixbuf = make_small (job, &error);
  if (pixbuf == NULL)
    {
      make_frame_folder (job);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  texture = texture_from_pixbuf (pixbuf);
  g_object_set_data (G_OBJECT (texture), IS_VIDEO, GINT_TO_POINTER (is_video));
  g_task_return_pointer (task, texture, g_object_unref);
}

/* --- Frames of videos: made by the media program, which may take a second --- */

static void
poster_free (Poster *poster)
{
  g_object_unref (poster->self);
  g_object_unref (poster->cancellable);
  g_free (poster->file);
  g_free (poster->frame);
  g_free (poster);
}

static void
show_no_picture (SmmThumbnail *self, const GError *error)
{
  g_clear_object (&self->cancellable);
  /* It can be posted, and only not shown. */
  self->is_video = g_error_matches (error, SMM_MEDIA_ERROR, SMM_MEDIA_ERROR_NO_DECODER);
  if (!self->is_video)
    gtk_widget_add_css_class (GTK_WIDGET (self), "missing");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void start_posters (void);

static void
on_poster (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Poster *poster = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmMedia) media = smm_media_frame_finish (result, &error);

  n_posters--;
  /* Cancelled: it shows something else by now. */
  if (!g_cancellable_is_cancelled (poster->cancellable))
    {
      if (media != NULL)
        load (poster->self);
      else
        show_no_picture (poster->self, error);
    }
  poster_free (poster);
  start_posters ();
}

static void
start_posters (void)
{
  Poster *poster;

  while (n_posters < MAX_FRAMES_AT_ONCE && (poster = g_queue_pop_head (&posters)) != NULL)
    {
      if (g_cancellable_is_cancelled (poster->cancellable))
        {
          poster_free (poster);
          continue;
        }
      n_posters++;
      smm_media_frame_async (poster->file, poster->frame, POSTER_AT, EDGE, EDGE,
                             poster->cancellable, on_poster, poster);
    }
}

static void
ask_for_poster (SmmThumbnail *self, Job *job)
{
  Poster *poster = g_new0 (Poster, 1);

  self->asked = TRUE;
  poster->self = g_object_ref (self);
  poster->cancellable = g_object_ref (self->cancellable);
  poster->file = g_strdup (job->file);
  poster->frame = g_strdup (job->frame);
  g_queue_push_tail (&posters, poster);
  start_posters ();
}

static void
use_texture (SmmThumbnail *self, GdkTexture *texture)
{
  g_set_object (&self->texture, texture);
  self->is_video = g_object_get_data (G_OBJECT (texture), IS_VIDEO) != NULL;
  smm_widget_set_label (GTK_WIDGET (self), self->is_video ? _ ("Video") : _ ("Picture"));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);
  SmmThumbnail *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = SMM_THUMBNAIL (source);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED) && !self->asked)
    {
      ask_for_poster (self, g_task_get_task_data (G_TASK (result)));
      return;
    }
  if (texture == NULL)
    {
      show_no_picture (self, error);
      return;
    }
  g_clear_object (&self->cancellable);
  if (g_hash_table_size (textures) >= MAX_TEXTURES)
    g_hash_table_remove_all (textures);
  g_hash_table_insert (textures, g_strdup (self->sha256), g_object_ref (texture));
  use_texture (self, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
load (SmmThumbnail *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (library_paths == NULL)
    return;
  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_loaded, NULL);
  g_task_set_source_tag (task, load);
  job = g_new0 (Job, 1);
  job->file = smm_paths_get_media (library_paths, self->sha256);
  job->frame = smm_paths_get_thumbnail (library_paths, self->sha256, EDGE);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, load_in_thread);
}

static void
smm_thumbnail_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmThumbnail *self = SMM_THUMBNAIL (widget);

  *minimum = *natural = self->size;
  *minimum_baseline = *natural_baseline = -1;
}

/* A triangle on a dark disc: on any frame, in any theme. */
static void
draw_play_mark (GtkSnapshot *snapshot, double width, double height)
{
  double radius = CLAMP (MIN (width, height) * 0.26, 6, 22);
  double x = width / 2, y = height / 2;
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (x - radius, y - radius, 2 * radius, 2 * radius));

  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.6);
  cairo_fill (cr);
  cairo_move_to (cr, x - radius * 0.32, y - radius * 0.5);
  cairo_line_to (cr, x + radius * 0.55, y);
  cairo_line_to (cr, x - radius * 0.32, y + radius * 0.5);
  cairo_close_path (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
draw_texture (SmmThumbnail *self, GtkSnapshot *snapshot, double width, double height)
{
  double tw = gdk_texture_get_width (self->texture);
  double th = gdk_texture_get_height (self->texture);
  double scale = self->whole ? MIN (width / tw, height / th) : MAX (width / tw, height / th);

  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((width - tw * scale) / 2,
                                                    (height - th * scale) / 2, tw * scale,
                                                    th * scale));
}

static void
smm_thumbnail_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SmmThumbnail *self = SMM_THUMBNAIL (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  if (self->texture != NULL)
    draw_texture (self, snapshot, width, height);
  if (self->is_video)
    draw_play_mark (snapshot, width, height);
}

static void
smm_thumbnail_dispose (GObject *object)
{
  SmmThumbnail *self = SMM_THUMBNAIL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->sha256, g_free);
  G_OBJECT_CLASS (smm_thumbnail_parent_class)->dispose (object);
}

static void
smm_thumbnail_class_init (SmmThumbnailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = smm_thumbnail_dispose;
  widget_class->measure = smm_thumbnail_measure;
  widget_class->snapshot = smm_thumbnail_snapshot;
  gtk_widget_class_set_css_name (widget_class, "thumbnail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static void
smm_thumbnail_init (SmmThumbnail *self)
{
  self->size = 20;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  smm_widget_set_label (GTK_WIDGET (self), _ ("Picture"));
}

/**
 * smm_thumbnail_set_paths:
 * @paths: (nullable): where the library is; borrowed for as long as thumbnails are shown
 */
void
smm_thumbnail_set_paths (SmmPaths *paths)
{
  library_paths = paths;
}

/**
 * smm_thumbnail_get_paths:
 *
 * Returns: (transfer none) (nullable): where the library is
 */
SmmPaths *
smm_thumbnail_get_paths (void)
{
  return library_paths;
}

/**
 * smm_thumbnail_new:
 * @size: edge in pixels
 *
 * Returns: (transfer full): an empty thumbnail
 */
GtkWidget *
smm_thumbnail_new (int size)
{
  SmmThumbnail *self = g_object_new (SMM_TYPE_THUMBNAIL, NULL);

  self->size = size;
  return GTK_WIDGET (self);
}

/**
 * smm_thumbnail_set_size:
 * @self: a thumbnail
 * @size: edge in pixels
 */
void
smm_thumbnail_set_size (SmmThumbnail *self, int size)
{
  g_return_if_fail (SMM_IS_THUMBNAIL (self));

  if (self->size == size)
    return;
  self->size = size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * smm_thumbnail_set_whole:
 * @self: a thumbnail
 * @whole: whether all of the picture is seen, and not a square of it
 */
void
smm_thumbnail_set_whole (SmmThumbnail *self, gboolean whole)
{
  g_return_if_fail (SMM_IS_THUMBNAIL (self));

  if (self->whole == whole)
    return;
  self->whole = whole;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * smm_thumbnail_set_sha256:
 * @self: a thumbnail
 * @sha256: (nullable): the medium to show
 *
 * Hides the widget when there is nothing to show. A picture already seen appears at once.
 */
void
smm_thumbnail_set_sha256 (SmmThumbnail *self, const char *sha256)
{
  GdkTexture *known;

  g_return_if_fail (SMM_IS_THUMBNAIL (self));

  if (g_strcmp0 (self->sha256, sha256) == 0)
    {
      gtk_widget_set_visible (GTK_WIDGET (self), sha256 != NULL);
      return;
    }
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_free (self->sha256);
  self->sha256 = g_strdup (sha256);
  self->is_video = self->asked = FALSE;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "missing");
  gtk_widget_set_visible (GTK_WIDGET (self), sha256 != NULL);
  if (sha256 == NULL)
    return;
  known = g_hash_table_lookup (textures, sha256);
  if (known != NULL)
    use_texture (self, known);
  else
    load (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
