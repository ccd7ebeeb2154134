/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-mail-message.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-mail-address.h"
#include "smm-platform.h"

#define MAX_ITEMS 50
#define MAX_PIECE 600 /* characters of one piece of an item */
#define MAX_SUBJECT 150
#define TIMEOUT_MS 30000
#define MAX_WAIT (6 * (gint64)G_TIME_SPAN_HOUR)
#define MAX_REMOTE_ID 100

G_DEFINE_QUARK (smm - mail - error - quark, smm_mail_error)

void
smm_mail_item_free (SmmMailItem *item)
{
  g_free (item->summary);
  g_free (item->place);
  g_free (item->when);
  g_free (item->caption);
  g_free (item->reason);
  g_free (item->link);
  g_free (item);
}

void
smm_mail_outcome_free (SmmMailOutcome *outcome)
{
  g_free (outcome->remote_id);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

/* --- What it says --- */

/* One line of good UTF-8, not too long: what platforms say gets into it. */
static char *
tidy (const char *text, glong max)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);
  glong n = 0;

  for (const char *at = valid; *at != '\0' && n < max; at = g_utf8_next_char (at), n++)
    {
      gunichar character = g_utf8_get_char (at);

      g_string_append_unichar (line, g_unichar_isprint (character) ? character : ' ');
    }
  return g_strstrip (g_string_free (line, FALSE));
}

static void
add_piece (GString *text, GString *html, const char *tag, const char *piece)
{
  g_autofree char *line = piece != NULL ? tidy (piece, MAX_PIECE) : NULL;
  g_autofree char *escaped = line != NULL ? g_markup_escape_text (line, -1) : NULL;

  if (line == NULL || *line == '\0')
    return;
  g_string_append_printf (text, "%s\n", line);
  g_string_append_printf (html, "<%s dir=\"auto\">%s</%s>\n", tag, escaped, tag);
}

/* An address is shown as what it is: nothing leads elsewhere than it says. */
static void
add_link (GString *text, GString *html, const char *link)
{
  g_autofree char *line = link != NULL ? tidy (link, MAX_PIECE) : NULL;
  g_autofree char *escaped = line != NULL ? g_markup_escape_text (line, -1) : NULL;

  if (line == NULL || !g_str_has_prefix (line, "https://"))
    return;
  g_string_append_printf (text, "%s\n", line);
  g_string_append_printf (html, "<p><a href=\"%s\">%s</a></p>\n", escaped, escaped);
}

static void
add_item (GString *text, GString *html, const SmmMailItem *item)
{
  g_autofree char *place_and_time = NULL;

  if (item->place != NULL && item->when != NULL)
    place_and_time = g_strdup_printf ("%s · %s", item->place, item->when);
  g_string_append (text, "\n");
  add_piece (text, html, "h3", item->summary);
  add_piece (text, html, "p",
             place_and_time != NULL ? place_and_time
             : item->place != NULL  ? item->place
                                    : item->when);
  add_piece (text, html, "p", item->caption);
  add_piece (text, html, "p", item->reason);
  add_link (text, html, item->link);
}

static void
take_text (SmmMail *mail, const char *subject, GString *text, GString *html)
{
  g_free (mail->subject);
  mail->subject = tidy (subject, MAX_SUBJECT);
  g_string_append (text, "\n--\n");
  g_string_append (html, "<hr>\n");
  add_piece (text, html, "p",
             _ ("Sent by nkonsept SMM on your computer. What is mailed is chosen in its "
                "preferences, under Notifications."));
  g_string_append (html, "</body></html>\n");
  g_free (mail->text);
  mail->text = g_string_free (text, FALSE);
  g_free (mail->html);
  mail->html = g_string_free (html, FALSE);
}

static GString *
begin_html (void)
{
  return g_string_new ("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head>\n"
                       "<body style=\"font-family: sans-serif; max-width: 40em\">\n");
}

/**
 * smm_mail_compose:
 * @mail: gets subject, text and HTML
 * @items: (element-type SmmMailItem): what happened, at least one
 *
 * One mail for all of it; more than 50 are counted.
 */
