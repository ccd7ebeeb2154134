/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be known before anything is sent (api/tiktok.md sections 6.4, 6.11 and 6.12). */

#include "config.h"

#include "smm-tiktok.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CAPTION 2200
#define MAX_BYTES G_GINT64_CONSTANT (4294967296)
#define MAX_MINUTES 10
#define MIN_SIDE 360
#define MAX_SIDE 4096
#define MIN_RATE 23
#define MAX_RATE 60

static SmmProblem *
add_problem (GPtrArray *problems, const char *code, int media_index, const char *fix,
             const char *message)
{
  SmmProblem *problem = g_new0 (SmmProblem, 1);

  problem->code = g_strdup (code);
  problem->fatal = TRUE;
  problem->media_index = media_index;
  problem->fix = g_strdup (fix);
  problem->message = g_strdup (message);
  g_ptr_array_add (problems, problem);
  return problem;
}

G_GNUC_PRINTF (5, 6)
static void
add_number_problem (GPtrArray *problems, const char *code, int media_index, const char *fix,
                    const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  add_problem (problems, code, media_index, fix, message);
}

static const char *
get_option (const SmmPost *post, const char *option)
{
  const char *value = g_hash_table_lookup (post->options, option);

  return value != NULL && *value != '\0' ? value : NULL;
}

/* --- The text and what TikTok has no place for --- */

static void
validate_text (const SmmPost *post, GPtrArray *problems)
{
  glong units;

  if (post->kind == SMM_POST_KIND_STORY)
    add_problem (problems, "kind-unsupported", -1, NULL,
                 _ ("TikTok lets no app publish stories. Make it a post."));
  if (post->first_comment != NULL)
    add_problem (problems, "first-comment-unsupported", -1, NULL,
                 _ ("TikTok lets no app write comments: the first one is left out"))
        ->fatal
        = FALSE;
  if (post->link != NULL)
    add_problem (problems, "link-unsupported", -1, "link-into-text",
                 _ ("TikTok has no link previews: the link is left out"))
        ->fatal
        = FALSE;
  if (!g_utf8_validate (post->text, -1, NULL))
    {
      add_problem (problems, "text-broken", -1, NULL, _ ("The text is not valid UTF-8"));
      return;
    }
  units = smm_text_utf16_units (post->text);
  if (units > MAX_CAPTION)
    add_number_problem (problems, "caption-too-long", -1, "trim-text",
                        _ ("TikTok takes %d characters; this text has %ld"), MAX_CAPTION, units);
  if (smm_tiktok_switch (post, SMM_OPTION_INBOX) && *post->text != '\0')
    add_problem (problems, "inbox-without-text", -1, NULL,
                 _ ("A draft in the TikTok inbox has no text: it is written in the TikTok app"))
        ->fatal
        = FALSE;
}

/* --- The video --- */

static gboolean
is_among (const char *value, const char *const *values)
{
  return g_strv_contains (values, value);
}

static void
validate_file (const SmmMedia *media, guint i, GPtrArray *problems)
{
  static const char *const containers[] = { "mp4", "mov", "webm", NULL };
  static const char *const mimes[] = { "video/mp4", "video/quicktime", "video/webm", NULL };
  static const char *const codecs[] = { "h264", "h265", "vp8", "vp9", NULL };

  if ((media->container != NULL && !is_among (media->container, containers))
      || !is_among (media->mime, mimes))
    add_number_problem (problems, "container-unsupported", i, "choose-media",
                        _ ("TikTok takes MP4, MOV and WebM; “%s” is something else"),
                        media->file_name);
  if (media->video_codec != NULL && !is_among (media->video_codec, codecs))
    add_number_problem (problems, "codec-unsupported", i, "choose-media",
                        _ ("TikTok takes H.264, H.265, VP8 and VP9; “%s” is %s"), media->file_name,
                        media->video_codec);
  if (media->bytes > MAX_BYTES)
    add_number_problem (problems, "file-too-large", i, "choose-media",
                        _ ("TikTok takes videos of up to 4 GB; “%s” has %.1f"), media->file_name,
                        media->bytes / 1e9);
  if (media->bytes <= 0)
    add_number_problem (problems, "file-empty", i, "choose-media", _ ("“%s” is empty"),
                        media->file_name);
}

static void
validate_video (const SmmMedia *media, guint i, GPtrArray *problems)
{
  validate_file (media, i, problems);
  if (MIN (media->width, media->height) < MIN_SIDE || MAX (media->width, media->height) > MAX_SIDE)
    add_number_problem (problems, "picture-size", i, "choose-media",
                        _ ("TikTok needs %d to %d pixels on each side; this video has %d × %d"),
                        MIN_SIDE, MAX_SIDE, media->width, media->height);
  /* 0: unknown; TikTok will look at it. Half a thousandth for rates like 60000/1001. */
  if (media->frame_rate > 0
      && (media->frame_rate < MIN_RATE - 0.0005 || media->frame_rate > MAX_RATE + 0.0005))
    add_number_problem (problems, "frame-rate", i, "choose-media",
                        _ ("TikTok needs %d to %d frames a second; this video has %.1f"), MIN_RATE,
                        MAX_RATE, media->frame_rate);
  if (media->duration > MAX_MINUTES * 60 * (gint64)G_USEC_PER_SEC)
    add_number_problem (problems, "too-long", i, "choose-media",
                        _ ("TikTok takes videos of up to %d minutes; this one has %.1f"),
                        MAX_MINUTES, media->duration / 60e6);
}

