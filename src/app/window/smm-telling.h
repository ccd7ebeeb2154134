/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-library-remote.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void smm_apply_telling (GtkWidget *widget, SmmLibrary *library, SmmCommand *command,
                        const char *text, gboolean undoable);
void smm_look_now_telling (GtkWidget *widget, SmmLibraryRemote *library, const char *target_id);

G_END_DECLS