void
smm_mail_compose (SmmMail *mail, GPtrArray *items)
{
  GString *text = g_string_new (NULL);
  GString *html = begin_html ();
  const SmmMailItem *first = items->pdata[0];
  g_autofree char *subject = NULL;
  guint n_more = items->len > MAX_ITEMS ? items->len - MAX_ITEMS : 0;

  if (items->len == 1)
    subject = g_strdup (first->summary);
  else
    /* Translators: subject of a mail: the first event, and how many others there are */
    subject = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%s, and %u more", "%s, and %u more", items->len - 1),
        first->summary, items->len - 1);
  for (guint i = 0; i < items->len - n_more; i++)
    add_item (text, html, items->pdata[i]);
  if (n_more > 0)
    {
      g_autofree char *more
          = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "And %u more, which the window lists.",
                                          "And %u more, which the window lists.", n_more),
                             n_more);

      g_string_append (text, "\n");
      add_piece (text, html, "p", more);
    }
  take_text (mail, subject, text, html);
}

/**
 * smm_mail_compose_test:
 * @mail: gets subject, text and HTML
 *
 * What tells that mails arrive.
 */
void
smm_mail_compose_test (SmmMail *mail)
{
  GString *text = g_string_new (NULL);
  GString *html = begin_html ();

  add_piece (text, html, "p",
             _ ("This is the test you asked for: mails from nkonsept SMM arrive here."));
  take_text (mail, _ ("A test of nkonsept SMM"), text, html);
}

/* --- Sending it --- */

/**
 * smm_mail_make_request:
 * @mail: a mail with a key, a sender and recipients
 *
 * POST /emails (api/resend.md sections 2 and 3). Of the same mail always the same bytes.
 *
 * Returns: (transfer full): the request, without the key of the account
 */
SmmRequest *
smm_mail_make_request (const SmmMail *mail)
{
  SmmRequest *request = smm_request_new ("POST", SMM_ENDPOINT_RESEND, "/emails");
  g_auto (GStrv) recipients = smm_mail_split_recipients (mail->recipients);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "from");
  json_builder_add_string_value (builder, mail->sender);
  json_builder_set_member_name (builder, "to");
  json_builder_begin_array (builder);
  for (guint i = 0; recipients != NULL && recipients[i] != NULL; i++)
    json_builder_add_string_value (builder, recipients[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "subject");
  json_builder_add_string_value (builder, mail->subject);
  json_builder_set_member_name (builder, "html");
  json_builder_add_string_value (builder, mail->html);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, mail->text);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  request->body = SMM_BODY_JSON;
  request->body_json = json_to_string (root, FALSE);
  request->auth = SMM_AUTH_BEARER;
  request->timeout_ms = TIMEOUT_MS;
  request->purpose = g_strdup ("mail");
  smm_request_add_header (request, "Idempotency-Key", mail->key);
  return request;
}

/* --- What an answer means: api/resend.md section 6 --- */

typedef struct
{
  const char *name; /* compared without case */
  guint status;     /* 0: any */
  SmmMailVerdict verdict;
  SmmMailError code;
  gint64 wait;
  const char *message; /* to be translated */
} Meaning;

