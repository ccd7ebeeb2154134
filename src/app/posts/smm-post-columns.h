/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-post-list.h"

G_BEGIN_DECLS

/* What the cells of a table of posts need to know; lives as long as the table. */
typedef struct
{
  GtkColumnView *table;
  SmmPostList *list;
  GTimeZone *zone;
  gboolean narrow;        /* a state tells when, too */
  gboolean choosing;      /* a click chooses instead of opening */
} SmmPostColumns;

/* Fills the columns: check marks, the post, where, state, when. A click on a row activates it. */
void smm_post_columns_set_up (SmmPostColumns *columns, GtkColumnViewColumn *check,
                              GtkColumnViewColumn *post, GtkColumnViewColumn *where,
                              GtkColumnViewColumn *state, GtkColumnViewColumn *when);
/* Which column the header sorts by. */
SmmPostSort smm_post_columns_get_sort (SmmPostColumns *columns, gboolean *descending);

G_END_DECLS
