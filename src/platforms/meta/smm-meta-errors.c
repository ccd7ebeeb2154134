/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-meta.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WAIT_MS ((guint64)24 * 60 * 60 * 1000)
#define ANY G_MININT64
#define VERDICT_WAIT_MS (60 * 1000)

/* --- Waiting --- */

static guint64
read_retry_after (SmmResponse *response)
{
  const char *text = smm_response_get_header (response, "retry-after");
  guint64 seconds;

  /* Only the form in seconds: a date would need a clock, and adapters have none. */
  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, 24 * 60 * 60, &seconds, NULL))
    return 0;
  return seconds * 1000;
}

/* --- Classes --- */

typedef enum
{
  CLASS_TRANSIENT,
  CLASS_BLOCKED_MAYBE_LIVE,
  CLASS_LIMIT,
  CLASS_DAILY_LIMIT,
  CLASS_TOKEN,
  CLASS_PERSON, /* the person must act at the platform */
  CLASS_PERMISSION,
  CLASS_MISSING,
  CLASS_DUPLICATE,
  CLASS_NOT_READY,
  CLASS_RESTART,
  CLASS_FETCH,
  CLASS_PERMANENT,
} ErrorClass;

typedef struct
{
  gint64 code, last, subcode; /* code..last; subcode ANY: all */
  ErrorClass class;
} ErrorRule;

/* First match wins: pairs stand before codes. api/meta.md sections 2.9, 7.2, 7.3. */
static const ErrorRule rules[] = {
  { 4, 4, 2207051, CLASS_BLOCKED_MAYBE_LIVE },
  { 9, 9, 2207042, CLASS_DAILY_LIMIT },
  { 9007, 9007, ANY, CLASS_NOT_READY },
  { 190, 190, 459, CLASS_PERSON },
  { 190, 190, 464, CLASS_PERSON },
  { 190, 190, 492, CLASS_PERSON },
  { 190, 190, ANY, CLASS_TOKEN },
  { 102, 102, ANY, CLASS_TOKEN },
  { 368, 368, 1404082, CLASS_DUPLICATE },
  { 368, 368, ANY, CLASS_PERSON },
  { 506, 506, ANY, CLASS_DUPLICATE },
  { 25, 25, 2207050, CLASS_PERSON },
  { 100, 100, 33, CLASS_MISSING },
  { 24, 24, ANY, CLASS_RESTART },
  { -2, -2, 2207020, CLASS_RESTART },
  { -2, -2, 2207003, CLASS_FETCH },
  { -1, -1, 2207032, CLASS_FETCH },
  { -1, -1, 2207053, CLASS_FETCH },
  { 9004, 9004, ANY, CLASS_FETCH },
  { 1, 1, 2207057, CLASS_PERMANENT },
  { 1, 2, ANY, CLASS_TRANSIENT },
  { -1, -1, ANY, CLASS_TRANSIENT },
  { 4, 4, ANY, CLASS_LIMIT },
  { 17, 17, ANY, CLASS_LIMIT },
  { 32, 32, ANY, CLASS_LIMIT },
  { 341, 341, ANY, CLASS_LIMIT },
  { 613, 613, ANY, CLASS_LIMIT },
  { 80000, 80014, ANY, CLASS_LIMIT },
  { 3, 3, ANY, CLASS_PERMISSION },
  { 10, 10, ANY, CLASS_PERMISSION },
  { 200, 299, ANY, CLASS_PERMISSION },
};

static ErrorClass
find_class (const SmmMetaAnswer *answer)
{
  /* A photo that hangs on a post already: section 3.4. */
  if (answer->subcode == 1366051)
    return CLASS_DUPLICATE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (answer->code >= rules[i].code && answer->code <= rules[i].last
        && (rules[i].subcode == ANY || rules[i].subcode == answer->subcode))
      return rules[i].class;
  return answer->transient ? CLASS_TRANSIENT : CLASS_PERMANENT;
}

SmmOutcome *
smm_meta_outcome_new (SmmOutcomeKind kind)
{
  SmmOutcome *outcome = g_new0 (SmmOutcome, 1);

  outcome->kind = kind;
  outcome->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return outcome;
}

void
smm_meta_outcome_add (SmmOutcome *outcome, const char *key, const char *value)
{
  g_hash_table_insert (outcome->facts, g_strdup (key), g_strdup (value));
}

