/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What TikTok's answer about an account forbids of a post: section 6.12 of api/tiktok.md. */

#include "config.h"

#include "smm-tiktok-panel.h"

#include <glib/gi18n.h>

static gboolean
is_on (SmmPost *post, const char *key)
{
  return g_strcmp0 (g_hash_table_lookup (post->options, key), "true") == 0;
}

static char *
find_long_video (const SmmTiktokCreator *creator, SmmPost *post)
{
  int max = creator->max_duration;

  for (guint i = 0; max > 0 && i < post->media->len; i++)
    {
      SmmMedia *media = post->media->pdata[i];
      int seconds = (int)(media->duration / G_USEC_PER_SEC);

      if (media->duration > (gint64)max * G_USEC_PER_SEC)
        return g_strdup_printf (_ ("TikTok takes videos of up to %d:%02d from this account; this "
                                   "one has %d:%02d"),
                                max / 60, max % 60, seconds / 60, seconds % 60);
    }
  return NULL;
}

/* The options of all accounts may be what one of them does not offer. */
static char *
find_forbidden (const SmmTiktokCreator *creator, SmmPost *post)
{
  const char *level = g_hash_table_lookup (post->options, SMM_OPTION_PRIVACY);

  if (level != NULL && !g_strv_contains ((const char *const *)creator->privacy, level))
    return g_strdup_printf (_ ("TikTok does not offer the chosen audience to “%s”. Choose another "
                               "one for this account."),
                            creator->nickname);
  if ((creator->comment_disabled && is_on (post, SMM_OPTION_COMMENTS))
      || (creator->duet_disabled && is_on (post, SMM_OPTION_DUET))
      || (creator->stitch_disabled && is_on (post, SMM_OPTION_STITCH)))
    return g_strdup_printf (_ ("“%s” has turned off at TikTok what this post allows. Turn it off "
                               "for this account."),
                            creator->nickname);
  return NULL;
}

/**
 * smm_tiktok_find_obstacle:
 * @creator: (nullable): what TikTok told of the account
 * @problem: (nullable): why it could not be asked; with neither it is being asked
 * @post: the post as the account gets it
 *
 * What the adapter finds by itself, a missing audience for one, is not said here.
 *
 * Returns: (transfer full) (nullable): why it may not go out
 */
char *
smm_tiktok_find_obstacle (const SmmTiktokCreator *creator, const char *problem, SmmPost *post)
{
  gboolean your_brand = is_on (post, SMM_OPTION_YOUR_BRAND);
  gboolean branded = is_on (post, SMM_OPTION_BRANDED);
  char *text;

  /* What is sent to the inbox needs none of this. */
  if (is_on (post, SMM_OPTION_INBOX))
    return NULL;
  if (problem != NULL)
    return g_strdup_printf (_ ("TikTok has to be asked first what this account may post. %s"),
                            problem);
  if (creator == NULL)
    return g_strdup (_ ("TikTok has not told yet what this account may post. Wait a moment."));
  if (creator->stopped != NULL)
    return g_strdup (creator->stopped);
  /* TikTok's own words. */
  if (is_on (post, SMM_OPTION_COMMERCIAL) && !your_brand && !branded)
    return g_strdup ("You need to indicate if your content promotes yourself, a third party, or "
                     "both.");
  text = find_forbidden (creator, post);
  return text != NULL ? text : find_long_video (creator, post);
}
