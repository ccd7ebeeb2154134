/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-platform.h"

#include "meta/smm-meta.h"
#include "tiktok/smm-tiktok.h"

#include <string.h>

G_DEFINE_QUARK (smm - platform - error - quark, smm_platform_error)

/**
 * smm_platform_get:
 * @id: a platform
 *
 * Returns: (transfer none) (nullable): its adapter
 */
const SmmPlatform *
smm_platform_get (SmmPlatformId id)
{
  switch (id)
    {
    case SMM_PLATFORM_FACEBOOK:
      return &smm_facebook_platform;
    case SMM_PLATFORM_INSTAGRAM:
      return &smm_instagram_platform;
    case SMM_PLATFORM_TIKTOK:
      return &smm_tiktok_platform;
    default:
      return NULL;
    }
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
smm_step_free (SmmStep *step)
{
  if (step == NULL)
    return;
  g_clear_pointer (&step->request, smm_request_unref);
  g_free (step->name);
  g_free (step);
}

void
smm_outcome_free (SmmOutcome *outcome)
{
  if (outcome == NULL)
    return;
  g_clear_pointer (&outcome->facts, g_hash_table_unref);
  g_free (outcome->drop_prefix);
  g_free (outcome->code);
  g_free (outcome->message);
  g_free (outcome->fix);
  g_free (outcome->request_id);
  g_free (outcome->error);
  g_free (outcome);
}

void
smm_reconcile_free (SmmReconcile *reconcile)
{
  if (reconcile == NULL)
    return;
  g_clear_pointer (&reconcile->facts, g_hash_table_unref);
  g_free (reconcile->message);
  g_free (reconcile->request_id);
  g_free (reconcile->error);
  g_free (reconcile);
}

void
smm_problem_free (SmmProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->code);
  g_free (problem->message);
  g_free (problem->fix);
  g_free (problem);
}

void
smm_tokens_clear (SmmTokens *tokens)
{
  wipe (tokens->account);
  wipe (tokens->person);
  wipe (tokens->refresh);
  *tokens = (SmmTokens){ 0 };
}

void
smm_candidate_free (SmmCandidate *candidate)
{
  if (candidate == NULL)
    return;
  g_free (candidate->remote_id);
  g_free (candidate->parent_remote_id);
  g_free (candidate->name);
  g_free (candidate->username);
  g_free (candidate->picture_url);
  g_free (candidate->problem);
  g_free (candidate->note);
  wipe (candidate->token);
  wipe (candidate->refresh_token);
  g_free (candidate);
}

SmmGrant *
smm_grant_new (void)
{
  SmmGrant *grant = g_new0 (SmmGrant, 1);

  grant->candidates = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_candidate_free);
  return grant;
}

void
smm_grant_free (SmmGrant *grant)
{
  if (grant == NULL)
    return;
  g_free (grant->person_id);
  g_free (grant->person_name);
  g_free (grant->scopes);
  wipe (grant->person_token);
  g_ptr_array_unref (grant->candidates);
  g_free (grant);
}
