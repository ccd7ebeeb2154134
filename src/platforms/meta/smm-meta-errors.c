/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-meta.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WAIT_MS ((guint64)24 * 60 * 60 * 1000)
#define ANY G_MININT64

/* --- Requests --- */

SmmRequest *
smm_meta_request (const char *method, const SmmAccount *account, const char *purpose,
                  const char *path_format, ...)
{
  g_autofree char *path = NULL;
  SmmRequest *request;
  va_list args;

  va_start (args, path_format);
  path = g_strdup_vprintf (path_format, args);
  va_end (args);
  request = smm_request_new (method, SMM_ENDPOINT_META_GRAPH, "/" SMM_GRAPH_VERSION "/%s", path);
  request->auth = SMM_AUTH_BEARER;
  request->purpose = g_strdup (purpose);
  request->account_id = account != NULL ? g_strdup (account->id) : NULL;
  if (strcmp (method, "POST") == 0)
    request->body = SMM_BODY_FORM;
  return request;
}

SmmStep *
smm_meta_step (const char *name, SmmStepKind kind, SmmRequest *request)
{
  SmmStep *step = g_new0 (SmmStep, 1);

  step->name = g_strdup (name);
  step->kind = kind;
  step->request = request;
  return step;
}

const char *
smm_meta_fact (const SmmPublication *pub, const char *format, ...)
{
  g_autofree char *key = NULL;
  va_list args;

  va_start (args, format);
  key = g_strdup_vprintf (format, args);
  va_end (args);
  return g_hash_table_lookup (pub->facts, key);
}

/* --- Reading answers --- */

void
smm_meta_answer_clear (SmmMetaAnswer *answer)
{
  g_clear_pointer (&answer->root, json_node_unref);
  g_clear_pointer (&answer->message, g_free);
  g_clear_pointer (&answer->request_id, g_free);
}

/**
 * smm_meta_answer_read:
 * @answer: (out caller-allocates): what it says
 * @response: a response
 *
 * The body decides, not the HTTP status (api/meta.md section 7.1).
 */
void
smm_meta_answer_read (SmmMetaAnswer *answer, SmmResponse *response)
{
  JsonObject *error;
  const char *trace;

  memset (answer, 0, sizeof *answer);
  trace = smm_response_get_header (response, "x-fb-trace-id");
  answer->request_id = g_strdup (trace);
  if (response->sent != SMM_SENT_ANSWERED)
    return;
  answer->root = smm_json_parse (response->body, NULL);
  if (answer->root == NULL)
    return;
  answer->object = json_node_get_object (answer->root);
  error = smm_json_get_object (answer->object, "error");
  if (error == NULL)
    return;
  answer->is_error = TRUE;
  answer->code = smm_json_get_int (error, "code", 0);
  answer->subcode = smm_json_get_int (error, "error_subcode", 0);
  answer->transient = smm_json_get_bool (error, "is_transient", FALSE);
  answer->message = g_strdup (smm_json_get_string (error, "error_user_msg"));
  if (answer->message == NULL)
    answer->message = g_strdup (smm_json_get_string (error, "message"));
  if (smm_json_get_string (error, "fbtrace_id") != NULL)
    {
      g_free (answer->request_id);
      answer->request_id = g_strdup (smm_json_get_string (error, "fbtrace_id"));
    }
}

gint64
smm_meta_parse_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  /* Nothing was posted before 1970: such a time is as good as none. */
  return time != NULL ? MAX (g_date_time_to_unix (time), 0) * G_USEC_PER_SEC : 0;
}

static char *
normalise (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_NFC);
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *p = composed; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          space = TRUE;
          continue;
        }
      if (space && out->len > 0)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* Facebook may trim and join white space: api/meta.md section 3.9. */
gboolean
smm_meta_same_text (const char *one, const char *other)
{
  g_autofree char *a = normalise (one);
  g_autofree char *b = normalise (other);

  return strcmp (a, b) == 0;
}

/* --- Waiting --- */

static guint64
minutes_from_usage (SmmResponse *response)
{
  const char *text = smm_response_get_header (response, "x-business-use-case-usage");
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (JsonNode) root = bytes != NULL ? smm_json_parse (bytes, NULL) : NULL;
  g_autoptr (GList) members = NULL;
  gint64 longest = 0;

  if (root == NULL)
    return 0;
  members = json_object_get_members (json_node_get_object (root));
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonArray *list = smm_json_get_array (json_node_get_object (root), l->data);

      for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
        {
          JsonNode *node = json_array_get_element (list, i);

          if (JSON_NODE_HOLDS_OBJECT (node))
            longest = MAX (longest, smm_json_get_int (json_node_get_object (node),
                                                      "estimated_time_to_regain_access", 0));
        }
    }
  return longest > 0 ? (guint64)MIN (longest, 24 * 60) : 0;
}

/**
 * smm_meta_usage_wait_ms:
 * @account: the account
 * @response: any answer
 *
 * Returns: how long its usage headers say to wait (api/meta.md section 7.4); 0: not at all. What
 *   can't be read is never an error.
 */
guint64
smm_meta_usage_wait_ms (const SmmAccount *account, SmmResponse *response)
{
  return minutes_from_usage (response) * 60 * 1000;
}

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

static void describe (SmmOutcome *outcome, const char *code, const char *fix, const char *format,
                      ...) G_GNUC_PRINTF (4, 5);

static void
describe (SmmOutcome *outcome, const char *code, const char *fix, const char *format, ...)
{
  va_list args;

  outcome->code = g_strdup (code);
  outcome->fix = g_strdup (fix);
  va_start (args, format);
  outcome->message = g_strdup_vprintf (format, args);
  va_end (args);
}

