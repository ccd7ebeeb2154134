/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What an AI proposes for a brand. Pure: a question out of a brand and a page of its website, and
 * proposals out of an answer, of which every one could as well have been entered by hand. Nothing
 * here changes a brand.
 */

#pragma once

#include "smm-ai-prompt.h"
#include "smm-brand.h"
#include "smm-web-page.h"

G_BEGIN_DECLS

#define SMM_BRAND_PROPOSAL_TONE "tone"

typedef struct
{
  int ref_count;
  char *key;   /* of SmmBrandText, or SMM_BRAND_PROPOSAL_TONE */
  char *value; /* as a brand has it; of the tone: in words, for people */
  int tones[SMM_N_BRAND_TONES];
} SmmBrandProposal;

SmmBrandProposal *smm_brand_proposal_ref (SmmBrandProposal *self);
void smm_brand_proposal_unref (SmmBrandProposal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmBrandProposal, smm_brand_proposal_unref)

/* Of what @brand has under @key, as a proposal: to show it, and to go back to it. */
SmmBrandProposal *smm_brand_proposal_new_present (SmmBrand *brand, const char *key);
/* For people: "Audience". */
const char *smm_brand_proposal_get_label (const SmmBrandProposal *self);
/* As arguments of brand.edit. */
void smm_brand_proposal_add (const SmmBrandProposal *self, GVariantDict *dict);
void smm_brand_proposal_set (const SmmBrandProposal *self, SmmBrand *brand);

/* @page: NULL: only from what the brand says of itself. */
SmmAiPrompt *smm_brand_ai_ask_proposals (SmmBrand *brand, SmmWebPage *page);
/* Those that differ from @brand; may be empty. NULL with SMM_AI_ERROR_ANSWER. */
GPtrArray *smm_brand_ai_read_proposals (const char *text, SmmBrand *brand, GError **error);

SmmAiPrompt *smm_brand_ai_ask_captions (SmmBrand *brand);
GStrv smm_brand_ai_read_captions (const char *text, GError **error);

G_END_DECLS
