/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "smm-mail-message.h"
#include "smm-platform.h"

static void
add (GPtrArray *items, const char *summary, const char *caption, const char *reason,
     const char *link)
{
  SmmMailItem *item = g_new0 (SmmMailItem, 1);

  item->summary = g_strdup (summary);
  item->place = g_strdup ("Shop <A> · Page");
  item->when = g_strdup ("28.11.26 22:30");
  item->caption = g_strdup (caption);
  item->reason = g_strdup (reason);
  item->link = g_strdup (link);
  g_ptr_array_add (items, item);
}

static GPtrArray *
new_items (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)smm_mail_item_free);
}

static SmmMail *
new_mail (void)
{
  SmmMail *mail = g_new0 (SmmMail, 1);

  mail->key = g_strdup ("notice/1");
  mail->sender = g_strdup ("A Shop <a@example.org>");
  mail->recipients = g_strdup ("b@example.org, c@example.org");
  return mail;
}

/* Nothing that a platform or a post says is markup, a new line of a header, or somebody's trap. */
static void
test_escaped (void)
{
  g_autoptr (GPtrArray) items = new_items ();
  g_autoptr (SmmMail) mail = new_mail ();

  add (items, "Not published\r\nBcc: all@example.org", "“<script>alert (1)</script>”",
       "bad \xff bytes & \"quotes\"\x07", "javascript:alert(1)");
  smm_mail_compose (mail, items);
  g_assert_null (strpbrk (mail->subject, "\r\n"));
  g_assert_true (g_utf8_validate (mail->text, -1, NULL));
  g_assert_true (g_utf8_validate (mail->html, -1, NULL));
  g_assert_null (strstr (mail->html, "<script"));
  g_assert_nonnull (strstr (mail->html, "&lt;script&gt;"));
  g_assert_nonnull (strstr (mail->html, "Shop &lt;A&gt;"));
  g_assert_nonnull (strstr (mail->text, "Shop <A> · Page · 28.11.26 22:30"));
  g_assert_null (strstr (mail->html, "javascript:"));
  g_assert_null (strchr (mail->text, '\x07'));
}

static void
test_link (void)
{
  g_autoptr (GPtrArray) items = new_items ();
  g_autoptr (SmmMail) mail = new_mail ();

  add (items, "Published on Facebook", NULL, NULL, "https://www.facebook.com/1?a=\"&b=<");
  smm_mail_compose (mail, items);
  g_assert_cmpstr (mail->subject, ==, "Published on Facebook");
  g_assert_nonnull (strstr (mail->html, "href=\"https://www.facebook.com/1?a=&quot;&amp;b=&lt;\""));
}

/* An outage is one mail, and no mail is endless. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) items = new_items ();
  g_autoptr (SmmMail) mail = new_mail ();
  g_autofree char *long_reason = g_strnfill (100000, 'x');

  for (guint i = 0; i < 500; i++)
    add (items, "Not published on Facebook", NULL, long_reason, NULL);
  smm_mail_compose (mail, items);
  g_assert_cmpstr (mail->subject, ==, "Not published on Facebook, and 499 more");
  g_assert_nonnull (strstr (mail->text, "And 450 more"));
  g_assert_cmpuint (strlen (mail->text), <, 64 * 1024);
  g_assert_cmpuint (strlen (mail->html), <, 64 * 1024);
}

static void
test_request (void)
{
  g_autoptr (GPtrArray) items = new_items ();
  g_autoptr (SmmMail) mail = new_mail ();
  g_autoptr (SmmRequest) request = NULL, again = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  add (items, "Published", NULL, NULL, NULL);
  smm_mail_compose (mail, items);
  request = smm_mail_make_request (mail);
  again = smm_mail_make_request (mail);
  /* Resend compares them. */
  g_assert_cmpstr (request->body_json, ==, again->body_json);
  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->path, ==, "/emails");
  g_assert_cmpint (request->auth, ==, SMM_AUTH_BEARER);
  g_assert_cmpuint (request->headers->len, ==, 1);
  g_assert_cmpstr (((SmmParam *)request->headers->pdata[0])->name, ==, "Idempotency-Key");
  g_assert_cmpstr (((SmmParam *)request->headers->pdata[0])->value, ==, "notice/1");
  body = g_bytes_new (request->body_json, strlen (request->body_json));
  root = smm_json_parse (body, NULL);
  object = json_node_get_object (root);
  g_assert_cmpstr (smm_json_get_string (object, "from"), ==, "A Shop <a@example.org>");
  g_assert_cmpuint (json_array_get_length (smm_json_get_array (object, "to")), ==, 2);
  g_assert_cmpstr (json_array_get_string_element (smm_json_get_array (object, "to"), 1), ==,
                   "c@example.org");
}

