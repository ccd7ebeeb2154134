/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-mailer.h"

#include <glib/gi18n-lib.h>

#include "smm-crash-point.h"
#include "smm-mail-client.h"
#include "smm-notices.h"
#include "smm-quiet-hours.h"
#include "smm-settings.h"
#include "smm-store-write.h"
#include "smm-timer.h"

#define SECOND ((gint64)G_USEC_PER_SEC)
#define LOOK_MS 200
/* Between two requests: two a second are certainly allowed (api/resend.md section 7). */
#define GAP_MS 500
#define LIMIT 1000
/* What nobody could be told of for so long is no news any more. */
#define NEWS (7 * (gint64)G_TIME_SPAN_DAY)
/* Between two mails, in times that events are gathered for. */
#define GATHERS_BETWEEN 10
#define MAX_PAUSE (gint64) G_TIME_SPAN_HOUR

struct _SmmMailer
{
  GObject parent_instance;

  SmmLibraryLocal *library;
  SmmMailClient *client;
  SmmTimer *timer;
  GCancellable *cancellable;
  gint64 gather; /* µs */
  guint wanted;  /* bits by SmmNoticeKind, as it was when they happened */
  SmmQuietHours quiet;
  SmmMail *sending;
  gboolean was_unclear; /* before this attempt */
  gboolean keyring_silent;
  gboolean stopping;
  guint look_id, gap_id;
};

G_DEFINE_FINAL_TYPE (SmmMailer, smm_mailer, G_TYPE_OBJECT)

static void look_soon (SmmMailer *self);

static SmmStore *
get_store (SmmMailer *self)
{
  return smm_library_get_store (SMM_LIBRARY (self->library));
}

/* Readers are told. */
static gboolean
commit (SmmMailer *self, GError **error)
{
  static const char *const ids[] = { SMM_MAIL_CHANGED, NULL };

  if (!smm_store_commit (get_store (self), error))
    return FALSE;
  smm_library_emit_changed (SMM_LIBRARY (self->library), ids);
  return TRUE;
}

static gboolean
write_mail (SmmMailer *self, SmmMail *mail, GError **error)
{
  SmmStore *store = get_store (self);

  if (!smm_store_begin (store, error))
    return FALSE;
  if (smm_store_put_mail (store, mail, error))
    return commit (self, error);
  smm_store_rollback (store);
  return FALSE;
}

/* --- Making mails --- */

static char *
format_time (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / SECOND);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%x %H:%M") : NULL;
}

static SmmMailItem *
make_item (SmmMailer *self, const SmmNoticeFacts *facts, gboolean captions)
{
  SmmMailItem *item = g_new0 (SmmMailItem, 1);
  g_autoptr (SmmBrand) brand = NULL;

  if (facts->account != NULL)
    brand = smm_store_get_brand (get_store (self), facts->account->brand_id);
  item->summary = smm_notice_make_summary (facts);
  if (brand != NULL)
    item->place = g_strdup_printf ("%s · %s", brand->name, facts->account->name);
  item->when = format_time (facts->at);
  if (captions)
    item->caption = smm_notice_make_caption (facts);
  item->reason = g_strdup (smm_notice_get_reason (facts));
  if (facts->kind == SMM_NOTICE_PUBLISHED)
    item->link = g_strdup (facts->target->permalink);
  return item;
}

static SmmMail *
make_mail (SmmMailer *self, GPtrArray *items)
{
  SmmMail *mail = g_new0 (SmmMail, 1);
  g_autofree char *id = smm_id_new ();

  mail->key = g_strconcat ("notice/", id, NULL);
  mail->sender = smm_settings_dup (get_store (self), SMM_SETTING_MAIL_FROM);
  mail->recipients = smm_settings_dup (get_store (self), SMM_SETTING_MAIL_TO);
  mail->made_at = g_get_real_time ();
  smm_mail_compose (mail, items);
  return mail;
}

