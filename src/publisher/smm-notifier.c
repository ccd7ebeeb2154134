/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-notifier.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-quiet-hours.h"
#include "smm-settings.h"
#include "smm-store-write.h"
#include "smm-timer.h"

#define SERVICE "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"
#define LATER (60 * 60 * (gint64)G_USEC_PER_SEC)
#define MAX_TEXT 120
/* So many at once and no more: twenty posts that an outage holds up are one story. */
#define BURST 5
#define BURST_SECONDS 10
/* What changes within this time is looked at together. */
#define LOOK_MS 200
#define ATTENTION_LIMIT 10000

typedef struct
{
  char *post_id;
  char *target_id;
  char *permalink;
} Shown;

struct _SmmNotifier
{
  GObject parent_instance;

  GDBusConnection *bus;
  SmmLibraryLocal *library;
  SmmEngine *engine; /* borrowed */
  guint signal_id;
  GHashTable *told;    /* "target state attempt" */
  GHashTable *shown;   /* id of the desktop → Shown */
  GHashTable *changed; /* ids of posts to look at */
  guint wanted;        /* bits by SmmTargetState, as it was when they changed */
  SmmQuietHours quiet;
  GHashTable *kept; /* target id → post id: to be told after the quiet hours */
  SmmTimer *timer;  /* their end, while something is kept */
  guint look_id;
  gint64 started_at;
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
  g_free (shown->permalink);
  g_free (shown);
}

static SmmStore *
get_store (SmmNotifier *self)
{
  return smm_library_get_store (SMM_LIBRARY (self->library));
}

/* --- What can be done about it --- */

/* The application beside this program (an uninstalled tree) or the installed one. */
static char *
find_application (void)
{
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self_path != NULL ? g_path_get_dirname (self_path) : NULL;
  const char *const names[] = { "nkonsept-smm", "../app/nkonsept-smm" };

  for (guint i = 0; folder != NULL && i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  return g_find_program_in_path ("nkonsept-smm");
}

static gboolean
open_application (SmmNotifier *self, const char *post_id, GError **error)
{
  g_autofree char *program = find_application ();
  g_autoptr (GSubprocess) process = NULL;
  gboolean practice = smm_store_get_paths (get_store (self))->profile != NULL;

  if (program == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("The application is not installed on this computer"));
      return FALSE;
    }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, error, program, "--post", post_id,
                              practice ? "--practice" : NULL, NULL);
  return process != NULL;
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
  g_autofree char *wall = smm_wall_time_format (g_get_real_time () + LATER, zone);

  return apply (
      self, "post.reschedule",
      g_variant_new_parsed ("{'id': <%s>, 'wall': <%s>, 'zone': <%s>}", post_id, wall, zone),
      error);
}

static void show (SmmNotifier *self, const char *summary, const char *body, GVariant *actions,
                  Shown *shown);

static void
act (SmmNotifier *self, Shown *shown, const char *action)
{
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  if (strcmp (action, "default") == 0)
    done = open_application (self, shown->post_id, &error);
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
    show (self, _ ("That did not work"), error->message, g_variant_new ("as", NULL), NULL);
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
} Call;

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
  g_clear_pointer (&call->shown, shown_free);
  g_free (call);
}

/* @actions: floating as; @shown is consumed. */
static void
show (SmmNotifier *self, const char *summary, const char *body, GVariant *actions, Shown *shown)
{
  g_autofree char *escaped = g_markup_escape_text (body, -1);
  g_auto (GVariantDict) hints = G_VARIANT_DICT_INIT (NULL);
  Call *call = g_new0 (Call, 1);

  call->self = g_object_ref (self);
  call->shown = shown;
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

  self->telling_more = FALSE;
  if (reply == NULL || self->changed == NULL)
    return;
  g_variant_get (reply, "(u)", &self->more_id);
  tell_more (self);
}

/* One notification counts them; it is changed only once the desktop has named it. */
static void
tell_more (SmmNotifier *self)
{
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
      g_variant_new ("(susss@as@a{sv}i)", "nkonsept SMM", self->more_id, SMM_APPLICATION_ID, text,
                     "", g_variant_new ("as", NULL), g_variant_new ("a{sv}", NULL), -1),
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

static char *
shorten (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));

  if (g_utf8_strlen (line, -1) > MAX_TEXT)
    *g_utf8_offset_to_pointer (line, MAX_TEXT) = '\0';
  return *line != '\0' ? g_strdup_printf ("“%s”", line) : g_strdup ("");
}

