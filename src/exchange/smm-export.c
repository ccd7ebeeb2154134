/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-export.h"

#include "smm-csv.h"
#include "smm-own-cells.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* --- What all three share --- */

static const char *
find_campaign (SmmPost *post)
{
  SmmTag *first = post->tags->len > 0 ? post->tags->pdata[0] : NULL;

  return first != NULL && first->kind == SMM_TAG_KIND_CAMPAIGN ? first->name : NULL;
}

static char *
join_tags (SmmPost *post, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < post->tags->len; i++)
    {
      SmmTag *tag = post->tags->pdata[i];

      if (tag->kind == SMM_TAG_KIND_TAG)
        g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", tag->name);
    }
  return g_string_free (text, FALSE);
}

static char *
join_targets (SmmPost *post, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < post->targets->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? separator : "",
                            ((SmmTarget *)post->targets->pdata[i])->account_id);
  return g_string_free (text, FALSE);
}

/* --- A table --- */

static gint
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The options that any of the posts has, in order; borrowed. */
static GPtrArray *
list_options (GPtrArray *posts)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *keys = g_ptr_array_new ();

  for (guint i = 0; i < posts->len; i++)
    {
      GHashTableIter iter;
      gpointer key;

      g_hash_table_iter_init (&iter, ((SmmPost *)posts->pdata[i])->options);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (g_hash_table_add (seen, key))
          g_ptr_array_add (keys, key);
    }
  g_ptr_array_sort (keys, compare_keys);
  return keys;
}

static void
append_media (GString *out, SmmPost *post)
{
  g_autoptr (GString) media = g_string_new (NULL);
  g_autoptr (GString) alts = g_string_new (NULL);

  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *medium = post->media->pdata[i];

      g_string_append_printf (media, "%ssha256:%s", i > 0 ? "; " : "", medium->sha256);
      g_string_append_printf (alts, "%s%s", i > 0 ? " | " : "",
                              medium->alt != NULL ? medium->alt : "");
    }
  smm_csv_append (out, media->str, FALSE);
  smm_csv_append (out, strspn (alts->str, " |") < alts->len ? alts->str : "", FALSE);
}

static void
append_post (GString *out, SmmPost *post, GPtrArray *options, GPtrArray *own)
{
  g_autofree char *accounts = join_targets (post, "; ");
  g_autofree char *tags = join_tags (post, "; ");

  smm_csv_append (out, post->text, FALSE);
  smm_csv_append (out, post->due_at > 0 ? post->wall_time : "", FALSE);
  smm_csv_append (out, post->due_at > 0 ? post->zone : "", FALSE);
  smm_csv_append (out, accounts, FALSE);
  smm_csv_append (out, smm_post_kind_to_string (post->kind), FALSE);
  smm_csv_append (out, post->link, FALSE);
  smm_csv_append (out, post->first_comment, FALSE);
  append_media (out, post);
  smm_csv_append (out, tags, FALSE);
  smm_csv_append (out, find_campaign (post), FALSE);
  smm_csv_append (out, smm_target_state_to_string (smm_post_get_worst_state (post)),
                  options->len + own->len == 0);
  for (guint i = 0; i < options->len; i++)
    smm_csv_append (out, g_hash_table_lookup (post->options, options->pdata[i]),
                    i + 1 == options->len + own->len);
  for (guint i = 0; i < own->len; i++)
    {
      g_autofree char *cell = smm_own_get_cell (post, own->pdata[i]);

      smm_csv_append (out, cell, i + 1 == own->len);
    }
}

char *
smm_export_csv (GPtrArray *posts)
{
  g_autoptr (GPtrArray) options = list_options (posts);
  g_autoptr (GPtrArray) own = smm_own_list_columns (posts);
  GString *out = g_string_new ("\xef\xbb\xbf"
                               "text,when,zone,accounts,kind,link,first comment,media,alt,tags,"
                               "campaign,state");

  for (guint i = 0; i < options->len; i++)
    g_string_append_printf (out, ",set:%s", (char *)options->pdata[i]);
  for (guint i = 0; i < own->len; i++)
    {
      SmmOwnColumn *column = own->pdata[i];

      g_string_append_printf (out, ",%s on %s", column->field, column->account_id);
    }
  g_string_append (out, "\r\n");
  for (guint i = 0; i < posts->len; i++)
    append_post (out, posts->pdata[i], options, own);
  return g_string_free (out, FALSE);
}

/* --- A calendar --- */

#define MAX_LINE 75
#define MAX_SUMMARY 80

/* Folds at 75 bytes, between characters (RFC 5545 section 3.1). */
static void
append_line (GString *out, const char *name, const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);
  gsize used = 0;

  for (const char *p = line; *p != '\0';)
    {
      gsize n = g_utf8_next_char (p) - p;

      if (used + n > MAX_LINE)
        {
          g_string_append (out, "\r\n ");
          used = 1;
        }
      g_string_append_len (out, p, (gssize)n);
      used += n;
      p += n;
    }
  g_string_append (out, "\r\n");
}

