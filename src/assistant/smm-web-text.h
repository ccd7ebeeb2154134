/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text of strangers, UTF-8, as it may be shown: without what turns letters around or is not seen. */

/* On one line, words apart by one space, at most @max characters. Free with g_free. */
char *smm_web_text_clean_line (const char *text, glong max);
/* The same line by line; at most one empty line between two. Free with g_free. */
char *smm_web_text_clean_lines (const char *text, glong max);

G_END_DECLS
