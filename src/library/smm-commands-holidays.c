/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calendars of holidays: named days that a brand took from a file. */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_name (const char *name)
{
  return *name != '\0' && g_utf8_strlen (name, -1) <= SMM_HOLIDAYS_MAX_NAME
         && strpbrk (name, "\r\n\t") == NULL;
}

static gboolean
check_days (GVariant *days, GError **error)
{
  GVariantIter iter;
  const char *day, *name;

  if (g_variant_n_children (days) == 0 || g_variant_n_children (days) > SMM_HOLIDAYS_MAX_DAYS)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("A calendar of holidays has 1 to %d days"), SMM_HOLIDAYS_MAX_DAYS);
  g_variant_iter_init (&iter, days);
  while (g_variant_iter_next (&iter, "(&s&s)", &day, &name))
    {
      if (!smm_day_is_valid (day))
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                                _ ("“%s” is no day like 2026-12-01"), day);
      if (!is_name (name))
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                                _ ("A holiday needs a name of at most %d characters"),
                                SMM_HOLIDAYS_MAX_NAME);
    }
  return TRUE;
}

/* The calendar that the command names; NULL with @error: there is none. */
static SmmHolidaysRecord *
find (SmmChange *change, GPtrArray **owner, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");

  *owner = smm_store_list_holidays (change->store, NULL, id);
  if ((*owner)->len == 0)
    {
      smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There are no holidays “%s”"), id);
      return NULL;
    }
  return (*owner)->pdata[0];
}

static gboolean
holidays_add (SmmChange *change, GError **error)
{
  SmmHolidaysRecord record
      = { .id = (char *)smm_command_get_string (change->command, "id"),
          .brand_id = (char *)smm_command_get_string (change->command, "brand"),
          .name = (char *)smm_command_get_string (change->command, "name") };
  GVariant *days = smm_command_lookup (change->command, "days", "a(ss)");
  g_autoptr (SmmBrand) brand = smm_store_get_brand (change->store, record.brand_id);
  g_autoptr (GPtrArray) known = smm_store_list_holidays (change->store, NULL, record.id);

  if (known->len > 0)
    return TRUE;
  if (brand == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no brand “%s”"),
                            record.brand_id);
  if (!is_name (record.name))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("A calendar needs a name of at most %d characters"),
                            SMM_HOLIDAYS_MAX_NAME);
  if (!check_days (days, error))
    return FALSE;
  change->label = _ ("Holidays added");
  smm_change_set_inverse (change, "holidays.delete",
                          g_variant_new_parsed ("{'id': <%s>}", record.id));
  smm_change_add (change, record.brand_id);
  return smm_store_add_holidays (change->store, &record, days, change->now, error);
}

static gboolean
holidays_show (SmmChange *change, GError **error)
{
  GVariant *value = smm_command_lookup (change->command, "shown", "b");
  gboolean shown = g_variant_get_boolean (value);
  g_autoptr (GPtrArray) owner = NULL;
  SmmHolidaysRecord *record = find (change, &owner, error);

  if (record == NULL)
    return FALSE;
  if (record->shown == shown)
    return TRUE;
  change->label = shown ? _ ("Holidays shown") : _ ("Holidays hidden");
  smm_change_set_inverse (
      change, "holidays.show",
      g_variant_new_parsed ("{'id': <%s>, 'shown': <%b>}", record->id, record->shown));
  smm_change_add (change, record->brand_id);
  return smm_store_set_holidays_shown (change->store, record->id, shown, error);
}

static gboolean
holidays_delete (SmmChange *change, GError **error)
{
  g_autoptr (GPtrArray) owner = NULL;
  SmmHolidaysRecord *record = find (change, &owner, error);

  if (record == NULL)
    return FALSE;
  change->label = _ ("Holidays removed");
  smm_change_set_inverse (change, "holidays.restore",
                          g_variant_new_parsed ("{'id': <%s>}", record->id));
  smm_change_add (change, record->brand_id);
  return smm_store_set_holidays_deleted (change->store, record->id, change->now, error);
}

static gboolean
holidays_restore (SmmChange *change, GError **error)
{
  const char *id = smm_command_get_string (change->command, "id");
  g_autoptr (GPtrArray) known = smm_store_list_holidays (change->store, NULL, id);
  g_autoptr (GPtrArray) owner = NULL;
  SmmHolidaysRecord *record;

  /* Undoing that would delete one that was there all the time. */
  if (known->len > 0)
    return TRUE;
  if (!smm_store_set_holidays_deleted (change->store, id, 0, error))
    return FALSE;
  record = find (change, &owner, error);
  if (record == NULL)
    return FALSE;
  change->label = _ ("Holidays restored");
  smm_change_set_inverse (change, "holidays.delete", g_variant_new_parsed ("{'id': <%s>}", id));
  smm_change_add (change, record->brand_id);
  return TRUE;
}

const SmmCommandSpec smm_holidays_commands[] = {
  { "holidays.add", "id:s! brand:s! name:s! days:a(ss)!", holidays_add },
  { "holidays.show", "id:s! shown:b!", holidays_show },
  { "holidays.delete", "id:s!", holidays_delete },
  { "holidays.restore", "id:s!", holidays_restore },
  { NULL, NULL, NULL },
};
