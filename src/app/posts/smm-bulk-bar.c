/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-bulk-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "smm-move-dialog.h"
#include "smm-popover.h"
#include "smm-state-icon.h"
#include "smm-toast.h"

/* As many as the library takes. */
#define MAX_POSTS 5000

struct _SmmBulkBar
{
  GtkBox parent_instance;

  GtkRevealer *revealer;
  GtkLabel *count;
  GtkWidget *move;
  GtkWidget *duplicate;
  GtkWidget *tag;
  GtkWidget *unschedule;
  GtkWidget *more;
  GtkWidget *remove;
  GtkWidget *done;

  SmmLibrary *library;
  SmmPostList *list;
  char *zone;
  gboolean choosing;
  gboolean narrow;
};

enum
{
  TOAST,
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmBulkBar, smm_bulk_bar, GTK_TYPE_BOX)

/* Toasts must not lie on the buttons. */
static void
lift_toasts (SmmBulkBar *self)
{
  GtkWidget *toasts = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (toasts != NULL)
    smm_toast_keep_off (ADW_TOAST_OVERLAY (toasts), gtk_revealer_get_child (self->revealer),
                        gtk_widget_get_mapped (GTK_WIDGET (self))
                            && gtk_revealer_get_reveal_child (self->revealer));
}

static void
update (SmmBulkBar *self)
{
  guint n = smm_post_list_get_n_selected (self->list);
  GtkWidget *const buttons[]
      = { self->move, self->duplicate, self->tag, self->unschedule, self->remove };
  g_autofree char *text
      = g_strdup_printf (g_dngettext (NULL, "%'u selected", "%'u selected", n), n);

  g_autofree char *number = g_strdup_printf ("%'u", n);

  gtk_label_set_label (self->count, self->narrow ? number : text);
  smm_widget_set_label (GTK_WIDGET (self->count), text);
  gtk_revealer_set_reveal_child (self->revealer, n > 0 || self->choosing);
  lift_toasts (self);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_widget_set_sensitive (buttons[i], n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bulk.retry", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bulk.cancel", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bulk.unschedule", n > 0);
}

static void
on_selection_changed (GtkSelectionModel *model, guint position, guint n, SmmBulkBar *self)
{
  update (self);
}

/* --- Commands --- */

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmBulkBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  const char *label = "";
  gboolean undoable = FALSE;

  if (reply == NULL)
    {
      g_signal_emit (self, signals[TOAST], 0, error->message, FALSE);
      return;
    }
  g_variant_lookup (reply, "label", "&s", &label);
  g_variant_lookup (reply, "undoable", "b", &undoable);
  g_signal_emit (self, signals[TOAST], 0, label, undoable);
}

/* The chosen posts, or NULL after having said that they are too many. */
static char **
get_chosen (SmmBulkBar *self)
{
  guint n = smm_post_list_get_n_selected (self->list);

  if (n == 0)
    return NULL;
  if (n > MAX_POSTS)
    {
      g_autofree char *text = g_strdup_printf (
          _ ("At most %d posts can be changed at once. Choose fewer."), MAX_POSTS);

      g_signal_emit (self, signals[TOAST], 0, text, FALSE);
      return NULL;
    }
  return smm_post_list_dup_selected (self->list);
}

/* @dict gets the chosen ids; it is consumed. */
static void
apply (SmmBulkBar *self, const char *name, GVariantDict *dict)
{
  g_auto (GStrv) ids = get_chosen (self);
  g_autoptr (SmmCommand) command = NULL;

  if (ids != NULL)
    {
      g_variant_dict_insert_value (dict, "ids", g_variant_new_strv ((const char *const *)ids, -1));
      command = smm_command_new (name, g_variant_dict_end (dict));
      smm_library_apply_async (self->library, command, NULL, on_applied, g_object_ref (self));
    }
  g_variant_dict_clear (dict);
}

static void
apply_to_chosen (SmmBulkBar *self, const char *name)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  apply (self, name, &dict);
}

