/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-mail-client.h"

#include <glib/gi18n-lib.h>

#include "smm-settings.h"

/* As "platform set resend" names it. */
#define ITEM "app/resend"

struct _SmmMailClient
{
  GObject parent_instance;

  SmmVault *vault;
  SmmHttp *http;
};

G_DEFINE_FINAL_TYPE (SmmMailClient, smm_mail_client, G_TYPE_OBJECT)

/* --- The key --- */

void
smm_mail_client_set_key_async (SmmMailClient *self, const char *key, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, smm_mail_client_set_key_async);
  smm_vault_keep (self->vault, ITEM, key, g_steal_pointer (&task));
}

gboolean
smm_mail_client_set_key_finish (SmmMailClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- With the key --- */

/* What the keyring said, as people can use it: without a key that opens they have to enter one. */
static GError *
explain_key (const GError *error)
{
  if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    return g_error_new (SMM_MAIL_ERROR, SMM_MAIL_ERROR_KEY,
                        _ ("There is no key for Resend in the keyring. Enter it first."));
  if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED)
      || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_KEY))
    return g_error_new (
        SMM_MAIL_ERROR, SMM_MAIL_ERROR_KEY,
        _ ("The key for Resend does not open: something else changed it. Enter it again."));
  return g_error_copy (error);
}

static void
on_response (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, smm_http_send_finish (SMM_HTTP (source), result),
                         (GDestroyNotify)smm_response_unref);
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmMailClient *self = g_task_get_source_object (task);
  SmmRequest *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  char *key = smm_vault_lookup_finish (SMM_VAULT (source), result, &error);

  if (key == NULL)
    {
      g_task_return_error (task, explain_key (error));
      return;
    }
  smm_http_send_async (self->http, request, key, cancellable, on_response, g_steal_pointer (&task));
  smm_vault_secret_free (key);
}

/* @request: (transfer full): one that is to be sent once */
static void
ask_async (SmmMailClient *self, SmmRequest *request, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ask_async);
  /* A cancelled one says what may have left, too. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, (GDestroyNotify)smm_request_unref);
  smm_vault_lookup_async (self->vault, ITEM, cancellable, on_key, task);
}

/* Returns: (transfer full) (nullable): %NULL with @error: there is no key, nothing was sent */
static SmmResponse *
ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Sending --- */

/* Nothing was sent. A keyring that does not answer may do so later. */
static SmmMailOutcome *
make_keyless (GError *error)
{
  SmmMailOutcome *outcome = g_new0 (SmmMailOutcome, 1);

  outcome->verdict
      = error->domain == SMM_MAIL_ERROR ? SMM_MAIL_VERDICT_REFUSED : SMM_MAIL_VERDICT_AGAIN;
  outcome->error = error;
  return outcome;
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SmmResponse) response = ask_finish (result, &error);

  g_task_return_pointer (task, response != NULL ? smm_mail_judge (response) : make_keyless (error),
                         (GDestroyNotify)smm_mail_outcome_free);
}

/**
 * smm_mail_client_send_async:
 * @self: a client
 * @mail: with all that is sent; not needed after the call
 * @cancellable: (nullable): ends it; the outcome says what may have left
 * @callback: called once
 * @user_data: for @callback
 */
void
smm_mail_client_send_async (SmmMailClient *self, const SmmMail *mail, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, smm_mail_client_send_async);
  g_task_set_check_cancellable (task, FALSE);
  ask_async (self, smm_mail_make_request (mail), cancellable, on_answer, g_steal_pointer (&task));
}

/**
 * smm_mail_client_send_finish:
 * @self: a client
 * @result: of the callback
 *
 * Returns: (transfer full): what became of it
 */
SmmMailOutcome *
smm_mail_client_send_finish (SmmMailClient *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* --- The test --- */

static void
on_tested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SmmMailOutcome) outcome
      = smm_mail_client_send_finish (SMM_MAIL_CLIENT (source), result);

  if (outcome->verdict == SMM_MAIL_VERDICT_TAKEN)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&outcome->error));
}

void
smm_mail_client_test_async (SmmMailClient *self, SmmStore *store, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (SmmMail) mail = g_new0 (SmmMail, 1);
  g_autofree char *id = smm_id_new ();

  g_task_set_source_tag (task, smm_mail_client_test_async);
  mail->key = g_strconcat ("test/", id, NULL);
  mail->sender = smm_settings_dup (store, SMM_SETTING_MAIL_FROM);
  mail->recipients = smm_settings_dup (store, SMM_SETTING_MAIL_TO);
  if (*mail->sender == '\0' || *mail->recipients == '\0')
    {
      g_task_return_new_error (task, SMM_MAIL_ERROR, SMM_MAIL_ERROR_NOT_SET,
                               _ ("Say first from and to which address mails go"));
      return;
    }
  smm_mail_compose_test (mail);
  smm_mail_client_send_async (self, mail, cancellable, on_tested, g_steal_pointer (&task));
}

/**
 * smm_mail_client_test_finish:
 * @self: a client
 * @result: of the callback
 * @error: SMM_MAIL_ERROR, or of the keyring; G_IO_ERROR_CANCELLED
 *
 * Returns: whether Resend took the mail; that it arrives only its recipient can tell
 */
gboolean
smm_mail_client_test_finish (SmmMailClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- What became of one --- */

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SmmResponse) response = ask_finish (result, &error);
  char *event = response != NULL ? smm_mail_read_look (response, &error) : NULL;

  if (event != NULL)
    g_task_return_pointer (task, event, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * smm_mail_client_look_async:
 * @self: a client
 * @remote_id: what Resend calls the mail
 * @cancellable: (nullable): ends it
 * @callback: called once
 * @user_data: for @callback
 *
 * One request; for somebody who looks, not by the clock.
 */
void
smm_mail_client_look_async (SmmMailClient *self, const char *remote_id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, smm_mail_client_look_async);
  ask_async (self, smm_mail_make_look (remote_id), cancellable, on_looked, g_steal_pointer (&task));
}

/**
 * smm_mail_client_look_finish:
 * @self: a client
 * @result: of the callback
 * @error: SMM_MAIL_ERROR, or of the keyring; G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): see smm_mail_describe_event()
 */
char *
smm_mail_client_look_finish (SmmMailClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
smm_mail_client_finalize (GObject *object)
{
  SmmMailClient *self = SMM_MAIL_CLIENT (object);

  g_clear_object (&self->vault);
  g_clear_object (&self->http);
  G_OBJECT_CLASS (smm_mail_client_parent_class)->finalize (object);
}

static void
smm_mail_client_class_init (SmmMailClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_mail_client_finalize;
}

static void
smm_mail_client_init (SmmMailClient *self)
{
}

SmmMailClient *
smm_mail_client_new (SmmVault *vault, SmmHttp *http)
{
  SmmMailClient *self = g_object_new (SMM_TYPE_MAIL_CLIENT, NULL);

  self->vault = g_object_ref (vault);
  self->http = g_object_ref (http);
  return self;
}
