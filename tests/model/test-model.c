/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-records.h"
#include "smm-request.h"

#include <string.h>

/* --- Names --- */

/* The numbers are in libraries on disk, the names in scripts and exports: neither may change. */
static void
test_states (void)
{
  static const struct
  {
    int number;
    const char *name;
    gboolean final;
  } rows[] = {
    { 0, "draft", FALSE },    { 1, "scheduled", FALSE },   { 2, "publishing", FALSE },
    { 3, "published", TRUE }, { 4, "unconfirmed", FALSE }, { 5, "failed", TRUE },
    { 6, "held", TRUE },      { 7, "cancelled", TRUE },
  };

  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, SMM_N_TARGET_STATES);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SmmTargetState state;

      g_assert_cmpstr (smm_target_state_to_string (rows[i].number), ==, rows[i].name);
      g_assert_true (smm_target_state_from_string (rows[i].name, &state));
      g_assert_cmpint (state, ==, rows[i].number);
      g_assert_cmpint (smm_target_state_is_final (rows[i].number), ==, rows[i].final);
      g_assert_cmpstr (smm_target_state_get_label (rows[i].number), !=, "?");
    }
  g_assert_cmpstr (smm_target_state_to_string (99), ==, "unknown");
}

static void
test_names (void)
{
  static const char *const wrong[] = { NULL, "", "Draft", "draft ", "drafts", "unknown" };
  SmmPlatformId platform;
  SmmPostKind kind;
  SmmTargetState state;
  SmmLatePolicy policy;

  g_assert_true (smm_platform_id_from_string ("facebook", &platform));
  g_assert_cmpint (platform, ==, 1);
  g_assert_true (smm_platform_id_from_string ("instagram", &platform));
  g_assert_cmpint (platform, ==, 2);
  g_assert_true (smm_platform_id_from_string ("tiktok", &platform));
  g_assert_cmpint (platform, ==, 3);
  g_assert_cmpstr (smm_platform_id_get_label (SMM_PLATFORM_TIKTOK), ==, "TikTok");
  g_assert_true (smm_post_kind_from_string ("story", &kind));
  g_assert_cmpint (kind, ==, 3);
  g_assert_cmpstr (smm_post_kind_to_string (SMM_POST_KIND_REEL), ==, "reel");
  g_assert_true (smm_late_policy_from_string ("skip", &policy));
  g_assert_cmpint (policy, ==, 2);
  g_assert_cmpstr (smm_late_policy_to_string (SMM_LATE_ASK), ==, "ask");
  g_assert_cmpstr (smm_account_state_to_string (SMM_ACCOUNT_SIGNED_OUT), ==, "signed-out");
  g_assert_cmpstr (smm_account_state_to_string (SMM_ACCOUNT_DISCONNECTED), ==, "disconnected");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (smm_platform_id_from_string (wrong[i], &platform));
      g_assert_false (smm_post_kind_from_string (wrong[i], &kind));
      g_assert_false (smm_target_state_from_string (wrong[i], &state));
      g_assert_false (smm_late_policy_from_string (wrong[i], &policy));
    }
}