/* One commit: the mail, and that it tells these. */
static gboolean
write_notices (SmmMailer *self, GArray *told, GArray *untold, SmmMail *mail, GError **error)
{
  SmmStore *store = get_store (self);
  gboolean good;

  if (!smm_store_begin (store, error))
    return FALSE;
  good = mail == NULL || smm_store_put_mail (store, mail, error);
  for (guint i = 0; i < told->len && good; i++)
    good = smm_store_set_notice_mail (store, g_array_index (told, gint64, i), mail->id, error);
  for (guint i = 0; i < untold->len && good; i++)
    good = smm_store_set_notice_mail (store, g_array_index (untold, gint64, i), -1, error);
  if (!good)
    smm_store_rollback (store);
  return good && (mail != NULL ? commit (self, error) : smm_store_commit (store, error));
}

/* What is still so goes into one mail. */
static void
tell (SmmMailer *self, GPtrArray *notices, GArray *untold)
{
  gboolean captions = smm_settings_get_boolean (get_store (self), SMM_SETTING_MAIL_CAPTIONS);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_mail_item_free);
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (SmmMail) mail = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < notices->len; i++)
    {
      const SmmNotice *notice = notices->pdata[i];
      g_autoptr (SmmNoticeFacts) facts = smm_notice_facts_load (get_store (self), notice);

      g_array_append_val (facts != NULL ? told : untold, notice->id);
      if (facts != NULL)
        g_ptr_array_add (items, make_item (self, facts, captions));
    }
  if (items->len > 0)
    mail = make_mail (self, items);
  if ((mail != NULL || untold->len > 0) && !write_notices (self, told, untold, mail, &error))
    g_warning ("A mail can't be written: %s", error->message);
  if (mail != NULL)
    smm_crash_point ("mail_made");
}

/* When what waits since @since is to be told, µs UTC. */
static gint64
get_ready_at (SmmMailer *self, gint64 since, gint64 now)
{
  gint64 last = smm_store_get_last_mail_at (get_store (self));
  gint64 at = MIN (since, now) + self->gather;

  return last > 0 && last <= now ? MAX (at, last + GATHERS_BETWEEN * self->gather) : at;
}

static gboolean
has_addresses (SmmMailer *self)
{
  g_autofree char *sender = smm_settings_dup (get_store (self), SMM_SETTING_MAIL_FROM);
  g_autofree char *recipients = smm_settings_dup (get_store (self), SMM_SETTING_MAIL_TO);

  return *sender != '\0' && *recipients != '\0';
}

/* Returns when there is something to be done again, µs UTC; 0: not by the clock. */
static gint64
look_at_notices (SmmMailer *self, gint64 now)
{
  g_autoptr (GPtrArray) notices = smm_store_list_notices (get_store (self), SMM_NOTICE_MAIL, LIMIT);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();
  g_autoptr (GArray) untold = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 at = 0;

  for (guint i = 0; i < notices->len; i++)
    {
      const SmmNotice *notice = notices->pdata[i];

      if ((self->wanted >> notice->kind & 1) == 0 || notice->at < now - NEWS)
        g_array_append_val (untold, notice->id);
      else
        g_ptr_array_add (waiting, notices->pdata[i]);
    }
  if (waiting->len > 0 && has_addresses (self))
    {
      at = smm_quiet_hours_get_end (&self->quiet, now, zone);
      if (at == 0)
        at = get_ready_at (self, ((SmmNotice *)waiting->pdata[0])->at, now);
    }
  if (at == 0 || at > now)
    g_ptr_array_set_size (waiting, 0);
  tell (self, waiting, untold);
  return at > now ? at : 0;
}

/* --- Sending them --- */

static void
end_mail (SmmMail *mail, SmmMailState state)
{
  mail->state = state;
  mail->ended_at = g_get_real_time ();
}

/* What was refused, or never came to be sent, stays whole: it can be sent again. */
static void
forget_text (SmmMail *mail)
{
  g_free (mail->text);
  mail->text = g_strdup ("");
  g_free (mail->html);
  mail->html = g_strdup ("");
}

static void
set_problem (SmmMail *mail, const char *problem)
{
  g_free (mail->problem);
  mail->problem = g_strdup (problem);
}

/* Half a minute, two, eight, half an hour, an hour …; in tests as much shorter as all is. */
static gint64
get_pause (SmmMailer *self, int tries)
{
  gint64 first = MAX (self->gather, SECOND);

  return MIN (first << MIN (2 * (tries - 1), 12), MAX_PAUSE);
}

