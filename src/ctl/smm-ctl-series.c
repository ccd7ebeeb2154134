/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recurring posts. */

#include "config.h"

#include "smm-ctl.h"

#include "smm-series-pause.h"

#include "smm-rule.h"

#include <glib/gi18n.h>
#include <string.h>

static void
add_strings (JsonBuilder *builder, GVariant *content, const char *key)
{
  g_autoptr (GVariant) list = g_variant_lookup_value (content, key, G_VARIANT_TYPE ("as"));
  GVariantIter iter;
  const char *text;

  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
  if (list != NULL)
    {
      g_variant_iter_init (&iter, list);
      while (g_variant_iter_next (&iter, "&s", &text))
        json_builder_add_string_value (builder, text);
    }
  json_builder_end_array (builder);
}

static void
add_days (SmmCtl *ctl, JsonBuilder *builder, SmmSeries *series)
{
  g_autoptr (GPtrArray) days = smm_store_list_occurrences (ctl->reader, series->id, NULL);

  json_builder_set_member_name (builder, "days");
  json_builder_begin_array (builder);
  for (guint i = 0; i < days->len; i++)
    {
      SmmOccurrence *occurrence = days->pdata[i];
      g_autoptr (SmmPost) post = smm_store_get_post (ctl->reader, occurrence->post_id);

      json_builder_begin_object (builder);
      smm_json_string (builder, "day", occurrence->day);
      smm_json_string (builder, "post", occurrence->post_id);
      smm_json_string (builder, "state",
                       post != NULL ? smm_target_state_to_string (smm_post_get_worst_state (post))
                                    : "deleted");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_series (SmmCtl *ctl, SmmSeries *series, gboolean whole)
{
  JsonBuilder *builder = smm_ctl_begin ("series");
  g_autofree char *text
      = g_strdup_printf ("%s  %s %s %s%s", series->id, series->rule, series->time, series->zone,
                         smm_series_is_paused (series) ? "  ‖"
                         : series->stopped_at > 0      ? "  ■"
                                                       : "");

  smm_json_string (builder, "id", series->id);
  smm_json_string (builder, "brand", series->brand_id);
  smm_json_string (builder, "rule", series->rule);
  smm_json_string (builder, "time", series->time);
  smm_json_string (builder, "zone", series->zone);
  smm_json_time (builder, "stopped_at", series->stopped_at);
  json_builder_set_member_name (builder, "paused");
  json_builder_add_boolean_value (builder, smm_series_is_paused (series));
  add_strings (builder, series->content, "texts");
  add_strings (builder, series->content, "accounts");
  if (whole)
    add_days (ctl, builder, series);
  smm_ctl_end (ctl, builder, text);
}

static int
series_list (SmmCtl *ctl)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    return g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING)
               ? SMM_CTL_DONE
               : smm_ctl_fail (ctl, error);
  all = smm_store_list_series (ctl->reader, smm_ctl_get (ctl, "brand"));
  for (guint i = 0; i < all->len; i++)
    print_series (ctl, all->pdata[i], FALSE);
  return SMM_CTL_DONE;
}

static int
show (SmmCtl *ctl, const char *id)
{
  g_autoptr (SmmSeries) series = NULL;
  g_autoptr (GError) error = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  series = smm_store_get_series (ctl->reader, id);
  if (series == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such recurring post"),
                              "series list");
  print_series (ctl, series, TRUE);
  return SMM_CTL_DONE;
}

static int
series_show (SmmCtl *ctl)
{
  return smm_ctl_word (ctl, 0) != NULL
             ? show (ctl, smm_ctl_word (ctl, 0))
             : smm_ctl_usage (ctl, _ ("This command needs the id of a recurring post"));
}

/* --- The rule --- */

/* "last", "2", "31"; 0: neither. */
static int
read_number (const char *text)
{
  gint64 number = 0;

  if (strcmp (text, "last") == 0)
    return -1;
  return g_ascii_string_to_signed (text, 10, 1, 31, &number, NULL) ? (int)number : 0;
}

