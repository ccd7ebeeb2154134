/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-color-dot.h"

#define SIZE 12

struct _SmmColorDot
{
  GtkWidget parent_instance;

  GdkRGBA color;
};

G_DEFINE_FINAL_TYPE (SmmColorDot, smm_color_dot, GTK_TYPE_WIDGET)

static void
smm_color_dot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE;
  *minimum_baseline = *natural_baseline = -1;
}

static void
smm_color_dot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int size = MIN (MIN (width, height), SIZE);
  GskRoundedRect circle;

  gsk_rounded_rect_init_from_rect (
      &circle, &GRAPHENE_RECT_INIT ((width - size) / 2.0f, (height - size) / 2.0f, size, size),
      size / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, &SMM_COLOR_DOT (widget)->color, &circle.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
smm_color_dot_class_init (SmmColorDotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = smm_color_dot_measure;
  widget_class->snapshot = smm_color_dot_snapshot;
  gtk_widget_class_set_css_name (widget_class, "colordot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
smm_color_dot_init (SmmColorDot *self)
{
}

GtkWidget *
smm_color_dot_new (const char *color)
{
  SmmColorDot *self = g_object_new (SMM_TYPE_COLOR_DOT, "valign", GTK_ALIGN_CENTER, NULL);

  smm_color_dot_set_color (self, color);
  return GTK_WIDGET (self);
}

void
smm_color_dot_set_color (SmmColorDot *self, const char *color)
{
  if (color == NULL || !gdk_rgba_parse (&self->color, color))
    self->color = (GdkRGBA){ 0 };
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
