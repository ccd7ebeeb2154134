/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-notices-page.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-connect.h"
#include "smm-mail-client.h"
#include "smm-notices.h"
#include "smm-preferences-private.h"
#include "smm-quiet-hours.h"
#include "smm-settings.h"
#include "smm-state-icon.h"

#define KEY "smm-key"
#define CHECK_WIDTH 76
/* So many mails are looked through for what is to be told of them. */
#define OUTBOX 200

struct _SmmNoticesPage
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *kinds;
  GtkWidget *quiet_on, *quiet_from, *quiet_until;
  AdwActionRow *quiet_until_row;
  GtkWidget *tray, *mail_enabled, *mail_captions;
  GtkWidget *key, *from, *to;
  AdwActionRow *test_row, *outbox_row;
  GtkWidget *test_icon, *outbox_icon, *retry, *look;

  SmmPreferences *preferences; /* borrowed; NULL: the window is closed */
  SmmConnect *connect;         /* keeps the ledger of what is sent */
  SmmMailClient *client;       /* NULL: nothing can be tested */
  GCancellable *cancellable;   /* of the test */
  GCancellable *looking;       /* while it is asked what became of the last mail */
  char *last_id;               /* what Resend calls it; NULL: nothing to ask */
  char *fate;                  /* what it said, for people; NULL: not asked */
  SmmTargetState fate_state;
  GPtrArray *checks[SMM_N_NOTICE_CHANNELS]; /* GtkCheckButton */
  gboolean key_taken;
};

G_DEFINE_FINAL_TYPE (SmmNoticesPage, smm_notices_page, ADW_TYPE_PREFERENCES_PAGE)

static void
show_result (AdwActionRow *row, GtkWidget *icon, SmmTargetState state, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  smm_state_image_set (GTK_IMAGE (icon), state);
  smm_widget_set_label (icon, state == SMM_TARGET_PUBLISHED     ? _ ("Good")
                              : state == SMM_TARGET_PUBLISHING  ? _ ("Under way")
                              : state == SMM_TARGET_UNCONFIRMED ? _ ("Not known")
                                                                : _ ("Failed"));
  gtk_widget_set_visible (icon, TRUE);
  adw_action_row_set_subtitle (row, escaped);
}

/* --- Kinds and channels --- */

static void
on_check (GtkCheckButton *check, GParamSpec *pspec, SmmNoticesPage *self)
{
  if (self->preferences != NULL)
    smm_preferences_set (self->preferences, g_object_get_data (G_OBJECT (check), KEY),
                         gtk_check_button_get_active (check) ? "true" : "false");
}

static GtkWidget *
add_check (SmmNoticesPage *self, const SmmNoticeInfo *info, SmmNoticeChannel channel)
{
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *label = channel == SMM_NOTICE_DESKTOP
                               /* Translators: %s is an event: A post failed: on the desktop */
                               ? g_strdup_printf (_ ("%s: on the desktop"), _ (info->label))
                               : g_strdup_printf (_ ("%s: by mail"), _ (info->label));

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
  smm_widget_set_label (check, label);
  g_object_set_data (G_OBJECT (check), KEY, (gpointer)info->keys[channel]);
  g_signal_connect (check, "notify::active", G_CALLBACK (on_check), self);
  g_ptr_array_add (self->checks[channel], check);
  return check;
}

/* A cell as wide as the heading over it. */
static void
add_cell (AdwActionRow *row, GtkWidget *check)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_size_request (cell, CHECK_WIDTH, -1);
  gtk_widget_set_hexpand (check, TRUE);
  gtk_widget_set_hexpand (cell, FALSE);
  gtk_box_append (GTK_BOX (cell), check);
  adw_action_row_add_suffix (row, cell);
}

static void
add_kinds (SmmNoticesPage *self)
{
  for (const SmmNoticeInfo *info = smm_notices_get_all (); info->name != NULL; info++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (info->label));
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
      add_cell (ADW_ACTION_ROW (row), add_check (self, info, SMM_NOTICE_DESKTOP));
      add_cell (ADW_ACTION_ROW (row), add_check (self, info, SMM_NOTICE_MAIL));
      adw_preferences_group_add (self->kinds, row);
    }
}

