/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A brand's website, read when somebody asks for it, and what an AI proposes. */

#include "config.h"

#include "smm-ctl-website.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-ai-ask.h"
#include "smm-brand-ai.h"
#include "smm-spending.h"
#include "smm-website.h"

/* The brand that the first word names, or NULL after having said why. */
SmmBrand *
smm_ctl_find_brand (SmmCtl *ctl, int *status)
{
  const char *id = smm_ctl_word (ctl, 0);
  g_autoptr (GError) error = NULL;
  SmmBrand *brand;

  if (id == NULL)
    {
      *status = smm_ctl_usage (ctl, _ ("This command needs the id of a brand"));
      return NULL;
    }
  if (!smm_ctl_open_reader (ctl, &error))
    {
      *status = smm_ctl_fail (ctl, error);
      return NULL;
    }
  brand = smm_store_get_brand (ctl->reader, id);
  if (brand == NULL)
    *status = smm_ctl_fail_with (ctl, "not-found", _ ("There is no such brand"), "brand list");
  return brand;
}

/* --url, else what the brand has. */
static SmmWebPage *
read_website (SmmCtl *ctl, SmmBrand *brand, int *status)
{
  const char *url = smm_ctl_get (ctl, "url");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SmmWebPage *page = NULL;

  if (smm_ctl_open_connect (ctl, &error))
    {
      smm_website_read_async (ctl->http, url != NULL ? url : brand->website, NULL,
                              smm_ctl_callback (), ctl);
      result = smm_ctl_wait (ctl);
      page = smm_website_read_finish (ctl->http, result, &error);
    }
  if (page == NULL)
    *status = smm_ctl_fail (ctl, error);
  return page;
}

static int
brand_read_website (SmmCtl *ctl)
{
  int status = SMM_CTL_DONE;
  g_autoptr (SmmBrand) brand = smm_ctl_find_brand (ctl, &status);
  g_autoptr (SmmWebPage) page = brand != NULL ? read_website (ctl, brand, &status) : NULL;
  g_autofree char *text = NULL;
  JsonBuilder *builder;

  if (page == NULL)
    return status;
  text = smm_web_page_describe (page);
  builder = smm_ctl_begin ("page");
  smm_json_string (builder, "address", page->address);
  smm_json_string (builder, "title", page->title);
  smm_json_string (builder, "site", page->site);
  smm_json_string (builder, "description", page->description);
  smm_json_string (builder, "language", page->language);
  smm_json_string (builder, "colors", page->colors);
  smm_json_string (builder, "text", page->text);
  json_builder_set_member_name (builder, "cut");
  json_builder_add_boolean_value (builder, page->cut);
  smm_ctl_end (ctl, builder, text);
  return SMM_CTL_DONE;
}

/* --- The AI --- */

static int
print_told (SmmCtl *ctl, const SmmAiPrompt *prompt)
{
  JsonBuilder *builder = smm_ctl_begin ("told");
  g_autofree char *text = smm_ai_prompt_describe (prompt);

  smm_json_string (builder, "instructions", prompt->instructions);
  smm_json_string (builder, "input", prompt->input);
  smm_json_string (builder, "schema", prompt->schema);
  smm_ctl_end (ctl, builder, text);
  return SMM_CTL_DONE;
}

static void
print_cost (SmmCtl *ctl, const SmmAiAnswer *answer)
{
  JsonBuilder *builder = smm_ctl_begin ("cost");
  g_autofree char *money
      = answer->cost >= 0 ? smm_money_format (answer->cost) : g_strdup (_ ("not known"));
  g_autofree char *text = g_strdup_printf ("%s  %s", answer->model, money);

  smm_json_string (builder, "model", answer->model);
  json_builder_set_member_name (builder, "dollars");
  if (answer->cost >= 0)
    json_builder_add_double_value (builder, answer->cost / (double)SMM_DOLLAR);
  else
    json_builder_add_null_value (builder);
  smm_ctl_end (ctl, builder, text);
}

