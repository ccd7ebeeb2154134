/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-connect-panel.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "smm-connect-app.h"
#include "smm-connect-choices.h"
#include "smm-connect-guide.h"
#include "smm-connect-problem.h"
#include "smm-connect-steps.h"
#include "smm-platform-marks.h"
#include "smm-sign-in-step.h"
#include "smm-sign-in-way.h"
#include "smm-state-icon.h"

typedef enum
{
  STEP_WAY,     /* which accounts */
  STEP_KEYS,    /* the keys of the app */
  STEP_SIGN_IN, /* the browser */
  STEP_CHOOSE,  /* which of those that were found */
  STEP_DONE,    /* shown in place of the choice */
} Step;
#define N_STEPS SMM_CONNECT_N_STEPS

struct _SmmConnectPanel
{
  GtkBox parent_instance;

  GtkWidget *title;
  SmmConnectSteps steps;
  GtkWidget *error, *error_icon, *error_label, *error_hint, *error_button;
  GtkWidget *ways;
  GtkWidget *clicks, *trap, *app_id, *app_secret;
  GtkWidget *sign_in;
  GtkWidget *choices, *final_trap, *write;
  GtkWidget *cancel, *back, *next;

  SmmLibrary *library;
  SmmConnect *connect;
  GCancellable *cancellable;
  SmmGrant *grant;
  const SmmConnectGuide *guide;
  SmmPlatformId platform; /* what is signed in: Facebook's guide is for its Instagram as well */
  char *brand_id;
  char *wanted;  /* remote id of the account that is signed in again */
  char *address; /* where the browser goes */
  SmmSignInWay way;
  char *relay; /* of SMM_WAY_RELAY, as entered last */
  Step step;
  gboolean busy;
};

enum
{
  CLOSED,
  CONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmConnectPanel, smm_connect_panel, GTK_TYPE_BOX)

static void sign_in (SmmConnectPanel *self);

/* --- Errors --- */

static void
show_problem (SmmConnectPanel *self, const char *text, const char *hint, const char *button)
{
  gtk_label_set_label (GTK_LABEL (self->error_label), text != NULL ? text : "");
  gtk_label_set_label (GTK_LABEL (self->error_hint), hint != NULL ? hint : "");
  gtk_widget_set_visible (self->error_hint, hint != NULL);
  if (button != NULL)
    gtk_button_set_label (GTK_BUTTON (self->error_button), button);
  gtk_widget_set_visible (self->error_button, button != NULL);
  gtk_widget_set_visible (self->error, text != NULL);
}

static void
show_error (SmmConnectPanel *self, const GError *error)
{
  const char *button;
  const char *hint = smm_connect_describe_problem (error, self->guide, self->way,
                                                   self->step == STEP_KEYS, &button);

  show_problem (self, error->message, hint, button);
}

/* --- Steps --- */

static void
show_steps (SmmConnectPanel *self)
{
  gboolean done = self->step == STEP_DONE;
  const char *names[N_STEPS] = {
    [STEP_WAY] = _ ("Which accounts?"),
    [STEP_KEYS] = self->guide != NULL ? _ (self->guide->app) : _ ("Your app"),
    [STEP_SIGN_IN] = _ ("Sign in and allow"),
    [STEP_CHOOSE] = done ? _ ("Connected") : _ ("Choose and finish"),
  };
  const char *notes[N_STEPS] = {
    [STEP_WAY] = self->guide != NULL ? _ (self->guide->title) : NULL,
    [STEP_KEYS] = _ ("Key and secret are in the keyring"),
    [STEP_SIGN_IN] = _ ("Allowed"),
  };

  for (int n = 0; n < N_STEPS; n++)
    smm_connect_steps_show (&self->steps, n, MIN (self->step, STEP_CHOOSE), done, names[n],
                            notes[n]);
}

static gboolean
can_go_on (SmmConnectPanel *self)
{
  if (self->busy)
    return FALSE;
  if (self->step == STEP_KEYS)
    return *gtk_editable_get_text (GTK_EDITABLE (self->app_id)) != '\0'
           && *gtk_editable_get_text (GTK_EDITABLE (self->app_secret)) != '\0';
  return self->step != STEP_CHOOSE
         || smm_connect_choices_count (SMM_CONNECT_CHOICES (self->choices)) > 0;
}

