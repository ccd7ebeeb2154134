/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-accounts-view.h"

#include <glib/gi18n.h>

#include "smm-account-card.h"
#include "smm-app-time.h"
#include "smm-connect-panel.h"
#include "smm-disconnect-dialog.h"
#include "smm-erase-dialog.h"
#include "smm-ledger-window.h"
#include "smm-state-icon.h"
#include "smm-web-space-panel.h"

#define PANEL_WIDTH 400

struct _SmmAccountsView
{
  AdwBin parent_instance;

  GtkWidget *header;
  GtkWidget *sidebar_button;
  GtkWidget *title;
  GtkWidget *connect_button;
  GtkWidget *empty_button;
  GtkWidget *stack;
  GtkWidget *cards;
  GtkWidget *page;
  GtkWidget *separator;
  GtkWidget *panel;
  GtkWidget *web_panel;
  GtkWidget *web_text;
  GtkWidget *web_button;

  SmmLibrary *library;
  SmmPaths *paths; /* the application's */
  SmmConnect *connect;
  SmmBrand *brand;
  GTimeZone *zone;
  GHashTable *busy; /* ids of accounts the platform is asked about */
  char *chosen;     /* id of the account that was asked for, until the view is left */
  guint reload_source;
  gboolean narrow;
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmAccountsView, smm_accounts_view, ADW_TYPE_BIN)

static void reload (SmmAccountsView *self);

static void
toast (SmmAccountsView *self, const char *text)
{
  g_signal_emit (self, signals[TOAST], 0, text, FALSE);
}

/* --- What the cards ask for --- */

typedef struct
{
  SmmAccountsView *self;
  char *account_id;
} Ask;

static Ask *
ask_new (SmmAccountsView *self, SmmAccount *account)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->self = g_object_ref (self);
  ask->account_id = g_strdup (account->id);
  g_hash_table_add (self->busy, g_strdup (account->id));
  reload (self);
  return ask;
}

static void
ask_end (Ask *ask)
{
  g_hash_table_remove (ask->self->busy, ask->account_id);
  reload (ask->self);
  g_object_unref (ask->self);
  g_free (ask->account_id);
  g_free (ask);
}

/* The sign-in works; what else there is to know was asked as far as it could be. */
static void
on_health (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ask *ask = user_data;
  SmmStore *store = smm_library_get_store (ask->self->library);
  g_autoptr (SmmAccount) account = smm_store_get_account (store, ask->account_id);
  g_autofree char *handle = account != NULL ? smm_account_dup_handle (account) : NULL;
  g_autofree char *text = g_strdup_printf (_ ("%s is healthy"), handle);
  g_autofree char *missing = NULL;
  g_autoptr (SmmAccountHealth) health = smm_store_get_account_health (store, ask->account_id);
  const SmmAccountUse use = { health, NULL, 0 };
  gboolean allow;

  smm_connect_health_finish (SMM_CONNECT (source), result, NULL);
  missing = account != NULL ? smm_account_describe_missing (account, &use, &allow) : NULL;
  if (missing != NULL)
    {
      g_free (text);
      text = g_strdup_printf (_ ("%s is signed in, but may not do everything"), handle);
    }
  toast (ask->self, text);
  ask_end (ask);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ask *ask = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmAccount) account = smm_connect_check_finish (SMM_CONNECT (source), result, &error);
  g_autofree char *handle = account != NULL ? smm_account_dup_handle (account) : NULL;
  g_autofree char *text = NULL;

  if (account != NULL && account->state == SMM_ACCOUNT_OK)
    {
      smm_connect_health_async (SMM_CONNECT (source), account->id, NULL, on_health, ask);
      return;
    }
  if (account == NULL)
    text = g_strdup (error->message);
  else
    text = g_strdup_printf (_ ("%s needs you"), handle);
  toast (ask->self, text);
  ask_end (ask);
}

static void
on_check (SmmAccountCard *card, SmmAccountsView *self)
{
  SmmAccount *account = smm_account_card_get_account (card);
  g_autofree char *id = g_strdup (account->id);

  if (self->connect != NULL)
    smm_connect_check_async (self->connect, id, NULL, on_checked, ask_new (self, account));
}

