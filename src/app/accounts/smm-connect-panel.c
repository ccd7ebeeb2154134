/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-connect-panel.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "smm-platform-marks.h"
#include "smm-state-icon.h"

struct _SmmConnectPanel
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *steps;
  GtkWidget *error;
  GtkWidget *error_label;
  GtkWidget *app_id;
  GtkWidget *app_secret;
  GtkWidget *waiting;
  GtkWidget *spinner;
  GtkWidget *paste;
  GtkWidget *paste_entry;
  GtkWidget *choices;
  GtkWidget *done_label;
  GtkWidget *cancel;
  GtkWidget *keys;
  GtkWidget *next;

  SmmLibrary *library;
  SmmConnect *connect;
  GCancellable *cancellable;
  SmmGrant *grant;
  SmmPlatformId platform;
  char *brand_id;
  char *wanted;  /* remote id of the account that is signed in again */
  char *address; /* where the browser goes */
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

static const char *const step_names[] = { "keys", "sign-in", "choose", "done" };

static gboolean
is_at (SmmConnectPanel *self, const char *step)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->steps)), step) == 0;
}

static void
show_error (SmmConnectPanel *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->error_label), text != NULL ? text : "");
  gtk_widget_set_visible (self->error, text != NULL);
}

static guint
count_chosen (SmmConnectPanel *self)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->choices); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *check = g_object_get_data (G_OBJECT (row), "check");

      if (check != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        n++;
    }
  return n;
}

static void
update (SmmConnectPanel *self)
{
  g_autofree char *subtitle = NULL;
  gboolean can = !self->busy;
  const char *label = _ ("Continue");

  for (guint i = 0; i < G_N_ELEMENTS (step_names); i++)
    if (is_at (self, step_names[i]))
      subtitle = g_strdup_printf (_ ("Step %u of %u"), i + 1, (guint)G_N_ELEMENTS (step_names));
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title),
                              self->wanted != NULL ? _ ("Reconnect") : _ ("Connect Accounts"));
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle);
  if (is_at (self, "keys"))
    can = can && *gtk_editable_get_text (GTK_EDITABLE (self->app_id)) != '\0'
          && *gtk_editable_get_text (GTK_EDITABLE (self->app_secret)) != '\0';
  else if (is_at (self, "sign-in"))
    label = _ ("Try Again");
  else if (is_at (self, "choose"))
    {
      label = _ ("Connect");
      can = can && count_chosen (self) > 0;
    }
  else
    label = _ ("Done");
  gtk_button_set_label (GTK_BUTTON (self->next), label);
  gtk_widget_set_sensitive (self->next, can);
  gtk_widget_set_visible (self->next, !is_at (self, "sign-in") || !self->busy);
  gtk_widget_set_visible (self->cancel, !is_at (self, "done"));
  gtk_widget_set_visible (self->keys, is_at (self, "sign-in"));
  gtk_widget_set_visible (self->waiting, self->busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->busy && is_at (self, "sign-in"));
}

static void
go_to (SmmConnectPanel *self, const char *step)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->steps), step);
  show_error (self, NULL);
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
  show_error (self, error->message);
  update (self);
}

/* --- Step 1: the keys of the app --- */

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
save_keys (SmmConnectPanel *self)
{
  g_autofree char *id = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->app_id))));

  if (self->busy || *id == '\0')
    return;
  for (const char *c = id; *c != '\0'; c++)
    if (!g_ascii_isdigit (*c))
      {
        show_error (self,
                    _ ("The App ID is a number. It stands on top of your app’s page at Meta."));
        return;
      }
  self->busy = TRUE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show_error (self, NULL);
  update (self);
  smm_connect_set_app_async (self->connect, "meta", id,
                             gtk_editable_get_text (GTK_EDITABLE (self->app_secret)),
                             self->cancellable, on_keys_set, g_object_ref (self));
}

static void
on_change_keys (GtkButton *button, SmmConnectPanel *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autofree char *id = store != NULL ? smm_store_get_app_id (store, "meta") : NULL;

  reset (self);
  gtk_editable_set_text (GTK_EDITABLE (self->app_id), id != NULL ? id : "");
  go_to (self, "keys");
}

/* --- Step 2: the browser --- */

static void
on_check_toggled (GtkCheckButton *check, SmmConnectPanel *self)
{
  update (self);
}

