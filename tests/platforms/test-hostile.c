/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Answers from a platform, or from who plays one, that are anything but what was asked for. Nothing
 * may crash, and nothing unreadable may be taken for "published" or for "not published": that would
 * post twice or lie. What a body says is judged here a second time, with json-glib alone.
 */

#include "config.h"

#include "smm-test-platform.h"

#include <string.h>

/* The sanitizers take their time over each allocation. */
#ifdef __SANITIZE_ADDRESS__
#define N_MUTATIONS 8
#define STRIDE 101
#else
#define N_MUTATIONS 300
#define STRIDE 1
#endif

/* --- A second opinion --- */

static JsonNode *
read_body (GBytes *body)
{
  gsize n;
  const char *text = g_bytes_get_data (body, &n);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (n == 0 || !g_utf8_validate (text, n, NULL)
      || !json_parser_load_from_data (parser, text, n, NULL)
      || json_parser_get_root (parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  return json_node_copy (json_parser_get_root (parser));
}

static JsonNode *
member_of (JsonNode *node, const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
             ? json_object_get_member (json_node_get_object (node), name)
             : NULL;
}

static char *
text_of (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node) : NULL;
}

static gboolean
has_id (JsonNode *node)
{
  g_autofree char *id = text_of (member_of (node, "id"));

  return id != NULL && *id != '\0' && strspn (id, "0123456789_") == strlen (id);
}

static gboolean
has_error (JsonNode *node)
{
  JsonNode *error = member_of (node, "error");

  return error != NULL && JSON_NODE_HOLDS_OBJECT (error);
}

static gboolean
has_error_code (JsonNode *node)
{
  JsonNode *code = member_of (member_of (node, "error"), "code");

  return code != NULL && JSON_NODE_HOLDS_VALUE (code)
         && json_node_get_value_type (code) == G_TYPE_INT64 && json_node_get_int (code) != 0;
}

static gboolean
has_list (JsonNode *node)
{
  JsonNode *data = member_of (node, "data");
  JsonArray *list;

  if (data == NULL || !JSON_NODE_HOLDS_ARRAY (data) || has_error (node))
    return FALSE;
  list = json_node_get_array (data);
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!has_id (json_array_get_element (list, i)))
      return FALSE;
  return TRUE;
}

static gboolean
has_status (JsonNode *node, const char *const *words)
{
  g_autofree char *status = text_of (member_of (node, "status_code"));

  return status != NULL && g_strv_contains (words, status) && !has_error (node);
}

/* --- What must hold --- */

#define CONTAINER "photo:0=1 source:0=https://x container:0=2 ready:0=1"
#define FIXTURE_TEXT "Rye is back on Friday."

static void
check_commit (SmmPlatformId id, guint status, GBytes *body, JsonNode *said)
{
  g_autoptr (TestPub) test = test_pub_new (id, FIXTURE_TEXT, NULL, 1);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, body);
  g_autoptr (SmmStep) step = NULL;
  g_autoptr (SmmOutcome) outcome = NULL;

  test_pub_set_facts (test, CONTAINER);
  step = test->platform->next_step (&test->pub);
  g_assert_cmpint (step->kind, ==, SMM_STEP_COMMIT);
  outcome = test->platform->apply (&test->pub, step, response);
  if (outcome->kind == SMM_OUTCOME_DONE)
    {
      g_assert_cmpuint (status, ==, 200);
      g_assert_true (has_id (said) && !has_error (said));
      g_assert_nonnull (g_hash_table_lookup (outcome->facts, "remote_id"));
    }
  else
    {
      /* "Certainly not public" takes a proper error in a status that refuses. */
      if (outcome->kind != SMM_OUTCOME_UNCLEAR)
        g_assert_true (status == 400 && has_error_code (said));
      g_assert_nonnull (outcome->message);
      g_assert_true (g_utf8_validate (outcome->message, -1, NULL));
      g_assert_null (g_hash_table_lookup (outcome->facts, "remote_id"));
    }
}

