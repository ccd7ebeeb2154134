/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* make-video FILE [WIDTH HEIGHT SECONDS]: a video for the tests that are not in C, with sound and
 * the index first where a size is given. 77: it can’t be made here. */

#include "config.h"

#include "smm-test-video.h"

#include <stdlib.h>

#define RATE 30
#define AUDIO_RATE 44100
#define AUDIO_BUFFER 1024

int
main (int argc, char **argv)
{
  int width = argc == 5 ? atoi (argv[2]) : 320;
  int height = argc == 5 ? atoi (argv[3]) : 240;
  int seconds = argc == 5 ? atoi (argv[4]) : 2;
  g_autofree char *description = g_strdup_printf (
      "videotestsrc num-buffers=%d ! "
      "video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1 ! " TEST_H264
      "audiotestsrc samplesperbuffer=%d num-buffers=%d ! "
      "audio/x-raw,rate=%d,channels=2 ! " TEST_AAC "mp4mux name=mux%s ! filesink name=out",
      seconds * RATE, width, height, RATE, AUDIO_BUFFER, seconds * AUDIO_RATE / AUDIO_BUFFER,
      AUDIO_RATE, argc == 5 ? " faststart=true" : "");

  g_assert_true (argc == 2 || argc == 5);
  return test_has_element ("x264enc") && test_has_element ("avenc_aac")
                 && test_make_video (argv[1], description)
             ? 0
             : 77;
}
