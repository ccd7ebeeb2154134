/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Slots of the week, and posts that take the next free one. */

#include "config.h"

#include "smm-commands-private.h"

#include "smm-slots.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SLOTS 350

static GVariant *
slots_to_args (SmmStore *store, const char *brand_id, const char *account_id)
{
  g_autoptr (GPtrArray) slots = smm_store_list_slots (store, brand_id);
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(is)"));

  for (guint i = 0; i < slots->len; i++)
    {
      SmmSlot *slot = slots->pdata[i];
      g_autofree char *time = NULL;

      if (g_strcmp0 (slot->account_id, account_id) != 0)
        continue;
      time = g_strdup_printf ("%02d:%02d", slot->minute / 60, slot->minute % 60);
      g_variant_builder_add (&list, "(is)", (gint32)slot->weekday, time);
    }
  return g_variant_new_parsed ("{'brand': <%s>, 'account': <%s>, 'slots': <%@a(is)>}", brand_id,
                               account_id != NULL ? account_id : "", g_variant_builder_end (&list));
}

/* The account the command names, NULL for the brand's own slots; FALSE with @error. */
static gboolean
check_whose (SmmChange *change, const char **account_id, GError **error)
{
  const char *brand_id = smm_command_get_string (change->command, "brand");
  g_autoptr (SmmBrand) brand = smm_store_get_brand (change->store, brand_id);
  g_autoptr (SmmAccount) account = NULL;

  *account_id = smm_command_get_string (change->command, "account");
  if (brand == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no brand “%s”"),
                            brand_id);
  if (*account_id == NULL || **account_id == '\0')
    {
      *account_id = NULL;
      return TRUE;
    }
  account = smm_store_get_account (change->store, *account_id);
  if (account != NULL && strcmp (account->brand_id, brand_id) == 0)
    return TRUE;
  return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("The brand has no account “%s”"),
                          *account_id);
}

static SmmSlot *
read_slot (int weekday, const char *time, GError **error)
{
  int minute = smm_minute_from_string (time);
  SmmSlot *slot;

  if (weekday < 1 || weekday > 7 || minute < 0)
    {
      smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                       _ ("A slot has a day from 1 (Monday) to 7 and a time like 09:30"));
      return NULL;
    }
  slot = smm_slot_new ();
  slot->weekday = weekday;
  slot->minute = minute;
  return slot;
}

static gboolean
save (SmmChange *change, const char *account_id, GPtrArray *slots, const char *label,
      GError **error)
{
  const char *brand_id = smm_command_get_string (change->command, "brand");

  if (slots->len > MAX_SLOTS)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("A week has at most %d slots"),
                            MAX_SLOTS);
  change->label = label;
  smm_change_set_inverse (change, "slots.set", slots_to_args (change->store, brand_id, account_id));
  smm_change_add (change, brand_id);
  return smm_store_put_slots (change->store, brand_id, account_id, slots, error);
}

static gboolean
slots_set (SmmChange *change, GError **error)
{
  g_autoptr (GVariant) list = g_variant_lookup_value (smm_command_get_args (change->command),
                                                      "slots", G_VARIANT_TYPE ("a(is)"));
  g_autoptr (GPtrArray) slots = g_ptr_array_new_with_free_func (g_object_unref);
  const char *account_id, *time;
  GVariantIter iter;
  gint32 weekday;

  if (!check_whose (change, &account_id, error))
    return FALSE;
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(i&s)", &weekday, &time))
    {
      SmmSlot *slot = read_slot (weekday, time, error);

      if (slot == NULL)
        return FALSE;
      g_ptr_array_add (slots, slot);
    }
  return save (change, account_id, slots, _ ("Slots changed"), error);
}

