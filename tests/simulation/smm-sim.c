/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The real engine against a simulated world, one seed a history.
 *
 *   smm-sim [--seeds N] [--first SEED] [--jobs J] [--until-faults N]
 *   smm-sim --form NAME          only posts of one kind: feed, fb-reel, tiktok … (sim-forms.c)
 *   smm-sim --story SEED         tells what happens in one
 *   smm-sim --unsafe NAME        takes a safety away; well when that is noticed
 */

#include "config.h"

#include "sim.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* Killed publishers leave memory behind, as processes would not: a worker serves for so many. */
#define CHUNK 500
#define MAX_JOBS 64
#define MAX_TOLD 20

typedef struct
{
  guint32 first, n, at; /* @at: the seed being run */
  guint n_faults;
  SimStatistics statistics;
  guint64 hash;
  guint32 faulty[MAX_TOLD];
} Chunk;

/* Warnings of the engine about a failing disk are wanted here; critical ones never are. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *message = "";

  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      message = fields[i].value;
  if (sim_current == NULL || (level & G_LOG_LEVEL_ERROR))
    return g_log_writer_default (level, fields, n_fields, user_data);
  if (level & G_LOG_LEVEL_CRITICAL)
    sim_fault (sim_current, "critical: %s", message);
  else if (level & G_LOG_LEVEL_WARNING)
    {
      /* Without the path, which differs from run to run. */
      const char *cause = strrchr (message, ':');

      sim_tell (sim_current, "warning%s",
                cause != NULL && strchr (cause, '/') == NULL ? cause : "");
    }
  return G_LOG_WRITER_HANDLED;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static char *
make_root (void)
{
  g_autofree char *template = g_strdup ("/dev/shm/smm-sim-XXXXXX");

  if (g_mkdtemp (template) != NULL)
    return g_steal_pointer (&template);
  return g_dir_make_tmp ("smm-sim-XXXXXX", NULL);
}

/* --- Workers --- */

static void
work (Chunk *chunk, guint worker)
{
  g_autofree char *name = g_strdup_printf ("w%u", worker);
  g_autoptr (SmmPaths) paths = smm_paths_new (name);

  for (guint32 i = 0; i < chunk->n; i++)
    {
      guint64 hash;
      g_autofree char *fault = NULL;

      chunk->at = chunk->first + i;
      fault = sim_run (chunk->at, paths, NULL, &hash, &chunk->statistics);
      chunk->hash ^= hash * (2 * (guint64)chunk->at + 1);
      if (fault == NULL)
        continue;
      if (chunk->n_faults < MAX_TOLD)
        chunk->faulty[chunk->n_faults] = chunk->at;
      chunk->n_faults++;
    }
}

static pid_t
start_worker (Chunk *chunk, guint worker)
{
  pid_t pid = fork ();

  if (pid != 0)
    return pid;
  work (chunk, worker);
  _exit (0);
}

typedef struct
{
  guint64 n_seeds;
  guint n_faults, n_crashed;
  guint64 n_kills, n_events, n_requests, hash;
  guint64 became[SMM_N_TARGET_STATES];
  guint64 published[SIM_N_FORMS], comments, removed, handed_over;
  guint32 faulty[MAX_TOLD];
} Total;

static void
add_up (Total *total, const Chunk *chunk, int status)
{
  for (guint i = 0; i < MIN (chunk->n_faults, MAX_TOLD); i++)
    if (total->n_faults + i < MAX_TOLD)
      total->faulty[total->n_faults + i] = chunk->faulty[i];
  total->n_faults += chunk->n_faults;
  total->n_seeds += chunk->n;
  total->n_kills += chunk->statistics.kills;
  total->n_events += chunk->statistics.events;
  total->n_requests += chunk->statistics.requests;
  for (guint i = 0; i < SMM_N_TARGET_STATES; i++)
    total->became[i] += chunk->statistics.became[i];
  for (guint i = 0; i < SIM_N_FORMS; i++)
    total->published[i] += chunk->statistics.published[i];
  total->comments += chunk->statistics.comments;
  total->removed += chunk->statistics.removed;
  total->handed_over += chunk->statistics.handed_over;
  total->hash ^= chunk->hash;
  if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
    return;
  g_print ("# seed %u: the program itself ended with status %d\n", chunk->at, status);
  total->n_crashed++;
}

