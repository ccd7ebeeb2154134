/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-post-list.h"

#include "smm-search.h"

/* Rows read at once, and pages kept though nothing shows them. */
#define PAGE 32
#define MAX_PAGES 16
/* A table makes widgets for so many rows, on screen or not: they come, change and go some at a
 * time, those in sight first, so that no frame waits for all. */
#define MOST_WIDGETS 200
#define STEP 32

struct _SmmPostRow
{
  GObject parent_instance;

  SmmPostList *list; /* borrowed; NULL when the list is gone */
  guint position;
  gint64 number; /* 0: of no post */
  SmmChip *chip;
  gboolean stale; /* the chip may be another post's by now */
  gboolean again; /* it is to be shown anew though it is the same */
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
  guint n_rows;      /* that the table knows of: on its way to as many as there are numbers */
  GHashTable *alive; /* position → SmmPostRow *, borrowed: rows that somebody has */
  GQueue pages;      /* GPtrArray * of SmmPostRow: read last first */
  GtkBitset *selected;
  guint sight, n_sight; /* the rows on screen */
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

static SmmPostRow *
find_row (SmmPostList *self, guint position)
{
  return g_hash_table_lookup (self->alive, GUINT_TO_POINTER (position));
}

static void
smm_post_row_dispose (GObject *object)
{
  SmmPostRow *self = SMM_POST_ROW (object);

  if (self->list != NULL)
    g_hash_table_remove (self->list->alive, GUINT_TO_POINTER (self->position));
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

/* Reads what the row shows; FALSE: it shows the same as before. */
static gboolean update_row (SmmPostRow *self, SmmChip *chip);

/**
 * smm_post_row_get_chip:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
SmmChip *
smm_post_row_get_chip (SmmPostRow *self)
{
  SmmStore *store;

  g_return_val_if_fail (SMM_IS_POST_ROW (self), NULL);

  store = self->stale && self->list != NULL ? smm_library_get_store (self->list->library) : NULL;
  if (store != NULL)
    {
      g_autoptr (GPtrArray) chips = smm_store_list_rows (store, &self->number, 1);

      if (update_row (self, chips->pdata[0]))
        g_signal_emit (self, row_signals[CHANGED], 0);
    }
  return self->chip;
}

static SmmPostRow *
row_new (SmmPostList *self, guint position, SmmChip *chip)
{
  SmmPostRow *row = g_object_new (SMM_TYPE_POST_ROW, NULL);

  row->list = self;
  row->position = position;
  if (position < self->numbers->len)
    row->number = g_array_index (self->numbers, gint64, position);
  g_set_object (&row->chip, chip);
  g_hash_table_insert (self->alive, GUINT_TO_POINTER (position), row);
  return row;
}

static gboolean
same_chip (SmmChip *a, SmmChip *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->due_at == b->due_at && a->state == b->state && a->platforms == b->platforms
         && a->handed_over == b->handed_over && g_strcmp0 (a->title, b->title) == 0
         && g_strcmp0 (a->thumbnail, b->thumbnail) == 0 && g_strcmp0 (a->post_id, b->post_id) == 0
         && g_strcmp0 (a->color, b->color) == 0 && g_strcmp0 (a->tags, b->tags) == 0;
}

static gboolean
update_row (SmmPostRow *self, SmmChip *chip)
{
  gboolean again = self->again;

  self->stale = self->again = FALSE;
  if (same_chip (self->chip, chip))
    return again;
  g_set_object (&self->chip, chip);
  return TRUE;
}

/* Reads the page that @position is on and keeps it for a while. */
static void
read_page (SmmPostList *self, guint position)
{
  SmmStore *store = smm_library_get_store (self->library);
  guint first = position - position % PAGE;
  guint n = MIN (PAGE, self->numbers->len - first);
  g_autoptr (GPtrArray) chips = NULL;
  GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);

  if (store != NULL)
    chips = smm_store_list_rows (store, &g_array_index (self->numbers, gint64, first), n);
  for (guint i = 0; i < n; i++)
    {
      SmmPostRow *row = find_row (self, first + i);

      if (row != NULL)
        g_object_ref (row);
      else
        row = row_new (self, first + i, chips != NULL ? chips->pdata[i] : NULL);
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

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  const SmmPostRow *one = *(SmmPostRow *const *)a, *other = *(SmmPostRow *const *)b;

  return (one->position > other->position) - (one->position < other->position);
}

/* Those whose post is to be read again: on screen, or @most of all. */
static GPtrArray *
list_stale (SmmPostList *self, gboolean in_sight, guint most)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &value) && rows->len < most)
    {
      SmmPostRow *row = value;

      if (row->stale
          && (!in_sight
              || (row->position >= self->sight && row->position < self->sight + self->n_sight)))
        g_ptr_array_add (rows, g_object_ref (row));
    }
  g_ptr_array_sort (rows, compare_positions);
  return rows;
}