/* Those of the brand or account, without the one that is meant; @found: it was there. */
static GPtrArray *
list_others (SmmChange *change, const char *account_id, SmmSlot *meant, gboolean *found)
{
  const char *brand_id = smm_command_get_string (change->command, "brand");
  g_autoptr (GPtrArray) all = smm_store_list_slots (change->store, brand_id);
  GPtrArray *others = g_ptr_array_new_with_free_func (g_object_unref);

  *found = FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      SmmSlot *slot = all->pdata[i];

      if (g_strcmp0 (slot->account_id, account_id) != 0)
        continue;
      if (slot->weekday == meant->weekday && slot->minute == meant->minute)
        *found = TRUE;
      else
        g_ptr_array_add (others, g_object_ref (slot));
    }
  return others;
}

static gboolean
change_one (SmmChange *change, gboolean add, GError **error)
{
  const char *account_id;
  g_autoptr (SmmSlot) slot = NULL;
  g_autoptr (GPtrArray) slots = NULL;
  gboolean found;

  if (!check_whose (change, &account_id, error))
    return FALSE;
  slot = read_slot (smm_command_get_int (change->command, "weekday", 0),
                    smm_command_get_string (change->command, "time"), error);
  if (slot == NULL)
    return FALSE;
  slots = list_others (change, account_id, slot, &found);
  if (add && found)
    return TRUE;
  if (!add && !found)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no such slot"));
  if (add)
    g_ptr_array_add (slots, g_steal_pointer (&slot));
  return save (change, account_id, slots, add ? _ ("Slot added") : _ ("Slot removed"), error);
}

static gboolean
slot_add (SmmChange *change, GError **error)
{
  return change_one (change, TRUE, error);
}

static gboolean
slot_remove (SmmChange *change, GError **error)
{
  return change_one (change, FALSE, error);
}

/* --- The queue --- */

/**
 * smm_change_find_slot:
 * @change: the change
 * @post: with its brand and targets
 * @error: there is no slot, or none is free
 *
 * Returns: (transfer full) (nullable): the next free slot of its accounts
 */
SmmSlotTime *
smm_change_find_slot (SmmChange *change, SmmPost *post, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new ();
  g_autoptr (GPtrArray) slots = smm_store_list_slots (change->store, post->brand_id);
  SmmSlotTime *time;

  for (guint i = 0; i < post->targets->len; i++)
    g_ptr_array_add (accounts, ((SmmTarget *)post->targets->pdata[i])->account_id);
  g_ptr_array_add (accounts, NULL);
  time = smm_slots_find_free (change->store, post->brand_id, (const char *const *)accounts->pdata,
                              change->now);
  if (time == NULL)
    smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY,
                     slots->len == 0 ? _ ("This brand has no slots yet. Add some first.")
                                     : _ ("No slot is free within a year. Add more."));
  return time;
}

static gboolean
post_queue (SmmChange *change, GError **error)
{
  g_autoptr (SmmPost) post = smm_change_get_post (change, error);
  g_autoptr (SmmBrand) brand = NULL;
  g_autoptr (SmmSlotTime) time = NULL;
  g_autoptr (SmmCommand) move = NULL;
  SmmCommand *whole = change->command;
  gboolean done;

  if (post == NULL)
    return FALSE;
  brand = smm_store_get_brand (change->store, post->brand_id);
  time = smm_change_find_slot (change, post, error);
  if (time == NULL || brand == NULL)
    return FALSE;
  move = smm_command_new ("post.reschedule",
                          g_variant_new_parsed ("{'id': <%s>, 'wall': <%s>, 'zone': <%s>}",
                                                post->id, time->wall, brand->timezone));
  done = smm_change_run (change, move, error);
  change->command = whole;
  return done;
}

const SmmCommandSpec smm_slot_commands[] = {
  { "slots.set", "brand:s! account:s slots:a(is)!", slots_set },
  { "slot.add", "brand:s! account:s weekday:i! time:s!", slot_add },
  { "slot.remove", "brand:s! account:s weekday:i! time:s!", slot_remove },
  { "post.queue", "id:s!", post_queue },
  { NULL, NULL, NULL },
};
