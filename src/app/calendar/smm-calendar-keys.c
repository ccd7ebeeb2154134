/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the keyboard does in every view of the calendar; the arrows are each view's own. */

#include "config.h"

#include "smm-calendar-page-private.h"

#include <glib/gi18n.h>

#include "smm-agenda-row.h"
#include "smm-app-time.h"
#include "smm-place-dialog.h"

static SmmChip *
get_focused (SmmCalendarPage *self)
{
  SmmChipView *view = smm_calendar_get_focused_chip (GTK_WIDGET (self));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = NULL;

  if (view != NULL)
    return smm_chip_view_get_chip (view);
  /* In the agenda the toolkit's own widget around the row has the focus. */
  if (focus != NULL && self->shown == SMM_CALENDAR_AGENDA)
    row = gtk_widget_get_first_child (focus);
  return row != NULL && SMM_IS_AGENDA_ROW (row)
             ? smm_agenda_row_get_item (SMM_AGENDA_ROW (row))->chip
             : NULL;
}

GPtrArray *
smm_calendar_page_get_chips (SmmCalendarPage *self)
{
  SmmChip *focused = get_focused (self);
  GPtrArray *chips;

  if (smm_calendar_model_get_n_selected (self->model) > 0
      && (focused == NULL || smm_calendar_model_get_n_selected (self->model) > 1
          || smm_calendar_model_is_selected (self->model, focused->post_id)))
    return smm_calendar_model_get_selected (self->model);
  chips = g_ptr_array_new_with_free_func (g_object_unref);
  if (focused != NULL)
    g_ptr_array_add (chips, g_object_ref (focused));
  return chips;
}

/* The keyboard goes where the post goes, also into another month. */
static void
follow (SmmCalendarPage *self, GPtrArray *chips, GArray *at)
{
  SmmChip *focused = get_focused (self);

  for (guint i = 0; i < chips->len; i++)
    {
      SmmChip *chip = chips->pdata[i];

      if (focused != NULL && chips->len > 1 && g_strcmp0 (chip->post_id, focused->post_id) != 0)
        continue;
      g_free (self->follow);
      self->follow = g_strdup (chip->post_id);
      self->follow_at = g_array_index (at, gint64, i);
      return;
    }
}

static void
shift (SmmCalendarPage *self, int days, int minutes)
{
  g_autoptr (GPtrArray) chips = smm_calendar_page_get_chips (self);
  g_autoptr (GArray) at = NULL;

  if (chips->len == 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  at = smm_calendar_plan_shift (chips, days, minutes, smm_calendar_model_get_zone (self->model));
  for (guint i = 0; i < at->len; i++)
    if (g_array_index (at, gint64, i) == 0)
      {
        smm_calendar_page_move_to (self);
        return;
      }
  if (smm_calendar_changes_move (self->changes, chips, at, FALSE))
    follow (self, chips, at);
}

static void
on_move_chosen (SmmPlaceDialog *dialog, guint day, int minute, SmmCalendarPage *self)
{
  GPtrArray *chips = smm_place_dialog_get_chips (dialog);
  g_autoptr (GArray) at = smm_calendar_plan_landings (chips, chips->pdata[0], day, minute,
                                                      smm_calendar_model_get_zone (self->model));

  if (smm_calendar_changes_move (self->changes, chips, at, FALSE))
    follow (self, chips, at);
}

/**
 * smm_calendar_page_move_to:
 * @self: a calendar
 *
 * Asks where to move what is selected.
 */
void
smm_calendar_page_move_to (SmmCalendarPage *self)
{
  g_autoptr (GPtrArray) chips = smm_calendar_page_get_chips (self);
  SmmBrand *brand = smm_calendar_model_get_brand (self->model);
  const char *why = smm_calendar_why_not (chips, NULL, FALSE);
  GtkWidget *dialog;

  if (chips->len == 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (why != NULL)
    {
      smm_calendar_page_toast (self, why, FALSE);
      return;
    }
  dialog = smm_place_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), chips,
                                 smm_calendar_view_get_day (smm_calendar_page_get_view (self)),
                                 brand != NULL ? brand->timezone : NULL);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_move_chosen), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
smm_calendar_page_remove (SmmCalendarPage *self)
{
  g_autoptr (GPtrArray) chips = smm_calendar_page_get_chips (self);

  if (chips->len == 0)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else if (smm_calendar_changes_remove (self->changes, chips))
    smm_calendar_model_select_only (self->model, NULL);
}

