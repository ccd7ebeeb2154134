/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-agenda-row.h"

G_BEGIN_DECLS

/*
 * The lines of an agenda as a list whose places stay: other lines take the places there are. GTK 4.8
 * keeps widgets for 200 places whatever is on screen, and making them takes long; so places come
 * and go some at a time, with steps.
 */

/* A place. */
#define SMM_TYPE_AGENDA_SLOT (smm_agenda_slot_get_type ())
G_DECLARE_FINAL_TYPE (SmmAgendaSlot, smm_agenda_slot, SMM, AGENDA_SLOT, GObject)
struct _SmmAgendaSlot
{
  GObject parent_instance;
  SmmAgendaItem *item; /* NULL: the place is about to go */
  gboolean stale;      /* its widget shows what was there before */
};

#define SMM_TYPE_AGENDA_LINES (smm_agenda_lines_get_type ())
G_DECLARE_FINAL_TYPE (SmmAgendaLines, smm_agenda_lines, SMM, AGENDA_LINES, GObject)

/* Whether two lines look the same. */
typedef gboolean (*SmmAgendaSame) (SmmAgendaItem *a, SmmAgendaItem *b);

SmmAgendaLines *smm_agenda_lines_new (SmmAgendaSame same);
/* Of SmmAgendaSlot; owned by @self. */
GListModel *smm_agenda_lines_get_model (SmmAgendaLines *self);
/* NULL: a place that is about to go, or none. */
SmmAgendaItem *smm_agenda_lines_get_item (SmmAgendaLines *self, guint position);
/* What is the same at the beginning and at the end stays where it is; @lines: SmmAgendaItem. */
void smm_agenda_lines_show (SmmAgendaLines *self, GPtrArray *lines);
/* Some places more or fewer at the end. FALSE: there are as many as there are lines. */
gboolean smm_agenda_lines_step (SmmAgendaLines *self);

G_END_DECLS
