/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The AI provider: who it is, its key, which of its models, a test that asks it for those; what it
 * may cost and did. */

#include "config.h"

#include "smm-preferences-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-ai-client.h"
#include "smm-connect.h"
#include "smm-question.h"
#include "smm-settings.h"
#include "smm-spending.h"
#include "smm-state-icon.h"

struct _SmmPreferencesAi
{
  AdwPreferencesPage parent_instance;

  GtkWidget *ai_provider, *ai_server, *ai_key, *ai_model, *ai_icon;
  AdwActionRow *ai_test_row;
  AdwPreferencesGroup *spending;
  AdwActionRow *month_row;
  GtkLevelBar *month_bar;
  GtkWidget *limited, *limit_row, *limit;
  AdwPreferencesGroup *price;
  GtkWidget *price_input, *price_output, *price_reset;

  SmmPreferences *window; /* NULL: the page is closed */
  SmmConnect *connect;
  SmmAiClient *ai;   /* NULL: nothing can be asked */
  GPtrArray *models; /* char *, of who was asked; NULL: nobody was */
  char *asked;       /* provider and server they belong to */
  GCancellable *cancellable;
  gboolean key_taken;
};

G_DEFINE_FINAL_TYPE (SmmPreferencesAi, smm_preferences_ai, ADW_TYPE_PREFERENCES_PAGE)

/* As in the provider's row. */
static const char *const providers[] = { "none", "openai", "openai-eu", "server", NULL };
#define PROVIDER_SERVER 3

static void
show_result (SmmPreferencesAi *self, SmmTargetState state, const char *text)
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
forget_result (SmmPreferencesAi *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (self->ai_icon, FALSE);
  adw_action_row_set_subtitle (self->ai_test_row, _ ("Asks for the list of models; costs nothing"));
}

/* --- Models --- */

static void
show_models (SmmPreferencesAi *self, const char *chosen)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (list, _ ("Not chosen"));
  for (guint i = 0; self->models != NULL && i < self->models->len; i++)
    {
      gtk_string_list_append (list, self->models->pdata[i]);
      if (g_str_equal (self->models->pdata[i], chosen))
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
get_shown_model (SmmPreferencesAi *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self->ai_model));

  return item == NULL || adw_combo_row_get_selected (ADW_COMBO_ROW (self->ai_model)) == 0
             ? ""
             : gtk_string_object_get_string (item);
}

static void
on_model (SmmPreferencesAi *self)
{
  if (self->window != NULL && !self->window->filling)
    smm_preferences_set (self->window, SMM_SETTING_AI_MODEL, get_shown_model (self));
}

/* --- The test --- */

static void
on_models (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPreferencesAi) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models
      = smm_ai_client_list_models_finish (SMM_AI_CLIENT (source), result, &error);
  g_autofree char *text = NULL;

  if (self->window == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (models != NULL)
    {
      g_autofree char *chosen
          = smm_settings_dup (smm_library_get_store (self->window->library), SMM_SETTING_AI_MODEL);

      g_clear_pointer (&self->models, g_ptr_array_unref);
      self->models = g_ptr_array_ref (models);
      self->window->filling = TRUE;
      show_models (self, chosen);
      self->window->filling = FALSE;
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

static void
on_ai_test (SmmPreferencesAi *self)
{
  if (self->ai == NULL || self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  show_result (self, SMM_TARGET_PUBLISHING, _ ("Asking…"));
  smm_ai_client_list_models_async (self->ai, self->cancellable, on_models, g_object_ref (self));
}

/* --- The key --- */

static void
on_key_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPreferencesAi) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = smm_ai_client_set_key_finish (SMM_AI_CLIENT (source), result, &error);

  if (self->window == NULL)
    return;
  if (!good)
    show_result (self, SMM_TARGET_FAILED, error->message);
  else if (self->key_taken)
    smm_preferences_toast (self->window, _ ("The key is taken out of the keyring"), FALSE);
  else
    smm_preferences_toast (self->window, _ ("The key is in the keyring"), FALSE);
  if (!good)
    return;
  /* It is nowhere but there; and an empty row offers nothing to apply. */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->ai_key), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->ai_key), "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->ai_key), TRUE);
}

static void
keep_key (SmmPreferencesAi *self, const char *key)
{
  forget_result (self);
  self->key_taken = *key == '\0';
  smm_ai_client_set_key_async (self->ai, key, on_key_set, g_object_ref (self));
}

static void
on_key (SmmPreferencesAi *self)
{
  const char *key = gtk_editable_get_text (GTK_EDITABLE (self->ai_key));

  if (self->ai != NULL && *key != '\0')
    keep_key (self, key);
}

