/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The endpoint file: whatever it says, http stays on this computer. */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-endpoints.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

static gboolean
is_here (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

static void
check_endpoint (SmmEndpoints *endpoints, SmmEndpoint which)
{
  const char *base = smm_endpoints_get_base (endpoints, which);
  g_autoptr (SmmRequest) request = smm_request_new ("GET", which, "v26.0/%s", "1234/feed");
  g_autofree char *url = smm_endpoints_get_url (endpoints, request);
  g_autoptr (GUri) base_uri = base != NULL ? g_uri_parse (base, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;

  g_assert ((base == NULL) == (url == NULL));
  if (base == NULL)
    return;
  smm_fuzz_check_text (base);
  g_assert (base_uri != NULL && uri != NULL && !g_str_has_suffix (base, "/"));
  g_assert_cmpstr (g_uri_get_host (uri), ==, g_uri_get_host (base_uri));
  g_assert (g_uri_get_port (uri) == g_uri_get_port (base_uri));
  g_assert (strcmp (g_uri_get_scheme (uri), "https") == 0
            || (strcmp (g_uri_get_scheme (uri), "http") == 0 && is_here (uri)));
  g_assert (!smm_endpoints_is_loopback (endpoints) || is_here (uri));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  int fd;
  g_autofree char *path = smm_fuzz_make_file (bytes, &fd);
  g_autoptr (SmmEndpoints) endpoints = smm_endpoints_new_from_file (path, &error);

  close (fd);
  g_assert ((endpoints == NULL) == (error != NULL));
  if (endpoints == NULL)
    {
      smm_fuzz_check_text (error->message);
      return 0;
    }
  for (int i = 0; i < SMM_N_ENDPOINTS; i++)
    check_endpoint (endpoints, i);
  g_assert (isfinite (smm_endpoints_get_settle_first (endpoints)));
  g_assert (smm_endpoints_get_settle_first (endpoints) >= 0);
  g_assert (isfinite (smm_endpoints_get_settle_second (endpoints)));
  g_assert (smm_endpoints_get_settle_second (endpoints) >= 0);
  g_assert (isfinite (smm_endpoints_get_container_poll (endpoints)));
  g_assert (smm_endpoints_get_container_poll (endpoints) >= 0);
  return 0;
}
