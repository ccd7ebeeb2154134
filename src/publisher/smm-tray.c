/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-tray.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-open.h"
#include "smm-settings.h"
#include "smm-store-write.h"
#include "smm-tray-item-dbus.h"
#include "smm-tray-menu.h"

#define WATCHER "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"
#define ITEM_PATH "/StatusNotifierItem"
#define MENU_PATH "/com/nkonsept/Smm/TrayMenu"
#define LOOK_MS 500
#define MAX_NEXT 3
#define MAX_TITLE 40
#define AHEAD (7 * (gint64)G_TIME_SPAN_DAY)

/* Lines of the menu. */
enum
{
  LINE_OPEN = 1,
  LINE_NEW_POST,
  LINE_AFTER_OPEN,
  LINE_ATTENTION,
  LINE_PAUSE,
  LINE_PAUSE_HOUR,
  LINE_PAUSE_TOMORROW,
  LINE_RESUME,
  LINE_AFTER_NEXT,
  LINE_AFTER_PAUSE,
  LINE_QUIT,
  LINE_NEXT = 100, /* and after it: the next posts */
};

struct _SmmTray
{
  GObject parent_instance;

  GDBusConnection *bus;
  SmmLibraryLocal *library;
  SmmEngine *engine; /* borrowed */
  SmmTrayPausedFunc paused;
  gpointer user_data;
  SmmTrayStatusNotifierItem *item; /* NULL: there is no tray, or it is not wanted */
  SmmTrayMenu *menu;
  GPtrArray *next; /* char *: ids of the posts in the menu */
  guint watch_id;
  gboolean has_watcher;
  guint look_id;
};

G_DEFINE_FINAL_TYPE (SmmTray, smm_tray, G_TYPE_OBJECT)

static SmmStore *
get_store (SmmTray *self)
{
  return smm_library_get_store (SMM_LIBRARY (self->library));
}

static gboolean
is_paused (SmmTray *self)
{
  return smm_engine_get_paused_until (self->engine) >= 0;
}

/* --- What is shown --- */

/* "17:30" today, else with the day before it. */
static char *
format_time (gint64 at, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);

  if (then == NULL || today == NULL)
    return g_strdup ("");
  return g_date_time_format (then, g_date_time_get_day_of_year (then)
                                               == g_date_time_get_day_of_year (today)
                                           && at < now + G_TIME_SPAN_DAY
                                       ? "%H:%M"
                                       : "%a %H:%M");
}

static char *
list_platforms (guint platforms)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (int id = SMM_PLATFORM_FACEBOOK; id <= SMM_PLATFORM_TIKTOK; id++)
    if ((platforms >> id & 1) != 0)
      g_ptr_array_add (names, (gpointer)smm_platform_id_get_label (id));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

static char *
describe_chip (SmmChip *chip, gint64 now)
{
  g_autofree char *time = format_time (chip->due_at, now);
  g_autofree char *platforms = list_platforms (chip->platforms);
  g_autofree char *title = g_strdup (chip->title);

  if (g_utf8_strlen (title, -1) > MAX_TITLE)
    *g_utf8_offset_to_pointer (title, MAX_TITLE) = '\0';
  return *title != '\0' ? g_strdup_printf ("%s  %s  %s", time, platforms, title)
                        : g_strdup_printf ("%s  %s", time, platforms);
}

static char *
describe_attention (guint n)
{
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u post needs you", "%u posts need you", n), n);
}

/* What a person wants to know first. */
static char *
describe_state (SmmTray *self, guint attention, gint64 now)
{
  g_autoptr (SmmChip) chip = NULL;
  g_autofree char *text = NULL;

  if (attention > 0)
    return describe_attention (attention);
  if (is_paused (self))
    return g_strdup (_ ("Publishing is paused"));
  chip = smm_store_get_next_chip (get_store (self), NULL, now);
  if (chip == NULL)
    return g_strdup (_ ("Nothing is scheduled"));
  text = describe_chip (chip, now);
  /* Translators: %s is a time and a post */
  return g_strdup_printf (_ ("Next: %s"), text);
}

static void
show_state (SmmTray *self)
{
  guint attention = smm_store_count_attention (get_store (self), NULL);
  g_autofree char *text = describe_state (self, attention, g_get_real_time ());
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  const char *status = attention > 0 ? "NeedsAttention" : "Active";
  GVariant *tip = g_variant_new ("(s@a(iiay)ss)", SMM_APPLICATION_ID,
                                 g_variant_new_array (G_VARIANT_TYPE ("(iiay)"), NULL, 0),
                                 "nkonsept SMM", escaped);
  const char *before = smm_tray_status_notifier_item_get_status (self->item);
  gboolean other = g_strcmp0 (before, status) != 0;

  smm_tray_status_notifier_item_set_tool_tip (self->item, tip);
  smm_tray_status_notifier_item_emit_new_tool_tip (self->item);
  if (!other)
    return;
  smm_tray_status_notifier_item_set_status (self->item, status);
  smm_tray_status_notifier_item_emit_new_status (self->item, status);
}

