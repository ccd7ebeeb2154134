/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-test-engine.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  GSourceFunc func;
  gpointer data;
} Deferred;

struct _TestEngine
{
  SmmPaths *paths;
  SmmLibraryLocal *library;
  SmmEngine *engine;
  gint64 now, armed_at;
  GQueue deferred;
  GQueue script; /* char* */
  GString *log;
  gboolean locked;
};

static TestEngine *the_test;
static SmmPlatform test_platform;

/* --- The platform --- */

static const char *
fact (const SmmPublication *pub, const char *key)
{
  return g_hash_table_lookup (pub->facts, key);
}

static SmmRequest *
make_request (const SmmPublication *pub, const char *name)
{
  SmmRequest *request = smm_request_new ("POST", SMM_ENDPOINT_META_GRAPH, "/%s", name);

  if (pub->schedule_at > 0)
    {
      g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, pub->schedule_at / SECOND);

      smm_request_add_param (request, "at", at);
    }
  if (fact (pub, "accepted") != NULL && strcmp (fact (pub, "accepted"), "1") != 0)
    smm_request_add_param (request, "accepted", fact (pub, "accepted"));
  if (fact (pub, "secret.address") != NULL)
    smm_request_add_param (request, "address", fact (pub, "secret.address"));
  return request;
}

static SmmStep *
make_step (const SmmPublication *pub, const char *name, SmmStepKind kind)
{
  SmmStep *step = g_new0 (SmmStep, 1);

  step->name = g_strdup (name);
  step->kind = kind;
  step->request = make_request (pub, name);
  return step;
}

static SmmStep *
fake_next_step (const SmmPublication *pub)
{
  if (fact (pub, "handed_over") != NULL && fact (pub, "public") == NULL)
    return make_step (pub, "verdict", SMM_STEP_VERDICT);
  if (fact (pub, "remote_id") != NULL)
    return fact (pub, "permalink") == NULL ? make_step (pub, "confirm", SMM_STEP_CONFIRM) : NULL;
  if (fact (pub, "accepted") != NULL)
    return make_step (pub, "verdict", SMM_STEP_VERDICT);
  if (fact (pub, "prepared") == NULL)
    return make_step (pub, "prepare", SMM_STEP_PREPARE);
  return make_step (pub, "commit", SMM_STEP_COMMIT);
}

/* "DONE remote_id=1 permalink=x" → words after the first are facts, or seconds. */
static GHashTable *
read_words (SmmResponse *response, char **kind, guint64 *wait_ms)
{
  GHashTable *facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) words = g_strsplit (g_bytes_get_data (response->body, NULL), " ", -1);

  *kind = g_strdup (words[0]);
  for (guint i = 1; words[i] != NULL; i++)
    {
      char *equals = strchr (words[i], '=');

      if (equals == NULL)
        *wait_ms = g_ascii_strtoull (words[i], NULL, 10) * 1000;
      else
        g_hash_table_insert (facts, g_strndup (words[i], equals - words[i]), g_strdup (equals + 1));
    }
  return facts;
}

static int
find_name (const char *const *names, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  g_error ("no outcome is called %s", name);
}

static SmmOutcome *
read_outcome (SmmResponse *response)
{
  static const char *const names[] = { "DONE",    "WAIT",       "RETRY",   "RESTART", "LIMITED",
                                       "REFUSED", "SIGNED_OUT", "BLOCKED", "UNCLEAR" };
  SmmOutcome *outcome = g_new0 (SmmOutcome, 1);
  g_autofree char *kind = NULL;

  if (response->sent != SMM_SENT_ANSWERED)
    {
      outcome->kind = SMM_OUTCOME_UNCLEAR;
      return outcome;
    }
  outcome->facts = read_words (response, &kind, &outcome->wait_ms);
  outcome->kind = find_name (names, G_N_ELEMENTS (names), kind);
  if (outcome->kind == SMM_OUTCOME_RESTART)
    outcome->drop_prefix = g_strdup ("");
  return outcome;
}

