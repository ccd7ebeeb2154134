/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The AI provider: its key, its models, what it costs. Which one it is, settings say (ai.…). */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "smm-ai-client.h"
#include "smm-spending.h"

static SmmAiClient *
open_client (SmmCtl *ctl, GError **error)
{
  if (!smm_ctl_open_connect (ctl, error))
    return NULL;
  return smm_ai_client_new (ctl->library, ctl->vault, ctl->http);
}

static int
keep_key (SmmCtl *ctl, const char *key, const char *said)
{
  g_autoptr (SmmAiClient) client = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonBuilder *builder;

  client = open_client (ctl, &error);
  if (client == NULL)
    return smm_ctl_fail (ctl, error);
  smm_ai_client_set_key_async (client, key, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  if (!smm_ai_client_set_key_finish (client, result, &error))
    return smm_ctl_fail (ctl, error);
  builder = smm_ctl_begin ("done");
  smm_json_string (builder, "command", *key != '\0' ? "ai.set-key" : "ai.remove-key");
  smm_ctl_end (ctl, builder, said);
  return SMM_CTL_DONE;
}

static int
ai_set_key (SmmCtl *ctl)
{
  char *key;
  int status;

  if (!smm_ctl_has (ctl, "secret-stdin"))
    return smm_ctl_usage (ctl, _ ("Give the secret on standard input, with --secret-stdin"));
  key = smm_ctl_read_secret ();
  status = *key != '\0' ? keep_key (ctl, key, _ ("The key is in the keyring"))
                        : smm_ctl_usage (ctl, _ ("Standard input held no secret"));
  smm_vault_secret_free (key);
  return status;
}

static int
ai_remove_key (SmmCtl *ctl)
{
  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("This removes the key. Say --yes if you mean it."));
  return keep_key (ctl, "", _ ("The key is taken out of the keyring"));
}

/* Also the test: fails as the preferences say it, and when the chosen model is not there. */
static int
ai_models (SmmCtl *ctl)
{
  g_autoptr (SmmAiClient) client = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) models = NULL;
  g_autoptr (GError) error = NULL;

  client = open_client (ctl, &error);
  if (client == NULL)
    return smm_ctl_fail (ctl, error);
  smm_ai_client_list_models_async (client, NULL, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  models = smm_ai_client_list_models_finish (client, result, &error);
  if (models == NULL)
    return smm_ctl_fail (ctl, error);
  for (guint i = 0; i < models->len; i++)
    {
      JsonBuilder *builder = smm_ctl_begin ("model");

      smm_json_string (builder, "id", models->pdata[i]);
      smm_ctl_end (ctl, builder, models->pdata[i]);
    }
  if (!smm_ai_client_check_model (client, models, &error))
    return smm_ctl_fail (ctl, error);
  return SMM_CTL_DONE;
}

/* --- What it costs --- */

static void
add_money (JsonBuilder *builder, const char *member, gint64 amount)
{
  json_builder_set_member_name (builder, member);
  if (amount < 0)
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, amount / (double)SMM_DOLLAR);
}

static void
print_spending (SmmCtl *ctl, const SmmSpending *spending)
{
  JsonBuilder *builder = smm_ctl_begin ("usage");
  g_autofree char *spent = smm_money_format (spending->spent);
  g_autofree char *limit
      = spending->limit < 0 ? g_strdup (_ ("no limit")) : smm_money_format (spending->limit);
  g_autofree char *text = g_strdup_printf ("%s  %s / %s", spending->month, spent, limit);

  smm_json_string (builder, "month", spending->month);
  add_money (builder, "spent", spending->spent);
  add_money (builder, "limit", spending->limit);
  add_money (builder, "under_way", spending->sums.reserved);
  add_money (builder, "assumed", spending->sums.assumed);
  smm_json_int (builder, "requests", spending->sums.n_requests);
  smm_json_string (builder, "state", smm_spending_state_to_string (spending->state));
  smm_ctl_end (ctl, builder, text);
  if (spending->state == SMM_SPENDING_NEAR)
    smm_ctl_say (ctl, "%s", _ ("Four fifths of the limit for the AI are spent"));
}

static int
ai_usage (SmmCtl *ctl)
{
  const char *month = smm_ctl_get (ctl, "month");
  SmmSpending spending;
  g_autoptr (GError) error = NULL;

  if (month != NULL && (strlen (month) != 7 || month[4] != '-'))
    return smm_ctl_usage (ctl, _ ("--month is like 2026-11"));
  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  if (month != NULL)
    smm_spending_read_month (&spending, ctl->reader, month);
  else
    smm_spending_read (&spending, ctl->reader, g_get_real_time ());
  print_spending (ctl, &spending);
  return SMM_CTL_DONE;
}

