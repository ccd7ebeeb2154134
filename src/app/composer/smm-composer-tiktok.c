/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The TikTok part of the form. Who posts is asked for afresh each time the composer opens with a
 * TikTok account and each time one is chosen (section 6.12 of api/tiktok.md); what the answer
 * forbids is in the way of scheduling, never of the draft.
 */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>

#include "smm-account-chips.h"
#include "smm-tiktok-panel.h"

typedef struct
{
  SmmComposer *self;
  char *account_id;
  guint generation;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_free (question->account_id);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gboolean
ensure_connect (SmmComposer *self, GError **error)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmEndpoints) endpoints = NULL;
  g_autoptr (SmmHttp) http = NULL;
  g_autoptr (SmmVault) vault = NULL;

  if (self->connect != NULL)
    return TRUE;
  endpoints = smm_endpoints_new_default (error);
  if (endpoints == NULL || store == NULL)
    return FALSE;
  http = smm_http_new (endpoints);
  vault = smm_vault_new (smm_store_get_paths (store)->data_dir, smm_store_get_library_id (store));
  self->connect = smm_connect_new (self->library, vault, http);
  return TRUE;
}

static void
on_creator (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  SmmTiktokCreator *creator = smm_connect_creator_finish (SMM_CONNECT (source), result, &error);
  SmmComposer *self = question->self;

  /* Another account or post by now. */
  if (question->generation != self->generation
      || g_strcmp0 (question->account_id, self->tiktok_account) != 0)
    {
      smm_tiktok_creator_free (creator);
      return;
    }
  smm_tiktok_panel_set_creator (SMM_TIKTOK_PANEL (self->tiktok), creator,
                                error != NULL ? error->message : NULL);
  smm_composer_update (self);
}

static void
ask (SmmComposer *self)
{
  SmmTiktokPanel *panel = SMM_TIKTOK_PANEL (self->tiktok);
  g_autoptr (GError) error = NULL;
  Question *question;

  if (self->tiktok_account == NULL)
    return;
  smm_tiktok_panel_set_creator (panel, NULL, NULL);
  if (!ensure_connect (self, &error))
    {
      smm_tiktok_panel_set_creator (panel, NULL, error != NULL ? error->message : "");
      return;
    }
  question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->account_id = g_strdup (self->tiktok_account);
  question->generation = self->generation;
  smm_connect_creator_async (self->connect, self->tiktok_account, NULL, on_creator, question);
}

static void
on_ask (SmmComposer *self)
{
  ask (self);
  smm_composer_update (self);
}

GtkWidget *
smm_composer_create_tiktok (SmmComposer *self)
{
  self->tiktok = smm_tiktok_panel_new ();
  gtk_widget_set_visible (self->tiktok, FALSE);
  g_signal_connect_swapped (self->tiktok, "ask", G_CALLBACK (on_ask), self);
  return self->tiktok;
}

static SmmAccount *
find_account (SmmComposer *self)
{
  g_autoptr (GPtrArray) chosen
      = smm_account_chips_get_chosen (SMM_ACCOUNT_CHIPS (self->account_box));

  for (guint i = 0; i < chosen->len; i++)
    if (((SmmAccount *)chosen->pdata[i])->platform == SMM_PLATFORM_TIKTOK)
      return g_object_ref (chosen->pdata[i]);
  return NULL;
}

/**
 * smm_composer_update_tiktok:
 * @self: a composer
 * @post: the post as it is on screen
 *
 * Shows the panel for the first TikTok account chosen, and works out what is in the way.
 */
void
smm_composer_update_tiktok (SmmComposer *self, SmmPost *post)
{
  g_autoptr (SmmAccount) account = self->read_only ? NULL : find_account (self);
  g_autoptr (SmmPost) sent = NULL;

  g_clear_pointer (&self->tiktok_obstacle, g_free);
  gtk_widget_set_visible (self->tiktok, account != NULL);
  if (account == NULL)
    {
      g_clear_pointer (&self->tiktok_account, g_free);
      return;
    }
  if (g_strcmp0 (self->tiktok_account, account->id) != 0)
    {
      g_free (self->tiktok_account);
      self->tiktok_account = g_strdup (account->id);
      ask (self);
    }
  sent = smm_post_for_target (post, smm_composer_find_target (post, account->id));
  self->tiktok_obstacle = smm_tiktok_panel_get_obstacle (SMM_TIKTOK_PANEL (self->tiktok), sent);
}
