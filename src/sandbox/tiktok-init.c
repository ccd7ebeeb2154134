/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tiktok.h"

#include <string.h>

#define PENDING_LIMIT 5
#define TITLE_UNITS 2200
#define PHOTO_TITLE_UNITS 90
#define PHOTO_TEXT_UNITS 4000
#define PHOTO_LIMIT 35
/* Both readings of “5 MB” and “64 MB” at once: what only one of them allows is refused. */
#define CHUNK_MINIMUM 5242880
#define CHUNK_MAXIMUM 64000000
#define CHUNK_LAST_MAXIMUM 128000000
#define CHUNK_COUNT_MAXIMUM 1000

static gboolean
refuse (SimRequest *self, const char *message)
{
  sim_tiktok_fail (self, "invalid_param", message);
  return FALSE;
}

static gboolean
refuse_member (SimRequest *self, const char *name, const char *what)
{
  g_autofree char *message = g_strdup_printf ("%s %s", name, what);

  return refuse (self, message);
}

/* FALSE and the answer when the member is missing though @required, or is no boolean. */
static gboolean
take_flag (SimRequest *self, JsonObject *object, const char *name, gboolean required,
           gboolean *value)
{
  JsonNode *node = json_object_get_member (object, name);

  *value = FALSE;
  if (node == NULL)
    return !required || refuse_member (self, name, "is required");
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse_member (self, name, "must be a boolean");
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
take_number (SimRequest *self, JsonObject *object, const char *name, gboolean required,
             gint64 *value)
{
  JsonNode *node = json_object_get_member (object, name);

  *value = 0;
  if (node == NULL)
    return !required || refuse_member (self, name, "is required");
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64
      || json_node_get_int (node) < 0)
    return refuse_member (self, name, "must be a whole number, not negative");
  *value = json_node_get_int (node);
  return TRUE;
}

/* Borrowed; "" when it is not there. */
static gboolean
take_text (SimRequest *self, JsonObject *object, const char *name, glong units, const char **value)
{
  JsonNode *node = json_object_get_member (object, name);
  g_autofree gunichar2 *utf16 = NULL;
  glong length = 0;

  *value = "";
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse_member (self, name, "must be a string");
  *value = json_node_get_string (node);
  utf16 = g_utf8_to_utf16 (*value, -1, NULL, &length, NULL);
  if (utf16 == NULL || length > units)
    return refuse_member (self, name, "is too long");
  return TRUE;
}

static JsonObject *
take_object (SimRequest *self, JsonObject *body, const char *name)
{
  JsonNode *node = json_object_get_member (body, name);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  refuse_member (self, name, "is required");
  return NULL;
}

static gboolean
check_members (SimRequest *self, JsonObject *object, const char *const *known)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (known, name))
      return refuse_member (self, name, "is not known");
  return TRUE;
}

/* The privacy level, against the account, the app's audit and the disclosure. */
static gboolean
check_privacy (SimRequest *self, const char *privacy, gboolean branded)
{
  g_auto (GStrv) options = sim_tiktok_privacy_options ();

  if (privacy[0] == '\0')
    return refuse (self, "privacy_level is required");
  if (!sim_tiktok->settings.audited
      && (!sim_tiktok->settings.private_account || strcmp (privacy, "SELF_ONLY") != 0))
    {
      sim_tiktok_fail (self, "unaudited_client_can_only_post_to_private_accounts",
                       "Please review our integration guidelines at "
                       "https://developers.tiktok.com/doc/content-sharing-guidelines/");
      return FALSE;
    }
  if (!g_strv_contains ((const char *const *)options, privacy))
    {
      sim_tiktok_fail (self, "privacy_level_option_mismatch",
                       "privacy_level is not one of the options of this creator");
      return FALSE;
    }
  if (branded && strcmp (privacy, "SELF_ONLY") == 0)
    return refuse (self, "Branded content visibility cannot be set to private.");
  return TRUE;
}

