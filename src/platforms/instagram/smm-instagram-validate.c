/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Instagram takes (api/meta.md sections 4.2 and 4.10). Codes: smm-platform.h. */

#include "config.h"

#include "smm-instagram-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CAPTION 2200
#define MAX_HASHTAGS 30
#define MAX_MENTIONS 20
#define MAX_ITEMS 10
#define MAX_TAGS 20
#define MAX_COLLABORATORS 3
#define MAX_NAME 30
#define MIN_RATIO (4.0 / 5.0)
#define MAX_RATIO 1.91
#define MIN_WIDTH 320
#define MEGABYTE (1024 * 1024)
#define ALL_FLAGS                                                                                  \
  (SMM_MEDIA_MOOV_LATE | SMM_MEDIA_EDIT_LIST | SMM_MEDIA_INTERLACED | SMM_MEDIA_NOT_420)

static const char *const containers[] = { "mp4", "mov", NULL };
static const char *const video_codecs[] = { "h264", "h265", NULL };
static const char *const audio_codecs[] = { "aac", NULL };

static const SmmMetaVideoLimits reel_limits = {
  .what = N_ ("An Instagram reel"),
  .containers = containers,
  .video_codecs = video_codecs,
  .audio_codecs = audio_codecs,
  .max_bytes = 300 * MEGABYTE,
  .min_seconds = 3,
  .max_seconds = 15 * 60,
  .min_rate = 23,
  .max_rate = 60,
  .min_ratio = 0.01,
  .max_ratio = 10,
  .max_width = 1920,
  .max_bit_rate = 25000000,
  .max_audio_rate = 48000,
  .max_channels = 2,
  .flags = ALL_FLAGS,
};

static const SmmMetaVideoLimits story_limits = {
  .what = N_ ("An Instagram story"),
  .containers = containers,
  .video_codecs = video_codecs,
  .audio_codecs = audio_codecs,
  .max_bytes = 100 * MEGABYTE,
  .min_seconds = 3,
  .max_seconds = 60,
  .min_rate = 23,
  .max_rate = 60,
  .min_ratio = 0.1,
  .max_ratio = 10,
  .max_width = 1920,
  .max_bit_rate = 25000000,
  .max_audio_rate = 48000,
  .max_channels = 2,
  .flags = ALL_FLAGS,
};

/* --- Names and tags --- */

static gboolean
is_name (const char *name)
{
  return *name != '\0' && strlen (name) <= MAX_NAME
         && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._")
                == strlen (name);
}

static char *
clean_name (const char *text)
{
  g_autofree char *name = g_strstrip (g_strdup (text));

  return g_strdup (*name == '@' ? name + 1 : name);
}

/**
 * smm_instagram_format_names:
 * @option: user names, comma separated, with or without @
 * @n: (out) (optional): how many
 *
 * Returns: (transfer full) (nullable): a JSON list; NULL when one can't be a user name
 */
char *
smm_instagram_format_names (const char *option, guint *n)
{
  g_auto (GStrv) parts = g_strsplit (option, ",", -1);
  g_autoptr (GString) out = g_string_new ("[");
  guint count = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *name = clean_name (parts[i]);

      if (!is_name (name))
        return NULL;
      g_string_append_printf (out, "%s\"%s\"", count++ > 0 ? "," : "", name);
    }
  g_string_append_c (out, ']');
  if (n != NULL)
    *n = count;
  return count > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

/* "0.5,0.25": both from 0 to 1. */
static gboolean
read_place (const char *text, double *x, double *y)
{
  char *end;

  *x = g_ascii_strtod (text, &end);
  if (end == text || *end != ',')
    return FALSE;
  text = end + 1;
  *y = g_ascii_strtod (text, &end);
  return end != text && *g_strchug (end) == '\0' && *x >= 0 && *x <= 1 && *y >= 0 && *y <= 1;
}

/**
 * smm_instagram_format_tags:
 * @option: "name@x,y;…", x and y from 0 to 1
 * @with_place: pictures need the places, videos take none (section 4.2)
 * @n: (out) (optional): how many
 *
 * Returns: (transfer full) (nullable): a JSON list; NULL when @option can't be read
 */
char *
smm_instagram_format_tags (const char *option, gboolean with_place, guint *n)
{
  g_auto (GStrv) parts = g_strsplit (option, ";", -1);
  g_autoptr (GString) out = g_string_new ("[");
  guint count = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *part = g_strstrip (parts[i]);
      char *at = strrchr (part, '@');
      g_autofree char *name = NULL;
      char x_text[G_ASCII_DTOSTR_BUF_SIZE], y_text[G_ASCII_DTOSTR_BUF_SIZE];
      double x, y;

      if (*part == '\0')
        continue;
      if (at == NULL || at == part)
        return NULL;
      name = g_strndup (part, at - part);
      if (!is_name (*name == '@' ? name + 1 : name) || !read_place (at + 1, &x, &y))
        return NULL;
      g_string_append_printf (out, "%s{\"username\":\"%s\"", count++ > 0 ? "," : "",
                              *name == '@' ? name + 1 : name);
      if (with_place)
        g_string_append_printf (out, ",\"x\":%s,\"y\":%s",
                                g_ascii_formatd (x_text, sizeof x_text, "%.4g", x),
                                g_ascii_formatd (y_text, sizeof y_text, "%.4g", y));
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  if (n != NULL)
    *n = count;
  return count > 0 ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}