void
smm_calendar_page_unschedule (SmmCalendarPage *self)
{
  g_autoptr (GPtrArray) chips = smm_calendar_page_get_chips (self);

  if (chips->len == 0)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else if (smm_calendar_changes_unschedule (self->changes, chips))
    smm_calendar_model_select_only (self->model, NULL);
}

static void
collect (SmmChipView *view, gpointer user_data)
{
  if (smm_chip_view_get_chip (view) != NULL)
    g_ptr_array_add (user_data, smm_chip_view_get_chip (view));
}

static gboolean
on_alt_arrow (SmmCalendarPage *self, guint keyval, gboolean small)
{
  int forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  gboolean month = self->shown == SMM_CALENDAR_MONTH;

  switch (keyval)
    {
    case GDK_KEY_Left:
      shift (self, -forward, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
      shift (self, forward, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_Down:
      {
        int step = keyval == GDK_KEY_Up ? -1 : 1;

        if (month)
          shift (self, small ? 0 : step * 7, small ? step * 60 : 0);
        else
          shift (self, 0, step * (small ? 15 : 60));
        return GDK_EVENT_STOP;
      }
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
on_control_key (SmmCalendarPage *self, guint keyval)
{
  SmmChip *focused = get_focused (self);

  if (keyval == GDK_KEY_space && focused != NULL)
    {
      smm_calendar_model_toggle (self->model, focused);
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_a && self->shown != SMM_CALENDAR_AGENDA)
    {
      g_autoptr (GPtrArray) chips = g_ptr_array_new ();

      smm_calendar_view_for_each_chip (smm_calendar_page_get_view (self), collect, chips);
      smm_calendar_model_select_many (self->model, chips);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_escape (SmmCalendarPage *self)
{
  if (self->day_panel != NULL)
    smm_calendar_page_close_day (self);
  else if (smm_calendar_model_get_n_selected (self->model) > 0)
    smm_calendar_model_select_only (self->model, NULL);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static gboolean
on_plain_key (SmmCalendarPage *self, guint keyval)
{
  SmmCalendarView *view = smm_calendar_page_get_view (self);

  switch (keyval)
    {
    case GDK_KEY_1:
    case GDK_KEY_2:
    case GDK_KEY_3:
    case GDK_KEY_4:
      smm_calendar_page_show (self, keyval - GDK_KEY_1);
      break;
    case GDK_KEY_KP_1:
    case GDK_KEY_KP_2:
    case GDK_KEY_KP_3:
    case GDK_KEY_KP_4:
      smm_calendar_page_show (self, keyval - GDK_KEY_KP_1);
      break;
    case GDK_KEY_t:
      gtk_widget_activate_action (GTK_WIDGET (self), "calendar.today", NULL);
      break;
    case GDK_KEY_n:
      smm_calendar_page_start_post (self, smm_calendar_view_get_day (view), -1);
      break;
    case GDK_KEY_m:
      smm_calendar_page_move_to (self);
      break;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      smm_calendar_page_remove (self);
      break;
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
      smm_calendar_view_page (view, keyval == GDK_KEY_Page_Up ? -1 : 1);
      smm_calendar_view_focus (view);
      break;
    case GDK_KEY_Escape:
      return on_escape (self);
    default:
      return GDK_EVENT_PROPAGATE;
    }
  return GDK_EVENT_STOP;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, SmmCalendarPage *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  keyval = gdk_keyval_to_lower (keyval);
  if (modifiers == GDK_ALT_MASK || modifiers == (GDK_ALT_MASK | GDK_SHIFT_MASK))
    return on_alt_arrow (self, keyval, (modifiers & GDK_SHIFT_MASK) != 0);
  if (modifiers == GDK_CONTROL_MASK)
    return on_control_key (self, keyval);
  if (modifiers == GDK_SHIFT_MASK && keyval == GDK_KEY_n)
    {
      smm_calendar_page_note (self);
      return GDK_EVENT_STOP;
    }
  return modifiers == 0 ? on_plain_key (self, keyval) : GDK_EVENT_PROPAGATE;
}

void
smm_calendar_page_add_keys (SmmCalendarPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  /* Also while a button of the header has the keyboard: there may be nothing else to have it. */
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
