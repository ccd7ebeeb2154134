/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-media-client.h"

G_BEGIN_DECLS

/* The program, and what it said. */
char *smm_media_find_program (void);
SmmMedia *smm_media_read_facts (const char *output, GError **error);
/* Blocks: for a thread. */
char *smm_media_hash_file (const char *path, GCancellable *cancellable, GError **error);
gboolean smm_media_fail_errno (GError **error, int number);

G_END_DECLS
