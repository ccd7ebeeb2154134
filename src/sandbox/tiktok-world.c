/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tiktok.h"

#include <string.h>

#define ALL_SCOPES                                                                                 \
  "user.info.basic,user.info.profile,user.info.stats,video.list,video.upload,video.publish"

typedef enum
{
  FLAG,
  NUMBER,
  TEXT,
  LIST,
} SettingKind;

typedef struct
{
  const char *name;
  SettingKind kind;
  gsize offset;
  const char *fallback;
} Setting;

#define AT(field) G_STRUCT_OFFSET (SimTiktokSettings, field)

static const Setting settings[] = {
  { "tiktok_private", FLAG, AT (private_account), "false" },
  { "tiktok_audited", FLAG, AT (audited), "true" },
  { "tiktok_banned", FLAG, AT (banned), "false" },
  { "tiktok_comment_disabled", FLAG, AT (comment_disabled), "false" },
  { "tiktok_duet_disabled", FLAG, AT (duet_disabled), "false" },
  { "tiktok_stitch_disabled", FLAG, AT (stitch_disabled), "false" },
  { "tiktok_short_pages", FLAG, AT (short_pages), "false" },
  { "tiktok_active_users", NUMBER, AT (active_users), "0" },
  { "tiktok_max_duration_s", NUMBER, AT (max_duration_s), "600" },
  { "tiktok_daily_posts", NUMBER, AT (daily_posts), "15" },
  { "tiktok_inits_per_minute", NUMBER, AT (inits_per_minute), "6" },
  { "tiktok_token_s", NUMBER, AT (token_s), "7200" },
  { "tiktok_oauth_error_http", NUMBER, AT (oauth_error_http), "400" },
  { "tiktok_processing_ms", NUMBER, AT (processing_ms), "-1" },
  { "tiktok_moderation_ms", NUMBER, AT (moderation_ms), "500" },
  { "tiktok_app_scopes", LIST, AT (app_scopes), ALL_SCOPES },
  { "tiktok_decline", LIST, AT (decline), "" },
  { "tiktok_next_fail", TEXT, AT (next_fail), "" },
  { "tiktok_id_shape", TEXT, AT (id_shape), "list" },
  { "tiktok_verified_url", TEXT, AT (verified_url), "" },
};

SimTiktok *sim_tiktok;

static void
set (const Setting *setting, const char *value)
{
  gpointer field = G_STRUCT_MEMBER_P (&sim_tiktok->settings, setting->offset);

  switch (setting->kind)
    {
    case FLAG:
      *(gboolean *)field = strcmp (value, "true") == 0;
      break;
    case NUMBER:
      *(int *)field = (int)CLAMP (g_ascii_strtoll (value, NULL, 10), -1, G_MAXINT);
      break;
    case TEXT:
      g_free (*(char **)field);
      *(char **)field = g_strdup (value);
      break;
    case LIST:
    default:
      {
        g_autofree char *plain = g_strdup (value);
        g_strdelimit (plain, "[]\" ", ',');
        g_strfreev (*(char ***)field);
        *(char ***)field = g_strsplit (plain, ",", -1);
      }
    }
}

/* FALSE when there is no such setting. @value is JSON's text: true, 5, ["a","b"], or a string. */
gboolean
sim_tiktok_setting (const char *name, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (strcmp (settings[i].name, name) == 0)
      {
        set (&settings[i], value);
        return TRUE;
      }
  return FALSE;
}

static JsonArray *
list_of (char **words)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      json_array_add_string_element (array, words[i]);
  return array;
}

void
sim_tiktok_report_settings (JsonObject *root)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      gpointer field = G_STRUCT_MEMBER_P (&sim_tiktok->settings, settings[i].offset);
      const char *name = settings[i].name;

      if (settings[i].kind == FLAG)
        json_object_set_boolean_member (root, name, *(gboolean *)field);
      else if (settings[i].kind == NUMBER)
        json_object_set_int_member (root, name, *(int *)field);
      else if (settings[i].kind == TEXT)
        json_object_set_string_member (root, name, *(char **)field);
      else
        json_object_set_array_member (root, name, list_of (*(char ***)field));
    }
}

SimTiktokVideo *
sim_tiktok_video_new (void)
{
  return g_rc_box_new0 (SimTiktokVideo);
}

static void
clear_video (gpointer data)
{
  SimTiktokVideo *video = data;

  g_free (video->text);
  g_free (video->privacy);
  g_free (video->sha256);
}

void
sim_tiktok_video_unref (SimTiktokVideo *video)
{
  g_rc_box_release_full (video, clear_video);
}

static void
free_token (gpointer data)
{
  SimTiktokToken *token = data;

  g_free (token->access);
  g_free (token->refresh);
  g_strfreev (token->scopes);
  g_free (token);
}

