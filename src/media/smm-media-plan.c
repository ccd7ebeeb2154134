/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where things come to stand when a picture is cropped or padded. */

#include "config.h"

#include "smm-media-plan.h"

#include <math.h>
#include <string.h>

#define MIN_RATIO 0.01
#define MAX_RATIO 100.0
#define MAX_SIDE 16384

static gboolean
parse_word (SmmEditRequest *request, const char *key, const char *value)
{
  char *end = NULL;
  double number = g_ascii_strtod (value, &end);

  if (*value == '\0' || *end != '\0' || !isfinite (number) || number < 0 || number > 1e15)
    return FALSE;
  if (strcmp (key, "ratio") == 0)
    request->ratio = number;
  else if (strcmp (key, "x") == 0)
    request->x = number;
  else if (strcmp (key, "y") == 0)
    request->y = number;
  else if (strcmp (key, "width") == 0)
    request->width = number;
  else if (strcmp (key, "height") == 0)
    request->height = number;
  else if (strcmp (key, "blur") == 0)
    request->blur = number > 0;
  else if (strcmp (key, "from") == 0)
    request->from = (gint64)number;
  else if (strcmp (key, "to") == 0)
    request->to = (gint64)number;
  else if (strcmp (key, "max-width") == 0)
    request->max_width = (int)MIN (number, MAX_SIDE);
  else if (strcmp (key, "max-frame-rate") == 0)
    request->max_frame_rate = number;
  else if (strcmp (key, "max-bit-rate") == 0)
    request->max_bit_rate = (gint64)number;
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_possible (const SmmEditRequest *request)
{
  gboolean has_part = request->width > 0 || request->height > 0;

  if (request->ratio != 0 && (request->ratio < MIN_RATIO || request->ratio > MAX_RATIO))
    return FALSE;
  if (request->kind != SMM_EDIT_TRANSCODE && request->ratio == 0
      && !(request->kind == SMM_EDIT_CROP && has_part))
    return FALSE;
  if (has_part
      && (request->width <= 0 || request->height <= 0 || request->x + request->width > 1.0001
          || request->y + request->height > 1.0001))
    return FALSE;
  return request->to == 0 || request->to > request->from;
}

/**
 * smm_edit_parse:
 * @request: (out caller-allocates): what is wanted
 * @words: the kind and then key=value, ended by %NULL
 *
 * Returns: %FALSE when it is not understood or can't be
 */
gboolean
smm_edit_parse (SmmEditRequest *request, const char *const *words)
{
  static const char *const kinds[] = { "crop", "pad", "transcode", NULL };

  *request = (SmmEditRequest){ 0 };
  if (words[0] == NULL || !g_strv_contains (kinds, words[0]))
    return FALSE;
  request->kind = words[0][0] == 'c'   ? SMM_EDIT_CROP
                  : words[0][0] == 'p' ? SMM_EDIT_PAD
                                       : SMM_EDIT_TRANSCODE;
  for (words++; *words != NULL; words++)
    {
      const char *equals = strchr (*words, '=');
      g_autofree char *key = equals != NULL ? g_strndup (*words, equals - *words) : NULL;

      if (key == NULL || !parse_word (request, key, equals + 1))
        return FALSE;
    }
  return is_possible (request);
}

/* Platforms refuse what is beyond a ratio, by one pixel too: rounding goes towards the square. */
static int
round_side (double value, gboolean up, gboolean even)
{
  double step = even ? 2 : 1;

  return (int)(up ? ceil (value / step - 1e-6) * step : floor (value / step + 1e-6) * step);
}

static int
height_for (int width, double ratio, gboolean even)
{
  return round_side (width / ratio, ratio > 1, even);
}

static int
width_for (int height, double ratio, gboolean even)
{
  return round_side (height * ratio, ratio < 1, even);
}

static void
crop_part (const SmmEditRequest *request, int width, int height, gboolean even, SmmEditPlan *plan)
{
  if (request->width > 0)
    {
      plan->x = round_side (request->x * width, FALSE, even);
      plan->y = round_side (request->y * height, FALSE, even);
      plan->width = MIN (round_side (request->width * width, FALSE, even), width - plan->x);
      plan->height = MIN (round_side (request->height * height, FALSE, even), height - plan->y);
      return;
    }
  plan->width = round_side (width, FALSE, even);
  plan->height = height_for (plan->width, request->ratio, even);
  if (plan->height > height)
    {
      plan->height = round_side (height, FALSE, even);
      plan->width = MIN (width_for (plan->height, request->ratio, even), plan->width);
    }
  plan->x = round_side ((width - plan->width) / 2.0, FALSE, even);
  plan->y = round_side ((height - plan->height) / 2.0, FALSE, even);
}

/* The result is @ratio; the part stands in its middle, as large as it can be. */
static void
place (SmmEditPlan *plan, int out_width, int out_height, gboolean even)
{
  double scale = MIN ((double)out_width / plan->width, (double)out_height / plan->height);

  plan->out_width = out_width;
  plan->out_height = out_height;
  plan->dest_width = CLAMP (round_side (plan->width * scale + 0.5, FALSE, even), 1, out_width);
  plan->dest_height = CLAMP (round_side (plan->height * scale + 0.5, FALSE, even), 1, out_height);
  /* What misses by a pixel would show as a line. */
  if (out_width - plan->dest_width <= 2)
    plan->dest_width = out_width;
  if (out_height - plan->dest_height <= 2)
    plan->dest_height = out_height;
  plan->dest_x = round_side ((out_width - plan->dest_width) / 2.0, FALSE, even);
  plan->dest_y = round_side ((out_height - plan->dest_height) / 2.0, FALSE, even);
}

gboolean
smm_edit_plan (const SmmEditRequest *request, int width, int height, gboolean even,
               SmmEditPlan *plan)
{
  double ratio = request->ratio;
  int out_width, out_height;

  *plan = (SmmEditPlan){ 0, 0, width, height };
  if (request->kind == SMM_EDIT_CROP)
    {
      crop_part (request, width, height, even, plan);
      if (request->width > 0)
        ratio = (double)plan->width / MAX (plan->height, 1);
    }
  else if (request->kind == SMM_EDIT_TRANSCODE)
    ratio = (double)width / height;
  if (plan->width < 2 || plan->height < 2)
    return FALSE;
  out_width = round_side (plan->width, FALSE, even);
  out_height = round_side (plan->height, FALSE, even);
  if (request->kind == SMM_EDIT_PAD)
    {
      if (out_width > out_height * ratio)
        out_height = height_for (out_width, ratio, even);
      else
        out_width = width_for (out_height, ratio, even);
    }
  if (request->max_width > 1 && out_width > request->max_width)
    {
      out_width = round_side (request->max_width, FALSE, even);
      out_height = height_for (out_width, ratio, even);
    }
  if (out_width < 2 || out_height < 2 || out_width > MAX_SIDE || out_height > MAX_SIDE)
    return FALSE;
  place (plan, out_width, out_height, even);
  return TRUE;
}