/* "mon,thu": of a week. "2:tue", "last:fri": of a month. "15", "last": the day of a month. */
static gboolean
read_on (const char *text, SmmRule *rule)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  const char *colon = strchr (text, ':');

  if (rule->unit == SMM_RULE_WEEKLY)
    {
      rule->weekdays = 0;
      for (guint i = 0; parts[i] != NULL; i++)
        if (smm_weekday_from_string (parts[i]) == 0)
          return FALSE;
        else
          rule->weekdays |= 1u << smm_weekday_from_string (parts[i]);
      return rule->weekdays != 0;
    }
  if (rule->unit != SMM_RULE_MONTHLY_BY_DAY)
    return FALSE;
  if (colon != NULL)
    {
      g_autofree char *number = g_strndup (text, colon - text);
      int day = smm_weekday_from_string (colon + 1);

      rule->unit = SMM_RULE_MONTHLY_BY_WEEKDAY;
      rule->nth = read_number (number);
      rule->weekdays = 1u << day;
      return day > 0 && rule->nth != 0 && rule->nth <= 4;
    }
  rule->month_day = read_number (text);
  return rule->month_day != 0;
}

static gboolean
read_unit (const char *text, SmmRule *rule)
{
  if (strcmp (text, "day") == 0)
    rule->unit = SMM_RULE_DAILY;
  else if (strcmp (text, "week") == 0)
    rule->unit = SMM_RULE_WEEKLY;
  else if (strcmp (text, "month") == 0)
    rule->unit = SMM_RULE_MONTHLY_BY_DAY;
  else
    return FALSE;
  rule->weekdays = 1u << g_date_get_weekday (&rule->first);
  rule->month_day = g_date_get_day (&rule->first);
  return TRUE;
}

/* The rule that --from, --every, --interval, --on, --until and --count say; NULL: they say none. */
static char *
read_rule (SmmCtl *ctl)
{
  SmmRule rule = { .every = 1 };
  const char *unit = smm_ctl_get (ctl, "every"), *on = smm_ctl_get (ctl, "on");
  const char *interval = smm_ctl_get (ctl, "interval"), *count = smm_ctl_get (ctl, "count");
  g_autofree char *text = NULL;

  if (!smm_day_parse (smm_ctl_get (ctl, "from"), &rule.first) || unit == NULL
      || !read_unit (unit, &rule) || (on != NULL && !read_on (on, &rule)))
    return NULL;
  rule.every = interval != NULL ? atoi (interval) : 1;
  rule.count = count != NULL ? atoi (count) : 0;
  if (smm_ctl_has (ctl, "until") && !smm_day_parse (smm_ctl_get (ctl, "until"), &rule.until))
    return NULL;
  text = smm_rule_print (&rule);
  return smm_rule_parse (text, &rule) && (count == NULL || rule.count > 0) ? g_steal_pointer (&text)
                                                                           : NULL;
}

/* --- Changing --- */

static gboolean
add_media (SmmCtl *ctl, GVariantDict *dict, GError **error)
{
  GPtrArray *files = g_hash_table_lookup (ctl->options, "media");
  g_auto (GVariantBuilder) media = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

  if (files == NULL)
    return TRUE;
  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (SmmMedia) medium = smm_ctl_find_or_import (ctl, files->pdata[i], error);

      if (medium == NULL)
        return FALSE;
      g_variant_builder_add (&media, "(ss)", medium->sha256, "");
    }
  g_variant_dict_insert_value (dict, "media", g_variant_builder_end (&media));
  return TRUE;
}

static GVariant *
list_to_variant (GPtrArray *list)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));

  for (guint i = 0; i < list->len; i++)
    g_variant_builder_add (&builder, "s", list->pdata[i]);
  return g_variant_builder_end (&builder);
}

static gboolean
add_content (SmmCtl *ctl, GVariantDict *dict, const char *brand_id, GError **error)
{
  static const struct
  {
    const char *option, *key;
  } texts[] = { { "kind", "kind" },
                { "link", "link" },
                { "first-comment", "first-comment" },
                { "time", "time" },
                { "tz", "zone" } };
  GPtrArray *given = g_hash_table_lookup (ctl->options, "text");
  g_autoptr (GPtrArray) accounts = smm_ctl_get_all (ctl, "account");
  GVariant *tags;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (smm_ctl_has (ctl, texts[i].option))
      g_variant_dict_insert (dict, texts[i].key, "s", smm_ctl_get (ctl, texts[i].option));
  if (given != NULL)
    g_variant_dict_insert_value (dict, "texts", list_to_variant (given));
  if (accounts->len > 0)
    g_variant_dict_insert_value (dict, "accounts", list_to_variant (accounts));
  if (smm_ctl_has (ctl, "tag"))
    {
      tags = smm_ctl_read_tags (ctl, "tag", brand_id, error);
      if (tags == NULL)
        return FALSE;
      g_variant_dict_insert_value (dict, "tags", tags);
    }
  return add_media (ctl, dict, error);
}