static void
take_outcome (SmmMailer *self, SmmMail *mail, SmmMailOutcome *outcome)
{
  gboolean unclear = self->was_unclear || outcome->unclear;

  if (!unclear)
    mail->unclear_at = 0;
  set_problem (mail, outcome->error != NULL ? outcome->error->message : NULL);
  switch (outcome->verdict)
    {
    case SMM_MAIL_VERDICT_TAKEN:
      end_mail (mail, SMM_MAIL_TAKEN);
      mail->remote_id = g_steal_pointer (&outcome->remote_id);
      forget_text (mail);
      break;
    case SMM_MAIL_VERDICT_REFUSED:
      end_mail (mail, unclear ? SMM_MAIL_UNKNOWN : SMM_MAIL_REFUSED);
      break;
    case SMM_MAIL_VERDICT_UNKNOWN:
      end_mail (mail, SMM_MAIL_UNKNOWN);
      break;
    case SMM_MAIL_VERDICT_AGAIN:
    default:
      mail->next_at = g_get_real_time () + MAX (outcome->wait, get_pause (self, mail->tries));
      break;
    }
}

static gboolean
gap_cb (gpointer user_data)
{
  SmmMailer *self = user_data;

  self->gap_id = 0;
  look_soon (self);
  return G_SOURCE_REMOVE;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmMailer) self = user_data;
  g_autoptr (SmmMailOutcome) outcome
      = smm_mail_client_send_finish (SMM_MAIL_CLIENT (source), result);
  g_autoptr (SmmMail) mail = g_steal_pointer (&self->sending);
  g_autoptr (GError) error = NULL;

  smm_crash_point ("mail_answered");
  if (self->library == NULL)
    return;
  self->keyring_silent = outcome->error != NULL && outcome->error->domain == SMM_VAULT_ERROR;
  take_outcome (self, mail, outcome);
  /* What can't be written is sent again with the same key, and is the same mail to Resend. */
  if (!write_mail (self, mail, &error))
    g_warning ("What became of a mail can't be written: %s", error->message);
  self->gap_id = g_timeout_add (GAP_MS, gap_cb, self);
}

/* It is on disk that it may have gone before the first byte goes. */
static void
send (SmmMailer *self, SmmMail *mail, gint64 now)
{
  g_autoptr (GError) error = NULL;

  self->was_unclear = mail->unclear_at > 0;
  if (!self->was_unclear)
    mail->unclear_at = now;
  mail->tries++;
  mail->next_at = now + get_pause (self, mail->tries);
  if (!write_mail (self, mail, &error))
    {
      g_warning ("A mail can't be written: %s", error->message);
      smm_mail_free (mail);
      return;
    }
  smm_crash_point ("mail_written");
  self->sending = mail;
  smm_mail_client_send_async (self->client, mail, self->cancellable, on_sent, g_object_ref (self));
}

/* %TRUE: nothing is to be sent of it any more, and that is written. */
static gboolean
is_over (SmmMailer *self, SmmMail *mail, gint64 now)
{
  g_autoptr (GError) error = NULL;

  /* Also by a clock that was set back: nobody knows then how old the key is. */
  if (mail->unclear_at > 0
      && (now > mail->unclear_at + SMM_MAIL_KEY_LIFE || now < mail->unclear_at - G_TIME_SPAN_HOUR))
    {
      end_mail (mail, SMM_MAIL_UNKNOWN);
      set_problem (mail, _ ("Resend never said whether it took this mail. It is not sent again, "
                            "so that it does not come twice."));
    }
  else if (mail->unclear_at == 0 && mail->made_at < now - NEWS)
    end_mail (mail, SMM_MAIL_TOO_OLD);
  else
    return FALSE;
  if (!write_mail (self, mail, &error))
    g_warning ("What became of a mail can't be written: %s", error->message);
  return TRUE;
}

static gint64
look_at_mails (SmmMailer *self, gint64 now)
{
  g_autoptr (SmmMail) mail = NULL;

  if (self->sending != NULL || self->gap_id != 0
      || !smm_settings_get_boolean (get_store (self), SMM_SETTING_MAIL_ENABLED))
    return 0;
  mail = smm_store_get_next_mail (get_store (self));
  if (mail == NULL)
    return 0;
  if (is_over (self, mail, now))
    {
      look_soon (self);
      return 0;
    }
  /* A clock that was set back makes a pause of years, which is none. */
  if (mail->next_at > now && mail->next_at < now + G_TIME_SPAN_DAY)
    return mail->next_at;
  send (self, g_steal_pointer (&mail), now);
  return 0;
}