static const char *
get_option (const SmmPost *post, const char *key)
{
  const char *value = g_hash_table_lookup (post->options, key);

  return value != NULL && *value != '\0' ? value : NULL;
}

static void
validate_people (const SmmPost *post, GPtrArray *problems)
{
  const char *tags = get_option (post, SMM_OPTION_USER_TAGS);
  const char *names = get_option (post, SMM_OPTION_COLLABORATORS);
  guint n_tags = 0, n_names = 0;
  g_autofree char *tag_list = tags != NULL ? smm_instagram_format_tags (tags, TRUE, &n_tags) : NULL;
  g_autofree char *name_list = names != NULL ? smm_instagram_format_names (names, &n_names) : NULL;

  if (tags != NULL && tag_list == NULL)
    smm_meta_add_problem (problems, "user-tags-broken", -1, NULL,
                          _ ("“%s” is not a list of tags like name@0.5,0.5"), tags);
  if (n_tags > MAX_TAGS)
    smm_meta_add_problem (problems, "too-many-tags", -1, NULL,
                          _ ("Instagram takes %d tagged people; this post has %u"), MAX_TAGS,
                          n_tags);
  if (names != NULL && name_list == NULL)
    smm_meta_add_problem (problems, "collaborators-broken", -1, NULL,
                          _ ("“%s” is not a list of user names"), names);
  if (n_names > MAX_COLLABORATORS)
    smm_meta_add_problem (problems, "too-many-collaborators", -1, NULL,
                          _ ("Instagram takes %d collaborators; this post has %u"),
                          MAX_COLLABORATORS, n_names);
  if (names != NULL && post->kind == SMM_POST_KIND_STORY)
    smm_meta_add_problem (problems, "collaborators-unsupported", -1, NULL,
                          _ ("A story can’t have collaborators"));
}

static void
validate_cover (const SmmPost *post, GPtrArray *problems)
{
  const char *cover = get_option (post, SMM_OPTION_COVER_MS);
  guint64 ms = 0;

  if (cover == NULL)
    return;
  if (!g_ascii_string_to_unsigned (cover, 10, 0, G_MAXINT32, &ms, NULL))
    {
      smm_meta_add_problem (problems, "cover-broken", -1, NULL,
                            _ ("“%s” is not a number of milliseconds"), cover);
      return;
    }
  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *media = post->media->pdata[i];

      if (smm_media_is_video (media) && media->duration > 0 && ms > (guint64)media->duration / 1000)
        smm_meta_add_problem (problems, "cover-outside", i, NULL,
                              _ ("The cover is to be at %.1f s; video %u ends at %.1f s"),
                              ms / 1000.0, i + 1, (double)media->duration / G_USEC_PER_SEC);
    }
}

/* --- Text --- */

static void
validate_text (const SmmPost *post, GPtrArray *problems)
{
  glong length = MAX (smm_text_code_points (post->text), smm_text_utf16_units (post->text));

  if (post->kind == SMM_POST_KIND_STORY)
    {
      if (length > 0)
        smm_meta_add_warning (problems, "caption-ignored", -1, "trim-text",
                              _ ("A story shows no text; the %ld characters are left out"), length);
      return;
    }
  if (length > MAX_CAPTION)
    smm_meta_add_problem (problems, "caption-too-long", -1, "trim-text",
                          _ ("Instagram takes %d characters; this text has %ld"), MAX_CAPTION,
                          length);
  if (smm_text_count_hashtags (post->text) > MAX_HASHTAGS)
    smm_meta_add_problem (problems, "too-many-hashtags", -1, "trim-text",
                          _ ("Instagram takes %d hashtags; this text has %u"), MAX_HASHTAGS,
                          smm_text_count_hashtags (post->text));
  if (smm_text_count_mentions (post->text) > MAX_MENTIONS)
    smm_meta_add_problem (problems, "too-many-mentions", -1, "trim-text",
                          _ ("Instagram takes %d mentions; this text has %u"), MAX_MENTIONS,
                          smm_text_count_mentions (post->text));
}

/* --- Media --- */

static void
validate_picture (const SmmPost *post, SmmMedia *media, guint i, GPtrArray *problems)
{
  double ratio = media->height > 0 ? (double)media->width / media->height : 0;

  if (post->kind == SMM_POST_KIND_STORY)
    {
      if (ratio < 0.5 || ratio > 0.6)
        smm_meta_add_warning (problems, "story-ratio", i, "pad",
                              _ ("A story is 9:16; picture %u is %d × %d (%.2f:1)"), i + 1,
                              media->width, media->height, ratio);
      return;
    }
  if (media->width < MIN_WIDTH)
    smm_meta_add_problem (problems, "too-small", i, "choose-media",
                          _ ("Instagram needs pictures at least %d pixels wide; picture %u has %d"),
                          MIN_WIDTH, i + 1, media->width);
  if (ratio < MIN_RATIO - 0.001 || ratio > MAX_RATIO + 0.001)
    smm_meta_add_problem (problems, "aspect-ratio", i, "crop",
                          _ ("Instagram needs 4:5 to 1.91:1; picture %u is %d × %d (%.2f:1)"),
                          i + 1, media->width, media->height, ratio);
}

