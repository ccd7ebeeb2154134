/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-media-plan.h"

G_BEGIN_DECLS

/* Before anything is read of a file, and before the limits: looks for plugins if need be. */
gboolean smm_video_init (const char **code, GError **error);

/* Videos. @facts come from smm_media_file_open. */
gboolean smm_video_probe (int fd, const char *path, SmmMediaFacts *facts, const char **code,
                          GError **error);
/* Writes the frame at @at (µs) as JPEG, inside @max_width × @max_height; 0: no limit. */
gboolean smm_video_frame (const char *path, const char *out, gint64 at, int max_width,
                          int max_height, SmmMediaFacts *facts, const char **code, GError **error);
/* Writes an MP4 that every platform takes; "progress 0.42" on stdout as it goes. */
gboolean smm_video_transcode (const char *path, const char *out, const SmmEditRequest *request,
                              SmmMediaFacts *facts, const char **code, GError **error);

G_END_DECLS