static const char *
describe_revocation (SmmRevocation revocation)
{
  switch (revocation)
    {
    case SMM_REVOCATION_DONE:
      return _ ("Disconnected, the sign-in is ended at the platform too");
    case SMM_REVOCATION_LATER:
      return _ ("Disconnected here. The platform can’t be reached now and is told as soon as it "
                "can.");
    case SMM_REVOCATION_KEPT:
      return _ ("Disconnected here. The others stay signed in.");
    default:
      return _ ("Disconnected here. The platform could not be told: remove the app in its "
                "settings.");
    }
}

static void
on_disconnected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Ask *ask = user_data;
  g_autoptr (GError) error = NULL;
  SmmRevocation revocation = SMM_REVOCATION_NEVER;

  if (smm_connect_disconnect_finish (SMM_CONNECT (source), result, &revocation, &error))
    toast (ask->self, describe_revocation (revocation));
  else
    toast (ask->self, error->message);
  ask_end (ask);
}

static void
on_disconnect_answer (AdwMessageDialog *dialog, const char *response, SmmAccountsView *self)
{
  SmmAccount *account = g_object_get_data (G_OBJECT (dialog), "account");
  gboolean only = g_str_equal (response, SMM_DISCONNECT_ONLY);

  if (self->connect != NULL && (only || g_str_equal (response, SMM_DISCONNECT_ALL)))
    smm_connect_disconnect_async (self->connect, account->id,
                                  only ? SMM_SIBLINGS_KEEP : SMM_SIBLINGS_END, NULL,
                                  on_disconnected, ask_new (self, account));
}

static void
on_disconnect (SmmAccountCard *card, SmmAccountsView *self)
{
  SmmAccount *account = smm_account_card_get_account (card);
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GPtrArray) siblings = smm_connect_list_siblings (store, account);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = smm_disconnect_dialog_new (GTK_WINDOW (root), store, account, siblings);

  g_object_set_data_full (G_OBJECT (dialog), "account", g_object_ref (account), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_disconnect_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_erasing (const char *text, gboolean over, gpointer user_data)
{
  toast (user_data, text);
}

static void
on_erase (SmmAccountsView *self, SmmAccountCard *card)
{
  smm_erase_dialog_ask_account (GTK_WIDGET (self), self->library, self->paths,
                                smm_account_card_get_account (card), on_erasing,
                                g_object_ref (self));
}

/* The assistant, the web space, or NULL: beside the cards where there is room, else in their
 * place. */
static void
show_panel (SmmAccountsView *self, GtkWidget *shown)
{
  GtkWidget *panels[] = { self->panel, self->web_panel };

  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      gtk_widget_set_visible (panels[i], panels[i] == shown);
      gtk_widget_set_hexpand (panels[i], self->narrow);
      gtk_widget_set_size_request (panels[i], self->narrow ? -1 : PANEL_WIDTH, -1);
    }
  gtk_widget_set_visible (self->separator, shown != NULL && !self->narrow);
  gtk_widget_set_visible (self->page, shown == NULL || !self->narrow);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (self->header), shown == NULL);
}

static GtkWidget *
get_shown_panel (SmmAccountsView *self)
{
  return gtk_widget_get_visible (self->panel)       ? self->panel
         : gtk_widget_get_visible (self->web_panel) ? self->web_panel
                                                    : NULL;
}

static void
start_assistant (SmmAccountsView *self, SmmAccount *account)
{
  if (self->connect == NULL || self->brand == NULL)
    return;
  show_panel (self, self->panel);
  smm_connect_panel_start (SMM_CONNECT_PANEL (self->panel), self->brand->id, account);
}

static void
on_reconnect (SmmAccountCard *card, SmmAccountsView *self)
{
  start_assistant (self, smm_account_card_get_account (card));
}

static void
on_connect (SmmAccountsView *self)
{
  start_assistant (self, NULL);
}