void
smm_meta_outcome_add_int (SmmOutcome *outcome, const char *key, gint64 value)
{
  g_hash_table_insert (outcome->facts, g_strdup (key),
                       g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

void
smm_meta_outcome_forget (const SmmPublication *pub, SmmOutcome *outcome, const char *key)
{
  g_hash_table_remove (outcome->facts, key);
  if (smm_meta_fact (pub, "%s", key) != NULL)
    smm_meta_outcome_add (outcome, key, "");
}

void
smm_meta_outcome_say (SmmOutcome *outcome, const char *code, const char *fix, const char *format,
                      ...)
{
  /* Copied before anything is freed: the arguments may be the outcome's own. */
  char *old[] = { outcome->code, outcome->fix, outcome->message };
  va_list args;

  outcome->code = g_strdup (code);
  outcome->fix = g_strdup (fix);
  va_start (args, format);
  outcome->message = g_strdup_vprintf (format, args);
  va_end (args);
  for (guint i = 0; i < G_N_ELEMENTS (old); i++)
    g_free (old[i]);
}

/* Section 4.4: pictures usually take seconds, videos minutes. */
static const guint poll_seconds[] = { 3, 5, 10, 20, 30, 60 };

SmmOutcome *
smm_meta_wait (const SmmPublication *pub, const char *key)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_WAIT);
  gint64 n = smm_meta_fact_int (pub, "%s", key);

  n = CLAMP (n, 0, G_MAXINT32);
  outcome->wait_ms = poll_seconds[MIN ((gsize)n, G_N_ELEMENTS (poll_seconds) - 1)] * 1000;
  smm_meta_outcome_add_int (outcome, key, n + 1);
  return outcome;
}

/* The first time the other token is tried soon: Page tokens have been told "missing" of what was
 * there (section 0, 8). */
SmmOutcome *
smm_meta_wait_missing (const SmmPublication *pub)
{
  return smm_meta_wait (pub, "missing");
}

static SmmOutcome *
unclear (const char *code)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_UNCLEAR);

  smm_meta_outcome_say (
      outcome, code, "look-now",
      _ ("The platform has not told whether the post is public. It is being found out."));
  return outcome;
}

static SmmOutcome *
describe_token (const SmmAccount *account, const SmmMetaAnswer *answer)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_SIGNED_OUT);

  switch (answer->subcode)
    {
    case 458:
      smm_meta_outcome_say (outcome, "signed-out", "reconnect",
                            _ ("“%s” was removed from the apps that may use it. Connect it again."),
                            account->name);
      break;
    case 460:
      smm_meta_outcome_say (outcome, "signed-out", "reconnect",
                            _ ("The password of “%s” was changed. Connect it again."),
                            account->name);
      break;
    case 463:
      smm_meta_outcome_say (outcome, "signed-out", "reconnect",
                            _ ("The sign-in of “%s” has expired. Connect it again."),
                            account->name);
      break;
    default:
      smm_meta_outcome_say (outcome, "signed-out", "reconnect",
                            _ ("The sign-in of “%s” is no longer valid. Connect it again."),
                            account->name);
      break;
    }
  return outcome;
}

static SmmOutcome *
describe_person (const SmmAccount *account, const SmmMetaAnswer *answer)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_BLOCKED);

  if (answer->code == 190 && answer->subcode == 492)
    smm_meta_outcome_say (
        outcome, "restricted", "reconnect",
        _ ("The person who connected “%s” has no role on it any more. Ask its owner."),
        account->name);
  else if (answer->code == 368 && answer->subcode == 1390008)
    smm_meta_outcome_say (outcome, "restricted", "retry",
                          _ ("“%s” was posted to too fast, says the platform. Wait a day or two."),
                          account->name);
  else
    smm_meta_outcome_say (outcome, "restricted", "reconnect",
                          _ ("The platform wants you to act there first for “%s”: %s"),
                          account->name, answer->message != NULL ? answer->message : "");
  return outcome;
}

static SmmOutcome *
describe_limit (const SmmAccount *account, SmmResponse *response)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_LIMITED);
  guint64 usage = smm_meta_usage_wait_ms (account, response);
  guint64 retry = read_retry_after (response);

  outcome->wait_ms = MIN (MAX (usage, retry), MAX_WAIT_MS);
  smm_meta_outcome_say (outcome, "limited", NULL,
                        _ ("The platform asked for a pause for “%s”. The post goes out after it."),
                        account->name);
  return outcome;
}