/* --- The menu --- */

static void
add_next (SmmTray *self, SmmTrayMenu *menu, gint64 now)
{
  g_autoptr (GPtrArray) chips = smm_store_list_chips (get_store (self), NULL, now, now + AHEAD);

  g_ptr_array_set_size (self->next, 0);
  for (guint i = 0; i < chips->len && self->next->len < MAX_NEXT; i++)
    {
      SmmChip *chip = chips->pdata[i];
      g_autofree char *text = NULL;

      if (chip->state != SMM_TARGET_SCHEDULED)
        continue;
      text = describe_chip (chip, now);
      smm_tray_menu_add (menu, 0, LINE_NEXT + self->next->len, text);
      g_ptr_array_add (self->next, g_strdup (chip->post_id));
    }
}

static void
fill (SmmTrayMenu *menu, gpointer user_data)
{
  SmmTray *self = user_data;
  SmmStore *store = get_store (self);
  guint attention;

  smm_store_begin_read (store);
  attention = smm_store_count_attention (store, NULL);
  smm_tray_menu_begin (menu);
  add_next (self, menu, g_get_real_time ());
  if (attention > 0)
    {
      g_autofree char *text = describe_attention (attention);

      smm_tray_menu_add (menu, 0, LINE_ATTENTION, text);
    }
  if (self->next->len > 0 || attention > 0)
    smm_tray_menu_add_separator (menu, LINE_AFTER_NEXT);
  smm_tray_menu_add (menu, 0, LINE_OPEN, _ ("Open nkonsept SMM"));
  smm_tray_menu_add (menu, 0, LINE_NEW_POST, _ ("New Post"));
  smm_tray_menu_add_separator (menu, LINE_AFTER_OPEN);
  if (is_paused (self))
    smm_tray_menu_add (menu, 0, LINE_RESUME, _ ("Resume Publishing"));
  else
    {
      smm_tray_menu_add (menu, 0, LINE_PAUSE, _ ("Pause Publishing"));
      smm_tray_menu_add (menu, LINE_PAUSE, LINE_PAUSE_HOUR, _ ("For an Hour"));
      smm_tray_menu_add (menu, LINE_PAUSE, LINE_PAUSE_TOMORROW, _ ("Until Tomorrow"));
    }
  smm_tray_menu_add_separator (menu, LINE_AFTER_PAUSE);
  smm_tray_menu_add (menu, 0, LINE_QUIT, _ ("Close the Window"));
  smm_tray_menu_end (menu);
  smm_store_end_read (store);
}

static void
open_window (SmmTray *self, const char *option, const char *value)
{
  g_autoptr (GError) error = NULL;

  if (!smm_open_application (smm_store_get_paths (get_store (self)), option, value, &error))
    g_warning ("The window can't be opened: %s", error->message);
}

/* The application, if it runs; publishing goes on. */
static void
close_window (SmmTray *self)
{
  gboolean practice = smm_store_get_paths (get_store (self))->profile != NULL;
  const char *name = practice ? SMM_APPLICATION_ID ".Practice" : SMM_APPLICATION_ID;
  g_autofree char *path = g_strconcat ("/", name, NULL);

  g_strdelimit (path, ".", '/');
  g_dbus_connection_call (self->bus, name, path, "org.gtk.Actions", "Activate",
                          g_variant_new_parsed ("('quit', @av [], @a{sv} {})"), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

/* Midnight by the clock of this computer, µs UTC. */
static gint64
get_tomorrow (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) next = g_date_time_add_days (now, 1);
  g_autoptr (GDateTime) midnight
      = g_date_time_new_local (g_date_time_get_year (next), g_date_time_get_month (next),
                               g_date_time_get_day_of_month (next), 0, 0, 0);

  return g_date_time_to_unix (midnight != NULL ? midnight : next) * G_USEC_PER_SEC;
}

static void
pause_until (SmmTray *self, gint64 until)
{
  smm_engine_pause (self->engine, until);
  self->paused (self->user_data);
  smm_tray_changed (self);
}

static void
chosen (int id, gpointer user_data)
{
  SmmTray *self = user_data;

  if (id >= LINE_NEXT && id - LINE_NEXT < (int)self->next->len)
    open_window (self, "--post", self->next->pdata[id - LINE_NEXT]);
  else if (id == LINE_OPEN || id == LINE_ATTENTION)
    open_window (self, NULL, NULL);
  else if (id == LINE_NEW_POST)
    open_window (self, "--new-post", NULL);
  else if (id == LINE_PAUSE_HOUR)
    pause_until (self, g_get_real_time () + G_TIME_SPAN_HOUR);
  else if (id == LINE_PAUSE_TOMORROW)
    pause_until (self, get_tomorrow ());
  else if (id == LINE_QUIT)
    close_window (self);
  else if (id == LINE_RESUME)
    {
      smm_engine_resume (self->engine);
      self->paused (self->user_data);
      smm_tray_changed (self);
    }
}

/* --- The item --- */

static gboolean
on_activate (SmmTray *self, GDBusMethodInvocation *invocation, int x, int y)
{
  smm_tray_status_notifier_item_complete_activate (self->item, invocation);
  open_window (self, NULL, NULL);
  return TRUE;
}

static gboolean
on_secondary_activate (SmmTray *self, GDBusMethodInvocation *invocation, int x, int y)
{
  smm_tray_status_notifier_item_complete_secondary_activate (self->item, invocation);
  open_window (self, "--new-post", NULL);
  return TRUE;
}

static void
leave (SmmTray *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  if (self->item == NULL)
    return;
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->item));
  g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->menu, smm_tray_menu_free);
}

