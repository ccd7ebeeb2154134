/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "smm-media-client.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

/* Edge of the pictures kept: a preview or an edited picture at scale 2. */
#define EDGE 960
/* The first frame of a video is often black. */
#define POSTER_AT (1 * G_USEC_PER_SEC)
/* Each is a process that decodes. */
#define MAX_AT_ONCE 2
#define MAX_TEXTURES 60

struct _SmmMediaPicture
{
  GtkWidget parent_instance;

  SmmMedia *media;
  gint64 at;
  double ratio;
  int width;
  gboolean limited; /* no higher than that width makes it */
  GdkTexture *texture;
  GCancellable *cancellable;
};

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMediaPicture, smm_media_picture, GTK_TYPE_WIDGET)

/* One picture on its way. */
typedef struct
{
  SmmMediaPicture *self;
  GCancellable *cancellable;
  char *file, *cached;
  gint64 at; /* -1: a picture */
  gboolean made;
} Job;

static GHashTable *textures; /* path in the cache → GdkTexture */
static GQueue waiting = G_QUEUE_INIT;
static guint n_running;

static void read_cached (Job *job);
static void start_waiting (void);

static void
job_free (Job *job)
{
  g_object_unref (job->self);
  g_object_unref (job->cancellable);
  g_free (job->file);
  g_free (job->cached);
  g_free (job);
}

static gboolean
is_wanted (Job *job)
{
  return !g_cancellable_is_cancelled (job->cancellable);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmMedia) made = job->at < 0 ? smm_media_render_finish (result, &error)
                                          : smm_media_frame_finish (result, &error);

  n_running--;
  if (made != NULL && is_wanted (job))
    {
      job->made = TRUE;
      read_cached (job);
    }
  else
    job_free (job);
  start_waiting ();
}

static void
start_waiting (void)
{
  Job *job;

  while (n_running < MAX_AT_ONCE && (job = g_queue_pop_head (&waiting)) != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (job->cached);

      if (!is_wanted (job) || g_mkdir_with_parents (folder, 0700) != 0)
        {
          job_free (job);
          continue;
        }
      n_running++;
      if (job->at < 0)
        smm_media_render_async (job->file, job->cached, EDGE, EDGE, 0, job->cancellable, on_made,
                                job);
      else
        smm_media_frame_async (job->file, job->cached, job->at, EDGE, EDGE, job->cancellable,
                               on_made, job);
    }
}

static void
use_texture (SmmMediaPicture *self, GdkTexture *texture)
{
  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[LOADED], 0);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const char *path = task_data;
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = gdk_texture_new_from_filename (path, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (texture == NULL && !job->made && is_wanted (job))
    {
      g_queue_push_tail (&waiting, job);
      start_waiting ();
      return;
    }
  if (texture != NULL && is_wanted (job))
    {
      if (g_hash_table_size (textures) >= MAX_TEXTURES)
        g_hash_table_remove_all (textures);
      g_hash_table_insert (textures, g_strdup (job->cached), g_object_ref (texture));
      use_texture (job->self, texture);
    }
  job_free (job);
}

static void
read_cached (Job *job)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_read, job);

  g_task_set_source_tag (task, read_cached);
  g_task_set_task_data (task, g_strdup (job->cached), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

static void
load (SmmMediaPicture *self)
{
  SmmPaths *paths = smm_thumbnail_get_paths ();
  g_autofree char *base = NULL;
  gboolean video;
  GdkTexture *known;
  Job *job;

  if (paths == NULL)
    return;
  video = smm_media_is_video (self->media);
  base = smm_paths_get_thumbnail (paths, self->media->sha256, EDGE);
  job = g_new0 (Job, 1);
  job->at = !video ? -1 : self->at >= 0 ? self->at : MIN (POSTER_AT, self->media->duration / 2);
  job->cached = video ? g_strdup_printf ("%s.%" G_GINT64_FORMAT ".jpg", base, job->at)
                      : g_strconcat (base, ".jpg", NULL);
  job->file = smm_paths_get_media (paths, self->media->sha256);
  job->self = g_object_ref (self);
  self->cancellable = g_cancellable_new ();
  job->cancellable = g_object_ref (self->cancellable);
  known = g_hash_table_lookup (textures, job->cached);
  if (known != NULL)
    {
      use_texture (self, known);
      job_free (job);
    }
  else
    read_cached (job);
}

static double
get_shape (SmmMediaPicture *self)
{
  if (self->ratio > 0)
    return self->ratio;
  if (self->media != NULL && self->media->height > 0)
    return (double)self->media->width / self->media->height;
  return 1;
}

static GtkSizeRequestMode
smm_media_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
smm_media_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmMediaPicture *self = SMM_MEDIA_PICTURE (widget);
  int width = for_size > 0 ? for_size : self->width;

  *minimum_baseline = *natural_baseline = -1;
  *minimum = *natural = self->width;
  /* GTK asks for the height of the greatest width there is, too, and takes a great one for a fault.
   */
  if (self->limited)
    width = MIN (width, self->width);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = (int)(width / get_shape (self));
}

