/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A chip in a column of a week: where it begins, and which part of the column it gets. */
typedef struct
{
  int start;       /* in: pixels from the top */
  int lane;        /* out: 0 … n_lanes - 1 */
  int n_lanes;     /* out: how many share the width here */
  gboolean hidden; /* out: no lane was left; it is behind the "+N" in the last lane */
} SmmLane;

/* @lanes sorted by start, all @length pixels long; at most @max_lanes beside each other. */
void smm_lanes_assign (SmmLane *lanes, guint n, int length, int max_lanes);

G_END_DECLS
