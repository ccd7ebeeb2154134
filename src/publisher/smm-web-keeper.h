/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-engine.h"
#include "smm-http.h"
#include "smm-renderer.h"
#include "smm-store-write.h"
#include "smm-vault.h"

G_BEGIN_DECLS

/*
 * The user's web space, kept tidy. Files of posts that come soon are put there ahead of time and
 * looked at as a stranger does, so that what is wrong shows while there is time; what lies there is
 * deleted when its post is settled, and that is tried until it works. Each file is on disk before it
 * is sent. It wakes for such posts only.
 */
#define SMM_TYPE_WEB_KEEPER (smm_web_keeper_get_type ())
G_DECLARE_FINAL_TYPE (SmmWebKeeper, smm_web_keeper, SMM, WEB_KEEPER, GObject)

typedef void (*SmmWebChangedFunc) (const char *post_id, gpointer user_data);

/* @store and @changed_data are borrowed. */
SmmWebKeeper *smm_web_keeper_new (SmmStore *store, SmmVault *vault, SmmHttp *http,
                                  SmmRenderer *renderer, SmmWebChangedFunc changed,
                                  gpointer changed_data, GError **error);
/* Engine's place(): the file is there already, or is put there now. */
void smm_web_keeper_place (SmmWebKeeper *self, const char *target_id, guint index,
                           SmmRendition *rendition, SmmPlaceFunc callback, gpointer user_data);
/* Something in the library changed. Many calls are one look. */
void smm_web_keeper_wake (SmmWebKeeper *self);
/* Nothing on its way, nothing to be done now. */
gboolean smm_web_keeper_is_idle (SmmWebKeeper *self);

G_END_DECLS