static gboolean
take_post_info (SimRequest *self, JsonObject *body, SimTiktokVideo *video)
{
  static const char *const known[] = { "title",
                                       "privacy_level",
                                       "disable_duet",
                                       "disable_comment",
                                       "disable_stitch",
                                       "video_cover_timestamp_ms",
                                       "is_aigc",
                                       "brand_content_toggle",
                                       "brand_organic_toggle",
                                       NULL };
  SimTiktokSettings *settings = &sim_tiktok->settings;
  JsonObject *info = take_object (self, body, "post_info");
  gboolean no_comment;
  gboolean no_duet;
  gboolean no_stitch;
  const char *title;
  const char *privacy;

  if (info == NULL || !check_members (self, info, known)
      || !take_text (self, info, "title", TITLE_UNITS, &title)
      || !take_text (self, info, "privacy_level", 100, &privacy)
      || !take_flag (self, info, "disable_comment", FALSE, &no_comment)
      || !take_flag (self, info, "disable_duet", FALSE, &no_duet)
      || !take_flag (self, info, "disable_stitch", FALSE, &no_stitch)
      || !take_flag (self, info, "brand_content_toggle", TRUE, &video->branded)
      || !take_flag (self, info, "brand_organic_toggle", TRUE, &video->your_brand)
      || !take_flag (self, info, "is_aigc", FALSE, &video->ai)
      || !take_number (self, info, "video_cover_timestamp_ms", FALSE, &video->cover_ms)
      || !check_privacy (self, privacy, video->branded))
    return FALSE;
  video->text = g_strdup (title);
  video->privacy = g_strdup (privacy);
  /* What the account has switched off stays off. */
  video->comments = !no_comment && !settings->comment_disabled;
  video->duet = !no_duet && !settings->duet_disabled && !settings->private_account;
  video->stitch = !no_stitch && !settings->stitch_disabled && !settings->private_account;
  return TRUE;
}

static gboolean
take_chunks (SimRequest *self, JsonObject *source, SimTiktokPublish *publish)
{
  static const char *const known[]
      = { "source", "video_size", "chunk_size", "total_chunk_count", NULL };
  gint64 size;
  gint64 chunk;
  gint64 count;

  if (!check_members (self, source, known) || !take_number (self, source, "video_size", TRUE, &size)
      || !take_number (self, source, "chunk_size", TRUE, &chunk)
      || !take_number (self, source, "total_chunk_count", TRUE, &count))
    return FALSE;
  if (size == 0 || size > SIM_TIKTOK_SIZE_LIMIT)
    return refuse (self, "The video size is invalid");
  if (chunk == 0 || chunk > size || chunk > CHUNK_MAXIMUM
      || (chunk < CHUNK_MINIMUM && chunk != size))
    return refuse (self, "The chunk size is invalid");
  if (count < 1 || count > CHUNK_COUNT_MAXIMUM || count != size / chunk
      || (count == 1 && size > CHUNK_MAXIMUM) || size - (count - 1) * chunk > CHUNK_LAST_MAXIMUM)
    return refuse (self, "The total chunk count is invalid");
  publish->video->size = size;
  publish->chunk_size = chunk;
  publish->chunk_count = count;
  return TRUE;
}

/* An https address below the one that is verified; FALSE and the answer otherwise. */
static gboolean
check_url (SimRequest *self, JsonNode *node)
{
  const char *url = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                            && json_node_get_value_type (node) == G_TYPE_STRING
                        ? json_node_get_string (node)
                        : NULL;
  const char *verified = sim_tiktok->settings.verified_url;

  if (url == NULL || !g_str_has_prefix (url, "https://"))
    return refuse (self, "The URL must be an https address");
  if (verified[0] == '\0' || !g_str_has_prefix (url, verified))
    {
      sim_tiktok_fail (self, "url_ownership_unverified",
                       "Please review our URL ownership verification rules at "
                       "https://developers.tiktok.com/doc/"
                       "content-posting-api-media-transfer-guide#pull_from_url");
      return FALSE;
    }
  return TRUE;
}

static gint64
processing_time (void)
{
  int ms = sim_tiktok->settings.processing_ms;

  return (ms >= 0 ? ms : sim_world->settings.processing_ms) * (gint64)1000;
}

