/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-tag-dialog.h"

#include <glib/gi18n.h>

#include "smm-color-dot.h"
#include "smm-day-button.h"
#include "smm-state-icon.h"

struct _SmmTagDialog
{
  AdwWindow parent_instance;

  GtkWidget *save;
  GtkWidget *name;
  GtkWidget *colors;
  GtkWidget *days;
  AdwActionRow *first_row;
  AdwActionRow *last_row;
  GtkLabel *problem;
  GtkWidget *first_day;
  GtkWidget *last_day;

  SmmLibrary *library;
  SmmTag *tag;
  const char *color; /* of the palette, or the tag's own */
};

/* As smm_tag_get_palette has them. */
static const char *const color_names[]
    = { N_ ("Blue"), N_ ("Teal"), N_ ("Green"),  N_ ("Yellow"), N_ ("Orange"),
        N_ ("Red"),  N_ ("Pink"), N_ ("Purple"), N_ ("Slate"),  N_ ("Brown") };

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmTagDialog, smm_tag_dialog, ADW_TYPE_WINDOW)

const char *
smm_tag_color_get_name (const char *color)
{
  const char *const *palette = smm_tag_get_palette ();

  for (guint i = 0; palette[i] != NULL && i < G_N_ELEMENTS (color_names); i++)
    if (g_strcmp0 (palette[i], color) == 0)
      return _ (color_names[i]);
  return _ ("Other color");
}

static void
show_problem (SmmTagDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
on_edited (SmmTagDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  gtk_widget_set_sensitive (self->save, *name != '\0');
}

static void
on_color (GtkToggleButton *button, SmmTagDialog *self)
{
  if (gtk_toggle_button_get_active (button))
    self->color = g_object_get_data (G_OBJECT (button), "color");
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmTagDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  gboolean campaign = self->tag->kind == SMM_TAG_KIND_CAMPAIGN;

  if (reply == NULL)
    {
      gtk_widget_set_sensitive (self->save, TRUE);
      show_problem (self, error->message);
      return;
    }
  if (self->tag->id == NULL)
    g_signal_emit (self, signals[SAVED], 0, campaign ? _ ("Campaign added") : _ ("Tag added"));
  else
    g_signal_emit (self, signals[SAVED], 0, campaign ? _ ("Campaign changed") : _ ("Tag changed"));
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_save (SmmTagDialog *self)
{
  g_auto (GVariantDict) args = G_VARIANT_DICT_INIT (NULL);
  gboolean is_new = self->tag->id == NULL;
  g_autofree char *id = is_new ? smm_id_new () : g_strdup (self->tag->id);
  g_autoptr (SmmCommand) command = NULL;

  if (!gtk_widget_get_sensitive (self->save))
    return;
  show_problem (self, NULL);
  g_variant_dict_insert (&args, "id", "s", id);
  g_variant_dict_insert (&args, "name", "s", gtk_editable_get_text (GTK_EDITABLE (self->name)));
  if (self->color != NULL)
    g_variant_dict_insert (&args, "color", "s", self->color);
  if (self->tag->kind == SMM_TAG_KIND_CAMPAIGN)
    {
      const char *first = smm_day_button_get (SMM_DAY_BUTTON (self->first_day));
      const char *last = smm_day_button_get (SMM_DAY_BUTTON (self->last_day));

      g_variant_dict_insert (&args, "first-day", "s", first != NULL ? first : "");
      g_variant_dict_insert (&args, "last-day", "s", last != NULL ? last : "");
    }
  if (is_new)
    {
      g_variant_dict_insert (&args, "brand", "s", self->tag->brand_id);
      g_variant_dict_insert (&args, "kind", "s", smm_tag_kind_to_string (self->tag->kind));
    }
  command = smm_command_new (is_new ? "tag.add" : "tag.edit", g_variant_dict_end (&args));
  gtk_widget_set_sensitive (self->save, FALSE);
  smm_library_apply_async (self->library, command, NULL, on_applied, g_object_ref (self));
}

/* --- The window --- */

static void
smm_tag_dialog_dispose (GObject *object)
{
  SmmTagDialog *self = SMM_TAG_DIALOG (object);

  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_tag_dialog_parent_class)->dispose (object);
}

static void
smm_tag_dialog_finalize (GObject *object)
{
  g_clear_object (&SMM_TAG_DIALOG (object)->tag);
  G_OBJECT_CLASS (smm_tag_dialog_parent_class)->finalize (object);
}

static void
smm_tag_dialog_class_init (SmmTagDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_tag_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = smm_tag_dialog_finalize;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/plan/smm-tag-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmTagDialog, save);
  gtk_widget_class_bind_template_child (widget_class, SmmTagDialog, name);
  gtk_widget_class_bind_template_child (widget_class, SmmTagDialog, colors);
  gtk_widget_class_bind_template_child (widget_class, SmmTagDialog, days);
  gtk_widget_class_bind_template_child (widget_class, SmmTagDialog, first_row);
  gtk_widget_class_bind_template_child (widget_class, SmmTagDialog, last_row);
  gtk_widget_class_bind_template_child (widget_class, SmmTagDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
smm_tag_dialog_init (SmmTagDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->first_day = smm_day_button_new (_ ("First Day"), _ ("Not Said"));
  self->last_day = smm_day_button_new (_ ("Last Day"), _ ("Not Said"));
  adw_action_row_add_suffix (self->first_row, self->first_day);
  adw_action_row_add_suffix (self->last_row, self->last_day);
}

static void
add_color (SmmTagDialog *self, const char *color, GtkToggleButton **group)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), smm_color_dot_new (color));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "color-choice");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, smm_tag_color_get_name (color));
  smm_widget_set_label (button, smm_tag_color_get_name (color));
  g_object_set_data_full (G_OBJECT (button), "color", g_strdup (color), g_free);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), *group);
  if (*group == NULL)
    *group = GTK_TOGGLE_BUTTON (button);
  g_signal_connect (button, "toggled", G_CALLBACK (on_color), self);
  gtk_flow_box_append (GTK_FLOW_BOX (self->colors), button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  smm_widget_set_label (gtk_widget_get_parent (button), smm_tag_color_get_name (color));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                g_strcmp0 (self->tag->color, color) == 0);
}

