/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-wrap.h"

enum
{
  PROP_SPACING = 1
};

struct _SmmWrap
{
  GtkWidget parent_instance;

  int spacing;
  gboolean at_end; /* lines stand at the end of the width */
};

G_DEFINE_FINAL_TYPE (SmmWrap, smm_wrap, GTK_TYPE_WIDGET)

static int
get_width (GtkWidget *child, int available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, available));
}

static void
place (GtkWidget *child, int x, int y, int width, int height, int whole)
{
  GtkAllocation at = { x, y, width, height };

  if (gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL)
    at.x = whole - x - width;
  gtk_widget_size_allocate (child, &at, -1);
}

/* Returns the height of all lines; places the children when asked to. */
static int
lay_out (SmmWrap *self, int width, gboolean allocate)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  int y = 0;

  while (child != NULL)
    {
      GtkWidget *first = child;
      int x = 0, height = 0;

      for (; child != NULL; child = gtk_widget_get_next_sibling (child))
        {
          int natural, wide;

          if (!gtk_widget_should_layout (child))
            continue;
          wide = get_width (child, width);
          if (x > 0 && x + wide > width)
            break;
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, wide, NULL, &natural, NULL, NULL);
          height = MAX (height, natural);
          x += wide + self->spacing;
        }
      x = self->at_end ? MAX (0, width - (x - self->spacing)) : 0;
      for (GtkWidget *each = first; allocate && each != child;
           each = gtk_widget_get_next_sibling (each))
        if (gtk_widget_should_layout (each))
          {
            int wide = get_width (each, width);

            place (each, x, y, wide, height, width);
            x += wide + self->spacing;
          }
      if (height > 0)
        y += height + self->spacing;
    }
  return MAX (0, y - self->spacing);
}

static GtkSizeRequestMode
smm_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
smm_wrap_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                  int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmWrap *self = SMM_WRAP (widget);
  int least = 0, all = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int min, nat;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min, &nat, NULL, NULL);
      least = MAX (least, min);
      all += nat + (all > 0 ? self->spacing : 0);
    }
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = all;
    }
  else
    *minimum = *natural = lay_out (self, for_size >= 0 ? for_size : all, FALSE);
}

static void
smm_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (SMM_WRAP (widget), width, TRUE);
}

static void
smm_wrap_dispose (GObject *object)
{
  smm_wrap_clear (SMM_WRAP (object));
  G_OBJECT_CLASS (smm_wrap_parent_class)->dispose (object);
}

static void
smm_wrap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SMM_WRAP (object)->spacing = g_value_get_int (value);
}

static void
smm_wrap_class_init (SmmWrapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = smm_wrap_dispose;
  object_class->set_property = smm_wrap_set_property;
  g_object_class_install_property (
      object_class, PROP_SPACING,
      g_param_spec_int ("spacing", NULL, NULL, 0, 1000, 0,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
  widget_class->get_request_mode = smm_wrap_get_request_mode;
  widget_class->measure = smm_wrap_measure;
  widget_class->size_allocate = smm_wrap_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
smm_wrap_init (SmmWrap *self)
{
}

/**
 * smm_wrap_new:
 * @spacing: pixels between children and between lines
 *
 * Returns: (transfer full): an empty box
 */
GtkWidget *
smm_wrap_new (int spacing)
{
  return g_object_new (SMM_TYPE_WRAP, "spacing", spacing, NULL);
}

/**
 * smm_wrap_set_at_end:
 * @self: a box
 * @at_end: whether its lines stand at the end of the width, not at its start
 */
void
smm_wrap_set_at_end (SmmWrap *self, gboolean at_end)
{
  g_return_if_fail (SMM_IS_WRAP (self));

  self->at_end = at_end;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * smm_wrap_append:
 * @self: a box
 * @child: (transfer none): goes to the end
 */
void
smm_wrap_append (SmmWrap *self, GtkWidget *child)
{
  g_return_if_fail (SMM_IS_WRAP (self));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * smm_wrap_clear:
 * @self: a box
 *
 * Takes every child out.
 */
void
smm_wrap_clear (SmmWrap *self)
{
  GtkWidget *child;

  g_return_if_fail (SMM_IS_WRAP (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
