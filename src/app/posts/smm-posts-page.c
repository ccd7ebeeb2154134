/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-posts-page.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-bulk-bar.h"
#include "smm-export-dialog.h"
#include "smm-popover.h"
#include "smm-post-card.h"
#include "smm-post-columns.h"
#include "smm-post-filters.h"
#include "smm-post-list.h"
#include "smm-state-icon.h"
#include "smm-text-scale.h"

struct _SmmPostsPage
{
  GtkBox parent_instance;

  GtkWidget *sidebar_toggle;
  GtkWidget *new_wide;
  GtkWidget *undo;
  GtkWidget *new_narrow;
  GtkToggleButton *choose;
  GtkWidget *choose_narrow;
  GtkWidget *exchange;
  GtkWidget *exchange_narrow;
  AdwHeaderBar *header;
  GtkWidget *search;
  GtkBox *filter_place;
  GtkWidget *count;
  GtkStack *stack;
  GtkColumnView *table;
  GtkColumnViewColumn *check_column;
  GtkColumnViewColumn *post_column;
  GtkColumnViewColumn *where_column;
  GtkColumnViewColumn *state_column;
  GtkColumnViewColumn *when_column;
  AdwStatusPage *empty;
  GtkWidget *filters; /* SmmPostFilters */
  GtkWidget *bulk;    /* SmmBulkBar */
  GtkWidget *popover;

  SmmLibrary *library;
  SmmBrand *brand;
  SmmPostList *list;
  SmmPostColumns columns;
  guint step_tick;   /* while the table changes frame by frame */
  guint step_source; /* while it does out of sight */
  gboolean narrow;
  gboolean in_rows; /* the row with the focus is about to go: another one gets it */
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmPostsPage, smm_posts_page, GTK_TYPE_BOX)

/* --- What is listed --- */

static gboolean
is_filtered (SmmPostsPage *self)
{
  return smm_post_filters_is_any (SMM_POST_FILTERS (self->filters))
         || *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

static void
update_empty (SmmPostsPage *self)
{
  SmmPostFilter filter = { 0 };
  gboolean attention;

  smm_post_filters_fill (SMM_POST_FILTERS (self->filters), &filter, self->columns.zone);
  attention
      = filter.states
        == ((1u << SMM_TARGET_HELD) | (1u << SMM_TARGET_FAILED) | (1u << SMM_TARGET_UNCONFIRMED));
  if (attention && *gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    {
      adw_status_page_set_icon_name (self->empty, "smm-state-published-symbolic");
      adw_status_page_set_title (self->empty, _ ("All Is Well"));
      adw_status_page_set_description (self->empty, _ ("No post needs you."));
    }
  else if (is_filtered (self))
    {
      adw_status_page_set_icon_name (self->empty, "system-search-symbolic");
      adw_status_page_set_title (self->empty, _ ("No Posts Found"));
      adw_status_page_set_description (self->empty, _ ("Try other words or another filter."));
    }
  else
    {
      adw_status_page_set_icon_name (self->empty, "smm-posts-symbolic");
      adw_status_page_set_title (self->empty, _ ("No Posts Yet"));
      adw_status_page_set_description (self->empty, _ ("Write the first one with New Post."));
    }
}

#define LARGE_TEXT 1.4 /* from where on words on all buttons are too wide */
#define STEP_MS 16

static gboolean
on_step_tick (GtkWidget *table, GdkFrameClock *clock, gpointer user_data)
{
  SmmPostsPage *self = user_data;

  if (smm_post_list_step (self->list))
    return G_SOURCE_CONTINUE;
  self->step_tick = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
on_step (gpointer user_data)
{
  SmmPostsPage *self = user_data;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->table)) && smm_post_list_step (self->list))
    return G_SOURCE_CONTINUE;
  self->step_source = 0;
  return G_SOURCE_REMOVE;
}

/* What is out of sight takes its time: with the frames, or where there are none, beside them. */
static void
change_rows (SmmPostsPage *self)
{
  if (self->step_tick == 0)
    self->step_tick
        = gtk_widget_add_tick_callback (GTK_WIDGET (self->table), on_step_tick, self, NULL);
  if (self->step_source == 0 && !gtk_widget_get_mapped (GTK_WIDGET (self->table)))
    self->step_source = g_timeout_add (STEP_MS, on_step, self);
}

