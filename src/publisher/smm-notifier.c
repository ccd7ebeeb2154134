/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-notifier.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-notices.h"
#include "smm-open.h"
#include "smm-quiet-hours.h"
#include "smm-settings.h"
#include "smm-store-write.h"
#include "smm-timer.h"

#define SERVICE "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"
#define LATER (60 * 60 * (gint64)G_USEC_PER_SEC)
/* So many at once and no more: twenty posts that an outage holds up are one story. */
#define BURST 5
#define BURST_SECONDS 10
/* What changes within this time is looked at together. */
#define LOOK_MS 200
#define LOOK_LIMIT 1000
/* What nobody could be told of for so long is no news any more. */
#define NEWS (7 * (gint64)G_TIME_SPAN_DAY)

typedef struct
{
  char *post_id;    /* NULL: it is about an account, or about many posts */
  char *target_id;  /* NULL as well */
  char *account_id; /* NULL: it is about posts, or the account is gone */
  char *permalink;
  gboolean of_many;
} Shown;

struct _SmmNotifier
{
  GObject parent_instance;

  GDBusConnection *bus;
  SmmLibraryLocal *library;
  SmmEngine *engine; /* borrowed */
  guint signal_id;
  GHashTable *told;  /* gint64: notices this publisher dealt with, on disk or not yet */
  GHashTable *shown; /* id of the desktop → Shown */
  GArray *done;      /* gint64: to be written as dealt with */
  guint wanted;      /* bits by SmmNoticeKind, as it was when they happened */
  SmmQuietHours quiet;
  SmmTimer *timer; /* the end of the quiet hours, while something waits for it */
  guint look_id;
  gint64 burst_at; /* monotonic µs */
  guint n_burst;
  guint n_more;      /* of this burst, not shown one by one */
  guint n_more_told; /* what the desktop was told of them */
  guint32 more_id;   /* the notification that counts them */
  gboolean telling_more;
};

G_DEFINE_FINAL_TYPE (SmmNotifier, smm_notifier, G_TYPE_OBJECT)

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_free (shown->post_id);
  g_free (shown->target_id);
  g_free (shown->account_id);
  g_free (shown->permalink);
  g_free (shown);
}

static SmmStore *
get_store (SmmNotifier *self)
{
  return smm_library_get_store (SMM_LIBRARY (self->library));
}

/* --- What can be done about it --- */

static gboolean
open_application (SmmNotifier *self, const Shown *shown, GError **error)
{
  SmmPaths *paths = smm_store_get_paths (get_store (self));

  if (shown->post_id != NULL)
    return smm_open_application (paths, "--post", shown->post_id, error);
  if (shown->account_id != NULL)
    return smm_open_application (paths, "--account", shown->account_id, error);
  return smm_open_application (paths, "--view", shown->of_many ? "posts" : "accounts", error);
}

static gboolean
apply (SmmNotifier *self, const char *name, GVariant *args, GError **error)
{
  g_autoptr (SmmCommand) command = smm_command_new (name, args);
  g_autoptr (GVariant) reply = smm_library_local_try (self->library, command, error);

  return reply != NULL;
}

static gboolean
postpone (SmmNotifier *self, const char *post_id, GError **error)
{
  g_autoptr (SmmPost) post = smm_store_get_post (get_store (self), post_id);
  const char *zone = post != NULL && post->zone != NULL ? post->zone : "UTC";
  g_autofree char *wall = smm_wall_time_express (g_get_real_time () + LATER, &zone);

  return apply (
      self, "post.reschedule",
      g_variant_new_parsed ("{'id': <%s>, 'wall': <%s>, 'zone': <%s>}", post_id, wall, zone),
      error);
}

static void show (SmmNotifier *self, const char *summary, const char *body, GVariant *actions,
                  Shown *shown, gint64 notice);

static void
act (SmmNotifier *self, Shown *shown, const char *action)
{
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  if (strcmp (action, "default") == 0)
    done = open_application (self, shown, &error);
  else if (shown->post_id == NULL)
    return;
  else if (strcmp (action, "permalink") == 0 && shown->permalink != NULL)
    done = g_app_info_launch_default_for_uri (shown->permalink, NULL, &error);
  else if (strcmp (action, "retry") == 0)
    done = apply (
        self, "post.retry",
        g_variant_new_parsed ("{'id': <%s>, 'target': <%s>}", shown->post_id, shown->target_id),
        &error);
  else if (strcmp (action, "postpone") == 0)
    done = postpone (self, shown->post_id, &error);
  else if (strcmp (action, "look") == 0)
    done = smm_engine_look_now (self->engine, shown->target_id, &error);
  if (!done && error != NULL)
    show (self, _ ("That did not work"), error->message, g_variant_new ("as", NULL), NULL, 0);
}

