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
  SMM_MEDIA_ERROR_UNKNOWN,      /* "media-unknown": not a picture */
  SMM_MEDIA_ERROR_UNSUPPORTED,  /* "media-unsupported" */
  SMM_MEDIA_ERROR_BROKEN,       /* "media-broken": damaged, or the decoder died */
  SMM_MEDIA_ERROR_TOO_LARGE,    /* "media-too-large" */
  SMM_MEDIA_ERROR_DISK,         /* "disk-full", "read-only" */
  SMM_MEDIA_ERROR_FAILED,
} SmmMediaError;
GQuark smm_media_error_quark (void);
/* "media-missing" … for machines. */
const char *smm_media_error_get_name (const GError *error);

/*
 * Copies @path into @media_dir under its SHA-256 (0600, whole or not at all) and finds out what it
 * is. The result's file_name is the base name of @path.
 */
void smm_media_import_async (const char *path, const char *media_dir, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
SmmMedia *smm_media_import_finish (GAsyncResult *result, GError **error);

/* Writes an sRGB JPEG without metadata to @out; 0: no limit. Result: mime, width, height, bytes. */
void smm_media_render_async (const char *path, const char *out, int max_width, int max_height,
                             gint64 max_bytes, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
SmmMedia *smm_media_render_finish (GAsyncResult *result, GError **error);

/* SHA-256 of a file in 64 hex digits, in a thread. */
void smm_media_hash_async (const char *path, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
char *smm_media_hash_finish (GAsyncResult *result, GError **error);

G_END_DECLS
