/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Hostile answers at every step of every kind of post, at every look, and to what follows a post.
 * Whatever comes, nothing is called public that the body did not call so, no commit of which
 * nothing is known is called refused, and what is kept can be used: ids are ids, ranges lie in the
 * file.
 */

#include "config.h"

#include "smm-test-platform.h"

#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#define N_MUTATIONS 6
#define STRIDE 97
#else
#define N_MUTATIONS 60
#define STRIDE 7
#endif

/* Where a publication can stand. */
typedef struct
{
  SmmPlatformId id;
  SmmPostKind kind;
  const char *media, *facts;
  gboolean later;
} State;

#define F SMM_PLATFORM_FACEBOOK
#define I SMM_PLATFORM_INSTAGRAM
#define FEED SMM_POST_KIND_FEED
#define REEL SMM_POST_KIND_REEL
#define STORY SMM_POST_KIND_STORY
#define SESSION "video=1 session=2 offset:upload=0 end=1000"

static const State states[] = {
  { F, FEED, "v", "", FALSE },
  { F, FEED, "v", SESSION, FALSE },
  { F, FEED, "v", SESSION " resume:upload=1", FALSE },
  { F, FEED, "v", SESSION " upload=1", FALSE },
  { F, FEED, "v", SESSION " upload=1 doubted=1", FALSE },
  { F, FEED, "v", SESSION " upload=1 accepted=1", FALSE },
  { F, FEED, "v", SESSION " upload=1", TRUE },
  { F, FEED, "v", "video=1 remote_id=1 handed_over=1796112000", TRUE },
  { F, FEED, "", "", TRUE },
  { F, FEED, "", "remote_id=1_2 handed_over=1796112000", TRUE },
  { F, REEL, "v", "", FALSE },
  { F, REEL, "v", "video=1", FALSE },
  { F, REEL, "v", "video=1 resume:upload=1", FALSE },
  { F, REEL, "v", "video=1 upload=1", FALSE },
  { F, REEL, "v", "video=1 upload=1 accepted=1", FALSE },
  { F, FEED, "p", "photo:0=1 look.photo=1", FALSE },
  { F, FEED, "p", "photo:0=1 look.photo=1 look.story=1_1", FALSE },
  { F, STORY, "p", "photo:0=1", FALSE },
  { F, STORY, "p", "photo:0=1 remote_id=2", FALSE },
  { F, STORY, "v", "video=1 upload=1", FALSE },
  { F, STORY, "v", "video=1 upload=1 accepted=1", FALSE },
  { I, REEL, "v", "", FALSE },
  { I, REEL, "v", "container:0=1", FALSE },
  { I, REEL, "v", "container:0=1 resume:upload:0=1", FALSE },
  { I, REEL, "v", "container:0=1 upload:0=1", FALSE },
  { I, REEL, "v", "container:0=1 upload:0=1 ready:0=1", FALSE },
  { I, REEL, "v", "container:0=1 upload:0=1 ready:0=1 quota=1", FALSE },
  { I, REEL, "v", "container:0=1 upload:0=1 published=1", FALSE },
  { I, STORY, "p", "photo:0=1 source:0=https://x", FALSE },
  { I, STORY, "v", "container:0=1 upload:0=1 ready:0=1 quota=1", FALSE },
  { I, FEED, "vp", "container:0=1 upload:0=1 ready:0=1 container:1=2 ready:1=1", FALSE },
  { I, FEED, "vp", "container:0=1 upload:0=1 ready:0=1 container:1=2 ready:1=1 container=3",
    FALSE },
};

static TestPub *
make_pub (const State *state)
{
  TestPub *test
      = test_pub_new_kind (state->id, state->kind, "Rye is back on Friday.", NULL, state->media);

  test->pub.post->first_comment = g_strdup ("At 7!");
  test->pub.schedule_at = state->later ? G_GINT64_CONSTANT (1796112000) * G_USEC_PER_SEC : 0;
  test_pub_set_facts (test, state->facts);
  return test;
}

/* --- A second opinion, with json-glib alone --- */

static JsonNode *
read_body (GBytes *body)
{
  gsize n;
  const char *text = g_bytes_get_data (body, &n);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (n == 0 || !g_utf8_validate (text, n, NULL)
      || !json_parser_load_from_data (parser, text, n, NULL)
      || json_parser_get_root (parser) == NULL)
    return NULL;
  return json_node_copy (json_parser_get_root (parser));
}

