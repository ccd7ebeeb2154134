/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-post-list.h"

#include "smm-search.h"

/* Rows read at once, and pages kept though nothing shows them. */
#define PAGE 32
#define MAX_PAGES 16

struct _SmmPostRow
{
  GObject parent_instance;

  SmmPostList *list; /* borrowed; NULL when the list is gone */
  gint64 number;
  SmmChip *chip;
};

struct _SmmPostList
{
  GObject parent_instance;

  SmmLibrary *library;
  SmmSearch *search;
  SmmStore *searched; /* borrowed: the store that search belongs to, to be compared only */
  SmmPostFilter filter;
  gboolean has_filter;

  GArray *numbers;   /* gint64 */
  GHashTable *alive; /* gint64 * → SmmPostRow *, borrowed: rows that somebody has */
  GQueue pages;      /* GPtrArray * of SmmPostRow: read last first */
  GtkBitset *selected;
  guint total;
};

static void smm_post_list_model_init (GListModelInterface *iface);
static void smm_post_list_selection_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE (SmmPostRow, smm_post_row, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (SmmPostList, smm_post_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, smm_post_list_model_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          smm_post_list_selection_init))

enum
{
  CHANGED,
  N_ROW_SIGNALS
};
enum
{
  FOUND,
  N_SIGNALS
};

static guint row_signals[N_ROW_SIGNALS];
static guint signals[N_SIGNALS];

/* --- Rows --- */

static void
smm_post_row_dispose (GObject *object)
{
  SmmPostRow *self = SMM_POST_ROW (object);

  if (self->list != NULL)
    g_hash_table_remove (self->list->alive, &self->number);
  self->list = NULL;
  g_clear_object (&self->chip);
  G_OBJECT_CLASS (smm_post_row_parent_class)->dispose (object);
}

static void
smm_post_row_class_init (SmmPostRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_post_row_dispose;
  row_signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_post_row_init (SmmPostRow *self)
{
}

/**
 * smm_post_row_get_chip:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
SmmChip *
smm_post_row_get_chip (SmmPostRow *self)
{
  g_return_val_if_fail (SMM_IS_POST_ROW (self), NULL);

  return self->chip;
}

static SmmPostRow *
row_new (SmmPostList *self, gint64 number, SmmChip *chip)
{
  SmmPostRow *row = g_object_new (SMM_TYPE_POST_ROW, NULL);

  row->list = self;
  row->number = number;
  g_set_object (&row->chip, chip);
  g_hash_table_insert (self->alive, &row->number, row);
  return row;
}

static gboolean
same_chip (SmmChip *a, SmmChip *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->due_at == b->due_at && a->state == b->state && a->platforms == b->platforms
         && a->handed_over == b->handed_over && g_strcmp0 (a->title, b->title) == 0
         && g_strcmp0 (a->thumbnail, b->thumbnail) == 0 && g_strcmp0 (a->post_id, b->post_id) == 0;
}

/* Reads the page that @position is on and keeps it for a while. */
static void
read_page (SmmPostList *self, guint position)
{
  SmmStore *store = smm_library_get_store (self->library);
  guint first = position - position % PAGE;
  guint n = MIN (PAGE, self->numbers->len - first);
  const gint64 *numbers = &g_array_index (self->numbers, gint64, first);
  g_autoptr (GPtrArray) chips = NULL;
  GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);

  if (store != NULL)
    chips = smm_store_list_rows (store, numbers, n);
  for (guint i = 0; i < n; i++)
    {
      SmmPostRow *row = g_hash_table_lookup (self->alive, &numbers[i]);

      if (row != NULL)
        g_object_ref (row);
      else
        row = row_new (self, numbers[i], chips != NULL ? chips->pdata[i] : NULL);
      g_ptr_array_add (page, row);
    }
  g_queue_push_head (&self->pages, page);
  while (self->pages.length > MAX_PAGES)
    g_ptr_array_unref (g_queue_pop_tail (&self->pages));
}

static void
forget_pages (SmmPostList *self)
{
  GPtrArray *page;

  while ((page = g_queue_pop_head (&self->pages)) != NULL)
    g_ptr_array_unref (page);
}

/* What is on screen is read again; the rest when it is asked for. */
static void
reread_rows (SmmPostList *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) chips = NULL;
  GHashTableIter iter;
  gpointer value;

  forget_pages (self);
  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      g_array_append_val (numbers, SMM_POST_ROW (value)->number);
      g_ptr_array_add (rows, g_object_ref (value));
    }
  if (store == NULL || rows->len == 0)
    return;
  chips = smm_store_list_rows (store, (const gint64 *)numbers->data, numbers->len);
  for (guint i = 0; i < rows->len; i++)
    {
      SmmPostRow *row = rows->pdata[i];

      if (same_chip (row->chip, chips->pdata[i]))
        continue;
      g_set_object (&row->chip, chips->pdata[i]);
      g_signal_emit (row, row_signals[CHANGED], 0);
    }
}

