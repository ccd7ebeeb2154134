/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

/*
 * What happens with data: the whole text, what is new in it since an older one was accepted, and,
 * until this one is, the question.
 */
#define SMM_TYPE_POLICY_WINDOW (smm_policy_window_get_type ())
G_DECLARE_FINAL_TYPE (SmmPolicyWindow, smm_policy_window, SMM, POLICY_WINDOW, AdwWindow)

void smm_policy_window_present (GtkWindow *parent, SmmLibrary *library);
/* Asks once, as soon as the library can be read, if an older text was accepted and this was not. */
void smm_policy_window_watch (GtkWindow *parent, SmmLibrary *library);

G_END_DECLS
