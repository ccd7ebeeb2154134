/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Files that a platform fetches itself. An adapter asks for a public address with a step that has
 * no request; the host puts the file into the user's web space, or knows that it lies there, and
 * what it says is taken like an answer. Nobody but those who know the address sees the file: the
 * step may be repeated freely.
 */

#include "config.h"

#include "smm-engine-private.h"

#include <glib/gi18n-lib.h>

static void
on_good (SmmJob *job, const char *url)
{
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, 200, NULL);
  g_autoptr (SmmOutcome) outcome = g_new0 (SmmOutcome, 1);

  outcome->kind = SMM_OUTCOME_DONE;
  outcome->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (outcome->facts, g_strdup (job->step->name), g_strdup (url));
  smm_job_take_outcome (job, response, outcome);
}

/* No way to the web space: that ends by the brand's rule for late posts. */
static void
on_passing (SmmJob *job, const char *message)
{
  g_autoptr (SmmResponse) response
      = smm_response_new_error (SMM_SENT_NOTHING, "web-space", message);
  g_autoptr (SmmOutcome) outcome = g_new0 (SmmOutcome, 1);

  outcome->kind = SMM_OUTCOME_RETRY;
  outcome->code = g_strdup ("web-space");
  outcome->message = g_strdup (message);
  outcome->fix = g_strdup ("web-space");
  smm_job_take_outcome (job, response, outcome);
}

static void
on_bad (SmmJob *job, const char *message)
{
  g_autoptr (SmmResponse) response
      = smm_response_new_error (SMM_SENT_NOTHING, "web-space", message);
  SmmWrite *write = smm_write_new (job, SMM_TARGET_HELD, job->attempt);

  smm_write_fill_journal (job, write, response, "refused", NULL, message, NULL);
  write->to.reason_code = g_strdup ("web-space");
  write->to.reason = g_strdup (message);
  write->to.fix = g_strdup ("web-space");
  write->ends = TRUE;
  smm_write_submit (write);
}

static void
on_placed (SmmPlaceStatus status, const char *text, gpointer user_data)
{
  SmmJob *job = user_data;

  if (status == SMM_PLACE_READY)
    on_good (job, text);
  else if (status == SMM_PLACE_WAIT)
    on_passing (job, text);
  else
    on_bad (job, text);
}

/* The job's step wants a public address. */
void
smm_job_place (SmmJob *job)
{
  SmmEngine *engine = job->engine;
  guint n = job->step->place_index;

  if (engine->host.place == NULL || n >= job->pub.renditions->len)
    {
      on_bad (job, _ ("There is no web space for files that Instagram fetches. Set one up."));
      return;
    }
  engine->host.progress (engine->host_data, job->post_id, job->target_id, -1, job->step->name);
  engine->host.place (engine->host_data, job->target_id, n, job->pub.renditions->pdata[n],
                      on_placed, job);
}
