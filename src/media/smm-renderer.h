/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-paths.h"
#include "smm-platform.h"

G_BEGIN_DECLS

/* Makes the file a platform gets from a medium of the library, and keeps it in the cache. */
#define SMM_TYPE_RENDERER (smm_renderer_get_type ())
G_DECLARE_FINAL_TYPE (SmmRenderer, smm_renderer, SMM, RENDERER, GObject)

/* @rendition NULL: @code and @message say why. Owned by the callee. */
typedef void (*SmmRendererFunc) (SmmRendition *rendition, const char *code, const char *message,
                                 gpointer user_data);

SmmRenderer *smm_renderer_new (SmmPaths *paths);
/* The medium's file is hashed first: one that changed or is gone is refused. */
void smm_renderer_render (SmmRenderer *self, SmmMedia *media, SmmPlatformId platform,
                          SmmRendererFunc callback, gpointer user_data);

G_END_DECLS
