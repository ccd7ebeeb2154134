/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-housekeeping.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <stdio.h>

#include "smm-erase.h"
#include "smm-notices.h"
#include "smm-settings.h"
#include "smm-timer.h"
#include "smm-workspace.h"

#define FIRST_LOOK_SECONDS 60
#define LOOK_SECONDS (4 * 60 * 60)
#define WEEK (7 * G_TIME_SPAN_DAY)
#define WEEKLY "weekly"
/* A file lies there before its medium is added. */
#define STRAY_AGE (24 * 60 * 60)
#define MAX_STRAY 500
/* A clock that is wrong for a moment must not erase anything: it has to be over for that long. */
#define OVER_SPAN (10 * G_TIME_SPAN_MINUTE)
#define ERASE_RETRY G_TIME_SPAN_HOUR

struct _SmmHousekeeping
{
  SmmLibraryLocal *library;
  SmmPaths *paths; /* the library's */
  GCancellable *cancellable;
  guint source_id;

  SmmTimer *end_timer; /* until the workspace is over; NULL: there can be none */
  gint64 over_since;   /* 0: it is not over */
  gint64 retry_at;     /* after it could not be erased */
  gboolean bans;       /* somebody may not be sent to: what comes back is held */
  guint hold_id;
  gulong changed_id;
  struct Erasing *erasing; /* while everything is erased */
  void (*erased) (gpointer user_data);
  gpointer erased_data;
};

typedef struct Erasing
{
  SmmHousekeeping *self; /* NULL: gone meanwhile */
} Erasing;

typedef struct
{
  void (*done) (gpointer user_data);
  gpointer user_data;
} Done;

static SmmStore *
get_store (SmmHousekeeping *self)
{
  return smm_library_get_store (SMM_LIBRARY (self->library));
}

/* When a backup was made, µs UTC, by its name: 2026-11-24T040744-weekly.db; 0: not one of ours. */
static gint64
get_made_at (const char *name)
{
  int year, month, day, hour, minute, second;
  g_autoptr (GDateTime) made = NULL;

  if (sscanf (name, "%4d-%2d-%2dT%2d%2d%2d", &year, &month, &day, &hour, &minute, &second) != 6)
    return 0;
  made = g_date_time_new_utc (year, month, day, hour, minute, second);
  return made != NULL ? g_date_time_to_unix (made) * G_USEC_PER_SEC : 0;
}

static gboolean
is_weekly (const char *name)
{
  return strstr (name, "-" WEEKLY) != NULL;
}

/* The last backup stays whatever its age: an old one is better than none. */
static void
forget_backups (SmmHousekeeping *self, gint64 now)
{
  g_autoptr (GPtrArray) names = smm_paths_list_backups (self->paths);
  gint64 days = smm_settings_get_int (get_store (self), SMM_SETTING_BACKUP_DAYS);

  for (guint i = 1; i < names->len; i++)
    {
      gint64 made = get_made_at (names->pdata[i]);
      g_autofree char *path = g_build_filename (self->paths->backup_dir, names->pdata[i], NULL);

      if (made > 0 && made < now - days * G_TIME_SPAN_DAY && g_unlink (path) != 0)
        g_warning ("The old backup %s can't be removed", path);
    }
}

/* --- Files of media that are not in the library any more --- */

static gboolean
is_old (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 && S_ISREG (info.st_mode)
         && info.st_mtime < g_get_real_time () / G_USEC_PER_SEC - STRAY_AGE;
}

static void
find_stray_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SmmPaths *paths = data;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SmmStore) reader = smm_store_open_reader (paths, NULL);
  g_autoptr (GDir) dir = reader != NULL ? g_dir_open (paths->media_dir, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && names->len < MAX_STRAY && (name = g_dir_read_name (dir)) != NULL
         && !g_cancellable_is_cancelled (cancellable))
    {
      g_autofree char *path = g_build_filename (paths->media_dir, name, NULL);

      if (is_old (path) && smm_store_is_stray (reader, name))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_task_return_pointer (task, names, (GDestroyNotify)g_ptr_array_unref);
}

/* --- Backups --- */

