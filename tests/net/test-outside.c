/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a stranger's name leads to is looked at when it is connected to: nothing of a private
 * network or of this computer is asked. */

#include "config.h"

#include "scripted-server.h"
#include "smm-http.h"
#include "smm-public-address.h"

/* --- A name service that says what the test wants --- */

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)
struct _TestResolver
{
  GResolver parent_instance;
  guint n_asked;
};
G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
lookup_async (GResolver *resolver, const char *name, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_assert_cmpstr (name, ==, "brand.example");
  TEST_RESOLVER (resolver)->n_asked++;
  g_task_return_pointer (task, g_list_append (NULL, g_inet_address_new_from_string ("127.0.0.1")),
                         NULL);
}

static GList *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_by_name_async = lookup_async;
  G_RESOLVER_CLASS (klass)->lookup_by_name_finish = lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* --- Requests --- */

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmResponse **response = user_data;

  *response = smm_http_send_finish (SMM_HTTP (source), result);
}

static void
close_unread (Server *server, GIOStream *stream)
{
}

static SmmResponse *
ask (guint16 port, gboolean outside)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_default (&error);
  g_autoptr (SmmHttp) http = smm_http_new (endpoints);
  g_autoptr (SmmRequest) request = smm_request_new ("GET", SMM_ENDPOINT_WEB_SPACE, "%s", "");
  SmmResponse *response = NULL;

  g_assert_no_error (error);
  request->url = g_strdup_printf ("https://brand.example:%u/", port);
  request->timeout_ms = 8000;
  if (outside)
    smm_http_send_outside_async (http, request, NULL, on_sent, &response);
  else
    smm_http_send_async (http, request, NULL, NULL, on_sent, &response);
  while (response == NULL)
    g_main_context_iteration (NULL, TRUE);
  return response;
}

static void
test_led_inside (void)
{
  g_autoptr (GResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (Server) server = server_start (close_unread, NULL);
  g_autoptr (SmmResponse) refused = NULL;
  g_autoptr (SmmResponse) connected = NULL;

  g_resolver_set_default (resolver);
  refused = ask (server_get_port (server), TRUE);
  g_assert_cmpint (refused->sent, ==, SMM_SENT_NOTHING);
  g_assert_cmpstr (refused->error_code, ==, "private");
  g_assert_cmpuint (TEST_RESOLVER (resolver)->n_asked, >, 0);
  g_assert_cmpuint (server_count_connections (server), ==, 0);
  /* Without the look it would have got there. */
  connected = ask (server_get_port (server), FALSE);
  g_assert_cmpstr (connected->error_code, !=, "private");
  g_assert_cmpuint (server_count_connections (server), >, 0);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    gboolean is_public;
  } cases[] = {
    { "1.1.1.1", TRUE },
    { "93.184.216.34", TRUE },
    { "172.15.255.255", TRUE },
    { "172.32.0.0", TRUE },
    { "100.63.255.255", TRUE },
    { "2606:4700::1111", TRUE },
    { "64:ff9b::101:101", TRUE },
    { "0.0.0.0", FALSE },
    { "10.1.2.3", FALSE },
    { "100.64.0.1", FALSE },
    { "127.0.0.1", FALSE },
    { "127.255.255.254", FALSE },
    { "169.254.169.254", FALSE },
    { "172.16.0.1", FALSE },
    { "172.31.255.255", FALSE },
    { "192.0.0.8", FALSE },
    { "192.168.1.1", FALSE },
    { "198.19.0.1", FALSE },
    { "224.0.0.1", FALSE },
    { "255.255.255.255", FALSE },
    { "::", FALSE },
    { "::1", FALSE },
    { "::ffff:127.0.0.1", FALSE },
    { "::ffff:10.0.0.1", FALSE },
    { "64:ff9b::a00:1", FALSE },
    { "2002:7f00:1::", FALSE },
    { "2001::1", FALSE },
    { "2001:db8::1", FALSE },
    { "fc00::1", FALSE },
    { "fd12:3456::1", FALSE },
    { "fe80::1", FALSE },
    { "fec0::1", FALSE },
    { "ff02::1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);

      g_assert_nonnull (address);
      g_test_message ("%s", cases[i].address);
      g_assert_cmpint (smm_public_address_check (address), ==, cases[i].is_public);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_unsetenv ("SMM_ENDPOINTS");
  /* The desktop's proxies are not part of this. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_test_add_func ("/outside/addresses", test_addresses);
  g_test_add_func ("/outside/led-inside", test_led_inside);
  return g_test_run ();
}
