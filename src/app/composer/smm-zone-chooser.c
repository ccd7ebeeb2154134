/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-zone-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-state-icon.h"

/* Of the system's zone database: country codes, coordinates, name, in columns. */
#define ZONE_TABLE "/usr/share/zoneinfo/zone1970.tab"
#define NAME_COLUMN 2

struct _SmmZoneChooser
{
  AdwBin parent_instance;

  GtkWidget *drop_down;
  GtkStringList *zones;
  gboolean setting;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmZoneChooser, smm_zone_chooser, ADW_TYPE_BIN)

/* "Helsinki (Europe)": the search looks at the beginning, and people look for cities. */
static char *
make_label (const char *zone)
{
  g_autofree char *city = smm_zone_get_city (zone);
  const char *slash = strchr (zone, '/');
  g_autofree char *area = slash != NULL ? g_strndup (zone, slash - zone) : NULL;

  return area != NULL ? g_strdup_printf ("%s (%s)", city, area) : g_strdup (city);
}

static char *
get_label (GtkStringObject *item, gpointer user_data)
{
  return make_label (gtk_string_object_get_string (item));
}

static guint
find (SmmZoneChooser *self, const char *zone)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->zones));

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (gtk_string_list_get_string (self->zones, i), zone) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  g_autofree char *one = make_label (*(const char *const *)a);
  g_autofree char *other = make_label (*(const char *const *)b);

  return g_utf8_collate (one, other);
}

static void
fill (SmmZoneChooser *self, const char *table)
{
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *chosen = g_strdup (smm_zone_chooser_get (self));

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = *lines[i] != '#' ? g_strsplit (lines[i], "\t", -1) : NULL;

      if (columns != NULL && g_strv_length (columns) > NAME_COLUMN)
        g_ptr_array_add (names, g_strdup (columns[NAME_COLUMN]));
    }
  g_ptr_array_add (names, g_strdup ("UTC"));
  g_ptr_array_sort (names, compare_labels);
  g_ptr_array_add (names, NULL);
  self->setting = TRUE;
  gtk_string_list_splice (self->zones, 0, g_list_model_get_n_items (G_LIST_MODEL (self->zones)),
                          (const char *const *)names->pdata);
  self->setting = FALSE;
  if (chosen != NULL)
    smm_zone_chooser_set (self, chosen);
}

static void
on_table (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmZoneChooser) self = user_data;
  g_autofree char *table = NULL;

  /* Without it there is the zone that is set, and no other. */
  if (g_file_load_contents_finish (G_FILE (source), result, &table, NULL, NULL, NULL))
    fill (self, table);
}

/* The button in a GtkDropDown has the keyboard, and no name. */
static void
name_button (SmmZoneChooser *self)
{
  const char *zone = smm_zone_chooser_get (self);
  g_autofree char *label = zone != NULL ? make_label (zone) : NULL;
  GtkWidget *button = gtk_widget_get_first_child (self->drop_down);

  smm_widget_set_label (button, _ ("Time zone"));
  if (label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    label, -1);
}

static void
on_selected (SmmZoneChooser *self)
{
  name_button (self);
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
smm_zone_chooser_dispose (GObject *object)
{
  g_clear_object (&SMM_ZONE_CHOOSER (object)->zones);
  G_OBJECT_CLASS (smm_zone_chooser_parent_class)->dispose (object);
}

static void
smm_zone_chooser_class_init (SmmZoneChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_zone_chooser_dispose;
  signals[CHANGED] = g_signal_new ("changed", SMM_TYPE_ZONE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

/* GtkDropDown gives its search no name. */
static void
name_search (GtkWidget *widget)
{
  if (GTK_IS_SEARCH_ENTRY (widget))
    smm_widget_set_label (widget, _ ("Search for a city"));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_search (child);
}

static void
smm_zone_chooser_init (SmmZoneChooser *self)
{
  g_autoptr (GFile) table = g_file_new_for_path (ZONE_TABLE);
  g_autoptr (GtkExpression) label = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (get_label), NULL, NULL);

  self->zones = gtk_string_list_new (NULL);
  self->drop_down = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->zones)), NULL);
  gtk_drop_down_set_expression (GTK_DROP_DOWN (self->drop_down), label);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->drop_down), TRUE);
  gtk_widget_set_tooltip_text (self->drop_down, _ ("Time zone"));
  smm_widget_set_label (self->drop_down, _ ("Time zone"));
  g_signal_connect_swapped (self->drop_down, "notify::selected", G_CALLBACK (on_selected), self);
  adw_bin_set_child (ADW_BIN (self), self->drop_down);
  name_search (self->drop_down);
  name_button (self);
  g_file_load_contents_async (table, NULL, on_table, g_object_ref (self));
}

GtkWidget *
smm_zone_chooser_new (void)
{
  return g_object_new (SMM_TYPE_ZONE_CHOOSER, NULL);
}

/**
 * smm_zone_chooser_set:
 * @self: a chooser
 * @zone: an IANA name; one that is not in the list comes into it
 */
void
smm_zone_chooser_set (SmmZoneChooser *self, const char *zone)
{
  guint i;

  g_return_if_fail (SMM_IS_ZONE_CHOOSER (self));

  self->setting = TRUE;
  i = find (self, zone);
  if (i == GTK_INVALID_LIST_POSITION)
    {
      i = g_list_model_get_n_items (G_LIST_MODEL (self->zones));
      gtk_string_list_append (self->zones, zone);
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), i);
  self->setting = FALSE;
}

/**
 * smm_zone_chooser_get:
 * @self: a chooser
 *
 * Returns: (transfer none) (nullable): the IANA name
 */
const char *
smm_zone_chooser_get (SmmZoneChooser *self)
{
  guint i;

  g_return_val_if_fail (SMM_IS_ZONE_CHOOSER (self), NULL);

  i = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));
  return i != GTK_INVALID_LIST_POSITION ? gtk_string_list_get_string (self->zones, i) : NULL;
}
