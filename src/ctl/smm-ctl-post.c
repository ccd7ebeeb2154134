/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ctl.h"

#include "smm-media-client.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- Showing --- */

static void
add_targets (JsonBuilder *builder, SmmPost *post)
{
  json_builder_set_member_name (builder, "targets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];
      g_autoptr (SmmPost) sent = smm_post_for_target (post, target);
      g_autofree char *content = NULL;

      json_builder_begin_object (builder);
      smm_json_string (builder, "id", target->id);
      smm_json_string (builder, "account", target->account_id);
      smm_json_string (builder, "platform", smm_platform_id_to_string (target->platform));
      smm_json_string (builder, "state", smm_target_state_to_string (target->state));
      smm_json_int (builder, "attempt", target->attempt);
      smm_json_string (builder, "remote_id", target->remote_id);
      smm_json_string (builder, "permalink", target->permalink);
      smm_json_time (builder, "published_at", target->published_at);
      smm_json_string (builder, "code", target->reason_code);
      smm_json_string (builder, "reason", target->reason);
      smm_json_string (builder, "fix", target->fix);
      smm_ctl_show_variant (builder, target->variant);
      content = smm_post_get_digest (sent);
      smm_json_string (builder, "content", content);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
smm_ctl_show_options (JsonBuilder *builder, GHashTable *options)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (options), (GCompareFunc)strcmp);

  json_builder_set_member_name (builder, "options");
  json_builder_begin_object (builder);
  for (GList *l = keys; l != NULL; l = l->next)
    smm_json_string (builder, l->data, g_hash_table_lookup (options, l->data));
  json_builder_end_object (builder);
}