static void
test_ids (void)
{
  static const char *const good[] = { "a", "0", "A-b-9", "-" };
  static const char *const bad[]
      = { NULL, "", "a b", "a/b", "..", "a_b", "ä", "a\n", "a;b", "a'b", "%s" };
  g_autofree char *longest = g_strnfill (64, 'a');
  g_autofree char *too_long = g_strnfill (65, 'a');
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (smm_id_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (smm_id_is_valid (bad[i]));
  g_assert_true (smm_id_is_valid (longest));
  g_assert_false (smm_id_is_valid (too_long));
  for (int i = 0; i < 1000; i++)
    {
      char *id = smm_id_new ();

      g_assert_cmpuint (strlen (id), ==, 36);
      g_assert_true (smm_id_is_valid (id));
      g_assert_true (g_hash_table_add (seen, id));
    }
}

/* --- Records --- */

static void
add_target (SmmPost *post, const char *id, SmmTargetState state)
{
  SmmTarget *target = smm_target_new ();

  target->id = g_strdup (id);
  target->state = state;
  g_ptr_array_add (post->targets, target);
}

static void
test_fresh_records (void)
{
  g_autoptr (SmmPost) post = smm_post_new ();
  g_autoptr (SmmBrand) brand = smm_brand_new ();
  g_autoptr (SmmAccount) account = smm_account_new ();

  g_assert_cmpstr (post->text, ==, "");
  g_assert_cmpint (post->kind, ==, SMM_POST_KIND_FEED);
  g_assert_cmpuint (post->media->len + post->targets->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (post->options), ==, 0);
  g_assert_cmpint (brand->late_hours, ==, 2);
  g_assert_cmpint (account->followers, ==, -1);
  g_assert_cmpint (smm_post_get_worst_state (post), ==, SMM_TARGET_DRAFT);
}

/* Failed asks for more attention than all else; what is over asks for the least. */
static void
test_worst_state (void)
{
  static const SmmTargetState order[]
      = { SMM_TARGET_CANCELLED,  SMM_TARGET_DRAFT,       SMM_TARGET_PUBLISHED, SMM_TARGET_SCHEDULED,
          SMM_TARGET_PUBLISHING, SMM_TARGET_UNCONFIRMED, SMM_TARGET_HELD,      SMM_TARGET_FAILED };

  for (guint a = 0; a < G_N_ELEMENTS (order); a++)
    for (guint b = 0; b < G_N_ELEMENTS (order); b++)
      {
        g_autoptr (SmmPost) post = smm_post_new ();

        add_target (post, "a", order[a]);
        add_target (post, "b", order[b]);
        g_assert_cmpint (smm_post_get_worst_state (post), ==, order[MAX (a, b)]);
      }
}

static void
test_find_target (void)
{
  g_autoptr (SmmPost) post = smm_post_new ();

  g_assert_null (smm_post_find_target (post, "a"));
  add_target (post, "a", SMM_TARGET_DRAFT);
  add_target (post, "b", SMM_TARGET_DRAFT);
  g_assert_true (smm_post_find_target (post, "b") == post->targets->pdata[1]);
  g_assert_null (smm_post_find_target (post, "c"));
}

/* --- Requests and responses --- */

/* What an account gets: its own where it has some, the post's elsewhere. */
static void
test_for_target (void)
{
  g_autoptr (SmmPost) post = smm_post_new ();
  g_autoptr (SmmPost) same = NULL;
  g_autoptr (SmmPost) own = NULL;
  g_autoptr (SmmPost) again = NULL;
  g_autofree char *common_digest = NULL;
  g_autofree char *own_digest = NULL;
  g_autofree char *again_digest = NULL;
  SmmTarget *target = smm_target_new ();
  SmmMedia *media = smm_media_new ();

  g_free (post->text);
  post->text = g_strdup ("For all");
  post->link = g_strdup ("https://example.com");
  post->first_comment = g_strdup ("#a");
  post->due_at = 5;
  media->sha256 = g_strdup ("s");
  g_ptr_array_add (post->media, media);
  g_hash_table_insert (post->options, g_strdup ("a"), g_strdup ("1"));
  g_hash_table_insert (post->options, g_strdup ("b"), g_strdup ("2"));
  g_ptr_array_add (post->targets, target);
  same = smm_post_for_target (post, target);
  g_assert_true (same == post);
  common_digest = smm_post_get_digest (same);

  target->variant = smm_variant_new ();
  g_assert_true (smm_variant_is_empty (target->variant));
  target->variant->link = g_strdup ("");
  target->variant->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (target->variant->options, g_strdup ("a"), g_strdup (""));
  g_hash_table_insert (target->variant->options, g_strdup ("b"), g_strdup ("3"));
  g_assert_false (smm_variant_is_empty (target->variant));
  own = smm_post_for_target (post, target);
  g_assert_cmpstr (own->text, ==, "For all");
  g_assert_null (own->link);
  g_assert_cmpstr (own->first_comment, ==, "#a");
  g_assert_cmpint (own->due_at, ==, 5);
  g_assert_cmpuint (own->media->len, ==, 1);
  g_assert_null (g_hash_table_lookup (own->options, "a"));
  g_assert_cmpstr (g_hash_table_lookup (own->options, "b"), ==, "3");
  own_digest = smm_post_get_digest (own);
  g_assert_cmpstr (own_digest, !=, common_digest);

  target->variant->text = g_strdup ("Here");
  target->variant->first_comment = g_strdup ("#b");
  target->variant->media = g_ptr_array_new_with_free_func (g_object_unref);
  again = smm_post_for_target (post, target);
  g_assert_cmpstr (again->text, ==, "Here");
  g_assert_cmpstr (again->first_comment, ==, "#b");
  g_assert_cmpuint (again->media->len, ==, 0);
  again_digest = smm_post_get_digest (again);
  g_assert_cmpstr (again_digest, !=, own_digest);
  /* The post itself is as it was. */
  g_assert_cmpstr (post->text, ==, "For all");
  g_assert_cmpuint (post->media->len, ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (post->options, "a"), ==, "1");
}

static void
test_request (void)
{
  g_autoptr (SmmRequest) request
      = smm_request_new ("POST", SMM_ENDPOINT_META_GRAPH, "/v/%s/%d", "me", 7);
  SmmParam *param;

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->path, ==, "/v/me/7");
  g_assert_cmpint (request->auth, ==, SMM_AUTH_NONE);
  g_assert_cmpint (request->token, ==, SMM_TOKEN_ACCOUNT);
  g_assert_cmpint (request->file_length, ==, -1);
  smm_request_add_query (request, "fields", "id");
  smm_request_add_param (request, "text", "a=b&c");
  smm_request_add_secret (request, "code", "s3cret");
  smm_request_add_header (request, "X-A", "1");
  g_assert_cmpstr (smm_request_get_param (request, "fields"), ==, "id");
  g_assert_cmpstr (smm_request_get_param (request, "text"), ==, "a=b&c");
  g_assert_null (smm_request_get_param (request, "X-A"));
  /* Only what was said to be secret is, and it is in no URL. */
  g_assert_cmpuint (request->query->len, ==, 1);
  param = request->params->pdata[0];
  g_assert_false (param->secret);
  param = request->params->pdata[1];
  g_assert_true (param->secret);
  g_assert_cmpuint (request->headers->len, ==, 1);
}