/* FALSE: there was nothing to read. */
static gboolean
reread_rows (SmmPostList *self, gboolean in_sight, guint most)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GPtrArray) rows = list_stale (self, in_sight, most);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) chips = NULL;

  if (store == NULL || rows->len == 0)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    g_array_append_val (numbers, SMM_POST_ROW (rows->pdata[i])->number);
  chips = smm_store_list_rows (store, (const gint64 *)numbers->data, numbers->len);
  for (guint i = 0; i < rows->len; i++)
    if (update_row (rows->pdata[i], chips->pdata[i]))
      g_signal_emit (rows->pdata[i], row_signals[CHANGED], 0);
  return TRUE;
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
  return SMM_POST_LIST (model)->n_rows;
}

static gpointer
smm_post_list_get_item (GListModel *model, guint position)
{
  SmmPostList *self = SMM_POST_LIST (model);
  SmmPostRow *row;

  if (position >= self->n_rows)
    return NULL;
  row = find_row (self, position);
  if (row == NULL && position >= self->numbers->len)
    return row_new (self, position, NULL);
  if (row == NULL)
    {
      read_page (self, position);
      row = find_row (self, position);
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
  g_autoptr (GtkBitset) posts = gtk_bitset_new_range (0, self->numbers->len);
  guint first;

  /* What GTK calls a difference is what is in one of both. */
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  gtk_bitset_intersect (changes, posts);
  gtk_bitset_difference (self->selected, changes);
  if (gtk_bitset_is_empty (changes) || gtk_bitset_get_minimum (changes) >= self->n_rows)
    return TRUE;
  first = gtk_bitset_get_minimum (changes);
  gtk_selection_model_selection_changed (
      model, first, MIN (gtk_bitset_get_maximum (changes) + 1, self->n_rows) - first);
  return TRUE;
}

/* All, and not only those that have rows already. */
static gboolean
smm_post_list_select_all (GtkSelectionModel *model)
{
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, SMM_POST_LIST (model)->numbers->len);

  return smm_post_list_set_selection (model, all, all);
}

static gboolean
smm_post_list_unselect_all (GtkSelectionModel *model)
{
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, SMM_POST_LIST (model)->numbers->len);
  g_autoptr (GtkBitset) none = gtk_bitset_new_empty ();

  return smm_post_list_set_selection (model, none, all);
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
  iface->select_all = smm_post_list_select_all;
  iface->unselect_all = smm_post_list_unselect_all;
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

/* Some rows more or fewer at the end. FALSE: there are as many as there are to be. */
static gboolean
step_rows (SmmPostList *self)
{
  guint before = self->n_rows, wanted = self->numbers->len;

  if (before == wanted)
    return FALSE;
  if (before < wanted)
    self->n_rows = before < MOST_WIDGETS ? MIN (before + STEP, wanted) : wanted;
  else
    self->n_rows = MAX (before > MOST_WIDGETS ? MOST_WIDGETS : before - MIN (before, STEP), wanted);
  if (self->n_rows > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->n_rows - before);
  else
    g_list_model_items_changed (G_LIST_MODEL (self), self->n_rows, before - self->n_rows, 0);
  return TRUE;
}

