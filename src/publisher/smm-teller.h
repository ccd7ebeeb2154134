/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-publisher-dbus.h"

G_BEGIN_DECLS

/*
 * The signals on the bus. Nobody can follow thousands of them: of progress only some is told, and
 * changes that follow one another fast are told together.
 */
typedef struct _SmmTeller SmmTeller;

SmmTeller *smm_teller_new (SmmDBusPublisher1 *skeleton);
/* Tells what is left. */
void smm_teller_free (SmmTeller *self);
void smm_teller_changed (SmmTeller *self, const char *const *ids);
/* Now, what has changed up to here. */
void smm_teller_flush (SmmTeller *self);
void smm_teller_progress (SmmTeller *self, const char *post_id, const char *target_id,
                          double fraction, const char *text);

G_END_DECLS
