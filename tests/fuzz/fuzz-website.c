/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Web pages of strangers, and what an AI answers about a brand: whatever is taken from either can
 * be shown, and kept as if somebody had entered it. First '0', an encoding and a line end, then a
 * page; or '1' and an answer. */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-brand-ai.h"

#include <string.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

static void
read_page (SmmFuzzInput *input)
{
  g_autofree char *charset = smm_fuzz_take_text (input, '\n');
  g_autoptr (GBytes) html = smm_fuzz_take_rest (input);
  g_autoptr (SmmWebPage) page = smm_web_page_parse (html, charset);
  g_autofree char *described = smm_web_page_describe (page);

  smm_fuzz_check_text (described);
  g_assert (g_utf8_strlen (page->text, -1) <= SMM_WEB_PAGE_MAX_TEXT + 4);
}

static void
check_proposal (const SmmBrandProposal *proposal)
{
  smm_fuzz_check_text (proposal->value);
  for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
    {
      g_autofree char *problem = NULL;
      g_autofree char *clean = NULL;

      if (strcmp (text->key, proposal->key) != 0)
        continue;
      clean = smm_brand_text_clean (text, proposal->value, &problem);
      g_assert (problem == NULL && g_strcmp0 (clean, proposal->value) == 0);
    }
}

static void
read_answer (SmmFuzzInput *input)
{
  g_autofree char *text = smm_fuzz_take_text (input, '\0');
  g_autoptr (SmmBrand) brand = smm_brand_new ();
  g_autoptr (GPtrArray) proposals = NULL;
  g_auto (GStrv) captions = NULL;

  /* JSON was parsed as UTF-8 before. */
  if (!g_utf8_validate (text, -1, NULL))
    return;
  brand->name = g_strdup ("Northside");
  proposals = smm_brand_ai_read_proposals (text, brand, NULL);
  for (guint i = 0; proposals != NULL && i < proposals->len; i++)
    check_proposal (proposals->pdata[i]);
  captions = smm_brand_ai_read_captions (text, NULL);
  for (guint i = 0; captions != NULL && captions[i] != NULL; i++)
    smm_fuzz_check_text (captions[i]);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  SmmFuzzInput input = { data, size };

  if (smm_fuzz_take_choice (&input, 2) == 0)
    read_page (&input);
  else
    read_answer (&input);
  return 0;
}