static void
print_price (SmmCtl *ctl, const char *provider, const char *model)
{
  gint64 input = -1, output = -1;
  SmmPriceSource source = smm_price_find (ctl->reader, provider, model, &input, &output);
  JsonBuilder *builder = smm_ctl_begin ("price");
  g_autofree char *text
      = g_strdup_printf ("%s  %s  %.2f  %.2f  %s", provider, model, input / (double)SMM_DOLLAR,
                         output / (double)SMM_DOLLAR, smm_price_source_to_string (source));

  smm_json_string (builder, "provider", provider);
  smm_json_string (builder, "model", model);
  add_money (builder, "input", input);
  add_money (builder, "output", output);
  smm_json_string (builder, "source", smm_price_source_to_string (source));
  smm_ctl_end (ctl, builder, text);
}

/* Of the chosen provider: those that come along, and what was entered anywhere. */
static int
ai_prices (SmmCtl *ctl)
{
  g_autoptr (SmmAiClient) client = NULL;
  g_autoptr (SmmAiProvider) provider = NULL;
  g_autoptr (GPtrArray) entered = NULL;
  g_autoptr (GError) error = NULL;

  client = open_client (ctl, &error);
  provider = client != NULL ? smm_ai_client_get_provider (client, &error) : NULL;
  if (provider == NULL || !smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  for (guint i = 0; smm_price_get_built_in (i) != NULL; i++)
    {
      g_autoptr (SmmAiPrice) own
          = smm_store_get_ai_price (ctl->reader, provider->id, smm_price_get_built_in (i));

      if (own == NULL && provider->needs_key)
        print_price (ctl, provider->id, smm_price_get_built_in (i));
    }
  entered = smm_store_list_ai_prices (ctl->reader);
  for (guint i = 0; i < entered->len; i++)
    {
      SmmAiPrice *price = entered->pdata[i];

      print_price (ctl, price->provider, price->model);
    }
  return SMM_CTL_DONE;
}

/* "2" or "0.20", dollars. */
static gboolean
read_money (const char *text, gint64 *amount)
{
  char *end = NULL;
  double value = text != NULL ? g_ascii_strtod (text, &end) : 0;

  if (text == NULL || end == text || *end != '\0' || !isfinite (value) || value < 0
      || value > 1000000)
    return FALSE;
  *amount = llround (value * SMM_DOLLAR);
  return TRUE;
}

static int
change_price (SmmCtl *ctl, const char *command)
{
  const char *model = smm_ctl_word (ctl, 0);
  gint64 input = 0, output = 0;
  g_autoptr (SmmAiClient) client = NULL;
  g_autoptr (SmmAiProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  gboolean clear = strcmp (command, "ai.clear-price") == 0;

  if (model == NULL
      || (!clear
          && (!read_money (smm_ctl_get (ctl, "input"), &input)
              || !read_money (smm_ctl_get (ctl, "output"), &output))))
    return smm_ctl_usage (ctl, clear ? _ ("Name a model; see ai prices")
                                     : _ ("Name a model, and what a million tokens cost in "
                                          "dollars: --input 0.20 --output 1.20"));
  client = open_client (ctl, &error);
  provider = client != NULL ? smm_ai_client_get_provider (client, &error) : NULL;
  if (provider == NULL)
    return smm_ctl_fail (ctl, error);
  return smm_ctl_apply_and_say (
      ctl, command,
      clear ? g_variant_new_parsed ("{'provider': <%s>, 'model': <%s>}", provider->id, model)
            : g_variant_new_parsed (
                "{'provider': <%s>, 'model': <%s>, 'input': <%x>, 'output': <%x>}", provider->id,
                model, input, output));
}

static int
ai_set_price (SmmCtl *ctl)
{
  return change_price (ctl, "ai.set-price");
}

static int
ai_clear_price (SmmCtl *ctl)
{
  return change_price (ctl, "ai.clear-price");
}

const SmmCtlCommand smm_ctl_ai_commands[] = {
  { "ai set-key", "--secret-stdin", ai_set_key },
  { "ai remove-key", "--yes", ai_remove_key },
  { "ai models", "", ai_models },
  { "ai usage", "[--month 2026-11]", ai_usage },
  { "ai prices", "", ai_prices },
  { "ai set-price", "MODEL --input DOLLARS --output DOLLARS", ai_set_price },
  { "ai clear-price", "MODEL", ai_clear_price },
  { NULL, NULL, NULL },
};
