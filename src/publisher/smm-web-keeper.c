/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-web-keeper.h"

#include "smm-timer.h"
#include "smm-web-space-client.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SECOND ((gint64)G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
/* How long before its time a post's files are put there. */
#define AHEAD (15 * MINUTE)
#define AHEAD_AGAIN (2 * MINUTE)
#define DELETE_AGAIN (1 * MINUTE)
#define DELETE_AGAIN_MAX (24 * 60 * MINUTE)

struct _SmmWebKeeper
{
  GObject parent_instance;

  SmmStore *store; /* borrowed */
  SmmWebSpaceClient *client;
  SmmRenderer *renderer;
  SmmTimer *timer;
  SmmWebChangedFunc changed;
  gpointer changed_data;

  GHashTable *places; /* "target\nindex" → Place*: on their way */
  GHashTable *seen; /* "target\nupdated" → gint64*: not before this is it put there ahead again */
  SmmWebFile *deleting;
  gboolean is_ahead; /* a coming post is being prepared */
  guint look_id;
};

G_DEFINE_TYPE (SmmWebKeeper, smm_web_keeper, G_TYPE_OBJECT)

typedef struct
{
  SmmPlaceFunc callback;
  gpointer user_data;
} Waiter;

typedef struct
{
  SmmWebKeeper *keeper;
  char *key, *path, *mime;
  GArray *waiters; /* Waiter */
  SmmWebSpace *space;
  SmmWebFile *file;
} Place;

static void look (SmmWebKeeper *self);

/* --- Rows --- */

static gboolean
write_file (SmmWebKeeper *self, const SmmWebFile *file, gboolean drop, GError **error)
{
  if (!smm_store_begin (self->store, error))
    return FALSE;
  if (drop ? smm_store_drop_web_file (self->store, file->object, error)
           : smm_store_put_web_file (self->store, file, error))
    return smm_store_commit (self->store, error);
  smm_store_rollback (self->store);
  return FALSE;
}

/* What a crash or a full disk keeps us from writing is written when it is looked at next. */
static void
keep_row (SmmWebKeeper *self, const SmmWebFile *file, gboolean drop)
{
  g_autoptr (GError) error = NULL;

  if (!write_file (self, file, drop, &error))
    g_warning ("The library can't be written: %s", error->message);
}

/* --- Placing --- */

static void
place_free (Place *place)
{
  g_free (place->key);
  g_free (place->path);
  g_free (place->mime);
  g_array_unref (place->waiters);
  g_clear_pointer (&place->space, smm_web_space_unref);
  smm_web_file_free (place->file);
  g_object_unref (place->keeper);
  g_free (place);
}

static void
end_place (Place *place, SmmPlaceStatus status, const char *text)
{
  g_autoptr (SmmWebKeeper) self = g_object_ref (place->keeper);

  g_hash_table_remove (self->places, place->key);
  for (guint i = 0; i < place->waiters->len; i++)
    {
      const Waiter *waiter = &g_array_index (place->waiters, Waiter, i);

      waiter->callback (status, text, waiter->user_data);
    }
  place_free (place);
  smm_web_keeper_wake (self);
}

/* The keyring may open by itself, as a server may come back. */
static SmmPlaceStatus
status_of (const GError *error)
{
  if (smm_web_space_error_is_passing (error)
      || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_LOCKED)
      || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_TIMED_OUT)
      || g_error_matches (error, SMM_VAULT_ERROR, SMM_VAULT_ERROR_ABSENT))
    return SMM_PLACE_WAIT;
  return SMM_PLACE_BAD;
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Place *place = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *url
      = smm_web_space_client_put_finish (SMM_WEB_SPACE_CLIENT (source), result, &error);

  if (url != NULL)
    place->file->ready_at = g_get_real_time ();
  else
    place->file->tries = 1;
  keep_row (place->keeper, place->file, FALSE);
  if (url != NULL)
    end_place (place, SMM_PLACE_READY, url);
  else
    end_place (place, status_of (error), error->message);
}

static void
put_new (Place *place, const char *target_id, int index)
{
  SmmWebKeeper *self = place->keeper;
  g_autoptr (GError) error = NULL;
  g_autofree char *object = smm_web_space_make_name (place->mime, &error);
  g_autofree char *space = smm_web_space_to_text (place->space);
  g_autofree char *target = g_strdup (target_id);

  smm_web_file_free (place->file);
  place->file
      = object != NULL ? smm_web_file_new (object, target, index, place->path, space) : NULL;
  if (place->file == NULL || !write_file (self, place->file, FALSE, &error))
    {
      end_place (place, SMM_PLACE_WAIT, error->message);
      return;
    }
  smm_web_space_client_put_async (self->client, place->space, object, place->path, place->mime,
                                  NULL, on_put, place);
}

