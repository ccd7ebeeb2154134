/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

/* A line for each widget on screen that can't be seen whole; free with g_free. */
char *smm_cut_find (void);
