/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-agenda-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "smm-agenda-lines.h"
#include "smm-app-time.h"
#include "smm-state-icon.h"

#define DAYS 42
#define MAX_DOTS 4
#define MAX_WIDTH 720
/* Rows out of sight that change within a frame. */
#define STEP 12

struct _SmmAgendaView
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *strip[7]; /* GtkButton */
  GtkWidget *list;
  GtkWidget *stack;

  SmmCalendarModel *model;
  SmmAgendaLines *lines;
  GtkSelectionModel *selection;
  GPtrArray *shown; /* the chips of the items, to see what changed */
  GHashTable *notes;
  guint32 first; /* first day of the week shown */
  guint32 day;
  guint32 landing; /* day that something would land on; 0: none */
  gint64 minute;   /* of the line between what was and what comes */
  guint step_tick;
  gboolean selecting;
};

static void smm_agenda_view_iface_init (SmmCalendarViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SmmAgendaView, smm_agenda_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SMM_TYPE_CALENDAR_VIEW,
                                                      smm_agenda_view_iface_init))

static GTimeZone *
zone_of (SmmAgendaView *self)
{
  return smm_calendar_model_get_zone (self->model);
}

static guint32
week_of (guint32 day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return day - ((int)g_date_get_weekday (&date) - smm_locale_first_weekday () + 7) % 7;
}

/* --- What is dragged --- */

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* Whether what it shows is carried away, and whether something would land on its day. */
static void
dress_row (SmmAgendaView *self, GtkWidget *row)
{
  SmmAgendaItem *item = smm_agenda_row_get_item (SMM_AGENDA_ROW (row));
  SmmChip *chip = item != NULL ? item->chip : NULL;

  set_class (row, "hole",
             chip != NULL && smm_calendar_model_is_carried (self->model, chip->post_id));
  set_class (row, "landing", item != NULL && self->landing == item->day);
}

static void
dress_rows (SmmAgendaView *self)
{
  for (GtkWidget *line = gtk_widget_get_first_child (self->list); line != NULL;
       line = gtk_widget_get_next_sibling (line))
    if (SMM_IS_AGENDA_ROW (gtk_widget_get_first_child (line)))
      dress_row (self, gtk_widget_get_first_child (line));
  for (int i = 0; i < 7; i++)
    set_class (self->strip[i], "landing", self->landing == self->first + i);
}

static guint32
get_day_at (SmmAgendaView *self, double x, double y)
{
  GtkWidget *under = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = under != NULL ? gtk_widget_get_ancestor (under, SMM_TYPE_AGENDA_ROW) : NULL;
  SmmAgendaItem *item;

  for (int i = 0; i < 7; i++)
    if (under != NULL
        && (under == self->strip[i] || gtk_widget_is_ancestor (under, self->strip[i])))
      return self->first + i;
  item = row != NULL ? smm_agenda_row_get_item (SMM_AGENDA_ROW (row)) : NULL;
  return item != NULL ? item->day : 0;
}

/* --- The list --- */

static gboolean is_same (SmmAgendaItem *a, SmmAgendaItem *b);

static SmmAgendaItem *
get_item (SmmAgendaView *self, guint position)
{
  return smm_agenda_lines_get_item (self->lines, position);
}

static guint
count_items (SmmAgendaView *self)
{
  return g_list_model_get_n_items (smm_agenda_lines_get_model (self->lines));
}

static void
on_activate (GtkListView *list, guint position, SmmAgendaView *self)
{
  SmmAgendaItem *item = get_item (self, position);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (item != NULL && item->chip != NULL)
    smm_calendar_view_emit_chip_activated (
        SMM_CALENDAR_VIEW (self), item->chip,
        focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (list)) ? focus
                                                                           : GTK_WIDGET (list));
}

/* A plain click opens; with Ctrl or Shift it selects, which the list does. */
static void
on_row_released (GtkGestureClick *gesture, int n_press, double x, double y, SmmAgendaView *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  SmmAgendaItem *item = smm_agenda_row_get_item (SMM_AGENDA_ROW (row));
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (item != NULL && item->chip != NULL && n_press == 1
      && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0 && gtk_widget_contains (row, x, y))
    smm_calendar_view_emit_chip_activated (SMM_CALENDAR_VIEW (self), item->chip, row);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmAgendaView *self)
{
  GtkWidget *row = smm_agenda_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "released", G_CALLBACK (on_row_released), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  g_object_set_data (G_OBJECT (row), "list-item", item);
  gtk_list_item_set_child (item, row);
}

