/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-tray-menu.h"

#include <string.h>

#include "smm-tray-menu-dbus.h"

typedef struct
{
  int id, parent;
  char *label; /* NULL: a separator */
} Line;

struct _SmmTrayMenu
{
  SmmTrayDbusmenu *skeleton;
  SmmTrayFillFunc fill;
  SmmTrayChosenFunc chosen;
  gpointer user_data;
  GArray *lines; /* Line */
  guint32 revision;
  guint32 hash;
};

static void
clear_line (gpointer data)
{
  g_free (((Line *)data)->label);
}

/* --- What it says --- */

static const Line *
find_line (SmmTrayMenu *self, int id)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, Line, i).id == id)
      return &g_array_index (self->lines, Line, i);
  return NULL;
}

static gboolean
has_lines (SmmTrayMenu *self, int parent)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, Line, i).parent == parent)
      return TRUE;
  return FALSE;
}

/* Floating a{sv}; NULL @line: the menu itself. */
static GVariant *
make_properties (SmmTrayMenu *self, const Line *line)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  if (line == NULL || has_lines (self, line->id))
    g_variant_dict_insert (&dict, "children-display", "s", "submenu");
  if (line != NULL && line->label == NULL)
    g_variant_dict_insert (&dict, "type", "s", "separator");
  else if (line != NULL)
    g_variant_dict_insert (&dict, "label", "s", line->label);
  return g_variant_dict_end (&dict);
}

/* Floating (ia{sv}av). @depth: levels below it; negative: all. */
static GVariant *
make_layout (SmmTrayMenu *self, int id, int depth)
{
  GVariantBuilder lines;

  g_variant_builder_init (&lines, G_VARIANT_TYPE ("av"));
  for (guint i = 0; i < self->lines->len && depth != 0; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->parent == id)
        g_variant_builder_add (&lines, "v", make_layout (self, line->id, depth - 1));
    }
  return g_variant_new ("(i@a{sv}av)", id, make_properties (self, find_line (self, id)), &lines);
}

static gboolean
on_get_layout (SmmTrayMenu *self, GDBusMethodInvocation *invocation, int parent, int depth,
               const char *const *names)
{
  if (self->revision == 0)
    self->fill (self, self->user_data);
  if (parent != 0 && find_line (self, parent) == NULL)
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                           "There is no such line");
  else
    smm_tray_dbusmenu_complete_get_layout (self->skeleton, invocation, self->revision,
                                           make_layout (self, parent, depth));
  return TRUE;
}

static gboolean
on_get_group_properties (SmmTrayMenu *self, GDBusMethodInvocation *invocation, GVariant *ids,
                         const char *const *names)
{
  GVariantBuilder list;
  gsize n;
  const gint32 *wanted = g_variant_get_fixed_array (ids, &n, sizeof (gint32));

  g_variant_builder_init (&list, G_VARIANT_TYPE ("a(ia{sv})"));
  for (gsize i = 0; i < n; i++)
    if (find_line (self, wanted[i]) != NULL)
      g_variant_builder_add (&list, "(i@a{sv})", wanted[i],
                             make_properties (self, find_line (self, wanted[i])));
  for (guint i = 0; i < self->lines->len && n == 0; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      g_variant_builder_add (&list, "(i@a{sv})", line->id, make_properties (self, line));
    }
  smm_tray_dbusmenu_complete_get_group_properties (self->skeleton, invocation,
                                                   g_variant_builder_end (&list));
  return TRUE;
}

static gboolean
on_get_property (SmmTrayMenu *self, GDBusMethodInvocation *invocation, int id, const char *name)
{
  g_autoptr (GVariant) properties
      = g_variant_ref_sink (make_properties (self, find_line (self, id)));
  g_autoptr (GVariant) value = g_variant_lookup_value (properties, name, NULL);

  if (value == NULL)
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                           "There is no such property");
  else
    smm_tray_dbusmenu_complete_get_property (self->skeleton, invocation,
                                             g_variant_new_variant (value));
  return TRUE;
}

/* --- What is done with it --- */

/* Only what stands there now: a tray may show what was there a moment ago. */
static void
take_event (SmmTrayMenu *self, int id, const char *event)
{
  const Line *line = find_line (self, id);

  if (strcmp (event, "clicked") == 0 && line != NULL && line->label != NULL
      && !has_lines (self, id))
    self->chosen (id, self->user_data);
}

static gboolean
on_event (SmmTrayMenu *self, GDBusMethodInvocation *invocation, int id, const char *event,
          GVariant *data, guint timestamp)
{
  smm_tray_dbusmenu_complete_event (self->skeleton, invocation);
  take_event (self, id, event);
  return TRUE;
}

