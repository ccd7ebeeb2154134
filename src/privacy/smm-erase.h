/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

/* What the desktop's cache keeps of how a file looks: every size, and that it could not be shown. */
void smm_erase_thumbnails_of (const char *file);
/* Of all media of a library. Reads a folder: not for the main loop. */
void smm_erase_thumbnails (SmmPaths *paths);

G_END_DECLS