/* What the place of a row has now; where there is nothing any more it goes soon. */
static void
refresh_row (SmmAgendaView *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  SmmAgendaSlot *slot = gtk_list_item_get_item (item);
  SmmChip *chip = slot->item != NULL ? slot->item->chip : NULL;

  slot->stale = FALSE;
  gtk_widget_set_opacity (row, slot->item != NULL ? 1 : 0);
  gtk_list_item_set_activatable (item, chip != NULL);
  gtk_list_item_set_selectable (item, chip != NULL);
  if (slot->item == NULL)
    return;
  smm_agenda_row_set_item (SMM_AGENDA_ROW (row), slot->item, zone_of (self));
  dress_row (self, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmAgendaView *self)
{
  refresh_row (self, item);
}

static GtkListItem *
get_list_item (GtkWidget *line)
{
  GtkWidget *row = gtk_widget_get_first_child (line);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "list-item") : NULL;
}

static gboolean
is_in_sight (SmmAgendaView *self, GtkWidget *line)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (line, self->stack, &bounds)
         && bounds.origin.y + bounds.size.height > 0
         && bounds.origin.y < gtk_widget_get_height (self->stack);
}

/* The rows whose place has another line: all on screen, or some of all. FALSE: there were none. */
static gboolean
refresh_rows (SmmAgendaView *self, gboolean in_sight)
{
  guint n = 0;

  for (GtkWidget *line = gtk_widget_get_first_child (self->list);
       line != NULL && (in_sight || n < STEP); line = gtk_widget_get_next_sibling (line))
    {
      GtkListItem *item = get_list_item (line);
      SmmAgendaSlot *slot = item != NULL ? gtk_list_item_get_item (item) : NULL;

      if (slot == NULL || !slot->stale || (in_sight && !is_in_sight (self, line)))
        continue;
      refresh_row (self, item);
      n++;
    }
  return n > 0;
}

static void
on_list_selection (GtkSelectionModel *selection, guint position, guint n, SmmAgendaView *self)
{
  g_autoptr (GPtrArray) chips = g_ptr_array_new ();
  g_autoptr (GtkBitset) chosen = NULL;
  GtkBitsetIter iter;
  guint at;

  if (self->selecting)
    return;
  chosen = gtk_selection_model_get_selection (selection);
  if (gtk_bitset_iter_init_first (&iter, chosen, &at))
    do
      {
        SmmAgendaItem *item = get_item (self, at);

        if (item != NULL && item->chip != NULL)
          g_ptr_array_add (chips, item->chip);
      }
    while (gtk_bitset_iter_next (&iter, &at));
  self->selecting = TRUE;
  smm_calendar_model_select_many (self->model, chips);
  self->selecting = FALSE;
}

static void
on_model_selection (SmmCalendarModel *model, SmmAgendaView *self)
{
  g_autoptr (GtkBitset) chosen = NULL;
  g_autoptr (GtkBitset) all = NULL;
  guint n = count_items (self);

  if (self->selecting || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  dress_rows (self);
  chosen = gtk_bitset_new_empty ();
  all = gtk_bitset_new_range (0, n);
  for (guint i = 0; i < n; i++)
    {
      SmmAgendaItem *item = get_item (self, i);

      if (item != NULL && item->chip != NULL
          && smm_calendar_model_is_selected (model, item->chip->post_id))
        gtk_bitset_add (chosen, i);
    }
  self->selecting = TRUE;
  gtk_selection_model_set_selection (self->selection, chosen, all);
  self->selecting = FALSE;
}

/* --- The week strip --- */

static void
fill_strip (SmmAgendaView *self, GPtrArray *chips)
{
  guint32 today = smm_day_today (zone_of (self));

  for (int i = 0; i < 7; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      GtkWidget *dots = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
      g_autofree char *weekday = smm_day_format (self->first + i, "%a");
      g_autofree char *number = smm_day_format (self->first + i, "%-e");
      g_autofree char *day = smm_day_format (self->first + i, _ ("%A %-e %B"));
      GtkWidget *name = gtk_label_new (weekday);
      GtkWidget *disc = gtk_label_new (number);
      gint64 end = smm_day_get_start (self->first + i + 1, zone_of (self));
      int n = 0;

      gtk_widget_add_css_class (name, "caption-heading");
      gtk_widget_add_css_class (name, "dim-label");
      gtk_widget_add_css_class (disc, "disc");
      gtk_widget_set_halign (disc, GTK_ALIGN_CENTER);
      gtk_widget_set_halign (dots, GTK_ALIGN_CENTER);
      gtk_widget_set_size_request (dots, -1, 5);
      if (self->first + i == today)
        gtk_widget_add_css_class (disc, "today");
      for (guint j = 0; j < chips->len && n < MAX_DOTS; j++)
        {
          SmmChip *chip = chips->pdata[j];

          if (chip->due_at >= end)
            break;
          if (smm_time_get_day (chip->due_at, zone_of (self)) == self->first + i)
            {
              GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

              gtk_widget_add_css_class (dot, "dot");
              smm_state_style (dot, chip->state);
              gtk_box_append (GTK_BOX (dots), dot);
              n++;
            }
        }
      gtk_box_append (GTK_BOX (box), name);
      gtk_box_append (GTK_BOX (box), disc);
      gtk_box_append (GTK_BOX (box), dots);
      gtk_button_set_child (GTK_BUTTON (self->strip[i]), box);
      smm_widget_set_label (self->strip[i], day);
    }
}

static void
on_strip_clicked (GtkButton *button, SmmAgendaView *self)
{
  guint32 day = self->first;

  for (int i = 0; i < 7; i++)
    if (self->strip[i] == GTK_WIDGET (button))
      day += i;
  smm_calendar_view_show_day (SMM_CALENDAR_VIEW (self), day);
}

static void
smm_agenda_view_dispose (GObject *object)
{
  SmmAgendaView *self = SMM_AGENDA_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->notes, g_hash_table_unref);
  g_clear_object (&self->lines);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (smm_agenda_view_parent_class)->dispose (object);
}