static void
make_item (SmmTray *self)
{
  self->item = smm_tray_status_notifier_item_skeleton_new ();
  smm_tray_status_notifier_item_set_category (self->item, "ApplicationStatus");
  smm_tray_status_notifier_item_set_id (self->item, "nkonsept-smm");
  smm_tray_status_notifier_item_set_title (self->item, "nkonsept SMM");
  smm_tray_status_notifier_item_set_icon_name (self->item, SMM_APPLICATION_ID "-symbolic");
  smm_tray_status_notifier_item_set_attention_icon_name (self->item, "dialog-warning-symbolic");
  smm_tray_status_notifier_item_set_overlay_icon_name (self->item, "");
  smm_tray_status_notifier_item_set_menu (self->item, MENU_PATH);
  smm_tray_status_notifier_item_set_status (self->item, "Active");
  g_object_connect (self->item, "swapped-signal::handle-activate", on_activate, self,
                    "swapped-signal::handle-secondary-activate", on_secondary_activate, self, NULL);
  self->menu = smm_tray_menu_new (fill, chosen, self);
}

static void
enter (SmmTray *self)
{
  g_autoptr (GError) error = NULL;

  if (self->item != NULL)
    return;
  make_item (self);
  show_state (self);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->item), self->bus,
                                         ITEM_PATH, &error)
      || !smm_tray_menu_export (self->menu, self->bus, MENU_PATH, &error))
    {
      g_warning ("The tray can't be used: %s", error->message);
      leave (self);
      return;
    }
  g_dbus_connection_call (self->bus, WATCHER, WATCHER_PATH, WATCHER, "RegisterStatusNotifierItem",
                          g_variant_new ("(s)", ITEM_PATH), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1, NULL, NULL, NULL);
}

static void
look (SmmTray *self)
{
  gboolean wanted = smm_settings_get_boolean (get_store (self), SMM_SETTING_TRAY);

  if (!wanted || !self->has_watcher)
    {
      leave (self);
      return;
    }
  if (self->item == NULL)
    {
      enter (self);
      return;
    }
  show_state (self);
  smm_tray_menu_changed (self->menu);
}

static gboolean
look_cb (gpointer user_data)
{
  SmmTray *self = user_data;

  self->look_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

void
smm_tray_changed (SmmTray *self)
{
  if (self->has_watcher && self->look_id == 0)
    self->look_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, LOOK_MS, look_cb, self, NULL);
}

static void
on_watcher (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  SmmTray *self = user_data;

  /* Another one than before knows nothing of the item. */
  leave (self);
  self->has_watcher = TRUE;
  look (self);
}

static void
on_no_watcher (GDBusConnection *bus, const char *name, gpointer user_data)
{
  SmmTray *self = user_data;

  self->has_watcher = FALSE;
  leave (self);
}

/* --- GObject --- */

static void
smm_tray_dispose (GObject *object)
{
  SmmTray *self = SMM_TRAY (object);

  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  self->has_watcher = FALSE;
  leave (self);
  g_clear_pointer (&self->next, g_ptr_array_unref);
  g_clear_object (&self->library);
  g_clear_object (&self->bus);
  G_OBJECT_CLASS (smm_tray_parent_class)->dispose (object);
}

static void
smm_tray_class_init (SmmTrayClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_tray_dispose;
}

static void
smm_tray_init (SmmTray *self)
{
  self->next = g_ptr_array_new_with_free_func (g_free);
}

SmmTray *
smm_tray_new (GDBusConnection *bus, SmmLibraryLocal *library, SmmEngine *engine,
              SmmTrayPausedFunc paused, gpointer user_data)
{
  SmmTray *self = g_object_new (SMM_TYPE_TRAY, NULL);

  self->bus = g_object_ref (bus);
  self->library = g_object_ref (library);
  self->engine = engine;
  self->paused = paused;
  self->user_data = user_data;
  self->watch_id = g_bus_watch_name_on_connection (bus, WATCHER, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                   on_watcher, on_no_watcher, self, NULL);
  return self;
}
