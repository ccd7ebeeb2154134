/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fuzz-answer.h"

#include "smm-endpoints.h"

#include <string.h>

/* --- A publication --- */

static SmmAccount *
make_account (SmmPlatformId id, gboolean instagram_login)
{
  SmmAccount *account = smm_account_new ();

  account->id = g_strdup ("a1");
  account->brand_id = g_strdup ("b1");
  account->platform = id;
  account->name = g_strdup ("Northside Bread");
  account->app_id = g_strdup ("987654321012345");
  account->username = g_strdup ("northside.bread");
  account->remote_id = g_strdup (id == SMM_PLATFORM_INSTAGRAM ? "17841400123456789"
                                 : id == SMM_PLATFORM_TIKTOK  ? "-000abcDEF"
                                                              : "104857600123456");
  if (id == SMM_PLATFORM_INSTAGRAM && instagram_login)
    account->login = g_strdup ("instagram");
  else if (id == SMM_PLATFORM_INSTAGRAM)
    account->parent_remote_id = g_strdup ("104857600123456");
  return account;
}

static void
rendition_free (gpointer data)
{
  SmmRendition *rendition = data;

  g_free (rendition->path);
  g_free (rendition->mime);
  g_free (rendition->alt);
  g_free (rendition);
}

static void
add_medium (SmmPublication *pub, gboolean video)
{
  SmmMedia *media = smm_media_new ();
  SmmRendition *rendition = g_new0 (SmmRendition, 1);

  media->sha256 = g_strnfill (64, 'a');
  media->mime = g_strdup (video ? "video/mp4" : "image/jpeg");
  media->file_name = g_strdup (video ? "bread.mp4" : "bread.jpg");
  media->bytes = rendition->bytes = video ? 30 * 1000 * 1000 : 1000;
  media->width = rendition->width = 1080;
  media->height = rendition->height = video ? 1920 : 1080;
  media->duration = rendition->duration = video ? 15 * G_USEC_PER_SEC : 0;
  if (video)
    {
      media->container = g_strdup ("mp4");
      media->video_codec = g_strdup ("h264");
      media->audio_codec = g_strdup ("aac");
      media->frame_rate = 30;
      media->bit_rate = 16 * 1000 * 1000;
      media->audio_rate = 48000;
      media->audio_channels = 2;
    }
  rendition->path = g_strdup ("/r/0");
  rendition->mime = g_strdup (media->mime);
  rendition->alt = pub->renditions->len == 0 ? g_strdup ("A loaf") : NULL;
  g_ptr_array_add (pub->renditions, rendition);
  g_ptr_array_add (pub->post->media, media);
}

static void
set_options (SmmPublication *pub, guint extras)
{
  GHashTable *options = pub->post->options;

  if (extras & 1)
    pub->post->link = g_strdup ("https://example.com/loaf");
  if (extras & 2)
    pub->post->first_comment = g_strdup ("Open until six");
  if (extras & 4)
    {
      pub->schedule_at = FUZZ_NOW + G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
      g_hash_table_insert (options, g_strdup (SMM_OPTION_HAND_OVER), g_strdup ("true"));
    }
  if (extras & 8)
    {
      g_hash_table_insert (options, g_strdup (SMM_OPTION_TITLE), g_strdup ("Bread"));
      g_hash_table_insert (options, g_strdup (SMM_OPTION_PRIVACY), g_strdup ("SELF_ONLY"));
      g_hash_table_insert (options, g_strdup (SMM_OPTION_COVER_MS), g_strdup ("1500"));
    }
  if (extras & 16)
    {
      g_hash_table_insert (options, g_strdup (SMM_OPTION_INBOX), g_strdup ("true"));
      g_hash_table_insert (options, g_strdup (SMM_OPTION_COLLABORATORS), g_strdup ("one,two"));
      g_hash_table_insert (options, g_strdup (SMM_OPTION_USER_TAGS), g_strdup ("one@0.5,0.5"));
    }
}

/* What the store may hold of earlier answers: text of the kind that the adapters let through. */
static void
take_facts (Fuzz *fuzz)
{
  g_autofree char *line = smm_fuzz_take_text (&fuzz->input, '\n');
  g_auto (GStrv) words = g_strsplit (line, " ", 20);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *equals = strchr (words[i], '=');
      const char *value = equals != NULL ? equals + 1 : "";

      if (equals == NULL || equals == words[i] || *value == '\0' || strcmp (value, ".") == 0
          || strstr (value, "..") != NULL || !g_utf8_validate (words[i], equals - words[i], NULL))
        continue;
      if (strspn (value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:~-")
          == strlen (value))
        g_hash_table_insert (fuzz->pub.facts, g_strndup (words[i], equals - words[i]),
                             g_strdup (value));
    }
}

