/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-platform.h"

G_BEGIN_DECLS

/*
 * What a platform tells of a sign-in that works: what is granted now, what the person may do on each
 * Page, where the pictures are. Values in, values out, as the adapters.
 */

/* Of one account. */
typedef struct
{
  char *tasks;       /* on its Page, space separated, "" none; NULL: there are no tasks */
  char *picture_url; /* NULL: not known */
} SmmHealthFacts;

typedef struct
{
  char *scopes;      /* granted, space separated; NULL: not asked */
  GHashTable *facts; /* char* remote id → SmmHealthFacts* */
  /* Where the questions are. */
  int phase;
  guint n_pages;
  char *after;
} SmmHealth;

SmmHealth *smm_health_new (void);
void smm_health_free (SmmHealth *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmHealth, smm_health_free)
/* The next question; NULL: all are answered. */
SmmRequest *smm_health_next (SmmHealth *self, const SmmAccount *account);
/* FALSE: no answer that can be used; what was known before still counts. */
gboolean smm_health_apply (SmmHealth *self, const SmmAccount *account, SmmResponse *response);

G_END_DECLS
