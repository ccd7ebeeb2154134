/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The TikTok part of the form. Who posts is asked for afresh each time the composer opens with a
 * TikTok account and each time one is chosen (section 6.12 of api/tiktok.md); what the answer
 * forbids is in the way of scheduling, never of the draft. Every account has an answer of its own;
 * the form shows the one it is written for, and the first of several when it is written for all.
 */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>

#include "smm-account-chips.h"
#include "smm-options.h"
#include "smm-tiktok-panel.h"

/* What TikTok said of an account; with neither it is being asked. */
typedef struct
{
  SmmTiktokCreator *creator;
  char *problem;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  smm_tiktok_creator_free (answer->creator);
  g_free (answer->problem);
  g_free (answer);
}

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

/* The form shows what is known of its account. */
static void
show_answer (SmmComposer *self)
{
  Answer *answer = self->tiktok_account != NULL
                       ? g_hash_table_lookup (self->creators, self->tiktok_account)
                       : NULL;

  smm_tiktok_panel_set_creator (SMM_TIKTOK_PANEL (self->tiktok),
                                answer != NULL ? answer->creator : NULL,
                                answer != NULL ? answer->problem : NULL);
}

static void
on_creator (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmTiktokCreator) creator
      = smm_connect_creator_finish (SMM_CONNECT (source), result, &error);
  SmmComposer *self = question->self;
  Answer *answer;

  /* Another post by now, or it no longer goes there. */
  if (question->generation != self->generation
      || (answer = g_hash_table_lookup (self->creators, question->account_id)) == NULL)
    return;
  answer->creator = g_steal_pointer (&creator);
  answer->problem = error != NULL ? g_strdup (error->message) : NULL;
  if (g_strcmp0 (question->account_id, self->tiktok_account) == 0)
    {
      g_autoptr (GHashTable) before = smm_options_merge (self->options, NULL);
      g_autoptr (GHashTable) gone = NULL;

      show_answer (self);
      /* What is not offered any more is no longer chosen. */
      smm_composer_take (self);
      gone = smm_options_differ (self->options, before);
      if (gone != NULL)
        smm_composer_touch (self);
    }
  smm_composer_update (self);
}

static void
ask (SmmComposer *self, const char *account_id)
{
  Answer *answer = g_new0 (Answer, 1);
  g_autoptr (GError) error = NULL;
  Question *question;
  gboolean possible = ensure_connect (self, &error);

  if (!possible)
    answer->problem = g_strdup (error != NULL ? error->message : "");
  g_hash_table_replace (self->creators, g_strdup (account_id), answer);
  if (g_strcmp0 (account_id, self->tiktok_account) == 0)
    show_answer (self);
  if (!possible)
    return;
  question = g_new0 (Question, 1);
  question->self = g_object_ref (self);
  question->account_id = g_strdup (account_id);
  question->generation = self->generation;
  smm_connect_creator_async (self->connect, account_id, NULL, on_creator, question);
}

static void
on_ask (SmmComposer *self)
{
  if (self->tiktok_account != NULL)
    ask (self, self->tiktok_account);
  smm_composer_update (self);
}

GtkWidget *
smm_composer_create_tiktok (SmmComposer *self)
{
  self->creators = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  self->obstacles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->tiktok = smm_tiktok_panel_new ();
  gtk_widget_set_visible (self->tiktok, FALSE);
  g_signal_connect_swapped (self->tiktok, "ask", G_CALLBACK (on_ask), self);
  return self->tiktok;
}

/* Opened anew, TikTok is asked anew. */
void
smm_composer_forget_tiktok (SmmComposer *self)
{
  g_clear_pointer (&self->tiktok_account, g_free);
  show_answer (self);
  g_hash_table_remove_all (self->creators);
}

static SmmAccount *
find_account (SmmComposer *self, GPtrArray *chosen)
{
  for (guint i = 0; i < chosen->len && !self->read_only; i++)
    {
      SmmAccount *account = chosen->pdata[i];

      if (account->platform == SMM_PLATFORM_TIKTOK
          && (self->shown == NULL || strcmp (self->shown, account->id) == 0))
        return account;
    }
  return NULL;
}

/**
 * smm_composer_turn_tiktok:
 * @self: a composer
 *
 * Makes the panel that of the account that is written for, before its options are shown.
 */
void
smm_composer_turn_tiktok (SmmComposer *self)
{
  g_autoptr (GPtrArray) chosen
      = smm_account_chips_get_chosen (SMM_ACCOUNT_CHIPS (self->account_box));
  SmmAccount *account = find_account (self, chosen);
  const char *id = account != NULL ? account->id : NULL;

  if (g_strcmp0 (id, self->tiktok_account) == 0)
    return;
  g_free (self->tiktok_account);
  self->tiktok_account = g_strdup (id);
  show_answer (self);
}

/* Accounts that TikTok has to be asked about, and those it need not any more. */
static void
follow_accounts (SmmComposer *self, GPtrArray *chosen)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < chosen->len && !self->read_only; i++)
    if (((SmmAccount *)chosen->pdata[i])->platform == SMM_PLATFORM_TIKTOK)
      g_hash_table_add (wanted, ((SmmAccount *)chosen->pdata[i])->id);
  smm_composer_turn_tiktok (self);
  g_hash_table_iter_init (&iter, self->creators);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (wanted, id))
      g_hash_table_iter_remove (&iter);
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (self->creators, id))
      ask (self, id);
}

/**
 * smm_composer_update_tiktok:
 * @self: a composer
 * @post: the post as it is on screen
 * @chosen: (element-type SmmAccount): where it goes
 *
 * Shows the panel where it is for a TikTok account, and works out what is in the way.
 */
void
smm_composer_update_tiktok (SmmComposer *self, SmmPost *post, GPtrArray *chosen)
{
  follow_accounts (self, chosen);
  gtk_widget_set_visible (self->tiktok, self->tiktok_account != NULL);
  g_clear_pointer (&self->tiktok_obstacle, g_free);
  g_hash_table_remove_all (self->obstacles);
  self->tiktok_stopped = FALSE;
  for (guint i = 0; i < chosen->len; i++)
    {
      SmmAccount *account = chosen->pdata[i];
      Answer *answer = g_hash_table_lookup (self->creators, account->id);
      g_autoptr (SmmPost) sent = NULL;
      g_autofree char *text = NULL;

      if (answer == NULL)
        continue;
      sent = smm_post_for_target (post, smm_composer_find_target (post, account->id));
      text = smm_tiktok_find_obstacle (answer->creator, answer->problem, sent);
      if (text == NULL)
        continue;
      if (self->tiktok_obstacle == NULL)
        self->tiktok_obstacle = g_strdup (text);
      self->tiktok_stopped
          = self->tiktok_stopped || (answer->creator != NULL && answer->creator->stopped != NULL);
      /* It is only a moment until TikTok has answered: no fault to be marked. */
      if (answer->creator != NULL || answer->problem != NULL)
        g_hash_table_insert (self->obstacles, g_strdup (account->id), g_steal_pointer (&text));
    }
}
