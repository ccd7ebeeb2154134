/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ask-panel.h"

#include <glib/gi18n.h>

#include "smm-spending.h"
#include "smm-state-icon.h"

struct _SmmAskPanel
{
  AdwBin parent_instance;

  AdwActionRow *row;
  GtkSpinner *spinner;
  GtkWidget *ask, *cancel, *set_up;
  GtkWidget *told_row;
  GtkLabel *told, *problem;

  SmmBrandDesk *desk;
  SmmAskFunc func;
  gpointer func_data;
  GCancellable *cancellable; /* while the AI is asked */
  char *cost;                /* of the last answer, for people */
};

enum
{
  PROP_TITLE = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint answered;

G_DEFINE_FINAL_TYPE (SmmAskPanel, smm_ask_panel, ADW_TYPE_BIN)

void
smm_ask_panel_show_problem (SmmAskPanel *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static SmmAiProvider *
find_provider (SmmAskPanel *self, GError **error)
{
  SmmAiClient *ai = smm_brand_desk_get_ai (self->desk, error);
  g_autoptr (SmmAiProvider) provider = ai != NULL ? smm_ai_client_get_provider (ai, error) : NULL;

  return provider != NULL && smm_ai_provider_check_model (provider, error)
             ? g_steal_pointer (&provider)
             : NULL;
}

/* What it costs, and who is asked. */
static char *
describe (SmmAskPanel *self, SmmAiProvider *provider, SmmAiPrompt *prompt)
{
  SmmStore *store = smm_library_get_store (smm_brand_desk_get_library (self->desk));
  gint64 most = smm_ai_ask_estimate (store, provider, prompt);
  g_autofree char *money = most > 0 ? smm_money_format (most) : NULL;
  g_autofree char *costs = NULL;

  if (self->cancellable != NULL)
    costs = g_strdup (_ ("Asking…"));
  else if (self->cost != NULL)
    costs = g_strdup (self->cost);
  else if (money != NULL)
    costs = g_strdup_printf (_ ("Costs at most %s"), money);
  else
    costs = g_strdup (most == 0 ? _ ("Costs nothing") : _ ("What it costs is not known"));
  /* The words first: they tell from which side it is read. */
  return g_strdup_printf ("%s · %s · %s", costs, provider->name, provider->model);
}

void
smm_ask_panel_refresh (SmmAskPanel *self)
{
  gboolean busy = self->cancellable != NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmAiProvider) provider = NULL;
  g_autoptr (SmmAiPrompt) prompt = NULL;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *told = NULL;

  prompt = self->desk != NULL ? self->func (self->func_data) : NULL;
  if (prompt == NULL)
    return;
  provider = find_provider (self, &error);
  told = smm_ai_prompt_describe (prompt);
  if (provider != NULL)
    text = describe (self, provider, prompt);
  else if (g_error_matches (error, SMM_AI_ERROR, SMM_AI_ERROR_NOT_SET))
    text = g_strdup (_ ("No AI is set up. Everything here can be filled in without one."));
  else
    text = g_strdup (error->message);
  escaped = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (self->row, escaped);
  gtk_label_set_label (self->told, told);
  gtk_widget_set_visible (self->set_up, provider == NULL);
  gtk_widget_set_visible (self->ask, provider != NULL && !busy);
  gtk_widget_set_visible (self->cancel, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
keep_cost (SmmAskPanel *self, SmmAiAnswer *answer)
{
  g_autofree char *money = answer->cost > 0 ? smm_money_format (answer->cost) : NULL;

  g_free (self->cost);
  self->cost = money != NULL ? g_strdup_printf (_ ("Cost %s"), money)
                             : g_strdup (answer->cost == 0 ? _ ("Cost nothing")
                                                           : _ ("What it cost is not known"));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmAskPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmAiAnswer) answer = smm_ai_ask_finish (SMM_AI_CLIENT (source), result, &error);
  GCancellable *asked = g_task_get_cancellable (G_TASK (result));
  gboolean had_focus;

  if (self->desk == NULL || asked != self->cancellable)
    return;
  had_focus = gtk_widget_has_focus (self->cancel);
  g_clear_object (&self->cancellable);
  if (answer != NULL)
    keep_cost (self, answer);
  smm_ask_panel_refresh (self);
  if (had_focus)
    gtk_widget_grab_focus (self->ask);
  if (answer != NULL)
    g_signal_emit (self, answered, 0, answer->text);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    smm_ask_panel_show_problem (self, error->message);
}

static void
on_ask (SmmAskPanel *self)
{
  g_autoptr (GError) error = NULL;
  SmmAiClient *ai = smm_brand_desk_get_ai (self->desk, &error);

  if (ai == NULL || self->cancellable != NULL)
    return;
  smm_ask_panel_show_problem (self, NULL);
  self->cancellable = g_cancellable_new ();
  smm_ai_ask_async (ai, self->func (self->func_data), self->cancellable, on_answer,
                    g_object_ref (self));
  smm_ask_panel_refresh (self);
  gtk_widget_grab_focus (self->cancel);
}

static void
on_cancel (SmmAskPanel *self)
{
  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  smm_ask_panel_refresh (self);
  gtk_widget_grab_focus (self->ask);
}

/* Another provider, or a price. What is not seen is made up when it is seen again. */
static void
on_library_changed (SmmAskPanel *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    smm_ask_panel_refresh (self);
}

static void
on_set_up (SmmAskPanel *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.preferences-page", "s", "ai");
}

void
smm_ask_panel_reset (SmmAskPanel *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->cost, g_free);
  smm_ask_panel_show_problem (self, NULL);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->told_row), FALSE);
}

void
smm_ask_panel_bind (SmmAskPanel *self, SmmBrandDesk *desk, SmmAskFunc func, gpointer user_data)
{
  g_set_object (&self->desk, desk);
  self->func = func;
  self->func_data = user_data;
  g_signal_connect_object (smm_brand_desk_get_library (desk), "changed",
                           G_CALLBACK (on_library_changed), self, G_CONNECT_SWAPPED);
}

static void
smm_ask_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SmmAskPanel *self = SMM_ASK_PANEL (object);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), g_value_get_string (value));
  smm_widget_set_label (self->ask, g_value_get_string (value));
}

static void
smm_ask_panel_dispose (GObject *object)
{
  SmmAskPanel *self = SMM_ASK_PANEL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->cost, g_free);
  G_OBJECT_CLASS (smm_ask_panel_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SmmAskPanel, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
smm_ask_panel_class_init (SmmAskPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = smm_ask_panel_dispose;
  object_class->set_property = smm_ask_panel_set_property;
  props[PROP_TITLE]
      = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  answered = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                           NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/brand/smm-ask-panel.ui");
  BIND (row);
  BIND (spinner);
  BIND (ask);
  BIND (cancel);
  BIND (set_up);
  BIND (told_row);
  BIND (told);
  BIND (problem);
  CALL (on_ask);
  CALL (on_cancel);
  CALL (on_set_up);
}

static void
smm_ask_panel_init (SmmAskPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (smm_ask_panel_refresh), NULL);
}
