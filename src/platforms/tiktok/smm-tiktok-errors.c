/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers of the API and what they mean (api/tiktok.md sections 1 and 5). */

#include "config.h"

#include "smm-tiktok.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HOUR_MS (60 * 60 * 1000)
#define RATE_WAIT_MS (60 * 1000)
#define MAX_WAIT_MS (24 * HOUR_MS)
#define MAX_TEXT 500

/* What people read of a stranger's text: one piece of it, and valid. */
static char *
dup_text (const char *text)
{
  g_autofree char *cut
      = text != NULL ? g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_TEXT)) : NULL;

  return cut != NULL && *cut != '\0' ? g_steal_pointer (&cut) : NULL;
}

/**
 * smm_tiktok_answer_read:
 * @answer: (out caller-allocates): zeroed; filled
 * @response: an answer of the API
 *
 * "error" stands in every answer, also in a success, whose code is "ok"; older ones leave it out.
 */
void
smm_tiktok_answer_read (SmmTiktokAnswer *answer, SmmResponse *response)
{
  JsonObject *object, *error;
  const char *code, *log_id;

  if (response->sent != SMM_SENT_ANSWERED)
    return;
  answer->root = smm_json_parse (response->body, NULL);
  if (answer->root == NULL)
    return;
  object = json_node_get_object (answer->root);
  answer->data = smm_json_get_object (object, "data");
  error = smm_json_get_object (object, "error");
  code = smm_json_get_string (error, "code");
  log_id = smm_json_get_string (error, "log_id");
  answer->log_id = dup_text (log_id != NULL ? log_id : smm_json_get_string (error, "logid"));
  if (!json_object_has_member (object, "error") || g_strcmp0 (code, "ok") == 0)
    {
      answer->is_ok = response->status >= 200 && response->status < 300;
      return;
    }
  if (code != NULL && *code != '\0' && strlen (code) <= 100)
    answer->code = g_strdup (code);
  answer->message = dup_text (smm_json_get_string (error, "message"));
}

void
smm_tiktok_answer_clear (SmmTiktokAnswer *answer)
{
  g_clear_pointer (&answer->root, json_node_unref);
  g_clear_pointer (&answer->code, g_free);
  g_clear_pointer (&answer->message, g_free);
  g_clear_pointer (&answer->log_id, g_free);
}

SmmOutcome *
smm_tiktok_outcome_new (SmmOutcomeKind kind)
{
  SmmOutcome *outcome = g_new0 (SmmOutcome, 1);

  outcome->kind = kind;
  outcome->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return outcome;
}

void
smm_tiktok_outcome_add (SmmOutcome *outcome, const char *key, const char *value)
{
  g_hash_table_insert (outcome->facts, g_strdup (key), g_strdup (value));
}

void
smm_tiktok_outcome_say (SmmOutcome *outcome, const char *code, const char *fix, const char *format,
                        ...)
{
  va_list args;

  outcome->code = g_strdup (code);
  outcome->fix = g_strdup (fix);
  va_start (args, format);
  outcome->message = g_strdup_vprintf (format, args);
  va_end (args);
}

static const char *
or_no_reason (const SmmTiktokAnswer *answer)
{
  return answer->message != NULL ? answer->message : _ ("no reason was given");
}

static SmmOutcome *
describe_limit (const SmmAccount *account, SmmResponse *response)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_LIMITED);
  const char *after = smm_response_get_header (response, "retry-after");
  guint64 seconds = after != NULL ? g_ascii_strtoull (after, NULL, 10) : 0;

  /* None is documented; one that comes all the same is honoured. */
  outcome->wait_ms = CLAMP (MIN (seconds, MAX_WAIT_MS / 1000) * 1000, RATE_WAIT_MS, MAX_WAIT_MS);
  smm_tiktok_outcome_say (outcome, "limited", NULL,
                          _ ("TikTok asked for a pause for “%s”. The post goes out after it."),
                          account->name);
  return outcome;
}

static SmmOutcome *
describe_signed_out (const SmmAccount *account)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_SIGNED_OUT);

  smm_tiktok_outcome_say (outcome, "token-invalid", "reconnect",
                          _ ("TikTok no longer accepts the sign-in of “%s”. Sign in again."),
                          account->name);
  return outcome;
}

static SmmOutcome *
describe_scope (const SmmAccount *account)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_BLOCKED);

  smm_tiktok_outcome_say (outcome, "permission", "reconnect",
                          _ ("A permission for “%s” is missing. Connect it again and leave "
                             "everything ticked; your TikTok app must have been given it, too."),
                          account->name);
  return outcome;
}

