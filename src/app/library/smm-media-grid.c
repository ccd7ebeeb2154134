/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-grid.h"

#include <glib/gi18n.h>

#include "smm-state-icon.h"
#include "smm-thumbnail.h"

#define PICTURE 148

struct _SmmMediaGrid
{
  AdwBin parent_instance;

  GtkGridView *view;

  SmmLibrary *library;
  GListStore *media;
  GtkMultiSelection *selection;
  gboolean loading;
};

enum
{
  CHOSEN,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMediaGrid, smm_media_grid, ADW_TYPE_BIN)

static void
on_selection_changed (GtkSelectionModel *model, guint position, guint n, SmmMediaGrid *self)
{
  if (!self->loading)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
on_activate (GtkGridView *view, guint position, SmmMediaGrid *self)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* --- Dragging: the files themselves, for every place that takes files --- */

static GdkFileList *
make_files (SmmPaths *paths, GPtrArray *media)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < media->len; i++)
    {
      g_autofree char *path = smm_paths_get_media (paths, ((SmmMedia *)media->pdata[i])->sha256);

      g_ptr_array_add (files, g_file_new_for_path (path));
    }
  return gdk_file_list_new_from_array ((GFile **)files->pdata, files->len);
}

/* All that are chosen when it is one of them, else it alone. */
static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, GtkListItem *item)
{
  SmmMediaGrid *self = g_object_get_data (G_OBJECT (source), "grid");
  SmmStore *store = smm_library_get_store (self->library);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autoptr (GPtrArray) media = NULL;
  g_autoptr (GdkPaintable) icon = NULL;
  GdkFileList *files;
  GdkContentProvider *provider;

  if (store == NULL || gtk_list_item_get_item (item) == NULL)
    return NULL;
  if (gtk_list_item_get_selected (item))
    media = smm_media_grid_list_chosen (self);
  else
    {
      media = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (media, g_object_ref (gtk_list_item_get_item (item)));
    }
  icon = gtk_widget_paintable_new (gtk_widget_get_first_child (cell));
  gtk_drag_source_set_icon (source, icon, (int)x, (int)y);
  files = make_files (smm_store_get_paths (store), media);
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);
  g_boxed_free (GDK_TYPE_FILE_LIST, files);
  return provider;
}

/* --- Cells --- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmMediaGrid *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *name = gtk_label_new (NULL);
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkWidget *picture = smm_thumbnail_new (PICTURE);

  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 1);
  gtk_widget_add_css_class (name, "caption");
  gtk_box_append (GTK_BOX (box), name);
  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  g_object_set_data (G_OBJECT (drag), "grid", self);
  g_signal_connect_object (drag, "prepare", G_CALLBACK (on_drag_prepare), item, 0);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (drag));
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmMediaGrid *self)
{
  SmmMedia *media = gtk_list_item_get_item (item);
  GtkWidget *picture = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *name = gtk_widget_get_next_sibling (picture);

  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (picture), media->sha256);
  smm_widget_set_label (picture, media->alt != NULL ? media->alt : media->file_name);
  /* The toolkit's cell is what the keyboard is on. */
  smm_widget_set_label (gtk_widget_get_parent (gtk_list_item_get_child (item)), media->file_name);
  gtk_label_set_label (GTK_LABEL (name), media->file_name);
  gtk_widget_set_tooltip_text (name, media->file_name);
}

/* --- What is shown --- */

static gboolean
is_same (GListModel *shown, GPtrArray *found)
{
  if (g_list_model_get_n_items (shown) != found->len)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      g_autoptr (SmmMedia) one = g_list_model_get_item (shown, i);
      SmmMedia *other = found->pdata[i];

      if (g_strcmp0 (one->sha256, other->sha256) != 0
          || g_strcmp0 (one->file_name, other->file_name) != 0
          || g_strcmp0 (one->alt, other->alt) != 0 || g_strcmp0 (one->tags, other->tags) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
select_again (SmmMediaGrid *self, GPtrArray *chosen, GPtrArray *shown)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < chosen->len; i++)
    g_hash_table_add (hashes, ((SmmMedia *)chosen->pdata[i])->sha256);
  for (guint i = 0; i < shown->len && g_hash_table_size (hashes) > 0; i++)
    if (g_hash_table_remove (hashes, ((SmmMedia *)shown->pdata[i])->sha256))
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, FALSE);
}

