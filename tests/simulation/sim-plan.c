/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a history is about: which posts, which disasters, which people, and when. Each kind of
 * disaster is there in some histories and absent in others, so that a fault shows with as little
 * around it as it needs.
 */

#include "config.h"

#include "sim.h"

#include <string.h>

/* --- The library every history begins with --- */

static void
add_account (Sim *sim, SmmPlatformId platform, const char *id, const char *remote_id,
             const char *parent)
{
  g_autoptr (SmmAccount) account = smm_account_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = NULL;
  GVariantDict dict;

  account->id = g_strdup (id);
  account->brand_id = g_strdup ("b");
  account->platform = platform;
  account->remote_id = g_strdup (remote_id);
  account->parent_remote_id = g_strdup (parent);
  account->name = g_strdup (id);
  account->username = g_strdup (id);
  account->app_id = g_strdup ("4711");
  if (platform == SMM_PLATFORM_TIKTOK)
    account->scopes = g_strdup ("user.info.basic video.upload video.publish");
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "account", smm_account_to_variant (account));
  result = sim_apply (sim, "account.put", g_variant_dict_end (&dict), &error);
  g_assert_no_error (error);
}

void
sim_plan_template (Sim *sim)
{
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (sim->library));
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = NULL;

  result = sim_apply (
      sim, "brand.add",
      g_variant_new_parsed ("{'id': <'b'>, 'name': <'Brand'>, 'timezone': <'UTC'>}"), &error);
  g_assert_no_error (error);
  add_account (sim, SMM_PLATFORM_FACEBOOK, "fb", "1048576001", NULL);
  add_account (sim, SMM_PLATFORM_INSTAGRAM, "ig", "1784140012", "1048576001");
  add_account (sim, SMM_PLATFORM_TIKTOK, "tt", "open-id-1", NULL);
  g_assert (smm_store_begin (store, NULL));
  sim_add_media (store);
  g_assert (smm_store_commit (store, NULL));
}

/* --- Posts --- */

/* A post that has a video has it first. */
static GVariant *
media_list (SimPost *post, int first, int n)
{
  g_auto (GVariantBuilder) media = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

  for (int i = 0; i < n; i++)
    {
      int file = post->video && i == 0 ? N_PHOTOS : (first + i) % N_PHOTOS;
      g_autofree char *sha256 = g_strdup_printf ("%064d", post->group * N_FILES + file);

      g_variant_builder_add (&media, "(ss)", sha256, "");
    }
  return g_variant_builder_end (&media);
}

static void
add_wall (Sim *sim, GVariantDict *dict, gint64 local)
{
  g_autofree char *wall = smm_wall_time_format (local, "UTC");

  g_variant_dict_insert (dict, "wall", "s", wall);
  g_variant_dict_insert (dict, "zone", "s", "UTC");
}

static GVariant *
describe_post (Sim *sim, SimPost *post)
{
  g_auto (GVariantBuilder) targets = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  GVariantDict dict;

  for (guint i = 0; i < N_ACCOUNTS; i++)
    if (post->wants[i])
      {
        g_autofree char *id = g_strdup_printf ("t-%s-%s", post->id, sim->accounts[i].id);

        g_variant_builder_add (&targets, "(ss)", id, sim->accounts[i].id);
      }
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", post->id);
  g_variant_dict_insert (&dict, "brand", "s", "b");
  g_variant_dict_insert (&dict, "text", "s", post->text);
  g_variant_dict_insert_value (&dict, "targets", g_variant_builder_end (&targets));
  if (post->n_media > 0)
    g_variant_dict_insert_value (&dict, "media", media_list (post, 0, post->n_media));
  if (post->link)
    g_variant_dict_insert (&dict, "link", "s", "https://example.com/bread");
  sim_describe_form (post, &dict);
  add_wall (sim, &dict, MAX (post->due_at, sim_local_now (sim)));
  return g_variant_dict_end (&dict);
}

