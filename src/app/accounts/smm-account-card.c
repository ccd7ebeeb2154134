/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-account-card.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "smm-account-avatar.h"
#include "smm-account-facts.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"

struct _SmmAccountCard
{
  GtkBox parent_instance;

  SmmAccount *account;
  GtkWidget *main_button;
  GtkWidget *menu;
  GtkWidget *spinner;
  gboolean can_act;
  gboolean busy;
  gboolean missing; /* a permission that a new sign-in can bring */
};

enum
{
  RECONNECT,
  CHECK,
  DISCONNECT,
  ERASE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmAccountCard, smm_account_card, GTK_TYPE_BOX)

static GtkWidget *
create_line (const SmmAccountFact *fact)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *image = gtk_image_new_from_icon_name (fact->icon);
  GtkWidget *label = gtk_label_new (fact->name);
  GtkWidget *text = gtk_label_new (fact->value);

  gtk_accessible_update_state (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  /* How it stands is what is read: where there is no room, its name gives way. */
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (text, "state-word");
  if (fact->warn)
    gtk_widget_add_css_class (text, "state-unconfirmed");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static GtkWidget *
create_head (SmmAccountCard *self, SmmPaths *paths)
{
  SmmAccount *account = self->account;
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *marks = smm_platform_marks_new ();
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *handle = smm_account_dup_handle (account);
  g_autofree char *detail = NULL;
  g_autofree char *menu_name = g_strdup_printf (_ ("More about %s"), handle);
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *title = gtk_label_new (handle);
  GtkWidget *subtitle;

  if (account->followers >= 0)
    detail = g_strdup_printf (
        g_dngettext (NULL, "%s, %'ld follower", "%s, %'ld followers", (gulong)account->followers),
        smm_platform_id_get_label (account->platform), (long)account->followers);
  else
    detail = g_strdup (smm_platform_id_get_label (account->platform));
  subtitle = gtk_label_new (detail);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), smm_account_avatar_new (paths, account, 46));
  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), 1u << account->platform);
  gtk_widget_set_halign (marks, GTK_ALIGN_END);
  gtk_widget_set_valign (marks, GTK_ALIGN_END);
  gtk_widget_add_css_class (marks, "on-avatar");
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), marks);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_box_append (GTK_BOX (names), title);
  gtk_box_append (GTK_BOX (names), subtitle);
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (names, TRUE);

  self->spinner = gtk_spinner_new ();
  smm_widget_set_label (self->spinner, _ ("Asking the platform"));
  self->menu = gtk_menu_button_new ();
  if (account->state != SMM_ACCOUNT_DISCONNECTED)
    g_menu_append (menu, _ ("_Check Now"), "card.check");
  g_menu_append (menu, _ ("_Reconnect"), "card.reconnect");
  if (account->state != SMM_ACCOUNT_DISCONNECTED)
    g_menu_append (menu, _ ("_Disconnect"), "card.disconnect");
  g_menu_append (menu, _ ("Delete for _Good…"), "card.erase");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_widget_set_valign (self->menu, GTK_ALIGN_START);
  smm_widget_set_label (self->menu, menu_name);
  gtk_box_append (GTK_BOX (head), overlay);
  gtk_box_append (GTK_BOX (head), names);
  gtk_box_append (GTK_BOX (head), self->spinner);
  gtk_box_append (GTK_BOX (head), self->menu);
  return head;
}

static GtkWidget *
create_reason (const char *text)
{
  GtkWidget *reason = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (reason), TRUE);
  gtk_label_set_xalign (GTK_LABEL (reason), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (reason), 36);
  gtk_widget_add_css_class (reason, "caption");
  gtk_widget_add_css_class (reason, "dim-label");
  return reason;
}

/* Icon, colour and word. */
static GtkWidget *
create_state (SmmAccount *account, const char *missing, gboolean allow)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *word;
  SmmTargetState look = SMM_TARGET_PUBLISHED;
  g_autofree char *text = NULL;

  switch (account->state)
    {
    case SMM_ACCOUNT_SIGNED_OUT:
      look = SMM_TARGET_HELD;
      text
          = g_strdup_printf (_ ("Signed out by %s"), smm_platform_id_get_label (account->platform));
      break;
    case SMM_ACCOUNT_RESTRICTED:
      look = SMM_TARGET_HELD;
      text = g_strdup_printf (_ ("%s wants you to act there"),
                              smm_platform_id_get_label (account->platform));
      break;
    case SMM_ACCOUNT_DISCONNECTED:
      look = SMM_TARGET_CANCELLED;
      text = g_strdup (_ ("Disconnected"));
      break;
    default:
      if (missing != NULL)
        look = SMM_TARGET_UNCONFIRMED;
      text = g_strdup (missing == NULL ? _ ("Healthy")
                       : allow         ? _ ("A permission is missing")
                                       : _ ("A right on the Page is missing"));
      break;
    }
  smm_state_image_set (GTK_IMAGE (icon), look);
  smm_widget_set_label (icon, text);
  word = gtk_label_new (text);
  gtk_widget_add_css_class (word, "state-word");
  smm_state_style (word, look);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), word);
  gtk_box_append (GTK_BOX (box), line);
  if (account->state == SMM_ACCOUNT_DISCONNECTED && account->revoke_until > 0)
    gtk_box_append (
        GTK_BOX (box),
        create_reason (_ ("The platform could not be reached. It is told as soon as it "
                          "can be, and the sign-in is removed from your keyring then.")));
  else if (account->state == SMM_ACCOUNT_OK ? missing != NULL : account->state_reason != NULL)
    gtk_box_append (
        GTK_BOX (box),
        create_reason (account->state == SMM_ACCOUNT_OK ? missing : account->state_reason));
  return box;
}

