/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: app/plan.
 *
 * What a brand plans with, beyond single posts: the times of its
 * week, tags and campaigns, recurring posts. SmmPlanPage takes the whole
 * window; each of its panels can stand elsewhere too, as the times do in the brand's assistant. A
 * panel reads the library when it is shown and when the library changes, and changes it with one
 * command for each thing that people do, so that Undo takes back just that.
 */

#pragma once

#include <adwaita.h>

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_TYPE_PLAN_PAGE (smm_plan_page_get_type ())
G_DECLARE_FINAL_TYPE (SmmPlanPage, smm_plan_page, SMM, PLAN_PAGE, AdwBin)

/* Signals "closed" (), "toast" (string, boolean undoable). */
GtkWidget *smm_plan_page_new (SmmLibrary *library);
/* @part: "times", "tags", "repeats". */
void smm_plan_page_open (SmmPlanPage *self, SmmBrand *brand, const char *part);
void smm_plan_page_set_narrow (SmmPlanPage *self, gboolean narrow);

G_END_DECLS
