/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The way of one video: creator → init → chunk:0 … chunk:N (the commit) → status (the verdict).
 * What is known of an upload are three facts: "publish_id", "secret.upload_url", "offset"; the ones
 * about its end, "accepted" and "failed", hold the publish_id they are about, so that a new upload
 * makes them void.
 */

#include "config.h"

#include "smm-tiktok.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define API "/v2/post/publish/"
#define UNCLEAR_WAIT_MS (90 * 1000)
#define MAX_UNCLEAR 2

/* Of the posts of one account, by all apps, about 15 in 24 hours (section 6.1); the rest: 6.2. */
static const SmmBudget budgets[] = {
  { "init", 6, 60 }, { "init", 15, 24 * 60 * 60 }, { "creator", 20, 60 }, { "status", 30, 60 },
  { NULL, 0, 0 },
};

const char *
smm_tiktok_fact (const SmmPublication *pub, const char *key)
{
  const char *value = g_hash_table_lookup (pub->facts, key);

  return value != NULL && *value != '\0' ? value : NULL;
}

gboolean
smm_tiktok_switch (const SmmPost *post, const char *option)
{
  return g_strcmp0 (g_hash_table_lookup (post->options, option), "true") == 0;
}

/* It goes into addresses. */
gboolean
smm_tiktok_is_user_name (const char *name)
{
  gsize n = name != NULL ? strlen (name) : 0;

  if (n == 0 || n > 64)
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '.' && *p != '_')
      return FALSE;
  return TRUE;
}

static gboolean
is_inbox (const SmmPublication *pub)
{
  return smm_tiktok_switch (pub->post, SMM_OPTION_INBOX);
}

/* --- Steps --- */

static SmmStep *
api_step (const SmmPublication *pub, const char *name, SmmStepKind kind, SmmRequest *request)
{
  SmmStep *step = g_new0 (SmmStep, 1);

  step->name = g_strdup (name);
  step->kind = kind;
  step->request = request;
  return step;
}

static SmmRequest *
api_request (const SmmPublication *pub, const char *path, const char *purpose)
{
  SmmRequest *request = smm_request_new ("POST", SMM_ENDPOINT_TIKTOK_API, API "%s", path);

  request->auth = SMM_AUTH_BEARER;
  request->purpose = g_strdup (purpose);
  request->account_id = g_strdup (pub->account->id);
  smm_request_add_header (request, "Content-Type", "application/json; charset=UTF-8");
  return request;
}

