/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is made of Instagram's answers (api/meta.md sections 4.3 to 4.9), and the two tables: with
 * Facebook Login, and with Instagram Login, which knows no Page and no uploads.
 */

#include "config.h"

#include "smm-instagram-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RENDER_WIDTH 1440
#define MAX_SOURCE 4096
/* New containers before it is given up: section 7.2, 13. */
#define MAX_FETCHES 3
/* Both tokens, for about ten minutes; then publishing is tried, as the outage of 2026 taught. */
#define MAX_MISSING 14
#define MAX_MISSING_OTHERS 6
#define MAX_FINDS 4
#define QUOTA_WAIT_MS ((guint64)60 * 60 * 1000)
#define DAY (24 * 60 * 60 * (gint64)G_USEC_PER_SEC)

/* --- Preparing anew --- */

typedef enum
{
  FAULT_FETCH,   /* it could not fetch the address */
  FAULT_PASSING, /* a new container may help */
  FAULT_UNKNOWN, /* not documented: one new container, then it is permanent */
  FAULT_PERMANENT,
} Fault;

static Fault
find_fault (gint64 code, gint64 subcode)
{
  static const gint64 permanent[]
      = { 2207004, 2207005, 2207009, 2207010, 2207023, 2207026, 2207028, 2207035,
          2207036, 2207037, 2207040, 2207057, 2207076, 2207081, 2207085 };

  if (code == 9004 || subcode == 2207052 || subcode == 2207003)
    return FAULT_FETCH;
  for (guint i = 0; i < G_N_ELEMENTS (permanent); i++)
    if (subcode == permanent[i])
      return FAULT_PERMANENT;
  switch (subcode)
    {
    case 0:
    case 2207001:
    case 2207006:
    case 2207008:
    case 2207020:
    case 2207032:
    case 2207053:
    case 2207077:
    case 2207082:
      return FAULT_PASSING;
    default:
      return FAULT_UNKNOWN;
    }
}

/* "ready:3" is about medium 3, "ready" about the carousel: -1. */
static int
get_index (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? (int)g_ascii_strtoll (colon + 1, NULL, 10) : -1;
}

static char **
make_forget (int n)
{
  static const char *const carousel[] = { "container", "ready", "polls:ready", "missing", NULL };
  static const char *const item[]
      = { "photo:%d",       "source:%d",        "container:%d",     "upload:%d",     "ready:%d",
          "polls:ready:%d", "resume:upload:%d", "offset:upload:%d", "cuts:upload:%d" };
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; carousel[i] != NULL; i++)
    g_ptr_array_add (keys, g_strdup (carousel[i]));
  for (guint i = 0; n >= 0 && i < G_N_ELEMENTS (item); i++)
    {
      g_auto (GStrv) parts = g_strsplit (item[i], "%d", 2);

      g_ptr_array_add (keys, g_strdup_printf ("%s%d", parts[0], n));
    }
  g_ptr_array_add (keys, NULL);
  return (char **)g_ptr_array_steal (keys, NULL);
}

/* The Page's photo is no way for this picture: the web space is. */
static SmmOutcome *
use_web_space (const SmmPublication *pub, int n)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
  g_auto (GStrv) forget = make_forget (n);

  outcome->wait_ms = 1000;
  smm_meta_outcome_say (
      outcome, "page-photo", "retry",
      _ ("Picture %d can’t go by way of the Page. It is put into your web space."), n + 1);
  for (guint i = 0; forget[i] != NULL; i++)
    smm_meta_outcome_forget (pub, outcome, forget[i]);
  smm_meta_outcome_forget (pub, outcome, "fetches");
  smm_meta_outcome_add (outcome, "route", "web-space");
  return outcome;
}

static gboolean
may_use_web_space (const SmmPublication *pub, int n)
{
  return n >= 0 && !smm_meta_is_video (pub, n) && pub->account->web_space != SMM_WEB_SPACE_USE_NONE
         && !smm_instagram_needs_place (pub, n);
}

