/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-page.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-media-details.h"
#include "smm-media-import.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

#define PICTURE 148

struct _SmmMediaPage
{
  GtkBox parent_instance;

  GtkWidget *sidebar_toggle;
  GtkWidget *add_wide;
  GtkWidget *add_narrow;
  GtkWidget *undo;
  AdwHeaderBar *header;
  GtkWidget *search;
  GtkDropDown *kind;
  GtkWidget *spinner;
  GtkWidget *count;
  GtkWidget *grid_side;
  GtkStack *stack;
  GtkGridView *grid;
  AdwStatusPage *empty;
  GtkRevealer *details_place;
  GtkWidget *details;

  SmmLibrary *library;
  GListStore *media;
  GtkSingleSelection *selection;
  SmmMediaImport *import;
  GtkFileChooserNative *chooser;
  GTimeZone *zone;
  char *shown; /* hash of the medium whose details are open */
  gboolean narrow;
  gboolean loading;
};

/* The order of the drop-down in the template. */
enum
{
  SHOW_ALL,
  SHOW_PICTURES,
  SHOW_VIDEOS,
  SHOW_UNUSED,
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMediaPage, smm_media_page, GTK_TYPE_BOX)

/* --- What is shown --- */

static void
update_details (SmmMediaPage *self)
{
  gboolean open = self->shown != NULL;

  if (open)
    smm_media_details_show (SMM_MEDIA_DETAILS (self->details), self->shown, self->zone);
  gtk_revealer_set_reveal_child (self->details_place, open);
  gtk_widget_set_visible (GTK_WIDGET (self->details_place), open);
  /* Where there is room for one of both, the details have it. */
  gtk_widget_set_visible (self->grid_side, !open || !self->narrow);
}

static void
open_details (SmmMediaPage *self, const char *sha256)
{
  g_autofree char *copy = g_strdup (sha256);

  g_free (self->shown);
  self->shown = g_steal_pointer (&copy);
  update_details (self);
}

static gboolean
is_filtered (SmmMediaPage *self)
{
  return gtk_drop_down_get_selected (self->kind) != SHOW_ALL
         || *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

static void
update_empty (SmmMediaPage *self, guint n)
{
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%'u item", "%'u items", n), n);

  gtk_label_set_label (GTK_LABEL (self->count), count);
  if (is_filtered (self))
    {
      adw_status_page_set_icon_name (self->empty, "system-search-symbolic");
      adw_status_page_set_title (self->empty, _ ("Nothing Found"));
      adw_status_page_set_description (self->empty, _ ("Try other words or another filter."));
    }
  else
    {
      adw_status_page_set_icon_name (self->empty, "smm-library-symbolic");
      adw_status_page_set_title (self->empty, _ ("No Pictures or Videos Yet"));
      adw_status_page_set_description (self->empty,
                                       _ ("Add some, or drag them here from the file manager."));
    }
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "grid" : "empty");
}

static gboolean
same_media (GListModel *shown, GPtrArray *found)
{
  if (g_list_model_get_n_items (shown) != found->len)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      g_autoptr (SmmMedia) one = g_list_model_get_item (shown, i);
      SmmMedia *other = found->pdata[i];

      if (g_strcmp0 (one->sha256, other->sha256) != 0
          || g_strcmp0 (one->file_name, other->file_name) != 0
          || g_strcmp0 (one->alt, other->alt) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
select_shown (SmmMediaPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->media));
  guint found = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n && self->shown != NULL && found == GTK_INVALID_LIST_POSITION; i++)
    {
      g_autoptr (SmmMedia) media = g_list_model_get_item (G_LIST_MODEL (self->media), i);

      if (g_strcmp0 (media->sha256, self->shown) == 0)
        found = i;
    }
  gtk_single_selection_set_selected (self->selection, found);
  if (found == GTK_INVALID_LIST_POSITION)
    g_clear_pointer (&self->shown, g_free);
}

/**
 * smm_media_page_reload:
 * @self: a page
 */
