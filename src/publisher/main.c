/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-locale.h"
#include "smm-publisher.h"

#include <glib/gi18n.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define HEAP_SLACK (2 * 1024 * 1024)

/* Tokens pass through this process: no core file, and nobody else's debugger. */
static void
protect_memory (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* A post takes some memory and gives it back; without this the heap's end would go back to the
 * system and be asked for again with each of them, which costs more than the post. */
static void
keep_heap (void)
{
  mallopt (M_TRIM_THRESHOLD, HEAP_SLACK);
  mallopt (M_TOP_PAD, HEAP_SLACK / 4);
}

int
main (int argc, char **argv)
{
  SmmPublisherOptions options = { 0 };
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "until-idle", 0, 0, G_OPTION_ARG_NONE, &options.until_idle,
      N_ ("Publish what is due, then exit"), NULL },
    { "practice", 0, 0, G_OPTION_ARG_NONE, &options.practice,
      N_ ("Use the library of Practice mode"), NULL },
    { "in-flight", 0, 0, G_OPTION_ARG_INT, &options.max_in_flight,
      N_ ("How many posts are sent at the same time"), N_ ("N") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Print the version"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (SmmPublisher) publisher = NULL;
  g_autoptr (GError) error = NULL;

  smm_locale_init ();
  umask (077);
  keep_heap ();
  protect_memory ();
  g_option_context_set_summary (context, _ ("Publishes the posts of nkonsept SMM at their time."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (version)
    {
      g_print ("nkonsept-smm-publisher %s\n", SMM_VERSION);
      return 0;
    }
  publisher = smm_publisher_new (&options, &error);
  if (publisher == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return smm_publisher_run (publisher);
}
