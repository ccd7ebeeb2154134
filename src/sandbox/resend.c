/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Resend (api/resend.md): POST /emails, GET /emails/{id}. Keys: "re_sandbox_…" may do all,
 * "re_sending_…" only send, "re_unverified_…" has no domain and mails its owner alone,
 * "re_suspended_…" is suspended, others are wrong. The verified domain is example.org, the owner is
 * owner@example.org. What Resend would take silently and not do, such as a member it does not know,
 * is refused. The same Idempotency-Key within 24 hours sends nothing more; after that it is
 * forgotten.
 *
 * Settings: mail_per_second (2), mail_daily (100), mail_monthly (3000): recipients; mail_busy_ms
 * (0): how long after a mail came the same key is answered as "concurrent"; mail_event
 * ("delivered"): what a mail that is asked about came to last, section 5. GET /_sandbox/mails
 * {"mails":[{id, key, from, to:[…], subject, html, text, at_us}]} oldest first
 */

#include "smm-sandbox.h"

#include <string.h>

#define DOMAIN "example.org"
#define OWNER "owner@example.org"
#define TEST_SENDER "onboarding@resend.dev"
#define MAX_TO 50
#define MAX_BYTES (40 * 1024 * 1024)

typedef struct
{
  char *id, *key, *hash;
  JsonObject *sent;
  guint recipients;
  gint64 at; /* µs of the sandbox's clock */
} Mail;

static GPtrArray *mails;
static int per_second = 2, daily = 100, monthly = 3000, busy_ms;
static char event[32] = "delivered";
static gint64 asked[8]; /* monotonic µs of the last requests, a ring */
static guint n_asked;

static void
free_mail (gpointer data)
{
  Mail *mail = data;

  g_free (mail->id);
  g_free (mail->key);
  g_free (mail->hash);
  json_object_unref (mail->sent);
  g_free (mail);
}

static GPtrArray *
get_mails (void)
{
  if (mails == NULL)
    mails = g_ptr_array_new_with_free_func (free_mail);
  return mails;
}

void
sim_resend_reset (void)
{
  g_clear_pointer (&mails, g_ptr_array_unref);
  per_second = 2;
  daily = 100;
  monthly = 3000;
  busy_ms = 0;
  g_strlcpy (event, "delivered", sizeof event);
  n_asked = 0;
}

gboolean
sim_resend_setting (const char *name, const char *value)
{
  int number = g_ascii_strtoll (value, NULL, 10);

  if (strcmp (name, "mail_per_second") == 0)
    per_second = CLAMP (number, 1, (int)G_N_ELEMENTS (asked));
  else if (strcmp (name, "mail_daily") == 0)
    daily = number;
  else if (strcmp (name, "mail_monthly") == 0)
    monthly = number;
  else if (strcmp (name, "mail_busy_ms") == 0)
    busy_ms = number;
  else if (strcmp (name, "mail_event") == 0)
    g_strlcpy (event, value, sizeof event);
  else
    return FALSE;
  return TRUE;
}

static void
fail (SimRequest *self, guint status, const char *name, const char *message)
{
  JsonObject *root = json_object_new ();

  json_object_set_int_member (root, "statusCode", status);
  json_object_set_string_member (root, "name", name);
  json_object_set_string_member (root, "message", message);
  sim_reply_object (self, root);
  self->status = status;
}

/* --- Who asks, and how often --- */

static gboolean
check_key (SimRequest *self, const char **key)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *given = soup_message_headers_get_one (headers, "Authorization");

  *key = given != NULL && g_str_has_prefix (given, "Bearer ") ? given + 7 : "";
  if (soup_message_headers_get_one (headers, "User-Agent") == NULL)
    fail (self, 403, "validation_error", "A User-Agent is needed");
  else if (**key == '\0')
    fail (self, 401, "missing_api_key", "Missing API key in the authorization header");
  else if (g_str_has_prefix (*key, "re_suspended_"))
    fail (self, 403, "suspended_api_key", "This API key is suspended");
  else if (!g_str_has_prefix (*key, "re_sandbox_") && !g_str_has_prefix (*key, "re_sending_")
           && !g_str_has_prefix (*key, "re_unverified_"))
    /* As one of its libraries spells it. */
    fail (self, 403, "invalid_api_Key", "API key is invalid");
  else
    return TRUE;
  return FALSE;
}

