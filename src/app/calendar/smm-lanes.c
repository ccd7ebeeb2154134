/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-lanes.h"

/* Puts one group into at most @max lanes; returns how many it took, or max + 1: not all fit. */
static int
fill (SmmLane *lanes, guint n, int length, int max)
{
  g_autofree int *ends = g_new (int, max + 1);
  int used = 0;
  gboolean full = FALSE;

  for (guint i = 0; i < n; i++)
    {
      int lane = 0;

      while (lane < used && ends[lane] > lanes[i].start)
        lane++;
      lanes[i].hidden = lane == max;
      full |= lanes[i].hidden;
      if (lanes[i].hidden)
        continue;
      used = MAX (used, lane + 1);
      ends[lane] = lanes[i].start + length;
      lanes[i].lane = lane;
    }
  return full ? max + 1 : used;
}

static void
assign_group (SmmLane *lanes, guint n, int length, int max_lanes)
{
  int used = fill (lanes, n, length, max_lanes);

  if (used > max_lanes)
    {
      /* One lane less, so that there is a place to say how many more there are. */
      fill (lanes, n, length, MAX (max_lanes - 1, 1));
      used = MAX (max_lanes, 2);
    }
  for (guint i = 0; i < n; i++)
    {
      lanes[i].n_lanes = used;
      if (lanes[i].hidden)
        lanes[i].lane = used - 1;
    }
}

/**
 * smm_lanes_assign:
 * @lanes: (array length=n): sorted by start
 * @n: how many
 * @length: of each, pixels
 * @max_lanes: how many have room beside each other, at least 1
 *
 * Those that touch each other, also by way of others, share the width evenly; the others have all
 * of it.
 */
void
smm_lanes_assign (SmmLane *lanes, guint n, int length, int max_lanes)
{
  guint first = 0;
  int end = 0;

  g_return_if_fail (max_lanes >= 1);

  for (guint i = 0; i < n; i++)
    {
      if (i > first && lanes[i].start >= end)
        {
          assign_group (lanes + first, i - first, length, max_lanes);
          first = i;
          end = 0;
        }
      end = MAX (end, lanes[i].start + length);
    }
  if (n > first)
    assign_group (lanes + first, n - first, length, max_lanes);
}
