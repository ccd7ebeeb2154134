/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The AI provider: who it is, its key, which of its models; and a test that asks it for those. */

#include "config.h"

#include "smm-preferences-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-settings.h"
#include "smm-state-icon.h"

/* As in the provider's row. */
static const char *const providers[] = { "none", "openai", "openai-eu", "server", NULL };
#define PROVIDER_SERVER 3

static void
show_result (SmmPreferences *self, SmmTargetState state, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  smm_state_image_set (GTK_IMAGE (self->ai_icon), state);
  smm_widget_set_label (self->ai_icon, state == SMM_TARGET_PUBLISHED    ? _ ("Good")
                                       : state == SMM_TARGET_PUBLISHING ? _ ("Under way")
                                                                        : _ ("Failed"));
  gtk_widget_set_visible (self->ai_icon, TRUE);
  adw_action_row_set_subtitle (self->ai_test_row, escaped);
}

static void
forget_result (SmmPreferences *self)
{
  if (self->ai_cancellable != NULL)
    g_cancellable_cancel (self->ai_cancellable);
  g_clear_object (&self->ai_cancellable);
  gtk_widget_set_visible (self->ai_icon, FALSE);
  adw_action_row_set_subtitle (self->ai_test_row, _ ("Asks for the list of models; costs nothing"));
}

/* --- Models --- */

static void
show_models (SmmPreferences *self, const char *chosen)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (list, _ ("Not chosen"));
  for (guint i = 0; self->ai_models != NULL && i < self->ai_models->len; i++)
    {
      gtk_string_list_append (list, self->ai_models->pdata[i]);
      if (g_str_equal (self->ai_models->pdata[i], chosen))
        selected = i + 1;
    }
  if (selected == 0 && *chosen != '\0')
    {
      gtk_string_list_append (list, chosen);
      selected = g_list_model_get_n_items (G_LIST_MODEL (list)) - 1;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (self->ai_model), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->ai_model), selected);
}

static const char *
get_shown_model (SmmPreferences *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self->ai_model));

  return item == NULL || adw_combo_row_get_selected (ADW_COMBO_ROW (self->ai_model)) == 0
             ? ""
             : gtk_string_object_get_string (item);
}

static void
on_model (SmmPreferences *self)
{
  if (!self->filling)
    smm_preferences_set (self, SMM_SETTING_AI_MODEL, get_shown_model (self));
}

/* --- The test --- */

static void
on_models (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models
      = smm_ai_client_list_models_finish (SMM_AI_CLIENT (source), result, &error);
  g_autofree char *text = NULL;

  if (self->library == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->ai_cancellable);
  if (models != NULL)
    {
      g_autofree char *chosen
          = smm_settings_dup (smm_library_get_store (self->library), SMM_SETTING_AI_MODEL);

      g_clear_pointer (&self->ai_models, g_ptr_array_unref);
      self->ai_models = g_ptr_array_ref (models);
      self->filling = TRUE;
      show_models (self, chosen);
      self->filling = FALSE;
    }
  if (models == NULL || !smm_ai_client_check_model (SMM_AI_CLIENT (source), models, &error))
    {
      show_result (self, SMM_TARGET_FAILED, error->message);
      return;
    }
  text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "It works: %u model", "It works: %u models", models->len),
      models->len);
  show_result (self, SMM_TARGET_PUBLISHED, text);
}

void
smm_preferences_test_ai (SmmPreferences *self)
{
  if (self->ai == NULL || self->ai_cancellable != NULL)
    return;
  self->ai_cancellable = g_cancellable_new ();
  show_result (self, SMM_TARGET_PUBLISHING, _ ("Asking…"));
  smm_ai_client_list_models_async (self->ai, self->ai_cancellable, on_models, g_object_ref (self));
}

/* --- The key --- */

static void
on_key_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = smm_ai_client_set_key_finish (SMM_AI_CLIENT (source), result, &error);

  if (self->library == NULL)
    return;
  if (!good)
    show_result (self, SMM_TARGET_FAILED, error->message);
  else if (self->ai_key_taken)
    smm_preferences_toast (self, _ ("The key is taken out of the keyring"), FALSE);
  else
    smm_preferences_toast (self, _ ("The key is in the keyring"), FALSE);
  if (!good)
    return;
  /* It is nowhere but there; and an empty row offers nothing to apply. */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->ai_key), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->ai_key), "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->ai_key), TRUE);
}

