/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an AI is asked about a brand, and what is taken from its answer, whatever that is. */

#include "config.h"

#include "smm-brand-ai.h"

#include <string.h>

static SmmBrand *
make_brand (void)
{
  SmmBrand *brand = smm_brand_new ();

  brand->id = g_strdup ("b");
  brand->name = g_strdup ("Northside");
  brand->audience = g_strdup ("Neighbours");
  brand->tones[SMM_BRAND_TONE_BOLD] = 10;
  return brand;
}

static SmmBrandProposal *
find (GPtrArray *proposals, const char *key)
{
  for (guint i = 0; i < proposals->len; i++)
    if (strcmp (((SmmBrandProposal *)proposals->pdata[i])->key, key) == 0)
      return proposals->pdata[i];
  return NULL;
}

static void
assert_proposed (GPtrArray *proposals, const char *key, const char *value)
{
  SmmBrandProposal *proposal = find (proposals, key);

  g_assert_nonnull (proposal);
  g_assert_cmpstr (proposal->value, ==, value);
}

/* Whatever is proposed can be entered. */
static void
assert_enterable (GPtrArray *proposals)
{
  for (guint i = 0; i < proposals->len; i++)
    {
      SmmBrandProposal *proposal = proposals->pdata[i];

      g_assert_true (g_utf8_validate (proposal->value, -1, NULL));
      for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
        {
          g_autofree char *problem = NULL;
          g_autofree char *clean = NULL;

          if (strcmp (text->key, proposal->key) != 0)
            continue;
          clean = smm_brand_text_clean (text, proposal->value, &problem);
          g_assert_null (problem);
          g_assert_cmpstr (clean, ==, proposal->value);
        }
      for (guint n = 0; n < SMM_N_BRAND_TONES; n++)
        g_assert_cmpint (ABS (proposal->tones[n]), <=, 100);
    }
}

static void
test_good (void)
{
  g_autoptr (SmmBrand) brand = make_brand ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) proposals = smm_brand_ai_read_proposals (
      "{\"description\":\"Bread.\\n\\nReal bread.\",\"audience\":\"Neighbours\",\"languages\":\"\","
      "\"tone\":{\"relaxed\":40,\"playful\":-20,\"poetic\":0,\"bold\":10,\"long\":5},"
      "\"topics\":[\"Rye\",\" rye \",\"\",\"The oven\"],"
      "\"hashtags\":[\"rye\",\"#bread\",\"two "
      "words\",\"#bread\"],\"colors\":[\"#AABBCC\",\"red\"]}",
      brand, &error);
  g_autoptr (SmmBrandProposal) present = smm_brand_proposal_new_present (brand, "audience");

  g_assert_no_error (error);
  assert_proposed (proposals, "description", "Bread.\nReal bread.");
  g_assert_null (find (proposals, "audience"));
  g_assert_null (find (proposals, "languages"));
  assert_proposed (proposals, "topics", "Rye\nThe oven");
  assert_proposed (proposals, "hashtags", "#rye #bread");
  assert_proposed (proposals, "colors", "#aabbcc");
  g_assert_cmpint (find (proposals, "tone")->tones[SMM_BRAND_TONE_PLAYFUL], ==, -20);
  g_assert_cmpstr (present->value, ==, "Neighbours");
  assert_enterable (proposals);
  for (guint i = 0; i < proposals->len; i++)
    smm_brand_proposal_set (proposals->pdata[i], brand);
  g_assert_cmpstr (brand->hashtags, ==, "#rye #bread");
  g_assert_cmpint (brand->tones[SMM_BRAND_TONE_RELAXED], ==, 40);
}

static void
test_thinking_aloud (void)
{
  g_autoptr (SmmBrand) brand = make_brand ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) proposals = smm_brand_ai_read_proposals (
      "<think>{\"audience\":\"wrong\"}</think>Sure!\n```json\n{\"audience\":\"Right\"}\n```", brand,
      &error);

  g_assert_no_error (error);
  assert_proposed (proposals, "audience", "Right");
}

