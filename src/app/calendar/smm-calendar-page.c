/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-calendar-page.h"

#include <glib/gi18n.h>

#include "smm-agenda-view.h"
#include "smm-app-time.h"
#include "smm-day-cell.h"
#include "smm-drafts-shelf.h"
#include "smm-month-view.h"
#include "smm-post-card.h"
#include "smm-state-icon.h"

#define MAX_DRAFTS 50

struct _SmmCalendarPage
{
  GtkBox parent_instance;

  GtkWidget *header;
  GtkWidget *title;
  GtkWidget *new_narrow;
  GtkWidget *new_wide;
  GtkWidget *undo;
  GtkWidget *moves;
  GtkWidget *search;
  GtkWidget *menu;
  GtkWidget *sidebar_toggle;
  GtkStack *stack;
  GtkWidget *month;
  GtkWidget *agenda;
  GtkWidget *shelf;
  GtkWidget *popover; /* the post being looked at; only while open */

  SmmLibrary *library;
  SmmBrand *brand;
  GTimeZone *zone;
  gboolean narrow;
};

enum
{
  TOAST,
  FILES_DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmCalendarPage, smm_calendar_page, GTK_TYPE_BOX)

static void
update_title (SmmCalendarPage *self)
{
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (self->narrow)
    {
      title = smm_agenda_view_get_title (SMM_AGENDA_VIEW (self->agenda));
      subtitle = g_strdup (self->brand != NULL ? self->brand->name : "");
    }
  else
    {
      g_autofree char *city
          = smm_zone_get_city (self->brand != NULL ? self->brand->timezone : NULL);

      title = smm_month_view_get_title (SMM_MONTH_VIEW (self->month));
      /* Translators: %s is a city: Times in Helsinki */
      subtitle = g_strdup_printf (_ ("Times in %s"), city);
    }
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle);
}

static GPtrArray *
on_load (GtkWidget *view, gint64 from, gint64 to, SmmCalendarPage *self)
{
  SmmStore *store = smm_library_get_store (self->library);

  if (store == NULL || self->brand == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  return smm_store_list_chips (store, self->brand->id, from, to);
}

static void
toast (SmmCalendarPage *self, const char *text, gboolean undoable)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

typedef struct
{
  SmmCalendarPage *self;
  char *text;
} Change;

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Change *change = user_data;
  g_autoptr (SmmCalendarPage) self = change->self;
  g_autofree char *text = change->text;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (reply != NULL)
    toast (self, text, TRUE);
  else
    {
      toast (self, error->message, FALSE);
      smm_calendar_page_reload (self);
    }
}

static void
apply (SmmCalendarPage *self, SmmCommand *command, char *text)
{
  Change *change = g_new0 (Change, 1);

  change->self = g_object_ref (self);
  change->text = text;
  smm_library_apply_async (self->library, command, NULL, on_applied, change);
}

static void
on_chip_moved (GtkWidget *view, SmmChip *chip, guint day, SmmCalendarPage *self)
{
  g_autofree char *wall = NULL;
  g_autofree char *when = NULL;
  g_autoptr (SmmCommand) command = NULL;
  GVariantDict args;
  gint64 at;

  if (self->brand == NULL)
    return;
  if (smm_state_is_pinned (chip->state))
    {
      toast (self, _ ("Published posts stay where they are. Duplicate it to post it again."),
             FALSE);
      return;
    }
  at = smm_day_get_landing (day, chip, self->zone, &wall);
  if (at == chip->due_at)
    return;
  if (at <= g_get_real_time ())
    {
      toast (self, _ ("That time is in the past."), FALSE);
      return;
    }
  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "id", "s", chip->post_id);
  g_variant_dict_insert (&args, "wall", "s", wall);
  g_variant_dict_insert (&args, "zone", "s", self->brand->timezone);
  command = smm_command_new ("post.reschedule", g_variant_dict_end (&args));
  when = smm_time_format_relative (at, self->zone);
  /* Translators: %s is a time: Moved to tomorrow 17:30 */
  apply (self, command,
         g_strdup_printf (chip->due_at != 0 ? _ ("Moved to %s") : _ ("Scheduled for %s"), when));
}

