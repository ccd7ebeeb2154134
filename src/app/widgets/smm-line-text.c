/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-line-text.h"

struct _SmmLineText
{
  GtkWidget *widget; /* whose it is */
  char *words;
  gboolean bold;
  gboolean struck;
  PangoLayout *layout; /* NULL: to be made */
  int limit;           /* the width it is cut at; -1: none */
  int width, height;   /* of the layout */
};

/**
 * smm_line_text_new:
 * @widget: whose words they are; it outlives them
 *
 * Returns: (transfer full): no words yet; free with smm_line_text_free()
 */
SmmLineText *
smm_line_text_new (GtkWidget *widget)
{
  SmmLineText *self = g_new0 (SmmLineText, 1);

  self->widget = widget;
  self->limit = -1;
  return self;
}

void
smm_line_text_forget (SmmLineText *self)
{
  g_clear_object (&self->layout);
}

void
smm_line_text_free (SmmLineText *self)
{
  smm_line_text_forget (self);
  g_free (self->words);
  g_free (self);
}

void
smm_line_text_set_words (SmmLineText *self, const char *words)
{
  if (words != NULL && *words == '\0')
    words = NULL;
  if (g_strcmp0 (self->words, words) == 0)
    return;
  g_free (self->words);
  self->words = g_strdup (words);
  smm_line_text_forget (self);
}

const char *
smm_line_text_get_words (SmmLineText *self)
{
  return self->words;
}

void
smm_line_text_set_bold (SmmLineText *self, gboolean bold)
{
  if (self->bold != bold)
    smm_line_text_forget (self);
  self->bold = bold;
}

void
smm_line_text_set_struck (SmmLineText *self, gboolean struck)
{
  if (self->struck != struck)
    smm_line_text_forget (self);
  self->struck = struck;
}

static PangoLayout *
make_layout (SmmLineText *self)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (self->widget, self->words);
  g_autoptr (PangoAttrList) list = pango_attr_list_new ();

  /* As style.css has it for the labels of a window. */
  pango_attr_list_insert (list, pango_attr_font_features_new ("tnum"));
  if (self->bold)
    pango_attr_list_insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (self->struck)
    pango_attr_list_insert (list, pango_attr_strikethrough_new (TRUE));
  pango_layout_set_attributes (layout, list);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

/* To lay words out takes most of the time of what draws them: nothing is done twice. */
static void
lay_out (SmmLineText *self, int limit)
{
  if (self->layout != NULL && self->limit == limit)
    return;
  if (self->layout == NULL)
    self->layout = make_layout (self);
  self->limit = limit;
  pango_layout_set_width (self->layout, limit >= 0 ? limit * PANGO_SCALE : -1);
  pango_layout_get_size (self->layout, &self->width, &self->height);
  self->width = PANGO_PIXELS_CEIL (self->width);
  self->height = PANGO_PIXELS_CEIL (self->height);
}

int
smm_line_text_get_width (SmmLineText *self)
{
  if (self->words == NULL)
    return 0;
  lay_out (self, -1);
  return self->width;
}

int
smm_line_text_get_height (SmmLineText *self)
{
  if (self->words == NULL)
    return 0;
  /* The same, however much of it there is. */
  lay_out (self, self->limit);
  return self->height;
}

void
smm_line_text_cut (SmmLineText *self, int width)
{
  lay_out (self, width);
}

/**
 * smm_line_text_draw:
 * @self: words
 * @snapshot: of the widget
 * @x: left edge of its room, pixels
 * @y: upper edge
 * @width: of its room
 * @color: of the letters
 */
void
smm_line_text_draw (SmmLineText *self, GtkSnapshot *snapshot, double x, double y, int width,
                    const GdkRGBA *color)
{
  PangoRectangle extents;

  lay_out (self, self->limit);
  pango_layout_get_pixel_extents (self->layout, NULL, &extents);
  x -= extents.x;
  if (gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL)
    x += width - extents.width;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, self->layout, color);
  gtk_snapshot_restore (snapshot);
}
