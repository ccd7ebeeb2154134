/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of an upload (api/tiktok.md section 6.10): as verdict, as a look, and for the link.
 */

#include "config.h"

#include "smm-tiktok.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* 3 is the pause before the first question; half an hour of 15 s, then once a minute. */
static const guint poll_seconds[] = { 5, 10, 15 };
#define SLOW_AFTER 120
#define SLOW_SECONDS 60
/* An upload's address lives for an hour; bytes that are still missing now never come. */
#define LOST_AFTER 180
static const guint link_seconds[] = { 10, 20, 30, 60 };

typedef enum
{
  STATUS_UNREADABLE,
  STATUS_UPLOADING,  /* bytes are missing */
  STATUS_PROCESSING, /* not final, and so are words we do not know */
  STATUS_INBOX,
  STATUS_COMPLETE,
  STATUS_FAILED,
} Status;

static gint64
get_size (const SmmPublication *pub)
{
  return pub->renditions->len > 0    ? ((SmmRendition *)pub->renditions->pdata[0])->bytes
         : pub->post->media->len > 0 ? ((SmmMedia *)pub->post->media->pdata[0])->bytes
                                     : 0;
}

static Status
read_status (const SmmPublication *pub, const SmmTiktokAnswer *answer, gint64 *uploaded)
{
  const char *status = answer->is_ok ? smm_json_get_string (answer->data, "status") : NULL;

  *uploaded = smm_json_get_int (answer->data, "uploaded_bytes", -1);
  if (status == NULL || *status == '\0')
    return STATUS_UNREADABLE;
  if (strcmp (status, "PUBLISH_COMPLETE") == 0)
    return STATUS_COMPLETE;
  if (strcmp (status, "SEND_TO_USER_INBOX") == 0)
    return STATUS_INBOX;
  if (strcmp (status, "FAILED") == 0)
    return STATUS_FAILED;
  if (strcmp (status, "PROCESSING_UPLOAD") != 0)
    return STATUS_PROCESSING;
  if (*uploaded < 0)
    return STATUS_UNREADABLE;
  return *uploaded < get_size (pub) ? STATUS_UPLOADING : STATUS_PROCESSING;
}

/* --- Published --- */

static gboolean
is_post_id (const char *id)
{
  return id != NULL && *id != '\0' && *id != '0' && strlen (id) <= 32
         && strspn (id, "0123456789") == strlen (id);
}

/* A list of numbers; one client saw a bare one, and a list of texts costs nothing (section 6.10).
 * The name is TikTok's spelling. */
static char *
find_post_id (JsonObject *data)
{
  static const char member[] = "publicaly_available_post_id";
  JsonArray *list = smm_json_get_array (data, member);
  g_autofree char *id = NULL;

  if (list != NULL && json_array_get_length (list) > 0)
    {
      JsonNode *node = json_array_get_element (list, 0);

      if (!JSON_NODE_HOLDS_VALUE (node))
        return NULL;
      if (json_node_get_value_type (node) == G_TYPE_INT64)
        id = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
      else
        id = g_strdup (json_node_get_string (node));
    }
  else
    id = smm_json_dup_id (data, member);
  return is_post_id (id) ? g_steal_pointer (&id) : NULL;
}

static char *
make_link (const SmmPublication *pub, const char *post_id)
{
  const char *known = smm_tiktok_fact (pub, "username");
  const char *username = smm_tiktok_is_user_name (known) ? known : pub->account->username;

  if (!smm_tiktok_is_user_name (username))
    return g_strdup ("https://www.tiktok.com/");
  return post_id != NULL
             ? g_strdup_printf ("https://www.tiktok.com/@%s/video/%s", username, post_id)
             : g_strdup_printf ("https://www.tiktok.com/@%s", username);
}

static gboolean
is_private (const SmmPublication *pub)
{
  return g_strcmp0 (g_hash_table_lookup (pub->post->options, SMM_OPTION_PRIVACY), "SELF_ONLY") == 0;
}

/* The id comes when TikTok has looked at the post, usually within a minute; what only its owner can
 * see never gets one. Without @final the link is asked for again. */