static char *
make_summary (SmmTarget *target)
{
  const char *platform = smm_platform_id_get_label (target->platform);

  switch (target->state)
    {
    case SMM_TARGET_PUBLISHED:
      /* Translators: %s is a platform: Published on Facebook */
      return g_strdup_printf (_ ("Published on %s"), platform);
    case SMM_TARGET_FAILED:
      return g_strdup_printf (_ ("Not published on %s"), platform);
    case SMM_TARGET_UNCONFIRMED:
      return g_strdup_printf (_ ("%s does not say whether a post is public"), platform);
    default:
      return g_strdup_printf (_ ("A post for %s needs you"), platform);
    }
}

static GVariant *
make_actions (SmmTarget *target)
{
  g_autoptr (GVariantBuilder) list = g_variant_builder_new (G_VARIANT_TYPE ("as"));

  g_variant_builder_add (list, "s", "default");
  g_variant_builder_add (list, "s", _ ("Open"));
  if (target->state == SMM_TARGET_PUBLISHED && target->permalink != NULL)
    {
      g_variant_builder_add (list, "s", "permalink");
      g_variant_builder_add (list, "s", _ ("Open Post"));
    }
  else if (target->state == SMM_TARGET_UNCONFIRMED)
    {
      g_variant_builder_add (list, "s", "look");
      g_variant_builder_add (list, "s", _ ("Look Now"));
    }
  else if (target->state == SMM_TARGET_FAILED || target->state == SMM_TARGET_HELD)
    {
      g_variant_builder_add (list, "s", "retry");
      g_variant_builder_add (list, "s", _ ("Try Again"));
      g_variant_builder_add (list, "s", "postpone");
      g_variant_builder_add (list, "s", _ ("Postpone by an Hour"));
    }
  return g_variant_builder_end (list);
}

static const char *
get_setting (SmmTargetState state)
{
  switch (state)
    {
    case SMM_TARGET_PUBLISHED:
      return SMM_SETTING_NOTIFY_PUBLISHED;
    case SMM_TARGET_FAILED:
      return SMM_SETTING_NOTIFY_FAILED;
    case SMM_TARGET_UNCONFIRMED:
      return SMM_SETTING_NOTIFY_UNCONFIRMED;
    case SMM_TARGET_HELD:
      return SMM_SETTING_NOTIFY_HELD;
    default:
      return NULL;
    }
}

static void
tell (SmmNotifier *self, SmmTarget *target)
{
  g_autoptr (SmmPost) post = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *text = NULL;
  g_autofree char *body = NULL;
  Shown *shown;

  if (is_one_of_many (self))
    return;
  post = smm_store_get_post (get_store (self), target->post_id);
  if (post == NULL)
    return;
  summary = make_summary (target);
  text = shorten (post->text);
  body = target->reason != NULL && target->state != SMM_TARGET_PUBLISHED
             ? g_strdup_printf ("%s\n%s", text, target->reason)
             : g_strdup (text);
  shown = g_new0 (Shown, 1);
  shown->post_id = g_strdup (post->id);
  shown->target_id = g_strdup (target->id);
  shown->permalink = g_strdup (target->permalink);
  show (self, summary, body, make_actions (target), shown);
}

static char *
make_key (SmmTarget *target)
{
  return g_strdup_printf ("%s %d %d", target->id, target->state, target->attempt);
}

/* TRUE: it is quiet now, and what happened is told after that. */
static gboolean
keep (SmmNotifier *self, SmmTarget *target)
{
  g_autoptr (GTimeZone) zone = NULL;
  gint64 end;

  if (!self->quiet.on || self->timer == NULL)
    return FALSE;
  zone = g_time_zone_new_local ();
  end = smm_quiet_hours_get_end (&self->quiet, g_get_real_time (), zone);
  if (end == 0)
    return FALSE;
  g_hash_table_insert (self->kept, g_strdup (target->id), g_strdup (target->post_id));
  smm_timer_arm (self->timer, end);
  return TRUE;
}

static void
look_at (SmmNotifier *self, const char *post_id)
{
  g_autoptr (GPtrArray) targets = smm_store_list_targets (get_store (self), post_id);

  for (guint i = 0; i < targets->len; i++)
    {
      SmmTarget *target = targets->pdata[i];

      if (get_setting (target->state) == NULL || !g_hash_table_add (self->told, make_key (target)))
        continue;
      if (target->state == SMM_TARGET_PUBLISHED && target->published_at < self->started_at)
        continue;
      if ((self->wanted >> target->state & 1) != 0 && !keep (self, target))
        tell (self, target);
    }
}

