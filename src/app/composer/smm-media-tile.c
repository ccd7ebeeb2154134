/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One picture or video of a post: its place, what it shows, what is done to it. */

#include "config.h"

#include "smm-media-strip-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "smm-state-icon.h"
#include "smm-thumbnail.h"

/* What the adapters take. */
#define MAX_ALT 1000
#define ALT_WIDTH 300
#define ALT_HEIGHT 76

static guint
tile_index (GtkWidget *tile)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tile), "index"));
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state,
                SmmMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  gboolean rtl = gtk_widget_get_direction (tile) == GTK_TEXT_DIR_RTL;
  guint index = tile_index (tile);

  if (!gtk_widget_has_focus (tile))
    return GDK_EVENT_PROPAGATE;
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_space)
      && !self->read_only)
    {
      smm_media_strip_open (self, index);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Delete && !self->read_only)
    {
      smm_media_strip_remove (self, index);
      return GDK_EVENT_STOP;
    }
  if ((state & GDK_ALT_MASK) == 0 || (keyval != GDK_KEY_Left && keyval != GDK_KEY_Right))
    return GDK_EVENT_PROPAGATE;
  if ((keyval == GDK_KEY_Left) != rtl)
    {
      if (index > 0)
        smm_media_strip_move (self, index, index - 1);
    }
  else
    smm_media_strip_move (self, index, index + 1);
  return GDK_EVENT_STOP;
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, SmmMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) icon = NULL;

  if (self->read_only)
    return NULL;
  icon = gtk_widget_paintable_new (tile);
  gtk_drag_source_set_icon (source, icon, (int)x, (int)y);
  return gdk_content_provider_new_typed (SMM_TYPE_MEDIA, self->media->pdata[tile_index (tile)]);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, SmmMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  guint from;

  if (!G_VALUE_HOLDS (value, SMM_TYPE_MEDIA)
      || !g_ptr_array_find (self->media, g_value_get_object (value), &from))
    return FALSE;
  smm_media_strip_move (self, from, tile_index (tile));
  return TRUE;
}

/* --- One picture --- */

static void
on_remove (GtkButton *button, SmmMediaStrip *self)
{
  smm_media_strip_remove (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
}

/* --- Its description --- */

static char *
dup_alt (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
show_alt_count (GtkWidget *view)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (view), "count");
  glong count = gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)));
  g_autofree char *text = g_strdup_printf ("\u2066%ld / %d\u2069", count, MAX_ALT);
  g_autofree char *name = g_strdup_printf (_ ("%ld of %d characters"), count, MAX_ALT);

  gtk_label_set_label (GTK_LABEL (label), text);
  smm_widget_set_label (label, name);
  if (count > MAX_ALT)
    gtk_widget_add_css_class (label, "state-failed");
  else
    gtk_widget_remove_css_class (label, "state-failed");
}

static void
name_alt_button (GtkWidget *button, SmmMedia *media)
{
  gtk_widget_set_tooltip_text (button,
                               media->alt != NULL ? media->alt : _ ("Describe This Picture"));
  smm_widget_set_label (button, media->alt != NULL ? _ ("Change the Description")
                                                   : _ ("Describe This Picture"));
  if (media->alt == NULL)
    gtk_widget_add_css_class (button, "missing");
  else
    gtk_widget_remove_css_class (button, "missing");
}

static void
on_alt_changed (GtkTextBuffer *buffer, GtkWidget *view)
{
  SmmMediaStrip *self = SMM_MEDIA_STRIP (gtk_widget_get_ancestor (view, SMM_TYPE_MEDIA_STRIP));
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (view), "index"));
  GtkWidget *button = gtk_widget_get_ancestor (view, GTK_TYPE_MENU_BUTTON);
  SmmMedia *media = self->media->pdata[index];
  g_autofree char *text = g_strstrip (dup_alt (buffer));

  g_free (media->alt);
  media->alt = *text != '\0' ? g_steal_pointer (&text) : NULL;
  name_alt_button (button, media);
  show_alt_count (view);
  smm_media_strip_update_hint (self);
  g_signal_emit (self, smm_media_strip_signals[SMM_STRIP_CHANGED], 0);
}

/* A description is one paragraph: Return is done with it. */
static gboolean
on_alt_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
            GtkPopover *popover)
{
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  gtk_popover_popdown (popover);
  return GDK_EVENT_STOP;
}

static GtkWidget *
create_alt_view (SmmMedia *media, guint index, GtkWidget *popover, GtkWidget *count)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_buffer_set_text (buffer, media->alt != NULL ? media->alt : "", -1);
  gtk_text_buffer_set_enable_undo (buffer, TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 8);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 10);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 10);
  gtk_widget_set_size_request (view, ALT_WIDTH, ALT_HEIGHT);
  g_object_set_data (G_OBJECT (view), "count", count);
  g_object_set_data (G_OBJECT (view), "index", GUINT_TO_POINTER (index));
  show_alt_count (view);
  g_signal_connect (buffer, "changed", G_CALLBACK (on_alt_changed), view);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_alt_key), popover);
  gtk_widget_add_controller (view, keys);
  return view;
}

