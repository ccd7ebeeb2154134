/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-import.h"

#include <glib/gi18n.h>

#include "smm-media-client.h"

struct _SmmMediaImport
{
  GObject parent_instance;

  SmmLibrary *library;
  GQueue waiting; /* GFile * */
  gboolean busy;
  guint n_added, n_known, n_failed;
  char *problem; /* of the first that failed */
  char *last;
};

enum
{
  STARTED,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMediaImport, smm_media_import, G_TYPE_OBJECT)

static void next (SmmMediaImport *self);

/* "3 files added; 1 was here already". */
static char *
tell (SmmMediaImport *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->n_added > 0)
    g_string_append_printf (
        text, g_dngettext (NULL, "%u file added", "%u files added", self->n_added), self->n_added);
  if (self->n_known > 0)
    {
      g_string_append (text, text->len > 0 ? "; " : "");
      g_string_append_printf (
          text, g_dngettext (NULL, "%u was here already", "%u were here already", self->n_known),
          self->n_known);
    }
  if (self->n_failed > 0)
    {
      g_string_append (text, text->len > 0 ? "; " : "");
      g_string_append (text, self->problem);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
end (SmmMediaImport *self)
{
  g_autofree char *told = tell (self);

  self->busy = FALSE;
  g_signal_emit (self, signals[ENDED], 0, told, self->last != NULL ? self->last : "");
  self->n_added = self->n_known = self->n_failed = 0;
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->last, g_free);
}

static void
fail (SmmMediaImport *self, const char *problem)
{
  self->n_failed++;
  if (self->problem == NULL)
    self->problem = g_strdup (problem);
  next (self);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmMediaImport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (reply == NULL)
    {
      fail (self, error->message);
      return;
    }
  self->n_added++;
  next (self);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmMediaImport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmMedia) media = smm_media_import_finish (result, &error);
  g_autoptr (SmmMedia) known = NULL;
  g_autoptr (SmmCommand) command = NULL;
  SmmStore *store = smm_library_get_store (self->library);
  GVariantDict args;

  if (media == NULL)
    {
      fail (self, error->message);
      return;
    }
  g_free (self->last);
  self->last = g_strdup (media->sha256);
  known = store != NULL ? smm_store_get_library_media (store, media->sha256) : NULL;
  if (known != NULL)
    {
      self->n_known++;
      next (self);
      return;
    }
  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert_value (&args, "media", smm_media_to_variant (media));
  command = smm_command_new ("media.add", g_variant_dict_end (&args));
  smm_library_apply_async (self->library, command, NULL, on_added, g_object_ref (self));
}

static void
next (SmmMediaImport *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GFile) file = g_queue_pop_head (&self->waiting);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (file == NULL)
    end (self);
  else if (path == NULL || store == NULL)
    fail (self, _ ("Only files on this computer can be added. Copy it here first."));
  else
    smm_media_import_async (path, smm_store_get_paths (store)->media_dir, NULL, on_imported,
                            g_object_ref (self));
}

/**
 * smm_media_import_add:
 * @self: an import
 * @files: (element-type GFile): what to add
 */
void
smm_media_import_add (SmmMediaImport *self, GListModel *files)
{
  g_return_if_fail (SMM_IS_MEDIA_IMPORT (self));

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    g_queue_push_tail (&self->waiting, g_list_model_get_item (files, i));
  if (self->busy || self->waiting.length == 0)
    return;
  self->busy = TRUE;
  g_signal_emit (self, signals[STARTED], 0);
  next (self);
}

static void
smm_media_import_finalize (GObject *object)
{
  SmmMediaImport *self = SMM_MEDIA_IMPORT (object);

  g_queue_clear_full (&self->waiting, g_object_unref);
  g_clear_object (&self->library);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->last, g_free);
  G_OBJECT_CLASS (smm_media_import_parent_class)->finalize (object);
}

static void
smm_media_import_class_init (SmmMediaImportClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = smm_media_import_finalize;
  signals[STARTED]
      = g_signal_new ("started", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
smm_media_import_init (SmmMediaImport *self)
{
  g_queue_init (&self->waiting);
}

SmmMediaImport *
smm_media_import_new (SmmLibrary *library)
{
  SmmMediaImport *self = g_object_new (SMM_TYPE_MEDIA_IMPORT, NULL);

  self->library = g_object_ref (library);
  return self;
}
