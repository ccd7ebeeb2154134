/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Posts as files that other programs read. The table has the columns of smm-import.h and can be
 * imported again; media are named by their hash, "sha256:…". The calendar is RFC 5545, made here:
 * libical is not in the GNOME runtime, and the part of it that posts need is this small.
 */

#pragma once

#include "smm-store.h"

G_BEGIN_DECLS

/* @posts: SmmPost*. UTF-8 with a mark, so that spreadsheets read it as such; CRLF. */
char *smm_export_csv (GPtrArray *posts);
/* Only posts with a time. */
char *smm_export_ics (GPtrArray *posts);
/* An array with an object for each post. */
char *smm_export_json (GPtrArray *posts);

G_END_DECLS