static void
validate_media (const SmmPost *post, GPtrArray *problems)
{
  if (post->media->len == 0)
    add_problem (problems, "media-missing", -1, "choose-media", _ ("TikTok needs a video"));
  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *media = post->media->pdata[i];

      if (g_str_has_prefix (media->mime, "video/"))
        validate_video (media, i, problems);
      else
        add_problem (problems, "photos-need-web-address", i, "remove-media",
                     _ ("TikTok takes pictures from apps only by a web address it can fetch them "
                        "from, not from a computer. Post a video, or the pictures in the TikTok "
                        "app."));
    }
  if (post->media->len > 1)
    add_number_problem (problems, "too-many-media", 1, "remove-media",
                        _ ("TikTok takes one video; this post has %u files"), post->media->len);
}

/* --- Options --- */

static void
validate_privacy (const SmmPost *post, GPtrArray *problems)
{
  static const char *const levels[]
      = { "PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "FOLLOWER_OF_CREATOR", "SELF_ONLY", NULL };
  const char *privacy = get_option (post, SMM_OPTION_PRIVACY);

  if (privacy == NULL)
    add_problem (problems, "privacy-missing", -1, "choose-privacy",
                 _ ("Choose who can see the post on TikTok"));
  else if (!g_strv_contains (levels, privacy))
    add_number_problem (problems, "privacy-unknown", -1, "choose-privacy",
                        _ ("TikTok knows no audience “%s”"), privacy);
  /* TikTok's own words (section 6.12). */
  else if (strcmp (privacy, "SELF_ONLY") == 0 && smm_tiktok_switch (post, SMM_OPTION_BRANDED))
    add_problem (problems, "branded-private", -1, "choose-privacy",
                 _ ("Branded content visibility cannot be set to private."));
}

/* A switch that says neither would be taken for off: of an advertisement that would be a lie. */
static void
validate_switches (const SmmPost *post, GPtrArray *problems)
{
  static const char *const switches[]
      = { SMM_OPTION_COMMENTS, SMM_OPTION_DUET,  SMM_OPTION_STITCH,      SMM_OPTION_YOUR_BRAND,
          SMM_OPTION_BRANDED,  SMM_OPTION_INBOX, SMM_OPTION_AI_GENERATED };

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      const char *value = get_option (post, switches[i]);

      if (value != NULL && strcmp (value, "true") != 0 && strcmp (value, "false") != 0)
        add_number_problem (problems, "option-value", -1, "edit",
                            _ ("“%s” must be true or false, not “%s”"), switches[i], value);
    }
}

static void
validate_cover (const SmmPost *post, GPtrArray *problems)
{
  const char *cover = get_option (post, SMM_OPTION_COVER_MS);
  SmmMedia *media = post->media->len > 0 ? post->media->pdata[0] : NULL;
  gboolean number;
  gint64 at;

  if (cover == NULL)
    return;
  number = strlen (cover) <= 9 && strspn (cover, "0123456789") == strlen (cover);
  at = number ? g_ascii_strtoll (cover, NULL, 10) : -1;
  if (!number || (media != NULL && media->duration > 0 && at * 1000 > media->duration))
    add_number_problem (problems, "cover-outside", -1, "edit",
                        _ ("The cover’s moment, %s ms, is not within the video"), cover);
}

/* What viewers will read above it. */
static void
tell_label (const SmmPost *post, GPtrArray *problems)
{
  gboolean branded = smm_tiktok_switch (post, SMM_OPTION_BRANDED);

  if (branded || smm_tiktok_switch (post, SMM_OPTION_YOUR_BRAND))
    add_problem (problems, "commercial-label", -1, NULL,
                 branded ? _ ("TikTok will label the video “Paid partnership”")
                         : _ ("TikTok will label the video “Promotional content”"))
        ->fatal
        = FALSE;
}

/* A person may untick things in the sign-in. */
static void
validate_scope (const SmmPost *post, const SmmAccount *account, GPtrArray *problems)
{
  gboolean inbox = smm_tiktok_switch (post, SMM_OPTION_INBOX);
  g_auto (GStrv) scopes = NULL;

  if (account == NULL || account->scopes == NULL)
    return;
  scopes = g_strsplit (account->scopes, " ", -1);
  if (g_strv_contains ((const char *const *)scopes, inbox ? "video.upload" : "video.publish"))
    return;
  add_problem (problems, "permission-missing", -1, "reconnect",
               inbox
                   ? _ ("The permission to put drafts into the TikTok inbox was not given. Connect "
                        "the account again and leave it ticked.")
                   : _ ("The permission to post directly to TikTok was not given. Connect the "
                        "account again and leave it ticked, or send the video to the inbox."));
}

/**
 * smm_tiktok_validate:
 * @post: a post with media facts
 * @account: (nullable): where it goes
 *
 * Returns: (transfer full): SmmProblem*
 */
GPtrArray *
smm_tiktok_validate (const SmmPost *post, const SmmAccount *account)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_problem_free);

  validate_text (post, problems);
  validate_media (post, problems);
  validate_switches (post, problems);
  if (!smm_tiktok_switch (post, SMM_OPTION_INBOX))
    {
      validate_privacy (post, problems);
      validate_cover (post, problems);
      tell_label (post, problems);
    }
  validate_scope (post, account, problems);
  return problems;
}