static void
look (SmmMailer *self)
{
  gint64 now = g_get_real_time ();
  gint64 notices, mails;

  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->stopping)
    return;
  notices = look_at_notices (self, now);
  mails = look_at_mails (self, now);
  smm_timer_arm (self->timer, notices == 0 || (mails > 0 && mails < notices) ? mails : notices);
}

static gboolean
look_cb (gpointer user_data)
{
  SmmMailer *self = user_data;

  self->look_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
look_soon (SmmMailer *self)
{
  if (self->look_id == 0)
    self->look_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, LOOK_MS, look_cb, self, NULL);
}

static void
on_timer (gpointer user_data)
{
  look (user_data);
}

void
smm_mailer_changed (SmmMailer *self, const char *const *ids)
{
  guint wanted = smm_settings_are_among (ids)
                     ? smm_notices_get_wanted (get_store (self), SMM_NOTICE_MAIL)
                     : self->wanted;

  /* What happened before is told by what was wanted then. */
  if (wanted != self->wanted)
    look (self);
  self->wanted = wanted;
  smm_store_want_notices (get_store (self), SMM_NOTICE_MAIL, wanted);
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_str_has_prefix (ids[i], "quiet."))
      smm_quiet_hours_read (&self->quiet, get_store (self));
  look_soon (self);
}

void
smm_mailer_retry_keyring (SmmMailer *self)
{
  g_autoptr (SmmMail) mail = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->keyring_silent || self->sending != NULL)
    return;
  self->keyring_silent = FALSE;
  mail = smm_store_get_next_mail (get_store (self));
  if (mail == NULL)
    return;
  mail->next_at = 0;
  if (!write_mail (self, mail, &error))
    g_warning ("A mail can't be written: %s", error->message);
}

void
smm_mailer_stop (SmmMailer *self)
{
  self->stopping = TRUE;
}

gboolean
smm_mailer_is_idle (SmmMailer *self)
{
  if (self->stopping)
    return self->sending == NULL;
  return self->look_id == 0 && self->gap_id == 0 && self->sending == NULL;
}

/* --- GObject --- */

static void
smm_mailer_dispose (GObject *object)
{
  SmmMailer *self = SMM_MAILER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_handle_id (&self->gap_id, g_source_remove);
  g_clear_object (&self->timer);
  g_clear_object (&self->client);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_mailer_parent_class)->dispose (object);
}

static void
smm_mailer_finalize (GObject *object)
{
  SmmMailer *self = SMM_MAILER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->sending, smm_mail_free);
  G_OBJECT_CLASS (smm_mailer_parent_class)->finalize (object);
}

static void
smm_mailer_class_init (SmmMailerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_mailer_dispose;
  G_OBJECT_CLASS (klass)->finalize = smm_mailer_finalize;
}

static void
smm_mailer_init (SmmMailer *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * smm_mailer_new:
 * @library: the owner's
 * @vault: where the key for Resend is
 * @http: the sender; whoever made it keeps its ledger
 * @at_once: nothing is gathered
 * @error: no timer can be had
 *
 * Returns: (transfer full) (nullable): mails what was noted and is not decided, and what will be
 */
SmmMailer *
smm_mailer_new (SmmLibraryLocal *library, SmmVault *vault, SmmHttp *http, gboolean at_once,
                GError **error)
{
  g_autoptr (SmmMailer) self = g_object_new (SMM_TYPE_MAILER, NULL);

  self->library = g_object_ref (library);
  self->client = smm_mail_client_new (vault, http);
  self->timer = smm_timer_new (on_timer, self, error);
  if (self->timer == NULL)
    return NULL;
  if (!at_once)
    self->gather = smm_endpoints_get_mail_gather (smm_http_get_endpoints (http)) * G_USEC_PER_SEC;
  self->wanted = smm_notices_get_wanted (get_store (self), SMM_NOTICE_MAIL);
  smm_store_want_notices (get_store (self), SMM_NOTICE_MAIL, self->wanted);
  smm_quiet_hours_read (&self->quiet, get_store (self));
  look_soon (self);
  return g_steal_pointer (&self);
}