static SmmOutcome *
classify_error (const SmmAccount *account, SmmStepKind kind, const SmmMetaAnswer *answer,
                SmmResponse *response)
{
  gboolean commit = kind == SMM_STEP_COMMIT;
  SmmOutcome *outcome;

  switch (find_class (answer))
    {
    case CLASS_TRANSIENT:
      if (commit)
        return unclear ("transient");
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
      smm_meta_outcome_say (outcome, "transient", "retry", _ ("The platform has trouble: %s"),
                            answer->message != NULL ? answer->message : "");
      return outcome;
    case CLASS_BLOCKED_MAYBE_LIVE:
      if (commit)
        return unclear ("action-blocked");
      return describe_limit (account, response);
    case CLASS_LIMIT:
      return describe_limit (account, response);
    case CLASS_DAILY_LIMIT:
      outcome = smm_meta_outcome_new (SMM_OUTCOME_LIMITED);
      outcome->wait_ms = 60 * 60 * 1000;
      smm_meta_outcome_say (
          outcome, "daily-limit", NULL,
          _ ("“%s” has used up what Instagram allows in 24 hours. The post goes out as soon "
             "as it may."),
          account->name);
      return outcome;
    case CLASS_TOKEN:
      return describe_token (account, answer);
    case CLASS_PERSON:
      return describe_person (account, answer);
    case CLASS_PERMISSION:
      outcome = smm_meta_outcome_new (SMM_OUTCOME_BLOCKED);
      smm_meta_outcome_say (
          outcome, "permission", "reconnect",
          _ ("A permission for “%s” is missing. Connect it again and allow everything "
             "asked for. (%s)"),
          account->name, answer->message != NULL ? answer->message : "");
      return outcome;
    case CLASS_MISSING:
      if (commit)
        return unclear ("missing");
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
      smm_meta_outcome_say (outcome, "missing", "retry",
                            _ ("The platform says that something is missing"));
      return outcome;
    case CLASS_DUPLICATE:
      /* It may be our own earlier try that went through. */
      if (commit)
        return unclear ("duplicate");
      break;
    case CLASS_NOT_READY:
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
      outcome->wait_ms = 10 * 1000;
      smm_meta_outcome_say (outcome, "not-ready", "retry",
                            _ ("Instagram is still preparing the pictures"));
      return outcome;
    case CLASS_RESTART:
    case CLASS_FETCH:
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RESTART);
      outcome->drop_prefix = g_strdup ("");
      outcome->wait_ms = 10 * 1000;
      smm_meta_outcome_say (outcome, "prepare-again", "retry",
                            _ ("The platform lost the prepared pictures: %s"),
                            answer->message != NULL ? answer->message : "");
      return outcome;
    case CLASS_PERMANENT:
    default:
      break;
    }
  outcome = smm_meta_outcome_new (SMM_OUTCOME_REFUSED);
  smm_meta_outcome_say (outcome, "refused", "edit", _ ("The platform refused the post: %s"),
                        answer->message != NULL ? answer->message : _ ("no reason was given"));
  return outcome;
}

/* What became of a commit is not told by the failure of the question. */
static void
keep_asking (SmmOutcome *outcome)
{
  if (outcome->kind != SMM_OUTCOME_REFUSED && outcome->kind != SMM_OUTCOME_RESTART)
    return;
  outcome->kind = SMM_OUTCOME_RETRY;
  outcome->wait_ms = VERDICT_WAIT_MS;
  g_clear_pointer (&outcome->drop_prefix, g_free);
}

/**
 * smm_meta_classify:
 * @account: the account
 * @kind: of the step
 * @answer: what was read
 * @response: the response
 *
 * By what may have left this computer, then by what the platform said. Of a commit only a proper
 * Graph error in a status below 500 is proof that nothing was created.
 *
 * Returns: (transfer full): never DONE
 */
SmmOutcome *
smm_meta_classify (const SmmAccount *account, SmmStepKind kind, const SmmMetaAnswer *answer,
                   SmmResponse *response)
{
  SmmOutcome *outcome;
  gboolean proper
      = answer->is_error && answer->code != 0 && response->status >= 400 && response->status < 500;

  if (response->sent == SMM_SENT_NOTHING)
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
      smm_meta_outcome_say (outcome, "no-connection", "retry",
                            _ ("The platform can’t be reached: %s"),
                            response->error != NULL ? response->error : "");
    }
  else if (kind == SMM_STEP_COMMIT && !proper && response->status != 429)
    outcome = unclear ("no-clear-answer");
  else if (response->status == 429 && !answer->is_error)
    outcome = describe_limit (account, response);
  else if (answer->is_error && answer->code != 0)
    outcome = classify_error (account, kind, answer, response);
  else
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
      smm_meta_outcome_say (outcome, "no-clear-answer", "retry",
                            _ ("The platform’s answer makes no sense"));
    }
  if (kind == SMM_STEP_VERDICT)
    keep_asking (outcome);
  outcome->request_id = g_strdup (answer->request_id);
  if (answer->is_error)
    outcome->error = answer->subcode != 0 ? g_strdup_printf (
                         "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, answer->code, answer->subcode)
                                          : g_strdup_printf ("%" G_GINT64_FORMAT, answer->code);
  return outcome;
}

SmmReconcile *
smm_meta_reconcile_new (SmmReconcileKind kind)
{
  SmmReconcile *reconcile = g_new0 (SmmReconcile, 1);

  reconcile->kind = kind;
  reconcile->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return reconcile;
}

void
smm_meta_reconcile_add (SmmReconcile *found, const char *key, const char *value)
{
  g_hash_table_insert (found->facts, g_strdup (key), g_strdup (value));
}

SmmReconcile *
smm_meta_reconcile_failed (const SmmAccount *account, const SmmMetaAnswer *answer,
                           SmmResponse *response)
{
  g_autoptr (SmmOutcome) outcome = smm_meta_classify (account, SMM_STEP_CONFIRM, answer, response);
  SmmReconcile *reconcile = smm_meta_reconcile_new (SMM_RECONCILE_UNKNOWN);

  reconcile->message = g_steal_pointer (&outcome->message);
  reconcile->request_id = g_steal_pointer (&outcome->request_id);
  reconcile->error = g_steal_pointer (&outcome->error);
  reconcile->wait_ms = outcome->kind == SMM_OUTCOME_LIMITED ? outcome->wait_ms : 0;
  reconcile->signed_out = outcome->kind == SMM_OUTCOME_SIGNED_OUT;
  return reconcile;
}