/**
 * smm_media_grid_show:
 * @self: a grid
 * @filter: which media
 *
 * Emits nothing.
 *
 * Returns: how many there are
 */
guint
smm_media_grid_show (SmmMediaGrid *self, const SmmMediaFilter *filter)
{
  SmmStore *store;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  g_return_val_if_fail (SMM_IS_MEDIA_GRID (self), 0);

  store = smm_library_get_store (self->library);
  if (store == NULL)
    return 0;
  found = smm_store_find_media (store, filter);
  if (is_same (G_LIST_MODEL (self->media), found))
    return found->len;
  chosen = smm_media_grid_list_chosen (self);
  self->loading = TRUE;
  g_list_store_splice (self->media, 0, g_list_model_get_n_items (G_LIST_MODEL (self->media)),
                       found->pdata, found->len);
  select_again (self, chosen, found);
  self->loading = FALSE;
  return found->len;
}

/* --- What is chosen --- */

GPtrArray *
smm_media_grid_list_chosen (SmmMediaGrid *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) bits = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (SMM_IS_MEDIA_GRID (self), chosen);

  bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (gboolean more = gtk_bitset_iter_init_first (&iter, bits, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (chosen, g_list_model_get_item (G_LIST_MODEL (self->media), position));
  return chosen;
}

guint
smm_media_grid_get_n_chosen (SmmMediaGrid *self)
{
  g_autoptr (GtkBitset) bits = NULL;

  g_return_val_if_fail (SMM_IS_MEDIA_GRID (self), 0);

  bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  return (guint)gtk_bitset_get_size (bits);
}

void
smm_media_grid_choose (SmmMediaGrid *self, const char *sha256)
{
  guint n;

  g_return_if_fail (SMM_IS_MEDIA_GRID (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->media));
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  for (guint i = 0; sha256 != NULL && i < n; i++)
    {
      g_autoptr (SmmMedia) media = g_list_model_get_item (G_LIST_MODEL (self->media), i);

      if (g_str_equal (media->sha256, sha256))
        {
          gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, TRUE);
          return;
        }
    }
}

void
smm_media_grid_focus (SmmMediaGrid *self)
{
  g_return_if_fail (SMM_IS_MEDIA_GRID (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* --- The widget --- */

static void
smm_media_grid_dispose (GObject *object)
{
  SmmMediaGrid *self = SMM_MEDIA_GRID (object);

  g_clear_object (&self->library);
  g_clear_object (&self->media);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (smm_media_grid_parent_class)->dispose (object);
}

static void
smm_media_grid_class_init (SmmMediaGridClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_media_grid_dispose;
  signals[CHOSEN]
      = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED]
      = g_signal_new ("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_media_grid_init (SmmMediaGrid *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->media = g_list_store_new (SMM_TYPE_MEDIA);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->media)));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->view = GTK_GRID_VIEW (gtk_grid_view_new (
      GTK_SELECTION_MODEL (g_object_ref (self->selection)), g_object_ref (factory)));
  gtk_grid_view_set_min_columns (self->view, 2);
  gtk_grid_view_set_max_columns (self->view, 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "media-grid");
  smm_widget_set_label (GTK_WIDGET (self->view), _ ("Library"));
  smm_widget_set_label (scroller, _ ("Library"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), scroller);
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_selection_changed),
                           self, 0);
}

/**
 * smm_media_grid_new:
 * @library: whose media
 *
 * Returns: (transfer full): a grid that shows nothing yet
 */
GtkWidget *
smm_media_grid_new (SmmLibrary *library)
{
  SmmMediaGrid *self = g_object_new (SMM_TYPE_MEDIA_GRID, NULL);

  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}