/* The colour that the fewest tags have, so that a new one can be told apart. */
static void
propose_color (SmmTagDialog *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GPtrArray) tags
      = store != NULL ? smm_store_list_tags (store, self->tag->brand_id) : g_ptr_array_new ();
  guint fewest = G_MAXUINT;

  for (const char *const *color = smm_tag_get_palette (); *color != NULL; color++)
    {
      guint n = 0;

      for (guint i = 0; i < tags->len; i++)
        n += g_strcmp0 (((SmmTag *)tags->pdata[i])->color, *color) == 0;
      if (n < fewest)
        {
          g_free (self->tag->color);
          self->tag->color = g_strdup (*color);
          fewest = n;
        }
    }
}

/**
 * smm_tag_dialog_new:
 * @parent: over this window
 * @library: where tags are
 * @tag: what to change; a new one has a brand and a kind, and no id
 *
 * Returns: (transfer none): a dialog, to be presented
 */
GtkWidget *
smm_tag_dialog_new (GtkWindow *parent, SmmLibrary *library, SmmTag *tag)
{
  SmmTagDialog *self = g_object_new (SMM_TYPE_TAG_DIALOG, "transient-for", parent, NULL);
  gboolean campaign = tag->kind == SMM_TAG_KIND_CAMPAIGN, is_new = tag->id == NULL;
  gboolean known = FALSE;
  GtkToggleButton *group = NULL;

  self->library = g_object_ref (library);
  self->tag = smm_tag_copy (tag);
  if (is_new)
    propose_color (self);
  gtk_window_set_title (GTK_WINDOW (self), is_new ? campaign ? _ ("New Campaign") : _ ("New Tag")
                                           : campaign ? _ ("Change Campaign")
                                                      : _ ("Change Tag"));
  for (const char *const *color = smm_tag_get_palette (); *color != NULL; color++)
    {
      known = known || g_strcmp0 (*color, self->tag->color) == 0;
      add_color (self, *color, &group);
    }
  if (!known && self->tag->color != NULL)
    add_color (self, self->tag->color, &group);
  gtk_widget_set_visible (self->days, campaign);
  smm_day_button_set (SMM_DAY_BUTTON (self->first_day), tag->first_day);
  smm_day_button_set (SMM_DAY_BUTTON (self->last_day), tag->last_day);
  gtk_editable_set_text (GTK_EDITABLE (self->name), tag->name != NULL ? tag->name : "");
  smm_widget_set_label (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->name))),
                        _ ("Name"));
  on_edited (self);
  gtk_widget_grab_focus (self->name);
  return GTK_WIDGET (self);
}
