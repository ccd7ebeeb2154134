/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the media room.
 *
 * nkonsept-smm-media opens the users' files in a process of its own, with limits; everybody else
 * talks to it through this client. A file that kills a decoder costs one error message.
 */

#pragma once

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_MEDIA_ERROR (smm_media_error_quark ())
typedef enum
{
  SMM_MEDIA_ERROR_MISSING,      /* "media-missing" */
  SMM_MEDIA_ERROR_UNREADABLE,   /* "media-unreadable" */
  SMM_MEDIA_ERROR_EMPTY,        /* "media-empty" */
  SMM_MEDIA_ERROR_UNKNOWN,      /* "media-unknown": neither picture nor video */
  SMM_MEDIA_ERROR_UNSUPPORTED,  /* "media-unsupported" */
  SMM_MEDIA_ERROR_BROKEN,       /* "media-broken": damaged, or the decoder died */
  SMM_MEDIA_ERROR_TOO_LARGE,    /* "media-too-large" */
  SMM_MEDIA_ERROR_DISK,         /* "disk-full", "read-only" */
  SMM_MEDIA_ERROR_NO_DECODER,   /* "media-no-decoder": the message says what to install */
  SMM_MEDIA_ERROR_NO_ENCODER,   /* "media-no-encoder": the same */
  SMM_MEDIA_ERROR_FAILED,
} SmmMediaError;
GQuark smm_media_error_quark (void);
/* "media-missing" … for machines. */
const char *smm_media_error_get_name (const GError *error);

/*
 * Copies @path, a picture or a video, into @media_dir under its SHA-256 (0600, whole or not at all)
 * and finds out what it is. The result's file_name is the base name of @path.
 */
void smm_media_import_async (const char *path, const char *media_dir, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
SmmMedia *smm_media_import_finish (GAsyncResult *result, GError **error);

/* Writes an sRGB JPEG without metadata to @out; 0: no limit. Result: mime, width, height, bytes. */
void smm_media_render_async (const char *path, const char *out, int max_width, int max_height,
                             gint64 max_bytes, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
SmmMedia *smm_media_render_finish (GAsyncResult *result, GError **error);

/* Writes the frame of a video at @at (µs) as JPEG to @out; 0: no limit. Result as of a rendition. */
void smm_media_frame_async (const char *path, const char *out, gint64 at, int max_width,
                            int max_height, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
SmmMedia *smm_media_frame_finish (GAsyncResult *result, GError **error);

typedef enum
{
  SMM_MEDIA_EDIT_CROP,             /* a part of it */
  SMM_MEDIA_EDIT_PAD,              /* all of it, with borders */
  SMM_MEDIA_EDIT_TRANSCODE,        /* a video made anew, so that platforms take it */
} SmmMediaEditKind;

typedef struct
{
  SmmMediaEditKind kind;
  double ratio;                    /* CROP and PAD: width / height of the result, 0.01..100 */
  double x, y, width, height;      /* CROP: fractions of the whole; 0: centred, to @ratio */
  gboolean blur;                   /* PAD: borders of the picture, blurred; else of one colour */
  gint64 trim_from, trim_to;       /* videos: µs; 0: from the start, to the end */
  int max_width;                   /* pixels; 0: no limit, as the next two */
  double max_frame_rate;           /* videos; 0: 60 */
  gint64 max_bit_rate;             /* videos: bits a second */
} SmmMediaEdit;

/* 0..1. */
typedef void (*SmmMediaProgressFunc) (double done, gpointer user_data);

/*
 * Makes a new medium out of @path and puts it into @media_dir, as an import does; nothing is
 * overwritten. Pictures become sRGB JPEG, videos MP4 (H.264, AAC) with the index in front. Ending it
 * by @cancellable leaves nothing behind. @progress may be NULL; it is called for videos.
 */
void smm_media_edit_async (const char *path, const char *media_dir, const SmmMediaEdit *edit,
                           GCancellable *cancellable, SmmMediaProgressFunc progress,
                           gpointer progress_data, GAsyncReadyCallback callback,
                           gpointer user_data);
SmmMedia *smm_media_edit_finish (GAsyncResult *result, GError **error);

/* SHA-256 of a file in 64 hex digits, in a thread. */
void smm_media_hash_async (const char *path, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
char *smm_media_hash_finish (GAsyncResult *result, GError **error);

G_END_DECLS