static SmmOutcome *
refuse (const SmmPublication *pub, int n, Fault fault)
{
  SmmOutcome *outcome;

  if (fault == FAULT_FETCH && may_use_web_space (pub, n))
    return use_web_space (pub, n);
  outcome = smm_meta_outcome_new (SMM_OUTCOME_REFUSED);
  if (fault == FAULT_FETCH && n >= 0 && smm_instagram_needs_place (pub, n))
    smm_meta_outcome_say (outcome, "picture-not-fetched", "web-space",
                          _ ("Instagram could not fetch medium %d from your web space, though it "
                             "was tried %d times. Perhaps the server lets only browsers in, or a "
                             "robots.txt forbids it."),
                          n + 1, MAX_FETCHES);
  else if (fault == FAULT_FETCH && n >= 0 && !smm_meta_is_video (pub, n))
    smm_meta_outcome_say (outcome, "picture-not-fetched", "web-space",
                          _ ("Instagram could not fetch picture %d from the Page, though it was "
                             "tried %d times. It needs a web space of your own."),
                          n + 1, MAX_FETCHES);
  else if (n >= 0)
    smm_meta_outcome_say (outcome, "media-refused", "edit",
                          smm_meta_is_video (pub, n) ? _ ("Instagram does not take video %d")
                                                     : _ ("Instagram does not take picture %d"),
                          n + 1);
  else
    smm_meta_outcome_say (outcome, "media-refused", "edit",
                          _ ("Instagram does not take this carousel"));
  return outcome;
}

static SmmOutcome *
prepare_again (const SmmPublication *pub, int n, Fault fault)
{
  gint64 fetches = smm_meta_fact_int (pub, "fetches") + 1;
  g_auto (GStrv) forget = NULL;
  SmmOutcome *outcome;

  if (fault == FAULT_PERMANENT || fetches >= MAX_FETCHES || (fault == FAULT_UNKNOWN && fetches > 1))
    return refuse (pub, n, fault);
  outcome = smm_meta_outcome_new (SMM_OUTCOME_RETRY);
  outcome->wait_ms = fetches * 10 * 1000;
  smm_meta_outcome_say (outcome, "prepare-again", "retry",
                        _ ("Instagram could not prepare the media. It is tried anew."));
  forget = make_forget (n);
  for (guint i = 0; forget[i] != NULL; i++)
    smm_meta_outcome_forget (pub, outcome, forget[i]);
  smm_meta_outcome_add_int (outcome, "fetches", fetches);
  return outcome;
}

/* --- Single answers --- */

/* The widest copy that Instagram takes. */
static char *
find_source (JsonObject *object)
{
  JsonArray *images = smm_json_get_array (object, "images");
  const char *best = NULL;
  gint64 best_width = 0;

  for (guint i = 0; images != NULL && i < json_array_get_length (images); i++)
    {
      JsonObject *image = smm_meta_get_item (images, i);
      const char *source = smm_json_get_string (image, "source");
      gint64 width = smm_json_get_int (image, "width", 0);

      if (source == NULL || *source == '\0' || width > RENDER_WIDTH || width <= best_width
          || strlen (source) > MAX_SOURCE)
        continue;
      best = source;
      best_width = width;
    }
  return g_strdup (best);
}

/* "Error: Media upload has failed with error code 2207026" (section 4.4). */
static gint64
find_subcode (const char *status)
{
  for (const char *p = status; p != NULL && *p != '\0'; p++)
    if (strspn (p, "0123456789") == 7)
      return g_ascii_strtoll (p, NULL, 10);
  return 0;
}

static SmmOutcome *
on_container_error (const SmmPublication *pub, const SmmStep *step, JsonObject *object)
{
  gint64 subcode = find_subcode (smm_json_get_string (object, "status"));
  SmmOutcome *outcome = prepare_again (pub, get_index (step->name), find_fault (0, subcode));

  outcome->error = g_strdup_printf ("%" G_GINT64_FORMAT, subcode);
  return outcome;
}

static SmmOutcome *
on_expired (void)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_RESTART);

  outcome->drop_prefix = g_strdup ("");
  smm_meta_outcome_say (outcome, "expired", "retry", _ ("The prepared media have expired"));
  return outcome;
}

/* Whether the container that a step polls is the one that is published. */
static gboolean
is_final_poll (const SmmPublication *pub, const SmmStep *step)
{
  return !smm_instagram_is_carousel (pub) || get_index (step->name) < 0;
}

static SmmOutcome *
on_poll (const SmmPublication *pub, const SmmStep *step, JsonObject *object)
{
  const char *status = smm_json_get_string (object, "status_code");
  g_autofree char *key = g_strconcat ("polls:", step->name, NULL);
  SmmOutcome *outcome;

  if (status == NULL)
    return NULL;
  if (strcmp (status, "ERROR") == 0)
    return on_container_error (pub, step, object);
  if (strcmp (status, "EXPIRED") == 0)
    return on_expired ();
  if (strcmp (status, "FINISHED") == 0 || strcmp (status, "PUBLISHED") == 0)
    {
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      smm_meta_outcome_add (
          outcome,
          strcmp (status, "PUBLISHED") == 0 && is_final_poll (pub, step) ? "published" : step->name,
          "1");
    }
  else
    outcome = smm_meta_wait (pub, key);
  smm_meta_outcome_forget (pub, outcome, "missing");
  return outcome;
}

