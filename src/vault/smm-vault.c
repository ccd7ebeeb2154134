/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * libsecret's blocking calls run in a thread of their own, with a limit: a keyring daemon that was
 * restarted can leave a call without an answer for ever.
 */

#include "config.h"

#include "smm-vault.h"

#include "smm-data-key.h"
#include "smm-keyring-bus.h"
#include "smm-vault-error.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#define LOOKUP_MS (10 * 1000)
#define PROMPT_MS (120 * 1000)
#define MAX_SECRET (64 * 1024)

static const SecretSchema schema = {
  SMM_APPLICATION_ID ".Secret",
  SECRET_SCHEMA_NONE,
  {
      { "library", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

struct _SmmVault
{
  GObject parent_instance;

  char *key_dir;
  char *key_path;
  char *library_id;
  guint lookup_ms, prompt_ms;
};

G_DEFINE_TYPE (SmmVault, smm_vault, G_TYPE_OBJECT)

typedef struct _Job Job;
typedef gpointer (*VaultFunc) (SmmVault *self, Job *job, GError **error);

struct _Job
{
  VaultFunc func;
  GDestroyNotify free_result;
  char *name;
  char *value;
  GCancellable *cancellable; /* the time limit's and the caller's */
  GCancellable *caller;
  gulong caller_id;
  guint timeout_id;
  guint prompt_ms; /* how much more time a person gets */
  int prompting;   /* atomic: a person may be asked */
  gboolean timed_out;
};

/**
 * smm_vault_secret_free:
 * @secret: (nullable) (transfer full): a secret
 */
void
smm_vault_secret_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->timeout_id, g_source_remove);
  if (job->caller != NULL)
    g_cancellable_disconnect (job->caller, job->caller_id);
  g_clear_object (&job->caller);
  g_clear_object (&job->cancellable);
  smm_vault_secret_free (job->value);
  g_free (job->name);
  g_free (job);
}

/* --- The keyring --- */

static GHashTable *
make_attributes (SmmVault *self, const char *name)
{
  if (name == NULL)
    return secret_attributes_build (&schema, "library", self->library_id, NULL);
  return secret_attributes_build (&schema, "library", self->library_id, "name", name, NULL);
}

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/* A look-up can't always tell "locked" from "not there": the collection can. In a sandbox the
 * portal is behind libsecret and there is no collection to ask. */
static gboolean
check_unlocked (Job *job, gboolean may_prompt, GError **error)
{
  g_autoptr (SecretService) service = NULL;
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GError) problem = NULL;
  GList list = { 0 };
  int n_unlocked;

  if (is_sandboxed ())
    return TRUE;
  service = secret_service_get_sync (SECRET_SERVICE_NONE, job->cancellable, error);
  if (service == NULL)
    return FALSE;
  collection = secret_collection_for_alias_sync (
      service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, job->cancellable, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (collection == NULL)
    {
      g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_ABSENT,
                   _ ("The keyring of this session has no default collection to keep sign-ins in. "
                      "Create one, for example “Login” in Passwords and Keys, then try again."));
      return FALSE;
    }
  if (!secret_collection_get_locked (collection))
    return TRUE;
  if (may_prompt)
    {
      list.data = collection;
      g_atomic_int_set (&job->prompting, TRUE);
      n_unlocked = secret_service_unlock_sync (service, &list, job->cancellable, NULL, NULL);
      g_atomic_int_set (&job->prompting, FALSE);
      if (n_unlocked > 0)
        return TRUE;
    }
  g_set_error (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "locked");
  return FALSE;
}

