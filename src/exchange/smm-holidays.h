/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The named days of a calendar file (RFC 5545): whole-day events, also of several days, and what is
 * repeated every year. Whatever else a file has is left out and counted.
 */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

#define SMM_HOLIDAYS_MAX_BYTES (4 * 1024 * 1024)

#define SMM_HOLIDAYS_ERROR (smm_holidays_error_quark ())
typedef enum
{
  SMM_HOLIDAYS_ERROR_NOT_CALENDAR, /* "ics-not-calendar": not UTF-8, or no VCALENDAR */
  SMM_HOLIDAYS_ERROR_TOO_LARGE,    /* "ics-too-large": bytes or days */
  SMM_HOLIDAYS_ERROR_EMPTY,        /* "ics-empty": no whole day in these years */
} SmmHolidaysError;
GQuark smm_holidays_error_quark (void);
const char *smm_holidays_error_get_name (const GError *error);

typedef struct
{
  char *day;  /* "2026-12-25" */
  char *name; /* one line, not empty */
} SmmHoliday;

typedef struct
{
  char *name;       /* as the file calls itself; NULL: it does not */
  GPtrArray *days;  /* SmmHoliday, by day and name; each once */
  guint n_left_out; /* events that are no whole days, or repeated in a way that is not known */
} SmmHolidays;

SmmHolidays *smm_holidays_parse (const char *data, gsize size, int first_year, int last_year,
                                 GError **error);
/* A whole file; blocks, so not for a main loop. Also G_IO_ERROR. */
SmmHolidays *smm_holidays_read (GFile *file, GCancellable *cancellable, GError **error);
/* Arguments of "holidays.add": floating a{sv}. */
GVariant *smm_holidays_to_args (SmmHolidays *self, const char *id, const char *brand_id);
void smm_holidays_free (SmmHolidays *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmHolidays, smm_holidays_free)

G_END_DECLS