static void
fill_choices (SmmConnectPanel *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->choices)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->choices), child);
  for (guint i = 0; i < self->grant->candidates->len; i++)
    {
      SmmCandidate *candidate = self->grant->candidates->pdata[i];
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();
      GtkWidget *marks = smm_platform_marks_new ();
      g_autoptr (SmmAccount) known = smm_store_find_account (
          store, self->brand_id, candidate->platform, candidate->remote_id);
      g_autofree char *handle
          = candidate->username != NULL && candidate->platform != SMM_PLATFORM_FACEBOOK
                ? g_strconcat ("@", candidate->username, NULL)
                : g_strdup (candidate->name);
      const char *detail = candidate->problem;

      if (detail == NULL)
        detail = known != NULL ? _ ("Known already, its sign-in is renewed")
                               : smm_platform_id_get_label (candidate->platform);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), handle);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), 1u << candidate->platform);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), marks);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      smm_widget_set_label (check, handle);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                   candidate->problem == NULL && candidate->token != NULL
                                       && (self->wanted == NULL || known != NULL));
      gtk_widget_set_sensitive (check, candidate->problem == NULL && candidate->token != NULL);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      g_object_set_data (G_OBJECT (row), "check", check);
      g_object_set_data_full (G_OBJECT (row), "remote-id", g_strdup (candidate->remote_id), g_free);
      g_signal_connect (check, "toggled", G_CALLBACK (on_check_toggled), self);
      gtk_list_box_append (GTK_LIST_BOX (self->choices), row);
    }
}

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
  fill_choices (self);
  go_to (self, "choose");
  gtk_widget_grab_focus (self->next);
  if (self->grant->candidates->len == 0)
    show_error (self, _ ("This person manages no Page. Sign in as somebody who does."));
}

static void
on_launched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmConnectPanel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && self->busy)
    show_error (self, _ ("No browser could be opened. Copy the address and open it yourself."));
}

static void
open_browser (SmmConnectPanel *self)
{
  if (self->address == NULL)
    return;
  show_error (self, NULL);
  g_app_info_launch_default_for_uri_async (self->address, NULL, NULL, on_launched,
                                           g_object_ref (self));
}

static void
on_open_again (GtkButton *button, SmmConnectPanel *self)
{
  open_browser (self);
}

static void
on_copy (GtkButton *button, SmmConnectPanel *self)
{
  if (self->address != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->address);
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
  open_browser (self);
  update (self);
}

static void
sign_in (SmmConnectPanel *self)
{
  reset (self);
  self->cancellable = g_cancellable_new ();
  self->busy = TRUE;
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->paste), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->paste_entry), "");
  go_to (self, "sign-in");
  smm_connect_begin_async (self->connect, self->platform, NULL, self->wanted != NULL, 0,
                           self->cancellable, on_begun, g_object_ref (self));
}

static void
on_paste_shown (GtkButton *button, SmmConnectPanel *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->paste), TRUE);
  gtk_widget_grab_focus (self->paste_entry);
}

static void
on_paste (GtkEntry *entry, SmmConnectPanel *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->paste_entry))));

  if (*text == '\0')
    return;
  if (!smm_connect_paste_address (self->connect, text, &error))
    show_error (self, error->message);
  else
    show_error (self, NULL);
  /* The address carries a code: it does not stay on screen. */
  gtk_editable_set_text (GTK_EDITABLE (self->paste_entry), "");
}

/* --- Steps 3 and 4 --- */

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
  g_clear_pointer (&self->grant, smm_grant_free);
  text = g_strdup_printf (g_dngettext (NULL, "%u account is connected. Posts can go out.",
                                       "%u accounts are connected. Posts can go out.",
                                       accounts->len),
                          accounts->len);
  gtk_label_set_label (GTK_LABEL (self->done_label), text);
  go_to (self, "done");
  g_signal_emit (self, signals[CONNECTED], 0, accounts->len);
}

static void
commit (SmmConnectPanel *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (GtkWidget *row = gtk_widget_get_first_child (self->choices); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *check = g_object_get_data (G_OBJECT (row), "check");

      if (check != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        g_ptr_array_add (ids, g_object_get_data (G_OBJECT (row), "remote-id"));
    }
  if (ids->len == 0 || self->busy || self->grant == NULL)
    return;
  g_ptr_array_add (ids, NULL);
  self->busy = TRUE;
  show_error (self, NULL);
  update (self);
  smm_connect_commit_async (self->connect, self->grant, self->brand_id,
                            (const char *const *)ids->pdata, self->cancellable, on_committed,
                            g_object_ref (self));
}

static void
on_next (GtkButton *button, SmmConnectPanel *self)
{
  if (is_at (self, "keys"))
    save_keys (self);
  else if (is_at (self, "sign-in"))
    sign_in (self);
  else if (is_at (self, "choose"))
    commit (self);
  else
    smm_connect_panel_stop (self);
}

static void
on_cancel (GtkButton *button, SmmConnectPanel *self)
{
  smm_connect_panel_stop (self);
}

static void
on_key_edited (SmmConnectPanel *self)
{
  update (self);
}

/* --- Building --- */

static GtkWidget *
create_lead (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  return label;
}

static GtkWidget *
create_keys (SmmConnectPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();

  self->app_id = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->app_id), _ ("App ID"));
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->app_id), GTK_INPUT_PURPOSE_DIGITS);
  self->app_secret = adw_password_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->app_secret), _ ("App Secret"));
  g_signal_connect_swapped (self->app_id, "changed", G_CALLBACK (on_key_edited), self);
  g_signal_connect_swapped (self->app_secret, "changed", G_CALLBACK (on_key_edited), self);
  g_signal_connect_swapped (self->app_secret, "entry-activated", G_CALLBACK (save_keys), self);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_append (GTK_LIST_BOX (list), self->app_id);
  gtk_list_box_append (GTK_LIST_BOX (list), self->app_secret);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_box_append (GTK_BOX (box),
                  create_lead (_ ("Your Meta app opens the door. Make one at "
                                  "developers.facebook.com and copy its App ID and App Secret; "
                                  "the secret is sealed in your keyring.")));
  gtk_box_append (GTK_BOX (box), list);
  return box;
}

