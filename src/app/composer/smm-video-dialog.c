/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-video-dialog.h"

#include <glib/gi18n.h>

#include "smm-film-strip.h"
#include "smm-media-picture.h"
#include "smm-state-icon.h"

#define SECOND ((double)G_USEC_PER_SEC)
/* A frame is decoded when the mark has stood still for so long. */
#define SHOW_DELAY_MS 200
/* What is shorter is a slip of the hand. */
#define NOTHING (G_USEC_PER_SEC / 20)
#define LEAST 0.1

struct _SmmVideoDialog
{
  AdwWindow parent_instance;

  GtkWidget *picture;
  GtkWidget *strip;
  GtkSpinButton *from;
  GtkSpinButton *to;
  GtkSpinButton *cover;
  GtkWidget *note;

  SmmMedia *media;
  GtkWidget
      *loader; /* of the frame shown; not in the window itself, for it has a size of its own */
  guint show_source;
  gboolean setting;
};

enum
{
  APPLY,
  CROP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmVideoDialog, smm_video_dialog, ADW_TYPE_WINDOW)

static gint64
get_time (GtkSpinButton *spin)
{
  return (gint64)(gtk_spin_button_get_value (spin) * SECOND + 0.5);
}

static gboolean
show_frame (gpointer data)
{
  SmmVideoDialog *self = data;

  self->show_source = 0;
  smm_media_picture_set (SMM_MEDIA_PICTURE (self->loader), self->media, get_time (self->cover), 0);
  return G_SOURCE_REMOVE;
}

static void
on_loaded (SmmVideoDialog *self)
{
  gtk_picture_set_paintable (
      GTK_PICTURE (self->picture),
      GDK_PAINTABLE (smm_media_picture_get_texture (SMM_MEDIA_PICTURE (self->loader))));
}

static void
update (SmmVideoDialog *self)
{
  gint64 length = get_time (self->to) - get_time (self->from);
  g_autofree char *text = g_strdup_printf (_ ("%.1f of %.1f seconds"), length / SECOND,
                                           self->media->duration / SECOND);

  gtk_label_set_label (GTK_LABEL (self->note), text);
  g_clear_handle_id (&self->show_source, g_source_remove);
  self->show_source = g_timeout_add (SHOW_DELAY_MS, show_frame, self);
}

/* One number moves the others out of its way. */
static void
on_number (GtkSpinButton *spin, SmmVideoDialog *self)
{
  double from, to, cover;

  if (self->setting)
    return;
  self->setting = TRUE;
  from = gtk_spin_button_get_value (self->from);
  to = gtk_spin_button_get_value (self->to);
  cover = gtk_spin_button_get_value (self->cover);
  if (spin == self->from && from > to - LEAST)
    from = MAX (0, to - LEAST);
  if (spin == self->to && to < from + LEAST)
    to = from + LEAST;
  cover = CLAMP (cover, from, to);
  gtk_spin_button_set_value (self->from, from);
  gtk_spin_button_set_value (self->to, to);
  gtk_spin_button_set_value (self->cover, cover);
  smm_film_strip_set (SMM_FILM_STRIP (self->strip), get_time (self->from), get_time (self->to),
                      get_time (self->cover));
  self->setting = FALSE;
  update (self);
}

static void
on_strip (SmmVideoDialog *self)
{
  gint64 from, to, cover;

  smm_film_strip_get (SMM_FILM_STRIP (self->strip), &from, &to, &cover);
  self->setting = TRUE;
  gtk_spin_button_set_value (self->from, from / SECOND);
  gtk_spin_button_set_value (self->to, to / SECOND);
  gtk_spin_button_set_value (self->cover, cover / SECOND);
  self->setting = FALSE;
  update (self);
}