/* Runs all, or until @enough faults were found. */
static void
run_all (guint32 first, guint32 n, guint jobs, guint enough, Total *total)
{
  Chunk *chunks = mmap (NULL, jobs * sizeof (Chunk), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t pids[MAX_JOBS] = { 0 };
  guint running = 0;
  guint32 given = 0;

  g_assert (chunks != MAP_FAILED);
  for (;;)
    {
      int status;
      pid_t pid;

      for (guint i = 0; i < jobs; i++)
        if (pids[i] == 0 && given < n && total->n_faults + total->n_crashed < enough)
          {
            chunks[i] = (Chunk){ .first = first + given,
                                 .n = MIN (enough < CHUNK ? CHUNK / 10 : CHUNK, n - given) };
            given += chunks[i].n;
            pids[i] = start_worker (&chunks[i], i);
            running++;
          }
      if (running == 0)
        break;
      pid = wait (&status);
      for (guint i = 0; i < jobs; i++)
        if (pids[i] == pid)
          {
            pids[i] = 0;
            running--;
            add_up (total, &chunks[i], status);
          }
    }
  munmap (chunks, jobs * sizeof (Chunk));
}

/* --- Stories --- */

/* A line about another target than @only has no part in what went wrong. */
static gboolean
is_about_others (const char *line, const char *only)
{
  const char *target = strstr (line, "t-p");

  return only != NULL && target != NULL && strncmp (target, only, strlen (only)) != 0;
}

static char *
tell_story (guint32 seed, SmmPaths *paths, gboolean whole)
{
  g_autoptr (GString) story = g_string_new (NULL);
  guint64 hash;
  SimStatistics statistics = { 0 };
  char *fault = sim_run (seed, paths, story, &hash, &statistics);
  const char *named = fault != NULL ? strstr (fault, "t-p") : NULL;
  g_autofree char *only = !whole && named != NULL ? g_strndup (named, strcspn (named, " ")) : NULL;
  g_auto (GStrv) lines = g_strsplit (story->str, "\n", -1);

  g_print ("# seed %u, history %016" G_GINT64_MODIFIER "x: %s\n", seed, hash,
           fault != NULL ? fault : "well");
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !is_about_others (lines[i], only))
      g_print ("#   %s\n", lines[i]);
  return fault;
}

/* --- */

static char *only_form;
static int n_seeds = 2000, first_seed = 1, story_seed = -1, n_jobs = 1, n_enough = 1 << 30;

static const GOptionEntry entries[] = {
  { "seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "How many histories", "N" },
  { "first", 0, 0, G_OPTION_ARG_INT, &first_seed, "The first seed", "SEED" },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &n_jobs, "How many at a time", "J" },
  { "form", 0, 0, G_OPTION_ARG_STRING, &only_form, "Only posts of this kind", "NAME" },
  { "story", 0, 0, G_OPTION_ARG_INT, &story_seed, "Tell what happens in one", "SEED" },
  { "until-faults", 0, 0, G_OPTION_ARG_INT, &n_enough, "Stop when so many were found", "N" },
  { "unsafe", 0, 0, G_OPTION_ARG_STRING, &sim_unsafe, "Take a safety away",
    "no-reconcile|no-comment-look|no-settle" },
  { NULL },
};

/* In processes of their own, so that nothing can be left over from the first time. */
static gboolean
check_repeats (void)
{
  Total one = { 0 }, other = { 0 };
  guint32 n = MIN (n_seeds, 20);

  run_all (first_seed, n, 1, G_MAXUINT, &one);
  run_all (first_seed, n, 1, G_MAXUINT, &other);
  return one.hash == other.hash && one.n_crashed == 0;
}

