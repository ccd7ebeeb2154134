/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-endpoints.h"

#include <string.h>

static SmmEndpoints *
load (const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "endpoints.ini", NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return smm_endpoints_new_from_file (path, error);
}

static const struct
{
  const char *name;
  const char *value; /* of graph= */
  const char *base;  /* NULL: refused */
  gboolean loopback;
} values[] = {
  { "https", "https://graph.example.com", "https://graph.example.com", FALSE },
  { "port", "https://graph.example.com:8443", "https://graph.example.com:8443", FALSE },
  { "prefix", "https://example.com/meta/graph", "https://example.com/meta/graph", FALSE },
  { "trailing slashes", "https://example.com/a//", "https://example.com/a", FALSE },
  { "spaces around", "  https://example.com  ", "https://example.com", FALSE },
  { "http to 127.0.0.1", "http://127.0.0.1:8080", "http://127.0.0.1:8080", TRUE },
  { "http to 127.9.9.9", "http://127.9.9.9", "http://127.9.9.9", TRUE },
  { "http to ::1", "http://[::1]:8080/x", "http://[::1]:8080/x", TRUE },
  { "http to localhost", "http://LocalHost:1", "http://LocalHost:1", TRUE },
  { "https to localhost", "https://localhost", "https://localhost", TRUE },
  { "http to a name", "http://graph.example.com", NULL, FALSE },
  { "http to a neighbour", "http://192.168.0.2", NULL, FALSE },
  { "http to 0.0.0.0", "http://0.0.0.0", NULL, FALSE },
  { "name that begins alike", "http://localhost.example.com", NULL, FALSE },
  { "address that begins alike", "http://127.0.0.1.example.com", NULL, FALSE },
  { "name before an at sign", "http://127.0.0.1@example.com", NULL, FALSE },
  { "password", "https://a:b@example.com", NULL, FALSE },
  { "ftp", "ftp://127.0.0.1", NULL, FALSE },
  { "file", "file:///etc/passwd", NULL, FALSE },
  { "no scheme", "graph.example.com", NULL, FALSE },
  { "no host", "https://", NULL, FALSE },
  { "no host, a path", "https:///v1", NULL, FALSE },
  { "nothing", "", NULL, FALSE },
  { "query", "https://example.com/?a=b", NULL, FALSE },
  { "fragment", "https://example.com/#a", NULL, FALSE },
  { "port out of range", "https://example.com:99999", NULL, FALSE },
  { "space inside", "https://exam ple.com", NULL, FALSE },
  { "backslash", "https://127.0.0.1\\.example.com", NULL, FALSE },
  { "escape in a path", "https://example.com/a%20b", "https://example.com/a%20b", FALSE },
  { "escape of no text", "http://[::1]:/%00", NULL, FALSE },
  { "letter of no address", "https://ex\303\244mple.com", NULL, FALSE },
};

