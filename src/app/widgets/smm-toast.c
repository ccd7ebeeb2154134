/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-toast.h"

#include <glib/gi18n.h>

#define SHOWN "smm-toast"
#define BARS "smm-toast-bars"

static void
on_dismissed (AdwToast *toast, AdwToastOverlay *overlay)
{
  if (g_object_get_data (G_OBJECT (overlay), SHOWN) == toast)
    g_object_set_data (G_OBJECT (overlay), SHOWN, NULL);
}

/* As far up as the bars below it are high: with large text they are higher. */
static void
lift (AdwToastOverlay *overlay)
{
  GPtrArray *bars = g_object_get_data (G_OBJECT (overlay), BARS);
  int sum = 0;

  for (guint i = 0; bars != NULL && i < bars->len; i++)
    {
      int height;

      gtk_widget_measure (bars->pdata[i], GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
      sum += height;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (overlay)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_css_name (child), "toast"))
      gtk_widget_set_margin_bottom (child, sum);
}

/**
 * smm_toast_keep_off:
 * @overlay: where toasts are shown
 * @bar: a bar at the bottom of it, to be told of as hidden before it goes
 * @shown: whether it is there now
 *
 * A toast does not lie on the bars that are there, of which one stands over the other.
 */
void
smm_toast_keep_off (AdwToastOverlay *overlay, GtkWidget *bar, gboolean shown)
{
  GPtrArray *bars = g_object_get_data (G_OBJECT (overlay), BARS);

  if (bars == NULL)
    {
      bars = g_ptr_array_new ();
      g_object_set_data_full (G_OBJECT (overlay), BARS, bars, (GDestroyNotify)g_ptr_array_unref);
    }
  g_ptr_array_remove_fast (bars, bar);
  if (shown)
    g_ptr_array_add (bars, bar);
  lift (overlay);
}

/**
 * smm_toast_forget:
 * @overlay: where toasts are shown
 *
 * Puts away the one that smm_toast_show() showed last, if it is there yet.
 */
void
smm_toast_forget (AdwToastOverlay *overlay)
{
  g_autoptr (AdwToast) shown = NULL;

  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay));

  if (g_set_object (&shown, g_object_get_data (G_OBJECT (overlay), SHOWN)))
    adw_toast_dismiss (shown);
}

/**
 * smm_toast_show:
 * @overlay: where to show it
 * @text: plain text
 * @undoable: whether to offer Undo
 *
 * Says at once what happened last, in place of what was said before: an Undo that is on screen
 * takes back just what it stands beside.
 */
void
smm_toast_show (AdwToastOverlay *overlay, const char *text, gboolean undoable)
{
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay));
  g_return_if_fail (text != NULL);

  smm_toast_forget (overlay);
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  if (undoable)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_action_name (toast, "app.undo");
    }
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), overlay, 0);
  g_object_set_data_full (G_OBJECT (overlay), SHOWN, g_object_ref (toast), g_object_unref);
  adw_toast_overlay_add_toast (overlay, toast);
  lift (overlay);
}
