/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-test-platform.h"

#include <string.h>

/* --- Values --- */

SmmAccount *
test_account (SmmPlatformId id)
{
  SmmAccount *account = smm_account_new ();

  account->id = g_strdup ("a1");
  account->brand_id = g_strdup ("b1");
  account->platform = id;
  account->name = g_strdup ("Northside Bread");
  account->app_id = g_strdup (APP_ID);
  if (id == SMM_PLATFORM_INSTAGRAM)
    {
      account->remote_id = g_strdup (INSTAGRAM_ID);
      account->parent_remote_id = g_strdup (PAGE_ID);
      account->username = g_strdup ("northside.bread");
    }
  else
    account->remote_id = g_strdup (PAGE_ID);
  return account;
}

SmmMedia *
test_media (int width, int height, const char *mime)
{
  SmmMedia *media = smm_media_new ();

  media->sha256 = g_strnfill (64, 'a');
  media->mime = g_strdup (mime);
  media->file_name = g_strdup ("bread.jpg");
  media->bytes = 1000;
  media->width = width;
  media->height = height;
  return media;
}

/* A video that every kind of post takes: 1080 × 1920, 10 s, H.264 with AAC. */
SmmMedia *
test_video (void)
{
  SmmMedia *media = test_media (1080, 1920, "video/mp4");

  g_free (media->file_name);
  media->file_name = g_strdup ("bread.mp4");
  media->bytes = TEST_VIDEO_BYTES;
  media->duration = 10 * (gint64)G_USEC_PER_SEC;
  media->container = g_strdup ("mp4");
  media->video_codec = g_strdup ("h264");
  media->audio_codec = g_strdup ("aac");
  media->frame_rate = 30;
  media->bit_rate = 2000000;
  media->audio_rate = 48000;
  media->audio_channels = 2;
  return media;
}

static void
rendition_free (gpointer data)
{
  SmmRendition *rendition = data;

  g_free (rendition->path);
  g_free (rendition->mime);
  g_free (rendition->alt);
  g_free (rendition);
}

/**
 * test_pub_new:
 * @n_media: pictures; the first one has an alternative text
 *
 * Returns: a publication that nothing has been done for
 */
TestPub *
test_pub_new (SmmPlatformId id, const char *text, const char *link, guint n_media)
{
  g_autofree char *media = g_strnfill (n_media, 'p');

  return test_pub_new_kind (id, SMM_POST_KIND_FEED, text, link, media);
}

static void
add_medium (TestPub *self, guint i, gboolean video)
{
  SmmRendition *rendition = g_new0 (SmmRendition, 1);

  rendition->path = g_strdup_printf ("/r/%u.%s", i, video ? "mp4" : "jpg");
  rendition->mime = g_strdup (video ? "video/mp4" : "image/jpeg");
  rendition->alt = i == 0 && !video ? g_strdup ("A loaf") : NULL;
  rendition->width = 1080;
  rendition->height = video ? 1920 : 1080;
  rendition->bytes = video ? TEST_VIDEO_BYTES : 1000;
  rendition->duration = video ? 10 * (gint64)G_USEC_PER_SEC : 0;
  g_ptr_array_add (self->pub.renditions, rendition);
  g_ptr_array_add (self->pub.post->media,
                   video ? test_video () : test_media (1080, 1080, "image/jpeg"));
}

/**
 * test_pub_new_kind:
 * @media: "pvp": a picture, a video, a picture
 *
 * Returns: a publication that nothing has been done for
 */
TestPub *
test_pub_new_kind (SmmPlatformId id, SmmPostKind kind, const char *text, const char *link,
                   const char *media)
{
  TestPub *self = g_new0 (TestPub, 1);

  self->platform = smm_platform_get (id);
  self->pub.account = test_account (id);
  self->pub.post = smm_post_new ();
  g_free (self->pub.post->text);
  self->pub.post->text = g_strdup (text);
  self->pub.post->link = g_strdup (link);
  self->pub.renditions = g_ptr_array_new_with_free_func (rendition_free);
  self->pub.post->kind = kind;
  for (guint i = 0; media[i] != '\0'; i++)
    add_medium (self, i, media[i] == 'v');
  self->pub.facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pub.claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pub.app_id = APP_ID;
  self->pub.commit_sent_at = SENT_AT;
  return self;
}

void
test_pub_free (TestPub *self)
{
  g_object_unref (self->pub.account);
  g_object_unref (self->pub.post);
  g_ptr_array_unref (self->pub.renditions);
  g_hash_table_unref (self->pub.facts);
  g_hash_table_unref (self->pub.claimed);
  g_free (self);
}

