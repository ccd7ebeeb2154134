/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-slots.h"

#include "smm-library.h"

#include <string.h>

#define MINUTE (60 * (gint64)G_USEC_PER_SEC)
#define DAY (24 * 60 * MINUTE)
/* A free slot is looked for in steps, so that a full calendar is not read far ahead in vain. */
#define STEP_DAYS 35
#define MAX_STEPS 11

void
smm_slot_time_free (SmmSlotTime *self)
{
  g_free (self->wall);
  g_free (self->account_id);
  g_free (self);
}

/* Which slots count: those of the accounts; the brand's where an account has none of its own. */
static GPtrArray *
choose_slots (SmmStore *store, const char *brand_id, const char *const *account_ids)
{
  GPtrArray *all = smm_store_list_slots (store, brand_id);
  GPtrArray *chosen;
  gboolean brand_counts = account_ids != NULL && account_ids[0] == NULL;

  if (account_ids == NULL)
    return all;
  for (guint a = 0; account_ids[a] != NULL; a++)
    {
      gboolean own = FALSE;

      for (guint i = 0; i < all->len; i++)
        own |= g_strcmp0 (((SmmSlot *)all->pdata[i])->account_id, account_ids[a]) == 0;
      brand_counts |= !own;
    }
  chosen = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->len; i++)
    {
      SmmSlot *slot = all->pdata[i];

      if (slot->account_id == NULL ? brand_counts : g_strv_contains (account_ids, slot->account_id))
        g_ptr_array_add (chosen, g_object_ref (slot));
    }
  g_ptr_array_unref (all);
  return chosen;
}

static gint
compare_times (gconstpointer a, gconstpointer b)
{
  const SmmSlotTime *first = *(SmmSlotTime *const *)a, *second = *(SmmSlotTime *const *)b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;
  return g_strcmp0 (first->account_id, second->account_id);
}

/* Minutes in which a post of the account (or, with %NULL, the brand) is due. */
static void
mark_taken (SmmStore *store, const char *brand_id, const char *account_id, gint64 from, gint64 to,
            GHashTable *minutes)
{
  g_autoptr (GArray) times = smm_store_list_due_times (store, brand_id, account_id, from, to);

  for (guint i = 0; i < times->len; i++)
    {
      gint64 *minute = g_new (gint64, 1);

      *minute = g_array_index (times, gint64, i) / MINUTE;
      g_hash_table_add (minutes, minute);
    }
}

static GHashTable *
new_minutes (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/* With accounts a slot is taken when one of them posts then; without, when the brand posts, or the
 * account whose slot it is. */
static void
find_taken (SmmStore *store, const char *brand_id, const char *const *account_ids, gint64 from,
            gint64 to, GPtrArray *times)
{
  g_autoptr (GHashTable) by_account
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_hash_table_unref);
  GHashTable *common = new_minutes ();

  g_hash_table_insert (by_account, (gpointer) "", common);
  for (guint i = 0; account_ids != NULL && account_ids[i] != NULL; i++)
    mark_taken (store, brand_id, account_ids[i], from, to, common);
  if (account_ids == NULL || account_ids[0] == NULL)
    mark_taken (store, brand_id, NULL, from, to, common);
  for (guint i = 0; i < times->len; i++)
    {
      SmmSlotTime *time = times->pdata[i];
      const char *key = account_ids == NULL && time->account_id != NULL ? time->account_id : "";
      GHashTable *minutes = g_hash_table_lookup (by_account, key);
      gint64 minute = time->at / MINUTE;

      if (minutes == NULL)
        {
          minutes = new_minutes ();
          mark_taken (store, brand_id, key, from, to, minutes);
          g_hash_table_insert (by_account, (gpointer)key, minutes);
        }
      time->taken = g_hash_table_contains (minutes, &minute);
    }
}