static const char *
get_next_label (SmmConnectPanel *self)
{
  switch (self->step)
    {
    case STEP_SIGN_IN:
      return _ ("Try Again");
    case STEP_CHOOSE:
      return _ ("Connect");
    case STEP_DONE:
      return _ ("Done");
    default:
      return _ ("Continue");
    }
}

static void
update (SmmConnectPanel *self)
{
  g_autofree char *subtitle
      = g_strdup_printf (_ ("Step %u of %u"), (guint)MIN (self->step, STEP_CHOOSE) + 1, N_STEPS);
  gboolean done = self->step == STEP_DONE;

  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title),
                              self->wanted != NULL ? _ ("Reconnect") : _ ("Connect Accounts"));
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle);
  show_steps (self);
  gtk_button_set_label (GTK_BUTTON (self->next), get_next_label (self));
  gtk_widget_set_sensitive (self->next, can_go_on (self));
  gtk_widget_set_visible (self->next,
                          self->step != STEP_WAY && (self->step != STEP_SIGN_IN || !self->busy));
  gtk_widget_set_visible (self->back, self->step > STEP_WAY && !done && self->wanted == NULL);
  gtk_widget_set_visible (self->cancel, !done);
  gtk_widget_set_hexpand (self->next, !gtk_widget_get_visible (self->back));
  gtk_widget_set_halign (self->next, GTK_ALIGN_END);
  gtk_widget_set_visible (self->write, done);
  smm_sign_in_step_set_waiting (SMM_SIGN_IN_STEP (self->sign_in),
                                self->busy && self->step == STEP_SIGN_IN, self->address);
}

static void
go_to (SmmConnectPanel *self, Step step)
{
  self->step = step;
  show_problem (self, NULL, NULL, NULL);
  update (self);
}

/* Ends what is going on; answers that still come are not shown. */
static void
reset (SmmConnectPanel *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->grant, smm_grant_free);
  g_clear_pointer (&self->address, g_free);
  self->busy = FALSE;
}

/* TRUE: the answer belongs to a sign-in that was left. */
static gboolean
is_over (GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
fail (SmmConnectPanel *self, GError *error)
{
  self->busy = FALSE;
  show_error (self, error);
  update (self);
  if (gtk_widget_get_visible (self->error_button))
    gtk_widget_grab_focus (self->error_button);
  else
    gtk_widget_grab_focus (self->step == STEP_KEYS ? self->app_secret : self->next);
}

/* --- Step 1: which way --- */

static const char *
get_app (SmmConnectPanel *self)
{
  return smm_connect_name_app (self->guide->platform, self->guide->login);
}

static char *
number_clicks (const SmmConnectGuide *guide)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; guide->clicks[i] != NULL; i++)
    g_string_append_printf (text, "%s%u. %s", i > 0 ? "\n" : "", i + 1, _ (guide->clicks[i]));
  return g_string_free (text, FALSE);
}

static void
take_guide (SmmConnectPanel *self, const SmmConnectGuide *guide)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autofree char *clicks = number_clicks (guide);
  g_autofree char *id = NULL;

  self->guide = guide;
  id = store != NULL ? smm_store_get_app_id (store, get_app (self)) : NULL;
  gtk_label_set_label (GTK_LABEL (self->clicks), clicks);
  gtk_label_set_label (GTK_LABEL (self->trap), _ (guide->trap));
  gtk_label_set_label (GTK_LABEL (self->final_trap), _ (guide->trap));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->app_id), _ (guide->id_label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->app_secret), _ (guide->secret_label));
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->app_id), guide->digits
                                                                     ? GTK_INPUT_PURPOSE_DIGITS
                                                                     : GTK_INPUT_PURPOSE_FREE_FORM);
  gtk_editable_set_text (GTK_EDITABLE (self->app_id), id != NULL ? id : "");
  gtk_editable_set_text (GTK_EDITABLE (self->app_secret), "");
  smm_sign_in_step_set_guide (SMM_SIGN_IN_STEP (self->sign_in), guide);
  self->way = smm_sign_in_way_recall (store, guide, &self->relay);
  if (id != NULL)
    {
      sign_in (self);
      return;
    }
  go_to (self, STEP_KEYS);
  gtk_widget_grab_focus (self->app_id);
}

static void
on_way (GtkListBox *list, GtkListBoxRow *row, SmmConnectPanel *self)
{
  const SmmConnectGuide *guide = g_object_get_data (G_OBJECT (row), "guide");

  reset (self);
  self->platform = guide->platform;
  take_guide (self, guide);
}