static void
test_hostile (void)
{
  static const char *const answers[] = {
    "{}",
    "{\"description\":null,\"tone\":null,\"topics\":null}",
    "{\"description\":7,\"audience\":[],\"languages\":{},\"tone\":[1],\"topics\":\"x\","
    "\"hashtags\":{},"
    "\"colors\":[[],{},null,1]}",
    "{\"tone\":{\"relaxed\":9223372036854775807,\"playful\":-9223372036854775808,\"poetic\":\"x\","
    "\"bold\":1e300,\"long\":null}}",
    "{\"description\":\"\\u202e\\u0007abc\",\"hashtags\":[\"#\",\"#<b>\",\"# a\",\"a b\"],"
    "\"colors\":[\"#12\",\"#1234567\",\"javascript:x\"]}",
    "{\"audience\":\"<b>&amp; %s %n</b>\"}",
  };
  static const char *const nonsense[]
      = { "",  "no", "[]",

          "{", "}{", "{\"a\":", "\"x\"", "<think>", "{{{{}}}}", "{\"audience\":\"\\u0000\"}" };
  g_autoptr (SmmBrand) brand = make_brand ();

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) proposals = smm_brand_ai_read_proposals (answers[i], brand, &error);

      g_test_message ("%s", answers[i]);
      g_assert_no_error (error);
      assert_enterable (proposals);
    }
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", nonsense[i]);
      g_assert_null (smm_brand_ai_read_proposals (nonsense[i], brand, &error));
      g_assert_error (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER);
      g_clear_error (&error);
      g_assert_null (smm_brand_ai_read_captions (nonsense[i], &error));
      g_assert_error (error, SMM_AI_ERROR, SMM_AI_ERROR_ANSWER);
    }
}

static void
test_long (void)
{
  g_autoptr (SmmBrand) brand = make_brand ();
  g_autofree char *text = g_strnfill (100000, 'x');
  GString *answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) proposals = NULL;

  g_string_append_printf (answer, "{\"description\":\"%s\",\"topics\":[", text);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (answer, "\"topic %u %.200s\",", i, text);
  g_string_append (answer, "\"last\"],\"hashtags\":[");
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (answer, "\"#tag%u\",", i);
  g_string_append (answer, "\"#last\"]}");
  proposals = smm_brand_ai_read_proposals (answer->str, brand, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (proposals->len, ==, 3);
  assert_enterable (proposals);
  g_string_free (answer, TRUE);
}

static void
test_captions (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) captions = smm_brand_ai_read_captions (
      "{\"captions\":[\" One.\\n\\n\\n\\nTwo.\",7,\"\",\"Three\",\"Four\",\"Five\"]}", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (captions), ==, 3);
  g_assert_cmpstr (captions[0], ==, "One.\n\nTwo.");
  g_assert_cmpstr (captions[2], ==, "Four");
}

/* What the brand's page shows as told is told, and what the page says. */
static void
test_told (void)
{
  g_autoptr (SmmBrand) brand = make_brand ();
  g_autoptr (GBytes) html = g_bytes_new_static ("<title>T</title><p>Bread", 24);
  g_autoptr (SmmWebPage) page = smm_web_page_parse (html, NULL);
  g_autoptr (SmmAiPrompt) prompt = smm_brand_ai_ask_proposals (brand, page);
  g_autoptr (SmmAiPrompt) captions = smm_brand_ai_ask_captions (brand);
  g_autofree char *described = smm_brand_describe (brand);
  g_autofree char *told = smm_ai_prompt_describe (prompt);

  g_assert_nonnull (strstr (prompt->input, described));
  g_assert_nonnull (strstr (prompt->input, "Text:\nBread\n"));
  g_assert_nonnull (strstr (told, prompt->instructions));
  g_assert_nonnull (strstr (told, prompt->input));
  g_assert_nonnull (strstr (told, prompt->schema));
  g_assert_cmpstr (captions->input, ==, described);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/brand-ai/good", test_good);
  g_test_add_func ("/brand-ai/thinking-aloud", test_thinking_aloud);
  g_test_add_func ("/brand-ai/hostile", test_hostile);
  g_test_add_func ("/brand-ai/long", test_long);
  g_test_add_func ("/brand-ai/captions", test_captions);
  g_test_add_func ("/brand-ai/told", test_told);
  return g_test_run ();
}