static void
add_published (const SmmPublication *pub, GHashTable *facts, JsonObject *data, gboolean final)
{
  g_autofree char *id = find_post_id (data);
  const char *publish_id = smm_tiktok_fact (pub, "publish_id");

  g_hash_table_insert (facts, g_strdup ("remote_id"),
                       g_strdup (id != NULL           ? id
                                 : publish_id != NULL ? publish_id
                                                      : "?"));
  if (id != NULL || final)
    g_hash_table_insert (facts, g_strdup ("permalink"), make_link (pub, id));
}

static char *
say_inbox (const SmmPublication *pub)
{
  return g_strdup_printf (
      _ ("The draft is in the TikTok inbox of “%s”. Open its notification in the "
         "TikTok app, write the caption there and post it."),
      pub->account->name);
}

static gboolean
wants_inbox (const SmmPublication *pub)
{
  return smm_tiktok_switch (pub->post, SMM_OPTION_INBOX);
}

/* --- Failed --- */

static const struct
{
  const char *reason, *fix, *message;
} failures[] = {
  { "file_format_check_failed", "edit", N_ ("TikTok can’t read this kind of video file") },
  { "duration_check_failed", "edit", N_ ("TikTok finds the video too short or too long") },
  { "frame_rate_check_failed", "edit", N_ ("TikTok needs 23 to 60 frames a second") },
  { "picture_size_check_failed", "edit", N_ ("TikTok needs 360 to 4096 pixels on each side") },
  { "video_bitrate_check_failed", "edit", N_ ("TikTok does not take the video’s bit rate") },
  { "publish_cancelled", "retry", N_ ("The post was cancelled at TikTok") },
  { "auth_removed", "reconnect",
    N_ ("The access was withdrawn in the TikTok app while the video was processed. Sign in again, "
        "then retry.") },
  { "spam_risk_too_many_posts", "retry",
    N_ ("TikTok takes no more posts by apps from this account today. Try again tomorrow.") },
  { "spam_risk_user_banned_from_posting", NULL,
    N_ ("TikTok does not let this account post at present. Open the TikTok app to see why.") },
  { "spam_risk_text", "edit", N_ ("TikTok takes the text for spam") },
  { "spam_risk", NULL, N_ ("TikTok takes the post for spam") },
};

static const char *
get_reason (const SmmTiktokAnswer *answer)
{
  const char *reason = smm_json_get_string (answer->data, "fail_reason");

  return reason != NULL && *reason != '\0' && strlen (reason) <= 100 ? reason : "unknown";
}

static char *
say_failed (const char *reason, const char **fix)
{
  *fix = "retry";
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (strcmp (failures[i].reason, reason) == 0)
      {
        *fix = failures[i].fix;
        return g_strdup (_ (failures[i].message));
      }
  return g_strdup_printf (_ ("TikTok could not make a post of the video (%s)"), reason);
}

static SmmOutcome *
on_failed (const SmmPublication *pub, const SmmTiktokAnswer *answer)
{
  const char *reason = get_reason (answer);
  SmmOutcome *outcome;

  if (strcmp (reason, "internal") == 0)
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_RESTART);
      outcome->drop_prefix = g_strdup ("");
      outcome->wait_ms = 60 * 1000;
      smm_tiktok_outcome_say (outcome, "internal", "retry",
                              _ ("TikTok had trouble with the video. It is sent again."));
    }
  else
    {
      const char *fix;

      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_REFUSED);
      outcome->message = say_failed (reason, &fix);
      outcome->fix = g_strdup (fix);
      outcome->code = g_strdelimit (g_strdup (reason), "_", '-');
      /* If it is tried again, then with an upload of its own. */
      smm_tiktok_outcome_add (outcome, "failed", smm_tiktok_fact (pub, "publish_id"));
    }
  outcome->error = g_strdup (reason);
  return outcome;
}

/* --- Steps --- */

static guint
count_polls (const SmmPublication *pub, SmmOutcome *outcome, const char *key)
{
  const char *before = smm_tiktok_fact (pub, key);
  guint n = before != NULL ? (guint)CLAMP (g_ascii_strtoll (before, NULL, 10), 0, 1000000) : 0;
  g_autofree char *count = g_strdup_printf ("%u", n + 1);

  smm_tiktok_outcome_add (outcome, key, count);
  return n;
}