static void
fill_ways (SmmConnectPanel *self)
{
  for (const SmmConnectGuide *guide = smm_connect_guides (); guide->title != NULL; guide++)
    {
      GtkWidget *row = smm_connect_add_row (self->ways, _ (guide->title), _ (guide->subtitle));
      GtkWidget *marks = smm_platform_marks_new ();

      smm_platform_marks_set (SMM_PLATFORM_MARKS (marks),
                              guide->platform == SMM_PLATFORM_FACEBOOK
                                  ? 1u << SMM_PLATFORM_FACEBOOK | 1u << SMM_PLATFORM_INSTAGRAM
                                  : 1u << guide->platform);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), marks);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "guide", (gpointer)guide);
    }
}

/* --- Step 2: the keys of the app --- */

static char *
dup_entry (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
on_keys_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmConnectPanel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!smm_connect_set_app_finish (SMM_CONNECT (source), result, &error))
    {
      if (!is_over (error))
        fail (self, error);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->app_secret), "");
  self->busy = FALSE;
  sign_in (self);
}

static void
on_keys_tested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmConnectPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *secret = NULL;

  /* What can't be asked now is not held against them: the sign-in tells. */
  if (!smm_connect_test_app_finish (SMM_CONNECT (source), result, &error)
      && !g_error_matches (error, SMM_PLATFORM_ERROR, SMM_PLATFORM_ERROR_ANSWER))
    {
      if (!is_over (error))
        fail (self, error);
      return;
    }
  if (self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  id = dup_entry (self->app_id);
  secret = dup_entry (self->app_secret);
  smm_connect_set_app_async (self->connect, get_app (self), id, secret, self->cancellable,
                             on_keys_set, g_object_ref (self));
  explicit_bzero (secret, strlen (secret));
}

static void
save_keys (SmmConnectPanel *self)
{
  g_autofree char *id = dup_entry (self->app_id);
  g_autofree char *secret = dup_entry (self->app_secret);

  if (!can_go_on (self))
    return;
  if (self->guide->digits && strspn (id, "0123456789") != strlen (id))
    {
      show_problem (self,
                    _ ("The App ID is a number. It stands on top of your app’s page at Meta."),
                    NULL, NULL);
      return;
    }
  self->busy = TRUE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show_problem (self, NULL, NULL, NULL);
  update (self);
  smm_connect_test_app_async (self->connect, get_app (self), id, secret, self->cancellable,
                              on_keys_tested, g_object_ref (self));
  explicit_bzero (secret, strlen (secret));
}

static void
on_change_keys (SmmConnectPanel *self)
{
  reset (self);
  go_to (self, STEP_KEYS);
  gtk_widget_grab_focus (self->app_id);
}

static void
on_portal (SmmConnectPanel *self)
{
  g_app_info_launch_default_for_uri_async (self->guide->portal, NULL, NULL, NULL, NULL);
}

/* --- Step 3: the browser --- */

static void
on_waited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmConnectPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmGrant) grant = smm_connect_wait_finish (SMM_CONNECT (source), result, &error);

  if (grant == NULL)
    {
      if (!is_over (error))
        fail (self, error);
      return;
    }
  self->busy = FALSE;
  g_clear_pointer (&self->grant, smm_grant_free);
  self->grant = g_steal_pointer (&grant);
  smm_connect_choices_fill (SMM_CONNECT_CHOICES (self->choices), self->grant,
                            smm_connect_guide_get_permissions (self->guide),
                            smm_library_get_store (self->library), self->brand_id,
                            self->wanted != NULL);
  go_to (self, STEP_CHOOSE);
  gtk_widget_grab_focus (self->next);
  if (self->grant->candidates->len == 0)
    show_problem (
        self, _ ("This person manages no Page. Sign in as somebody who does."),
        _ ("In the browser you may also have left a Page unticked: sign in again and tick "
           "it."),
        NULL);
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmConnectPanel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && self->busy)
    show_problem (self, _ ("No browser could be opened. Copy the address and open it yourself."),
                  NULL, NULL);
}