/* Whoever plans a post and is told "no" tries again until the library says yes. */
static void
add_post (Sim *sim, gpointer data, gboolean alive)
{
  SimPost *post = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = NULL;

  if (sim->engine != NULL)
    result = sim_apply (sim, "post.add", describe_post (sim, post), &error);
  /* Once more, it may be what was taken back meanwhile. */
  sim->n_commands += result != NULL;
  if (sim->dead)
    return;
  if (result == NULL && !sim->calm)
    {
      sim_add_event (sim, sim->now + 7 * SECOND, 0, add_post, post);
      return;
    }
  post->added = result != NULL;
  sim_tell (sim, "%s is planned: %s", post->id, post->added ? post->text : "never");
}

static void
plan_post (Sim *sim, int n)
{
  static const char *const bread[] = { "Rye is back", "Rye  is\nback ", "“Rye” is back" };
  SimPost *post = &sim->posts[n];
  gboolean same = n > 0 && sim_chance (sim, 0.06);

  g_snprintf (post->id, sizeof post->id, "p%d", n);
  post->group = n;
  sim_draw_form (sim, post);
  if (same)
    *post = sim->posts[n - 1];
  if (same)
    {
      g_snprintf (post->id, sizeof post->id, "p%d", n);
      for (guint i = 0; i < N_ACCOUNTS; i++)
        sim->ambiguous[i][post->group] |= post->wants[i];
    }
  else
    g_snprintf (post->text, sizeof post->text, "g%d %s", n, bread[sim_between (sim, 0, 2)]);
  sim_add_event (sim, START + sim_between (sim, 0, 500) * 1000, 0, add_post, post);
}

/* --- People --- */

static SimPost *
draw_post (Sim *sim)
{
  return &sim->posts[sim_between (sim, 0, sim->n_posts - 1)];
}

static void
run_command (Sim *sim, SimPost *post, const char *name, GVariant *args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = sim_apply (sim, name, args, &error);

  sim->n_commands++;
  /* Not the store's own words: the path in them differs from run to run. */
  sim_tell (sim, "the app: %s %s: %s", name, post != NULL ? post->id : "",
            result != NULL                           ? "done"
            : error->code == SMM_LIBRARY_ERROR_STORE ? "the library can't be written"
                                                     : error->message);
}

static GVariant *
with_id (SimPost *post)
{
  return g_variant_new_parsed ("{'id': <%s>}", post->id);
}

static void
reschedule (Sim *sim, SimPost *post)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", post->id);
  add_wall (sim, &dict, sim_local_now (sim) + sim_between (sim, -20, 600) * SECOND);
  run_command (sim, post, "post.reschedule", g_variant_dict_end (&dict));
}

static void
edit (Sim *sim, SimPost *post)
{
  g_autofree char *text
      = g_strdup_printf ("g%d Rye is back, take %u", post->group, ++post->version);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "s", post->id);
  if (post->n_media > 1 + post->video && sim_chance (sim, 0.3))
    g_variant_dict_insert_value (&dict, "media", media_list (post, 1, post->n_media - 1));
  g_variant_dict_insert (&dict, "text", "s", text);
  run_command (sim, post, "post.edit", g_variant_dict_end (&dict));
}

static void
look_now (Sim *sim, SimPost *post)
{
  for (guint i = 0; i < N_ACCOUNTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("t-%s-%s", post->id, sim->accounts[i].id);

      if (post->wants[i] && smm_engine_look_now (sim->engine, id, NULL))
        sim_tell (sim, "the app: look now at %s", id);
    }
}

/* A person who looks at the Page long after, and tells the truth. */
static void
resolve (Sim *sim, SimPost *post)
{
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (sim->library));

  for (guint i = 0; i < N_ACCOUNTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("t-%s-%s", post->id, sim->accounts[i].id);
      g_autoptr (SmmTarget) target = post->wants[i] ? smm_store_get_target (store, id) : NULL;
      g_autoptr (SmmJournalEntry) commit
          = target != NULL ? smm_store_get_last_commit (store, id) : NULL;
      guint n = 0;

      if (target == NULL || target->state != SMM_TARGET_UNCONFIRMED || commit == NULL
          || sim->skew != 0 || sim->ambiguous[i][post->group]
          || commit->started_at + 200 * SECOND > sim->now)
        continue;
      for (guint v = 0; v < sim->visible->len; v++)
        {
          SimVisible *visible = sim->visible->pdata[v];

          n += visible->account == i && visible->group == post->group
               && sim_is_shown (sim, visible);
        }
      run_command (sim, post, "target.resolve",
                   g_variant_new_parsed ("{'target': <%s>, 'published': <%b>}", id, n > 0));
    }
}

