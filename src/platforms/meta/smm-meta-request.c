/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the Graph API, and reading what it says (api/meta.md sections 1.4, 7.1). */

#include "config.h"

#include "smm-meta.h"

#include <string.h>

/* --- Requests --- */

SmmRequest *
smm_meta_request (const char *method, const SmmAccount *account, const char *purpose,
                  const char *path_format, ...)
{
  g_autofree char *path = NULL;
  SmmRequest *request;
  va_list args;

  va_start (args, path_format);
  path = g_strdup_vprintf (path_format, args);
  va_end (args);
  request = smm_request_new (method,
                             smm_meta_is_login (account) ? SMM_ENDPOINT_META_INSTAGRAM_GRAPH
                                                         : SMM_ENDPOINT_META_GRAPH,
                             "/" SMM_GRAPH_VERSION "/%s", path);
  request->auth = SMM_AUTH_BEARER;
  request->purpose = g_strdup (purpose);
  request->account_id = account != NULL ? g_strdup (account->id) : NULL;
  if (strcmp (method, "POST") == 0)
    request->body = SMM_BODY_FORM;
  return request;
}

SmmStep *
smm_meta_step (const char *name, SmmStepKind kind, SmmRequest *request)
{
  SmmStep *step = g_new0 (SmmStep, 1);

  step->name = g_strdup (name);
  step->kind = kind;
  step->request = request;
  return step;
}

SmmRequest *
smm_meta_read_request (const SmmPublication *pub, const char *id, const char *fields)
{
  SmmRequest *request = smm_meta_request ("GET", pub->account, "publish", "%s", id);

  smm_request_add_param (request, "fields", fields);
  if (smm_meta_fact_int (pub, "missing") % 2 == 1)
    request->token = SMM_TOKEN_PERSON;
  return request;
}

static const char *find_fact (const SmmPublication *pub, const char *format, va_list args)
    G_GNUC_PRINTF (2, 0);

static const char *
find_fact (const SmmPublication *pub, const char *format, va_list args)
{
  g_autofree char *key = g_strdup_vprintf (format, args);
  const char *value = g_hash_table_lookup (pub->facts, key);

  return value != NULL && *value != '\0' ? value : NULL;
}

const char *
smm_meta_fact (const SmmPublication *pub, const char *format, ...)
{
  const char *value;
  va_list args;

  va_start (args, format);
  value = find_fact (pub, format, args);
  va_end (args);
  return value;
}

/* 0 when there is none. */
gint64
smm_meta_fact_int (const SmmPublication *pub, const char *format, ...)
{
  const char *value;
  va_list args;

  va_start (args, format);
  value = find_fact (pub, format, args);
  va_end (args);
  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

const char *
smm_meta_option (const SmmPublication *pub, const char *key)
{
  const char *value = g_hash_table_lookup (pub->post->options, key);

  return value != NULL && *value != '\0' ? value : NULL;
}

gboolean
smm_meta_is_login (const SmmAccount *account)
{
  return account != NULL && account->platform == SMM_PLATFORM_INSTAGRAM
         && g_strcmp0 (account->login, "instagram") == 0;
}

gboolean
smm_meta_is_id (const char *id)
{
  return id != NULL && *id != '\0' && strlen (id) <= 64
         && strspn (id, "0123456789_") == strlen (id);
}

/* --- Reading answers --- */

void
smm_meta_answer_clear (SmmMetaAnswer *answer)
{
  g_clear_pointer (&answer->root, json_node_unref);
  g_clear_pointer (&answer->message, g_free);
  g_clear_pointer (&answer->request_id, g_free);
}

/**
 * smm_meta_answer_read:
 * @answer: (out caller-allocates): what it says
 * @response: a response
 *
 * The body decides, not the HTTP status (api/meta.md section 7.1).
 */
void
smm_meta_answer_read (SmmMetaAnswer *answer, SmmResponse *response)
{
  JsonObject *error;
  const char *trace;

  memset (answer, 0, sizeof *answer);
  trace = smm_response_get_header (response, "x-fb-trace-id");
  answer->request_id = g_strdup (trace);
  if (response->sent != SMM_SENT_ANSWERED)
    return;
  answer->root = smm_json_parse (response->body, NULL);
  if (answer->root == NULL)
    return;
  answer->object = json_node_get_object (answer->root);
  error = smm_json_get_object (answer->object, "error");
  if (error == NULL)
    return;
  answer->is_error = TRUE;
  answer->code = smm_json_get_int (error, "code", 0);
  answer->subcode = smm_json_get_int (error, "error_subcode", 0);
  answer->transient = smm_json_get_bool (error, "is_transient", FALSE);
  answer->message = g_strdup (smm_json_get_string (error, "error_user_msg"));
  if (answer->message == NULL)
    answer->message = g_strdup (smm_json_get_string (error, "message"));
  if (smm_json_get_string (error, "fbtrace_id") != NULL)
    {
      g_free (answer->request_id);
      answer->request_id = g_strdup (smm_json_get_string (error, "fbtrace_id"));
    }
}

gint64
smm_meta_parse_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  /* Nothing was posted before 1970: such a time is as good as none. */
  return time != NULL ? MAX (g_date_time_to_unix (time), 0) * G_USEC_PER_SEC : 0;
}

static char *
normalise (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_NFC);
  GString *out = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *p = composed; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          space = TRUE;
          continue;
        }
      if (space && out->len > 0)
        g_string_append_c (out, ' ');
      space = FALSE;
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* Facebook may trim and join white space: api/meta.md section 3.9. */
gboolean
smm_meta_same_text (const char *one, const char *other)
{
  g_autofree char *a = normalise (one);
  g_autofree char *b = normalise (other);

  return strcmp (a, b) == 0;
}

gboolean
smm_meta_answer_is_good (const SmmMetaAnswer *answer, SmmResponse *response)
{
  return answer->object != NULL && !answer->is_error && response->status >= 200
         && response->status < 300;
}

gboolean
smm_meta_answer_is_missing (const SmmMetaAnswer *answer)
{
  return answer->is_error && answer->code == 100 && answer->subcode == 33;
}

gint64
smm_meta_get_number (JsonObject *object, const char *member, gint64 fallback)
{
  const char *text = smm_json_get_string (object, member);
  gint64 value;

  if (text == NULL)
    return smm_json_get_int (object, member, fallback);
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL) ? value
                                                                                   : fallback;
}

JsonObject *
smm_meta_get_item (JsonArray *list, guint i)
{
  JsonNode *node = json_array_get_element (list, i);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
