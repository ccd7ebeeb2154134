/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One history: its time, its events, its end. */

#include "config.h"

#include "sim.h"

#define CALM_AT (START + 1800 * SECOND)
#define LAST_AT (START + 5 * 24 * HOUR)
#define MAX_EVENTS 30000

Sim *sim_current;
char *sim_unsafe;

typedef struct
{
  gint64 at;
  guint64 seq;
  guint life;
  SimFunc func;
  gpointer data;
} Event;

static gint
compare_events (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Event *one = a, *other = b;

  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  return one->seq < other->seq ? -1 : one->seq > other->seq;
}

void
sim_add_event (Sim *sim, gint64 at, guint life, SimFunc func, gpointer data)
{
  Event *event = g_new (Event, 1);

  *event = (Event){ MAX (at, sim->now), sim->seq++, life, func, data };
  if (life != 0 && life == sim->life)
    sim->n_pending++;
  g_sequence_insert_sorted (sim->events, event, compare_events, NULL);
}

gboolean
sim_chance (Sim *sim, double p)
{
  return p > 0 && g_rand_double (sim->rand) < p;
}

/* Both ends included. */
gint64
sim_between (Sim *sim, gint64 from, gint64 to)
{
  return from + (gint64)(g_rand_double (sim->rand) * (double)(to - from + 1));
}

gint64
sim_local_now (Sim *sim)
{
  return sim->now + sim->skew;
}

G_GNUC_PRINTF (2, 0)
static void
add_line (Sim *sim, const char *format, va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  for (const char *p = text; *p != '\0'; p++)
    sim->hash = (sim->hash ^ (guint8)*p) * G_GUINT64_CONSTANT (1099511628211);
  sim->hash = (sim->hash ^ (guint64)sim->now) * G_GUINT64_CONSTANT (1099511628211);
  if (sim->story != NULL)
    g_string_append_printf (sim->story, "%10.3f  %s\n", (sim->now - START) / 1e6, text);
}

void
sim_tell (Sim *sim, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  add_line (sim, format, args);
  va_end (args);
}

/* Only the first counts: what comes after may follow from it. */
void
sim_fault (Sim *sim, const char *format, ...)
{
  va_list args;

  if (sim->fault != NULL)
    return;
  va_start (args, format);
  sim->fault = g_strdup_vprintf (format, args);
  va_end (args);
  sim_tell (sim, "FAULT: %s", sim->fault);
}

/* --- Turning --- */

static void
run_event (Sim *sim, Event *event)
{
  gboolean alive = event->life == 0 || event->life == sim->life;

  sim->now = MAX (sim->now, event->at);
  if (event->life != 0 && alive)
    sim->n_pending--;
  event->func (sim, event->data, alive);
  if (event->life != 0 && alive)
    sim_maybe_die (sim, "between two turns of its loop");
  g_free (event);
}

/* What belongs to the computer waits while it sleeps. */
static gboolean
postpone (Sim *sim, Event *event)
{
  if (event->life == 0 || event->at >= sim->asleep_until)
    return FALSE;
  event->at = sim->asleep_until;
  event->seq = sim->seq++;
  g_sequence_insert_sorted (sim->events, event, compare_events, NULL);
  return TRUE;
}

/* FALSE: nothing is going to happen any more. */
static gboolean
turn (Sim *sim)
{
  GSequenceIter *first = g_sequence_get_begin_iter (sim->events);
  Event *event = g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
  gint64 timer = sim->engine != NULL && sim->armed_at > 0
                     ? MAX (sim->armed_at - sim->skew, sim->asleep_until)
                     : 0;

  if (timer > 0 && (event == NULL || timer < event->at))
    {
      sim->armed_at = 0;
      sim->now = MAX (sim->now, timer);
      smm_engine_wake (sim->engine);
      return TRUE;
    }
  if (event == NULL)
    return FALSE;
  g_sequence_remove (first);
  if (!postpone (sim, event))
    run_event (sim, event);
  return TRUE;
}

static void
run (Sim *sim)
{
  while (sim->fault == NULL && sim->statistics.events++ < MAX_EVENTS && sim->now < LAST_AT)
    {
      if (!sim->calm && sim->now >= CALM_AT && sim->engine != NULL && !sim->dead)
        sim_plan_calm (sim);
      if (!turn (sim))
        {
          if (sim->calm)
            break;
          sim->now = CALM_AT;
          if (sim->engine == NULL)
            break;
        }
      if (sim->dead)
        {
          guint life = sim->life;

          sim_process_bury (sim);
          sim->n_pending = life == sim->life ? sim->n_pending : 0;
        }
      sim_check (sim);
    }
  if (sim->statistics.events >= MAX_EVENTS)
    sim_fault (sim, "it never comes to rest");
  if (sim->fault == NULL)
    sim_check_end (sim);
}

