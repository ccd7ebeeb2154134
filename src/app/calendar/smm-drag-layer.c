/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-drag-layer.h"

#include <glib/gi18n.h>

#include "smm-state-icon.h"

/* From the pointer to the label: clear of the pointer and of the time on a day's ruler. */
#define LABEL_X 28
#define LABEL_Y 20
#define MARGIN 6

struct _SmmDragLayer
{
  GtkWidget parent_instance;

  GtkWidget *ghost; /* SmmChipView; only while something is carried */
  GtkWidget *badge;
  GtkWidget *label; /* GtkBox: icon, text, detail */
  GtkWidget *icon;
  GtkWidget *text;
  GtkWidget *detail;
  GtkWidget *band;

  graphene_rect_t band_area;
  double x, y, grip_x, grip_y;
  int ghost_width;
};

G_DEFINE_FINAL_TYPE (SmmDragLayer, smm_drag_layer, GTK_TYPE_WIDGET)

static void
smm_drag_layer_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
}

static void
put (GtkWidget *child, double x, double y, int width, int height)
{
  gtk_widget_allocate (child, width, height, -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y)));
}

static void
get_size (GtkWidget *child, int *width, int *height)
{
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, width, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, height, NULL, NULL);
}

static void
allocate_label (SmmDragLayer *self, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int label_width, label_height, below = LABEL_Y;
  double x, y;

  get_size (self->label, &label_width, &label_height);
  if (self->ghost != NULL)
    below = MAX (below, gtk_widget_get_height (self->ghost) - self->grip_y + 8);
  x = rtl ? self->x - LABEL_X - label_width : self->x + LABEL_X;
  y = self->y + below;
  /* Never under the edge, where nobody could read it. */
  if (y + label_height + MARGIN > height)
    y = self->y - label_height - 12 - (self->ghost != NULL ? self->grip_y : 0);
  x = CLAMP (x, MARGIN, MAX (MARGIN, width - label_width - MARGIN));
  y = CLAMP (y, MARGIN, MAX (MARGIN, height - label_height - MARGIN));
  put (self->label, x, y, label_width, label_height);
}

static void
smm_drag_layer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmDragLayer *self = SMM_DRAG_LAYER (widget);

  if (self->ghost != NULL)
    {
      int ghost_height, badge_width, badge_height;
      double x = self->x - self->grip_x, y = self->y - self->grip_y;

      gtk_widget_measure (self->ghost, GTK_ORIENTATION_VERTICAL, -1, NULL, &ghost_height, NULL,
                          NULL);
      put (self->ghost, x, y, self->ghost_width, ghost_height);
      get_size (self->badge, &badge_width, &badge_height);
      put (self->badge, x + self->ghost_width - badge_width / 2.0, y - badge_height / 2.0,
           badge_width, badge_height);
    }
  if (gtk_widget_get_visible (self->label))
    allocate_label (self, width, height);
  if (gtk_widget_get_visible (self->band))
    put (self->band, self->band_area.origin.x, self->band_area.origin.y,
         MAX (self->band_area.size.width, 1), MAX (self->band_area.size.height, 1));
}

static void
smm_drag_layer_dispose (GObject *object)
{
  SmmDragLayer *self = SMM_DRAG_LAYER (object);

  g_clear_pointer (&self->ghost, gtk_widget_unparent);
  g_clear_pointer (&self->badge, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->band, gtk_widget_unparent);
  G_OBJECT_CLASS (smm_drag_layer_parent_class)->dispose (object);
}

static void
smm_drag_layer_class_init (SmmDragLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_drag_layer_dispose;
  widget_class->measure = smm_drag_layer_measure;
  widget_class->size_allocate = smm_drag_layer_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "draglayer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
smm_drag_layer_init (SmmDragLayer *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_set_can_target (widget, FALSE);
  gtk_widget_set_can_focus (widget, FALSE);
  smm_widget_set_label (widget, _ ("Being moved"));

  self->band = g_object_new (GTK_TYPE_BOX, "css-name", "rubberband", "visible", FALSE, NULL);
  gtk_widget_set_parent (self->band, widget);
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "drag-count");
  gtk_widget_set_visible (self->badge, FALSE);
  gtk_widget_set_parent (self->badge, widget);

  self->label = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->label, "drag-label");
  gtk_widget_set_visible (self->label, FALSE);
  self->icon = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 14);
  gtk_box_append (GTK_BOX (self->label), self->icon);
  self->text = gtk_label_new (NULL);
  gtk_box_append (GTK_BOX (self->label), self->text);
  self->detail = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->detail, "detail");
  gtk_box_append (GTK_BOX (self->label), self->detail);
  gtk_widget_set_parent (self->label, widget);
}

GtkWidget *
smm_drag_layer_new (void)
{
  return g_object_new (SMM_TYPE_DRAG_LAYER, NULL);
}

void
smm_drag_layer_carry (SmmDragLayer *self, SmmChip *chip, GTimeZone *zone, SmmChipShape shape,
                      int width, double grip_x, double grip_y, guint n)
{
  g_autofree char *count = g_strdup_printf ("%u", n);

  if (self->ghost != NULL && smm_chip_view_get_shape (SMM_CHIP_VIEW (self->ghost)) != shape)
    g_clear_pointer (&self->ghost, gtk_widget_unparent);
  if (self->ghost == NULL)
    {
      self->ghost = smm_chip_view_new (shape);
      gtk_widget_add_css_class (self->ghost, "dragging");
      gtk_widget_insert_after (self->ghost, GTK_WIDGET (self), self->band);
    }
  smm_chip_view_set_chip (SMM_CHIP_VIEW (self->ghost), chip, zone);
  self->ghost_width = width;
  self->grip_x = grip_x;
  self->grip_y = grip_y;
  gtk_label_set_label (GTK_LABEL (self->badge), count);
  gtk_widget_set_visible (self->badge, n > 1);
}

void
smm_drag_layer_move (SmmDragLayer *self, double x, double y)
{
  self->x = x;
  self->y = y;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
smm_drag_layer_tell (SmmDragLayer *self, const char *text, const char *detail, gboolean refused)
{
  gtk_widget_set_visible (self->label, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (self->text), text);
  gtk_label_set_label (GTK_LABEL (self->detail), detail != NULL ? detail : "");
  gtk_widget_set_visible (self->detail, detail != NULL);
  smm_state_image_set (GTK_IMAGE (self->icon), refused ? SMM_TARGET_FAILED : SMM_TARGET_SCHEDULED);
  if (refused)
    gtk_widget_add_css_class (self->label, "refused");
  else
    gtk_widget_remove_css_class (self->label, "refused");
}

void
smm_drag_layer_set_band (SmmDragLayer *self, const graphene_rect_t *band)
{
  gtk_widget_set_visible (self->band, band != NULL);
  if (band != NULL)
    self->band_area = *band;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
smm_drag_layer_clear (SmmDragLayer *self)
{
  g_clear_pointer (&self->ghost, gtk_widget_unparent);
  gtk_widget_set_visible (self->badge, FALSE);
  gtk_widget_set_visible (self->label, FALSE);
  gtk_widget_set_visible (self->band, FALSE);
}
