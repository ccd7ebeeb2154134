/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signatures, addresses and judgement: values in, values out. */

#include "config.h"

#include "smm-web-space.h"

#include <string.h>

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define DAY ((gint64)1369353600 * G_USEC_PER_SEC) /* 2013-05-24T00:00:00Z */

/* --- The examples of Amazon's S3 API reference --- */

typedef struct
{
  const char *method, *path, *query, *payload;
  const char *headers[10];
  const char *signed_headers, *signature;
} Vector;

static const Vector vectors[] = {
  { "GET",
    "/test.txt",
    "",
    EMPTY,
    { "range", "bytes=0-9" },
    "host;range;x-amz-content-sha256;x-amz-date",
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41" },
  { "PUT",
    "/test%24file.text",
    "",
    "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
    { "date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY" },
    "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd" },
  { "GET",
    "/",
    "lifecycle=",
    EMPTY,
    { NULL },
    "host;x-amz-content-sha256;x-amz-date",
    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543" },
  { "GET",
    "/",
    "max-keys=2&prefix=J",
    EMPTY,
    { NULL },
    "host;x-amz-content-sha256;x-amz-date",
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7" },
};

static void
test_signature (gconstpointer data)
{
  const Vector *vector = data;
  g_autoptr (SmmRequest) bag = smm_request_new ("GET", SMM_ENDPOINT_WEB_SPACE, "%s", "");
  g_autofree char *expected = NULL;
  g_autofree char *got = NULL;
  SmmWebSign sign = { .method = vector->method,
                      .path = vector->path,
                      .query = vector->query,
                      .payload = vector->payload,
                      .region = "us-east-1",
                      .key_id = "AKIAIOSFODNN7EXAMPLE",
                      .secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                      .now = DAY };

  for (guint i = 0; vector->headers[i] != NULL; i += 2)
    smm_request_add_header (bag, vector->headers[i], vector->headers[i + 1]);
  smm_request_add_header (bag, "X-Amz-Date", "20130524T000000Z");
  smm_request_add_header (bag, "x-amz-content-sha256", vector->payload);
  smm_request_add_header (bag, "Host", "examplebucket.s3.amazonaws.com");
  sign.headers = bag->headers;
  got = smm_web_sign (&sign);
  expected
      = g_strdup_printf ("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/"
                         "aws4_request,SignedHeaders=%s,Signature=%s",
                         vector->signed_headers, vector->signature);
  g_assert_cmpstr (got, ==, expected);
  /* Signing borrows the headers. */
  g_assert_cmpuint (bag->headers->len, >, 0);
}

/* --- What may be entered --- */

static SmmWebSpace *
make (gboolean loopback, GError **error, ...)
{
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);
  const char *name;
  va_list args;

  va_start (args, error);
  while ((name = va_arg (args, const char *)) != NULL)
    g_hash_table_insert (fields, (gpointer)name, va_arg (args, char *));
  va_end (args);
  return smm_web_space_new (fields, loopback, error);
}

static void
test_entered (void)
{
  static const struct
  {
    const char *kind, *url, *bucket, *folder, *user, *public_url;
    gboolean loopback, good;
  } cases[] = {
    { "s3", "https://s3.example.org", "a-bucket", "", "KEY", "", FALSE, TRUE },
    { "s3", "https://s3.example.org/", "a-bucket", "/a/b/", "KEY", "https://cdn.example.org/",
      FALSE, TRUE },
    { "webdav", "https://dav.example.org/me", "", "", "Åsa", "https://me.example.org", FALSE,
      TRUE },
    { "webdav", "http://127.0.0.1:8080/me", "", "", "me", "", TRUE, TRUE },
    { "webdav", "http://127.0.0.1:8080/me", "", "", "me", "", FALSE, FALSE },
    { "webdav", "http://example.org/me", "", "", "me", "", TRUE, FALSE },
    { "webdav", "https://example.org/me", "", "", "me", "http://example.org", FALSE, FALSE },
    { "webdav", "https://me:secret@example.org/", "", "", "me", "", FALSE, FALSE },
    { "webdav", "https://example.org/?a=b", "", "", "me", "", FALSE, FALSE },
    { "webdav", "https://example.org/a/../b", "", "", "me", "", FALSE, FALSE },
    { "webdav", "https://exa mple.org/", "", "", "me", "", FALSE, FALSE },
    { "webdav", "ftp://example.org/", "", "", "me", "", FALSE, FALSE },
    { "webdav", "", "", "", "me", "", FALSE, FALSE },
    { "webdav", "https://example.org/a", "", "", "", "", FALSE, FALSE },
    { "webdav", "https://example.org/a", "", "", "me:you", "", FALSE, FALSE },
    { "s3", "https://s3.example.org", "A Bucket", "", "KEY", "", FALSE, FALSE },
    { "s3", "https://s3.example.org", "../x", "", "KEY", "", FALSE, FALSE },
    { "s3", "https://s3.example.org", "a-bucket", "a/../b", "KEY", "", FALSE, FALSE },
    { "s3", "https://s3.example.org", "a-bucket", "a?b", "KEY", "", FALSE, FALSE },
    { "s3", "https://s3.example.org", "a-bucket", "", "KEY/20130524", "", FALSE, FALSE },
    { "s3", "https://s3.example.org", "a-bucket", "", "KEY\r\nX: y", "", FALSE, FALSE },
    { "ftp", "https://s3.example.org", "a-bucket", "", "KEY", "", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SmmWebSpace) space
          = make (cases[i].loopback, &error, "kind", cases[i].kind, "url", cases[i].url, "bucket",
                  cases[i].bucket, "folder", cases[i].folder, "user", cases[i].user, "public-url",
                  cases[i].public_url, NULL);

      g_test_message ("%u: %s", i, error != NULL ? error->message : "good");
      g_assert_cmpint (space != NULL, ==, cases[i].good);
      if (space == NULL)
        g_assert_error (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_INVALID);
    }
}

static SmmWebSpace *
make_s3 (void)
{
  return make (FALSE, NULL, "kind", "s3", "url", "https://s3.example.org:9000/", "bucket", "photos",
               "folder", "/smm/", "user", "KEY", NULL);
}

static SmmWebSpace *
make_dav (void)
{
  return make (FALSE, NULL, "kind", "webdav", "url", "https://dav.example.org/me/", "user", "me",
               "public-url", "https://me.example.org/p/", NULL);
}

static void
test_addresses (void)
{
  g_autoptr (SmmWebSpace) s3 = make_s3 ();
  g_autoptr (SmmWebSpace) dav = make_dav ();
  g_autofree char *text = smm_web_space_to_text (s3);
  g_autoptr (SmmWebSpace) again = smm_web_space_from_text (text, FALSE, NULL);
  g_autofree char *put = smm_web_space_make_upload_url (again, "x.jpg");
  g_autofree char *seen = smm_web_space_make_public_url (again, "x.jpg");
  g_autofree char *dav_put = smm_web_space_make_upload_url (dav, "x.jpg");
  g_autofree char *dav_seen = smm_web_space_make_public_url (dav, "x.jpg");
  g_autofree char *item = smm_web_space_make_item (s3);
  g_autofree char *same = smm_web_space_make_item (again);
  g_autofree char *other = smm_web_space_make_item (dav);
  g_autofree char *name = smm_web_space_make_name ("image/jpeg", NULL);
  g_autofree char *next = smm_web_space_make_name ("image/jpeg", NULL);

  g_assert_cmpstr (put, ==, "https://s3.example.org:9000/photos/smm/x.jpg");
  g_assert_cmpstr (seen, ==, put);
  g_assert_cmpstr (dav_put, ==, "https://dav.example.org/me/x.jpg");
  g_assert_cmpstr (dav_seen, ==, "https://me.example.org/p/x.jpg");
  g_assert_cmpstr (item, ==, same);
  g_assert_cmpstr (item, !=, other);
  g_assert_cmpuint (strlen (name), ==, 32 + 4);
  g_assert_cmpstr (name, !=, next);
  g_assert_null (smm_web_space_from_text ("{'kind': 's3'}", FALSE, NULL));
  g_assert_null (smm_web_space_from_text ("rubbish", FALSE, NULL));
}

/* --- Requests --- */

static const char *
get_header (SmmRequest *request, const char *name)
{
  for (guint i = 0; i < request->headers->len; i++)
    {
      SmmParam *param = request->headers->pdata[i];

      if (g_ascii_strcasecmp (param->name, name) == 0)
        return param->value;
    }
  return NULL;
}

static void
test_requests (void)
{
  g_autoptr (SmmWebSpace) s3 = make_s3 ();
  g_autoptr (SmmWebSpace) dav = make_dav ();
  g_autoptr (SmmRequest) put
      = smm_web_space_put (s3, "SECRET", "x.jpg", "/tmp/x", "image/jpeg", EMPTY, DAY);
  g_autoptr (SmmRequest) dav_put
      = smm_web_space_put (dav, "pass:word", "x.jpg", "/tmp/x", "image/jpeg", EMPTY, DAY);
  g_autoptr (SmmRequest) gone = smm_web_space_delete (dav, "pass:word", "x.jpg", DAY);
  g_autoptr (SmmRequest) look = smm_web_space_look ("https://me.example.org/p/x.jpg", "HEAD", 10);
  const char *signature = get_header (put, "Authorization");

  g_assert_cmpstr (put->method, ==, "PUT");
  g_assert_true (g_str_has_prefix (signature, "AWS4-HMAC-SHA256 Credential=KEY/20130524/us-east-1/"
                                              "s3/aws4_request,SignedHeaders=host;"
                                              "x-amz-content-sha256;x-amz-date,Signature="));
  g_assert_null (strstr (signature, "SECRET"));
  g_assert_cmpstr (get_header (put, "x-amz-date"), ==, "20130524T000000Z");
  g_assert_cmpstr (get_header (put, "x-amz-content-sha256"), ==, EMPTY);
  g_assert_cmpstr (get_header (dav_put, "Authorization"), ==, "Basic bWU6cGFzczp3b3Jk");
  g_assert_cmpstr (gone->method, ==, "DELETE");
  g_assert_cmpstr (gone->url, ==, "https://dav.example.org/me/x.jpg");
  /* A stranger has no key. */
  g_assert_null (get_header (look, "Authorization"));
  g_assert_cmpint (look->auth, ==, SMM_AUTH_NONE);
}

/* --- Judgement --- */

static SmmResponse *
answer (guint status, const char *body, const char *name, const char *value)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  SmmResponse *response = smm_response_new (SMM_SENT_ANSWERED, status, bytes);

  if (name != NULL)
    g_hash_table_insert (response->headers, g_strdup (name), g_strdup (value));
  return response;
}

static void
test_put (void)
{
  static const struct
  {
    gboolean s3;
    guint status;
    const char *body;
    int code; /* -1: good */
    const char *says;
  } cases[] = {
    { TRUE, 200, "", -1, NULL },
    { FALSE, 201, "", -1, NULL },
    { FALSE, 204, "", -1, NULL },
    { TRUE, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>", SMM_WEB_SPACE_ERROR_DENIED,
      "secret" },
    { TRUE, 403, "<Error><Code>InvalidAccessKeyId</Code></Error>", SMM_WEB_SPACE_ERROR_DENIED,
      "access key ID" },
    { TRUE, 403, "<Error><Code>RequestTimeTooSkewed</Code></Error>", SMM_WEB_SPACE_ERROR_REFUSED,
      "clock" },
    { TRUE, 404, "<Error><Code>NoSuchBucket</Code></Error>", SMM_WEB_SPACE_ERROR_NO_PLACE,
      "bucket" },
    { TRUE, 400,
      "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-3</Region></Error>",
      SMM_WEB_SPACE_ERROR_REFUSED, "eu-west-3" },
    { TRUE, 503, "<Error><Code>SlowDown</Code></Error>", SMM_WEB_SPACE_ERROR_BUSY, NULL },
    { TRUE, 403, "<Code>", SMM_WEB_SPACE_ERROR_DENIED, NULL },
    { FALSE, 401, "", SMM_WEB_SPACE_ERROR_DENIED, "password" },
    { FALSE, 409, "", SMM_WEB_SPACE_ERROR_NO_PLACE, "folder" },
    { FALSE, 405, "", SMM_WEB_SPACE_ERROR_REFUSED, "WebDAV" },
    { FALSE, 507, "", SMM_WEB_SPACE_ERROR_FULL, NULL },
    { FALSE, 302, "", SMM_WEB_SPACE_ERROR_REFUSED, NULL },
    { FALSE, 502, "", SMM_WEB_SPACE_ERROR_BUSY, NULL },
  };
  g_autoptr (SmmWebSpace) s3 = make_s3 ();
  g_autoptr (SmmWebSpace) dav = make_dav ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SmmResponse) response = answer (cases[i].status, cases[i].body, NULL, NULL);
      g_autoptr (GError) error = NULL;
      gboolean good = smm_web_space_judge_put (cases[i].s3 ? s3 : dav, response, &error);

      g_test_message ("%u: %s", i, error != NULL ? error->message : "good");
      g_assert_cmpint (good, ==, cases[i].code == -1);
      if (cases[i].code != -1)
        g_assert_error (error, SMM_WEB_SPACE_ERROR, cases[i].code);
      if (cases[i].says != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].says));
      g_assert_cmpint (error != NULL && smm_web_space_error_is_passing (error), ==,
                       cases[i].code == SMM_WEB_SPACE_ERROR_BUSY);
    }
}

