/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-popover.h"

/**
 * smm_popover_drop:
 * @popover: a popover with a parent
 *
 * Takes it off its parent, also from a handler of "closed": GTK emits that half-way, and looks at
 * the popover again after it.
 */
void
smm_popover_drop (GtkWidget *popover)
{
  g_idle_add_once (g_object_unref, g_object_ref (popover));
  gtk_widget_unparent (popover);
}

static void
print_menu (GString *out, GMenuModel *menu)
{
  for (int i = 0; menu != NULL && i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuAttributeIter) attributes = g_menu_model_iterate_item_attributes (menu, i);
      g_autoptr (GMenuLinkIter) links = g_menu_model_iterate_item_links (menu, i);

      g_string_append (out, "(");
      while (g_menu_attribute_iter_next (attributes))
        {
          g_autoptr (GVariant) value = g_menu_attribute_iter_get_value (attributes);

          g_string_append (out, g_menu_attribute_iter_get_name (attributes));
          g_variant_print_string (value, out, FALSE);
        }
      while (g_menu_link_iter_next (links))
        {
          g_autoptr (GMenuModel) linked = g_menu_link_iter_get_value (links);

          g_string_append (out, g_menu_link_iter_get_name (links));
          print_menu (out, linked);
        }
      g_string_append (out, ")");
    }
}

static gboolean
says_same (GMenuModel *one, GMenuModel *two)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);

  print_menu (first, one);
  print_menu (second, two);
  return g_string_equal (first, second);
}

/**
 * smm_menu_button_set_menu:
 * @button: a button whose menu is set by this alone
 * @menu: what it shows now
 *
 * As gtk_menu_button_set_menu_model(), but keeps the popover: the library changes while somebody
 * has the menu open, too, and GTK 4.8 crashes when a popover is replaced that is just closing.
 */
void
smm_menu_button_set_menu (GtkMenuButton *button, GMenu *menu)
{
  GMenuModel *shown = gtk_menu_button_get_menu_model (button);

  if (shown == NULL)
    {
      gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
      return;
    }
  if (says_same (shown, G_MENU_MODEL (menu)))
    return;
  g_menu_remove_all (G_MENU (shown));
  for (int i = 0; i < g_menu_model_get_n_items (G_MENU_MODEL (menu)); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (G_MENU_MODEL (menu), i);

      g_menu_append_item (G_MENU (shown), item);
    }
}
