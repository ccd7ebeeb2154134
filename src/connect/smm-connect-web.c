/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Setting up the user's own web space, for pictures that Instagram fetches. */

#include "config.h"

#include "smm-connect-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  SmmWebSpace *space;
  char *use;
  gboolean changed; /* after a test: is the library to be told? */
  GError *error;
} Setting;

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_clear_pointer (&setting->space, smm_web_space_unref);
  g_clear_error (&setting->error);
  g_free (setting->use);
  g_free (setting);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Setting *setting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) applied = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (setting->error != NULL)
    g_task_return_error (task, g_steal_pointer (&setting->error));
  else if (applied == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
apply (GTask *task, const char *name, GVariant *args)
{
  SmmConnect *self = g_task_get_source_object (task);
  g_autoptr (SmmCommand) command = smm_command_new (name, args);

  smm_library_apply_async (self->library, command, NULL, on_applied, task);
}

static void
on_web_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Setting *setting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!smm_vault_store_finish (SMM_VAULT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  apply (task, "web-space.set",
         g_variant_new_parsed ("{'space': <%@a{ss}>, 'use': <%s>}",
                               smm_web_space_to_variant (setting->space), setting->use));
}

/**
 * smm_connect_set_web_space_async:
 * @self: connects
 * @space: where
 * @secret: (nullable): its secret access key or password; %NULL: the keyring has it
 * @use: "fallback" or "always"
 * @callback: called when it is in keyring and library
 * @user_data: for @callback
 */
void
smm_connect_set_web_space_async (SmmConnect *self, SmmWebSpace *space, const char *secret,
                                 const char *use, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Setting *setting = g_new0 (Setting, 1);
  g_autofree char *item = smm_web_space_make_item (space);

  setting->space = smm_web_space_ref (space);
  setting->use = g_strdup (use);
  g_task_set_source_tag (task, smm_connect_set_web_space_async);
  g_task_set_task_data (task, setting, setting_free);
  if (secret != NULL)
    smm_vault_store_async (self->vault, item, secret, NULL, on_web_secret, task);
  else
    apply (task, "web-space.set",
           g_variant_new_parsed ("{'space': <%@a{ss}>, 'use': <%s>}",
                                 smm_web_space_to_variant (space), use));
}

gboolean
smm_connect_set_web_space_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
smm_connect_is_loopback (SmmConnect *self)
{
  return smm_endpoints_is_loopback (smm_http_get_endpoints (self->http));
}

/**
 * smm_connect_get_web_space:
 * @self: connects
 * @error: (optional): SMM_WEB_SPACE_ERROR NOT_SET; INVALID
 *
 * Returns: (transfer full) (nullable): the one that is set up
 */
SmmWebSpace *
smm_connect_get_web_space (SmmConnect *self, GError **error)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autofree char *text = store != NULL ? smm_store_get_setting (store, "web-space") : NULL;

  if (text == NULL || *text == '\0')
    {
      g_set_error (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_NOT_SET,
                   _ ("No web space is set up"));
      return NULL;
    }
  return smm_web_space_from_text (text, smm_connect_is_loopback (self), error);
}

/* --- Test --- */

static void
on_tested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Setting *setting = g_task_get_task_data (task);
  const char *problem;

  smm_web_space_client_test_finish (SMM_WEB_SPACE_CLIENT (source), result, &setting->error);
  if (!setting->changed)
    {
      if (setting->error != NULL)
        g_task_return_error (task, g_steal_pointer (&setting->error));
      else
        g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  problem = setting->error != NULL ? setting->error->message : "";
  apply (task, "web-space.tested", g_variant_new_parsed ("{'problem': <%s>}", problem));
}

/**
 * smm_connect_test_web_space_async:
 * @self: connects
 * @space: (nullable): one that is only entered; %NULL: the one that is set up
 * @secret: (nullable): of one that is only entered
 * @func: told of each step
 * @func_data: for @func; lives until the callback
 * @cancellable: (nullable): ends it
 * @callback: called at the end
 * @user_data: for @callback
 *
 * What waits for the web space goes on when the one that is set up passes.
 */
void
smm_connect_test_web_space_async (SmmConnect *self, SmmWebSpace *space, const char *secret,
                                  SmmWebSpaceStepFunc func, gpointer func_data,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Setting *setting = g_new0 (Setting, 1);
  g_autoptr (SmmWebSpaceClient) client = smm_web_space_client_new (self->vault, self->http);
  GError *error = NULL;

  g_task_set_source_tag (task, smm_connect_test_web_space_async);
  g_task_set_task_data (task, setting, setting_free);
  setting->changed = space == NULL;
  setting->space
      = space != NULL ? smm_web_space_ref (space) : smm_connect_get_web_space (self, &error);
  if (setting->space == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  smm_web_space_client_test_async (client, setting->space, secret, func, func_data, cancellable,
                                   on_tested, task);
}

gboolean
smm_connect_test_web_space_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- Clear --- */

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SmmConnect *self = g_task_get_source_object (task);
  Setting *setting = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) applied = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  g_autofree char *item = NULL;

  if (applied == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  item = smm_web_space_make_item (setting->space);
  smm_vault_keep (self->vault, item, "", task);
}

/**
 * smm_connect_clear_web_space_async:
 * @self: connects
 * @callback: called when it is neither in the library nor its secret in the keyring
 * @user_data: for @callback
 */
void
smm_connect_clear_web_space_async (SmmConnect *self, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Setting *setting = g_new0 (Setting, 1);
  g_autoptr (SmmCommand) command = smm_command_new ("web-space.clear", NULL);
  GError *error = NULL;

  g_task_set_source_tag (task, smm_connect_clear_web_space_async);
  g_task_set_task_data (task, setting, setting_free);
  setting->space = smm_connect_get_web_space (self, &error);
  if (setting->space == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  smm_library_apply_async (self->library, command, NULL, on_cleared, task);
}

gboolean
smm_connect_clear_web_space_finish (SmmConnect *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
