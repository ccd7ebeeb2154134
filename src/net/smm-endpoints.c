/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-endpoints.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SETTLE_FIRST 60.0
#define SETTLE_SECOND 300.0
#define MAIL_GATHER 30
#define MAX_SETTLE 3600.0

typedef struct
{
  const char *group, *key, *base;
} EndpointSpec;

/* Hosts: api/meta.md section 1.2, api/tiktok.md, api/openai.md, api/resend.md. */
static const EndpointSpec specs[SMM_N_ENDPOINTS] = {
  [SMM_ENDPOINT_META_GRAPH] = { "meta", "graph", "https://graph.facebook.com" },
  [SMM_ENDPOINT_META_GRAPH_VIDEO] = { "meta", "graph-video", "https://graph-video.facebook.com" },
  [SMM_ENDPOINT_META_RUPLOAD] = { "meta", "rupload", "https://rupload.facebook.com" },
  [SMM_ENDPOINT_META_DIALOG] = { "meta", "dialog", "https://www.facebook.com" },
  [SMM_ENDPOINT_META_INSTAGRAM_GRAPH]
  = { "meta", "instagram-graph", "https://graph.instagram.com" },
  [SMM_ENDPOINT_META_INSTAGRAM_API] = { "meta", "instagram-api", "https://api.instagram.com" },
  [SMM_ENDPOINT_META_INSTAGRAM_DIALOG]
  = { "meta", "instagram-dialog", "https://www.instagram.com" },
  [SMM_ENDPOINT_TIKTOK_AUTHORIZE] = { "tiktok", "authorize", "https://www.tiktok.com" },
  [SMM_ENDPOINT_TIKTOK_API] = { "tiktok", "api", "https://open.tiktokapis.com" },
  [SMM_ENDPOINT_OPENAI] = { "openai", "base", "https://api.openai.com/v1" },
  [SMM_ENDPOINT_RESEND] = { "resend", "base", "https://api.resend.com" },
};

struct _SmmEndpoints
{
  GObject parent_instance;

  char *bases[SMM_N_ENDPOINTS]; /* NULL: a file moved others and left this one out */
  double settle_first, settle_second, container_poll, sign_in, mail_gather;
  gboolean loopback;
};

G_DEFINE_QUARK (smm - net - error - quark, smm_net_error)
G_DEFINE_TYPE (SmmEndpoints, smm_endpoints, G_TYPE_OBJECT)

static void
smm_endpoints_finalize (GObject *object)
{
  SmmEndpoints *self = SMM_ENDPOINTS (object);

  for (int i = 0; i < SMM_N_ENDPOINTS; i++)
    g_free (self->bases[i]);

  G_OBJECT_CLASS (smm_endpoints_parent_class)->finalize (object);
}

static void
smm_endpoints_class_init (SmmEndpointsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_endpoints_finalize;
}

static void
smm_endpoints_init (SmmEndpoints *self)
{
  self->settle_first = SETTLE_FIRST;
  self->settle_second = SETTLE_SECOND;
  self->mail_gather = MAIL_GATHER;
}

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
fail_key (GError **error, const char *path, const EndpointSpec *spec, const char *why)
{
  g_set_error (error, SMM_NET_ERROR, SMM_NET_ERROR_ENDPOINTS, "%s: [%s] %s: %s", path, spec->group,
               spec->key, why);
  return FALSE;
}

/* GUri lets a host pass that no host can have. */
static gboolean
has_odd_letters (const char *value)
{
  for (; *value != '\0'; value++)
    if (!g_ascii_isgraph (*value) || strchr ("\\\"<>^`{|}", *value) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
set_base (SmmEndpoints *self, int i, const char *path, const char *value, GError **error)
{
  const EndpointSpec *spec = &specs[i];
  /* Not as it is written: what its escapes stand for must be text, too. */
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);
  const char *scheme;
  gsize length;

  if (uri == NULL || has_odd_letters (value) || g_uri_get_host (uri) == NULL
      || *g_uri_get_host (uri) == '\0')
    return fail_key (error, path, spec, _ ("this is not an address like https://host"));
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL)
    return fail_key (error, path, spec,
                     _ ("only scheme, host, port and a path may stand in the address"));
  scheme = g_uri_get_scheme (uri);
  if (strcmp (scheme, "https") != 0
      && !(strcmp (scheme, "http") == 0 && is_loopback_host (g_uri_get_host (uri))))
    return fail_key (error, path, spec,
                     _ ("only https, or http to this computer itself, is allowed"));
  length = strlen (value);
  while (length > 0 && value[length - 1] == '/')
    length--;
  g_free (self->bases[i]);
  self->bases[i] = g_strndup (value, length);
  return TRUE;
}