static char *
build_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static void
add_bool (JsonBuilder *builder, const char *member, gboolean value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

static void
add_text (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_post_info (JsonBuilder *builder, const SmmPost *post)
{
  const char *privacy = g_hash_table_lookup (post->options, SMM_OPTION_PRIVACY);
  const char *cover = g_hash_table_lookup (post->options, SMM_OPTION_COVER_MS);

  json_builder_set_member_name (builder, "post_info");
  json_builder_begin_object (builder);
  add_text (builder, "title", post->text);
  add_text (builder, "privacy_level", privacy != NULL ? privacy : "");
  add_bool (builder, "disable_comment", !smm_tiktok_switch (post, SMM_OPTION_COMMENTS));
  add_bool (builder, "disable_duet", !smm_tiktok_switch (post, SMM_OPTION_DUET));
  add_bool (builder, "disable_stitch", !smm_tiktok_switch (post, SMM_OPTION_STITCH));
  if (cover != NULL)
    add_int (builder, "video_cover_timestamp_ms", g_ascii_strtoll (cover, NULL, 10));
  /* Both are always sent: one copy of the documentation wants them (section 6.4). */
  add_bool (builder, "brand_content_toggle", smm_tiktok_switch (post, SMM_OPTION_BRANDED));
  add_bool (builder, "brand_organic_toggle", smm_tiktok_switch (post, SMM_OPTION_YOUR_BRAND));
  add_bool (builder, "is_aigc", smm_tiktok_switch (post, SMM_OPTION_AI_GENERATED));
  json_builder_end_object (builder);
}

static SmmStep *
init_step (const SmmPublication *pub)
{
  const SmmRendition *rendition = pub->renditions->pdata[0];
  SmmRequest *request
      = api_request (pub, is_inbox (pub) ? "inbox/video/init/" : "video/init/", "publish");
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint64 chunk_size, count;

  smm_tiktok_plan (rendition->bytes, &chunk_size, &count);
  json_builder_begin_object (builder);
  if (!is_inbox (pub))
    add_post_info (builder, pub->post);
  json_builder_set_member_name (builder, "source_info");
  json_builder_begin_object (builder);
  add_text (builder, "source", "FILE_UPLOAD");
  add_int (builder, "video_size", rendition->bytes);
  add_int (builder, "chunk_size", chunk_size);
  add_int (builder, "total_chunk_count", count);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  request->body = SMM_BODY_JSON;
  request->body_json = build_text (builder);
  return api_step (pub, "init", SMM_STEP_PREPARE, request);
}

SmmRequest *
smm_tiktok_status_request (const SmmPublication *pub, const char *purpose)
{
  SmmRequest *request = api_request (pub, "status/fetch/", purpose);
  const char *publish_id = smm_tiktok_fact (pub, "publish_id");
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "publish_id", publish_id != NULL ? publish_id : "");
  json_builder_end_object (builder);
  request->body = SMM_BODY_JSON;
  request->body_json = build_text (builder);
  return request;
}

static SmmStep *
status_step (const SmmPublication *pub, const char *name, SmmStepKind kind, guint wait_ms)
{
  SmmStep *step = api_step (pub, name, kind, smm_tiktok_status_request (pub, "publish"));

  step->wait_ms = wait_ms;
  return step;
}

static SmmStep *
tiktok_next_step (const SmmPublication *pub)
{
  const char *publish_id = smm_tiktok_fact (pub, "publish_id");

  if (smm_tiktok_fact (pub, "remote_id") != NULL)
    return smm_tiktok_fact (pub, "permalink") == NULL
               ? status_step (pub, "status:link", SMM_STEP_CONFIRM, 3000)
               : NULL;
  if (publish_id != NULL && g_strcmp0 (smm_tiktok_fact (pub, "failed"), publish_id) != 0)
    {
      if (g_strcmp0 (smm_tiktok_fact (pub, "accepted"), publish_id) == 0)
        return status_step (pub, "status", SMM_STEP_VERDICT, 3000);
      /* Without its address, which is kept in memory only, an upload can't go on. */
      if (smm_tiktok_fact (pub, "secret.upload_url") != NULL)
        return g_strcmp0 (smm_tiktok_fact (pub, "ask"), "1") == 0
                   ? status_step (pub, "status:upload", SMM_STEP_PREPARE, 0)
                   : smm_tiktok_chunk_step (pub);
    }
  if (is_inbox (pub) || smm_tiktok_fact (pub, "secret.creator") != NULL)
    return init_step (pub);
  return api_step (pub, "creator", SMM_STEP_PREPARE,
                   api_request (pub, "creator_info/query/", "publish"));
}

/* --- What the account may do now (section 6.3) --- */

static gboolean
is_offered (JsonArray *options, const char *privacy, char **names)
{
  g_autoptr (GString) list = g_string_new (NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < json_array_get_length (options); i++)
    {
      JsonNode *node = json_array_get_element (options, i);
      const char *name = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (name == NULL || strlen (name) > 64 || i >= 16)
        continue;
      found |= g_strcmp0 (name, privacy) == 0;
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", name);
    }
  *names = g_strdup (list->str);
  return found;
}

static SmmOutcome *
refuse_privacy (const SmmPublication *pub, const char *privacy, const char *names)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_REFUSED);

  if (strcmp (names, "SELF_ONLY") == 0)
    smm_tiktok_outcome_say (outcome, "unaudited-app", "choose-privacy",
                            _ ("TikTok lets “%s” post by this app only for itself to see "
                               "(SELF_ONLY). That is so as long as TikTok has not audited your "
                               "TikTok app."),
                            pub->account->name);
  else
    smm_tiktok_outcome_say (outcome, "privacy-not-offered", "choose-privacy",
                            _ ("TikTok does not offer “%s” the audience %s, only: %s"),
                            pub->account->name, privacy != NULL ? privacy : "", names);
  return outcome;
}

