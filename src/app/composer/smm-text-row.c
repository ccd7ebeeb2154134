/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-text-row.h"

#include "smm-state-icon.h"

struct _SmmTextRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *box;
  GtkWidget *title; /* above the text */
  GtkWidget *hint;  /* the title again, in its place while there is none */
  GtkWidget *view;
  GtkWidget *pencil;
  char *text;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmTextRow, smm_text_row, ADW_TYPE_PREFERENCES_ROW)

static void
on_changed (GtkTextBuffer *buffer, SmmTextRow *self)
{
  GtkTextIter start, end;
  gboolean empty = gtk_text_buffer_get_char_count (buffer) == 0;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_free (self->text);
  self->text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gtk_widget_set_visible (self->hint, empty);
  gtk_widget_set_visible (self->title, !empty);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, SmmTextRow *self)
{
  gtk_widget_grab_focus (self->view);
}

static gboolean
smm_text_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SMM_TEXT_ROW (widget)->view);
}

static void
smm_text_row_finalize (GObject *object)
{
  g_free (SMM_TEXT_ROW (object)->text);
  G_OBJECT_CLASS (smm_text_row_parent_class)->finalize (object);
}

static void
smm_text_row_class_init (SmmTextRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_text_row_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = smm_text_row_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_title (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_can_target (label, FALSE);
  gtk_widget_add_css_class (label, "dim-label");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_words (SmmTextRow *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->title = create_title ("caption");
  gtk_widget_set_visible (self->title, FALSE);
  self->hint = create_title (NULL);
  self->view = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (self->view), GTK_INPUT_HINT_EMOJI);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->view);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->hint);
  gtk_box_append (GTK_BOX (words), self->title);
  gtk_box_append (GTK_BOX (words), overlay);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  self->pencil = gtk_image_new_from_icon_name ("document-edit-symbolic");
  g_object_bind_property (focus, "contains-focus", self->pencil, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  gtk_widget_add_controller (self->view, focus);
  g_signal_connect (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                    G_CALLBACK (on_changed), self);
  return words;
}

static void
smm_text_row_init (SmmTextRow *self)
{
  GtkGesture *press = gtk_gesture_click_new ();

  self->text = g_strdup ("");
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->box, "text-row");
  gtk_box_append (GTK_BOX (self->box), create_words (self));
  gtk_box_append (GTK_BOX (self->box), self->pencil);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}

GtkWidget *
smm_text_row_new (const char *title)
{
  SmmTextRow *self = g_object_new (SMM_TYPE_TEXT_ROW, "title", title, NULL);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->hint), title);
  smm_widget_set_label (self->view, title);
  return GTK_WIDGET (self);
}

GtkTextView *
smm_text_row_get_view (SmmTextRow *self)
{
  return GTK_TEXT_VIEW (self->view);
}

const char *
smm_text_row_get_text (SmmTextRow *self)
{
  return self->text;
}

void
smm_text_row_set_text (SmmTextRow *self, const char *text)
{
  GtkTextBuffer *buffer;

  g_return_if_fail (SMM_IS_TEXT_ROW (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
}

void
smm_text_row_add_prefix (SmmTextRow *self, GtkWidget *widget)
{
  gtk_box_prepend (GTK_BOX (self->box), widget);
}

void
smm_text_row_add_suffix (SmmTextRow *self, GtkWidget *widget)
{
  gtk_box_insert_child_after (GTK_BOX (self->box), widget,
                              gtk_widget_get_prev_sibling (self->pencil));
}
