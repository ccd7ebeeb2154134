/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the AI may cost: never more than was allowed, whatever runs beside it or breaks. */

#include "config.h"

#include <string.h>

#include "scripted-server.h"
#include "smm-ai-client.h"
#include "smm-settings.h"
#include "smm-spending.h"
#include "smm-test-library.h"

#define OPENAI "'provider': <'openai'>, 'model': <'gpt-5.6-luna'>, 'purpose': <'ai-caption'>"
/* A hundred thousand tokens out: 12 cents. */
#define TWELVE OPENAI ", 'input-tokens': <int64 0>, 'output-tokens': <int64 100000>"
#define CENTS(n) ((n)*SMM_DOLLAR / 100)

static SmmLibraryLocal *
open_library (const char *limit)
{
  SmmLibraryLocal *library = test_library_new ();
  g_autofree char *args = g_strdup_printf ("{'key': <'ai.limit-cents'>, 'value': <'%s'>}", limit);
  g_autoptr (GVariant) accepted = test_apply (library, "policy.accept", "{'version': <2>}", NULL);
  g_autoptr (GVariant) limited = test_apply (library, "setting.set", args, NULL);

  g_assert_nonnull (accepted);
  g_assert_nonnull (limited);
  return library;
}

static gboolean
do_it (SmmLibraryLocal *library, const char *name, const char *args, GError **error)
{
  g_autoptr (GVariant) reply = test_apply (library, name, args, error);

  return reply != NULL;
}

static gint64
get_spent (SmmLibraryLocal *library, SmmSpendingState *state)
{
  SmmSpending spending;

  smm_spending_read (&spending, test_store (library), test_now);
  if (state != NULL)
    *state = spending.state;
  return spending.spent;
}

static void
test_limit (void)
{
  g_autoptr (SmmLibraryLocal) library = open_library ("30");
  g_autoptr (GError) error = NULL;
  SmmSpendingState state;

  g_assert_true (do_it (library, "ai.reserve", "{'id': <'a'>, " TWELVE "}", NULL));
  /* Sent twice, it is one. */
  g_assert_true (do_it (library, "ai.reserve", "{'id': <'a'>, " TWELVE "}", NULL));
  g_assert_cmpint (get_spent (library, &state), ==, CENTS (12));
  g_assert_cmpint (state, ==, SMM_SPENDING_GOOD);
  g_assert_true (do_it (library, "ai.reserve", "{'id': <'b'>, " TWELVE "}", NULL));
  g_assert_cmpint (get_spent (library, &state), ==, CENTS (24));
  g_assert_cmpint (state, ==, SMM_SPENDING_NEAR);
  g_assert_false (do_it (library, "ai.reserve", "{'id': <'c'>, " TWELVE "}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "$0.30"));
  /* What the provider said counts, from then on. */
  g_assert_true (do_it (library, "ai.settle",
                        "{'id': <'a'>, 'input-tokens': <int64 50000>, 'output-tokens': <int64 0>}",
                        NULL));
  g_assert_cmpint (get_spent (library, NULL), ==, CENTS (13));
  g_assert_true (do_it (library, "ai.release", "{'id': <'b'>}", NULL));
  g_assert_cmpint (get_spent (library, NULL), ==, CENTS (1));
  /* What is settled can't be taken away. */
  g_assert_true (do_it (library, "ai.release", "{'id': <'a'>}", NULL));
  g_assert_cmpint (get_spent (library, NULL), ==, CENTS (1));
  g_assert_false (do_it (library, "ai.settle",
                         "{'id': <'x'>, 'input-tokens': <int64 1>, 'output-tokens': <int64 1>}",
                         NULL));
  test_now += 40 * G_TIME_SPAN_DAY;
  g_assert_cmpint (get_spent (library, NULL), ==, 0);
}

static void
on_reserved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = smm_ai_spend_reserve_finish (SMM_LIBRARY (source), result, &error);
  int *counts = user_data;

  counts[id != NULL]++;
  if (id == NULL)
    g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_LIMIT);
}

/* However many ask at once. */
static void
test_crowd (void)
{
  g_autoptr (SmmLibraryLocal) library = open_library ("100");
  SmmAiMost most = { "ai-caption", "gpt-5.6-luna", 0, 100000 };
  int counts[2] = { 0, 0 };

  for (int i = 0; i < 50; i++)
    smm_ai_spend_reserve_async (SMM_LIBRARY (library), "openai", &most, NULL, on_reserved, counts);
  while (counts[0] + counts[1] < 50)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (counts[TRUE], ==, 8);
  g_assert_cmpint (get_spent (library, NULL), ==, CENTS (96));
}

