/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is done to texts and links while a post is written. Pure: text in, text out. */

/* The beginning of @text as a platform shows it: at most @max_characters and @max_lines (as far as
 * line breaks go), cut between words where one is near. @cut: whether something is missing. */
char *smm_text_cut (const char *text, glong max_characters, guint max_lines, gboolean *cut);
/* Pango markup with hashtags, mentions and web addresses as links (to themselves). */
char *smm_text_to_markup (const char *text);
/* The first web address in @text; NULL: none. */
char *smm_text_find_link (const char *text);
/* Whether @text has one of {brand}, {date}, {link}. */
gboolean smm_text_has_variables (const char *text);
/* Puts values in their place; what has none (NULL) stays as it is. */
char *smm_text_fill_in (const char *text, const char *brand, const char *date, const char *link);
/* utm_source, utm_medium and utm_campaign on an http(s) address, in the place of those that are
 * there; an empty value leaves that one out. NULL: @link is no such address. */
char *smm_link_add_utm (const char *link, const char *source, const char *medium,
                        const char *campaign);
/* Without any utm_… of its own. NULL as above. */
char *smm_link_remove_utm (const char *link);
/* The hashtags in @text that @known has not (case does not count), each once: "#a #b". */
char *smm_text_pick_hashtags (const char *text, const char *known);

G_END_DECLS
