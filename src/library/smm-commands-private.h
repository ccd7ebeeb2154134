/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-library.h"
#include "smm-slots.h"
#include "smm-store-write.h"

G_BEGIN_DECLS

/* One command being applied, inside the owner's transaction. */
typedef struct
{
  SmmStore *store;
  SmmCommand *command;
  gint64 now;
  GPtrArray *changed; /* char*: ids to tell readers about */
  GVariant *inverse;  /* (sa{sv}) sunk, or NULL: can't be undone */
  const char *label;  /* translated: what happened */
  char *own_label;    /* where label is made, not found */
  gboolean unlogged;  /* told to readers, but no step of the user's */
  guint n_skipped;    /* of many posts: those that stayed as they were */
  GError *skipped;    /* why the first of them did */
  GPtrArray *erased;  /* char*: media that are gone for good; NULL: nothing was erased */
  GHashTable *shared; /* id → record: of an import, which reads them for each of its posts and undoes
                         those as a whole; NULL: not of one */
} SmmChange;

typedef gboolean (*SmmCommandFunc) (SmmChange *change, GError **error);

typedef struct
{
  const char *name;
  const char *args; /* "id:s! text:s": name, type, ! for needed */
  SmmCommandFunc func;
} SmmCommandSpec;

extern const SmmCommandSpec smm_ai_commands[];
extern const SmmCommandSpec smm_brand_commands[];
extern const SmmCommandSpec smm_post_commands[];
extern const SmmCommandSpec smm_schedule_commands[];
extern const SmmCommandSpec smm_batch_commands[];
extern const SmmCommandSpec smm_bulk_commands[];
extern const SmmCommandSpec smm_erase_commands[];
extern const SmmCommandSpec smm_mail_commands[];
extern const SmmCommandSpec smm_media_commands[];
extern const SmmCommandSpec smm_note_commands[];
extern const SmmCommandSpec smm_holidays_commands[];
extern const SmmCommandSpec smm_import_commands[];
extern const SmmCommandSpec smm_series_commands[];
extern const SmmCommandSpec smm_slot_commands[];
extern const SmmCommandSpec smm_tag_commands[];
extern const SmmCommandSpec smm_workspace_commands[];

/* Finds the command, checks its arguments and applies it to @change. */
gboolean smm_change_run (SmmChange *change, SmmCommand *command, GError **error);

void smm_change_add (SmmChange *change, const char *id);
void smm_change_set_inverse (SmmChange *change, const char *name, GVariant *args);
gboolean smm_change_fail (GError **error, SmmLibraryError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Who may be sent to has changed: smm-commands-workspace.c. */
gboolean smm_change_settle_bans (SmmChange *change, GError **error);

/* A request to the AI that is long over and was not settled, as after a crash. */
gboolean smm_change_assume_old_ai_use (SmmChange *change, GError **error);

/* --- What commands on posts share: smm-commands-post.c --- */

/* Facebook lets a scheduled post change until three minutes before its time (api/meta.md 3.2). */
#define HAND_OVER_PINNED (3 * 60 * (gint64)G_USEC_PER_SEC)

gboolean smm_target_is_pinned (SmmTargetState state);
gboolean smm_target_is_handed_over (SmmTarget *target);
void smm_target_clear_reason (SmmTarget *target);
gboolean smm_target_check_not_there (SmmTarget *target, GError **error);
#define SMM_MAX_TEXT (256 * 1024)
/* @list: a(ss). Returns SmmMedia*; NULL with @error. */
GPtrArray *smm_change_read_media (SmmChange *change, GVariant *list, GError **error);
/* What the command says in "tags"; @lenient: what is gone is left out. */
gboolean smm_change_set_tags (SmmChange *change, SmmPost *post, gboolean lenient, GError **error);
SmmSlotTime *smm_change_find_slot (SmmChange *change, SmmPost *post, GError **error);
/* Ids: floating as. */
GVariant *smm_post_list_tag_ids (SmmPost *post);
gboolean smm_change_set_variants (SmmChange *change, SmmPost *post, GError **error);
void smm_post_set_time (SmmPost *post, gint64 due_at, const char *wall, const char *zone);
/* As the store has them; of an import, as it had them at first. Full; NULL: there is none. */
SmmBrand *smm_change_get_brand (SmmChange *change, const char *id);
SmmAccount *smm_change_get_account (SmmChange *change, const char *id);
SmmTag *smm_change_get_tag (SmmChange *change, const char *id);
/* The post the command names; NULL with @error. */
SmmPost *smm_change_get_post (SmmChange *change, GError **error);
gboolean smm_change_check_not_pinned (SmmChange *change, SmmPost *post, GError **error);
gboolean smm_change_read_time (SmmChange *change, gint64 *due, GError **error);
gboolean smm_change_check_not_past (SmmChange *change, gint64 due, GError **error);
void smm_change_put_into_state (SmmChange *change, SmmPost *post, SmmTarget *target,
                                SmmTargetState state, gint64 due_at);
void smm_change_recall (SmmChange *change, SmmTarget *target, const char *code, gint64 due_at);
/* What "post.put" takes: floating a{sv}. */
GVariant *smm_post_snapshot (SmmPost *post);
void smm_change_can_go_back_to (SmmChange *change, SmmPost *before);
gboolean smm_change_save_post (SmmChange *change, SmmPost *post, GError **error);

G_END_DECLS
