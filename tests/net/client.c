/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "client.h"

#include <glib/gstdio.h>

SmmHttp *
client_new (const char *endpoint, const char *scheme, guint16 port)
{
  g_autofree char *text = g_strdup_printf ("%s=%s://127.0.0.1:%u\n", endpoint, scheme, port);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "endpoints.ini", NULL);
  g_autoptr (SmmEndpoints) endpoints = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  endpoints = smm_endpoints_new_from_file (path, &error);
  g_assert_no_error (error);
  return smm_http_new (endpoints);
}

SmmRequest *
client_make_request (const char *method, SmmBody body)
{
  SmmRequest *request = smm_request_new (method, SMM_ENDPOINT_META_GRAPH, "/v1/me/feed");
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "video.mp4", NULL);

  request->timeout_ms = 8000;
  request->auth = SMM_AUTH_BEARER;
  request->body = body;
  if (body == SMM_BODY_FORM)
    smm_request_add_param (request, "message", "Hello");
  if (body == SMM_BODY_FILE)
    {
      g_assert_true (g_file_set_contents (path, "some bytes of a video", -1, NULL));
      smm_request_set_file (request, path, NULL, NULL, "video/mp4");
    }
  return request;
}

void
client_on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SmmResponse **response = user_data;

  g_assert_null (*response);
  *response = smm_http_send_finish (SMM_HTTP (source), result);
}

SmmResponse *
client_send (SmmHttp *http, SmmRequest *request, const char *token)
{
  SmmResponse *response = NULL;

  smm_http_send_async (http, request, token, NULL, client_on_sent, &response);
  g_assert_null (response);
  while (response == NULL)
    g_main_context_iteration (NULL, TRUE);
  return response;
}

void
client_let_pass (guint ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

GTlsCertificate *
client_make_certificate (const char *address)
{
  g_autofree char *folder = g_dir_make_tmp ("smm-net-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "certificate.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *name = g_strconcat ("subjectAltName=IP:", address, NULL);
  const char *argv[] = { "openssl", "req",   "-x509",   "-newkey", "rsa:2048",
                         "-nodes",  "-days", "2",       "-subj",   "/CN=nkonsept-smm-test",
                         "-addext", name,    "-keyout", key,       "-out",
                         path,      NULL };
  GTlsCertificate *certificate = NULL;
  int status = -1;

  if (g_spawn_sync (NULL, (char **)argv, NULL,
                    G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                    NULL, NULL, NULL, NULL, &status, NULL)
      && status == 0)
    certificate = g_tls_certificate_new_from_files (path, key, NULL);
  g_remove (path);
  g_remove (key);
  g_rmdir (folder);
  g_assert_true (status != 0 || certificate != NULL);
  return certificate;
}