static void
test_unreachable (void)
{
  g_autoptr (SmmWebSpace) dav = make_dav ();
  g_autoptr (SmmResponse) away = smm_response_new_error (SMM_SENT_NOTHING, "dns", "No connection");
  g_autoptr (SmmResponse) forged
      = smm_response_new_error (SMM_SENT_NOTHING, "certificate", "bad certificate");
  g_autoptr (GError) error = NULL;

  g_assert_false (smm_web_space_judge_put (dav, away, &error));
  g_assert_error (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_UNREACHABLE);
  g_assert_true (smm_web_space_error_is_passing (error));
  g_clear_error (&error);
  g_assert_false (smm_web_space_judge_put (dav, forged, &error));
  g_assert_false (smm_web_space_error_is_passing (error));
}

static void
test_look (void)
{
  static const struct
  {
    const char *method;
    guint status;
    const char *type, *length, *location, *body;
    int code; /* -1: good, -2: GET is to tell */
  } cases[] = {
    { "HEAD", 200, "image/jpeg", "5", NULL, "", -1 },
    { "HEAD", 200, "Image/JPEG; charset=binary", "5", NULL, "", -1 },
    { "HEAD", 200, "image/jpeg", NULL, NULL, "", -2 },
    { "HEAD", 405, NULL, NULL, NULL, "", -2 },
    { "HEAD", 200, "image/jpeg", "6", NULL, "", SMM_WEB_SPACE_ERROR_CONTENT },
    { "HEAD", 200, "application/octet-stream", "5", NULL, "", SMM_WEB_SPACE_ERROR_CONTENT },
    { "HEAD", 200, "text/html", "5", NULL, "", SMM_WEB_SPACE_ERROR_NOT_PUBLIC },
    { "HEAD", 302, NULL, NULL, "https://example.org/login", "", SMM_WEB_SPACE_ERROR_NOT_PUBLIC },
    { "HEAD", 401, NULL, NULL, NULL, "", SMM_WEB_SPACE_ERROR_NOT_PUBLIC },
    { "HEAD", 403, NULL, NULL, NULL, "", SMM_WEB_SPACE_ERROR_NOT_PUBLIC },
    { "HEAD", 404, NULL, NULL, NULL, "", SMM_WEB_SPACE_ERROR_MISSING },
    { "HEAD", 206, "image/jpeg", "5", NULL, "", SMM_WEB_SPACE_ERROR_NOT_PUBLIC },
    { "HEAD", 503, NULL, NULL, NULL, "", SMM_WEB_SPACE_ERROR_BUSY },
    { "GET", 200, "image/jpeg", NULL, NULL, "hello", -1 },
    { "GET", 200, "image/jpeg", NULL, NULL, "jello", SMM_WEB_SPACE_ERROR_CONTENT },
    { "GET", 200, "image/jpeg", "5", NULL, "hell", SMM_WEB_SPACE_ERROR_CONTENT },
    { "GET", 405, NULL, NULL, NULL, "", SMM_WEB_SPACE_ERROR_NOT_PUBLIC },
  };
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "hello", -1);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SmmResponse) response
          = answer (cases[i].status, cases[i].body, "location", cases[i].location);
      g_autoptr (GError) error = NULL;
      gboolean ask_get, good;

      if (cases[i].type != NULL)
        g_hash_table_insert (response->headers, g_strdup ("content-type"),
                             g_strdup (cases[i].type));
      if (cases[i].length != NULL)
        g_hash_table_insert (response->headers, g_strdup ("content-length"),
                             g_strdup (cases[i].length));
      good = smm_web_space_judge_look ("https://me.example.org/x.jpg", cases[i].method,
                                       "image/jpeg", 5, hash, response, &ask_get, &error);
      g_test_message ("%u: %s", i, error != NULL ? error->message : "good");
      g_assert_cmpint (good, ==, cases[i].code < 0);
      g_assert_cmpint (ask_get, ==, cases[i].code == -2);
      if (cases[i].code >= 0)
        g_assert_error (error, SMM_WEB_SPACE_ERROR, cases[i].code);
    }
}