static SmmOutcome *
unclear (const char *code)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_UNCLEAR);

  describe (outcome, code, "look-now",
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
      describe (outcome, "signed-out", "reconnect",
                _ ("“%s” was removed from the apps that may use it. Connect it again."),
                account->name);
      break;
    case 460:
      describe (outcome, "signed-out", "reconnect",
                _ ("The password of “%s” was changed. Connect it again."), account->name);
      break;
    case 463:
      describe (outcome, "signed-out", "reconnect",
                _ ("The sign-in of “%s” has expired. Connect it again."), account->name);
      break;
    default:
      describe (outcome, "signed-out", "reconnect",
                _ ("The sign-in of “%s” is no longer valid. Connect it again."), account->name);
      break;
    }
  return outcome;
}

static SmmOutcome *
describe_person (const SmmAccount *account, const SmmMetaAnswer *answer)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_BLOCKED);

  if (answer->code == 190 && answer->subcode == 492)
    describe (outcome, "restricted", "reconnect",
              _ ("The person who connected “%s” has no role on it any more. Ask its owner."),
              account->name);
  else if (answer->code == 368 && answer->subcode == 1390008)
    describe (outcome, "restricted", "retry",
              _ ("“%s” was posted to too fast, says the platform. Wait a day or two."),
              account->name);
  else
    describe (outcome, "restricted", "reconnect",
              _ ("The platform wants you to act there first for “%s”: %s"), account->name,
              answer->message != NULL ? answer->message : "");
  return outcome;
}

static SmmOutcome *
describe_limit (const SmmAccount *account, SmmResponse *response)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_LIMITED);
  guint64 usage = smm_meta_usage_wait_ms (account, response);
  guint64 retry = read_retry_after (response);

  outcome->wait_ms = MIN (MAX (usage, retry), MAX_WAIT_MS);
  describe (outcome, "limited", NULL,
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
      describe (outcome, "transient", "retry", _ ("The platform has trouble: %s"),
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
      describe (outcome, "daily-limit", NULL,
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
      describe (outcome, "permission", "reconnect",
                _ ("A permission for “%s” is missing. Connect it again and allow everything "
                   "asked for. (%s)"),
                account->name, answer->message != NULL ? answer->message : "");
      return outcome;
    case CLASS_MISSING:
      if (commit)
        return unclear ("missing");
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
      describe (outcome, "missing", "retry", _ ("The platform says that something is missing"));
      return outcome;
    case CLASS_DUPLICATE:
      /* It may be our own earlier try that went through. */
      if (commit)
        return unclear ("duplicate");
      break;
    case CLASS_NOT_READY:
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
      outcome->wait_ms = 10 * 1000;
      describe (outcome, "not-ready", "retry", _ ("Instagram is still preparing the pictures"));
      return outcome;
    case CLASS_RESTART:
    case CLASS_FETCH:
      outcome = smm_meta_outcome_new (SMM_OUTCOME_RESTART);
      outcome->drop_prefix = g_strdup ("");
      outcome->wait_ms = 10 * 1000;
      describe (outcome, "prepare-again", "retry",
                _ ("The platform lost the prepared pictures: %s"),
                answer->message != NULL ? answer->message : "");
      return outcome;
    case CLASS_PERMANENT:
    default:
      break;
    }
  outcome = smm_meta_outcome_new (SMM_OUTCOME_REFUSED);
  describe (outcome, "refused", "edit", _ ("The platform refused the post: %s"),
            answer->message != NULL ? answer->message : _ ("no reason was given"));
  return outcome;
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
      describe (outcome, "no-connection", "retry", _ ("The platform can’t be reached: %s"),
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
      describe (outcome, "no-clear-answer", "retry", _ ("The platform’s answer makes no sense"));
    }
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

/* --- Validation --- */

void
smm_meta_add_problem (GPtrArray *problems, const char *code, int media_index, const char *fix,
                      const char *format, ...)
{
  SmmProblem *problem = g_new0 (SmmProblem, 1);
  va_list args;

  problem->code = g_strdup (code);
  problem->fatal = TRUE;
  problem->media_index = media_index;
  problem->fix = g_strdup (fix);
  va_start (args, format);
  problem->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (problems, problem);
}

static gboolean
is_web_address (const char *link)
{
  g_autoptr (GUri) uri = g_uri_parse (link, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && (strcmp (g_uri_get_scheme (uri), "https") == 0
             || strcmp (g_uri_get_scheme (uri), "http") == 0);
}

void
smm_meta_validate_common (const SmmPost *post, GPtrArray *problems)
{
  if (post->kind != SMM_POST_KIND_FEED)
    smm_meta_add_problem (problems, "kind-unsupported", -1, NULL,
                          _ ("Only feed posts can be published yet"));
  if (post->first_comment != NULL)
    smm_meta_add_problem (problems, "first-comment-unsupported", -1, NULL,
                          _ ("A first comment can’t be posted yet"));
  if (!g_utf8_validate (post->text, -1, NULL))
    smm_meta_add_problem (problems, "text-broken", -1, NULL, _ ("The text is not valid UTF-8"));
  if (post->link != NULL && !is_web_address (post->link))
    smm_meta_add_problem (problems, "link-broken", -1, NULL,
                          _ ("“%s” is not a web address like https://example.com"), post->link);
  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *media = post->media->pdata[i];

      if (!g_str_has_prefix (media->mime, "image/"))
        smm_meta_add_problem (problems, "media-unsupported", i, "remove-media",
                              _ ("“%s” is not a picture"), media->file_name);
      if (media->alt != NULL && g_utf8_strlen (media->alt, -1) > 1000)
        smm_meta_add_problem (problems, "alt-too-long", i, NULL,
                              _ ("The alternative text of picture %u has more than 1,000 "
                                 "characters"),
                              i + 1);
    }
}
