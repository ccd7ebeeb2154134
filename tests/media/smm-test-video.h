/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-test-media.h"

G_BEGIN_DECLS

/* Parts of a description for test_make_video(): pictures of one second, sound of two. */
#define TEST_PICTURES(pattern, format, width, height, rate)                                          \
  "videotestsrc pattern=" pattern " num-buffers=" G_STRINGIFY (rate) " ! video/x-raw,format=" format \
  ",width=" G_STRINGIFY (width) ",height=" G_STRINGIFY (height) ",framerate=" G_STRINGIFY (rate)     \
  "/1 ! "
#define TEST_H264 "x264enc speed-preset=ultrafast key-int-max=30 ! h264parse ! mux. "
#define TEST_SOUND                                                                                   \
  "audiotestsrc samplesperbuffer=1024 num-buffers=86 ! audio/x-raw,rate=44100,channels=2 ! "
#define TEST_AAC "avenc_aac ! aacparse ! mux. "
#define TEST_MP4 "mp4mux name=mux faststart=true ! filesink name=out"

/* Two seconds, 320×240, 30 pictures a second, with sound: one that every platform takes. */
#define TEST_GOOD                                                                                    \
  "videotestsrc num-buffers=60 ! video/x-raw,format=I420,width=320,height=240,framerate=30/1 ! "     \
  TEST_H264 TEST_SOUND TEST_AAC TEST_MP4

/* Runs a description with a filesink “out”. FALSE: an element is missing, and the test is skipped. */
gboolean test_make_video (const char *path, const char *description);
gboolean test_has_element (const char *name);

/* Where the nth @type stands in an MP4 (at the four letters), or -1. */
gssize test_find_box (GBytes *file, const char *type, guint n);
GBytes *test_read (const char *path);
/* Overwrites @n bytes of a file. */
void test_patch (const char *path, gsize offset, const void *data, gsize n);
/* Turns the first track clockwise by 90 degrees, as phones do. */
void test_turn (const char *path);

SmmMedia *test_frame (const char *path, const char *out, gint64 at, int max_width, int max_height,
                      GError **error);
/* @progress: (nullable): the highest value told. */
SmmMedia *test_edit (const char *path, const char *media_dir, const SmmMediaEdit *edit,
                     double *progress, GError **error);
/* 'r', 'g', 'b', 'w', 'k' (black) or '?' at a place given in percent. */
char test_colour_at (const char *jpeg, int x, int y);

G_END_DECLS