static void
set_limit_headers (SimRequest *self, guint left)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  g_autofree char *limit = g_strdup_printf ("%d", per_second);
  g_autofree char *remaining = g_strdup_printf ("%u", left);

  soup_message_headers_replace (headers, "ratelimit-limit", limit);
  soup_message_headers_replace (headers, "ratelimit-remaining", remaining);
  soup_message_headers_replace (headers, "ratelimit-reset", "1");
}

static gboolean
check_rate (SimRequest *self)
{
  gint64 now = g_get_monotonic_time ();
  int within = 0;

  for (guint i = 0; i < MIN (n_asked, G_N_ELEMENTS (asked)); i++)
    within += now - asked[i] < G_USEC_PER_SEC;
  set_limit_headers (self, MAX (per_second - within - 1, 0));
  if (within < per_second)
    {
      asked[n_asked++ % G_N_ELEMENTS (asked)] = now;
      return TRUE;
    }
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "retry-after", "1");
  fail (self, 429, "rate_limit_exceeded", "Too many requests. You can only make 2 per second.");
  return FALSE;
}

static gboolean
check_quota (SimRequest *self, guint recipients)
{
  gint64 now = sim_now ();
  int today = 0, month = 0;

  for (guint i = 0; i < get_mails ()->len; i++)
    {
      const Mail *mail = mails->pdata[i];

      today += mail->at > now - SIM_DAY ? mail->recipients : 0;
      month += mail->at > now - 30 * SIM_DAY ? mail->recipients : 0;
    }
  if (today + (int)recipients > daily)
    fail (self, 429, "daily_quota_exceeded", "You have reached your daily email sending quota.");
  else if (month + (int)recipients > monthly)
    fail (self, 429, "monthly_quota_exceeded", "You have reached your monthly email quota.");
  else
    return TRUE;
  return FALSE;
}

/* --- What is to be sent --- */

/* The address in "Name <address>", or the whole; NULL: it is none. */
static char *
get_address (const char *text)
{
  const char *open = strrchr (text, '<');
  const char *close = open != NULL ? strchr (open, '>') : NULL;
  g_autofree char *address = NULL;

  if (open != NULL && (close == NULL || close[1] != '\0'))
    return NULL;
  address = open != NULL ? g_strndup (open + 1, close - open - 1) : g_strdup (text);
  return g_regex_match_simple ("^[^\\s@<>,;]+@[^\\s@<>,;]+\\.[^\\s@<>,;]+$", address, 0, 0)
             ? g_steal_pointer (&address)
             : NULL;
}