static void
smm_agenda_view_class_init (SmmAgendaViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_agenda_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "agenda");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* A week further, as in the other views; the list would go down by what is on screen. */
static gboolean
on_list_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
             SmmAgendaView *self)
{
  GtkWidget *first;

  if ((keyval != GDK_KEY_Page_Up && keyval != GDK_KEY_Page_Down)
      || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  smm_calendar_view_page (SMM_CALENDAR_VIEW (self), keyval == GDK_KEY_Page_Up ? -1 : 1);
  first = gtk_widget_get_first_child (self->list);
  if (first != NULL)
    gtk_widget_grab_focus (first);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_list (SmmAgendaView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *clamp = adw_clamp_scrollable_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->lines = smm_agenda_lines_new (is_same);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->selection = GTK_SELECTION_MODEL (
      gtk_multi_selection_new (g_object_ref (smm_agenda_lines_get_model (self->lines))));
  g_signal_connect (self->selection, "selection-changed", G_CALLBACK (on_list_selection), self);
  self->list = gtk_list_view_new (self->selection, factory);
  gtk_widget_add_css_class (self->list, "agenda-list");
  smm_widget_set_label (self->list, _ ("Agenda"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_list_key), self);
  gtk_widget_add_controller (self->list, keys);
  g_signal_connect (self->list, "activate", G_CALLBACK (on_activate), self);
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), MAX_WIDTH);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), self->list);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "child", clamp, "vexpand", TRUE,
                NULL);
  smm_widget_set_label (scroller, _ ("Agenda"));
  return scroller;
}

static void
smm_agenda_view_init (SmmAgendaView *self)
{
  GtkWidget *week = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *empty = adw_status_page_new ();

  self->shown = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_set_homogeneous (GTK_BOX (week), TRUE);
  gtk_widget_add_css_class (clamp, "week-strip");
  for (int i = 0; i < 7; i++)
    {
      self->strip[i] = gtk_button_new ();
      gtk_widget_add_css_class (self->strip[i], "flat");
      g_signal_connect (self->strip[i], "clicked", G_CALLBACK (on_strip_clicked), self);
      gtk_box_append (GTK_BOX (week), self->strip[i]);
    }
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), week);
  gtk_box_append (GTK_BOX (self->box), clamp);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "smm-calendar-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nothing planned in these weeks."));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _ ("Press N to write a post for this day."));
  gtk_widget_add_css_class (empty, "compact");
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), make_list (self), "days");
  gtk_stack_add_named (GTK_STACK (self->stack), empty, "empty");
  gtk_box_append (GTK_BOX (self->box), self->stack);
  smm_widget_set_label (GTK_WIDGET (self), _ ("Agenda"));
}

/**
 * smm_agenda_view_new:
 * @model: what is shown
 *
 * Returns: (transfer full): the agenda of this week
 */
GtkWidget *
smm_agenda_view_new (SmmCalendarModel *model)
{
  SmmAgendaView *self = g_object_new (SMM_TYPE_AGENDA_VIEW, NULL);

  self->model = g_object_ref (model);
  self->day = smm_day_today (zone_of (self));
  self->first = week_of (self->day);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (on_model_selection), self, 0);
  return GTK_WIDGET (self);
}

