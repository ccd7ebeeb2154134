/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the AI costs, and what has to be agreed to before it is asked. Reserving and settling are
 * told to readers, but they are nobody's step: nothing of them is undone.
 */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-settings.h"
#include "smm-spending.h"

#define MAX_TOKENS (50 * 1000 * 1000)
#define MAX_PRICE (10000 * SMM_DOLLAR)
#define MAX_NAME 500
#define HOW_LONG G_TIME_SPAN_HOUR /* no request takes longer */

static gboolean
read_tokens (SmmChange *change, const char *key, gint64 *tokens, GError **error)
{
  g_variant_lookup (smm_command_get_args (change->command), key, "x", tokens);
  if (*tokens >= 0 && *tokens <= MAX_TOKENS)
    return TRUE;
  return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("%s: It is a number from %d to %d"),
                          key, 0, MAX_TOKENS);
}

static gboolean
check_name (SmmChange *change, const char *key, GError **error)
{
  const char *name = smm_command_get_string (change->command, key);

  if (strlen (name) <= MAX_NAME && g_utf8_validate (name, -1, NULL))
    return TRUE;
  return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("%s: The value is too long"), key);
}

/* Practice mode asks nobody outside this computer. */
static gboolean
check_policy (SmmChange *change, GError **error)
{
  if (smm_store_get_paths (change->store)->profile != NULL
      || smm_policy_get_accepted (change->store) >= SMM_POLICY_VERSION)
    return TRUE;
  return smm_change_fail (error, SMM_LIBRARY_ERROR_POLICY,
                          _ ("Nothing is sent to the AI before you agreed to what happens with "
                             "your data. Read and accept it in Preferences, Privacy."));
}

static gboolean
check_limit (SmmChange *change, SmmSpending *spending, gint64 cost, GError **error)
{
  g_autofree char *limit = NULL, *spent = NULL, *most = NULL;

  if (spending->limit < 0 || cost == 0 || spending->spent + cost <= spending->limit)
    return TRUE;
  limit = smm_money_format (spending->limit);
  spent = smm_money_format (spending->spent);
  most = smm_money_format (cost);
  return smm_change_fail (error, SMM_LIBRARY_ERROR_LIMIT,
                          _ ("The limit for the AI is %s a month. %s are spent, and this request "
                             "may cost %s. Raise the limit in Preferences, AI, or wait for the "
                             "next month."),
                          limit, spent, most);
}

/* The most that @use can cost; without a limit nobody has to know. */
static gboolean
find_cost (SmmChange *change, SmmSpending *spending, SmmAiUse *use, GError **error)
{
  gint64 input, output;

  if (*use->model == '\0')
    return TRUE;
  if (smm_price_find (change->store, use->provider, use->model, &input, &output)
      != SMM_PRICE_UNKNOWN)
    {
      use->cost = smm_price_count (use->input_tokens, input)
                  + smm_price_count (use->output_tokens, output);
      return TRUE;
    }
  if (spending->limit < 0)
    return TRUE;
  return smm_change_fail (error, SMM_LIBRARY_ERROR_PRICE,
                          _ ("What the model “%s” costs is not known, so your limit could not be "
                             "kept. Enter its price in Preferences, AI."),
                          use->model);
}

static gboolean
ai_reserve (SmmChange *change, GError **error)
{
  SmmCommand *command = change->command;
  g_autofree char *provider = NULL, *model = NULL;
  SmmAiUseState state;
  SmmSpending spending;
  SmmAiUse use = { 0 };

  change->unlogged = TRUE;
  use.id = smm_command_get_string (command, "id");
  if (smm_store_get_ai_use (change->store, use.id, &state, &provider, &model))
    return TRUE;
  if (!check_policy (change, error) || !check_name (change, "provider", error)
      || !check_name (change, "model", error) || !check_name (change, "purpose", error)
      || !read_tokens (change, "input-tokens", &use.input_tokens, error)
      || !read_tokens (change, "output-tokens", &use.output_tokens, error))
    return FALSE;
  use.provider = smm_command_get_string (command, "provider");
  use.model = smm_command_get_string (command, "model");
  use.purpose = smm_command_get_string (command, "purpose");
  use.at = change->now;
  smm_spending_read (&spending, change->store, change->now);
  use.month = spending.month;
  if (!find_cost (change, &spending, &use, error)
      || !check_limit (change, &spending, use.cost, error))
    return FALSE;
  smm_change_add (change, SMM_CHANGED_AI_USE);
  return smm_store_add_ai_use (change->store, &use, error);
}

/* Also of one that was settled before: the last word of the provider counts. */
static gboolean
ai_settle (SmmChange *change, GError **error)
{
  g_autofree char *provider = NULL, *model = NULL;
  gint64 input = 0, output = 0;
  SmmAiUseState state;
  SmmAiUse use = { 0 };

  change->unlogged = TRUE;
  use.id = smm_command_get_string (change->command, "id");
  if (!smm_store_get_ai_use (change->store, use.id, &state, &provider, &model))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no AI request “%s”"),
                            use.id);
  if (!read_tokens (change, "input-tokens", &use.input_tokens, error)
      || !read_tokens (change, "output-tokens", &use.output_tokens, error))
    return FALSE;
  if (*model != '\0'
      && smm_price_find (change->store, provider, model, &input, &output) != SMM_PRICE_UNKNOWN)
    use.cost
        = smm_price_count (use.input_tokens, input) + smm_price_count (use.output_tokens, output);
  smm_change_add (change, SMM_CHANGED_AI_USE);
  return smm_store_settle_ai_use (change->store, &use, error);
}