static void
on_found (SmmPostList *list, SmmPostsPage *self)
{
  guint shown = smm_post_list_get_n_found (list);
  guint total = smm_post_list_get_total (list);
  g_autofree char *count = NULL;

  if (shown == total)
    count = g_strdup_printf (g_dngettext (NULL, "%'u post", "%'u posts", total), total);
  else
    /* Translators: 46 of 2,318 posts */
    count = g_strdup_printf (_ ("%'u of %'u posts"), shown, total);
  gtk_label_set_label (GTK_LABEL (self->count), count);
  update_empty (self);
  gtk_stack_set_visible_child_name (self->stack, shown > 0 ? "table" : "empty");
  change_rows (self);
  if (self->in_rows && shown > 0)
    gtk_widget_grab_focus (gtk_widget_get_last_child (GTK_WIDGET (self->table)));
  self->in_rows = FALSE;
}

static void
ask (SmmPostsPage *self)
{
  g_autofree char *words = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  SmmPostFilter filter = { .state = -1 };

  if (self->brand == NULL)
    return;
  smm_post_filters_fill (SMM_POST_FILTERS (self->filters), &filter, self->columns.zone);
  filter.search = g_strstrip (words);
  filter.sort = smm_post_columns_get_sort (&self->columns, &filter.descending);
  filter.now = g_get_real_time ();
  smm_post_list_set_filter (self->list, &filter);
}

/* Other posts, or in another order: what was chosen among the last ones is chosen no more, and the
 * list begins at its top. */
static void
ask_anew (SmmPostsPage *self)
{
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->table)), 0);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->list));
  ask (self);
}

static void
on_filters_changed (SmmPostFilters *filters, SmmPostsPage *self)
{
  ask_anew (self);
}

static void
on_search_changed (GtkSearchEntry *entry, SmmPostsPage *self)
{
  ask_anew (self);
}

static void
on_sort_changed (GtkSorter *sorter, GtkSorterChange change, SmmPostsPage *self)
{
  ask_anew (self);
}

/* To the rows, not to the titles over them. */
static void
focus_rows (SmmPostsPage *self)
{
  gtk_widget_grab_focus (gtk_widget_get_last_child (GTK_WIDGET (self->table)));
}

static void
on_search_activate (GtkSearchEntry *entry, SmmPostsPage *self)
{
  focus_rows (self);
}

static void
on_stop_search (GtkSearchEntry *entry, SmmPostsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  focus_rows (self);
}

/**
 * smm_posts_page_reload:
 * @self: a page
 *
 * After a change of the library, or when a minute has passed.
 */
void
smm_posts_page_reload (SmmPostsPage *self)
{
  g_return_if_fail (SMM_IS_POSTS_PAGE (self));

  smm_post_filters_load (SMM_POST_FILTERS (self->filters), smm_library_get_store (self->library),
                         self->brand);
  smm_bulk_bar_set_brand (SMM_BULK_BAR (self->bulk), self->brand);
  smm_post_list_show_again (self->list);
  ask (self);
}

/* --- Choosing --- */

/* GTK 4.8 keeps the room of a hidden column that has a fixed width. */
static void
show_column (GtkColumnViewColumn *column, gboolean show, int width)
{
  gtk_column_view_column_set_visible (column, show);
  gtk_column_view_column_set_fixed_width (column, show ? width : 0);
}

static void
update_columns (SmmPostsPage *self)
{
  gboolean choosing = gtk_toggle_button_get_active (self->choose);

  double scale = smm_text_scale (GTK_WIDGET (self));
  /* In a narrow window the time stands below the state. */
  int state = !self->narrow ? 148 : smm_clock_has_12_hours (smm_clock_get_default ()) ? 184 : 162;

  show_column (self->check_column, !self->narrow || choosing, 44);
  show_column (self->where_column, !self->narrow, MAX (92, 60 * scale));
  show_column (self->when_column, !self->narrow, MAX (170, 135 * scale));
  show_column (self->state_column, TRUE, MAX (state, 125 * scale));
}

static void
on_choose_toggled (GtkToggleButton *toggle, SmmPostsPage *self)
{
  self->columns.choosing = gtk_toggle_button_get_active (toggle);
  smm_bulk_bar_set_choosing (SMM_BULK_BAR (self->bulk), self->columns.choosing);
  if (!self->columns.choosing)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->list));
  update_columns (self);
}

static void
on_bulk_done (SmmBulkBar *bar, SmmPostsPage *self)
{
  gtk_toggle_button_set_active (self->choose, FALSE);
  focus_rows (self);
}

static void
on_bulk_toast (SmmBulkBar *bar, const char *text, gboolean undoable, SmmPostsPage *self)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmPostsPage *self = SMM_POSTS_PAGE (widget);

  if (smm_post_list_get_n_selected (self->list) == 0)
    return;
  self->in_rows = TRUE;
  gtk_widget_activate_action (self->bulk, "bulk.delete", NULL);
}