static void
on_chip_unscheduled (GtkWidget *shelf, SmmChip *chip, SmmCalendarPage *self)
{
  g_autoptr (SmmCommand) command = NULL;
  GVariantDict args;

  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "id", "s", chip->post_id);
  command = smm_command_new ("post.unschedule", g_variant_dict_end (&args));
  apply (self, command, g_strdup (_ ("Back among the drafts")));
}

static void
on_files_dropped (GtkWidget *view, GListModel *files, guint day, SmmCalendarPage *self)
{
  g_signal_emit (self, signals[FILES_DROPPED], 0, files,
                 smm_day_get_landing (day, NULL, self->zone, NULL));
}

static void
on_new_post (GtkWidget *view, guint day, SmmCalendarPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.new-post-at", "x",
                              smm_day_get_landing (day, NULL, self->zone, NULL));
}

static void
on_popover_closed (GtkPopover *popover, SmmCalendarPage *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}

static void
on_card_toast (SmmPostCard *card, const char *text, gboolean undoable, SmmCalendarPage *self)
{
  toast (self, text, undoable);
}

static void
on_card_done (SmmPostCard *card, SmmCalendarPage *self)
{
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
on_chip_activated (GtkWidget *view, SmmChip *chip, GtkWidget *beside, SmmCalendarPage *self)
{
  graphene_rect_t bounds;
  GtkWidget *card;

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (chip->state == SMM_TARGET_DRAFT)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-post", "s", chip->post_id);
      return;
    }
  card = smm_post_card_new (self->library);
  smm_post_card_set_post (SMM_POST_CARD (card), chip->post_id, self->zone);
  g_signal_connect (card, "toast", G_CALLBACK (on_card_toast), self);
  g_signal_connect (card, "done", G_CALLBACK (on_card_done), self);
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
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
on_previous (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (widget);

  if (self->narrow)
    smm_agenda_view_move (SMM_AGENDA_VIEW (self->agenda), -1);
  else
    smm_month_view_move (SMM_MONTH_VIEW (self->month), -1);
}

static void
on_next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (widget);

  if (self->narrow)
    smm_agenda_view_move (SMM_AGENDA_VIEW (self->agenda), 1);
  else
    smm_month_view_move (SMM_MONTH_VIEW (self->month), 1);
}

static void
on_today (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (widget);

  if (self->narrow)
    smm_agenda_view_show_day (SMM_AGENDA_VIEW (self->agenda), smm_day_today (self->zone));
  else
    smm_month_view_show_today (SMM_MONTH_VIEW (self->month));
}

static void
on_swiped (GtkGestureSwipe *gesture, double velocity_x, double velocity_y, SmmCalendarPage *self)
{
  if (ABS (velocity_x) < 400 || ABS (velocity_x) < 2 * ABS (velocity_y))
    return;
  if ((velocity_x < 0) == (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL))
    on_next (GTK_WIDGET (self), NULL, NULL);
  else
    on_previous (GTK_WIDGET (self), NULL, NULL);
}

static void
smm_calendar_page_dispose (GObject *object)
{
  SmmCalendarPage *self = SMM_CALENDAR_PAGE (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->library);
  g_clear_object (&self->brand);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (smm_calendar_page_parent_class)->dispose (object);
}

static void
smm_calendar_page_class_init (SmmCalendarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_calendar_page_dispose;
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[FILES_DROPPED] = g_signal_new ("files-dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, G_TYPE_LIST_MODEL, G_TYPE_INT64);
  g_type_ensure (SMM_TYPE_MONTH_VIEW);
  g_type_ensure (SMM_TYPE_AGENDA_VIEW);
  g_type_ensure (SMM_TYPE_DRAFTS_SHELF);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/calendar/smm-calendar-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, header);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, title);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, new_wide);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, new_narrow);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, undo);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, moves);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, search);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, menu);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, sidebar_toggle);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, month);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, agenda);
  gtk_widget_class_bind_template_child (widget_class, SmmCalendarPage, shelf);
  gtk_widget_class_bind_template_callback (widget_class, on_load);
  gtk_widget_class_bind_template_callback (widget_class, on_chip_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_chip_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_chip_unscheduled);
  gtk_widget_class_bind_template_callback (widget_class, on_files_dropped);
  gtk_widget_class_bind_template_callback (widget_class, on_new_post);
  gtk_widget_class_install_action (widget_class, "calendar.previous", NULL, on_previous);
  gtk_widget_class_install_action (widget_class, "calendar.next", NULL, on_next);
  gtk_widget_class_install_action (widget_class, "calendar.today", NULL, on_today);
}