static void
on_signal (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
           const char *name, GVariant *args, gpointer user_data)
{
  SmmNotifier *self = user_data;
  const char *action;
  guint32 id;
  Shown *shown;

  if (strcmp (name, "ActionInvoked") == 0 && g_variant_is_of_type (args, G_VARIANT_TYPE ("(us)")))
    {
      g_variant_get (args, "(u&s)", &id, &action);
      shown = g_hash_table_lookup (self->shown, GUINT_TO_POINTER (id));
      if (shown != NULL)
        act (self, shown, action);
    }
  else if (strcmp (name, "NotificationClosed") == 0
           && g_variant_is_of_type (args, G_VARIANT_TYPE ("(uu)")))
    {
      g_variant_get (args, "(uu)", &id, NULL);
      g_hash_table_remove (self->shown, GUINT_TO_POINTER (id));
    }
}

/* --- Telling --- */

typedef struct
{
  SmmNotifier *self;
  Shown *shown;
  gint64 notice; /* 0: none */
} Call;

static void look_soon (SmmNotifier *self);

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  g_autoptr (SmmNotifier) self = call->self;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  guint32 id = 0;

  /* No notification service: the window says it all the same. */
  if (reply != NULL)
    g_variant_get (reply, "(u)", &id);
  if (id > 0 && call->shown != NULL && self->shown != NULL)
    g_hash_table_insert (self->shown, GUINT_TO_POINTER (id), g_steal_pointer (&call->shown));
  if (call->notice != 0 && self->done != NULL)
    {
      g_array_append_val (self->done, call->notice);
      look_soon (self);
    }
  g_clear_pointer (&call->shown, shown_free);
  g_free (call);
}

/* @actions: floating as; @shown is consumed. @notice counts as dealt with once the desktop
 * answered: if this program ends before, it is told again. */
static void
show (SmmNotifier *self, const char *summary, const char *body, GVariant *actions, Shown *shown,
      gint64 notice)
{
  g_autofree char *escaped = g_markup_escape_text (body, -1);
  g_auto (GVariantDict) hints = G_VARIANT_DICT_INIT (NULL);
  Call *call = g_new0 (Call, 1);

  call->self = g_object_ref (self);
  call->shown = shown;
  call->notice = notice;
  g_variant_dict_insert (&hints, "desktop-entry", "s", SMM_APPLICATION_ID);
  g_dbus_connection_call (self->bus, SERVICE, PATH, SERVICE, "Notify",
                          g_variant_new ("(susss@as@a{sv}i)", "nkonsept SMM", 0, SMM_APPLICATION_ID,
                                         summary, escaped, actions, g_variant_dict_end (&hints),
                                         -1),
                          G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_shown, call);
}

static void tell_more (SmmNotifier *self);

static void
on_more_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmNotifier) self = user_data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  Shown *shown;

  self->telling_more = FALSE;
  if (reply == NULL || self->done == NULL)
    return;
  g_variant_get (reply, "(u)", &self->more_id);
  shown = g_new0 (Shown, 1);
  shown->of_many = TRUE;
  g_hash_table_insert (self->shown, GUINT_TO_POINTER (self->more_id), shown);
  tell_more (self);
}

/* One notification counts them; it is changed only once the desktop has named it. */
static void
tell_more (SmmNotifier *self)
{
  const char *const actions[] = { "default", _ ("Open"), NULL };
  g_autofree char *text = NULL;

  if (self->telling_more || self->n_more == self->n_more_told)
    return;
  self->telling_more = TRUE;
  self->n_more_told = self->n_more;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more post has news",
                                       "%u more posts have news", self->n_more),
                          self->n_more);
  g_dbus_connection_call (
      self->bus, SERVICE, PATH, SERVICE, "Notify",
      g_variant_new ("(susss^as@a{sv}i)", "nkonsept SMM", self->more_id, SMM_APPLICATION_ID, text,
                     "", actions, g_variant_new ("a{sv}", NULL), -1),
      G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_more_shown, g_object_ref (self));
}

