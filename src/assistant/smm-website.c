/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-website.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "smm-public-address.h"

#define MAX_REDIRECTS 5
#define MAX_PAGE (1024 * 1024)
#define MAX_ADDRESS 2000
#define TIMEOUT_MS 20000 /* all of it */

G_DEFINE_QUARK (smm - website - error - quark, smm_website_error)

typedef struct
{
  char *address;
  gint64 deadline; /* monotonic */
  guint n_redirects;
  char *charset;
  GBytes *html;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->address);
  g_free (errand->charset);
  g_clear_pointer (&errand->html, g_bytes_unref);
  g_free (errand);
}

/* --- Addresses --- */

static gboolean
is_inside_name (const char *host)
{
  static const char *const ends[]
      = { ".localhost", ".local", ".internal", ".lan", ".home.arpa", ".onion", NULL };
  g_autofree char *lower = g_ascii_strdown (host, -1);
  g_autoptr (GInetAddress) literal = g_inet_address_new_from_string (host);

  if (literal != NULL)
    return !smm_public_address_check (literal);
  for (guint i = 0; ends[i] != NULL; i++)
    if (g_str_has_suffix (lower, ends[i]))
      return TRUE;
  return strchr (lower, '.') == NULL;
}

/* An address without what only its author or a browser would use: no name and password, no
 * fragment. */
static char *
check_address (SmmEndpoints *endpoints, GUri *uri, GError **error)
{
  gboolean here = smm_endpoints_is_loopback (endpoints);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *path = uri != NULL ? g_uri_get_path (uri) : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  int port = uri != NULL ? g_uri_get_port (uri) : -1;

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL
      || (strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0)
      || (!here && port != -1 && port != 443 && port != 80))
    {
      g_set_error (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_ADDRESS,
                   _ ("This is not a web address like https://example.com"));
      return NULL;
    }
  if (!here && is_inside_name (host))
    {
      g_set_error (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_PRIVATE,
                   _ ("“%s” is not on the internet. Only websites everybody can see are read."),
                   host);
      return NULL;
    }
  /* Whoever has an old address in mind still means the site; nothing is read in the clear. */
  return g_uri_join (G_URI_FLAGS_ENCODED, here ? scheme : "https", NULL, host, here ? port : -1,
                     path != NULL && *path != '\0' ? path : "/", g_uri_get_query (uri), NULL);
}

/**
 * smm_website_get_address:
 * @endpoints: in the sandbox http is read too, from this computer only
 * @website: (nullable): as a brand has it, or as somebody types it
 * @error: SMM_WEBSITE_ERROR_ADDRESS, _PRIVATE
 *
 * Returns: (transfer full) (nullable): what would be fetched
 */
char *
smm_website_get_address (SmmEndpoints *endpoints, const char *website, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (website != NULL ? website : ""));
  g_autofree char *address = strstr (stripped, "://") != NULL || *stripped == '\0'
                                 ? g_strdup (stripped)
                                 : g_strconcat ("https://", stripped, NULL);
  g_autoptr (GUri) uri = NULL;

  if (*address == '\0')
    {
      g_set_error_literal (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_ADDRESS,
                           _ ("Enter the address of the website first"));
      return NULL;
    }
  /* Letters of other scripts in a host become what the name service knows. */
  if (strlen (address) <= MAX_ADDRESS)
    uri = g_uri_parse (address, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL && g_hostname_is_non_ascii (g_uri_get_host (uri)))
    {
      g_autofree char *host = g_hostname_to_ascii (g_uri_get_host (uri));
      GUri *plain = host == NULL
                        ? NULL
                        : g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri),
                                       g_uri_get_userinfo (uri), host, g_uri_get_port (uri),
                                       g_uri_get_path (uri), g_uri_get_query (uri), NULL);

      g_uri_unref (uri);
      uri = plain;
    }
  return check_address (endpoints, uri, error);
}

static const char *
skip_www (const char *host)
{
  return g_ascii_strncasecmp (host, "www.", 4) == 0 ? host + 4 : host;
}

/* The site is what its owner has: its name, with or without "www.". */
static gboolean
is_same_site (const char *one, const char *other)
{
  g_autoptr (GUri) a = g_uri_parse (one, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GUri) b = g_uri_parse (other, G_URI_FLAGS_ENCODED, NULL);

  return a != NULL && b != NULL
         && g_ascii_strcasecmp (skip_www (g_uri_get_host (a)), skip_www (g_uri_get_host (b))) == 0;
}

/* --- What an answer means --- */

/* "text/html; charset=utf-8" → "text/html", @charset "utf-8"; g_free. */
static char *
split_type (const char *header, char **charset)
{
  g_auto (GStrv) parts = g_strsplit (header, ";", 10);
  char *type = parts[0] != NULL ? g_ascii_strdown (g_strstrip (parts[0]), -1) : g_strdup ("");

  for (guint i = 1; *parts != NULL && parts[i] != NULL; i++)
    {
      char *part = g_strstrip (parts[i]);

      if (g_ascii_strncasecmp (part, "charset=", 8) == 0 && *charset == NULL)
        {
          *charset = g_strdup (part + 8 + (part[8] == '"'));
          g_strdelimit (*charset, "\"", '\0');
        }
    }
  return type;
}