static SmmReconcile *
read_reconcile (SmmResponse *response)
{
  static const char *const names[]
      = { "MORE", "PUBLISHED", "ACCEPTED", "REFUSED", "NOT_PUBLISHED", "UNKNOWN" };
  SmmReconcile *found = g_new0 (SmmReconcile, 1);
  g_autofree char *kind = NULL;

  found->facts = read_words (response, &kind, &found->wait_ms);
  found->kind = find_name (names, G_N_ELEMENTS (names), kind);
  found->weak = g_hash_table_remove (found->facts, "weak");
  return found;
}

static SmmOutcome *
fake_apply (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  return read_outcome (response);
}

static SmmOutcome *
fake_apply_other (const SmmPublication *pub, SmmResponse *response)
{
  return read_outcome (response);
}

static SmmRequest *
fake_next_look (const SmmPublication *pub, int look)
{
  return make_request (pub, "look");
}

static SmmReconcile *
fake_apply_look (const SmmPublication *pub, int look, SmmResponse *response)
{
  return read_reconcile (response);
}

static SmmRequest *
fake_comment (const SmmPublication *pub)
{
  return make_request (pub, "comment");
}

static SmmRequest *
fake_find_comment (const SmmPublication *pub)
{
  return make_request (pub, "find");
}

static SmmReconcile *
fake_apply_find (const SmmPublication *pub, SmmResponse *response)
{
  return read_reconcile (response);
}

static SmmRequest *
fake_remove (const SmmPublication *pub)
{
  return make_request (pub, "remove");
}

static SmmRequest *
fake_move (const SmmPublication *pub)
{
  return make_request (pub, "move");
}

static GPtrArray *
fake_validate (const SmmPost *post, const SmmAccount *account)
{
  return g_ptr_array_new ();
}

static const SmmPlatform *
get_platform (const SmmAccount *account)
{
  return &test_platform;
}

/* --- The host --- */

static gint64
host_now (gpointer data)
{
  return the_test->now;
}

static void
host_arm (gpointer data, gint64 at)
{
  the_test->armed_at = at;
}

static void
host_defer (gpointer data, GSourceFunc func, gpointer user_data)
{
  Deferred *deferred = g_new (Deferred, 1);

  *deferred = (Deferred){ func, user_data };
  g_queue_push_tail (&the_test->deferred, deferred);
}

typedef struct
{
  SmmResponse *response;
  SmmSendFunc callback;
  gpointer user_data;
  char *command; /* of the app, applied just before; NULL none */
  gboolean back; /* the clock was set back before that */
} Answer;

static gboolean
answer_cb (gpointer data)
{
  Answer *answer = data;

  if (answer->back)
    the_test->now -= 2 * HOUR;
  if (answer->command != NULL)
    test_engine_apply (the_test, answer->command, "{'id': <'p'>}");
  g_free (answer->command);
  answer->callback (answer->response, answer->user_data);
  smm_response_unref (answer->response);
  g_free (answer);
  return G_SOURCE_REMOVE;
}

static SmmResponse *
read_line (const char *line)
{
  g_autoptr (GBytes) body = g_bytes_new (line, strlen (line) + 1);

  if (strcmp (line, "LOST") == 0)
    return smm_response_new_error (SMM_SENT_MAYBE, "reset", "The connection broke");
  if (strcmp (line, "UNREACHED") == 0)
    return smm_response_new_error (SMM_SENT_NOTHING, "connect", "No connection");
  return smm_response_new (SMM_SENT_ANSWERED, 200, body);
}

