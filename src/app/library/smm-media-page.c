/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-page.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-filter-button.h"
#include "smm-media-details.h"
#include "smm-media-grid.h"
#include "smm-media-import.h"
#include "smm-media-many.h"

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
  AdwBin *grid_place;
  GtkWidget *grid;
  AdwStatusPage *empty;
  GtkBox *filters;
  GtkWidget *tag;
  GtkRevealer *details_place;
  GtkBox *panels;
  GtkWidget *details;
  GtkWidget *many;

  SmmLibrary *library;
  SmmMediaImport *import;
  GtkFileChooserNative *chooser;
  GTimeZone *zone;
  char **tags; /* that the filter offers */
  gboolean narrow;
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

/* Of one what is known of it, of several what can be done to them. */
static void
update_details (SmmMediaPage *self)
{
  g_autoptr (GPtrArray) chosen = smm_media_grid_list_chosen (SMM_MEDIA_GRID (self->grid));
  gboolean open = chosen->len > 0;

  if (chosen->len == 1)
    smm_media_details_show (SMM_MEDIA_DETAILS (self->details),
                            ((SmmMedia *)chosen->pdata[0])->sha256, self->zone);
  else if (chosen->len > 1)
    smm_media_many_show (SMM_MEDIA_MANY (self->many), chosen);
  gtk_widget_set_visible (self->details, chosen->len == 1);
  gtk_widget_set_visible (self->many, chosen->len > 1);
  gtk_revealer_set_reveal_child (self->details_place, open);
  gtk_widget_set_visible (GTK_WIDGET (self->details_place), open);
  /* Where there is room for one of both, the details have it. */
  gtk_widget_set_visible (self->grid_side, !open || !self->narrow);
}

static gboolean
is_filtered (SmmMediaPage *self)
{
  return gtk_drop_down_get_selected (self->kind) != SHOW_ALL
         || smm_filter_button_get_chosen (SMM_FILTER_BUTTON (self->tag)) != NULL
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

static void
update_tags (SmmMediaPage *self, SmmStore *store)
{
  g_auto (GStrv) tags = smm_store_list_media_tags (store);

  if (self->tags != NULL
      && g_strv_equal ((const char *const *)self->tags, (const char *const *)tags))
    return;
  smm_filter_button_clear (SMM_FILTER_BUTTON (self->tag));
  for (guint i = 0; tags[i] != NULL; i++)
    smm_filter_button_add (SMM_FILTER_BUTTON (self->tag), tags[i], tags[i], NULL, NULL);
  gtk_widget_set_visible (self->tag, tags[0] != NULL);
  g_strfreev (self->tags);
  self->tags = g_steal_pointer (&tags);
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
  g_autofree char *words = NULL;
  guint show, n;

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
  update_tags (self, store);
  filter.tag = smm_filter_button_get_chosen (SMM_FILTER_BUTTON (self->tag));
  n = smm_media_grid_show (SMM_MEDIA_GRID (self->grid), &filter);
  update_empty (self, n);
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
on_tag_changed (SmmFilterButton *button, SmmMediaPage *self)
{
  smm_media_page_reload (self);
}

static void
on_chosen_changed (SmmMediaGrid *grid, SmmMediaPage *self)
{
  update_details (self);
}

static void
on_details_closed (GtkWidget *panel, SmmMediaPage *self)
{
  smm_media_grid_choose (SMM_MEDIA_GRID (self->grid), NULL);
  smm_media_grid_focus (SMM_MEDIA_GRID (self->grid));
}

static void
on_details_toast (GtkWidget *widget, const char *text, gboolean undoable, SmmMediaPage *self)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
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
  smm_media_page_reload (self);
  if (*last != '\0')
    smm_media_grid_choose (SMM_MEDIA_GRID (self->grid), last);
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
  g_clear_object (&self->import);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->tags, g_strfreev);
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
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, grid_place);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, filters);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, empty);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, details_place);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPage, panels);
  gtk_widget_class_install_action (widget_class, "media.add", NULL, add_action);
}

static void
smm_media_page_init (SmmMediaPage *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->zone = g_time_zone_new_local ();
  self->tag = smm_filter_button_new (_ ("Tag"), TRUE);
  gtk_widget_set_visible (self->tag, FALSE);
  gtk_box_insert_child_after (self->filters, self->tag, GTK_WIDGET (self->kind));
  g_signal_connect (self->tag, "changed", G_CALLBACK (on_tag_changed), self);
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
  self->many = smm_media_many_new (library);
  gtk_widget_set_hexpand (self->details, TRUE);
  gtk_widget_set_hexpand (self->many, TRUE);
  gtk_box_append (self->panels, self->details);
  gtk_box_append (self->panels, self->many);
  self->grid = smm_media_grid_new (library);
  adw_bin_set_child (self->grid_place, self->grid);
  self->import = smm_media_import_new (library);
  g_signal_connect (self->details, "toast", G_CALLBACK (on_details_toast), self);
  g_signal_connect (self->details, "closed", G_CALLBACK (on_details_closed), self);
  g_signal_connect (self->many, "toast", G_CALLBACK (on_details_toast), self);
  g_signal_connect (self->many, "closed", G_CALLBACK (on_details_closed), self);
  g_signal_connect (self->grid, "chosen", G_CALLBACK (on_chosen_changed), self);
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
