/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "smm-ai-provider.h"
#include "smm-endpoints.h"
#include "smm-settings.h"

static SmmAiProvider *
make_provider (void)
{
  SmmAiProvider *provider = g_new0 (SmmAiProvider, 1);

  provider->name = g_strdup ("Hal");
  provider->needs_key = TRUE;
  return provider;
}

static GPtrArray *
judge (guint status, const char *body, GError **error)
{
  g_autoptr (SmmAiProvider) provider = make_provider ();
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, bytes);

  return smm_ai_provider_judge_models (provider, response, error);
}

static void
test_list (void)
{
  g_autoptr (GPtrArray) models
      = judge (200,
               "{\"data\":[{\"id\":\"b\"},{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":7},{\"id\":\"\"},"
               "{\"id\":\"x\\u202ey\"},{\"id\":\"line\\nbreak\"},null,[],{}, "
               "{\"id\":\"/models/qwen 3.gguf\"}]}",
               NULL);

  g_assert_nonnull (models);
  g_assert_cmpuint (models->len, ==, 3);
  g_assert_cmpstr (models->pdata[0], ==, "/models/qwen 3.gguf");
  g_assert_cmpstr (models->pdata[1], ==, "a");
  g_assert_cmpstr (models->pdata[2], ==, "b");
}

static void
test_many (void)
{
  g_autoptr (GString) body = g_string_new ("{\"data\":[");
  g_autoptr (GPtrArray) models = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (body, "%s{\"id\":\"m%04u\"}", i > 0 ? "," : "", i);
  g_string_append (body, "]}");
  models = judge (200, body->str, NULL);
  g_assert_cmpuint (models->len, ==, 1000);
}

static void
test_refusals (void)
{
  static const struct
  {
    guint status;
    const char *body;
    SmmAiError code;
  } cases[] = {
    { 200, "", SMM_AI_ERROR_ANSWER },
    { 200, "<html>a router's page</html>", SMM_AI_ERROR_ANSWER },
    { 200, "[]", SMM_AI_ERROR_ANSWER },
    { 200, "{\"data\":{}}", SMM_AI_ERROR_ANSWER },
    { 200, "{\"data\":null}", SMM_AI_ERROR_ANSWER },
    { 302, "", SMM_AI_ERROR_ANSWER },
    { 400, "{\"error\":{\"code\":400}}", SMM_AI_ERROR_ANSWER },
    { 401, "", SMM_AI_ERROR_DENIED },
    { 403, "no", SMM_AI_ERROR_DENIED },
    { 404, "", SMM_AI_ERROR_ANSWER },
    { 429, "{\"error\":{\"code\":\"rate_limit_exceeded\",\"type\":\"requests\"}}",
      SMM_AI_ERROR_BUSY },
    { 429, "", SMM_AI_ERROR_BUSY },
    { 429, "{\"error\":{\"code\":null,\"type\":\"insufficient_quota\"}}", SMM_AI_ERROR_QUOTA },
    { 429, "{\"error\":{\"code\":\"project_spend_limit_exceeded\",\"type\":null}}",
      SMM_AI_ERROR_QUOTA },
    { 500, "", SMM_AI_ERROR_BUSY },
    { 503, "{\"error\":\"overloaded\"}", SMM_AI_ERROR_BUSY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) models = judge (cases[i].status, cases[i].body, &error);

      g_assert_null (models);
      g_assert_error (error, SMM_AI_ERROR, (int)cases[i].code);
      g_assert_nonnull (strstr (error->message, "Hal"));
    }
}

static void
test_unreachable (void)
{
  g_autoptr (SmmAiProvider) provider = make_provider ();
  g_autoptr (SmmResponse) response
      = smm_response_new_error (SMM_SENT_NOTHING, "connect", "Connection refused");
  g_autoptr (GError) error = NULL;

  g_assert_null (smm_ai_provider_judge_models (provider, response, &error));
  g_assert_error (error, SMM_AI_ERROR, SMM_AI_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "Connection refused"));
}

/* What is refused when it is set is refused when it is sent, too. */
static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    gboolean good;
  } cases[] = {
    { "https://ai.example.org/v1", TRUE },
    { "https://ai.example.org:8443/v1", TRUE },
    { "http://127.0.0.1:11434/v1", TRUE },
    { "http://localhost:8080/v1", TRUE },
    { "http://[::1]:8080/v1", TRUE },
    { "http://ai.example.org/v1", FALSE },
    { "http://192.168.1.20:11434/v1", FALSE },
    { "http://127.0.0.1.example.org/v1", FALSE },
    { "http://127.0.0.1@example.org/v1", FALSE },
    { "https://me:word@ai.example.org/v1", FALSE },
    { "https://ai.example.org/v1#x", FALSE },
    { "ftp://ai.example.org/v1", FALSE },
    { "file:///etc/passwd", FALSE },
    { "ai.example.org", FALSE },
  };
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SmmAiProvider) provider = make_provider ();
      g_autoptr (SmmRequest) request = NULL;
      g_autofree char *url = NULL;

      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (smm_setting_check (SMM_SETTING_AI_SERVER, cases[i].address, NULL), ==,
                       cases[i].good);
      provider->base = g_strdup (cases[i].address);
      request = smm_ai_provider_ask_models (provider);
      url = smm_endpoints_get_url (endpoints, request);
      g_assert_cmpint (url != NULL, ==, cases[i].good);
    }
  g_assert_true (smm_setting_check (SMM_SETTING_AI_SERVER, "", NULL));
  g_assert_false (smm_setting_check (SMM_SETTING_AI_PROVIDER, "somebody", NULL));
  g_assert_false (smm_setting_check (SMM_SETTING_AI_MODEL, "two\nlines", NULL));
}

int
main (int argc, char **argv)
{
  g_unsetenv ("SMM_ENDPOINTS");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ai-provider/list", test_list);
  g_test_add_func ("/ai-provider/many", test_many);
  g_test_add_func ("/ai-provider/refusals", test_refusals);
  g_test_add_func ("/ai-provider/unreachable", test_unreachable);
  g_test_add_func ("/ai-provider/addresses", test_addresses);
  return g_test_run ();
}
