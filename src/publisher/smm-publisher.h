/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the publisher room.
 *
 * The companion service: owns the library (lock, then bus name), gives the engine its time, network,
 * tokens and pictures (SmmPublisherHost), and answers on the bus. Links no GTK; without a session
 * bus it works all the same, for a box that is always on.
 */

#pragma once

#include "smm-http.h"
#include "smm-library-local.h"
#include "smm-vault.h"

G_BEGIN_DECLS

#define SMM_TYPE_PUBLISHER (smm_publisher_get_type ())
G_DECLARE_FINAL_TYPE (SmmPublisher, smm_publisher, SMM, PUBLISHER, GObject)

typedef struct
{
  gboolean practice;
  gboolean until_idle;
  int max_in_flight;     /* 0: the engine's choice */
} SmmPublisherOptions;

/* Takes the lock; SMM_STORE_ERROR, SMM_NET_ERROR. */
SmmPublisher *smm_publisher_new (const SmmPublisherOptions *options, GError **error);
/* Runs until told to stop; the exit status: 0, 3 keyring out of reach, 4 something unconfirmed. */
int smm_publisher_run (SmmPublisher *self);

G_END_DECLS
