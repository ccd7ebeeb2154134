/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The real engine, library and store against a simulated world: its clock, its platform and its
 * disasters come from one seed, so a failing seed is one story that can be told again.
 *
 * The oracle is the platform's own log (reliability, section 4): at most one visible post a target;
 * published if and only if visible; nothing pending without a wake-up; nothing unconfirmed at the
 * end, because this platform can be listed.
 *
 *   test-simulation [--seeds N] [--first SEED] [--story SEED] [--unsafe no-reconcile|no-settle]
 */

#include "config.h"

#include "smm-engine.h"
#include "smm-store-write.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECOND ((gint64)G_USEC_PER_SEC)
#define START (G_GINT64_CONSTANT (1795500000) * G_USEC_PER_SEC)
#define N_POSTS 6
#define MAX_EVENTS 20000

static gboolean unsafe_no_reconcile, unsafe_no_settle;

/* --- The world --- */

typedef struct
{
  gint64 at;
  guint64 seq;
  GSourceFunc func;
  gpointer data;
  guint life; /* events of a dead process are dropped */
} Event;

typedef struct
{
  char *token;       /* what the post was about: the text is unique */
  gint64 visible_at; /* in lists; the public sees it at once */
} Visible;

typedef struct
{
  GRand *rand;
  gint64 now;
  guint64 seq;
  GSequence *events;
  guint life;
  gboolean dead;
  gint64 armed_at;

  GPtrArray *visible;     /* Visible* */
  GHashTable *photos;     /* photo id → exists */
  GHashTable *containers; /* id → ready at (gint64 *) */
  GHashTable *published_containers;
  guint n_ids;
  gint64 lag;
  double crash_rate, drop_rate, lie_rate, refuse_rate, net_rate, lock_rate, gone_rate;
  guint n_crashes, n_requests;

  SmmPaths *paths;
  SmmLibraryLocal *library;
  SmmEngine *engine;
  GString *story;
} World;

G_GNUC_PRINTF (2, 3)
static void
tell (World *world, const char *format, ...)
{
  va_list args;

  g_string_append_printf (world->story, "%8.3f s  ", (world->now - START) / 1e6);
  va_start (args, format);
  g_string_append_vprintf (world->story, format, args);
  va_end (args);
  g_string_append_c (world->story, '\n');
}

static gint
compare_events (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Event *one = a, *other = b;

  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  return one->seq < other->seq ? -1 : one->seq > other->seq;
}

static void
add_event (World *world, gint64 at, GSourceFunc func, gpointer data)
{
  Event *event = g_new0 (Event, 1);

  event->at = at;
  event->seq = world->seq++;
  event->func = func;
  event->data = data;
  event->life = world->life;
  g_sequence_insert_sorted (world->events, event, compare_events, NULL);
}

static gboolean
chance (World *world, double p)
{
  return g_rand_double (world->rand) < p;
}

static gboolean
maybe_die (World *world, const char *where)
{
  if (world->dead || !chance (world, world->crash_rate))
    return world->dead;
  tell (world, "the publisher is killed %s", where);
  world->dead = TRUE;
  world->n_crashes++;
  return TRUE;
}

/* --- A platform with the rules of a real one: three kinds of post, told apart by the text --- */

static const char *
fact (const SmmPublication *pub, const char *key)
{
  return g_hash_table_lookup (pub->facts, key);
}

static SmmStep *
make_step (const char *name, SmmStepKind kind, const SmmPublication *pub)
{
  SmmStep *step = g_new0 (SmmStep, 1);

  step->name = g_strdup (name);
  step->kind = kind;
  step->request = smm_request_new ("POST", SMM_ENDPOINT_META_GRAPH, "/%s", name);
  smm_request_add_param (step->request, "text", pub->post->text);
  if (fact (pub, "container") != NULL)
    smm_request_add_param (step->request, "container", fact (pub, "container"));
  return step;
}

