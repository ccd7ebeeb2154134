/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

/*
 * What helps others to find out what is wrong here, and is nobody's: versions, states, codes and
 * times. Nothing is struck out of something larger; each line is put together of what is known to be
 * harmless, so that names, ids, addresses, texts and tokens have no way in. In English, whoever
 * reads it. It is shown, and goes nowhere by itself.
 */

/* @programs: (nullable): versions of what only the caller knows, "GTK 4.8.3". Works without a
 * library as well. Reads all of it and asks the publisher: not for the main loop. */
char *smm_report_write (SmmPaths *paths, const char *programs);

G_END_DECLS