static const char *
get_text (JsonObject *mail, const char *name)
{
  JsonNode *node = json_object_get_member (mail, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
check_members (SimRequest *self, JsonObject *mail)
{
  static const char *const known[]
      = { "from", "to",           "subject",  "html",     "text",
          "cc",   "bcc",          "headers",  "reply_to", "attachments",
          "tags", "scheduled_at", "topic_id", "template", NULL };
  g_autoptr (GList) names = json_object_get_members (mail);

  for (GList *at = names; at != NULL; at = at->next)
    if (!g_strv_contains (known, at->data))
      {
        fail (self, 422, "validation_error", "There is a field that is not known");
        return FALSE;
      }
  return TRUE;
}

/* A text or a list of 1 to 50; each an address. */
static JsonArray *
read_to (SimRequest *self, JsonObject *mail)
{
  JsonNode *node = json_object_get_member (mail, "to");
  JsonArray *to = json_array_new ();

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      json_array_unref (to);
      to = json_array_ref (json_node_get_array (node));
    }
  else if (get_text (mail, "to") != NULL)
    json_array_add_string_element (to, get_text (mail, "to"));
  if (json_array_get_length (to) == 0)
    fail (self, 422, "missing_required_field", "Missing `to` field.");
  else if (json_array_get_length (to) > MAX_TO)
    fail (self, 422, "validation_error", "The `to` field must have at most 50 recipients.");
  else
    {
      for (guint i = 0; i < json_array_get_length (to); i++)
        {
          JsonNode *each = json_array_get_element (to, i);
          g_autofree char *address
              = JSON_NODE_HOLDS_VALUE (each) && json_node_get_value_type (each) == G_TYPE_STRING
                    ? get_address (json_node_get_string (each))
                    : NULL;

          if (address != NULL)
            continue;
          fail (self, 422, "validation_error", "Invalid `to` field.");
          json_array_unref (to);
          return NULL;
        }
      return to;
    }
  json_array_unref (to);
  return NULL;
}

/* From a domain that is verified; without one, to the owner alone. */
static gboolean
check_sender (SimRequest *self, const char *key, const char *from, JsonArray *to)
{
  g_autofree char *address = get_address (from);
  gboolean is_test = g_strcmp0 (address, TEST_SENDER) == 0;
  const char *at = address != NULL ? strchr (address, '@') + 1 : NULL;

  if (address == NULL)
    fail (self, 422, "invalid_from_address",
          "Invalid `from` field. The email address needs to follow the `email@example.com` or "
          "`Name <email@example.com>` format.");
  else if (!is_test && (g_str_has_prefix (key, "re_unverified_") || strcmp (at, DOMAIN) != 0))
    fail (self, 403, "validation_error",
          "The domain is not verified. Please, add and verify your domain");
  else if (is_test
           && (json_array_get_length (to) != 1
               || strcmp (json_array_get_string_element (to, 0), OWNER) != 0))
    fail (self, 403, "validation_error",
          "You can only send testing emails to your own email address (" OWNER ").");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_mail (SimRequest *self, const char *key, JsonObject *mail, guint *recipients)
{
  g_autoptr (JsonArray) to = NULL;
  const char *subject = get_text (mail, "subject");

  if (!check_members (self, mail))
    return FALSE;
  if (get_text (mail, "from") == NULL)
    fail (self, 422, "missing_required_field", "Missing `from` field.");
  else if ((to = read_to (self, mail)) == NULL)
    return FALSE;
  else if (subject == NULL || *subject == '\0')
    fail (self, 422, "missing_required_field", "Missing `subject` field.");
  else if (strpbrk (subject, "\r\n") != NULL)
    fail (self, 422, "validation_error", "The `\\n` is not allowed in the `subject` field.");
  else if (get_text (mail, "html") == NULL && get_text (mail, "text") == NULL)
    fail (self, 422, "missing_required_field", "Missing `html` or `text` field.");
  else
    {
      *recipients = json_array_get_length (to);
      return check_sender (self, key, get_text (mail, "from"), to);
    }
  return FALSE;
}

/* --- Sending --- */

static void
reply_id (SimRequest *self, const Mail *mail)
{
  sim_reply_text (self, 200, "application/json", g_strdup_printf ("{\"id\":\"%s\"}", mail->id));
}

/* TRUE: it was answered as an earlier one of the same key. */
static gboolean
answer_again (SimRequest *self, const char *key, const char *hash)
{
  for (guint i = get_mails ()->len; key != NULL && i > 0; i--)
    {
      const Mail *mail = mails->pdata[i - 1];
      gint64 age = sim_now () - mail->at;

      if (g_strcmp0 (mail->key, key) != 0 || age > SIM_DAY)
        continue;
      if (strcmp (mail->hash, hash) != 0)
        fail (self, 409, "invalid_idempotent_request",
              "This idempotency key has been used on a request with a different payload.");
      else if (age < busy_ms * 1000)
        fail (self, 409, "concurrent_idempotent_requests",
              "A request with this idempotency key is in progress.");
      else
        reply_id (self, mail);
      return TRUE;
    }
  return FALSE;
}

static void
take_mail (SimRequest *self, const char *idempotency, const char *hash, JsonObject *sent,
           guint recipients)
{
  Mail *mail = g_new0 (Mail, 1);

  mail->id = g_uuid_string_random ();
  mail->key = g_strdup (idempotency);
  mail->hash = g_strdup (hash);
  mail->sent = json_object_ref (sent);
  mail->recipients = recipients;
  mail->at = sim_now ();
  g_ptr_array_add (get_mails (), mail);
  sim_effect ("mail");
  reply_id (self, mail);
}

static void
post_email (SimRequest *self, const char *key)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *idempotency = soup_message_headers_get_one (headers, "Idempotency-Key");
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize n = g_bytes_get_size (body);
  JsonNode *root;
  guint recipients = 0;

  if (idempotency != NULL && (*idempotency == '\0' || strlen (idempotency) > 256))
    {
      fail (self, 400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
      return;
    }
  root = n <= MAX_BYTES
                 && g_strcmp0 (soup_message_headers_get_content_type (headers, NULL),
                               "application/json")
                        == 0
                 && json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), n, NULL)
             ? json_parser_get_root (parser)
             : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    fail (self, 400, "validation_error", "The request body is not valid JSON");
  else if (!answer_again (self, idempotency, hash)
           && check_mail (self, key, json_node_get_object (root), &recipients)
           && check_quota (self, recipients))
    take_mail (self, idempotency, hash, json_node_get_object (root), recipients);
}