static void
test_networks (void)
{
  static const struct
  {
    const char *address;
    gboolean loopback, good;
  } cases[] = {
    { "93.184.216.34", FALSE, TRUE }, { "2606:2800:220:1::1", FALSE, TRUE },
    { "192.168.1.4", FALSE, FALSE },  { "10.0.0.1", FALSE, FALSE },
    { "127.0.0.1", FALSE, FALSE },    { "127.0.0.1", TRUE, TRUE },
    { "192.168.1.4", TRUE, FALSE },   { "169.254.1.1", FALSE, FALSE },
    { "fd00::1", FALSE, FALSE },      { "::1", FALSE, FALSE },
    { "100.64.3.2", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);
      g_autoptr (GError) error = NULL;
      GList list = { address, NULL, NULL };

      g_assert_cmpint (smm_web_space_judge_addresses ("https://me.example.org/x.jpg", &list,
                                                      cases[i].loopback, &error),
                       ==, cases[i].good);
      if (!cases[i].good)
        g_assert_error (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_PRIVATE);
    }
}

static void
test_delete (void)
{
  g_autoptr (SmmWebSpace) s3 = make_s3 ();
  const guint good[] = { 200, 204, 404, 410 };
  g_autoptr (SmmResponse) denied = answer (403, "", NULL, NULL);
  g_autoptr (SmmResponse) whole = answer (200, "", "content-length", "7");
  g_autoptr (SmmResponse) part = answer (200, "", "content-length", "4");

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (SmmResponse) response = answer (good[i], "", NULL, NULL);

      g_assert_true (smm_web_space_judge_delete (s3, response, NULL));
    }
  g_assert_false (smm_web_space_judge_delete (s3, denied, NULL));
  g_assert_true (smm_web_space_judge_head (s3, 7, whole, NULL));
  g_assert_false (smm_web_space_judge_head (s3, 7, part, NULL));
  g_assert_true (smm_web_space_judge_gone ("https://me.example.org/x", denied, NULL));
  g_assert_false (smm_web_space_judge_gone ("https://me.example.org/x", whole, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *name = g_strdup_printf ("/web-space/signature/%u", i);

      g_test_add_data_func (name, &vectors[i], test_signature);
    }
  g_test_add_func ("/web-space/entered", test_entered);
  g_test_add_func ("/web-space/addresses", test_addresses);
  g_test_add_func ("/web-space/requests", test_requests);
  g_test_add_func ("/web-space/put", test_put);
  g_test_add_func ("/web-space/unreachable", test_unreachable);
  g_test_add_func ("/web-space/look", test_look);
  g_test_add_func ("/web-space/networks", test_networks);
  g_test_add_func ("/web-space/delete", test_delete);
  return g_test_run ();
}
