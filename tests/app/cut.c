/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded before the application by its tests: with SIGUSR2 it writes into the file that
 * SMM_CUT_REPORT names what is on screen and can't be seen whole, because it needs more room from
 * side to side than there is. A window does not grow by that: something in it hides the rest. */

#include "cut.h"

#include <glib-unix.h>
#include <signal.h>

/* What is left of a text that is shortened to less says nothing. */
#define LEAST_TEXT 24
#define TOLERANCE 1

static gboolean
scrolls (GtkWidget *widget)
{
  GtkPolicyType policy = GTK_POLICY_NEVER;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &policy, NULL);
  return policy != GTK_POLICY_NEVER;
}

static gboolean
is_inside (GtkWidget *widget, GtkWidget *holder)
{
  graphene_rect_t bounds;

  return !gtk_widget_compute_bounds (widget, holder, &bounds) || bounds.size.width == 0
         || (bounds.origin.x >= -TOLERANCE
             && bounds.origin.x + bounds.size.width <= gtk_widget_get_width (holder) + TOLERANCE);
}

/* What scrolls hides nothing that its scrolled window, which needs the same room, would not. */
static gboolean
hides (GtkWidget *widget)
{
  return GTK_IS_NATIVE (widget)
         || (gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN
             && !GTK_IS_SCROLLABLE (widget));
}

/* Whether all of @widget's width is in sight, or can be scrolled to. */
static gboolean
is_whole (GtkWidget *widget)
{
  for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL && !scrolls (above);
       above = gtk_widget_get_parent (above))
    {
      if (hides (above) && !is_inside (widget, above))
        return FALSE;
      if (GTK_IS_NATIVE (above))
        break;
    }
  return TRUE;
}

static gboolean
is_shortened_away (GtkWidget *widget)
{
  PangoLayout *layout = GTK_IS_LABEL (widget) ? gtk_label_get_layout (GTK_LABEL (widget)) : NULL;

  return layout != NULL && pango_layout_is_ellipsized (layout)
         && gtk_widget_get_width (widget) < LEAST_TEXT;
}

static const char *
get_text (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_first_child (widget))
    if (GTK_IS_LABEL (widget))
      return gtk_label_get_text (GTK_LABEL (widget));
  return "";
}

static void
look (GtkWidget *widget, GString *found)
{
  const char *why = NULL;

  /* The title of an entry row changes its size and place by itself. */
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget)
      || g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwEntryRow"))
    return;
  if (GTK_IS_LABEL (widget) || GTK_IS_BUTTON (widget) || GTK_IS_IMAGE (widget)
      || GTK_IS_TEXT (widget) || GTK_IS_SCROLLED_WINDOW (widget))
    why = is_shortened_away (widget) ? "shortened to nothing" : is_whole (widget) ? NULL : "cut";
  if (why != NULL)
    {
      g_string_append_printf (found, "%s: %s “%s”, %d wide", why, G_OBJECT_TYPE_NAME (widget),
                              get_text (widget), gtk_widget_get_width (widget));
      for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL;
           above = gtk_widget_get_parent (above))
        g_string_append_printf (found, " < %s", G_OBJECT_TYPE_NAME (above));
      g_string_append_c (found, '\n');
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look (child, found);
}

char *
smm_cut_find (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GString *found = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      look (window, found);
    }
  return g_string_free (found, FALSE);
}

static gboolean
on_asked (gpointer user_data)
{
  g_autofree char *found = smm_cut_find ();

  g_file_set_contents (user_data, found, -1, NULL);
  return G_SOURCE_CONTINUE;
}

__attribute__ ((constructor)) static void
wait_to_be_asked (void)
{
  const char *report = g_getenv ("SMM_CUT_REPORT");

  if (report != NULL)
    g_unix_signal_add (SIGUSR2, on_asked, g_strdup (report));
}