static gboolean
run_and_tell (SmmPaths *paths)
{
  gint64 began = g_get_monotonic_time ();
  Total total = { 0 };
  double seconds;

  g_print ("TAP version 13\n1..2\n");
  g_print ("%s 1 - one seed is one history\n", check_repeats () ? "ok" : "not ok");
  run_all (first_seed, n_seeds, CLAMP (n_jobs, 1, MAX_JOBS), n_enough, &total);
  seconds = (g_get_monotonic_time () - began) / 1e6;
  for (guint i = 0; i < MIN (total.n_faults, sim_unsafe == NULL ? 3 : 0); i++)
    g_free (tell_story (total.faulty[i], paths, FALSE));
  for (guint i = 3; sim_unsafe == NULL && i < MIN (total.n_faults, MAX_TOLD); i++)
    {
      guint64 hash;
      SimStatistics statistics = { 0 };
      g_autofree char *fault = sim_run (total.faulty[i], paths, NULL, &hash, &statistics);

      g_print ("# seed %u: %s\n", total.faulty[i], fault);
    }
  g_print ("# %" G_GUINT64_FORMAT
           " histories, %u faults, %.0f a second, all of them %016" G_GINT64_MODIFIER "x\n",
           total.n_seeds, total.n_faults + total.n_crashed, total.n_seeds / seconds, total.hash);
  g_print ("# %" G_GUINT64_FORMAT " events, %" G_GUINT64_FORMAT " kills, %" G_GUINT64_FORMAT
           " requests; became",
           total.n_events, total.n_kills, total.n_requests);
  for (guint i = 0; i < SMM_N_TARGET_STATES; i++)
    g_print (" %s %" G_GUINT64_FORMAT, smm_target_state_to_string (i), total.became[i]);
  g_print ("\n# published:");
  for (guint i = 0; i < SIM_N_FORMS; i++)
    g_print (" %s %" G_GUINT64_FORMAT, sim_form_names[i], total.published[i]);
  g_print ("; handed over %" G_GUINT64_FORMAT ", comments %" G_GUINT64_FORMAT
           ", removed %" G_GUINT64_FORMAT "\n",
           total.handed_over, total.comments, total.removed);
  /* With a safety taken away the run must find something, or it proves nothing. */
  if (sim_unsafe != NULL)
    {
      g_print ("%s 2 - taking away %s is noticed\n", total.n_faults > 0 ? "ok" : "not ok",
               sim_unsafe);
      return total.n_faults > 0;
    }
  g_print ("%s 2 - every history ends with one post or the truth\n",
           total.n_faults + total.n_crashed == 0 ? "ok" : "not ok");
  return total.n_faults + total.n_crashed == 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *root = NULL;
  g_autoptr (SmmPaths) paths = NULL;
  gboolean well;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  for (int i = 0; only_form != NULL && i < SIM_N_FORMS; i++)
    if (strcmp (only_form, sim_form_names[i]) == 0)
      sim_only_form = i;
  if (only_form != NULL && sim_only_form < 0)
    {
      g_printerr ("There is no kind of post “%s”\n", only_form);
      return 2;
    }
  setvbuf (stdout, NULL, _IOLBF, 0);
  /* Libraries are opened and closed without end: the memory of one is good for the next. */
  mallopt (M_TRIM_THRESHOLD, 256 * 1024 * 1024);
  mallopt (M_TOP_PAD, 16 * 1024 * 1024);
  mallopt (M_MMAP_THRESHOLD, 256 * 1024 * 1024);
  g_log_set_writer_func (write_log, NULL, NULL);
  root = make_root ();
  g_setenv ("XDG_DATA_HOME", root, TRUE);
  g_setenv ("XDG_CACHE_HOME", root, TRUE);
  g_setenv ("XDG_STATE_HOME", root, TRUE);
  paths = smm_paths_new ("main");
  sim_disk_init ();
  sim_prepare (paths);
  if (story_seed >= 0)
    {
      g_autofree char *fault = tell_story (story_seed, paths, TRUE);

      well = fault == NULL;
    }
  else
    well = run_and_tell (paths);
  remove_folder (root);
  fflush (stdout);
  /* What killed publishers had in memory would look like a leak. */
  _exit (well ? 0 : 1);
}
