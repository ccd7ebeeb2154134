/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tiktok.h"

#include <string.h>

#define CREATOR_PER_MINUTE 20
#define STATUS_PER_MINUTE 30
#define UNAUDITED_USERS 5
#define URL_LIFE (60 * 60 * (gint64)G_USEC_PER_SEC)

/* The notes' 6.3, by the kind of account. */
char **
sim_tiktok_privacy_options (void)
{
  return g_strsplit (sim_tiktok->settings.private_account
                         ? "FOLLOWER_OF_CREATOR,MUTUAL_FOLLOW_FRIENDS,SELF_ONLY"
                         : "PUBLIC_TO_EVERYONE,MUTUAL_FOLLOW_FRIENDS,SELF_ONLY",
                     ",", -1);
}

/* Posts of the last day, with those on their way; an upload that was given up does not count. */
static int
count_recent (void)
{
  gint64 now = sim_now ();
  int count = 0;

  for (guint i = 0; i < sim_tiktok->publishes->len; i++)
    {
      SimTiktokPublish *publish = g_ptr_array_index (sim_tiktok->publishes, i);
      if (publish->draft || publish->status == SIM_TIKTOK_FAILED || now - publish->made > SIM_DAY)
        continue;
      if (publish->ready_at == 0 && now - publish->made > URL_LIFE)
        continue;
      count++;
    }
  return count;
}

/* The code of what keeps the creator from posting now, or NULL. @draft: inbox rules only. */
const char *
sim_tiktok_refusal (gboolean draft, const char **message)
{
  int posts = draft ? 0 : count_recent ();

  if (sim_tiktok->settings.banned)
    {
      *message = "The user is banned from making new posts.";
      return "spam_risk_user_banned_from_posting";
    }
  if (draft)
    return NULL;
  if (posts >= sim_tiktok->settings.daily_posts)
    {
      *message = "The daily post cap from the API is reached for the current user.";
      return "spam_risk_too_many_posts";
    }
  if (!sim_tiktok->settings.audited && posts == 0
      && sim_tiktok->settings.active_users >= UNAUDITED_USERS)
    {
      *message = "The daily quota for active publishing users from your client is reached.";
      return "reached_active_user_cap";
    }
  return NULL;
}

void
sim_tiktok_creator_info (SimRequest *self)
{
  SimTiktokSettings *settings = &sim_tiktok->settings;
  g_auto (GStrv) options = NULL;
  const char *message = NULL;
  const char *refusal;
  g_autofree char *avatar = NULL;
  JsonArray *levels;
  JsonObject *data;

  if (sim_tiktok_authorize (self, "video.publish") == NULL
      || !sim_tiktok_limit (self, "creator_info", CREATOR_PER_MINUTE))
    return;
  refusal = sim_tiktok_refusal (FALSE, &message);
  if (refusal != NULL)
    {
      /* By TikTok's design these three come with 200. */
      sim_tiktok_fail (self, refusal, message);
      self->status = 200;
      return;
    }
  options = sim_tiktok_privacy_options ();
  levels = json_array_new ();
  for (guint i = 0; options[i] != NULL; i++)
    json_array_add_string_element (levels, options[i]);
  avatar = g_strdup_printf ("%s/cdn/face-%s.png", sim_world->base, sim_tiktok->open_id);
  data = json_object_new ();
  json_object_set_string_member (data, "creator_avatar_url", avatar);
  json_object_set_string_member (data, "creator_username", sim_tiktok->username);
  json_object_set_string_member (data, "creator_nickname", sim_tiktok->nickname);
  json_object_set_array_member (data, "privacy_level_options", levels);
  json_object_set_boolean_member (data, "comment_disabled", settings->comment_disabled);
  json_object_set_boolean_member (data, "duet_disabled",
                                  settings->duet_disabled || settings->private_account);
  json_object_set_boolean_member (data, "stitch_disabled",
                                  settings->stitch_disabled || settings->private_account);
  json_object_set_int_member (data, "max_video_post_duration_sec", settings->max_duration_s);
  sim_tiktok_ok (self, data);
}