/* Nothing is fetched: the sandbox opens no connection. The pull runs, then fails. */
static void
begin_pull (SimTiktokPublish *publish, const char *reason)
{
  publish->status = SIM_TIKTOK_DOWNLOADING;
  publish->fail_reason = g_strdup (reason);
  publish->ready_at = publish->made + MAX (processing_time (), 1);
}

static gboolean
take_source (SimRequest *self, JsonObject *body, SimTiktokPublish *publish)
{
  JsonObject *source = take_object (self, body, "source_info");
  const char *kind;

  if (source == NULL || !take_text (self, source, "source", 100, &kind))
    return FALSE;
  if (strcmp (kind, "FILE_UPLOAD") == 0)
    return take_chunks (self, source, publish);
  if (strcmp (kind, "PULL_FROM_URL") != 0)
    return refuse (self, "source must be FILE_UPLOAD or PULL_FROM_URL");
  if (!check_url (self, json_object_get_member (source, "video_url")))
    return FALSE;
  begin_pull (publish, "video_pull_failed");
  return TRUE;
}

static void
discard (SimTiktokPublish *publish)
{
  g_free (publish->fail_reason);
  sim_tiktok_video_unref (publish->video);
  g_free (publish);
}

/* Takes @publish and answers with its ids. */
static void
accept (SimRequest *self, SimTiktokPublish *publish)
{
  gboolean pulled = publish->status == SIM_TIKTOK_DOWNLOADING;
  g_autofree char *number = sim_new_id ("7576", 15);
  const char *kind = pulled ? "url" : "file";
  JsonObject *data = json_object_new ();

  publish->id = publish->photo
                    ? g_strdup_printf ("p_%s_url~v2.%s", publish->draft ? "inbox" : "pub", number)
                : publish->draft ? g_strdup_printf ("v_inbox_%s~v2.%s", kind, number)
                                 : g_strdup_printf ("v_pub_%s~v2-1.%s", kind, number);
  json_object_set_string_member (data, "publish_id", publish->id);
  if (!pulled)
    {
      g_autofree char *url = NULL;
      publish->upload_id = g_steal_pointer (&number);
      publish->upload_token = sim_random_text (48);
      url = g_strdup_printf ("%s/tiktok-upload/video/?upload_id=%s&upload_token=%s",
                             sim_world->base, publish->upload_id, publish->upload_token);
      json_object_set_string_member (data, "upload_url", url);
    }
  sim_tiktok_index_publish (publish);
  sim_effect (pulled ? "tiktok_pull_init" : publish->draft ? "tiktok_inbox_init" : "tiktok_init");
  sim_tiktok_ok (self, data);
}

static gboolean
check_refusal (SimRequest *self, gboolean draft)
{
  const char *message = NULL;
  const char *code = sim_tiktok_refusal (draft, &message);

  if (code == NULL)
    return TRUE;
  sim_tiktok_fail (self, code, message);
  return FALSE;
}

void
sim_tiktok_video_init (SimRequest *self)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *body;
  SimTiktokPublish *publish;

  if (sim_tiktok_authorize (self, "video.publish") == NULL
      || !sim_tiktok_limit (self, "video_init", sim_tiktok->settings.inits_per_minute)
      || (body = sim_tiktok_body (self, "invalid_param", &parser)) == NULL)
    return;
  publish = sim_tiktok_publish_new ();
  if (take_post_info (self, body, publish->video) && take_source (self, body, publish)
      && check_refusal (self, FALSE))
    accept (self, publish);
  else
    discard (publish);
}

static int
count_pending (void)
{
  int count = 0;

  for (guint i = 0; i < sim_tiktok->publishes->len; i++)
    {
      SimTiktokPublish *publish = g_ptr_array_index (sim_tiktok->publishes, i);
      if (publish->draft && publish->status <= SIM_TIKTOK_INBOX
          && sim_now () - publish->made <= SIM_DAY)
        count++;
    }
  return count;
}

