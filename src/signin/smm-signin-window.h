/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-signin-rules.h"

G_BEGIN_DECLS

#define SMM_TYPE_SIGNIN_WINDOW (smm_signin_window_get_type ())
G_DECLARE_FINAL_TYPE (SmmSigninWindow, smm_signin_window, SMM, SIGNIN_WINDOW,
                      AdwApplicationWindow)

/*
 * The page of a platform. Signals: "answer" (string: the address with the code; "failed" (string: a
 * sentence). Takes @rules.
 */
SmmSigninWindow *smm_signin_window_new (GtkApplication *application, SmmSigninRules *rules);

G_END_DECLS
