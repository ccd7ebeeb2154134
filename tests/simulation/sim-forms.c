/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which kinds of post there are, and the files they are made of. A further kind of publication is a
 * row here, a world that answers its requests, and what its commit is (sim_request_is_commit()).
 */

#include "config.h"

#include "sim.h"

#include <string.h>

int sim_only_form = -1;

const char *const sim_form_names[] = {
  [SIM_FORM_FEED] = "feed",
  [SIM_FORM_VIDEO] = "fb-video",
  [SIM_FORM_REEL] = "fb-reel",
  [SIM_FORM_PHOTO_STORY] = "fb-photo-story",
  [SIM_FORM_VIDEO_STORY] = "fb-video-story",
  [SIM_FORM_HANDED_OVER] = "fb-handed-over",
  [SIM_FORM_HANDED_OVER_VIDEO] = "fb-handed-over-video",
  [SIM_FORM_HANDED_OVER_REEL] = "fb-handed-over-reel",
  [SIM_FORM_IG_REEL] = "ig-reel",
  [SIM_FORM_IG_STORY] = "ig-story",
  [SIM_FORM_IG_VIDEO_STORY] = "ig-video-story",
  [SIM_FORM_IG_CAROUSEL] = "ig-carousel",
  [SIM_FORM_TIKTOK] = "tiktok",
  [SIM_FORM_TIKTOK_PRIVATE] = "tiktok-private",
  [SIM_FORM_TIKTOK_INBOX] = "tiktok-inbox",
};

typedef struct
{
  double share; /* of the posts */
  SimAccountIndex account;
  SmmPostKind kind;
  gboolean video, hand_over, comments;
} Form;

static const Form forms[] = {
  [SIM_FORM_FEED] = { 0.3, SIM_FACEBOOK, SMM_POST_KIND_FEED, FALSE, FALSE, TRUE },
  [SIM_FORM_VIDEO] = { 0.06, SIM_FACEBOOK, SMM_POST_KIND_FEED, TRUE, FALSE, TRUE },
  [SIM_FORM_REEL] = { 0.06, SIM_FACEBOOK, SMM_POST_KIND_REEL, TRUE, FALSE, TRUE },
  [SIM_FORM_PHOTO_STORY] = { 0.05, SIM_FACEBOOK, SMM_POST_KIND_STORY, FALSE, FALSE, FALSE },
  [SIM_FORM_VIDEO_STORY] = { 0.05, SIM_FACEBOOK, SMM_POST_KIND_STORY, TRUE, FALSE, FALSE },
  [SIM_FORM_HANDED_OVER] = { 0.1, SIM_FACEBOOK, SMM_POST_KIND_FEED, FALSE, TRUE, TRUE },
  [SIM_FORM_HANDED_OVER_VIDEO] = { 0.04, SIM_FACEBOOK, SMM_POST_KIND_FEED, TRUE, TRUE, TRUE },
  [SIM_FORM_HANDED_OVER_REEL] = { 0.04, SIM_FACEBOOK, SMM_POST_KIND_REEL, TRUE, TRUE, TRUE },
  [SIM_FORM_IG_REEL] = { 0.06, SIM_INSTAGRAM, SMM_POST_KIND_REEL, TRUE, FALSE, TRUE },
  [SIM_FORM_IG_STORY] = { 0.04, SIM_INSTAGRAM, SMM_POST_KIND_STORY, FALSE, FALSE, FALSE },
  [SIM_FORM_IG_VIDEO_STORY] = { 0.04, SIM_INSTAGRAM, SMM_POST_KIND_STORY, TRUE, FALSE, FALSE },
  [SIM_FORM_IG_CAROUSEL] = { 0.04, SIM_INSTAGRAM, SMM_POST_KIND_FEED, TRUE, FALSE, TRUE },
  [SIM_FORM_TIKTOK] = { 0.06, SIM_TIKTOK, SMM_POST_KIND_FEED, TRUE, FALSE, FALSE },
  [SIM_FORM_TIKTOK_PRIVATE] = { 0.02, SIM_TIKTOK, SMM_POST_KIND_FEED, TRUE, FALSE, FALSE },
  [SIM_FORM_TIKTOK_INBOX] = { 0.04, SIM_TIKTOK, SMM_POST_KIND_FEED, TRUE, FALSE, FALSE },
};

/* --- Files: nobody looks into them, all that counts is whose they are and how large --- */

gboolean
sim_is_video_file (int n)
{
  return n % N_FILES == N_PHOTOS;
}