static void
host_send (gpointer data, SmmRequest *request, const char *token, SmmSendFunc callback,
           gpointer user_data)
{
  const char *name = request->path + 1;
  g_autofree char *line = g_queue_pop_head (&the_test->script);
  const char *at = smm_request_get_param (request, "at");
  const char *address = smm_request_get_param (request, "address");
  const char *word = smm_request_get_param (request, "accepted");
  const char *rest;
  Answer *answer;

  g_string_append_printf (the_test->log, "%s%s%s%s%s%s%s%s", the_test->log->len > 0 ? " " : "",
                          name, at != NULL ? "@" : "", at != NULL ? at : "",
                          address != NULL ? "!" : "", address != NULL ? address : "",
                          word != NULL ? ":" : "", word != NULL ? word : "");
  if (line == NULL || !g_str_has_prefix (line, name) || line[strlen (name)] != ' ')
    g_error ("“%s” was asked, the script has “%s”", name, line != NULL ? line : "no more lines");
  /* The publisher dies with the request on its way. */
  rest = line + strlen (name) + 1;
  if (strcmp (rest, "KILLED") == 0)
    return;
  answer = g_new0 (Answer, 1);
  answer->back = g_str_has_prefix (rest, "BACK_");
  if (answer->back || g_str_has_prefix (rest, "ASKED_"))
    {
      rest = strchr (rest, '_') + 1;
      answer->command = g_strndup (rest, strcspn (rest, " "));
      rest += strlen (answer->command) + 1;
    }
  answer->response = read_line (rest);
  answer->callback = callback;
  answer->user_data = user_data;
  host_defer (NULL, answer_cb, answer);
}

static void
host_lookup_token (gpointer data, const char *account_id, SmmTokenKind kind, SmmTokenFunc callback,
                   gpointer user_data)
{
  if (the_test->locked)
    callback (SMM_TOKEN_LOCKED, NULL, "The keyring is locked", user_data);
  else
    callback (SMM_TOKEN_READY, "token", NULL, user_data);
}

void
test_engine_lock_keyring (TestEngine *self, gboolean locked)
{
  self->locked = locked;
  if (!locked)
    smm_engine_retry_keyring (self->engine);
}

static void
host_render (gpointer data, SmmMedia *media, SmmPlatformId platform, SmmRenderFunc callback,
             gpointer user_data)
{
  g_assert_not_reached ();
}

static void
host_progress (gpointer data, const char *post, const char *target, double fraction,
               const char *text)
{
}

/* --- Life --- */

static void
start (TestEngine *self)
{
  const SmmEngineHost host = {
    .now = host_now,
    .arm = host_arm,
    .defer = host_defer,
    .send = host_send,
    .lookup_token = host_lookup_token,
    .render = host_render,
    .progress = host_progress,
    .settle_first = 60,
    .settle_second = 300,
  };
  g_autoptr (GError) error = NULL;

  self->library = smm_library_local_new (self->paths, &error);
  g_assert_no_error (error);
  smm_library_local_set_now (self->library, host_now, NULL);
  self->engine = smm_engine_new (self->library, &host, NULL);
  smm_engine_set_platforms (self->engine, get_platform);
  smm_engine_start (self->engine);
}

static void
stop (TestEngine *self)
{
  Deferred *deferred;

  g_object_run_dispose (G_OBJECT (self->engine));
  while ((deferred = g_queue_pop_head (&self->deferred)) != NULL)
    {
      if (deferred->func == answer_cb)
        {
          smm_response_unref (((Answer *)deferred->data)->response);
          g_free (deferred->data);
        }
      else
        g_object_unref (deferred->data);
      g_free (deferred);
    }
  g_clear_object (&self->engine);
  g_clear_object (&self->library);
}

TestEngine *
test_engine_new (void)
{
  TestEngine *self = g_new0 (TestEngine, 1);
  static int n;
  g_autofree char *name = g_strdup_printf ("engine-%d", n++);

  test_platform = (SmmPlatform){
    .id = SMM_PLATFORM_FACEBOOK,
    .can_list = TRUE,
    .next_step = fake_next_step,
    .apply = fake_apply,
    .next_look = fake_next_look,
    .apply_look = fake_apply_look,
    .validate = fake_validate,
    .comment = fake_comment,
    .apply_comment = fake_apply_other,
    .find_comment = fake_find_comment,
    .apply_find_comment = fake_apply_find,
    .remove = fake_remove,
    .apply_remove = fake_apply_other,
    .hand_over_min = 10 * MINUTE,
    .hand_over_max = 29 * 24 * HOUR,
    .move = fake_move,
    .apply_move = fake_apply_other,
  };
  the_test = self;
  self->now = START;
  self->log = g_string_new (NULL);
  g_queue_init (&self->deferred);
  g_queue_init (&self->script);
  self->paths = smm_paths_new (name);
  start (self);
  test_engine_apply (self, "brand.add", "{'id': <'b'>, 'name': <'Brand'>, 'timezone': <'UTC'>}");
  test_engine_apply (self, "account.put",
                     "{'account': <{'id': <'a'>, 'brand': <'b'>, 'platform': <'facebook'>, "
                     "'remote-id': <'1'>, 'name': <'Page'>}>}");
  return self;
}