static SmmStep *
sim_next_step (const SmmPublication *pub)
{
  if (fact (pub, "remote_id") != NULL)
    return fact (pub, "permalink") == NULL ? make_step ("permalink", SMM_STEP_CONFIRM, pub) : NULL;
  if (g_str_has_prefix (pub->post->text, "photo"))
    for (int i = 0; i < 2; i++)
      {
        g_autofree char *name = g_strdup_printf ("photo:%d", i);

        if (fact (pub, name) == NULL)
          return make_step (name, SMM_STEP_PREPARE, pub);
      }
  if (g_str_has_prefix (pub->post->text, "container"))
    {
      if (fact (pub, "container") == NULL)
        return make_step ("container", SMM_STEP_PREPARE, pub);
      if (fact (pub, "ready") == NULL)
        return make_step ("poll", SMM_STEP_PREPARE, pub);
      return make_step ("publish", SMM_STEP_COMMIT, pub);
    }
  return make_step ("feed", SMM_STEP_COMMIT, pub);
}

static GHashTable *
new_facts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static SmmOutcome *
sim_apply (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  SmmOutcome *outcome = g_new0 (SmmOutcome, 1);
  const char *body = g_bytes_get_data (response->body, NULL);

  outcome->facts = new_facts ();
  if (response->sent == SMM_SENT_NOTHING)
    outcome->kind = SMM_OUTCOME_RETRY;
  else if (response->sent == SMM_SENT_MAYBE || response->status >= 500)
    outcome->kind = step->kind == SMM_STEP_COMMIT ? SMM_OUTCOME_UNCLEAR : SMM_OUTCOME_RETRY;
  else if (response->status == 429)
    {
      outcome->kind = SMM_OUTCOME_LIMITED;
      outcome->wait_ms = 90 * 1000;
    }
  else if (response->status == 410)
    {
      outcome->kind = SMM_OUTCOME_RESTART;
      outcome->drop_prefix = g_strdup ("");
      outcome->wait_ms = 5000;
    }
  else if (response->status >= 400)
    {
      outcome->kind = SMM_OUTCOME_REFUSED;
      outcome->code = g_strdup ("refused");
    }
  else if (strcmp (step->name, "poll") == 0)
    {
      outcome->kind = strcmp (body, "ready") == 0 ? SMM_OUTCOME_DONE : SMM_OUTCOME_WAIT;
      outcome->wait_ms = 3000;
      if (outcome->kind == SMM_OUTCOME_DONE)
        g_hash_table_insert (outcome->facts, g_strdup ("ready"), g_strdup ("1"));
    }
  else
    {
      const char *key = step->kind == SMM_STEP_COMMIT    ? "remote_id"
                        : step->kind == SMM_STEP_CONFIRM ? "permalink"
                                                         : step->name;

      outcome->kind = SMM_OUTCOME_DONE;
      g_hash_table_insert (outcome->facts, g_strdup (key), g_strdup (body));
    }
  if (unsafe_no_reconcile && outcome->kind == SMM_OUTCOME_UNCLEAR)
    outcome->kind = SMM_OUTCOME_LIMITED;
  return outcome;
}

static SmmRequest *
sim_next_look (const SmmPublication *pub, int look)
{
  SmmRequest *request = smm_request_new ("GET", SMM_ENDPOINT_META_GRAPH, "/list");

  smm_request_add_param (request, "text", pub->post->text);
  return request;
}

static SmmReconcile *
sim_apply_look (const SmmPublication *pub, int look, SmmResponse *response)
{
  SmmReconcile *found = g_new0 (SmmReconcile, 1);
  const char *body = g_bytes_get_data (response->body, NULL);

  found->facts = new_facts ();
  if (response->sent != SMM_SENT_ANSWERED || response->status != 200)
    found->kind = SMM_RECONCILE_UNKNOWN;
  else if (strcmp (body, "none") == 0)
    found->kind = SMM_RECONCILE_NOT_PUBLISHED;
  else
    {
      found->kind = SMM_RECONCILE_PUBLISHED;
      g_hash_table_insert (found->facts, g_strdup ("remote_id"), g_strdup (body));
      g_hash_table_insert (found->facts, g_strdup ("permalink"), g_strdup (body));
    }
  return found;
}

static GPtrArray *
sim_validate (const SmmPost *post, const SmmAccount *account)
{
  return g_ptr_array_new ();
}

static const SmmPlatform sim_platform = {
  .id = SMM_PLATFORM_FACEBOOK,
  .can_list = TRUE,
  .next_step = sim_next_step,
  .apply = sim_apply,
  .next_look = sim_next_look,
  .apply_look = sim_apply_look,
  .validate = sim_validate,
};

