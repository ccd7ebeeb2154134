/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-paths.h"
#include "smm-records.h"

G_BEGIN_DECLS

GtkWidget *smm_account_avatar_new (SmmPaths *paths, SmmAccount *account, int size);

G_END_DECLS