static void
take_back (Sim *sim, gpointer data, gboolean alive)
{
  if (sim->engine == NULL || sim->dead || sim->calm)
    return;
  /* That may be any change, and its inverse a cancelled post. */
  for (int i = 0; i < sim->n_posts; i++)
    sim->posts[i].cancelled = TRUE;
  run_command (sim, NULL, sim_chance (sim, 0.9) ? "undo" : "redo", NULL);
}

static void
remove_post (Sim *sim, SimPost *post)
{
  post->cancelled = TRUE;
  run_command (sim, post, "post.remove", with_id (post));
}

static void
remove_something (Sim *sim, gpointer data, gboolean alive)
{
  if (sim->engine != NULL && !sim->dead && !sim->calm)
    remove_post (sim, draw_post (sim));
}

static void
somebody (Sim *sim, gpointer data, gboolean alive)
{
  SimPost *post = draw_post (sim);
  static const char *const plain[]
      = { "post.cancel", "post.publish-now", "post.retry", "post.delete", "post.unschedule" };
  int what = sim_between (sim, 0, 14);

  if (sim->engine == NULL || sim->dead || sim->calm)
    return;
  if (what < 5)
    {
      post->cancelled |= what == 0 || what == 3 || what == 4;
      run_command (sim, post, plain[what], with_id (post));
    }
  else if (what == 5)
    reschedule (sim, post);
  else if (what < 8)
    edit (sim, post);
  else if (what == 8)
    look_now (sim, post);
  else if (what == 12)
    resolve (sim, post);
  else if (what > 12)
    remove_post (sim, post);
  else
    take_back (sim, NULL, TRUE);
}

/* Whoever reads that a post failed changes it and tries again. */
static void
mend (Sim *sim, gpointer data, gboolean alive)
{
  SimPost *post = draw_post (sim);

  if (sim->engine == NULL || sim->dead || sim->calm)
    return;
  edit (sim, post);
  if (!sim->dead)
    run_command (sim, post, "post.retry", with_id (post));
}

static void
change_mind (Sim *sim, gpointer data, gboolean alive)
{
  SimPost *post = &sim->posts[0];

  if (sim->engine == NULL || sim->dead || sim->calm)
    return;
  /* What is under way meanwhile may well fail. */
  if (sim_chance (sim, 0.5))
    sim->rates.refuse = 0.5;
  post->cancelled = TRUE;
  run_command (sim, post, "post.cancel", with_id (post));
  sim_add_event (sim, sim->now + sim_between (sim, 1, 300) * SECOND, 0, take_back, NULL);
}

static void
post_by_hand (Sim *sim, gpointer data, gboolean alive)
{
  SimPost *post = draw_post (sim);
  SimAccountIndex account = post->wants[SIM_FACEBOOK] ? SIM_FACEBOOK : SIM_INSTAGRAM;
  SmmStore *store = sim->engine != NULL ? smm_library_get_store (SMM_LIBRARY (sim->library)) : NULL;
  g_autoptr (SmmPost) present = store != NULL ? smm_store_get_post (store, post->id) : NULL;
  SimVisible *visible;

  /* By hand people make plain posts here. */
  if (post->form != SIM_FORM_FEED)
    return;
  visible = sim_show (sim, account, present != NULL ? present->text : post->text, TRUE);
  sim->ambiguous[account][post->group] = TRUE;
  visible->id = sim_make_id (sim, account == SIM_FACEBOOK ? "1048576001_133" : "17930");
  if (account == SIM_INSTAGRAM)
    visible->photos = g_strdup (post->n_media > 1 ? "CAROUSEL_ALBUM" : "IMAGE");
}