static void
on_panel_closed (SmmAccountsView *self)
{
  show_panel (self, NULL);
  gtk_widget_grab_focus (self->connect_button);
}

static void
on_web_space (SmmAccountsView *self)
{
  if (self->connect == NULL)
    return;
  if (gtk_widget_get_visible (self->panel))
    smm_connect_panel_stop (SMM_CONNECT_PANEL (self->panel));
  show_panel (self, self->web_panel);
  smm_web_space_panel_start (SMM_WEB_SPACE_PANEL (self->web_panel), self->connect);
}

static void
on_web_toast (GtkWidget *panel, const char *text, gboolean undoable, SmmAccountsView *self)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

static void
on_panel_connected (SmmConnectPanel *panel, guint count, SmmAccountsView *self)
{
  reload (self);
}

static void
on_ledger (GtkButton *button, SmmAccountsView *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GTimeZone) zone
      = self->zone != NULL ? g_time_zone_ref (self->zone) : g_time_zone_new_local ();

  if (store != NULL)
    smm_ledger_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), store, zone);
}

/* --- Showing --- */

/* Tokens are kept apart by the library's id: nothing can be signed in before there is one. */
static void
ensure_connect (SmmAccountsView *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmEndpoints) endpoints = NULL;
  g_autoptr (SmmHttp) http = NULL;
  g_autoptr (SmmVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  if (self->connect != NULL || store == NULL)
    return;
  endpoints = smm_endpoints_new_default (&error);
  if (endpoints == NULL)
    {
      adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), error->message);
      return;
    }
  http = smm_http_new (endpoints);
  vault = smm_vault_new (self->paths->data_dir, smm_store_get_library_id (store));
  self->connect = smm_connect_new (self->library, vault, http);
  smm_connect_panel_set_connect (SMM_CONNECT_PANEL (self->panel), self->connect);
}

static void
show_web_space (SmmAccountsView *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmWebSpace) space
      = self->connect != NULL ? smm_connect_get_web_space (self->connect, NULL) : NULL;
  g_autofree char *problem
      = store != NULL ? smm_store_get_setting (store, "web-space.problem") : NULL;
  g_autofree char *host = space != NULL ? smm_web_space_dup_host (space) : NULL;
  g_autofree char *text = NULL;

  if (space == NULL)
    text = g_strdup (_ ("Instagram fetches pictures itself. Accounts without a Page need a place "
                        "for them."));
  else if (problem != NULL && *problem != '\0')
    text = g_strdup (problem);
  else
    text = g_strdup_printf (_ ("Pictures for Instagram lie on %s until their post is settled."),
                            host);
  gtk_label_set_label (GTK_LABEL (self->web_text), text);
  gtk_button_set_label (GTK_BUTTON (self->web_button),
                        space == NULL ? _ ("Set Up Web Space") : _ ("Change Web Space"));
  gtk_widget_set_sensitive (self->web_button, self->connect != NULL);
}

/* @steps: what was sent lately, by account. */
static GtkWidget *
create_card (SmmAccountsView *self, SmmStore *store, SmmAccount *account, GHashTable *steps)
{
  g_autoptr (SmmAccountHealth) health = smm_store_get_account_health (store, account->id);
  const SmmAccountUse use = { health, g_hash_table_lookup (steps, account->id),
                              smm_store_get_rest (store, account->id) };
  GtkWidget *card = smm_account_card_new (account, &use, self->paths, self->zone);

  smm_account_card_set_can_act (SMM_ACCOUNT_CARD (card), self->connect != NULL);
  smm_account_card_set_busy (SMM_ACCOUNT_CARD (card),
                             g_hash_table_contains (self->busy, account->id));
  g_signal_connect (card, "check", G_CALLBACK (on_check), self);
  g_signal_connect (card, "reconnect", G_CALLBACK (on_reconnect), self);
  g_signal_connect (card, "disconnect", G_CALLBACK (on_disconnect), self);
  g_signal_connect_swapped (card, "erase", G_CALLBACK (on_erase), self);
  return card;
}