static void
on_open_again (SmmConnectPanel *self)
{
  if (self->address == NULL)
    return;
  show_problem (self, NULL, NULL, NULL);
  g_app_info_launch_default_for_uri_async (self->address, NULL, NULL, on_launched,
                                           g_object_ref (self));
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmConnectPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = smm_connect_begin_finish (SMM_CONNECT (source), result, &error);

  if (address == NULL)
    {
      if (!is_over (error))
        fail (self, error);
      return;
    }
  if (self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_free (self->address);
  self->address = g_steal_pointer (&address);
  smm_connect_wait_async (SMM_CONNECT (source), self->cancellable, on_waited, g_object_ref (self));
  if (self->way != SMM_WAY_WINDOW)
    on_open_again (self);
  update (self);
}

static void
sign_in (SmmConnectPanel *self)
{
  reset (self);
  self->cancellable = g_cancellable_new ();
  self->busy = TRUE;
  smm_sign_in_step_set_way (SMM_SIGN_IN_STEP (self->sign_in), self->way, self->relay);
  smm_connect_set_way (self->connect, self->way, self->relay);
  go_to (self, STEP_SIGN_IN);
  smm_connect_begin_async (self->connect, self->platform, self->guide->login, self->wanted != NULL,
                           0, self->cancellable, on_begun, g_object_ref (self));
}

static void
on_pasted (SmmConnectPanel *self, const char *address)
{
  g_autoptr (GError) error = NULL;

  if (!smm_connect_paste_address (self->connect, address, &error))
    show_error (self, error);
  else
    show_problem (self, NULL, NULL, NULL);
}

static void
on_way_chosen (SmmConnectPanel *self, int way, const char *relay)
{
  self->way = way;
  if (way == SMM_WAY_RELAY)
    {
      g_free (self->relay);
      self->relay = g_strdup (relay);
    }
  sign_in (self);
}

/* --- Step 4 --- */

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmConnectPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = smm_connect_commit_finish (SMM_CONNECT (source), result, &error);
  g_autofree char *text = NULL;

  if (accounts == NULL)
    {
      if (!is_over (error))
        fail (self, error);
      return;
    }
  self->busy = FALSE;
  smm_sign_in_way_keep (self->library, self->guide, self->way, self->relay);
  g_clear_pointer (&self->grant, smm_grant_free);
  text = g_strdup_printf (g_dngettext (NULL, "%u account is connected. Posts can go out.",
                                       "%u accounts are connected. Posts can go out.",
                                       accounts->len),
                          accounts->len);
  smm_connect_choices_end (SMM_CONNECT_CHOICES (self->choices), text);
  go_to (self, STEP_DONE);
  gtk_widget_grab_focus (self->next);
  g_signal_emit (self, signals[CONNECTED], 0, accounts->len);
}

static void
commit (SmmConnectPanel *self)
{
  g_autoptr (GPtrArray) ids = smm_connect_choices_list (SMM_CONNECT_CHOICES (self->choices));

  if (ids->len == 0 || self->busy || self->grant == NULL)
    return;
  g_ptr_array_add (ids, NULL);
  self->busy = TRUE;
  show_problem (self, NULL, NULL, NULL);
  update (self);
  smm_connect_commit_async (self->connect, self->grant, self->brand_id,
                            (const char *const *)ids->pdata, self->cancellable, on_committed,
                            g_object_ref (self));
}

static void
on_next (SmmConnectPanel *self)
{
  if (self->step == STEP_KEYS)
    save_keys (self);
  else if (self->step == STEP_SIGN_IN)
    sign_in (self);
  else if (self->step == STEP_CHOOSE)
    commit (self);
  else if (self->step == STEP_DONE)
    smm_connect_panel_stop (self);
}

static void
on_back (SmmConnectPanel *self)
{
  reset (self);
  go_to (self, self->step == STEP_SIGN_IN || self->step == STEP_KEYS ? STEP_WAY : STEP_SIGN_IN);
}

static void
on_cancel (SmmConnectPanel *self)
{
  smm_connect_panel_stop (self);
}

static void
on_edited (SmmConnectPanel *self)
{
  update (self);
}

