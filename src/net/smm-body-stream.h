/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-request.h"

G_BEGIN_DECLS

/*
 * The body of a request as a stream of known length: bytes before, a part of a file, bytes after.
 * The file is read as it is sent, so a video costs no memory.
 */
#define SMM_TYPE_BODY_STREAM (smm_body_stream_get_type ())
G_DECLARE_FINAL_TYPE (SmmBodyStream, smm_body_stream, SMM, BODY_STREAM, GInputStream)

/* NULL with @error when the file can't be read. @content_type: free with g_free. */
GInputStream *smm_body_stream_new (SmmRequest *request, char **content_type, goffset *length,
                                   GError **error);

G_END_DECLS
