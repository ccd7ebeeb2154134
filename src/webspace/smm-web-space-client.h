/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-http.h"
#include "smm-vault.h"
#include "smm-web-space.h"

G_BEGIN_DECLS

/* Sends to web spaces. */
#define SMM_TYPE_WEB_SPACE_CLIENT (smm_web_space_client_get_type ())
G_DECLARE_FINAL_TYPE (SmmWebSpaceClient, smm_web_space_client, SMM, WEB_SPACE_CLIENT, GObject)

SmmWebSpaceClient *smm_web_space_client_new (SmmVault *vault, SmmHttp *http);
/* http to this computer itself is allowed: every endpoint is here. */
gboolean smm_web_space_client_is_loopback (SmmWebSpaceClient *self);

typedef enum
{
  SMM_WEB_SPACE_STEP_SECRET,  /* the keyring */
  SMM_WEB_SPACE_STEP_PUT,
  SMM_WEB_SPACE_STEP_STORED,  /* the server's own word on it */
  SMM_WEB_SPACE_STEP_LOOK,    /* seen as a stranger */
  SMM_WEB_SPACE_STEP_DELETE,
  SMM_WEB_SPACE_STEP_GONE,    /* not seen any more; a cache is no failure */
  SMM_WEB_SPACE_N_STEPS
} SmmWebSpaceStep;
typedef enum
{
  SMM_WEB_SPACE_STEP_BEGUN,
  SMM_WEB_SPACE_STEP_GOOD,
  SMM_WEB_SPACE_STEP_DOUBTFUL, /* goes on; @message says what is not as it should be */
  SMM_WEB_SPACE_STEP_BAD,
} SmmWebSpaceStepState;
typedef void (*SmmWebSpaceStepFunc) (SmmWebSpaceStep step, SmmWebSpaceStepState state,
                                     const char *message, gpointer user_data);
/* Translated: "Upload a file" … */
const char *smm_web_space_step_get_label (SmmWebSpaceStep step);
const char *smm_web_space_step_to_string (SmmWebSpaceStep step);

/*
 * Sends the file and looks at it as a stranger. The result is its public address. Errors:
 * SMM_WEB_SPACE_ERROR; SMM_VAULT_ERROR.
 */
void smm_web_space_client_put_async (SmmWebSpaceClient *self, SmmWebSpace *space,
                                     const char *object, const char *path, const char *mime,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
char *smm_web_space_client_put_finish (SmmWebSpaceClient *self, GAsyncResult *result,
                                       GError **error);
/* Only looks, at what was sent earlier. */
void smm_web_space_client_look_async (SmmWebSpaceClient *self, SmmWebSpace *space,
                                      const char *object, const char *path, const char *mime,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
char *smm_web_space_client_look_finish (SmmWebSpaceClient *self, GAsyncResult *result,
                                        GError **error);
void smm_web_space_client_delete_async (SmmWebSpaceClient *self, SmmWebSpace *space,
                                        const char *object, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_web_space_client_delete_finish (SmmWebSpaceClient *self, GAsyncResult *result,
                                             GError **error);
/*
 * All of it with a small picture, step by step. @secret: not yet in the keyring; NULL: that of the
 * keyring. @func is told of each step before the callback.
 */
void smm_web_space_client_test_async (SmmWebSpaceClient *self, SmmWebSpace *space,
                                      const char *secret, SmmWebSpaceStepFunc func,
                                      gpointer func_data, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
gboolean smm_web_space_client_test_finish (SmmWebSpaceClient *self, GAsyncResult *result,
                                           GError **error);

G_END_DECLS