static void
add_day (GPtrArray *times, GPtrArray *slots, const GDate *day, const char *zone, gint64 from,
         gint64 to)
{
  for (guint i = 0; i < slots->len; i++)
    {
      SmmSlot *slot = slots->pdata[i];
      g_autofree char *wall = NULL;
      SmmSlotTime *time;
      gint64 at;

      if (slot->weekday != (int)g_date_get_weekday (day))
        continue;
      wall = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:00", g_date_get_year (day),
                              g_date_get_month (day), g_date_get_day (day), slot->minute / 60,
                              slot->minute % 60);
      if (!smm_wall_time_resolve (wall, zone, &at, NULL, NULL) || at < from || at >= to)
        continue;
      time = g_new0 (SmmSlotTime, 1);
      time->at = at;
      time->wall = g_steal_pointer (&wall);
      time->account_id = g_strdup (slot->account_id);
      g_ptr_array_add (times, time);
    }
}

/* Two slots that clocks put on the same instant are one. */
static void
drop_doubles (GPtrArray *times, gboolean whoever)
{
  for (guint i = times->len; i > 1; i--)
    {
      SmmSlotTime *time = times->pdata[i - 1], *before = times->pdata[i - 2];

      if (time->at == before->at
          && (whoever || g_strcmp0 (time->account_id, before->account_id) == 0))
        g_ptr_array_remove_index (times, i - 1);
    }
}

/**
 * smm_slots_list_between:
 * @store: any store
 * @brand_id: the brand
 * @account_ids: (nullable) (array zero-terminated=1): for a post to these accounts; empty: for a
 * post that has no account yet; %NULL: every slot there is, as a calendar shows them
 * @from: µs UTC, included
 * @to: µs UTC, not included
 *
 * An account that has slots of its own has these, every other has the brand's; a post to several
 * accounts can go out in any slot of one of them. What clocks skip moves to the next valid minute.
 *
 * Returns: (transfer full) (element-type SmmSlotTime): in order
 */
GPtrArray *
smm_slots_list_between (SmmStore *store, const char *brand_id, const char *const *account_ids,
                        gint64 from, gint64 to)
{
  GPtrArray *times = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_slot_time_free);
  g_autoptr (SmmBrand) brand = smm_store_get_brand (store, brand_id);
  g_autoptr (GPtrArray) slots = NULL;
  g_autoptr (GDateTime) first = NULL;
  GDate day;

  if (brand == NULL || to <= from)
    return times;
  slots = choose_slots (store, brand_id, account_ids);
  first = slots->len > 0 ? g_date_time_new_from_unix_utc ((from - DAY) / G_USEC_PER_SEC) : NULL;
  if (first == NULL)
    return times;
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, g_date_time_get_day_of_month (first), g_date_time_get_month (first),
                  g_date_time_get_year (first));
  for (gint64 at = from - DAY; at < to + 2 * DAY; at += DAY, g_date_add_days (&day, 1))
    add_day (times, slots, &day, brand->timezone, from, to);
  g_ptr_array_sort (times, compare_times);
  drop_doubles (times, account_ids != NULL);
  find_taken (store, brand_id, account_ids, from, to, times);
  return times;
}

/**
 * smm_slots_find_free:
 * @store: any store
 * @brand_id: the brand
 * @account_ids: (nullable) (array zero-terminated=1): where the post goes
 * @after: µs UTC; the slot is later
 *
 * Returns: (transfer full) (nullable): the next free slot; %NULL when there is none within a year
 */
SmmSlotTime *
smm_slots_find_free (SmmStore *store, const char *brand_id, const char *const *account_ids,
                     gint64 after)
{
  static const char *const nobody[] = { NULL };
  gint64 from = after + 1;

  for (int step = 0; step < MAX_STEPS; step++, from += STEP_DAYS * DAY)
    {
      g_autoptr (GPtrArray) times
          = smm_slots_list_between (store, brand_id, account_ids != NULL ? account_ids : nobody,
                                    from, from + STEP_DAYS * DAY);

      for (guint i = 0; i < times->len; i++)
        if (!((SmmSlotTime *)times->pdata[i])->taken)
          return g_ptr_array_steal_index (times, i);
    }
  return NULL;
}
