/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who posts, and what the form may offer (api/tiktok.md sections 6.3 and 6.12). */

#include "config.h"

#include "smm-tiktok-creator.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-tiktok.h"

#define MAX_OPTIONS 16
#define MAX_NAME 200

/**
 * smm_tiktok_creator_free:
 * @creator: (nullable) (transfer full): what a TikTok account may post
 */
void
smm_tiktok_creator_free (SmmTiktokCreator *creator)
{
  if (creator == NULL)
    return;
  g_free (creator->nickname);
  g_free (creator->username);
  g_free (creator->avatar_url);
  g_strfreev (creator->privacy);
  g_free (creator->stopped);
  g_free (creator);
}

/**
 * smm_tiktok_creator_request:
 * @account: a TikTok account
 *
 * A read with scope video.publish, at most 20 a minute (section 6.2).
 *
 * Returns: (transfer full): asks what the account may post
 */
SmmRequest *
smm_tiktok_creator_request (const SmmAccount *account)
{
  SmmRequest *request
      = smm_request_new ("POST", SMM_ENDPOINT_TIKTOK_API, "/v2/post/publish/creator_info/query/");

  request->auth = SMM_AUTH_BEARER;
  request->purpose = g_strdup ("check");
  request->account_id = g_strdup (account->id);
  smm_request_add_header (request, "Content-Type", "application/json; charset=UTF-8");
  return request;
}

static GStrv
read_options (JsonArray *options)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint n = options != NULL ? MIN (json_array_get_length (options), MAX_OPTIONS) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (options, i);
      const char *name = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (name != NULL && *name != '\0' && strlen (name) <= 64)
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_add (names, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static char *
dup_name (const char *name, const char *fallback)
{
  if (name == NULL || *name == '\0' || strlen (name) > MAX_NAME)
    name = fallback;
  return g_strdup (name != NULL ? name : "");
}

/* Codes with which TikTok answers, all the same with 200, that nothing may be posted now. */
static gboolean
is_stop (const char *code)
{
  static const char *const stops[] = { "spam_risk_too_many_posts", "reached_active_user_cap",
                                       "spam_risk_user_banned_from_posting", NULL };

  return code != NULL && g_strv_contains (stops, code);
}

/**
 * smm_tiktok_creator_parse:
 * @account: the account asked about
 * @response: the answer; may be hostile
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what it may post; %NULL with %SMM_PLATFORM_ERROR
 */
SmmTiktokCreator *
smm_tiktok_creator_parse (const SmmAccount *account, SmmResponse *response, GError **error)
{
  g_auto (SmmTiktokAnswer) answer = { 0 };
  g_autoptr (SmmOutcome) outcome = NULL;
  SmmTiktokCreator *creator;
  JsonArray *options;
  gint64 seconds;

  smm_tiktok_answer_read (&answer, response);
  options = answer.data != NULL ? smm_json_get_array (answer.data, "privacy_level_options") : NULL;
  if (!answer.is_ok || options == NULL)
    {
      outcome = smm_tiktok_classify (account, FALSE, &answer, response);
      if (!is_stop (answer.code))
        {
          g_set_error_literal (error, SMM_PLATFORM_ERROR,
                               outcome->kind == SMM_OUTCOME_SIGNED_OUT ? SMM_PLATFORM_ERROR_DENIED
                                                                       : SMM_PLATFORM_ERROR_ANSWER,
                               outcome->message != NULL
                                   ? outcome->message
                                   : _ ("TikTok could not be asked what this account may post"));
          return NULL;
        }
    }
  creator = g_new0 (SmmTiktokCreator, 1);
  creator->nickname
      = dup_name (smm_json_get_string (answer.data, "creator_nickname"), account->name);
  creator->privacy = read_options (options);
  if (outcome != NULL)
    {
      creator->stopped = g_strdup (outcome->message != NULL
                                       ? outcome->message
                                       : _ ("TikTok takes no posts from this account now. Try "
                                            "again later."));
      return creator;
    }
  if (smm_tiktok_is_user_name (smm_json_get_string (answer.data, "creator_username")))
    creator->username = g_strdup (smm_json_get_string (answer.data, "creator_username"));
  creator->avatar_url = g_strdup (smm_json_get_string (answer.data, "creator_avatar_url"));
  creator->comment_disabled = smm_json_get_bool (answer.data, "comment_disabled", FALSE);
  creator->duet_disabled = smm_json_get_bool (answer.data, "duet_disabled", FALSE);
  creator->stitch_disabled = smm_json_get_bool (answer.data, "stitch_disabled", FALSE);
  seconds = smm_json_get_int (answer.data, "max_video_post_duration_sec", 0);
  creator->max_duration = seconds > 0 && seconds <= G_MAXINT ? (int)seconds : 0;
  return creator;
}