static void
check_look (SmmPlatformId id, const char *facts, guint status, GBytes *body, JsonNode *said)
{
  static const char *const published[] = { "PUBLISHED", NULL };
  static const char *const absent[] = { "IN_PROGRESS", "FINISHED", "ERROR", "EXPIRED", NULL };
  g_autoptr (TestPub) test = test_pub_new (id, FIXTURE_TEXT, NULL, 1);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, body);
  g_autoptr (SmmReconcile) found = NULL;
  gboolean container = id == SMM_PLATFORM_INSTAGRAM && *facts != '\0';

  test_pub_set_facts (test, facts);
  found = test->platform->apply_look (&test->pub, 1, response);
  switch (found->kind)
    {
    case SMM_RECONCILE_PUBLISHED:
      g_assert_false (container);
      g_assert_cmpuint (status, ==, 200);
      g_assert_true (has_list (said));
      g_assert_nonnull (g_hash_table_lookup (found->facts, "remote_id"));
      break;
    case SMM_RECONCILE_NOT_PUBLISHED:
      g_assert_cmpuint (status, ==, 200);
      g_assert_true (container ? has_status (said, absent) : has_list (said));
      break;
    case SMM_RECONCILE_MORE:
      if (container)
        g_assert_true (has_status (said, published)
                       || g_hash_table_contains (found->facts, "look.person"));
      else
        g_assert_true (has_list (said));
      break;
    case SMM_RECONCILE_UNKNOWN:
    default:
      break;
    }
  if (found->message != NULL)
    g_assert_true (g_utf8_validate (found->message, -1, NULL));
}

/* Steps that may be repeated: ids and addresses go into later requests, so they must be clean. */
static void
check_prepare (SmmPlatformId id, const char *facts, GBytes *body)
{
  g_autoptr (TestPub) test = test_pub_new (id, FIXTURE_TEXT, NULL, 1);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, 200, body);
  g_autoptr (SmmStep) step = NULL;
  g_autoptr (SmmOutcome) outcome = NULL;
  GHashTableIter iter;
  gpointer key, value;

  test_pub_set_facts (test, facts);
  step = test->platform->next_step (&test->pub);
  outcome = test->platform->apply (&test->pub, step, response);
  g_assert_cmpint (outcome->kind, !=, SMM_OUTCOME_UNCLEAR);
  g_hash_table_iter_init (&iter, outcome->facts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_assert_true (g_utf8_validate (value, -1, NULL));
      if (g_str_has_prefix (key, "photo:") || g_str_has_prefix (key, "container"))
        g_assert_cmpuint (strspn (value, "0123456789_"), ==, strlen (value));
      if (g_str_equal (key, "permalink"))
        g_assert_true (g_str_has_prefix (value, "https://"));
    }
}

static void
check_sign_in (const char *phase, GBytes *body)
{
  const SmmPlatform *platform = smm_platform_get (SMM_PLATFORM_INSTAGRAM);
  SmmGrant *grant = smm_grant_new ();
  g_autoptr (GHashTable) progress = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, 200, body);
  g_autoptr (GError) error = NULL;
  gboolean taken;

  g_hash_table_insert (progress, g_strdup ("phase"), g_strdup (phase));
  taken = platform->apply_sign_in (grant, progress, response, &error);
  g_assert_true (taken == (error == NULL));
  if (grant->person_token != NULL)
    g_assert_null (strpbrk (grant->person_token, "\r\n"));
  for (guint i = 0; i < grant->candidates->len; i++)
    {
      SmmCandidate *candidate = grant->candidates->pdata[i];

      g_assert_cmpuint (strspn (candidate->remote_id, "0123456789"), ==,
                        strlen (candidate->remote_id));
      /* The Page's id goes into paths as well. */
      g_assert_cmpuint (strspn (candidate->parent_remote_id, "0123456789"), ==,
                        strlen (candidate->parent_remote_id));
      g_assert_true (candidate->token != NULL || candidate->problem != NULL);
      if (candidate->token != NULL)
        g_assert_null (strpbrk (candidate->token, "\r\n"));
    }
  smm_grant_free (grant);
}