void
fuzz_init (Fuzz *fuzz, const SmmPlatform *platform, SmmFuzzInput *input)
{
  guint media = smm_fuzz_take_choice (input, 8);
  guint kind = smm_fuzz_take_choice (input, 3);
  guint extras = smm_fuzz_take_choice (input, 64);
  SmmPublication *pub = &fuzz->pub;

  fuzz->platform = platform;
  fuzz->input = *input;
  pub->account = make_account (platform->id, (extras & 32) != 0);
  pub->post = smm_post_new ();
  g_free (pub->post->text);
  pub->post->text = g_strdup ("Fresh loaf today");
  pub->post->kind = SMM_POST_KIND_FEED + kind;
  pub->renditions = g_ptr_array_new_with_free_func (rendition_free);
  for (guint i = 0; i < media % 4; i++)
    add_medium (pub, media >= 4);
  set_options (pub, extras);
  pub->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  pub->claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (pub->claimed, g_strdup ("104857600123456_1"));
  pub->app_id = "987654321012345";
  pub->commit_sent_at = FUZZ_NOW;
  take_facts (fuzz);
}

void
fuzz_clear (Fuzz *fuzz)
{
  g_clear_object (&fuzz->pub.account);
  g_clear_object (&fuzz->pub.post);
  g_clear_pointer (&fuzz->pub.renditions, g_ptr_array_unref);
  g_clear_pointer (&fuzz->pub.facts, g_hash_table_unref);
  g_clear_pointer (&fuzz->pub.claimed, g_hash_table_unref);
}

gboolean
fuzz_is_valid (Fuzz *fuzz)
{
  g_autoptr (GPtrArray) problems = fuzz->platform->validate (fuzz->pub.post, fuzz->pub.account);

  for (guint i = 0; i < problems->len; i++)
    if (((SmmProblem *)problems->pdata[i])->fatal)
      return FALSE;
  return TRUE;
}

/* --- Answers --- */

/* As the sender does: names in lower case, values that are text. */
static void
take_headers (Fuzz *fuzz, SmmResponse *response)
{
  while (fuzz->input.size > 0)
    {
      g_autofree char *line = smm_fuzz_take_text (&fuzz->input, '\n');
      char *colon = strstr (line, ": ");

      if (*line == '\0')
        return;
      if (colon != NULL && g_utf8_validate (line, -1, NULL)
          && g_hash_table_size (response->headers) < 100)
        g_hash_table_insert (response->headers, g_ascii_strdown (line, colon - line),
                             g_strdup (colon + 2));
    }
}

SmmResponse *
fuzz_take_response (Fuzz *fuzz)
{
  static const guint statuses[]
      = { 0, 0, 200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503, 206, 100, 999 };
  guint choice = smm_fuzz_take_choice (&fuzz->input, G_N_ELEMENTS (statuses));
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  SmmResponse *response;

  if (choice < 2)
    response = smm_response_new_error (choice == 0 ? SMM_SENT_NOTHING : SMM_SENT_MAYBE, "reset",
                                       "The connection broke");
  else
    response = smm_response_new (SMM_SENT_ANSWERED, statuses[choice], empty);
  take_headers (fuzz, response);
  g_clear_pointer (&response->body, g_bytes_unref);
  response->body = smm_fuzz_take_bytes (&fuzz->input, '\x1e');
  return response;
}

/* --- Requests --- */

static void
check_params (GPtrArray *params)
{
  for (guint i = 0; i < params->len; i++)
    {
      SmmParam *param = params->pdata[i];

      g_assert (param->name != NULL && *param->name != '\0' && param->value != NULL);
      smm_fuzz_check_text (param->value);
    }
}

static void
check_headers (GPtrArray *headers)
{
  for (guint i = 0; i < headers->len; i++)
    {
      SmmParam *header = headers->pdata[i];

      g_assert (header->name != NULL && *header->name != '\0' && header->value != NULL);
      g_assert (strpbrk (header->name, " :\r\n") == NULL);
      g_assert (strpbrk (header->value, "\r\n") == NULL);
    }
}

/* A path made of what a platform said must not become another path, a query or another host. */
static void
check_address (SmmRequest *request)
{
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (NULL);
  const char *base = smm_endpoints_get_base (endpoints, request->endpoint);
  g_autofree char *url = smm_endpoints_get_url (endpoints, request);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  g_assert (uri != NULL && g_str_has_prefix (url, base));
  g_assert (*request->path == '/' && strstr (request->path, "..") == NULL);
  g_assert (strpbrk (request->path, " ?#\\\r\n\t") == NULL);
  g_assert (g_str_has_suffix (g_uri_get_path (uri), request->path));
}

void
fuzz_check_request (SmmRequest *request)
{
  g_assert (request != NULL);
  g_assert (strcmp (request->method, "GET") == 0 || strcmp (request->method, "POST") == 0
            || strcmp (request->method, "PUT") == 0 || strcmp (request->method, "DELETE") == 0);
  g_assert (request->purpose != NULL);
  check_params (request->query);
  check_params (request->params);
  check_headers (request->headers);
  smm_fuzz_check_text (request->body_json);
  if (request->url == NULL)
    check_address (request);
  else
    g_assert (g_str_has_prefix (request->url, "https://")
              || g_str_has_prefix (request->url, "http://"));
}
