/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_MEDIA_MANY (smm_media_many_get_type ())
G_DECLARE_FINAL_TYPE (SmmMediaMany, smm_media_many, SMM, MEDIA_MANY, GtkBox)

/*
 * What is done to several media at once: their tags, a post that shows them all, deleting. Signals
 * "toast" (string, boolean), "closed" ().
 */
GtkWidget *smm_media_many_new (SmmLibrary *library);
/* @media: SmmMedia*, in the order in which a post shows them. */
void smm_media_many_show (SmmMediaMany *self, GPtrArray *media);

G_END_DECLS
