/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the signin room.
 *
 * The program nkonsept-smm-signin: one window with one page of one platform, for those that want a
 * sign-in inside the program. It is told what to open in one line of JSON on its standard input, and
 * tells one line on its standard output; nothing of it is in arguments, environment or logs:
 *
 *   {"platform": "Facebook", "address": "https://…", "redirect": "https://…",
 *    "pages": ["facebook.com"], "parts": ["fbcdn.net"]}
 *
 *   answer https://…      where the platform sent the browser back to, which was not opened
 *   closed                the person closed the window
 *   failed SENTENCE       it could not be shown
 *
 * "pages" may be shown, "parts" loaded by them: a domain stands for https to itself and what is
 * below it; "http://127.0.0.1:PORT" for exactly that, on this computer only. When the standard input
 * ends, so does the program. This file knows the rules and no window.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *platform; /* for people */
  char *address;
  GUri *redirect;
  char **pages, **parts;
} SmmSigninRules;

typedef enum
{
  SMM_SIGNIN_OPEN,
  SMM_SIGNIN_ANSWER,
  SMM_SIGNIN_REFUSE,
} SmmSigninVerdict;

SmmSigninRules *smm_signin_rules_parse (const char *line, GError **error);
void smm_signin_rules_free (SmmSigninRules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmSigninRules, smm_signin_rules_free)

SmmSigninVerdict smm_signin_rules_judge (SmmSigninRules *self, const char *address);
/* What WebKit may fetch at all, in its content blocker's language. */
char *smm_signin_rules_make_filter (SmmSigninRules *self);
/* "evil.example", for people; NULL when there is none. */
char *smm_signin_dup_host (const char *address);

G_END_DECLS