static GtkWidget *
create_alt_button (SmmMediaStrip *self, guint index)
{
  SmmMedia *media = self->media->pdata[index];
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (_ ("What the picture shows, for people who can’t see it"));
  GtkWidget *frame = adw_bin_new ();
  GtkWidget *count = gtk_label_new (NULL);
  GtkWidget *view = create_alt_view (media, index, popover, count);

  /* Translators: alternative text of a picture, as short as possible */
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), gtk_label_new (_ ("ALT")));
  name_alt_button (button, media);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (count, "caption");
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_set_halign (count, GTK_ALIGN_END);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label,
                                  NULL, -1);
  adw_bin_set_child (ADW_BIN (frame), view);
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (frame, "card");
  gtk_widget_add_css_class (frame, "text-area");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), frame);
  gtk_box_append (GTK_BOX (box), count);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_sensitive (button, !self->read_only);
  g_signal_emit (self, smm_media_strip_signals[SMM_STRIP_WRITES], 0, view);
  return button;
}

/* "1:05"; a video whose length nobody knows says only what it is. */
static GtkWidget *
create_duration (SmmMedia *media)
{
  gint64 seconds = (media->duration + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC;
  g_autofree char *text = g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
  g_autofree char *name = g_strdup_printf (_ ("Video, %s"), text);
  GtkWidget *label = gtk_label_new (media->duration > 0 ? text : _ ("Video"));

  gtk_widget_add_css_class (label, "media-duration");
  smm_widget_set_label (label, name);
  return label;
}

static void
on_tile_pressed (GtkGestureClick *click, int n, double x, double y, SmmMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));

  gtk_widget_grab_focus (tile);
  if (n == 2)
    smm_media_strip_open (self, tile_index (tile));
}

GtkWidget *
smm_media_strip_create_tile (SmmMediaStrip *self, guint index)
{
  SmmMedia *media = self->media->pdata[index];
  GtkWidget *tile = gtk_overlay_new ();
  GtkWidget *picture = smm_thumbnail_new (SMM_STRIP_TILE);
  /* The platforms take descriptions of pictures only. */
  GtkWidget *alt
      = smm_media_is_video (media) ? create_duration (media) : create_alt_button (self, index);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  gboolean video = smm_media_is_video (media);
  g_autofree char *name
      = g_strdup_printf (video ? _ ("Video %u of %u, %s") : _ ("Picture %u of %u, %s"), index + 1,
                         self->media->len, media->alt != NULL ? media->alt : media->file_name);
  GtkWidget *label = gtk_label_new (number);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (SMM_TYPE_MEDIA, GDK_ACTION_MOVE);
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_object_set_data (G_OBJECT (tile), "index", GUINT_TO_POINTER (index));
  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (picture), media->sha256);
  gtk_overlay_set_child (GTK_OVERLAY (tile), picture);
  gtk_widget_add_css_class (tile, "media-tile");
  gtk_widget_set_overflow (tile, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_tooltip_text (tile, media->file_name);

  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "media-number");
  gtk_widget_set_margin_start (label, 4);
  gtk_widget_set_margin_top (label, 4);
  gtk_overlay_add_overlay (GTK_OVERLAY (tile), label);

  gtk_widget_set_halign (alt, GTK_ALIGN_START);
  gtk_widget_set_valign (alt, GTK_ALIGN_END);
  gtk_widget_set_margin_start (alt, 4);
  gtk_widget_set_margin_bottom (alt, 4);
  gtk_overlay_add_overlay (GTK_OVERLAY (tile), alt);

  if (!self->read_only)
    {
      GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");

      g_object_set_data (G_OBJECT (remove), "index", GUINT_TO_POINTER (index));
      gtk_widget_set_halign (remove, GTK_ALIGN_END);
      gtk_widget_set_valign (remove, GTK_ALIGN_START);
      gtk_widget_set_margin_end (remove, 4);
      gtk_widget_set_margin_top (remove, 4);
      gtk_widget_add_css_class (remove, "circular");
      gtk_widget_set_tooltip_text (remove, _ ("Remove"));
      smm_widget_set_label (remove, video ? _ ("Remove This Video") : _ ("Remove This Picture"));
      g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), self);
      gtk_overlay_add_overlay (GTK_OVERLAY (tile), remove);
      gtk_overlay_add_overlay (GTK_OVERLAY (tile),
                               smm_media_strip_create_open_button (self, index));
    }

  gtk_widget_set_focusable (tile, TRUE);
  smm_widget_set_label (tile, name);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (tile, keys);
  g_signal_connect (click, "pressed", G_CALLBACK (on_tile_pressed), self);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (click));
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), self);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (drop));
  return tile;
}