static void
check_all (GBytes *body)
{
  static const char *const phases[] = { "code", "me", "permissions", "accounts" };
  static const char *const prepares[]
      = { "", "photo:0=1", "photo:0=1 source:0=https://x",
          "photo:0=1 source:0=https://x container:0=2", "remote_id=1" };
  g_autoptr (JsonNode) said = read_body (body);
  g_autoptr (SmmAccount) account = test_account (SMM_PLATFORM_FACEBOOK);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, 200, body);
  g_autoptr (SmmOutcome) revoked = NULL;
  g_autoptr (SmmOutcome) checked = NULL;
  const SmmPlatform *platform = smm_platform_get (SMM_PLATFORM_FACEBOOK);

  check_commit (SMM_PLATFORM_FACEBOOK, 200, body, said);
  check_commit (SMM_PLATFORM_FACEBOOK, 400, body, said);
  check_commit (SMM_PLATFORM_INSTAGRAM, 200, body, said);
  check_commit (SMM_PLATFORM_INSTAGRAM, 500, body, said);
  check_look (SMM_PLATFORM_FACEBOOK, "", 200, body, said);
  check_look (SMM_PLATFORM_INSTAGRAM, "", 200, body, said);
  check_look (SMM_PLATFORM_INSTAGRAM, "container:0=2", 200, body, said);
  check_look (SMM_PLATFORM_INSTAGRAM, "container:0=2", 500, body, said);
  for (guint i = 0; i < G_N_ELEMENTS (prepares); i++)
    check_prepare (SMM_PLATFORM_INSTAGRAM, prepares[i], body);
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    check_sign_in (phases[i], body);
  revoked = platform->apply_revoke (account, response);
  checked = platform->apply_check (account, response);
  if (checked->kind == SMM_OUTCOME_DONE)
    g_assert_nonnull (member_of (said, "id"));
}

/* --- TikTok: its answers are of another kind, and so is what must hold --- */

static gboolean
is_tiktok_ok (JsonNode *node)
{
  JsonNode *error = member_of (node, "error");
  g_autofree char *code = text_of (member_of (error, "code"));

  return node != NULL && (error == NULL || g_strcmp0 (code, "ok") == 0);
}

static gboolean
is_tiktok_status (JsonNode *node, const char *status)
{
  g_autofree char *said = text_of (member_of (member_of (node, "data"), "status"));

  return is_tiktok_ok (node) && g_strcmp0 (said, status) == 0;
}

static TestPub *
tiktok_new (const char *facts)
{
  TestPub *test = test_pub_new (SMM_PLATFORM_TIKTOK, FIXTURE_TEXT, NULL, 1);

  g_hash_table_insert (test->pub.post->options, g_strdup ("privacy"), g_strdup ("SELF_ONLY"));
  ((SmmRendition *)test->pub.renditions->pdata[0])->bytes = 50000123;
  test_pub_set_facts (test, facts);
  return test;
}

static void
check_tiktok_step (const char *facts, guint status, GBytes *body, JsonNode *said)
{
  g_autoptr (TestPub) test = tiktok_new (facts);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, body);
  g_autoptr (SmmStep) step = test->platform->next_step (&test->pub);
  g_autoptr (SmmOutcome) outcome = test->platform->apply (&test->pub, step, response);
  const char *url = g_hash_table_lookup (outcome->facts, "secret.upload_url");
  const char *publish_id = g_hash_table_lookup (outcome->facts, "publish_id");
  const char *permalink = g_hash_table_lookup (outcome->facts, "permalink");
  GHashTableIter iter;
  gpointer value;

  if (outcome->kind == SMM_OUTCOME_UNCLEAR)
    g_assert_cmpint (step->kind, ==, SMM_STEP_COMMIT);
  /* Public, and not public, only when TikTok says just that. */
  if (step->kind == SMM_STEP_VERDICT && outcome->kind == SMM_OUTCOME_DONE)
    g_assert_true (status == 200 && is_tiktok_status (said, "PUBLISH_COMPLETE"));
  if (step->kind == SMM_STEP_VERDICT
      && (outcome->kind == SMM_OUTCOME_REFUSED || outcome->kind == SMM_OUTCOME_RESTART))
    g_assert_true (is_tiktok_status (said, "FAILED")
                   || is_tiktok_status (said, "SEND_TO_USER_INBOX"));
  if (step->kind != SMM_STEP_VERDICT && step->kind != SMM_STEP_CONFIRM)
    g_assert_null (g_hash_table_lookup (outcome->facts, "remote_id"));
  if (url != NULL)
    g_assert_null (strpbrk (url, "\r\n \""));
  if (publish_id != NULL)
    g_assert_null (strpbrk (publish_id, "/\r\n \"?&#"));
  if (permalink != NULL)
    g_assert_true (g_str_has_prefix (permalink, "https://www.tiktok.com/"));
  g_hash_table_iter_init (&iter, outcome->facts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_assert_true (g_utf8_validate (value, -1, NULL));
  if (outcome->message != NULL)
    g_assert_true (g_utf8_validate (outcome->message, -1, NULL));
}

