/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-web-space-client.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_LOOKS 4
#define LOOK_AGAIN_MS 1000
#define HEADERS_ROOM (64 * 1024)
#define MAX_FILE (1024 * 1024 * 1024)
#define BIT(step) (1u << (step))

struct _SmmWebSpaceClient
{
  GObject parent_instance;

  SmmVault *vault;
  SmmHttp *http;
};

G_DEFINE_TYPE (SmmWebSpaceClient, smm_web_space_client, G_TYPE_OBJECT)

/* What is to be done with one object; the steps are taken in their order. */
typedef struct
{
  SmmWebSpace *space;
  char *object, *path, *mime, *public_url;
  char *secret; /* wiped */
  char *sha256;
  gint64 bytes;
  guint plan; /* BIT (SmmWebSpaceStep) of what is left */
  SmmWebSpaceStep step;
  const char *method; /* of the look */
  gboolean thorough;  /* a test: also what HEAD does not show */
  gboolean temporary; /* the file is ours */
  guint n_looks;
  GError *error; /* of the step that failed, while what was sent is taken away */
  SmmWebSpaceStepFunc func;
  gpointer func_data;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->temporary && job->path != NULL)
    g_unlink (job->path);
  smm_web_space_unref (job->space);
  smm_vault_secret_free (job->secret);
  g_clear_error (&job->error);
  g_free (job->object);
  g_free (job->path);
  g_free (job->mime);
  g_free (job->public_url);
  g_free (job->sha256);
  g_free (job);
}

static void next_step (GTask *task);

static void
tell (Job *job, SmmWebSpaceStepState state, const char *message)
{
  if (job->func != NULL)
    job->func (job->step, state, message, job->func_data);
}

static void
end (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, g_strdup (job->public_url), g_free);
  g_object_unref (task);
}

/* Takes @error. What was sent already is taken away again. */
static void
step_failed (GTask *task, GError *error)
{
  Job *job = g_task_get_task_data (task);
  gboolean sent
      = job->step > SMM_WEB_SPACE_STEP_PUT && (job->plan & BIT (SMM_WEB_SPACE_STEP_DELETE));

  tell (job, SMM_WEB_SPACE_STEP_BAD, error->message);
  if (job->error == NULL)
    job->error = error;
  else
    g_error_free (error);
  job->plan = sent ? BIT (SMM_WEB_SPACE_STEP_DELETE) : 0;
  next_step (task);
}

static void
step_good (GTask *task)
{
  tell (g_task_get_task_data (task), SMM_WEB_SPACE_STEP_GOOD, NULL);
  next_step (task);
}

/* --- The keyring --- */

static void
on_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  job->secret = smm_vault_lookup_finish (SMM_VAULT (source), result, &error);
  if (job->secret == NULL && g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      g_set_error (&error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_DENIED,
                   _ ("The secret of the web space is not in the keyring. Enter it again."));
    }
  else if (g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED))
    {
      g_clear_error (&error);
      g_set_error (&error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_DENIED,
                   _ ("The secret of the web space does not open: it was changed by something "
                      "else. Enter it again."));
    }
  if (job->secret == NULL)
    step_failed (task, g_steal_pointer (&error));
  else
    step_good (task);
}

static void
check_secret (GTask *task)
{
  SmmWebSpaceClient *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autofree char *item = smm_web_space_make_item (job->space);

  if (job->secret != NULL)
    step_good (task);
  else
    smm_vault_lookup_async (self->vault, item, g_task_get_cancellable (task), on_secret, task);
}

/* --- As a stranger --- */

static void look (GTask *task);

static gboolean
look_again_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (GError) error = NULL;
  gboolean ask_get = FALSE;

  if (smm_web_space_judge_look (job->public_url, job->method, job->mime, job->bytes, job->sha256,
                                response, &ask_get, &error))
    {
      if (strcmp (job->method, "HEAD") == 0 && (ask_get || job->thorough))
        {
          job->method = "GET";
          look (task);
        }
      else
        step_good (task);
      return;
    }
  /* Some servers need a moment before they show what they took. */
  if (g_error_matches (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_MISSING)
      && ++job->n_looks < MAX_LOOKS && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_timeout_add (LOOK_AGAIN_MS << (job->n_looks - 1), look_again_cb, task);
  else
    step_failed (task, g_steal_pointer (&error));
}

