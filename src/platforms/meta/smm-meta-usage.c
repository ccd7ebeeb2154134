/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the headers of an answer say of the budgets (api/meta.md section 7.4). They come with good
 * answers, too: who heeds them stops before the platform has to refuse, which would cost more.
 */

#include "config.h"

#include "smm-meta.h"

#include <string.h>

#define MINUTE_MS ((guint64)60 * 1000)
#define MAX_MINUTES (24 * 60)
/* Section 7.2, 3: when all is used up and nothing says for how long. */
#define USED_UP_MINUTES 15

static JsonNode *
parse_header (SmmResponse *response, const char *name)
{
  const char *text = smm_response_get_header (response, name);
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  return bytes != NULL ? smm_json_parse (bytes, NULL) : NULL;
}

/* Percent of what is allowed: the fullest of the three counts. */
static gboolean
is_used_up (JsonObject *usage)
{
  static const char *const members[] = { "call_count", "total_cputime", "total_time" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (smm_json_get_int (usage, members[i], 0) >= 100)
      return TRUE;
  return FALSE;
}

/* A Page's budget does not stop Instagram without a Page, and an advertiser's stops neither. */
static gboolean
concerns (const SmmAccount *account, const char *type)
{
  if (type == NULL)
    return TRUE;
  if (account->platform == SMM_PLATFORM_INSTAGRAM && strcmp (type, "instagram") == 0)
    return TRUE;
  return strcmp (type, "pages") == 0
         && (account->platform == SMM_PLATFORM_FACEBOOK || account->parent_remote_id != NULL);
}

static gint64
read_entry (const SmmAccount *account, JsonNode *node)
{
  JsonObject *usage = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 minutes;

  if (usage == NULL || !concerns (account, smm_json_get_string (usage, "type")))
    return 0;
  minutes = smm_json_get_int (usage, "estimated_time_to_regain_access", 0);
  return minutes <= 0 && is_used_up (usage) ? USED_UP_MINUTES : minutes;
}

static gint64
read_business_usage (const SmmAccount *account, SmmResponse *response)
{
  g_autoptr (JsonNode) root = parse_header (response, "x-business-use-case-usage");
  g_autoptr (GList) members = NULL;
  gint64 longest = 0;

  if (root == NULL)
    return 0;
  members = json_object_get_members (json_node_get_object (root));
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonArray *list = smm_json_get_array (json_node_get_object (root), l->data);

      for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
        longest = MAX (longest, read_entry (account, json_array_get_element (list, i)));
    }
  return longest;
}

static gint64
read_plain_usage (SmmResponse *response, const char *name)
{
  g_autoptr (JsonNode) root = parse_header (response, name);

  return root != NULL && is_used_up (json_node_get_object (root)) ? USED_UP_MINUTES : 0;
}

/**
 * smm_meta_usage_wait_ms:
 * @account: the account that was asked for
 * @response: any answer
 *
 * Returns: how long its usage headers say to wait, at most a day; 0: not at all. What can't be read
 *   is never an error (api/meta.md section 7.4).
 */
guint64
smm_meta_usage_wait_ms (const SmmAccount *account, SmmResponse *response)
{
  gint64 minutes = read_business_usage (account, response);

  minutes = MAX (minutes, read_plain_usage (response, "x-app-usage"));
  minutes = MAX (minutes, read_plain_usage (response, "x-page-usage"));
  return (guint64)MIN (minutes, MAX_MINUTES) * MINUTE_MS;
}
