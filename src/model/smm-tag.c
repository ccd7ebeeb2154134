/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-records.h"

#include <string.h>

G_DEFINE_TYPE (SmmTag, smm_tag, G_TYPE_OBJECT)

static void
smm_tag_finalize (GObject *object)
{
  SmmTag *self = SMM_TAG (object);

  g_free (self->id);
  g_free (self->brand_id);
  g_free (self->name);
  g_free (self->color);
  g_free (self->first_day);
  g_free (self->last_day);

  G_OBJECT_CLASS (smm_tag_parent_class)->finalize (object);
}

static void
smm_tag_class_init (SmmTagClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_tag_finalize;
}

static void
smm_tag_init (SmmTag *self)
{
  self->kind = SMM_TAG_KIND_TAG;
}

SmmTag *
smm_tag_new (void)
{
  return g_object_new (SMM_TYPE_TAG, NULL);
}

/**
 * smm_tag_copy:
 * @self: a tag
 *
 * Returns: (transfer full): a new record with the same members, to be changed
 */
SmmTag *
smm_tag_copy (SmmTag *self)
{
  SmmTag *copy = smm_tag_new ();

  copy->id = g_strdup (self->id);
  copy->brand_id = g_strdup (self->brand_id);
  copy->kind = self->kind;
  copy->name = g_strdup (self->name);
  copy->color = g_strdup (self->color);
  copy->first_day = g_strdup (self->first_day);
  copy->last_day = g_strdup (self->last_day);
  copy->created_at = self->created_at;
  return copy;
}

const char *
smm_tag_kind_to_string (SmmTagKind kind)
{
  return kind == SMM_TAG_KIND_CAMPAIGN ? "campaign" : "tag";
}

gboolean
smm_tag_kind_from_string (const char *name, SmmTagKind *kind)
{
  if (g_strcmp0 (name, "tag") == 0)
    *kind = SMM_TAG_KIND_TAG;
  else if (g_strcmp0 (name, "campaign") == 0)
    *kind = SMM_TAG_KIND_CAMPAIGN;
  else
    return FALSE;
  return TRUE;
}

/**
 * smm_color_is_valid:
 * @color: (nullable): any text
 *
 * Returns: whether it is "#rrggbb" in lower case
 */
gboolean
smm_color_is_valid (const char *color)
{
  return color != NULL && color[0] == '#' && strlen (color) == 7
         && strspn (color + 1, "0123456789abcdef") == 6;
}

/**
 * smm_day_is_valid:
 * @day: (nullable): any text
 *
 * Returns: whether it is a day of the calendar like "2026-12-01"
 */
gboolean
smm_day_is_valid (const char *day)
{
  if (day == NULL || strlen (day) != 10 || strspn (day, "0123456789-") != 10 || day[4] != '-'
      || day[7] != '-')
    return FALSE;
  return g_date_valid_dmy ((GDateDay)atoi (day + 8), (GDateMonth)atoi (day + 5),
                           (GDateYear)atoi (day));
}

const char *const *
smm_tag_get_palette (void)
{
  static const char *const palette[]
      = { "#3584e4", "#2190a4", "#3a944a", "#c88800", "#ed5b00", "#e62d42",
          "#d56199", "#9141ac", "#6f8396", "#986a44", NULL };

  return palette;
}
