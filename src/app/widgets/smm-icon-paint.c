/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-icon-paint.h"

/* A handful, of the size, scale and direction below: others begin anew. */
static GHashTable *icons; /* name → GtkIconPaintable */
static int known_size, known_scale;
static GtkTextDirection known_direction;

static GtkIconPaintable *
find_icon (GtkWidget *widget, const char *name, int size)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  GtkTextDirection direction = gtk_widget_get_direction (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  GtkIconPaintable *icon;

  if (icons == NULL)
    {
      icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      g_signal_connect_swapped (theme, "changed", G_CALLBACK (g_hash_table_remove_all), icons);
    }
  if (size != known_size || scale != known_scale || direction != known_direction)
    g_hash_table_remove_all (icons);
  known_size = size;
  known_scale = scale;
  known_direction = direction;
  icon = g_hash_table_lookup (icons, name);
  if (icon == NULL)
    {
      icon = gtk_icon_theme_lookup_icon (theme, name, NULL, size, scale, direction, 0);
      g_hash_table_insert (icons, g_strdup (name), icon);
    }
  return icon;
}

/**
 * smm_icon_paint:
 * @widget: a widget that draws itself
 * @snapshot: where
 * @name: of a symbolic icon
 * @x: of its left edge
 * @y: of its upper edge
 * @size: of its edges, pixels
 * @color: its colour
 */
void
smm_icon_paint (GtkWidget *widget, GtkSnapshot *snapshot, const char *name, double x, double y,
                int size, const GdkRGBA *color)
{
  GtkIconPaintable *icon = find_icon (widget, name, size);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size,
                                            color, 1);
  gtk_snapshot_restore (snapshot);
}
