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

struct _SmmPlatformMarks
{
  GtkWidget parent_instance;

  GtkWidget *images[G_N_ELEMENTS (platform_order)];
  guint platforms;
};

G_DEFINE_FINAL_TYPE (SmmPlatformMarks, smm_platform_marks, GTK_TYPE_WIDGET)

static void
smm_platform_marks_dispose (GObject *object)
{
  SmmPlatformMarks *self = SMM_PLATFORM_MARKS (object);

  for (guint i = 0; i < G_N_ELEMENTS (platform_order); i++)
    g_clear_pointer (&self->images[i], gtk_widget_unparent);
  G_OBJECT_CLASS (smm_platform_marks_parent_class)->dispose (object);
}

static void
smm_platform_marks_class_init (SmmPlatformMarksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = smm_platform_marks_dispose;
  gtk_widget_class_set_css_name (widget_class, "platform-marks");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
smm_platform_marks_init (SmmPlatformMarks *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 2);
  for (guint i = 0; i < G_N_ELEMENTS (platform_order); i++)
    {
      g_autofree char *icon = g_strdup_printf ("smm-platform-%s-symbolic",
                                               smm_platform_id_to_string (platform_order[i]));
      GtkWidget *image = gtk_image_new_from_icon_name (icon);

      gtk_image_set_pixel_size (GTK_IMAGE (image), 14);
      gtk_widget_add_css_class (image, "platform-mark");
      gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
      gtk_widget_set_visible (image, FALSE);
      smm_widget_set_label (image, smm_platform_id_get_label (platform_order[i]));
      gtk_widget_set_parent (image, GTK_WIDGET (self));
      self->images[i] = image;
    }
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
  for (guint i = 0; i < G_N_ELEMENTS (platform_order); i++)
    gtk_widget_set_visible (self->images[i], (platforms & (1u << platform_order[i])) != 0);
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
