/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-edit-bar.h"

#include <glib/gi18n.h>

#include "smm-state-icon.h"

struct _SmmEditBar
{
  GtkBox parent_instance;

  GtkWidget *label;
  GtkWidget *progress;
  GtkWidget *cancel;
  GtkWidget *undo;

  SmmLibrary *library;
  GCancellable *cancellable; /* of what is being made; NULL: nothing is */
  char *told;                /* what can be taken back; NULL: nothing */
};

/* One medium in the place of another. */
typedef struct
{
  SmmEditBar *bar;
  GCancellable *cancellable;
  SmmMedia *from;
  SmmMedia *to;
  char *done;
} Made;

enum
{
  REPLACE,
  UNDO,
  BUSY,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmEditBar, smm_edit_bar, GTK_TYPE_BOX)

static void
made_free (Made *made)
{
  g_clear_object (&made->bar);
  g_clear_object (&made->cancellable);
  g_clear_object (&made->from);
  g_clear_object (&made->to);
  g_free (made->done);
  g_free (made);
}

static void
update (SmmEditBar *self)
{
  gboolean busy = self->cancellable != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), busy || self->told != NULL);
  gtk_widget_set_visible (self->progress, busy);
  gtk_widget_set_visible (self->cancel, busy);
  gtk_widget_set_visible (self->undo, !busy && self->told != NULL);
  if (!busy)
    gtk_label_set_label (GTK_LABEL (self->label), self->told != NULL ? self->told : "");
}

/* Whether what was made is still wanted. */
static gboolean
is_current (Made *made)
{
  return made->bar->cancellable == made->cancellable;
}

static void
finish (Made *made, const GError *error)
{
  g_autoptr (SmmEditBar) self = g_object_ref (made->bar);
  gboolean wanted = is_current (made);

  if (wanted)
    g_clear_object (&self->cancellable);
  if (error == NULL && wanted)
    g_signal_emit (self, signals[REPLACE], 0, made->from, made->to, made->done);
  else if (wanted && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
  made_free (made);
  update (self);
  g_signal_emit (self, signals[BUSY], 0);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply
      = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  finish (user_data, error);
}

static void
on_edited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Made *made = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmCommand) command = NULL;
  GVariantDict args;

  made->to = smm_media_edit_finish (result, &error);
  if (made->to == NULL || !is_current (made))
    {
      finish (made, error);
      return;
    }
  g_free (made->to->file_name);
  made->to->file_name = g_strdup (made->from->file_name);
  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert_value (&args, "media", smm_media_to_variant (made->to));
  command = smm_command_new ("media.add", g_variant_dict_end (&args));
  smm_library_apply_async (made->bar->library, command, NULL, on_added, made);
}

static void
on_progress (double done, gpointer user_data)
{
  Made *made = user_data;

  if (is_current (made))
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (made->bar->progress), CLAMP (done, 0, 1));
}

static void
on_cancel (SmmEditBar *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  update (self);
  g_signal_emit (self, signals[BUSY], 0);
}

static void
on_undo (SmmEditBar *self)
{
  g_signal_emit (self, signals[UNDO], 0);
}

static void
smm_edit_bar_dispose (GObject *object)
{
  SmmEditBar *self = SMM_EDIT_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_edit_bar_parent_class)->dispose (object);
}

static void
smm_edit_bar_finalize (GObject *object)
{
  g_free (SMM_EDIT_BAR (object)->told);
  G_OBJECT_CLASS (smm_edit_bar_parent_class)->finalize (object);
}

static void
smm_edit_bar_class_init (SmmEditBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = SMM_TYPE_EDIT_BAR;

  object_class->dispose = smm_edit_bar_dispose;
  object_class->finalize = smm_edit_bar_finalize;
  signals[REPLACE] = g_signal_new ("replace", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, SMM_TYPE_MEDIA, SMM_TYPE_MEDIA, G_TYPE_STRING);
  signals[UNDO]
      = g_signal_new ("undo", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BUSY]
      = g_signal_new ("busy", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
smm_edit_bar_init (SmmEditBar *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "edit-bar");
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  self->progress = gtk_progress_bar_new ();
  smm_widget_set_label (self->progress, _ ("Progress"));
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), self->label);
  gtk_box_append (GTK_BOX (column), self->progress);
  self->cancel = gtk_button_new_with_label (_ ("Cancel"));
  self->undo = gtk_button_new_with_label (_ ("Undo"));
  gtk_widget_set_valign (self->cancel, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->undo, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (on_cancel), self);
  g_signal_connect_swapped (self->undo, "clicked", G_CALLBACK (on_undo), self);
  gtk_box_append (GTK_BOX (self), column);
  gtk_box_append (GTK_BOX (self), self->cancel);
  gtk_box_append (GTK_BOX (self), self->undo);
  update (self);
}

/**
 * smm_edit_bar_new:
 * @library: where media are kept
 *
 * Returns: (transfer full): a bar with nothing to do, not to be seen
 */
GtkWidget *
smm_edit_bar_new (SmmLibrary *library)
{
  SmmEditBar *self = g_object_new (SMM_TYPE_EDIT_BAR, NULL);

  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}

/**
 * smm_edit_bar_start:
 * @self: a bar
 * @media: of the post; stays as it is in the library
 * @edit: what to make of it
 * @doing: what is being done, for people
 * @done: what was done, for people
 *
 * Returns: %FALSE when something else is being made
 */
gboolean
smm_edit_bar_start (SmmEditBar *self, SmmMedia *media, const SmmMediaEdit *edit, const char *doing,
                    const char *done)
{
  SmmStore *store;
  g_autofree char *path = NULL;
  Made *made;

  g_return_val_if_fail (SMM_IS_EDIT_BAR (self), FALSE);

  store = smm_library_get_store (self->library);
  if (self->cancellable != NULL || store == NULL)
    return FALSE;
  path = smm_paths_get_media (smm_store_get_paths (store), media->sha256);
  self->cancellable = g_cancellable_new ();
  made = g_new0 (Made, 1);
  made->bar = g_object_ref (self);
  made->cancellable = g_object_ref (self->cancellable);
  made->from = g_object_ref (media);
  made->done = g_strdup (done);
  gtk_label_set_label (GTK_LABEL (self->label), doing);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), 0);
  update (self);
  gtk_widget_grab_focus (self->cancel);
  smm_media_edit_async (path, smm_store_get_paths (store)->media_dir, edit, self->cancellable,
                        on_progress, made, on_edited, made);
  g_signal_emit (self, signals[BUSY], 0);
  return TRUE;
}

/**
 * smm_edit_bar_tell:
 * @self: a bar
 * @text: (nullable): what was done and can be taken back; %NULL: nothing
 */
void
smm_edit_bar_tell (SmmEditBar *self, const char *text)
{
  g_return_if_fail (SMM_IS_EDIT_BAR (self));

  g_free (self->told);
  self->told = g_strdup (text);
  update (self);
}

/**
 * smm_edit_bar_reset:
 * @self: a bar
 */
void
smm_edit_bar_reset (SmmEditBar *self)
{
  g_return_if_fail (SMM_IS_EDIT_BAR (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  update (self);
}

/**
 * smm_edit_bar_is_busy:
 * @self: a bar
 *
 * Returns: whether something is being made
 */
gboolean
smm_edit_bar_is_busy (SmmEditBar *self)
{
  g_return_val_if_fail (SMM_IS_EDIT_BAR (self), FALSE);

  return self->cancellable != NULL;
}