static void
on_remove_answer (AdwMessageDialog *dialog, const char *response, SmmPreferencesAi *self)
{
  if (self->ai != NULL && g_str_equal (response, "remove"))
    keep_key (self, "");
}

static void
on_remove_key (SmmPreferencesAi *self)
{
  GtkWidget *dialog = smm_question_new (GTK_WIDGET (self->window), _ ("Remove the Key?"),
                                        _ ("It is taken out of your keyring and can’t be put "
                                           "back. The AI is not asked any more until "
                                           "you enter one."),
                                        "remove", _ ("_Remove"));

  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- What it costs --- */

static void
on_limit (SmmPreferencesAi *self)
{
  int cents = (int)(gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->limit)) * 100 + 0.5);
  g_autofree char *value = g_strdup_printf ("%d", cents);

  if (self->window != NULL)
    smm_preferences_set (self->window, SMM_SETTING_AI_LIMIT, value);
}

static void
fill_month (SmmPreferencesAi *self, SmmStore *store)
{
  SmmSpending spending;
  g_autofree char *spent = NULL, *limit = NULL, *money = NULL, *requests = NULL, *text = NULL;
  const char *note = NULL;

  smm_spending_read (&spending, store, g_get_real_time ());
  spent = smm_money_format (spending.spent);
  limit = smm_money_format (MAX (spending.limit, 0));
  /* Translators: money that is spent, and how much may be: $3.20 of $10.00 */
  money = spending.limit >= 0 ? g_strdup_printf (_ ("%s of %s"), spent, limit) : g_strdup (spent);
  if (spending.state == SMM_SPENDING_REACHED)
    note = _ ("The limit is reached: nothing that costs is sent");
  else if (spending.state == SMM_SPENDING_NEAR)
    note = _ ("Four fifths of the limit are spent");
  else if (spending.sums.n_assumed > 0)
    note = _ ("With requests whose cost nobody told, counted at their most");
  requests = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u request", "%u requests", spending.sums.n_requests),
      spending.sums.n_requests);
  text = g_strjoin (" · ", money, requests, note, NULL);
  adw_action_row_set_subtitle (self->month_row, text);
  gtk_widget_set_visible (GTK_WIDGET (self->month_bar), spending.limit > 0);
  gtk_level_bar_set_value (
      self->month_bar, spending.limit > 0 ? MIN (1, spending.spent / (double)spending.limit) : 0);
}

static void
fill_limit (SmmPreferencesAi *self, SmmStore *store)
{
  double limit = smm_settings_get_int (store, SMM_SETTING_AI_LIMIT) / 100.0;

  gtk_widget_set_visible (self->limit_row,
                          smm_settings_get_boolean (store, SMM_SETTING_AI_LIMITED));
  if (gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->limit)) != limit)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->limit), limit);
}

static gint64
get_price (GtkWidget *spin)
{
  return (gint64)(gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin)) * 1000 + 0.5)
         * (SMM_DOLLAR / 1000);
}

static void
on_price (SmmPreferencesAi *self)
{
  g_autoptr (SmmAiProvider) provider = NULL;
  gint64 input = 0, output = 0;

  if (self->ai == NULL || self->window->filling)
    return;
  provider = smm_ai_client_get_provider (self->ai, NULL);
  if (provider == NULL || provider->model == NULL)
    return;
  smm_price_find (smm_library_get_store (self->window->library), provider->id, provider->model,
                  &input, &output);
  if (input != get_price (self->price_input) || output != get_price (self->price_output))
    smm_preferences_apply (
        self->window, "ai.set-price",
        g_variant_new_parsed ("{'provider': <%s>, 'model': <%s>, 'input': <%x>, 'output': <%x>}",
                              provider->id, provider->model, get_price (self->price_input),
                              get_price (self->price_output)),
        _ ("Price changed"));
}

static void
on_price_reset (SmmPreferencesAi *self)
{
  g_autoptr (SmmAiProvider) provider
      = self->ai != NULL ? smm_ai_client_get_provider (self->ai, NULL) : NULL;

  if (provider != NULL && provider->model != NULL)
    smm_preferences_apply (
        self->window, "ai.clear-price",
        g_variant_new_parsed ("{'provider': <%s>, 'model': <%s>}", provider->id, provider->model),
        _ ("Price changed"));
}

static const char *
describe_source (SmmPriceSource source)
{
  switch (source)
    {
    case SMM_PRICE_ENTERED:
      return _ ("US dollars for a million tokens, as you entered them");
    case SMM_PRICE_BUILT_IN:
      return _ ("US dollars for a million tokens, as they were in November 2026. Look at the "
                "provider’s page whether they still hold.");
    case SMM_PRICE_FREE:
      return _ ("A server on this computer costs nothing, unless you enter something else");
    default:
      return _ ("Not known. While there is a limit the model is not asked: enter what a million "
                "tokens cost, in US dollars.");
    }
}

