/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The logo and the colours of a brand. */

#include "config.h"

#include "smm-brand-page-private.h"

#include <glib/gi18n.h>

#include "smm-brand-avatar.h"
#include "smm-media-client.h"
#include "smm-state-icon.h"

/* The avatar is in the first colour where there is no logo. */
void
smm_brand_page_show_colors (SmmBrandPage *self)
{
  g_autoptr (SmmBrand) brand = smm_brand_page_read (self);

  smm_brand_avatar_show (self->logo_avatar, brand, self->paths);
}

void
smm_brand_page_set_logo (SmmBrandPage *self, const char *sha256)
{
  g_autofree char *logo = g_strdup (sha256);

  g_free (self->logo);
  self->logo = g_steal_pointer (&logo);
  gtk_widget_set_visible (self->logo_remove, self->logo != NULL);
  smm_brand_page_show_colors (self);
}

typedef struct
{
  SmmBrandPage *self;
  SmmMedia *media;
} Import;

static void
import_free (Import *import)
{
  g_object_unref (import->self);
  g_clear_object (&import->media);
  g_free (import);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Import, import_free)

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Import) import = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (reply != NULL)
    smm_brand_page_set_logo (import->self, import->media->sha256);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    smm_brand_page_show_problem (import->self, error->message);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Import) import = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmCommand) command = NULL;
  SmmBrandPage *self = import->self;

  import->media = smm_media_import_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (self->logo_choose, TRUE);
  if (import->media == NULL || smm_media_is_video (import->media))
    {
      smm_brand_page_show_problem (self, error != NULL ? error->message
                                                       : _ ("That is a video. Choose a picture."));
      return;
    }
  command
      = smm_command_new ("media.add", g_variant_new_parsed ("{'media': <%@a{sv}>}",
                                                            smm_media_to_variant (import->media)));
  smm_library_apply_async (self->library, command, self->cancellable, on_added,
                           g_steal_pointer (&import));
}

static void
import (SmmBrandPage *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  Import *job;

  if (path == NULL)
    {
      smm_brand_page_show_problem (
          self, _ ("Only files on this computer can be added. Copy it here first."));
      return;
    }
  job = g_new0 (Import, 1);
  job->self = g_object_ref (self);
  smm_brand_page_show_problem (self, NULL);
  gtk_widget_set_sensitive (self->logo_choose, FALSE);
  smm_media_import_async (path, self->paths->media_dir, self->cancellable, on_imported, job);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, SmmBrandPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (file != NULL)
        import (self, file);
    }
  g_clear_object (&self->chooser);
}

void
smm_brand_page_choose_logo (SmmBrandPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = NULL;

  if (self->chooser != NULL)
    return;
  self->chooser
      = gtk_file_chooser_native_new (_ ("Choose a Logo"), GTK_WINDOW (root),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
