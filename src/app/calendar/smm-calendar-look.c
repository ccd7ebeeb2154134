/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking closer: the card of a post, and all posts of a day. */

#include "config.h"

#include "smm-calendar-page-private.h"

#include "smm-day-panel.h"
#include "smm-popover.h"
#include "smm-post-card.h"
#include "smm-state-icon.h"

#define PANEL_WIDTH 280
/* The click that closed a card by its press does not open it again by its release. */
#define CLICK_US (G_USEC_PER_SEC / 2)

/* --- Looking at a post --- */

static void
drop_card (SmmCalendarPage *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  if (self->elsewhere != NULL && root != NULL)
    gtk_widget_remove_controller (root, self->elsewhere);
  self->elsewhere = NULL;
  g_clear_handle_id (&self->leaving, g_source_remove);
  g_clear_pointer (&self->popover, smm_popover_drop);
}

static void
close_card (SmmCalendarPage *self)
{
  if (self->popover != NULL && gtk_widget_get_visible (self->popover))
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Whoever looks from post to post, or selects one more, does not have to close the card first. */
static gboolean
on_event_elsewhere (GtkEventControllerLegacy *controller, GdkEvent *event, SmmCalendarPage *self)
{
  GdkEventType type = gdk_event_get_event_type (event);
  GtkWidget *root = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  if ((type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN || type == GDK_SCROLL)
      && gdk_event_get_surface (event) == gtk_native_get_surface (GTK_NATIVE (root)))
    {
      self->pressed_away = g_get_monotonic_time ();
      close_card (self);
    }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
leave_card_cb (gpointer user_data)
{
  SmmCalendarPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  self->leaving = 0;
  /* The window has lost the keyboard, or something else in it has it now. */
  if (focus == NULL || gtk_widget_is_ancestor (focus, self->popover))
    close_card (self);
  else
    drop_card (self);
  return G_SOURCE_REMOVE;
}

/* Not while GTK is about to move the focus. */
static void
on_focus_left (GtkEventControllerFocus *controller, SmmCalendarPage *self)
{
  if (self->popover != NULL && self->leaving == 0)
    self->leaving = g_idle_add (leave_card_cb, self);
}

/* What people go about the card with, and what is no key by itself. */
static gboolean
is_of_card (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Escape:
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
    case GDK_KEY_Up:
    case GDK_KEY_Down:
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      return TRUE;
    default:
      return gdk_keyval_to_unicode (keyval) == 0 && keyval >= GDK_KEY_Shift_L
             && keyval <= GDK_KEY_Hyper_R;
    }
}

/* GTK offers a key that is pressed in a popover to nothing outside it: neither to the window, whose
 * shortcuts these are, nor to the calendar, where the keyboard is back on the post then. */
static gboolean
on_card_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
             SmmCalendarPage *self)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if ((modifiers & ~GDK_SHIFT_MASK) == 0 && is_of_card (keyval))
    return GDK_EVENT_PROPAGATE;
  if (gtk_event_controller_key_forward (keys, root))
    return GDK_EVENT_STOP;
  if ((modifiers & ~GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  close_card (self);
  return gtk_event_controller_key_forward (keys, GTK_WIDGET (self));
}

/* A popover that hides by itself would keep the press to itself. */
static void
watch_elsewhere (SmmCalendarPage *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  self->elsewhere = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (self->elsewhere, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->elsewhere, "event", G_CALLBACK (on_event_elsewhere), self, 0);
  gtk_widget_add_controller (root, self->elsewhere);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (self->popover, focus);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_card_key), self);
  gtk_widget_add_controller (self->popover, keys);
}

