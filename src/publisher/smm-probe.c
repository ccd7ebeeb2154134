/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-probe.h"

#include "smm-settings.h"

#define HOUR (60 * 60 * (gint64)G_USEC_PER_SEC)
#define DAY (24 * HOUR)
/* After a check without an answer: no connection, a silent keyring. */
#define AGAIN HOUR
/* Between two attempts to tell a platform of a disconnection: doubled each time. */
#define REVOKE_PAUSE (60 * (gint64)G_USEC_PER_SEC)
#define MAX_REVOKE_PAUSE (6 * HOUR)
#define BEAT_SECONDS (12 * 60 * 60)
/* After a change of the library: posts go first, and many changes are looked at once. */
#define PAUSE_SECONDS 2

struct _SmmProbe
{
  GObject parent_instance;

  SmmLibrary *library;
  SmmConnect *connect;
  gint64 not_before;        /* µs UTC */
  gint64 health_not_before; /* µs UTC */
  gint64 revoke_not_before; /* µs UTC */
  gint64 revoke_pause;      /* µs */
  guint beat_id, look_id, again_id;
  gboolean asking;
};

G_DEFINE_TYPE (SmmProbe, smm_probe, G_TYPE_OBJECT)

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmProbe) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmAccount) account = smm_connect_check_finish (SMM_CONNECT (source), result, &error);

  self->asking = FALSE;
  if (account == NULL)
    self->not_before = g_get_real_time () + AGAIN;
  /* The others, one after another. */
  smm_probe_wake (self);
}

static void
on_health (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmProbe) self = user_data;

  self->asking = FALSE;
  if (!smm_connect_health_finish (SMM_CONNECT (source), result, NULL))
    self->health_not_before = g_get_real_time () + AGAIN;
  smm_probe_wake (self);
}

static gboolean
again_cb (gpointer user_data)
{
  SmmProbe *self = user_data;

  self->again_id = 0;
  smm_probe_wake (self);
  return G_SOURCE_REMOVE;
}

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmProbe) self = user_data;
  g_autoptr (GError) error = NULL;
  SmmRevocation revocation = SMM_REVOCATION_LATER;

  self->asking = FALSE;
  if (!smm_connect_disconnect_finish (SMM_CONNECT (source), result, &revocation, &error)
      || revocation == SMM_REVOCATION_LATER)
    {
      self->revoke_not_before = g_get_real_time () + self->revoke_pause;
      self->revoke_pause = MIN (2 * self->revoke_pause, MAX_REVOKE_PAUSE);
      /* Nothing else would wake it, and there is something to be done. */
      g_clear_handle_id (&self->again_id, g_source_remove);
      self->again_id = g_timeout_add_seconds (
          (self->revoke_not_before - g_get_real_time ()) / G_USEC_PER_SEC + 1, again_cb, self);
    }
  else
    self->revoke_pause = REVOKE_PAUSE;
  smm_probe_wake (self);
}

/* Disconnected, and the platform does not know yet. */
static SmmAccount *
find_untold (SmmProbe *self, GPtrArray *accounts, gint64 now)
{
  if (now < self->revoke_not_before && self->revoke_not_before < now + DAY)
    return NULL;
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];

      if (account->state == SMM_ACCOUNT_DISCONNECTED && account->revoke_until > 0)
        return g_object_ref (account);
    }
  return NULL;
}

static SmmAccount *
find_unasked (SmmProbe *self, GPtrArray *accounts, gint64 now)
{
  if (now < self->not_before && self->not_before < now + DAY)
    return NULL;
  if (!smm_settings_get_boolean (smm_library_get_store (self->library), SMM_SETTING_DAILY_CHECK))
    return NULL;
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];

      /* A clock that was set back makes a check of tomorrow, which is none. */
      if (account->state == SMM_ACCOUNT_OK
          && (account->checked_at < now - DAY || account->checked_at > now + DAY))
        return g_object_ref (account);
    }
  return NULL;
}

/* One whose permissions, rights and picture were not asked for since yesterday; one answer is about
 * all accounts of a sign-in. */
static SmmAccount *
find_unexamined (SmmProbe *self, GPtrArray *accounts, gint64 now)
{
  SmmStore *store = smm_library_get_store (self->library);

  if (now < self->health_not_before && self->health_not_before < now + DAY)
    return NULL;
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];
      g_autoptr (SmmAccountHealth) health = NULL;

      if (account->state != SMM_ACCOUNT_OK)
        continue;
      health = smm_store_get_account_health (store, account->id);
      if (health == NULL || health->asked_at < now - DAY || health->asked_at > now + DAY
          || health->asked_at < account->connected_at)
        return g_object_ref (account);
    }
  return NULL;
}

static gboolean
look_cb (gpointer user_data)
{
  SmmProbe *self = user_data;
  gint64 now = g_get_real_time ();
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (SmmAccount) account = NULL;

  self->look_id = 0;
  if (self->asking)
    return G_SOURCE_REMOVE;
  accounts = smm_store_list_accounts (smm_library_get_store (self->library), NULL);
  account = find_untold (self, accounts, now);
  if (account != NULL)
    {
      self->asking = TRUE;
      smm_connect_disconnect_async (self->connect, account->id, SMM_SIBLINGS_END, NULL, on_revoked,
                                    g_object_ref (self));
      return G_SOURCE_REMOVE;
    }
  account = find_unasked (self, accounts, now);
  if (account != NULL)
    {
      self->asking = TRUE;
      smm_connect_check_async (self->connect, account->id, NULL, on_checked, g_object_ref (self));
      return G_SOURCE_REMOVE;
    }
  account = find_unexamined (self, accounts, now);
  if (account != NULL)
    {
      self->asking = TRUE;
      smm_connect_health_async (self->connect, account->id, NULL, on_health, g_object_ref (self));
    }
  return G_SOURCE_REMOVE;
}

void
smm_probe_wake (SmmProbe *self)
{
  if (self->look_id == 0 && self->connect != NULL)
    self->look_id = g_timeout_add_seconds_full (G_PRIORITY_LOW, PAUSE_SECONDS, look_cb, self, NULL);
}

static gboolean
beat_cb (gpointer user_data)
{
  smm_probe_wake (user_data);
  return G_SOURCE_CONTINUE;
}

static void
smm_probe_dispose (GObject *object)
{
  SmmProbe *self = SMM_PROBE (object);

  g_clear_handle_id (&self->beat_id, g_source_remove);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->again_id, g_source_remove);
  g_clear_object (&self->connect);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (smm_probe_parent_class)->dispose (object);
}

static void
smm_probe_class_init (SmmProbeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_probe_dispose;
}

static void
smm_probe_init (SmmProbe *self)
{
  self->revoke_pause = REVOKE_PAUSE;
}

/**
 * smm_probe_new:
 * @library: whose accounts
 * @vault: where their tokens are
 * @endpoints: where the platforms are
 *
 * Returns: (transfer full): a probe that begins with smm_probe_wake()
 */
SmmProbe *
smm_probe_new (SmmLibrary *library, SmmVault *vault, SmmEndpoints *endpoints)
{
  SmmProbe *self = g_object_new (SMM_TYPE_PROBE, NULL);
  /* One of its own: what is asked stands on the ledger through the library. */
  g_autoptr (SmmHttp) http = smm_http_new (endpoints);

  self->library = g_object_ref (library);
  self->connect = smm_connect_new (library, vault, http);
  self->beat_id = g_timeout_add_seconds (BEAT_SECONDS, beat_cb, self);
  return self;
}
