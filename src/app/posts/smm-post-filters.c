/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-post-filters.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-filter-button.h"
#include "smm-state-icon.h"

struct _SmmPostFilters
{
  GtkBox parent_instance;

  SmmFilterButton *state;
  SmmFilterButton *platform;
  SmmFilterButton *account;
  SmmFilterButton *tag;
  SmmFilterButton *period;
  SmmFilterButton *brand;
  char *brand_id; /* the window's */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmPostFilters, smm_post_filters, GTK_TYPE_BOX)

/* What needs somebody first. */
static const SmmTargetState states[] = {
  SMM_TARGET_FAILED,    SMM_TARGET_HELD,  SMM_TARGET_UNCONFIRMED, SMM_TARGET_PUBLISHING,
  SMM_TARGET_SCHEDULED, SMM_TARGET_DRAFT, SMM_TARGET_PUBLISHED,   SMM_TARGET_CANCELLED,
};

static const SmmPlatformId platforms[]
    = { SMM_PLATFORM_FACEBOOK, SMM_PLATFORM_INSTAGRAM, SMM_PLATFORM_TIKTOK };

static const struct
{
  const char *id;
  const char *label;
} periods[] = {
  { "today", N_ ("Today") },           { "week", N_ ("This week") },
  { "month", N_ ("This month") },      { "next-month", N_ ("Next month") },
  { "last-month", N_ ("Last month") }, { "future", N_ ("From now on") },
  { "past", N_ ("Until now") },        { "none", N_ ("Without a time") },
};

static void
on_changed (SmmFilterButton *button, SmmPostFilters *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static SmmFilterButton *
append (SmmPostFilters *self, const char *title, gboolean exclusive)
{
  GtkWidget *button = smm_filter_button_new (title, exclusive);

  g_signal_connect (button, "changed", G_CALLBACK (on_changed), self);
  gtk_box_append (GTK_BOX (self), button);
  return SMM_FILTER_BUTTON (button);
}

static void
smm_post_filters_finalize (GObject *object)
{
  g_clear_pointer (&SMM_POST_FILTERS (object)->brand_id, g_free);
  G_OBJECT_CLASS (smm_post_filters_parent_class)->finalize (object);
}

static void
smm_post_filters_class_init (SmmPostFiltersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_post_filters_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_post_filters_init (SmmPostFilters *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->state = append (self, _ ("State"), FALSE);
  self->platform = append (self, _ ("Platform"), FALSE);
  self->account = append (self, _ ("Account"), TRUE);
  self->tag = append (self, _ ("Tag"), TRUE);
  self->period = append (self, _ ("Period"), TRUE);
  self->brand = append (self, _ ("Brand"), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    smm_filter_button_add (self->state, smm_target_state_to_string (states[i]),
                           smm_target_state_get_label (states[i]), smm_state_icon_name (states[i]),
                           smm_state_css_class (states[i]));
  for (guint i = 0; i < G_N_ELEMENTS (platforms); i++)
    {
      const char *name = smm_platform_id_to_string (platforms[i]);
      g_autofree char *icon = g_strdup_printf ("smm-platform-%s-symbolic", name);

      smm_filter_button_add (self->platform, name, smm_platform_id_get_label (platforms[i]), icon,
                             NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    smm_filter_button_add (self->period, periods[i].id, _ (periods[i].label), NULL, NULL);
}

/**
 * smm_post_filters_new:
 *
 * Returns: (transfer full): filters that let everything through
 */
GtkWidget *
smm_post_filters_new (void)
{
  return g_object_new (SMM_TYPE_POST_FILTERS, NULL);
}

/**
 * smm_post_filters_load:
 * @self: filters
 * @store: (nullable): where accounts and brands are
 * @brand: (nullable): the brand the window shows
 */
void
smm_post_filters_load (SmmPostFilters *self, SmmStore *store, SmmBrand *brand)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) brands = NULL;
  g_autoptr (GPtrArray) tags = NULL;

  g_return_if_fail (SMM_IS_POST_FILTERS (self));

  g_free (self->brand_id);
  self->brand_id = g_strdup (brand != NULL ? brand->id : NULL);
  smm_filter_button_clear (self->account);
  smm_filter_button_clear (self->tag);
  smm_filter_button_clear (self->brand);
  if (store == NULL || brand == NULL)
    return;
  accounts = smm_store_list_accounts (store, brand->id);
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];
      g_autofree char *icon = g_strdup_printf ("smm-platform-%s-symbolic",
                                               smm_platform_id_to_string (account->platform));

      smm_filter_button_add (self->account, account->id, account->name, icon, NULL);
    }
  tags = smm_store_list_tags (store, brand->id);
  for (guint i = 0; i < tags->len; i++)
    smm_filter_button_add (self->tag, ((SmmTag *)tags->pdata[i])->id,
                           ((SmmTag *)tags->pdata[i])->name, NULL, NULL);
  brands = smm_store_list_brands (store);
  smm_filter_button_add (self->brand, "all", _ ("All brands"), NULL, NULL);
  for (guint i = 0; i < brands->len; i++)
    if (g_strcmp0 (((SmmBrand *)brands->pdata[i])->id, brand->id) != 0)
      smm_filter_button_add (self->brand, ((SmmBrand *)brands->pdata[i])->id,
                             ((SmmBrand *)brands->pdata[i])->name, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->account), accounts->len > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->tag), tags->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->brand), brands->len > 1);
}

