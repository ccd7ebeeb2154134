/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-teller.h"

/* Progress signals: this many at once, then one in this many µs. */
#define PROGRESS_BURST 20
#define PROGRESS_GAP 50000
/* Between two tellings of changes. */
#define CHANGED_GAP_MS 50
/* So many are told by name; of more it is said that anything may have changed. */
#define MAX_NAMED 100

struct _SmmTeller
{
  SmmDBusPublisher1 *skeleton;
  GHashTable *changed; /* ids not told yet */
  gint64 changed_at;   /* monotonic µs of the last telling */
  guint changed_id;
  gint64 progress_at; /* monotonic µs */
  gint64 tellings;    /* progress signals that may be sent at once */
};

SmmTeller *
smm_teller_new (SmmDBusPublisher1 *skeleton)
{
  SmmTeller *self = g_new0 (SmmTeller, 1);

  self->skeleton = g_object_ref (skeleton);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
smm_teller_flush (SmmTeller *self)
{
  g_autofree const char **ids = NULL;

  g_clear_handle_id (&self->changed_id, g_source_remove);
  if (g_hash_table_size (self->changed) == 0)
    return;
  self->changed_at = g_get_monotonic_time ();
  if (g_hash_table_size (self->changed) > MAX_NAMED)
    {
      g_hash_table_remove_all (self->changed);
      g_hash_table_add (self->changed, g_strdup ("*"));
    }
  ids = (const char **)g_hash_table_get_keys_as_array (self->changed, NULL);
  smm_dbus_publisher1_emit_changed (self->skeleton, (const char *const *)ids);
  g_hash_table_remove_all (self->changed);
}

void
smm_teller_free (SmmTeller *self)
{
  smm_teller_flush (self);
  g_hash_table_unref (self->changed);
  g_object_unref (self->skeleton);
  g_free (self);
}

static gboolean
flush_cb (gpointer user_data)
{
  SmmTeller *self = user_data;

  self->changed_id = 0;
  smm_teller_flush (self);
  return G_SOURCE_REMOVE;
}

/**
 * smm_teller_changed:
 * @self: a teller
 * @ids: (array zero-terminated=1): posts, accounts … that changed; "*": anything
 *
 * What comes alone is told at once.
 */
void
smm_teller_changed (SmmTeller *self, const char *const *ids)
{
  gint64 since = g_get_monotonic_time () - self->changed_at;

  for (guint i = 0; ids[i] != NULL && g_hash_table_size (self->changed) <= MAX_NAMED; i++)
    if (!g_hash_table_contains (self->changed, ids[i]))
      g_hash_table_add (self->changed, g_strdup (ids[i]));
  if (since >= CHANGED_GAP_MS * 1000)
    smm_teller_flush (self);
  else if (self->changed_id == 0)
    self->changed_id = g_timeout_add (CHANGED_GAP_MS - since / 1000, flush_cb, self);
}

static gboolean
may_tell (SmmTeller *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 earned = (now - self->progress_at) / PROGRESS_GAP;

  if (earned > 0)
    {
      self->tellings = MIN (self->tellings + earned, PROGRESS_BURST);
      self->progress_at = now;
    }
  if (self->tellings == 0)
    return FALSE;
  self->tellings--;
  return TRUE;
}

/**
 * smm_teller_progress:
 * @self: a teller
 * @post_id: a post
 * @target_id: one of its targets
 * @fraction: 0 to 1; negative: not known
 * @text: what is done, for people
 */
void
smm_teller_progress (SmmTeller *self, const char *post_id, const char *target_id, double fraction,
                     const char *text)
{
  if (may_tell (self))
    smm_dbus_publisher1_emit_progress (self->skeleton, post_id, target_id, fraction, text);
}