void
smm_media_page_reload (SmmMediaPage *self)
{
  SmmStore *store;
  SmmMediaFilter filter = { 0 };
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *words = NULL;
  guint show;

  g_return_if_fail (SMM_IS_MEDIA_PAGE (self));

  store = smm_library_get_store (self->library);
  if (store == NULL)
    return;
  show = gtk_drop_down_get_selected (self->kind);
  words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  filter.search = words;
  filter.kind = show == SHOW_PICTURES ? SMM_MEDIA_KIND_PICTURE
                : show == SHOW_VIDEOS ? SMM_MEDIA_KIND_VIDEO
                                      : SMM_MEDIA_KIND_ANY;
  filter.unused = show == SHOW_UNUSED;
  found = smm_store_find_media (store, &filter);
  self->loading = TRUE;
  if (!same_media (G_LIST_MODEL (self->media), found))
    g_list_store_splice (self->media, 0, g_list_model_get_n_items (G_LIST_MODEL (self->media)),
                         found->pdata, found->len);
  select_shown (self);
  self->loading = FALSE;
  update_empty (self, found->len);
  update_details (self);
}

static void
on_search_changed (GtkSearchEntry *entry, SmmMediaPage *self)
{
  smm_media_page_reload (self);
}

static void
on_kind_changed (GObject *object, GParamSpec *pspec, SmmMediaPage *self)
{
  smm_media_page_reload (self);
}

static void
on_selected (GObject *object, GParamSpec *pspec, SmmMediaPage *self)
{
  SmmMedia *media = gtk_single_selection_get_selected_item (self->selection);

  if (!self->loading && media != NULL)
    open_details (self, media->sha256);
}

static void
on_details_closed (SmmMediaDetails *details, SmmMediaPage *self)
{
  open_details (self, NULL);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
on_details_toast (GtkWidget *widget, const char *text, gboolean undoable, SmmMediaPage *self)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

/* --- Cells --- */

/* What is dragged is the file itself: every place that takes files takes it. */
static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, GtkListItem *item)
{
  SmmMedia *media = gtk_list_item_get_item (item);
  SmmMediaPage *self = g_object_get_data (G_OBJECT (source), "page");
  SmmStore *store = smm_library_get_store (self->library);
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  GdkFileList *files;
  GdkContentProvider *provider;
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autoptr (GdkPaintable) icon = NULL;

  if (media == NULL || store == NULL)
    return NULL;
  path = smm_paths_get_media (smm_store_get_paths (store), media->sha256);
  file = g_file_new_for_path (path);
  files = gdk_file_list_new_from_array (&file, 1);
  icon = gtk_widget_paintable_new (gtk_widget_get_first_child (cell));
  gtk_drag_source_set_icon (source, icon, (int)x, (int)y);
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);
  g_boxed_free (GDK_TYPE_FILE_LIST, files);
  return provider;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmMediaPage *self)
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
  g_object_set_data (G_OBJECT (drag), "page", self);
  g_signal_connect_object (drag, "prepare", G_CALLBACK (on_drag_prepare), item, 0);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (drag));
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmMediaPage *self)
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

/* --- Adding --- */

static void
on_import_started (SmmMediaImport *import, SmmMediaPage *self)
{
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
}

static void
on_import_ended (SmmMediaImport *import, const char *told, const char *last, SmmMediaPage *self)
{
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_visible (self->spinner, FALSE);
  g_signal_emit (self, signals[TOAST], 0, told, FALSE);
  if (*last != '\0')
    open_details (self, last);
  smm_media_page_reload (self);
}

static gboolean
on_dropped (GtkDropTarget *target, const GValue *value, double x, double y, SmmMediaPage *self)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GListStore) files = NULL;
  GSList *each;

  /* From here to here: it is there already. */
  if (list == NULL || (drop != NULL && gdk_drop_get_drag (drop) != NULL))
    return FALSE;
  files = g_list_store_new (G_TYPE_FILE);
  each = gdk_file_list_get_files (list);
  for (GSList *l = each; l != NULL; l = l->next)
    g_list_store_append (files, l->data);
  g_slist_free (each);
  smm_media_import_add (self->import, G_LIST_MODEL (files));
  return TRUE;
}

