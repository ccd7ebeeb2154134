/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times of the day by 12 and by 24 hours: as the desktop has it, and else the country. */

#include "config.h"

#include "smm-clock.h"

#include <locale.h>

#define SCHEMA "org.gnome.desktop.interface"
#define NBSP "\u00a0"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    int minute;
  } times[] = {
    { "09:30", 570 },      { "9:30", 570 },     { " 9:30 ", 570 },
    { "00:00", 0 },        { "23:59", 1439 },   { "24:00", -1 },
    { "9:60", -1 },        { "9", -1 },         { "", -1 },
    { "noon", -1 },        { "-9:30", -1 },     { "9:30:00", -1 },
    { "9:30 am", 570 },    { "9:30 PM", 1290 }, { "9:30pm", 1290 },
    { "9:30 p.m.", 1290 }, { "12:00 AM", 0 },   { "12:30 am", 30 },
    { "12:30 PM", 750 },   { "9 PM", 1260 },    { "5:30" NBSP "PM", 1050 },
    { "PM 5:30", 1050 },   { "13:00 PM", -1 },  { "0:30 AM", -1 },
    { "9:30 xm", -1 },     { "9:30 \xff", -1 }, { "123:45", -1 },
    { "am", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    g_assert_cmpint (smm_clock_parse (times[i].text), ==, times[i].minute);
}

static void
assert_told (int minute, const char *wanted)
{
  g_autofree char *told = smm_clock_format (minute);

  g_assert_cmpstr (told, ==, wanted);
  g_assert_cmpint (smm_clock_parse (told), ==, minute);
  g_assert_cmpint (g_utf8_strlen (told, -1), <=, smm_clock_get_width ());
}

static void
count (SmmClock *clock, guint *n)
{
  (*n)++;
}

static void
test_desktop (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autofree char *hour = NULL;
  g_autofree char *adapted = NULL;
  guint n = 0;
  gulong watch;

  if (schema == NULL)
    {
      g_test_skip ("the schemas of the desktop are not installed");
      return;
    }
  settings = g_settings_new_full (schema, NULL, NULL);
  g_assert_false (smm_clock_has_12_hours (smm_clock_get_default ()));
  assert_told (0, "00:00");
  assert_told (17 * 60 + 30, "17:30");
  watch = g_signal_connect (smm_clock_get_default (), "changed", G_CALLBACK (count), &n);
  g_settings_set_string (settings, "clock-format", "12h");
  g_assert_cmpuint (n, ==, 1);
  assert_told (0, "12:00" NBSP "AM");
  assert_told (9 * 60 + 5, "9:05" NBSP "AM");
  assert_told (12 * 60, "12:00" NBSP "PM");
  assert_told (17 * 60 + 30, "5:30" NBSP "PM");
  hour = smm_clock_format_hour (17);
  g_assert_cmpstr (hour, ==, "5" NBSP "PM");
  adapted = smm_clock_adapt ("today %H:%M, %H:%M:%S");
  g_assert_cmpstr (adapted, ==, "today %-I:%M" NBSP "%p, %-I:%M:%S" NBSP "%p");
  g_settings_set_string (settings, "clock-format", "24h");
  g_assert_cmpuint (n, ==, 2);
  assert_told (17 * 60 + 30, "17:30");
  g_signal_handler_disconnect (smm_clock_get_default (), watch);
}

static gboolean
run (const char *const *command)
{
  int status;

  return g_spawn_sync (NULL, (char **)command, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL
                           | G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL)
         && g_spawn_check_wait_status (status, NULL);
}

/* Warnings of localedef are no failure. */
static gboolean
make_locale (const char *folder, const char *country, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const char *const make[]
      = { "localedef", "--no-archive", "-i", country, "-f", "UTF-8", path, NULL };

  run (make);
  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

/* In another process: a clock asks once. */
static void
test_country (void)
{
  static const char *const countries[] = { "en_US", "de_DE" };
  const char *locale = g_getenv ("LC_ALL");
  g_autofree char *folder = NULL;
  gboolean passed = TRUE;

  if (g_test_subprocess ())
    {
      g_unsetenv ("XDG_CURRENT_DESKTOP");
      if (setlocale (LC_ALL, "") == NULL)
        g_error ("%s can't be set", locale);
      assert_told (17 * 60 + 30, g_str_has_prefix (locale, "en_US") ? "5:30" NBSP "PM" : "17:30");
      return;
    }
  folder = g_dir_make_tmp ("smm-clock-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_setenv ("LOCPATH", folder, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (countries) && passed; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.UTF-8", countries[i]);

      if (!make_locale (folder, countries[i], name))
        {
          g_test_skip ("localedef can't make a locale");
          break;
        }
      g_setenv ("LC_ALL", name, TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      passed = g_test_trap_has_passed ();
    }
  /* First of all: a test that fails leaves nothing behind either. */
  g_assert_true (run ((const char *const[]){ "rm", "-r", "--", folder, NULL }));
  g_assert_true (passed);
}

int
main (int argc, char **argv)
{
  /* Nobody's own settings, by whatever way this is run. */
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/parse", test_parse);
  g_test_add_func ("/clock/desktop", test_desktop);
  g_test_add_func ("/clock/country", test_country);
  return g_test_run ();
}
