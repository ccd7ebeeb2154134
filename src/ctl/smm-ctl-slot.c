/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The queue: weekly slots of a brand or of one of its accounts. */

#include "config.h"

#include "smm-ctl.h"

#include "smm-slots.h"

#include <glib/gi18n.h>
#include <string.h>

#define DAYS_SHOWN 7

static void
print_slot (SmmCtl *ctl, SmmSlot *slot)
{
  JsonBuilder *builder = smm_ctl_begin ("slot");
  const char *day = smm_weekday_to_string (slot->weekday);
  g_autofree char *time = g_strdup_printf ("%02d:%02d", slot->minute / 60, slot->minute % 60);
  g_autofree char *text
      = g_strdup_printf ("%s %s%s%s", day, time, slot->account_id != NULL ? "  " : "",
                         slot->account_id != NULL ? slot->account_id : "");

  smm_json_string (builder, "weekday", day);
  smm_json_string (builder, "time", time);
  smm_json_string (builder, "account", slot->account_id);
  smm_ctl_end (ctl, builder, text);
}

static void
print_time (SmmCtl *ctl, SmmSlotTime *time)
{
  JsonBuilder *builder = smm_ctl_begin ("slot_time");
  g_autofree char *text
      = g_strdup_printf ("%s  %s", time->wall, time->taken ? _ ("taken") : _ ("free"));

  smm_json_time (builder, "at", time->at);
  smm_json_string (builder, "wall_time", time->wall);
  smm_json_string (builder, "account", time->account_id);
  json_builder_set_member_name (builder, "taken");
  json_builder_add_boolean_value (builder, time->taken);
  smm_ctl_end (ctl, builder, text);
}

static int
slot_list (SmmCtl *ctl)
{
  const char *brand_id = smm_ctl_get (ctl, "brand");
  gint64 now = g_get_real_time ();
  guint64 days = DAYS_SHOWN;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = NULL;

  if (brand_id == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs --brand"));
  if (smm_ctl_has (ctl, "days")
      && !g_ascii_string_to_unsigned (smm_ctl_get (ctl, "days"), 10, 1, 366, &days, NULL))
    return smm_ctl_usage (ctl, _ ("--days is a number from 1 to 366"));
  if (!smm_ctl_open_reader (ctl, &error))
    return g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING)
               ? SMM_CTL_DONE
               : smm_ctl_fail (ctl, error);
  if (smm_ctl_has (ctl, "days"))
    {
      slots = smm_slots_list_between (ctl->reader, brand_id, NULL, now,
                                      now + (gint64)days * 24 * 3600 * G_USEC_PER_SEC);
      for (guint i = 0; i < slots->len; i++)
        print_time (ctl, slots->pdata[i]);
      return SMM_CTL_DONE;
    }
  slots = smm_store_list_slots (ctl->reader, brand_id);
  for (guint i = 0; i < slots->len; i++)
    print_slot (ctl, slots->pdata[i]);
  return SMM_CTL_DONE;
}

/* "mon 09:30": two words, or one for each of several days: "mon,wed,fri 09:30". */
static int
change (SmmCtl *ctl, const char *command)
{
  const char *brand_id = smm_ctl_get (ctl, "brand"), *account_id = smm_ctl_get (ctl, "account");
  const char *time = smm_ctl_word (ctl, 1);
  g_auto (GStrv) days = g_strsplit (smm_ctl_word (ctl, 0) ? smm_ctl_word (ctl, 0) : "", ",", -1);
  g_autoptr (GError) error = NULL;

  if (brand_id == NULL || time == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs --brand, a day and a time: mon 09:30"));
  for (guint i = 0; days[i] != NULL; i++)
    if (smm_weekday_from_string (days[i]) == 0)
      return smm_ctl_usage (ctl, _ ("Days are mon, tue, wed, thu, fri, sat and sun"));
  for (guint i = 0; days[i] != NULL; i++)
    {
      g_autoptr (GVariant) result = smm_ctl_apply (
          ctl, command,
          g_variant_new_parsed ("{'brand': <%s>, 'account': <%s>, 'weekday': <%i>, 'time': <%s>}",
                                brand_id, account_id != NULL ? account_id : "",
                                smm_weekday_from_string (days[i]), time),
          &error);

      if (result == NULL)
        return smm_ctl_fail (ctl, error);
    }
  return slot_list (ctl);
}

static int
slot_add (SmmCtl *ctl)
{
  return change (ctl, "slot.add");
}

static int
slot_remove (SmmCtl *ctl)
{
  return change (ctl, "slot.remove");
}

const SmmCtlCommand smm_ctl_slot_commands[] = {
  { "slot list", "--brand ID [--days N]", slot_list },
  { "slot add", "DAY[,DAY]… 09:30 --brand ID [--account ID]", slot_add },
  { "slot remove", "DAY[,DAY]… 09:30 --brand ID [--account ID]", slot_remove },
  { NULL, NULL, NULL },
};