/* --- GListModel --- */

static GType
smm_post_list_get_item_type (GListModel *model)
{
  return SMM_TYPE_POST_ROW;
}

static guint
smm_post_list_get_n_items (GListModel *model)
{
  return SMM_POST_LIST (model)->numbers->len;
}

static gpointer
smm_post_list_get_item (GListModel *model, guint position)
{
  SmmPostList *self = SMM_POST_LIST (model);
  SmmPostRow *row;

  if (position >= self->numbers->len)
    return NULL;
  row = g_hash_table_lookup (self->alive, &g_array_index (self->numbers, gint64, position));
  if (row == NULL)
    {
      read_page (self, position);
      row = g_hash_table_lookup (self->alive, &g_array_index (self->numbers, gint64, position));
    }
  return g_object_ref (row);
}

static void
smm_post_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = smm_post_list_get_item_type;
  iface->get_n_items = smm_post_list_get_n_items;
  iface->get_item = smm_post_list_get_item;
}

/* --- GtkSelectionModel --- */

static gboolean
smm_post_list_is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (SMM_POST_LIST (model)->selected, position);
}

static GtkBitset *
smm_post_list_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (SMM_POST_LIST (model)->selected);
}

static gboolean
smm_post_list_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  SmmPostList *self = SMM_POST_LIST (model);
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->selected);

  /* What GTK calls a difference is what is in one of both. */
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  gtk_bitset_difference (self->selected, changes);
  if (!gtk_bitset_is_empty (changes))
    gtk_selection_model_selection_changed (model, gtk_bitset_get_minimum (changes),
                                           gtk_bitset_get_maximum (changes)
                                               - gtk_bitset_get_minimum (changes) + 1);
  return TRUE;
}

/* The cursor goes through the list without choosing anything: that is for Space, Shift, Ctrl and
 * the check marks. */
static gboolean
smm_post_list_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  g_autoptr (GtkBitset) one = gtk_bitset_new_range (position, 1);

  if (unselect_rest)
    return FALSE;
  return smm_post_list_set_selection (model, one, one);
}

static void
smm_post_list_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = smm_post_list_is_selected;
  iface->get_selection_in_range = smm_post_list_get_selection_in_range;
  iface->set_selection = smm_post_list_set_selection;
  iface->select_item = smm_post_list_select_item;
}

/* The posts that were chosen, wherever they are now. */
static GtkBitset *
find_selected (GtkBitset *selected, GArray *before, GArray *after)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  GtkBitset *found = gtk_bitset_new_empty ();
  GtkBitsetIter iter;
  guint position;

  for (gboolean any = gtk_bitset_iter_init_first (&iter, selected, &position); any;
       any = gtk_bitset_iter_next (&iter, &position))
    g_hash_table_add (wanted, &g_array_index (before, gint64, position));
  for (guint i = 0; i < after->len && g_hash_table_size (wanted) > 0; i++)
    if (g_hash_table_contains (wanted, &g_array_index (after, gint64, i)))
      gtk_bitset_add (found, i);
  return found;
}

/* --- Finding --- */

/* How many are the same at the beginning, and at the end. */
static void
compare_ends (GArray *before, GArray *after, guint *first, guint *last)
{
  guint most = MIN (before->len, after->len);

  *first = *last = 0;
  while (*first < most
         && g_array_index (before, gint64, *first) == g_array_index (after, gint64, *first))
    *first += 1;
  while (*last < most - *first
         && g_array_index (before, gint64, before->len - 1 - *last)
                == g_array_index (after, gint64, after->len - 1 - *last))
    *last += 1;
}

static void
take_numbers (SmmPostList *self, GArray *numbers)
{
  g_autoptr (GArray) before = self->numbers;
  g_autoptr (GtkBitset) had = self->selected;
  guint first, last;

  compare_ends (before, numbers, &first, &last);
  self->numbers = g_array_ref (numbers);
  self->selected
      = gtk_bitset_is_empty (had) ? gtk_bitset_new_empty () : find_selected (had, before, numbers);
  reread_rows (self);
  if (first + last < MAX (before->len, numbers->len))
    g_list_model_items_changed (G_LIST_MODEL (self), first, before->len - first - last,
                                numbers->len - first - last);
  if (!gtk_bitset_equals (had, self->selected) && numbers->len > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, numbers->len);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPostList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmFound) found = smm_search_run_finish (SMM_SEARCH (source), result, &error);

  if (found == NULL || self->search != SMM_SEARCH (source))
    return;
  self->total = found->total;
  take_numbers (self, found->numbers);
  g_signal_emit (self, signals[FOUND], 0);
}

