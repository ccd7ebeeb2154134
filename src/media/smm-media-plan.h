/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-media-file.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_EDIT_CROP,
  SMM_EDIT_PAD,
  SMM_EDIT_TRANSCODE,
} SmmEditKind;

/* An edit as it stands on the program's command line: "crop ratio=0.8 max-width=1080 …". */
typedef struct
{
  SmmEditKind kind;
  double ratio;                    /* width / height; 0: as it is */
  double x, y, width, height;      /* CROP: fractions; width 0: centred to the ratio */
  gboolean blur;                   /* PAD: the picture itself, blurred, instead of one colour */
  gint64 from, to;                 /* µs; @to 0: the end */
  int max_width;                   /* 0: no limit, as the next two */
  double max_frame_rate;
  gint64 max_bit_rate;             /* bits a second of the whole file */
} SmmEditRequest;

typedef struct
{
  int x, y, width, height;         /* the part of the source that is shown */
  int out_width, out_height;       /* size of the result */
  int dest_x, dest_y, dest_width, dest_height;   /* where in the result that part stands */
} SmmEditPlan;

gboolean smm_edit_parse (SmmEditRequest *request, const char *const *words);
/* @even: of a video, whose colours have half the size. FALSE: nothing would be left. */
gboolean smm_edit_plan (const SmmEditRequest *request, int width, int height, gboolean even,
                        SmmEditPlan *plan);

G_END_DECLS