static void
look (GTask *task)
{
  SmmWebSpaceClient *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr (SmmRequest) request
      = smm_web_space_look (job->public_url, job->method, job->bytes + HEADERS_ROOM);

  smm_http_send_async (self->http, request, NULL, g_task_get_cancellable (task), on_looked, task);
}

static void
on_addresses (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SmmWebSpaceClient *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  if (addresses == NULL)
    step_failed (task, g_error_new (SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_UNREACHABLE, "%s",
                                    error->message));
  else if (!smm_web_space_judge_addresses (job->public_url, addresses,
                                           smm_web_space_client_is_loopback (self), &error))
    step_failed (task, g_steal_pointer (&error));
  else
    look (task);
  g_resolver_free_addresses (addresses);
}

static void
look_as_stranger (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GUri) uri = g_uri_parse (job->public_url, G_URI_FLAGS_ENCODED, NULL);

  job->method = "HEAD";
  g_resolver_lookup_by_name_async (resolver, g_uri_get_host (uri), g_task_get_cancellable (task),
                                   on_addresses, task);
}

/* --- What the server is asked --- */

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  GError *error = NULL;
  gboolean good;

  switch (job->step)
    {
    case SMM_WEB_SPACE_STEP_PUT:
      good = smm_web_space_judge_put (job->space, response, &error);
      break;
    case SMM_WEB_SPACE_STEP_STORED:
      good = smm_web_space_judge_head (job->space, job->bytes, response, &error);
      break;
    case SMM_WEB_SPACE_STEP_DELETE:
      good = smm_web_space_judge_delete (job->space, response, &error);
      break;
    default:
      good = smm_web_space_judge_gone (job->public_url, response, &error);
      break;
    }
  if (good)
    step_good (task);
  else if (job->step == SMM_WEB_SPACE_STEP_GONE)
    {
      tell (job, SMM_WEB_SPACE_STEP_DOUBTFUL, error->message);
      g_error_free (error);
      next_step (task);
    }
  else
    step_failed (task, error);
}

static void
ask_server (GTask *task)
{
  SmmWebSpaceClient *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  gint64 now = g_get_real_time ();
  g_autoptr (SmmRequest) request = NULL;

  switch (job->step)
    {
    case SMM_WEB_SPACE_STEP_PUT:
      request = smm_web_space_put (job->space, job->secret, job->object, job->path, job->mime,
                                   job->sha256, now);
      break;
    case SMM_WEB_SPACE_STEP_STORED:
      request = smm_web_space_head (job->space, job->secret, job->object, now);
      break;
    case SMM_WEB_SPACE_STEP_DELETE:
      request = smm_web_space_delete (job->space, job->secret, job->object, now);
      break;
    default:
      request = smm_web_space_look (job->public_url, "HEAD", HEADERS_ROOM);
      break;
    }
  smm_http_send_async (self->http, request, NULL, g_task_get_cancellable (task), on_answer, task);
}

/* --- The steps --- */

static void
next_step (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  if (job->plan == 0)
    {
      end (task);
      return;
    }
  job->step = g_bit_nth_lsf (job->plan, -1);
  job->plan &= ~BIT (job->step);
  tell (job, SMM_WEB_SPACE_STEP_BEGUN, NULL);
  if (job->step == SMM_WEB_SPACE_STEP_SECRET)
    check_secret (task);
  else if (job->step == SMM_WEB_SPACE_STEP_LOOK)
    look_as_stranger (task);
  else
    ask_server (task);
}