static void
on_export_toast (GtkWidget *dialog, const char *text, gboolean undoable, SmmPostsPage *self)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

/* What is chosen, else what is listed. */
static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmPostsPage *self = SMM_POSTS_PAGE (widget);
  g_auto (GStrv) ids = smm_post_list_dup_selected (self->list);
  guint n = smm_post_list_get_n_found (self->list);
  GtkWidget *dialog;

  if (self->brand == NULL)
    return;
  dialog = smm_export_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->library,
                                  self->brand);
  if (is_filtered (self))
    smm_export_dialog_set_filter (SMM_EXPORT_DIALOG (dialog), smm_post_list_get_filter (self->list),
                                  n);
  if (*ids != NULL)
    smm_export_dialog_set_chosen (SMM_EXPORT_DIALOG (dialog), (const char *const *)ids);
  g_signal_connect_object (dialog, "toast", G_CALLBACK (on_export_toast), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
escape_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_activate_action (SMM_POSTS_PAGE (widget)->bulk, "bulk.done", NULL);
}

/* --- Opening a post --- */

static void
on_popover_closed (GtkPopover *popover, SmmPostsPage *self)
{
  g_clear_pointer (&self->popover, smm_popover_drop);
}

static void
on_card_done (SmmPostCard *card, SmmPostsPage *self)
{
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Where the row is that has the focus: the one that was clicked or chosen with Enter. */
static gboolean
find_row (SmmPostsPage *self, GdkRectangle *place)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->table))
      || !gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    return FALSE;
  place->x = bounds.origin.x + bounds.size.width / 2;
  place->y = bounds.origin.y;
  place->width = 1;
  place->height = bounds.size.height;
  return TRUE;
}

static void
open_card (SmmPostsPage *self, SmmChip *chip)
{
  GtkWidget *card = smm_post_card_new (self->library);
  GdkRectangle place;

  g_clear_pointer (&self->popover, smm_popover_drop);
  smm_post_card_set_post (SMM_POST_CARD (card), chip->post_id, self->columns.zone);
  g_signal_connect (card, "done", G_CALLBACK (on_card_done), self);
  self->popover = gtk_popover_new ();
  gtk_widget_add_css_class (self->popover, "post-popover");
  smm_widget_set_label (self->popover, chip->title);
  gtk_popover_set_child (GTK_POPOVER (self->popover), card);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  if (find_row (self, &place))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  g_signal_connect (self->popover, "closed", G_CALLBACK (on_popover_closed), self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
on_activate (GtkColumnView *table, guint position, SmmPostsPage *self)
{
  g_autoptr (SmmPostRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  SmmChip *chip = row != NULL ? smm_post_row_get_chip (row) : NULL;

  if (chip == NULL)
    return;
  if (chip->state == SMM_TARGET_DRAFT)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-post", "s", chip->post_id);
  else
    open_card (self, chip);
}

/* --- The page --- */

static void
smm_posts_page_dispose (GObject *object)
{
  SmmPostsPage *self = SMM_POSTS_PAGE (object);

  g_clear_pointer (&self->popover, smm_popover_drop);
  g_clear_handle_id (&self->step_source, g_source_remove);
  if (self->table != NULL && self->step_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->table), self->step_tick);
  self->step_tick = 0;
  if (self->table != NULL)
    gtk_column_view_set_model (self->table, NULL);
  self->table = NULL;
  g_clear_object (&self->library);
  g_clear_object (&self->brand);
  g_clear_object (&self->list);
  g_clear_pointer (&self->columns.zone, g_time_zone_unref);
  G_OBJECT_CLASS (smm_posts_page_parent_class)->dispose (object);
}

static void
smm_posts_page_class_init (SmmPostsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_posts_page_dispose;
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/posts/smm-posts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, sidebar_toggle);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, new_wide);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, undo);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, new_narrow);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, choose);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, choose_narrow);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, exchange);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, exchange_narrow);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, header);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, search);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, filter_place);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, count);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, table);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, check_column);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, post_column);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, where_column);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, state_column);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, when_column);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, empty);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_install_action (widget_class, "posts.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "posts.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "posts.escape", NULL, escape_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "posts.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "posts.escape", NULL);
}

static void
smm_posts_page_init (SmmPostsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filters = smm_post_filters_new ();
  gtk_box_append (self->filter_place, self->filters);
}