static void
add_journal (SmmCtl *ctl, JsonBuilder *builder, SmmPost *post)
{
  g_autoptr (GPtrArray) journal = smm_store_list_journal (ctl->reader, post->id);

  json_builder_set_member_name (builder, "journal");
  json_builder_begin_array (builder);
  for (guint i = 0; i < journal->len; i++)
    {
      SmmJournalEntry *entry = journal->pdata[i];

      json_builder_begin_object (builder);
      smm_json_string (builder, "target", entry->target_id);
      smm_json_int (builder, "attempt", entry->attempt);
      smm_json_string (builder, "step", entry->step);
      smm_json_string (builder, "kind", entry->kind);
      smm_json_string (builder, "state", entry->state);
      smm_json_time (builder, "started_at", entry->started_at);
      smm_json_int (builder, "http_status", entry->http_status);
      smm_json_string (builder, "error", entry->error);
      smm_json_string (builder, "note", entry->note);
      smm_json_string (builder, "request_id", entry->request_id);
      smm_json_string (builder, "content", entry->content);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_post (SmmCtl *ctl, SmmPost *post, gboolean whole)
{
  JsonBuilder *builder = smm_ctl_begin ("post");
  g_autofree char *when = post->due_at > 0 ? smm_ctl_format_time (post->due_at) : g_strdup ("-");
  g_autoptr (GString) text = g_string_new (NULL);

  smm_json_string (builder, "id", post->id);
  smm_json_string (builder, "brand", post->brand_id);
  smm_json_string (builder, "kind", smm_post_kind_to_string (post->kind));
  smm_json_string (builder, "text", post->text);
  smm_json_string (builder, "link", post->link);
  smm_json_string (builder, "first_comment", post->first_comment);
  smm_ctl_show_options (builder, post->options);
  smm_ctl_show_tags (builder, post);
  smm_json_time (builder, "due_at", post->due_at);
  smm_json_string (builder, "wall_time", post->wall_time);
  smm_json_string (builder, "zone", post->zone);
  smm_json_int (builder, "media", post->media->len);
  smm_json_string (builder, "state", smm_target_state_to_string (smm_post_get_worst_state (post)));
  add_targets (builder, post);
  if (whole)
    add_journal (ctl, builder, post);
  g_string_append_printf (text, "%s  %s  %.60s", post->id, when, post->text);
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      g_string_append_printf (text, "\n    %s: %s%s%s",
                              smm_platform_id_get_label (target->platform),
                              smm_target_state_get_label (target->state),
                              target->permalink != NULL || target->reason != NULL ? "  " : "",
                              target->permalink != NULL ? target->permalink
                              : target->reason != NULL  ? target->reason
                                                        : "");
    }
  smm_ctl_end (ctl, builder, text->str);
}

/* --- Adding --- */

static gboolean
parse_offset_time (const char *at, gint64 *utc)
{
  gsize n = strlen (at);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *full = NULL;

  /* Minutes are enough: "2026-12-01T09:00Z". */
  if (n > 16 && at[16] != ':')
    full = g_strdup_printf ("%.16s:00%s", at, at + 16);
  time = g_date_time_new_from_iso8601 (full != NULL ? full : at, zone);
  if (time == NULL)
    return FALSE;
  *utc = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  return TRUE;
}

/* Adds wall and zone to the command. Without an offset, a time is meant in --tz or the brand's. */
static gboolean
add_time (SmmCtl *ctl, GVariantDict *dict, SmmBrand *brand, GError **error)
{
  const char *at = smm_ctl_get (ctl, "at");
  const char *zone = smm_ctl_get (ctl, "tz");
  g_autofree char *wall = NULL;
  const char *note = NULL;
  gint64 utc;

  if (at == NULL)
    return TRUE;
  if (zone == NULL)
    zone = brand->timezone;
  if (strcmp (at, "now") == 0)
    wall = smm_wall_time_express (g_get_real_time (), &zone);
  else if (strlen (at) > 16 && (strchr (at + 16, 'Z') || strpbrk (at + 16, "+-")))
    {
      if (!parse_offset_time (at, &utc))
        {
          g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                       _ ("“%s” is not a time like 2026-12-01T09:00+02:00"), at);
          return FALSE;
        }
      wall = smm_wall_time_express (utc, &zone);
    }
  else
    wall = g_strdup (at);
  if (!smm_wall_time_resolve (wall, zone, &utc, &note, error))
    return FALSE;
  if (g_strcmp0 (note, "gap") == 0)
    smm_ctl_say (ctl, _ ("Clocks skip this time; the next valid minute is used"));
  else if (g_strcmp0 (note, "fold") == 0)
    smm_ctl_say (ctl, _ ("This time comes twice; the first is used"));
  g_variant_dict_insert (dict, "wall", "s", wall);
  g_variant_dict_insert (dict, "zone", "s", zone);
  return TRUE;
}

/* A file of the user's: into the library with it. */
SmmMedia *
smm_ctl_import_media (SmmCtl *ctl, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SmmMedia) media = NULL;
  g_autoptr (GVariant) added = NULL;

  smm_media_import_async (path, ctl->paths->media_dir, NULL, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  media = smm_media_import_finish (result, error);
  if (media == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  added = smm_ctl_apply (
      ctl, "media.add", g_variant_new_parsed ("{'media': <%@a{sv}>}", smm_media_to_variant (media)),
      error);
  return added != NULL ? g_steal_pointer (&media) : NULL;
}

/* "sha256:…": one that is there already, say one that “media edit” has made. */
SmmMedia *
smm_ctl_find_or_import (SmmCtl *ctl, const char *name, GError **error)
{
  SmmMedia *media;

  if (!g_str_has_prefix (name, SMM_CTL_SHA256))
    return smm_ctl_import_media (ctl, name, error);
  media = smm_store_get_media (ctl->reader, name + strlen (SMM_CTL_SHA256));
  if (media == NULL)
    g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
                 _ ("There is no medium “%s” in the library"), name);
  return media;
}

static gboolean
add_media (SmmCtl *ctl, GVariantDict *dict, SmmPost *draft, GError **error)
{
  GPtrArray *files = g_hash_table_lookup (ctl->options, "media");
  GPtrArray *alts = g_hash_table_lookup (ctl->options, "alt");
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const char *alt = alts != NULL && i < alts->len ? alts->pdata[i] : "";
      SmmMedia *media = smm_ctl_find_or_import (ctl, files->pdata[i], error);

      if (media == NULL)
        return FALSE;
      g_free (media->alt);
      media->alt = *alt != '\0' ? g_strdup (alt) : NULL;
      g_ptr_array_add (draft->media, media);
      g_variant_builder_add (&builder, "(ss)", media->sha256, alt);
    }
  g_variant_dict_insert_value (dict, "media", g_variant_builder_end (&builder));
  return TRUE;
}