/* Whoever died between asking and knowing has spent the most. */
static void
test_crash (void)
{
  g_autoptr (SmmLibraryLocal) library = open_library ("15");
  SmmSpending spending;

  g_assert_true (do_it (library, "ai.reserve", "{'id': <'a'>, " TWELVE "}", NULL));
  library = test_library_reopen (library);
  g_assert_false (do_it (library, "ai.reserve", "{'id': <'b'>, " TWELVE "}", NULL));
  g_assert_true (do_it (library, "library.sweep", "{}", NULL));
  smm_spending_read (&spending, test_store (library), test_now);
  g_assert_cmpint (spending.sums.reserved, ==, CENTS (12));
  test_now += 2 * G_TIME_SPAN_HOUR;
  g_assert_true (do_it (library, "library.sweep", "{}", NULL));
  smm_spending_read (&spending, test_store (library), test_now);
  g_assert_cmpint (spending.sums.reserved, ==, 0);
  g_assert_cmpint (spending.sums.assumed, ==, CENTS (12));
  g_assert_cmpuint (spending.sums.n_assumed, ==, 1);
  g_assert_false (do_it (library, "ai.reserve", "{'id': <'b'>, " TWELVE "}", NULL));
}

static void
test_prices (void)
{
  g_autoptr (SmmLibraryLocal) library = open_library ("1000");
  SmmStore *store = test_store (library);
  g_autoptr (GError) error = NULL;
  gint64 input = -1, output = -1;

  g_assert_cmpint (smm_price_find (store, "openai", "gpt-5.6-luna-2026-08-01", &input, &output), ==,
                   SMM_PRICE_BUILT_IN);
  g_assert_cmpint (input, ==, CENTS (20));
  g_assert_cmpint (output, ==, CENTS (120));
  g_assert_cmpint (smm_price_find (store, "openai-eu", "gpt-5.6-luna", &input, &output), ==,
                   SMM_PRICE_BUILT_IN);
  g_assert_cmpint (input, ==, CENTS (22));
  g_assert_cmpint (smm_price_find (store, "openai", "gpt-5.6-lunar", &input, &output), ==,
                   SMM_PRICE_UNKNOWN);
  g_assert_cmpint (smm_price_find (store, "openai", "gpt-5.6-luna-mini", &input, &output), ==,
                   SMM_PRICE_UNKNOWN);
  g_assert_cmpint (
      smm_price_find (store, "https://ai.example.org", "gpt-5.6-luna", &input, &output), ==,
      SMM_PRICE_UNKNOWN);
  g_assert_cmpint (smm_price_find (store, "http://[::1]:8080", "qwen", &input, &output), ==,
                   SMM_PRICE_FREE);
  g_assert_cmpint (smm_price_count (1, 1), ==, 1);
  /* A limit that could not be kept is not pretended to be. */
  g_assert_false (do_it (library, "ai.reserve",
                         "{'id': <'a'>, 'provider': <'https://ai.example.org'>, 'model': <'big'>, "
                         "'purpose': <'p'>, 'input-tokens': <int64 1>, 'output-tokens': <int64 1>}",
                         &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_PRICE);
  g_assert_true (do_it (library, "ai.set-price",
                        "{'provider': <'https://ai.example.org'>, 'model': <'big'>, "
                        "'input': <int64 1000000>, 'output': <int64 2000000>}",
                        NULL));
  g_assert_true (do_it (library, "ai.reserve",
                        "{'id': <'a'>, 'provider': <'https://ai.example.org'>, 'model': <'big'>, "
                        "'purpose': <'p'>, 'input-tokens': <int64 7>, 'output-tokens': <int64 4>}",
                        NULL));
  g_assert_cmpint (get_spent (library, NULL), ==, 15);
  g_assert_true (do_it (library, "undo", "{}", NULL));
  g_assert_null (smm_store_get_ai_price (store, "https://ai.example.org", "big"));
  /* Neither was a step of the user's: the price is what undo found. */
  g_assert_cmpint (get_spent (library, NULL), ==, 15);
  g_assert_true (
      do_it (library, "setting.set", "{'key': <'ai.limited'>, 'value': <'false'>}", NULL));
  g_assert_true (do_it (library, "ai.reserve",
                        "{'id': <'b'>, 'provider': <'https://ai.example.org'>, 'model': <'big'>, "
                        "'purpose': <'p'>, 'input-tokens': <int64 1>, 'output-tokens': <int64 1>}",
                        NULL));
}

static void
test_policy (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (do_it (library, "ai.reserve", "{'id': <'a'>, " TWELVE "}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_POLICY);
  g_clear_error (&error);
  g_assert_true (do_it (library, "setting.set",
                        "{'key': <'profile.age-confirmed'>, 'value': <'2026'>}", NULL));
  g_assert_cmpint (smm_policy_get_accepted (test_store (library)), ==, 1);
  g_assert_false (do_it (library, "ai.reserve", "{'id': <'a'>, " TWELVE "}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_POLICY);
  g_assert_false (do_it (library, "policy.accept", "{'version': <3>}", NULL));
  g_assert_false (
      do_it (library, "setting.set", "{'key': <'policy.version'>, 'value': <'2'>}", NULL));
  g_assert_true (do_it (library, "policy.accept", "{'version': <2>}", NULL));
  g_assert_true (do_it (library, "ai.reserve", "{'id': <'a'>, " TWELVE "}", NULL));
  /* What was agreed to stays. */
  g_assert_true (do_it (library, "policy.accept", "{'version': <1>}", NULL));
  g_assert_cmpint (smm_policy_get_accepted (test_store (library)), ==, 2);
}

/* --- One request --- */

typedef struct
{
  ServerScript script;
  const char *limit;
  gint64 spent, assumed; /* millionths, at 1 $ and 10 $ for a million tokens */
  guint n_requests;      /* that reach the server */
} SendCase;

static void
answer_responses (Server *server, GIOStream *stream)
{
  if (server_read (server, stream))
    server_answer (server, stream, "200 OK",
                   "{\"status\":\"completed\",\"usage\":{\"input_tokens\":7,"
                   "\"output_tokens\":30,\"total_tokens\":37}}");
}

static void
answer_chat (Server *server, GIOStream *stream)
{
  if (server_read (server, stream))
    server_answer (server, stream, "200 OK",
                   "{\"choices\":[],\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":1}}");
}

static void
answer_without_usage (Server *server, GIOStream *stream)
{
  if (server_read (server, stream))
    server_answer (server, stream, "200 OK", "{\"choices\":[],\"usage\":{\"prompt_tokens\":-8}}");
}

static void
refuse (Server *server, GIOStream *stream)
{
  if (server_read (server, stream))
    server_answer (server, stream, "429 Too Many Requests", "{}");
}

static void
fail_inside (Server *server, GIOStream *stream)
{
  if (server_read (server, stream))
    server_answer (server, stream, "500 Oh", "{}");
}

static void
vanish (Server *server, GIOStream *stream)
{
  server_read (server, stream);
}

/* Twelve bytes in, a hundred tokens out: 1,012 at most. */
static const SendCase send_cases[] = {
  { answer_responses, "10", 307, 0, 1 },
  { answer_chat, "10", 18, 0, 1 },
  { answer_without_usage, "10", 1012, 1012, 1 },
  { refuse, "10", 0, 0, 1 },
  { fail_inside, "10", 1012, 1012, 1 },
  { vanish, "10", 1012, 1012, 1 },
  { answer_responses, "0", 0, 0, 0 },
  { NULL, "10", 0, 0, 0 },
};

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static void
test_send (gconstpointer data)
{
  const SendCase *c = data;
  g_autoptr (SmmLibraryLocal) library = open_library (c->limit);
  g_autoptr (Server) server = server_start (c->script != NULL ? c->script : vanish, NULL);
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (NULL);
  g_autoptr (SmmHttp) http = smm_http_new (endpoints);
  g_autoptr (SmmVault) vault = smm_vault_new (g_get_user_data_dir (), "test");
  g_autoptr (SmmAiClient) client = smm_ai_client_new (SMM_LIBRARY (library), vault, http);
  g_autofree char *origin
      = g_strdup_printf ("http://127.0.0.1:%d", c->script != NULL ? server_get_port (server) : 9);
  g_autofree char *address = g_strdup_printf ("{'key': <'ai.server'>, 'value': <'%s/v1'>}", origin);
  g_autofree char *price = g_strdup_printf ("{'provider': <'%s'>, 'model': <'big'>, "
                                            "'input': <int64 1000000>, 'output': <int64 10000000>}",
                                            origin);
  SmmAiMost most = { "ai-caption", "big", 0, 100 };
  g_autoptr (SmmAiProvider) provider = NULL;
  g_autoptr (SmmRequest) request = NULL;
  g_autoptr (SmmResponse) response = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SmmSpending spending;

  g_assert_true (
      do_it (library, "setting.set", "{'key': <'ai.provider'>, 'value': <'server'>}", NULL));
  g_assert_true (do_it (library, "setting.set", address, NULL));
  g_assert_true (do_it (library, "ai.set-price", price, NULL));
  provider = smm_ai_client_get_provider (client, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (provider->id, ==, origin);
  request = smm_ai_provider_new_request (provider, "POST", "/responses");
  request->body = SMM_BODY_JSON;
  request->body_json = g_strdup ("{\"input\":\"\"}");
  smm_ai_client_send_async (client, request, &most, NULL, on_sent, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  response = smm_ai_client_send_finish (client, result, &error);
  if (strcmp (c->limit, "0") == 0)
    g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_LIMIT);
  else
    g_assert_nonnull (response);
  smm_spending_read (&spending, test_store (library), test_now);
  g_assert_cmpint (spending.spent, ==, c->spent);
  g_assert_cmpint (spending.sums.assumed, ==, c->assumed);
  g_assert_cmpint (spending.sums.reserved, ==, 0);
  g_assert_cmpuint (server_count_requests (server, "POST"), ==, c->n_requests);
}

int
main (int argc, char **argv)
{
  g_unsetenv ("SMM_ENDPOINTS");
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ai-spend/limit", test_limit);
  g_test_add_func ("/ai-spend/crowd", test_crowd);
  g_test_add_func ("/ai-spend/crash", test_crash);
  g_test_add_func ("/ai-spend/prices", test_prices);
  g_test_add_func ("/ai-spend/policy", test_policy);
  for (guint i = 0; i < G_N_ELEMENTS (send_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ai-spend/send/%u", i);

      g_test_add_data_func (path, &send_cases[i], test_send);
    }
  return g_test_run ();
}
