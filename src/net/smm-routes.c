/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-routes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KNOWN_FOR (60 * G_TIME_SPAN_SECOND)
#define MAX_KNOWN 64

struct _SmmRoutes
{
  int ref_count;
  GHashTable *known; /* origin → SmmRoute* */
};

typedef struct
{
  SmmRoutes *routes;
  char *origin;
  char *proxy;
  char *host; /* what is connected to */
  int port;
} Search;

void
smm_route_free (SmmRoute *self)
{
  g_free (self->proxy);
  g_free (self->addresses);
  g_free (self);
}

static SmmRoute *
new_route (const char *proxy, const char *addresses)
{
  SmmRoute *route = g_new0 (SmmRoute, 1);

  route->proxy = g_strdup (proxy);
  route->addresses = g_strdup (addresses);
  route->until = g_get_monotonic_time () + KNOWN_FOR;
  return route;
}

SmmRoutes *
smm_routes_new (void)
{
  SmmRoutes *self = g_new0 (SmmRoutes, 1);

  self->ref_count = 1;
  self->known
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)smm_route_free);
  return self;
}

void
smm_routes_unref (SmmRoutes *self)
{
  if (--self->ref_count > 0)
    return;
  g_hash_table_unref (self->known);
  g_free (self);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  smm_routes_unref (search->routes);
  g_free (search->origin);
  g_free (search->proxy);
  g_free (search->host);
  g_free (search);
}

static const SmmRoute *
learn (SmmRoutes *self, const char *origin, const char *proxy, const char *addresses)
{
  SmmRoute *route = new_route (proxy, addresses);

  if (g_hash_table_size (self->known) >= MAX_KNOWN)
    g_hash_table_remove_all (self->known);
  g_hash_table_replace (self->known, g_strdup (origin), route);
  return route;
}

/* This computer is asked without a proxy, and libcurl knows where it is. */
static gboolean
is_here (const char *origin)
{
  g_autoptr (GUri) uri = g_uri_parse (origin, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (g_uri_get_host (uri));
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/**
 * smm_routes_get:
 * @self: the routes
 * @origin: where to
 *
 * Returns: (transfer none) (nullable): the way there, until the main loop runs again; %NULL when it
 *   must be looked up
 */
const SmmRoute *
smm_routes_get (SmmRoutes *self, const char *origin)
{
  const SmmRoute *route = g_hash_table_lookup (self->known, origin);

  if (route != NULL && route->until > g_get_monotonic_time ())
    return route;
  return is_here (origin) ? learn (self, origin, "", NULL) : NULL;
}

void
smm_routes_forget (SmmRoutes *self, const char *origin)
{
  g_hash_table_remove (self->known, origin);
}

/* --- The addresses of what is connected to --- */

static void
return_route (GTask *task, const char *addresses)
{
  Search *search = g_task_get_task_data (task);

  learn (search->routes, search->origin, search->proxy, addresses);
  g_task_return_pointer (task, new_route (search->proxy, addresses),
                         (GDestroyNotify)smm_route_free);
}

static void
on_addresses (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GString) text = g_string_new (NULL);
  GError *error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  if (addresses == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* "+": libcurl forgets it, too. */
  g_string_printf (text, "+%s:%d:", search->host, search->port);
  for (GList *l = addresses; l != NULL; l = l->next)
    {
      g_autofree char *address = g_inet_address_to_string (l->data);

      g_string_append_printf (text, "%s%s", l == addresses ? "" : ",", address);
    }
  g_resolver_free_addresses (addresses);
  return_route (task, text->str);
}

/* Takes @task. */
static void
find_addresses (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (GResolver) resolver = NULL;

  if (g_hostname_is_ip_address (search->host))
    {
      return_route (task, NULL);
      g_object_unref (task);
      return;
    }
  resolver = g_resolver_get_default ();
  g_resolver_lookup_by_name_async (resolver, search->host, g_task_get_cancellable (task),
                                   on_addresses, task);
}

/* --- The proxy --- */

/* As libcurl names them; with every kind of SOCKS it is the proxy that looks the name up. */
static const struct
{
  const char *scheme, *as;
  int port;
} proxy_kinds[] = {
  { "http", "http", 80 },         { "https", "https", 443 },      { "socks", "socks5h", 1080 },
  { "socks5", "socks5h", 1080 },  { "socks5h", "socks5h", 1080 }, { "socks4", "socks4a", 1080 },
  { "socks4a", "socks4a", 1080 },
};

static gboolean
use_proxy (Search *search, const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);
  g_autofree char *host = NULL;
  const char *rest = uri != NULL ? strstr (text, "://") : NULL;

  if (rest == NULL || g_uri_get_host (uri) == NULL)
    return FALSE;
  host = g_hostname_to_ascii (g_uri_get_host (uri));
  for (guint i = 0; host != NULL && i < G_N_ELEMENTS (proxy_kinds); i++)
    if (strcmp (g_uri_get_scheme (uri), proxy_kinds[i].scheme) == 0)
      {
        gboolean v6 = strchr (host, ':') != NULL;
        const char *user = g_uri_get_userinfo (uri);

        search->port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : proxy_kinds[i].port;
        g_free (search->host);
        search->host = g_steal_pointer (&host);
        search->proxy = g_strdup_printf ("%s://%s%s%s%s%s:%d", proxy_kinds[i].as,
                                         user != NULL ? user : "", user != NULL ? "@" : "",
                                         v6 ? "[" : "", search->host, v6 ? "]" : "", search->port);
        return TRUE;
      }
  return FALSE;
}

static void
on_proxies (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_auto (GStrv) proxies = NULL;
  GError *error = NULL;

  proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);
  if (proxies == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; proxies[i] != NULL && search->proxy == NULL; i++)
    if (g_str_has_prefix (proxies[i], "direct:"))
      search->proxy = g_strdup ("");
    else
      use_proxy (search, proxies[i]);
  if (search->proxy == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                             _ ("the proxy in this computer’s settings is of an unknown kind"));
  else
    find_addresses (g_steal_pointer (&task));
}

/**
 * smm_routes_look_up_async:
 * @self: the routes
 * @origin: where to
 * @cancellable: (nullable): ends it
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * The proxy settings are asked for the origin alone: paths and queries are nobody's business.
 */
void
smm_routes_look_up_async (SmmRoutes *self, const char *origin, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);
  g_autoptr (GUri) uri = g_uri_parse (origin, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *address = g_strconcat (origin, "/", NULL);

  self->ref_count++;
  search->routes = self;
  search->origin = g_strdup (origin);
  search->host = g_strdup (g_uri_get_host (uri));
  search->port = g_uri_get_port (uri);
  g_task_set_task_data (task, search, search_free);
  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (), address, cancellable, on_proxies,
                                 task);
}

SmmRoute *
smm_routes_look_up_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