static void
check_tiktok_look (guint status, GBytes *body, JsonNode *said)
{
  g_autoptr (TestPub) test = tiktok_new ("publish_id=p offset=0");
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, body);
  g_autoptr (SmmReconcile) found = test->platform->apply_look (&test->pub, 1, response);

  if (found->kind == SMM_RECONCILE_PUBLISHED)
    g_assert_true (status == 200 && is_tiktok_status (said, "PUBLISH_COMPLETE"));
  if (found->kind == SMM_RECONCILE_NOT_PUBLISHED)
    g_assert_true (status == 200 && is_tiktok_status (said, "PROCESSING_UPLOAD"));
  if (found->kind == SMM_RECONCILE_REFUSED)
    g_assert_true (is_tiktok_status (said, "FAILED")
                   || is_tiktok_status (said, "SEND_TO_USER_INBOX"));
  if (found->kind == SMM_RECONCILE_ACCEPTED)
    g_assert_true (status == 200 && is_tiktok_ok (said));
}

static void
check_tiktok_tokens (GBytes *body)
{
  const SmmPlatform *platform = smm_platform_get (SMM_PLATFORM_TIKTOK);
  g_autoptr (SmmAccount) account = test_account (SMM_PLATFORM_TIKTOK);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, 200, body);
  g_autoptr (SmmOutcome) revoked = platform->apply_revoke (account, response);
  g_autoptr (SmmOutcome) checked = platform->apply_check (account, response);
  g_autoptr (GError) error = NULL;
  SmmTokens tokens = { .account = g_strdup ("act.1"), .refresh = g_strdup ("rft.1") };
  gboolean taken = platform->apply_refresh (account, &tokens, response, SENT_AT, &error);

  /* The account of these tests is another than the fixtures', and no answer makes it theirs. */
  g_assert_cmpint (checked->kind, !=, SMM_OUTCOME_DONE);
  g_assert_cmpint (checked->kind, !=, SMM_OUTCOME_REFUSED);
  g_assert_true (revoked->kind == SMM_OUTCOME_DONE || revoked->message != NULL);
  g_assert_true (taken == (error == NULL));
  /* Nothing never takes the place of something. */
  g_assert_true (tokens.account != NULL && *tokens.account != '\0');
  g_assert_true (tokens.refresh != NULL && *tokens.refresh != '\0');
  g_assert_null (strpbrk (tokens.account, "\r\n"));
  g_assert_null (strpbrk (tokens.refresh, "\r\n"));
  if (!taken)
    g_assert_cmpstr (tokens.refresh, ==, "rft.1");
  smm_tokens_clear (&tokens);
}