static void
free_publish (gpointer data)
{
  SimTiktokPublish *publish = data;

  sim_tiktok_close_spool (publish);
  g_free (publish->id);
  g_free (publish->upload_id);
  g_free (publish->upload_token);
  g_free (publish->fail_reason);
  g_free (publish->post_id);
  g_clear_pointer (&publish->video, sim_tiktok_video_unref);
  g_free (publish);
}

static void
free_post (gpointer data)
{
  SimTiktokPost *post = data;

  g_free (post->id);
  g_free (post->publish_id);
  sim_tiktok_video_unref (post->video);
  g_free (post);
}

static void
free_window (gpointer data)
{
  g_queue_free_full (data, g_free);
}

static char *
member (JsonObject *object, const char *name, const char *fallback)
{
  if (object == NULL)
    return g_strdup (fallback);
  return g_strdup (json_object_get_string_member_with_default (object, name, fallback));
}

/* @world: the “tiktok” object of the world's file, or NULL. */
void
sim_tiktok_load_world (JsonObject *world)
{
  SimOptions *options = sim_world->options;

  sim_tiktok_clear ();
  sim_tiktok = g_new0 (SimTiktok, 1);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    set (&settings[i], settings[i].fallback);
  sim_tiktok->client_key = options->tiktok_client_key != NULL
                               ? g_strdup (options->tiktok_client_key)
                               : member (world, "client_key", SIM_TIKTOK_KEY);
  sim_tiktok->client_secret = options->tiktok_client_secret != NULL
                                  ? g_strdup (options->tiktok_client_secret)
                                  : member (world, "client_secret", SIM_PRACTICE_SECRET);
  sim_tiktok->open_id = member (world, "open_id", "-000practiceCreatorOfTheSandbox0001");
  sim_tiktok->union_id = member (world, "union_id", "c9c60f44-0000-4000-8000-000000000001");
  sim_tiktok->username = member (world, "username", "northside.bread");
  sim_tiktok->nickname = member (world, "nickname", "Northside Bread");
  sim_tiktok->followers
      = world != NULL ? json_object_get_int_member_with_default (world, "followers", 0) : 0;
  sim_tiktok->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, sim_tiktok_code_free);
  sim_tiktok->tokens = g_ptr_array_new_with_free_func (free_token);
  sim_tiktok->by_access = g_hash_table_new (g_str_hash, g_str_equal);
  sim_tiktok->by_refresh = g_hash_table_new (g_str_hash, g_str_equal);
  sim_tiktok->publishes = g_ptr_array_new_with_free_func (free_publish);
  sim_tiktok->publish_ids = g_hash_table_new (g_str_hash, g_str_equal);
  sim_tiktok->upload_ids = g_hash_table_new (g_str_hash, g_str_equal);
  sim_tiktok->processing = g_ptr_array_new ();
  sim_tiktok->posts = g_ptr_array_new_with_free_func (free_post);
  sim_tiktok->windows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_window);
}

/* Before a reset: no chunk waits for the rest of its file any more. */
void
sim_tiktok_forget_uploads (void)
{
  for (guint i = 0; i < sim_tiktok->publishes->len; i++)
    {
      SimTiktokPublish *publish = g_ptr_array_index (sim_tiktok->publishes, i);
      if (publish->status == SIM_TIKTOK_UPLOADING)
        {
          publish->status = SIM_TIKTOK_FAILED;
          sim_tiktok_close_spool (publish);
        }
    }
}

void
sim_tiktok_clear (void)
{
  SimTiktok *self = g_steal_pointer (&sim_tiktok);

  if (self == NULL)
    return;
  g_strfreev (self->settings.app_scopes);
  g_strfreev (self->settings.decline);
  g_free (self->settings.next_fail);
  g_free (self->settings.id_shape);
  g_free (self->settings.verified_url);
  g_free (self->client_key);
  g_free (self->client_secret);
  g_free (self->open_id);
  g_free (self->union_id);
  g_free (self->username);
  g_free (self->nickname);
  g_hash_table_unref (self->codes);
  g_hash_table_unref (self->by_access);
  g_hash_table_unref (self->by_refresh);
  g_ptr_array_unref (self->tokens);
  g_hash_table_unref (self->publish_ids);
  g_hash_table_unref (self->upload_ids);
  g_ptr_array_unref (self->processing);
  g_ptr_array_unref (self->publishes);
  g_ptr_array_unref (self->posts);
  g_hash_table_unref (self->windows);
  g_free (self);
}

/* Takes @token, whose texts are set. */
void
sim_tiktok_index_token (SimTiktokToken *token)
{
  g_ptr_array_add (sim_tiktok->tokens, token);
  g_hash_table_insert (sim_tiktok->by_access, token->access, token);
  g_hash_table_insert (sim_tiktok->by_refresh, token->refresh, token);
}