static void
on_key (SmmPreferences *self)
{
  const char *key = gtk_editable_get_text (GTK_EDITABLE (self->ai_key));

  if (self->ai == NULL)
    return;
  forget_result (self);
  self->ai_key_taken = *key == '\0';
  smm_ai_client_set_key_async (self->ai, key, on_key_set, g_object_ref (self));
}

/* --- The provider --- */

static void
on_provider (SmmPreferences *self)
{
  if (!self->filling)
    smm_preferences_set (self, SMM_SETTING_AI_PROVIDER,
                         providers[adw_combo_row_get_selected (ADW_COMBO_ROW (self->ai_provider))]);
}

static void
on_server (SmmPreferences *self)
{
  g_autofree char *address
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->ai_server))));

  smm_preferences_set (self, SMM_SETTING_AI_SERVER, address);
}

void
smm_preferences_fill_ai (SmmPreferences *self, SmmStore *store)
{
  g_autofree char *provider = smm_settings_dup (store, SMM_SETTING_AI_PROVIDER);
  g_autofree char *server = smm_settings_dup (store, SMM_SETTING_AI_SERVER);
  g_autofree char *model = smm_settings_dup (store, SMM_SETTING_AI_MODEL);
  g_autofree char *now = g_strconcat (provider, "\n", server, NULL);
  guint chosen = 0;

  while (providers[chosen + 1] != NULL && strcmp (providers[chosen], provider) != 0)
    chosen++;
  if (adw_combo_row_get_selected (ADW_COMBO_ROW (self->ai_provider)) != chosen)
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->ai_provider), chosen);
  smm_preferences_fill_entry (self->ai_server, server);
  gtk_widget_set_visible (self->ai_server, chosen == PROVIDER_SERVER);
  gtk_widget_set_visible (self->ai_key, chosen != 0);
  gtk_widget_set_visible (self->ai_model, chosen != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->ai_test_row), chosen != 0);
  /* What another one has, and answered, is not this one's. */
  if (g_strcmp0 (now, self->ai_asked) != 0)
    {
      forget_result (self);
      g_clear_pointer (&self->ai_models, g_ptr_array_unref);
      g_free (self->ai_asked);
      self->ai_asked = g_steal_pointer (&now);
      show_models (self, model);
    }
  else if (strcmp (get_shown_model (self), model) != 0)
    show_models (self, model);
}

/**
 * smm_preferences_bind_ai:
 * @self: the window; the library is there
 *
 * Makes what talks to a provider. Without endpoints nothing can be tested, and the test says why.
 */
void
smm_preferences_bind_ai (SmmPreferences *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (&error);
  g_autoptr (SmmHttp) http = NULL;
  g_autoptr (SmmVault) vault = NULL;

  g_signal_connect_object (self->ai_provider, "notify::selected", G_CALLBACK (on_provider), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ai_model, "notify::selected", G_CALLBACK (on_model), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ai_server, "apply", G_CALLBACK (on_server), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ai_key, "apply", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  if (endpoints == NULL || store == NULL)
    {
      show_result (self, SMM_TARGET_FAILED,
                   error != NULL ? error->message : _ ("There is no library yet"));
      return;
    }
  http = smm_http_new (endpoints);
  vault = smm_vault_new (self->paths->data_dir, smm_store_get_library_id (store));
  /* Keeps the ledger of what is sent. */
  self->connect = smm_connect_new (self->library, vault, http);
  self->ai = smm_ai_client_new (self->library, vault, http);
}

void
smm_preferences_dispose_ai (SmmPreferences *self)
{
  if (self->ai_cancellable != NULL)
    g_cancellable_cancel (self->ai_cancellable);
  g_clear_object (&self->ai_cancellable);
  g_clear_object (&self->ai);
  g_clear_object (&self->connect);
  g_clear_pointer (&self->ai_models, g_ptr_array_unref);
  g_clear_pointer (&self->ai_asked, g_free);
}
