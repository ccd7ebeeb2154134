/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GByteArray *smm_file_read (GFile *file, gsize most, GCancellable *cancellable, GError **error);

G_END_DECLS
