/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-model.h"

G_BEGIN_DECLS

typedef enum
{
  SMM_AGENDA_DAY,
  SMM_AGENDA_POST,
  SMM_AGENDA_NOW,
} SmmAgendaKind;

#define SMM_TYPE_AGENDA_ITEM (smm_agenda_item_get_type ())
G_DECLARE_FINAL_TYPE (SmmAgendaItem, smm_agenda_item, SMM, AGENDA_ITEM, GObject)

/* One line of an agenda: the name of a day, a post, or the present moment between two posts. */
struct _SmmAgendaItem
{
  GObject parent_instance;
  SmmAgendaKind kind;
  guint32 day;
  SmmChip *chip;        /* of a post */
  char *note;           /* of a day; NULL: none */
  gboolean first, last; /* of its day: where the card is round */
};
SmmAgendaItem *smm_agenda_item_new (SmmAgendaKind kind, guint32 day, SmmChip *chip);

#define SMM_TYPE_AGENDA_ROW (smm_agenda_row_get_type ())
G_DECLARE_FINAL_TYPE (SmmAgendaRow, smm_agenda_row, SMM, AGENDA_ROW, GtkWidget)

GtkWidget *smm_agenda_row_new (void);
void smm_agenda_row_set_item (SmmAgendaRow *self, SmmAgendaItem *item, GTimeZone *zone);
SmmAgendaItem *smm_agenda_row_get_item (SmmAgendaRow *self);

G_END_DECLS