static void
fill_kinds (SmmNoticesPage *self, SmmStore *store)
{
  gboolean mails = smm_settings_get_boolean (store, SMM_SETTING_MAIL_ENABLED);

  for (guint channel = 0; channel < SMM_N_NOTICE_CHANNELS; channel++)
    for (guint i = 0; i < self->checks[channel]->len; i++)
      {
        GtkCheckButton *check = self->checks[channel]->pdata[i];
        gboolean wanted
            = smm_settings_get_boolean (store, g_object_get_data (G_OBJECT (check), KEY));

        if (gtk_check_button_get_active (check) != wanted)
          gtk_check_button_set_active (check, wanted);
        if (channel == SMM_NOTICE_MAIL)
          gtk_widget_set_sensitive (GTK_WIDGET (check), mails);
      }
}

/* --- Quiet hours --- */

/* Hours that end where they begin are none, and say so. */
static void
describe_quiet (SmmNoticesPage *self, SmmStore *store)
{
  SmmQuietHours hours;
  const char *text = "";

  smm_quiet_hours_read (&hours, store);
  if (hours.from == hours.until)
    text = _ ("The same as the beginning: it is never quiet");
  else if (hours.from > hours.until)
    text = _ ("On the next day");
  adw_action_row_set_subtitle (self->quiet_until_row, text);
}

/* --- The key --- */

static void
forget_result (SmmNoticesPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (self->test_icon, FALSE);
  adw_action_row_set_subtitle (self->test_row, _ ("One mail, from and to these addresses"));
}

static void
on_key_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmNoticesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = smm_mail_client_set_key_finish (SMM_MAIL_CLIENT (source), result, &error);

  if (self->preferences == NULL)
    return;
  if (!good)
    {
      show_result (self->test_row, self->test_icon, SMM_TARGET_FAILED, error->message);
      return;
    }
  smm_preferences_toast (self->preferences,
                         self->key_taken ? _ ("The key is taken out of the keyring")
                                         : _ ("The key is in the keyring"),
                         FALSE);
  /* It is nowhere but there; and an empty row offers nothing to apply. */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->key), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->key), "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->key), TRUE);
}

static void
on_key (SmmNoticesPage *self)
{
  const char *key = gtk_editable_get_text (GTK_EDITABLE (self->key));

  if (self->client == NULL)
    return;
  forget_result (self);
  self->key_taken = *key == '\0';
  smm_mail_client_set_key_async (self->client, key, on_key_set, g_object_ref (self));
}

/* --- Addresses --- */

static void
set_address (SmmNoticesPage *self, GtkWidget *row, const char *setting)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  forget_result (self);
  if (self->preferences != NULL)
    smm_preferences_set (self->preferences, setting, text);
}

static void
on_from (SmmNoticesPage *self)
{
  set_address (self, self->from, SMM_SETTING_MAIL_FROM);
}

static void
on_to (SmmNoticesPage *self)
{
  set_address (self, self->to, SMM_SETTING_MAIL_TO);
}

/* --- The test --- */

static void
on_tested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmNoticesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = smm_mail_client_test_finish (SMM_MAIL_CLIENT (source), result, &error);

  if (self->preferences == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (good)
    show_result (self->test_row, self->test_icon, SMM_TARGET_PUBLISHED,
                 _ ("Resend took the mail. Look whether it arrived."));
  else
    show_result (self->test_row, self->test_icon,
                 g_error_matches (error, SMM_MAIL_ERROR, SMM_MAIL_ERROR_UNKNOWN)
                     ? SMM_TARGET_UNCONFIRMED
                     : SMM_TARGET_FAILED,
                 error->message);
}

