/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-connect-guide.h"
#include "smm-connect.h"

G_BEGIN_DECLS

#define SMM_TYPE_CONNECT_CHOICES (smm_connect_choices_get_type ())
G_DECLARE_FINAL_TYPE (SmmConnectChoices, smm_connect_choices, SMM, CONNECT_CHOICES, GtkBox)

/* What a sign-in found, to be ticked, and what was not allowed in it. Signal: "changed" (). */
/* @again: an account is signed in again: only those that are known are ticked. */
void smm_connect_choices_fill (SmmConnectChoices *self, SmmGrant *grant,
                               const SmmPermission *permissions, SmmStore *store,
                               const char *brand_id, gboolean again);
/* It is done: @text in place of the choice. */
void smm_connect_choices_end (SmmConnectChoices *self, const char *text);
guint smm_connect_choices_count (SmmConnectChoices *self);
/* const char* remote ids of what is ticked, borrowed. */
GPtrArray *smm_connect_choices_list (SmmConnectChoices *self);

G_END_DECLS