static void
validate_count (const SmmPost *post, GPtrArray *problems)
{
  guint max = post->kind == SMM_POST_KIND_FEED ? MAX_ITEMS : 1;

  if (post->media->len == 0)
    smm_meta_add_problem (problems, "media-missing", -1, "choose-media",
                          post->kind == SMM_POST_KIND_REEL
                              ? _ ("A reel needs a video")
                              : _ ("Instagram needs a picture or a video"));
  if (post->media->len > max)
    smm_meta_add_problem (problems, "too-many-media", max, "remove-media",
                          post->kind == SMM_POST_KIND_FEED
                              ? _ ("A carousel takes %u pictures and videos; this one has %u")
                              : _ ("A reel or story takes %u medium; this one has %u"),
                          max, post->media->len);
}

/* Section 4.2: all pictures are cropped to the shape of the first one. */
static void
validate_carousel (const SmmPost *post, GPtrArray *problems)
{
  SmmMedia *first = post->media->len > 0 ? post->media->pdata[0] : NULL;

  if (post->kind != SMM_POST_KIND_FEED || post->media->len < 2 || first->height <= 0)
    return;
  for (guint i = 1; i < post->media->len; i++)
    {
      SmmMedia *media = post->media->pdata[i];
      double ratio = media->height > 0 ? (double)media->width / media->height : 0;
      double wanted = (double)first->width / first->height;

      if (ratio <= 0 || (ratio > wanted * 0.98 && ratio < wanted * 1.02))
        continue;
      smm_meta_add_warning (problems, "carousel-ratio", i, "crop",
                            _ ("Instagram crops a carousel to the shape of its first medium "
                               "(%.2f:1); medium %u is %.2f:1"),
                            wanted, i + 1, ratio);
    }
}

static void
validate_media (const SmmPost *post, GPtrArray *problems)
{
  const SmmMetaVideoLimits *kind = post->kind == SMM_POST_KIND_STORY ? &story_limits : &reel_limits;
  SmmMetaVideoLimits limits = *kind;

  limits.what = _ (kind->what);
  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *media = post->media->pdata[i];

      if (smm_media_is_video (media))
        smm_meta_validate_video (media, i, &limits, problems);
      else if (post->kind == SMM_POST_KIND_REEL)
        smm_meta_add_problem (problems, "media-unsupported", i, "remove-media",
                              _ ("A reel takes no pictures; medium %u is one"), i + 1);
      else if (g_str_has_prefix (media->mime, "image/"))
        validate_picture (post, media, i, problems);
    }
  validate_carousel (post, problems);
  if (post->kind == SMM_POST_KIND_FEED && post->media->len == 1
      && smm_media_is_video (post->media->pdata[0]))
    smm_meta_add_warning (problems, "becomes-reel", 0, NULL,
                          _ ("Instagram shows a single video as a reel"));
}

static void
validate_account (const SmmPost *post, const SmmAccount *account, GPtrArray *problems)
{
  if (smm_meta_is_login (account))
    {
      if (account->web_space != SMM_WEB_SPACE_USE_NONE)
        return;
      /* No Page to upload to, and no upload of videos either: section 2.12. */
      for (guint i = 0; i < post->media->len; i++)
        smm_meta_add_problem (problems, "needs-web-space", i, "web-space",
                              _ ("“%s” is connected without a Facebook Page: Instagram fetches "
                                 "medium %u from a web space of your own, and none is set up"),
                              account->name, i + 1);
      return;
    }
  if (account != NULL && account->parent_remote_id == NULL)
    smm_meta_add_problem (problems, "no-page", -1, NULL,
                          _ ("“%s” is not linked to a Facebook Page"), account->name);
}

GPtrArray *
smm_instagram_validate (const SmmPost *post, const SmmAccount *account)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_problem_free);
  glong comment = post->first_comment != NULL && g_utf8_validate (post->first_comment, -1, NULL)
                      ? smm_text_utf16_units (post->first_comment)
                      : 0;

  smm_meta_validate_common (post, problems);
  validate_count (post, problems);
  if (g_utf8_validate (post->text, -1, NULL))
    validate_text (post, problems);
  if (comment > MAX_CAPTION)
    smm_meta_add_problem (problems, "comment-too-long", -1, "trim-text",
                          _ ("Instagram takes comments of %d characters; this one has %ld"),
                          MAX_CAPTION, comment);
  if (post->link != NULL)
    smm_meta_add_warning (problems, "link-unsupported", -1,
                          post->kind != SMM_POST_KIND_STORY ? "link-into-text" : NULL,
                          _ ("Instagram has no link previews: the link is left out"));
  validate_people (post, problems);
  validate_cover (post, problems);
  validate_account (post, account, problems);
  validate_media (post, problems);
  return problems;
}