static void
smm_media_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SmmMediaPicture *self = SMM_MEDIA_PICTURE (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double tw, th, scale;

  if (self->texture == NULL || width < 1 || height < 1)
    return;
  tw = gdk_texture_get_width (self->texture);
  th = gdk_texture_get_height (self->texture);
  scale = MAX (width / tw, height / th);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((width - tw * scale) / 2,
                                                    (height - th * scale) / 2, tw * scale,
                                                    th * scale));
  gtk_snapshot_pop (snapshot);
}

static void
forget (SmmMediaPicture *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_clear_object (&self->media);
}

static void
smm_media_picture_dispose (GObject *object)
{
  forget (SMM_MEDIA_PICTURE (object));
  G_OBJECT_CLASS (smm_media_picture_parent_class)->dispose (object);
}

static void
smm_media_picture_class_init (SmmMediaPictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = smm_media_picture_dispose;
  widget_class->get_request_mode = smm_media_picture_get_request_mode;
  widget_class->measure = smm_media_picture_measure;
  widget_class->snapshot = smm_media_picture_snapshot;
  gtk_widget_class_set_css_name (widget_class, "mediapicture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[LOADED] = g_signal_new ("loaded", SMM_TYPE_MEDIA_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static void
smm_media_picture_init (SmmMediaPicture *self)
{
  self->width = 100;
  self->at = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  smm_widget_set_label (GTK_WIDGET (self), _ ("Picture"));
}

/**
 * smm_media_picture_new:
 *
 * Returns: (transfer full): a picture of nothing
 */
GtkWidget *
smm_media_picture_new (void)
{
  return g_object_new (SMM_TYPE_MEDIA_PICTURE, NULL);
}

/**
 * smm_media_picture_set:
 * @self: a picture
 * @media: (nullable): what to show
 * @at: of a video, µs from its start; -1: its poster
 * @ratio: width / height of what is shown; 0: the medium's own
 */
void
smm_media_picture_set (SmmMediaPicture *self, SmmMedia *media, gint64 at, double ratio)
{
  gboolean same;

  g_return_if_fail (SMM_IS_MEDIA_PICTURE (self));

  same = media != NULL && self->media != NULL && self->at == at
         && g_strcmp0 (media->sha256, self->media->sha256) == 0;
  if (self->ratio != ratio)
    {
      self->ratio = ratio;
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  if (same)
    return;
  forget (self);
  self->at = at;
  if (media != NULL)
    {
      self->media = g_object_ref (media);
      smm_widget_set_label (GTK_WIDGET (self), media->alt != NULL           ? media->alt
                                               : smm_media_is_video (media) ? _ ("Video")
                                                                            : _ ("Picture"));
      load (self);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
smm_media_picture_set_limited (SmmMediaPicture *self, gboolean limited)
{
  g_return_if_fail (SMM_IS_MEDIA_PICTURE (self));

  self->limited = limited;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * smm_media_picture_set_width:
 * @self: a picture
 * @width: pixels
 */
void
smm_media_picture_set_width (SmmMediaPicture *self, int width)
{
  g_return_if_fail (SMM_IS_MEDIA_PICTURE (self));

  if (self->width == width)
    return;
  self->width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * smm_media_picture_get_texture:
 * @self: a picture
 *
 * Returns: (transfer none) (nullable): what is drawn
 */
GdkTexture *
smm_media_picture_get_texture (SmmMediaPicture *self)
{
  g_return_val_if_fail (SMM_IS_MEDIA_PICTURE (self), NULL);

  return self->texture;
}