/* TRUE: there were many just now, and this one is only counted. */
static gboolean
is_one_of_many (SmmNotifier *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->burst_at > BURST_SECONDS * G_USEC_PER_SEC)
    {
      self->burst_at = now;
      self->n_burst = self->n_more = self->n_more_told = 0;
      self->more_id = 0;
    }
  if (++self->n_burst <= BURST)
    return FALSE;
  self->n_more++;
  return TRUE;
}

static GVariant *
make_actions (const SmmNoticeFacts *facts)
{
  g_autoptr (GVariantBuilder) list = g_variant_builder_new (G_VARIANT_TYPE ("as"));
  const SmmTarget *target = facts->target;

  g_variant_builder_add (list, "s", "default");
  g_variant_builder_add (list, "s", _ ("Open"));
  if (facts->kind == SMM_NOTICE_PUBLISHED && target->permalink != NULL)
    {
      g_variant_builder_add (list, "s", "permalink");
      g_variant_builder_add (list, "s", _ ("Open Post"));
    }
  else if (facts->kind == SMM_NOTICE_UNCONFIRMED)
    {
      g_variant_builder_add (list, "s", "look");
      g_variant_builder_add (list, "s", _ ("Look Now"));
    }
  else if (target != NULL
           && (target->state == SMM_TARGET_FAILED || target->state == SMM_TARGET_HELD))
    {
      g_variant_builder_add (list, "s", "retry");
      g_variant_builder_add (list, "s", _ ("Try Again"));
      g_variant_builder_add (list, "s", "postpone");
      g_variant_builder_add (list, "s", _ ("Postpone by an Hour"));
    }
  return g_variant_builder_end (list);
}

static void
tell (SmmNotifier *self, const SmmNoticeFacts *facts, gint64 notice)
{
  g_autofree char *summary = smm_notice_make_summary (facts);
  g_autofree char *caption = smm_notice_make_caption (facts);
  const char *reason = smm_notice_get_reason (facts);
  g_autofree char *body = NULL;
  Shown *shown = g_new0 (Shown, 1);

  body = reason != NULL && *caption != '\0' ? g_strdup_printf ("%s\n%s", caption, reason)
                                            : g_strdup (reason != NULL ? reason : caption);
  if (facts->target != NULL)
    {
      shown->post_id = g_strdup (facts->post->id);
      shown->target_id = g_strdup (facts->target->id);
      shown->permalink = g_strdup (facts->target->permalink);
    }
  else if (facts->account != NULL)
    shown->account_id = g_strdup (facts->account->id);
  show (self, summary, body, make_actions (facts), shown, notice);
}

/* When the quiet that holds now ends, µs UTC; 0: it is not quiet. */
static gint64
get_quiet_end (SmmNotifier *self, gint64 now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return self->quiet.on && self->timer != NULL ? smm_quiet_hours_get_end (&self->quiet, now, zone)
                                               : 0;
}

/* %TRUE: it is dealt with. */
static gboolean
look_at (SmmNotifier *self, const SmmNotice *notice, gint64 now, gint64 quiet_end)
{
  g_autoptr (SmmNoticeFacts) facts = NULL;

  if ((self->wanted >> notice->kind & 1) == 0 || notice->at < now - NEWS)
    return TRUE;
  if (quiet_end > 0)
    {
      smm_timer_arm (self->timer, quiet_end);
      return FALSE;
    }
  g_hash_table_add (self->told, g_memdup2 (&notice->id, sizeof notice->id));
  /* Of what is only counted nothing has to be read. */
  if (is_one_of_many (self))
    return TRUE;
  facts = smm_notice_facts_load (get_store (self), notice);
  if (facts == NULL)
    return TRUE;
  tell (self, facts, notice->id);
  return FALSE;
}

/* What can't be written now is tried again with the next change. */
static void
write_done (SmmNotifier *self)
{
  SmmStore *store = get_store (self);
  g_autoptr (GError) error = NULL;
  gboolean good;

  if (self->done->len == 0)
    return;
  good = smm_store_begin (store, &error);
  for (guint i = 0; i < self->done->len && good; i++)
    {
      good = smm_store_end_notice (store, g_array_index (self->done, gint64, i), &error);
      if (!good)
        smm_store_rollback (store);
    }
  if (good && smm_store_commit (store, &error))
    g_array_set_size (self->done, 0);
  else
    g_warning ("That people were told can't be written: %s", error->message);
}

