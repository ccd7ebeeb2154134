/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-brand-avatar.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define CANCELLABLE "smm-loading"
#define SHOWN "smm-shown"
/* Enough for the largest avatar at scale 2. */
#define EDGE 192

gboolean
smm_brand_get_color (SmmBrand *brand, GdkRGBA *color)
{
  g_autofree char *first = NULL;

  if (brand == NULL || brand->colors == NULL)
    return FALSE;
  first = g_strndup (brand->colors, strcspn (brand->colors, " "));
  return gdk_rgba_parse (color, first);
}

static GdkPaintable *
paint_initial (GtkWidget *avatar, SmmBrand *brand, const GdkRGBA *color)
{
  g_autofree char *initial
      = g_utf8_strup (brand->name, g_utf8_next_char (brand->name) - brand->name);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (avatar, initial);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  gboolean bright = 0.299 * color->red + 0.587 * color->green + 0.114 * color->blue > 0.6;
  GdkRGBA ink = bright ? (GdkRGBA){ 0, 0, 0, 0.8F } : (GdkRGBA){ 1, 1, 1, 1 };
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width, height;

  pango_attr_list_insert (attributes, pango_attr_size_new_absolute (EDGE * 45 / 100 * PANGO_SCALE));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (0, 0, EDGE, EDGE));
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((EDGE - width) / 2.F, (EDGE - height) / 2.F));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  return gtk_snapshot_free_to_paintable (snapshot, &GRAPHENE_SIZE_INIT (EDGE, EDGE));
}

static void
load_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) full
      = gdk_pixbuf_new_from_file_at_scale (path, 2 * EDGE, 2 * EDGE, TRUE, &error);
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (full == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  pixbuf = gdk_pixbuf_apply_embedded_orientation (full);
  g_task_return_pointer (task, gdk_texture_new_for_pixbuf (pixbuf), g_object_unref);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Without it the name's initials stay; cancelled: the avatar is another's by now. */
  if (texture != NULL)
    adw_avatar_set_custom_image (ADW_AVATAR (source), GDK_PAINTABLE (texture));
}

static void
load_logo (AdwAvatar *avatar, char *path)
{
  GCancellable *cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (avatar, cancellable, on_loaded, NULL);

  g_object_set_data_full (G_OBJECT (avatar), CANCELLABLE, cancellable, g_object_unref);
  g_task_set_task_data (task, path, g_free);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, load_in_thread);
}

/**
 * smm_brand_avatar_show:
 * @avatar: an avatar
 * @brand: (nullable): whose face it is
 * @paths: where the logo is
 */
void
smm_brand_avatar_show (AdwAvatar *avatar, SmmBrand *brand, SmmPaths *paths)
{
  const char *name = brand != NULL && brand->name != NULL ? brand->name : "";
  const char *logo = brand != NULL ? brand->logo : NULL;
  GCancellable *loading = g_object_get_data (G_OBJECT (avatar), CANCELLABLE);
  g_autoptr (GdkPaintable) initial = NULL;
  g_autofree char *shown
      = g_strjoin ("\n", name, logo != NULL ? logo : "",
                   brand != NULL && brand->colors != NULL ? brand->colors : "", NULL);
  GdkRGBA color;

  if (g_strcmp0 (g_object_get_data (G_OBJECT (avatar), SHOWN), shown) == 0)
    return;
  g_object_set_data_full (G_OBJECT (avatar), SHOWN, g_steal_pointer (&shown), g_free);
  if (loading != NULL)
    g_cancellable_cancel (loading);
  adw_avatar_set_text (avatar, name);
  if (*name != '\0' && smm_brand_get_color (brand, &color))
    initial = paint_initial (GTK_WIDGET (avatar), brand, &color);
  if (logo == NULL || paths == NULL || adw_avatar_get_custom_image (avatar) == NULL)
    adw_avatar_set_custom_image (avatar, initial);
  if (logo != NULL && paths != NULL)
    load_logo (avatar, smm_paths_get_media (paths, logo));
}