static void
on_chosen (GtkNativeDialog *dialog, int response, SmmMediaPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      smm_media_import_add (self->import, files);
    }
  g_clear_object (&self->chooser);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmMediaPage *self = SMM_MEDIA_PAGE (widget);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Add Pictures or Videos"),
                                               GTK_WINDOW (gtk_widget_get_root (widget)),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), NULL);
  gtk_file_filter_set_name (filter, _ ("Pictures and Videos"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_filter_add_mime_type (filter, "video/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- The page --- */

static void
smm_media_page_dispose (GObject *object)
{
  SmmMediaPage *self = SMM_MEDIA_PAGE (object);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->library);
  g_clear_object (&self->media);
  g_clear_object (&self->selection);
  g_clear_object (&self->import);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (smm_media_page_parent_class)->dispose (object);
}

static void
smm_media_page_class_init (SmmMediaPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_media_page_dispose;
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/library/smm-media-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, sidebar_toggle);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, add_wide);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, add_narrow);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, undo);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, header);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, search);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, kind);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, count);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, grid_side);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, grid);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, empty);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, details_place);
  gtk_widget_class_install_action (widget_class, "media.add", NULL, add_action);
}

static void
smm_media_page_init (SmmMediaPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->zone = g_time_zone_new_local ();
  self->media = g_list_store_new (SMM_TYPE_MEDIA);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->media)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  gtk_grid_view_set_factory (self->grid, factory);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self);
  g_signal_connect (drop, "drop", G_CALLBACK (on_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

/**
 * smm_media_page_new:
 * @library: the library
 *
 * Returns: (transfer full): the page
 */
GtkWidget *
smm_media_page_new (SmmLibrary *library)
{
  SmmMediaPage *self = g_object_new (SMM_TYPE_MEDIA_PAGE, NULL);

  self->library = g_object_ref (library);
  self->details = smm_media_details_new (library);
  gtk_revealer_set_child (self->details_place, self->details);
  self->import = smm_media_import_new (library);
  g_signal_connect (self->details, "toast", G_CALLBACK (on_details_toast), self);
  g_signal_connect (self->details, "closed", G_CALLBACK (on_details_closed), self);
  g_signal_connect_object (self->import, "started", G_CALLBACK (on_import_started), self, 0);
  g_signal_connect_object (self->import, "ended", G_CALLBACK (on_import_ended), self, 0);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect (self->kind, "notify::selected", G_CALLBACK (on_kind_changed), self);
  update_details (self);
  return GTK_WIDGET (self);
}

/* @zone: of the brand whose posts are told of. */
void
smm_media_page_set_zone (SmmMediaPage *self, const char *zone)
{
  g_return_if_fail (SMM_IS_MEDIA_PAGE (self));

  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = smm_app_zone_new (zone);
}

void
smm_media_page_set_narrow (SmmMediaPage *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_MEDIA_PAGE (self));

  self->narrow = narrow;
  gtk_widget_set_visible (self->sidebar_toggle, narrow);
  gtk_widget_set_visible (self->add_wide, !narrow);
  gtk_widget_set_visible (self->add_narrow, narrow);
  gtk_widget_set_visible (self->undo, !narrow);
  adw_header_bar_set_centering_policy (self->header, narrow ? ADW_CENTERING_POLICY_LOOSE
                                                            : ADW_CENTERING_POLICY_STRICT);
  gtk_widget_set_hexpand (GTK_WIDGET (self->details_place), narrow);
  update_details (self);
}

void
smm_media_page_start_search (SmmMediaPage *self)
{
  g_return_if_fail (SMM_IS_MEDIA_PAGE (self));

  gtk_widget_grab_focus (self->search);
}