static void
on_first_post (SmmConnectPanel *self)
{
  smm_connect_panel_stop (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.first-post", NULL);
}

/* --- GObject --- */

static void
smm_connect_panel_dispose (GObject *object)
{
  SmmConnectPanel *self = SMM_CONNECT_PANEL (object);

  reset (self);
  g_clear_object (&self->connect);
  g_clear_object (&self->library);
  g_clear_pointer (&self->brand_id, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->relay, g_free);
  G_OBJECT_CLASS (smm_connect_panel_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SmmConnectPanel, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (title);
  BIND (error);
  BIND (error_icon);
  BIND (error_label);
  BIND (error_hint);
  BIND (error_button);
  BIND (ways);
  BIND (clicks);
  BIND (trap);
  BIND (app_id);
  BIND (app_secret);
  BIND (sign_in);
  BIND (choices);
  BIND (final_trap);
  BIND (write);
  BIND (cancel);
  BIND (back);
  BIND (next);
  smm_connect_steps_bind (widget_class, G_STRUCT_OFFSET (SmmConnectPanel, steps));
}

static void
smm_connect_panel_class_init (SmmConnectPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (SMM_TYPE_CONNECT_CHOICES);
  g_type_ensure (SMM_TYPE_SIGN_IN_STEP);
  G_OBJECT_CLASS (klass)->dispose = smm_connect_panel_dispose;
  signals[CLOSED] = g_signal_new ("closed", SMM_TYPE_CONNECT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[CONNECTED] = g_signal_new ("connected", SMM_TYPE_CONNECT_PANEL, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/accounts/smm-connect-panel.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_portal);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_open_again);
  gtk_widget_class_bind_template_callback (widget_class, on_pasted);
  gtk_widget_class_bind_template_callback (widget_class, on_way_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_change_keys);
  gtk_widget_class_bind_template_callback (widget_class, on_first_post);
}

static void
smm_connect_panel_init (SmmConnectPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  smm_state_image_set (GTK_IMAGE (self->error_icon), SMM_TARGET_FAILED);
  smm_widget_set_label (self->error_icon, _ ("Problem"));
  g_signal_connect (self->ways, "row-activated", G_CALLBACK (on_way), self);
  fill_ways (self);
}

/**
 * smm_connect_panel_new:
 * @library: where accounts are kept
 *
 * Returns: (transfer full): the assistant
 */
GtkWidget *
smm_connect_panel_new (SmmLibrary *library)
{
  SmmConnectPanel *self = g_object_new (SMM_TYPE_CONNECT_PANEL, NULL);

  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}

/**
 * smm_connect_panel_set_connect:
 * @self: the assistant
 * @connect: (nullable): what signs in
 */
void
smm_connect_panel_set_connect (SmmConnectPanel *self, SmmConnect *connect)
{
  g_set_object (&self->connect, connect);
}

/**
 * smm_connect_panel_start:
 * @self: the assistant
 * @brand_id: who gets the accounts
 * @account: (nullable): the one to sign in again
 */
void
smm_connect_panel_start (SmmConnectPanel *self, const char *brand_id, SmmAccount *account)
{
  g_return_if_fail (SMM_IS_CONNECT_PANEL (self));
  g_return_if_fail (self->connect != NULL);

  reset (self);
  g_free (self->brand_id);
  self->brand_id = g_strdup (brand_id);
  g_free (self->wanted);
  self->wanted = account != NULL ? g_strdup (account->remote_id) : NULL;
  if (account != NULL)
    {
      self->platform = account->platform;
      take_guide (self, smm_connect_guide_find (account->platform, account->login));
      return;
    }
  self->guide = NULL;
  go_to (self, STEP_WAY);
  gtk_widget_grab_focus (gtk_widget_get_first_child (self->ways));
}

/**
 * smm_connect_panel_start_way:
 * @self: the assistant
 * @brand_id: who gets the accounts
 * @platform: where most people begin; "Back" leads to the others
 */
void
smm_connect_panel_start_way (SmmConnectPanel *self, const char *brand_id, SmmPlatformId platform)
{
  g_return_if_fail (SMM_IS_CONNECT_PANEL (self));

  smm_connect_panel_start (self, brand_id, NULL);
  self->platform = platform;
  take_guide (self, smm_connect_guide_find (platform, NULL));
}

/**
 * smm_connect_panel_stop:
 * @self: the assistant
 *
 * Leaves the sign-in; nothing is connected that was not confirmed.
 */
void
smm_connect_panel_stop (SmmConnectPanel *self)
{
  g_return_if_fail (SMM_IS_CONNECT_PANEL (self));

  reset (self);
  gtk_editable_set_text (GTK_EDITABLE (self->app_secret), "");
  g_signal_emit (self, signals[CLOSED], 0);
}