/**
 * smm_post_list_step:
 * @self: a list
 *
 * For once a frame after "found": rows out of sight are read, and rows come or go at the end.
 *
 * Returns: %FALSE when there is nothing left to do
 */
gboolean
smm_post_list_step (SmmPostList *self)
{
  g_return_val_if_fail (SMM_IS_POST_LIST (self), FALSE);

  return reread_rows (self, FALSE, STEP) || step_rows (self);
}

/* Where each row that somebody has is now: the first ones and the last ones stay on their posts,
 * what is between shows another one, and what has no place any more is let go. */
static void
move_rows (SmmPostList *self, guint first, guint kept, guint last, guint n_before)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->alive);
  int shift = (int)self->n_rows - (int)n_before;
  GHashTableIter iter;
  gpointer value;

  self->alive = g_hash_table_new (NULL, NULL);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      SmmPostRow *row = value;

      if (row->position >= n_before - last)
        row->position += shift;
      else if (row->position >= first + kept)
        {
          row->list = NULL;
          continue;
        }
      row->number = row->position < self->numbers->len
                        ? g_array_index (self->numbers, gint64, row->position)
                        : 0;
      row->stale = TRUE;
      g_hash_table_insert (self->alive, GUINT_TO_POINTER (row->position), row);
    }
}

/* What comes and goes somewhere in the list leaves the rows around it where they are; another list
 * takes the rows there are. */
static void
take_numbers (SmmPostList *self, GArray *numbers)
{
  g_autoptr (GArray) before = self->numbers;
  g_autoptr (GtkBitset) had = self->selected;
  guint n_before = self->n_rows, first, last, removed, added, kept;

  compare_ends (before, numbers, &first, &last);
  first = MIN (first, n_before);
  if (n_before != before->len
      || (MIN (before->len, numbers->len) <= MOST_WIDGETS
          && MAX (before->len, numbers->len) - MIN (before->len, numbers->len) > STEP))
    last = 0;
  removed = n_before - first - last;
  added = last > 0 ? numbers->len - first - last : removed;
  kept = MIN (removed, added);
  self->numbers = g_array_ref (numbers);
  self->selected
      = gtk_bitset_is_empty (had) ? gtk_bitset_new_empty () : find_selected (had, before, numbers);
  self->n_rows += added - removed;
  forget_pages (self);
  move_rows (self, first, kept, last, n_before);
  if (added != removed)
    g_list_model_items_changed (G_LIST_MODEL (self), first + kept, removed - kept, added - kept);
  reread_rows (self, TRUE, G_MAXUINT);
  step_rows (self);
  if (!gtk_bitset_equals (had, self->selected) && self->n_rows > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, self->n_rows);
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

/**
 * smm_post_list_show_again:
 * @self: a list
 *
 * With the next list that is found every row is "changed": what it says may depend on the day, or
 * on the brand's zone.
 */
void
smm_post_list_show_again (SmmPostList *self)
{
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (SMM_IS_POST_LIST (self));

  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    SMM_POST_ROW (row)->again = TRUE;
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
smm_post_list_get_n_found (SmmPostList *self)
{
  g_return_val_if_fail (SMM_IS_POST_LIST (self), 0);

  return self->numbers->len;
}

/**
 * smm_post_list_set_sight:
 * @self: a list
 * @first: the first row on screen
 * @n: how many are on screen
 *
 * These are read again first.
 */
void
smm_post_list_set_sight (SmmPostList *self, guint first, guint n)
{
  g_return_if_fail (SMM_IS_POST_LIST (self));

  self->sight = first;
  self->n_sight = n;
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
  self->alive = g_hash_table_new (NULL, NULL);
  self->n_sight = STEP;
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