static GtkWidget *
create_sign_in (SmmConnectPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *words = create_lead (_ ("Waiting for your browser. Sign in there and choose Allow. "
                                     "This window goes on by itself."));
  GtkWidget *again = gtk_button_new_with_label (_ ("Open Browser Again"));
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy Address"));
  GtkWidget *paste = gtk_button_new_with_label (_ ("Paste Address"));
  GtkWidget *paste_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->waiting = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->spinner = gtk_spinner_new ();
  smm_widget_set_label (self->spinner, _ ("Waiting for your browser"));
  gtk_widget_set_valign (self->spinner, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row), self->spinner);
  gtk_box_append (GTK_BOX (row), words);
  g_signal_connect (again, "clicked", G_CALLBACK (on_open_again), self);
  g_signal_connect (copy, "clicked", G_CALLBACK (on_copy), self);
  g_signal_connect (paste, "clicked", G_CALLBACK (on_paste_shown), self);
  gtk_box_append (GTK_BOX (buttons), again);
  gtk_box_append (GTK_BOX (buttons), copy);
  gtk_box_append (GTK_BOX (buttons), paste);
  self->paste_entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->paste_entry), "http://localhost:…");
  smm_widget_set_label (self->paste_entry, _ ("Final address"));
  g_signal_connect (self->paste_entry, "activate", G_CALLBACK (on_paste), self);
  gtk_box_append (GTK_BOX (paste_box),
                  create_lead (_ ("The browser could not come back? Copy the address it ended at, "
                                  "paste it here and press Enter.")));
  gtk_box_append (GTK_BOX (paste_box), self->paste_entry);
  self->paste = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->paste), paste_box);
  gtk_box_append (GTK_BOX (self->waiting), row);
  gtk_box_append (GTK_BOX (self->waiting), buttons);
  gtk_box_append (GTK_BOX (self->waiting), self->paste);
  gtk_widget_add_css_class (self->waiting, "card");
  gtk_widget_add_css_class (self->waiting, "account-card");
  self->keys = gtk_button_new_with_label (_ ("Change App Keys"));
  gtk_widget_add_css_class (self->keys, "flat");
  g_signal_connect (self->keys, "clicked", G_CALLBACK (on_change_keys), self);
  gtk_box_append (GTK_BOX (box), self->waiting);
  gtk_box_append (GTK_BOX (box), self->keys);
  return box;
}

static GtkWidget *
create_choose (SmmConnectPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->choices = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->choices), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->choices, "boxed-list");
  gtk_widget_set_valign (self->choices, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), create_lead (_ ("Which of these belong to this brand?")));
  gtk_box_append (GTK_BOX (box), self->choices);
  return box;
}

