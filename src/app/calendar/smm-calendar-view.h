/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-model.h"
#include "smm-chip-view.h"

G_BEGIN_DECLS

/* Where something would land. */
typedef struct
{
  guint32 day; /* julian */
  int minute;  /* 0–1439 on the clocks of the zone */
  gboolean past;
} SmmLanding;

/* What is being carried, as far as a place must know. */
typedef struct
{
  int minute;    /* of its present time; -1: it has none */
  double grip_y; /* how far below its top it is held, pixels */
  gboolean free; /* Shift: no snapping */
} SmmGrip;

typedef void (*SmmChipViewFunc) (SmmChipView *view, gpointer user_data);

#define SMM_TYPE_CALENDAR_VIEW (smm_calendar_view_get_type ())
G_DECLARE_INTERFACE (SmmCalendarView, smm_calendar_view, SMM, CALENDAR_VIEW, GtkWidget)

struct _SmmCalendarViewInterface
{
  GTypeInterface parent_iface;

  void (*reload) (SmmCalendarView *self);
  void (*page) (SmmCalendarView *self, int pages);
  void (*show_day) (SmmCalendarView *self, guint32 day);
  guint32 (*get_day) (SmmCalendarView *self);
  char *(*get_title) (SmmCalendarView *self);
  void (*for_each_chip) (SmmCalendarView *self, SmmChipViewFunc func, gpointer user_data);
  void (*focus) (SmmCalendarView *self);
  gboolean (*probe) (SmmCalendarView *self, double x, double y, const SmmGrip *grip,
                     SmmLanding *landing);
  void (*show_landing) (SmmCalendarView *self, const SmmLanding *landing);
};

/*
 * Signals: "chip-activated" (SmmChip *, GtkWidget *beside), "new-post" (uint day, int minute, -1:
 * any), "show-day-posts" (uint day, GtkWidget *beside), "moved" (): another day is the current one.
 */
void smm_calendar_view_emit_chip_activated (SmmCalendarView *self, SmmChip *chip,
                                            GtkWidget *beside);
void smm_calendar_view_emit_new_post (SmmCalendarView *self, guint32 day, int minute);
void smm_calendar_view_emit_day_posts (SmmCalendarView *self, guint32 day, GtkWidget *beside);
void smm_calendar_view_emit_moved (SmmCalendarView *self);

/* Reads the posts again and shows what changed; the keyboard stays on the post it is on. */
void smm_calendar_view_reload (SmmCalendarView *self);
/* Months, weeks, days: as many as the view shows; negative: back. */
void smm_calendar_view_page (SmmCalendarView *self, int pages);
/* The keyboard's day. */
void smm_calendar_view_show_day (SmmCalendarView *self, guint32 day);
guint32 smm_calendar_view_get_day (SmmCalendarView *self);
char *smm_calendar_view_get_title (SmmCalendarView *self);
void smm_calendar_view_for_each_chip (SmmCalendarView *self, SmmChipViewFunc func,
                                      gpointer user_data);
void smm_calendar_view_focus (SmmCalendarView *self);
gboolean smm_calendar_view_focus_post (SmmCalendarView *self, const char *post_id);
/* What lies at a point of the view; FALSE: no day. */
gboolean smm_calendar_view_probe (SmmCalendarView *self, double x, double y, const SmmGrip *grip,
                                  SmmLanding *landing);
/* When something lands that is moved to a day and not to an hour, in minutes: in the morning, today
 * with some minutes left to write it in. */
int smm_calendar_get_default_minute (guint32 day, GTimeZone *zone);
/* Marks a landing; NULL: none. */
void smm_calendar_view_show_landing (SmmCalendarView *self, const SmmLanding *landing);

/* Shows on a chip's widget what the model knows of its post. */
void smm_calendar_view_dress (SmmChipView *view, SmmCalendarModel *model);
/* The chip that has the keyboard inside @widget, or NULL. */
SmmChipView *smm_calendar_get_focused_chip (GtkWidget *widget);
/* Whether both look the same. */
gboolean smm_chip_equal (SmmChip *a, SmmChip *b);
gboolean smm_chips_equal (GPtrArray *a, GPtrArray *b);

G_END_DECLS