static void
on_popover_closed (GtkPopover *popover, SmmCalendarPage *self)
{
  SmmCalendarView *view = smm_calendar_page_get_view (self);

  drop_card (self);
  /* The keyboard had gone into the popover: back to the post, unless another page is to have it. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->looked_at == NULL || !smm_calendar_view_focus_post (view, self->looked_at))
    smm_calendar_view_focus (view);
}

void
smm_calendar_page_look (GtkWidget *view, SmmChip *chip, GtkWidget *beside, SmmCalendarPage *self)
{
  graphene_rect_t bounds;
  GtkWidget *card;

  if (g_strcmp0 (chip->post_id, self->looked_at) == 0
      && g_get_monotonic_time () - self->pressed_away < CLICK_US)
    return;
  drop_card (self);
  if (chip->state == SMM_TARGET_DRAFT)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-post", "s", chip->post_id);
      return;
    }
  card = smm_post_card_new (self->library);
  smm_post_card_set_post (SMM_POST_CARD (card), chip->post_id,
                          smm_calendar_model_get_zone (self->model));
  g_signal_connect_swapped (card, "done", G_CALLBACK (close_card), self);
  g_free (self->looked_at);
  self->looked_at = g_strdup (chip->post_id);
  self->popover = gtk_popover_new ();
  smm_widget_set_label (self->popover, chip->title);
  gtk_widget_add_css_class (self->popover, "post-popover");
  gtk_popover_set_child (GTK_POPOVER (self->popover), card);
  gtk_popover_set_position (GTK_POPOVER (self->popover),
                            self->narrow ? GTK_POS_BOTTOM : GTK_POS_RIGHT);
  /* The page outlives a chip that is recycled while its post is being looked at. */
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  if (gtk_widget_compute_bounds (beside, GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (
        GTK_POPOVER (self->popover),
        &(GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height });
  g_signal_connect (self->popover, "closed", G_CALLBACK (on_popover_closed), self);
  watch_elsewhere (self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_child_focus (self->popover, GTK_DIR_TAB_FORWARD);
}

/* --- All posts of a day --- */

void
smm_calendar_page_close_day (SmmCalendarPage *self)
{
  GtkWidget *panel = self->day_panel;

  if (panel == NULL)
    return;
  self->day_panel = NULL;
  gtk_overlay_remove_overlay (self->stage, panel);
  smm_calendar_view_focus (smm_calendar_page_get_view (self));
}

void
smm_calendar_page_show_day_posts (SmmCalendarView *view, guint day, GtkWidget *beside,
                                  SmmCalendarPage *self)
{
  smm_calendar_page_close_day (self);
  if (!gtk_widget_compute_bounds (beside, GTK_WIDGET (self->stage), &self->panel_beside))
    return;
  self->day_panel = smm_day_panel_new (self->model, day);
  g_signal_connect (self->day_panel, "chip-activated", G_CALLBACK (smm_calendar_page_look), self);
  g_signal_connect_swapped (self->day_panel, "closed", G_CALLBACK (smm_calendar_page_close_day),
                            self);
  gtk_overlay_add_overlay (self->stage, self->day_panel);
  smm_day_panel_focus (SMM_DAY_PANEL (self->day_panel));
}

gboolean
smm_calendar_page_position_child (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *place,
                                  SmmCalendarPage *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (overlay));
  int height = gtk_widget_get_height (GTK_WIDGET (overlay));
  int panel_width, panel_height;

  if (child != self->day_panel)
    return FALSE;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &panel_width, NULL, NULL);
  panel_width = MIN (MAX (panel_width, PANEL_WIDTH), width - 12);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, panel_width, NULL, &panel_height, NULL,
                      NULL);
  panel_height = MIN (panel_height, height - 12);
  place->x = CLAMP (self->panel_beside.origin.x - 12, 6, MAX (6, width - panel_width - 6));
  place->y = CLAMP (self->panel_beside.origin.y - panel_height / 2, 6,
                    MAX (6, height - panel_height - 6));
  place->width = panel_width;
  place->height = panel_height;
  return TRUE;
}

void
smm_calendar_page_stage_pressed (GtkGestureClick *gesture, int n_press, double x, double y,
                                 SmmCalendarPage *self)
{
  GtkWidget *under = gtk_widget_pick (GTK_WIDGET (self->stage), x, y, GTK_PICK_DEFAULT);

  if (self->day_panel != NULL && under != NULL && under != self->day_panel
      && !gtk_widget_is_ancestor (under, self->day_panel))
    smm_calendar_page_close_day (self);
}
