/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What may follow a post: its comments, whose list is behind, and its deletion, of which the answer
 * may be lost (api/meta.md sections 3.8, 4.8, 6).
 */

#include "config.h"

#include "sim.h"

#include <string.h>

void
sim_comment_free (gpointer data)
{
  SimComment *comment = data;

  g_free (comment->id);
  g_free (comment->on);
  g_free (comment->text);
  g_free (comment);
}

static SimComment *
add_comment (Sim *sim, SimVisible *visible, const char *text)
{
  SimComment *comment = g_new0 (SimComment, 1);

  comment->on = g_strdup (visible->id);
  comment->text = g_strchomp (g_strdup (text));
  comment->account = visible->account;
  comment->created_at = sim->now;
  comment->listed_at = sim->now + sim_lag (sim);
  comment->id = sim_make_id (sim, visible->account == SIM_FACEBOOK ? "122_998" : "17870");
  g_ptr_array_add (sim->comments, comment);
  sim->world_version++;
  return comment;
}

static void
write_comment (Sim *sim, SimFlight *flight, SimVisible *visible, SimAnswer *answer)
{
  const char *text = sim_get (flight->request, "message");
  SimComment *comment;

  if (sim_answer_commit_trouble (sim, flight, answer))
    return;
  if (visible->gone)
    {
      sim_answer_error (answer, 100, 33, "Unsupported post request");
      return;
    }
  if (text == NULL || visible->pending)
    {
      sim_fault (sim, "a comment without text, or on what is not public");
      return;
    }
  comment = add_comment (sim, visible, text);
  comment->group = sim_get_group (text, 'c');
  comment->anonymous = sim_chance (sim, sim->rates.anonymous);
  sim_tell (sim, "  the public reads the comment “%s” on %s", comment->text, visible->id);
  answer->committed = TRUE;
  sim_answer (answer, 200, "{\"id\":\"%s\"}", comment->id);
}

static char *
print_comment (Sim *sim, SimComment *comment)
{
  gboolean ours = comment->group >= 0;
  g_autofree char *time = sim_meta_time (comment->created_at);
  g_autofree char *text = sim_json_text (comment->text);
  const char *from = ours ? sim->accounts[comment->account].remote_id : "7001000200030004";
  g_autofree char *author
      = comment->anonymous ? g_strdup ("") : g_strdup_printf (",\"from\":{\"id\":\"%s\"}", from);

  if (comment->account == SIM_INSTAGRAM)
    return g_strdup_printf ("{\"id\":\"%s\",\"text\":%s,\"timestamp\":\"%s\",\"username\":\"%s\"}",
                            comment->id, text, time, ours ? "ig" : "ana.r");
  return g_strdup_printf ("{\"id\":\"%s\",\"message\":%s,\"created_time\":\"%s\"%s}", comment->id,
                          text, time, author);
}

static void
list_comments (Sim *sim, SimVisible *visible, SimAnswer *answer)
{
  g_autoptr (GString) data = g_string_new (NULL);
  guint n = 0;

  if (visible->gone)
    {
      sim_answer_error (answer, 100, 33, "Unsupported get request");
      return;
    }
  for (guint i = sim->comments->len; i > 0; i--)
    {
      SimComment *comment = sim->comments->pdata[i - 1];
      g_autofree char *text = NULL;

      if (strcmp (comment->on, visible->id) != 0 || comment->listed_at > sim->now)
        continue;
      text = print_comment (sim, comment);
      g_string_append_printf (data, "%s%s", n++ > 0 ? "," : "", text);
    }
  sim_tell (sim, "  %u comments are listed", n);
  sim_answer (answer, 200, "{\"data\":[%s]}", data->str);
}

/* A video goes with its own id, and its post with it; the post alone leaves the video
 * (section 3.8).
 */
static void
delete_node (Sim *sim, SimFlight *flight, const char *id, SimAnswer *answer)
{
  SimVisible *visible = sim_find_visible (sim, id);

  if (visible == NULL || visible->gone)
    {
      sim_tell (sim, "  there is no such thing any more");
      sim_answer_error (answer, 100, 33, "Unsupported delete request");
      return;
    }
  if (sim_answer_commit_trouble (sim, flight, answer))
    return;
  if (sim_chance (sim, sim->rates.delete_refused))
    {
      sim_tell (sim, "  refused");
      sim_answer_error (answer, visible->account == SIM_INSTAGRAM ? 1 : 200,
                        visible->account == SIM_INSTAGRAM ? 2207085 : 0, "Fatal");
      return;
    }
  if (visible->alias != NULL && strcmp (visible->alias, id) != 0
      && visible->kind != SMM_POST_KIND_STORY)
    {
      sim_tell (sim, "  only the post goes, its video stays");
      sim_answer (answer, 200, "{\"success\":true}");
      return;
    }
  visible->gone = TRUE;
  visible->gone_at = sim->now;
  sim->world_version++;
  sim_tell (sim, "  “%s” is gone", visible->text);
  sim_answer (answer, 200, "{\"success\":true}");
}

gboolean
sim_after (Sim *sim, SimFlight *flight, SimAnswer *answer)
{
  SmmRequest *request = flight->request;
  const char *path = request->path + strlen ("/v26.0/");
  const char *edge = strchr (path, '/');
  g_autofree char *id = g_strndup (path, edge != NULL ? (gsize)(edge - path) : strlen (path));
  SimVisible *visible;

  if (strcmp (request->method, "DELETE") == 0 && edge == NULL)
    {
      delete_node (sim, flight, id, answer);
      return TRUE;
    }
  if (g_strcmp0 (edge, "/comments") != 0)
    return FALSE;
  visible = sim_find_visible (sim, id);
  if (visible == NULL)
    sim_fault (sim, "comments of %s, which never was", id);
  else if (strcmp (request->method, "POST") == 0)
    write_comment (sim, flight, visible, answer);
  else
    list_comments (sim, visible, answer);
  return TRUE;
}