static void
on_shift (SmmMoveDialog *dialog, int minutes, SmmBulkBar *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "minutes", "i", minutes);
  apply (self, "posts.shift", &dict);
}

static void
on_spread (SmmMoveDialog *dialog, const char *from, const char *to, const char *zone,
           SmmBulkBar *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "from", "s", from);
  g_variant_dict_insert (&dict, "to", "s", to);
  g_variant_dict_insert (&dict, "zone", "s", zone);
  apply (self, "posts.spread", &dict);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmBulkBar *self = SMM_BULK_BAR (widget);
  guint n = smm_post_list_get_n_selected (self->list);
  GtkWidget *dialog;

  if (n == 0)
    return;
  dialog = smm_move_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), n,
                                self->zone != NULL ? self->zone : "UTC");
  g_signal_connect_object (dialog, "shift", G_CALLBACK (on_shift), self, 0);
  g_signal_connect_object (dialog, "spread", G_CALLBACK (on_spread), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
duplicate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmBulkBar *self = SMM_BULK_BAR (widget);
  g_auto (GStrv) ids = get_chosen (self);
  g_auto (GVariantBuilder) copies = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_autoptr (SmmCommand) command = NULL;

  if (ids == NULL)
    return;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *id = smm_id_new ();

      g_variant_builder_add (&copies, "(ss)", ids[i], id);
    }
  command
      = smm_command_new ("posts.duplicate", g_variant_new_parsed ("{'copies': <%@a(ss)>}",
                                                                  g_variant_builder_end (&copies)));
  smm_library_apply_async (self->library, command, NULL, on_applied, g_object_ref (self));
}

static void
unschedule_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  apply_to_chosen (SMM_BULK_BAR (widget), "posts.unschedule");
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  apply_to_chosen (SMM_BULK_BAR (widget), "posts.cancel");
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  apply_to_chosen (SMM_BULK_BAR (widget), "posts.retry");
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  apply_to_chosen (SMM_BULK_BAR (widget), "posts.delete");
}

static void
change_tag (SmmBulkBar *self, const char *what, GVariant *tag)
{
  const char *const tags[] = { g_variant_get_string (tag, NULL), NULL };
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, what, g_variant_new_strv (tags, -1));
  apply (self, "posts.tag", &dict);
}

static void
tag_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  change_tag (SMM_BULK_BAR (widget), "add", parameter);
}

static void
untag_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  change_tag (SMM_BULK_BAR (widget), "remove", parameter);
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (SMM_BULK_BAR (widget)->list));
}

static void
done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmBulkBar *self = SMM_BULK_BAR (widget);

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->list));
  g_signal_emit (self, signals[DONE], 0);
}

static void
smm_bulk_bar_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (smm_bulk_bar_parent_class)->map (widget);
  lift_toasts (SMM_BULK_BAR (widget));
}

static void
smm_bulk_bar_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (smm_bulk_bar_parent_class)->unmap (widget);
  lift_toasts (SMM_BULK_BAR (widget));
}

static void
smm_bulk_bar_dispose (GObject *object)
{
  SmmBulkBar *self = SMM_BULK_BAR (object);

  g_clear_object (&self->library);
  g_clear_object (&self->list);
  g_clear_pointer (&self->zone, g_free);
  G_OBJECT_CLASS (smm_bulk_bar_parent_class)->dispose (object);
}