/* What was there some minutes ago may be gone. */
static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Place *place = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *url
      = smm_web_space_client_look_finish (SMM_WEB_SPACE_CLIENT (source), result, &error);

  if (url != NULL)
    end_place (place, SMM_PLACE_READY, url);
  else if (smm_web_space_error_is_passing (error))
    end_place (place, SMM_PLACE_WAIT, error->message);
  else
    {
      place->file->tries = 1;
      keep_row (place->keeper, place->file, FALSE);
      put_new (place, place->file->target_id, place->file->position);
    }
}

static SmmWebSpace *
get_space (SmmWebKeeper *self, GError **error)
{
  g_autofree char *text = smm_store_get_setting (self->store, "web-space");

  if (text == NULL || *text == '\0')
    {
      g_set_error (error, SMM_WEB_SPACE_ERROR, SMM_WEB_SPACE_ERROR_NOT_SET,
                   _ ("There is no web space for files that Instagram fetches. Set one up."));
      return NULL;
    }
  return smm_web_space_from_text (text, smm_web_space_client_is_loopback (self->client), error);
}

void
smm_web_keeper_place (SmmWebKeeper *self, const char *target_id, guint index,
                      SmmRendition *rendition, SmmPlaceFunc callback, gpointer user_data)
{
  g_autofree char *key = g_strdup_printf ("%s\n%u", target_id, index);
  Place *place = g_hash_table_lookup (self->places, key);
  const Waiter waiter = { callback, user_data };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmWebSpace) space = NULL;
  g_autofree char *text = NULL;

  if (place != NULL && strcmp (place->path, rendition->path) == 0)
    {
      g_array_append_val (place->waiters, waiter);
      return;
    }
  if (place != NULL)
    {
      callback (SMM_PLACE_WAIT, _ ("An earlier version of the file is still on its way"),
                user_data);
      return;
    }
  space = get_space (self, &error);
  if (space == NULL)
    {
      callback (SMM_PLACE_BAD, error->message, user_data);
      return;
    }
  place = g_new0 (Place, 1);
  place->keeper = g_object_ref (self);
  place->key = g_steal_pointer (&key);
  place->path = g_strdup (rendition->path);
  place->mime = g_strdup (rendition->mime);
  place->space = g_steal_pointer (&space);
  place->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  g_array_append_val (place->waiters, waiter);
  g_hash_table_insert (self->places, place->key, place);
  text = smm_web_space_to_text (place->space);
  place->file = smm_store_find_web_file (self->store, target_id, index, place->path, text);
  if (place->file != NULL)
    smm_web_space_client_look_async (self->client, place->space, place->file->object, place->path,
                                     place->mime, NULL, on_looked, place);
  else
    put_new (place, target_id, index);
}

/* --- Ahead of time --- */

typedef struct
{
  SmmWebKeeper *keeper;
  SmmTarget *target;
  SmmPost *post;
  SmmAccount *account;
  const SmmPlatform *platform;
  char *key;
  guint index;
  SmmRendition *rendition;
} Coming;

static void
rendition_free (SmmRendition *rendition)
{
  if (rendition == NULL)
    return;
  g_free (rendition->path);
  g_free (rendition->mime);
  g_free (rendition->alt);
  g_free (rendition);
}

static void
set_seen (SmmWebKeeper *self, const char *key, gint64 until)
{
  g_hash_table_replace (self->seen, g_strdup (key), g_memdup2 (&until, sizeof until));
}

/* The post says beforehand what is wrong, and no longer when it is right. */
static void
set_reason (SmmWebKeeper *self, const char *target_id, const char *message)
{
  g_autoptr (SmmTarget) target = smm_store_get_target (self->store, target_id);
  SmmTransition to = { 0 };

  if (target == NULL || target->state != SMM_TARGET_SCHEDULED
      || g_strcmp0 (target->reason, message) == 0
      || (target->reason_code != NULL && strcmp (target->reason_code, "web-space") != 0))
    return;
  to.state = target->state;
  to.attempt = target->attempt;
  to.next_at = target->next_at;
  to.reason_code = message != NULL ? "web-space" : NULL;
  to.reason = message;
  to.fix = message != NULL ? "web-space" : NULL;
  if (!smm_store_begin (self->store, NULL))
    return;
  if (smm_store_transition (self->store, target_id, target->state, target->attempt, &to, NULL)
      && smm_store_commit (self->store, NULL))
    self->changed (target->post_id, self->changed_data);
  else
    smm_store_rollback (self->store);
}