static const SmmPlatform *
get_sim_platform (SmmPlatformId id)
{
  return &sim_platform;
}

static Visible *
find_visible (World *world, const char *text, gboolean listed)
{
  for (guint i = 0; i < world->visible->len; i++)
    {
      Visible *visible = world->visible->pdata[i];

      if (strcmp (visible->token, text) == 0 && (!listed || visible->visible_at <= world->now))
        return visible;
    }
  return NULL;
}

static guint
count_visible (World *world, const char *text)
{
  guint n = 0;

  for (guint i = 0; i < world->visible->len; i++)
    n += strcmp (((Visible *)world->visible->pdata[i])->token, text) == 0;
  return n;
}

static void
show (World *world, const char *text)
{
  Visible *visible = g_new0 (Visible, 1);

  visible->token = g_strdup (text);
  visible->visible_at = world->now + world->lag;
  g_ptr_array_add (world->visible, visible);
  tell (world, "the public sees “%s”", text);
}

/* The request arrived: what does the platform do and say? */
static char *
handle_request (World *world, const char *path, const char *text, const char *container,
                guint *status)
{
  *status = 200;
  if (strcmp (path, "/list") == 0)
    return g_strdup (find_visible (world, text, TRUE) != NULL ? text : "none");
  if (strcmp (path, "/permalink") == 0)
    return g_strdup_printf ("https://example.com/%s", text);
  if (strcmp (path, "/container") == 0)
    {
      gint64 *ready = g_new (gint64, 1);
      char *id = g_strdup_printf ("c%u", world->n_ids++);

      *ready = world->now + g_rand_int_range (world->rand, 0, 20) * SECOND;
      g_hash_table_insert (world->containers, g_strdup (id), ready);
      return id;
    }
  if (strcmp (path, "/poll") == 0)
    {
      gint64 *ready = g_hash_table_lookup (world->containers, container);

      return g_strdup (ready != NULL && *ready <= world->now ? "ready" : "not yet");
    }
  if (strcmp (path, "/publish") == 0
      && (g_hash_table_contains (world->published_containers, container)
          || chance (world, world->gone_rate)))
    {
      *status = 410;
      return g_strdup ("gone");
    }
  if (strcmp (path, "/feed") == 0 || strcmp (path, "/publish") == 0)
    {
      if (chance (world, world->refuse_rate))
        {
          *status = chance (world, 0.5) ? 400 : 429;
          return g_strdup ("no");
        }
      show (world, text);
      if (container != NULL)
        g_hash_table_add (world->published_containers, g_strdup (container));
      return g_strdup_printf ("id%u", world->n_ids++);
    }
  return g_strdup_printf ("p%u", world->n_ids++);
}

/* --- The host --- */

typedef struct
{
  World *world;
  char *path, *text, *container;
  SmmResponse *response;
  SmmSendFunc callback;
  gpointer user_data;
} Flight;

static void
flight_free (Flight *flight)
{
  smm_response_unref (flight->response);
  g_free (flight->path);
  g_free (flight->text);
  g_free (flight->container);
  g_free (flight);
}

static gboolean
deliver_cb (gpointer data)
{
  Flight *flight = data;
  World *world = flight->world;

  if (!maybe_die (world, "as the answer arrives"))
    flight->callback (flight->response, flight->user_data);
  flight_free (flight);
  return G_SOURCE_REMOVE;
}

/* At the platform. It goes on whether or not the sender is still alive. */
static gboolean
arrive_cb (gpointer data)
{
  Flight *flight = data;
  World *world = flight->world;
  gboolean before = chance (world, world->drop_rate / 2);
  guint status = 0;
  g_autofree char *body = NULL;

  if (!before)
    body = handle_request (world, flight->path, flight->text, flight->container, &status);
  if (before || chance (world, world->drop_rate))
    {
      tell (world, "%s “%s”: the answer is lost %s the effect", flight->path, flight->text,
            before ? "before" : "after");
      flight->response = smm_response_new_error (SMM_SENT_MAYBE, "reset", "lost");
    }
  else
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body) + 1);

      if (chance (world, world->lie_rate))
        {
          status = 500;
          tell (world, "%s “%s”: answered 500 after the effect", flight->path, flight->text);
        }
      flight->response = smm_response_new (SMM_SENT_ANSWERED, status, bytes);
    }
  add_event (world, world->now + g_rand_int_range (world->rand, 1, 400) * 1000, deliver_cb, flight);
  return G_SOURCE_REMOVE;
}