static SmmOutcome *
on_received (const SmmPublication *pub, const SmmStep *step, JsonObject *object)
{
  const char *status = smm_json_get_string (object, "status_code");
  int n = get_index (step->name);
  g_autofree char *key = g_strdup_printf ("upload:%d", n);
  g_auto (GStrv) forget = make_forget (n);
  SmmMetaVideo video = { .stage = SMM_META_VIDEO_UPLOADING };
  SmmOutcome *outcome;

  if (status == NULL)
    return NULL;
  smm_meta_video_read_phases (&video, smm_json_get_object (object, "video_status"));
  if (strcmp (status, "FINISHED") == 0 || strcmp (status, "PUBLISHED") == 0)
    video.uploaded = TRUE;
  else if (strcmp (status, "ERROR") == 0 || strcmp (status, "EXPIRED") == 0)
    video.stage = SMM_META_VIDEO_LOST;
  outcome = smm_meta_apply_received (pub, key, &video, pub->renditions->pdata[n],
                                     (const char *const *)forget);
  if (outcome->kind == SMM_OUTCOME_DONE)
    smm_meta_outcome_forget (pub, outcome, "missing");
  return outcome;
}

/* Used up: nothing tells when the oldest post leaves the window, so it is asked now and then. */
static SmmOutcome *
on_quota (const SmmPublication *pub, JsonObject *object)
{
  JsonArray *list = smm_json_get_array (object, "data");
  JsonObject *item
      = list != NULL && json_array_get_length (list) > 0 ? smm_meta_get_item (list, 0) : NULL;
  JsonObject *config = smm_json_get_object (item, "config");
  gint64 used = smm_json_get_int (item, "quota_usage", -1);
  gint64 total = smm_json_get_int (config, "quota_total", 0);
  SmmOutcome *outcome;

  if (used >= 0 && total > 0 && used >= total)
    {
      gint64 seconds = smm_json_get_int (config, "quota_duration", 0);

      outcome = smm_meta_outcome_new (SMM_OUTCOME_LIMITED);
      outcome->wait_ms = seconds > 0 && seconds < 60 * 60 ? (guint64)seconds * 1000 : QUOTA_WAIT_MS;
      smm_meta_outcome_say (
          outcome, "daily-limit", NULL,
          _ ("“%s” has used up the %d posts that Instagram allows in 24 hours. The "
             "post goes out as soon as it may."),
          pub->account->name, (int)MIN (total, G_MAXINT));
      return outcome;
    }
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  smm_meta_outcome_add (outcome, "quota", used >= 0 && total > 0 ? "1" : "unknown");
  return outcome;
}

/* Public for certain, and no list tells which post it is. */
static SmmOutcome *
on_unnamed (const SmmPublication *pub)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  g_autofree char *profile = smm_instagram_dup_profile (pub);

  smm_meta_outcome_add (outcome, "unnamed", "1");
  smm_meta_outcome_add (outcome, "permalink", profile);
  return outcome;
}

static SmmOutcome *
on_find (const SmmPublication *pub, JsonObject *object)
{
  SmmInstagramMatch match;
  SmmOutcome *outcome;

  if (smm_json_get_array (object, "data") == NULL)
    return NULL;
  /* Stories look alike: the only one at that time may be another's. */
  if (smm_instagram_is_story (pub))
    return on_unnamed (pub);
  smm_instagram_match (pub, object, &match);
  if (match.one == NULL && smm_meta_fact_int (pub, "finds") < MAX_FINDS)
    {
      outcome = smm_meta_wait (pub, "finds");
      outcome->wait_ms = 60 * 1000;
      return outcome;
    }
  if (match.one == NULL)
    return on_unnamed (pub);
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  smm_instagram_adopt (pub, outcome->facts, match.one);
  return outcome;
}

static SmmOutcome *
on_permalink (const SmmPublication *pub, JsonObject *object)
{
  SmmOutcome *outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  const char *permalink = smm_json_get_string (object, "permalink");
  gint64 at = smm_meta_parse_time (smm_json_get_string (object, "timestamp"));
  g_autofree char *profile = smm_instagram_dup_profile (pub);

  smm_meta_outcome_add (outcome, "permalink",
                        permalink != NULL && g_str_has_prefix (permalink, "https://") ? permalink
                                                                                      : profile);
  if (at > 0)
    smm_meta_outcome_add_int (outcome, "published_at", at);
  return outcome;
}

