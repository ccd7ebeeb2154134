/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-split.h"

#include <glib/gi18n.h>

#include "smm-state-icon.h"
#include "smm-text-scale.h"

#define NARROW_BELOW 700
#define SIDEBAR_WIDTH 208
#define SIDEBAR_OVER_WIDTH 260
#define MIN_WIDTH 360

struct _SmmSplit
{
  GtkWidget parent_instance;

  GtkWidget *sidebar;
  GtkWidget *content;
  GtkWidget *shade; /* between the two when the sidebar lies over the content */

  gboolean narrow;
  gboolean show_sidebar;
};

enum
{
  PROP_0,
  PROP_SIDEBAR,
  PROP_CONTENT,
  PROP_NARROW,
  PROP_SHOW_SIDEBAR,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SmmSplit, smm_split, GTK_TYPE_WIDGET)

/* As wide as its texts need, and never more than a quarter of the window. */
static int
sidebar_width_of (SmmSplit *self, int width)
{
  double wanted = SIDEBAR_WIDTH * smm_text_scale (GTK_WIDGET (self));

  return CLAMP (wanted, SIDEBAR_WIDTH, MAX (width / 4, SIDEBAR_WIDTH));
}

static void
update_children (SmmSplit *self)
{
  gboolean over = self->narrow && self->show_sidebar;

  if (self->sidebar != NULL)
    {
      gtk_widget_set_child_visible (self->sidebar, !self->narrow || over);
      if (self->narrow)
        gtk_widget_add_css_class (self->sidebar, "over");
      else
        gtk_widget_remove_css_class (self->sidebar, "over");
    }
  gtk_widget_set_child_visible (self->shade, over);
  if (self->content != NULL)
    gtk_widget_set_can_target (self->content, !over);
}

static void
smm_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                   int *natural, int *minimum_baseline, int *natural_baseline)
{
  SmmSplit *self = SMM_SPLIT (widget);
  int min = 0, nat = 0;

  *minimum_baseline = *natural_baseline = -1;
  if (self->content != NULL)
    gtk_widget_measure (self->content, orientation, -1, &min, &nat, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* What the content asks for in its wide form is no limit: it folds below that. */
      *minimum = MIN_WIDTH;
      *natural = MAX (nat + SIDEBAR_WIDTH, MIN_WIDTH);
      return;
    }
  if (self->sidebar != NULL)
    {
      int sidebar_min, sidebar_nat;

      gtk_widget_measure (self->sidebar, orientation, -1, &sidebar_min, &sidebar_nat, NULL, NULL);
      min = MAX (min, sidebar_min);
      nat = MAX (nat, sidebar_nat);
    }
  *minimum = min;
  *natural = MAX (min, nat);
}

static void
allocate_at (SmmSplit *self, GtkWidget *child, int x, int width, int height)
{
  int total = gtk_widget_get_width (GTK_WIDGET (self));
  GskTransform *transform;

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = total - x - width;
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, 0));
  gtk_widget_allocate (child, width, height, -1, transform);
}

static void
smm_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SmmSplit *self = SMM_SPLIT (widget);
  gboolean narrow = width < NARROW_BELOW;
  int sidebar = sidebar_width_of (self, width);

  if (narrow != self->narrow)
    {
      self->narrow = narrow;
      self->show_sidebar = FALSE;
      update_children (self);
      /* Listeners hide what the narrow form has no room for, before it is allocated below. */
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_SIDEBAR]);
    }
  if (self->content != NULL)
    {
      int min = 0, space = narrow ? width : width - sidebar;

      gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, &min, NULL, NULL, NULL);
      allocate_at (self, self->content, narrow ? 0 : sidebar, MAX (space, min), height);
    }
  if (gtk_widget_get_child_visible (self->shade))
    allocate_at (self, self->shade, 0, width, height);
  if (self->sidebar != NULL && gtk_widget_get_child_visible (self->sidebar))
    allocate_at (self, self->sidebar, 0, narrow ? SIDEBAR_OVER_WIDTH : sidebar, height);
}

