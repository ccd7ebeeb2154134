/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The network between the two: what is sent arrives or not, what is answered arrives or not. A
 * request that is on its way goes on when its sender has died, and may arrive after its sender has
 * given up.
 */

#include "config.h"

#include "sim.h"

#include <string.h>

#define TIMEOUT (60 * SECOND)

static void
flight_free (SimFlight *flight)
{
  g_clear_pointer (&flight->response, smm_response_unref);
  smm_request_unref (flight->request);
  g_free (flight->token);
  g_free (flight->target_id);
  g_free (flight);
}

static void
deliver (Sim *sim, gpointer data, gboolean alive)
{
  SimFlight *flight = data;

  if (alive && !sim_maybe_die (sim, "as the answer arrives"))
    flight->callback (flight->response, flight->user_data);
  flight_free (flight);
}

/* Answers travel to the process that asked; when the computer sleeps its connections break. */
static void
answer_with (Sim *sim, SimFlight *flight, SmmResponse *response, gint64 delay)
{
  if (sim->asleep_until > sim->now && response->sent == SMM_SENT_ANSWERED)
    {
      sim_tell (sim, "  the computer sleeps, the answer finds nobody");
      smm_response_unref (response);
      response = smm_response_new_error (SMM_SENT_MAYBE, "reset", "The connection broke");
    }
  flight->response = response;
  sim_add_event (sim, MAX (sim->now + delay, sim->asleep_until), flight->life, deliver, flight);
}

/* True time, as every server says it. */
static char *
make_date (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / SECOND);

  return g_date_time_format (time, "%a, %d %b %Y %H:%M:%S GMT");
}

static SmmResponse *
make_response (Sim *sim, SimAnswer *answer)
{
  g_autoptr (GBytes) body = g_bytes_new (answer->body, strlen (answer->body));
  SmmResponse *response = smm_response_new (SMM_SENT_ANSWERED, answer->status, body);

  g_hash_table_insert (response->headers, g_strdup ("x-fb-trace-id"), g_strdup ("AxK3dQm7"));
  if (answer->range != NULL)
    g_hash_table_insert (response->headers, g_strdup ("content-range"), g_strdup (answer->range));
  if (!sim->rates.no_date)
    g_hash_table_insert (response->headers, g_strdup ("date"), make_date (sim->now));
  if (answer->usage_minutes > 0)
    g_hash_table_insert (
        response->headers, g_strdup ("x-business-use-case-usage"),
        g_strdup_printf ("{\"1\":[{\"type\":\"pages\",\"call_count\":100,\"total_cputime\":25,"
                         "\"total_time\":25,\"estimated_time_to_regain_access\":%" G_GINT64_FORMAT
                         "}]}",
                         answer->usage_minutes));
  return response;
}

/* What stands between the platform and us spoils the answer, not the effect. */
static void
spoil (Sim *sim, SimAnswer *answer)
{
  const SimRates *rates = &sim->rates;

  if (sim_chance (sim, rates->lie))
    {
      sim_tell (sim, "  answered 500 after all was done");
      sim_answer (answer, 500,
                  "{\"error\":{\"message\":\"An unknown error\",\"type\":"
                  "\"OAuthException\",\"code\":1}}");
    }
  else if (sim_chance (sim, rates->html))
    {
      sim_tell (sim, "  answered with a page of HTML");
      sim_answer (answer, sim_chance (sim, 0.5) ? 502 : 200,
                  "<!DOCTYPE html><html><title>Error</title></html>");
    }
  else if (sim_chance (sim, rates->truncated))
    {
      sim_tell (sim, "  the answer is cut off");
      answer->body[strlen (answer->body) / 2] = '\0';
    }
  else if (sim_chance (sim, rates->odd))
    {
      static const char *const bodies[] = { "{}",
                                            "[]",
                                            "{\"id\":null}",
                                            "{\"id\":{\"a\":1},\"data\":7}",
                                            "{\"data\":[7,null]}",
                                            "",
                                            "null",
                                            "{\"success\":true}",
                                            "{\"error\":{}}",
                                            "{\"error\":\"no\"}" };
      guint i = sim_between (sim, 0, G_N_ELEMENTS (bodies) - 1);

      sim_tell (sim, "  answered oddly: %s", bodies[i]);
      sim_answer (answer, answer->status, "%s", bodies[i]);
    }
}

