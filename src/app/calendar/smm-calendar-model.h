/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: app/calendar.
 *
 * SmmCalendarModel is what all views of the calendar share: whose posts, in which zone, through
 * which filter, and what is selected. A view (SmmCalendarView: month, time grid, agenda) asks it
 * for the chips of the days it shows, keeps its widgets and only changes what they show, and can
 * say which day and minute lies under a point. SmmCalendarDrag moves chips and files over whatever
 * view is there: a gesture of our own, so that Escape ends it everywhere and the landing time is
 * shown while it moves. smm-calendar-changes.c turns what people did into commands: however many
 * posts, one command and one step of undo. SmmCalendarPage holds them together.
 */

#pragma once

#include <gtk/gtk.h>

#include "smm-library.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean all_brands;
  char *account_id; /* NULL: all */
  char *tag_id;     /* NULL: all */
  guint platforms;  /* bit (1 << SmmPlatformId); 0: all */
  guint states;     /* bit (1 << SmmTargetState); 0: all */
} SmmCalendarFilter;

#define SMM_TYPE_CALENDAR_MODEL (smm_calendar_model_get_type ())
G_DECLARE_FINAL_TYPE (SmmCalendarModel, smm_calendar_model, SMM, CALENDAR_MODEL, GObject)

/* Signals "selection-changed" (), "filter-changed" (). */
SmmCalendarModel *smm_calendar_model_new (void);
void smm_calendar_model_set_library (SmmCalendarModel *self, SmmLibrary *library);
SmmLibrary *smm_calendar_model_get_library (SmmCalendarModel *self);
void smm_calendar_model_set_brand (SmmCalendarModel *self, SmmBrand *brand);
SmmBrand *smm_calendar_model_get_brand (SmmCalendarModel *self);
GTimeZone *smm_calendar_model_get_zone (SmmCalendarModel *self);

/* SmmChip* of the days from @from on, @n_days of them, in time order. */
GPtrArray *smm_calendar_model_list (SmmCalendarModel *self, guint32 from, guint n_days);
/* The brand's notes on these days: julian day → text. */
GHashTable *smm_calendar_model_list_notes (SmmCalendarModel *self, guint32 from, guint n_days);
/* What these days are called, and the notes behind it. */
GHashTable *smm_calendar_model_list_words (SmmCalendarModel *self, guint32 from, guint n_days);
GPtrArray *smm_calendar_model_list_drafts (SmmCalendarModel *self);

const SmmCalendarFilter *smm_calendar_model_get_filter (SmmCalendarModel *self);
void smm_calendar_model_set_filter (SmmCalendarModel *self, const SmmCalendarFilter *filter);
gboolean smm_calendar_model_is_filtered (SmmCalendarModel *self);

/* --- Selection --- */
gboolean smm_calendar_model_is_selected (SmmCalendarModel *self, const char *post_id);
guint smm_calendar_model_get_n_selected (SmmCalendarModel *self);
/* SmmChip*, in time order. */
GPtrArray *smm_calendar_model_get_selected (SmmCalendarModel *self);
void smm_calendar_model_select_only (SmmCalendarModel *self, SmmChip *chip); /* NULL: none */
void smm_calendar_model_toggle (SmmCalendarModel *self, SmmChip *chip);
/* Adds (@keep) or replaces by SmmChip*. */
void smm_calendar_model_select_many (SmmCalendarModel *self, GPtrArray *chips);
/* Where the last single choice was; the other end of a range. NULL: nowhere. */
SmmChip *smm_calendar_model_get_anchor (SmmCalendarModel *self);

/* SmmChip* that are being carried: their places look empty. NULL: none. */
void smm_calendar_model_set_carried (SmmCalendarModel *self, GPtrArray *chips);
gboolean smm_calendar_model_is_carried (SmmCalendarModel *self, const char *post_id);

G_END_DECLS