/* @facts: "photo:0=12 container=34". */
void
test_pub_set_facts (TestPub *self, const char *facts)
{
  g_auto (GStrv) words = g_strsplit (facts, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *equals = strchr (words[i], '=');

      if (equals != NULL)
        g_hash_table_insert (self->pub.facts, g_strndup (words[i], equals - words[i]),
                             g_strdup (equals + 1));
    }
}

void
test_pub_set_option (TestPub *self, const char *key, const char *value)
{
  g_hash_table_insert (self->pub.post->options, g_strdup (key), g_strdup (value));
}

void
test_pub_claim (TestPub *self, const char *remote_id)
{
  g_hash_table_add (self->pub.claimed, g_strdup (remote_id));
}

/* --- Fixtures and answers --- */

static const char *
fixtures_folder (void)
{
  const char *folder = g_getenv ("SMM_TEST_FIXTURES");

  g_assert_nonnull (folder);
  return folder;
}

char *
test_fixture (const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.json", fixtures_folder (), name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char **
test_fixture_names (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GDir) dir = g_dir_open (fixtures_folder (), 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (".json")));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_steal (names, NULL);
}

SmmResponse *
test_answer_bytes (guint status, const char *body, gsize n)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, n);

  return smm_response_new (SMM_SENT_ANSWERED, status, bytes);
}

SmmResponse *
test_answer (guint status, const char *body)
{
  return test_answer_bytes (status, body, strlen (body));
}

/* --- Text out --- */

static void
append_params (GString *out, GPtrArray *params, const char *mark)
{
  for (guint i = 0; i < params->len; i++)
    {
      SmmParam *param = params->pdata[i];

      g_string_append_printf (out, " %s%s=%s%s", mark, param->name, param->value,
                              param->secret ? " (secret)" : "");
    }
}

/* "POST /v26.0/1/feed form ?in-the-url=1 in-the-body=2 file=…" */
char *
test_describe_request (SmmRequest *request)
{
  static const char *const bodies[] = { "none", "form", "multipart", "file", "json" };
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s %s %s", request->method,
                          request->url != NULL ? request->url : request->path,
                          bodies[request->body]);
  if (request->endpoint != SMM_ENDPOINT_META_GRAPH
      && (request->endpoint != SMM_ENDPOINT_TIKTOK_API))
    g_string_append_printf (out, " endpoint=%d", request->endpoint);
  if (request->auth == SMM_AUTH_OAUTH)
    g_string_append (out, " oauth");
  if (request->token == SMM_TOKEN_PERSON)
    g_string_append (out, " person");
  append_params (out, request->query, "?");
  append_params (out, request->params, "");
  append_params (out, request->headers, "#");
  if (request->file_path != NULL)
    g_string_append_printf (out, " file=%s as %s, %s, %s", request->file_path, request->file_part,
                            request->file_name, request->file_mime);
  /* Where an address of the platform's own is used, a header tells the range. */
  if (request->url == NULL && (request->file_offset != 0 || request->file_length != -1))
    g_string_append_printf (out, " from %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT " bytes",
                            request->file_offset, request->file_length);
  return g_string_free (out, FALSE);
}

char *
test_describe_step (SmmStep *step)
{
  static const char *const kinds[] = { "prepare", "commit", "verdict", "confirm" };
  g_autofree char *request = NULL;

  if (step == NULL)
    return g_strdup ("end");
  request = test_describe_request (step->request);
  /* A step that needs the person's token, or none, would be another request. An address that the
   * platform gave carries its own right, and nobody's token goes there. */
  g_assert_cmpint (step->request->auth, ==,
                   step->request->url != NULL                             ? SMM_AUTH_NONE
                   : step->request->endpoint == SMM_ENDPOINT_META_RUPLOAD ? SMM_AUTH_OAUTH
                                                                          : SMM_AUTH_BEARER);
  g_assert_cmpstr (step->request->account_id, ==, "a1");
  return g_strdup_printf ("%s %s %s", kinds[step->kind], step->name, request);
}

static void
append_facts (GString *out, GHashTable *facts)
{
  g_autoptr (GList) keys = facts != NULL ? g_hash_table_get_keys (facts) : NULL;

  keys = g_list_sort (keys, (GCompareFunc)strcmp);
  for (GList *l = keys; l != NULL; l = l->next)
    g_string_append_printf (out, " %s=%s", (char *)l->data,
                            (char *)g_hash_table_lookup (facts, l->data));
}