static SmmOutcome *
on_success (const SmmPublication *pub, const SmmStep *step, JsonObject *object)
{
  g_autofree char *value = NULL;
  SmmOutcome *outcome;

  if (g_str_has_prefix (step->name, "ready"))
    return on_poll (pub, step, object);
  if (g_str_has_prefix (step->name, "status:"))
    return on_received (pub, step, object);
  if (strcmp (step->name, "quota") == 0)
    return on_quota (pub, object);
  if (strcmp (step->name, "find") == 0)
    return on_find (pub, object);
  if (step->kind == SMM_STEP_CONFIRM)
    return on_permalink (pub, object);
  if (g_str_has_prefix (step->name, "source:"))
    value = find_source (object);
  else
    {
      value = smm_json_dup_id (object, "id");
      if (!smm_meta_is_id (value))
        return NULL;
    }
  if (value == NULL)
    return NULL;
  outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
  smm_meta_outcome_add (outcome, step->kind == SMM_STEP_COMMIT ? "remote_id" : step->name, value);
  return outcome;
}

/* --- Failures --- */

static SmmOutcome *
on_missing (const SmmPublication *pub, const SmmStep *step)
{
  gint64 n = smm_meta_fact_int (pub, "missing");
  SmmOutcome *outcome;

  if (g_str_has_prefix (step->name, "ready"))
    {
      if (n < MAX_MISSING)
        return smm_meta_wait_missing (pub);
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      smm_meta_outcome_add (outcome, step->name, "1");
      smm_meta_outcome_forget (pub, outcome, "missing");
      return outcome;
    }
  if (n < MAX_MISSING_OTHERS)
    return smm_meta_wait_missing (pub);
  return strcmp (step->name, "find") == 0
             ? on_unnamed (pub)
             : prepare_again (pub, get_index (step->name), FAULT_PASSING);
}

static void
forget_ready (const SmmPublication *pub, SmmOutcome *outcome)
{
  smm_meta_outcome_forget (pub, outcome, smm_instagram_is_carousel (pub) ? "ready" : "ready:0");
}

/* What was said of a publish is not the last word: the container is read before another one. */
static void
judge_publish (const SmmPublication *pub, SmmOutcome *outcome)
{
  if (g_strcmp0 (outcome->code, "not-ready") == 0)
    forget_ready (pub, outcome);
  if (outcome->kind == SMM_OUTCOME_REFUSED && smm_meta_fact (pub, "doubted") != NULL)
    outcome->kind = SMM_OUTCOME_UNCLEAR;
}

static gboolean
is_container_step (const SmmStep *step)
{
  return g_str_has_prefix (step->name, "container");
}

static gboolean
is_about_media (const SmmMetaAnswer *answer)
{
  return answer->code == 9004 || answer->code == -2
         || (answer->subcode >= 2207000 && answer->subcode <= 2207999 && answer->subcode != 2207001
             && answer->subcode != 2207042 && answer->subcode != 2207050
             && answer->subcode != 2207051);
}

static SmmOutcome *
on_failure (const SmmPublication *pub, const SmmStep *step, const SmmMetaAnswer *answer,
            SmmResponse *response)
{
  SmmOutcome *outcome = NULL;
  Fault fault = find_fault (answer->code, answer->subcode);

  if (step->kind == SMM_STEP_PREPARE && smm_meta_answer_is_missing (answer)
      && strcmp (step->request->method, "GET") == 0 && strcmp (step->name, "quota") != 0)
    return on_missing (pub, step);
  outcome = smm_meta_classify (pub->account, step->kind, answer, response);
  if (answer->is_error && is_container_step (step) && is_about_media (answer)
      && fault != FAULT_PERMANENT
      && (outcome->kind == SMM_OUTCOME_RESTART || outcome->kind == SMM_OUTCOME_REFUSED))
    {
      g_autoptr (SmmOutcome) plain = outcome;

      outcome = prepare_again (pub, get_index (step->name), fault);
      outcome->error = g_steal_pointer (&plain->error);
    }
  /* The permission for a Page's photos is needed for nothing else here. */
  else if ((outcome->kind == SMM_OUTCOME_REFUSED || outcome->kind == SMM_OUTCOME_BLOCKED)
           && (g_str_has_prefix (step->name, "photo:") || g_str_has_prefix (step->name, "source:"))
           && may_use_web_space (pub, get_index (step->name)))
    {
      g_autoptr (SmmOutcome) plain = outcome;

      outcome = use_web_space (pub, get_index (step->name));
      outcome->error = g_steal_pointer (&plain->error);
    }
  /* How many posts are left is good to know, not needed: publishing enforces it (section 4.9). */
  else if (strcmp (step->name, "quota") == 0
           && (outcome->kind == SMM_OUTCOME_REFUSED || outcome->kind == SMM_OUTCOME_RESTART
               || (outcome->kind == SMM_OUTCOME_RETRY && response->sent == SMM_SENT_ANSWERED)))
    {
      g_clear_pointer (&outcome, smm_outcome_free);
      outcome = smm_meta_outcome_new (SMM_OUTCOME_DONE);
      smm_meta_outcome_add (outcome, "quota", "unknown");
    }
  else if (step->kind == SMM_STEP_COMMIT)
    judge_publish (pub, outcome);
  return outcome;
}

