/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-records.h"

#include "smm-brand.h"

#include <string.h>

/* SmmProfile */

G_DEFINE_TYPE (SmmProfile, smm_profile, G_TYPE_OBJECT)

static void
smm_profile_finalize (GObject *object)
{
  SmmProfile *self = SMM_PROFILE (object);

  g_free (self->name);
  g_free (self->email);
  g_free (self->organization);

  G_OBJECT_CLASS (smm_profile_parent_class)->finalize (object);
}

static void
smm_profile_class_init (SmmProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_profile_finalize;
}

static void
smm_profile_init (SmmProfile *self)
{
}

SmmProfile *
smm_profile_new (void)
{
  return g_object_new (SMM_TYPE_PROFILE, NULL);
}

/* SmmBrand */

G_DEFINE_TYPE (SmmBrand, smm_brand, G_TYPE_OBJECT)

static void
smm_brand_finalize (GObject *object)
{
  SmmBrand *self = SMM_BRAND (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->timezone);
  for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
    g_free (*smm_brand_get_text (self, text));

  G_OBJECT_CLASS (smm_brand_parent_class)->finalize (object);
}

static void
smm_brand_class_init (SmmBrandClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_brand_finalize;
}

static void
smm_brand_init (SmmBrand *self)
{
  self->late_hours = 2;
  self->emoji = SMM_BRAND_EMOJI_FEW;
}

SmmBrand *
smm_brand_new (void)
{
  return g_object_new (SMM_TYPE_BRAND, NULL);
}

/* SmmAccount */

G_DEFINE_TYPE (SmmAccount, smm_account, G_TYPE_OBJECT)

static void
smm_account_finalize (GObject *object)
{
  SmmAccount *self = SMM_ACCOUNT (object);

  g_free (self->id);
  g_free (self->brand_id);
  g_free (self->remote_id);
  g_free (self->parent_remote_id);
  g_free (self->name);
  g_free (self->username);
  g_free (self->person_id);
  g_free (self->app_id);
  g_free (self->scopes);
  g_free (self->login);
  g_free (self->state_reason);

  G_OBJECT_CLASS (smm_account_parent_class)->finalize (object);
}

static void
smm_account_class_init (SmmAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_account_finalize;
}

static void
smm_account_init (SmmAccount *self)
{
  self->followers = -1;
}

SmmAccount *
smm_account_new (void)
{
  return g_object_new (SMM_TYPE_ACCOUNT, NULL);
}

/**
 * smm_account_dup_handle:
 * @account: an account
 *
 * Returns: (transfer full): what people call it
 */
char *
smm_account_dup_handle (SmmAccount *account)
{
  if (account->platform != SMM_PLATFORM_FACEBOOK && account->username != NULL)
    return g_strconcat ("@", account->username, NULL);
  return g_strdup (account->name);
}

/* SmmMedia */

G_DEFINE_TYPE (SmmMedia, smm_media, G_TYPE_OBJECT)

static void
smm_media_finalize (GObject *object)
{
  SmmMedia *self = SMM_MEDIA (object);

  g_free (self->sha256);
  g_free (self->mime);
  g_free (self->file_name);
  g_free (self->container);
  g_free (self->video_codec);
  g_free (self->audio_codec);
  g_free (self->alt);
  g_free (self->tags);

  G_OBJECT_CLASS (smm_media_parent_class)->finalize (object);
}

static void
smm_media_class_init (SmmMediaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_media_finalize;
}

static void
smm_media_init (SmmMedia *self)
{
}

SmmMedia *
smm_media_new (void)
{
  return g_object_new (SMM_TYPE_MEDIA, NULL);
}

/**
 * smm_media_copy:
 * @self: a medium
 *
 * Returns: (transfer full): another one like it, for a post that describes it in its own words
 */
SmmMedia *
smm_media_copy (SmmMedia *self)
{
  SmmMedia *copy;

  g_return_val_if_fail (SMM_IS_MEDIA (self), NULL);

  copy = smm_media_new ();
  copy->sha256 = g_strdup (self->sha256);
  copy->mime = g_strdup (self->mime);
  copy->file_name = g_strdup (self->file_name);
  copy->bytes = self->bytes;
  copy->width = self->width;
  copy->height = self->height;
  copy->duration = self->duration;
  copy->container = g_strdup (self->container);
  copy->video_codec = g_strdup (self->video_codec);
  copy->audio_codec = g_strdup (self->audio_codec);
  copy->frame_rate = self->frame_rate;
  copy->bit_rate = self->bit_rate;
  copy->audio_rate = self->audio_rate;
  copy->audio_channels = self->audio_channels;
  copy->flags = self->flags;
  copy->alt = g_strdup (self->alt);
  copy->tags = g_strdup (self->tags);
  return copy;
}

gboolean
smm_media_is_video (SmmMedia *self)
{
  return self->mime != NULL && g_str_has_prefix (self->mime, "video/");
}

/* SmmTarget */

G_DEFINE_TYPE (SmmTarget, smm_target, G_TYPE_OBJECT)

static void
smm_target_finalize (GObject *object)
{
  SmmTarget *self = SMM_TARGET (object);

  g_free (self->id);
  g_free (self->post_id);
  g_free (self->account_id);
  g_free (self->reason_code);
  g_free (self->reason);
  g_free (self->fix);
  g_free (self->remote_id);
  g_free (self->permalink);
  g_clear_object (&self->variant);

  G_OBJECT_CLASS (smm_target_parent_class)->finalize (object);
}

