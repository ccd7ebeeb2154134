/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-records.h"

G_BEGIN_DECLS

/* What happened to one account of a post, step by step, the last attempt below. @entries:
 * SmmJournalEntry* of the target. @target: as it is now; what comes next follows from it. */
GtkWidget *smm_journal_view_new (GPtrArray *entries, SmmTarget *target, GTimeZone *zone);
/* The same for support: steps, codes and the platform's ids of requests, to be copied. */
char *smm_journal_print (GPtrArray *entries, GTimeZone *zone);

G_END_DECLS
