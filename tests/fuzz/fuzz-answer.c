/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every function of an adapter that reads an answer, on every platform that has one.
 *
 *   platform, function, media, kind, extras: a byte each
 *   facts: "key=value key=value" up to a line's end
 *   answers: status byte, header lines, an empty line, body; the next after a byte 0x1e
 *
 * Publishing, looking and signing in go on through several answers as the engine would.
 */

#include "config.h"

#include "fuzz-answer.h"

#include <string.h>

#define MAX_TURNS 24
#define APP_SECRET "never-tell-this-secret"

static void
merge_facts (SmmPublication *pub, GHashTable *facts)
{
  GHashTableIter iter;
  gpointer key, value;

  if (facts == NULL)
    return;
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_assert (*(const char *)key != '\0');
      smm_fuzz_check_text (key);
      smm_fuzz_check_text (value);
      g_hash_table_insert (pub->facts, g_strdup (key), g_strdup (value));
    }
}

static void
check_outcome (const SmmOutcome *outcome, const SmmResponse *response)
{
  g_assert (outcome != NULL);
  g_assert (outcome->kind >= SMM_OUTCOME_DONE && outcome->kind <= SMM_OUTCOME_UNCLEAR);
  smm_fuzz_check_text (outcome->code);
  smm_fuzz_check_text (outcome->message);
  smm_fuzz_check_text (outcome->fix);
  smm_fuzz_check_text (outcome->request_id);
  smm_fuzz_check_text (outcome->error);
  /* Without an answer nothing is known to be done. */
  g_assert (response->sent == SMM_SENT_ANSWERED || outcome->kind != SMM_OUTCOME_DONE);
}

static void
check_reconcile (const SmmReconcile *found, const SmmResponse *response)
{
  g_assert (found != NULL);
  g_assert (found->kind >= SMM_RECONCILE_MORE && found->kind <= SMM_RECONCILE_UNKNOWN);
  smm_fuzz_check_text (found->message);
  smm_fuzz_check_text (found->request_id);
  smm_fuzz_check_text (found->error);
  g_assert (response->sent == SMM_SENT_ANSWERED || found->kind == SMM_RECONCILE_UNKNOWN);
}

/* --- One function each --- */

static void
publish (Fuzz *fuzz)
{
  for (int turn = 0; turn < MAX_TURNS && fuzz->input.size > 0; turn++)
    {
      g_autoptr (SmmStep) step = fuzz->platform->next_step (&fuzz->pub);
      g_autoptr (SmmResponse) response = NULL;
      g_autoptr (SmmOutcome) outcome = NULL;

      if (step == NULL)
        return;
      g_assert (step->name != NULL && *step->name != '\0');
      if (step->place)
        return;
      fuzz_check_request (step->request);
      response = fuzz_take_response (fuzz);
      outcome = fuzz->platform->apply (&fuzz->pub, step, response);
      check_outcome (outcome, response);
      if (step->kind == SMM_STEP_COMMIT && response->sent == SMM_SENT_MAYBE)
        g_assert (outcome->kind == SMM_OUTCOME_UNCLEAR);
      if (step->kind != SMM_STEP_COMMIT)
        g_assert (outcome->kind != SMM_OUTCOME_UNCLEAR);
      merge_facts (&fuzz->pub, outcome->facts);
      if (step->kind == SMM_STEP_COMMIT && outcome->kind == SMM_OUTCOME_DONE)
        g_assert (g_hash_table_contains (fuzz->pub.facts, "remote_id")
                  || g_hash_table_contains (fuzz->pub.facts, "accepted"));
      if (outcome->kind != SMM_OUTCOME_DONE && outcome->kind != SMM_OUTCOME_WAIT)
        return;
    }
}

static void
look (Fuzz *fuzz)
{
  for (int turn = 0; turn < MAX_TURNS && fuzz->input.size > 0; turn++)
    {
      int n = 1 + turn / 4;
      SmmRequest *request
          = fuzz->platform->next_look != NULL ? fuzz->platform->next_look (&fuzz->pub, n) : NULL;
      g_autoptr (SmmResponse) response = NULL;
      g_autoptr (SmmReconcile) found = NULL;

      if (request == NULL)
        return;
      fuzz_check_request (request);
      smm_request_unref (request);
      response = fuzz_take_response (fuzz);
      found = fuzz->platform->apply_look (&fuzz->pub, n, response);
      check_reconcile (found, response);
      merge_facts (&fuzz->pub, found->facts);
      if (found->kind != SMM_RECONCILE_MORE)
        return;
    }
}

