/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes of which the window tells what came of them: who asked, a popover, may be gone then. */

#include "config.h"

#include "smm-telling.h"

#include "smm-window.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkRoot *window;
  char *text;
  gboolean undoable;
} Telling;

static Telling *
telling_new (GtkWidget *widget, const char *text, gboolean undoable)
{
  Telling *telling = g_new0 (Telling, 1);
  GtkRoot *root = gtk_widget_get_root (widget);

  telling->window = root != NULL ? g_object_ref (root) : NULL;
  telling->text = g_strdup (text);
  telling->undoable = undoable;
  return telling;
}

static void
tell (Telling *telling, const GError *error)
{
  if (SMM_IS_WINDOW (telling->window))
    smm_window_toast (SMM_WINDOW (telling->window), error != NULL ? error->message : telling->text,
                      error == NULL && telling->undoable);
  g_clear_object (&telling->window);
  g_free (telling->text);
  g_free (telling);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply
      = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  tell (user_data, error);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply
      = smm_library_remote_call_finish (SMM_LIBRARY_REMOTE (source), result, &error);

  tell (user_data, error);
}

/**
 * smm_apply_telling:
 * @widget: who asks, in a window
 * @library: the library
 * @command: the change
 * @text: what to say when it is made
 * @undoable: whether Undo is offered with it
 */
void
smm_apply_telling (GtkWidget *widget, SmmLibrary *library, SmmCommand *command, const char *text,
                   gboolean undoable)
{
  smm_library_apply_async (library, command, NULL, on_applied,
                           telling_new (widget, text, undoable));
}

/**
 * smm_look_now_telling:
 * @widget: who asks, in a window
 * @library: the publisher's
 * @target_id: an unconfirmed target, which is looked for at once
 */
void
smm_look_now_telling (GtkWidget *widget, SmmLibraryRemote *library, const char *target_id)
{
  smm_library_remote_call_async (library, "LookNow", g_variant_new ("(s)", target_id), NULL,
                                 on_called,
                                 telling_new (widget, _ ("Looking. This never posts."), FALSE));
}