static gboolean
says (JsonNode *node, const char *name, const char *word)
{
  JsonNode *member = node != NULL && JSON_NODE_HOLDS_OBJECT (node)
                         ? json_object_get_member (json_node_get_object (node), name)
                         : NULL;

  if (member == NULL || !JSON_NODE_HOLDS_VALUE (member))
    return FALSE;
  if (json_node_get_value_type (member) == G_TYPE_BOOLEAN)
    return word == NULL && json_node_get_boolean (member);
  return word != NULL && g_strcmp0 (json_node_get_string (member), word) == 0;
}

static gboolean
has (JsonNode *node, const char *name)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node)
         && json_object_has_member (json_node_get_object (node), name);
}

static JsonNode *
inside (JsonNode *node, const char *name)
{
  return has (node, name) ? json_object_get_member (json_node_get_object (node), name) : NULL;
}

static gboolean
says_public (JsonNode *said)
{
  JsonNode *publishing = inside (inside (said, "status"), "publishing_phase");

  return says (said, "published", NULL) || says (said, "is_published", NULL)
         || says (publishing, "publish_status", "published");
}

/* --- What must hold --- */

static void
check_facts (GHashTable *facts)
{
  static const char *const ids[] = { "remote_id", "video", "session", "post_id", "comment_id" };
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_assert_true (g_utf8_validate (value, -1, NULL));
      if (g_str_has_prefix (key, "container"))
        g_assert_cmpuint (strspn (value, "0123456789_"), ==, strlen (value));
      if (g_str_equal (key, "permalink"))
        g_assert_true (g_str_has_prefix (value, "https://"));
      for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        if (g_str_equal (key, ids[i]))
          g_assert_cmpuint (strspn (value, "0123456789_"), ==, strlen (value));
    }
}

/* Whatever was kept, the next request can be made and asks for bytes that are there. */
static void
check_next (TestPub *test, SmmOutcome *outcome)
{
  g_autoptr (SmmStep) step = NULL;
  GHashTableIter iter;
  gpointer key, value;

  if (outcome->kind == SMM_OUTCOME_RESTART)
    g_hash_table_remove_all (test->pub.facts);
  g_hash_table_iter_init (&iter, outcome->facts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (test->pub.facts, g_strdup (key), g_strdup (value));
  step = test->platform->next_step (&test->pub);
  if (step == NULL || step->request->file_path == NULL || step->request->file_length < 0)
    return;
  g_assert_cmpint (step->request->file_length, >, 0);
  g_assert_cmpint (step->request->file_offset, >=, 0);
  g_assert_cmpint (step->request->file_offset + step->request->file_length, <=, TEST_VIDEO_BYTES);
}

static void
check_commit (guint status, SmmOutcome *outcome, JsonNode *said)
{
  if (outcome->kind == SMM_OUTCOME_DONE)
    {
      g_assert_cmpuint (status, ==, 200);
      g_assert_true (says (said, "success", NULL) || has (said, "id"));
      g_assert_true (g_hash_table_contains (outcome->facts, "remote_id")
                     || g_hash_table_contains (outcome->facts, "accepted"));
    }
  else if (outcome->kind != SMM_OUTCOME_UNCLEAR)
    g_assert_true (status == 400 && has (said, "error"));
}

static void
check_step (const State *state, guint status, GBytes *body, JsonNode *said)
{
  g_autoptr (TestPub) test = make_pub (state);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, body);
  g_autoptr (SmmStep) step = test->platform->next_step (&test->pub);
  g_autoptr (SmmOutcome) outcome = test->platform->apply (&test->pub, step, response);

  check_facts (outcome->facts);
  if (step->kind == SMM_STEP_COMMIT)
    check_commit (status, outcome, said);
  else
    g_assert_cmpint (outcome->kind, !=, SMM_OUTCOME_UNCLEAR);
  if (step->kind == SMM_STEP_VERDICT
      && (g_hash_table_contains (outcome->facts, "public")
          || g_hash_table_contains (outcome->facts, "remote_id")))
    g_assert_true (status == 200 && says_public (said));
  /* "It failed" takes the platform's word on the video as much as "it is public" does. */
  if (step->kind == SMM_STEP_VERDICT
      && (outcome->kind == SMM_OUTCOME_REFUSED || outcome->kind == SMM_OUTCOME_RESTART))
    g_assert_true (status == 200 && has (said, "status"));
  if (outcome->message != NULL)
    g_assert_true (g_utf8_validate (outcome->message, -1, NULL));
  check_next (test, outcome);
}