static void
check_grant (const SmmGrant *grant)
{
  smm_fuzz_check_text (grant->person_id);
  smm_fuzz_check_text (grant->person_name);
  smm_fuzz_check_text (grant->person_token);
  smm_fuzz_check_text (grant->scopes);
  for (guint i = 0; i < grant->candidates->len; i++)
    {
      const SmmCandidate *candidate = grant->candidates->pdata[i];

      g_assert (candidate->remote_id != NULL);
      smm_fuzz_check_text (candidate->remote_id);
      smm_fuzz_check_text (candidate->parent_remote_id);
      smm_fuzz_check_text (candidate->name);
      smm_fuzz_check_text (candidate->username);
      smm_fuzz_check_text (candidate->picture_url);
      smm_fuzz_check_text (candidate->token);
      smm_fuzz_check_text (candidate->problem);
      g_assert (candidate->token != NULL || candidate->problem != NULL);
    }
}

static void
check_error (const GError *error)
{
  g_assert (error != NULL && error->domain == SMM_PLATFORM_ERROR);
  smm_fuzz_check_text (error->message);
}

static void
sign_in (Fuzz *fuzz)
{
  g_autoptr (SmmGrant) grant = smm_grant_new ();
  g_autoptr (GHashTable) progress = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (int turn = 0; turn < MAX_TURNS; turn++)
    {
      g_autoptr (SmmRequest) request = fuzz->platform->next_sign_in (
          grant, progress, "987654321012345", APP_SECRET, "http://localhost:9/callback", "code",
          "verifier-verifier-verifier-verifier-verifier-1");
      g_autoptr (SmmResponse) response = NULL;
      g_autoptr (GError) error = NULL;

      if (request == NULL)
        {
          check_grant (grant);
          return;
        }
      fuzz_check_request (request);
      if (fuzz->input.size == 0)
        return;
      response = fuzz_take_response (fuzz);
      if (!fuzz->platform->apply_sign_in (grant, progress, response, &error))
        {
          check_error (error);
          g_assert (fuzz->knows_secret || strstr (error->message, APP_SECRET) == NULL);
          return;
        }
      g_assert_no_error (error);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmmTokens, smm_tokens_clear)

typedef SmmRequest *(*AskFunc) (const SmmPublication *pub);
typedef SmmOutcome *(*ApplyFunc) (const SmmPublication *pub, SmmResponse *response);

static void
ask_once (Fuzz *fuzz, AskFunc ask, ApplyFunc apply)
{
  g_autoptr (SmmRequest) request = ask != NULL ? ask (&fuzz->pub) : NULL;
  g_autoptr (SmmResponse) response = NULL;
  g_autoptr (SmmOutcome) outcome = NULL;

  if (request == NULL)
    return;
  fuzz_check_request (request);
  response = fuzz_take_response (fuzz);
  outcome = apply (&fuzz->pub, response);
  check_outcome (outcome, response);
}

static void
check (Fuzz *fuzz)
{
  g_autoptr (SmmRequest) request = fuzz->platform->check (fuzz->pub.account);
  g_autoptr (SmmResponse) response = fuzz_take_response (fuzz);
  g_autoptr (SmmOutcome) outcome = NULL;

  if (request == NULL)
    return;
  fuzz_check_request (request);
  outcome = fuzz->platform->apply_check (fuzz->pub.account, response);
  check_outcome (outcome, response);
}

static void
sign_out (Fuzz *fuzz)
{
  g_autoptr (SmmRequest) request = fuzz->platform->revoke (fuzz->pub.account);
  g_autoptr (SmmResponse) response = fuzz_take_response (fuzz);
  g_autoptr (SmmOutcome) outcome = NULL;

  if (request == NULL)
    return;
  fuzz_check_request (request);
  outcome = fuzz->platform->apply_revoke (fuzz->pub.account, response);
  check_outcome (outcome, response);
}

static void
comment (Fuzz *fuzz)
{
  /* Of a post without one nobody asks for it. */
  if (fuzz->pub.post->first_comment != NULL)
    ask_once (fuzz, fuzz->platform->comment, fuzz->platform->apply_comment);
}

static void
find_comment (Fuzz *fuzz)
{
  g_autoptr (SmmRequest) request
      = fuzz->platform->find_comment != NULL ? fuzz->platform->find_comment (&fuzz->pub) : NULL;
  g_autoptr (SmmResponse) response = NULL;
  g_autoptr (SmmReconcile) found = NULL;

  if (request == NULL)
    return;
  fuzz_check_request (request);
  response = fuzz_take_response (fuzz);
  found = fuzz->platform->apply_find_comment (&fuzz->pub, response);
  check_reconcile (found, response);
}

static void
take_away (Fuzz *fuzz)
{
  ask_once (fuzz, fuzz->platform->remove, fuzz->platform->apply_remove);
}

static void
move (Fuzz *fuzz)
{
  ask_once (fuzz, fuzz->platform->move, fuzz->platform->apply_move);
}

static void
refresh (Fuzz *fuzz)
{
  g_auto (SmmTokens) tokens = { .account = g_strdup ("account-token"),
                                .person = g_strdup ("person-token"),
                                .refresh = g_strdup ("refresh-token"),
                                .expires_at = FUZZ_NOW + 1000000,
                                .refresh_expires_at = FUZZ_NOW + 90000000 };
  g_autoptr (SmmRequest) request = NULL;
  g_autoptr (SmmResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  if (fuzz->platform->refresh == NULL)
    return;
  request = fuzz->platform->refresh (fuzz->pub.account, &tokens, "987654321012345", APP_SECRET);
  if (request == NULL)
    return;
  fuzz_check_request (request);
  response = fuzz_take_response (fuzz);
  if (fuzz->platform->apply_refresh (fuzz->pub.account, &tokens, response, FUZZ_NOW, &error))
    {
      g_assert_no_error (error);
      g_assert (response->sent == SMM_SENT_ANSWERED);
      g_assert (tokens.account != NULL && *tokens.account != '\0');
      g_assert (tokens.expires_at >= 0);
    }
  else
    check_error (error);
  smm_fuzz_check_text (tokens.account);
  smm_fuzz_check_text (tokens.refresh);
}

static void
usage (Fuzz *fuzz)
{
  g_autoptr (SmmResponse) response = fuzz_take_response (fuzz);

  if (fuzz->platform->usage_wait_ms != NULL)
    fuzz->platform->usage_wait_ms (fuzz->pub.account, response);
}

static void
validate (Fuzz *fuzz)
{
  g_autoptr (GPtrArray) problems = fuzz->platform->validate (fuzz->pub.post, fuzz->pub.account);

  for (guint i = 0; i < problems->len; i++)
    {
      const SmmProblem *problem = problems->pdata[i];

      g_assert (problem->code != NULL && problem->message != NULL);
      smm_fuzz_check_text (problem->message);
      g_assert (problem->media_index < (int)fuzz->pub.post->media->len);
    }
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static void (*const functions[]) (Fuzz *)
      = { publish, look,         sign_in,   check, sign_out, usage,
          comment, find_comment, take_away, move,  refresh,  validate };
  SmmFuzzInput input = { data, size };
  const SmmPlatform *platform = smm_platform_get (1 + smm_fuzz_take_choice (&input, 3));
  guint function = smm_fuzz_take_choice (&input, G_N_ELEMENTS (functions));
  g_auto (Fuzz) fuzz = { 0 };

  if (platform == NULL)
    return 0;
  fuzz_init (&fuzz, platform, &input);
  /* What can't go out as it is never gets this far. */
  if ((function == 0 || function == 1) && !fuzz_is_valid (&fuzz))
    return 0;
  fuzz.knows_secret = memmem (data, size, APP_SECRET, strlen (APP_SECRET)) != NULL;
  functions[function](&fuzz);
  return 0;
}