void
test_engine_free (TestEngine *self)
{
  stop (self);
  g_string_free (self->log, TRUE);
  g_queue_clear_full (&self->script, g_free);
  smm_paths_free (self->paths);
  g_free (self);
}

void
test_engine_restart (TestEngine *self)
{
  stop (self);
  start (self);
}

void
test_engine_script (TestEngine *self, const char *const *lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    g_queue_push_tail (&self->script, g_strdup (lines[i]));
}

void
test_engine_assert_script_done (TestEngine *self)
{
  if (!g_queue_is_empty (&self->script))
    g_error ("“%s” was never asked", (char *)g_queue_peek_head (&self->script));
}

char *
test_engine_take_log (TestEngine *self)
{
  char *log = g_strdup (self->log->str);

  g_string_truncate (self->log, 0);
  return log;
}

gboolean
test_engine_try (TestEngine *self, const char *name, const char *args)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, g_variant_new_parsed (args));
  g_autoptr (GVariant) result = smm_library_local_apply (self->library, command, NULL);

  return result != NULL;
}

void
test_engine_apply (TestEngine *self, const char *name, const char *args)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, g_variant_new_parsed (args));
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = smm_library_local_apply (self->library, command, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
}

void
test_engine_add_post (TestEngine *self, gint64 due, const char *more)
{
  g_autofree char *wall = smm_wall_time_format (due, "UTC");
  g_autofree char *args = g_strdup_printf (
      "{'id': <'p'>, 'brand': <'b'>, 'text': <'A text'>, 'targets': <[('t', 'a')]>, "
      "'wall': <'%s'>, 'zone': <'UTC'>%s%s}",
      wall, *more != '\0' ? ", " : "", more);

  test_engine_apply (self, "post.add", args);
}

void
test_engine_run (TestEngine *self, gint64 until)
{
  Deferred *deferred;

  for (guint n = 0; n < 10000; n++)
    {
      while ((deferred = g_queue_pop_head (&self->deferred)) != NULL)
        {
          deferred->func (deferred->data);
          g_free (deferred);
        }
      if (self->armed_at == 0 || self->armed_at > until)
        {
          self->now = MAX (self->now, until);
          return;
        }
      self->now = MAX (self->now, self->armed_at);
      self->armed_at = 0;
      smm_engine_wake (self->engine);
    }
  g_error ("the engine never comes to rest");
}

void
test_engine_set_clock (TestEngine *self, gint64 now)
{
  self->now = now;
  smm_engine_wake (self->engine);
}

SmmEngine *
test_engine_get_engine (TestEngine *self)
{
  return self->engine;
}

SmmStore *
test_engine_get_store (TestEngine *self)
{
  return smm_library_get_store (SMM_LIBRARY (self->library));
}

SmmTarget *
test_engine_get_target (TestEngine *self)
{
  return smm_store_get_target (test_engine_get_store (self), "t");
}

void
test_engine_set_budgets (TestEngine *self, const SmmBudget *budgets)
{
  test_platform.budgets = budgets;
}

void
test_engine_assert_state (TestEngine *self, const char *state)
{
  g_autoptr (SmmTarget) target = test_engine_get_target (self);
  g_autofree char *found = g_strdup_printf ("%s%s%s", smm_target_state_to_string (target->state),
                                            target->reason_code != NULL ? " " : "",
                                            target->reason_code != NULL ? target->reason_code : "");

  g_assert_cmpstr (found, ==, state);
}
