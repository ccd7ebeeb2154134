/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-clock.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>

#define SCHEMA "org.gnome.desktop.interface"
#define KEY "clock-format"
#define NOON (12 * 60)

struct _SmmClock
{
  GObject parent_instance;

  GSettings *settings; /* NULL: the desktop has none, or the portal is to be asked */
  gboolean has_12_hours;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmClock, smm_clock, G_TYPE_OBJECT)

/* --- Who decides --- */

/* The country: its times have %p or an hour of 12 in them. */
static gboolean
has_locale_12_hours (void)
{
  const char *pattern = nl_langinfo (T_FMT);

  return strstr (pattern, "%r") != NULL || strstr (pattern, "%p") != NULL
         || strstr (pattern, "%I") != NULL || strstr (pattern, "%l") != NULL;
}

static void
take (SmmClock *self, gboolean has_12_hours)
{
  if (self->has_12_hours == has_12_hours)
    return;
  self->has_12_hours = has_12_hours;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The schema alone says nothing: other desktops have it installed, too, and set their clocks
 * elsewhere. */
static gboolean
is_desktops_own (SmmClock *self)
{
  g_autoptr (GVariant) chosen = g_settings_get_user_value (self->settings, KEY);
  const char *desktop = g_getenv ("XDG_CURRENT_DESKTOP");

  return chosen != NULL || (desktop != NULL && strstr (desktop, "GNOME") != NULL);
}

static gboolean
read_settings (SmmClock *self)
{
  g_autofree char *format = NULL;

  if (self->settings == NULL || !is_desktops_own (self))
    return has_locale_12_hours ();
  format = g_settings_get_string (self->settings, KEY);
  return g_str_equal (format, "12h");
}

static void
on_setting_changed (GSettings *settings, const char *key, SmmClock *self)
{
  take (self, read_settings (self));
}

/* --- In a sandbox, the desktop's settings are behind a portal --- */

static void
take_portal (SmmClock *self, GVariant *value)
{
  g_autoptr (GVariant) inner = g_variant_ref (value);

  while (g_variant_is_of_type (inner, G_VARIANT_TYPE_VARIANT))
    {
      g_autoptr (GVariant) outer = g_steal_pointer (&inner);

      inner = g_variant_get_variant (outer);
    }
  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_STRING))
    take (self, g_str_equal (g_variant_get_string (inner, NULL), "12h"));
}

static void
on_portal_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmClock) self = user_data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) value = reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;

  if (value != NULL)
    take_portal (self, value);
}

static void
on_portal_changed (GDBusConnection *bus, const char *sender, const char *path,
                   const char *interface, const char *signal, GVariant *parameters,
                   gpointer user_data)
{
  const char *schema, *key;
  g_autoptr (GVariant) value = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (parameters, "(&s&sv)", &schema, &key, &value);
  if (g_str_equal (schema, SCHEMA) && g_str_equal (key, KEY))
    take_portal (user_data, value);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static const char *const name = "org.freedesktop.portal.Desktop";
  static const char *const path = "/org/freedesktop/portal/desktop";
  static const char *const interface = "org.freedesktop.portal.Settings";
  SmmClock *self = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL)
    return;
  g_dbus_connection_signal_subscribe (bus, name, interface, "SettingChanged", path, SCHEMA,
                                      G_DBUS_SIGNAL_FLAGS_NONE, on_portal_changed, self, NULL);
  g_dbus_connection_call (bus, name, path, interface, "Read", g_variant_new ("(ss)", SCHEMA, KEY),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_portal_read,
                          g_object_ref (self));
}

/* --- The object --- */

static void
smm_clock_class_init (SmmClockClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", SMM_TYPE_CLOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
smm_clock_init (SmmClock *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, self);
  else if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  if (schema != NULL && g_settings_schema_has_key (schema, KEY))
    {
      self->settings = g_settings_new_full (schema, NULL, NULL);
      g_signal_connect (self->settings, "changed::" KEY, G_CALLBACK (on_setting_changed), self);
    }
  self->has_12_hours = read_settings (self);
}

/**
 * smm_clock_get_default:
 *
 * Returns: (transfer none): the program's only one, which lives as long as the program
 */
SmmClock *
smm_clock_get_default (void)
{
  static SmmClock *clock;

  if (clock == NULL)
    clock = g_object_new (SMM_TYPE_CLOCK, NULL);
  return clock;
}

gboolean
smm_clock_has_12_hours (SmmClock *self)
{
  g_return_val_if_fail (SMM_IS_CLOCK (self), FALSE);

  return self->has_12_hours;
}