const char *
test_outcome_name (SmmOutcomeKind kind)
{
  static const char *const names[] = { "DONE",    "WAIT",       "RETRY",   "RESTART", "LIMITED",
                                       "REFUSED", "SIGNED_OUT", "BLOCKED", "UNCLEAR" };

  g_assert_cmpuint (kind, <, G_N_ELEMENTS (names));
  return names[kind];
}

/* "LIMITED 60000 limited 80001" or "DONE remote_id=1". */
char *
test_describe_outcome (SmmOutcome *outcome)
{
  GString *out = g_string_new (test_outcome_name (outcome->kind));

  if (outcome->drop_prefix != NULL)
    g_string_append_printf (out, " drop=“%s”", outcome->drop_prefix);
  if (outcome->wait_ms > 0)
    g_string_append_printf (out, " %" G_GUINT64_FORMAT, outcome->wait_ms);
  if (outcome->code != NULL)
    g_string_append_printf (out, " %s", outcome->code);
  if (outcome->error != NULL)
    g_string_append_printf (out, " %s", outcome->error);
  append_facts (out, outcome->facts);
  return g_string_free (out, FALSE);
}

char *
test_describe_reconcile (SmmReconcile *found)
{
  static const char *const names[]
      = { "MORE", "PUBLISHED", "ACCEPTED", "REFUSED", "NOT_PUBLISHED", "UNKNOWN" };
  GString *out = g_string_new (names[found->kind]);

  if (found->signed_out)
    g_string_append (out, " signed-out");
  if (found->weak)
    g_string_append (out, " weak");
  if (found->wait_ms > 0)
    g_string_append_printf (out, " %" G_GUINT64_FORMAT, found->wait_ms);
  append_facts (out, found->facts);
  return g_string_free (out, FALSE);
}

/* --- Hostile variants --- */

static const char *const strange_values[] = {
  "null",
  "true",
  "false",
  "0",
  "-1",
  "1e999",
  "1.5",
  "99999999999999999999999",
  "\"\"",
  "[]",
  "{}",
  "[null]",
  "[1]",
  "{\"data\":1}",
  "\"\\ud800\"",
  "\"\\ud800\\u0041\"",
  "\"\\udc00\"",
  "\"\\u0000\"",
  "\"1\\u0000/../x\"",
  "\"../../me\"",
  "\"\\r\\nX: y\"",
  "[[[[[[[[[[]]]]]]]]]]",
  "-9223372036854775808",
  "\"\xf4\x8f\xbf\xbf\"",
  "\"\xff\"",
  "",
};

/* End of the JSON value that begins at @from; a broken text ends somewhere. */
static gsize
skip_value (const char *text, gsize n, gsize from)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = from; i < n; i++)
    {
      char c = text[i];

      if (quoted)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            quoted = FALSE;
        }
      else if (c == '"')
        quoted = TRUE;
      else if (c == '{' || c == '[')
        depth++;
      else if (c == '}' || c == ']' || c == ',')
        {
          if (depth == 0)
            return i;
          if (c != ',')
            depth--;
        }
    }
  return n;
}

static void
swap_value (GString *text, GRand *rand)
{
  gsize starts[1024];
  gsize n = 0, from, to;
  const char *value = strange_values[g_rand_int_range (rand, 0, G_N_ELEMENTS (strange_values))];

  for (gsize i = 0; i + 1 < text->len && n < G_N_ELEMENTS (starts); i++)
    if (text->str[i] == ':' || text->str[i] == '[')
      starts[n++] = i + 1;
  if (n == 0)
    return;
  from = starts[g_rand_int_range (rand, 0, n)];
  to = skip_value (text->str, text->len, from);
  g_string_erase (text, from, to - from);
  g_string_insert (text, from, value);
}

static void
flip_bytes (GString *text, GRand *rand)
{
  static const char favourites[] = "\0\"\\{}[],:0\xff\xc0\x80\n";

  for (int n = g_rand_int_range (rand, 1, 4); n > 0 && text->len > 0; n--)
    {
      gsize at = g_rand_int_range (rand, 0, text->len);

      text->str[at] = g_rand_boolean (rand)
                          ? (char)g_rand_int_range (rand, 0, 256)
                          : favourites[g_rand_int_range (rand, 0, sizeof favourites - 1)];
    }
}

/* Drops, doubles or moves a run of bytes. */
static void
shuffle_run (GString *text, GRand *rand)
{
  gsize from = g_rand_int_range (rand, 0, text->len);
  gsize n = g_rand_int_range (rand, 1, 40);
  g_autofree char *run = NULL;

  n = MIN (n, text->len - from);
  run = g_strndup (text->str + from, n);
  if (g_rand_boolean (rand))
    g_string_erase (text, from, n);
  if (g_rand_boolean (rand))
    g_string_insert (text, g_rand_int_range (rand, 0, text->len + 1), run);
}

