/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-platform-marks.h"

#include <glib/gi18n.h>

#include "smm-icon-paint.h"
#include "smm-state-icon.h"
#include "smm-types.h"

static const SmmPlatformId platform_order[] = {
  SMM_PLATFORM_FACEBOOK,
  SMM_PLATFORM_INSTAGRAM,
  SMM_PLATFORM_TIKTOK,
};
static const char *const platform_icons[] = {
  "smm-platform-facebook-symbolic",
  "smm-platform-instagram-symbolic",
  "smm-platform-tiktok-symbolic",
};

#define SIZE SMM_PLATFORM_MARK
#define GAP 2

struct _SmmPlatformMarks
{
  GtkWidget parent_instance;

  guint platforms;
};

G_DEFINE_FINAL_TYPE (SmmPlatformMarks, smm_platform_marks, GTK_TYPE_WIDGET)

static void
smm_platform_marks_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  guint platforms = SMM_PLATFORM_MARKS (widget)->platforms;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = smm_platform_marks_get_width (platforms);
  else
    *minimum = *natural = smm_platform_marks_get_width (platforms) > 0 ? SIZE : 0;
}

static void
smm_platform_marks_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SmmPlatformMarks *self = SMM_PLATFORM_MARKS (widget);
  int width = smm_platform_marks_get_width (self->platforms);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  smm_platform_marks_paint (widget, snapshot, self->platforms,
                            rtl ? gtk_widget_get_width (widget) - width : 0,
                            (gtk_widget_get_height (widget) - SIZE) / 2, &color);
}

static void
smm_platform_marks_class_init (SmmPlatformMarksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = smm_platform_marks_measure;
  widget_class->snapshot = smm_platform_marks_snapshot;
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
 * smm_platform_marks_get_width:
 * @platforms: bits (1 << SmmPlatformId)
 *
 * Returns: what their marks need, pixels
 */
int
smm_platform_marks_get_width (guint platforms)
{
  int n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (platform_order); i++)
    n += (platforms & (1u << platform_order[i])) != 0;
  return MAX (n * (SIZE + GAP) - GAP, 0);
}

/**
 * smm_platform_marks_paint:
 * @widget: a widget that draws itself
 * @snapshot: where
 * @platforms: bits (1 << SmmPlatformId)
 * @x: of their left edge, also where people read from the right
 * @y: of their upper edge
 * @color: theirs
 *
 * The marks alone, for widgets that are too many to have children.
 */
void
smm_platform_marks_paint (GtkWidget *widget, GtkSnapshot *snapshot, guint platforms, double x,
                          double y, const GdkRGBA *color)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (rtl)
    x += smm_platform_marks_get_width (platforms) - SIZE;
  for (guint i = 0; i < G_N_ELEMENTS (platform_order); i++)
    if (platforms & (1u << platform_order[i]))
      {
        smm_icon_paint (widget, snapshot, platform_icons[i], x, y, SIZE, color);
        x += rtl ? -SIZE - GAP : SIZE + GAP;
      }
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
