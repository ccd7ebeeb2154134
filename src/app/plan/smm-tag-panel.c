/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-tag-panel.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-color-dot.h"
#include "smm-rule.h"
#include "smm-state-icon.h"
#include "smm-tag-dialog.h"

struct _SmmTagPanel
{
  AdwBin parent_instance;

  GtkListBox *campaigns;
  GtkListBox *tags;
  GtkWidget *no_campaigns;
  GtkWidget *no_tags;

  SmmLibrary *library;
  char *brand_id;
  char *shown; /* what the lists say, in one line a row */
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmTagPanel, smm_tag_panel, ADW_TYPE_BIN)

static void
toast (SmmTagPanel *self, const char *text, gboolean undoable)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

/* --- Changes --- */

static void
on_saved (SmmTagDialog *dialog, const char *text, SmmTagPanel *self)
{
  toast (self, text, TRUE);
}

static void
open_dialog (SmmTagPanel *self, SmmTag *tag)
{
  GtkWidget *dialog = smm_tag_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                          self->library, tag);

  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
start_new (SmmTagPanel *self, SmmTagKind kind)
{
  g_autoptr (SmmTag) tag = smm_tag_new ();

  tag->brand_id = g_strdup (self->brand_id);
  tag->kind = kind;
  open_dialog (self, tag);
}

static void
on_new_tag (SmmTagPanel *self)
{
  start_new (self, SMM_TAG_KIND_TAG);
}

static void
on_new_campaign (SmmTagPanel *self)
{
  start_new (self, SMM_TAG_KIND_CAMPAIGN);
}

static void
on_row_activated (GtkWidget *row, SmmTagPanel *self)
{
  open_dialog (self, g_object_get_data (G_OBJECT (row), "tag"));
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmTagPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  const char *label = NULL;

  if (reply != NULL)
    g_variant_lookup (reply, "label", "&s", &label);
  toast (self,
         reply == NULL   ? error->message
         : label != NULL ? label
                         : _ ("Tag deleted"),
         reply != NULL);
}

static void
on_delete (GtkWidget *button, SmmTagPanel *self)
{
  const char *id = g_object_get_data (G_OBJECT (button), "id");
  g_autoptr (SmmCommand) command
      = smm_command_new ("tag.delete", g_variant_new_parsed ("{'id': <%s>}", id));

  smm_library_apply_async (self->library, command, NULL, on_deleted, g_object_ref (self));
}

/* --- What is shown --- */

static char *
format_day (const char *day)
{
  GDate date;

  return day != NULL && smm_day_parse (day, &date)
             ? smm_day_format (g_date_get_julian (&date), _ ("%-e %b %Y"))
             : NULL;
}

static char *
describe (SmmTagPanel *self, SmmTag *tag)
{
  guint n = smm_store_count_tagged (smm_library_get_store (self->library), tag->id);
  g_autofree char *posts = g_strdup_printf (g_dngettext (NULL, "%u post", "%u posts", n), n);
  g_autofree char *first = format_day (tag->first_day);
  g_autofree char *last = format_day (tag->last_day);

  if (first != NULL && last != NULL)
    return g_strdup_printf ("%s – %s · %s", first, last, posts);
  if (first != NULL)
    /* Translators: first day of a campaign, how many posts */
    return g_strdup_printf (_ ("From %s · %s"), first, posts);
  if (last != NULL)
    /* Translators: last day of a campaign, how many posts */
    return g_strdup_printf (_ ("Until %s · %s"), last, posts);
  return g_steal_pointer (&posts);
}