/* The card of an account, or, with NULL, the one that has the keyboard. */
static SmmAccountCard *
find_card (SmmAccountsView *self, const char *account_id)
{
  GtkFlowBoxChild *child;

  for (int i = 0; (child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->cards), i)) != NULL;
       i++)
    {
      SmmAccountCard *card = SMM_ACCOUNT_CARD (gtk_flow_box_child_get_child (child));

      if (account_id == NULL ? gtk_widget_get_focus_child (self->cards) == GTK_WIDGET (child)
                             : g_str_equal (smm_account_card_get_account (card)->id, account_id))
        return card;
    }
  return NULL;
}

static void
fill_cards (SmmAccountsView *self, SmmStore *store, GPtrArray *accounts)
{
  g_autoptr (GHashTable) steps
      = smm_store_count_steps (store, g_get_real_time () - G_TIME_SPAN_DAY);

  /* What needs people comes first. */
  for (int pass = 0; pass < 3; pass++)
    for (guint i = 0; i < accounts->len; i++)
      {
        SmmAccount *account = accounts->pdata[i];
        int order = account->state == SMM_ACCOUNT_OK             ? 1
                    : account->state == SMM_ACCOUNT_DISCONNECTED ? 2
                                                                 : 0;
        GtkWidget *card;

        if (order != pass)
          continue;
        card = create_card (self, store, account, steps);
        smm_account_card_set_chosen (SMM_ACCOUNT_CARD (card),
                                     g_strcmp0 (account->id, self->chosen) == 0);
        gtk_flow_box_insert (GTK_FLOW_BOX (self->cards), card, -1);
        gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE);
        smm_widget_set_label (gtk_widget_get_parent (card), account->name);
      }
}

static void
reload (SmmAccountsView *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GPtrArray) accounts = NULL;
  g_autofree char *focused = NULL;
  SmmAccountCard *card;
  GtkFlowBoxChild *child;

  ensure_connect (self);
  show_web_space (self);
  gtk_widget_set_sensitive (self->connect_button, self->connect != NULL);
  gtk_widget_set_sensitive (self->empty_button, self->connect != NULL);
  if (store == NULL || self->brand == NULL)
    return;
  card = find_card (self, NULL);
  focused = card != NULL ? g_strdup (smm_account_card_get_account (card)->id) : NULL;
  while ((child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->cards), 0)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->cards), GTK_WIDGET (child));
  accounts = smm_store_list_accounts (store, self->brand->id);
  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), self->brand->name);
  fill_cards (self, store, accounts);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), accounts->len > 0 ? "cards" : "empty");
  card = focused != NULL ? find_card (self, focused) : NULL;
  if (card != NULL)
    smm_account_card_focus (card);
}

static gboolean
on_reload_idle (gpointer data)
{
  SmmAccountsView *self = data;

  self->reload_source = 0;
  reload (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (SmmLibrary *library, const char *const *ids, SmmAccountsView *self)
{
  if (self->reload_source == 0)
    self->reload_source = g_idle_add (on_reload_idle, self);
}

/* An icon, a sentence and one thing to do. */
static GtkWidget *
create_wide_card (const char *icon_name, const char *title_text, const char *words_text,
                  GtkWidget *button, GtkWidget **text_label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (title_text);
  GtkWidget *text = gtk_label_new (words_text);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_widget_add_css_class (text, "caption");
  gtk_widget_add_css_class (text, "dim-label");
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), text);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "account-card");
  if (text_label != NULL)
    *text_label = text;
  return box;
}

static GtkWidget *
create_safe_card (SmmAccountsView *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Open Ledger"));

  g_signal_connect (button, "clicked", G_CALLBACK (on_ledger), self);
  return create_wide_card ("security-high-symbolic", _ ("Sign-ins stay on this computer"),
                           _ ("Sealed in your keyring. The ledger lists every request that left."),
                           button, NULL);
}

static GtkWidget *
create_web_card (SmmAccountsView *self)
{
  self->web_button = gtk_button_new_with_label (_ ("Set Up Web Space"));
  g_signal_connect_swapped (self->web_button, "clicked", G_CALLBACK (on_web_space), self);
  return create_wide_card ("network-server-symbolic", _ ("Web space for Instagram"), "",
                           self->web_button, &self->web_text);
}