static void
smm_target_class_init (SmmTargetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_target_finalize;
}

static void
smm_target_init (SmmTarget *self)
{
}

SmmTarget *
smm_target_new (void)
{
  return g_object_new (SMM_TYPE_TARGET, NULL);
}

/* SmmChip */

G_DEFINE_TYPE (SmmChip, smm_chip, G_TYPE_OBJECT)

static void
smm_chip_finalize (GObject *object)
{
  SmmChip *self = SMM_CHIP (object);

  g_free (self->post_id);
  g_free (self->brand_id);
  g_free (self->title);
  g_free (self->thumbnail);
  g_free (self->color);
  g_free (self->tags);

  G_OBJECT_CLASS (smm_chip_parent_class)->finalize (object);
}

static void
smm_chip_class_init (SmmChipClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_chip_finalize;
}

static void
smm_chip_init (SmmChip *self)
{
}

SmmChip *
smm_chip_new (void)
{
  return g_object_new (SMM_TYPE_CHIP, NULL);
}

/* SmmJournalEntry */

G_DEFINE_TYPE (SmmJournalEntry, smm_journal_entry, G_TYPE_OBJECT)

static void
smm_journal_entry_finalize (GObject *object)
{
  SmmJournalEntry *self = SMM_JOURNAL_ENTRY (object);

  g_free (self->target_id);
  g_free (self->step);
  g_free (self->kind);
  g_free (self->state);
  g_free (self->error);
  g_free (self->note);
  g_free (self->request_id);
  g_free (self->content);

  G_OBJECT_CLASS (smm_journal_entry_parent_class)->finalize (object);
}

static void
smm_journal_entry_class_init (SmmJournalEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_journal_entry_finalize;
}

static void
smm_journal_entry_init (SmmJournalEntry *self)
{
}

SmmJournalEntry *
smm_journal_entry_new (void)
{
  return g_object_new (SMM_TYPE_JOURNAL_ENTRY, NULL);
}

/* SmmLedgerEntry */

G_DEFINE_TYPE (SmmLedgerEntry, smm_ledger_entry, G_TYPE_OBJECT)

static void
smm_ledger_entry_finalize (GObject *object)
{
  SmmLedgerEntry *self = SMM_LEDGER_ENTRY (object);

  g_free (self->host);
  g_free (self->purpose);
  g_free (self->account_id);
  g_free (self->result);

  G_OBJECT_CLASS (smm_ledger_entry_parent_class)->finalize (object);
}

static void
smm_ledger_entry_class_init (SmmLedgerEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_ledger_entry_finalize;
}

static void
smm_ledger_entry_init (SmmLedgerEntry *self)
{
}

SmmLedgerEntry *
smm_ledger_entry_new (void)
{
  return g_object_new (SMM_TYPE_LEDGER_ENTRY, NULL);
}

/* SmmPost */

G_DEFINE_TYPE (SmmPost, smm_post, G_TYPE_OBJECT)

static void
smm_post_finalize (GObject *object)
{
  SmmPost *self = SMM_POST (object);

  g_free (self->id);
  g_free (self->brand_id);
  g_free (self->text);
  g_free (self->link);
  g_free (self->first_comment);
  g_free (self->wall_time);
  g_free (self->zone);
  g_clear_pointer (&self->options, g_hash_table_unref);
  g_clear_pointer (&self->media, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);

  G_OBJECT_CLASS (smm_post_parent_class)->finalize (object);
}

static void
smm_post_class_init (SmmPostClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_post_finalize;
}

static void
smm_post_init (SmmPost *self)
{
  self->kind = SMM_POST_KIND_FEED;
  self->text = g_strdup ("");
  self->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->media = g_ptr_array_new_with_free_func (g_object_unref);
  self->targets = g_ptr_array_new_with_free_func (g_object_unref);
  self->tags = g_ptr_array_new_with_free_func (g_object_unref);
}

SmmPost *
smm_post_new (void)
{
  return g_object_new (SMM_TYPE_POST, NULL);
}

/**
 * smm_post_get_worst_state:
 * @self: a post
 *
 * Returns: the state that most asks for the user's attention; draft when there are no targets
 */
SmmTargetState
smm_post_get_worst_state (SmmPost *self)
{
  SmmTargetState worst = SMM_TARGET_DRAFT;

  g_return_val_if_fail (SMM_IS_POST (self), SMM_TARGET_DRAFT);

  for (guint i = 0; i < self->targets->len; i++)
    {
      SmmTarget *target = self->targets->pdata[i];

      if (i == 0 || smm_target_state_is_worse (target->state, worst))
        worst = target->state;
    }
  return worst;
}

/**
 * smm_post_find_target:
 * @self: a post
 * @target_id: id of a target
 *
 * Returns: (transfer none) (nullable): the target
 */
SmmTarget *
smm_post_find_target (SmmPost *self, const char *target_id)
{
  g_return_val_if_fail (SMM_IS_POST (self), NULL);

  for (guint i = 0; i < self->targets->len; i++)
    {
      SmmTarget *target = self->targets->pdata[i];

      if (strcmp (target->id, target_id) == 0)
        return target;
    }
  return NULL;
}
