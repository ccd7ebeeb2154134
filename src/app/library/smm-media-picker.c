/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-picker.h"

#include <glib/gi18n.h>

#include "smm-media-grid.h"
#include "smm-state-icon.h"

struct _SmmMediaPicker
{
  AdwWindow parent_instance;

  GtkWidget *add;
  GtkWidget *search;
  GtkStack *stack;
  AdwBin *grid_place;
  GtkWidget *grid;

  SmmLibrary *library;
};

enum
{
  TAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMediaPicker, smm_media_picker, ADW_TYPE_WINDOW)

static void
update_button (SmmMediaPicker *self)
{
  guint n = smm_media_grid_get_n_chosen (SMM_MEDIA_GRID (self->grid));
  g_autofree char *label = n > 1 ? g_strdup_printf (g_dngettext (NULL, "_Add %u", "_Add %u", n), n)
                                 : g_strdup (_ ("_Add"));

  gtk_button_set_label (GTK_BUTTON (self->add), label);
  gtk_widget_set_sensitive (self->add, n > 0);
}

static void
reload (SmmMediaPicker *self)
{
  g_autofree char *words
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  SmmMediaFilter filter = { .search = words };
  guint n = smm_media_grid_show (SMM_MEDIA_GRID (self->grid), &filter);

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "grid" : "empty");
  update_button (self);
}

static void
on_search_changed (GtkSearchEntry *entry, SmmMediaPicker *self)
{
  reload (self);
}

/* The search keeps Escape to itself: the first one empties it. */
static void
on_stop_search (GtkSearchEntry *entry, SmmMediaPicker *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* Down from the search are the pictures. */
static gboolean
on_search_key (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state,
               SmmMediaPicker *self)
{
  if (keyval != GDK_KEY_Down)
    return FALSE;
  smm_media_grid_focus (SMM_MEDIA_GRID (self->grid));
  return TRUE;
}

static void
on_add (GtkButton *button, SmmMediaPicker *self)
{
  g_autoptr (GPtrArray) chosen = smm_media_grid_list_chosen (SMM_MEDIA_GRID (self->grid));

  if (chosen->len > 0)
    g_signal_emit (self, signals[TAKEN], 0, chosen);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_activated (SmmMediaGrid *grid, SmmMediaPicker *self)
{
  on_add (NULL, self);
}

static void
on_chosen (SmmMediaGrid *grid, SmmMediaPicker *self)
{
  update_button (self);
}

static void
smm_media_picker_dispose (GObject *object)
{
  g_clear_object (&SMM_MEDIA_PICKER (object)->library);
  G_OBJECT_CLASS (smm_media_picker_parent_class)->dispose (object);
}

static void
smm_media_picker_class_init (SmmMediaPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_media_picker_dispose;
  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/library/smm-media-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPicker, add);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPicker, search);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPicker, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaPicker, grid_place);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
smm_media_picker_init (SmmMediaPicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_search_key), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->search, keys);
}

/**
 * smm_media_picker_new:
 * @parent: the window beside which it is
 * @library: whose media
 *
 * Returns: (transfer none): the window, which destroys itself when it is closed
 */
GtkWidget *
smm_media_picker_new (GtkWindow *parent, SmmLibrary *library)
{
  SmmMediaPicker *self = g_object_new (SMM_TYPE_MEDIA_PICKER, "transient-for", parent, NULL);
  int width, height;

  /* Not wider than what it stands before: that is as wide as a phone, maybe. */
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (width, gtk_widget_get_width (GTK_WIDGET (parent))),
                               MIN (height, gtk_widget_get_height (GTK_WIDGET (parent))));
  self->library = g_object_ref (library);
  self->grid = smm_media_grid_new (library);
  adw_bin_set_child (self->grid_place, self->grid);
  g_signal_connect (self->grid, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect (self->grid, "activated", G_CALLBACK (on_activated), self);
  reload (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->search);
  return GTK_WIDGET (self);
}
