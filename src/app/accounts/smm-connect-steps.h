/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_CONNECT_N_STEPS 4

/* The steps of the assistant, one under the other, of its template: "mark_1", "name_1", "note_1" and the
 * revealer "body_1", and so on. */
typedef struct
{
  GtkWidget *marks[SMM_CONNECT_N_STEPS], *names[SMM_CONNECT_N_STEPS];
  GtkWidget *notes[SMM_CONNECT_N_STEPS], *bodies[SMM_CONNECT_N_STEPS];
} SmmConnectSteps;

void smm_connect_steps_bind (GtkWidgetClass *widget_class, gssize offset);
void smm_connect_steps_show (SmmConnectSteps *self, int n, int at, gboolean all_done,
                             const char *name, const char *note);

G_END_DECLS
