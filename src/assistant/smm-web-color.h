/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gathers the colors a web page says are its own, each once, those that came first. */
typedef struct _SmmWebColors SmmWebColors;

SmmWebColors *smm_web_colors_new (void);
/* "#1c71d8", "#abc", "rgb(28, 113, 216)"; anything else is left out. @value may be NULL. */
void smm_web_colors_add (SmmWebColors *self, const char *value);
/* Of a style sheet the variables that are named after the brand: "--primary-color: #1c71d8". */
void smm_web_colors_add_style (SmmWebColors *self, const char *css);
/* "#1c71d8 #aabbcc"; NULL: none. Frees @self. */
char *smm_web_colors_free (SmmWebColors *self);

G_END_DECLS