static void
on_apply (GtkButton *button, SmmVideoDialog *self)
{
  g_signal_emit (self, signals[APPLY], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_crop (GtkButton *button, SmmVideoDialog *self)
{
  g_signal_emit (self, signals[CROP], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
smm_video_dialog_dispose (GObject *object)
{
  SmmVideoDialog *self = SMM_VIDEO_DIALOG (object);

  g_clear_handle_id (&self->show_source, g_source_remove);
  g_clear_object (&self->media);
  g_clear_object (&self->loader);
  G_OBJECT_CLASS (smm_video_dialog_parent_class)->dispose (object);
}

static void
smm_video_dialog_class_init (SmmVideoDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SMM_TYPE_VIDEO_DIALOG;

  G_OBJECT_CLASS (klass)->dispose = smm_video_dialog_dispose;
  g_type_ensure (SMM_TYPE_FILM_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/composer/smm-video-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmVideoDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, SmmVideoDialog, strip);
  gtk_widget_class_bind_template_child (widget_class, SmmVideoDialog, from);
  gtk_widget_class_bind_template_child (widget_class, SmmVideoDialog, to);
  gtk_widget_class_bind_template_child (widget_class, SmmVideoDialog, cover);
  gtk_widget_class_bind_template_child (widget_class, SmmVideoDialog, note);
  gtk_widget_class_bind_template_callback (widget_class, on_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_crop);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[APPLY]
      = g_signal_new ("apply", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CROP]
      = g_signal_new ("crop", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_video_dialog_init (SmmVideoDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->loader = g_object_ref_sink (smm_media_picture_new ());
  g_signal_connect_object (self->loader, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  smm_widget_set_label (self->picture, _ ("The cover"));
}

static void
prepare_number (SmmVideoDialog *self, GtkSpinButton *spin, const char *name, gint64 at)
{
  gtk_spin_button_set_digits (spin, 1);
  gtk_spin_button_set_increments (spin, 0.1, 1);
  gtk_spin_button_set_range (spin, 0, self->media->duration / SECOND);
  gtk_spin_button_set_value (spin, at / SECOND);
  smm_widget_set_label (GTK_WIDGET (spin), name);
  g_signal_connect (spin, "value-changed", G_CALLBACK (on_number), self);
}

/**
 * smm_video_dialog_new:
 * @parent: the window it belongs to
 * @media: a video
 * @index: its place in the post
 * @cover: the frame chosen so far, µs; 0: the first
 *
 * Returns: (transfer none): a dialog, still hidden
 */
SmmVideoDialog *
smm_video_dialog_new (GtkWindow *parent, SmmMedia *media, guint index, gint64 cover)
{
  SmmVideoDialog *self = g_object_new (SMM_TYPE_VIDEO_DIALOG, "transient-for", parent, NULL);
  g_autofree char *title = g_strdup_printf (_ ("Video %u"), index + 1);

  self->media = g_object_ref (media);
  cover = MIN (cover, media->duration);
  gtk_window_set_title (GTK_WINDOW (self), title);
  smm_film_strip_set_media (SMM_FILM_STRIP (self->strip), media);
  smm_film_strip_set (SMM_FILM_STRIP (self->strip), 0, media->duration, cover);
  prepare_number (self, self->from, _ ("Beginning, in seconds"), 0);
  prepare_number (self, self->to, _ ("End, in seconds"), media->duration);
  prepare_number (self, self->cover, _ ("Cover, in seconds"), cover);
  g_signal_connect_object (self->strip, "changed", G_CALLBACK (on_strip), self, G_CONNECT_SWAPPED);
  update (self);
  return self;
}

/**
 * smm_video_dialog_get_edit:
 * @self: a dialog
 * @edit: (out): what to make
 *
 * Returns: %FALSE when nothing is cut away
 */
gboolean
smm_video_dialog_get_edit (SmmVideoDialog *self, SmmMediaEdit *edit)
{
  gint64 from = get_time (self->from), to = get_time (self->to);

  g_return_val_if_fail (SMM_IS_VIDEO_DIALOG (self), FALSE);

  *edit = (SmmMediaEdit){ .kind = SMM_MEDIA_EDIT_TRANSCODE };
  if (from > NOTHING)
    edit->trim_from = from;
  /* The field shows tenths: the end as it is shown may be before the end. */
  if (to < self->media->duration - G_USEC_PER_SEC / 10)
    edit->trim_to = to;
  edit->max_width = 1920;
  edit->max_frame_rate = 60;
  return edit->trim_from > 0 || edit->trim_to > 0;
}

gint64
smm_video_dialog_get_cover (SmmVideoDialog *self)
{
  g_return_val_if_fail (SMM_IS_VIDEO_DIALOG (self), 0);

  return MAX (0, get_time (self->cover) - get_time (self->from));
}