/* --- Writing and reading --- */

/**
 * smm_clock_adapt:
 * @pattern: for g_date_time_format(), with %H:%M or %H:%M:%S where a time is told
 *
 * Returns: (transfer full): the same, by 12 hours where times are told so
 */
char *
smm_clock_adapt (const char *pattern)
{
  g_autoptr (GString) adapted = NULL;

  if (!smm_clock_has_12_hours (smm_clock_get_default ()) || strstr (pattern, "%H:%M") == NULL)
    return g_strdup (pattern);
  adapted = g_string_new (pattern);
  g_string_replace (adapted, "%H:%M:%S",
                    /* Translators: a time with seconds by 12 hours, with a no-break space */
                    _ ("%-I:%M:%S %p"), 0);
  g_string_replace (adapted, "%H:%M",
                    /* Translators: a time by 12 hours, with a no-break space: 5:30 PM */
                    _ ("%-I:%M %p"), 0);
  return g_string_free (g_steal_pointer (&adapted), FALSE);
}

/**
 * smm_clock_print:
 * @minute: of a day, 0–1439
 * @pattern: for g_date_time_format(), taken as it is
 *
 * Returns: (transfer full): the time of the day as text
 */
char *
smm_clock_print (int minute, const char *pattern)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2024, 1, 1, minute / 60, minute % 60, 0);

  return g_date_time_format (time, pattern);
}

/**
 * smm_clock_format:
 * @minute: of a day, 0–1439
 *
 * Returns: (transfer full): the time
 */
char *
smm_clock_format (int minute)
{
  g_autofree char *pattern = smm_clock_adapt ("%H:%M");

  return smm_clock_print (minute, pattern);
}

/**
 * smm_clock_format_hour:
 * @hour: 0–23
 *
 * Returns: (transfer full): the hour, as short as it is clear
 */
char *
smm_clock_format_hour (int hour)
{
  if (!smm_clock_has_12_hours (smm_clock_get_default ()))
    return g_strdup_printf ("%d:00", hour);
  /* Translators: an hour by 12 hours, with a no-break space: 5 PM */
  return smm_clock_print (hour * 60, _ ("%-I %p"));
}

/**
 * smm_clock_get_width:
 *
 * Returns: as many characters as the longest time has
 */
int
smm_clock_get_width (void)
{
  g_autofree char *noon = smm_clock_format (NOON);

  return g_utf8_strlen (noon, -1);
}

/* The half of the day that @word names, in minutes; -1: it names none. */
static int
parse_half (const char *word)
{
  static const char *const english[] = { "am", "a.m.", "a", "pm", "p.m.", "p" };
  g_autofree char *folded = g_utf8_casefold (word, -1);

  for (guint i = 0; i < G_N_ELEMENTS (english); i++)
    if (g_str_equal (folded, english[i]))
      return i < 3 ? 0 : NOON;
  for (int half = 0; half <= NOON; half += NOON)
    {
      g_autofree char *told = smm_clock_print (half, "%p");
      g_autofree char *same = g_utf8_casefold (told, -1);

      if (*same != '\0' && g_str_equal (folded, same))
        return half;
    }
  return -1;
}

/**
 * smm_clock_parse:
 * @text: what somebody wrote as a time of the day, by 24 hours or by 12
 *
 * Returns: the minute of the day; -1 when it is no time
 */
int
smm_clock_parse (const char *text)
{
  g_autofree char *plain = g_utf8_make_valid (text, -1);
  g_autoptr (GString) word = g_string_new (NULL);
  g_autoptr (GString) digits = g_string_new (NULL);
  int hour, minute = 0, half;
  char rest;

  /* "PM 5:30" is said, too. */
  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_ascii_isdigit (*p) || *p == ':')
        g_string_append_c (digits, *p);
      else if (!g_unichar_isspace (c))
        g_string_append_unichar (word, c);
    }
  half = word->len > 0 ? parse_half (word->str) : -1;
  if (word->len > 0 && half < 0)
    return -1;
  if (sscanf (digits->str, "%2d:%2d%c", &hour, &minute, &rest) != 2
      && (half < 0 || sscanf (digits->str, "%2d%c", &hour, &rest) != 1))
    return -1;
  if (minute > 59 || hour > 23 || (half >= 0 && (hour < 1 || hour > 12)))
    return -1;
  return (half >= 0 ? hour % 12 * 60 + half : hour * 60) + minute;
}
