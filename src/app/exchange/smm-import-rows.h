/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "smm-import-list.h"

G_BEGIN_DECLS

/* How rows of a table that is being imported look: kept by whoever has the table. */
typedef struct
{
  GTimeZone *zone; /* of the brand */
  gboolean narrow; /* the time stands under the text */
} SmmImportRows;

void smm_import_rows_set_up (SmmImportRows *self, GtkColumnViewColumn *line,
                             GtkColumnViewColumn *post, GtkColumnViewColumn *when);

G_END_DECLS