static void
on_shade_pressed (GtkGestureClick *gesture, int n_press, double x, double y, SmmSplit *self)
{
  smm_split_set_show_sidebar (self, FALSE);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, SmmSplit *self)
{
  if (keyval != GDK_KEY_Escape || !self->narrow || !self->show_sidebar)
    return GDK_EVENT_PROPAGATE;
  smm_split_set_show_sidebar (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
set_child (SmmSplit *self, GtkWidget **place, GtkWidget *child)
{
  if (*place == child)
    return;
  g_clear_pointer (place, gtk_widget_unparent);
  *place = child;
  if (child != NULL)
    {
      /* Drawing order is child order: content, shade, sidebar. */
      if (place == &self->content)
        gtk_widget_insert_before (child, GTK_WIDGET (self), self->shade);
      else
        gtk_widget_insert_after (child, GTK_WIDGET (self), self->shade);
    }
  update_children (self);
}

static void
smm_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SmmSplit *self = SMM_SPLIT (object);

  switch (id)
    {
    case PROP_SIDEBAR:
      g_value_set_object (value, self->sidebar);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_SHOW_SIDEBAR:
      g_value_set_boolean (value, self->show_sidebar);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
smm_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SmmSplit *self = SMM_SPLIT (object);

  switch (id)
    {
    case PROP_SIDEBAR:
      set_child (self, &self->sidebar, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      set_child (self, &self->content, g_value_get_object (value));
      break;
    case PROP_SHOW_SIDEBAR:
      smm_split_set_show_sidebar (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
smm_split_dispose (GObject *object)
{
  SmmSplit *self = SMM_SPLIT (object);

  g_clear_pointer (&self->sidebar, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->shade, gtk_widget_unparent);
  G_OBJECT_CLASS (smm_split_parent_class)->dispose (object);
}

static void
smm_split_class_init (SmmSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = smm_split_get_property;
  object_class->set_property = smm_split_set_property;
  object_class->dispose = smm_split_dispose;
  widget_class->measure = smm_split_measure;
  widget_class->size_allocate = smm_split_size_allocate;

  props[PROP_SIDEBAR] = g_param_spec_object ("sidebar", NULL, NULL, GTK_TYPE_WIDGET,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_SIDEBAR]
      = g_param_spec_boolean ("show-sidebar", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "split");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
smm_split_init (SmmSplit *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  smm_widget_set_label (GTK_WIDGET (self), _ ("Main view"));
  self->shade = g_object_new (GTK_TYPE_BOX, "css-classes", (const char *[]){ "shade", NULL }, NULL);
  smm_widget_set_label (self->shade, _ ("Close the sidebar"));
  gtk_widget_set_parent (self->shade, GTK_WIDGET (self));
  g_signal_connect (click, "pressed", G_CALLBACK (on_shade_pressed), self);
  gtk_widget_add_controller (self->shade, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  update_children (self);
}

/**
 * smm_split_new:
 *
 * Returns: (transfer full): an empty split
 */
GtkWidget *
smm_split_new (void)
{
  return g_object_new (SMM_TYPE_SPLIT, NULL);
}

/**
 * smm_split_get_narrow:
 * @self: a split
 *
 * Returns: %TRUE while there is no room for the sidebar beside the content
 */
gboolean
smm_split_get_narrow (SmmSplit *self)
{
  g_return_val_if_fail (SMM_IS_SPLIT (self), FALSE);

  return self->narrow;
}

/**
 * smm_split_get_show_sidebar:
 * @self: a split
 *
 * Returns: %TRUE when the sidebar lies over the content
 */
gboolean
smm_split_get_show_sidebar (SmmSplit *self)
{
  g_return_val_if_fail (SMM_IS_SPLIT (self), FALSE);

  return self->show_sidebar;
}

/**
 * smm_split_set_show_sidebar:
 * @self: a split
 * @show: whether a folded sidebar is shown over the content
 */
void
smm_split_set_show_sidebar (SmmSplit *self, gboolean show)
{
  g_return_if_fail (SMM_IS_SPLIT (self));

  show = show && self->narrow;
  if (self->show_sidebar == show)
    return;
  self->show_sidebar = show;
  update_children (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (show && self->sidebar != NULL)
    gtk_widget_child_focus (self->sidebar, GTK_DIR_TAB_FORWARD);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOW_SIDEBAR]);
}
