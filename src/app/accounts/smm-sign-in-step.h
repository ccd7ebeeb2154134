/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-connect-guide.h"
#include "smm-connect.h"

G_BEGIN_DECLS

#define SMM_TYPE_SIGN_IN_STEP (smm_sign_in_step_get_type ())
G_DECLARE_FINAL_TYPE (SmmSignInStep, smm_sign_in_step, SMM, SIGN_IN_STEP, GtkBox)

/*
 * The step of the assistant in which the person is at the platform. Signals: "open" (): the browser
 * once more; "pasted" (string address); "way" (int SmmSignInWay, string relay page or ""): begin
 * again in this way; "change-keys" ().
 */
void smm_sign_in_step_set_guide (SmmSignInStep *self, const SmmConnectGuide *guide);
void smm_sign_in_step_set_way (SmmSignInStep *self, SmmSignInWay way, const char *relay);
/* @address: what the browser opens; NULL: nothing is waited for. */
void smm_sign_in_step_set_waiting (SmmSignInStep *self, gboolean waiting, const char *address);
/* A row of title and subtitle, at the end of @list. */
GtkWidget *smm_connect_add_row (GtkWidget *list, const char *title, const char *subtitle);
void smm_connect_clear_list (GtkWidget *list);

G_END_DECLS