static void
check_look (const State *state, guint status, GBytes *body, JsonNode *said)
{
  g_autoptr (TestPub) test = make_pub (state);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, body);
  g_autoptr (SmmRequest) request = NULL;
  g_autoptr (SmmReconcile) found = NULL;
  gboolean video;

  g_hash_table_remove (test->pub.facts, "remote_id");
  request = test->platform->next_look (&test->pub, 1);
  video = strstr (smm_request_get_param (request, "fields"), "permalink_url,created_time") != NULL
          && g_str_has_prefix (smm_request_get_param (request, "fields"), "status,");
  found = test->platform->apply_look (&test->pub, 1, response);
  check_facts (found->facts);
  if (found->kind == SMM_RECONCILE_UNKNOWN || found->kind == SMM_RECONCILE_MORE)
    return;
  /* Every certainty comes from a body that was read; that a photo is gone is said by an error. */
  if (status == 400 && strstr (state->facts, "look.photo") != NULL
      && found->kind == SMM_RECONCILE_NOT_PUBLISHED)
    return;
  g_assert_cmpuint (status, ==, 200);
  g_assert_false (has (said, "error") && JSON_NODE_HOLDS_OBJECT (inside (said, "error")));
  if (strstr (state->facts, "look.photo") == NULL)
    g_assert_true (video ? has (said, "status") || has (said, "published")
                         : has (said, "data") || has (said, "status_code"));
  else if (found->kind == SMM_RECONCILE_PUBLISHED)
    g_assert_true (says (said, "is_published", NULL));
  if (found->kind == SMM_RECONCILE_PUBLISHED && video)
    g_assert_true (says_public (said));
}

static void
check_after (SmmPlatformId id, guint status, GBytes *body, JsonNode *said)
{
  State state = { id, FEED, "p", "remote_id=1_2", TRUE };
  g_autoptr (TestPub) test = make_pub (&state);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, body);
  g_autoptr (SmmOutcome) comment = test->platform->apply_comment (&test->pub, response);
  g_autoptr (SmmReconcile) found = test->platform->apply_find_comment (&test->pub, response);
  g_autoptr (SmmOutcome) removed = test->platform->apply_remove (&test->pub, response);

  check_facts (comment->facts);
  check_facts (found->facts);
  if (comment->kind == SMM_OUTCOME_DONE)
    g_assert_true (status == 200 && has (said, "id"));
  else if (comment->kind == SMM_OUTCOME_REFUSED)
    g_assert_true (status == 400 && has (said, "error"));
  if (found->kind != SMM_RECONCILE_UNKNOWN)
    g_assert_true (status == 200 && has (said, "data"));
  if (removed->kind == SMM_OUTCOME_DONE)
    g_assert_true ((status == 200 && says (said, "success", NULL))
                   || (status == 400 && has (said, "error")));
  if (test->platform->move != NULL)
    {
      g_autoptr (SmmOutcome) moved = test->platform->apply_move (&test->pub, response);

      if (moved->kind == SMM_OUTCOME_DONE)
        g_assert_true (status == 200 && says (said, "success", NULL));
    }
}

static void
check_login (const char *phase, GBytes *body)
{
  g_autoptr (SmmAccount) account = test_account (I);
  SmmGrant *grant = smm_grant_new ();
  g_autoptr (GHashTable) progress = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, 200, body);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;
  SmmTokens tokens = { .account = g_strdup ("old"), .expires_at = 7 };
  const SmmPlatform *platform;

  account->login = g_strdup ("instagram");
  platform = smm_platform_get_for (account);
  grant->person_token = g_strdup ("t");
  g_hash_table_insert (progress, g_strdup ("phase"), g_strdup (phase));
  g_assert_true (platform->apply_sign_in (grant, progress, response, &error) == (error == NULL));
  for (guint i = 0; i < grant->candidates->len; i++)
    {
      SmmCandidate *candidate = grant->candidates->pdata[i];

      g_assert_cmpuint (strspn (candidate->remote_id, "0123456789"), ==,
                        strlen (candidate->remote_id));
      g_assert_nonnull (candidate->token);
    }
  if (platform->apply_refresh (account, &tokens, response, 0, &refused))
    g_assert_cmpint (tokens.expires_at, >, 0);
  else
    g_assert_cmpstr (tokens.account, ==, "old");
  g_assert_null (strpbrk (tokens.account, "\r\n"));
  smm_tokens_clear (&tokens);
  smm_grant_free (grant);
}

static void
check_all (GBytes *body)
{
  static const guint statuses[] = { 200, 400, 500 };
  static const char *const phases[] = { "code", "long", "me" };
  g_autoptr (JsonNode) said = read_body (body);

  for (guint s = 0; s < G_N_ELEMENTS (statuses); s++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (states); i++)
        {
          check_step (&states[i], statuses[s], body, said);
          check_look (&states[i], statuses[s], body, said);
        }
      check_after (F, statuses[s], body, said);
      check_after (I, statuses[s], body, said);
    }
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    check_login (phases[i], body);
}

