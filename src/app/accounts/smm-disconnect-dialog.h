/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-store.h"

G_BEGIN_DECLS

/* Responses. */
#define SMM_DISCONNECT_ALL "disconnect"
#define SMM_DISCONNECT_ONLY "only"

GtkWidget *smm_disconnect_dialog_new (GtkWindow *parent, SmmStore *store, SmmAccount *account,
                                      GPtrArray *siblings);

G_END_DECLS
