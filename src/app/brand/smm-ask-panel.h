/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Asks the AI one thing: who is asked and what it may cost, every word that is told before it is
 * sent, a button, what it cost, and what went wrong. Property "title". Signal "answered" (text).
 */

#pragma once

#include <adwaita.h>

#include "smm-brand-desk.h"

G_BEGIN_DECLS

#define SMM_TYPE_ASK_PANEL (smm_ask_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmmAskPanel, smm_ask_panel, SMM, ASK_PANEL, AdwBin)

/* What would be asked now; transfer full. NULL: there is nothing to ask about yet. */
typedef SmmAiPrompt *(*SmmAskFunc) (gpointer user_data);

void smm_ask_panel_bind (SmmAskPanel *self, SmmBrandDesk *desk, SmmAskFunc func,
                         gpointer user_data);
/* What would be asked is different, or who. */
void smm_ask_panel_refresh (SmmAskPanel *self);
/* Forgets what was answered; ends what is asked. */
void smm_ask_panel_reset (SmmAskPanel *self);
void smm_ask_panel_show_problem (SmmAskPanel *self, const char *text);

G_END_DECLS