static void
arrive (Sim *sim, gpointer data, gboolean alive)
{
  SimFlight *flight = data;
  g_auto (SimAnswer) answer = { .status = 200 };

  sim_tell (sim, "%s %s%s arrives", flight->request->method, flight->request->path,
            flight->arrives_after_timeout ? ", given up by its sender," : "");
  if (sim_chance (sim, sim->rates.error_before))
    {
      sim_tell (sim, "  answered 503 before anything was done");
      sim_answer (&answer, 503, "{\"error\":{\"message\":\"Service unavailable\",\"code\":2}}");
    }
  else
    sim_world_answer (sim, flight, &answer);
  if (answer.body == NULL)
    sim_answer (&answer, 404, "{}");
  if (flight->arrives_after_timeout)
    {
      flight_free (flight);
      return;
    }
  if (sim_chance (sim, sim->rates.lost_after))
    {
      sim_tell (sim, "  its answer is lost");
      answer_with (sim, flight, smm_response_new_error (SMM_SENT_MAYBE, "reset", "Lost"), SECOND);
      return;
    }
  spoil (sim, &answer);
  answer_with (sim, flight, make_response (sim, &answer), sim_between (sim, 1, 400) * 1000);
}

static SimFlight *
flight_copy (SimFlight *flight)
{
  SimFlight *copy = g_new0 (SimFlight, 1);

  *copy = *flight;
  copy->request = smm_request_ref (flight->request);
  copy->token = g_strdup (flight->token);
  copy->target_id = g_strdup (flight->target_id);
  return copy;
}

/**
 * sim_network_send:
 * @sim: a history
 * @request: leaves now
 * @token: for it
 * @callback: gets the answer, if the sender still lives
 * @user_data: for it
 */
void
sim_network_send (Sim *sim, SmmRequest *request, const char *token, SmmSendFunc callback,
                  gpointer user_data)
{
  SimFlight *flight = g_new0 (SimFlight, 1);

  flight->request = smm_request_ref (request);
  flight->token = g_strdup (token);
  flight->target_id = g_strdup (sim->sender);
  flight->life = sim->life;
  flight->callback = callback;
  flight->user_data = user_data;
  sim->statistics.requests++;
  sim_tell (sim, "%s: %s %s leaves", flight->target_id, request->method, request->path);
  if (sim_chance (sim, sim->rates.no_network))
    {
      sim_tell (sim, "  no way to the platform");
      answer_with (sim, flight, smm_response_new_error (SMM_SENT_NOTHING, "connect", "Refused"),
                   SECOND);
    }
  else if (sim_chance (sim, sim->rates.lost_before))
    {
      sim_tell (sim, "  lost on its way");
      answer_with (sim, flight, smm_response_new_error (SMM_SENT_MAYBE, "reset", "Lost"), SECOND);
    }
  else if (sim_chance (sim, sim->rates.timeout))
    {
      SimFlight *late = flight_copy (flight);

      late->arrives_after_timeout = TRUE;
      sim_add_event (sim, sim->now + TIMEOUT + sim_between (sim, 0, 30 * SECOND), 0, arrive, late);
      answer_with (sim, flight, smm_response_new_error (SMM_SENT_MAYBE, "timeout", "Timed out"),
                   TIMEOUT);
    }
  else
    sim_add_event (
        sim,
        sim->now + sim_between (sim, 1, sim_chance (sim, sim->rates.slow) ? 25000 : 200) * 1000, 0,
        arrive, flight);
}

/* "bytes 0-99/100": the last part of a video for TikTok, with which it is complete. */
static gboolean
is_last_part (SmmRequest *request)
{
  const char *range = sim_get_header (request, "Content-Range");
  const char *dash = range != NULL ? strchr (range, '-') : NULL;
  const char *slash = range != NULL ? strchr (range, '/') : NULL;

  return dash != NULL && slash != NULL
         && g_ascii_strtoll (dash + 1, NULL, 10) + 1 == g_ascii_strtoll (slash + 1, NULL, 10);
}

/* The one call of each kind of publication that makes it public. */
gboolean
sim_request_is_commit (SmmRequest *request)
{
  if (strcmp (request->method, "PUT") == 0)
    return is_last_part (request);
  return strcmp (request->method, "POST") == 0
         && (g_str_has_suffix (request->path, "/feed")
             || g_str_has_suffix (request->path, "/media_publish")
             || g_str_has_suffix (request->path, "/photo_stories")
             || g_strcmp0 (sim_get (request, "upload_phase"), "finish") == 0);
}
