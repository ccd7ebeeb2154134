/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-account-token.h"

#include "smm-vault.h"

#include <string.h>

/*
 * Tokens never hold a line feed, so lines are format enough:
 *   1  account, person
 *   2  account, person, refresh, expires_at, refresh_expires_at
 */
#define OLD_FORMAT "1"
#define FORMAT "2"
#define MAX_LINES 6

void
smm_account_tokens_clear (SmmAccountTokens *tokens)
{
  smm_vault_secret_free (tokens->account);
  smm_vault_secret_free (tokens->person);
  smm_vault_secret_free (tokens->refresh);
  *tokens = (SmmAccountTokens){ 0 };
}

static gboolean
is_line (const char *token)
{
  return token == NULL || strchr (token, '\n') == NULL;
}

/**
 * smm_account_tokens_pack:
 * @tokens: the tokens
 *
 * Returns: (transfer full): the value to store; free with smm_vault_secret_free()
 */
char *
smm_account_tokens_pack (const SmmAccountTokens *tokens)
{
  g_return_val_if_fail (is_line (tokens->account), NULL);
  g_return_val_if_fail (is_line (tokens->person), NULL);
  g_return_val_if_fail (is_line (tokens->refresh), NULL);

  return g_strdup_printf (FORMAT "\n%s\n%s\n%s\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT,
                          tokens->account != NULL ? tokens->account : "",
                          tokens->person != NULL ? tokens->person : "",
                          tokens->refresh != NULL ? tokens->refresh : "", tokens->expires_at,
                          tokens->refresh_expires_at);
}

typedef struct
{
  const char *text;
  gsize n;
} Line;

/* A copy of the whole would have to be wiped: only ends are looked for. */
static guint
find_lines (const char *value, Line *lines)
{
  guint n = 0;

  for (const char *end; n < MAX_LINES; value = end + 1)
    {
      end = strchrnul (value, '\n');
      lines[n++] = (Line){ value, end - value };
      if (*end == '\0')
        return n;
    }
  return MAX_LINES + 1;
}

static char *
dup_line (Line line)
{
  return line.n > 0 ? g_strndup (line.text, line.n) : NULL;
}

static gboolean
read_time (Line line, gint64 *time)
{
  char *end = NULL;

  if (line.n == 0 || line.n > 20 || !g_ascii_isdigit (*line.text))
    return FALSE;
  *time = g_ascii_strtoll (line.text, &end, 10);
  return end == line.text + line.n;
}

/**
 * smm_account_tokens_unpack:
 * @value: what a pack made, of this version or an earlier one
 * @tokens: (out caller-allocates): the tokens; clear with smm_account_tokens_clear()
 *
 * Returns: %FALSE when the value is of no format that is known
 */
gboolean
smm_account_tokens_unpack (const char *value, SmmAccountTokens *tokens)
{
  Line lines[MAX_LINES];
  guint n;

  g_return_val_if_fail (value != NULL, FALSE);

  *tokens = (SmmAccountTokens){ 0 };
  n = find_lines (value, lines);
  if (n == 3 && lines[0].n == 1 && *lines[0].text == *OLD_FORMAT)
    {
      tokens->account = dup_line (lines[1]);
      tokens->person = dup_line (lines[2]);
      return TRUE;
    }
  if (n != 6 || lines[0].n != 1 || *lines[0].text != *FORMAT
      || !read_time (lines[4], &tokens->expires_at)
      || !read_time (lines[5], &tokens->refresh_expires_at))
    {
      *tokens = (SmmAccountTokens){ 0 };
      return FALSE;
    }
  tokens->account = dup_line (lines[1]);
  tokens->person = dup_line (lines[2]);
  tokens->refresh = dup_line (lines[3]);
  return TRUE;
}

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
  const SmmAccountTokens tokens
      = { .account = (char *)account_token, .person = (char *)person_token };

  return smm_account_tokens_pack (&tokens);
}

/**
 * smm_account_token_get:
 * @value: what a pack made
 * @kind: which token
 *
 * Returns: (transfer full) (nullable): the token; %NULL when the value has none of this kind or is
 *   of another format
 */
char *
smm_account_token_get (const char *value, SmmTokenKind kind)
{
  g_auto (SmmAccountTokens) tokens = { 0 };

  if (!smm_account_tokens_unpack (value, &tokens))
    return NULL;
  return kind == SMM_TOKEN_PERSON ? g_steal_pointer (&tokens.person)
                                  : g_steal_pointer (&tokens.account);
}