static void
host_send (gpointer data, SmmRequest *request, const char *token, SmmSendFunc callback,
           gpointer user_data)
{
  World *world = data;
  Flight *flight;

  if (maybe_die (world, "before the bytes leave"))
    return;
  flight = g_new0 (Flight, 1);
  flight->world = world;
  flight->path = g_strdup (request->path);
  flight->text = g_strdup (smm_request_get_param (request, "text"));
  flight->container = g_strdup (smm_request_get_param (request, "container"));
  flight->callback = callback;
  flight->user_data = user_data;
  world->n_requests++;
  if (chance (world, world->net_rate))
    {
      tell (world, "%s “%s”: no way to the platform", flight->path, flight->text);
      flight->response = smm_response_new_error (SMM_SENT_NOTHING, "connect", "refused");
      add_event (world, world->now + SECOND, deliver_cb, flight);
    }
  else
    {
      tell (world, "%s “%s” is sent", flight->path, flight->text);
      add_event (world, world->now + g_rand_int_range (world->rand, 1, 200) * 1000, arrive_cb,
                 flight);
    }
  maybe_die (world, "after the bytes left");
}

static gint64
host_now (gpointer data)
{
  return ((World *)data)->now;
}

static void
host_arm (gpointer data, gint64 at)
{
  ((World *)data)->armed_at = at;
}

static void
host_defer (gpointer data, GSourceFunc func, gpointer user_data)
{
  World *world = data;

  add_event (world, world->now, func, user_data);
}

static void
host_lookup_token (gpointer data, const char *account_id, SmmTokenKind kind, SmmTokenFunc callback,
                   gpointer user_data)
{
  World *world = data;

  if (chance (world, world->lock_rate))
    callback (SMM_TOKEN_LOCKED, NULL, "The keyring is locked", user_data);
  else
    callback (SMM_TOKEN_READY, "token", NULL, user_data);
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

/* --- Runs --- */

static gint64
library_now (gpointer data)
{
  return ((World *)data)->now;
}

static void
start_process (World *world)
{
  const SmmEngineHost host = {
    .now = host_now,
    .arm = host_arm,
    .defer = host_defer,
    .send = host_send,
    .lookup_token = host_lookup_token,
    .render = host_render,
    .progress = host_progress,
    .settle_first = unsafe_no_settle ? 0 : 60,
    .settle_second = unsafe_no_settle ? 0.001 : 300,
  };
  g_autoptr (GError) error = NULL;

  world->dead = FALSE;
  world->life++;
  world->armed_at = 0;
  world->library = smm_library_local_new (world->paths, &error);
  g_assert_no_error (error);
  smm_library_local_set_now (world->library, library_now, world);
  world->engine = smm_engine_new (world->library, &host, world);
  smm_engine_set_platforms (world->engine, get_sim_platform);
  tell (world, "a publisher starts");
  smm_engine_start (world->engine);
}

/* SIGKILL: what is not on disk is gone. Only requests on their way live on. */
static void
end_process (World *world)
{
  g_object_run_dispose (G_OBJECT (world->engine));
  g_clear_object (&world->engine);
  g_clear_object (&world->library);
}

static gboolean
run_one_event (World *world)
{
  GSequenceIter *first = g_sequence_get_begin_iter (world->events);
  Event *event = g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
  gint64 armed = world->armed_at;

  if (armed > 0 && (event == NULL || armed <= event->at))
    {
      world->armed_at = 0;
      world->now = MAX (world->now, armed);
      smm_engine_wake (world->engine);
      return TRUE;
    }
  if (event == NULL)
    return FALSE;
  g_sequence_remove (first);
  world->now = MAX (world->now, event->at);
  if (event->life == world->life || event->func == arrive_cb)
    {
      gboolean own = event->life == world->life;
      guint life = world->life;

      /* Another life's request: its effect happens, its answer finds nobody. */
      if (!own)
        world->life = event->life;
      event->func (event->data);
      if (!own)
        world->life = life;
    }
  else if (event->func == deliver_cb)
    flight_free (event->data);
  else
    g_object_unref (event->data);
  if (event->func != arrive_cb)
    maybe_die (world, "between two turns of its loop");
  g_free (event);
  return TRUE;
}

static void
apply (World *world, const char *name, const char *text)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, g_variant_new_parsed (text));
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) result
      = smm_library_local_apply (world->library, command, &error);

  g_assert_no_error (error);
}