static SmmMailOutcome *
judge (guint status, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, status, bytes);

  return smm_mail_judge (response);
}

static void
test_answers (void)
{
  static const struct
  {
    guint status;
    const char *body;
    SmmMailVerdict verdict;
    gboolean unclear;
    int code; /* of SMM_MAIL_ERROR; -1: none */
  } cases[] = {
    { 200, "{\"id\":\"49a3999c\"}", SMM_MAIL_VERDICT_TAKEN, FALSE, -1 },
    /* It says yes, but is it Resend who says so? The same key finds out. */
    { 200, "<html>", SMM_MAIL_VERDICT_AGAIN, TRUE, SMM_MAIL_ERROR_BUSY },
    { 200, "{\"id\":7}", SMM_MAIL_VERDICT_AGAIN, TRUE, SMM_MAIL_ERROR_BUSY },
    { 200, "", SMM_MAIL_VERDICT_AGAIN, TRUE, SMM_MAIL_ERROR_BUSY },
    { 302, "", SMM_MAIL_VERDICT_REFUSED, FALSE, SMM_MAIL_ERROR_ANSWER },
    { 400, "{\"name\":\"validation_error\"}", SMM_MAIL_VERDICT_REFUSED, FALSE,
      SMM_MAIL_ERROR_ANSWER },
    { 401, "{\"name\":\"missing_api_key\"}", SMM_MAIL_VERDICT_REFUSED, FALSE,
      SMM_MAIL_ERROR_DENIED },
    { 401, "{\"name\":\"restricted_api_key\"}", SMM_MAIL_VERDICT_REFUSED, FALSE,
      SMM_MAIL_ERROR_DENIED },
    { 403, "{\"name\":\"invalid_api_Key\"}", SMM_MAIL_VERDICT_REFUSED, FALSE,
      SMM_MAIL_ERROR_DENIED },
    { 403, "{\"name\":\"validation_error\"}", SMM_MAIL_VERDICT_REFUSED, FALSE,
      SMM_MAIL_ERROR_SENDER },
    { 403, "no", SMM_MAIL_VERDICT_REFUSED, FALSE, SMM_MAIL_ERROR_ANSWER },
    { 409, "{\"name\":\"invalid_idempotent_request\"}", SMM_MAIL_VERDICT_UNKNOWN, TRUE,
      SMM_MAIL_ERROR_UNKNOWN },
    { 409, "{\"name\":\"concurrent_idempotent_requests\"}", SMM_MAIL_VERDICT_AGAIN, TRUE,
      SMM_MAIL_ERROR_BUSY },
    { 422, "{\"name\":\"invalid_from_address\"}", SMM_MAIL_VERDICT_REFUSED, FALSE,
      SMM_MAIL_ERROR_SENDER },
    { 422, "{\"name\":\"something_new\"}", SMM_MAIL_VERDICT_REFUSED, FALSE, SMM_MAIL_ERROR_ANSWER },
    { 429, "{\"name\":\"rate_limit_exceeded\"}", SMM_MAIL_VERDICT_AGAIN, FALSE,
      SMM_MAIL_ERROR_BUSY },
    { 429, "{\"name\":\"daily_quota_exceeded\"}", SMM_MAIL_VERDICT_AGAIN, FALSE,
      SMM_MAIL_ERROR_QUOTA },
    { 429, "", SMM_MAIL_VERDICT_AGAIN, FALSE, SMM_MAIL_ERROR_BUSY },
    { 451, "{\"name\":\"security_error\"}", SMM_MAIL_VERDICT_REFUSED, FALSE,
      SMM_MAIL_ERROR_DENIED },
    { 500, "{\"name\":\"application_error\"}", SMM_MAIL_VERDICT_AGAIN, TRUE, SMM_MAIL_ERROR_BUSY },
    { 502, "<html>", SMM_MAIL_VERDICT_AGAIN, TRUE, SMM_MAIL_ERROR_BUSY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SmmMailOutcome) outcome = judge (cases[i].status, cases[i].body);

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      g_assert_cmpint (outcome->verdict, ==, cases[i].verdict);
      g_assert_cmpint (outcome->unclear, ==, cases[i].unclear);
      if (cases[i].code < 0)
        g_assert_no_error (outcome->error);
      else
        g_assert_error (outcome->error, SMM_MAIL_ERROR, cases[i].code);
      g_assert_cmpint (outcome->remote_id != NULL, ==, cases[i].code < 0);
    }
}

