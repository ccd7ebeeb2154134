/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the media program says of a file: a decoder that the file has taken over may say anything.
 */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-media-client-private.h"
#include "smm-media-client.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  SmmFuzzInput input = { data, size };
  g_autofree char *output = smm_fuzz_take_text (&input, '\0');
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmMedia) media = smm_media_read_facts (output, &error);

  g_assert ((media == NULL) == (error != NULL));
  if (media == NULL)
    {
      g_assert (error->domain == SMM_MEDIA_ERROR);
      smm_fuzz_check_text (error->message);
      return 0;
    }
  g_assert (media->mime != NULL && media->width > 0 && media->height > 0 && media->bytes > 0);
  g_assert (media->duration >= 0 && media->bit_rate >= 0 && media->audio_rate >= 0);
  g_assert (media->audio_channels >= 0 && media->frame_rate >= 0 && media->frame_rate <= 10000);
  smm_fuzz_check_text (media->mime);
  smm_fuzz_check_text (media->container);
  smm_fuzz_check_text (media->video_codec);
  smm_fuzz_check_text (media->audio_codec);
  return 0;
}