/* A new pair. @refresh_ends in µs: a refresh does not make the sign-in last longer. */
SimTiktokToken *
sim_tiktok_add_token (char **scopes, gint64 refresh_ends)
{
  SimTiktokToken *token = g_new0 (SimTiktokToken, 1);
  g_autofree char *access = sim_random_text (56);
  g_autofree char *refresh = sim_random_text (56);

  token->access = g_strdup_printf ("act.%s!%u.e1", access, g_random_int () % 9000 + 1000);
  token->refresh = g_strdup_printf ("rft.%s!%u.e1", refresh, g_random_int () % 9000 + 1000);
  token->scopes = g_strdupv (scopes);
  token->access_ends = sim_now () + sim_tiktok->settings.token_s * (gint64)G_USEC_PER_SEC;
  token->refresh_ends = refresh_ends;
  sim_tiktok_index_token (token);
  sim_world->dirty = TRUE;
  return token;
}

/* Access is taken away: what still waits or is being processed never becomes public. */
void
sim_tiktok_revoke (gboolean access_only)
{
  for (guint i = 0; i < sim_tiktok->tokens->len; i++)
    {
      SimTiktokToken *token = g_ptr_array_index (sim_tiktok->tokens, i);
      token->access_ends = 0;
      if (!access_only)
        token->refresh_ends = 0;
    }
  for (guint i = 0; !access_only && i < sim_tiktok->publishes->len; i++)
    {
      SimTiktokPublish *publish = g_ptr_array_index (sim_tiktok->publishes, i);
      if (publish->status <= SIM_TIKTOK_DOWNLOADING)
        sim_tiktok_fail_publish (publish, "auth_removed");
    }
  sim_world->dirty = TRUE;
}

SimTiktokPublish *
sim_tiktok_publish_new (void)
{
  SimTiktokPublish *publish = g_new0 (SimTiktokPublish, 1);

  publish->spool = -1;
  publish->made = sim_now ();
  publish->video = sim_tiktok_video_new ();
  return publish;
}

/* Takes @publish, whose ids are set. */
void
sim_tiktok_index_publish (SimTiktokPublish *publish)
{
  g_ptr_array_add (sim_tiktok->publishes, publish);
  g_hash_table_insert (sim_tiktok->publish_ids, publish->id, publish);
  if (publish->upload_id != NULL)
    g_hash_table_insert (sim_tiktok->upload_ids, publish->upload_id, publish);
  if (publish->ready_at != 0 && publish->status <= SIM_TIKTOK_DOWNLOADING)
    g_ptr_array_add (sim_tiktok->processing, publish);
}

/* A post enters the profile; adds a reference to @video. */
SimTiktokPost *
sim_tiktok_add_post (SimTiktokVideo *video, const char *publish_id, gint64 created)
{
  SimTiktokPost *post = g_new0 (SimTiktokPost, 1);

  post->available_at = created + sim_tiktok->settings.moderation_ms * (gint64)1000;
  /* The list's cursor counts milliseconds: no two posts share one, even those of a burst. */
  for (guint i = 0; i < sim_tiktok->posts->len; i++)
    if (((SimTiktokPost *)g_ptr_array_index (sim_tiktok->posts, i))->created / 1000
        == created / 1000)
      {
        created += 1000;
        i = -1;
      }
  post->id = sim_new_id ("7575", 15);
  post->seq = sim_world->seq;
  post->created = created;
  post->publish_id = g_strdup (publish_id);
  post->video = g_rc_box_acquire (video);
  g_ptr_array_add (sim_tiktok->posts, post);
  sim_world->dirty = TRUE;
  return post;
}

void
sim_tiktok_fail_publish (SimTiktokPublish *publish, const char *reason)
{
  g_autofree char *kept = g_strdup (reason);

  g_free (publish->fail_reason);
  publish->fail_reason = g_steal_pointer (&kept);
  publish->status = SIM_TIKTOK_FAILED;
  sim_tiktok_close_spool (publish);
  g_ptr_array_remove (sim_tiktok->processing, publish);
  sim_effect ("tiktok_failed");
}

static void
finish (SimTiktokPublish *publish)
{
  if (publish->fail_reason != NULL)
    {
      sim_tiktok_fail_publish (publish, publish->fail_reason);
      return;
    }
  if (publish->draft)
    {
      publish->status = SIM_TIKTOK_INBOX;
      sim_effect ("tiktok_inbox");
    }
  else
    {
      publish->post_id
          = g_strdup (sim_tiktok_add_post (publish->video, publish->id, publish->ready_at)->id);
      publish->status = SIM_TIKTOK_COMPLETE;
      sim_effect ("tiktok_publish");
    }
  g_ptr_array_remove (sim_tiktok->processing, publish);
}

/* Ends the processing of what is ready, in the order in which it became so. */
void
sim_tiktok_tick (void)
{
  gint64 now = sim_now ();
  SimTiktokPublish *next;

  do
    {
      next = NULL;
      for (guint i = 0; i < sim_tiktok->processing->len; i++)
        {
          SimTiktokPublish *publish = g_ptr_array_index (sim_tiktok->processing, i);
          if (publish->ready_at <= now && (next == NULL || publish->ready_at < next->ready_at))
            next = publish;
        }
      if (next != NULL)
        finish (next);
    }
  while (next != NULL);
}