/* It may have been worked on, and how much is not known. */
static gboolean
ai_assume (SmmChange *change, GError **error)
{
  change->unlogged = TRUE;
  smm_change_add (change, SMM_CHANGED_AI_USE);
  return smm_store_assume_ai_use (change->store, smm_command_get_string (change->command, "id"),
                                  error);
}

/* It never left this computer, or the provider refused it. */
static gboolean
ai_release (SmmChange *change, GError **error)
{
  change->unlogged = TRUE;
  smm_change_add (change, SMM_CHANGED_AI_USE);
  return smm_store_drop_ai_use (change->store, smm_command_get_string (change->command, "id"),
                                error);
}

gboolean
smm_change_assume_old_ai_use (SmmChange *change, GError **error)
{
  return smm_store_assume_old_ai_use (change->store, change->now - HOW_LONG, error);
}

/* --- Prices --- */

static void
set_price_inverse (SmmChange *change, const char *provider, const char *model)
{
  g_autoptr (SmmAiPrice) old = smm_store_get_ai_price (change->store, provider, model);

  if (old != NULL)
    smm_change_set_inverse (change, "ai.set-price",
                            g_variant_new_parsed ("{'provider': <%s>, 'model': <%s>, "
                                                  "'input': <%x>, 'output': <%x>}",
                                                  provider, model, old->input, old->output));
  else
    smm_change_set_inverse (
        change, "ai.clear-price",
        g_variant_new_parsed ("{'provider': <%s>, 'model': <%s>}", provider, model));
}

static gboolean
ai_set_price (SmmChange *change, GError **error)
{
  GVariant *args = smm_command_get_args (change->command);
  SmmAiPrice price = { 0 };

  g_variant_lookup (args, "input", "x", &price.input);
  g_variant_lookup (args, "output", "x", &price.output);
  if (!check_name (change, "provider", error) || !check_name (change, "model", error))
    return FALSE;
  if (price.input < 0 || price.output < 0 || price.input > MAX_PRICE || price.output > MAX_PRICE)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("A price is from 0 to 10,000 dollars for a million tokens"));
  price.provider = (char *)smm_command_get_string (change->command, "provider");
  price.model = (char *)smm_command_get_string (change->command, "model");
  if (*price.model == '\0')
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("Choose a model first"));
  set_price_inverse (change, price.provider, price.model);
  change->label = _ ("Price changed");
  smm_change_add (change, SMM_CHANGED_AI_USE);
  return smm_store_put_ai_price (change->store, &price, error);
}

static gboolean
ai_clear_price (SmmChange *change, GError **error)
{
  const char *provider = smm_command_get_string (change->command, "provider");
  const char *model = smm_command_get_string (change->command, "model");
  g_autoptr (SmmAiPrice) old = smm_store_get_ai_price (change->store, provider, model);

  if (old == NULL)
    return TRUE;
  set_price_inverse (change, provider, model);
  change->label = _ ("Price changed");
  smm_change_add (change, SMM_CHANGED_AI_USE);
  return smm_store_drop_ai_price (change->store, provider, model, error);
}

/* --- What happens with data --- */

/* What was agreed to is not a step that could be undone: it was said. */
static gboolean
policy_accept (SmmChange *change, GError **error)
{
  int version = smm_command_get_int (change->command, "version", 0);
  g_autofree char *number = g_strdup_printf ("%d", version);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, change->now);

  if (version < 1 || version > SMM_POLICY_VERSION)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("There is no version %d of what happens with your data"), version);
  if (version <= smm_policy_get_accepted (change->store))
    return TRUE;
  change->label = _ ("Accepted what happens with your data");
  smm_change_add (change, SMM_SETTING_POLICY);
  return smm_store_put_setting (change->store, SMM_SETTING_POLICY, number, error)
         && smm_store_put_setting (change->store, SMM_SETTING_POLICY_AT, at, error);
}

const SmmCommandSpec smm_ai_commands[] = {
  { "ai.reserve", "id:s! provider:s! model:s! purpose:s! input-tokens:x! output-tokens:x!",
    ai_reserve },
  { "ai.settle", "id:s! input-tokens:x! output-tokens:x!", ai_settle },
  { "ai.assume", "id:s!", ai_assume },
  { "ai.release", "id:s!", ai_release },
  { "ai.set-price", "provider:s! model:s! input:x! output:x!", ai_set_price },
  { "ai.clear-price", "provider:s! model:s!", ai_clear_price },
  { "policy.accept", "version:i!", policy_accept },
  { NULL, NULL, NULL },
};
