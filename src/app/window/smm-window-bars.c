/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is true of all of the library for a while, above whatever is shown of it. */

#include "config.h"

#include "smm-window-private.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-telling.h"
#include "smm-workspace.h"

static void
show_closing (SmmWindow *self, SmmStore *store, gint64 at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = smm_time_format_long (at, zone);
  guint n = smm_store_count_held_posts (store, SMM_WORKSPACE_CLOSING);
  g_autofree char *held = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u post is held.", "%u posts are held.", n), n);
  g_autofree char *text
      = at > g_get_real_time ()
            ? g_strdup_printf (_ ("This workspace is being closed: everything here is deleted on "
                                  "%s, and nothing goes out until then."),
                               when)
            : g_strdup (_ ("This workspace is closed: everything here is about to be deleted. A "
                           "locked keyring has to be unlocked for it."));
  g_autofree char *whole = n > 0 ? g_strconcat (text, " ", held, NULL) : g_strdup (text);

  gtk_label_set_label (self->closing_label, whole);
  gtk_widget_set_visible (self->closing_show, n > 0);
}

/**
 * smm_window_update_bars:
 * @self: a window
 * @store: (nullable): what is so now
 */
void
smm_window_update_bars (SmmWindow *self, SmmStore *store)
{
  gboolean erasing = store != NULL && smm_store_is_erasing (store);
  gint64 at = store != NULL ? smm_store_get_erase_at (store) : 0;

  gtk_widget_set_visible (self->erasing_bar, erasing);
  gtk_spinner_set_spinning (self->erasing_spinner, erasing);
  gtk_widget_set_visible (self->closing_bar, at > 0);
  if (at > 0)
    show_closing (self, store, at);
}

static void
reopen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);
  g_autoptr (SmmCommand) command = smm_command_new ("workspace.reopen", NULL);

  if (self->library != NULL)
    smm_apply_telling (widget, self->library, command, _ ("The workspace goes on"), TRUE);
}

void
smm_window_class_install_bars (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, erasing_bar);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, erasing_spinner);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, closing_bar);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, closing_label);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, closing_show);
  gtk_widget_class_install_action (widget_class, "win.reopen-workspace", NULL, reopen_action);
}