static void
on_test (SmmNoticesPage *self)
{
  SmmStore *store
      = self->preferences != NULL ? smm_library_get_store (self->preferences->library) : NULL;

  if (self->client == NULL || store == NULL || self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  show_result (self->test_row, self->test_icon, SMM_TARGET_PUBLISHING, _ ("Sending…"));
  smm_mail_client_test_async (self->client, store, self->cancellable, on_tested,
                              g_object_ref (self));
}

/* --- The outbox --- */

static void
on_retry (SmmNoticesPage *self)
{
  if (self->preferences != NULL)
    smm_preferences_apply (self->preferences, "mail.retry", NULL, NULL);
}

static char *
describe_last (const SmmMail *mail)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = smm_time_format_long (mail->ended_at, zone);

  return g_strdup_printf (_ ("Resend took the last mail: %s"), when);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmNoticesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *event = smm_mail_client_look_finish (SMM_MAIL_CLIENT (source), result, &error);
  const char *text = event != NULL ? smm_mail_describe_event (event) : NULL;

  if (self->preferences == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->looking);
  g_free (self->fate);
  self->fate = g_strdup (error != NULL ? error->message : text != NULL ? text : event);
  self->fate_state = event == NULL                   ? SMM_TARGET_UNCONFIRMED
                     : smm_mail_event_is_bad (event) ? SMM_TARGET_FAILED
                                                     : SMM_TARGET_PUBLISHED;
  show_result (self->outbox_row, self->outbox_icon, self->fate_state, self->fate);
}

static void
on_look (SmmNoticesPage *self)
{
  if (self->client == NULL || self->last_id == NULL || self->looking != NULL)
    return;
  self->looking = g_cancellable_new ();
  show_result (self->outbox_row, self->outbox_icon, SMM_TARGET_PUBLISHING,
               _ ("Asking Resend what became of the last mail…"));
  smm_mail_client_look_async (self->client, self->last_id, self->looking, on_looked,
                              g_object_ref (self));
}

/* The one that can be asked about; NULL: none. */
static void
set_last (SmmNoticesPage *self, const SmmMail *mail)
{
  const char *id = mail != NULL ? mail->remote_id : NULL;

  gtk_widget_set_visible (self->look, id != NULL);
  if (g_strcmp0 (id, self->last_id) == 0)
    return;
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->fate, g_free);
  g_free (self->last_id);
  self->last_id = g_strdup (id);
}

/* What needs somebody first. */
static void
fill_outbox (SmmNoticesPage *self, SmmStore *store)
{
  g_autoptr (GPtrArray) mails = smm_store_list_mails (store, OUTBOX);
  const SmmMail *newest[SMM_MAIL_TOO_OLD + 1] = { NULL };
  guint n[SMM_MAIL_TOO_OLD + 1] = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;
  SmmMailState state = SMM_MAIL_TAKEN;

  for (guint i = 0; i < mails->len; i++)
    {
      const SmmMail *mail = mails->pdata[i];

      if (newest[mail->state] == NULL)
        newest[mail->state] = mail;
      n[mail->state]++;
    }
  gtk_widget_set_visible (self->retry, n[SMM_MAIL_REFUSED] > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->outbox_row), mails->len > 0);
  if (mails->len == 0)
    return;
  if (n[SMM_MAIL_REFUSED] > 0)
    {
      state = SMM_MAIL_REFUSED;
      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u mail was not sent.",
                                           "%u mails were not sent.", n[state]),
                              n[state]);
    }
  else if (n[SMM_MAIL_WAITING] > 0)
    {
      state = SMM_MAIL_WAITING;
      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u mail waits, and goes by itself.",
                                           "%u mails wait, and go by themselves.", n[state]),
                              n[state]);
    }
  else if (((SmmMail *)mails->pdata[0])->state == SMM_MAIL_UNKNOWN)
    {
      state = SMM_MAIL_UNKNOWN;
      text = g_strdup (_ ("Of the last mail nobody knows whether it was sent."));
    }
  else
    text = newest[SMM_MAIL_TAKEN] != NULL ? describe_last (newest[SMM_MAIL_TAKEN])
                                          : g_strdup (_ ("The last mail is too old to be sent."));
  set_last (self, state == SMM_MAIL_TAKEN ? newest[state] : NULL);
  if (self->looking != NULL)
    return;
  if (self->fate != NULL)
    {
      show_result (self->outbox_row, self->outbox_icon, self->fate_state, self->fate);
      return;
    }
  whole = newest[state] != NULL && newest[state]->problem != NULL && state != SMM_MAIL_TAKEN
              ? g_strdup_printf ("%s\n%s", text, newest[state]->problem)
              : g_strdup (text);
  show_result (self->outbox_row, self->outbox_icon,
               state == SMM_MAIL_TAKEN     ? SMM_TARGET_PUBLISHED
               : state == SMM_MAIL_WAITING ? SMM_TARGET_PUBLISHING
               : state == SMM_MAIL_REFUSED ? SMM_TARGET_FAILED
                                           : SMM_TARGET_UNCONFIRMED,
               whole);
}

