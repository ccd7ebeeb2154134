/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-import-list.h"

struct _SmmImportItem
{
  GObject parent_instance;

  SmmImportList *list; /* borrowed; NULL when it shows something else */
  SmmImport *import;
  guint n;
};

struct _SmmImportList
{
  GObject parent_instance;

  SmmImport *import;
  GArray *numbers;   /* guint: rows that are shown; NULL: all */
  GHashTable *alive; /* number → SmmImportItem *, borrowed: rows that somebody has */
  gboolean problems_only;
};

static void smm_import_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (SmmImportItem, smm_import_item, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (SmmImportList, smm_import_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      smm_import_list_model_init))

enum
{
  CHANGED,
  N_ITEM_SIGNALS
};

static guint item_signals[N_ITEM_SIGNALS];

/* --- Rows --- */

static void
smm_import_item_finalize (GObject *object)
{
  SmmImportItem *self = SMM_IMPORT_ITEM (object);

  if (self->list != NULL)
    g_hash_table_remove (self->list->alive, GUINT_TO_POINTER (self->n));
  smm_import_unref (self->import);
  G_OBJECT_CLASS (smm_import_item_parent_class)->finalize (object);
}

static void
smm_import_item_class_init (SmmImportItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_import_item_finalize;
  item_signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_import_item_init (SmmImportItem *self)
{
}

SmmImportRow *
smm_import_item_get_row (SmmImportItem *self)
{
  g_return_val_if_fail (SMM_IS_IMPORT_ITEM (self), NULL);

  return self->import->rows->pdata[self->n];
}

/* --- GListModel --- */

static GType
smm_import_list_get_item_type (GListModel *model)
{
  return SMM_TYPE_IMPORT_ITEM;
}

static guint
smm_import_list_get_n_items (GListModel *model)
{
  SmmImportList *self = SMM_IMPORT_LIST (model);

  if (self->import == NULL)
    return 0;
  return self->numbers != NULL ? self->numbers->len : self->import->rows->len;
}

static gpointer
smm_import_list_get_item (GListModel *model, guint position)
{
  SmmImportList *self = SMM_IMPORT_LIST (model);
  SmmImportItem *item;
  guint n;

  if (position >= smm_import_list_get_n_items (model))
    return NULL;
  n = self->numbers != NULL ? g_array_index (self->numbers, guint, position) : position;
  item = g_hash_table_lookup (self->alive, GUINT_TO_POINTER (n));
  if (item != NULL)
    return g_object_ref (item);
  item = g_object_new (SMM_TYPE_IMPORT_ITEM, NULL);
  item->list = self;
  item->import = smm_import_ref (self->import);
  item->n = n;
  g_hash_table_insert (self->alive, GUINT_TO_POINTER (n), item);
  return item;
}

static void
smm_import_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = smm_import_list_get_item_type;
  iface->get_n_items = smm_import_list_get_n_items;
  iface->get_item = smm_import_list_get_item;
}

/* --- What is shown --- */

static void
find_numbers (SmmImportList *self)
{
  g_clear_pointer (&self->numbers, g_array_unref);
  if (!self->problems_only || self->import == NULL)
    return;
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < self->import->rows->len; i++)
    if (((SmmImportRow *)self->import->rows->pdata[i])->problems->len > 0)
      g_array_append_val (self->numbers, i);
}

static void
let_go (SmmImportList *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    SMM_IMPORT_ITEM (value)->list = NULL;
  g_hash_table_remove_all (self->alive);
}

/**
 * smm_import_list_set_import:
 * @self: a list
 * @import: (nullable): what it shows from now on
 */
void
smm_import_list_set_import (SmmImportList *self, SmmImport *import)
{
  guint before;

  g_return_if_fail (SMM_IS_IMPORT_LIST (self));

  before = smm_import_list_get_n_items (G_LIST_MODEL (self));
  let_go (self);
  if (import != NULL)
    smm_import_ref (import);
  g_clear_pointer (&self->import, smm_import_unref);
  self->import = import;
  find_numbers (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before,
                              smm_import_list_get_n_items (G_LIST_MODEL (self)));
}

void
smm_import_list_set_problems_only (SmmImportList *self, gboolean problems_only)
{
  guint before;

  g_return_if_fail (SMM_IS_IMPORT_LIST (self));

  before = smm_import_list_get_n_items (G_LIST_MODEL (self));
  self->problems_only = problems_only;
  find_numbers (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before,
                              smm_import_list_get_n_items (G_LIST_MODEL (self)));
}

void
smm_import_list_row_changed (SmmImportList *self, guint n)
{
  SmmImportItem *item;

  g_return_if_fail (SMM_IS_IMPORT_LIST (self));

  item = g_hash_table_lookup (self->alive, GUINT_TO_POINTER (n));
  if (item != NULL)
    g_signal_emit (item, item_signals[CHANGED], 0);
}

static void
smm_import_list_finalize (GObject *object)
{
  SmmImportList *self = SMM_IMPORT_LIST (object);

  let_go (self);
  g_clear_pointer (&self->alive, g_hash_table_unref);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_clear_pointer (&self->import, smm_import_unref);
  G_OBJECT_CLASS (smm_import_list_parent_class)->finalize (object);
}

static void
smm_import_list_class_init (SmmImportListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_import_list_finalize;
}

static void
smm_import_list_init (SmmImportList *self)
{
  self->alive = g_hash_table_new (NULL, NULL);
}

SmmImportList *
smm_import_list_new (void)
{
  return g_object_new (SMM_TYPE_IMPORT_LIST, NULL);
}
