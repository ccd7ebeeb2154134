/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One renewal at a time, and the new pair safe before it is used. The keyring and the platform are
 * files, so that several processes can share them: the platform knows one refresh token, the one it
 * gave last, and forgets it when it gives the next.
 */

#include "config.h"

#include "smm-account-token.h"
#include "smm-token-keeper.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#define ACCOUNT "a1"
#define ITEM "account/" ACCOUNT
#define OPEN_ID "-000Fq2rT9vXwYkLm3NpQs7uAbCdEfGhIjK"
#define SECOND ((gint64)G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define START (G_GINT64_CONSTANT (1795425300) * SECOND)

static const char *program;

typedef enum
{
  SEND_OK,
  SEND_LOST_BEFORE, /* the request never arrived, but a byte had left */
  SEND_LOST_AFTER,  /* the answer got lost */
  SEND_ERROR,       /* 500, nothing was done */
  SEND_NOTHING,     /* no connection */
} SendKind;

typedef struct
{
  char *dir;
  gint64 now;
  guint delay_ms;
  const SendKind *sends; /* what happens to the first ones */
  guint n_scripted;
  guint n_sends, n_stores;
  guint store_failures; /* of the next ones */
  SmmAccount *account;
  SmmTokenKeeper *keeper;
} World;

/* --- The keyring: one file an item --- */

static char *
get_path (World *world, const char *name)
{
  g_autofree char *safe = g_strdelimit (g_strdup (name), "/", '-');

  return g_build_filename (world->dir, safe, NULL);
}

