/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "smm-media-client.h"

G_BEGIN_DECLS

/* g_test_run() with XDG folders of its own. Those of the system stay: the decoders need the MIME
 * database, so the test framework's way of isolating a test is too much here. */
int test_media_run (int *argc, char ***argv, void (*add) (void));
/* A name in a folder of this test. */
char *test_path (const char *name);
void test_write (const char *path, const void *data, gsize n);

/* Top left red, top right green, bottom left blue, bottom right white. */
GdkPixbuf *test_quarters (int width, int height);
/* Pixels that no compression makes small; the same each time. */
GdkPixbuf *test_noise (int width, int height);
GBytes *test_encode (GdkPixbuf *pixbuf, const char *type, const char *icc_base64);
/* A profile in which the red and the green of sRGB have changed places. */
char *test_swapped_profile (void);
/* A JPEG with camera, place, thumbnail text, comment and orientation in it. */
GBytes *test_add_metadata (GBytes *jpeg, int orientation);
/* A PNG of the given size in a few bytes, without its pixels. */
GBytes *test_hollow_png (guint32 width, guint32 height);

SmmMedia *test_import (const char *path, const char *media_dir, GError **error);
SmmMedia *test_render (const char *path, const char *out, int max_width, int max_height,
                       gint64 max_bytes, GError **error);

G_END_DECLS
