/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-page.h"

#include "smm-calendar-changes.h"
#include "smm-calendar-drag.h"
#include "smm-calendar-view.h"
#include "smm-drafts-shelf.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_CALENDAR_MONTH,
  SMM_CALENDAR_WEEK,
  SMM_CALENDAR_DAY,
  SMM_CALENDAR_AGENDA,
  SMM_N_CALENDAR_VIEWS,
} SmmCalendarViewId;

struct _SmmCalendarPage
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *new_narrow;
  GtkWidget *new_wide;
  GtkWidget *undo;
  GtkWidget *moves;
  GtkWidget *search;
  GtkWidget *menu;
  GtkWidget *sidebar_toggle;
  GtkWidget *switcher;
  GtkWidget *view_button;
  GtkWidget *filter_button;
  GtkWidget *filter_bar;
  GtkLabel *filter_label;
  GtkOverlay *stage;
  GtkStack *stack;
  GtkWidget *selection_bar;
  GtkWidget *unschedule;
  GtkLabel *selection_label;
  GtkWidget *shelf;
  GtkWidget *popover;            /* the post being looked at; only while open */
  GtkEventController *elsewhere; /* on the window, as long as the popover */
  GtkWidget *day_panel;          /* all posts of a day; only while open */
  GtkWidget *day_menu;           /* what a right click on a day offers */

  SmmLibrary *library;
  SmmCalendarModel *model;
  SmmCalendarChanges *changes;
  SmmCalendarDrag *drag;
  SmmCalendarView *views[SMM_N_CALENDAR_VIEWS]; /* made when first shown */
  SmmCalendarViewId shown;
  SmmCalendarViewId wide; /* what is shown when there is room again */
  char *follow;           /* the post that the keyboard moved, until it is there */
  char *looked_at;        /* the post of the popover */
  gint64 pressed_away;    /* when a press elsewhere closed it, monotonic µs */
  gint64 follow_at;
  graphene_rect_t panel_beside;
  guint leaving; /* the popover, soon */
  guint32 menu_day;
  GdkRectangle menu_at;
  gboolean narrow;
  gboolean compact;
  int switcher_width; /* as it was when last seen */
  guint compact_tick;
};

/* smm-calendar-page.c */
SmmCalendarView *smm_calendar_page_get_view (SmmCalendarPage *self);
void smm_calendar_page_show (SmmCalendarPage *self, SmmCalendarViewId id);
void smm_calendar_page_toast (SmmCalendarPage *self, const char *text, gboolean undoable);
void smm_calendar_page_start_post (SmmCalendarPage *self, guint32 day, int minute);

/* smm-calendar-look.c */
void smm_calendar_page_look (GtkWidget *view, SmmChip *chip, GtkWidget *beside,
                             SmmCalendarPage *self);
void smm_calendar_page_show_day_posts (SmmCalendarView *view, guint day, GtkWidget *beside,
                                       SmmCalendarPage *self);
void smm_calendar_page_close_day (SmmCalendarPage *self);
gboolean smm_calendar_page_position_child (GtkOverlay *overlay, GtkWidget *child,
                                           GdkRectangle *place, SmmCalendarPage *self);
void smm_calendar_page_stage_pressed (GtkGestureClick *gesture, int n_press, double x, double y,
                                      SmmCalendarPage *self);

/* smm-calendar-notes.c */
void smm_calendar_page_install_notes (GtkWidgetClass *widget_class);
void smm_calendar_page_add_day_menu (SmmCalendarPage *self);
void smm_calendar_page_note (SmmCalendarPage *self);

/* smm-calendar-keys.c */
void smm_calendar_page_add_keys (SmmCalendarPage *self);
/* SmmChip* that an action is meant for: what is selected, or what the keyboard is on. */
GPtrArray *smm_calendar_page_get_chips (SmmCalendarPage *self);
void smm_calendar_page_move_to (SmmCalendarPage *self);
void smm_calendar_page_remove (SmmCalendarPage *self);
void smm_calendar_page_unschedule (SmmCalendarPage *self);

G_END_DECLS