static void
test_value (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *text = g_strdup_printf ("[meta]\ngraph=%s\n", values[i].value);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = load (text, &error);

  if (values[i].base == NULL)
    {
      g_assert_error (error, SMM_NET_ERROR, SMM_NET_ERROR_ENDPOINTS);
      g_assert_nonnull (strstr (error->message, "[meta] graph"));
      g_assert_null (endpoints);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (smm_endpoints_get_base (endpoints, SMM_ENDPOINT_META_GRAPH), ==, values[i].base);
  g_assert_cmpint (smm_endpoints_is_loopback (endpoints), ==, values[i].loopback);
  /* The others must not lead to real platforms. */
  g_assert_null (smm_endpoints_get_base (endpoints, SMM_ENDPOINT_META_RUPLOAD));
  g_assert_null (smm_endpoints_get_base (endpoints, SMM_ENDPOINT_RESEND));
}

#define TIMING "[timing]\nsettle-first=0.5\nsettle-second=1.5\ncontainer-poll=0.25\nsign-in=7\n"

static const struct
{
  const char *name;
  const char *text;
  gboolean loopback;
  double first, second, poll;
} timings[] = {
  { "all here", "[meta]\ngraph=http://127.0.0.1:1\n[tiktok]\napi=http://localhost:2\n" TIMING, TRUE,
    0.5, 1.5, 0.25 },
  { "all here, none given", "[meta]\ngraph=http://127.0.0.1:1\n", TRUE, 60, 300, 0 },
  { "one elsewhere", "[meta]\ngraph=http://127.0.0.1:1\n[tiktok]\napi=https://example.com\n" TIMING,
    FALSE, 60, 300, 0 },
  { "the first elsewhere",
    "[meta]\ngraph=https://example.com\n[resend]\nbase=http://127.0.0.1:1\n" TIMING, FALSE, 60, 300,
    0 },
  { "all elsewhere", "[meta]\ngraph=https://example.com\n" TIMING, FALSE, 60, 300, 0 },
  { "no host", TIMING, FALSE, 60, 300, 0 },
  { "hosts of nobody", "[other]\ngraph=http://127.0.0.1:1\n" TIMING, FALSE, 60, 300, 0 },
  { "empty file", "", FALSE, 60, 300, 0 },
};

static void
test_timing (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = load (timings[i].text, &error);

  g_assert_no_error (error);
  g_assert_cmpint (smm_endpoints_is_loopback (endpoints), ==, timings[i].loopback);
  g_assert_cmpfloat (smm_endpoints_get_settle_first (endpoints), ==, timings[i].first);
  g_assert_cmpfloat (smm_endpoints_get_settle_second (endpoints), ==, timings[i].second);
  g_assert_cmpfloat (smm_endpoints_get_container_poll (endpoints), ==, timings[i].poll);
}

static void
test_bad_timing (void)
{
  const char *bad[] = { "", "soon", "-1", "1s", "3600.1", "1e9", "nan", "inf", "-nan", "1,5" };
  const char *keys[] = { "settle-first", "settle-second", "container-poll", "sign-in" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad) * G_N_ELEMENTS (keys); i++)
    {
      const char *key = keys[i % G_N_ELEMENTS (keys)];
      g_autofree char *text = g_strdup_printf (
          "[meta]\ngraph=http://127.0.0.1:1\n[timing]\n%s=%s\n", key, bad[i / G_N_ELEMENTS (keys)]);
      g_autoptr (GError) error = NULL;
      g_autoptr (SmmEndpoints) endpoints = load (text, &error);

      g_test_message ("%s", text);
      g_assert_error (error, SMM_NET_ERROR, SMM_NET_ERROR_ENDPOINTS);
      g_assert_nonnull (strstr (error->message, key));
      g_assert_null (endpoints);
    }
}

static void
test_missing_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (smm_endpoints_new_from_file ("/nonexistent/endpoints.ini", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "/nonexistent/endpoints.ini"));
  g_clear_error (&error);
  g_assert_null (load ("this is no key file", &error));
  g_assert_nonnull (error);
}

/* A file that is named and can't be used never means "then the real platforms". */
static void
test_default (void)
{
  g_autoptr (SmmEndpoints) endpoints = NULL;
  g_autoptr (SmmEndpoints) none = NULL;
  g_autoptr (GError) error = NULL;

  g_unsetenv ("SMM_ENDPOINTS");
  endpoints = smm_endpoints_new_default (&error);
  g_assert_no_error (error);
  g_assert_false (smm_endpoints_is_loopback (endpoints));
  g_assert_cmpfloat (smm_endpoints_get_settle_first (endpoints), ==, 60);
  for (int i = 0; i < SMM_N_ENDPOINTS; i++)
    {
      const char *base = smm_endpoints_get_base (endpoints, i);

      g_assert_nonnull (base);
      g_assert_true (g_str_has_prefix (base, "https://"));
      g_assert_false (g_str_has_suffix (base, "/"));
    }
  g_setenv ("SMM_ENDPOINTS", "/nonexistent/endpoints.ini", TRUE);
  none = smm_endpoints_new_default (&error);
  g_assert_null (none);
  g_assert_nonnull (error);
  g_unsetenv ("SMM_ENDPOINTS");
}