/* @prompt is consumed. NULL with --told: it is only shown; or after having said why. */
static SmmAiAnswer *
ask (SmmCtl *ctl, SmmAiPrompt *prompt, int *status)
{
  g_autoptr (SmmAiPrompt) mine = prompt;
  g_autoptr (SmmAiClient) client = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SmmAiAnswer *answer;

  if (smm_ctl_has (ctl, "told"))
    {
      *status = print_told (ctl, mine);
      return NULL;
    }
  if (!smm_ctl_open_connect (ctl, &error))
    {
      *status = smm_ctl_fail (ctl, error);
      return NULL;
    }
  client = smm_ai_client_new (ctl->library, ctl->vault, ctl->http);
  smm_ai_ask_async (client, g_steal_pointer (&mine), NULL, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  answer = smm_ai_ask_finish (client, result, &error);
  if (answer != NULL)
    print_cost (ctl, answer);
  else
    *status = smm_ctl_fail (ctl, error);
  return answer;
}

static void
print_proposal (SmmCtl *ctl, const SmmBrandProposal *proposal, SmmBrand *brand)
{
  JsonBuilder *builder = smm_ctl_begin ("proposal");
  g_autoptr (SmmBrandProposal) present = smm_brand_proposal_new_present (brand, proposal->key);
  g_autofree char *text = g_strdup_printf ("%s:\n%s", proposal->key, proposal->value);

  smm_json_string (builder, "key", proposal->key);
  smm_json_string (builder, "value", proposal->value);
  smm_json_string (builder, "present", present->value);
  if (strcmp (proposal->key, SMM_BRAND_PROPOSAL_TONE) == 0)
    for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
      {
        g_autofree char *key = g_strconcat ("tone-", smm_brand_tone_to_string (i), NULL);

        smm_json_int (builder, key, proposal->tones[i]);
      }
  smm_ctl_end (ctl, builder, text);
}

/* --use description,tone or all: one change, which can be undone. */
static int
use_proposals (SmmCtl *ctl, SmmBrand *brand, GPtrArray *proposals)
{
  g_autoptr (GPtrArray) wanted = smm_ctl_get_all (ctl, "use");
  gboolean all = g_ptr_array_find_with_equal_func (wanted, "all", g_str_equal, NULL);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  guint n = 0;

  g_variant_dict_insert (&dict, "id", "s", brand->id);
  for (guint i = 0; i < proposals->len; i++)
    {
      SmmBrandProposal *proposal = proposals->pdata[i];

      if (!all && !g_ptr_array_find_with_equal_func (wanted, proposal->key, g_str_equal, NULL))
        continue;
      smm_brand_proposal_add (proposal, &dict);
      n++;
    }
  if (n == 0)
    {
      smm_ctl_say (ctl, "%s", _ ("Nothing was proposed that is to be used"));
      return SMM_CTL_DONE;
    }
  return smm_ctl_apply_and_say (ctl, "brand.edit", g_variant_dict_end (&dict));
}

static int
brand_propose (SmmCtl *ctl)
{
  int status = SMM_CTL_DONE;
  gboolean alone = smm_ctl_has (ctl, "without-website");
  g_autoptr (SmmBrand) brand = smm_ctl_find_brand (ctl, &status);
  g_autoptr (SmmWebPage) page = brand != NULL && !alone ? read_website (ctl, brand, &status) : NULL;
  g_autoptr (SmmAiAnswer) answer = NULL;
  g_autoptr (GPtrArray) proposals = NULL;
  g_autoptr (GError) error = NULL;

  if (brand == NULL || (page == NULL && !alone))
    return status;
  answer = ask (ctl, smm_brand_ai_ask_proposals (brand, page), &status);
  if (answer == NULL)
    return status;
  proposals = smm_brand_ai_read_proposals (answer->text, brand, &error);
  if (proposals == NULL)
    return smm_ctl_fail (ctl, error);
  for (guint i = 0; i < proposals->len; i++)
    print_proposal (ctl, proposals->pdata[i], brand);
  return smm_ctl_has (ctl, "use") ? use_proposals (ctl, brand, proposals) : SMM_CTL_DONE;
}

static int
brand_captions (SmmCtl *ctl)
{
  int status = SMM_CTL_DONE;
  g_autoptr (SmmBrand) brand = smm_ctl_find_brand (ctl, &status);
  g_autoptr (SmmAiAnswer) answer = NULL;
  g_auto (GStrv) captions = NULL;
  g_autoptr (GError) error = NULL;

  if (brand == NULL)
    return status;
  answer = ask (ctl, smm_brand_ai_ask_captions (brand), &status);
  if (answer == NULL)
    return status;
  captions = smm_brand_ai_read_captions (answer->text, &error);
  if (captions == NULL)
    return smm_ctl_fail (ctl, error);
  for (guint i = 0; captions[i] != NULL; i++)
    {
      JsonBuilder *builder = smm_ctl_begin ("caption");

      smm_json_string (builder, "text", captions[i]);
      smm_ctl_end (ctl, builder, captions[i]);
    }
  return SMM_CTL_DONE;
}

const SmmCtlCommand smm_ctl_website_commands[] = {
  { "brand read-website", "ID [--url URL]", brand_read_website },
  { "brand propose", "ID [--url URL | --without-website] [--told | --use all|KEY,…]",
    brand_propose },
  { "brand captions", "ID [--told]", brand_captions },
  { NULL, NULL, NULL },
};