/* RFC 5545 section 3.3.11; control characters have no place in it. */
static void
escape_text (GString *value, const char *text)
{
  for (; *text != '\0'; text++)
    if (*text == '\n')
      g_string_append (value, "\\n");
    else if (strchr ("\\;,", *text) != NULL)
      g_string_append_printf (value, "\\%c", *text);
    else if ((guchar)*text >= 0x20 || *text == '\t')
      g_string_append_c (value, *text);
}

static void
append_text (GString *out, const char *name, const char *text)
{
  g_autoptr (GString) value = g_string_new (NULL);

  escape_text (value, text);
  append_line (out, name, value->str);
}

/* The commas between them are none of theirs. */
static void
append_categories (GString *out, SmmPost *post)
{
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; i < post->tags->len; i++)
    {
      if (i > 0)
        g_string_append_c (value, ',');
      escape_text (value, ((SmmTag *)post->tags->pdata[i])->name);
    }
  if (value->len > 0)
    append_line (out, "CATEGORIES", value->str);
}

static void
append_time (GString *out, const char *name, gint64 utc)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (utc / G_USEC_PER_SEC);
  g_autofree char *value
      = time != NULL ? g_date_time_format (time, "%Y%m%dT%H%M%SZ") : g_strdup ("");

  append_line (out, name, value);
}

static char *
make_summary (SmmPost *post)
{
  g_autofree char *first = smm_text_dup_first_line (post->text, MAX_SUMMARY);

  return *first != '\0' ? g_steal_pointer (&first)
                        : g_strdup (smm_post_kind_to_string (post->kind));
}

static void
append_event (GString *out, SmmPost *post)
{
  SmmTargetState state = smm_post_get_worst_state (post);
  g_autofree char *uid = g_strconcat (post->id, "@com.nkonsept.Smm", NULL);
  g_autofree char *summary = make_summary (post);

  append_line (out, "BEGIN", "VEVENT");
  append_line (out, "UID", uid);
  append_time (out, "DTSTAMP", post->updated_at > 0 ? post->updated_at : post->due_at);
  append_time (out, "DTSTART", post->due_at);
  append_line (out, "DURATION", "PT15M");
  append_line (out, "TRANSP", "TRANSPARENT");
  append_text (out, "SUMMARY", summary);
  append_text (out, "DESCRIPTION", post->text);
  append_line (out, "STATUS",
               state == SMM_TARGET_DRAFT       ? "TENTATIVE"
               : state == SMM_TARGET_CANCELLED ? "CANCELLED"
                                               : "CONFIRMED");
  append_categories (out, post);
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (target->permalink != NULL)
        {
          append_line (out, "URL", target->permalink);
          break;
        }
    }
  append_line (out, "END", "VEVENT");
}

char *
smm_export_ics (GPtrArray *posts)
{
  GString *out = g_string_new (NULL);

  append_line (out, "BEGIN", "VCALENDAR");
  append_line (out, "VERSION", "2.0");
  append_line (out, "PRODID", "-//nkonsept//nkonsept SMM " SMM_VERSION "//EN");
  for (guint i = 0; i < posts->len; i++)
    if (((SmmPost *)posts->pdata[i])->due_at > 0)
      append_event (out, posts->pdata[i]);
  append_line (out, "END", "VCALENDAR");
  return g_string_free (out, FALSE);
}

/* --- JSON --- */

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_targets (JsonBuilder *builder, SmmPost *post)
{
  json_builder_set_member_name (builder, "targets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      json_builder_begin_object (builder);
      add_member (builder, "account", target->account_id);
      add_member (builder, "platform", smm_platform_id_to_string (target->platform));
      add_member (builder, "state", smm_target_state_to_string (target->state));
      add_member (builder, "permalink", target->permalink);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_post (JsonBuilder *builder, SmmPost *post)
{
  GHashTableIter iter;
  gpointer key, value;

  json_builder_begin_object (builder);
  add_member (builder, "id", post->id);
  add_member (builder, "brand", post->brand_id);
  add_member (builder, "kind", smm_post_kind_to_string (post->kind));
  add_member (builder, "text", post->text);
  add_member (builder, "link", post->link);
  add_member (builder, "first_comment", post->first_comment);
  add_member (builder, "when", post->due_at > 0 ? post->wall_time : NULL);
  add_member (builder, "zone", post->due_at > 0 ? post->zone : NULL);
  add_member (builder, "campaign", find_campaign (post));
  json_builder_set_member_name (builder, "tags");
  json_builder_begin_array (builder);
  for (guint i = 0; i < post->tags->len; i++)
    if (((SmmTag *)post->tags->pdata[i])->kind == SMM_TAG_KIND_TAG)
      json_builder_add_string_value (builder, ((SmmTag *)post->tags->pdata[i])->name);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "media");
  json_builder_begin_array (builder);
  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *medium = post->media->pdata[i];

      json_builder_begin_object (builder);
      add_member (builder, "sha256", medium->sha256);
      add_member (builder, "file_name", medium->file_name);
      add_member (builder, "alt", medium->alt);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "options");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, post->options);
  while (g_hash_table_iter_next (&iter, &key, &value))
    add_member (builder, key, value);
  json_builder_end_object (builder);
  add_targets (builder, post);
  json_builder_end_object (builder);
}

char *
smm_export_json (GPtrArray *posts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < posts->len; i++)
    add_post (builder, posts->pdata[i]);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}