static gboolean
check_page (Errand *errand, SmmResponse *response, GError **error)
{
  const char *header = smm_response_get_header (response, "content-type");
  const char *encoding = smm_response_get_header (response, "content-encoding");
  g_autofree char *type = split_type (header != NULL ? header : "", &errand->charset);

  if (response->status != 200)
    g_set_error (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_REFUSED,
                 response->status == 404 || response->status == 410
                     ? _ ("The website has no page at this address (HTTP %u). Check the address.")
                     : _ ("The website does not give this page out (HTTP %u)."),
                 response->status);
  else if ((strcmp (type, "text/html") != 0 && strcmp (type, "application/xhtml+xml") != 0)
           || (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0))
    g_set_error_literal (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_NO_PAGE,
                         _ ("What is at this address is not a web page"));
  else
    return TRUE;
  return FALSE;
}

static void
set_unreachable (SmmResponse *response, const char *address, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : address;

  if (g_strcmp0 (response->error_code, "cancelled") == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading was cancelled"));
  else if (g_strcmp0 (response->error_code, "private") == 0)
    g_set_error (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_PRIVATE,
                 _ ("“%s” is not on the internet. Only websites everybody can see are read."),
                 host);
  else if (g_strcmp0 (response->error_code, "too-large") == 0)
    g_set_error_literal (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_TOO_LARGE,
                         _ ("The page is larger than 1 MB and was not read. Try the address of "
                            "another page of the website."));
  else if (g_strcmp0 (response->error_code, "endpoint") == 0)
    g_set_error_literal (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_ADDRESS,
                         _ ("While practicing nothing leaves this computer: only pages on it can "
                            "be read."));
  else if (g_strcmp0 (response->error_code, "timeout") == 0)
    g_set_error (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_UNREACHABLE,
                 _ ("%s did not answer in time. Try again later."), host);
  else
    g_set_error (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_UNREACHABLE,
                 _ ("%s can’t be reached: %s. Check the address and that this computer is online."),
                 host, response->error);
}

static void
parse_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Errand *errand = task_data;
  g_autoptr (SmmWebPage) page = smm_web_page_parse (errand->html, errand->charset);

  page->address = g_strdup (errand->address);
  if (*page->text == '\0' && page->title == NULL && page->description == NULL)
    g_task_return_new_error (task, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_NO_PAGE,
                             _ ("There is no text on this page. It may be one that only a browser "
                                "can put together."));
  else
    g_task_return_pointer (task, g_steal_pointer (&page), (GDestroyNotify)smm_web_page_free);
}

/* --- Fetching --- */

static void ask (GTask *task);

/* FALSE: it is a redirect that is not followed. */
static gboolean
follow (GTask *task, SmmResponse *response, GError **error)
{
  SmmHttp *http = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  const char *location = smm_response_get_header (response, "location");
  g_autoptr (GUri) base = g_uri_parse (errand->address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GUri) uri = NULL;
  g_autofree char *next = NULL;

  if (location != NULL && strlen (location) <= MAX_ADDRESS && base != NULL)
    uri = g_uri_parse_relative (base, location, G_URI_FLAGS_ENCODED, NULL);
  if (uri != NULL)
    next = check_address (smm_http_get_endpoints (http), uri, error);
  if (uri == NULL || (next != NULL && ++errand->n_redirects > MAX_REDIRECTS))
    g_set_error_literal (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_ELSEWHERE,
                         _ ("The website sends its visitors from one address to the next without "
                            "an end"));
  else if (next != NULL && !is_same_site (errand->address, next))
    g_set_error (error, SMM_WEBSITE_ERROR, SMM_WEBSITE_ERROR_ELSEWHERE,
                 _ ("The website leads to another one: %s. Enter that address if it is yours."),
                 g_uri_get_host (uri));
  else if (next != NULL)
    {
      g_free (errand->address);
      errand->address = g_steal_pointer (&next);
      return TRUE;
    }
  return FALSE;
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (GError) error = NULL;
  gboolean redirect = response->status == 301 || response->status == 302 || response->status == 303
                      || response->status == 307 || response->status == 308;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (response->sent != SMM_SENT_ANSWERED)
    set_unreachable (response, errand->address, &error);
  else if (redirect && follow (task, response, &error))
    {
      ask (g_steal_pointer (&task));
      return;
    }
  else if (!redirect && check_page (errand, response, &error))
    {
      errand->html = g_bytes_ref (response->body);
      g_task_run_in_thread (task, parse_in_thread);
      return;
    }
  g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes @task. */
static void
ask (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (SmmRequest) request = smm_request_new ("GET", SMM_ENDPOINT_WEB_SPACE, "%s", "");
  gint64 left = (errand->deadline - g_get_monotonic_time ()) / 1000;

  request->url = g_strdup (errand->address);
  request->timeout_ms = (guint)MAX (left, 1);
  request->max_reply = MAX_PAGE;
  request->purpose = g_strdup ("brand-website");
  smm_request_add_header (request, "Accept", "text/html,application/xhtml+xml");
  smm_http_send_outside_async (g_task_get_source_object (task), request,
                               g_task_get_cancellable (task), on_answer, task);
}

/**
 * smm_website_read_async:
 * @http: the sender; whoever made it keeps its ledger
 * @website: as a brand has it
 * @cancellable: (nullable): ends it
 * @callback: called when it is read, or can't be
 * @user_data: for @callback
 */
void
smm_website_read_async (SmmHttp *http, const char *website, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (http, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  char *address = smm_website_get_address (smm_http_get_endpoints (http), website, &error);
  Errand *errand;

  g_task_set_source_tag (task, smm_website_read_async);
  if (address == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  errand = g_new0 (Errand, 1);
  errand->address = address;
  errand->deadline = g_get_monotonic_time () + TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;
  g_task_set_task_data (task, errand, errand_free);
  ask (g_steal_pointer (&task));
}

SmmWebPage *
smm_website_read_finish (SmmHttp *http, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