/* The publish the body names, or NULL and the answer. */
static SimTiktokPublish *
find_publish (SimRequest *self)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *body = sim_tiktok_body (self, "invalid_param", &parser);
  JsonNode *node;
  SimTiktokPublish *publish;

  if (body == NULL)
    return NULL;
  node = json_object_get_member (body, "publish_id");
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      sim_tiktok_fail (self, "invalid_param", "publish_id must be a string.");
      return NULL;
    }
  publish = g_hash_table_lookup (sim_tiktok->publish_ids, json_node_get_string (node));
  if (publish == NULL)
    sim_tiktok_fail (self, "invalid_publish_id", "The publish_id does not exist.");
  return publish;
}

static gboolean
authorize_any (SimRequest *self)
{
  SimTiktokToken *token = sim_tiktok_authorize (self, NULL);

  if (token == NULL)
    return FALSE;
  return sim_tiktok_authorize (self, sim_tiktok_token_has (token, "video.publish") ? "video.publish"
                                                                                   : "video.upload")
         != NULL;
}

static void
set_public_ids (JsonObject *data, SimTiktokPublish *publish)
{
  const char *shape = sim_tiktok->settings.id_shape;
  JsonArray *ids = json_array_new ();

  for (guint i = 0; publish->post_id != NULL && i < sim_tiktok->posts->len; i++)
    {
      SimTiktokPost *post = g_ptr_array_index (sim_tiktok->posts, i);
      if (strcmp (post->id, publish->post_id) == 0
          && g_strcmp0 (post->video->privacy, "PUBLIC_TO_EVERYONE") == 0
          && post->available_at <= sim_now ())
        json_array_add_int_element (ids, g_ascii_strtoll (post->id, NULL, 10));
    }
  if (strcmp (shape, "list") == 0)
    json_object_set_array_member (data, "publicaly_available_post_id", json_array_ref (ids));
  else if (strcmp (shape, "number") == 0 && json_array_get_length (ids) > 0)
    json_object_set_int_member (data, "publicaly_available_post_id",
                                json_array_get_int_element (ids, 0));
  json_array_unref (ids);
}

void
sim_tiktok_status (SimRequest *self)
{
  SimTiktokPublish *publish;
  JsonObject *data;
  gboolean pulled;

  if (!authorize_any (self) || !sim_tiktok_limit (self, "status", STATUS_PER_MINUTE)
      || (publish = find_publish (self)) == NULL)
    return;
  pulled = publish->upload_id == NULL;
  data = json_object_new ();
  switch (publish->status)
    {
    case SIM_TIKTOK_UPLOADING:
      json_object_set_string_member (data, "status", "PROCESSING_UPLOAD");
      break;
    case SIM_TIKTOK_DOWNLOADING:
      json_object_set_string_member (data, "status", "PROCESSING_DOWNLOAD");
      break;
    case SIM_TIKTOK_INBOX:
      json_object_set_string_member (data, "status", "SEND_TO_USER_INBOX");
      break;
    case SIM_TIKTOK_COMPLETE:
      json_object_set_string_member (data, "status", "PUBLISH_COMPLETE");
      set_public_ids (data, publish);
      break;
    case SIM_TIKTOK_FAILED:
    default:
      json_object_set_string_member (data, "status", "FAILED");
      json_object_set_string_member (data, "fail_reason", publish->fail_reason);
      set_public_ids (data, publish);
    }
  json_object_set_int_member (data, pulled ? "downloaded_bytes" : "uploaded_bytes",
                              publish->received);
  sim_tiktok_ok (self, data);
}

/* Only a pull that runs can be cancelled (6.9). */
void
sim_tiktok_cancel (SimRequest *self)
{
  SimTiktokPublish *publish;

  if (!authorize_any (self) || (publish = find_publish (self)) == NULL)
    return;
  if (publish->status != SIM_TIKTOK_DOWNLOADING)
    {
      sim_tiktok_fail (self, "publish_not_cancellable",
                       "The publish cannot be cancelled in its current state.");
      return;
    }
  sim_tiktok_fail_publish (publish, "publish_cancelled");
  sim_tiktok_ok (self, json_object_new ());
}