static GtkWidget *
create_cards (SmmAccountsView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);

  self->cards = gtk_flow_box_new ();
  smm_widget_set_label (self->cards, _ ("Accounts"));
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->cards), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->cards), TRUE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->cards), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->cards), 16);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->cards), 16);
  gtk_widget_set_vexpand (self->cards, FALSE);
  gtk_widget_add_css_class (self->cards, "account-cards");
  gtk_box_append (GTK_BOX (box), self->cards);
  gtk_box_append (GTK_BOX (box), create_web_card (self));
  gtk_box_append (GTK_BOX (box), create_safe_card (self));
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 24);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 1000);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 900);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static GtkWidget *
create_empty (SmmAccountsView *self)
{
  GtkWidget *page = adw_status_page_new ();

  self->empty_button = gtk_button_new_with_label (_ ("Connect Accounts"));
  gtk_widget_add_css_class (self->empty_button, "suggested-action");
  gtk_widget_add_css_class (self->empty_button, "pill");
  gtk_widget_set_halign (self->empty_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->empty_button, "clicked", G_CALLBACK (on_connect), self);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-users-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Accounts Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("Connect your Facebook Page, Instagram or TikTok. Sign-ins "
                                      "stay on this computer."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), self->empty_button);
  return page;
}

static void
smm_accounts_view_dispose (GObject *object)
{
  SmmAccountsView *self = SMM_ACCOUNTS_VIEW (object);

  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_object (&self->connect);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_accounts_view_parent_class)->dispose (object);
}

static void
smm_accounts_view_finalize (GObject *object)
{
  SmmAccountsView *self = SMM_ACCOUNTS_VIEW (object);

  g_clear_object (&self->brand);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->busy, g_hash_table_unref);
  g_free (self->chosen);
  G_OBJECT_CLASS (smm_accounts_view_parent_class)->finalize (object);
}

/* @account_id: whose card stands out from now on, or %NULL. */
static void
choose (SmmAccountsView *self, const char *account_id)
{
  const char *ids[] = { self->chosen, account_id };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      SmmAccountCard *card = ids[i] != NULL ? find_card (self, ids[i]) : NULL;

      if (card != NULL)
        smm_account_card_set_chosen (card, ids[i] == account_id);
    }
  g_free (self->chosen);
  self->chosen = g_strdup (account_id);
}

static void
smm_accounts_view_unmap (GtkWidget *widget)
{
  choose (SMM_ACCOUNTS_VIEW (widget), NULL);
  GTK_WIDGET_CLASS (smm_accounts_view_parent_class)->unmap (widget);
}

static void
smm_accounts_view_class_init (SmmAccountsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->unmap = smm_accounts_view_unmap;
  object_class->dispose = smm_accounts_view_dispose;
  object_class->finalize = smm_accounts_view_finalize;
  signals[TOAST] = g_signal_new ("toast", SMM_TYPE_ACCOUNTS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
smm_accounts_view_init (SmmAccountsView *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->header = adw_header_bar_new ();
  self->connect_button = gtk_button_new ();
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new (_ ("Connect")));
  gtk_button_set_child (GTK_BUTTON (self->connect_button), content);
  smm_widget_set_label (self->connect_button, _ ("Connect Accounts"));
  g_signal_connect_swapped (self->connect_button, "clicked", G_CALLBACK (on_connect), self);
  self->sidebar_button = gtk_button_new_from_icon_name ("sidebar-show-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->sidebar_button), "win.show-sidebar");
  gtk_widget_set_tooltip_text (self->sidebar_button, _ ("Show the Sidebar"));
  smm_widget_set_label (self->sidebar_button, _ ("Show the Sidebar"));
  gtk_widget_set_visible (self->sidebar_button, FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (self->header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), self->sidebar_button);
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), self->connect_button);
  self->title = adw_window_title_new (_ ("Accounts"), NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header), self->title);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), create_empty (self), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), create_cards (self), "cards");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (page), self->header);
  gtk_box_append (GTK_BOX (page), self->stack);
  gtk_widget_set_hexpand (page, TRUE);
  self->page = page;
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
}

