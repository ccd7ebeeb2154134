/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-crop-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "smm-crop-area.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-wrap.h"

struct _SmmCropDialog
{
  AdwWindow parent_instance;

  GtkWidget *presets_box;
  GtkWidget *presets;
  GtkWidget *area;
  GtkWidget *note;
  GtkWidget *pad;

  SmmMedia *media;
  guint index;
  double ratio;
  gboolean padding; /* the whole of it, with borders */
};

enum
{
  APPLY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmCropDialog, smm_crop_dialog, ADW_TYPE_WINDOW)

#define FACEBOOK (1u << SMM_PLATFORM_FACEBOOK)
#define INSTAGRAM (1u << SMM_PLATFORM_INSTAGRAM)
#define TIKTOK (1u << SMM_PLATFORM_TIKTOK)

/* Sections 3.7 and 4.10 of api/meta.md and 6.11 of api/tiktok.md; the marks say who shows them
 * whole. */
static const struct
{
  double ratio;
  const char *label;
  guint platforms;
} presets[] = {
  { 0, N_ ("Free"), 0 },
  { 1, "1:1", FACEBOOK | INSTAGRAM },
  { 0.8, "4:5", FACEBOOK | INSTAGRAM },
  { 1.91, "1.91:1", FACEBOOK | INSTAGRAM },
  { 9.0 / 16.0, "9:16", FACEBOOK | INSTAGRAM | TIKTOK },
  { 16.0 / 9.0, "16:9", FACEBOOK },
};

static const char *
get_shape (SmmCropDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (self->ratio == presets[i].ratio)
      return _ (presets[i].label);
  return "";
}

static void
update (SmmCropDialog *self)
{
  graphene_rect_t frame;
  g_autofree char *text = NULL;

  smm_crop_area_get (SMM_CROP_AREA (self->area), &frame);
  text = g_strdup_printf (_ ("%d × %d pixels are kept of %d × %d"),
                          (int)lround (frame.size.width * self->media->width),
                          (int)lround (frame.size.height * self->media->height), self->media->width,
                          self->media->height);
  gtk_label_set_label (GTK_LABEL (self->note), text);
  gtk_widget_set_sensitive (self->pad, self->ratio > 0);
}

static void
on_preset (GtkToggleButton *button, SmmCropDialog *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "preset"));

  if (!gtk_toggle_button_get_active (button))
    return;
  self->ratio = presets[i].ratio;
  smm_crop_area_set_ratio (SMM_CROP_AREA (self->area), self->ratio);
  update (self);
}

static void
add_preset (SmmCropDialog *self, guint i)
{
  GtkWidget *first = gtk_widget_get_first_child (self->presets);
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_label_new (_ (presets[i].label)));
  if (presets[i].platforms != 0)
    {
      GtkWidget *marks = smm_platform_marks_new ();

      smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), presets[i].platforms);
      gtk_widget_set_valign (marks, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), marks);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  smm_widget_set_label (button, _ (presets[i].label));
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button),
                               first != NULL ? GTK_TOGGLE_BUTTON (first) : NULL);
  g_object_set_data (G_OBJECT (button), "preset", GUINT_TO_POINTER (i));
  g_signal_connect (button, "toggled", G_CALLBACK (on_preset), self);
  smm_wrap_append (SMM_WRAP (self->presets), button);
}

/* The shape that removes least, to begin with. */
static guint
find_nearest (SmmMedia *media)
{
  double own = media->height > 0 ? (double)media->width / media->height : 1;
  guint nearest = 1;

  for (guint i = 1; i < G_N_ELEMENTS (presets); i++)
    if (fabs (log (own / presets[i].ratio)) < fabs (log (own / presets[nearest].ratio)) - 0.001)
      nearest = i;
  return nearest;
}