static const struct
{
  const char *option, *member, *code, *message;
} allowances[] = {
  { SMM_OPTION_COMMENTS, "comment_disabled", "comments-not-allowed",
    N_ ("“%s” has comments turned off in the TikTok app. Turn them off for this post, too.") },
  { SMM_OPTION_DUET, "duet_disabled", "duet-not-allowed",
    N_ ("“%s” has duets turned off in the TikTok app. Turn them off for this post, too.") },
  { SMM_OPTION_STITCH, "stitch_disabled", "stitch-not-allowed",
    N_ ("“%s” has stitches turned off in the TikTok app. Turn them off for this post, too.") },
};

static char *
fill_name (const char *message, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (message, "%s", 2);

  return g_strjoinv (name, parts);
}

/* NULL: nothing is in the way. */
static SmmOutcome *
find_obstacle (const SmmPublication *pub, JsonObject *data)
{
  const SmmRendition *rendition = pub->renditions->pdata[0];
  gint64 max = smm_json_get_int (data, "max_video_post_duration_sec", 0);
  const char *privacy = g_hash_table_lookup (pub->post->options, SMM_OPTION_PRIVACY);
  g_autofree char *names = NULL;
  SmmOutcome *outcome;

  if (!is_offered (smm_json_get_array (data, "privacy_level_options"), privacy, &names))
    return refuse_privacy (pub, privacy, names);
  for (guint i = 0; i < G_N_ELEMENTS (allowances); i++)
    if (smm_tiktok_switch (pub->post, allowances[i].option)
        && smm_json_get_bool (data, allowances[i].member, FALSE))
      {
        outcome = smm_tiktok_outcome_new (SMM_OUTCOME_REFUSED);
        outcome->code = g_strdup (allowances[i].code);
        outcome->fix = g_strdup ("edit");
        outcome->message = fill_name (_ (allowances[i].message), pub->account->name);
        return outcome;
      }
  if (max <= 0 || max > G_MAXINT || rendition->duration <= max * G_USEC_PER_SEC)
    return NULL;
  outcome = smm_tiktok_outcome_new (SMM_OUTCOME_REFUSED);
  smm_tiktok_outcome_say (
      outcome, "too-long", "edit",
      _ ("TikTok takes videos of up to %d seconds from “%s”; this one has %.1f"), (int)max,
      pub->account->name, (double)rendition->duration / G_USEC_PER_SEC);
  return outcome;
}

static SmmOutcome *
apply_creator (const SmmPublication *pub, SmmTiktokAnswer *answer, SmmResponse *response)
{
  const char *username = smm_json_get_string (answer->data, "creator_username");
  SmmOutcome *outcome;

  if (!answer->is_ok || smm_json_get_array (answer->data, "privacy_level_options") == NULL)
    return smm_tiktok_classify (pub->account, FALSE, answer, response);
  outcome = find_obstacle (pub, answer->data);
  if (outcome != NULL)
    return outcome;
  outcome = smm_tiktok_outcome_new (SMM_OUTCOME_DONE);
  /* Asked again before each new attempt, so not kept. */
  smm_tiktok_outcome_add (outcome, "secret.creator", "1");
  if (smm_tiktok_is_user_name (username))
    smm_tiktok_outcome_add (outcome, "username", username);
  return outcome;
}

/* --- A place for the bytes (section 6.4) --- */

static gboolean
is_publish_id (const char *id)
{
  gsize n = id != NULL ? strlen (id) : 0;

  if (n == 0 || n > 128)
    return FALSE;
  for (const char *p = id; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("~._:-", *p) == NULL)
      return FALSE;
  return TRUE;
}