static void
test_unanswered (void)
{
  g_autoptr (SmmResponse) nothing = smm_response_new_error (SMM_SENT_NOTHING, "dns", "no address");
  g_autoptr (SmmResponse) maybe = smm_response_new_error (SMM_SENT_MAYBE, "reset", "broken off");
  g_autoptr (SmmMailOutcome) never = smm_mail_judge (nothing);
  g_autoptr (SmmMailOutcome) perhaps = smm_mail_judge (maybe);

  g_assert_cmpint (never->verdict, ==, SMM_MAIL_VERDICT_AGAIN);
  g_assert_false (never->unclear);
  g_assert_cmpint (perhaps->verdict, ==, SMM_MAIL_VERDICT_AGAIN);
  g_assert_true (perhaps->unclear);
}

static void
test_wait (void)
{
  static const struct
  {
    const char *header;
    gint64 seconds;
  } cases[] = { { "7", 7 },
                { "0", 1 },
                { "-5", 1 },
                { "soon", 1 },
                { "99999999", 6 * 3600 },
                { "99999999999999999999", 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new_static ("{\"name\":\"rate_limit_exceeded\"}", 30);
      g_autoptr (SmmResponse) response = smm_response_new (SMM_SENT_ANSWERED, 429, body);
      g_autoptr (SmmMailOutcome) outcome = NULL;

      g_hash_table_insert (response->headers, g_strdup ("retry-after"), g_strdup (cases[i].header));
      outcome = smm_mail_judge (response);
      g_assert_cmpint (outcome->wait, ==, cases[i].seconds * G_USEC_PER_SEC);
    }
}

/* Of each that Resend knows there are words, and whether it did not arrive; of one that is new
 * there are none. */
static void
test_looks (void)
{
  static const struct
  {
    guint status;
    const char *body, *event;
    const char *word; /* part of what people are told; NULL: nothing */
    gboolean bad;
  } cases[] = {
    { 200, "{\"last_event\":\"queued\"}", "queued", "not sent it yet", FALSE },
    { 200, "{\"last_event\":\"sent\"}", "sent", "on its way", FALSE },
    { 200, "{\"last_event\":\"delivered\"}", "delivered", "It arrived", FALSE },
    { 200, "{\"last_event\":\"delivery_delayed\"}", "delivery_delayed", "delayed", FALSE },
    { 200, "{\"last_event\":\"complained\"}", "complained", "spam", TRUE },
    { 200, "{\"last_event\":\"bounced\"}", "bounced", "came back", TRUE },
    { 200, "{\"last_event\":\"suppressed\"}", "suppressed", "came back before", TRUE },
    { 200, "{\"last_event\":\"failed\"}", "failed", "not be delivered", TRUE },
    { 200, "{\"last_event\":\"canceled\"}", "canceled", "cancelled", TRUE },
    { 200, "{\"last_event\":\"teleported\"}", "teleported", NULL, FALSE },
    /* Not told. */
    { 200, "{\"last_event\":\"\"}", NULL, "did not say", FALSE },
    { 200, "{\"last_event\":7}", NULL, "did not say", FALSE },
    { 200, "[]", NULL, "did not say", FALSE },
    { 401, "{\"name\":\"restricted_api_key\"}", NULL, "may only send", FALSE },
    { 404, "{\"name\":\"not_found\"}", NULL, "does not know", FALSE },
    { 500, "{\"last_event\":\"delivered\"}", NULL, "did not say", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].body, strlen (cases[i].body));
      g_autoptr (SmmResponse) response
          = smm_response_new (SMM_SENT_ANSWERED, cases[i].status, bytes);
      g_autoptr (GError) error = NULL;
      g_autofree char *event = smm_mail_read_look (response, &error);
      const char *text = event != NULL ? smm_mail_describe_event (event) : error->message;

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      g_assert_cmpstr (event, ==, cases[i].event);
      g_assert_cmpint (text != NULL, ==, cases[i].word != NULL);
      if (text != NULL)
        g_assert_nonnull (strstr (text, cases[i].word));
      if (event != NULL)
        g_assert_cmpint (smm_mail_event_is_bad (event), ==, cases[i].bad);
    }
}

static void
test_look_unanswered (void)
{
  g_autoptr (SmmResponse) response = smm_response_new_error (SMM_SENT_NOTHING, "dns", "no address");
  g_autoptr (GError) error = NULL;

  g_assert_null (smm_mail_read_look (response, &error));
  g_assert_error (error, SMM_MAIL_ERROR, SMM_MAIL_ERROR_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/escaped", test_escaped);
  g_test_add_func ("/mail/link", test_link);
  g_test_add_func ("/mail/many", test_many);
  g_test_add_func ("/mail/request", test_request);
  g_test_add_func ("/mail/answers", test_answers);
  g_test_add_func ("/mail/unanswered", test_unanswered);
  g_test_add_func ("/mail/wait", test_wait);
  g_test_add_func ("/mail/looks", test_looks);
  g_test_add_func ("/mail/looks/unanswered", test_look_unanswered);
  return g_test_run ();
}
