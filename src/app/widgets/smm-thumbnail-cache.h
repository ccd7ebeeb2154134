/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/*
 * Small pictures of files where every program of the desktop looks for them: the thumbnail managing
 * standard of freedesktop.org, version 0.9, size "large" (256 pixels). What a file manager made is used
 * here, and the other way round. For any thread.
 */

/* Whether there is a cache at all: FALSE loads and saves nothing. */
void smm_thumbnail_cache_set_kept (gboolean kept);
gboolean smm_thumbnail_cache_get_kept (void);

/* $XDG_CACHE_HOME/thumbnails/large/MD5-OF-URI.png; free with g_free. */
char *smm_thumbnail_cache_get_path (const char *file);
/* NULL: there is none, or it is of what the file was before. @is_video: what it shows is a frame. */
GdkPixbuf *smm_thumbnail_cache_load (const char *file, gboolean *is_video);
/* @mime: of the file. It only saves time: FALSE harms nothing. Of what is a thumbnail itself none is
 * made. */
gboolean smm_thumbnail_cache_save (const char *file, GdkPixbuf *pixbuf, const char *mime);

G_END_DECLS
