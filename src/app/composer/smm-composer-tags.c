/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tags and the campaign of a post. */

#include "config.h"

#include "smm-composer-private.h"

#include "smm-tag-row.h"

static void
on_changed (SmmComposer *self)
{
  smm_composer_changed (self);
}

static void
on_failed (SmmTagRow *row, const char *text, SmmComposer *self)
{
  smm_composer_show_error (self, text);
}

GtkWidget *
smm_composer_create_tags (SmmComposer *self)
{
  GtkWidget *row = gtk_list_box_row_new ();

  self->tags = smm_tag_row_new (self->library);
  g_signal_connect_swapped (self->tags, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (self->tags, "failed", G_CALLBACK (on_failed), self);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), self->tags);
  return row;
}

/* @post: NULL: a new one. */
void
smm_composer_load_tags (SmmComposer *self, SmmPost *post)
{
  smm_tag_row_set (SMM_TAG_ROW (self->tags), self->brand->id, post != NULL ? post->tags : NULL);
  gtk_widget_set_sensitive (self->tags, !self->read_only);
}

void
smm_composer_read_tags (SmmComposer *self, SmmPost *post)
{
  g_ptr_array_unref (post->tags);
  post->tags = smm_tag_row_get (SMM_TAG_ROW (self->tags));
}
