/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-connect.h"

G_BEGIN_DECLS

#define SMM_TYPE_CONNECT_PANEL (smm_connect_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmmConnectPanel, smm_connect_panel, SMM, CONNECT_PANEL, GtkBox)

/*
 * The assistant that connects accounts: app keys, sign-in in the browser, choice, done. Signals:
 * "closed" (), "connected" (uint how many).
 */
GtkWidget *smm_connect_panel_new (SmmLibrary *library);
void smm_connect_panel_set_connect (SmmConnectPanel *self, SmmConnect *connect);
/* @account: the one to sign in again; NULL: connect new ones. */
void smm_connect_panel_start (SmmConnectPanel *self, const char *brand_id, SmmAccount *account);
/* Past the first question. */
void smm_connect_panel_start_way (SmmConnectPanel *self, const char *brand_id,
                                  SmmPlatformId platform);
void smm_connect_panel_stop (SmmConnectPanel *self);

G_END_DECLS