/* Of the hosts a file names all must be here, and it must name one. */
static gboolean
is_all_loopback (SmmEndpoints *self)
{
  int n_named = 0;

  for (int i = 0; i < SMM_N_ENDPOINTS; i++)
    {
      g_autoptr (GUri) uri = NULL;

      if (self->bases[i] == NULL)
        continue;
      uri = g_uri_parse (self->bases[i], G_URI_FLAGS_ENCODED, NULL);
      if (!is_loopback_host (g_uri_get_host (uri)))
        return FALSE;
      n_named++;
    }
  return n_named > 0;
}

/* As it stands: addresses have no escapes, and of two wrong ones GLib 2.74 warns. */
static char *
read_value (GKeyFile *file, const char *group, const char *key)
{
  g_autofree char *raw = g_key_file_get_value (file, group, key, NULL);

  return raw != NULL ? g_utf8_make_valid (raw, -1) : NULL;
}

static gboolean
read_seconds (GKeyFile *file, const char *path, const char *key, double *seconds, GError **error)
{
  g_autofree char *text = read_value (file, "timing", key);
  char *end = NULL;
  double value;

  if (text == NULL)
    return TRUE;
  value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !(value >= 0 && value <= MAX_SETTLE))
    {
      g_set_error (error, SMM_NET_ERROR, SMM_NET_ERROR_ENDPOINTS,
                   _ ("%s: [timing] %s: “%s” is not a number of seconds up to 3600"), path, key,
                   text);
      return FALSE;
    }
  *seconds = value;
  return TRUE;
}

static gboolean
load_file (GKeyFile *file, const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &problem))
    return TRUE;
  /* It quotes the file, which may hold anything. */
  text = g_utf8_make_valid (problem->message, -1);
  g_set_error (error, problem->domain, problem->code, "%s: %s", path, text);
  return FALSE;
}

/**
 * smm_endpoints_new_from_file:
 * @path: a key file (DESIGN section 6)
 * @error: SMM_NET_ERROR_ENDPOINTS, or of GKeyFile
 *
 * A file that moves some hosts leaves the others without an address: a program that is meant to
 * talk to a simulator can't reach a real platform by accident.
 *
 * Returns: (transfer full) (nullable): the table
 */