static void
on_scrolled (GtkAdjustment *adjustment, SmmPostsPage *self)
{
  double row = gtk_adjustment_get_upper (adjustment)
               / MAX (g_list_model_get_n_items (G_LIST_MODEL (self->list)), 1);

  if (row >= 1)
    smm_post_list_set_sight (self->list, gtk_adjustment_get_value (adjustment) / row,
                             gtk_adjustment_get_page_size (adjustment) / row + 2);
}

static void
connect_list (SmmPostsPage *self)
{
  self->list = smm_post_list_new (self->library);
  self->columns.table = self->table;
  self->columns.list = self->list;
  self->columns.zone = g_time_zone_new_local ();
  smm_post_columns_set_up (&self->columns, self->check_column, self->post_column,
                           self->where_column, self->state_column, self->when_column);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->list));
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->table)),
                           "value-changed", G_CALLBACK (on_scrolled), self, 0);
  self->bulk = smm_bulk_bar_new (self->library, self->list);
  gtk_box_append (GTK_BOX (self), self->bulk);
}

/**
 * smm_posts_page_new:
 * @library: the library
 *
 * Returns: (transfer full): the page; empty until it has a brand
 */
GtkWidget *
smm_posts_page_new (SmmLibrary *library)
{
  SmmPostsPage *self = g_object_new (SMM_TYPE_POSTS_PAGE, NULL);

  self->library = g_object_ref (library);
  connect_list (self);
  g_signal_connect_object (self->list, "found", G_CALLBACK (on_found), self, 0);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (on_sort_changed), self, 0);
  g_signal_connect (self->filters, "changed", G_CALLBACK (on_filters_changed), self);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (on_search_activate), self);
  g_signal_connect (self->search, "stop-search", G_CALLBACK (on_stop_search), self);
  g_signal_connect (self->choose, "toggled", G_CALLBACK (on_choose_toggled), self);
  g_signal_connect (self->bulk, "toast", G_CALLBACK (on_bulk_toast), self);
  g_signal_connect (self->bulk, "done", G_CALLBACK (on_bulk_done), self);
  smm_posts_page_set_narrow (self, FALSE);
  return GTK_WIDGET (self);
}

/**
 * smm_posts_page_set_brand:
 * @self: a page
 * @brand: (nullable): whose posts to show
 */
void
smm_posts_page_set_brand (SmmPostsPage *self, SmmBrand *brand)
{
  g_return_if_fail (SMM_IS_POSTS_PAGE (self));

  g_set_object (&self->brand, brand);
  g_clear_pointer (&self->columns.zone, g_time_zone_unref);
  self->columns.zone = smm_app_zone_new (brand != NULL ? brand->timezone : NULL);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->list));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    smm_posts_page_reload (self);
}

/**
 * smm_posts_page_set_narrow:
 * @self: a page
 * @narrow: whether only the columns that matter most have room
 */
void
smm_posts_page_set_narrow (SmmPostsPage *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_POSTS_PAGE (self));

  self->narrow = narrow;
  gtk_widget_set_visible (self->sidebar_toggle, narrow);
  gtk_widget_set_visible (self->new_wide, !narrow);
  gtk_widget_set_visible (self->undo, !narrow);
  gtk_widget_set_visible (self->new_narrow, narrow);
  gtk_widget_set_visible (self->count, !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->choose), !narrow);
  gtk_widget_set_visible (self->choose_narrow, narrow);
  gtk_widget_set_visible (self->exchange, !narrow);
  gtk_widget_set_visible (self->exchange_narrow, narrow);
  adw_header_bar_set_centering_policy (self->header, narrow ? ADW_CENTERING_POLICY_LOOSE
                                                            : ADW_CENTERING_POLICY_STRICT);
  /* Its room is taken also while it is hidden. */
  smm_bulk_bar_set_narrow (SMM_BULK_BAR (self->bulk),
                           narrow || smm_text_scale (GTK_WIDGET (self)) > LARGE_TEXT);
  update_columns (self);
  if (self->columns.narrow != narrow)
    {
      self->columns.narrow = narrow;
      smm_post_list_show_again (self->list);
      smm_post_list_refresh (self->list);
    }
}

/**
 * smm_posts_page_start_search:
 * @self: a page
 */
void
smm_posts_page_start_search (SmmPostsPage *self)
{
  g_return_if_fail (SMM_IS_POSTS_PAGE (self));

  gtk_widget_grab_focus (self->search);
}

/**
 * smm_posts_page_show_attention:
 * @self: a page
 */
void
smm_posts_page_show_attention (SmmPostsPage *self)
{
  g_return_if_fail (SMM_IS_POSTS_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  smm_post_filters_show_attention (SMM_POST_FILTERS (self->filters));
}