/**
 * smm_accounts_view_new:
 * @library: where accounts are kept
 * @paths: where the keys of their sign-ins are
 *
 * Returns: (transfer full): the view, without a brand yet
 */
SmmAccountsView *
smm_accounts_view_new (SmmLibrary *library, SmmPaths *paths)
{
  SmmAccountsView *self = g_object_new (SMM_TYPE_ACCOUNTS_VIEW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->library = g_object_ref (library);
  self->paths = paths;
  self->panel = smm_connect_panel_new (library);
  g_signal_connect_swapped (self->panel, "closed", G_CALLBACK (on_panel_closed), self);
  g_signal_connect (self->panel, "connected", G_CALLBACK (on_panel_connected), self);
  gtk_box_append (GTK_BOX (box), self->page);
  gtk_box_append (GTK_BOX (box), self->separator);
  gtk_box_append (GTK_BOX (box), self->panel);
  self->web_panel = smm_web_space_panel_new (library);
  g_signal_connect_swapped (self->web_panel, "closed", G_CALLBACK (on_panel_closed), self);
  g_signal_connect (self->web_panel, "toast", G_CALLBACK (on_web_toast), self);
  gtk_box_append (GTK_BOX (box), self->web_panel);
  adw_bin_set_child (ADW_BIN (self), box);
  show_panel (self, NULL);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_changed), self, 0);
  reload (self);
  return self;
}

/**
 * smm_accounts_view_set_brand:
 * @self: the view
 * @brand_id: whose accounts to show
 */
void
smm_accounts_view_set_brand (SmmAccountsView *self, const char *brand_id)
{
  SmmStore *store;
  SmmBrand *brand;

  g_return_if_fail (SMM_IS_ACCOUNTS_VIEW (self));

  store = smm_library_get_store (self->library);
  brand = store != NULL ? smm_store_get_brand (store, brand_id) : NULL;
  if (brand == NULL)
    return;
  /* A sign-in belongs to the brand it was started for. */
  if (self->brand != NULL && g_strcmp0 (self->brand->id, brand_id) != 0
      && gtk_widget_get_visible (self->panel))
    smm_connect_panel_stop (SMM_CONNECT_PANEL (self->panel));
  g_clear_object (&self->brand);
  self->brand = brand;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = smm_app_zone_new (brand->timezone);
  reload (self);
}

/**
 * smm_accounts_view_start:
 * @self: the view
 *
 * Opens the assistant where a new brand mostly begins: with its Facebook Page.
 */
void
smm_accounts_view_start (SmmAccountsView *self)
{
  g_return_if_fail (SMM_IS_ACCOUNTS_VIEW (self));

  start_assistant (self, NULL);
  if (self->connect != NULL && self->brand != NULL)
    smm_connect_panel_start_way (SMM_CONNECT_PANEL (self->panel), self->brand->id,
                                 SMM_PLATFORM_FACEBOOK);
}

/**
 * smm_accounts_view_show_account:
 * @self: the view, of the account's brand
 * @account_id: an account
 *
 * Its card stands out and has the keyboard. A sign-in that is going on stays: where there is room
 * for one of both only, the card is seen after it.
 */
void
smm_accounts_view_show_account (SmmAccountsView *self, const char *account_id)
{
  SmmAccountCard *card;

  g_return_if_fail (SMM_IS_ACCOUNTS_VIEW (self));

  choose (self, account_id);
  card = find_card (self, account_id);
  if (card != NULL)
    smm_account_card_focus (card);
}

/**
 * smm_accounts_view_set_narrow:
 * @self: the view
 * @narrow: whether the sidebar is folded away, and wants a button
 */
void
smm_accounts_view_set_narrow (SmmAccountsView *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_ACCOUNTS_VIEW (self));

  self->narrow = narrow;
  gtk_widget_set_visible (self->sidebar_button, narrow);
  show_panel (self, get_shown_panel (self));
}