/* Whose host it is, the sender looks at. */
static gboolean
is_address (const char *url)
{
  if (url == NULL || strlen (url) > 4096
      || (!g_str_has_prefix (url, "https://") && !g_str_has_prefix (url, "http://")))
    return FALSE;
  for (const char *p = url; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  return TRUE;
}

/* Without bytes nothing becomes public, but each init counts against the account's day. */
static SmmOutcome *
on_init_unclear (const SmmPublication *pub, SmmTiktokAnswer *answer)
{
  const char *before = smm_tiktok_fact (pub, "init.unclear");
  int n = before != NULL ? atoi (before) : 0;
  g_autofree char *count = g_strdup_printf ("%d", n + 1);
  SmmOutcome *outcome
      = smm_tiktok_outcome_new (n < MAX_UNCLEAR ? SMM_OUTCOME_RETRY : SMM_OUTCOME_REFUSED);

  smm_tiktok_outcome_say (outcome, "init-unclear", "retry",
                          n < MAX_UNCLEAR
                              ? _ ("TikTok did not say whether it begins an upload. It is asked "
                                   "again.")
                              : _ ("TikTok did not say whether it begins an upload. Nothing was "
                                   "posted; try again later."));
  outcome->wait_ms = n < MAX_UNCLEAR ? UNCLEAR_WAIT_MS : 0;
  smm_tiktok_outcome_add (outcome, "init.unclear", count);
  outcome->request_id = g_strdup (answer->log_id);
  outcome->error = g_strdup (answer->code);
  return outcome;
}

static SmmOutcome *
apply_init (const SmmPublication *pub, SmmTiktokAnswer *answer, SmmResponse *response)
{
  const char *publish_id = smm_json_get_string (answer->data, "publish_id");
  const char *url = smm_json_get_string (answer->data, "upload_url");
  SmmOutcome *outcome;

  if (answer->is_ok && is_publish_id (publish_id) && is_address (url))
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_DONE);
      smm_tiktok_outcome_add (outcome, "publish_id", publish_id);
      smm_tiktok_outcome_add (outcome, "secret.upload_url", url);
      smm_tiktok_outcome_add (outcome, "offset", "0");
      smm_tiktok_outcome_add (outcome, "misfits", "0");
      smm_tiktok_outcome_add (outcome, "ask", "0");
      smm_tiktok_outcome_add (outcome, "polls", "0");
      return outcome;
    }
  outcome = smm_tiktok_classify (pub->account, FALSE, answer, response);
  if (outcome->kind != SMM_OUTCOME_RETRY || response->sent == SMM_SENT_NOTHING)
    return outcome;
  smm_outcome_free (outcome);
  return on_init_unclear (pub, answer);
}

static SmmOutcome *
tiktok_apply (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  g_auto (SmmTiktokAnswer) answer = { 0 };
  SmmOutcome *outcome;

  if (g_str_has_prefix (step->name, "chunk:"))
    return smm_tiktok_apply_chunk (pub, step, response);
  if (g_str_has_prefix (step->name, "status"))
    return smm_tiktok_apply_status (pub, step, response);
  smm_tiktok_answer_read (&answer, response);
  if (strcmp (step->name, "creator") == 0)
    outcome = apply_creator (pub, &answer, response);
  else
    outcome = apply_init (pub, &answer, response);
  if (outcome->request_id == NULL)
    outcome->request_id = g_strdup (answer.log_id);
  return outcome;
}

/* No usage headers are documented. */
static guint64
tiktok_usage_wait_ms (const SmmAccount *account, SmmResponse *response)
{
  return 0;
}

/* What its pages are made of is not documented: UNCONFIRMED. */
static const char *const pages[] = { "tiktok.com", NULL };
static const char *const parts[] = { "tiktokcdn.com",
                                     "tiktokcdn-us.com",
                                     "tiktokcdn-eu.com",
                                     "tiktokv.com",
                                     "tiktokv.eu",
                                     "tiktokv.us",
                                     "ttwstatic.com",
                                     "byteoversea.com",
                                     "ibytedtos.com",
                                     "ibyteimg.com",
                                     NULL };

const SmmPlatform smm_tiktok_platform = {
  .id = SMM_PLATFORM_TIKTOK,
  .can_list = TRUE,
  .next_step = tiktok_next_step,
  .apply = tiktok_apply,
  .next_look = smm_tiktok_next_look,
  .apply_look = smm_tiktok_apply_look,
  .validate = smm_tiktok_validate,
  .authorize = smm_tiktok_authorize,
  .next_sign_in = smm_tiktok_next_sign_in,
  .apply_sign_in = smm_tiktok_apply_sign_in,
  .check = smm_tiktok_check,
  .apply_check = smm_tiktok_apply_check,
  .revoke = smm_tiktok_revoke,
  .apply_revoke = smm_tiktok_apply_revoke,
  .usage_wait_ms = tiktok_usage_wait_ms,
  .budgets = budgets,
  .refresh = smm_tiktok_refresh,
  .apply_refresh = smm_tiktok_apply_refresh,
  .refresh_ahead = 5 * 60 * (gint64)G_USEC_PER_SEC,
  .hex_challenge = TRUE,
  .redirect_host = "127.0.0.1",
  .redirect_path = "/callback/",
  .only_loopback = TRUE,
  .pages = pages,
  .parts = parts,
};