/* --- The page itself --- */

void
smm_notices_page_fill (SmmNoticesPage *self, SmmStore *store)
{
  g_autofree char *from = smm_settings_dup (store, SMM_SETTING_MAIL_FROM);
  g_autofree char *to = smm_settings_dup (store, SMM_SETTING_MAIL_TO);

  fill_kinds (self, store);
  describe_quiet (self, store);
  smm_preferences_fill_entry (self->from, from);
  smm_preferences_fill_entry (self->to, to);
  fill_outbox (self, store);
}

/* What talks to Resend. Without endpoints nothing can be tested, and the test says why. */
static void
make_client (SmmNoticesPage *self)
{
  SmmStore *store = smm_library_get_store (self->preferences->library);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (&error);
  g_autoptr (SmmHttp) http = NULL;
  g_autoptr (SmmVault) vault = NULL;

  if (endpoints == NULL || store == NULL)
    {
      show_result (self->test_row, self->test_icon, SMM_TARGET_FAILED,
                   error != NULL ? error->message : _ ("There is no library yet"));
      return;
    }
  http = smm_http_new (endpoints);
  vault = smm_vault_new (self->preferences->paths->data_dir, smm_store_get_library_id (store));
  self->connect = smm_connect_new (self->preferences->library, vault, http);
  self->client = smm_mail_client_new (vault, http);
}

void
smm_notices_page_bind (SmmNoticesPage *self, SmmPreferences *preferences)
{
  self->preferences = preferences;
  smm_preferences_bind (preferences, self->quiet_on, SMM_SETTING_QUIET_ON);
  smm_preferences_bind (preferences, self->quiet_from, SMM_SETTING_QUIET_FROM);
  smm_preferences_bind (preferences, self->quiet_until, SMM_SETTING_QUIET_UNTIL);
  smm_preferences_bind (preferences, self->tray, SMM_SETTING_TRAY);
  smm_preferences_bind (preferences, self->mail_enabled, SMM_SETTING_MAIL_ENABLED);
  smm_preferences_bind (preferences, self->mail_captions, SMM_SETTING_MAIL_CAPTIONS);
  make_client (self);
}

static void
smm_notices_page_dispose (GObject *object)
{
  SmmNoticesPage *self = SMM_NOTICES_PAGE (object);

  self->preferences = NULL;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->last_id, g_free);
  g_clear_pointer (&self->fate, g_free);
  g_clear_object (&self->client);
  g_clear_object (&self->connect);
  for (guint i = 0; i < SMM_N_NOTICE_CHANNELS; i++)
    g_clear_pointer (&self->checks[i], g_ptr_array_unref);
  G_OBJECT_CLASS (smm_notices_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SmmNoticesPage, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
smm_notices_page_class_init (SmmNoticesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_notices_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/preferences/smm-notices-page.ui");
  BIND (kinds);
  BIND (quiet_on);
  BIND (quiet_from);
  BIND (quiet_until);
  BIND (quiet_until_row);
  BIND (tray);
  BIND (mail_enabled);
  BIND (mail_captions);
  BIND (key);
  BIND (from);
  BIND (to);
  BIND (test_row);
  BIND (test_icon);
  BIND (outbox_row);
  BIND (outbox_icon);
  BIND (retry);
  BIND (look);
  CALL (on_key);
  CALL (on_from);
  CALL (on_to);
  CALL (on_test);
  CALL (on_retry);
  CALL (on_look);
}

static void
smm_notices_page_init (SmmNoticesPage *self)
{
  for (guint i = 0; i < SMM_N_NOTICE_CHANNELS; i++)
    self->checks[i] = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_kinds (self);
  forget_result (self);
}