static const Meaning meanings[] = {
  { "missing_api_key", 0, SMM_MAIL_VERDICT_REFUSED, SMM_MAIL_ERROR_DENIED, 0,
    N_ ("Resend got no key. Enter it again.") },
  { "invalid_api_key", 0, SMM_MAIL_VERDICT_REFUSED, SMM_MAIL_ERROR_DENIED, 0,
    N_ ("Resend does not accept the key. Make a new one there and enter it here.") },
  { "suspended_api_key", 0, SMM_MAIL_VERDICT_REFUSED, SMM_MAIL_ERROR_DENIED, 0,
    N_ ("Resend has suspended the key. Look there why, or make a new one.") },
  { "restricted_api_key", 0, SMM_MAIL_VERDICT_REFUSED, SMM_MAIL_ERROR_DENIED, 0,
    N_ ("The key may not send mails from this domain. Give it that right at Resend, or make a new "
        "one.") },
  { "invalid_permission", 0, SMM_MAIL_VERDICT_REFUSED, SMM_MAIL_ERROR_DENIED, 0,
    N_ ("The key may not send mails. Give it that right at Resend, or make a new one.") },
  { "validation_error", 403, SMM_MAIL_VERDICT_REFUSED, SMM_MAIL_ERROR_SENDER, 0,
    N_ ("Resend sends mails only from a domain that you verified there. Without one use "
        "onboarding@resend.dev, which reaches your own address at Resend and no other.") },
  { "invalid_from_address", 0, SMM_MAIL_VERDICT_REFUSED, SMM_MAIL_ERROR_SENDER, 0,
    N_ ("Resend does not take the sender’s address. Check it.") },
  { "daily_quota_exceeded", 0, SMM_MAIL_VERDICT_AGAIN, SMM_MAIL_ERROR_QUOTA, MAX_WAIT,
    N_ ("Resend sends no more mails for you today.") },
  { "monthly_quota_exceeded", 0, SMM_MAIL_VERDICT_AGAIN, SMM_MAIL_ERROR_QUOTA, MAX_WAIT,
    N_ ("Resend sends no more mails for you this month. Look at your plan there.") },
  { "rate_limit_exceeded", 0, SMM_MAIL_VERDICT_AGAIN, SMM_MAIL_ERROR_BUSY, 0,
    N_ ("Resend asks to wait a little.") },
  { "invalid_idempotent_request", 0, SMM_MAIL_VERDICT_UNKNOWN, SMM_MAIL_ERROR_UNKNOWN, 0,
    N_ ("Resend knows this mail with another text: it was probably sent before. It is not sent "
        "again.") },
  { "security_error", 0, SMM_MAIL_VERDICT_REFUSED, SMM_MAIL_ERROR_DENIED, 0,
    N_ ("Resend has stopped mails of your account. Ask its support.") },
};

static const Meaning *
find_meaning (const char *name, guint status)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (meanings); i++)
    if (g_ascii_strcasecmp (meanings[i].name, name) == 0
        && (meanings[i].status == 0 || meanings[i].status == status))
      return &meanings[i];
  return NULL;
}

/* Seconds; what is no number, or a date, is no help. */
static gint64
read_wait (SmmResponse *response)
{
  const char *text = smm_response_get_header (response, "retry-after");
  gint64 seconds;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT, &seconds, NULL))
    return G_USEC_PER_SEC;
  return MIN (seconds * G_USEC_PER_SEC, MAX_WAIT);
}

static void
judge_by_status (SmmMailOutcome *outcome, SmmResponse *response)
{
  guint status = response->status;

  /* 409: the first try of this key is under way still. */
  outcome->unclear = status >= 500 || status == 409 || status < 300;
  if (outcome->unclear || status == 429)
    {
      outcome->verdict = SMM_MAIL_VERDICT_AGAIN;
      outcome->wait = status == 429 ? read_wait (response) : 0;
      g_set_error (&outcome->error, SMM_MAIL_ERROR, SMM_MAIL_ERROR_BUSY,
                   _ ("Resend has trouble (HTTP %u)."), status);
      return;
    }
  outcome->verdict = SMM_MAIL_VERDICT_REFUSED;
  g_set_error (&outcome->error, SMM_MAIL_ERROR, SMM_MAIL_ERROR_ANSWER,
               _ ("Resend does not take the mail (HTTP %u). Check the addresses."), status);
}

static void
judge_unanswered (SmmMailOutcome *outcome, SmmResponse *response)
{
  outcome->verdict = SMM_MAIL_VERDICT_AGAIN;
  outcome->unclear = response->sent == SMM_SENT_MAYBE;
  if (outcome->unclear)
    g_set_error (&outcome->error, SMM_MAIL_ERROR, SMM_MAIL_ERROR_UNKNOWN,
                 _ ("Resend did not answer whether it took the mail: %s"), response->error);
  else
    g_set_error (&outcome->error, SMM_MAIL_ERROR, SMM_MAIL_ERROR_UNREACHABLE,
                 _ ("Resend can’t be reached: %s"), response->error);
}

static char *
read_id (JsonObject *answer)
{
  const char *id = smm_json_get_string (answer, "id");

  return id != NULL && *id != '\0' && strlen (id) <= MAX_REMOTE_ID ? tidy (id, MAX_REMOTE_ID)
                                                                   : NULL;
}

/**
 * smm_mail_judge:
 * @response: what came, or not, on smm_mail_make_request()
 *
 * An answer that is not understood counts as none: the same key may be tried again.
 *
 * Returns: (transfer full): what it means
 */
