/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all of Meta has in common (api/meta.md sections 1, 2.9, 7): tokens, errors, limits, ids. */

#include "config.h"

#include "sim.h"

#include <string.h>

/* Asked in this order; the first that knows the request answers it. */
const SimWorld sim_worlds[]
    = { sim_rupload, sim_video, sim_after, sim_facebook, sim_instagram, NULL };

void
sim_visible_free (gpointer data)
{
  SimVisible *visible = data;

  g_free (visible->id);
  g_free (visible->alias);
  g_free (visible->text);
  g_free (visible->photos);
  g_free (visible->link);
  g_free (visible);
}

void
sim_container_free (gpointer data)
{
  SimContainer *container = data;

  g_free (container->id);
  g_free (container->file);
  g_free (container->caption);
  g_free (container->children);
  g_free (container);
}

void
sim_photo_free (gpointer data)
{
  g_free (((SimPhoto *)data)->id);
  g_free (((SimPhoto *)data)->file);
  g_free (data);
}

/* --- Requests --- */

static const char *
find_param (GPtrArray *params, const char *name)
{
  for (guint i = 0; i < params->len; i++)
    if (strcmp (((SmmParam *)params->pdata[i])->name, name) == 0)
      return ((SmmParam *)params->pdata[i])->value;
  return NULL;
}

const char *
sim_get_header (SmmRequest *request, const char *name)
{
  return find_param (request->headers, name);
}

const char *
sim_get (SmmRequest *request, const char *name)
{
  const char *value = find_param (request->query, name);

  return value != NULL ? value : find_param (request->params, name);
}

gboolean
sim_wants (SmmRequest *request, const char *field)
{
  const char *fields = sim_get (request, "fields");

  return fields != NULL && strstr (fields, field) != NULL;
}

int
sim_get_group (const char *text, char mark)
{
  return text != NULL && text[0] == mark && g_ascii_isdigit (text[1]) ? atoi (text + 1) : -1;
}

/* "/media/13.jpg" is of post 3. */
int
sim_get_file_group (const char *path)
{
  const char *name = path != NULL ? strrchr (path, '/') : NULL;

  return name != NULL ? atoi (name + 1) / N_FILES : -1;
}

/* How long until lists and reads know. */
gint64
sim_lag (Sim *sim)
{
  return sim->rates.lag > 0 ? sim_between (sim, 0, sim->rates.lag) : 0;
}

/* --- Answers --- */

void
sim_answer (SimAnswer *answer, guint status, const char *format, ...)
{
  va_list args;

  g_free (answer->body);
  answer->status = status;
  va_start (args, format);
  answer->body = g_strdup_vprintf (format, args);
  va_end (args);
}

void
sim_answer_error (SimAnswer *answer, int code, int subcode, const char *message)
{
  g_autofree char *sub
      = subcode != 0 ? g_strdup_printf ("\"error_subcode\":%d,", subcode) : g_strdup ("");

  sim_answer (answer, 400,
              "{\"error\":{\"message\":\"%s\",\"type\":\"OAuthException\",\"code\":%d,%s"
              "\"fbtrace_id\":\"AxK3dQm7\"}}",
              message, code, sub);
}

/* As JSON text, with its quotes. */
char *
sim_json_text (const char *text)
{
  GString *out = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\n')
      g_string_append (out, "\\n");
    else
      {
        if (*p == '"' || *p == '\\')
          g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
      }
  g_string_append_c (out, '"');
  return g_string_free (out, FALSE);
}

char *
sim_meta_time (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%S+0000");
}

char *
sim_make_id (Sim *sim, const char *prefix)
{
  return g_strdup_printf ("%s%06u", prefix, ++sim->n_ids);
}

SimPhoto *
sim_find_photo (Sim *sim, const char *id)
{
  for (guint i = 0; id != NULL && i < sim->photos->len; i++)
    if (strcmp (((SimPhoto *)sim->photos->pdata[i])->id, id) == 0)
      return sim->photos->pdata[i];
  return NULL;
}

/* --- What the public sees --- */

