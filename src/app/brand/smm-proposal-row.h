/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-brand-ai.h"

G_BEGIN_DECLS

/* One proposal beside what the brand has; a button uses it, or goes back. Signal "chosen". */
#define SMM_TYPE_PROPOSAL_ROW (smm_proposal_row_get_type ())
G_DECLARE_FINAL_TYPE (SmmProposalRow, smm_proposal_row, SMM, PROPOSAL_ROW, AdwPreferencesRow)

GtkWidget *smm_proposal_row_new (SmmBrandProposal *proposal);
/* Shows it beside what @brand has now. */
void smm_proposal_row_update (SmmProposalRow *self, SmmBrand *brand);
gboolean smm_proposal_row_is_used (SmmProposalRow *self);
/* What its button puts into the brand: the proposal, or when that is used what was there before. */
SmmBrandProposal *smm_proposal_row_get_next (SmmProposalRow *self);

G_END_DECLS