static void
set_days (SmmPostFilter *filter, GTimeZone *zone, guint32 from, guint32 to)
{
  filter->from = smm_day_get_start (from, zone);
  filter->to = smm_day_get_start (to, zone);
}

/* The first days of a month, @months after the one of @today, and of the one that follows. */
static void
set_month (SmmPostFilter *filter, GTimeZone *zone, guint32 today, int months)
{
  GDate first, next;

  g_date_clear (&first, 1);
  g_date_set_julian (&first, today);
  g_date_set_day (&first, 1);
  if (months < 0)
    g_date_subtract_months (&first, -months);
  else
    g_date_add_months (&first, months);
  next = first;
  g_date_add_months (&next, 1);
  set_days (filter, zone, g_date_get_julian (&first), g_date_get_julian (&next));
}

static void
fill_period (SmmPostFilter *filter, const char *id, GTimeZone *zone)
{
  guint32 today = smm_day_today (zone);

  if (g_str_equal (id, "today"))
    set_days (filter, zone, today, today + 1);
  else if (g_str_equal (id, "week"))
    {
      GDate date;
      guint32 first;

      g_date_clear (&date, 1);
      g_date_set_julian (&date, today);
      first = today - (g_date_get_weekday (&date) - smm_locale_first_weekday () + 7) % 7;
      set_days (filter, zone, first, first + 7);
    }
  else if (g_str_equal (id, "month"))
    set_month (filter, zone, today, 0);
  else if (g_str_equal (id, "next-month"))
    set_month (filter, zone, today, 1);
  else if (g_str_equal (id, "last-month"))
    set_month (filter, zone, today, -1);
  else if (g_str_equal (id, "future"))
    filter->from = g_get_real_time ();
  else if (g_str_equal (id, "past"))
    {
      filter->from = 1;
      filter->to = g_get_real_time ();
    }
  else
    filter->to = 1;
}

/**
 * smm_post_filters_fill:
 * @self: filters
 * @filter: gets what is chosen
 * @zone: in which days begin
 */
void
smm_post_filters_fill (SmmPostFilters *self, SmmPostFilter *filter, GTimeZone *zone)
{
  const char *brand, *period;

  g_return_if_fail (SMM_IS_POST_FILTERS (self));

  filter->state = -1;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (smm_filter_button_is_chosen (self->state, smm_target_state_to_string (states[i])))
      filter->states |= 1u << states[i];
  for (guint i = 0; i < G_N_ELEMENTS (platforms); i++)
    if (smm_filter_button_is_chosen (self->platform, smm_platform_id_to_string (platforms[i])))
      filter->platforms |= 1u << platforms[i];
  filter->account_id = smm_filter_button_get_chosen (self->account);
  filter->tag_id = smm_filter_button_get_chosen (self->tag);
  period = smm_filter_button_get_chosen (self->period);
  if (period != NULL)
    fill_period (filter, period, zone);
  brand = smm_filter_button_get_chosen (self->brand);
  filter->brand_id = brand == NULL ? self->brand_id : g_str_equal (brand, "all") ? NULL : brand;
}

gboolean
smm_post_filters_is_any (SmmPostFilters *self)
{
  g_return_val_if_fail (SMM_IS_POST_FILTERS (self), FALSE);

  return smm_filter_button_get_chosen (self->state) != NULL
         || smm_filter_button_get_chosen (self->platform) != NULL
         || smm_filter_button_get_chosen (self->account) != NULL
         || smm_filter_button_get_chosen (self->tag) != NULL
         || smm_filter_button_get_chosen (self->period) != NULL;
}

void
smm_post_filters_reset (SmmPostFilters *self)
{
  g_return_if_fail (SMM_IS_POST_FILTERS (self));

  smm_filter_button_choose (self->state, NULL);
  smm_filter_button_choose (self->platform, NULL);
  smm_filter_button_choose (self->account, NULL);
  smm_filter_button_choose (self->tag, NULL);
  smm_filter_button_choose (self->period, NULL);
  smm_filter_button_choose (self->brand, NULL);
}

void
smm_post_filters_show_attention (SmmPostFilters *self)
{
  static const char *const attention[] = { "failed", "held", "unconfirmed", NULL };

  smm_post_filters_reset (self);
  smm_filter_button_choose (self->state, attention);
}
