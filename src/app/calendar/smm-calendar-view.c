/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-calendar-view.h"

#include "smm-app-time.h"

#define MORNING (9 * 60)

enum
{
  CHIP_ACTIVATED,
  NEW_POST,
  DAY_POSTS,
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (SmmCalendarView, smm_calendar_view, GTK_TYPE_WIDGET)

static void
smm_calendar_view_default_init (SmmCalendarViewInterface *iface)
{
  GType type = SMM_TYPE_CALENDAR_VIEW;

  signals[CHIP_ACTIVATED] = g_signal_new ("chip-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, SMM_TYPE_CHIP, GTK_TYPE_WIDGET);
  signals[NEW_POST] = g_signal_new ("new-post", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
  signals[DAY_POSTS] = g_signal_new ("show-day-posts", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_UINT, GTK_TYPE_WIDGET);
  signals[MOVED]
      = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
smm_calendar_view_emit_chip_activated (SmmCalendarView *self, SmmChip *chip, GtkWidget *beside)
{
  g_signal_emit (self, signals[CHIP_ACTIVATED], 0, chip, beside);
}

void
smm_calendar_view_emit_new_post (SmmCalendarView *self, guint32 day, int minute)
{
  g_signal_emit (self, signals[NEW_POST], 0, day, minute);
}

void
smm_calendar_view_emit_day_posts (SmmCalendarView *self, guint32 day, GtkWidget *beside)
{
  g_signal_emit (self, signals[DAY_POSTS], 0, day, beside);
}

void
smm_calendar_view_emit_moved (SmmCalendarView *self)
{
  g_signal_emit (self, signals[MOVED], 0);
}

typedef struct
{
  const char *post_id;
  SmmChipView *found;
} Search;

static void
match_post (SmmChipView *view, gpointer user_data)
{
  Search *search = user_data;
  SmmChip *chip = smm_chip_view_get_chip (view);

  if (search->found == NULL && chip != NULL && g_strcmp0 (chip->post_id, search->post_id) == 0)
    search->found = view;
}

/**
 * smm_calendar_view_focus_post:
 * @self: a view
 * @post_id: a post
 *
 * Returns: whether the post is in sight and has the keyboard now
 */
gboolean
smm_calendar_view_focus_post (SmmCalendarView *self, const char *post_id)
{
  Search search = { post_id, NULL };

  smm_calendar_view_for_each_chip (self, match_post, &search);
  if (search.found == NULL)
    return FALSE;
  gtk_widget_set_focusable (GTK_WIDGET (search.found), TRUE);
  return gtk_widget_grab_focus (GTK_WIDGET (search.found));
}

/**
 * smm_calendar_get_focused_chip:
 * @widget: a view, or anything around it
 *
 * Returns: (transfer none) (nullable): the chip inside it that the keyboard is on
 */
SmmChipView *
smm_calendar_get_focused_chip (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !SMM_IS_CHIP_VIEW (focus) || !gtk_widget_is_ancestor (focus, widget))
    return NULL;
  return SMM_CHIP_VIEW (focus);
}

/**
 * smm_calendar_view_reload:
 * @self: a view
 *
 * Its widgets are kept and may show another post afterwards: the keyboard follows the post.
 */
void
smm_calendar_view_reload (SmmCalendarView *self)
{
  SmmChipView *focused = smm_calendar_get_focused_chip (GTK_WIDGET (self));
  g_autofree char *post_id = NULL;

  if (focused != NULL && smm_chip_view_get_chip (focused) != NULL)
    post_id = g_strdup (smm_chip_view_get_chip (focused)->post_id);
  SMM_CALENDAR_VIEW_GET_IFACE (self)->reload (self);
  if (post_id == NULL)
    return;
  focused = smm_calendar_get_focused_chip (GTK_WIDGET (self));
  if (focused != NULL && g_strcmp0 (smm_chip_view_get_chip (focused)->post_id, post_id) == 0)
    return;
  if (!smm_calendar_view_focus_post (self, post_id))
    smm_calendar_view_focus (self);
}

/**
 * smm_calendar_view_page:
 * @self: a view
 * @pages: forward, or back below 0
 *
 * The post that has the keyboard may go out of sight: the keyboard stays in the view.
 */
void
smm_calendar_view_page (SmmCalendarView *self, int pages)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean inside = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));

  SMM_CALENDAR_VIEW_GET_IFACE (self)->page (self, pages);
  if (inside)
    smm_calendar_view_focus (self);
}

void
smm_calendar_view_show_day (SmmCalendarView *self, guint32 day)
{
  SMM_CALENDAR_VIEW_GET_IFACE (self)->show_day (self, day);
}

guint32
smm_calendar_view_get_day (SmmCalendarView *self)
{
  return SMM_CALENDAR_VIEW_GET_IFACE (self)->get_day (self);
}

char *
smm_calendar_view_get_title (SmmCalendarView *self)
{
  return SMM_CALENDAR_VIEW_GET_IFACE (self)->get_title (self);
}

void
smm_calendar_view_for_each_chip (SmmCalendarView *self, SmmChipViewFunc func, gpointer user_data)
{
  SMM_CALENDAR_VIEW_GET_IFACE (self)->for_each_chip (self, func, user_data);
}

void
smm_calendar_view_focus (SmmCalendarView *self)
{
  SMM_CALENDAR_VIEW_GET_IFACE (self)->focus (self);
}

gboolean
smm_calendar_view_probe (SmmCalendarView *self, double x, double y, const SmmGrip *grip,
                         SmmLanding *landing)
{
  return SMM_CALENDAR_VIEW_GET_IFACE (self)->probe (self, x, y, grip, landing);
}

int
smm_calendar_get_default_minute (guint32 day, GTimeZone *zone)
{
  gint64 soon = g_get_real_time () + 75 * G_TIME_SPAN_MINUTE;

  if (day != smm_day_today (zone))
    return MORNING;
  if (smm_time_get_day (soon, zone) != day)
    return 24 * 60 - 1;
  return MAX (MORNING, smm_time_get_minute (soon, zone) / 60 * 60);
}

void
smm_calendar_view_show_landing (SmmCalendarView *self, const SmmLanding *landing)
{
  SMM_CALENDAR_VIEW_GET_IFACE (self)->show_landing (self, landing);
}

void
smm_calendar_view_dress (SmmChipView *view, SmmCalendarModel *model)
{
  SmmChip *chip = smm_chip_view_get_chip (view);

  if (chip == NULL)
    return;
  smm_chip_view_set_selected (view, smm_calendar_model_is_selected (model, chip->post_id));
  smm_chip_view_set_hole (view, smm_calendar_model_is_carried (model, chip->post_id));
}

gboolean
smm_chip_equal (SmmChip *a, SmmChip *b)
{
  return g_strcmp0 (a->post_id, b->post_id) == 0 && a->due_at == b->due_at && a->state == b->state
         && a->platforms == b->platforms && a->handed_over == b->handed_over
         && g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->thumbnail, b->thumbnail) == 0
         && g_strcmp0 (a->color, b->color) == 0 && g_strcmp0 (a->tags, b->tags) == 0
         && a->repeats == b->repeats;
}

/**
 * smm_chips_equal:
 * @a: (element-type SmmChip): what is shown
 * @b: (element-type SmmChip): what is to be shown
 *
 * Returns: whether nothing would look different
 */
gboolean
smm_chips_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!smm_chip_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}
