/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-utm-button.h"

#include <glib/gi18n.h>

#include "smm-state-icon.h"
#include "smm-text-tools.h"

enum
{
  SOURCE,
  MEDIUM,
  CAMPAIGN,
  N_FIELDS
};

static const struct
{
  const char *key, *label, *usual;
} fields[N_FIELDS] = {
  { "source", N_ ("Source (utm_source)"), "social" },
  { "medium", N_ ("Medium (utm_medium)"), "post" },
  { "campaign", N_ ("Campaign (utm_campaign)"), "" },
};

struct _SmmUtmButton
{
  AdwBin parent_instance;

  GtkWidget *button;
  GtkWidget *entries[N_FIELDS];
  GtkWidget *automatic;

  SmmLibrary *library;
  char *brand_id;
};

enum
{
  ADD,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmUtmButton, smm_utm_button, ADW_TYPE_BIN)

static const char *
get_field (SmmUtmButton *self, guint i)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entries[i]));
}

/* What is written is the brand's from now on. */
static void
keep (SmmUtmButton *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (GVariant) values = NULL;
  g_autoptr (SmmCommand) command = NULL;
  g_autofree char *key = g_strdup_printf ("brand.%s.utm", self->brand_id);
  g_autofree char *text = NULL;

  for (guint i = 0; i < N_FIELDS; i++)
    g_variant_builder_add (&builder, "{ss}", fields[i].key, get_field (self, i));
  g_variant_builder_add (&builder, "{ss}", "automatic",
                         smm_utm_button_is_automatic (self) ? "true" : "false");
  values = g_variant_ref_sink (g_variant_builder_end (&builder));
  text = g_variant_print (values, TRUE);
  command = smm_command_new ("setting.set",
                             g_variant_new_parsed ("{'key': <%s>, 'value': <%s>}", key, text));
  smm_library_apply_async (self->library, command, NULL, NULL, NULL);
}

static void
on_add (SmmUtmButton *self)
{
  keep (self);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[ADD], 0);
}

static void
on_remove (SmmUtmButton *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
smm_utm_button_finalize (GObject *object)
{
  SmmUtmButton *self = SMM_UTM_BUTTON (object);

  g_clear_object (&self->library);
  g_free (self->brand_id);
  G_OBJECT_CLASS (smm_utm_button_parent_class)->finalize (object);
}

static void
smm_utm_button_class_init (SmmUtmButtonClass *klass)
{
  GType type = SMM_TYPE_UTM_BUTTON;

  G_OBJECT_CLASS (klass)->finalize = smm_utm_button_finalize;
  signals[ADD] = g_signal_new ("add", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE]
      = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_automatic (SmmUtmButton *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->automatic = gtk_switch_new ();
  gtk_widget_set_valign (self->automatic, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("On every link of this brand"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->automatic);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->automatic);
  return row;
}

static void
smm_utm_button_init (SmmUtmButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add = gtk_button_new_with_label (_ ("Put on the Link"));
  GtkWidget *remove = gtk_button_new_with_label (_ ("Take Off"));

  smm_widget_set_label (list, _ ("Tell the website where visitors come from"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < N_FIELDS; i++)
    {
      self->entries[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entries[i]), _ (fields[i].label));
      smm_widget_set_label (
          GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->entries[i]))),
          _ (fields[i].label));
      gtk_list_box_append (GTK_LIST_BOX (list), self->entries[i]);
    }
  gtk_list_box_append (GTK_LIST_BOX (list), create_automatic (self));
  gtk_widget_add_css_class (add, "suggested-action");
  gtk_widget_set_hexpand (remove, TRUE);
  gtk_widget_set_halign (remove, GTK_ALIGN_START);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add), self);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (buttons), remove);
  gtk_box_append (GTK_BOX (buttons), add);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_set_size_request (box, 300, -1);
  gtk_widget_add_css_class (box, "snippets");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), "UTM");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->button, _ ("Tell the website where visitors come from"));
  smm_widget_set_label (self->button, _ ("Tell the website where visitors come from"));
  gtk_widget_add_css_class (self->button, "flat");
  adw_bin_set_child (ADW_BIN (self), self->button);
}

GtkWidget *
smm_utm_button_new (SmmLibrary *library)
{
  SmmUtmButton *self = g_object_new (SMM_TYPE_UTM_BUTTON, NULL);

  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}

/**
 * smm_utm_button_set_brand:
 * @self: a button
 * @brand_id: whose link it is
 */
void
smm_utm_button_set_brand (SmmUtmButton *self, const char *brand_id)
{
  SmmStore *store;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GVariant) values = NULL;
  const char *automatic = NULL;

  g_return_if_fail (SMM_IS_UTM_BUTTON (self));

  g_free (self->brand_id);
  self->brand_id = g_strdup (brand_id);
  store = smm_library_get_store (self->library);
  key = g_strdup_printf ("brand.%s.utm", brand_id);
  text = store != NULL ? smm_store_get_setting (store, key) : NULL;
  values = text != NULL ? g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, NULL) : NULL;
  for (guint i = 0; i < N_FIELDS; i++)
    {
      const char *value = fields[i].usual;

      if (values != NULL)
        g_variant_lookup (values, fields[i].key, "&s", &value);
      gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), value);
    }
  if (values != NULL)
    g_variant_lookup (values, "automatic", "&s", &automatic);
  gtk_switch_set_active (GTK_SWITCH (self->automatic), g_strcmp0 (automatic, "true") == 0);
}

/**
 * smm_utm_button_tag:
 * @self: a button
 * @link: an address
 *
 * Returns: (transfer full) (nullable): the address with what the fields say
 */
char *
smm_utm_button_tag (SmmUtmButton *self, const char *link)
{
  g_return_val_if_fail (SMM_IS_UTM_BUTTON (self), NULL);

  return smm_link_add_utm (link, get_field (self, SOURCE), get_field (self, MEDIUM),
                           get_field (self, CAMPAIGN));
}

gboolean
smm_utm_button_is_automatic (SmmUtmButton *self)
{
  g_return_val_if_fail (SMM_IS_UTM_BUTTON (self), FALSE);

  return gtk_switch_get_active (GTK_SWITCH (self->automatic));
}