static void
fill_library (World *world)
{
  static const char *const kinds[] = { "text", "photo", "container" };

  apply (world, "brand.add", "{'id': <'b'>, 'name': <'Brand'>, 'timezone': <'UTC'>}");
  apply (world, "brand.edit", "{'id': <'b'>, 'late-hours': <168>}");
  apply (world, "account.put",
         "{'account': <{'id': <'a'>, 'brand': <'b'>, 'platform': <'facebook'>, 'remote-id': "
         "<'1'>, 'name': <'Page'>}>}");
  for (int i = 0; i < N_POSTS; i++)
    {
      gint64 due = START + g_rand_int_range (world->rand, 1, 30) * SECOND;
      g_autofree char *wall = smm_wall_time_format (due, "UTC");
      g_autofree char *args = g_strdup_printf (
          "{'id': <'p%d'>, 'brand': <'b'>, 'text': <'%s %d'>, 'targets': <[('t%d', 'a')]>, "
          "'wall': <'%s'>, 'zone': <'UTC'>}",
          i, kinds[i % 3], i, i, wall);

      apply (world, "post.add", args);
    }
}

static char *
find_fault (World *world)
{
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (world->library));

  for (int i = 0; i < N_POSTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%d", i);
      g_autoptr (SmmPost) post = smm_store_get_post (store, id);
      SmmTarget *target = post->targets->pdata[0];
      guint n = count_visible (world, post->text);

      if (n > 1)
        return g_strdup_printf ("“%s” is visible %u times", post->text, n);
      if (target->state == SMM_TARGET_PUBLISHED && n != 1)
        return g_strdup_printf ("“%s” is called published and is not", post->text);
      if (n == 1 && target->state != SMM_TARGET_PUBLISHED)
        return g_strdup_printf ("“%s” is visible and called %s", post->text,
                                smm_target_state_to_string (target->state));
      if (n == 0 && target->state != SMM_TARGET_FAILED)
        return g_strdup_printf ("“%s” is neither out nor failed but %s", post->text,
                                smm_target_state_to_string (target->state));
      if (target->state == SMM_TARGET_FAILED && target->reason_code == NULL)
        return g_strdup_printf ("“%s” failed without a reason", post->text);
    }
  return NULL;
}

static void
visible_free (gpointer data)
{
  g_free (((Visible *)data)->token);
  g_free (data);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
choose_disasters (World *world)
{
  world->lag = g_rand_int_range (world->rand, 0, 50) * SECOND;
  world->crash_rate = chance (world, 0.7) ? g_rand_double (world->rand) * 0.12 : 0;
  world->drop_rate = g_rand_double (world->rand) * 0.3;
  world->lie_rate = g_rand_double (world->rand) * 0.2;
  world->refuse_rate = g_rand_double (world->rand) * 0.15;
  world->net_rate = g_rand_double (world->rand) * 0.2;
  world->lock_rate = chance (world, 0.3) ? g_rand_double (world->rand) * 0.5 : 0;
  world->gone_rate = g_rand_double (world->rand) * 0.2;
}

/* Returns what went wrong, or NULL. */
static char *
run_seed (guint32 seed, SmmPaths *paths, GString *story, guint *crashes)
{
  World world
      = { .rand = g_rand_new_with_seed (seed), .now = START, .paths = paths, .story = story };
  char *fault = NULL;
  guint n = 0;

  world.events = g_sequence_new (NULL);
  world.visible = g_ptr_array_new_with_free_func (visible_free);
  world.containers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  world.published_containers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  start_process (&world);
  fill_library (&world);
  choose_disasters (&world);
  while (n++ < MAX_EVENTS)
    {
      gboolean more;

      if (n == MAX_EVENTS / 2)
        world.crash_rate = world.drop_rate = world.lie_rate = world.net_rate = world.lock_rate
            = world.gone_rate = 0;
      more = run_one_event (&world);
      if (world.dead)
        {
          end_process (&world);
          world.now += g_rand_int_range (world.rand, 1, 5000) * 1000;
          start_process (&world);
        }
      else if (!more)
        break;
    }
  fault = n >= MAX_EVENTS ? g_strdup ("the engine never came to rest") : find_fault (&world);
  *crashes += world.n_crashes;
  end_process (&world);
  world.life++;
  while (!g_sequence_is_empty (world.events))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (world.events);
      Event *event = g_sequence_get (first);

      g_sequence_remove (first);
      if (event->func == deliver_cb)
        flight_free (event->data);
      else if (event->func != arrive_cb)
        g_object_unref (event->data);
      g_free (event);
    }
  g_sequence_free (world.events);
  g_ptr_array_unref (world.visible);
  g_hash_table_unref (world.containers);
  g_hash_table_unref (world.published_containers);
  g_rand_free (world.rand);
  return fault;
}

