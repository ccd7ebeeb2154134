/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

/* The ids by which readers learn that mails changed, and notices without anything else. */
#define SMM_MAIL_CHANGED "mail"
#define SMM_NOTICES_CHANGED "notices"

/* What people are told of; the numbers are stored (*-notices.sql): never renumber. */
typedef enum
{
  SMM_NOTICE_PUBLISHED = 1,
  SMM_NOTICE_FAILED = 2,
  SMM_NOTICE_UNCONFIRMED = 3, /* the platform does not say whether it is public */
  SMM_NOTICE_HELD = 4,        /* a post needs its user */
  SMM_NOTICE_LATE = 5,        /* it was too late, and was held or skipped */
  SMM_NOTICE_HANDED_OVER = 6, /* the platform has it, and publishes it at its time */
  SMM_NOTICE_ACCOUNT = 7,     /* an account has to be signed in to again, or wants something done */
  SMM_NOTICE_EXPIRING = 8,    /* a sign-in ends soon */
} SmmNoticeKind;

typedef struct
{
  SmmNoticeKind kind;
  const char *name;           /* on the command line */
  const char *label;          /* to be translated: what is told */
  const char *keys[SMM_N_NOTICE_CHANNELS]; /* the setting that wants it, by channel */
} SmmNoticeInfo;

/* Ends with an entry whose name is NULL. */
const SmmNoticeInfo *smm_notices_get_all (void);
const SmmNoticeInfo *smm_notices_find (const char *name);
/* Bits by SmmNoticeKind. Of the mail channel none while mail is off. */
guint smm_notices_get_wanted (SmmStore *store, SmmNoticeChannel channel);

/* Notes sign-ins that end within a week; each once, in a transaction of its own. FALSE with @error. */
gboolean smm_notices_note_expiring (SmmStore *store, gint64 now, guint *n, GError **error);

/* What a notice is about, as it is now. */
typedef struct
{
  SmmNoticeKind kind;
  gint64 at;
  SmmTarget *target;   /* NULL: it is about the account alone */
  SmmPost *post;
  SmmAccount *account; /* NULL: gone */
} SmmNoticeFacts;
SmmNoticeFacts *smm_notice_facts_load (SmmStore *store, const SmmNotice *notice);
void smm_notice_facts_free (SmmNoticeFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmNoticeFacts, smm_notice_facts_free)

char *smm_notice_make_summary (const SmmNoticeFacts *facts);
char *smm_notice_make_caption (const SmmNoticeFacts *facts);
const char *smm_notice_get_reason (const SmmNoticeFacts *facts);

G_END_DECLS