static gboolean
on_event_group (SmmTrayMenu *self, GDBusMethodInvocation *invocation, GVariant *events)
{
  GVariantIter iter;
  const char *event;
  int id;

  smm_tray_dbusmenu_complete_event_group (
      self->skeleton, invocation,
      g_variant_new_fixed_array (G_VARIANT_TYPE_INT32, NULL, 0, sizeof (gint32)));
  g_variant_iter_init (&iter, events);
  while (g_variant_iter_next (&iter, "(i&svu)", &id, &event, NULL, NULL))
    take_event (self, id, event);
  return TRUE;
}

/* TRUE: it is other than what was shown before. */
static gboolean
refresh (SmmTrayMenu *self)
{
  guint32 revision = self->revision;

  self->fill (self, self->user_data);
  return self->revision != revision;
}

static gboolean
on_about_to_show (SmmTrayMenu *self, GDBusMethodInvocation *invocation, int id)
{
  smm_tray_dbusmenu_complete_about_to_show (self->skeleton, invocation, refresh (self));
  return TRUE;
}

static gboolean
on_about_to_show_group (SmmTrayMenu *self, GDBusMethodInvocation *invocation, GVariant *ids)
{
  gsize n;
  const gint32 *shown = g_variant_get_fixed_array (ids, &n, sizeof (gint32));

  smm_tray_dbusmenu_complete_about_to_show_group (
      self->skeleton, invocation,
      g_variant_new_fixed_array (G_VARIANT_TYPE_INT32, shown, refresh (self) ? n : 0,
                                 sizeof (gint32)),
      g_variant_new_fixed_array (G_VARIANT_TYPE_INT32, NULL, 0, sizeof (gint32)));
  return TRUE;
}

/* --- Filling it --- */

void
smm_tray_menu_begin (SmmTrayMenu *self)
{
  g_array_set_size (self->lines, 0);
}

/* An underscore would mark the letter after it. */
void
smm_tray_menu_add (SmmTrayMenu *self, int parent, int id, const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  const Line line = { id, parent, g_strjoinv ("__", parts) };

  g_array_append_val (self->lines, line);
}

void
smm_tray_menu_add_separator (SmmTrayMenu *self, int id)
{
  const Line line = { id, 0, NULL };

  g_array_append_val (self->lines, line);
}

void
smm_tray_menu_end (SmmTrayMenu *self)
{
  g_autoptr (GVariant) layout = g_variant_ref_sink (make_layout (self, 0, -1));
  g_autofree char *text = g_variant_print (layout, FALSE);
  guint32 hash = g_str_hash (text);

  if (self->revision > 0 && hash == self->hash)
    return;
  self->hash = hash;
  self->revision++;
}

void
smm_tray_menu_changed (SmmTrayMenu *self)
{
  if (refresh (self))
    smm_tray_dbusmenu_emit_layout_updated (self->skeleton, self->revision, 0);
}

gboolean
smm_tray_menu_export (SmmTrayMenu *self, GDBusConnection *bus, const char *path, GError **error)
{
  return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), bus, path,
                                           error);
}

void
smm_tray_menu_free (SmmTrayMenu *self)
{
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_object_unref (self->skeleton);
  g_array_unref (self->lines);
  g_free (self);
}

SmmTrayMenu *
smm_tray_menu_new (SmmTrayFillFunc fill, SmmTrayChosenFunc chosen, gpointer user_data)
{
  SmmTrayMenu *self = g_new0 (SmmTrayMenu, 1);

  self->skeleton = smm_tray_dbusmenu_skeleton_new ();
  self->fill = fill;
  self->chosen = chosen;
  self->user_data = user_data;
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->lines, clear_line);
  smm_tray_dbusmenu_set_version (self->skeleton, 3);
  smm_tray_dbusmenu_set_text_direction (self->skeleton, "ltr");
  smm_tray_dbusmenu_set_status (self->skeleton, "normal");
  g_object_connect (
      self->skeleton, "swapped-signal::handle-get-layout", on_get_layout, self,
      "swapped-signal::handle-get-group-properties", on_get_group_properties, self,
      "swapped-signal::handle-get-property", on_get_property, self, "swapped-signal::handle-event",
      on_event, self, "swapped-signal::handle-event-group", on_event_group, self,
      "swapped-signal::handle-about-to-show", on_about_to_show, self,
      "swapped-signal::handle-about-to-show-group", on_about_to_show_group, self, NULL);
  return self;
}