SmmEndpoints *
smm_endpoints_new_from_file (const char *path, GError **error)
{
  g_autoptr (SmmEndpoints) self = g_object_new (SMM_TYPE_ENDPOINTS, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  double first = SETTLE_FIRST, second = SETTLE_SECOND, poll = 0, sign_in = 0;
  double mail_gather = MAIL_GATHER;

  if (!load_file (file, path, error))
    return NULL;
  for (int i = 0; i < SMM_N_ENDPOINTS; i++)
    {
      g_autofree char *value = read_value (file, specs[i].group, specs[i].key);

      if (value != NULL && !set_base (self, i, path, g_strstrip (value), error))
        return NULL;
    }
  if (!read_seconds (file, path, "settle-first", &first, error)
      || !read_seconds (file, path, "settle-second", &second, error)
      || !read_seconds (file, path, "container-poll", &poll, error)
      || !read_seconds (file, path, "sign-in", &sign_in, error)
      || !read_seconds (file, path, "mail-gather", &mail_gather, error))
    return NULL;
  self->loopback = is_all_loopback (self);
  /* Real platforms get the real settling times, whatever a file says. */
  if (self->loopback)
    {
      self->settle_first = first;
      self->settle_second = second;
      self->container_poll = poll;
      self->sign_in = sign_in;
      self->mail_gather = mail_gather;
    }
  return g_steal_pointer (&self);
}

/**
 * smm_endpoints_new_default:
 * @error: when SMM_ENDPOINTS names a file that can't be used
 *
 * Returns: (transfer full) (nullable): the table
 */
SmmEndpoints *
smm_endpoints_new_default (GError **error)
{
  const char *path = g_getenv ("SMM_ENDPOINTS");
  SmmEndpoints *self;

  if (path != NULL && *path != '\0')
    return smm_endpoints_new_from_file (path, error);
  self = g_object_new (SMM_TYPE_ENDPOINTS, NULL);
  for (int i = 0; i < SMM_N_ENDPOINTS; i++)
    self->bases[i] = g_strdup (specs[i].base);
  return self;
}

/**
 * smm_endpoints_get_base:
 * @self: the table
 * @endpoint: which
 *
 * Returns: (transfer none) (nullable): origin and path prefix; %NULL when it has no address here
 */
const char *
smm_endpoints_get_base (SmmEndpoints *self, SmmEndpoint endpoint)
{
  g_return_val_if_fail (SMM_IS_ENDPOINTS (self), NULL);
  g_return_val_if_fail (endpoint >= 0 && endpoint < SMM_N_ENDPOINTS, NULL);

  return self->bases[endpoint];
}

gboolean
smm_endpoints_is_loopback (SmmEndpoints *self)
{
  return self->loopback;
}

double
smm_endpoints_get_settle_first (SmmEndpoints *self)
{
  return self->settle_first;
}

double
smm_endpoints_get_settle_second (SmmEndpoints *self)
{
  return self->settle_second;
}

double
smm_endpoints_get_sign_in (SmmEndpoints *self)
{
  return self->sign_in;
}

double
smm_endpoints_get_mail_gather (SmmEndpoints *self)
{
  return self->mail_gather;
}

double
smm_endpoints_get_container_poll (SmmEndpoints *self)
{
  return self->container_poll;
}

static void
append_params (GString *query, GPtrArray *params)
{
  for (guint i = 0; i < params->len; i++)
    {
      SmmParam *param = params->pdata[i];

      if (query->len > 0)
        g_string_append_c (query, '&');
      g_string_append_uri_escaped (query, param->name, NULL, FALSE);
      g_string_append_c (query, '=');
      g_string_append_uri_escaped (query, param->value, NULL, FALSE);
    }
}

/* TikTok names the host of an upload itself (api/tiktok.md section 1). */
static const char *const upload_domains[] = { "tiktokapis.com", NULL };
/* Profile pictures are fetched from where the platforms keep such: "picture",
 * "profile_picture_url", "avatar_url". */
static const char *const picture_domains[]
    = { "fbcdn.net",        "fbsbx.com", "cdninstagram.com", "tiktokcdn.com", "tiktokcdn-eu.com",
        "tiktokcdn-us.com", NULL };

static gboolean
is_in_domain (const char *host, const char *domain)
{
  gsize n = strlen (host), d = strlen (domain);

  return n >= d && g_ascii_strcasecmp (host + n - d, domain) == 0
         && (n == d || host[n - d - 1] == '.');
}

static gboolean
is_in_domains (const char *host, const char *const *domains)
{
  for (; *domains != NULL; domains++)
    if (is_in_domain (host, *domains))
      return TRUE;
  return FALSE;
}

/* An address that came in an answer: whoever wrote it must not send our user's file where they
 * like, nor learn who fetches what. A program that talks to a simulator talks to this computer and
 * nobody else. */
static gboolean
is_answered_address (SmmEndpoints *self, const char *method, const char *url)
{
  const char *const *domains = strcmp (method, "GET") == 0 ? picture_domains : upload_domains;
  g_autoptr (GUri) uri
      = has_odd_letters (url) ? NULL : g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return FALSE;
  if (self->loopback)
    return strcmp (g_uri_get_scheme (uri), "http") == 0 && is_loopback_host (host);
  return strcmp (g_uri_get_scheme (uri), "https") == 0 && is_in_domains (host, domains)
         && (g_uri_get_port (uri) == -1 || g_uri_get_port (uri) == 443);
}

/* The user's own web space or AI server: https anywhere, and to an AI server on this computer also
 * http; a program that talks to a simulator only here. */
static gboolean
is_own_address (SmmEndpoints *self, SmmEndpoint endpoint, const char *url)
{
  g_autoptr (GUri) uri
      = has_odd_letters (url) ? NULL : g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || g_uri_get_userinfo (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return FALSE;
  if (self->loopback)
    return is_loopback_host (host);
  return strcmp (g_uri_get_scheme (uri), "https") == 0
         || (endpoint == SMM_ENDPOINT_AI_SERVER && strcmp (g_uri_get_scheme (uri), "http") == 0
             && is_loopback_host (host));
}

/**
 * smm_endpoints_get_url:
 * @self: the table
 * @request: a request
 *
 * A request with an address of its own gets that, untouched, when its host may be sent to.
 *
 * Returns: (transfer full) (nullable): its URL, with the query; %NULL when the host has no address,
 *   or not one that may be used. Never log it: a query may hold what is nobody's business.
 */
char *
smm_endpoints_get_url (SmmEndpoints *self, SmmRequest *request)
{
  g_autoptr (GString) query = g_string_new (NULL);
  const char *base;
  const char *slash;

  if (request->endpoint >= SMM_N_ENDPOINTS)
    return request->url != NULL && is_own_address (self, request->endpoint, request->url)
               ? g_strdup (request->url)
               : NULL;
  base = smm_endpoints_get_base (self, request->endpoint);
  if (base == NULL)
    return NULL;
  if (request->url != NULL)
    return is_answered_address (self, request->method, request->url) ? g_strdup (request->url)
                                                                     : NULL;
  append_params (query, request->query);
  if (strcmp (request->method, "GET") == 0 || strcmp (request->method, "DELETE") == 0)
    append_params (query, request->params);
  /* Without it "host" and "path" would become the name of another host. */
  slash = *request->path == '/' || *request->path == '\0' ? "" : "/";
  return g_strconcat (base, slash, request->path, query->len > 0 ? "?" : "", query->str, NULL);
}