static void
smm_bulk_bar_class_init (SmmBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_bulk_bar_dispose;
  widget_class->map = smm_bulk_bar_map;
  widget_class->unmap = smm_bulk_bar_unmap;
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[DONE]
      = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/posts/smm-bulk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmBulkBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, SmmBulkBar, count);
  gtk_widget_class_bind_template_child (widget_class, SmmBulkBar, move);
  gtk_widget_class_bind_template_child (widget_class, SmmBulkBar, duplicate);
  gtk_widget_class_bind_template_child (widget_class, SmmBulkBar, tag);
  gtk_widget_class_bind_template_child (widget_class, SmmBulkBar, unschedule);
  gtk_widget_class_bind_template_child (widget_class, SmmBulkBar, more);
  gtk_widget_class_bind_template_child (widget_class, SmmBulkBar, remove);
  gtk_widget_class_bind_template_child (widget_class, SmmBulkBar, done);
  gtk_widget_class_install_action (widget_class, "bulk.move", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "bulk.duplicate", NULL, duplicate_action);
  gtk_widget_class_install_action (widget_class, "bulk.unschedule", NULL, unschedule_action);
  gtk_widget_class_install_action (widget_class, "bulk.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "bulk.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "bulk.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "bulk.tag", "s", tag_action);
  gtk_widget_class_install_action (widget_class, "bulk.untag", "s", untag_action);
  gtk_widget_class_install_action (widget_class, "bulk.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "bulk.done", NULL, done_action);
}

static void
smm_bulk_bar_init (SmmBulkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * smm_bulk_bar_new:
 * @library: what is changed
 * @list: the posts and which of them are chosen
 *
 * Returns: (transfer full): a bar that hides itself while nothing is chosen
 */
GtkWidget *
smm_bulk_bar_new (SmmLibrary *library, SmmPostList *list)
{
  SmmBulkBar *self = g_object_new (SMM_TYPE_BULK_BAR, NULL);

  self->library = g_object_ref (library);
  self->list = g_object_ref (list);
  g_signal_connect_object (list, "selection-changed", G_CALLBACK (on_selection_changed), self, 0);
  update (self);
  return GTK_WIDGET (self);
}

static GMenu *
make_tag_menu (GPtrArray *tags, const char *action)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < tags->len; i++)
    {
      SmmTag *tag = tags->pdata[i];
      g_autofree char *detailed = g_strdup_printf ("%s('%s')", action, tag->id);

      g_menu_append (menu, tag->name, detailed);
    }
  return menu;
}

void
smm_bulk_bar_set_brand (SmmBulkBar *self, SmmBrand *brand)
{
  SmmStore *store;
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) add = NULL;
  g_autoptr (GMenu) take = NULL;

  g_return_if_fail (SMM_IS_BULK_BAR (self));

  store = smm_library_get_store (self->library);
  g_free (self->zone);
  self->zone = g_strdup (brand != NULL ? brand->timezone : NULL);
  tags = store != NULL && brand != NULL ? smm_store_list_tags (store, brand->id) : NULL;
  gtk_widget_set_visible (self->tag, tags != NULL && tags->len > 0);
  if (tags == NULL || tags->len == 0)
    return;
  add = make_tag_menu (tags, "bulk.tag");
  take = make_tag_menu (tags, "bulk.untag");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (add));
  g_menu_append_submenu (menu, _ ("Remove a Tag"), G_MENU_MODEL (take));
  smm_menu_button_set_menu (GTK_MENU_BUTTON (self->tag), menu);
}

/* A sign without a word where there is no room for words. */
static void
set_face (GtkWidget *button, const char *icon, const char *label, gboolean narrow)
{
  if (narrow)
    gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  else
    gtk_button_set_label (GTK_BUTTON (button), label);
  smm_widget_set_label (button, label);
}

void
smm_bulk_bar_set_narrow (SmmBulkBar *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_BULK_BAR (self));

  self->narrow = narrow;
  update (self);
  set_face (self->move, "alarm-symbolic", _ ("Move To…"), narrow);
  set_face (self->duplicate, "edit-copy-symbolic", _ ("Duplicate"), narrow);
  set_face (self->remove, "user-trash-symbolic", _ ("Delete"), narrow);
  set_face (self->done, "window-close-symbolic", _ ("Done"), narrow);
  if (narrow)
    gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->tag), "smm-hashtag-symbolic");
  else
    gtk_menu_button_set_label (GTK_MENU_BUTTON (self->tag), _ ("Tag"));
  gtk_widget_set_visible (self->unschedule, !narrow);
}

void
smm_bulk_bar_set_choosing (SmmBulkBar *self, gboolean choosing)
{
  g_return_if_fail (SMM_IS_BULK_BAR (self));

  self->choosing = choosing;
  update (self);
}