static void
look (SmmNotifier *self)
{
  SmmStore *store = get_store (self);
  GHashTableIter iter;
  gpointer id;

  g_clear_handle_id (&self->look_id, g_source_remove);
  smm_store_begin_read (store);
  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    look_at (self, id);
  smm_store_end_read (store);
  g_hash_table_remove_all (self->changed);
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

static guint
get_wanted (SmmNotifier *self)
{
  SmmStore *store = get_store (self);
  guint wanted = 0;

  smm_store_begin_read (store);
  for (guint state = 0; state < SMM_N_TARGET_STATES; state++)
    if (get_setting (state) != NULL && smm_settings_get_boolean (store, get_setting (state)))
      wanted |= 1u << state;
  smm_store_end_read (store);
  return wanted;
}

/* --- The end of the quiet hours --- */

/* As it is now: what was held and is public by now is told as published. */
static void
tell_kept (SmmNotifier *self, const char *target_id, const char *post_id)
{
  g_autoptr (GPtrArray) targets = smm_store_list_targets (get_store (self), post_id);

  for (guint i = 0; i < targets->len; i++)
    {
      SmmTarget *target = targets->pdata[i];

      if (g_str_equal (target->id, target_id) && (self->wanted >> target->state & 1) != 0
          && !keep (self, target))
        tell (self, target);
    }
}

/* They are over, or other ones now, or the clock was set: what is quiet still is kept again. */
static void
on_quiet_over (gpointer user_data)
{
  SmmNotifier *self = user_data;
  g_autoptr (GHashTable) kept = g_steal_pointer (&self->kept);
  GHashTableIter iter;
  gpointer target_id, post_id;

  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (self->timer != NULL)
    smm_timer_arm (self->timer, 0);
  g_hash_table_iter_init (&iter, kept);
  while (g_hash_table_iter_next (&iter, &target_id, &post_id))
    tell_kept (self, target_id, post_id);
  tell_more (self);
}

/* What changed before is told by the hours that held then. */
static void
quiet_changed (SmmNotifier *self)
{
  look (self);
  smm_quiet_hours_read (&self->quiet, get_store (self));
  on_quiet_over (self);
}

void
smm_notifier_changed (SmmNotifier *self, const char *const *ids)
{
  guint wanted = get_wanted (self);

  if (wanted != self->wanted)
    look (self);
  self->wanted = wanted;
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_str_has_prefix (ids[i], "quiet."))
      quiet_changed (self);
    else if (!g_hash_table_contains (self->changed, ids[i]))
      g_hash_table_add (self->changed, g_strdup (ids[i]));
  if (self->look_id == 0)
    self->look_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, LOOK_MS, look_cb, self, NULL);
}

/* What waits for its user already was told when it came to that. */
static void
remember (SmmNotifier *self)
{
  static const SmmTargetState states[]
      = { SMM_TARGET_FAILED, SMM_TARGET_UNCONFIRMED, SMM_TARGET_HELD };

  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    {
      g_autoptr (GPtrArray) targets
          = smm_store_list_in_state (get_store (self), states[s], ATTENTION_LIMIT);

      for (guint i = 0; targets != NULL && i < targets->len; i++)
        g_hash_table_add (self->told, make_key (targets->pdata[i]));
    }
}

static void
smm_notifier_dispose (GObject *object)
{
  SmmNotifier *self = SMM_NOTIFIER (object);

  if (self->signal_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->signal_id);
  self->signal_id = 0;
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->timer);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
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
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->shown = g_hash_table_new_full (NULL, NULL, NULL, shown_free);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * smm_notifier_new:
 * @bus: the session bus
 * @library: whose posts
 * @engine: asks platforms about posts in doubt
 *
 * Returns: (transfer full): tells what happens from now on
 */
SmmNotifier *
smm_notifier_new (GDBusConnection *bus, SmmLibraryLocal *library, SmmEngine *engine)
{
  SmmNotifier *self = g_object_new (SMM_TYPE_NOTIFIER, NULL);

  self->bus = g_object_ref (bus);
  self->library = g_object_ref (library);
  self->engine = engine;
  /* Platforms count in seconds, by a clock of their own. */
  self->started_at = g_get_real_time () - G_TIME_SPAN_MINUTE;
  self->signal_id = g_dbus_connection_signal_subscribe (
      bus, SERVICE, SERVICE, NULL, PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
  self->wanted = get_wanted (self);
  smm_quiet_hours_read (&self->quiet, get_store (self));
  self->timer = smm_timer_new (on_quiet_over, self, NULL);
  remember (self);
  return self;
}