static int
series_add (SmmCtl *ctl)
{
  const char *brand_id = smm_ctl_get (ctl, "brand");
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *id = smm_id_new ();
  g_autofree char *rule = read_rule (ctl);
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;

  if (brand_id == NULL || !smm_ctl_has (ctl, "time"))
    return smm_ctl_usage (ctl, _ ("series add needs --brand and --time"));
  if (rule == NULL)
    return smm_ctl_usage (ctl, _ ("Say the days with --from 2026-12-01 and --every day, week or "
                                  "month; see --help"));
  if (!smm_ctl_open (ctl, &error) || !smm_ctl_open_reader (ctl, &error)
      || !add_content (ctl, &dict, brand_id, &error))
    return smm_ctl_fail (ctl, error);
  g_variant_dict_insert (&dict, "id", "s", id);
  g_variant_dict_insert (&dict, "brand", "s", brand_id);
  g_variant_dict_insert (&dict, "rule", "s", rule);
  result = smm_ctl_apply (ctl, "series.add", g_variant_dict_end (&dict), &error);
  return result != NULL ? show (ctl, id) : smm_ctl_fail (ctl, error);
}

static int
series_edit (SmmCtl *ctl)
{
  const char *id = smm_ctl_word (ctl, 0);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *new_id = smm_id_new ();
  g_autofree char *rule = read_rule (ctl);
  g_autoptr (SmmSeries) series = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean following = smm_ctl_has (ctl, "from-day");

  if (id == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs the id of a recurring post"));
  if (rule == NULL && (smm_ctl_has (ctl, "every") || smm_ctl_has (ctl, "from")))
    return smm_ctl_usage (ctl, _ ("Say the days with --from 2026-12-01 and --every day, week or "
                                  "month; see --help"));
  if (!smm_ctl_open (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  series = smm_store_get_series (ctl->reader, id);
  if (!add_content (ctl, &dict, series != NULL ? series->brand_id : NULL, &error))
    return smm_ctl_fail (ctl, error);
  g_variant_dict_insert (&dict, "id", "s", id);
  if (rule != NULL)
    g_variant_dict_insert (&dict, "rule", "s", rule);
  if (following)
    {
      g_variant_dict_insert (&dict, "from-day", "s", smm_ctl_get (ctl, "from-day"));
      g_variant_dict_insert (&dict, "new-id", "s", new_id);
    }
  result = smm_ctl_apply (ctl, "series.edit", g_variant_dict_end (&dict), &error);
  return result != NULL ? show (ctl, following ? new_id : id) : smm_ctl_fail (ctl, error);
}

static int
change (SmmCtl *ctl, const char *command)
{
  const char *id = smm_ctl_word (ctl, 0);

  if (id == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs the id of a recurring post"));
  return smm_ctl_apply_and_say (ctl, command, g_variant_new_parsed ("{'id': <%s>}", id));
}

static int
series_stop (SmmCtl *ctl)
{
  return change (ctl, "series.stop");
}

static int
series_pause (SmmCtl *ctl)
{
  return change (ctl, "series.pause");
}

static int
series_resume (SmmCtl *ctl)
{
  return change (ctl, "series.resume");
}

#define RULE                                                                                       \
  "--from DAY --every day|week|month [--interval N] [--on mon,thu|15|last|2:tue|last:fri] "        \
  "[--until DAY|--count N]"
#define CONTENT                                                                                    \
  "[--text T]… (in rotation) [--account ID]… [--media FILE|sha256:HEX]… [--link URL] "       \
  "[--kind feed|reel|story] [--first-comment T] [--tag TAG]… [--tz ZONE]"

const SmmCtlCommand smm_ctl_series_commands[] = {
  { "series add", "--brand ID --time 09:30 " RULE " " CONTENT, series_add },
  { "series list", "[--brand ID]", series_list },
  { "series show", "ID", series_show },
  { "series edit",
    "ID [--from-day DAY: that day and later ones] [--time 09:30] [" RULE "] " CONTENT,
    series_edit },
  { "series pause", "ID", series_pause },
  { "series resume", "ID", series_resume },
  { "series stop", "ID", series_stop },
  { NULL, NULL, NULL },
};
