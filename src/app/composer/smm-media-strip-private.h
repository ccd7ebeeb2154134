/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-media-strip.h"

G_BEGIN_DECLS

#define SMM_STRIP_TILE 104

struct _SmmMediaStrip
{
  GtkBox parent_instance;

  GtkWidget *tiles;
  GtkWidget *add;
  GtkWidget *from_library;
  GtkWidget *spinner;
  GtkWidget *hint;
  GtkWidget *edits;

  SmmLibrary *library;
  GPtrArray *media;   /* SmmMedia*, ours alone */
  GPtrArray *history; /* Past*, what can be taken back, newest last */
  GQueue waiting;     /* GFile*, to be copied */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  GtkWindow *picker; /* weak: the window of the library */
  gint64 cover;      /* the frame of a video that stands for it, µs */
  guint generation;  /* a copy that ends after another post was opened is not for it */
  gboolean copying;
  gboolean read_only;
};

enum
{
  SMM_STRIP_CHANGED,
  SMM_STRIP_COVER,
  SMM_STRIP_FAILED,
  SMM_STRIP_WRITES,
  SMM_STRIP_N_SIGNALS
};

extern guint smm_media_strip_signals[SMM_STRIP_N_SIGNALS];

/* smm-media-strip.c */
void smm_media_strip_changed (SmmMediaStrip *self);
/* Before a change: so that it can be taken back. @label says what it is, for people. */
void smm_media_strip_remember (SmmMediaStrip *self, const char *label);
void smm_media_strip_update_hint (SmmMediaStrip *self);
void smm_media_strip_move (SmmMediaStrip *self, guint from, guint to);

/* smm-media-tile.c */
GtkWidget *smm_media_strip_create_tile (SmmMediaStrip *self, guint index);

/* smm-media-strip-dialogs.c */
GtkWidget *smm_media_strip_create_open_button (SmmMediaStrip *self, guint index);
void smm_media_strip_open (SmmMediaStrip *self, guint index);

/* smm-media-strip-add.c */
void smm_media_strip_copy_next (SmmMediaStrip *self);
void smm_media_strip_open_library (SmmMediaStrip *self);
void smm_media_strip_close_library (SmmMediaStrip *self);

G_END_DECLS