/* Everything but source_info is ignored: the person writes it in the app. */
void
sim_tiktok_inbox_init (SimRequest *self)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *body;
  SimTiktokPublish *publish;

  if (sim_tiktok_authorize (self, "video.upload") == NULL
      || !sim_tiktok_limit (self, "inbox_init", sim_tiktok->settings.inits_per_minute)
      || (body = sim_tiktok_body (self, "invalid_param", &parser)) == NULL)
    return;
  publish = sim_tiktok_publish_new ();
  publish->draft = TRUE;
  publish->video->text = g_strdup ("");
  if (!take_source (self, body, publish) || !check_refusal (self, TRUE))
    discard (publish);
  else if (count_pending () >= PENDING_LIMIT)
    {
      discard (publish);
      sim_tiktok_fail (self, "spam_risk_too_many_pending_share",
                       "There may be at most 5 pending shares within any 24-hour period");
    }
  else
    accept (self, publish);
}

static gboolean
check_photo_info (SimRequest *self, JsonObject *body, gboolean direct)
{
  JsonObject *info = take_object (self, body, "post_info");
  gboolean branded;
  gboolean ignored;
  const char *text;

  if (info == NULL || !take_text (self, info, "title", PHOTO_TITLE_UNITS, &text)
      || !take_text (self, info, "description", PHOTO_TEXT_UNITS, &text))
    return FALSE;
  return !direct
         || (take_flag (self, info, "disable_comment", FALSE, &ignored)
             && take_flag (self, info, "auto_add_music", FALSE, &ignored)
             && take_flag (self, info, "brand_organic_toggle", TRUE, &ignored)
             && take_flag (self, info, "brand_content_toggle", TRUE, &branded)
             && take_text (self, info, "privacy_level", 100, &text)
             && check_privacy (self, text, branded));
}

static gboolean
check_photos (SimRequest *self, JsonObject *body)
{
  JsonObject *source = take_object (self, body, "source_info");
  const char *kind;
  JsonNode *node;
  JsonArray *images;
  gint64 cover;

  if (source == NULL || !take_text (self, source, "source", 100, &kind)
      || !take_number (self, source, "photo_cover_index", FALSE, &cover))
    return FALSE;
  if (strcmp (kind, "PULL_FROM_URL") != 0)
    return refuse (self, "source must be PULL_FROM_URL for photos");
  node = json_object_get_member (source, "photo_images");
  images = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (images == NULL || json_array_get_length (images) < 1
      || json_array_get_length (images) > PHOTO_LIMIT)
    return refuse (self, "photo_images must hold 1 to 35 addresses");
  if (cover >= json_array_get_length (images))
    return refuse (self, "photo_cover_index is out of range");
  for (guint i = 0; i < json_array_get_length (images); i++)
    if (!check_url (self, json_array_get_element (images, i)))
      return FALSE;
  return TRUE;
}

/* Photos come from a verified address only (6.8): a local one cannot be posted. */
void
sim_tiktok_content_init (SimRequest *self)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonObject *body;
  SimTiktokPublish *publish;
  const char *media_type;
  const char *mode;
  gboolean direct;

  if (sim_tiktok_authorize (self, NULL) == NULL
      || (body = sim_tiktok_body (self, "invalid_param", &parser)) == NULL
      || !take_text (self, body, "media_type", 100, &media_type)
      || !take_text (self, body, "post_mode", 100, &mode))
    return;
  direct = strcmp (mode, "DIRECT_POST") == 0;
  if (strcmp (media_type, "PHOTO") != 0 || (!direct && strcmp (mode, "MEDIA_UPLOAD") != 0))
    {
      refuse (self, "media_type or post_mode is invalid");
      return;
    }
  if (sim_tiktok_authorize (self, direct ? "video.publish" : "video.upload") == NULL
      || !sim_tiktok_limit (self, "content_init", sim_tiktok->settings.inits_per_minute)
      || !check_photo_info (self, body, direct) || !check_photos (self, body)
      || !check_refusal (self, !direct))
    return;
  publish = sim_tiktok_publish_new ();
  publish->photo = TRUE;
  publish->draft = !direct;
  publish->video->text = g_strdup ("");
  begin_pull (publish, "photo_pull_failed");
  accept (self, publish);
}