/* --- SmmCalendarView --- */

static void
round_off (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      SmmAgendaItem *item = lines->pdata[i];
      SmmAgendaItem *next = i + 1 < lines->len ? lines->pdata[i + 1] : NULL;

      item->first = i > 0 && item->kind != SMM_AGENDA_DAY
                    && ((SmmAgendaItem *)lines->pdata[i - 1])->kind == SMM_AGENDA_DAY;
      item->last = item->kind != SMM_AGENDA_DAY && (next == NULL || next->kind == SMM_AGENDA_DAY);
    }
}

static void
add_line (GPtrArray *lines, SmmAgendaKind kind, guint32 day, SmmChip *chip, const char *note)
{
  SmmAgendaItem *item = smm_agenda_item_new (kind, day, chip);

  item->note = g_strdup (note);
  g_ptr_array_add (lines, item);
}

/* The posts of @day, from the @next one on, with the present moment between them: never above the
 * first, where it would hang on the heading. Returns: whether it is still to come below the last.
 */
static gboolean
add_posts (GPtrArray *lines, GPtrArray *chips, guint *next, guint32 day, gint64 end, gboolean today)
{
  gint64 now = g_get_real_time ();
  gboolean pending = FALSE;

  for (gboolean first = TRUE; *next < chips->len; (*next)++, first = FALSE)
    {
      SmmChip *chip = chips->pdata[*next];

      if (chip->due_at >= end)
        break;
      if (first)
        pending = today && chip->due_at <= now;
      if (pending && chip->due_at > now)
        {
          add_line (lines, SMM_AGENDA_NOW, day, NULL, NULL);
          pending = FALSE;
        }
      add_line (lines, SMM_AGENDA_POST, day, chip, NULL);
    }
  return pending;
}

/* The days that have posts or a note. */
static GPtrArray *
make_lines (SmmAgendaView *self, GPtrArray *chips, GHashTable *notes)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  GTimeZone *zone = zone_of (self);
  guint32 today = smm_day_today (zone);
  /* This week begins with today; what was before is in the month and one week back. */
  guint32 first = week_of (today) == self->first ? today : self->first;
  gint64 start = smm_day_get_start (first, zone);
  gboolean pending = FALSE;
  guint next = 0;

  while (next < chips->len && ((SmmChip *)chips->pdata[next])->due_at < start)
    next++;
  for (guint32 day = first; day < self->first + DAYS; day++)
    {
      gint64 end = smm_day_get_start (day + 1, zone);
      const char *note = g_hash_table_lookup (notes, GUINT_TO_POINTER (day));

      if (note == NULL && (next == chips->len || ((SmmChip *)chips->pdata[next])->due_at >= end))
        continue;
      if (pending)
        add_line (lines, SMM_AGENDA_NOW, today, NULL, NULL);
      add_line (lines, SMM_AGENDA_DAY, day, NULL, note);
      pending = add_posts (lines, chips, &next, day, end, day == today);
    }
  round_off (lines);
  return lines;
}

static gboolean
is_same (SmmAgendaItem *a, SmmAgendaItem *b)
{
  /* The present moment has always moved. */
  if (a->kind != b->kind || a->day != b->day || a->first != b->first || a->last != b->last
      || a->kind == SMM_AGENDA_NOW)
    return FALSE;
  return a->kind == SMM_AGENDA_DAY ? g_strcmp0 (a->note, b->note) == 0
                                   : smm_chip_equal (a->chip, b->chip);
}

/* What is out of sight comes with the frames that follow. */
static gboolean
on_step_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SmmAgendaView *self = SMM_AGENDA_VIEW (widget);

  if (refresh_rows (self, FALSE))
    return G_SOURCE_CONTINUE;
  self->selecting = TRUE;
  if (smm_agenda_lines_step (self->lines))
    {
      self->selecting = FALSE;
      return G_SOURCE_CONTINUE;
    }
  self->selecting = FALSE;
  self->step_tick = 0;
  on_model_selection (self->model, self);
  return G_SOURCE_REMOVE;
}

static void
show_lines (SmmAgendaView *self, GPtrArray *lines)
{
  self->selecting = TRUE;
  smm_agenda_lines_show (self->lines, lines);
  smm_agenda_lines_step (self->lines);
  self->selecting = FALSE;
  refresh_rows (self, TRUE);
  if (self->step_tick == 0)
    self->step_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_step_tick, NULL, NULL);
}

static gboolean
is_same_notes (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer day, note;

  if (a == NULL || g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &day, &note))
    if (g_strcmp0 (note, g_hash_table_lookup (b, day)) != 0)
      return FALSE;
  return TRUE;
}

