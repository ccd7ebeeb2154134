/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-library-local.h"

G_BEGIN_DECLS

/*
 * What the owner does without being asked: a verified backup every week, and forgetting what is older
 * than the settings keep (backups, the ledger, steps of undo). Looks a minute after the start and
 * then every few hours; what was missed while the computer was off is made up for. While the
 * workspace is being closed it holds what comes back, and erases everything at the end.
 */
typedef struct _SmmHousekeeping SmmHousekeeping;

SmmHousekeeping *smm_housekeeping_new (SmmLibraryLocal *library);
/* A workspace that was closed is over: its sign-ins are ended and wiped, its files are left to
 * @func, which is called once. */
void smm_housekeeping_set_erased (SmmHousekeeping *self, void (*func) (gpointer user_data),
                                  gpointer user_data);
void smm_housekeeping_free (SmmHousekeeping *self);
/* Looks now; @now µs UTC. The backup is made in a thread: @done is called when it is there or not
 * needed. */
void smm_housekeeping_run (SmmHousekeeping *self, gint64 now, GCallback done, gpointer user_data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmHousekeeping, smm_housekeeping_free)

G_END_DECLS