SmmOutcome *
smm_instagram_apply (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  g_auto (SmmMetaAnswer) answer = { 0 };
  SmmOutcome *outcome = NULL;

  if (g_str_has_prefix (step->name, "upload:"))
    {
      g_auto (GStrv) forget = make_forget (get_index (step->name));

      return smm_meta_apply_upload (pub, step->name, (const char *const *)forget, response);
    }
  smm_meta_answer_read (&answer, response);
  if (smm_meta_answer_is_good (&answer, response))
    outcome = on_success (pub, step, answer.object);
  if (outcome == NULL)
    outcome = on_failure (pub, step, &answer, response);
  if (outcome->request_id == NULL)
    outcome->request_id = g_strdup (answer.request_id);
  return outcome;
}

/* --- The tables --- */

static gboolean
instagram_apply_sign_in (SmmGrant *grant, GHashTable *progress, SmmResponse *response,
                         GError **error)
{
  return smm_meta_apply_sign_in (grant, progress, response, SMM_PLATFORM_INSTAGRAM, error);
}

/* Section 4.1: 400 containers in 24 hours for an account. */
static const SmmBudget budgets[] = { { "container", 400, 24 * 60 * 60 }, { NULL, 0, 0 } };

#define PUBLISHING                                                                                 \
  .id = SMM_PLATFORM_INSTAGRAM, .can_list = TRUE, .next_step = smm_instagram_next_step,            \
  .apply = smm_instagram_apply, .needs_place = smm_instagram_needs_place,                          \
  .next_look = smm_instagram_next_look, .apply_look = smm_instagram_apply_look,                    \
  .validate = smm_instagram_validate, .usage_wait_ms = smm_meta_usage_wait_ms, .budgets = budgets, \
  .comment = smm_meta_comment, .apply_comment = smm_meta_apply_comment,                            \
  .find_comment = smm_meta_find_comment, .apply_find_comment = smm_meta_apply_find_comment,        \
  .remove = smm_meta_remove, .apply_remove = smm_meta_apply_remove

const SmmPlatform smm_instagram_platform = {
  PUBLISHING,
  .authorize = smm_meta_authorize,
  .next_sign_in = smm_meta_next_sign_in,
  .apply_sign_in = instagram_apply_sign_in,
  .check = smm_meta_check,
  .apply_check = smm_meta_apply_check,
  .landing = SMM_META_LANDING,
  .pages = smm_meta_pages,
  .parts = smm_meta_parts,
  .revoke = smm_meta_revoke,
  .apply_revoke = smm_meta_apply_revoke,
};

/* Somebody may sign in there with Facebook. */
static const char *const login_pages[] = { "instagram.com", "facebook.com", NULL };
static const char *const login_parts[]
    = { "cdninstagram.com", "fbcdn.net", "facebook.net", "fbsbx.com", NULL };

/* No way to end a sign-in is documented: revoke stays NULL, the token is deleted and runs out. */
const SmmPlatform smm_instagram_login_platform = {
  PUBLISHING,
  .authorize = smm_instagram_login_authorize,
  .next_sign_in = smm_instagram_login_next_sign_in,
  .apply_sign_in = smm_instagram_login_apply_sign_in,
  .check = smm_instagram_login_check,
  .apply_check = smm_instagram_login_apply_check,
  .pages = login_pages,
  .parts = login_parts,
  .refresh = smm_instagram_login_refresh,
  .apply_refresh = smm_instagram_login_apply_refresh,
  .refreshes_itself = TRUE,
  /* A token lasts 60 days and is renewed when it is a week old (section 2.12). */
  .refresh_ahead = 53 * DAY,
};