/**
 * test_mutate:
 * @text: a body
 * @seed: below strlen (@text): the text truncated there; above: something worse
 *
 * Returns: (transfer full): bytes that are never twice the same for one text
 */
GBytes *
test_mutate (const char *text, guint32 seed)
{
  gsize n = strlen (text);
  g_autoptr (GRand) rand = NULL;
  g_autoptr (GString) out = NULL;

  if (seed < n)
    return g_bytes_new (text, seed);
  rand = g_rand_new_with_seed (seed);
  out = g_string_new_len (text, n);
  for (int i = g_rand_int_range (rand, 1, 3); i > 0 && out->len > 0; i--)
    switch (g_rand_int_range (rand, 0, 5))
      {
      case 0:
        flip_bytes (out, rand);
        break;
      case 1:
        shuffle_run (out, rand);
        break;
      default:
        swap_value (out, rand);
        break;
      }
  return g_bytes_new (out->str, out->len);
}

char *
test_answer_body (const char *fixture)
{
  return strchr ("{<", *fixture) != NULL ? g_strdup (fixture) : test_fixture (fixture);
}

/* A status of 0: sent, and nothing came back. */
static SmmResponse *
turn_response (const TestTurn *turn)
{
  g_autofree char *body = NULL;

  if (turn->status == 0)
    return smm_response_new_error (SMM_SENT_MAYBE, "timeout", "timed out");
  body = test_answer_body (turn->fixture);
  return test_answer (turn->status, body);
}

/* As the engine does: what is to be forgotten, then what is new. */
static void
keep_facts (TestPub *self, SmmOutcome *outcome)
{
  GHashTableIter iter;
  gpointer key, value;

  if (outcome->kind == SMM_OUTCOME_RESTART)
    {
      g_hash_table_iter_init (&iter, self->pub.facts);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (g_str_has_prefix (key, outcome->drop_prefix))
          g_hash_table_iter_remove (&iter);
    }
  g_hash_table_iter_init (&iter, outcome->facts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (self->pub.facts, g_strdup (key), g_strdup (value));
}

void
test_run_turns (TestPub *self, const TestTurn *turns)
{
  for (const TestTurn *turn = turns; turn->step != NULL; turn++)
    {
      g_autoptr (SmmStep) step = self->platform->next_step (&self->pub);
      g_autofree char *asked = test_describe_step (step);
      g_autofree char *made = NULL;
      g_autoptr (SmmResponse) response = NULL;
      g_autoptr (SmmOutcome) outcome = NULL;

      g_assert_cmpstr (asked, ==, turn->step);
      if (turn->outcome == NULL)
        continue;
      response = turn_response (turn);
      outcome = self->platform->apply (&self->pub, step, response);
      made = test_describe_outcome (outcome);
      g_assert_cmpstr (made, ==, turn->outcome);
      if (outcome->kind != SMM_OUTCOME_DONE && outcome->kind != SMM_OUTCOME_WAIT)
        g_assert_nonnull (outcome->message);
      keep_facts (self, outcome);
    }
}

/* Plays looks: the request, the answer, what is made of it; facts are kept as the engine keeps
 * them. */
void
test_run_looks (TestPub *self, const TestTurn *turns)
{
  for (const TestTurn *turn = turns; turn->step != NULL; turn++)
    {
      g_autoptr (SmmRequest) request = self->platform->next_look (&self->pub, 1);
      g_autofree char *asked = test_describe_request (request);
      g_autoptr (SmmResponse) response = NULL;
      g_autoptr (SmmReconcile) found = NULL;
      g_autofree char *made = NULL;
      GHashTableIter iter;
      gpointer key, value;

      g_assert_cmpstr (asked, ==, turn->step);
      response = turn_response (turn);
      found = self->platform->apply_look (&self->pub, 1, response);
      made = test_describe_reconcile (found);
      g_assert_cmpstr (made, ==, turn->outcome);
      g_hash_table_iter_init (&iter, found->facts);
      while (g_hash_table_iter_next (&iter, &key, &value))
        g_hash_table_insert (self->pub.facts, g_strdup (key), g_strdup (value));
      if (found->kind == SMM_RECONCILE_MORE)
        continue;
      /* The next look starts from nothing. */
      g_hash_table_iter_init (&iter, self->pub.facts);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (g_str_has_prefix (key, "look."))
          g_hash_table_iter_remove (&iter);
    }
}
