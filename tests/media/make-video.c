/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* make-video FILE: a video for the tests that are not in C. 77: it can’t be made here. */

#include "config.h"

#include "smm-test-video.h"

#define DESCRIPTION                                                                                \
  "videotestsrc num-buffers=60 ! "                                                                 \
  "video/x-raw,format=I420,width=320,height=240,framerate=30/1 ! " TEST_H264 TEST_SOUND TEST_AAC   \
  "mp4mux name=mux ! filesink name=out"

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, ==, 2);
  return test_has_element ("x264enc") && test_has_element ("avenc_aac")
                 && test_make_video (argv[1], DESCRIPTION)
             ? 0
             : 77;
}
