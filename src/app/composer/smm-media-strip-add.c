/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copying files into the library, one after the other, and taking what is there. */

#include "config.h"

#include "smm-media-strip-private.h"

#include <glib/gi18n.h>

#include "smm-media-client.h"
#include "smm-media-picker.h"

typedef struct
{
  SmmMediaStrip *self;
  SmmMedia *media;
  char *name;
  guint generation;
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->self);
  g_clear_object (&copy->media);
  g_free (copy->name);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static void
copy_done (Copy *copy, const GError *error)
{
  SmmMediaStrip *self = copy->self;

  self->copying = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || copy->generation != self->generation)
    ;
  else if (error != NULL)
    {
      g_autofree char *text
          = g_strdup_printf (_ ("“%s” was not added. %s"), copy->name, error->message);

      g_signal_emit (self, smm_media_strip_signals[SMM_STRIP_FAILED], 0, text);
    }
  else
    {
      g_autofree char *label = g_strdup_printf (_ ("Added “%s”"), copy->name);

      smm_media_strip_remember (self, label);
      g_ptr_array_add (self->media, g_steal_pointer (&copy->media));
      smm_media_strip_changed (self);
    }
  smm_media_strip_copy_next (self);
}

static void
on_media_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply
      = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  copy_done (copy, error);
}

/* What the library has already keeps its name there, and its description goes with it. */
static SmmMedia *
find_known (SmmMediaStrip *self, SmmMedia *media)
{
  SmmStore *store = smm_library_get_store (self->library);

  return store != NULL ? smm_store_get_library_media (store, media->sha256) : NULL;
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmCommand) command = NULL;
  g_autoptr (SmmMedia) known = NULL;
  GVariantDict args;

  copy->media = smm_media_import_finish (result, &error);
  known = copy->media != NULL ? find_known (copy->self, copy->media) : NULL;
  if (known != NULL)
    {
      g_set_object (&copy->media, known);
      g_free (copy->name);
      copy->name = g_strdup (known->file_name);
    }
  if (copy->media == NULL || known != NULL)
    {
      copy_done (copy, error);
      return;
    }
  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert_value (&args, "media", smm_media_to_variant (copy->media));
  command = smm_command_new ("media.add", g_variant_dict_end (&args));
  smm_library_apply_async (copy->self->library, command, NULL, on_media_added, copy);
  g_steal_pointer (&copy);
}

void
smm_media_strip_copy_next (SmmMediaStrip *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  Copy *copy;

  if (self->copying)
    return;
  file = g_queue_pop_head (&self->waiting);
  gtk_widget_set_visible (self->spinner, file != NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), file != NULL);
  if (file == NULL)
    return;
  path = g_file_get_path (file);
  if (path == NULL || store == NULL)
    {
      g_signal_emit (self, smm_media_strip_signals[SMM_STRIP_FAILED], 0,
                     _ ("Only files on this computer can be added. Copy it here first."));
      smm_media_strip_copy_next (self);
      return;
    }
  copy = g_new0 (Copy, 1);
  copy->self = g_object_ref (self);
  copy->name = g_path_get_basename (path);
  copy->generation = self->generation;
  self->copying = TRUE;
  smm_media_import_async (path, smm_store_get_paths (store)->media_dir, self->cancellable,
                          on_imported, copy);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, SmmMediaStrip *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);

          smm_media_strip_add_file (self, file);
        }
    }
  g_clear_object (&self->chooser);
}

/**
 * smm_media_strip_add_file:
 * @self: a strip
 * @file: a picture on this computer
 */
void
smm_media_strip_add_file (SmmMediaStrip *self, GFile *file)
{
  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  if (self->read_only)
    return;
  g_queue_push_tail (&self->waiting, g_object_ref (file));
  smm_media_strip_copy_next (self);
}

/**
 * smm_media_strip_choose:
 * @self: a strip
 *
 * Lets people choose pictures to add.
 */
void
smm_media_strip_choose (SmmMediaStrip *self)
{
  static const char *const video_types[] = { "video/mp4", "video/quicktime", "video/webm" };
  g_autoptr (GtkFileFilter) filter = NULL;
  GtkRoot *root;

  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  if (self->chooser != NULL || self->read_only)
    return;
  root = gtk_widget_get_root (GTK_WIDGET (self));
  self->chooser = gtk_file_chooser_native_new (_ ("Add Pictures or Videos"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), NULL);
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("Pictures and Videos"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  for (guint i = 0; i < G_N_ELEMENTS (video_types); i++)
    gtk_file_filter_add_mime_type (filter, video_types[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- From the library --- */

static void
on_taken (SmmMediaPicker *picker, GPtrArray *taken, SmmMediaStrip *self)
{
  g_autofree char *label = NULL;

  if (self->read_only)
    return;
  label = taken->len == 1
              ? g_strdup_printf (_ ("Added “%s”"), ((SmmMedia *)taken->pdata[0])->file_name)
              : g_strdup_printf (g_dngettext (NULL, "Added %u file", "Added %u files", taken->len),
                                 taken->len);
  smm_media_strip_remember (self, label);
  for (guint i = 0; i < taken->len; i++)
    g_ptr_array_add (self->media, smm_media_copy (taken->pdata[i]));
  smm_media_strip_changed (self);
}

/* A window beside the post, so that what is in it can be dragged here. */
void
smm_media_strip_open_library (SmmMediaStrip *self)
{
  if (self->picker == NULL)
    {
      GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
      GtkWindow *picker = GTK_WINDOW (smm_media_picker_new (GTK_WINDOW (root), self->library));

      g_set_weak_pointer (&self->picker, picker);
      g_signal_connect_object (picker, "taken", G_CALLBACK (on_taken), self, 0);
    }
  gtk_window_present (self->picker);
}

void
smm_media_strip_close_library (SmmMediaStrip *self)
{
  GtkWindow *picker = self->picker;

  g_clear_weak_pointer (&self->picker);
  if (picker != NULL)
    gtk_window_destroy (picker);
}