static gboolean
add_accounts (SmmCtl *ctl, GVariantDict *dict, GPtrArray *accounts, SmmPost *draft, GError **error)
{
  g_autoptr (GPtrArray) ids = smm_ctl_get_all (ctl, "account");
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

  for (guint i = 0; i < ids->len; i++)
    {
      SmmAccount *account = smm_store_get_account (ctl->reader, ids->pdata[i]);
      SmmTarget *target;

      if (account == NULL)
        {
          g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
                       _ ("There is no account “%s”"), (char *)ids->pdata[i]);
          return FALSE;
        }
      g_ptr_array_add (accounts, account);
      target = smm_target_new ();
      target->id = smm_id_new ();
      target->account_id = g_strdup (account->id);
      target->platform = account->platform;
      g_ptr_array_add (draft->targets, target);
      g_variant_builder_add (&builder, "(ss)", target->id, account->id);
    }
  g_variant_dict_insert_value (dict, "targets", g_variant_builder_end (&builder));
  return TRUE;
}

static gboolean
add_options (SmmCtl *ctl, GVariantDict *dict, SmmPost *draft, GError **error)
{
  GPtrArray *sets = g_hash_table_lookup (ctl->options, "set");
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  for (guint i = 0; sets != NULL && i < sets->len; i++)
    {
      const char *equals = strchr (sets->pdata[i], '=');
      g_autofree char *key
          = equals != NULL ? g_strndup (sets->pdata[i], equals - (char *)sets->pdata[i]) : NULL;

      if (key == NULL)
        {
          g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                       _ ("--set needs KEY=VALUE, not “%s”"), (char *)sets->pdata[i]);
          return FALSE;
        }
      if (!smm_option_is_known (key))
        {
          g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
                       _ ("A post has no option “%s”"), key);
          return FALSE;
        }
      g_hash_table_insert (draft->options, g_strdup (key), g_strdup (equals + 1));
      g_variant_builder_add (&builder, "{ss}", key, equals + 1);
    }
  g_variant_dict_insert_value (dict, "options", g_variant_builder_end (&builder));
  return TRUE;
}

/* Everything that would be refused later is told now, all of it. */
static int
tell_problems (SmmCtl *ctl, SmmPost *draft, GPtrArray *accounts, gboolean only_warn)
{
  int status = SMM_CTL_DONE;

  for (guint a = 0; a < accounts->len; a++)
    {
      SmmAccount *account = accounts->pdata[a];
      const SmmPlatform *platform = smm_platform_get_for (account);
      g_autoptr (SmmPost) sent = smm_post_for_target (draft, draft->targets->pdata[a]);
      g_autoptr (GPtrArray) problems = platform != NULL ? platform->validate (sent, account) : NULL;

      for (guint i = 0; problems != NULL && i < problems->len; i++)
        {
          SmmProblem *problem = problems->pdata[i];
          g_autofree char *code = g_strconcat ("problem:", problem->code, NULL);

          if (only_warn || !problem->fatal)
            smm_ctl_say (ctl, "%s: %s", account->name, problem->message);
          else
            status = smm_ctl_fail_with (ctl, code, problem->message, problem->fix);
        }
    }
  return status;
}

static char *
read_text (SmmCtl *ctl, GError **error)
{
  const char *given = smm_ctl_get (ctl, "text");
  g_autofree char *text = NULL;

  if (g_strcmp0 (given, "-") == 0)
    {
      g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);

      g_io_channel_set_encoding (input, NULL, NULL);
      g_io_channel_read_to_end (input, &text, NULL, NULL);
    }
  else
    text = g_strdup (given != NULL ? given : "");
  if (text != NULL && g_utf8_validate (text, -1, NULL))
    return g_steal_pointer (&text);
  g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID,
               _ ("The text is not valid UTF-8"));
  return NULL;
}