static GtkWidget *
make_row (SmmTagPanel *self, SmmTag *tag, const char *detail)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *title = g_markup_escape_text (tag->name, -1);
  /* Translators: %s is the name of a tag or campaign */
  g_autofree char *name = g_strdup_printf (_ ("Delete “%s”"), tag->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), smm_color_dot_new (tag->color));
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, name);
  smm_widget_set_label (remove, name);
  g_object_set_data_full (G_OBJECT (remove), "id", g_strdup (tag->id), g_free);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_delete), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "tag", g_object_ref (tag), g_object_unref);
  g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), self);
  return row;
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* Only when something of it has changed, so that the keyboard keeps its row. */
static gboolean
is_shown (SmmTagPanel *self, GPtrArray *tags)
{
  g_autoptr (GString) text = g_string_new (self->brand_id);

  for (guint i = 0; i < tags->len; i++)
    {
      SmmTag *tag = tags->pdata[i];
      g_autofree char *detail = describe (self, tag);

      g_string_append_printf (text, "\n%s %s %s %s", tag->id, tag->color, tag->name, detail);
    }
  if (g_strcmp0 (text->str, self->shown) == 0)
    return TRUE;
  g_free (self->shown);
  self->shown = g_strdup (text->str);
  return FALSE;
}

static void
reload (SmmTagPanel *self)
{
  SmmStore *store = self->library != NULL ? smm_library_get_store (self->library) : NULL;
  g_autoptr (GPtrArray) tags = NULL;
  guint n_campaigns = 0;

  if (store == NULL || self->brand_id == NULL)
    return;
  tags = smm_store_list_tags (store, self->brand_id);
  if (is_shown (self, tags))
    return;
  clear (self->campaigns);
  clear (self->tags);
  for (guint i = 0; i < tags->len; i++)
    {
      SmmTag *tag = tags->pdata[i];
      gboolean campaign = tag->kind == SMM_TAG_KIND_CAMPAIGN;
      g_autofree char *detail = describe (self, tag);

      n_campaigns += campaign;
      gtk_list_box_append (campaign ? self->campaigns : self->tags, make_row (self, tag, detail));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->campaigns), n_campaigns > 0);
  gtk_widget_set_visible (self->no_campaigns, n_campaigns == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->tags), tags->len > n_campaigns);
  gtk_widget_set_visible (self->no_tags, tags->len == n_campaigns);
}

static void
on_changed (SmmLibrary *library, const char *const *ids, SmmTagPanel *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    reload (self);
}

/* --- The widget --- */

static void
smm_tag_panel_map (GtkWidget *widget)
{
  reload (SMM_TAG_PANEL (widget));
  GTK_WIDGET_CLASS (smm_tag_panel_parent_class)->map (widget);
}

static void
smm_tag_panel_dispose (GObject *object)
{
  SmmTagPanel *self = SMM_TAG_PANEL (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->brand_id, g_free);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (smm_tag_panel_parent_class)->dispose (object);
}

static void
smm_tag_panel_class_init (SmmTagPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_tag_panel_dispose;
  widget_class->map = smm_tag_panel_map;
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/plan/smm-tag-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmTagPanel, campaigns);
  gtk_widget_class_bind_template_child (widget_class, SmmTagPanel, tags);
  gtk_widget_class_bind_template_child (widget_class, SmmTagPanel, no_campaigns);
  gtk_widget_class_bind_template_child (widget_class, SmmTagPanel, no_tags);
  gtk_widget_class_bind_template_callback (widget_class, on_new_tag);
  gtk_widget_class_bind_template_callback (widget_class, on_new_campaign);
}

static void
smm_tag_panel_init (SmmTagPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * smm_tag_panel_set_library:
 * @self: a panel
 * @library: where tags are; can be set once
 */
void
smm_tag_panel_set_library (SmmTagPanel *self, SmmLibrary *library)
{
  g_return_if_fail (SMM_IS_TAG_PANEL (self));
  g_return_if_fail (self->library == NULL);

  self->library = g_object_ref (library);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_changed), self, 0);
}

/**
 * smm_tag_panel_set_brand:
 * @self: a panel
 * @brand_id: whose tags
 */
void
smm_tag_panel_set_brand (SmmTagPanel *self, const char *brand_id)
{
  char *copy = g_strdup (brand_id);

  g_return_if_fail (SMM_IS_TAG_PANEL (self));

  g_free (self->brand_id);
  self->brand_id = copy;
  reload (self);
}