static SimVisible *
add_visible (Sim *sim, SimAccountIndex account, const char *text, gboolean by_hand)
{
  SimVisible *visible = g_new0 (SimVisible, 1);

  visible->text = g_strchomp (g_strdup (text));
  visible->account = account;
  visible->group = sim_get_group (text, 'g');
  visible->by_hand = by_hand;
  visible->created_at = sim->now;
  visible->listed_at = sim->now + sim_lag (sim);
  g_ptr_array_add (sim->visible, visible);
  sim->world_version++;
  return visible;
}

static void
tell_shown (Sim *sim, SimVisible *visible)
{
  sim_tell (sim, "  the public of %s sees “%s”%s", sim->accounts[visible->account].id,
            visible->text, visible->by_hand ? ", posted by hand" : "");
}

/* From here on the public sees it. The id is the caller's to set. */
SimVisible *
sim_show (Sim *sim, SimAccountIndex account, const char *text, gboolean by_hand)
{
  SimVisible *visible = add_visible (sim, account, text, by_hand);

  tell_shown (sim, visible);
  return visible;
}

SimVisible *
sim_show_file (Sim *sim, SimAccountIndex account, const char *file)
{
  SimVisible *visible = add_visible (sim, account, file, FALSE);

  visible->textless = TRUE;
  visible->group = sim_get_file_group (file);
  tell_shown (sim, visible);
  return visible;
}

/* Its time has come; somebody may have dropped it there. */
static void
publish_pending (Sim *sim, gpointer data, gboolean alive)
{
  SimVisible *visible = data;

  if (!visible->pending || visible->gone || sim->now < visible->publish_at)
    return;
  sim->world_version++;
  if (visible->scheduled && sim_chance (sim, sim->rates.dropped))
    {
      visible->gone = TRUE;
      visible->gone_at = sim->now;
      /* If its finish was in doubt, "missing" settles nothing: it is for the person to say. */
      if (visible->alias != NULL && visible->group >= 0)
        sim->ambiguous[visible->account][visible->group] = TRUE;
      sim_tell (sim, "“%s” was dropped there and never is public", visible->text);
      return;
    }
  visible->pending = FALSE;
  visible->created_at = sim->now;
  visible->listed_at = sim->now + sim_lag (sim);
  sim_tell (sim, "the time of %s has come there", visible->id);
  tell_shown (sim, visible);
}

void
sim_move (Sim *sim, SimVisible *visible, gint64 at)
{
  visible->publish_at = at;
  sim_add_event (sim,
                 at + sim_between (sim, 0, sim_chance (sim, sim->rates.slow) ? 120 : 3) * SECOND, 0,
                 publish_pending, visible);
}

SimVisible *
sim_show_later (Sim *sim, SimAccountIndex account, const char *text, gint64 at)
{
  SimVisible *visible = add_visible (sim, account, text, FALSE);

  visible->pending = TRUE;
  visible->scheduled = at > 0;
  if (at > 0)
    sim_move (sim, visible, at);
  sim_tell (sim, "  %s will show “%s” by itself", sim->accounts[account].id, visible->text);
  return visible;
}

gboolean
sim_is_shown (Sim *sim, SimVisible *visible)
{
  return !visible->gone && !visible->pending;
}

SimVisible *
sim_find_visible (Sim *sim, const char *id)
{
  for (guint i = 0; id != NULL && i < sim->visible->len; i++)
    {
      SimVisible *visible = sim->visible->pdata[i];

      if (g_strcmp0 (visible->id, id) == 0 || g_strcmp0 (visible->alias, id) == 0)
        return visible;
    }
  return NULL;
}

/* --- What can be wrong with any request --- */

static SimAccount *
find_account (Sim *sim, SimFlight *flight)
{
  for (guint i = 0; i < N_ACCOUNTS; i++)
    if (strcmp (sim->accounts[i].id, flight->request->account_id) == 0)
      return &sim->accounts[i];
  return NULL;
}

