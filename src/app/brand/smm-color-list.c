/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-color-list.h"

#include <glib/gi18n.h>

#include "smm-brand.h"
#include "smm-state-icon.h"

#define SWATCH 22
#define NONE -1

struct _SmmColorList
{
  AdwActionRow parent_instance;

  GtkWidget *swatches, *add;

  GPtrArray *colors; /* char *, "#rrggbb" */
  int changing;      /* which one the chooser is open for; NONE: one more */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmColorList, smm_color_list, ADW_TYPE_ACTION_ROW)

static char *
format_color (const GdkRGBA *color)
{
  return g_strdup_printf ("#%02x%02x%02x", (guint)(color->red * 255 + 0.5),
                          (guint)(color->green * 255 + 0.5), (guint)(color->blue * 255 + 0.5));
}

/* --- The swatches --- */

static void
draw_swatch (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  const GdkRGBA *color = user_data;

  gdk_cairo_set_source_rgba (cr, color);
  cairo_arc (cr, width / 2.0, height / 2.0, MIN (width, height) / 2.0 - 1, 0, 2 * G_PI);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, 0.5, 0.5, 0.5, 0.6);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
append_item (GMenu *menu, const char *label, const char *action, int i)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "i", i);
  g_menu_append_item (menu, item);
}

static GMenuModel *
create_menu (SmmColorList *self, int i)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) items = g_menu_new ();

  append_item (items, _ ("_Change…"), "colors.change", i);
  if (i > 0)
    append_item (items, _ ("Move _Forward"), "colors.earlier", i);
  if (i < (int)self->colors->len - 1)
    append_item (items, _ ("Move _Back"), "colors.later", i);
  append_item (items, _ ("_Remove"), "colors.remove", i);
  g_menu_append_section (menu, self->colors->pdata[i], G_MENU_MODEL (items));
  return G_MENU_MODEL (menu);
}

static gboolean on_key (GtkEventControllerKey *controller, guint keyval, guint keycode,
                        GdkModifierType state, SmmColorList *self);

static GtkWidget *
create_swatch (SmmColorList *self, int i)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *area = gtk_drawing_area_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autoptr (GMenuModel) menu = create_menu (self, i);
  /* Translators: #1c71d8, which one it is, and how many there are */
  g_autofree char *label = g_strdup_printf (
      _ ("Color %s, %d of %u"), (char *)self->colors->pdata[i], i + 1, self->colors->len);
  GdkRGBA color = { 0 };

  gdk_rgba_parse (&color, self->colors->pdata[i]);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SWATCH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SWATCH);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_swatch, gdk_rgba_copy (&color),
                                  (GDestroyNotify)gdk_rgba_free);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), area);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  smm_widget_set_label (button, label);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (button, keys);
  return button;
}

/* @focus: the swatch that gets the keyboard; NONE: none. */
static void
show_colors (SmmColorList *self, int focus)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->swatches)) != NULL)
    gtk_box_remove (GTK_BOX (self->swatches), child);
  for (int i = 0; i < (int)self->colors->len; i++)
    {
      child = create_swatch (self, i);
      gtk_box_append (GTK_BOX (self->swatches), child);
      if (i == focus)
        gtk_widget_grab_focus (child);
    }
  gtk_widget_set_sensitive (self->add, self->colors->len < SMM_BRAND_MAX_COLORS);
}

static void
change (SmmColorList *self, int focus)
{
  show_colors (self, focus);
  if (focus == NONE)
    gtk_widget_grab_focus (self->add);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- What is done --- */

static void
on_response (GtkDialog *dialog, int response, SmmColorList *self)
{
  GdkRGBA color;
  int i = self->changing;

  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (dialog), &color);
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (response != GTK_RESPONSE_OK || self->colors->len > SMM_BRAND_MAX_COLORS)
    return;
  if (i == NONE)
    {
      i = self->colors->len;
      g_ptr_array_add (self->colors, format_color (&color));
    }
  else if (i < (int)self->colors->len)
    {
      g_free (self->colors->pdata[i]);
      self->colors->pdata[i] = format_color (&color);
    }
  change (self, i);
}

