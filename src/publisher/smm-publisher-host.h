/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-engine.h"
#include "smm-http.h"
#include "smm-vault.h"
#include "smm-web-keeper.h"

G_BEGIN_DECLS

/* The engine's world: the real one. */
#define SMM_TYPE_PUBLISHER_HOST (smm_publisher_host_get_type ())
G_DECLARE_FINAL_TYPE (SmmPublisherHost, smm_publisher_host, SMM, PUBLISHER_HOST, GObject)

typedef void (*SmmProgressFunc) (const char *post_id, const char *target_id, double fraction,
                                 const char *text, gpointer user_data);

SmmPublisherHost *smm_publisher_host_new (SmmPaths *paths, SmmHttp *http, SmmVault *vault,
                                          GError **error);
void smm_publisher_host_fill (SmmPublisherHost *self, SmmEngineHost *host);
/* The timer and the ledger need the engine they serve; borrowed. */
void smm_publisher_host_set_engine (SmmPublisherHost *self, SmmEngine *engine);
/* Where accounts are looked up, whose tokens are renewed, and files in the web space; borrowed. */
gboolean smm_publisher_host_set_store (SmmPublisherHost *self, SmmStore *store,
                                       SmmWebChangedFunc changed, gpointer user_data,
                                       GError **error);
SmmWebKeeper *smm_publisher_host_get_web (SmmPublisherHost *self);
void smm_publisher_host_set_progress (SmmPublisherHost *self, SmmProgressFunc func,
                                      gpointer user_data);
/* @func gets NULL when what it told before is over. */
typedef void (*SmmProblemFunc) (const char *problem, gpointer user_data);
void smm_publisher_host_set_problem (SmmPublisherHost *self, SmmProblemFunc func,
                                     gpointer user_data);
/* @account_id NULL: all. The next use asks the keyring again. */
void smm_publisher_host_forget_token (SmmPublisherHost *self, const char *account_id);
/* What the keyring said last: "ok", "locked", "absent", "timed-out", or "" before it was asked. */
const char *smm_publisher_host_get_keyring (SmmPublisherHost *self);

G_END_DECLS