/* Limits and bans of posting: also in answers with status 200 (section 6.3). */
static SmmOutcome *
classify_posting (const SmmAccount *account, const char *code)
{
  SmmOutcome *outcome = NULL;

  if (strcmp (code, "spam_risk_too_many_posts") == 0)
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_LIMITED);
      outcome->wait_ms = HOUR_MS;
      smm_tiktok_outcome_say (outcome, "too-many-posts", NULL,
                              _ ("“%s” has used up what TikTok lets apps post in 24 hours, about "
                                 "15 videos. The post goes out as soon as it may."),
                              account->name);
    }
  else if (strcmp (code, "reached_active_user_cap") == 0)
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_LIMITED);
      outcome->wait_ms = HOUR_MS;
      smm_tiktok_outcome_say (
          outcome, "user-cap", NULL,
          _ ("Your TikTok app has posted for as many people as it may in 24 "
             "hours (5 before its audit). The post goes out as soon as it may."));
    }
  else if (strcmp (code, "spam_risk_user_banned_from_posting") == 0)
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_BLOCKED);
      smm_tiktok_outcome_say (outcome, "banned", NULL,
                              _ ("TikTok does not let “%s” post at present. Open the TikTok app to "
                                 "see why."),
                              account->name);
    }
  else if (strcmp (code, "spam_risk_too_many_pending_share") == 0)
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_REFUSED);
      smm_tiktok_outcome_say (
          outcome, "too-many-drafts", "retry",
          _ ("Five drafts wait in the TikTok inbox of “%s”, and it takes no "
             "more within 24 hours. Post or delete some there, then try again."),
          account->name);
    }
  return outcome;
}

static SmmOutcome *
classify_refusal (const SmmTiktokAnswer *answer)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_REFUSED);

  if (strcmp (answer->code, "unaudited_client_can_only_post_to_private_accounts") == 0)
    smm_tiktok_outcome_say (outcome, "unaudited-app", "retry",
                            _ ("TikTok has not audited your TikTok app yet, so it may post only to "
                               "private accounts, seen by nobody else. Make the account private "
                               "in the TikTok app, send the video to the inbox instead, or have "
                               "the app audited."));
  else if (strcmp (answer->code, "privacy_level_option_mismatch") == 0)
    smm_tiktok_outcome_say (outcome, "privacy-not-offered", "choose-privacy",
                            _ ("TikTok does not offer this account who the post is meant to be "
                               "seen by. Choose again."));
  else if (strcmp (answer->code, "invalid_file_upload") == 0)
    smm_tiktok_outcome_say (outcome, "file-refused", "edit", _ ("TikTok refused the video: %s"),
                            or_no_reason (answer));
  else
    smm_tiktok_outcome_say (outcome, "refused", "edit", _ ("TikTok refused the post: %s"),
                            or_no_reason (answer));
  return outcome;
}

static SmmOutcome *
classify_code (const SmmAccount *account, gboolean only_reads, const SmmTiktokAnswer *answer,
               SmmResponse *response)
{
  SmmOutcome *outcome;

  if (strcmp (answer->code, "access_token_invalid") == 0)
    return describe_signed_out (account);
  if (strcmp (answer->code, "scope_not_authorized") == 0
      || strcmp (answer->code, "scope_permission_missed") == 0)
    return describe_scope (account);
  if (strcmp (answer->code, "rate_limit_exceeded") == 0 || response->status == 429)
    return describe_limit (account, response);
  if (!only_reads)
    {
      outcome = classify_posting (account, answer->code);
      if (outcome != NULL)
        return outcome;
      if (strncmp (answer->code, "internal", strlen ("internal")) != 0 && response->status < 500)
        return classify_refusal (answer);
    }
  outcome = smm_tiktok_outcome_new (SMM_OUTCOME_RETRY);
  smm_tiktok_outcome_say (outcome, "transient", "retry", _ ("TikTok has trouble: %s"),
                          or_no_reason (answer));
  return outcome;
}

/**
 * smm_tiktok_classify:
 * @account: the account
 * @only_reads: the request asked for something: what it is refused says nothing about the post
 * @answer: what was read
 * @response: the response
 *
 * Returns: (transfer full): never DONE, never UNCLEAR: what makes a post public is no API call
 */
SmmOutcome *
smm_tiktok_classify (const SmmAccount *account, gboolean only_reads, const SmmTiktokAnswer *answer,
                     SmmResponse *response)
{
  SmmOutcome *outcome;

  if (response->sent == SMM_SENT_NOTHING)
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_RETRY);
      smm_tiktok_outcome_say (outcome, "no-connection", "retry", _ ("TikTok can’t be reached: %s"),
                              response->error != NULL ? response->error : "");
    }
  else if (answer->code != NULL)
    outcome = classify_code (account, only_reads, answer, response);
  else if (response->status == 429)
    outcome = describe_limit (account, response);
  else
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_RETRY);
      smm_tiktok_outcome_say (outcome, "no-clear-answer", "retry",
                              _ ("TikTok’s answer makes no sense"));
    }
  outcome->request_id = g_strdup (answer->log_id);
  outcome->error = g_strdup (answer->code);
  return outcome;
}