gint64
sim_get_file_size (int n)
{
  static const gint64 sizes[] = { 2000000, 20000001, 70000000, 95000003 };

  return sim_is_video_file (n) ? sizes[n / N_FILES % (int)G_N_ELEMENTS (sizes)] : 100000;
}

void
sim_add_media (SmmStore *store)
{
  for (int n = 0; n < MAX_POSTS * N_FILES; n++)
    {
      g_autoptr (SmmMedia) media = smm_media_new ();
      gboolean video = sim_is_video_file (n);

      media->sha256 = g_strdup_printf ("%064d", n);
      media->mime = g_strdup (video ? "video/mp4" : "image/jpeg");
      media->file_name = g_strdup_printf ("%d", n);
      media->bytes = sim_get_file_size (n);
      media->width = 1080;
      media->height = video ? 1920 : 1080;
      if (video)
        {
          media->duration = 10 * SECOND;
          media->container = g_strdup ("mp4");
          media->video_codec = g_strdup ("h264");
          media->audio_codec = g_strdup ("aac");
          media->frame_rate = 30;
          media->bit_rate = 5000000;
          media->audio_rate = 48000;
          media->audio_channels = 2;
        }
      g_assert (smm_store_put_media (store, media, NULL));
    }
}

/* --- Drawing --- */

static SimForm
draw (Sim *sim)
{
  double at = g_rand_double (sim->rand);

  if (sim_only_form >= 0)
    return sim_only_form;
  for (guint i = 0; i < SIM_N_FORMS; i++)
    {
      at -= forms[i].share;
      if (at < 0)
        return i;
    }
  return SIM_FORM_FEED;
}

static void
draw_feed (Sim *sim, SimPost *post)
{
  gboolean both = sim_chance (sim, 0.2);

  post->wants[SIM_INSTAGRAM] = both || sim_chance (sim, 0.45);
  post->wants[SIM_FACEBOOK] = both || !post->wants[SIM_INSTAGRAM];
  if (post->wants[SIM_INSTAGRAM] || sim_chance (sim, 0.35))
    post->n_media = sim_chance (sim, 0.7) ? 1 : sim_between (sim, 2, N_PHOTOS);
  else
    post->link = sim_chance (sim, 0.25);
}

/**
 * sim_draw_form:
 * @sim: a history
 * @post: with its group; gets what kind of post it is, and when it is due
 */
void
sim_draw_form (Sim *sim, SimPost *post)
{
  const Form *form;

  post->form = draw (sim);
  form = &forms[post->form];
  post->kind = form->kind;
  post->video = form->video;
  post->due_at = START + sim_between (sim, 1, sim_chance (sim, 0.9) ? 120 : 3000) * SECOND;
  if (form->comments && sim_chance (sim, 0.3))
    g_snprintf (post->comment, sizeof post->comment, "c%d First!", post->group);
  if (post->form == SIM_FORM_FEED)
    {
      draw_feed (sim, post);
      return;
    }
  post->wants[form->account] = TRUE;
  post->n_media = post->form == SIM_FORM_IG_CAROUSEL   ? sim_between (sim, 2, N_PHOTOS)
                  : post->form == SIM_FORM_HANDED_OVER ? sim_between (sim, 0, 2)
                                                       : 1;
  /* Some are too near for the platform to take them, most have minutes to be changed in. */
  if (form->hand_over)
    post->due_at = START + sim_between (sim, 10, sim_chance (sim, 0.9) ? 60 : 600) * MINUTE;
}

/**
 * sim_describe_form:
 * @post: a post
 * @dict: the arguments of a command: kind, options, first comment are added
 */
void
sim_describe_form (SimPost *post, GVariantDict *dict)
{
  g_auto (GVariantBuilder) options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  if (forms[post->form].hand_over)
    g_variant_builder_add (&options, "{ss}", SMM_OPTION_HAND_OVER, "true");
  if (post->form == SIM_FORM_TIKTOK_INBOX)
    g_variant_builder_add (&options, "{ss}", SMM_OPTION_INBOX, "true");
  else if (post->wants[SIM_TIKTOK])
    g_variant_builder_add (&options, "{ss}", SMM_OPTION_PRIVACY,
                           post->form == SIM_FORM_TIKTOK ? "PUBLIC_TO_EVERYONE" : "SELF_ONLY");
  g_variant_dict_insert (dict, "kind", "s", smm_post_kind_to_string (post->kind));
  g_variant_dict_insert (dict, "first-comment", "s", post->comment);
  g_variant_dict_insert_value (dict, "options", g_variant_builder_end (&options));
}
