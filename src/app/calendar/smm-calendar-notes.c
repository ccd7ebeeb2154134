/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The menu of a day, and the note that it has. */

#include "config.h"

#include "smm-calendar-page-private.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-chip-view.h"
#include "smm-popover.h"
#include "smm-state-icon.h"

#define MAX_NOTE 200
#define ENTRY_CHARS 24

static char *
dup_note (SmmCalendarPage *self, guint32 day)
{
  g_autoptr (GHashTable) notes = smm_calendar_model_list_notes (self->model, day, 1);

  return g_strdup (g_hash_table_lookup (notes, GUINT_TO_POINTER (day)));
}

static void
set_note (SmmCalendarPage *self, guint32 day, const char *text)
{
  SmmBrand *brand = smm_calendar_model_get_brand (self->model);
  g_autofree char *written = smm_day_format (day, "%Y-%m-%d");

  if (brand != NULL)
    smm_calendar_changes_set_note (self->changes, brand->id, written, text);
}

/* --- Writing one --- */

static void
on_closed (GtkPopover *popover, SmmCalendarPage *self)
{
  g_clear_pointer (&self->popover, smm_popover_drop);
  smm_calendar_view_focus (smm_calendar_page_get_view (self));
}

static void
on_save (GtkWidget *entry, SmmCalendarPage *self)
{
  guint32 day = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (entry), "day"));

  set_note (self, day, gtk_editable_get_text (GTK_EDITABLE (entry)));
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static GtkWidget *
create_editor (SmmCalendarPage *self, guint32 day)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *save = gtk_button_new_with_label (_ ("Save"));
  g_autofree char *long_day = smm_day_format (day, _ ("%A %-e %B"));
  GtkWidget *title = gtk_label_new (long_day);
  g_autofree char *note = dup_note (self, day);
  /* Translators: %s is a day: Note on Friday 16 October */
  g_autofree char *name = g_strdup_printf (_ ("Note on %s"), long_day);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_editable_set_text (GTK_EDITABLE (entry), note != NULL ? note : "");
  gtk_entry_set_max_length (GTK_ENTRY (entry), MAX_NOTE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), self->narrow ? 14 : ENTRY_CHARS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Only you see it"));
  gtk_widget_set_hexpand (entry, TRUE);
  smm_widget_set_label (entry, name);
  g_object_set_data (G_OBJECT (entry), "day", GUINT_TO_POINTER (day));
  g_signal_connect (entry, "activate", G_CALLBACK (on_save), self);
  gtk_widget_add_css_class (save, "suggested-action");
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (gtk_widget_activate), entry);
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (row), save);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), row);
  gtk_widget_add_css_class (box, "note-editor");
  return box;
}

static void
edit_note (SmmCalendarPage *self, guint32 day, const GdkRectangle *at)
{
  g_autofree char *long_day = smm_day_format (day, _ ("%A %-e %B"));

  g_clear_pointer (&self->popover, smm_popover_drop);
  self->popover = gtk_popover_new ();
  smm_widget_set_label (self->popover, long_day);
  gtk_popover_set_child (GTK_POPOVER (self->popover), create_editor (self, day));
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), at);
  g_signal_connect (self->popover, "closed", G_CALLBACK (on_closed), self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/**
 * smm_calendar_page_note:
 * @self: a calendar
 *
 * Asks for the note of the day that the keyboard is on.
 */
void
smm_calendar_page_note (SmmCalendarPage *self)
{
  GtkWidget *view = GTK_WIDGET (smm_calendar_page_get_view (self));
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, view))
    focus = view;
  if (!gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    return;
  /* What is as high as the window has nothing below it: its upper part then. */
  edit_note (self, smm_calendar_view_get_day (smm_calendar_page_get_view (self)),
             &(GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width,
                              MIN (bounds.size.height, 60) });
}

/* --- The menu of a day --- */

static void
day_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (widget);

  if (g_str_equal (name, "calendar.day-post"))
    smm_calendar_page_start_post (self, self->menu_day, -1);
  else if (g_str_equal (name, "calendar.day-note"))
    edit_note (self, self->menu_day, &self->menu_at);
  else
    set_note (self, self->menu_day, "");
}

void
smm_calendar_page_install_notes (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "calendar.day-post", NULL, day_action);
  gtk_widget_class_install_action (widget_class, "calendar.day-note", NULL, day_action);
  gtk_widget_class_install_action (widget_class, "calendar.day-no-note", NULL, day_action);
}

static GMenuModel *
create_menu (SmmCalendarPage *self)
{
  GMenu *menu = g_menu_new ();
  g_autofree char *note = dup_note (self, self->menu_day);

  if (self->menu_day >= smm_day_today (smm_calendar_model_get_zone (self->model)))
    g_menu_append (menu, _ ("New _Post"), "calendar.day-post");
  g_menu_append (menu, note != NULL ? _ ("Change the _Note…") : _ ("Add a _Note…"),
                 "calendar.day-note");
  if (note != NULL)
    g_menu_append (menu, _ ("_Remove the Note"), "calendar.day-no-note");
  return G_MENU_MODEL (menu);
}

/* The day at a point of the view; also in the heads of a week, which things do not land on. */
static gboolean
find_day (SmmCalendarPage *self, GtkWidget *view, double x, double y)
{
  SmmGrip grip = { -1, 0, FALSE };
  SmmLanding landing;
  gboolean found = smm_calendar_view_probe (SMM_CALENDAR_VIEW (view), x, y, &grip, &landing)
                   || smm_calendar_view_probe (SMM_CALENDAR_VIEW (view), x,
                                               gtk_widget_get_height (view) - 1, &grip, &landing);

  if (found)
    self->menu_day = landing.day;
  return found;
}

/* The keyboard would stay in the menu that is gone. */
static void
on_menu_closed (GtkPopover *menu, SmmCalendarPage *self)
{
  if (self->popover == NULL)
    smm_calendar_view_focus (smm_calendar_page_get_view (self));
}

static void
on_secondary (GtkGestureClick *gesture, int n_press, double x, double y, SmmCalendarPage *self)
{
  GtkWidget *view = GTK_WIDGET (smm_calendar_page_get_view (self));
  GtkWidget *stack = GTK_WIDGET (self->stack);
  GtkWidget *under = gtk_widget_pick (stack, x, y, GTK_PICK_DEFAULT);
  double in_x, in_y, at_x, at_y;
  g_autoptr (GMenuModel) menu = NULL;

  if (under == NULL || gtk_widget_get_ancestor (under, SMM_TYPE_CHIP_VIEW) != NULL
      || smm_calendar_model_get_brand (self->model) == NULL
      || !gtk_widget_translate_coordinates (stack, view, x, y, &in_x, &in_y)
      || !gtk_widget_translate_coordinates (stack, GTK_WIDGET (self), x, y, &at_x, &at_y)
      || !find_day (self, view, in_x, in_y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->menu_at = (GdkRectangle){ (int)at_x, (int)at_y, 1, 1 };
  menu = create_menu (self);
  if (self->day_menu == NULL)
    {
      self->day_menu = gtk_popover_menu_new_from_model (menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->day_menu), FALSE);
      gtk_widget_set_halign (self->day_menu, GTK_ALIGN_START);
      g_signal_connect (self->day_menu, "closed", G_CALLBACK (on_menu_closed), self);
      gtk_widget_set_parent (self->day_menu, GTK_WIDGET (self));
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->day_menu), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->day_menu), &self->menu_at);
  gtk_popover_popup (GTK_POPOVER (self->day_menu));
}

void
smm_calendar_page_add_day_menu (SmmCalendarPage *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_secondary), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (click));
}
