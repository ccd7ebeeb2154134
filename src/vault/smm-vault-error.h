/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void smm_vault_translate_error (GError **error);
void smm_vault_set_timed_out (GError **error);

G_END_DECLS