static SmmOutcome *
on_processing (const SmmPublication *pub, Status status)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_WAIT);
  guint n = count_polls (pub, outcome, "polls");

  outcome->wait_ms
      = 1000
        * (n < SLOW_AFTER ? poll_seconds[MIN (n, G_N_ELEMENTS (poll_seconds) - 1)] : SLOW_SECONDS);
  if (status != STATUS_UPLOADING || n < LOST_AFTER)
    return outcome;
  smm_outcome_free (outcome);
  outcome = smm_tiktok_outcome_new (SMM_OUTCOME_RESTART);
  outcome->drop_prefix = g_strdup ("");
  smm_tiktok_outcome_say (outcome, "upload-lost", "retry",
                          _ ("TikTok lost a part of the video. It is sent again."));
  return outcome;
}

static SmmOutcome *
on_complete (const SmmPublication *pub, JsonObject *data)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_DONE);

  add_published (pub, outcome->facts, data, is_private (pub));
  return outcome;
}

static SmmOutcome *
on_inbox (const SmmPublication *pub)
{
  SmmOutcome *outcome;

  if (!wants_inbox (pub))
    {
      outcome = smm_tiktok_outcome_new (SMM_OUTCOME_REFUSED);
      smm_tiktok_outcome_say (outcome, "sent-to-inbox", NULL, "%s", "");
      g_free (outcome->message);
      outcome->message = say_inbox (pub);
      return outcome;
    }
  outcome = smm_tiktok_outcome_new (SMM_OUTCOME_DONE);
  outcome->code = g_strdup ("finish-in-app");
  outcome->message = say_inbox (pub);
  add_published (pub, outcome->facts, NULL, TRUE);
  return outcome;
}

/* How far an upload came, whose range did not fit. */
static SmmOutcome *
on_upload_status (const SmmPublication *pub, Status status, gint64 uploaded)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_DONE);

  smm_tiktok_outcome_add (outcome, "ask", "0");
  if (status == STATUS_UPLOADING)
    {
      g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, uploaded);

      smm_tiktok_outcome_add (outcome, "offset", offset);
    }
  else
    /* It has all of it: the rest is a verdict. */
    smm_tiktok_outcome_add (outcome, "accepted", smm_tiktok_fact (pub, "publish_id"));
  return outcome;
}

/* It is public; how often the link is asked for has an end. */
static SmmOutcome *
apply_link (const SmmPublication *pub, const SmmTiktokAnswer *answer)
{
  SmmOutcome *outcome = smm_tiktok_outcome_new (SMM_OUTCOME_WAIT);
  g_autofree char *id = answer->is_ok ? find_post_id (answer->data) : NULL;
  guint n = count_polls (pub, outcome, "link.polls");

  if (id == NULL && n < G_N_ELEMENTS (link_seconds))
    {
      outcome->wait_ms = link_seconds[n] * 1000;
      return outcome;
    }
  outcome->kind = SMM_OUTCOME_DONE;
  if (id != NULL)
    add_published (pub, outcome->facts, answer->data, TRUE);
  else
    g_hash_table_insert (outcome->facts, g_strdup ("permalink"), make_link (pub, NULL));
  return outcome;
}

/**
 * smm_tiktok_apply_status:
 * @pub: the publication
 * @step: "status", "status:upload" or "status:link"
 * @response: the answer
 *
 * Returns: (transfer full): REFUSED and RESTART only for what TikTok itself calls failed
 */
SmmOutcome *
smm_tiktok_apply_status (const SmmPublication *pub, const SmmStep *step, SmmResponse *response)
{
  g_auto (SmmTiktokAnswer) answer = { 0 };
  SmmOutcome *outcome;
  gint64 uploaded;
  Status status;

  smm_tiktok_answer_read (&answer, response);
  status = read_status (pub, &answer, &uploaded);
  if (step->kind == SMM_STEP_CONFIRM && response->sent == SMM_SENT_ANSWERED)
    outcome = apply_link (pub, &answer);
  else if (status == STATUS_UNREADABLE)
    outcome = smm_tiktok_classify (pub->account, TRUE, &answer, response);
  else if (status == STATUS_FAILED)
    outcome = on_failed (pub, &answer);
  else if (step->kind == SMM_STEP_PREPARE)
    outcome = on_upload_status (pub, status, uploaded);
  else if (status == STATUS_COMPLETE)
    outcome = on_complete (pub, answer.data);
  else if (status == STATUS_INBOX)
    outcome = on_inbox (pub);
  else
    outcome = on_processing (pub, status);
  if (outcome->request_id == NULL)
    outcome->request_id = g_strdup (answer.log_id);
  return outcome;
}