static gboolean
load_keys (SmmVault *self, SmmDataKeys *keys, gboolean make, GError **error)
{
  g_autoptr (GError) problem = NULL;

  memset (keys, 0, sizeof *keys);
  mlock (keys, sizeof *keys);
  if (smm_data_keys_load (self->key_path, keys, &problem))
    return TRUE;
  if (make && g_error_matches (problem, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    return smm_data_key_make (&keys->now, error)
           && smm_data_keys_save (self->key_path, keys, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* App, command line and publisher share one key file: who makes or changes it is alone. */
static int
lock_keys (SmmVault *self)
{
  g_autofree char *path = g_strconcat (self->key_path, ".lock", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0)
    flock (fd, LOCK_EX);
  return fd;
}

static void
unlock_keys (int fd)
{
  if (fd >= 0)
    close (fd);
}

static void
forget_keys (SmmDataKeys *keys)
{
  explicit_bzero (keys, sizeof *keys);
  munlock (keys, sizeof *keys);
}

/* Library and name are part of what is authenticated: a moved item does not open. */
static char *
make_associated (SmmVault *self, const char *name)
{
  return g_strconcat ("smm1|", self->library_id, "|", name, NULL);
}

/* Of the item that was found: never asks a person, as libsecret's own look-up does. */
static char *
read_item (SecretRetrievable *item, GCancellable *cancellable, GError **error)
{
  SecretValue *value = NULL;
  const char *text;
  char *sealed;

  if (SECRET_IS_ITEM (item) && secret_item_get_locked (SECRET_ITEM (item)))
    {
      g_set_error (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "locked");
      return NULL;
    }
  if (SECRET_IS_ITEM (item))
    value = secret_item_get_secret (SECRET_ITEM (item));
  if (value == NULL)
    value = secret_retrievable_retrieve_secret_sync (item, cancellable, error);
  if (value == NULL)
    return NULL;
  /* What is no text is not ours, and does not open. */
  text = secret_value_get_text (value);
  sealed = g_strdup (text != NULL ? text : "");
  secret_value_unref (value);
  return sealed;
}

static char *
read_sealed (SmmVault *self, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (self, name);
  g_autoptr (GError) problem = NULL;
  GList *items = secret_password_searchv_sync (&schema, attributes, SECRET_SEARCH_LOAD_SECRETS,
                                               cancellable, &problem);
  char *sealed = NULL;

  if (problem == NULL && items == NULL)
    g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND,
                 _ ("The keyring holds no such sign-in"));
  else if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    {
      sealed = read_item (items->data, cancellable, &problem);
      if (sealed == NULL && problem == NULL)
        g_set_error (&problem, SMM_VAULT_ERROR, SMM_VAULT_ERROR_FAILED,
                     _ ("The keyring did not keep what was given to it"));
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
    }
  g_list_free_full (items, g_object_unref);
  return sealed;
}

static char *
open_sealed (SmmVault *self, const SmmDataKeys *keys, const char *name, const char *sealed,
             GError **error)
{
  g_autofree char *associated = make_associated (self, name);
  const SmmDataKey *key = NULL;
  guint64 id;

  if (smm_seal_get_key_id (sealed, &id))
    key = smm_data_keys_find (keys, id);
  if (key == NULL)
    {
      g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED,
                   _ ("A stored sign-in was sealed with a key that is gone. Sign in again."));
      return NULL;
    }
  return smm_unseal (key->key, associated, sealed, error);
}

static gpointer
do_lookup (SmmVault *self, Job *job, GError **error)
{
  g_autofree char *sealed = NULL;
  g_autoptr (GError) problem = NULL;
  SmmDataKeys keys;
  char *plain;

  sealed = read_sealed (self, job->name, job->cancellable, &problem);
  /* Not there, or behind a lock: only the collection knows. */
  if (sealed == NULL && !check_unlocked (job, FALSE, error))
    return NULL;
  if (sealed == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (!load_keys (self, &keys, FALSE, &problem))
    {
      g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_KEY, "%s",
                   g_error_matches (problem, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND)
                       ? _ ("The key file of the sign-ins is gone. Bring it back from a backup of "
                            "this computer, or sign in again.")
                       : problem->message);
      return NULL;
    }
  plain = open_sealed (self, &keys, job->name, sealed, error);
  forget_keys (&keys);
  return plain;
}

static gboolean
store_sealed (SmmVault *self, const char *name, const char *sealed, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (self, name);
  g_autofree char *label = g_strdup_printf ("nkonsept SMM: %s", name);

  return secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, sealed,
                                      cancellable, error);
}

/* What was written is read back and compared before it counts. */
static gboolean
store_and_compare (SmmVault *self, const SmmDataKeys *keys, const char *name, const char *value,
                   GCancellable *cancellable, GError **error)
{
  g_autofree char *associated = make_associated (self, name);
  g_autofree char *sealed = smm_seal (keys->now.key, keys->now.id, associated, value, error);
  g_autofree char *again = NULL;
  char *plain;
  gboolean same;

  if (sealed == NULL || !store_sealed (self, name, sealed, cancellable, error))
    return FALSE;
  again = read_sealed (self, name, cancellable, error);
  plain = again != NULL ? open_sealed (self, keys, name, again, error) : NULL;
  if (plain == NULL)
    return FALSE;
  same = strcmp (plain, value) == 0;
  smm_vault_secret_free (plain);
  if (!same)
    g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_FAILED,
                 _ ("The keyring did not keep what was given to it"));
  return same;
}

