/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cropping pictures and videos, cutting videos. */

#include "config.h"

#include "smm-media-strip-private.h"

#include <glib/gi18n.h>

#include "smm-crop-dialog.h"
#include "smm-state-icon.h"
#include "smm-video-dialog.h"

/* What a dialog is about: the list may be another one when it is done. */
static gboolean
find_again (SmmMediaStrip *self, GtkWindow *dialog, guint *index)
{
  return !self->read_only
         && g_ptr_array_find (self->media, g_object_get_data (G_OBJECT (dialog), "media"), index);
}

static void
present (GtkWindow *dialog, SmmMedia *media)
{
  g_object_set_data_full (G_OBJECT (dialog), "media", g_object_ref (media), g_object_unref);
  gtk_window_present (dialog);
}

static void
on_crop_applied (SmmCropDialog *dialog, SmmMediaStrip *self)
{
  g_autofree char *doing = NULL;
  g_autofree char *done = NULL;
  SmmMediaEdit edit;
  guint index;

  if (!find_again (self, GTK_WINDOW (dialog), &index))
    return;
  smm_crop_dialog_get (dialog, &edit, &doing, &done);
  smm_media_strip_edit (self, index, &edit, doing, done);
}

static void
crop (SmmMediaStrip *self, guint index)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  SmmMedia *media = self->media->pdata[index];
  SmmCropDialog *dialog = smm_crop_dialog_new (window, media, index);

  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_crop_applied), self, 0);
  present (GTK_WINDOW (dialog), media);
}

static void
on_video_applied (SmmVideoDialog *dialog, SmmMediaStrip *self)
{
  gint64 cover = smm_video_dialog_get_cover (dialog);
  g_autofree char *doing = NULL;
  g_autofree char *done = NULL;
  SmmMediaEdit edit;
  guint index;

  if (!find_again (self, GTK_WINDOW (dialog), &index))
    return;
  if (cover != self->cover)
    {
      self->cover = cover;
      g_signal_emit (self, smm_media_strip_signals[SMM_STRIP_COVER], 0, cover);
    }
  if (!smm_video_dialog_get_edit (dialog, &edit))
    return;
  doing = g_strdup_printf (_ ("Cutting video %u…"), index + 1);
  done = g_strdup_printf (_ ("Cut video %u"), index + 1);
  smm_media_strip_edit (self, index, &edit, doing, done);
}

static void
on_video_crop (SmmVideoDialog *dialog, SmmMediaStrip *self)
{
  guint index;

  if (find_again (self, GTK_WINDOW (dialog), &index))
    crop (self, index);
}

/* The dialog for what the medium is. */
void
smm_media_strip_open (SmmMediaStrip *self, guint index)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  SmmMedia *media = self->media->pdata[index];
  SmmVideoDialog *dialog;

  if (self->read_only)
    return;
  if (!smm_media_is_video (media) || media->duration <= 0)
    {
      crop (self, index);
      return;
    }
  dialog = smm_video_dialog_new (window, media, index, self->cover);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_video_applied), self, 0);
  g_signal_connect_object (dialog, "crop", G_CALLBACK (on_video_crop), self, 0);
  present (GTK_WINDOW (dialog), media);
}

static void
on_open (GtkButton *button, SmmMediaStrip *self)
{
  smm_media_strip_open (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
}

GtkWidget *
smm_media_strip_create_open_button (SmmMediaStrip *self, guint index)
{
  gboolean video = smm_media_is_video (self->media->pdata[index]);
  GtkWidget *button
      = gtk_button_new_from_icon_name (video ? "edit-cut-symbolic" : "smm-crop-symbolic");

  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  gtk_widget_set_tooltip_text (button, video ? _ ("Cut, Choose a Cover") : _ ("Crop"));
  smm_widget_set_label (button, video ? _ ("Cut This Video") : _ ("Crop This Picture"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_open), self);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_set_margin_end (button, 4);
  gtk_widget_set_margin_bottom (button, 4);
  gtk_widget_add_css_class (button, "circular");
  return button;
}
