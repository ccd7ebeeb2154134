/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-platform-marks.h"

#include <glib/gi18n.h>

#include "smm-state-icon.h"
#include "smm-types.h"

static const SmmPlatformId platform_order[] = {
  SMM_PLATFORM_FACEBOOK,
  SMM_PLATFORM_INSTAGRAM,
  SMM_PLATFORM_TIKTOK,
};

#define SIZE 14
#define GAP 2

struct _SmmPlatformMarks
{
  GtkWidget parent_instance;

  GtkIconPaintable *icons[G_N_ELEMENTS (platform_order)]; /* of the scale and direction below */
  int scale;
  GtkTextDirection direction;
  guint platforms;
};

G_DEFINE_FINAL_TYPE (SmmPlatformMarks, smm_platform_marks, GTK_TYPE_WIDGET)

static gboolean
has (SmmPlatformMarks *self, guint i)
{
  return (self->platforms & (1u << platform_order[i])) != 0;
}

static void
smm_platform_marks_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  SmmPlatformMarks *self = SMM_PLATFORM_MARKS (widget);
  int n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (platform_order); i++)
    n += has (self, i);
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MAX (n * (SIZE + GAP) - GAP, 0);
  else
    *minimum = *natural = n > 0 ? SIZE : 0;
}

static void
forget_icons (SmmPlatformMarks *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (platform_order); i++)
    g_clear_object (&self->icons[i]);
}

static void
find_icon (SmmPlatformMarks *self, guint i)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autofree char *name
      = g_strdup_printf ("smm-platform-%s-symbolic", smm_platform_id_to_string (platform_order[i]));

  self->icons[i]
      = gtk_icon_theme_lookup_icon (theme, name, NULL, SIZE, self->scale, self->direction, 0);
}

static void
smm_platform_marks_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SmmPlatformMarks *self = SMM_PLATFORM_MARKS (widget);
  GtkTextDirection direction = gtk_widget_get_direction (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  double x = direction == GTK_TEXT_DIR_RTL ? gtk_widget_get_width (widget) - SIZE : 0;
  double y = (gtk_widget_get_height (widget) - SIZE) / 2;
  GdkRGBA color;

  if (self->scale != scale || self->direction != direction)
    forget_icons (self);
  self->scale = scale;
  self->direction = direction;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (guint i = 0; i < G_N_ELEMENTS (platform_order); i++)
    {
      if (!has (self, i))
        continue;
      if (self->icons[i] == NULL)
        find_icon (self, i);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
      gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->icons[i]), snapshot,
                                                SIZE, SIZE, &color, 1);
      gtk_snapshot_restore (snapshot);
      x += direction == GTK_TEXT_DIR_RTL ? -SIZE - GAP : SIZE + GAP;
    }
}

static void
smm_platform_marks_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  if (setting == GTK_SYSTEM_SETTING_ICON_THEME)
    forget_icons (SMM_PLATFORM_MARKS (widget));
  GTK_WIDGET_CLASS (smm_platform_marks_parent_class)->system_setting_changed (widget, setting);
}

static void
smm_platform_marks_dispose (GObject *object)
{
  forget_icons (SMM_PLATFORM_MARKS (object));
  G_OBJECT_CLASS (smm_platform_marks_parent_class)->dispose (object);
}

static void
smm_platform_marks_class_init (SmmPlatformMarksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = smm_platform_marks_dispose;
  widget_class->measure = smm_platform_marks_measure;
  widget_class->snapshot = smm_platform_marks_snapshot;
  widget_class->system_setting_changed = smm_platform_marks_system_setting_changed;
  gtk_widget_class_set_css_name (widget_class, "platform-marks");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
smm_platform_marks_init (SmmPlatformMarks *self)
{
}

/**
 * smm_platform_marks_new:
 *
 * Returns: (transfer full): marks of no platform yet
 */
GtkWidget *
smm_platform_marks_new (void)
{
  return g_object_new (SMM_TYPE_PLATFORM_MARKS, NULL);
}

/**
 * smm_platform_marks_set:
 * @self: marks
 * @platforms: bits (1 << SmmPlatformId)
 */
void
smm_platform_marks_set (SmmPlatformMarks *self, guint platforms)
{
  g_autofree char *text = NULL;

  g_return_if_fail (SMM_IS_PLATFORM_MARKS (self));

  if (self->platforms == platforms)
    return;
  self->platforms = platforms;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  text = smm_platforms_to_text (platforms);
  smm_widget_set_label (GTK_WIDGET (self), text);
}

/**
 * smm_platforms_to_text:
 * @platforms: bits (1 << SmmPlatformId)
 *
 * Returns: (transfer full): the names, ready for a sentence; "" for an empty set
 */
char *
smm_platforms_to_text (guint platforms)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (platform_order); i++)
    if (platforms & (1u << platform_order[i]))
      g_ptr_array_add (names, (gpointer)smm_platform_id_get_label (platform_order[i]));
  switch (names->len)
    {
    case 0:
      return g_strdup ("");
    case 1:
      return g_strdup (names->pdata[0]);
    case 2:
      /* Translators: two names of platforms */
      return g_strdup_printf (_ ("%s and %s"), (char *)names->pdata[0], (char *)names->pdata[1]);
    default:
      /* Translators: three names of platforms */
      return g_strdup_printf (_ ("%s, %s and %s"), (char *)names->pdata[0], (char *)names->pdata[1],
                              (char *)names->pdata[2]);
    }
}