static void
test_request_file (void)
{
  g_autoptr (SmmRequest) request = smm_request_new ("POST", SMM_ENDPOINT_META_RUPLOAD, "/x");

  smm_request_set_file (request, "/a", "source", "photo.jpg", "image/jpeg");
  g_assert_cmpint (request->body, ==, SMM_BODY_MULTIPART);
  smm_request_set_file (request, "/b", NULL, NULL, NULL);
  g_assert_cmpint (request->body, ==, SMM_BODY_FILE);
  g_assert_cmpstr (request->file_path, ==, "/b");
  g_assert_null (request->file_part);
}

static void
test_response (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (SmmResponse) answer = smm_response_new (SMM_SENT_ANSWERED, 200, body);
  g_autoptr (SmmResponse) empty = smm_response_new (SMM_SENT_ANSWERED, 204, NULL);
  g_autoptr (SmmResponse) none = smm_response_new_error (SMM_SENT_MAYBE, "timeout", "timed out");
  SmmResponse *again = smm_response_ref (answer);

  smm_response_unref (again);
  g_assert_cmpuint (g_bytes_get_size (answer->body), ==, 2);
  g_assert_null (smm_response_get_header (answer, "retry-after"));
  g_hash_table_insert (answer->headers, g_strdup ("retry-after"), g_strdup ("5"));
  g_assert_cmpstr (smm_response_get_header (answer, "retry-after"), ==, "5");
  g_assert_cmpuint (g_bytes_get_size (empty->body), ==, 0);
  g_assert_cmpuint (none->status, ==, 0);
  g_assert_cmpstr (none->error_code, ==, "timeout");
  g_assert_cmpuint (g_bytes_get_size (none->body), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/states", test_states);
  g_test_add_func ("/model/names", test_names);
  g_test_add_func ("/model/ids", test_ids);
  g_test_add_func ("/model/fresh-records", test_fresh_records);
  g_test_add_func ("/model/worst-state", test_worst_state);
  g_test_add_func ("/model/find-target", test_find_target);
  g_test_add_func ("/model/for-target", test_for_target);
  g_test_add_func ("/model/request", test_request);
  g_test_add_func ("/model/request-file", test_request_file);
  g_test_add_func ("/model/response", test_response);
  return g_test_run ();
}