static void
end_coming (Coming *coming, const char *message)
{
  g_autoptr (SmmWebKeeper) self = g_object_ref (coming->keeper);

  self->is_ahead = FALSE;
  set_seen (self, coming->key, message != NULL ? g_get_real_time () + AHEAD_AGAIN : G_MAXINT64);
  set_reason (self, coming->target->id, message);
  rendition_free (coming->rendition);
  g_object_unref (coming->target);
  g_object_unref (coming->post);
  g_object_unref (coming->account);
  g_object_unref (coming->keeper);
  g_free (coming->key);
  g_free (coming);
  smm_web_keeper_wake (self);
}

static void next_medium (Coming *coming);

static void
on_placed (SmmPlaceStatus status, const char *text, gpointer user_data)
{
  Coming *coming = user_data;

  if (status != SMM_PLACE_READY)
    {
      end_coming (coming, text);
      return;
    }
  coming->index++;
  next_medium (coming);
}

static void
on_rendered (SmmRendition *rendition, const char *code, const char *message, gpointer user_data)
{
  Coming *coming = user_data;

  if (rendition == NULL)
    {
      /* Not the web space's fault: the engine says so at the post's time. */
      end_coming (coming, NULL);
      return;
    }
  rendition_free (coming->rendition);
  coming->rendition = rendition;
  smm_web_keeper_place (coming->keeper, coming->target->id, coming->index, rendition, on_placed,
                        coming);
}

static void
next_medium (Coming *coming)
{
  g_autoptr (GHashTable) facts = g_hash_table_new (g_str_hash, g_str_equal);
  const SmmPublication pub = { .account = coming->account, .post = coming->post, .facts = facts };

  while (coming->index < coming->post->media->len
         && !coming->platform->needs_place (&pub, coming->index))
    coming->index++;
  if (coming->index == coming->post->media->len)
    end_coming (coming, NULL);
  else
    smm_renderer_render (coming->keeper->renderer, coming->post->media->pdata[coming->index],
                         coming->platform->id, on_rendered, coming);
}

/* %TRUE when the target is prepared now; else there is nothing to do for it, until *@again. */
static gboolean
begin_coming (SmmWebKeeper *self, SmmTarget *target, gint64 now, gint64 *again)
{
  g_autoptr (SmmPost) whole = smm_store_get_post (self->store, target->post_id);
  g_autoptr (SmmAccount) account = smm_store_get_account (self->store, target->account_id);
  const SmmPlatform *platform = account != NULL ? smm_platform_get_for (account) : NULL;
  g_autofree char *key = NULL;
  const gint64 *until;
  Coming *coming;

  if (whole == NULL || platform == NULL || platform->needs_place == NULL
      || account->state == SMM_ACCOUNT_DISCONNECTED)
    return FALSE;
  key = g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%d", target->id, whole->updated_at,
                         account->web_space);
  until = g_hash_table_lookup (self->seen, key);
  if (until != NULL && *until > now)
    {
      if (*until < G_MAXINT64 && (*again == 0 || *until < *again))
        *again = *until;
      return FALSE;
    }
  coming = g_new0 (Coming, 1);
  coming->keeper = g_object_ref (self);
  coming->target = g_object_ref (target);
  coming->post = smm_post_for_target (whole, smm_post_find_target (whole, target->id));
  coming->account = g_steal_pointer (&account);
  coming->platform = platform;
  coming->key = g_steal_pointer (&key);
  self->is_ahead = TRUE;
  next_medium (coming);
  return TRUE;
}

static gint64
prepare_coming (SmmWebKeeper *self, gint64 now)
{
  g_autofree char *space = smm_store_get_setting (self->store, "web-space");
  g_autoptr (GPtrArray) targets = NULL;
  gint64 next = 0, again = 0;

  if (self->is_ahead || space == NULL || *space == '\0')
    return 0;
  targets = smm_store_list_coming (self->store, now, now + AHEAD, &next);
  for (guint i = 0; i < targets->len; i++)
    if (begin_coming (self, targets->pdata[i], now, &again))
      return 0;
  if (next > 0 && (again == 0 || next - AHEAD < again))
    again = next - AHEAD;
  return again;
}

/* --- Tidying up --- */

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmWebKeeper) self = user_data;
  g_autoptr (SmmWebFile) file = g_steal_pointer (&self->deleting);
  g_autoptr (GError) error = NULL;

  if (smm_web_space_client_delete_finish (SMM_WEB_SPACE_CLIENT (source), result, &error))
    keep_row (self, file, TRUE);
  else
    {
      file->tries++;
      file->next_at = g_get_real_time ()
                      + MIN (DELETE_AGAIN << MIN (2 * (file->tries - 1), 12), DELETE_AGAIN_MAX);
      g_info ("A file can't be deleted from the web space: %s", error->message);
      keep_row (self, file, FALSE);
    }
  smm_web_keeper_wake (self);
}

