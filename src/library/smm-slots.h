/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Slots as instants: what the weekly times of a brand mean between two moments, and which of them
 * are taken. Read from any store, also a read-only one.
 */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 at;        /* µs UTC */
  char *wall;       /* "2026-12-01T09:00:00" in the brand's zone, as the slot says it */
  char *account_id; /* of one account; NULL: of the brand */
  gboolean taken;   /* a post is due then, a draft with a time too */
} SmmSlotTime;
void smm_slot_time_free (SmmSlotTime *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmSlotTime, smm_slot_time_free)

/* @account_ids: ends with NULL; NULL: every slot of the brand and its accounts. SmmSlotTime*. */
GPtrArray *smm_slots_list_between (SmmStore *store, const char *brand_id,
                                   const char *const *account_ids, gint64 from, gint64 to);
/* The first after @after where none of the accounts has a post; NULL: within a year there is none.
 */
SmmSlotTime *smm_slots_find_free (SmmStore *store, const char *brand_id,
                                  const char *const *account_ids, gint64 after);

G_END_DECLS