static void
check_tiktok_sign_in (const char *phase, GBytes *body)
{
  const SmmPlatform *platform = smm_platform_get (SMM_PLATFORM_TIKTOK);
  SmmGrant *grant = smm_grant_new ();
  g_autoptr (GHashTable) progress = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, 200, body);
  g_autoptr (GError) error = NULL;
  gboolean taken;

  g_hash_table_insert (progress, g_strdup ("phase"), g_strdup (phase));
  taken = platform->apply_sign_in (grant, progress, response, &error);
  g_assert_true (taken == (error == NULL));
  for (guint i = 0; i < grant->candidates->len; i++)
    {
      SmmCandidate *candidate = grant->candidates->pdata[i];

      g_assert_null (strpbrk (candidate->token, "\r\n"));
      g_assert_null (strpbrk (candidate->remote_id, "/\r\n "));
    }
  smm_grant_free (grant);
}

static void
check_tiktok (GBytes *body)
{
  static const char *const facts[] = { "",
                                       "secret.creator=1",
                                       "publish_id=p secret.upload_url=https://x",
                                       "publish_id=p secret.upload_url=https://x ask=1",
                                       "publish_id=p accepted=p",
                                       "publish_id=p accepted=p remote_id=p" };
  static const guint statuses[] = { 200, 400, 500 };
  g_autoptr (JsonNode) said = read_body (body);

  for (guint s = 0; s < G_N_ELEMENTS (statuses); s++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
        check_tiktok_step (facts[i], statuses[s], body, said);
      check_tiktok_look (statuses[s], body, said);
    }
  check_tiktok_tokens (body);
  check_tiktok_sign_in ("code", body);
  check_tiktok_sign_in ("who", body);
}

static void
test_mutations (gconstpointer data)
{
  g_autofree char *text = test_fixture (data);
  gboolean tiktok = g_str_has_prefix (data, "tiktok-");
  guint32 n = strlen (text);

  /* Below n the text is cut off there; from n on something worse happens to it. */
  for (guint32 seed = 0; seed < n + N_MUTATIONS;
       seed = seed < n ? MIN (seed + STRIDE, n) : seed + 1)
    {
      g_autoptr (GBytes) body = test_mutate (text, seed);

      if (tiktok)
        check_tiktok (body);
      else
        check_all (body);
    }
}

/* The usage header is JSON inside a header: the same care. */
static void
test_usage_header (void)
{
  g_autofree char *text = test_fixture ("response-headers-usage");
  g_autoptr (SmmAccount) account = test_account (SMM_PLATFORM_FACEBOOK);
  const SmmPlatform *platform = smm_platform_get (SMM_PLATFORM_FACEBOOK);

  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  const char *usage
      = json_object_get_string_member (json_node_get_object (root), "x-business-use-case-usage");

  for (guint32 seed = 0; seed < strlen (usage) + 10 * N_MUTATIONS; seed++)
    {
      g_autoptr (GBytes) bytes = test_mutate (usage, seed);
      g_autoptr (SmmResponse) response = test_answer (200, "{}");
      gsize n;
      const char *value = g_bytes_get_data (bytes, &n);

      g_hash_table_insert (response->headers, g_strdup ("x-business-use-case-usage"),
                           n > 0 ? g_strndup (value, n) : g_strdup (""));
      g_assert_cmpuint (platform->usage_wait_ms (account, response), <=,
                        G_GUINT64_CONSTANT (24) * 60 * 60 * 1000);
    }
}

/* --- Too much of it --- */

static char *
fill (const char *before, const char *unit, guint n, const char *after)
{
  GString *out = g_string_new (before);

  while (n-- > 0)
    g_string_append (out, unit);
  g_string_append (out, after);
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *name, *before, *unit;
  guint n;
  const char *after;
} Flood;