/* --- Reading --- */

static void
get_email (SimRequest *self, const char *key, const char *id)
{
  if (g_str_has_prefix (key, "re_sending_"))
    {
      fail (self, 401, "restricted_api_key", "This API key is restricted to only send emails");
      return;
    }
  for (guint i = 0; i < get_mails ()->len; i++)
    {
      const Mail *mail = mails->pdata[i];
      g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (mail->at / G_USEC_PER_SEC);
      g_autofree char *made = g_date_time_format (at, "%Y-%m-%d %H:%M:%S.000000+00");
      g_autofree char *sent = NULL;

      if (strcmp (mail->id, id) != 0)
        continue;
      sent = sim_json_to_text (mail->sent);
      sim_reply_text (self, 200, "application/json",
                      g_strdup_printf ("{\"object\":\"email\",\"id\":\"%s\",\"created_at\":\"%s\","
                                       "\"last_event\":\"%s\",\"cc\":null,\"bcc\":null,%s",
                                       mail->id, made, event, sent + 1));
      return;
    }
  fail (self, 404, "not_found", "Email not found");
}

void
sim_resend (SimRequest *self)
{
  const char *what = self->n_segments > 1 ? self->segments[1] : "";
  const char *key;

  if (!check_key (self, &key) || !check_rate (self))
    return;
  if (strcmp (what, "emails") != 0 || self->n_segments > 3)
    fail (self, 404, "not_found", "The requested endpoint does not exist");
  else if (self->n_segments == 2 && sim_is (self, "POST"))
    post_email (self, key);
  else if (self->n_segments == 3 && sim_is (self, "GET"))
    get_email (self, key, self->segments[2]);
  else
    fail (self, 405, "method_not_allowed", "Method is not allowed for the requested path");
}

void
sim_resend_list (SimRequest *self)
{
  JsonObject *root = json_object_new ();
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < get_mails ()->len; i++)
    {
      const Mail *mail = mails->pdata[i];
      JsonObject *each = json_object_new ();
      g_autoptr (GList) names = json_object_get_members (mail->sent);

      for (GList *at = names; at != NULL; at = at->next)
        json_object_set_member (each, at->data, json_object_dup_member (mail->sent, at->data));
      json_object_set_string_member (each, "id", mail->id);
      json_object_set_string_member (each, "key", mail->key != NULL ? mail->key : "");
      json_object_set_int_member (each, "at_us", mail->at);
      json_array_add_object_element (list, each);
    }
  json_object_set_array_member (root, "mails", list);
  sim_reply_object (self, root);
}