static const struct
{
  const char *name;
  const char *base, *method, *path;
  const char *query, *param;
  const char *url;
} urls[] = {
  { "slash", "https://example.com", "GET", "/v1/me", NULL, NULL, "https://example.com/v1/me" },
  { "no slash", "https://example.com", "GET", "v1/me", NULL, NULL, "https://example.com/v1/me" },
  { "no slash, another host", "https://example.com", "GET", ".evil.com/", NULL, NULL,
    "https://example.com/.evil.com/" },
  { "no slash, a user", "https://example.com", "GET", "@evil.com/", NULL, NULL,
    "https://example.com/@evil.com/" },
  { "no slash, a port", "http://127.0.0.1:80", "GET", "80/x", NULL, NULL,
    "http://127.0.0.1:80/80/x" },
  { "no path", "https://example.com", "GET", "", NULL, NULL, "https://example.com" },
  { "prefix, slash", "https://example.com/v1/", "GET", "/me", NULL, NULL,
    "https://example.com/v1/me" },
  { "prefix, no slash", "https://example.com/v1", "GET", "me", NULL, NULL,
    "https://example.com/v1/me" },
  { "GET has its parameters in the query", "https://example.com", "GET", "/me", "a", "b",
    "https://example.com/me?a=1%20%26%3F%3D%23%2B&b=1%20%26%3F%3D%23%2B" },
  { "DELETE too", "https://example.com", "DELETE", "/me", NULL, "b",
    "https://example.com/me?b=1%20%26%3F%3D%23%2B" },
  { "POST has them in the body", "https://example.com", "POST", "/me", "a", "b",
    "https://example.com/me?a=1%20%26%3F%3D%23%2B" },
};

static void
test_url (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *text = g_strdup_printf ("[meta]\ngraph=%s\n", urls[i].base);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) endpoints = load (text, &error);
  g_autoptr (SmmRequest) request
      = smm_request_new (urls[i].method, SMM_ENDPOINT_META_GRAPH, "%s", urls[i].path);
  g_autoptr (SmmRequest) other = smm_request_new ("GET", SMM_ENDPOINT_OPENAI, "/models");
  g_autofree char *url = NULL;

  g_assert_no_error (error);
  if (urls[i].query != NULL)
    smm_request_add_query (request, urls[i].query, "1 &?=#+");
  if (urls[i].param != NULL)
    smm_request_add_param (request, urls[i].param, "1 &?=#+");
  url = smm_endpoints_get_url (endpoints, request);
  g_assert_cmpstr (url, ==, urls[i].url);
  g_assert_null (smm_endpoints_get_url (endpoints, other));
}

/* An address from an answer: used untouched, or not at all. */
static const struct
{
  const char *name, *url;
  gboolean real, practice; /* taken with the real hosts; when all are on this computer */
} uploads[] = {
  { "tiktok", "https://open-upload.tiktokapis.com/video/?upload_id=1&upload_token=a%2Bb", TRUE,
    FALSE },
  { "region", "https://upload.us.tiktokapis.com/video/?a=b", TRUE, FALSE },
  { "domain itself", "https://tiktokapis.com/x", TRUE, FALSE },
  { "upper case", "https://UPLOAD.TikTokAPIs.com/x", TRUE, FALSE },
  { "port", "https://upload.tiktokapis.com:443/x", TRUE, FALSE },
  { "other port", "https://upload.tiktokapis.com:8443/x", FALSE, FALSE },
  { "http", "http://upload.tiktokapis.com/x", FALSE, FALSE },
  { "other domain", "https://upload.tiktokapis.com.evil.com/x", FALSE, FALSE },
  { "other domain, same end", "https://eviltiktokapis.com/x", FALSE, FALSE },
  { "user", "https://upload.tiktokapis.com@evil.com/x", FALSE, FALSE },
  { "user of the host", "https://me@upload.tiktokapis.com/x", FALSE, FALSE },
  { "backslash", "https://evil.com\\.tiktokapis.com/x", FALSE, FALSE },
  { "fragment", "https://upload.tiktokapis.com/x#y", FALSE, FALSE },
  { "file", "file:///etc/passwd", FALSE, FALSE },
  { "no scheme", "//upload.tiktokapis.com/x", FALSE, FALSE },
  { "empty", "", FALSE, FALSE },
  { "line feed", "https://upload.tiktokapis.com/x\r\nX: y", FALSE, FALSE },
  { "this computer", "http://127.0.0.1:9/upload?token=1", FALSE, TRUE },
  { "this computer by name", "http://localhost:9/upload?token=1", FALSE, TRUE },
  { "a name that begins so", "http://127.0.0.1.evil.com/x", FALSE, FALSE },
};

