/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

/* What a card is made of, beside the account itself. */
typedef struct
{
  SmmAccountHealth *health; /* NULL: the platform was not asked yet */
  GHashTable *steps;        /* char* → GUINT_TO_POINTER(): sent in the last 24 hours; NULL none */
  gint64 rest_until;        /* µs UTC; the platform asked it to wait; 0: no */
} SmmAccountUse;

/* One line: an icon, what it is, and how it stands. */
typedef struct
{
  const char *icon;
  char *name, *value;
  gboolean warn;
} SmmAccountFact;

gboolean smm_account_needs_sign_in (SmmAccount *account);
GPtrArray *smm_account_list_facts (SmmAccount *account, const SmmAccountUse *use, GTimeZone *zone);
char *smm_account_describe_missing (SmmAccount *account, const SmmAccountUse *use, gboolean *allow);

G_END_DECLS