/* In a thread: reading a film takes a while. */
static void
hash_file (GTask *hashing, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = g_task_get_task_data (G_TASK (data));
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *piece = g_malloc (64 * 1024);
  int fd = g_open (job->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  int saved_errno = errno;
  gssize n = -1;

  while (fd >= 0 && job->bytes < MAX_FILE && (n = read (fd, piece, 64 * 1024)) > 0)
    {
      g_checksum_update (sum, piece, n);
      job->bytes += n;
    }
  if (fd >= 0 && n < 0)
    saved_errno = errno;
  if (fd >= 0)
    close (fd);
  if (fd < 0 || n < 0)
    {
      g_task_return_new_error (hashing, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_REFUSED,
                               _ ("The file to upload can’t be read: %s"),
                               g_strerror (saved_errno));
      return;
    }
  job->sha256 = g_strdup (g_checksum_get_string (sum));
  g_task_return_boolean (hashing, TRUE);
}

static void
on_hashed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      next_step (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static GTask *
start (SmmWebSpaceClient *self, SmmWebSpace *space, const char *object, const char *path,
       const char *mime, guint plan, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->space = smm_web_space_ref (space);
  job->object = g_strdup (object);
  job->path = g_strdup (path);
  job->mime = g_strdup (mime);
  job->public_url = smm_web_space_make_public_url (space, object);
  job->plan = plan;
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, job_free);
  return task;
}

static void
hash_and_go (GTask *task)
{
  g_autoptr (GTask) hashing = g_task_new (g_task_get_source_object (task),
                                          g_task_get_cancellable (task), on_hashed, task);

  g_task_set_task_data (hashing, task, NULL);
  g_task_run_in_thread (hashing, hash_file);
}

void
smm_web_space_client_put_async (SmmWebSpaceClient *self, SmmWebSpace *space, const char *object,
                                const char *path, const char *mime, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  hash_and_go (start (self, space, object, path, mime,
                      BIT (SMM_WEB_SPACE_STEP_SECRET) | BIT (SMM_WEB_SPACE_STEP_PUT)
                          | BIT (SMM_WEB_SPACE_STEP_LOOK),
                      cancellable, callback, user_data));
}

char *
smm_web_space_client_put_finish (SmmWebSpaceClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
smm_web_space_client_look_async (SmmWebSpaceClient *self, SmmWebSpace *space, const char *object,
                                 const char *path, const char *mime, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  hash_and_go (start (self, space, object, path, mime, BIT (SMM_WEB_SPACE_STEP_LOOK), cancellable,
                      callback, user_data));
}

char *
smm_web_space_client_look_finish (SmmWebSpaceClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
smm_web_space_client_delete_async (SmmWebSpaceClient *self, SmmWebSpace *space, const char *object,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  next_step (start (self, space, object, NULL, NULL,
                    BIT (SMM_WEB_SPACE_STEP_SECRET) | BIT (SMM_WEB_SPACE_STEP_DELETE), cancellable,
                    callback, user_data));
}

gboolean
smm_web_space_client_delete_finish (SmmWebSpaceClient *self, GAsyncResult *result, GError **error)
{
  g_autofree char *url = g_task_propagate_pointer (G_TASK (result), error);

  return url != NULL;
}

/* --- The test --- */

/* A green square of 16 by 16: small, and a picture like any other. */
static const guint8 test_picture[] = {
  0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01,
  0x00, 0x01, 0x00, 0x00, 0xff, 0xdb, 0x00, 0x43, 0x00, 0x0d, 0x09, 0x0a, 0x0b, 0x0a, 0x08, 0x0d,
  0x0b, 0x0a, 0x0b, 0x0e, 0x0e, 0x0d, 0x0f, 0x13, 0x20, 0x15, 0x13, 0x12, 0x12, 0x13, 0x27, 0x1c,
  0x1e, 0x17, 0x20, 0x2e, 0x29, 0x31, 0x30, 0x2e, 0x29, 0x2d, 0x2c, 0x33, 0x3a, 0x4a, 0x3e, 0x33,
  0x36, 0x46, 0x37, 0x2c, 0x2d, 0x40, 0x57, 0x41, 0x46, 0x4c, 0x4e, 0x52, 0x53, 0x52, 0x32, 0x3e,
  0x5a, 0x61, 0x5a, 0x50, 0x60, 0x4a, 0x51, 0x52, 0x4f, 0xff, 0xdb, 0x00, 0x43, 0x01, 0x0e, 0x0e,
  0x0e, 0x13, 0x11, 0x13, 0x26, 0x15, 0x15, 0x26, 0x4f, 0x35, 0x2d, 0x35, 0x4f, 0x4f, 0x4f, 0x4f,
  0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f,
  0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f,
  0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0x4f, 0xff, 0xc0,
  0x00, 0x11, 0x08, 0x00, 0x10, 0x00, 0x10, 0x03, 0x01, 0x22, 0x00, 0x02, 0x11, 0x01, 0x03, 0x11,
  0x01, 0xff, 0xc4, 0x00, 0x15, 0x00, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x05, 0xff, 0xc4, 0x00, 0x14, 0x10, 0x01, 0x00, 0x00,
  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xc4,
  0x00, 0x15, 0x01, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
  0x00, 0x00, 0x00, 0x02, 0x05, 0xff, 0xc4, 0x00, 0x14, 0x11, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00,
  0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xda, 0x00, 0x0c, 0x03,
  0x01, 0x00, 0x02, 0x11, 0x03, 0x11, 0x00, 0x3f, 0x00, 0x90, 0x01, 0x26, 0xbf, 0xff, 0xd9,
};

static char *
write_picture (GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("smm-web-space-XXXXXX.jpg", &path, error);
  gssize written;

  if (fd < 0)
    return NULL;
  written = write (fd, test_picture, sizeof test_picture);
  close (fd);
  if (written == (gssize)sizeof test_picture)
    return g_steal_pointer (&path);
  g_unlink (path);
  g_set_error (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_REFUSED,
               _ ("The test picture can’t be written: %s"), g_strerror (errno));
  return NULL;
}

/**
 * smm_web_space_client_test_async:
 * @self: a client
 * @space: where
 * @secret: (nullable): what was entered; %NULL: what the keyring has
 * @func: (nullable): told of each step
 * @func_data: for @func; must live until the callback
 * @cancellable: (nullable): ends it; what was sent may stay there then
 * @callback: called when all steps are done, or one failed
 * @user_data: for @callback
 */
void
smm_web_space_client_test_async (SmmWebSpaceClient *self, SmmWebSpace *space, const char *secret,
                                 SmmWebSpaceStepFunc func, gpointer func_data,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *object = smm_web_space_make_name ("image/jpeg", &error);
  g_autofree char *path = object != NULL ? write_picture (&error) : NULL;
  GTask *task;
  Job *job;

  if (path == NULL)
    {
      g_task_report_error (self, callback, user_data, start, g_steal_pointer (&error));
      return;
    }
  task = start (self, space, object, path, "image/jpeg", BIT (SMM_WEB_SPACE_N_STEPS) - 1,
                cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->secret = g_strdup (secret);
  job->func = func;
  job->func_data = func_data;
  job->thorough = TRUE;
  job->temporary = TRUE;
  hash_and_go (task);
}

gboolean
smm_web_space_client_test_finish (SmmWebSpaceClient *self, GAsyncResult *result, GError **error)
{
  g_autofree char *url = g_task_propagate_pointer (G_TASK (result), error);

  return url != NULL;
}

const char *
smm_web_space_step_get_label (SmmWebSpaceStep step)
{
  static const char *const labels[SMM_WEB_SPACE_N_STEPS]
      = { N_ ("Secret in the keyring"), N_ ("Upload a picture"), N_ ("The server has it whole"),
          N_ ("Strangers can see it"),  N_ ("Delete it again"),  N_ ("Nobody sees it any more") };

  return _ (labels[step]);
}

const char *
smm_web_space_step_to_string (SmmWebSpaceStep step)
{
  static const char *const names[SMM_WEB_SPACE_N_STEPS]
      = { "secret", "upload", "stored", "public", "delete", "gone" };

  return names[step];
}

/* --- GObject --- */

static void
smm_web_space_client_finalize (GObject *object)
{
  SmmWebSpaceClient *self = SMM_WEB_SPACE_CLIENT (object);

  g_clear_object (&self->vault);
  g_clear_object (&self->http);

  G_OBJECT_CLASS (smm_web_space_client_parent_class)->finalize (object);
}

static void
smm_web_space_client_class_init (SmmWebSpaceClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_web_space_client_finalize;
}

static void
smm_web_space_client_init (SmmWebSpaceClient *self)
{
}

/**
 * smm_web_space_client_new:
 * @vault: where secrets are
 * @http: the sender
 *
 * Returns: (transfer full): a client for any number of web spaces
 */
SmmWebSpaceClient *
smm_web_space_client_new (SmmVault *vault, SmmHttp *http)
{
  SmmWebSpaceClient *self = g_object_new (SMM_TYPE_WEB_SPACE_CLIENT, NULL);

  self->vault = g_object_ref (vault);
  self->http = g_object_ref (http);
  return self;
}

gboolean
smm_web_space_client_is_loopback (SmmWebSpaceClient *self)
{
  return smm_endpoints_is_loopback (smm_http_get_endpoints (self->http));
}