static void
say_if_nobody_publishes (SmmCtl *ctl)
{
  if (!smm_ctl_is_publisher_running (ctl))
    smm_ctl_say (ctl, _ ("The publisher is not running: start nkonsept-smm-publisher, or nothing "
                         "goes out"));
}

static int
post_add (SmmCtl *ctl)
{
  const char *brand_id = smm_ctl_get (ctl, "brand");
  const char *kind = smm_ctl_get (ctl, "kind");
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (SmmPost) draft = smm_post_new ();
  g_autoptr (SmmPost) post = NULL;
  g_autoptr (SmmBrand) brand = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = smm_id_new ();
  g_autofree char *text = NULL;
  GVariant *tags;
  gboolean is_draft
      = smm_ctl_has (ctl, "draft") || !(smm_ctl_has (ctl, "at") || smm_ctl_has (ctl, "queue"));
  int status;

  if (brand_id == NULL)
    return smm_ctl_usage (ctl, _ ("post add needs --brand"));
  if (!smm_ctl_open (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  brand = smm_store_get_brand (ctl->reader, brand_id);
  if (brand == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such brand"), "brand list");
  if (kind != NULL && !smm_post_kind_from_string (kind, &draft->kind))
    return smm_ctl_usage (ctl, _ ("--kind is one of feed, reel, story"));
  text = read_text (ctl, &error);
  if (text == NULL || !add_accounts (ctl, &dict, accounts, draft, &error)
      || !add_options (ctl, &dict, draft, &error) || !add_time (ctl, &dict, brand, &error)
      || !add_media (ctl, &dict, draft, &error) || !smm_ctl_read_variants (ctl, draft, &error))
    return smm_ctl_fail (ctl, error);
  g_free (draft->text);
  draft->text = g_strdup (text);
  draft->link = g_strdup (smm_ctl_get (ctl, "link"));
  draft->first_comment = g_strdup (smm_ctl_get (ctl, "first-comment"));
  status = tell_problems (ctl, draft, accounts, is_draft);
  if (status != SMM_CTL_DONE)
    return status;
  tags = smm_ctl_read_tags (ctl, "tag", brand_id, &error);
  if (tags == NULL)
    return smm_ctl_fail (ctl, error);
  g_variant_dict_insert_value (&dict, "tags", tags);
  g_variant_dict_insert (&dict, "id", "s", id);
  g_variant_dict_insert (&dict, "brand", "s", brand_id);
  g_variant_dict_insert (&dict, "text", "s", text);
  g_variant_dict_insert (&dict, "kind", "s", smm_post_kind_to_string (draft->kind));
  g_variant_dict_insert (&dict, "draft", "b", is_draft);
  g_variant_dict_insert (&dict, "queue", "b", smm_ctl_has (ctl, "queue"));
  g_variant_dict_insert_value (&dict, "variants", smm_variants_to_variant (draft));
  if (draft->link != NULL)
    g_variant_dict_insert (&dict, "link", "s", draft->link);
  if (draft->first_comment != NULL)
    g_variant_dict_insert (&dict, "first-comment", "s", draft->first_comment);
  result = smm_ctl_apply (ctl, "post.add", g_variant_dict_end (&dict), &error);
  if (result == NULL)
    return smm_ctl_fail (ctl, error);
  post = smm_store_get_post (ctl->reader, id);
  print_post (ctl, post, FALSE);
  if (!is_draft)
    say_if_nobody_publishes (ctl);
  return SMM_CTL_DONE;
}

/* --- The others --- */

static gboolean
parse_bound (SmmCtl *ctl, const char *option, gint64 *utc)
{
  const char *text = smm_ctl_get (ctl, option);

  g_autofree char *day = NULL;

  if (text == NULL || parse_offset_time (text, utc)
      || smm_wall_time_resolve (text, "UTC", utc, NULL, NULL))
    return TRUE;
  day = g_strconcat (text, "T00:00", NULL);
  return smm_wall_time_resolve (day, "UTC", utc, NULL, NULL);
}

static int
post_list (SmmCtl *ctl)
{
  SmmPostFilter filter = { .brand_id = smm_ctl_get (ctl, "brand"),
                           .account_id = smm_ctl_get (ctl, "account"),
                           .state = -1,
                           .search = smm_ctl_get (ctl, "search") };
  const char *platform = smm_ctl_get (ctl, "platform");
  SmmPlatformId platform_id;
  const char *state = smm_ctl_get (ctl, "state");
  g_autoptr (SmmTag) tag = NULL;
  g_autoptr (GPtrArray) posts = NULL;
  g_autoptr (GError) error = NULL;
  SmmTargetState wanted;

  if (state != NULL && !smm_target_state_from_string (state, &wanted))
    return smm_ctl_usage (ctl, _ ("There is no such state"));
  if (state != NULL)
    filter.state = wanted;
  if (platform != NULL && !smm_platform_id_from_string (platform, &platform_id))
    return smm_ctl_usage (ctl, _ ("--platform is one of facebook, instagram, tiktok"));
  if (platform != NULL)
    filter.platforms = 1u << platform_id;
  if (!parse_bound (ctl, "from", &filter.from) || !parse_bound (ctl, "to", &filter.to))
    return smm_ctl_usage (
        ctl, _ ("--from and --to are days or times like 2026-12-01 or 2026-12-01T09:00Z"));
  if (!smm_ctl_open_reader (ctl, &error))
    {
      if (g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING))
        return SMM_CTL_DONE;
      return smm_ctl_fail (ctl, error);
    }
  if (smm_ctl_has (ctl, "tag"))
    {
      tag = smm_ctl_find_tag (ctl, filter.brand_id, smm_ctl_get (ctl, "tag"), &error);
      if (tag == NULL)
        return smm_ctl_fail (ctl, error);
      filter.tag_id = tag->id;
    }
  posts = smm_store_list_posts (ctl->reader, &filter);
  for (guint i = 0; i < posts->len; i++)
    print_post (ctl, posts->pdata[i], FALSE);
  return SMM_CTL_DONE;
}

static int
show_post (SmmCtl *ctl, const char *id, gboolean whole)
{
  g_autoptr (SmmPost) post = NULL;
  g_autoptr (GError) error = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  post = smm_store_get_post (ctl->reader, id);
  if (post == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such post"), "post list");
  print_post (ctl, post, whole);
  return smm_post_get_worst_state (post) == SMM_TARGET_UNCONFIRMED && whole ? SMM_CTL_UNCONFIRMED
                                                                            : SMM_CTL_DONE;
}

static int
post_show (SmmCtl *ctl)
{
  if (smm_ctl_word (ctl, 0) == NULL)
    return smm_ctl_usage (ctl, _ ("post show needs an id"));
  return show_post (ctl, smm_ctl_word (ctl, 0), TRUE);
}

static int
change_post (SmmCtl *ctl, const char *command, GVariantDict *dict)
{
  const char *id = smm_ctl_word (ctl, 0);
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;

  if (id == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs the id of a post"));
  g_variant_dict_insert (dict, "id", "s", id);
  result = smm_ctl_apply (ctl, command, g_variant_dict_end (dict), &error);
  if (result == NULL)
    return smm_ctl_fail (ctl, error);
  if (strcmp (command, "post.delete") == 0)
    return SMM_CTL_DONE;
  return show_post (ctl, id, FALSE);
}

static int
post_reschedule (SmmCtl *ctl)
{
  const char *id = smm_ctl_word (ctl, 0);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (SmmPost) post = NULL;
  g_autoptr (SmmBrand) brand = NULL;
  g_autoptr (GError) error = NULL;

  if (id == NULL || !smm_ctl_has (ctl, "at"))
    return smm_ctl_usage (ctl, _ ("post reschedule needs an id and --at"));
  if (!smm_ctl_open (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  post = smm_store_get_post (ctl->reader, id);
  brand = post != NULL ? smm_store_get_brand (ctl->reader, post->brand_id) : NULL;
  if (brand == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such post"), "post list");
  if (!add_time (ctl, &dict, brand, &error))
    return smm_ctl_fail (ctl, error);
  return change_post (ctl, "post.reschedule", &dict);
}

static int
post_queue (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  return change_post (ctl, "post.queue", &dict);
}

static int
post_cancel (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  if (smm_ctl_word (ctl, 1) != NULL)
    return smm_ctl_change_posts (ctl, "posts.cancel", &dict);
  return change_post (ctl, "post.cancel", &dict);
}

static int
post_retry (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  if (smm_ctl_word (ctl, 1) != NULL)
    return smm_ctl_change_posts (ctl, "posts.retry", &dict);
  return change_post (ctl, "post.retry", &dict);
}

static int
post_publish_now (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  int status = change_post (ctl, "post.publish-now", &dict);

  if (status == SMM_CTL_DONE)
    say_if_nobody_publishes (ctl);
  return status;
}

static int
post_delete (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("This deletes the post. Say --yes if you mean it."));
  if (smm_ctl_word (ctl, 1) != NULL)
    return smm_ctl_change_posts (ctl, "posts.delete", &dict);
  return change_post (ctl, "post.delete", &dict);
}

static int
post_tag (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmPost) post = NULL;
  g_autoptr (GVariant) added = NULL;
  g_autoptr (GVariant) removed = NULL;
  g_autoptr (GVariant) result = NULL;
  const char *id = smm_ctl_word (ctl, 0);

  if (id == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs the id of a post"));
  if (!smm_ctl_open (ctl, &error) || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  post = smm_store_get_post (ctl->reader, id);
  if (post == NULL)
    return smm_ctl_fail_with (ctl, "not-found", _ ("There is no such post"), "post list");
  added = smm_ctl_read_tags (ctl, "add", post->brand_id, &error);
  if (added != NULL)
    g_variant_ref_sink (added);
  removed = added != NULL ? smm_ctl_read_tags (ctl, "remove", post->brand_id, &error) : NULL;
  if (removed == NULL)
    return smm_ctl_fail (ctl, error);
  g_variant_ref_sink (removed);
  result = smm_ctl_apply (
      ctl, "posts.tag",
      g_variant_new_parsed ("{'ids': <[%s]>, 'add': <%@as>, 'remove': <%@as>}", id, added, removed),
      &error);
  return result != NULL ? show_post (ctl, id, FALSE) : smm_ctl_fail (ctl, error);
}

static int
post_remove (SmmCtl *ctl)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  int status;

  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (
        ctl, _ ("This removes the post where it is public. Say --yes if you mean it."));
  status = change_post (ctl, "post.remove", &dict);
  if (status == SMM_CTL_DONE)
    say_if_nobody_publishes (ctl);
  return status;
}

const SmmCtlCommand smm_ctl_post_commands[] = {
  { "post add",
    "--brand ID --account ID… --text T [--media FILE|sha256:HEX [--alt T]]… [--link URL] "
    "[--kind feed|reel|story] [--first-comment T] "
    "[--set KEY=VALUE]… [--variant ACCOUNT:text|link|first-comment|media|alt|OPTION=VALUE]… [--tag "
    "TAG]… [--at "
    "2026-12-01T09:00[Z|±hh:mm]|now] [--tz ZONE] [--queue] [--draft]",
    post_add },
  { "post list",
    "[--state S] [--brand ID] [--account ID] [--platform P] [--from T] [--to T] [--search WORDS] "
    "[--tag TAG]",
    post_list },
  { "post show", "ID", post_show },
  { "post tag", "ID [--add TAG]… [--remove TAG]…", post_tag },
  { "post reschedule", "ID --at T [--tz ZONE]", post_reschedule },
  { "post queue", "ID", post_queue },
  { "post cancel", "ID…", post_cancel },
  { "post retry", "ID…", post_retry },
  { "post publish-now", "ID", post_publish_now },
  { "post delete", "ID… --yes", post_delete },
  { "post remove", "ID --yes", post_remove },
  { NULL, NULL, NULL },
};
