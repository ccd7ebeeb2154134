/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-library-local.h"
#include "smm-store-write.h"

#include "smm-test-store.h"

G_BEGIN_DECLS

/* A day before the posts of the library are due: 2026-11-30T09:00:00Z. */
#define TEST_NOW (TEST_DUE - G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define TEST_SHA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* What the library's clock says; set back to TEST_NOW by test_library_new(). */
extern gint64 test_now;

/* A library with a post in each state ("draft", "scheduled" … with targets "t-draft" …), a deleted
 * brand, a medium, and a failed one on both accounts ("two"). */
SmmLibraryLocal *test_library_new (void);
/* The same library, opened again as after a restart. */
SmmLibraryLocal *test_library_reopen (SmmLibraryLocal *library);
SmmStore *test_store (SmmLibraryLocal *library);
/* @args in the text form of a{sv}. NULL with @error. */
GVariant *test_apply (SmmLibraryLocal *library, const char *name, const char *args,
                      GError **error);
/* All that a user could see, as text. */
char *test_dump (SmmLibraryLocal *library);
void test_set_state (SmmLibraryLocal *library, const char *target_id, SmmTargetState from,
                     SmmTargetState to, const char *reason_code);

G_END_DECLS