static void
on_first_post (GtkButton *button, SmmConnectPanel *self)
{
  smm_connect_panel_stop (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.first-post", NULL);
}

static GtkWidget *
create_done (SmmConnectPanel *self)
{
  GtkWidget *write = gtk_button_new_with_label (_ ("Write a Post"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *title = gtk_label_new (_ ("Connected"));

  smm_state_image_set (GTK_IMAGE (icon), SMM_TARGET_PUBLISHED);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 64);
  gtk_widget_add_css_class (title, "title-2");
  self->done_label = create_lead ("");
  gtk_label_set_justify (GTK_LABEL (self->done_label), GTK_JUSTIFY_CENTER);
  gtk_label_set_xalign (GTK_LABEL (self->done_label), 0.5);
  gtk_widget_set_margin_top (box, 48);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_widget_add_css_class (write, "pill");
  gtk_widget_set_halign (write, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (write, 12);
  g_signal_connect (write, "clicked", G_CALLBACK (on_first_post), self);
  gtk_box_append (GTK_BOX (box), self->done_label);
  gtk_box_append (GTK_BOX (box), write);
  return box;
}

static GtkWidget *
create_error (SmmConnectPanel *self)
{
  GtkWidget *icon = gtk_image_new ();

  self->error = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  smm_state_image_set (GTK_IMAGE (icon), SMM_TARGET_FAILED);
  smm_widget_set_label (icon, _ ("Problem"));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  self->error_label = create_lead ("");
  gtk_label_set_selectable (GTK_LABEL (self->error_label), TRUE);
  gtk_widget_set_hexpand (self->error_label, TRUE);
  gtk_box_append (GTK_BOX (self->error), icon);
  gtk_box_append (GTK_BOX (self->error), self->error_label);
  gtk_widget_add_css_class (self->error, "card");
  gtk_widget_add_css_class (self->error, "account-card");
  gtk_widget_set_visible (self->error, FALSE);
  return self->error;
}

static void
smm_connect_panel_dispose (GObject *object)
{
  SmmConnectPanel *self = SMM_CONNECT_PANEL (object);

  reset (self);
  g_clear_object (&self->connect);
  g_clear_object (&self->library);
  g_clear_pointer (&self->brand_id, g_free);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (smm_connect_panel_parent_class)->dispose (object);
}

static void
smm_connect_panel_class_init (SmmConnectPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_connect_panel_dispose;
  signals[CLOSED] = g_signal_new ("closed", SMM_TYPE_CONNECT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[CONNECTED] = g_signal_new ("connected", SMM_TYPE_CONNECT_PANEL, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
smm_connect_panel_init (SmmConnectPanel *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->title = adw_window_title_new (_ ("Connect Accounts"), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->title);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  self->steps = gtk_stack_new ();
  gtk_stack_set_transition_type (GTK_STACK (self->steps), GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_stack_add_named (GTK_STACK (self->steps), create_keys (self), "keys");
  gtk_stack_add_named (GTK_STACK (self->steps), create_sign_in (self), "sign-in");
  gtk_stack_add_named (GTK_STACK (self->steps), create_choose (self), "choose");
  gtk_stack_add_named (GTK_STACK (self->steps), create_done (self), "done");
  gtk_box_append (GTK_BOX (body), create_error (self));
  gtk_box_append (GTK_BOX (body), self->steps);
  gtk_widget_set_margin_start (body, 18);
  gtk_widget_set_margin_end (body, 18);
  gtk_widget_set_margin_top (body, 18);
  gtk_widget_set_margin_bottom (body, 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), body);
  gtk_widget_set_vexpand (scroller, TRUE);
  self->cancel = gtk_button_new_with_label (_ ("Cancel"));
  gtk_widget_add_css_class (self->cancel, "flat");
  g_signal_connect (self->cancel, "clicked", G_CALLBACK (on_cancel), self);
  self->next = gtk_button_new_with_label (_ ("Continue"));
  gtk_widget_add_css_class (self->next, "suggested-action");
  gtk_widget_set_hexpand (self->next, TRUE);
  gtk_widget_set_halign (self->next, GTK_ALIGN_END);
  g_signal_connect (self->next, "clicked", G_CALLBACK (on_next), self);
  gtk_box_append (GTK_BOX (buttons), self->cancel);
  gtk_box_append (GTK_BOX (buttons), self->next);
  gtk_widget_set_margin_start (buttons, 18);
  gtk_widget_set_margin_end (buttons, 18);
  gtk_widget_set_margin_top (buttons, 12);
  gtk_widget_set_margin_bottom (buttons, 12);
  gtk_box_append (GTK_BOX (self), header);
  gtk_box_append (GTK_BOX (self), scroller);
  gtk_box_append (GTK_BOX (self), buttons);
  gtk_widget_add_css_class (GTK_WIDGET (self), "background");
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
  SmmStore *store;
  g_autofree char *app_id = NULL;

  g_return_if_fail (SMM_IS_CONNECT_PANEL (self));
  g_return_if_fail (self->connect != NULL);

  reset (self);
  g_free (self->brand_id);
  self->brand_id = g_strdup (brand_id);
  g_free (self->wanted);
  self->wanted = account != NULL ? g_strdup (account->remote_id) : NULL;
  /* Pages and the Instagram accounts linked to them come with one sign-in. */
  self->platform = account != NULL ? account->platform : SMM_PLATFORM_FACEBOOK;
  store = smm_library_get_store (self->library);
  app_id = store != NULL ? smm_store_get_app_id (store, "meta") : NULL;
  if (app_id == NULL)
    {
      go_to (self, "keys");
      gtk_widget_grab_focus (self->app_id);
    }
  else
    sign_in (self);
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
