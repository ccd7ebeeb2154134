/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-brand-page.h"
#include "smm-brand-reader.h"
#include "smm-brand-samples.h"
#include "smm-brand.h"
#include "smm-slot-panel.h"
#include "smm-text-area.h"
#include "smm-tone-scale.h"

G_BEGIN_DECLS

typedef enum
{
  STEP_NAME = 0,
  STEP_WEBSITE,
  STEP_AUDIENCE,
  STEP_TONE,
  STEP_WORDS,
  STEP_RHYTHM,
  STEP_SUMMARY,
  N_STEPS
} BrandStep;

struct _SmmBrandPage
{
  AdwBin parent_instance;

  GtkWidget *split;
  GtkWidget *close_wide, *close_narrow;
  GtkListBox *steps;
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkLabel *problem;
  GtkWidget *skip, *accounts, *back, *next;

  GtkWidget *name, *zone;
  AdwActionRow *logo_row;
  AdwAvatar *logo_avatar;
  GtkWidget *logo_choose, *logo_remove;
  GtkWidget *colors;
  GtkWidget *website, *description;
  GtkWidget *audience, *languages;
  GtkWidget *tone_relaxed, *tone_playful, *tone_poetic, *tone_bold, *tone_long;
  AdwClamp *tone_clamp, *sample_clamp;
  GtkWidget *emoji_box, *voice_box;
  GtkWidget *emoji_none, *emoji_few, *emoji_many;
  GtkWidget *voice_we, *voice_i, *voice_brand;
  AdwAvatar *sample_avatar;
  GtkLabel *sample_name, *sample, *sample_tone;
  GtkWidget *sample_head;
  GtkWidget *topics, *dos, *donts, *hashtags;
  GtkWidget *times;
  GtkWidget *late_policy, *late_row, *late_hours;
  GtkWidget *summary_rows;
  GtkLabel *told;
  AdwExpanderRow *told_row;
  GtkWidget *delete_group;
  SmmBrandReader *reader;
  SmmBrandSamples *samples;

  SmmLibrary *library;
  SmmPaths *paths; /* the application's */
  SmmBrand *brand; /* as the library has it; of a new one only the id and what it begins with */
  char *logo;      /* as shown */
  GtkFileChooserNative *chooser;
  GCancellable *cancellable;
  BrandStep step;
  guint sample_n;
  gboolean is_new;     /* not in the library yet */
  gboolean setting_up; /* else it is edited */
  gboolean filling;
  gboolean busy;
};

/* --- smm-brand-fields.c --- */

/* The fields show self->brand. */
void smm_brand_page_fill (SmmBrandPage *self);
/* The fields show @brand, which is not kept yet. */
void smm_brand_page_fill_with (SmmBrandPage *self, SmmBrand *brand);
/* What the fields hold, as a brand; transfer full. */
SmmBrand *smm_brand_page_read (SmmBrandPage *self);
/* What differs from self->brand, for brand.add or brand.edit; NULL: nothing. Transfer full. */
GVariant *smm_brand_page_get_changes (SmmBrandPage *self);
void smm_brand_page_show_sample (SmmBrandPage *self);
void smm_brand_page_show_summary (SmmBrandPage *self);

/* --- smm-brand-logo.c --- */
void smm_brand_page_choose_logo (SmmBrandPage *self);
void smm_brand_page_set_logo (SmmBrandPage *self, const char *sha256);
void smm_brand_page_show_colors (SmmBrandPage *self);

void smm_brand_page_show_problem (SmmBrandPage *self, const char *text);
void smm_brand_page_go_to (SmmBrandPage *self, BrandStep step);
const char *smm_brand_step_get_label (BrandStep step);
/* What the brand has of a step, on one line; NULL: nothing yet. Free with g_free. */
char *smm_brand_page_dup_detail (SmmBrandPage *self, SmmBrand *brand, BrandStep step);

G_END_DECLS