static gpointer
do_store (SmmVault *self, Job *job, GError **error)
{
  SmmDataKeys keys;
  gboolean done;
  int lock;

  if (strlen (job->value) > MAX_SECRET || !g_utf8_validate (job->value, -1, NULL))
    {
      g_set_error (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_FAILED,
                   _ ("This is too long for a secret, or not text"));
      return NULL;
    }
  lock = lock_keys (self);
  done = load_keys (self, &keys, TRUE, error);
  /* Held over the store: a rotation in another process must not overtake it. */
  if (done)
    done = store_and_compare (self, &keys, job->name, job->value, job->cancellable, error);
  forget_keys (&keys);
  unlock_keys (lock);
  return GINT_TO_POINTER (done);
}

static gpointer
do_delete (SmmVault *self, Job *job, GError **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (self, job->name);
  g_autoptr (GError) problem = NULL;

  if (!check_unlocked (job, TRUE, error))
    return NULL;
  secret_password_clearv_sync (&schema, attributes, job->cancellable, &problem);
  if (problem == NULL)
    return GINT_TO_POINTER (TRUE);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static gpointer
do_check (SmmVault *self, Job *job, GError **error)
{
  g_autofree char *sealed = NULL;
  g_autoptr (GError) problem = NULL;

  if (!check_unlocked (job, TRUE, error))
    return NULL;
  sealed = read_sealed (self, "check", job->cancellable, &problem);
  if (sealed != NULL || g_error_matches (problem, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    return GINT_TO_POINTER (TRUE);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* --- Rotation --- */

static gboolean
seal_again (SmmVault *self, const SmmDataKeys *keys, SecretRetrievable *item,
            GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) attributes = secret_retrievable_get_attributes (item);
  const char *name = g_hash_table_lookup (attributes, "name");
  g_autofree char *sealed = NULL;
  g_autoptr (GError) problem = NULL;
  char *plain;
  gboolean done;

  if (name == NULL)
    return TRUE;
  sealed = read_sealed (self, name, cancellable, &problem);
  plain = sealed != NULL ? open_sealed (self, keys, name, sealed, &problem) : NULL;
  /* What no key opens, or is gone by now, stays as it is: it must not keep the others from a new
   * key. */
  if (g_error_matches (problem, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TAMPERED)
      || g_error_matches (problem, SMM_VAULT_ERROR, SMM_VAULT_ERROR_NOT_FOUND))
    return TRUE;
  if (plain == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  done = store_and_compare (self, keys, name, plain, cancellable, error);
  smm_vault_secret_free (plain);
  return done;
}

static gboolean
seal_all_again (SmmVault *self, const SmmDataKeys *keys, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (self, NULL);
  g_autoptr (GError) problem = NULL;
  GList *items = secret_password_searchv_sync (&schema, attributes, SECRET_SEARCH_ALL, cancellable,
                                               &problem);
  gboolean done = TRUE;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  for (GList *l = items; l != NULL && done; l = l->next)
    done = seal_again (self, keys, l->data, cancellable, error);
  g_list_free_full (items, g_object_unref);
  return done;
}

/* The new key is on disk beside the old before the first item is sealed with it, and the old goes
 * only after the last: a crash in between loses nothing, and rotating again ends it. */
static gpointer
do_rotate (SmmVault *self, Job *job, GError **error)
{
  SmmDataKeys keys;
  gboolean done;
  int lock;

  if (!check_unlocked (job, TRUE, error))
    return NULL;
  lock = lock_keys (self);
  done = load_keys (self, &keys, TRUE, error);
  if (done && keys.before.id == 0)
    {
      keys.before = keys.now;
      done = smm_data_key_make (&keys.now, error)
             && smm_data_keys_save (self->key_path, &keys, error);
    }
  if (done)
    done = seal_all_again (self, &keys, job->cancellable, error);
  if (done)
    {
      explicit_bzero (&keys.before, sizeof keys.before);
      done = smm_data_keys_save (self->key_path, &keys, error);
    }
  forget_keys (&keys);
  unlock_keys (lock);
  return GINT_TO_POINTER (done);
}

/* --- Threads and limits --- */

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  if (is_sandboxed () || smm_keyring_start (job->cancellable, &error))
    result = job->func (source, job, &error);
  if (error != NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        smm_vault_translate_error (&error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else
    g_task_return_pointer (task, result, job->free_result);
}

static gboolean
on_timeout (gpointer user_data)
{
  Job *job = user_data;

  job->timeout_id = 0;
  /* A person types a password slower than a keyring answers. */
  if (job->prompt_ms > 0 && g_atomic_int_get (&job->prompting))
    {
      job->timeout_id = g_timeout_add (job->prompt_ms, on_timeout, job);
      job->prompt_ms = 0;
      return G_SOURCE_REMOVE;
    }
  job->timed_out = TRUE;
  g_cancellable_cancel (job->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_caller_cancelled (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
start (SmmVault *self, VaultFunc func, const char *name, const char *value, guint ms,
       GCancellable *caller, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (GTask) task = NULL;

  job->func = func;
  job->name = g_strdup (name);
  job->value = g_strdup (value);
  job->free_result = func == do_lookup ? (GDestroyNotify)smm_vault_secret_free : NULL;
  job->prompt_ms = ms < self->prompt_ms ? self->prompt_ms - ms : 0;
  job->cancellable = g_cancellable_new ();
  if (caller != NULL)
    {
      job->caller = g_object_ref (caller);
      job->caller_id = g_cancellable_connect (caller, G_CALLBACK (on_caller_cancelled),
                                              job->cancellable, NULL);
    }
  task = g_task_new (self, job->cancellable, callback, user_data);
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, job_free);
  g_task_set_return_on_cancel (task, TRUE);
  job->timeout_id = g_timeout_add (ms, on_timeout, job);
  g_task_run_in_thread (task, run_in_thread);
}

static gpointer
end (GAsyncResult *result, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) problem = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &problem);

  g_clear_handle_id (&job->timeout_id, g_source_remove);
  if (problem == NULL)
    return value;
  if (job->timed_out)
    smm_vault_set_timed_out (error);
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* --- Public --- */

void
smm_vault_store_async (SmmVault *self, const char *name, const char *value,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SMM_IS_VAULT (self));
  g_return_if_fail (value != NULL);

  start (self, do_store, name, value, self->prompt_ms, cancellable, callback, user_data);
}

gboolean
smm_vault_store_finish (SmmVault *self, GAsyncResult *result, GError **error)
{
  return end (result, error) != NULL;
}

void
smm_vault_lookup_async (SmmVault *self, const char *name, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SMM_IS_VAULT (self));

  start (self, do_lookup, name, NULL, self->lookup_ms, cancellable, callback, user_data);
}

char *
smm_vault_lookup_finish (SmmVault *self, GAsyncResult *result, GError **error)
{
  return end (result, error);
}

void
smm_vault_delete_async (SmmVault *self, const char *name, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (SMM_IS_VAULT (self));

  start (self, do_delete, name, NULL, self->lookup_ms, cancellable, callback, user_data);
}

gboolean
smm_vault_delete_finish (SmmVault *self, GAsyncResult *result, GError **error)
{
  return end (result, error) != NULL;
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (end (result, &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
smm_vault_keep (SmmVault *self, const char *name, const char *value, GTask *task)
{
  if (*value == '\0')
    smm_vault_delete_async (self, name, NULL, on_kept, task);
  else
    smm_vault_store_async (self, name, value, NULL, on_kept, task);
}

/* Without a name it is all of them. */
void
smm_vault_wipe_async (SmmVault *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (SMM_IS_VAULT (self));

  start (self, do_delete, NULL, NULL, self->prompt_ms, cancellable, callback, user_data);
}

gboolean
smm_vault_wipe_finish (SmmVault *self, GAsyncResult *result, GError **error)
{
  return end (result, error) != NULL;
}

void
smm_vault_check_async (SmmVault *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (SMM_IS_VAULT (self));

  start (self, do_check, NULL, NULL, self->lookup_ms, cancellable, callback, user_data);
}

gboolean
smm_vault_check_finish (SmmVault *self, GAsyncResult *result, GError **error)
{
  return end (result, error) != NULL;
}

void
smm_vault_rotate_async (SmmVault *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (SMM_IS_VAULT (self));

  start (self, do_rotate, NULL, NULL, self->prompt_ms, cancellable, callback, user_data);
}

gboolean
smm_vault_rotate_finish (SmmVault *self, GAsyncResult *result, GError **error)
{
  return end (result, error) != NULL;
}

static void
smm_vault_finalize (GObject *object)
{
  SmmVault *self = SMM_VAULT (object);

  g_free (self->key_dir);
  g_free (self->key_path);
  g_free (self->library_id);

  G_OBJECT_CLASS (smm_vault_parent_class)->finalize (object);
}

static void
smm_vault_class_init (SmmVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_vault_finalize;
}

static void
smm_vault_init (SmmVault *self)
{
  self->lookup_ms = LOOKUP_MS;
  self->prompt_ms = PROMPT_MS;
}

/**
 * smm_vault_set_limits:
 * @self: a vault
 * @lookup_ms: how long the keyring may take, instead of ten seconds
 * @prompt_ms: how long it may take when a person may be asked, instead of two minutes
 */
void
smm_vault_set_limits (SmmVault *self, guint lookup_ms, guint prompt_ms)
{
  g_return_if_fail (SMM_IS_VAULT (self));

  self->lookup_ms = lookup_ms;
  self->prompt_ms = prompt_ms;
}

/**
 * smm_vault_new:
 * @key_dir: folder of the data key
 * @library_id: keeps two libraries of one user apart
 *
 * Returns: (transfer full): a vault; the keyring is not touched yet
 */
SmmVault *
smm_vault_new (const char *key_dir, const char *library_id)
{
  SmmVault *self = g_object_new (SMM_TYPE_VAULT, NULL);

  self->key_dir = g_strdup (key_dir);
  self->key_path = g_build_filename (key_dir, "vault.key", NULL);
  self->library_id = g_strdup (library_id != NULL ? library_id : "");
  return self;
}

const char *
smm_vault_get_key_dir (SmmVault *self)
{
  return self->key_dir;
}
