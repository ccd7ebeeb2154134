/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the mail room.
 *
 * Tells people by e-mail through Resend (api/resend.md), for whom asked for that. What is in here
 * is pure: what a mail says, what is sent, what an answer means. SmmMailClient sends one mail once,
 * with the key from the keyring; the outbox, which sends again, is the publisher's, in the library.
 * A mail has its Idempotency-Key and its text before it is sent, and neither changes: so Resend
 * knows a second try for what it is. It says what happened and where; how a post begins only if its
 * user agreed to that.
 */

#pragma once

#include "smm-request.h"
#include "smm-store.h"

G_BEGIN_DECLS

#define SMM_MAIL_ERROR (smm_mail_error_quark ())
typedef enum
{
  SMM_MAIL_ERROR_NOT_SET,     /* no sender, or nobody to send to */
  SMM_MAIL_ERROR_KEY,         /* there is no key, or it does not open */
  SMM_MAIL_ERROR_DENIED,      /* Resend does not take the key */
  SMM_MAIL_ERROR_SENDER,      /* not from this address, or not to this one */
  SMM_MAIL_ERROR_QUOTA,       /* no more mails today, or this month */
  SMM_MAIL_ERROR_BUSY,        /* try again later */
  SMM_MAIL_ERROR_UNREACHABLE, /* certainly nothing was sent */
  SMM_MAIL_ERROR_UNKNOWN,     /* perhaps it was sent */
  SMM_MAIL_ERROR_ANSWER,      /* not what Resend answers */
} SmmMailError;
GQuark smm_mail_error_quark (void);

/* Resend knows a key for 24 hours; an hour less, as its clock is not ours. */
#define SMM_MAIL_KEY_LIFE (23 * (gint64)G_TIME_SPAN_HOUR)

/* --- What it says --- */

typedef struct
{
  char *summary; /* one sentence */
  char *place;   /* brand and account; NULL */
  char *when;    /* for people; NULL */
  char *caption; /* how the post begins; NULL: not agreed to */
  char *reason;  /* NULL */
  char *link;    /* https; NULL */
} SmmMailItem;
void smm_mail_item_free (SmmMailItem *item);

/* Sets subject, text and HTML. @items: SmmMailItem*, at least one. */
void smm_mail_compose (SmmMail *mail, GPtrArray *items);
void smm_mail_compose_test (SmmMail *mail);

/* --- Sending it --- */

SmmRequest *smm_mail_make_request (const SmmMail *mail);

typedef enum
{
  SMM_MAIL_VERDICT_TAKEN,
  SMM_MAIL_VERDICT_AGAIN,   /* with the same key, after @wait at the least */
  SMM_MAIL_VERDICT_REFUSED, /* certainly not sent; again only after people did something */
  SMM_MAIL_VERDICT_UNKNOWN, /* never again: it was sent, or nobody can tell */
} SmmMailVerdict;

typedef struct
{
  SmmMailVerdict verdict;
  gboolean unclear; /* this attempt may have sent it */
  gint64 wait;      /* µs; 0: as one likes */
  char *remote_id;  /* TAKEN */
  GError *error;    /* SMM_MAIL_ERROR; NULL: TAKEN */
} SmmMailOutcome;
void smm_mail_outcome_free (SmmMailOutcome *outcome);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmMailOutcome, smm_mail_outcome_free)

SmmMailOutcome *smm_mail_judge (SmmResponse *response);

/* --- What became of it --- */

/* @remote_id: of a mail that was taken. */
SmmRequest *smm_mail_make_look (const char *remote_id);
/* What Resend calls it ("delivered", "bounced" …, also what is not known here yet); NULL with
 * @error. */
char *smm_mail_read_look (SmmResponse *response, GError **error);
/* For people; NULL: nothing that is known here. */
const char *smm_mail_describe_event (const char *event);
/* It did not arrive and will not, or was not wanted. */
gboolean smm_mail_event_is_bad (const char *event);

G_END_DECLS