static void
post_something_else (Sim *sim, gpointer data, gboolean alive)
{
  SimAccountIndex account = sim_chance (sim, 0.7) ? SIM_FACEBOOK : SIM_INSTAGRAM;
  SimVisible *visible = sim_show (sim, account, "We are closed today", TRUE);

  visible->id = sim_make_id (sim, account == SIM_FACEBOOK ? "1048576001_144" : "17940");
}

/* --- Disasters --- */

static void
jump_clock (Sim *sim, gpointer data, gboolean alive)
{
  gint64 by = sim_between (sim, -100, 100);

  if (sim->rates.no_date)
    return;
  by = by * (sim_chance (sim, 0.5) ? SECOND : MINUTE);
  sim->skew = sim_chance (sim, 0.3) ? 0 : sim->skew + by;
  sim_tell (sim, "the clock is set, it is off by %.0f s now", sim->skew / 1e6);
  if (sim->engine != NULL && !sim->dead)
    smm_engine_wake (sim->engine);
}

static void
wake_up (Sim *sim, gpointer data, gboolean alive)
{
  sim_tell (sim, "the computer wakes up");
  if (sim->engine != NULL && !sim->dead)
    smm_engine_wake (sim->engine);
}

static void
suspend (Sim *sim, gpointer data, gboolean alive)
{
  gint64 length = sim_between (sim, 1, sim_chance (sim, 0.2) ? 4 * 3600 : 600) * SECOND;

  if (sim->asleep_until > sim->now)
    return;
  sim->asleep_until = sim->now + length;
  sim_tell (sim, "the computer sleeps for %.0f s", length / 1e6);
  sim_add_event (sim, sim->asleep_until, 0, wake_up, NULL);
}

static void
start_second (Sim *sim, gpointer data, gboolean alive)
{
  if (sim->engine != NULL && !sim->dead)
    sim_process_second (sim);
}

static void
unlock_keyring (Sim *sim, gpointer data, gboolean alive)
{
  sim->rates.keyring_locked = 0;
  sim_tell (sim, "the keyring is opened");
  if (sim->engine != NULL && !sim->dead)
    smm_engine_retry_keyring (sim->engine);
}

/* What a disk has forgotten is missed when the power goes while that is being put right. */
static void
lose_forgotten (Sim *sim, guint ops)
{
  sim->rates.power = MAX (sim->rates.power, 0.8);
  sim_disk_plan_kill (ops + sim_between (sim, 2, 20));
}

static void
fault_disk (Sim *sim, gpointer data, gboolean alive)
{
  SimDiskFault fault = sim_between (sim, SIM_DISK_READ_ERROR, SIM_DISK_BUSY);
  guint times = sim_chance (sim, 0.5) ? 1 : sim_between (sim, 2, 60);
  guint ops = sim_between (sim, 0, 30);

  if (sim->calm)
    return;
  /* Each try to open the library meets one of them, and a dozen tries say it all. Who waits for a
   * lock tries it more often. */
  if (fault != SIM_DISK_BUSY)
    times = MIN (times, 12);
  sim_disk_plan_fault (fault, ops, times);
  if (fault == SIM_DISK_SYNC_FORGETS && sim_chance (sim, 0.5))
    lose_forgotten (sim, ops);
}

/**
 * sim_plan_forgetting:
 * @sim: a history whose publisher has just opened its library
 *
 * Its log is empty, so pages of which it has no older state are soon among what the disk forgets.
 */
void
sim_plan_forgetting (Sim *sim)
{
  guint ops = sim_between (sim, 0, 15);

  sim_disk_plan_fault (SIM_DISK_SYNC_FORGETS, ops, 1);
  lose_forgotten (sim, ops);
}

static void
fail_look (Sim *sim, gpointer data, gboolean alive)
{
  if (sim->engine == NULL || sim->dead || sim->calm)
    return;
  sim_connection_forget_pages (sim);
  sim_disk_plan_fault (sim_chance (sim, 0.5) ? SIM_DISK_READ_ERROR : SIM_DISK_SYNC_ERROR, 0, 1);
  look_now (sim, draw_post (sim));
  /* Somebody's command opens the library anew, and mostly there is nothing to retry. */
  if (!sim->dead && sim_chance (sim, 0.5))
    {
      SimPost *post = draw_post (sim);

      run_command (sim, post, "post.retry", with_id (post));
    }
}