static const Flood floods[] = {
  { "arrays", "{\"data\":", "[", 100000, "" },
  { "closed-arrays", "{\"data\":[[", "[],", 100000, "[]]]}" },
  { "objects", "", "{\"a\":", 100000, "1" },
  { "both", "{\"error\":", "[{\"a\":", 50000, "" },
  /* json-glib reads comments and single quotes, within which a quote opens nothing. */
  { "behind-a-comment", "{\"data\":/*\"*/", "[", 500000, "" },
  { "behind-a-line-comment", "{\"data\"://\"\n", "[", 500000, "" },
  { "behind-single-quotes", "{\"a\":'\"',\"data\":", "[", 500000, "" },
  { "behind-half-a-surrogate", "{\"a\":\"\\ud800\"\",\"b\":", "[", 500000, "" },
  { "closed-first", "]]]]]]]]]]]]]]", "[", 500000, "" },
  { "ten-megabytes-of-space", "{\"id\":\"1_1\"", " ", 10 * 1024 * 1024, "}" },
  { "ten-megabytes-of-text", "{\"id\":\"1_1\",\"message\":\"", "x", 10 * 1024 * 1024, "\"}" },
  { "ten-megabytes-of-list", "{\"data\":[{\"id\":\"1\"}", ",{\"id\":\"1\"}", 900000, "]}" },
  { "long-id", "{\"id\":\"", "1", 100000, "\"}" },
  { "long-number", "{\"id\":", "9", 100000, "}" },
  { "long-name", "{\"", "x", 100000, "\":1}" },
  { "many-members", "{\"id\":\"1\"", ",\"id\":null", 10000, "}" },
  { "quotes", "{", "\"", 100000, "" },
  { "backslashes", "{\"id\":\"", "\\", 100001, "\"}" },
};

static void
test_flood (gconstpointer data)
{
  const Flood *flood = data;
  g_autofree char *text = fill (flood->before, flood->unit, flood->n, flood->after);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (TestPub) test = test_pub_new (SMM_PLATFORM_FACEBOOK, "Hi", NULL, 0);
  g_autoptr (SmmStep) step = test->platform->next_step (&test->pub);
  g_autoptr (SmmResponse) ok = smm_response_new (SMM_SENT_ANSWERED, 200, body);
  g_autoptr (SmmResponse) bad = smm_response_new (SMM_SENT_ANSWERED, 400, body);
  g_autoptr (SmmOutcome) one = test->platform->apply (&test->pub, step, ok);
  g_autoptr (SmmOutcome) two = test->platform->apply (&test->pub, step, bad);
  g_autoptr (SmmReconcile) found = test->platform->apply_look (&test->pub, 1, ok);

  g_assert_cmpint (one->kind, ==, SMM_OUTCOME_UNCLEAR);
  g_assert_cmpint (two->kind, ==, SMM_OUTCOME_UNCLEAR);
  g_assert_cmpint (found->kind, ==, SMM_RECONCILE_UNKNOWN);
}

/* --- The reader itself --- */

typedef struct
{
  const char *name, *text;
  gssize n; /* -1: strlen */
  gboolean taken;
} Body;

static const Body bodies[] = {
  { "object", "{}", -1, TRUE },
  { "object-with-space", " \r\n\t{ \"id\" : \"1\" } \n", -1, TRUE },
  { "escapes", "{\"id\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83c\\udf5e\"}", -1, TRUE },
  { "empty", "", -1, FALSE },
  { "space", " ", -1, FALSE },
  { "array", "[]", -1, FALSE },
  { "text", "\"x\"", -1, FALSE },
  { "null", "null", -1, FALSE },
  { "html", "<html></html>", -1, FALSE },
  { "nul-inside", "{\"id\":\"1\0\"}", 11, FALSE },
  { "nul-after", "{\"id\":\"1\"}\0", 11, FALSE },
  { "bad-utf8", "{\"id\":\"\xff\"}", -1, FALSE },
  { "overlong-utf8", "{\"id\":\"\xc0\xaf\"}", -1, FALSE },
  { "surrogate-utf8", "{\"id\":\"\xed\xa0\x80\"}", -1, FALSE },
  { "lone-high-surrogate", "{\"id\":\"\\ud800x\"}", -1, FALSE },
  { "lone-low-surrogate", "{\"id\":\"\\udc00x\"}", -1, FALSE },
  { "two-high-surrogates", "{\"id\":\"\\ud800\\ud800\"}", -1, FALSE },
  { "escaped-nul", "{\"id\":\"1\\u0000\"}", -1, FALSE },
  { "no-hex", "{\"id\":\"\\u12g4\"}", -1, FALSE },
  { "octal-escape", "{\"id\":\"\\377\"}", -1, FALSE },
  { "unknown-escape", "{\"id\":\"\\x\"}", -1, FALSE },
  { "comment", "{\"id\":/* 1 */\"1\"}", -1, FALSE },
  { "single-quotes", "{'id':'1'}", -1, FALSE },
  { "byte-order-mark", "\xef\xbb\xbf{}", -1, TRUE },
  { "truncated", "{\"id\":\"1\"", -1, FALSE },
};