static void
on_main (GtkButton *button, SmmAccountCard *self)
{
  g_signal_emit (
      self, signals[smm_account_needs_sign_in (self->account) || self->missing ? RECONNECT : CHECK],
      0);
}

static void
emit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmAccountCard *self = SMM_ACCOUNT_CARD (widget);

  if (!self->can_act || self->busy)
    return;
  g_signal_emit (self,
                 signals[g_str_equal (name, "card.check")       ? CHECK
                         : g_str_equal (name, "card.reconnect") ? RECONNECT
                         : g_str_equal (name, "card.erase")     ? ERASE
                                                                : DISCONNECT],
                 0);
}

static void
update (SmmAccountCard *self)
{
  gtk_widget_set_sensitive (self->main_button, self->can_act && !self->busy);
  gtk_widget_set_sensitive (self->menu, self->can_act && !self->busy);
  gtk_widget_set_visible (self->spinner, self->busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->busy);
}

static void
smm_account_card_finalize (GObject *object)
{
  g_clear_object (&SMM_ACCOUNT_CARD (object)->account);
  G_OBJECT_CLASS (smm_account_card_parent_class)->finalize (object);
}

static void
smm_account_card_class_init (SmmAccountCardClass *klass)
{
  static const char *const names[N_SIGNALS] = { "reconnect", "check", "disconnect", "erase" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = smm_account_card_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], SMM_TYPE_ACCOUNT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "card.check", NULL, emit_action);
  gtk_widget_class_install_action (widget_class, "card.reconnect", NULL, emit_action);
  gtk_widget_class_install_action (widget_class, "card.disconnect", NULL, emit_action);
  gtk_widget_class_install_action (widget_class, "card.erase", NULL, emit_action);
}

static void
smm_account_card_init (SmmAccountCard *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 10);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "account-card");
}

/* One click does what helps: signing in again, with what was not allowed, or a look. */
static GtkWidget *
create_main_button (SmmAccountCard *self)
{
  SmmAccount *account = self->account;
  gboolean signed_out = smm_account_needs_sign_in (account);
  GtkWidget *button = gtk_button_new_with_label (signed_out      ? _ ("Reconnect")
                                                 : self->missing ? _ ("Reconnect and Allow")
                                                                 : _ ("Check Now"));

  if (signed_out)
    {
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_widget_add_css_class (GTK_WIDGET (self), "needs-you");
    }
  gtk_widget_set_vexpand (button, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  g_signal_connect (button, "clicked", G_CALLBACK (on_main), self);
  return button;
}

/**
 * smm_account_card_new:
 * @account: whom to show
 * @use: what else is known of it
 * @paths: where its picture is
 * @zone: the zone times are shown in
 *
 * Returns: (transfer full): its card
 */
GtkWidget *
smm_account_card_new (SmmAccount *account, const SmmAccountUse *use, SmmPaths *paths,
                      GTimeZone *zone)
{
  SmmAccountCard *self = g_object_new (SMM_TYPE_ACCOUNT_CARD, NULL);
  g_autoptr (GPtrArray) facts = smm_account_list_facts (account, use, zone);
  g_autofree char *missing = smm_account_describe_missing (account, use, &self->missing);
  g_autofree char *handle = smm_account_dup_handle (account);
  g_autofree char *name
      = g_strdup_printf (_ ("%s on %s"), handle, smm_platform_id_get_label (account->platform));

  self->account = g_object_ref (account);
  smm_widget_set_label (GTK_WIDGET (self), name);
  gtk_box_append (GTK_BOX (self), create_head (self, paths));
  gtk_box_append (GTK_BOX (self), create_state (account, missing, self->missing));
  for (guint i = 0; i < facts->len; i++)
    gtk_box_append (GTK_BOX (self), create_line (facts->pdata[i]));
  self->main_button = create_main_button (self);
  gtk_box_append (GTK_BOX (self), self->main_button);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * smm_account_card_get_account:
 * @self: a card
 *
 * Returns: (transfer none): whom it shows
 */
SmmAccount *
smm_account_card_get_account (SmmAccountCard *self)
{
  return self->account;
}

/**
 * smm_account_card_set_busy:
 * @self: a card
 * @busy: whether the platform is being asked
 */
void
smm_account_card_set_busy (SmmAccountCard *self, gboolean busy)
{
  self->busy = busy;
  update (self);
}

/**
 * smm_account_card_set_can_act:
 * @self: a card
 * @can_act: whether anything can be asked of the platform
 */
void
smm_account_card_set_can_act (SmmAccountCard *self, gboolean can_act)
{
  self->can_act = can_act;
  update (self);
}

/**
 * smm_account_card_set_chosen:
 * @self: a card
 * @chosen: whether it is the one that was asked for
 */
void
smm_account_card_set_chosen (SmmAccountCard *self, gboolean chosen)
{
  if (chosen)
    gtk_widget_add_css_class (GTK_WIDGET (self), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "chosen");
}

/* A page can be scrolled to what was laid out: that is in the frame after next. */
static gboolean
focus_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;

  if ((*frames)++ < 2)
    return G_SOURCE_CONTINUE;
  gtk_widget_grab_focus (SMM_ACCOUNT_CARD (widget)->main_button);
  return G_SOURCE_REMOVE;
}

/**
 * smm_account_card_focus:
 * @self: a card
 */
void
smm_account_card_focus (SmmAccountCard *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), focus_cb, g_new0 (guint, 1), g_free);
}