/* The chooser takes "#rrggbb" as well, behind "+" of its palette. */
static void
choose (SmmColorList *self, int i)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = gtk_color_chooser_dialog_new (
      i == NONE ? _ ("Add a Color") : _ ("Change the Color"), GTK_WINDOW (root));
  GdkRGBA color;

  self->changing = i;
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_color_chooser_set_use_alpha (GTK_COLOR_CHOOSER (dialog), FALSE);
  if (i != NONE && gdk_rgba_parse (&color, self->colors->pdata[i]))
    gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (dialog), &color);
  g_object_set (dialog, "show-editor", i != NONE, NULL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_add (SmmColorList *self)
{
  choose (self, NONE);
}

static void
remove_color (SmmColorList *self, int i)
{
  g_ptr_array_remove_index (self->colors, i);
  change (self, MIN (i, (int)self->colors->len - 1));
}

static void
move_color (SmmColorList *self, int i, int to)
{
  if (to < 0 || to >= (int)self->colors->len)
    return;
  g_ptr_array_insert (self->colors, to, g_ptr_array_steal_index (self->colors, i));
  change (self, to);
}

static void
run_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmColorList *self = SMM_COLOR_LIST (widget);
  int i = g_variant_get_int32 (parameter);

  if (i < 0 || i >= (int)self->colors->len)
    return;
  if (g_str_equal (name, "colors.change"))
    choose (self, i);
  else if (g_str_equal (name, "colors.remove"))
    remove_color (self, i);
  else
    move_color (self, i, g_str_equal (name, "colors.earlier") ? i - 1 : i + 1);
}

static int
find_swatch (SmmColorList *self, GtkWidget *button)
{
  GtkWidget *child = gtk_widget_get_first_child (self->swatches);

  for (int i = 0; child != NULL; i++, child = gtk_widget_get_next_sibling (child))
    if (child == button)
      return i;
  return NONE;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
        SmmColorList *self)
{
  GtkWidget *button = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  gboolean mirrored = gtk_widget_get_direction (button) == GTK_TEXT_DIR_RTL;
  int i = find_swatch (self, button);

  if (i == NONE)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete)
    remove_color (self, i);
  else if ((state & GDK_ALT_MASK) != 0 && keyval == GDK_KEY_Left)
    move_color (self, i, mirrored ? i + 1 : i - 1);
  else if ((state & GDK_ALT_MASK) != 0 && keyval == GDK_KEY_Right)
    move_color (self, i, mirrored ? i - 1 : i + 1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* --- GObject --- */

static void
smm_color_list_finalize (GObject *object)
{
  g_ptr_array_unref (SMM_COLOR_LIST (object)->colors);
  G_OBJECT_CLASS (smm_color_list_parent_class)->finalize (object);
}

static void
smm_color_list_class_init (SmmColorListClass *klass)
{
  static const char *const actions[]
      = { "colors.change", "colors.earlier", "colors.later", "colors.remove" };

  G_OBJECT_CLASS (klass)->finalize = smm_color_list_finalize;
  signals[CHANGED] = g_signal_new ("changed", SMM_TYPE_COLOR_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), actions[i], "i", run_action);
}

static void
smm_color_list_init (SmmColorList *self)
{
  self->colors = g_ptr_array_new_with_free_func (g_free);
  self->swatches = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->add = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_set_valign (self->swatches, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_add_css_class (self->add, "circular");
  gtk_widget_set_tooltip_text (self->add, _ ("Add a Color"));
  smm_widget_set_label (self->add, _ ("Add a Color"));
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->swatches);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->add);
}

/**
 * smm_color_list_dup_text:
 * @self: the list
 *
 * Returns: (transfer full): "#rrggbb #rrggbb"; "": none
 */
char *
smm_color_list_dup_text (SmmColorList *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (SMM_IS_COLOR_LIST (self), g_string_free (text, FALSE));

  for (guint i = 0; i < self->colors->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (char *)self->colors->pdata[i]);
  return g_string_free (text, FALSE);
}

/**
 * smm_color_list_set_text:
 * @self: the list
 * @text: (nullable): colours, of which those are taken that can be read
 */
void
smm_color_list_set_text (SmmColorList *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);
  GdkRGBA color;

  g_return_if_fail (SMM_IS_COLOR_LIST (self));

  g_ptr_array_set_size (self->colors, 0);
  for (guint i = 0; words[i] != NULL && self->colors->len < SMM_BRAND_MAX_COLORS; i++)
    if (*words[i] == '#' && gdk_rgba_parse (&color, words[i]))
      g_ptr_array_add (self->colors, format_color (&color));
  show_colors (self, NONE);
}