static gboolean
needs_backup (SmmHousekeeping *self, gint64 now)
{
  g_autoptr (GPtrArray) names = smm_paths_list_backups (self->paths);

  if (!smm_settings_get_boolean (get_store (self), SMM_SETTING_BACKUP_WEEKLY))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (is_weekly (names->pdata[i]))
      return get_made_at (names->pdata[i]) <= now - WEEK;
  return TRUE;
}

/* A reader of its own: the owner's connection is for the owner's thread. */
static void
backup_in_thread (GTask *task, gpointer source, gpointer paths, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmStore) reader = smm_store_open_reader (paths, &error);
  char *name = reader != NULL ? smm_store_backup (reader, WEEKLY, &error) : NULL;

  if (name != NULL)
    g_task_return_pointer (task, name, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
end (Done *done)
{
  if (done->done != NULL)
    done->done (done->user_data);
  g_free (done);
}

static void
on_backed_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_task_propagate_pointer (G_TASK (result), &error);

  if (name == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("The weekly backup failed: %s", error->message);
#ifdef __GLIBC__
  /* It leaves free memory behind in the arena of its thread. */
  malloc_trim (0);
#endif
  end (user_data);
}

static void
start_backup (SmmHousekeeping *self, gint64 now, Done *after)
{
  g_autoptr (GTask) task = NULL;

  if (!needs_backup (self, now))
    {
      end (after);
      return;
    }
  task = g_task_new (self->library, self->cancellable, on_backed_up, after);
  g_task_set_task_data (task, self->paths, NULL);
  g_task_run_in_thread (task, backup_in_thread);
}

/* --- A workspace that is being closed --- */

static gboolean
hold_cb (gpointer data)
{
  SmmHousekeeping *self = data;
  g_autoptr (SmmCommand) command = smm_command_new ("workspace.hold", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) held = NULL;

  self->hold_id = 0;
  held = smm_library_local_try (self->library, command, &error);
  if (held == NULL)
    g_warning ("What is scheduled can't be held: %s", error->message);
  return G_SOURCE_REMOVE;
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Erasing *erasing = user_data;
  SmmHousekeeping *self = erasing->self;
  SmmEraseFacts facts;
  g_autoptr (GError) error = NULL;
  gboolean erased = smm_erase_all_finish (SMM_LIBRARY (source), result, &facts, &error);

  if (self == NULL)
    return;
  self->erasing = NULL;
  if (erased)
    {
      self->erased (self->erased_data);
      return;
    }
  g_warning ("The workspace is over and can't be erased yet: %s", error->message);
  self->retry_at = self->over_since + OVER_SPAN + ERASE_RETRY;
  if (self->end_timer != NULL)
    smm_timer_arm (self->end_timer, self->retry_at);
}

static void
erase (SmmHousekeeping *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (&error);
  g_autoptr (SmmHttp) http = NULL;
  g_autoptr (SmmVault) vault = NULL;
  g_autoptr (SmmConnect) connect = NULL;

  if (endpoints == NULL)
    {
      g_warning ("The workspace is over and can't be erased: %s", error->message);
      return;
    }
  http = smm_http_new (endpoints);
  vault = smm_vault_new (self->paths->data_dir, smm_store_get_library_id (get_store (self)));
  connect = smm_connect_new (SMM_LIBRARY (self->library), vault, http);
  self->erasing = g_new0 (Erasing, 1);
  self->erasing->self = self;
  smm_erase_all_async (SMM_LIBRARY (self->library), connect, vault, on_erased, self->erasing);
}

static void
heed_closing (SmmHousekeeping *self, gint64 now)
{
  gint64 at = smm_store_get_erase_at (get_store (self));
  gint64 next = at;

  if (at == 0 || now < at)
    self->over_since = 0;
  else
    {
      if (self->over_since == 0 || now < self->over_since)
        self->over_since = now;
      next = MAX (self->over_since + OVER_SPAN, self->retry_at);
      if (now >= next && self->erasing == NULL && self->erased != NULL)
        erase (self);
    }
  if (self->end_timer != NULL)
    smm_timer_arm (self->end_timer, next > now ? next : 0);
  self->bans = smm_workspace_bans_any (get_store (self));
  if (self->bans && self->hold_id == 0 && smm_workspace_count_banned (get_store (self)) > 0)
    self->hold_id = g_idle_add (hold_cb, self);
}

static void
on_end_timer (gpointer data)
{
  heed_closing (data, g_get_real_time ());
}

static void
on_changed (SmmLibrary *library, const char *const *ids, SmmHousekeeping *self)
{
  /* Each post that goes out is a change, too. Of a disk that fails nothing is known. */
  if ((self->bans || smm_settings_are_among (ids)) && !smm_store_is_doubtful (get_store (self)))
    heed_closing (self, g_get_real_time ());
}

/* --- A round of all --- */

typedef struct
{
  SmmHousekeeping *self;
  Done *after;
  gint64 now;
} Round;

/* Nobody but this thread adds a medium: what is stray now is stray. */
static void
on_stray (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Round *round = user_data;
  g_autoptr (GPtrArray) names = g_task_propagate_pointer (G_TASK (result), NULL);
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (source));

  /* Cancelled: who keeps house is gone. */
  if (names == NULL)
    {
      end (round->after);
      return;
    }
  for (guint i = 0; i < names->len && !smm_store_is_doubtful (store); i++)
    {
      g_autofree char *path = smm_paths_get_media (round->self->paths, names->pdata[i]);

      if (!smm_store_is_stray (store, names->pdata[i]))
        continue;
      smm_erase_thumbnails_of (path);
      g_unlink (path);
    }
  start_backup (round->self, round->now, round->after);
}

