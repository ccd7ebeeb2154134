/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the assistant room.
 *
 * Talks to the AI its user chose: OpenAI, its EU host, or a server that speaks the same protocol,
 * also one on this computer. SmmAiProvider is pure: what the settings say, what to send, what an
 * answer means. SmmAiClient sends. Keys are in the keyring, one for each host, so that the key of
 * one is never sent to another. Nothing is sent unless somebody asks for it, and nothing past
 * smm_ai_client_send_async(), which keeps the spending limit.
 */

#pragma once

#include "smm-request.h"
#include "smm-store.h"

G_BEGIN_DECLS

#define SMM_AI_ERROR (smm_ai_error_quark ())
typedef enum
{
  SMM_AI_ERROR_NOT_SET,     /* no provider is chosen, or its server has no address */
  SMM_AI_ERROR_KEY,         /* there is no key, or it does not open */
  SMM_AI_ERROR_DENIED,      /* the provider does not take the key */
  SMM_AI_ERROR_QUOTA,       /* no credit, or a spending limit */
  SMM_AI_ERROR_BUSY,        /* try again later */
  SMM_AI_ERROR_UNREACHABLE,
  SMM_AI_ERROR_ANSWER,      /* not what an AI server answers */
  SMM_AI_ERROR_MODEL,       /* the chosen model is not among those it has */
} SmmAiError;
GQuark smm_ai_error_quark (void);

typedef struct
{
  char *name; /* for people: "OpenAI", or the server's host */
  char *base; /* with /v1, no slash at the end; NULL: the table of endpoints has it */
  char *id;   /* for prices and the account of what was spent; see smm_price_find() */
  char *item; /* of the keyring */
  char *model; /* NULL: none is chosen */
  gboolean needs_key;
} SmmAiProvider;

SmmAiProvider *smm_ai_provider_new (SmmStore *store, gboolean loopback, GError **error);
void smm_ai_provider_free (SmmAiProvider *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmAiProvider, smm_ai_provider_free)

/* @path: from the base on, "/models". Its auth is set by who sends it. */
SmmRequest *smm_ai_provider_new_request (const SmmAiProvider *self, const char *method,
                                         const char *path);
/* SMM_AI_ERROR_MODEL: none is chosen. */
gboolean smm_ai_provider_check_model (const SmmAiProvider *self, GError **error);
gboolean smm_ai_provider_check_answered (const SmmAiProvider *self, SmmResponse *response,
                                         GError **error);
SmmRequest *smm_ai_provider_ask_models (const SmmAiProvider *self);
GPtrArray *smm_ai_provider_judge_models (const SmmAiProvider *self, SmmResponse *response,
                                         GError **error);

G_END_DECLS
