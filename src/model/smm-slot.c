/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-records.h"

#include <string.h>

G_DEFINE_TYPE (SmmSlot, smm_slot, G_TYPE_OBJECT)

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

static void
smm_slot_finalize (GObject *object)
{
  g_free (SMM_SLOT (object)->account_id);

  G_OBJECT_CLASS (smm_slot_parent_class)->finalize (object);
}

static void
smm_slot_class_init (SmmSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_slot_finalize;
}

static void
smm_slot_init (SmmSlot *self)
{
  self->weekday = 1;
}

SmmSlot *
smm_slot_new (void)
{
  return g_object_new (SMM_TYPE_SLOT, NULL);
}

/* "mon" … "sun" for 1 … 7. */
const char *
smm_weekday_to_string (int weekday)
{
  g_return_val_if_fail (weekday >= 1 && weekday <= 7, NULL);

  return weekdays[weekday - 1];
}

/**
 * smm_weekday_from_string:
 * @name: (nullable): "mon", "Monday" …: three letters are enough
 *
 * Returns: 1 (Monday) to 7; 0 when it is no day of the week
 */
int
smm_weekday_from_string (const char *name)
{
  static const char *const whole[]
      = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };

  for (int i = 0; name != NULL && i < 7; i++)
    if (g_ascii_strcasecmp (name, weekdays[i]) == 0 || g_ascii_strcasecmp (name, whole[i]) == 0)
      return i + 1;
  return 0;
}

/**
 * smm_minute_from_string:
 * @time: (nullable): "09:30"
 *
 * Returns: the minute of the day; -1 when it is no time of a day
 */
int
smm_minute_from_string (const char *time)
{
  int hour, minute;

  if (time == NULL || strlen (time) != 5 || time[2] != ':' || !g_ascii_isdigit (time[0])
      || !g_ascii_isdigit (time[1]) || !g_ascii_isdigit (time[3]) || !g_ascii_isdigit (time[4]))
    return -1;
  hour = (time[0] - '0') * 10 + time[1] - '0';
  minute = (time[3] - '0') * 10 + time[4] - '0';
  return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}
