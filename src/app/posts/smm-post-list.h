/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: app/posts.
 *
 * All posts as a table. SmmPostList is a model that knows which posts there are and in which order
 * (a thread finds that out) and reads a page of them when a row of it is asked for: 100,000 posts
 * cost what is on screen. A row stays where it is when another list is found and shows another post:
 * making rows is what takes time. It is the selection as well, as a set of places, and keeps what is chosen
 * when the list changes. SmmFilterButton is one of the filters over the table, SmmBulkBar what can be
 * done to the chosen ones, SmmMoveDialog asks for when. SmmPostsPage puts them together.
 */

#pragma once

#include <gtk/gtk.h>

#include "smm-library.h"

G_BEGIN_DECLS

/* One row: signal "changed" when the post is another one than was shown. */
#define SMM_TYPE_POST_ROW (smm_post_row_get_type ())
G_DECLARE_FINAL_TYPE (SmmPostRow, smm_post_row, SMM, POST_ROW, GObject)
/* NULL: the post went while the list was being made. */
SmmChip *smm_post_row_get_chip (SmmPostRow *self);

#define SMM_TYPE_POST_LIST (smm_post_list_get_type ())
G_DECLARE_FINAL_TYPE (SmmPostList, smm_post_list, SMM, POST_LIST, GObject)

/* A GListModel of SmmPostRow and a GtkSelectionModel. Signal "found": a list was asked for and is
 * here, whether or not it differs. */
SmmPostList *smm_post_list_new (SmmLibrary *library);
/* Asks for the posts that @filter lets through; copied. What is there stays until they are found. */
void smm_post_list_set_filter (SmmPostList *self, const SmmPostFilter *filter);
/* What was asked for last; borrowed. */
const SmmPostFilter *smm_post_list_get_filter (SmmPostList *self);
/* What rows say is to be said anew, with the next list. */
void smm_post_list_show_again (SmmPostList *self);
/* The library changed: the same again. */
void smm_post_list_refresh (SmmPostList *self);
/* Posts that were found. The table gets rows for them some at a time, with each step. */
guint smm_post_list_get_n_found (SmmPostList *self);
gboolean smm_post_list_step (SmmPostList *self);
void smm_post_list_set_sight (SmmPostList *self, guint first, guint n);
/* Posts of the brand, whatever the filter. */
guint smm_post_list_get_total (SmmPostList *self);
guint smm_post_list_get_n_selected (SmmPostList *self);
/* Ids of the chosen posts in the order of the list; free with g_strfreev. */
char **smm_post_list_dup_selected (SmmPostList *self);

G_END_DECLS
