/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-records.h"

/* SmmSeries */

G_DEFINE_TYPE (SmmSeries, smm_series, G_TYPE_OBJECT)

static void
smm_series_finalize (GObject *object)
{
  SmmSeries *self = SMM_SERIES (object);

  g_free (self->id);
  g_free (self->brand_id);
  g_free (self->rule);
  g_free (self->time);
  g_free (self->zone);
  g_clear_pointer (&self->content, g_variant_unref);
  g_free (self->cursor_day);

  G_OBJECT_CLASS (smm_series_parent_class)->finalize (object);
}

static void
smm_series_class_init (SmmSeriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_series_finalize;
}

static void
smm_series_init (SmmSeries *self)
{
}

SmmSeries *
smm_series_new (void)
{
  return g_object_new (SMM_TYPE_SERIES, NULL);
}

/* SmmOccurrence */

G_DEFINE_TYPE (SmmOccurrence, smm_occurrence, G_TYPE_OBJECT)

static void
smm_occurrence_finalize (GObject *object)
{
  SmmOccurrence *self = SMM_OCCURRENCE (object);

  g_free (self->series_id);
  g_free (self->day);
  g_free (self->post_id);
  g_free (self->digest);

  G_OBJECT_CLASS (smm_occurrence_parent_class)->finalize (object);
}

static void
smm_occurrence_class_init (SmmOccurrenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_occurrence_finalize;
}

static void
smm_occurrence_init (SmmOccurrence *self)
{
}

SmmOccurrence *
smm_occurrence_new (void)
{
  return g_object_new (SMM_TYPE_OCCURRENCE, NULL);
}