/**
 * sim_plan_doubt:
 * @sim: a history
 * @at: when
 *
 * Somebody asks for a look, and that is how the publisher learns that its disk can't be read: while
 * it is about to go on with a post for which nothing has to be written.
 */
void
sim_plan_doubt (Sim *sim, gint64 at)
{
  sim_add_event (sim, at, 0, fail_look, NULL);
}

static void
plan_kill (Sim *sim, gpointer data, gboolean alive)
{
  sim_disk_plan_kill (sim_between (sim, 1, 25));
}

static void
kill_now (Sim *sim, gpointer data, gboolean alive)
{
  if (sim->engine != NULL)
    sim_die (sim, "by somebody");
}

static void
end_now (Sim *sim, gpointer data, gboolean alive)
{
  if (!sim->dead && sim->stopping)
    sim_process_end (sim);
}

static void
stop_politely (Sim *sim, gpointer data, gboolean alive)
{
  if (sim->engine == NULL || sim->dead || sim->stopping)
    return;
  sim_tell (sim, "the publisher is asked to end");
  sim->stopping = TRUE;
  smm_engine_stop (sim->engine);
  sim_add_event (sim, sim->now + sim_between (sim, 0, 5000) * 1000, 0, end_now, NULL);
}

static void
resume (Sim *sim, gpointer data, gboolean alive)
{
  if (sim->engine == NULL || sim->dead)
    return;
  sim_tell (sim, "the app: resume");
  smm_engine_resume (sim->engine);
}

static void
pause_engine (Sim *sim, gpointer data, gboolean alive)
{
  gint64 length = sim_between (sim, 1, 900) * SECOND;

  if (sim->engine == NULL || sim->dead)
    return;
  sim_tell (sim, "the app: pause");
  smm_engine_pause (sim->engine, sim_chance (sim, 0.5) ? sim_local_now (sim) + length : 0);
  sim_add_event (sim, sim->now + length, 0, resume, NULL);
}

static void
set_account (Sim *sim, SimAccount *account, SmmAccountState state)
{
  run_command (sim, NULL, "account.set-state",
               g_variant_new_parsed ("{'id': <%s>, 'state': <%i>}", account->id, (int)state));
}

static void
sign_in (Sim *sim, gpointer data, gboolean alive)
{
  SimAccount *account = data;

  /* Whoever finds nobody to sign in to comes again. */
  if (sim->engine == NULL || sim->dead)
    {
      sim_add_event (sim, sim->now + 30 * SECOND, 0, sign_in, account);
      return;
    }
  account->known_version = MAX (account->known_version, account->token_version) + 1;
  account->token_version = account->known_version;
  account->lost = account->spent = FALSE;
  if (account->expires_at > 0)
    account->expires_at = sim->now + 2 * HOUR;
  sim_tell (sim, "%s is signed in again", account->id);
  set_account (sim, account, SMM_ACCOUNT_OK);
}

void
sim_plan_sign_in (Sim *sim, SimAccount *account)
{
  sim_add_event (sim, sim->now + sim_between (sim, 1, 1200) * SECOND, 0, sign_in, account);
}

static void
kill_token (Sim *sim, gpointer data, gboolean alive)
{
  SimAccount *account = &sim->accounts[sim_between (sim, 0, N_ACCOUNTS - 1)];

  account->token_version = 0;
  account->lost = sim_chance (sim, 0.3);
  sim_tell (sim, "the token of %s dies%s", account->id, account->lost ? " and is lost" : "");
  sim_plan_sign_in (sim, account);
}

static void
disconnect (Sim *sim, gpointer data, gboolean alive)
{
  SimAccount *account = &sim->accounts[sim_between (sim, 0, N_ACCOUNTS - 1)];

  if (sim->engine == NULL || sim->dead)
    return;
  set_account (sim, account, SMM_ACCOUNT_DISCONNECTED);
  sim_add_event (sim, sim->now + sim_between (sim, 1, 1200) * SECOND, 0, sign_in, account);
}

/**
 * sim_plan_calm:
 * @sim: a history
 *
 * From here on nothing bad happens any more, and what waits for people is done.
 */