/* A library that was opened anew (the last one was restored from a backup) is read anew. */
static gboolean
ensure_search (SmmPostList *self)
{
  SmmStore *store = smm_library_get_store (self->library);

  if (store == NULL)
    return FALSE;
  if (self->search == NULL || self->searched != store)
    {
      g_clear_object (&self->search);
      self->search = smm_search_new (smm_store_get_paths (store));
      self->searched = store;
    }
  return TRUE;
}

/**
 * smm_post_list_refresh:
 * @self: a list
 */
void
smm_post_list_refresh (SmmPostList *self)
{
  g_return_if_fail (SMM_IS_POST_LIST (self));

  if (self->has_filter && ensure_search (self))
    smm_search_run_async (self->search, &self->filter, NULL, on_found, g_object_ref (self));
}

static void
clear_filter (SmmPostList *self)
{
  g_free ((char *)self->filter.brand_id);
  g_free ((char *)self->filter.account_id);
  g_free ((char *)self->filter.tag_id);
  g_free ((char *)self->filter.search);
  self->filter = (SmmPostFilter){ .state = -1 };
}

/**
 * smm_post_list_set_filter:
 * @self: a list
 * @filter: what to list
 */
void
smm_post_list_set_filter (SmmPostList *self, const SmmPostFilter *filter)
{
  g_return_if_fail (SMM_IS_POST_LIST (self));
  g_return_if_fail (filter != NULL);

  clear_filter (self);
  self->filter = *filter;
  self->filter.brand_id = g_strdup (filter->brand_id);
  self->filter.account_id = g_strdup (filter->account_id);
  self->filter.tag_id = g_strdup (filter->tag_id);
  self->filter.search = g_strdup (filter->search);
  self->has_filter = TRUE;
  smm_post_list_refresh (self);
}

const SmmPostFilter *
smm_post_list_get_filter (SmmPostList *self)
{
  g_return_val_if_fail (SMM_IS_POST_LIST (self), NULL);

  return &self->filter;
}

guint
smm_post_list_get_total (SmmPostList *self)
{
  g_return_val_if_fail (SMM_IS_POST_LIST (self), 0);

  return self->total;
}

guint
smm_post_list_get_n_selected (SmmPostList *self)
{
  g_return_val_if_fail (SMM_IS_POST_LIST (self), 0);

  return gtk_bitset_get_size (self->selected);
}

/**
 * smm_post_list_dup_selected:
 * @self: a list
 *
 * Returns: (transfer full): ids of the chosen posts, in the order of the list
 */
char **
smm_post_list_dup_selected (SmmPostList *self)
{
  SmmStore *store;
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GPtrArray) chips = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (SMM_IS_POST_LIST (self), NULL);

  store = smm_library_get_store (self->library);
  for (gboolean any = gtk_bitset_iter_init_first (&iter, self->selected, &position); any;
       any = gtk_bitset_iter_next (&iter, &position))
    g_array_append_val (numbers, g_array_index (self->numbers, gint64, position));
  if (store != NULL)
    chips = smm_store_list_rows (store, (const gint64 *)numbers->data, numbers->len);
  for (guint i = 0; chips != NULL && i < chips->len; i++)
    if (chips->pdata[i] != NULL)
      g_strv_builder_add (ids, ((SmmChip *)chips->pdata[i])->post_id);
  return g_strv_builder_end (ids);
}

static void
smm_post_list_finalize (GObject *object)
{
  SmmPostList *self = SMM_POST_LIST (object);
  GHashTableIter iter;
  gpointer value;

  forget_pages (self);
  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    SMM_POST_ROW (value)->list = NULL;
  clear_filter (self);
  g_clear_pointer (&self->alive, g_hash_table_unref);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_clear_pointer (&self->selected, gtk_bitset_unref);
  g_clear_object (&self->search);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_post_list_parent_class)->finalize (object);
}

static void
smm_post_list_class_init (SmmPostListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_post_list_finalize;
  signals[FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_post_list_init (SmmPostList *self)
{
  self->filter.state = -1;
  self->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->alive = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->selected = gtk_bitset_new_empty ();
  g_queue_init (&self->pages);
}

/**
 * smm_post_list_new:
 * @library: where the posts are
 *
 * Returns: (transfer full): a list, empty until it has a filter
 */
SmmPostList *
smm_post_list_new (SmmLibrary *library)
{
  SmmPostList *self = g_object_new (SMM_TYPE_POST_LIST, NULL);

  self->library = g_object_ref (library);
  return self;
}