/* --- Beginning and end --- */

static void
init (Sim *sim, guint32 seed, SmmPaths *paths, GString *story)
{
  *sim = (Sim){ .seed = seed, .now = START, .paths = paths, .story = story };
  sim->hash = G_GUINT64_CONSTANT (14695981039346656037);
  sim->rand = g_rand_new_with_seed (seed);
  sim->events = g_sequence_new (NULL);
  sim->visible = g_ptr_array_new_with_free_func (sim_visible_free);
  sim->containers = g_ptr_array_new_with_free_func (sim_container_free);
  sim->photos = g_ptr_array_new_with_free_func (sim_photo_free);
  sim->videos = g_ptr_array_new_with_free_func (sim_video_free);
  sim->comments = g_ptr_array_new_with_free_func (sim_comment_free);
  sim->uploads = g_ptr_array_new_with_free_func (sim_upload_free);
  sim->accounts[SIM_FACEBOOK] = (SimAccount){ .id = "fb", .remote_id = "1048576001" };
  sim->accounts[SIM_INSTAGRAM] = (SimAccount){ .id = "ig", .remote_id = "1784140012" };
  sim->accounts[SIM_TIKTOK] = (SimAccount){ .id = "tt", .remote_id = "open-id-1" };
  for (guint i = 0; i < N_ACCOUNTS; i++)
    sim->accounts[i].token_version = sim->accounts[i].known_version = 1;
  sim_current = sim;
}

static void
clear (Sim *sim)
{
  sim_disk_freeze (TRUE);
  if (sim->engine != NULL)
    g_object_run_dispose (G_OBJECT (sim->engine));
  g_clear_object (&sim->engine);
  g_clear_object (&sim->library);
  sim->life++;
  while (!g_sequence_is_empty (sim->events))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (sim->events);
      Event *event = g_sequence_get (first);

      g_sequence_remove (first);
      if (event->life != 0)
        event->func (sim, event->data, FALSE);
      g_free (event);
    }
  g_sequence_free (sim->events);
  g_ptr_array_unref (sim->visible);
  g_ptr_array_unref (sim->containers);
  g_ptr_array_unref (sim->photos);
  g_ptr_array_unref (sim->videos);
  g_ptr_array_unref (sim->comments);
  g_ptr_array_unref (sim->uploads);
  for (guint i = 0; i < G_N_ELEMENTS (sim->calls); i++)
    g_clear_pointer (&sim->calls[i], g_array_unref);
  g_rand_free (sim->rand);
  g_free (sim->sender);
  sim_current = NULL;
}

/**
 * sim_prepare:
 * @paths: where the libraries of this process are
 *
 * Makes the libraries that histories begin with, once.
 */
void
sim_prepare (SmmPaths *paths)
{
  for (SimPageSize pages = 0; pages < SIM_N_PAGE_SIZES; pages++)
    {
      Sim sim;

      init (&sim, 0, paths, NULL);
      sim_disk_clear ();
      sim_connection_set_pages (pages);
      sim_process_start (&sim);
      g_assert (sim.library != NULL);
      sim_plan_template (&sim);
      sim_process_end (&sim);
      sim_disk_keep_template (pages);
      clear (&sim);
    }
  sim_connection_set_pages (SIM_PAGES_OF_THE_PRODUCT);
}

static void
add_up (SimStatistics *all, const SimStatistics *one)
{
  all->events += one->events;
  all->kills += one->kills;
  all->requests += one->requests;
  for (guint i = 0; i < SMM_N_TARGET_STATES; i++)
    all->became[i] += one->became[i];
  for (guint i = 0; i < SIM_N_FORMS; i++)
    all->published[i] += one->published[i];
  all->comments += one->comments;
  all->removed += one->removed;
  all->handed_over += one->handed_over;
}

char *
sim_run (guint32 seed, SmmPaths *paths, GString *story, guint64 *hash, SimStatistics *statistics)
{
  Sim sim;

  init (&sim, seed, paths, story);
  sim_disk_load_template (&sim, sim_is_quick (&sim) ? SIM_SMALL_PAGES : SIM_PAGES_OF_THE_PRODUCT);
  sim_process_start (&sim);
  sim_plan (&sim);
  run (&sim);
  *hash = sim.hash;
  add_up (statistics, &sim.statistics);
  clear (&sim);
  return sim.fault;
}