/* --- Looks: was the last part taken? --- */

SmmRequest *
smm_tiktok_next_look (const SmmPublication *pub, int look)
{
  /* Without the id of the upload there is nothing to ask about; the account at least. */
  return smm_tiktok_fact (pub, "publish_id") != NULL ? smm_tiktok_status_request (pub, "look")
                                                     : smm_tiktok_check (pub->account);
}

static SmmReconcile *
reconcile_new (SmmReconcileKind kind)
{
  SmmReconcile *found = g_new0 (SmmReconcile, 1);

  found->kind = kind;
  found->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return found;
}

static SmmReconcile *
look_accepted (const SmmPublication *pub)
{
  SmmReconcile *found = reconcile_new (SMM_RECONCILE_ACCEPTED);

  g_hash_table_insert (found->facts, g_strdup ("accepted"),
                       g_strdup (smm_tiktok_fact (pub, "publish_id")));
  return found;
}

static SmmReconcile *
look_failed (const SmmPublication *pub, const SmmTiktokAnswer *answer)
{
  const char *reason = get_reason (answer);
  SmmReconcile *found;
  const char *fix;

  /* The verdict knows what to do about it. */
  if (strcmp (reason, "internal") == 0)
    return look_accepted (pub);
  found = reconcile_new (SMM_RECONCILE_REFUSED);
  found->message = say_failed (reason, &fix);
  found->error = g_strdup (reason);
  g_hash_table_insert (found->facts, g_strdup ("failed"),
                       g_strdup (smm_tiktok_fact (pub, "publish_id")));
  return found;
}

static SmmReconcile *
look_unknown (const SmmPublication *pub, const SmmTiktokAnswer *answer, SmmResponse *response)
{
  g_autoptr (SmmOutcome) outcome = smm_tiktok_classify (pub->account, TRUE, answer, response);
  SmmReconcile *found = reconcile_new (SMM_RECONCILE_UNKNOWN);

  found->message = g_steal_pointer (&outcome->message);
  found->error = g_steal_pointer (&outcome->error);
  found->wait_ms = outcome->kind == SMM_OUTCOME_LIMITED ? outcome->wait_ms : 0;
  found->signed_out = outcome->kind == SMM_OUTCOME_SIGNED_OUT;
  return found;
}

static SmmReconcile *
look_without_id (const SmmPublication *pub)
{
  SmmReconcile *found = reconcile_new (SMM_RECONCILE_UNKNOWN);

  found->message
      = g_strdup (_ ("TikTok can’t be asked about this upload any more. Look in the TikTok "
                     "app and say whether the post is there."));
  found->wait_ms = 6 * 60 * 60 * 1000;
  return found;
}

SmmReconcile *
smm_tiktok_apply_look (const SmmPublication *pub, int look, SmmResponse *response)
{
  g_auto (SmmTiktokAnswer) answer = { 0 };
  SmmReconcile *found;
  gint64 uploaded;

  if (smm_tiktok_fact (pub, "publish_id") == NULL)
    return look_without_id (pub);
  smm_tiktok_answer_read (&answer, response);
  switch (read_status (pub, &answer, &uploaded))
    {
    case STATUS_COMPLETE:
      found = reconcile_new (SMM_RECONCILE_PUBLISHED);
      add_published (pub, found->facts, answer.data, TRUE);
      break;
    case STATUS_INBOX:
      found = reconcile_new (wants_inbox (pub) ? SMM_RECONCILE_PUBLISHED : SMM_RECONCILE_REFUSED);
      if (wants_inbox (pub))
        add_published (pub, found->facts, NULL, TRUE);
      found->message = say_inbox (pub);
      break;
    case STATUS_FAILED:
      found = look_failed (pub, &answer);
      break;
    case STATUS_PROCESSING:
      found = look_accepted (pub);
      break;
    case STATUS_UPLOADING:
      found = reconcile_new (SMM_RECONCILE_NOT_PUBLISHED);
      g_hash_table_insert (found->facts, g_strdup ("offset"),
                           g_strdup_printf ("%" G_GINT64_FORMAT, uploaded));
      break;
    case STATUS_UNREADABLE:
    default:
      found = look_unknown (pub, &answer, response);
      break;
    }
  if (found->request_id == NULL)
    found->request_id = g_strdup (answer.log_id);
  return found;
}