void
sim_plan_calm (Sim *sim)
{
  sim_tell (sim, "--- calm");
  sim->calm = TRUE;
  memset (&sim->rates, 0, sizeof sim->rates);
  sim_disk_plan_fault (SIM_DISK_WELL, 0, 0);
  sim_disk_plan_kill (0);
  sim->skew = 0;
  if (sim->engine == NULL)
    return;
  smm_engine_resume (sim->engine);
  smm_engine_retry_keyring (sim->engine);
  /* Which ends the sessions before it, and that would be a disaster too. */
  for (guint i = 0; !sim->peaceful && i < N_ACCOUNTS; i++)
    sign_in (sim, &sim->accounts[i], TRUE);
}

/* --- Drawing --- */

typedef struct
{
  double share; /* of the histories that have it */
  SimFunc func;
  int from, to; /* how often */
} Disaster;

static const Disaster disasters[] = {
  { 0.35, somebody, 1, 5 },        { 0.12, mend, 1, 3 },         { 0.08, change_mind, 1, 2 },
  { 0.1, remove_something, 1, 2 }, { 0.06, post_by_hand, 1, 1 }, { 0.1, post_something_else, 1, 5 },
  { 0.12, jump_clock, 1, 3 },      { 0.08, suspend, 1, 2 },      { 0.1, start_second, 1, 2 },
  { 0.2, fault_disk, 1, 4 },       { 0.15, plan_kill, 1, 2 },    { 0.1, kill_now, 1, 2 },
  { 0.08, stop_politely, 1, 2 },   { 0.06, pause_engine, 1, 2 }, { 0.08, kill_token, 1, 2 },
  { 0.05, disconnect, 1, 1 },
};

static void
draw_rate (Sim *sim, double *rate, double share, double most)
{
  if (sim_chance (sim, share))
    *rate = sim_chance (sim, 0.3) ? most : g_rand_double (sim->rand) * most;
}

static void
draw_rates (Sim *sim)
{
  SimRates *rates = &sim->rates;

  draw_rate (sim, &rates->no_network, 0.2, 0.4);
  draw_rate (sim, &rates->lost_before, 0.2, 0.3);
  draw_rate (sim, &rates->lost_after, 0.3, 0.4);
  draw_rate (sim, &rates->lie, 0.2, 0.3);
  draw_rate (sim, &rates->error_before, 0.15, 0.3);
  draw_rate (sim, &rates->html, 0.1, 0.2);
  draw_rate (sim, &rates->truncated, 0.1, 0.2);
  draw_rate (sim, &rates->odd, 0.15, 0.3);
  draw_rate (sim, &rates->limit, 0.08, 0.1);
  draw_rate (sim, &rates->usage, 0.08, 0.3);
  draw_rate (sim, &rates->refuse, 0.08, 0.5);
  draw_rate (sim, &rates->blocked, 0.05, 0.3);
  draw_rate (sim, &rates->transient, 0.1, 0.5);
  draw_rate (sim, &rates->transient_after, 0.1, 0.5);
  draw_rate (sim, &rates->missing, 0.15, 0.6);
  draw_rate (sim, &rates->blocked_after, 0.15, 0.6);
  draw_rate (sim, &rates->duplicate, 0.2, 1);
  draw_rate (sim, &rates->echo, 0.08, 0.5);
  draw_rate (sim, &rates->ragged, 0.1, 1);
  draw_rate (sim, &rates->consumed, 0.1, 1);
  /* Where the container can't be asked the list decides, and lists are ragged. */
  if (rates->consumed > 0 && sim_chance (sim, 0.5))
    rates->ragged = MAX (rates->ragged, 0.5);
  draw_rate (sim, &rates->container_error, 0.1, 0.3);
  draw_rate (sim, &rates->container_expired, 0.08, 0.3);
  draw_rate (sim, &rates->gone, 0.1, 0.3);
  draw_rate (sim, &rates->bare_id, 0.2, 1);
  draw_rate (sim, &rates->slow, 0.2, 0.6);
  draw_rate (sim, &rates->timeout, 0.12, 0.3);
  draw_rate (sim, &rates->quota, 0.06, 0.3);
  draw_rate (sim, &rates->cut, 0.15, 0.5);
  draw_rate (sim, &rates->early_published, 0.2, 1);
  draw_rate (sim, &rates->dropped, 0.05, 0.5);
  draw_rate (sim, &rates->delete_refused, 0.1, 0.5);
  draw_rate (sim, &rates->anonymous, 0.05, 1);
  draw_rate (sim, &rates->spam, 0.05, 0.3);
  draw_rate (sim, &rates->kill, 0.2, 0.1);
  draw_rate (sim, &rates->power, 0.4, 1);
  draw_rate (sim, &rates->keyring_locked, 0.1, 0.5);
  draw_rate (sim, &rates->keyring_slow, 0.2, 1);
  draw_rate (sim, &rates->render_fails, 0.03, 0.3);
  draw_rate (sim, &rates->doubt, 0.08, 0.5);
  draw_rate (sim, &rates->forgets, 0.06, 1);
  if (sim_chance (sim, 0.5))
    sim->accounts[SIM_TIKTOK].expires_at = START + sim_between (sim, 1, 120) * MINUTE;
  rates->no_date = sim_chance (sim, 0.1);
  rates->double_container = sim_chance (sim, 0.7);
  rates->lag = sim_chance (sim, 0.6) ? sim_between (sim, 1, 150) * SECOND : 0;
  rates->processing = sim_chance (sim, 0.5) ? sim_between (sim, 1, 90) * SECOND : 0;
  if (rates->keyring_locked > 0)
    sim_add_event (sim, START + sim_between (sim, 30, 1500) * SECOND, 0, unlock_keyring, NULL);
}