static void
look (SmmNotifier *self)
{
  SmmStore *store = get_store (self);
  gint64 now = g_get_real_time ();
  gint64 quiet_end = get_quiet_end (self, now);
  g_autoptr (GPtrArray) notices = NULL;

  g_clear_handle_id (&self->look_id, g_source_remove);
  write_done (self);
  smm_store_begin_read (store);
  notices = smm_store_list_notices (store, SMM_NOTICE_DESKTOP, LOOK_LIMIT);
  for (guint i = 0; i < notices->len; i++)
    {
      const SmmNotice *notice = notices->pdata[i];

      if (!g_hash_table_contains (self->told, &notice->id)
          && look_at (self, notice, now, quiet_end))
        g_array_append_val (self->done, notice->id);
    }
  smm_store_end_read (store);
  write_done (self);
  tell_more (self);
}

static gboolean
look_cb (gpointer user_data)
{
  SmmNotifier *self = user_data;

  self->look_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
look_soon (SmmNotifier *self)
{
  if (self->look_id == 0)
    self->look_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, LOOK_MS, look_cb, self, NULL);
}

/* Quiet hours are over, or the clock was set. */
static void
on_quiet_over (gpointer user_data)
{
  SmmNotifier *self = user_data;

  smm_timer_arm (self->timer, 0);
  look (self);
}

/* What happened before is told by the hours that held then. */
static void
quiet_changed (SmmNotifier *self)
{
  look (self);
  smm_quiet_hours_read (&self->quiet, get_store (self));
  if (self->timer != NULL)
    smm_timer_arm (self->timer, 0);
}

void
smm_notifier_changed (SmmNotifier *self, const char *const *ids)
{
  guint wanted = smm_settings_are_among (ids)
                     ? smm_notices_get_wanted (get_store (self), SMM_NOTICE_DESKTOP)
                     : self->wanted;

  if (wanted != self->wanted)
    look (self);
  self->wanted = wanted;
  smm_store_want_notices (get_store (self), SMM_NOTICE_DESKTOP, wanted);
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_str_has_prefix (ids[i], "quiet."))
      quiet_changed (self);
  look_soon (self);
}

static void
smm_notifier_dispose (GObject *object)
{
  SmmNotifier *self = SMM_NOTIFIER (object);

  if (self->signal_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->signal_id);
  self->signal_id = 0;
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->done != NULL)
    write_done (self);
  g_clear_object (&self->timer);
  g_clear_pointer (&self->done, g_array_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_clear_object (&self->library);
  g_clear_object (&self->bus);
  G_OBJECT_CLASS (smm_notifier_parent_class)->dispose (object);
}

static void
smm_notifier_class_init (SmmNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_notifier_dispose;
}

static void
smm_notifier_init (SmmNotifier *self)
{
  self->told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->done = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->shown = g_hash_table_new_full (NULL, NULL, NULL, shown_free);
}

/**
 * smm_notifier_new:
 * @bus: the session bus
 * @library: what is noted in it
 * @engine: asks platforms about posts in doubt
 *
 * Returns: (transfer full): tells what was noted and not told yet, and what will be
 */
SmmNotifier *
smm_notifier_new (GDBusConnection *bus, SmmLibraryLocal *library, SmmEngine *engine)
{
  SmmNotifier *self = g_object_new (SMM_TYPE_NOTIFIER, NULL);

  self->bus = g_object_ref (bus);
  self->library = g_object_ref (library);
  self->engine = engine;
  self->signal_id = g_dbus_connection_signal_subscribe (
      bus, SERVICE, SERVICE, NULL, PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
  self->wanted = smm_notices_get_wanted (get_store (self), SMM_NOTICE_DESKTOP);
  smm_store_want_notices (get_store (self), SMM_NOTICE_DESKTOP, self->wanted);
  smm_quiet_hours_read (&self->quiet, get_store (self));
  self->timer = smm_timer_new (on_quiet_over, self, NULL);
  look_soon (self);
  return self;
}
