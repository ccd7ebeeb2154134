/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * OpenAI's keys and its list of models (api/openai.md sections 2, 6, 8); what answers is in
 * openai-answers.c. Keys: "sk-sandbox-…" is good,
 * "sk-empty-…" has no credit left, "sk-abroad-…" is not allowed here, others are wrong.
 */

#include "smm-sandbox.h"

#include <string.h>

static void
fail (SimRequest *self, guint status, const char *type, const char *code, const char *message)
{
  sim_reply_text (self, status, "application/json",
                  g_strdup_printf ("{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,"
                                   "\"code\":\"%s\"}}",
                                   message, type, code));
}

/* Unlike what the platform sends, only that models may end, and may have names nobody expects. */
static void
reply_models (SimRequest *self)
{
  sim_reply_text (
      self, 200, "application/json",
      g_strdup ("{\"object\":\"list\",\"data\":["
                "{\"id\":\"gpt-5.6-terra\",\"object\":\"model\",\"created\":1780000000,"
                "\"owned_by\":\"system\",\"shutdown_date\":null},"
                "{\"id\":\"gpt-5.6-luna\",\"object\":\"model\",\"created\":1780000000.5,"
                "\"owned_by\":\"system\",\"shutdown_date\":null},"
                "{\"id\":\"gpt-4o\",\"object\":\"model\",\"created\":1715367049,"
                "\"owned_by\":\"system\",\"shutdown_date\":\"2027-03-01\"}]}"));
}

void
sim_openai (SimRequest *self)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (self->message);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  const char *given = soup_message_headers_get_one (asked, "Authorization");
  const char *key = given != NULL && g_str_has_prefix (given, "Bearer ") ? given + 7 : "";

  soup_message_headers_replace (headers, "x-request-id", "req_5a4d0b0f8c1e4b8f");
  if (*key == '\0')
    fail (self, 401, "invalid_request_error", "invalid_api_key", "You didn't provide an API key.");
  else if (g_str_has_prefix (key, "sk-empty-"))
    fail (self, 429, "insufficient_quota", "credit_balance_exhausted",
          "You exceeded your current quota.");
  else if (g_str_has_prefix (key, "sk-abroad-"))
    fail (self, 403, "request_forbidden", "unsupported_country_region_territory",
          "Country, region, or territory not supported");
  else if (!g_str_has_prefix (key, "sk-sandbox-"))
    fail (self, 401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.");
  else if (sim_openai_answer (self))
    return;
  else if (strcmp (self->path, "/openai/v1/models") != 0)
    fail (self, 404, "invalid_request_error", "unknown_url", "Invalid URL");
  else if (!sim_is (self, "GET"))
    fail (self, 405, "invalid_request_error", "method_not_allowed", "Not allowed to do that");
  else
    reply_models (self);
}
