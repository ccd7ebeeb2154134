/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Addresses of mail as they are written by people. Narrower than RFC 5322: no comments, no quoted
 * local parts; nothing in them can end a line or add another address.
 */
#define SMM_MAIL_MAX_RECIPIENTS 10

gboolean smm_mail_address_is_valid (const char *address);
/* The address alone, or a name and the address in angle brackets. */
gboolean smm_mail_sender_is_valid (const char *sender);
/* Without what spaces are around them; NULL: one is none, or they are too many. */
GStrv smm_mail_split_recipients (const char *recipients);

G_END_DECLS