static void
smm_calendar_page_init (SmmCalendarPage *self)
{
  GtkGesture *swipe = gtk_gesture_swipe_new ();

  self->zone = g_time_zone_new_local ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->month, "month-changed", G_CALLBACK (update_title), self);
  g_signal_connect_swapped (self->agenda, "week-changed", G_CALLBACK (update_title), self);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (swipe), TRUE);
  g_signal_connect (swipe, "swipe", G_CALLBACK (on_swiped), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (swipe));
}

/**
 * smm_calendar_page_new:
 * @library: the library
 *
 * Returns: (transfer full): a calendar; it shows nothing until it has a brand
 */
GtkWidget *
smm_calendar_page_new (SmmLibrary *library)
{
  SmmCalendarPage *self = g_object_new (SMM_TYPE_CALENDAR_PAGE, NULL);

  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}

/**
 * smm_calendar_page_set_brand:
 * @self: a calendar
 * @brand: (nullable): whose posts to show
 */
void
smm_calendar_page_set_brand (SmmCalendarPage *self, SmmBrand *brand)
{
  g_return_if_fail (SMM_IS_CALENDAR_PAGE (self));

  g_set_object (&self->brand, brand);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = smm_app_zone_new (brand != NULL ? brand->timezone : NULL);
  smm_month_view_set_zone (SMM_MONTH_VIEW (self->month), self->zone);
  smm_agenda_view_set_zone (SMM_AGENDA_VIEW (self->agenda), self->zone);
  smm_calendar_page_reload (self);
}

/**
 * smm_calendar_page_set_narrow:
 * @self: a calendar
 * @narrow: whether the window is too narrow for a month
 */
void
smm_calendar_page_set_narrow (SmmCalendarPage *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_CALENDAR_PAGE (self));

  self->narrow = narrow;
  gtk_widget_set_visible (self->new_wide, !narrow);
  gtk_widget_set_visible (self->new_narrow, narrow);
  gtk_widget_set_visible (self->undo, !narrow);
  gtk_widget_set_visible (self->moves, !narrow);
  gtk_widget_set_visible (self->search, !narrow);
  gtk_widget_set_visible (self->menu, !narrow);
  gtk_widget_set_visible (self->sidebar_toggle, narrow);
  gtk_widget_set_visible (self->shelf, !narrow);
  gtk_stack_set_visible_child (self->stack, narrow ? self->agenda : self->month);
  smm_calendar_page_reload (self);
}

/**
 * smm_calendar_page_reload:
 * @self: a calendar
 *
 * Reads what is on screen again.
 */
void
smm_calendar_page_reload (SmmCalendarPage *self)
{
  SmmStore *store;
  g_autoptr (GPtrArray) drafts = NULL;

  g_return_if_fail (SMM_IS_CALENDAR_PAGE (self));

  store = smm_library_get_store (self->library);
  update_title (self);
  if (self->narrow)
    {
      smm_agenda_view_reload (SMM_AGENDA_VIEW (self->agenda));
      return;
    }
  smm_month_view_reload (SMM_MONTH_VIEW (self->month));
  if (store != NULL && self->brand != NULL)
    drafts = smm_store_list_drafts (store, self->brand->id, MAX_DRAFTS);
  else
    drafts = g_ptr_array_new ();
  smm_drafts_shelf_set_chips (SMM_DRAFTS_SHELF (self->shelf), drafts);
}

/**
 * smm_calendar_page_get_new_post_time:
 * @self: a calendar
 *
 * Returns: when a post that is started now should be due, µs UTC; 0: no time
 */
gint64
smm_calendar_page_get_new_post_time (SmmCalendarPage *self)
{
  guint32 day;

  g_return_val_if_fail (SMM_IS_CALENDAR_PAGE (self), 0);

  day = smm_month_view_get_selected_day (SMM_MONTH_VIEW (self->month));
  if (self->narrow || day <= smm_day_today (self->zone))
    return 0;
  return smm_day_get_landing (day, NULL, self->zone, NULL);
}
