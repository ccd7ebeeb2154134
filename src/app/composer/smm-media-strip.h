/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-library.h"
#include "smm-media-client.h"

G_BEGIN_DECLS

#define SMM_TYPE_MEDIA_STRIP (smm_media_strip_get_type ())
G_DECLARE_FINAL_TYPE (SmmMediaStrip, smm_media_strip, SMM, MEDIA_STRIP, GtkBox)

/*
 * The pictures and videos of a post in their order: add, remove, move, describe. They are copied
 * into the library by a process of their own, one after the other. Signals: "changed" (),
 * "cover" (int64: the frame that is to stand for a video, µs), "failed" (string: why a file could
 * not be added), "writes" (GtkTextView: where a description is about to be written).
 */
GtkWidget *smm_media_strip_new (SmmLibrary *library);
/* @media: SmmMedia*; copied. */
void smm_media_strip_set_media (SmmMediaStrip *self, GPtrArray *media);
/* The same, as a change that can be taken back. */
void smm_media_strip_change_media (SmmMediaStrip *self, GPtrArray *media, const char *label);
/* SmmMedia*, own records. */
GPtrArray *smm_media_strip_get_media (SmmMediaStrip *self);
void smm_media_strip_add_file (SmmMediaStrip *self, GFile *file);
void smm_media_strip_remove (SmmMediaStrip *self, guint index);
/* Crops, pads, converts or cuts one; @doing and @done: sentences for people. */
void smm_media_strip_edit (SmmMediaStrip *self, guint index, const SmmMediaEdit *edit,
                           const char *doing, const char *done);
/* Takes the last change back. */
void smm_media_strip_undo (SmmMediaStrip *self);
void smm_media_strip_choose (SmmMediaStrip *self);
void smm_media_strip_set_cover (SmmMediaStrip *self, gint64 cover);
void smm_media_strip_set_read_only (SmmMediaStrip *self, gboolean read_only);
/* Whether files are still being copied. */
gboolean smm_media_strip_is_busy (SmmMediaStrip *self);

G_END_DECLS