static char *
read_item (World *world, const char *name)
{
  g_autofree char *path = get_path (world, name);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

static void
write_item (World *world, const char *name, const char *value)
{
  g_autofree char *path = get_path (world, name);

  g_assert_true (g_file_set_contents (path, value, -1, NULL));
}

typedef struct
{
  World *world;
  char *name, *value;
  SmmRequest *request;
  gpointer callback, user_data;
} Call;

static Call *
call_new (World *world, const char *name, const char *value, gpointer callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  *call = (Call){ world, g_strdup (name), g_strdup (value), NULL, callback, user_data };
  return call;
}

static void
call_free (Call *call)
{
  g_free (call->name);
  g_free (call->value);
  g_clear_pointer (&call->request, smm_request_unref);
  g_free (call);
}

static gboolean
lookup_cb (gpointer data)
{
  Call *call = data;
  char *value = read_item (call->world, call->name);
  g_autoptr (GError) error
      = value == NULL ? g_error_new (SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND, "none") : NULL;

  ((SmmKeeperValueFunc)call->callback) (value, error, call->user_data);
  call_free (call);
  return G_SOURCE_REMOVE;
}

static void
stub_lookup (gpointer host, const char *name, SmmKeeperValueFunc callback, gpointer user_data)
{
  g_idle_add (lookup_cb, call_new (host, name, NULL, callback, user_data));
}

static gboolean
store_cb (gpointer data)
{
  Call *call = data;
  World *world = call->world;
  g_autoptr (GError) error = NULL;

  world->n_stores++;
  if (world->store_failures > 0)
    {
      world->store_failures--;
      error = g_error_new (SMM_VAULT_ERROR, SMM_VAULT_ERROR_TIMED_OUT, "silent");
    }
  else
    write_item (world, call->name, call->value);
  ((SmmKeeperStoredFunc)call->callback) (error, call->user_data);
  call_free (call);
  return G_SOURCE_REMOVE;
}

static void
stub_store (gpointer host, const char *name, const char *value, SmmKeeperStoredFunc callback,
            gpointer user_data)
{
  g_idle_add (store_cb, call_new (host, name, value, callback, user_data));
}

/* --- The platform --- */

static int
get_server_count (World *world)
{
  g_autofree char *text = read_item (world, "server");

  return text != NULL ? atoi (text) : 1;
}

/* What the platform makes of it; its state moves on under a lock of its own. */
static SmmResponse *
serve (World *world, SmmRequest *request)
{
  g_autofree char *lock_path = g_build_filename (world->dir, "server.mutex", NULL);
  int lock = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  guint status = 200;
  int n;

  g_assert_cmpint (flock (lock, LOCK_EX), ==, 0);
  n = get_server_count (world);
  expected = g_strdup_printf ("rft.%d", n);
  g_assert_cmpstr (smm_request_get_param (request, "client_key"), ==, "key");
  g_assert_cmpstr (smm_request_get_param (request, "client_secret"), ==, "s3cret");
  if (g_strcmp0 (smm_request_get_param (request, "refresh_token"), expected) == 0)
    {
      g_autofree char *next = g_strdup_printf ("%d", n + 1);

      write_item (world, "server", next);
      text = g_strdup_printf ("{\"access_token\":\"act.%d\",\"refresh_token\":\"rft.%d\","
                              "\"expires_in\":7200,\"refresh_expires_in\":15552000,"
                              "\"open_id\":\"" OPEN_ID "\"}",
                              n + 1, n + 1);
    }
  else
    {
      status = 400;
      text = g_strdup ("{\"error\":\"invalid_grant\",\"error_description\":\"Refresh token is "
                       "invalid or expired.\"}");
    }
  close (lock);
  body = g_bytes_new (text, strlen (text));
  return smm_response_new (SMM_SENT_ANSWERED, status, body);
}

static gboolean
send_cb (gpointer data)
{
  Call *call = data;
  World *world = call->world;
  SendKind kind = world->n_sends < world->n_scripted ? world->sends[world->n_sends] : SEND_OK;
  g_autoptr (SmmResponse) response = NULL;

  world->n_sends++;
  if (kind == SEND_OK || kind == SEND_LOST_AFTER)
    response = serve (world, call->request);
  if (kind == SEND_LOST_AFTER)
    g_clear_pointer (&response, smm_response_unref);
  if (kind == SEND_ERROR)
    response = smm_response_new (SMM_SENT_ANSWERED, 500, NULL);
  if (response == NULL)
    response = smm_response_new_error (kind == SEND_NOTHING ? SMM_SENT_NOTHING : SMM_SENT_MAYBE,
                                       "reset", "broken");
  ((SmmKeeperSentFunc)call->callback) (response, call->user_data);
  call_free (call);
  return G_SOURCE_REMOVE;
}

static void
stub_send (gpointer host, SmmRequest *request, SmmKeeperSentFunc callback, gpointer user_data)
{
  World *world = host;
  Call *call = call_new (world, NULL, NULL, callback, user_data);

  call->request = smm_request_ref (request);
  g_timeout_add (world->delay_ms, send_cb, call);
}

static gint64
stub_now (gpointer host)
{
  return ((World *)host)->now;
}

/* --- The world --- */

static SmmAccount *
make_account (void)
{
  SmmAccount *account = smm_account_new ();

  account->id = g_strdup (ACCOUNT);
  account->platform = SMM_PLATFORM_TIKTOK;
  account->name = g_strdup ("Northside Bread");
  account->remote_id = g_strdup (OPEN_ID);
  account->app_id = g_strdup ("key");
  return account;
}

static World *
world_open (const char *dir)
{
  static const SmmTokenKeeperHost host = { stub_now, stub_lookup, stub_store, stub_send };
  World *world = g_new0 (World, 1);

  world->dir = g_strdup (dir);
  world->now = START;
  world->delay_ms = 20;
  world->account = make_account ();
  world->keeper = smm_token_keeper_new_with (&host, world, dir);
  return world;
}

static void
put_tokens (World *world, int n, gint64 left)
{
  g_autofree char *account = g_strdup_printf ("act.%d", n);
  g_autofree char *refresh = g_strdup_printf ("rft.%d", n);
  const SmmAccountTokens tokens = { .account = account,
                                    .refresh = refresh,
                                    .expires_at = left != 0 ? START + left : 0,
                                    .refresh_expires_at = START + 1000 * MINUTE };
  g_autofree char *value = smm_account_tokens_pack (&tokens);

  write_item (world, ITEM, value);
}

/* @left: µs that the first token still has. */
static World *
world_new (gint64 left)
{
  g_autofree char *dir = g_dir_make_tmp ("smm-keeper-XXXXXX", NULL);
  World *world = world_open (dir);

  put_tokens (world, 1, left);
  write_item (world, "app/tiktok", "s3cret");
  return world;
}

static void
world_close (World *world)
{
  g_object_unref (world->keeper);
  g_object_unref (world->account);
  g_free (world->dir);
  g_free (world);
}

static void
world_free (World *world)
{
  g_autoptr (GDir) dir = g_dir_open (world->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (world->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (world->dir);
  world_close (world);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static void
script (World *world, const SendKind *sends, guint n)
{
  world->sends = sends;
  world->n_scripted = n;
}

/* --- Asking --- */

typedef struct
{
  World *world;
  gboolean done;
  char *token;
  GError *error;
} Asked;

static void
asked_clear (Asked *asked)
{
  g_clear_pointer (&asked->token, g_free);
  g_clear_error (&asked->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

static void
on_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  char *value = smm_token_keeper_get_finish (SMM_TOKEN_KEEPER (source), result, &asked->error);

  asked->done = TRUE;
  if (value != NULL)
    {
      g_autofree char *kept = read_item (asked->world, ITEM);

      /* What is given out is in the keyring already. */
      g_assert_cmpstr (value, ==, kept);
      asked->token = smm_account_token_get (value, SMM_TOKEN_ACCOUNT);
    }
  smm_vault_secret_free (value);
}

static void
wait_for (Asked *asked)
{
  while (!asked->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
ask (World *world, const char *refused, Asked *asked)
{
  asked_clear (asked);
  *asked = (Asked){ .world = world };
  smm_token_keeper_get_async (world->keeper, world->account, refused, NULL, on_token, asked);
  wait_for (asked);
}

/* --- Renewing --- */

static const struct
{
  const char *name;
  gint64 left;
  const char *refused;
  guint n_sends;
  const char *token;
} plain_cases[] = {
  { "long", 60 * MINUTE, NULL, 0, "act.1" },
  { "five-minutes", 5 * MINUTE, NULL, 0, "act.1" },
  { "under-five-minutes", 5 * MINUTE - 1, NULL, 1, "act.2" },
  { "ended", -MINUTE, NULL, 1, "act.2" },
  { "unknown-end", 0, NULL, 0, "act.1" },
  { "refused", 60 * MINUTE, "act.1", 1, "act.2" },
  { "refused-before", 60 * MINUTE, "act.0", 0, "act.1" },
};

static void
test_plain (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (World) world = world_new (plain_cases[i].left);
  g_auto (Asked) asked = { 0 };

  ask (world, plain_cases[i].refused, &asked);
  g_assert_no_error (asked.error);
  g_assert_cmpstr (asked.token, ==, plain_cases[i].token);
  g_assert_cmpuint (world->n_sends, ==, plain_cases[i].n_sends);
  g_assert_cmpuint (world->n_stores, ==, plain_cases[i].n_sends);
  /* And it is good for a while. */
  ask (world, NULL, &asked);
  g_assert_cmpuint (world->n_sends, ==, plain_cases[i].n_sends);
}

static void
test_fifty (void)
{
  g_autoptr (World) world = world_new (MINUTE);
  Asked asked[50] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      asked[i].world = world;
      smm_token_keeper_get_async (world->keeper, world->account, i % 7 == 0 ? "act.1" : NULL, NULL,
                                  on_token, &asked[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      wait_for (&asked[i]);
      g_assert_no_error (asked[i].error);
      g_assert_cmpstr (asked[i].token, ==, "act.2");
      asked_clear (&asked[i]);
    }
  g_assert_cmpuint (world->n_sends, ==, 1);
  g_assert_cmpint (get_server_count (world), ==, 2);
}

/* Who asks without a complaint is under way when another complains: that is heard, too. */
static void
test_complaint_joins (void)
{
  g_autoptr (World) world = world_new (60 * MINUTE);
  g_auto (Asked) plain = { .world = world };
  g_auto (Asked) complaint = { .world = world };

  smm_token_keeper_get_async (world->keeper, world->account, NULL, NULL, on_token, &plain);
  smm_token_keeper_get_async (world->keeper, world->account, "act.1", NULL, on_token, &complaint);
  wait_for (&complaint);
  wait_for (&plain);
  g_assert_cmpstr (plain.token, ==, "act.1");
  g_assert_cmpstr (complaint.token, ==, "act.2");
  g_assert_cmpuint (world->n_sends, ==, 1);
}

/* --- Answers that get lost --- */

static const struct
{
  const char *name;
  gint64 left;
  SendKind sends[2];
  guint n_sends;
  const char *token; /* NULL: an error */
  SmmPlatformError error;
} lost_cases[] = {
  { "request", MINUTE, { SEND_LOST_BEFORE, SEND_OK }, 2, "act.2", 0 },
  { "answer", MINUTE, { SEND_LOST_AFTER, SEND_OK }, 2, NULL, SMM_PLATFORM_ERROR_DENIED },
  { "error-then-fine", -MINUTE, { SEND_ERROR, SEND_OK }, 2, "act.2", 0 },
  { "twice-still-good", MINUTE, { SEND_ERROR, SEND_LOST_BEFORE }, 2, "act.1", 0 },
  { "twice-ended", -MINUTE, { SEND_ERROR, SEND_ERROR }, 2, NULL, SMM_PLATFORM_ERROR_ANSWER },
  { "no-way-still-good", MINUTE, { SEND_NOTHING, SEND_OK }, 1, "act.1", 0 },
  { "no-way-ended", -MINUTE, { SEND_NOTHING, SEND_OK }, 1, NULL, SMM_PLATFORM_ERROR_ANSWER },
};

static void
test_lost (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (World) world = world_new (lost_cases[i].left);
  g_autofree char *before = read_item (world, ITEM);
  g_autofree char *after = NULL;
  g_auto (Asked) asked = { 0 };

  script (world, lost_cases[i].sends, 2);
  ask (world, NULL, &asked);
  g_assert_cmpstr (asked.token, ==, lost_cases[i].token);
  if (lost_cases[i].token == NULL)
    g_assert_error (asked.error, SMM_PLATFORM_ERROR, (int)lost_cases[i].error);
  g_assert_cmpuint (world->n_sends, ==, lost_cases[i].n_sends);
  /* Nothing never takes the place of what is there. */
  after = read_item (world, ITEM);
  if (g_strcmp0 (lost_cases[i].token, "act.2") != 0)
    g_assert_cmpstr (after, ==, before);
}

/* A platform that has trouble is not asked at every turn while the old token holds. */
static void
test_pause (void)
{
  static const SendKind sends[] = { SEND_NOTHING };
  g_autoptr (World) world = world_new (4 * MINUTE);
  g_auto (Asked) asked = { 0 };

  script (world, sends, 1);
  for (int i = 0; i < 3; i++)
    {
      ask (world, NULL, &asked);
      g_assert_cmpstr (asked.token, ==, "act.1");
    }
  g_assert_cmpuint (world->n_sends, ==, 1);
  world->now += 61 * SECOND;
  ask (world, NULL, &asked);
  g_assert_cmpstr (asked.token, ==, "act.2");
  g_assert_cmpuint (world->n_sends, ==, 2);
}

/* --- A keyring that fails --- */

static void
test_store_fails_twice (void)
{
  g_autoptr (World) world = world_new (MINUTE);
  g_auto (Asked) asked = { 0 };

  world->store_failures = 2;
  ask (world, NULL, &asked);
  g_assert_cmpstr (asked.token, ==, "act.2");
  g_assert_cmpuint (world->n_sends, ==, 1);
}

/* The old pair is dead: the new one is kept in memory until the keyring takes it. */
static void
test_store_fails (void)
{
  g_autoptr (World) world = world_new (MINUTE);
  g_auto (Asked) asked = { 0 };

  world->store_failures = 4;
  ask (world, NULL, &asked);
  g_assert_error (asked.error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TIMED_OUT);
  g_assert_null (asked.token);
  ask (world, NULL, &asked);
  g_assert_no_error (asked.error);
  g_assert_cmpstr (asked.token, ==, "act.2");
  g_assert_cmpuint (world->n_sends, ==, 1);
}

/* Unless the person has signed in again meanwhile: then that is newer. */
static void
test_signed_in_meanwhile (void)
{
  g_autoptr (World) world = world_new (MINUTE);
  g_auto (Asked) asked = { 0 };

  world->store_failures = 4;
  ask (world, NULL, &asked);
  g_assert_null (asked.token);
  put_tokens (world, 9, 60 * MINUTE);
  ask (world, NULL, &asked);
  g_assert_cmpstr (asked.token, ==, "act.9");
}

/* --- What can't be renewed --- */

static void
test_nothing_to_renew (void)
{
  g_autoptr (World) world = world_new (MINUTE);
  g_autofree char *item = get_path (world, ITEM);
  g_autofree char *secret = get_path (world, "app/tiktok");
  g_auto (Asked) asked = { 0 };

  /* Without the app's secret: the old one while it holds. */
  g_unlink (secret);
  ask (world, NULL, &asked);
  g_assert_cmpstr (asked.token, ==, "act.1");
  world->now += 2 * MINUTE;
  ask (world, NULL, &asked);
  g_assert_error (asked.error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_REFUSED);
  /* A value of the first format has nothing to buy another with. */
  write_item (world, ITEM, "1\nEAAB\nEAAC");
  ask (world, "EAAB", &asked);
  g_assert_cmpstr (asked.token, ==, "EAAB");
  g_unlink (item);
  ask (world, NULL, &asked);
  g_assert_error (asked.error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND);
  g_assert_cmpuint (world->n_sends, ==, 0);
}

/* --- Several processes --- */

static GSubprocess *
spawn (World *world, const char *crash)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  GSubprocess *child;

  if (crash != NULL)
    g_subprocess_launcher_setenv (launcher, "SMM_CRASH", crash, TRUE);
  child = g_subprocess_launcher_spawn (launcher, &error, program, "--child", world->dir, NULL);
  g_assert_no_error (error);
  return child;
}

static int
run_child (const char *dir)
{
  World *world = world_open (dir);
  g_auto (Asked) asked = { 0 };

  world->delay_ms = 150;
  ask (world, NULL, &asked);
  g_print ("%s", asked.token != NULL ? asked.token : asked.error->message);
  world_close (world);
  return 0;
}

static void
test_processes (void)
{
  g_autoptr (World) world = world_new (MINUTE);
  GSubprocess *children[4];

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    children[i] = spawn (world, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autofree char *out = NULL;

      g_assert_true (g_subprocess_communicate_utf8 (children[i], NULL, NULL, &out, NULL, NULL));
      g_assert_cmpstr (out, ==, "act.2");
      g_object_unref (children[i]);
    }
  g_assert_cmpint (get_server_count (world), ==, 2);
}

#ifdef SMM_CRASH_POINTS
static void
crash_at (World *world, const char *crash)
{
  g_autoptr (GSubprocess) child = spawn (world, crash);

  g_assert_true (g_subprocess_wait (child, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
}

/* Between the answer and the keyring: the loss that can't be avoided, and it is told. */
static void
test_crash_received (void)
{
  g_autoptr (World) world = world_new (MINUTE);
  g_auto (Asked) asked = { 0 };

  crash_at (world, "refresh_received:1");
  ask (world, NULL, &asked);
  g_assert_error (asked.error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_DENIED);
}

static void
test_crash_stored (void)
{
  g_autoptr (World) world = world_new (MINUTE);
  g_auto (Asked) asked = { 0 };

  crash_at (world, "refresh_stored:1");
  ask (world, NULL, &asked);
  g_assert_cmpstr (asked.token, ==, "act.2");
  g_assert_cmpuint (world->n_sends, ==, 0);
}
#endif

/* --- Which answers mean it --- */

static void
test_refusal (void)
{
  static const struct
  {
    guint status;
    SmmAuth auth;
    const char *code;
    gboolean refusal;
  } rows[] = {
    { 401, SMM_AUTH_BEARER, "access_token_invalid", TRUE },
    { 401, SMM_AUTH_BEARER, "scope_not_authorized", FALSE },
    { 200, SMM_AUTH_BEARER, "access_token_invalid", FALSE },
    { 401, SMM_AUTH_NONE, "access_token_invalid", FALSE },
  };
  g_autoptr (SmmAccount) account = make_account ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SmmRequest) request = smm_request_new ("POST", SMM_ENDPOINT_TIKTOK_API, "/x");
      g_autofree char *text = g_strdup_printf ("{\"error\":{\"code\":\"%s\"}}", rows[i].code);
      g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
      g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, rows[i].status, body);

      request->auth = rows[i].auth;
      g_assert_cmpint (smm_token_keeper_is_refusal (account, request, response), ==,
                       rows[i].refusal);
      account->platform = SMM_PLATFORM_FACEBOOK;
      g_assert_false (smm_token_keeper_is_refusal (account, request, response));
      account->platform = SMM_PLATFORM_TIKTOK;
    }
}

#define ADD_CASES(cases, folder, func)                                                             \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/keeper/" folder "/", cases[i].name, NULL);            \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                                     \
    }

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 3 && strcmp (argv[1], "--child") == 0)
    return run_child (argv[2]);
  g_test_init (&argc, &argv, NULL);

  ADD_CASES (plain_cases, "plain", test_plain);
  g_test_add_func ("/keeper/fifty", test_fifty);
  g_test_add_func ("/keeper/complaint-joins", test_complaint_joins);
  ADD_CASES (lost_cases, "lost", test_lost);
  g_test_add_func ("/keeper/pause", test_pause);
  g_test_add_func ("/keeper/store-fails-twice", test_store_fails_twice);
  g_test_add_func ("/keeper/store-fails", test_store_fails);
  g_test_add_func ("/keeper/signed-in-meanwhile", test_signed_in_meanwhile);
  g_test_add_func ("/keeper/nothing-to-renew", test_nothing_to_renew);
  g_test_add_func ("/keeper/processes", test_processes);
#ifdef SMM_CRASH_POINTS
  g_test_add_func ("/keeper/crash-received", test_crash_received);
  g_test_add_func ("/keeper/crash-stored", test_crash_stored);
#endif
  g_test_add_func ("/keeper/refusal", test_refusal);

  return g_test_run ();
}