static void
test_body (gconstpointer data)
{
  const Body *row = data;
  g_autoptr (GBytes) bytes = g_bytes_new (row->text, row->n >= 0 ? row->n : strlen (row->text));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = smm_json_parse (bytes, &error);

  if (row->taken)
    {
      g_assert_no_error (error);
      g_assert_true (JSON_NODE_HOLDS_OBJECT (root));
      return;
    }
  g_assert_error (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER);
  g_assert_null (root);
}

static void
test_depth (void)
{
  for (guint deep = 62; deep <= 66; deep++)
    {
      g_autofree char *open = g_strnfill (deep, '[');
      g_autofree char *closed = g_strnfill (deep, ']');
      g_autofree char *nested = g_strdup_printf ("{\"a\":%s%s}", open, closed);
      g_autofree char *quoted = g_strdup_printf ("{\"a\":\"%s\\\"%s\"}", open, open);
      g_autoptr (GBytes) nested_bytes = g_bytes_new (nested, strlen (nested));
      g_autoptr (GBytes) quoted_bytes = g_bytes_new (quoted, strlen (quoted));
      g_autoptr (JsonNode) nested_root = smm_json_parse (nested_bytes, NULL);
      g_autoptr (JsonNode) quoted_root = smm_json_parse (quoted_bytes, NULL);

      g_assert_cmpint (nested_root != NULL, ==, deep < 64);
      g_assert_nonnull (quoted_root);
    }
}

/* The getters never warn and never convert. */
static void
test_getters (void)
{
  static const char text[]
      = "{\"s\":\"x\",\"i\":7,\"f\":1.5,\"b\":true,\"n\":null,\"o\":{},\"a\":[]}";
  static const char *const names[] = { "s", "i", "f", "b", "n", "o", "a", "none" };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) root = smm_json_parse (bytes, NULL);
  JsonObject *object = json_node_get_object (root);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i];
      g_autofree char *id = smm_json_dup_id (object, name);

      g_assert_cmpstr (smm_json_get_string (object, name), ==, *name == 's' ? "x" : NULL);
      g_assert_cmpint (smm_json_get_int (object, name, -3), ==, *name == 'i' ? 7 : -3);
      g_assert_cmpint (smm_json_get_bool (object, name, FALSE), ==, *name == 'b');
      g_assert_cmpint (smm_json_get_object (object, name) != NULL, ==, *name == 'o');
      g_assert_cmpint (smm_json_get_array (object, name) != NULL, ==, *name == 'a');
      g_assert_cmpstr (id, ==, *name == 's' ? "x" : *name == 'i' ? "7" : NULL);
    }
  g_assert_null (smm_json_get_string (NULL, "s"));
  g_assert_null (smm_json_get_object (NULL, "o"));
}

#define ADD_TABLE(path, table, function)                                                           \
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *name = g_strconcat (path, table[i].name, NULL);                             \
                                                                                                   \
      g_test_add_data_func (name, &table[i], function);                                            \
    }

int
main (int argc, char **argv)
{
  g_auto (GStrv) fixtures = NULL;

  g_test_init (&argc, &argv, NULL);
  fixtures = test_fixture_names ();
  g_test_add_func ("/hostile/getters", test_getters);
  g_test_add_func ("/hostile/depth", test_depth);
  g_test_add_func ("/hostile/usage-header", test_usage_header);
  ADD_TABLE ("/hostile/body/", bodies, test_body);
  ADD_TABLE ("/hostile/flood/", floods, test_flood);
  for (guint i = 0; fixtures[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("/hostile/mutations/", fixtures[i], NULL);

      g_test_add_data_func (name, fixtures[i], test_mutations);
    }
  return g_test_run ();
}
