/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an AI would be told of a brand, and how a brand sounds. */

#include "config.h"

#include "smm-brand.h"

#include <string.h>

static SmmBrand *
make_brand (void)
{
  SmmBrand *brand = smm_brand_new ();

  brand->name = g_strdup ("Northside Bread");
  brand->website = g_strdup ("https://northside.example");
  brand->description = g_strdup ("Sourdough and rye");
  brand->audience = g_strdup ("Neighbours\nCafés");
  brand->topics = g_strdup ("Rye bread\nThe oven");
  brand->dos = g_strdup ("Say when we open");
  brand->donts = g_strdup ("Talk of diets");
  brand->hashtags = g_strdup ("#bread #rye #crust #oven");
  brand->languages = g_strdup ("English, Finnish");
  brand->tones[SMM_BRAND_TONE_RELAXED] = 40;
  brand->tones[SMM_BRAND_TONE_PLAYFUL] = 20;
  brand->tones[SMM_BRAND_TONE_POETIC] = -100;
  return brand;
}

static void
test_describe (void)
{
  g_autoptr (SmmBrand) brand = make_brand ();
  g_autoptr (SmmBrand) bare = smm_brand_new ();
  g_autofree char *told = smm_brand_describe (brand);
  g_autofree char *little = NULL;

  g_assert_cmpstr (told, ==,
                   "Brand: Northside Bread\n"
                   "Website: https://northside.example\n"
                   "What it does:\n- Sourdough and rye\n"
                   "Audience:\n- Neighbours\n- Cafés\n"
                   "Tone: relaxed, a little playful, very plain\n"
                   "Emoji: a few\n"
                   "Speaks as: we\n"
                   "Languages: English, Finnish\n"
                   "Topics:\n- Rye bread\n- The oven\n"
                   "Do:\n- Say when we open\n"
                   "Never:\n- Talk of diets\n"
                   "Hashtags to choose from: #bread #rye #crust #oven\n");
  bare->name = g_strdup ("B");
  bare->voice = SMM_BRAND_VOICE_BRAND;
  little = smm_brand_describe (bare);
  g_assert_cmpstr (little, ==,
                   "Brand: B\nTone: balanced\nEmoji: a few\nSpeaks as: B, in the third person\n");
}

/* Each scale is heard: its two ends sound different, and no caption is a template. */
static void
test_sample (void)
{
  g_autoptr (SmmBrand) brand = make_brand ();

  for (guint tone = 0; tone < SMM_N_BRAND_TONES; tone++)
    {
      g_autofree char *low = NULL;
      g_autofree char *high = NULL;

      brand->tones[tone] = -100;
      low = smm_brand_compose_sample (brand, 0);
      brand->tones[tone] = 100;
      high = smm_brand_compose_sample (brand, 0);
      g_assert_cmpstr (low, !=, high);
      g_assert_null (strstr (low, "%s"));
      g_assert_null (strstr (high, "%s"));
    }
  for (int voice = SMM_BRAND_VOICE_WE; voice <= SMM_BRAND_VOICE_BRAND; voice++)
    {
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      brand->voice = voice;
      first = smm_brand_compose_sample (brand, 0);
      second = smm_brand_compose_sample (brand, 1);
      g_assert_nonnull (strstr (first, "Rye bread"));
      g_assert_nonnull (strstr (second, "The oven"));
      g_assert_nonnull (strstr (first, "#bread #rye #crust"));
      g_assert_null (strstr (first, "#oven"));
      g_assert_cmpint (strstr (first, "Northside Bread") != NULL, ==,
                       voice == SMM_BRAND_VOICE_BRAND);
    }
}

static void
test_sample_emoji (void)
{
  g_autoptr (SmmBrand) brand = make_brand ();
  g_autofree char *none = NULL;
  g_autofree char *few = NULL;
  g_autofree char *many = NULL;

  brand->emoji = SMM_BRAND_EMOJI_NONE;
  none = smm_brand_compose_sample (brand, 0);
  brand->emoji = SMM_BRAND_EMOJI_FEW;
  few = smm_brand_compose_sample (brand, 0);
  brand->emoji = SMM_BRAND_EMOJI_MANY;
  many = smm_brand_compose_sample (brand, 0);
  g_assert_null (strstr (none, "✨"));
  g_assert_nonnull (strstr (few, "✨"));
  g_assert_cmpuint (g_utf8_strlen (many, -1), >, g_utf8_strlen (few, -1));
}

static void
test_describe_tone (void)
{
  g_autoptr (SmmBrand) brand = make_brand ();
  g_autoptr (SmmBrand) bare = smm_brand_new ();
  g_autofree char *tone = smm_brand_describe_tone (brand);
  g_autofree char *balanced = smm_brand_describe_tone (bare);

  g_assert_cmpstr (tone, ==, "A little relaxed, a little playful, plain");
  g_assert_cmpstr (balanced, ==, "Balanced");
}

/* A copy has everything: taking a member out of smm_brand_copy() fails here. */
static void
test_copy (void)
{
  g_autoptr (SmmBrand) brand = make_brand ();
  g_autoptr (SmmBrand) copy = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  brand->logo = g_strnfill (64, 'a');
  brand->colors = g_strdup ("#000000");
  brand->voice = SMM_BRAND_VOICE_I;
  brand->emoji = SMM_BRAND_EMOJI_NONE;
  brand->setup_step = 3;
  copy = smm_brand_copy (brand);
  before = smm_brand_describe (brand);
  after = smm_brand_describe (copy);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (copy->logo, ==, brand->logo);
  g_assert_cmpstr (copy->colors, ==, brand->colors);
  g_assert_cmpint (copy->setup_step, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/brand/describe", test_describe);
  g_test_add_func ("/brand/sample", test_sample);
  g_test_add_func ("/brand/sample-emoji", test_sample_emoji);
  g_test_add_func ("/brand/describe-tone", test_describe_tone);
  g_test_add_func ("/brand/copy", test_copy);
  return g_test_run ();
}
