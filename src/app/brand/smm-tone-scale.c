/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-tone-scale.h"

#include <glib/gi18n.h>
#include <math.h>

#include "smm-state-icon.h"

#define STEP 5
#define PAGE 25
/* From here on a word is chosen. */
#define HEARD 10

struct _SmmToneScale
{
  GtkBox parent_instance;

  GtkWidget *low_label;
  GtkWidget *high_label;
  GtkWidget *scale;
  GtkWidget *fill;

  char *low;
  char *high;
};

enum
{
  PROP_LOW = 1,
  PROP_HIGH,
  PROP_VALUE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SmmToneScale, smm_tone_scale, GTK_TYPE_BOX)

static void
set_bold (GtkWidget *label, gboolean bold)
{
  if (bold)
    {
      gtk_widget_add_css_class (label, "heading");
      gtk_widget_remove_css_class (label, "dim-label");
    }
  else
    {
      gtk_widget_remove_css_class (label, "heading");
      gtk_widget_add_css_class (label, "dim-label");
    }
}

static void
describe (SmmToneScale *self)
{
  int value = smm_tone_scale_get_value (self);
  const char *word = value <= -HEARD ? self->low : value >= HEARD ? self->high : _ ("in between");
  g_autofree char *text = NULL;

  set_bold (self->low_label, value <= -HEARD);
  set_bold (self->high_label, value >= HEARD);
  /* Translators: the value of a slider for people who can't see: "Relaxed, 40" */
  text = g_strdup_printf (_ ("%s, %d"), word, ABS (value));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
}

static void
on_value_changed (GtkRange *range, SmmToneScale *self)
{
  describe (self);
  gtk_widget_queue_draw (self->fill);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
}

/* From the middle to the slider; the toolkit's own goes from one end. */
static void
draw_fill (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  SmmToneScale *self = user_data;
  gboolean rtl = gtk_widget_get_direction (self->scale) == GTK_TEXT_DIR_RTL;
  double value = gtk_range_get_value (GTK_RANGE (self->scale)) * (rtl ? -1 : 1);
  double middle = width / 2.0, x = middle + value / 100 * middle;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_rectangle (cr, MIN (middle, x), height / 2.0 - 2, fabs (x - middle), 4);
  cairo_fill (cr);
  cairo_rectangle (cr, middle - 0.5, height / 2.0 - 6, 1, 12);
  cairo_fill (cr);
}

static void
set_words (SmmToneScale *self)
{
  g_autofree char *name = NULL;

  if (self->low == NULL || self->high == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (self->low_label), self->low);
  gtk_label_set_label (GTK_LABEL (self->high_label), self->high);
  /* Translators: the name of a slider: "Formal to Relaxed" */
  name = g_strdup_printf (_ ("%s to %s"), self->low, self->high);
  smm_widget_set_label (self->scale, name);
  describe (self);
}

static void
smm_tone_scale_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SmmToneScale *self = SMM_TONE_SCALE (object);

  switch (id)
    {
    case PROP_LOW:
      g_value_set_string (value, self->low);
      break;
    case PROP_HIGH:
      g_value_set_string (value, self->high);
      break;
    case PROP_VALUE:
      g_value_set_int (value, smm_tone_scale_get_value (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
smm_tone_scale_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SmmToneScale *self = SMM_TONE_SCALE (object);

  switch (id)
    {
    case PROP_LOW:
      g_free (self->low);
      self->low = g_value_dup_string (value);
      set_words (self);
      break;
    case PROP_HIGH:
      g_free (self->high);
      self->high = g_value_dup_string (value);
      set_words (self);
      break;
    case PROP_VALUE:
      smm_tone_scale_set_value (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
smm_tone_scale_finalize (GObject *object)
{
  SmmToneScale *self = SMM_TONE_SCALE (object);

  g_free (self->low);
  g_free (self->high);
  G_OBJECT_CLASS (smm_tone_scale_parent_class)->finalize (object);
}

static void
smm_tone_scale_class_init (SmmToneScaleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = smm_tone_scale_get_property;
  object_class->set_property = smm_tone_scale_set_property;
  object_class->finalize = smm_tone_scale_finalize;
  props[PROP_LOW]
      = g_param_spec_string ("low", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_HIGH]
      = g_param_spec_string ("high", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_VALUE] = g_param_spec_int ("value", NULL, NULL, -100, 100, 0,
                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

/* A wheel turns the page it lies on, and not the tone that happens to be under the pointer. */
static void
ignore_wheel (GtkWidget *scale)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scale);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
smm_tone_scale_init (SmmToneScale *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *overlay = gtk_overlay_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "tone-scale");
  self->low_label = gtk_label_new (NULL);
  self->high_label = gtk_label_new (NULL);
  gtk_widget_set_hexpand (self->high_label, TRUE);
  gtk_widget_set_halign (self->high_label, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (words), self->low_label);
  gtk_box_append (GTK_BOX (words), self->high_label);
  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, -100, 100, STEP);
  gtk_range_set_increments (GTK_RANGE (self->scale), STEP, PAGE);
  gtk_scale_set_has_origin (GTK_SCALE (self->scale), FALSE);
  gtk_range_set_value (GTK_RANGE (self->scale), 0);
  ignore_wheel (self->scale);
  self->fill = gtk_drawing_area_new ();
  gtk_widget_add_css_class (self->fill, "tone-fill");
  gtk_widget_set_can_target (self->fill, FALSE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->fill), draw_fill, self, NULL);
  /* The slider lies on the fill. */
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->fill);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->scale);
  gtk_overlay_set_measure_overlay (GTK_OVERLAY (overlay), self->scale, TRUE);
  gtk_box_append (GTK_BOX (self), words);
  gtk_box_append (GTK_BOX (self), overlay);
  g_signal_connect (self->scale, "value-changed", G_CALLBACK (on_value_changed), self);
}

int
smm_tone_scale_get_value (SmmToneScale *self)
{
  return (int)lround (gtk_range_get_value (GTK_RANGE (self->scale)));
}

void
smm_tone_scale_set_value (SmmToneScale *self, int value)
{
  gtk_range_set_value (GTK_RANGE (self->scale), value);
}
