/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-free-slots.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-slots.h"
#include "smm-state-icon.h"

GArray *
smm_free_slots_list (SmmCalendarModel *model, guint32 from, guint n_days)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (SmmFreeSlot));
  const SmmCalendarFilter *filter = smm_calendar_model_get_filter (model);
  SmmLibrary *library = smm_calendar_model_get_library (model);
  SmmStore *store = library != NULL ? smm_library_get_store (library) : NULL;
  SmmBrand *brand = smm_calendar_model_get_brand (model);
  GTimeZone *zone = smm_calendar_model_get_zone (model);
  const char *ids[] = { filter->account_id, NULL };
  g_autoptr (GPtrArray) times = NULL;

  if (store == NULL || brand == NULL || filter->all_brands)
    return found;
  times = smm_slots_list_between (store, brand->id, filter->account_id != NULL ? ids : NULL,
                                  MAX (smm_day_get_start (from, zone), g_get_real_time ()),
                                  smm_day_get_start (from + n_days, zone));
  for (guint i = 0; i < times->len; i++)
    {
      SmmSlotTime *time = times->pdata[i];
      SmmFreeSlot slot
          = { smm_time_get_day (time->at, zone), smm_time_get_minute (time->at, zone) };
      const SmmFreeSlot *last
          = found->len > 0 ? &g_array_index (found, SmmFreeSlot, found->len - 1) : NULL;

      if (!time->taken && (last == NULL || last->day != slot.day || last->minute != slot.minute))
        g_array_append_val (found, slot);
    }
  return found;
}

void
smm_free_slots_take (GArray *slots, guint *next, guint32 day, GArray *minutes)
{
  g_array_set_size (minutes, 0);
  for (; *next < slots->len && g_array_index (slots, SmmFreeSlot, *next).day <= day; (*next)++)
    if (g_array_index (slots, SmmFreeSlot, *next).day == day)
      g_array_append_val (minutes, g_array_index (slots, SmmFreeSlot, *next).minute);
}

gboolean
smm_free_slots_equal (GArray *a, GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_array_index (a, int, i) != g_array_index (b, int, i))
      return FALSE;
  return TRUE;
}

int
smm_free_slots_get_minute (GtkWidget *button)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "minute"));
}

static GtkWidget *
make_button (void)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "free-slot");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focusable (button, FALSE);
  /* Of a visible one GTK would look at once whether the pointer is on it, at the display server. */
  gtk_widget_set_visible (button, FALSE);
  gtk_widget_set_tooltip_text (button, _ ("Write a post for this time"));
  gtk_widget_set_visible (button, TRUE);
  return button;
}

static void
name_button (GtkWidget *button, guint32 day, int minute)
{
  g_autofree char *clock = smm_clock_format (minute);
  g_autofree char *long_day = smm_day_format (day, _ ("%A %-e %B"));
  /* Translators: a day, a time: Free slot, Friday 16 October, 09:00 */
  g_autofree char *name = g_strdup_printf (_ ("Free slot, %s, %s"), long_day, clock);

  g_object_set_data (G_OBJECT (button), "minute", GINT_TO_POINTER (minute));
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), clock);
  smm_widget_set_label (button, name);
}

void
smm_free_slots_show (GPtrArray *buttons, GArray *minutes, guint n, GtkWidget *parent,
                     GtkWidget *sibling, guint32 day, GCallback clicked, gpointer user_data)
{
  while (buttons->len > n)
    {
      gtk_widget_unparent (buttons->pdata[buttons->len - 1]);
      g_ptr_array_set_size (buttons, buttons->len - 1);
    }
  while (buttons->len < n)
    {
      GtkWidget *button = make_button ();

      g_signal_connect (button, "clicked", clicked, user_data);
      gtk_widget_insert_before (button, parent, sibling);
      g_ptr_array_add (buttons, button);
    }
  for (guint i = 0; i < n; i++)
    name_button (buttons->pdata[i], day, g_array_index (minutes, int, i));
}
