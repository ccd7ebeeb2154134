/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-agenda-lines.h"

#define MOST_WIDGETS 200
#define STEP 12

struct _SmmAgendaLines
{
  GObject parent_instance;

  GListStore *slots;
  GPtrArray *lines; /* SmmAgendaItem: all that are to be shown */
  SmmAgendaSame same;
};

G_DEFINE_FINAL_TYPE (SmmAgendaSlot, smm_agenda_slot, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (SmmAgendaLines, smm_agenda_lines, G_TYPE_OBJECT)

static void
smm_agenda_slot_finalize (GObject *object)
{
  g_clear_object (&SMM_AGENDA_SLOT (object)->item);
  G_OBJECT_CLASS (smm_agenda_slot_parent_class)->finalize (object);
}

static void
smm_agenda_slot_class_init (SmmAgendaSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_agenda_slot_finalize;
}

static void
smm_agenda_slot_init (SmmAgendaSlot *self)
{
}

static void
smm_agenda_lines_finalize (GObject *object)
{
  SmmAgendaLines *self = SMM_AGENDA_LINES (object);

  g_clear_object (&self->slots);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  G_OBJECT_CLASS (smm_agenda_lines_parent_class)->finalize (object);
}

static void
smm_agenda_lines_class_init (SmmAgendaLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_agenda_lines_finalize;
}

static void
smm_agenda_lines_init (SmmAgendaLines *self)
{
  self->slots = g_list_store_new (SMM_TYPE_AGENDA_SLOT);
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
}

SmmAgendaLines *
smm_agenda_lines_new (SmmAgendaSame same)
{
  SmmAgendaLines *self = g_object_new (SMM_TYPE_AGENDA_LINES, NULL);

  self->same = same;
  return self;
}

GListModel *
smm_agenda_lines_get_model (SmmAgendaLines *self)
{
  return G_LIST_MODEL (self->slots);
}

static SmmAgendaSlot *
get_slot (SmmAgendaLines *self, guint position)
{
  g_autoptr (SmmAgendaSlot) slot = g_list_model_get_item (G_LIST_MODEL (self->slots), position);

  return slot; /* the list keeps it */
}

SmmAgendaItem *
smm_agenda_lines_get_item (SmmAgendaLines *self, guint position)
{
  SmmAgendaSlot *slot = get_slot (self, position);

  return slot != NULL ? slot->item : NULL;
}

static void
splice (SmmAgendaLines *self, guint position, guint removed, guint added)
{
  g_autoptr (GPtrArray) slots = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++)
    {
      SmmAgendaSlot *slot = g_object_new (SMM_TYPE_AGENDA_SLOT, NULL);

      slot->item = g_object_ref (self->lines->pdata[position + i]);
      g_ptr_array_add (slots, slot);
    }
  g_list_store_splice (self->slots, position, removed, slots->pdata, added);
}

static gboolean
is_same_at (SmmAgendaLines *self, guint position, GPtrArray *lines, guint index)
{
  SmmAgendaItem *item = smm_agenda_lines_get_item (self, position);

  return item != NULL && self->same (item, lines->pdata[index]);
}

void
smm_agenda_lines_show (SmmAgendaLines *self, GPtrArray *lines)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->slots)), head = 0, tail = 0;
  guint removed, added, kept;

  while (head < n && head < lines->len && is_same_at (self, head, lines, head))
    head++;
  /* Where many come or go, they do so at the end, with steps. */
  if (n == self->lines->len && MAX (n, lines->len) - MIN (n, lines->len) <= STEP)
    while (tail < n - head && tail < lines->len - head
           && is_same_at (self, n - 1 - tail, lines, lines->len - 1 - tail))
      tail++;
  g_ptr_array_ref (lines);
  g_ptr_array_unref (self->lines);
  self->lines = lines;
  removed = n - head - tail;
  added = tail > 0 ? lines->len - head - tail : removed;
  kept = MIN (removed, added);
  for (guint i = head; i < head + kept; i++)
    {
      SmmAgendaSlot *slot = get_slot (self, i);
      SmmAgendaItem *item = i < lines->len ? lines->pdata[i] : NULL;

      g_set_object (&slot->item, item);
      slot->stale = TRUE;
    }
  if (removed != added)
    splice (self, head + kept, removed - kept, added - kept);
}

gboolean
smm_agenda_lines_step (SmmAgendaLines *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->slots)), wanted = self->lines->len;

  if (n == wanted)
    return FALSE;
  if (n > wanted && n > MOST_WIDGETS)
    splice (self, MAX (wanted, MOST_WIDGETS), n - MAX (wanted, MOST_WIDGETS), 0);
  else if (n > wanted)
    splice (self, MAX (wanted, n - MIN (n, STEP)), MIN (n - wanted, STEP), 0);
  else
    splice (self, n, 0, n < MOST_WIDGETS ? MIN (wanted - n, STEP) : wanted - n);
  return TRUE;
}