static void
test_mutations (gconstpointer data)
{
  g_autofree char *text = test_fixture (data);
  guint32 n = strlen (text);

  for (guint32 seed = 0; seed <= n + N_MUTATIONS;
       seed = seed < n ? MIN (seed + STRIDE, n) : seed + 1)
    {
      g_autoptr (GBytes) body = test_mutate (text, seed);

      check_all (body);
    }
}

/* Those that a step of a kind can be answered with, and errors of each class. */
static const char *const fixtures[] = {
  "error-100-33-object-missing-or-no-access",
  "error-2-service-transient",
  "error-506-duplicate-post",
  "error-ig-24-2207008-container-missing",
  "error-ig-9004-2207052-uri-fetch",
  "graph-write-success",
  "ig-comment-created",
  "ig-container-created-resumable",
  "ig-container-status-error",
  "ig-container-status-published",
  "ig-content-publishing-limit",
  "ig-login-code-exchange",
  "ig-login-long-lived-or-refresh",
  "ig-media-comments",
  "page-photo-story-published",
  "page-post-comments",
  "page-post-node-scheduled",
  "page-reel-start",
  "page-reel-status-processing-error-docs-shape",
  "page-reel-status-processing-error-spec-shape",
  "page-reel-status-published",
  "page-reel-status-upload-interrupted",
  "page-scheduled-posts",
  "page-stories-list",
  "page-video-status-ready-unpublished",
  "page-video-upload-start",
  "page-video-upload-transfer-more",
  "page-video-upload-transfer-wrong-offset",
  "rupload-video-failure",
};

/* --- Each class of failure at each step --- */

static SmmResponse *
make_failure (const char *fixture)
{
  g_autofree char *body = NULL;

  if (strcmp (fixture, "nothing") == 0)
    return smm_response_new_error (SMM_SENT_NOTHING, "connect", "refused");
  if (strcmp (fixture, "maybe") == 0)
    return smm_response_new_error (SMM_SENT_MAYBE, "timeout", "timed out");
  body = test_fixture (fixture);
  return test_answer (400, body);
}

static void
test_classes (void)
{
  /* Of a step that may be repeated, and of a commit. */
  static const struct
  {
    const char *fixture;
    SmmOutcomeKind prepare, commit;
  } rows[] = {
    { "error-190-463-expired", SMM_OUTCOME_SIGNED_OUT, SMM_OUTCOME_SIGNED_OUT },
    { "error-80001-page-rate-limit", SMM_OUTCOME_LIMITED, SMM_OUTCOME_LIMITED },
    { "error-200-permission", SMM_OUTCOME_BLOCKED, SMM_OUTCOME_BLOCKED },
    { "error-2-service-transient", SMM_OUTCOME_RETRY, SMM_OUTCOME_UNCLEAR },
    { "error-100-33-object-missing-or-no-access", SMM_OUTCOME_RETRY, SMM_OUTCOME_UNCLEAR },
    { "nothing", SMM_OUTCOME_RETRY, SMM_OUTCOME_RETRY },
    { "maybe", SMM_OUTCOME_RETRY, SMM_OUTCOME_UNCLEAR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
      {
        g_autoptr (TestPub) test = make_pub (&states[i]);
        g_autoptr (SmmResponse) response = make_failure (rows[r].fixture);
        g_autoptr (SmmStep) step = test->platform->next_step (&test->pub);
        g_autoptr (SmmOutcome) outcome = test->platform->apply (&test->pub, step, response);
        SmmOutcomeKind wanted = step->kind == SMM_STEP_COMMIT ? rows[r].commit : rows[r].prepare;

        /* A read that is told "missing" waits for the other token's turn. */
        if (strstr (rows[r].fixture, "100-33") != NULL && outcome->kind == SMM_OUTCOME_WAIT
            && step->kind != SMM_STEP_COMMIT)
          continue;
        /* The quota need not be known, if only there is a connection. */
        if (strcmp (step->name, "quota") == 0 && wanted == SMM_OUTCOME_RETRY
            && response->sent == SMM_SENT_ANSWERED)
          wanted = SMM_OUTCOME_DONE;
        g_test_message ("state %u, %s, %s", i, step->name, rows[r].fixture);
        g_assert_cmpstr (test_outcome_name (outcome->kind), ==, test_outcome_name (wanted));
        if (wanted != SMM_OUTCOME_DONE)
          g_assert_nonnull (outcome->message);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hostile/kinds/classes", test_classes);
  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autofree char *name = g_strconcat ("/hostile/kinds/", fixtures[i], NULL);

      g_test_add_data_func (name, fixtures[i], test_mutations);
    }
  return g_test_run ();
}
