/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-message.h"

#include "smm-body-stream.h"
#include "smm-public-address.h"
#include "smm-secret.h"

#include <string.h>
#include <sys/socket.h>

#define DEFAULT_MAX_REPLY (1024 * 1024)
#define MAX_HEADER_BYTES (256 * 1024)
#define MAX_HEADERS 100
#define MAX_HEADER 16384
#define MAX_IDLE_SECONDS 30L
#define FILE_BUFFER (256 * 1024L)
#define BODY_BUFFER (16 * 1024L) /* libcurl's least */
#define REPLY_BUFFER (4 * 1024L)

/* --- The address --- */

/* What GUri lets pass, no line of a request may hold. */
static void
append_escaped (GString *url, const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isgraph (*text))
      g_string_append_c (url, *text);
    else
      g_string_append_printf (url, "%%%02X", (guint8)*text);
}

static gboolean
is_host (const char *host)
{
  return g_hostname_is_ip_address (host) ? strchr (host, '%') == NULL
                                         : host[strspn (host, "abcdefghijklmnopqrstuvwxyz"
                                                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                              "0123456789.-_")]
                                               == '\0';
}

/* Put together anew of what was judged: no second reader understands another host. */
static gboolean
set_url (SmmMessage *self, GUri *uri)
{
  g_autoptr (GString) url = g_string_new (NULL);
  const char *scheme = g_uri_get_scheme (uri);
  gboolean v6;

  if (g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL
      || (strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0))
    return FALSE;
  self->host = g_hostname_to_ascii (g_uri_get_host (uri));
  self->port = g_uri_get_port (uri); /* the scheme's own where none is written */
  if (self->host == NULL || *self->host == '\0' || !is_host (self->host))
    return FALSE;
  v6 = strchr (self->host, ':') != NULL;
  g_string_append_printf (url, "%s://%s%s%s:%d", scheme, v6 ? "[" : "", self->host, v6 ? "]" : "",
                          self->port);
  self->origin = g_strdup (url->str);
  append_escaped (url, *g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/");
  if (g_uri_get_query (uri) != NULL)
    {
      g_string_append_c (url, '?');
      append_escaped (url, g_uri_get_query (uri));
    }
  self->url = g_string_free (g_steal_pointer (&url), FALSE);
  return TRUE;
}

SmmMessage *
smm_message_new (SmmRequest *request, const char *url)
{
  g_autoptr (GUri) uri
      = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  SmmMessage *self = g_new0 (SmmMessage, 1);

  self->request = smm_request_ref (request);
  self->length = -1;
  self->max_reply = request->max_reply > 0 ? request->max_reply : DEFAULT_MAX_REPLY;
  self->body = g_byte_array_new ();
  if (uri == NULL || !set_url (self, uri))
    g_clear_pointer (&self, smm_message_free);
  return self;
}

static void
free_headers (struct curl_slist *headers)
{
  for (struct curl_slist *l = headers; l != NULL; l = l->next)
    explicit_bzero (l->data, strlen (l->data));
  curl_slist_free_all (headers);
}

void
smm_message_free (SmmMessage *self)
{
  smm_request_unref (self->request);
  smm_wipe_free (self->url);
  g_free (self->origin);
  g_free (self->host);
  g_free (self->type);
  g_free (self->authorities);
  free_headers (self->headers);
  curl_slist_free_all (self->addresses);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* --- The body --- */

static GBytes *
make_form (GPtrArray *params)
{
  GString *form = g_string_new (NULL);

  for (guint i = 0; i < params->len; i++)
    {
      SmmParam *param = params->pdata[i];

      if (form->len > 0)
        g_string_append_c (form, '&');
      g_string_append_uri_escaped (form, param->name, NULL, FALSE);
      g_string_append_c (form, '=');
      g_string_append_uri_escaped (form, param->value, NULL, FALSE);
    }
  return g_string_free_to_bytes (form);
}

gboolean
smm_message_set_body (SmmMessage *self, GError **error)
{
  SmmRequest *request = self->request;

  switch (request->body)
    {
    case SMM_BODY_FORM:
      self->bytes = make_form (request->params);
      self->type = g_strdup ("application/x-www-form-urlencoded");
      break;
    case SMM_BODY_JSON:
      self->bytes = g_bytes_new (request->body_json, strlen (request->body_json));
      self->type = g_strdup ("application/json");
      break;
    case SMM_BODY_FILE:
    case SMM_BODY_MULTIPART:
      self->stream = smm_body_stream_new (request, &self->type, &self->length, error);
      return self->stream != NULL;
    default:
      if (strcmp (request->method, "POST") == 0 || strcmp (request->method, "PUT") == 0)
        self->bytes = g_bytes_new_static ("", 0);
      break;
    }
  if (self->bytes != NULL)
    self->length = g_bytes_get_size (self->bytes);
  return TRUE;
}

/* --- The headers --- */

static void
add_line (SmmMessage *self, const char *line)
{
  struct curl_slist *headers = curl_slist_append (self->headers, line);

  if (headers != NULL)
    self->headers = headers;
}

static void
add_header (SmmMessage *self, const char *name, const char *value)
{
  char *line;

  /* A line break would begin another one. */
  g_return_if_fail (strpbrk (name, "\r\n:;") == NULL && *name != '\0');
  g_return_if_fail (strpbrk (value, "\r\n") == NULL);
  line = *value != '\0' ? g_strconcat (name, ": ", value, NULL) : g_strconcat (name, ";", NULL);
  add_line (self, line);
  smm_wipe_free (line);
}

static gboolean
has_header (SmmRequest *request, const char *name)
{
  for (guint i = 0; i < request->headers->len; i++)
    if (g_ascii_strcasecmp (((SmmParam *)request->headers->pdata[i])->name, name) == 0)
      return TRUE;
  return FALSE;
}

/**
 * smm_message_set_headers:
 * @self: a message with its body
 * @token: (nullable): for the Authorization header; copied
 */
void
smm_message_set_headers (SmmMessage *self, const char *token)
{
  SmmRequest *request = self->request;
  gboolean with_token = request->auth != SMM_AUTH_NONE && token != NULL;

  for (guint i = 0; i < request->headers->len; i++)
    {
      SmmParam *param = request->headers->pdata[i];

      if (!with_token || g_ascii_strcasecmp (param->name, "Authorization") != 0)
        add_header (self, param->name, param->value);
    }
  if (with_token)
    {
      char *value
          = g_strconcat (request->auth == SMM_AUTH_OAUTH ? "OAuth " : "Bearer ", token, NULL);

      add_header (self, "Authorization", value);
      smm_wipe_free (value);
    }
  if (self->type != NULL && !has_header (request, "Content-Type"))
    add_header (self, "Content-Type", self->type);
  /* What libcurl says of its own accord: a name and nothing is said no more. */
  if (self->type == NULL && !has_header (request, "Content-Type"))
    add_line (self, "Content-Type:");
  if (!has_header (request, "Accept"))
    add_line (self, "Accept:");
  add_line (self, "Expect:");
}

/* --- What libcurl asks while it sends --- */

/* libcurl begins anew when a connection it has used before died without an answer. What has an
 * effect must not be sent again, whatever was read of it: neither to a new connection, nor to
 * another that stands, nor is a body handed out twice. */
static gboolean
is_spent (SmmMessage *self)
{
  const char *method = self->request->method;

  return self->n_written > 0 && strcmp (method, "GET") != 0 && strcmp (method, "HEAD") != 0;
}

/* Right before the request is written to a connection that stands, TLS included. */
static int
on_ready (void *user_data, char *remote_ip, char *local_ip, int remote_port, int local_port)
{
  SmmMessage *self = user_data;

  if (is_spent (self))
    return CURL_PREREQFUNC_ABORT;
  self->n_written++;
  return CURL_PREREQFUNC_OK;
}

static int
on_rewind (void *user_data, curl_off_t offset, int origin)
{
  return CURL_SEEKFUNC_FAIL;
}

static size_t
on_body_wanted (char *buffer, size_t size, size_t n, void *user_data)
{
  SmmMessage *self = user_data;
  gsize count = size * n;
  gssize got;

  if (self->stream != NULL)
    got = g_input_stream_read (self->stream, buffer, count, NULL,
                               self->error == NULL ? &self->error : NULL);
  else
    {
      const char *bytes = g_bytes_get_data (self->bytes, NULL);

      got = MIN (count, (gsize)(self->length - self->given));
      if (got > 0)
        memcpy (buffer, bytes + self->given, got);
    }
  if (got < 0)
    return CURL_READFUNC_ABORT;
  self->given += got;
  return got;
}

/* A name says nothing about where it leads: every address is looked at right before it is connected
 * to, so that no second answer of the name service can take its place. What a proxy connects to is
 * the proxy's to judge. */
static curl_socket_t
on_socket_wanted (void *user_data, curlsocktype purpose, struct curl_sockaddr *address)
{
  SmmMessage *self = user_data;

  if (is_spent (self))
    return CURL_SOCKET_BAD;
  if (self->guarded && !smm_public_address_check_native (&address->addr, address->addrlen))
    {
      self->led_inside = TRUE;
      return CURL_SOCKET_BAD;
    }
  return socket (address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* --- The answer, with a limit --- */

/* Of lines it sees that they end, and how many bytes they are: libcurl keeps them. */
static size_t
on_header (char *line, size_t size, size_t n, void *user_data)
{
  SmmMessage *self = user_data;

  n *= size;
  self->header_bytes += n;
  if (self->header_bytes > MAX_HEADER_BYTES)
    return 0;
  if (n >= 5 && memcmp (line, "HTTP/", 5) == 0)
    self->headers_whole = FALSE;
  else if (n <= 2 && (line[0] == '\r' || line[0] == '\n'))
    self->headers_whole = TRUE;
  return n;
}

static size_t
on_body (char *bytes, size_t size, size_t n, void *user_data)
{
  SmmMessage *self = user_data;

  n *= size;
  self->bytes_received += n;
  self->too_large = self->body->len + n > self->max_reply;
  if (self->too_large)
    return 0;
  g_byte_array_append (self->body, (const guint8 *)bytes, n);
  return n;
}

static void
copy_headers (CURL *easy, SmmResponse *response)
{
  struct curl_header *header = NULL;

  while (g_hash_table_size (response->headers) < MAX_HEADERS
         && (header = curl_easy_nextheader (easy, CURLH_HEADER, -1, header)) != NULL)
    /* Headers end in the journal and on the bus, which take text only. */
    if (strlen (header->value) < MAX_HEADER && g_utf8_validate (header->value, -1, NULL)
        && g_utf8_validate (header->name, -1, NULL))
      g_hash_table_insert (response->headers, g_ascii_strdown (header->name, -1),
                           g_strdup (header->value));
}

static time_t
read_date (SmmResponse *response, const char *name)
{
  const char *text = smm_response_get_header (response, name);

  return text != NULL ? curl_getdate (text, NULL) : -1;
}

/* A date becomes seconds, by the server's own clock where it tells it: adapters have none. */
static void
count_retry_after (SmmResponse *response)
{
  time_t until = read_date (response, "retry-after");
  time_t now = until != -1 ? read_date (response, "date") : -1;

  if (until == -1)
    return;
  if (now == -1)
    now = g_get_real_time () / G_USEC_PER_SEC;
  g_hash_table_insert (response->headers, g_strdup ("retry-after"),
                       g_strdup_printf ("%" G_GINT64_FORMAT, MAX ((gint64)until - now, 0)));
}

/**
 * smm_message_make_response:
 * @self: a message
 * @easy: its transfer, which ended well
 *
 * An answer whose headers broke off, or that came before the request was sent whole, is none.
 *
 * Returns: (transfer full) (nullable): the answer
 */
SmmResponse *
smm_message_make_response (SmmMessage *self, CURL *easy)
{
  g_autoptr (GBytes) body = NULL;
  SmmResponse *response;
  long status = 0;

  curl_easy_getinfo (easy, CURLINFO_RESPONSE_CODE, &status);
  if (!self->headers_whole || status < 200 || self->given < self->length)
    return NULL;
  body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  response = smm_response_new (SMM_SENT_ANSWERED, status, body);
  copy_headers (easy, response);
  count_retry_after (response);
  return response;
}

/* --- All of it --- */

static void
set_method (SmmMessage *self, CURL *easy)
{
  const char *method = self->request->method;

  if (strcmp (method, "HEAD") == 0)
    curl_easy_setopt (easy, CURLOPT_NOBODY, 1L);
  else if (self->length < 0)
    curl_easy_setopt (easy, CURLOPT_CUSTOMREQUEST, method);
  else if (strcmp (method, "POST") == 0)
    {
      curl_easy_setopt (easy, CURLOPT_POST, 1L);
      curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)self->length);
    }
  else
    {
      curl_easy_setopt (easy, CURLOPT_UPLOAD, 1L);
      curl_easy_setopt (easy, CURLOPT_CUSTOMREQUEST, method);
      curl_easy_setopt (easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)self->length);
    }
  curl_easy_setopt (easy, CURLOPT_BUFFERSIZE, REPLY_BUFFER);
  curl_easy_setopt (easy, CURLOPT_UPLOAD_BUFFERSIZE,
                    self->stream != NULL ? FILE_BUFFER : BODY_BUFFER);
}

static void
set_route (SmmMessage *self, CURL *easy, const SmmRoute *route)
{
  /* "": what the environment says is known to the desktop's settings already. */
  curl_easy_setopt (easy, CURLOPT_PROXY, route->proxy);
  curl_easy_setopt (easy, CURLOPT_NOPROXY, "");
  curl_easy_setopt (easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt (easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
  if (route->addresses == NULL)
    return;
  self->addresses = curl_slist_append (NULL, route->addresses);
  curl_easy_setopt (easy, CURLOPT_RESOLVE, self->addresses);
}

/* Of authorities in one file libcurl reads once what it would read for every connection if it had a
 * folder to look into, too. */
static void
set_authorities (SmmMessage *self, CURL *easy)
{
  if (self->authorities != NULL)
    curl_easy_setopt (easy, CURLOPT_CAINFO, self->authorities);
  if (self->authorities != NULL || curl_version_info (CURLVERSION_NOW)->cainfo != NULL)
    curl_easy_setopt (easy, CURLOPT_CAPATH, NULL);
}

static void
set_connection (SmmMessage *self, CURL *easy)
{
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
  if (g_str_has_prefix (self->url, "https:"))
    {
      set_authorities (self, easy);
      /* A second connection only once it is known that the first takes no more. */
      curl_easy_setopt (easy, CURLOPT_PIPEWAIT, 1L);
    }
  curl_easy_setopt (easy, CURLOPT_MAXAGE_CONN, MAX_IDLE_SECONDS);
  if (self->guarded)
    {
      curl_easy_setopt (easy, CURLOPT_FRESH_CONNECT, 1L);
      curl_easy_setopt (easy, CURLOPT_FORBID_REUSE, 1L);
    }
}

void
smm_message_prepare (SmmMessage *self, CURL *easy, const SmmRoute *route)
{
  self->guarded = self->guarded && *route->proxy == '\0';
  curl_easy_setopt (easy, CURLOPT_URL, self->url);
  curl_easy_setopt (easy, CURLOPT_PATH_AS_IS, 1L);
  set_connection (self, easy);
  set_route (self, easy, route);
  set_method (self, easy);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, self->headers);
  curl_easy_setopt (easy, CURLOPT_USERAGENT, "nkonsept-smm/" SMM_VERSION);
  curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, on_ready);
  curl_easy_setopt (easy, CURLOPT_PREREQDATA, self);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETFUNCTION, on_socket_wanted);
  curl_easy_setopt (easy, CURLOPT_OPENSOCKETDATA, self);
  curl_easy_setopt (easy, CURLOPT_READFUNCTION, on_body_wanted);
  curl_easy_setopt (easy, CURLOPT_READDATA, self);
  curl_easy_setopt (easy, CURLOPT_SEEKFUNCTION, on_rewind);
  curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt (easy, CURLOPT_HEADERDATA, self);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, self);
}