static void
note_expiring (SmmHousekeeping *self, gint64 now)
{
  static const char *const ids[] = { SMM_NOTICES_CHANGED, NULL };
  g_autoptr (GError) error = NULL;
  guint n;

  if (!smm_notices_note_expiring (get_store (self), now, &n, &error))
    g_warning ("That a sign-in ends can't be noted: %s", error->message);
  else if (n > 0)
    smm_library_emit_changed (SMM_LIBRARY (self->library), ids);
}

void
smm_housekeeping_run (SmmHousekeeping *self, gint64 now, GCallback done, gpointer user_data)
{
  g_autoptr (SmmCommand) command = smm_command_new ("library.sweep", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) swept = smm_library_local_try (self->library, command, &error);
  g_autoptr (GTask) task = NULL;
  Done *after = g_new0 (Done, 1);
  Round *round = g_new0 (Round, 1);

  after->done = (void (*) (gpointer))done;
  after->user_data = user_data;
  if (swept == NULL)
    g_warning ("What is old can't be forgotten: %s", error->message);
  forget_backups (self, now);
  smm_library_local_settle_erasing (self->library);
  note_expiring (self, now);
  heed_closing (self, now);
  round->self = self;
  round->now = now;
  round->after = after;
  task = g_task_new (self->library, self->cancellable, on_stray, round);
  g_task_set_task_data (task, self->paths, NULL);
  g_task_run_in_thread (task, find_stray_in_thread);
}

static gboolean
on_look (gpointer data)
{
  SmmHousekeeping *self = data;

  self->source_id = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
  smm_housekeeping_run (self, g_get_real_time (), NULL, NULL);
  return G_SOURCE_REMOVE;
}

SmmHousekeeping *
smm_housekeeping_new (SmmLibraryLocal *library)
{
  SmmHousekeeping *self = g_new0 (SmmHousekeeping, 1);

  self->library = g_object_ref (library);
  self->paths = smm_store_get_paths (get_store (self));
  self->cancellable = g_cancellable_new ();
  self->source_id = g_timeout_add_seconds (FIRST_LOOK_SECONDS, on_look, self);
  self->end_timer = smm_timer_new (on_end_timer, self, NULL);
  self->changed_id = g_signal_connect (library, "changed", G_CALLBACK (on_changed), self);
  return self;
}

void
smm_housekeeping_set_erased (SmmHousekeeping *self, void (*func) (gpointer user_data),
                             gpointer user_data)
{
  self->erased = func;
  self->erased_data = user_data;
  heed_closing (self, g_get_real_time ());
}

void
smm_housekeeping_free (SmmHousekeeping *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->source_id, g_source_remove);
  g_clear_handle_id (&self->hold_id, g_source_remove);
  g_clear_signal_handler (&self->changed_id, self->library);
  g_clear_object (&self->end_timer);
  if (self->erasing != NULL)
    self->erasing->self = NULL;
  g_clear_object (&self->library);
  g_free (self);
}