/* A picture is fetched from where the platforms keep them, and from nowhere else. */
static void
test_picture (void)
{
  static const struct
  {
    const char *url;
    gboolean taken;
  } pictures[] = {
    { "https://scontent.xx.fbcdn.net/v/t39.30808-1/1_n.jpg?oh=00_a", TRUE },
    { "https://platform-lookaside.fbsbx.com/platform/profilepic/?asid=1", TRUE },
    { "https://scontent.cdninstagram.com/v/1.jpg", TRUE },
    { "https://p16-sign.tiktokcdn-us.com/1.jpeg?x-expires=1", TRUE },
    { "https://open-upload.tiktokapis.com/video/", FALSE },
    { "https://fbcdn.net.evil.com/1.jpg", FALSE },
    { "http://scontent.xx.fbcdn.net/1.jpg", FALSE },
    { "http://127.0.0.1:9/1.jpg", FALSE },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) real = NULL;

  g_unsetenv ("SMM_ENDPOINTS");
  real = smm_endpoints_new_default (&error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (SmmRequest) request = smm_request_new ("GET", SMM_ENDPOINT_META_GRAPH, "/");
      g_autofree char *url = NULL;

      request->url = g_strdup (pictures[i].url);
      url = smm_endpoints_get_url (real, request);
      g_assert_cmpstr (url, ==, pictures[i].taken ? pictures[i].url : NULL);
    }
}

static void
test_upload (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmEndpoints) real = NULL;
  g_autoptr (SmmEndpoints) practice = load ("[tiktok]\napi=http://127.0.0.1:9\n", &error);
  g_autoptr (SmmEndpoints) others = load ("[meta]\ngraph=https://graph.example.com\n", &error);
  g_autoptr (SmmRequest) request = smm_request_new ("PUT", SMM_ENDPOINT_TIKTOK_API, "/x");
  g_autofree char *of_real = NULL;
  g_autofree char *of_practice = NULL;

  g_unsetenv ("SMM_ENDPOINTS");
  real = smm_endpoints_new_default (&error);
  g_assert_no_error (error);
  request->url = g_strdup (uploads[i].url);
  of_real = smm_endpoints_get_url (real, request);
  of_practice = smm_endpoints_get_url (practice, request);
  g_assert_cmpstr (of_real, ==, uploads[i].real ? uploads[i].url : NULL);
  g_assert_cmpstr (of_practice, ==, uploads[i].practice ? uploads[i].url : NULL);
  g_assert_null (smm_endpoints_get_url (others, request));
}

#define ADD_CASES(cases, folder, func)                                                             \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/endpoints/" folder "/", cases[i].name, NULL);         \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), func);                                     \
    }

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD_CASES (values, "value", test_value);
  ADD_CASES (timings, "timing", test_timing);
  ADD_CASES (urls, "url", test_url);
  ADD_CASES (uploads, "upload", test_upload);
  g_test_add_func ("/endpoints/picture", test_picture);
  g_test_add_func ("/endpoints/bad-timing", test_bad_timing);
  g_test_add_func ("/endpoints/missing-file", test_missing_file);
  g_test_add_func ("/endpoints/default", test_default);

  return g_test_run ();
}