static void
smm_agenda_view_reload (SmmCalendarView *view)
{
  SmmAgendaView *self = SMM_AGENDA_VIEW (view);
  g_autoptr (GPtrArray) chips = smm_calendar_model_list (self->model, self->first, DAYS);
  g_autoptr (GHashTable) notes = smm_calendar_model_list_words (self->model, self->first, DAYS);
  g_autoptr (GPtrArray) lines = NULL;
  gint64 minute = g_get_real_time () / (60 * G_USEC_PER_SEC);

  if (smm_chips_equal (self->shown, chips) && is_same_notes (self->notes, notes)
      && self->minute == minute)
    return;
  fill_strip (self, chips);
  lines = make_lines (self, chips, notes);
  show_lines (self, lines);
  g_ptr_array_unref (self->shown);
  self->shown = g_steal_pointer (&chips);
  g_clear_pointer (&self->notes, g_hash_table_unref);
  self->notes = g_steal_pointer (&notes);
  self->minute = minute;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), lines->len > 0 ? "days" : "empty");
  on_model_selection (self->model, self);
}

static void
show_week (SmmAgendaView *self, guint32 first)
{
  if (self->first == first)
    return;
  self->first = first;
  self->minute = 0;
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list)), 0);
  smm_agenda_view_reload (SMM_CALENDAR_VIEW (self));
}

static void
smm_agenda_view_page (SmmCalendarView *view, int pages)
{
  SmmAgendaView *self = SMM_AGENDA_VIEW (view);

  self->day += pages * 7;
  show_week (self, week_of (self->day));
  smm_calendar_view_emit_moved (view);
}

/* A line that has no place yet gets one. */
static void
scroll_to_day (SmmAgendaView *self, guint32 day)
{
  for (guint i = 0; i < count_items (self) || smm_agenda_lines_step (self->lines); i++)
    {
      SmmAgendaItem *item = get_item (self, i);

      if (item == NULL || item->day < day)
        continue;
      gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", i);
      break;
    }
}

static void
smm_agenda_view_show_day (SmmCalendarView *view, guint32 day)
{
  SmmAgendaView *self = SMM_AGENDA_VIEW (view);

  self->day = day;
  show_week (self, week_of (day));
  scroll_to_day (self, day);
  smm_calendar_view_emit_moved (view);
}

static guint32
smm_agenda_view_get_day (SmmCalendarView *view)
{
  return SMM_AGENDA_VIEW (view)->day;
}

static char *
smm_agenda_view_get_title (SmmCalendarView *view)
{
  /* Translators: month and year: October 2026 */
  return smm_day_format (SMM_AGENDA_VIEW (view)->first + 3, _ ("%OB %Y"));
}

/* Its rows are no chips. */
static void
smm_agenda_view_for_each_chip (SmmCalendarView *view, SmmChipViewFunc func, gpointer user_data)
{
}

static void
smm_agenda_view_focus (SmmCalendarView *view)
{
  gtk_widget_grab_focus (SMM_AGENDA_VIEW (view)->list);
}

/* A day is all that can be chosen here: what has a time keeps it. */
static gboolean
smm_agenda_view_probe (SmmCalendarView *view, double x, double y, const SmmGrip *grip,
                       SmmLanding *landing)
{
  SmmAgendaView *self = SMM_AGENDA_VIEW (view);
  guint32 day = get_day_at (self, x, y);

  if (day == 0)
    return FALSE;
  landing->day = day;
  landing->minute
      = grip->minute >= 0 ? grip->minute : smm_calendar_get_default_minute (day, zone_of (self));
  landing->past = FALSE;
  return TRUE;
}

static void
smm_agenda_view_show_landing (SmmCalendarView *view, const SmmLanding *landing)
{
  SmmAgendaView *self = SMM_AGENDA_VIEW (view);

  self->landing = landing != NULL && !landing->past ? landing->day : 0;
  dress_rows (self);
}

static void
smm_agenda_view_iface_init (SmmCalendarViewInterface *iface)
{
  iface->reload = smm_agenda_view_reload;
  iface->page = smm_agenda_view_page;
  iface->show_day = smm_agenda_view_show_day;
  iface->get_day = smm_agenda_view_get_day;
  iface->get_title = smm_agenda_view_get_title;
  iface->for_each_chip = smm_agenda_view_for_each_chip;
  iface->focus = smm_agenda_view_focus;
  iface->probe = smm_agenda_view_probe;
  iface->show_landing = smm_agenda_view_show_landing;
}