gboolean
sim_is_token_dead (Sim *sim, SimFlight *flight, SimAccount *account)
{
  const char *dash = flight->token != NULL ? strrchr (flight->token, '-') : NULL;

  return dash == NULL || atoi (dash + 1) != account->token_version
         || (account->expires_at > 0 && sim->now >= account->expires_at);
}

static gboolean
refuse_token (Sim *sim, SimFlight *flight, SimAccount *account, SimAnswer *answer)
{
  static const int subcodes[] = { 460, 463, 458, 0 };

  if (!sim_is_token_dead (sim, flight, account))
    return FALSE;
  sim_tell (sim, "  the token is dead");
  sim_answer_error (answer, 190, subcodes[sim_between (sim, 0, 3)],
                    "Error validating access token");
  return TRUE;
}

static gboolean
refuse_limit (Sim *sim, SimAccount *account, SimAnswer *answer)
{
  static const int codes[] = { 4, 17, 32, 613, 80001, 80002 };

  if (sim_chance (sim, sim->rates.limit))
    account->limited_until = sim->now + sim_between (sim, 1, 15) * MINUTE;
  if (sim->now >= account->limited_until)
    return FALSE;
  sim_tell (sim, "  too many calls");
  if (sim_chance (sim, 0.3))
    sim_answer (answer, 429, "Too many requests");
  else
    sim_answer_error (answer, codes[sim_between (sim, 0, 5)], 0, "Too many calls");
  if (sim_chance (sim, 0.5))
    answer->usage_minutes = (account->limited_until - sim->now) / MINUTE + 1;
  return TRUE;
}

/* Answers to a committing request that stand before it is looked at closely. %TRUE: answered. */
gboolean
sim_answer_commit_trouble (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  const SimRates *rates = &sim->rates;

  if (sim_chance (sim, rates->refuse))
    {
      sim_tell (sim, "  refused for good");
      sim_answer_error (answer, 100, 0, "Invalid parameter");
    }
  else if (sim_chance (sim, rates->blocked))
    {
      sim_tell (sim, "  the person must act there first");
      sim_answer_error (answer, 368, 1390008, "The action attempted has been deemed abusive");
    }
  else if (sim_chance (sim, rates->transient))
    {
      sim_tell (sim, "  code 2, nothing was done");
      sim_answer_error (answer, sim_chance (sim, 0.5) ? 2 : 1, 0, "Please retry your request");
    }
  else
    return FALSE;
  return TRUE;
}

/**
 * sim_world_answer:
 * @sim: a history
 * @flight: a request that arrived
 * @answer: what the platform says
 */
void
sim_world_answer (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SimAccount *account = find_account (sim, flight);

  if (account == &sim->accounts[SIM_TIKTOK])
    {
      sim_tiktok (sim, flight, answer);
      return;
    }
  if (account == NULL || strstr (flight->request->path, "/v26.0/") == NULL
      || flight->request->auth
             != (flight->request->endpoint == SMM_ENDPOINT_META_RUPLOAD ? SMM_AUTH_OAUTH
                                                                        : SMM_AUTH_BEARER))
    {
      sim_fault (sim, "a request that no platform understands: %s", flight->request->path);
      sim_answer (answer, 404, "{}");
      return;
    }
  if (refuse_token (sim, flight, account, answer) || refuse_limit (sim, account, answer))
    return;
  for (guint i = 0; sim_worlds[i] != NULL; i++)
    if (sim_worlds[i](sim, flight, answer))
      {
        /* It did what was asked, and says that it did not. */
        if (answer->committed && sim_chance (sim, sim->rates.transient_after))
          {
            gboolean missing = sim_chance (sim, 0.3);

            sim_tell (sim, "  says %s although it is public", missing ? "100/33" : "code 2");
            sim_answer_error (answer, missing ? 100 : 2, missing ? 33 : 0,
                              "An unexpected error has occurred");
          }
        if (sim_chance (sim, sim->rates.usage))
          answer->usage_minutes = sim_between (sim, 1, 3);
        return;
      }
  sim_fault (sim, "a request that the platform does not know: %s %s", flight->request->method,
             flight->request->path);
  sim_answer (answer, 404, "{}");
}
