/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-text-area.h"

#include "smm-state-icon.h"

#define HEIGHT 72

struct _SmmTextArea
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *hint;
  GtkWidget *view;
};

enum
{
  PROP_TITLE = 1,
  PROP_HINT,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmTextArea, smm_text_area, GTK_TYPE_BOX)

static void
on_changed (GtkTextBuffer *buffer, SmmTextArea *self)
{
  gtk_widget_set_visible (self->hint, gtk_text_buffer_get_char_count (buffer) == 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
smm_text_area_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SMM_TEXT_AREA (widget)->view);
}

static void
smm_text_area_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SmmTextArea *self = SMM_TEXT_AREA (object);
  GtkWidget *label = id == PROP_TITLE ? self->title : self->hint;

  g_value_set_string (value, gtk_label_get_label (GTK_LABEL (label)));
}

static void
smm_text_area_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SmmTextArea *self = SMM_TEXT_AREA (object);
  const char *text = g_value_get_string (value);

  if (id == PROP_TITLE)
    {
      gtk_label_set_label (GTK_LABEL (self->title), text);
      smm_widget_set_label (self->view, text);
    }
  else
    gtk_label_set_label (GTK_LABEL (self->hint), text);
}

static void
smm_text_area_class_init (SmmTextAreaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = smm_text_area_get_property;
  object_class->set_property = smm_text_area_set_property;
  GTK_WIDGET_CLASS (klass)->grab_focus = smm_text_area_grab_focus;
  props[PROP_TITLE]
      = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_HINT]
      = g_param_spec_string ("hint", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_text_area_init (SmmTextArea *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "heading");
  self->hint = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_widget_set_valign (self->hint, GTK_ALIGN_START);
  gtk_widget_set_can_target (self->hint, FALSE);
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_add_css_class (self->hint, "text-area-hint");
  self->view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->view), 10);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->view), 10);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->view), 12);
  gtk_widget_set_size_request (self->view, -1, HEIGHT);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->view);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->hint);
  gtk_overlay_set_measure_overlay (GTK_OVERLAY (overlay), self->hint, TRUE);
  gtk_widget_set_overflow (overlay, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (overlay, "card");
  gtk_widget_add_css_class (overlay, "text-area");
  gtk_box_append (GTK_BOX (self), self->title);
  gtk_box_append (GTK_BOX (self), overlay);
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                    G_CALLBACK (on_changed), self);
}

/**
 * smm_text_area_dup_text:
 * @self: a text area
 *
 * Returns: (transfer full): its text
 */
char *
smm_text_area_dup_text (SmmTextArea *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

void
smm_text_area_set_text (SmmTextArea *self, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)),
                            text != NULL ? text : "", -1);
}
