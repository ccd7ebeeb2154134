/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-calendar-model.h"

#include "smm-app-time.h"
#include "smm-rule.h"

#define MAX_DRAFTS 50

struct _SmmCalendarModel
{
  GObject parent_instance;

  SmmLibrary *library;
  SmmBrand *brand;
  GTimeZone *zone;
  SmmCalendarFilter filter;
  GHashTable *selected; /* post id → SmmChip */
  GHashTable *carried;  /* post ids */
  SmmChip *anchor;
};

enum
{
  SELECTION_CHANGED,
  FILTER_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmCalendarModel, smm_calendar_model, G_TYPE_OBJECT)

static void
smm_calendar_model_dispose (GObject *object)
{
  SmmCalendarModel *self = SMM_CALENDAR_MODEL (object);

  g_clear_object (&self->library);
  g_clear_object (&self->brand);
  g_clear_object (&self->anchor);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->filter.account_id, g_free);
  g_clear_pointer (&self->filter.tag_id, g_free);
  g_clear_pointer (&self->selected, g_hash_table_unref);
  g_clear_pointer (&self->carried, g_hash_table_unref);
  G_OBJECT_CLASS (smm_calendar_model_parent_class)->dispose (object);
}

static void
smm_calendar_model_class_init (SmmCalendarModelClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_calendar_model_dispose;
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
  signals[FILTER_CHANGED] = g_signal_new ("filter-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
smm_calendar_model_init (SmmCalendarModel *self)
{
  self->zone = g_time_zone_new_local ();
  self->selected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->carried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

SmmCalendarModel *
smm_calendar_model_new (void)
{
  return g_object_new (SMM_TYPE_CALENDAR_MODEL, NULL);
}

void
smm_calendar_model_set_library (SmmCalendarModel *self, SmmLibrary *library)
{
  g_set_object (&self->library, library);
}

SmmLibrary *
smm_calendar_model_get_library (SmmCalendarModel *self)
{
  return self->library;
}

/**
 * smm_calendar_model_set_brand:
 * @self: the model
 * @brand: (nullable): whose posts, and in whose zone days are meant
 *
 * Another brand has other accounts and nothing of it is selected yet.
 */
void
smm_calendar_model_set_brand (SmmCalendarModel *self, SmmBrand *brand)
{
  gboolean other
      = brand == NULL || self->brand == NULL || g_strcmp0 (brand->id, self->brand->id) != 0;

  g_set_object (&self->brand, brand);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = smm_app_zone_new (brand != NULL ? brand->timezone : NULL);
  if (!other)
    return;
  smm_calendar_model_select_only (self, NULL);
  if (self->filter.account_id != NULL || self->filter.tag_id != NULL)
    {
      g_clear_pointer (&self->filter.account_id, g_free);
      g_clear_pointer (&self->filter.tag_id, g_free);
      g_signal_emit (self, signals[FILTER_CHANGED], 0);
    }
}

SmmBrand *
smm_calendar_model_get_brand (SmmCalendarModel *self)
{
  return self->brand;
}

GTimeZone *
smm_calendar_model_get_zone (SmmCalendarModel *self)
{
  return self->zone;
}

/* Colour, names and the filtered one: @tags of a post, or NULL. FALSE: the tag asked for is not
 * there. */
static gboolean
take_tags (SmmCalendarModel *self, SmmChip *chip, GPtrArray *tags)
{
  gboolean found = self->filter.tag_id == NULL;
  g_autoptr (GString) names = NULL;

  for (guint i = 0; tags != NULL && i < tags->len; i++)
    {
      SmmTag *tag = tags->pdata[i];

      found = found || g_strcmp0 (tag->id, self->filter.tag_id) == 0;
      if (names == NULL)
        {
          names = g_string_new (NULL);
          chip->color = g_strdup (tag->color);
        }
      else
        g_string_append (names, ", ");
      g_string_append (names, tag->name);
    }
  if (names != NULL)
    chip->tags = g_string_free (g_steal_pointer (&names), FALSE);
  return found;
}

/* Ids of posts that series made for days from @from on, as far ahead as they are made. */
static GHashTable *
list_repeating (SmmCalendarModel *self, SmmStore *store, guint32 from)
{
  GHashTable *posts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) series
      = smm_store_list_series (store, self->filter.all_brands ? NULL : self->brand->id);
  /* The series' zone may be another one. */
  g_autofree char *day = smm_day_format (from - 1, "%Y-%m-%d");

  for (guint i = 0; i < series->len; i++)
    {
      g_autoptr (GPtrArray) days
          = smm_store_list_occurrences (store, ((SmmSeries *)series->pdata[i])->id, day);

      for (guint k = 0; k < days->len; k++)
        g_hash_table_add (posts, g_strdup (((SmmOccurrence *)days->pdata[k])->post_id));
    }
  return posts;
}

static gboolean
passes (SmmCalendarModel *self, SmmChip *chip)
{
  return (self->filter.platforms == 0 || (chip->platforms & self->filter.platforms) != 0)
         && (self->filter.states == 0 || (self->filter.states & (1u << chip->state)) != 0);
}

/* A selected post is remembered as the library says it is now. */
static void
refresh_selected (SmmCalendarModel *self, SmmChip *chip)
{
  if (g_hash_table_size (self->selected) > 0
      && g_hash_table_contains (self->selected, chip->post_id))
    g_hash_table_replace (self->selected, g_strdup (chip->post_id), g_object_ref (chip));
}

static GPtrArray *
sift (SmmCalendarModel *self, GPtrArray *chips, GHashTable *tags, GHashTable *repeating)
{
  guint kept = 0;

  g_ptr_array_set_free_func (chips, NULL);
  for (guint i = 0; i < chips->len; i++)
    {
      SmmChip *chip = chips->pdata[i];

      gboolean tagged = take_tags (self, chip, g_hash_table_lookup (tags, chip->post_id));

      chip->repeats = g_hash_table_contains (repeating, chip->post_id);
      refresh_selected (self, chip);
      if (tagged && passes (self, chip))
        chips->pdata[kept++] = chip;
      else
        g_object_unref (chip);
    }
  g_ptr_array_set_size (chips, kept);
  g_ptr_array_set_free_func (chips, g_object_unref);
  return chips;
}

/**
 * smm_calendar_model_list:
 * @self: the model
 * @from: a julian day
 * @n_days: how many
 *
 * One indexed read of just these days.
 *
 * Returns: (transfer full) (element-type SmmChip): the posts that pass the filter, in time order
 */
GPtrArray *
smm_calendar_model_list (SmmCalendarModel *self, guint32 from, guint n_days)
{
  SmmStore *store = self->library != NULL ? smm_library_get_store (self->library) : NULL;
  g_autoptr (GHashTable) tags = NULL;
  g_autoptr (GHashTable) repeating = NULL;
  const char *brand_id;
  gint64 start, end;

  if (store == NULL || self->brand == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  start = smm_day_get_start (from, self->zone);
  end = smm_day_get_start (from + n_days, self->zone);
  brand_id = self->filter.all_brands ? NULL : self->brand->id;
  tags = smm_store_list_tags_between (store, brand_id, start, end);
  repeating = list_repeating (self, store, from);
  return sift (self,
               smm_store_list_account_chips (store, brand_id, self->filter.account_id, start, end),
               tags, repeating);
}

/* A draft is one whatever states are asked for. */
static gboolean
draft_passes (SmmCalendarModel *self, SmmStore *store, SmmChip *chip)
{
  const SmmCalendarFilter *filter = &self->filter;
  gboolean found = filter->account_id == NULL;
  gboolean tagged = filter->tag_id == NULL;
  g_autoptr (SmmPost) post = NULL;

  if (filter->platforms != 0 && (chip->platforms & filter->platforms) == 0)
    return FALSE;
  if (found && tagged)
    return TRUE;
  post = smm_store_get_post (store, chip->post_id);
  for (guint i = 0; post != NULL && !found && i < post->targets->len; i++)
    found = g_str_equal (((SmmTarget *)post->targets->pdata[i])->account_id, filter->account_id);
  for (guint i = 0; post != NULL && !tagged && i < post->tags->len; i++)
    tagged = g_str_equal (((SmmTag *)post->tags->pdata[i])->id, filter->tag_id);
  return found && tagged;
}

/**
 * smm_calendar_model_list_drafts:
 * @self: the model
 *
 * Returns: (transfer full) (element-type SmmChip): the brand's posts without a time that pass the
 *   filter, newest first
 */
GPtrArray *
smm_calendar_model_list_drafts (SmmCalendarModel *self)
{
  SmmStore *store = self->library != NULL ? smm_library_get_store (self->library) : NULL;
  GPtrArray *chips;

  if (store == NULL || self->brand == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  chips
      = smm_store_list_drafts (store, self->filter.all_brands ? NULL : self->brand->id, MAX_DRAFTS);
  for (guint i = chips->len; i > 0; i--)
    if (draft_passes (self, store, chips->pdata[i - 1]))
      refresh_selected (self, chips->pdata[i - 1]);
    else
      g_ptr_array_remove_index (chips, i - 1);
  return chips;
}

/* Puts what the store has of these days in front of the words that are there. */
static void
add_words (SmmCalendarModel *self, GHashTable *words,
           GHashTable *(*list) (SmmStore *, const char *, const char *, const char *), guint32 from,
           guint n_days)
{
  SmmStore *store = self->library != NULL ? smm_library_get_store (self->library) : NULL;
  g_autofree char *first = smm_day_format (from, "%Y-%m-%d");
  g_autofree char *last = smm_day_format (from + n_days - 1, "%Y-%m-%d");
  g_autoptr (GHashTable) stored = NULL;
  GHashTableIter iter;
  gpointer key, text;
  GDate day;

  if (store == NULL || self->brand == NULL)
    return;
  stored = list (store, self->brand->id, first, last);
  g_hash_table_iter_init (&iter, stored);
  while (g_hash_table_iter_next (&iter, &key, &text))
    if (smm_day_parse (key, &day))
      {
        gpointer julian = GUINT_TO_POINTER (g_date_get_julian (&day));
        const char *before = g_hash_table_lookup (words, julian);

        g_hash_table_replace (words, julian,
                              before != NULL ? g_strconcat (text, " · ", before, NULL)
                                             : g_strdup (text));
      }
}

/**
 * smm_calendar_model_list_notes:
 * @self: the model
 * @from: a julian day
 * @n_days: how many
 *
 * Returns: (transfer full): julian day → text (char *), of the days that have a note
 */
GHashTable *
smm_calendar_model_list_notes (SmmCalendarModel *self, guint32 from, guint n_days)
{
  GHashTable *notes = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  add_words (self, notes, smm_store_list_notes, from, n_days);
  return notes;
}

/**
 * smm_calendar_model_list_words:
 * @self: the model
 * @from: a julian day
 * @n_days: how many
 *
 * Returns: (transfer full): julian day → text (char *): holidays that are shown, and the note
 */
GHashTable *
smm_calendar_model_list_words (SmmCalendarModel *self, guint32 from, guint n_days)
{
  GHashTable *words = smm_calendar_model_list_notes (self, from, n_days);

  add_words (self, words, smm_store_list_holiday_names, from, n_days);
  return words;
}

/* --- The filter --- */

const SmmCalendarFilter *
smm_calendar_model_get_filter (SmmCalendarModel *self)
{
  return &self->filter;
}

/**
 * smm_calendar_model_set_filter:
 * @self: the model
 * @filter: copied
 *
 * What is out of sight is not selected any more.
 */
void
smm_calendar_model_set_filter (SmmCalendarModel *self, const SmmCalendarFilter *filter)
{
  g_autofree char *account_id = g_strdup (filter->account_id);
  g_autofree char *tag_id = g_strdup (filter->tag_id);

  self->filter.all_brands = filter->all_brands;
  self->filter.platforms = filter->platforms;
  self->filter.states = filter->states;
  g_free (self->filter.tag_id);
  self->filter.tag_id = g_steal_pointer (&tag_id);
  g_free (self->filter.account_id);
  self->filter.account_id = g_steal_pointer (&account_id);
  smm_calendar_model_select_only (self, NULL);
  g_signal_emit (self, signals[FILTER_CHANGED], 0);
}

gboolean
smm_calendar_model_is_filtered (SmmCalendarModel *self)
{
  return self->filter.all_brands || self->filter.account_id != NULL || self->filter.platforms != 0
         || self->filter.states != 0 || self->filter.tag_id != NULL;
}

/* --- Selection --- */

gboolean
smm_calendar_model_is_selected (SmmCalendarModel *self, const char *post_id)
{
  return g_hash_table_size (self->selected) > 0 && g_hash_table_contains (self->selected, post_id);
}

guint
smm_calendar_model_get_n_selected (SmmCalendarModel *self)
{
  return g_hash_table_size (self->selected);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const SmmChip *one = *(SmmChip *const *)a, *other = *(SmmChip *const *)b;

  if (one->due_at != other->due_at)
    return one->due_at < other->due_at ? -1 : 1;
  return g_strcmp0 (one->post_id, other->post_id);
}

/**
 * smm_calendar_model_get_selected:
 * @self: the model
 *
 * Returns: (transfer full) (element-type SmmChip): what is selected, in time order
 */
GPtrArray *
smm_calendar_model_get_selected (SmmCalendarModel *self)
{
  GPtrArray *chips = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer chip;

  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, NULL, &chip))
    g_ptr_array_add (chips, g_object_ref (chip));
  g_ptr_array_sort (chips, compare_times);
  return chips;
}

static void
add (SmmCalendarModel *self, SmmChip *chip)
{
  g_hash_table_replace (self->selected, g_strdup (chip->post_id), g_object_ref (chip));
}

/**
 * smm_calendar_model_select_only:
 * @self: the model
 * @chip: (nullable): a post; %NULL selects nothing
 */
void
smm_calendar_model_select_only (SmmCalendarModel *self, SmmChip *chip)
{
  g_set_object (&self->anchor, chip);
  if (chip == NULL && g_hash_table_size (self->selected) == 0)
    return;
  g_hash_table_remove_all (self->selected);
  if (chip != NULL)
    add (self, chip);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
smm_calendar_model_toggle (SmmCalendarModel *self, SmmChip *chip)
{
  g_set_object (&self->anchor, chip);
  if (!g_hash_table_remove (self->selected, chip->post_id))
    add (self, chip);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

/**
 * smm_calendar_model_select_many:
 * @self: the model
 * @chips: (element-type SmmChip): posts; no others will be selected
 */
void
smm_calendar_model_select_many (SmmCalendarModel *self, GPtrArray *chips)
{
  g_hash_table_remove_all (self->selected);
  for (guint i = 0; i < chips->len; i++)
    add (self, chips->pdata[i]);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

SmmChip *
smm_calendar_model_get_anchor (SmmCalendarModel *self)
{
  return self->anchor;
}

/**
 * smm_calendar_model_set_carried:
 * @self: the model
 * @chips: (nullable) (element-type SmmChip): what is being dragged; %NULL: nothing any more
 */
void
smm_calendar_model_set_carried (SmmCalendarModel *self, GPtrArray *chips)
{
  if (chips == NULL && g_hash_table_size (self->carried) == 0)
    return;
  g_hash_table_remove_all (self->carried);
  for (guint i = 0; chips != NULL && i < chips->len; i++)
    g_hash_table_add (self->carried, g_strdup (((SmmChip *)chips->pdata[i])->post_id));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

gboolean
smm_calendar_model_is_carried (SmmCalendarModel *self, const char *post_id)
{
  return g_hash_table_size (self->carried) > 0 && g_hash_table_contains (self->carried, post_id);
}
