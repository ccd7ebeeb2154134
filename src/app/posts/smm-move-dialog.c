/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-move-dialog.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-library.h"
#include "smm-state-icon.h"
#include "smm-time-row.h"

struct _SmmMoveDialog
{
  AdwWindow parent_instance;

  GtkWidget *move;
  GtkStack *ways;
  GtkSpinButton *days;
  GtkSpinButton *hours;
  GtkSpinButton *minutes;
  GtkDropDown *direction;
  GtkBox *spread;
  GtkWidget *first;
  GtkWidget *last;
  GtkWidget *order;
};

enum
{
  SHIFT,
  SPREAD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMoveDialog, smm_move_dialog, ADW_TYPE_WINDOW)

static gboolean
is_shift (SmmMoveDialog *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->ways), "shift") == 0;
}

static int
get_minutes (SmmMoveDialog *self)
{
  int minutes = gtk_spin_button_get_value_as_int (self->days) * 24 * 60
                + gtk_spin_button_get_value_as_int (self->hours) * 60
                + gtk_spin_button_get_value_as_int (self->minutes);

  return gtk_drop_down_get_selected (self->direction) == 1 ? -minutes : minutes;
}

static void
update (SmmMoveDialog *self)
{
  SmmTimeRow *first = SMM_TIME_ROW (self->first), *last = SMM_TIME_ROW (self->last);
  gboolean ordered = smm_time_row_get_due (first) <= smm_time_row_get_due (last);
  gboolean both = smm_time_row_get_due (first) > 0 && smm_time_row_get_due (last) > 0;

  gtk_widget_set_visible (self->order, both && !ordered);
  gtk_widget_set_sensitive (self->move, is_shift (self)
                                            ? get_minutes (self) != 0
                                            : both && ordered && !smm_time_row_is_past (first));
}

static void
on_changed (GObject *object, GParamSpec *pspec, SmmMoveDialog *self)
{
  update (self);
}

static void
on_time_changed (SmmTimeRow *row, SmmMoveDialog *self)
{
  update (self);
}

static void
on_cancel (GtkButton *button, SmmMoveDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_move (GtkButton *button, SmmMoveDialog *self)
{
  SmmTimeRow *first = SMM_TIME_ROW (self->first), *last = SMM_TIME_ROW (self->last);

  if (is_shift (self))
    g_signal_emit (self, signals[SHIFT], 0, get_minutes (self));
  else
    g_signal_emit (self, signals[SPREAD], 0, smm_time_row_get_wall (first),
                   smm_time_row_get_wall (last), smm_time_row_get_zone (first));
  gtk_window_close (GTK_WINDOW (self));
}

static void
smm_move_dialog_class_init (SmmMoveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[SHIFT] = g_signal_new ("shift", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_INT);
  signals[SPREAD] = g_signal_new ("spread", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/posts/smm-move-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmMoveDialog, move);
  gtk_widget_class_bind_template_child (widget_class, SmmMoveDialog, ways);
  gtk_widget_class_bind_template_child (widget_class, SmmMoveDialog, days);
  gtk_widget_class_bind_template_child (widget_class, SmmMoveDialog, hours);
  gtk_widget_class_bind_template_child (widget_class, SmmMoveDialog, minutes);
  gtk_widget_class_bind_template_child (widget_class, SmmMoveDialog, direction);
  gtk_widget_class_bind_template_child (widget_class, SmmMoveDialog, spread);
  gtk_widget_class_bind_template_child (widget_class, SmmMoveDialog, order);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_move);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* A time with a word before it. */
static GtkWidget *
append_time (SmmMoveDialog *self, const char *title)
{
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *row = smm_time_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_insert_child_after (self->spread, label, self->last);
  gtk_box_insert_child_after (self->spread, row, label);
  smm_time_row_set_narrow (SMM_TIME_ROW (row), TRUE);
  g_signal_connect (row, "changed", G_CALLBACK (on_time_changed), self);
  return row;
}

static void
smm_move_dialog_init (SmmMoveDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->first = self->last = append_time (self, _ ("First Post"));
  self->last = append_time (self, _ ("Last Post"));
}

/* Tomorrow at nine, or so many days later. */
static char *
propose (const char *zone, int days)
{
  g_autoptr (GTimeZone) tz = smm_app_zone_new (zone);

  return smm_day_get_wall (smm_day_today (tz) + days, 9, 0, 0);
}

/**
 * smm_move_dialog_new:
 * @parent: over this window
 * @n_posts: how many are moved
 * @zone: IANA zone of the times
 *
 * Returns: (transfer none): a dialog, to be presented
 */
GtkWidget *
smm_move_dialog_new (GtkWindow *parent, guint n_posts, const char *zone)
{
  SmmMoveDialog *self = g_object_new (SMM_TYPE_MOVE_DIALOG, "transient-for", parent, NULL);
  g_autofree char *title
      = g_strdup_printf (g_dngettext (NULL, "Move %u Post", "Move %u Posts", n_posts), n_posts);
  g_autofree char *from = propose (zone, 1);
  g_autofree char *to = propose (zone, 7);

  gtk_window_set_title (GTK_WINDOW (self), title);
  smm_time_row_set (SMM_TIME_ROW (self->first), from, zone);
  smm_time_row_set (SMM_TIME_ROW (self->last), to, zone);
  update (self);
  return GTK_WIDGET (self);
}