static gboolean
is_in_use (SmmWebKeeper *self, const SmmWebFile *file)
{
  g_autofree char *key = g_strdup_printf ("%s\n%d", file->target_id, file->position);
  Place *place = g_hash_table_lookup (self->places, key);

  return place != NULL && place->file != NULL && strcmp (place->file->object, file->object) == 0;
}

static gint64
delete_settled (SmmWebKeeper *self, gint64 now)
{
  gint64 next = 0;
  g_autoptr (GPtrArray) files = NULL;

  if (self->deleting != NULL)
    return 0;
  files = smm_store_list_web_files_to_delete (self->store, now, &next);
  for (guint i = 0; i < files->len && self->deleting == NULL; i++)
    {
      SmmWebFile *file = files->pdata[i];
      g_autoptr (SmmWebSpace) space = NULL;

      if (is_in_use (self, file))
        continue;
      space = smm_web_space_from_text (file->space, smm_web_space_client_is_loopback (self->client),
                                       NULL);
      if (space == NULL)
        {
          keep_row (self, file, TRUE);
          continue;
        }
      self->deleting = smm_web_file_new (file->object, file->target_id, file->position, file->path,
                                         file->space);
      self->deleting->tries = file->tries;
      self->deleting->ready_at = file->ready_at;
      smm_web_space_client_delete_async (self->client, space, file->object, NULL, on_deleted,
                                         g_object_ref (self));
    }
  return next;
}

static void
look (SmmWebKeeper *self)
{
  gint64 now = g_get_real_time ();
  gint64 deletion = delete_settled (self, now);
  gint64 coming = prepare_coming (self, now);
  gint64 at = deletion == 0 || (coming > 0 && coming < deletion) ? coming : deletion;

  smm_timer_arm (self->timer, at);
}

static gboolean
look_cb (gpointer user_data)
{
  SmmWebKeeper *self = user_data;

  self->look_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

void
smm_web_keeper_wake (SmmWebKeeper *self)
{
  if (self->look_id == 0)
    self->look_id = g_idle_add (look_cb, self);
}

gboolean
smm_web_keeper_is_idle (SmmWebKeeper *self)
{
  gint64 next;
  g_autoptr (GPtrArray) files = NULL;

  if (self->look_id != 0 || self->is_ahead || self->deleting != NULL
      || g_hash_table_size (self->places) > 0)
    return FALSE;
  files = smm_store_list_web_files_to_delete (self->store, g_get_real_time (), &next);
  return files->len == 0;
}

/* --- GObject --- */

static void
on_timer (gpointer user_data)
{
  look (user_data);
}

static void
smm_web_keeper_dispose (GObject *object)
{
  SmmWebKeeper *self = SMM_WEB_KEEPER (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->timer);
  g_clear_object (&self->client);
  g_clear_object (&self->renderer);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->deleting, smm_web_file_free);

  G_OBJECT_CLASS (smm_web_keeper_parent_class)->dispose (object);
}

static void
smm_web_keeper_class_init (SmmWebKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_web_keeper_dispose;
}

static void
smm_web_keeper_init (SmmWebKeeper *self)
{
  /* A place holds the keeper, so none is left when it goes. */
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * smm_web_keeper_new:
 * @store: the owner's store; borrowed
 * @vault: where the web space's secret is
 * @http: the sender
 * @renderer: makes what is put there
 * @changed: told when a post says something new
 * @changed_data: for @changed; borrowed
 * @error: no timer can be had
 *
 * Returns: (transfer full) (nullable): a keeper that does nothing before smm_web_keeper_wake()
 */
SmmWebKeeper *
smm_web_keeper_new (SmmStore *store, SmmVault *vault, SmmHttp *http, SmmRenderer *renderer,
                    SmmWebChangedFunc changed, gpointer changed_data, GError **error)
{
  g_autoptr (SmmWebKeeper) self = g_object_new (SMM_TYPE_WEB_KEEPER, NULL);

  self->store = store;
  self->client = smm_web_space_client_new (vault, http);
  self->renderer = g_object_ref (renderer);
  self->changed = changed;
  self->changed_data = changed_data;
  self->timer = smm_timer_new (on_timer, self, error);
  return self->timer != NULL ? g_steal_pointer (&self) : NULL;
}