static void
fill_price (SmmPreferencesAi *self, SmmStore *store)
{
  g_autoptr (SmmAiProvider) provider
      = self->ai != NULL ? smm_ai_client_get_provider (self->ai, NULL) : NULL;
  gboolean chosen = provider != NULL && provider->model != NULL;
  gint64 input = 0, output = 0;
  SmmPriceSource source;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->price), chosen);
  if (!chosen)
    return;
  source = smm_price_find (store, provider->id, provider->model, &input, &output);
  title = g_markup_printf_escaped (_ ("What %s Costs"), provider->model);
  adw_preferences_group_set_title (self->price, title);
  adw_preferences_group_set_description (self->price, describe_source (source));
  gtk_widget_set_visible (self->price_reset, source == SMM_PRICE_ENTERED);
  if (get_price (self->price_input) != input)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->price_input), input / (double)SMM_DOLLAR);
  if (get_price (self->price_output) != output)
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->price_output), output / (double)SMM_DOLLAR);
}

/* --- The provider --- */

static void
on_provider (SmmPreferencesAi *self)
{
  if (self->window != NULL && !self->window->filling)
    smm_preferences_set (self->window, SMM_SETTING_AI_PROVIDER,
                         providers[adw_combo_row_get_selected (ADW_COMBO_ROW (self->ai_provider))]);
}

static void
on_server (SmmPreferencesAi *self)
{
  g_autofree char *address
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->ai_server))));

  smm_preferences_set (self->window, SMM_SETTING_AI_SERVER, address);
}

void
smm_preferences_ai_fill (SmmPreferencesAi *self, SmmStore *store)
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
  if (g_strcmp0 (now, self->asked) != 0)
    {
      forget_result (self);
      g_clear_pointer (&self->models, g_ptr_array_unref);
      g_free (self->asked);
      self->asked = g_steal_pointer (&now);
      show_models (self, model);
    }
  else if (strcmp (get_shown_model (self), model) != 0)
    show_models (self, model);
  gtk_widget_set_visible (GTK_WIDGET (self->spending), chosen != 0);
  fill_month (self, store);
  fill_limit (self, store);
  fill_price (self, store);
}

/**
 * smm_preferences_ai_bind:
 * @self: the page
 * @window: the window it is in; the library is there
 *
 * Makes what talks to a provider. Without endpoints nothing can be tested, and the test says why.
 */
void
smm_preferences_ai_bind (SmmPreferencesAi *self, SmmPreferences *window)
{
  SmmStore *store = smm_library_get_store (window->library);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (&error);
  g_autoptr (SmmHttp) http = NULL;
  g_autoptr (SmmVault) vault = NULL;

  self->window = window;
  smm_preferences_bind (window, self->limited, SMM_SETTING_AI_LIMITED);
  if (endpoints == NULL || store == NULL)
    {
      show_result (self, SMM_TARGET_FAILED,
                   error != NULL ? error->message : _ ("There is no library yet"));
      return;
    }
  http = smm_http_new (endpoints);
  vault = smm_vault_new (window->paths->data_dir, smm_store_get_library_id (store));
  /* Keeps the ledger of what is sent. */
  self->connect = smm_connect_new (window->library, vault, http);
  self->ai = smm_ai_client_new (window->library, vault, http);
}

static void
smm_preferences_ai_dispose (GObject *object)
{
  SmmPreferencesAi *self = SMM_PREFERENCES_AI (object);

  self->window = NULL;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->ai);
  g_clear_object (&self->connect);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->asked, g_free);
  G_OBJECT_CLASS (smm_preferences_ai_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SmmPreferencesAi, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
smm_preferences_ai_class_init (SmmPreferencesAiClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_preferences_ai_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/preferences/smm-preferences-ai.ui");
  BIND (ai_provider);
  BIND (ai_server);
  BIND (ai_key);
  BIND (ai_model);
  BIND (ai_icon);
  BIND (ai_test_row);
  BIND (spending);
  BIND (month_row);
  BIND (month_bar);
  BIND (limited);
  BIND (limit_row);
  BIND (limit);
  BIND (price);
  BIND (price_input);
  BIND (price_output);
  BIND (price_reset);
  CALL (on_provider);
  CALL (on_server);
  CALL (on_key);
  CALL (on_remove_key);
  CALL (on_ai_test);
  CALL (on_model);
  CALL (on_limit);
  CALL (on_price);
  CALL (on_price_reset);
}

static void
smm_preferences_ai_init (SmmPreferencesAi *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