SmmMailOutcome *
smm_mail_judge (SmmResponse *response)
{
  SmmMailOutcome *outcome = g_new0 (SmmMailOutcome, 1);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *answer = NULL;
  const Meaning *meaning;

  if (response->sent != SMM_SENT_ANSWERED)
    {
      judge_unanswered (outcome, response);
      return outcome;
    }
  root = smm_json_parse (response->body, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    answer = json_node_get_object (root);
  if (response->status == 200 && answer != NULL)
    outcome->remote_id = read_id (answer);
  if (outcome->remote_id != NULL)
    return outcome;
  meaning = answer != NULL && response->status >= 400 && response->status < 500
                ? find_meaning (smm_json_get_string (answer, "name"), response->status)
                : NULL;
  if (meaning == NULL)
    {
      judge_by_status (outcome, response);
      return outcome;
    }
  outcome->verdict = meaning->verdict;
  outcome->unclear = meaning->verdict == SMM_MAIL_VERDICT_UNKNOWN;
  outcome->wait = meaning->wait > 0 || meaning->verdict != SMM_MAIL_VERDICT_AGAIN
                      ? meaning->wait
                      : read_wait (response);
  g_set_error_literal (&outcome->error, SMM_MAIL_ERROR, meaning->code, _ (meaning->message));
  return outcome;
}

/* --- What became of it: api/resend.md section 5 --- */

SmmRequest *
smm_mail_make_look (const char *remote_id)
{
  g_autofree char *escaped = g_uri_escape_string (remote_id, NULL, FALSE);
  SmmRequest *request = smm_request_new ("GET", SMM_ENDPOINT_RESEND, "/emails/%s", escaped);

  request->auth = SMM_AUTH_BEARER;
  request->timeout_ms = TIMEOUT_MS;
  request->purpose = g_strdup ("mail");
  return request;
}

char *
smm_mail_read_look (SmmResponse *response, GError **error)
{
  g_autoptr (JsonNode) root
      = response->sent == SMM_SENT_ANSWERED ? smm_json_parse (response->body, NULL) : NULL;
  JsonObject *answer
      = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *name = answer != NULL ? smm_json_get_string (answer, "name") : NULL;
  const char *event = answer != NULL && response->status == 200
                          ? smm_json_get_string (answer, "last_event")
                          : NULL;

  if (event != NULL && *event != '\0')
    return g_strdup (event);
  if (g_strcmp0 (name, "restricted_api_key") == 0)
    g_set_error_literal (error, SMM_MAIL_ERROR, SMM_MAIL_ERROR_KEY,
                         _ ("This key may only send. Whether mails arrive is told to one with full "
                            "access."));
  else if (response->status == 404)
    g_set_error_literal (error, SMM_MAIL_ERROR, SMM_MAIL_ERROR_UNKNOWN,
                         _ ("Resend does not know this mail any more"));
  else
    g_set_error_literal (error, SMM_MAIL_ERROR, SMM_MAIL_ERROR_UNKNOWN,
                         _ ("Resend did not say what became of it"));
  return NULL;
}

static const struct
{
  const char *event, *text;
  gboolean bad;
} events[] = {
  { "queued", N_ ("Resend has not sent it yet"), FALSE },
  { "scheduled", N_ ("Resend has not sent it yet"), FALSE },
  { "sent", N_ ("It is on its way"), FALSE },
  { "delivered", N_ ("It arrived"), FALSE },
  { "opened", N_ ("It arrived"), FALSE },
  { "clicked", N_ ("It arrived"), FALSE },
  { "delivery_delayed", N_ ("Its delivery is delayed; Resend goes on trying"), FALSE },
  { "complained", N_ ("It arrived, and was reported as spam"), TRUE },
  { "bounced", N_ ("It came back: the address does not take it"), TRUE },
  { "suppressed", N_ ("It was not sent: mails to this address came back before"), TRUE },
  { "failed", N_ ("It could not be delivered"), TRUE },
  { "canceled", N_ ("It was cancelled at Resend"), TRUE },
};

const char *
smm_mail_describe_event (const char *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (strcmp (events[i].event, event) == 0)
      return _ (events[i].text);
  return NULL;
}

gboolean
smm_mail_event_is_bad (const char *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (strcmp (events[i].event, event) == 0)
      return events[i].bad;
  return FALSE;
}
