/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a brand sounds: a caption put together here, from its words and its scales. */

#include "config.h"

#include "smm-brand.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Beyond this a scale is heard. */
#define HEARD 25
#define N_LEVELS 3

/* 0: the first word of the scale, 1: the middle, 2: the second word. */
static guint
get_level (SmmBrand *brand, SmmBrandTone tone)
{
  if (brand->tones[tone] <= -HEARD)
    return 0;
  return brand->tones[tone] >= HEARD ? 2 : 1;
}

/* The @n-th line of what it posts about; what it does, or its name, when nothing was said. */
static char *
pick_topic (SmmBrand *brand, guint n)
{
  const char *lines = brand->topics != NULL ? brand->topics : brand->description;
  g_auto (GStrv) list = g_strsplit (lines != NULL ? lines : "", "\n", -1);
  guint n_lines = g_strv_length (list);

  return g_strdup (n_lines > 0 ? list[n % n_lines] : brand->name);
}

/* The words in the places of the template; a translation may leave one out. */
static char *
fill (const char *template, const char *first, const char *second)
{
  g_auto (GStrv) parts = g_strsplit (template, "%s", 3);

  return g_strconcat (parts[0], parts[0] != NULL && parts[1] != NULL ? first : "",
                      parts[0] != NULL && parts[1] != NULL ? parts[1] : "",
                      g_strv_length (parts) > 2 ? second : "",
                      g_strv_length (parts) > 2 ? parts[2] : "", NULL);
}

/* Who speaks: we, I, the brand; how: formal, between, relaxed. */
static char *
open_with (SmmBrand *brand, const char *topic)
{
  static const char *const openings[][N_LEVELS] = {
    [SMM_BRAND_VOICE_WE] = { N_ ("We are pleased to present: %s."), N_ ("New from us: %s."),
                             N_ ("Guess what we’ve got: %s!") },
    [SMM_BRAND_VOICE_I] = { N_ ("I am pleased to present: %s."), N_ ("New from me: %s."),
                            N_ ("Guess what I’ve got: %s!") },
    /* Translators: first the brand, then what it posts about. */
    [SMM_BRAND_VOICE_BRAND] = { N_ ("%s is pleased to present: %s."), N_ ("New from %s: %s."),
                                N_ ("Guess what %s has got: %s!") },
  };
  const char *template = _ (openings[brand->voice][get_level (brand, SMM_BRAND_TONE_RELAXED)]);

  if (brand->voice == SMM_BRAND_VOICE_BRAND)
    return fill (template, brand->name, topic);
  return fill (template, topic, NULL);
}

static const char *
get_body (SmmBrand *brand)
{
  static const char *const bodies[N_LEVELS]
      = { N_ ("It is here from today."), N_ ("Made with care, here from today."),
          N_ ("Born in the first light of the morning, carried here by patient hands.") };

  return _ (bodies[get_level (brand, SMM_BRAND_TONE_POETIC)]);
}

static const char *
get_mood (SmmBrand *brand)
{
  static const char *const moods[N_LEVELS]
      = { N_ ("Quality takes time, and the time was taken."), N_ ("Come and see for yourself."),
          N_ ("Warning: may cause spontaneous smiles.") };

  return _ (moods[get_level (brand, SMM_BRAND_TONE_PLAYFUL)]);
}

/* The middle claims nothing. */
static const char *
get_claim (SmmBrand *brand)
{
  guint level = get_level (brand, SMM_BRAND_TONE_BOLD);

  if (level == 0)
    return _ ("Perhaps it is something for you.");
  return level == 2 ? _ ("You won’t find a better one anywhere.") : NULL;
}

static void
add_sentence (GString *caption, const char *sentence)
{
  if (sentence != NULL)
    g_string_append_printf (caption, " %s", sentence);
}

static void
add_hashtags (GString *caption, SmmBrand *brand)
{
  g_auto (GStrv) tags = NULL;

  if (brand->hashtags == NULL)
    return;
  tags = g_strsplit (brand->hashtags, " ", -1);
  for (guint i = 0; tags[i] != NULL && i < 3; i++)
    g_string_append_printf (caption, "%s%s", i == 0 ? "\n\n" : " ", tags[i]);
}

/**
 * smm_brand_compose_sample:
 * @brand: a brand
 * @n: which of its topics to speak about; any number
 *
 * Returns: (transfer full): a caption that sounds as the brand's scales say; in the language of the
 *   user interface
 */
char *
smm_brand_compose_sample (SmmBrand *brand, guint n)
{
  g_autofree char *topic = pick_topic (brand, n);
  g_autofree char *opening = open_with (brand, topic);
  guint length = get_level (brand, SMM_BRAND_TONE_LONG);
  GString *caption = g_string_new (NULL);

  if (length == 2)
    g_string_append_printf (caption, "%s\n\n",
                            _ ("It began with a small idea and a long evening. One attempt failed, "
                               "the next one nearly, and then it was right."));
  g_string_append (caption, opening);
  if (brand->emoji != SMM_BRAND_EMOJI_NONE)
    g_string_append (caption, brand->emoji == SMM_BRAND_EMOJI_MANY ? " ✨🎉" : " ✨");
  add_sentence (caption, get_body (brand));
  if (length >= 1)
    add_sentence (caption, get_mood (brand));
  add_sentence (caption, get_claim (brand));
  if (brand->emoji == SMM_BRAND_EMOJI_MANY)
    g_string_append (caption, " 🙌💛");
  add_hashtags (caption, brand);
  return g_string_free (caption, FALSE);
}

/**
 * smm_brand_describe_tone:
 * @brand: a brand
 *
 * Returns: (transfer full): its tone in a few words: "Relaxed, a little playful, short"
 */
char *
smm_brand_describe_tone (SmmBrand *brand)
{
  static const char *const words[SMM_N_BRAND_TONES][2][2] = {
    [SMM_BRAND_TONE_RELAXED]
    = { { N_ ("a little formal"), N_ ("formal") }, { N_ ("a little relaxed"), N_ ("relaxed") } },
    [SMM_BRAND_TONE_PLAYFUL]
    = { { N_ ("a little serious"), N_ ("serious") }, { N_ ("a little playful"), N_ ("playful") } },
    [SMM_BRAND_TONE_POETIC]
    = { { N_ ("rather plain"), N_ ("plain") }, { N_ ("a little poetic"), N_ ("poetic") } },
    [SMM_BRAND_TONE_BOLD]
    = { { N_ ("a little modest"), N_ ("modest") }, { N_ ("a little bold"), N_ ("bold") } },
    [SMM_BRAND_TONE_LONG]
    = { { N_ ("rather short"), N_ ("short") }, { N_ ("rather long"), N_ ("storytelling") } },
  };
  g_autoptr (GPtrArray) said = g_ptr_array_new ();
  g_autofree char *text = NULL;
  g_autofree char *first = NULL;

  for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
    if (ABS (brand->tones[i]) >= 10)
      g_ptr_array_add (said,
                       (gpointer)_ (words[i][brand->tones[i] > 0][ABS (brand->tones[i]) >= 50]));
  if (said->len == 0)
    return g_strdup (_ ("Balanced"));
  g_ptr_array_add (said, NULL);
  text = g_strjoinv (", ", (char **)said->pdata);
  first = g_utf8_strup (text, g_utf8_next_char (text) - text);
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}