/* Most of what is worth disturbing happens in the first minutes, and when a post is due. */
static gint64
draw_moment (Sim *sim)
{
  if (sim_chance (sim, 0.3))
    return sim->posts[sim_between (sim, 0, sim->n_posts - 1)].due_at
           + sim_between (sim, -1000, 20000) * 1000;
  return START + sim_between (sim, 100, sim_chance (sim, 0.6) ? 130000 : 900000) * 1000;
}

static void
choose_brand (Sim *sim)
{
  static const char *const policies[] = { "publish", "ask", "skip" };
  g_autoptr (GVariant) result = NULL;

  if (sim_chance (sim, 0.8))
    return;
  result = sim_apply (sim, "brand.edit",
                      g_variant_new_parsed ("{'id': <'b'>, 'late-policy': <%s>, "
                                            "'late-hours': <%i>}",
                                            policies[sim_between (sim, 0, 2)],
                                            (int)sim_between (sim, 1, 3)),
                      NULL);
}

/* For a post that is under way on one account and has failed on another. */
static void
prepare_change_of_mind (Sim *sim)
{
  SimPost *post = &sim->posts[0];

  post->wants[SIM_FACEBOOK] = post->wants[SIM_INSTAGRAM] = TRUE;
  post->n_media = MAX (post->n_media, 1);
  post->link = FALSE;
  sim->rates.render_fails = 0.4;
  sim_add_event (sim, post->due_at + sim_between (sim, 50, 5000) * 1000, 0, change_mind, NULL);
}

/**
 * sim_plan:
 * @sim: a history whose publisher has just started
 */
void
sim_plan (Sim *sim)
{
  sim->n_posts = sim_chance (sim, 0.6) ? 1 : sim_between (sim, 2, MAX_POSTS);
  for (int i = 0; i < sim->n_posts; i++)
    plan_post (sim, i);
  sim->peaceful = sim_chance (sim, 0.03);
  if (sim->peaceful)
    return;
  choose_brand (sim);
  draw_rates (sim);
  if (sim_chance (sim, 0.03) && sim->posts[0].form == SIM_FORM_FEED)
    prepare_change_of_mind (sim);
  for (guint i = 0; i < G_N_ELEMENTS (disasters); i++)
    if (sim_chance (sim, disasters[i].share))
      for (gint64 n = sim_between (sim, disasters[i].from, disasters[i].to); n > 0; n--)
        sim_add_event (sim, draw_moment (sim), 0, disasters[i].func, NULL);
}