static void
apply (SmmCropDialog *self, gboolean padding)
{
  self->padding = padding;
  g_signal_emit (self, signals[APPLY], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_crop (GtkButton *button, SmmCropDialog *self)
{
  apply (self, FALSE);
}

static void
on_pad (GtkButton *button, SmmCropDialog *self)
{
  apply (self, TRUE);
}

static void
smm_crop_dialog_dispose (GObject *object)
{
  g_clear_object (&SMM_CROP_DIALOG (object)->media);
  G_OBJECT_CLASS (smm_crop_dialog_parent_class)->dispose (object);
}

static void
smm_crop_dialog_class_init (SmmCropDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_crop_dialog_dispose;
  g_type_ensure (SMM_TYPE_CROP_AREA);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/composer/smm-crop-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmCropDialog, presets_box);
  gtk_widget_class_bind_template_child (widget_class, SmmCropDialog, area);
  gtk_widget_class_bind_template_child (widget_class, SmmCropDialog, note);
  gtk_widget_class_bind_template_child (widget_class, SmmCropDialog, pad);
  gtk_widget_class_bind_template_callback (widget_class, on_crop);
  gtk_widget_class_bind_template_callback (widget_class, on_pad);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[APPLY] = g_signal_new ("apply", SMM_TYPE_CROP_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
smm_crop_dialog_init (SmmCropDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->presets = smm_wrap_new (6);
  smm_widget_set_label (self->presets, _ ("Shape"));
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    add_preset (self, i);
  gtk_box_append (GTK_BOX (self->presets_box), self->presets);
}

/**
 * smm_crop_dialog_new:
 * @parent: the window it belongs to
 * @media: what to crop
 * @index: its place in the post
 *
 * Returns: (transfer none): a dialog, still hidden
 */
SmmCropDialog *
smm_crop_dialog_new (GtkWindow *parent, SmmMedia *media, guint index)
{
  SmmCropDialog *self = g_object_new (SMM_TYPE_CROP_DIALOG, "transient-for", parent, NULL);
  GtkWidget *button = gtk_widget_get_first_child (self->presets);
  g_autofree char *title = g_strdup_printf (
      smm_media_is_video (media) ? _ ("Crop Video %u") : _ ("Crop Picture %u"), index + 1);

  self->media = g_object_ref (media);
  self->index = index;
  gtk_window_set_title (GTK_WINDOW (self), title);
  smm_crop_area_set_media (SMM_CROP_AREA (self->area), media);
  g_signal_connect_object (self->area, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  for (guint i = find_nearest (media); i > 0; i--)
    button = gtk_widget_get_next_sibling (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  gtk_window_set_focus (GTK_WINDOW (self), self->area);
  return self;
}

/**
 * smm_crop_dialog_get:
 * @self: a dialog
 * @edit: (out): what to make
 * @doing: (out): says that it is being made
 * @done: (out): says that it was made
 */
void
smm_crop_dialog_get (SmmCropDialog *self, SmmMediaEdit *edit, char **doing, char **done)
{
  const char *what = smm_media_is_video (self->media) ? _ ("video") : _ ("picture");
  graphene_rect_t frame;

  g_return_if_fail (SMM_IS_CROP_DIALOG (self));

  smm_crop_area_get (SMM_CROP_AREA (self->area), &frame);
  *edit = (SmmMediaEdit){ 0 };
  edit->kind = self->padding ? SMM_MEDIA_EDIT_PAD : SMM_MEDIA_EDIT_CROP;
  edit->blur = TRUE;
  edit->ratio = self->padding ? self->ratio
                              : frame.size.width * self->media->width
                                    / (frame.size.height * self->media->height);
  if (!self->padding)
    {
      edit->x = frame.origin.x;
      edit->y = frame.origin.y;
      edit->width = frame.size.width;
      edit->height = frame.size.height;
    }
  if (smm_media_is_video (self->media))
    {
      edit->max_width = 1920;
      edit->max_frame_rate = 60;
    }
  if (self->ratio > 0)
    {
      *doing = g_strdup_printf (self->padding ? _ ("Padding %s %d to %s…")
                                              : _ ("Cropping %s %d to %s…"),
                                what, self->index + 1, get_shape (self));
      *done = g_strdup_printf (self->padding ? _ ("Padded %s %d to %s") : _ ("Cropped %s %d to %s"),
                               what, self->index + 1, get_shape (self));
      return;
    }
  *doing = g_strdup_printf (_ ("Cropping %s %d…"), what, self->index + 1);
  *done = g_strdup_printf (_ ("Cropped %s %d"), what, self->index + 1);
}
