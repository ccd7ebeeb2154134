/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a post in the composer: a new one, or one of the library. */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>

#include "smm-account-chips.h"
#include "smm-app-time.h"
#include "smm-media-strip.h"
#include "smm-spell-button.h"
#include "smm-state-icon.h"
#include "smm-time-row.h"
#include "smm-utm-button.h"

static void
fill_accounts (SmmComposer *self, SmmPost *post)
{
  SmmStore *store = smm_library_get_store (self->library);
  SmmAccountChips *chips = SMM_ACCOUNT_CHIPS (self->account_box);

  smm_account_chips_clear (chips);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  self->accounts = smm_store_list_accounts (store, self->brand->id);
  for (guint i = 0; i < self->accounts->len; i++)
    {
      SmmAccount *account = self->accounts->pdata[i];
      gboolean known = g_hash_table_contains (self->targets, account->id);

      if (account->state == SMM_ACCOUNT_DISCONNECTED && !(known && self->read_only))
        continue;
      smm_account_chips_add (chips, account,
                             post != NULL ? known : account->state == SMM_ACCOUNT_OK);
    }
  gtk_widget_set_visible (self->no_accounts, smm_account_chips_is_empty (chips));
  gtk_widget_set_visible (self->account_box, !smm_account_chips_is_empty (chips));
}

static void
set_read_only (SmmComposer *self, gboolean read_only)
{
  self->read_only = read_only;
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->text), !read_only);
  gtk_widget_set_visible (self->tools, !read_only);
  gtk_widget_set_sensitive (self->account_box, !read_only);
  gtk_editable_set_editable (GTK_EDITABLE (self->link), !read_only);
  gtk_widget_set_sensitive (self->link, !read_only);
  gtk_widget_set_sensitive (self->time, !read_only);
  smm_media_strip_set_read_only (SMM_MEDIA_STRIP (self->media), read_only);
}

/**
 * smm_composer_begin:
 * @self: a composer that has a brand
 * @post: (nullable): what it shows; %NULL: an empty post of the brand
 * @due_at: when an empty one shall go out, µs UTC; 0: not known yet
 */
void
smm_composer_begin (SmmComposer *self, SmmPost *post, gint64 due_at)
{
  g_autofree char *wall = NULL;

  self->generation++;
  smm_composer_forget_tiktok (self);
  smm_composer_clear_steps (self);
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->loading = TRUE;
  self->dirty = self->saving = self->fatal = FALSE;
  self->after = SMM_AFTER_NOTHING;
  self->stored = post != NULL;
  self->state = post != NULL ? smm_post_get_worst_state (post) : SMM_TARGET_DRAFT;
  g_free (self->stretch);
  self->stretch = smm_id_new ();
  g_free (self->post_id);
  self->post_id = post != NULL ? g_strdup (post->id) : smm_id_new ();
  g_hash_table_remove_all (self->targets);
  for (guint i = 0; post != NULL && i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      g_hash_table_insert (self->targets, g_strdup (target->account_id), g_strdup (target->id));
    }
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = smm_app_zone_new (self->brand->timezone);
  set_read_only (self, FALSE);
  for (guint i = 0; post != NULL && i < post->targets->len; i++)
    if (smm_state_is_pinned (((SmmTarget *)post->targets->pdata[i])->state))
      set_read_only (self, TRUE);
  fill_accounts (self, post);
  smm_utm_button_set_brand (SMM_UTM_BUTTON (self->utm), self->brand->id);
  smm_spell_button_set_brand (SMM_SPELL_BUTTON (self->spelling), self->brand->id,
                              self->brand->languages);
  smm_composer_load_variants (self, post);
  smm_composer_load_options (self, post);
  smm_composer_load_tags (self, post);
  smm_composer_load_repeat (self, post);
  if (post == NULL && due_at != 0)
    wall = smm_wall_time_format (due_at, self->brand->timezone);
  smm_time_row_set (SMM_TIME_ROW (self->time), post != NULL ? post->wall_time : wall,
                    post != NULL && post->zone != NULL ? post->zone : self->brand->timezone);
  smm_composer_load_slots (self);
  smm_composer_show_error (self, NULL);
  self->loading = FALSE;
  smm_composer_update (self);
  gtk_widget_grab_focus (self->text);
}

/**
 * smm_composer_open_new:
 * @self: a composer
 * @brand_id: whose post it will be
 * @due_at: when it shall go out, µs UTC; 0: not known yet
 * @files: (nullable): pictures to begin with, GFile
 */
void
smm_composer_open_new (SmmComposer *self, const char *brand_id, gint64 due_at, GListModel *files)
{
  SmmStore *store;
  SmmBrand *brand;

  g_return_if_fail (SMM_IS_COMPOSER (self));

  store = smm_library_get_store (self->library);
  brand = store != NULL ? smm_store_get_brand (store, brand_id) : NULL;
  if (brand == NULL)
    {
      smm_composer_show_error (self, _ ("The library can’t be read yet. Try again in a moment."));
      return;
    }
  g_clear_object (&self->brand);
  self->brand = brand;
  smm_composer_begin (self, NULL, due_at);
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      smm_media_strip_add_file (SMM_MEDIA_STRIP (self->media), file);
    }
}

/**
 * smm_composer_open_post:
 * @self: a composer
 * @post_id: the post to edit, or to read when it is published
 */
void
smm_composer_open_post (SmmComposer *self, const char *post_id)
{
  SmmStore *store;
  g_autoptr (SmmPost) post = NULL;
  SmmBrand *brand = NULL;

  g_return_if_fail (SMM_IS_COMPOSER (self));

  store = smm_library_get_store (self->library);
  post = store != NULL ? smm_store_get_post (store, post_id) : NULL;
  if (post != NULL)
    brand = smm_store_get_brand (store, post->brand_id);
  if (brand == NULL)
    {
      smm_composer_show_error (self, _ ("This post is no longer in the library"));
      return;
    }
  g_clear_object (&self->brand);
  self->brand = brand;
  smm_composer_begin (self, post, 0);
}