/* In memory where there is such a place: a simulated world has no power cuts (yet). */
static char *
make_root (void)
{
  g_autofree char *template = g_strdup ("/dev/shm/smm-sim-XXXXXX");

  if (g_mkdtemp (template) != NULL)
    return g_steal_pointer (&template);
  return g_dir_make_tmp ("smm-sim-XXXXXX", NULL);
}

int
main (int argc, char **argv)
{
  int n_seeds = 150, first = 1, story_seed = 0;
  g_autofree char *unsafe = NULL;
  const GOptionEntry entries[] = {
    { "seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "How many histories", "N" },
    { "first", 0, 0, G_OPTION_ARG_INT, &first, "The first seed", "SEED" },
    { "story", 0, 0, G_OPTION_ARG_INT, &story_seed, "Tell what happens in one", "SEED" },
    { "unsafe", 0, 0, G_OPTION_ARG_STRING, &unsafe, "Take a safety away", "WHICH" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *root = make_root ();
  guint crashes = 0, faults = 0;
  gint64 began = g_get_monotonic_time ();

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  unsafe_no_reconcile = g_strcmp0 (unsafe, "no-reconcile") == 0;
  unsafe_no_settle = g_strcmp0 (unsafe, "no-settle") == 0;
  g_setenv ("XDG_DATA_HOME", root, TRUE);
  g_setenv ("XDG_CACHE_HOME", root, TRUE);
  g_setenv ("XDG_STATE_HOME", root, TRUE);
  if (story_seed > 0)
    {
      first = story_seed;
      n_seeds = 1;
    }
  g_print ("TAP version 13\n1..1\n");
  for (int i = 0; i < n_seeds; i++)
    {
      g_autofree char *name = g_strdup_printf ("sim-%d", i);
      g_autoptr (SmmPaths) paths = smm_paths_new (name);
      g_autoptr (GString) story = g_string_new (NULL);
      g_autofree char *fault = run_seed (first + i, paths, story, &crashes);

      if (fault != NULL)
        faults++;
      if (fault != NULL || story_seed > 0)
        g_print ("# seed %d: %s\n", first + i, fault != NULL ? fault : "well");
      if (story_seed > 0 || (fault != NULL && faults == 1 && unsafe == NULL))
        {
          g_auto (GStrv) lines = g_strsplit (story->str, "\n", -1);

          for (guint l = 0; lines[l] != NULL; l++)
            g_print ("#   %s\n", lines[l]);
        }
      remove_folder (paths->data_dir);
    }
  remove_folder (root);
  g_print ("# %d histories, %u kills, %u faults, %.0f a second\n", n_seeds, crashes, faults,
           n_seeds / ((g_get_monotonic_time () - began) / 1e6));
  /* With a safety taken away the run must find something, or it proves nothing. */
  if (unsafe != NULL)
    g_print ("%s 1 - taking away %s is noticed\n", faults > 0 ? "ok" : "not ok", unsafe);
  else
    g_print ("%s 1 - every history ends with one post or the truth\n",
             faults == 0 ? "ok" : "not ok");
  return unsafe != NULL ? faults == 0 : faults > 0;
}
