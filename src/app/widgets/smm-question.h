/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *smm_question_new (GtkWidget *asker, const char *heading, const char *body,
                             const char *response, const char *label);

G_END_DECLS
