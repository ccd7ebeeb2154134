/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-account-token.h"

#include "smm-vault.h"

#include <string.h>

/* Tokens never hold a line feed, so lines are format enough: "1", account, person. */
#define TOKEN_FORMAT "1"

/**
 * smm_account_token_pack:
 * @account_token: (nullable): the account's own token
 * @person_token: (nullable): the person's token
 *
 * Returns: (transfer full): the value to store; free with smm_vault_secret_free()
 */
char *
smm_account_token_pack (const char *account_token, const char *person_token)
{
  const char *account = account_token != NULL ? account_token : "";
  const char *person = person_token != NULL ? person_token : "";

  g_return_val_if_fail (strchr (account, '\n') == NULL, NULL);
  g_return_val_if_fail (strchr (person, '\n') == NULL, NULL);

  return g_strconcat (TOKEN_FORMAT "\n", account, "\n", person, NULL);
}

/**
 * smm_account_token_get:
 * @value: what smm_account_token_pack() made
 * @kind: which token
 *
 * Returns: (transfer full) (nullable): the token; %NULL when the value has none of this kind or is
 *   of another format
 */
char *
smm_account_token_get (const char *value, SmmTokenKind kind)
{
  const char *account, *person;

  g_return_val_if_fail (value != NULL, NULL);

  if (!g_str_has_prefix (value, TOKEN_FORMAT "\n"))
    return NULL;
  account = value + strlen (TOKEN_FORMAT "\n");
  person = strchr (account, '\n');
  if (person == NULL)
    return NULL;

  if (kind == SMM_TOKEN_PERSON)
    return person[1] != '\0' ? g_strdup (person + 1) : NULL;
  return person > account ? g_strndup (account, person - account) : NULL;
}
