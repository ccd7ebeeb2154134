/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-slot-popover.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-state-icon.h"

#define NOON (12 * 60)
#define WORKDAYS 0x3e

struct _SmmSlotPopover
{
  GtkPopover parent_instance;

  GtkWidget *clock;
  GtkWidget *days[8]; /* by weekday, 1 … 7; none when a time is changed */
  GtkWidget *ok;
};

enum
{
  CHOSEN,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmSlotPopover, smm_slot_popover, GTK_TYPE_POPOVER)

static guint
get_days (SmmSlotPopover *self)
{
  guint days = 0;

  for (int weekday = 1; weekday <= 7; weekday++)
    if (self->days[weekday] != NULL
        && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->days[weekday])))
      days |= 1u << weekday;
  return days;
}

static void
update (SmmSlotPopover *self)
{
  int minute = smm_clock_parse (gtk_editable_get_text (GTK_EDITABLE (self->clock)));

  if (minute < 0)
    gtk_widget_add_css_class (self->clock, "error");
  else
    gtk_widget_remove_css_class (self->clock, "error");
  gtk_widget_set_sensitive (self->ok,
                            minute >= 0 && (self->days[1] == NULL || get_days (self) != 0));
}

static void
on_ok (SmmSlotPopover *self)
{
  int minute = smm_clock_parse (gtk_editable_get_text (GTK_EDITABLE (self->clock)));
  guint days = get_days (self);

  if (!gtk_widget_get_sensitive (self->ok))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, minute, days);
}

static void
on_remove (SmmSlotPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
on_show (SmmSlotPopover *self)
{
  gtk_widget_grab_focus (self->clock);
  gtk_editable_select_region (GTK_EDITABLE (self->clock), 0, -1);
}

static void
smm_slot_popover_class_init (SmmSlotPopoverClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_UINT);
  signals[REMOVED]
      = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_slot_popover_init (SmmSlotPopover *self)
{
  self->clock = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->clock), smm_clock_get_width () + 1);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->clock), smm_clock_get_width () + 1);
  smm_widget_set_label (self->clock, _ ("Time, hours and minutes"));
  g_signal_connect_swapped (self->clock, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->clock, "activate", G_CALLBACK (on_ok), self);
  self->ok = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->ok), TRUE);
  gtk_widget_add_css_class (self->ok, "suggested-action");
  g_signal_connect_swapped (self->ok, "clicked", G_CALLBACK (on_ok), self);
  g_signal_connect (self, "show", G_CALLBACK (on_show), NULL);
}

static GtkWidget *
make_days (SmmSlotPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  for (int i = 0; i < 7; i++)
    {
      int weekday = (smm_locale_first_weekday () - 1 + i) % 7 + 1;
      g_autofree char *word = smm_weekday_format (weekday, "%a");
      g_autofree char *name = smm_weekday_format (weekday, "%A");

      self->days[weekday] = gtk_toggle_button_new_with_label (word);
      gtk_widget_add_css_class (self->days[weekday], "day-toggle");
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->days[weekday]),
                                    (WORKDAYS & (1u << weekday)) != 0);
      smm_widget_set_label (self->days[weekday], name);
      g_signal_connect_swapped (self->days[weekday], "toggled", G_CALLBACK (update), self);
      gtk_box_append (GTK_BOX (box), self->days[weekday]);
    }
  return box;
}

/**
 * smm_slot_popover_new:
 * @minute: the minute of the day that is changed; -1: a new time, on days that are asked for
 *
 * Returns: (transfer full): a popover
 */
GtkWidget *
smm_slot_popover_new (int minute)
{
  SmmSlotPopover *self = g_object_new (SMM_TYPE_SLOT_POPOVER, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  int shown = minute >= 0 ? minute : NOON;
  g_autofree char *text = smm_clock_format (shown);

  gtk_widget_add_css_class (box, "slot-form");
  smm_widget_set_label (GTK_WIDGET (self), minute >= 0 ? _ ("Change Time") : _ ("Add Time"));
  gtk_button_set_label (GTK_BUTTON (self->ok), minute >= 0 ? _ ("_Change") : _ ("_Add"));
  gtk_widget_set_hexpand (self->clock, TRUE);
  gtk_box_append (GTK_BOX (row), self->clock);
  gtk_box_append (GTK_BOX (row), self->ok);
  gtk_box_append (GTK_BOX (box), row);
  if (minute >= 0)
    {
      GtkWidget *remove = gtk_button_new_with_mnemonic (_ ("_Remove From All Days"));

      gtk_widget_add_css_class (remove, "flat");
      g_signal_connect_swapped (remove, "clicked", G_CALLBACK (on_remove), self);
      gtk_box_append (GTK_BOX (box), remove);
    }
  else
    gtk_box_append (GTK_BOX (box), make_days (self));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_editable_set_text (GTK_EDITABLE (self->clock), text);
  return GTK_WIDGET (self);
}
