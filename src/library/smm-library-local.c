/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-library-local-private.h"

#include "smm-series-private.h"
#include "smm-workspace.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TOP_UP_PAUSE (24 * 3600 * (gint64)G_USEC_PER_SEC)

static void smm_library_local_iface_init (SmmLibraryInterface *iface);

G_DEFINE_TYPE_WITH_CODE (SmmLibraryLocal, smm_library_local, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (SMM_TYPE_LIBRARY, smm_library_local_iface_init))

/* --- Changes --- */

void
smm_change_add (SmmChange *change, const char *id)
{
  g_ptr_array_add (change->changed, g_strdup (id));
}

void
smm_change_set_inverse (SmmChange *change, const char *name, GVariant *args)
{
  g_clear_pointer (&change->inverse, g_variant_unref);
  change->inverse = g_variant_ref_sink (g_variant_new ("(s@a{sv})", name, args));
}

gboolean
smm_change_fail (GError **error, SmmLibraryError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (SMM_LIBRARY_ERROR, code, format, args);
  va_end (args);
  return FALSE;
}

static const SmmCommandSpec *
find_spec (const char *name)
{
  const SmmCommandSpec *tables[] = {
    smm_brand_commands, smm_post_commands,     smm_schedule_commands, smm_batch_commands,
    smm_bulk_commands,  smm_media_commands,    smm_tag_commands,      smm_slot_commands,
    smm_note_commands,  smm_holidays_commands, smm_series_commands,   smm_import_commands,
    smm_ai_commands,    smm_mail_commands,     smm_erase_commands,    smm_workspace_commands
  };

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const SmmCommandSpec *spec = tables[t]; spec->name != NULL; spec++)
      if (strcmp (spec->name, name) == 0)
        return spec;
  return NULL;
}

/* One argument of a specification, "key:type!"; its parts point into it. */
typedef struct
{
  const char *key, *type;
  gsize key_length, type_length;
  gboolean needed;
} ArgSpec;

/* More than any command takes. */
#define MAX_ARGS 40

/* The next one from @p on; FALSE at the end. */
static gboolean
next_arg (const char **p, ArgSpec *arg)
{
  const char *end, *colon;

  *p += strspn (*p, " ");
  end = *p + strcspn (*p, " ");
  colon = memchr (*p, ':', end - *p);
  if (colon == NULL)
    return FALSE;
  arg->key = *p;
  arg->key_length = colon - *p;
  arg->type = colon + 1;
  arg->type_length = end - arg->type;
  arg->needed = arg->type_length > 0 && end[-1] == '!';
  if (arg->needed)
    arg->type_length--;
  *p = end;
  return TRUE;
}

static gboolean
is_of_key (const ArgSpec *arg, const char *key)
{
  return strncmp (arg->key, key, arg->key_length) == 0 && key[arg->key_length] == '\0';
}

static const ArgSpec *
find_arg (const ArgSpec *args, guint n, const char *key)
{
  for (guint i = 0; i < n; i++)
    if (is_of_key (&args[i], key))
      return &args[i];
  return NULL;
}

static gboolean
is_given (SmmCommand *command, const ArgSpec *arg)
{
  for (guint i = 0; i < smm_command_get_n_args (command); i++)
    {
      GVariant *value;

      if (is_of_key (arg, smm_command_get_arg (command, i, &value)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_args (const SmmCommandSpec *spec, SmmCommand *command, GError **error)
{
  const char *rest = spec->args, *id = NULL;
  ArgSpec args[MAX_ARGS];
  guint n = 0;

  while (n < MAX_ARGS && next_arg (&rest, &args[n]))
    n++;
  for (guint i = 0; i < smm_command_get_n_args (command); i++)
    {
      GVariant *value;
      const char *key = smm_command_get_arg (command, i, &value);
      const char *type = g_variant_get_type_string (value);
      const ArgSpec *arg = find_arg (args, n, key);

      if (strcmp (key, "client-id") == 0)
        continue;
      if (arg == NULL || strncmp (type, arg->type, arg->type_length) != 0
          || type[arg->type_length] != '\0')
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                                _ ("%s takes no “%s” of this type"), spec->name, key);
      if (!g_variant_is_normal_form (value))
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("The “%s” of %s is broken"),
                                key, spec->name);
    }
  for (guint i = 0; i < n; i++)
    if (args[i].needed && !is_given (command, &args[i]))
      {
        g_autofree char *name = g_strndup (args[i].key, args[i].key_length);

        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("%s needs “%s”"), spec->name,
                                name);
      }
  if (find_arg (args, n, "id") == NULL)
    return TRUE;
  id = smm_command_get_string (command, "id");
  return smm_id_is_valid (id)
         || smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is not an id"), id);
}

void
smm_change_clear (SmmChange *change)
{
  g_clear_pointer (&change->inverse, g_variant_unref);
  g_clear_pointer (&change->erased, g_ptr_array_unref);
  g_clear_pointer (&change->changed, g_ptr_array_unref);
  g_clear_pointer (&change->shared, g_hash_table_unref);
  g_clear_pointer (&change->own_label, g_free);
  g_clear_error (&change->skipped);
}

/* Inside the owner's transaction: what an error leaves behind is rolled back with all of it. */
gboolean
smm_change_run (SmmChange *change, SmmCommand *command, GError **error)
{
  const SmmCommandSpec *spec = find_spec (smm_command_get_name (command));

  if (spec == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("There is no command “%s”"),
                            smm_command_get_name (command));
  change->command = command;
  return check_args (spec, command, error) && spec->func (change, error);
}

static SmmCommand *
command_from_variant (GVariant *variant)
{
  const char *name;
  g_autoptr (GVariant) args = NULL;

  g_variant_get (variant, "(&s@a{sv})", &name, &args);
  return smm_command_new (name, args);
}

static GVariant *
command_to_variant (SmmCommand *command)
{
  return g_variant_ref_sink (
      g_variant_new ("(s@a{sv})", smm_command_get_name (command), smm_command_get_args (command)));
}

/* A stretch of writing is saved many times and is one step of undo: what was before its first
 * change comes back. Takes that over from the step before, when this is more of the same. */
static gboolean
join_stretch (SmmLibraryLocal *self, SmmChange *change, SmmCommand *command, GError **error)
{
  const char *stretch = smm_command_get_string (command, "stretch");
  SmmActivity *last = stretch != NULL ? smm_store_peek_undo (self->store) : NULL;
  g_autoptr (SmmCommand) before = last != NULL ? command_from_variant (last->command) : NULL;
  gboolean joined = TRUE;

  if (last != NULL && last->seq == smm_store_get_last_activity (self->store)
      && g_strcmp0 (smm_command_get_name (before), smm_command_get_name (command)) == 0
      && g_strcmp0 (smm_command_get_string (before, "id"), smm_command_get_string (command, "id"))
             == 0
      && g_strcmp0 (smm_command_get_string (before, "stretch"), stretch) == 0)
    {
      g_clear_pointer (&change->inverse, g_variant_unref);
      change->inverse = g_steal_pointer (&last->inverse);
      joined = smm_store_drop_activity (self->store, last->seq, error);
    }
  smm_activity_free (last);
  return joined;
}

static gboolean
run_new (SmmLibraryLocal *self, SmmChange *change, SmmCommand *command, GError **error)
{
  const char *client_id = smm_command_get_string (command, "client-id");
  g_autoptr (GVariant) variant = NULL;

  if (client_id != NULL && smm_store_has_client_id (self->store, client_id))
    return TRUE;
  if (!smm_change_run (change, command, error))
    return FALSE;
  if (change->changed->len == 0 || change->unlogged)
    return TRUE;
  if (!join_stretch (self, change, command, error))
    return FALSE;
  variant = command_to_variant (command);
  return smm_store_add_activity (self->store, client_id, change->label, variant, change->inverse,
                                 error);
}

static gboolean
run_undo (SmmLibraryLocal *self, SmmChange *change, SmmCommand *call, gboolean redo, GError **error)
{
  const char *client_id = smm_command_get_string (call, "client-id");
  SmmActivity *activity;
  g_autoptr (SmmCommand) command = NULL;
  g_autoptr (GVariant) variant = NULL;
  gboolean done;

  if (client_id != NULL && smm_store_has_client_id (self->store, client_id))
    return TRUE;
  activity = redo ? smm_store_peek_redo (self->store) : smm_store_peek_undo (self->store);
  if (activity == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY,
                            redo ? _ ("There is nothing to redo") : _ ("There is nothing to undo"));
  command = command_from_variant (redo ? activity->command : activity->inverse);
  done = smm_change_run (change, command, error)
         && smm_store_set_undone (self->store, activity->seq, !redo, redo ? change->inverse : NULL,
                                  error);
  /* What it was that is undone, and not what undid it; of many posts, how many came back. */
  if (done && !redo && change->n_skipped == 0)
    {
      g_free (change->own_label);
      change->own_label = g_strdup (activity->label);
      change->label = change->own_label;
    }
  smm_activity_free (activity);
  if (!done || client_id == NULL)
    return done;
  /* Kept so that the same call, sent again, does not take back one more. */
  variant = command_to_variant (call);
  return smm_store_add_activity (self->store, client_id, change->label != NULL ? change->label : "",
                                 variant, NULL, error);
}

/* A step that the world has overtaken (its time is past, its post is public) would stand in the way
 * of every step before it. */
static void
drop_overtaken (SmmLibraryLocal *self, gboolean redo, const GError *problem)
{
  static const SmmLibraryError lasting[]
      = { SMM_LIBRARY_ERROR_PAST, SMM_LIBRARY_ERROR_PINNED, SMM_LIBRARY_ERROR_NOT_FOUND,
          SMM_LIBRARY_ERROR_INVALID };
  SmmActivity *activity;
  gboolean lasts = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (lasting); i++)
    lasts |= g_error_matches (problem, SMM_LIBRARY_ERROR, lasting[i]);
  if (!lasts || !smm_store_begin (self->store, NULL))
    return;
  activity = redo ? smm_store_peek_redo (self->store) : smm_store_peek_undo (self->store);
  if (activity == NULL || !smm_store_drop_activity (self->store, activity->seq, NULL)
      || !smm_store_commit (self->store, NULL))
    smm_store_rollback (self->store);
  g_clear_pointer (&activity, smm_activity_free);
}

gboolean
smm_library_local_is_undo (SmmCommand *command)
{
  const char *name = smm_command_get_name (command);

  return strcmp (name, "undo") == 0 || strcmp (name, "redo") == 0;
}

/* Whatever the command was: nothing more is to go out while the workspace is being closed, or to
 * whom is switched off. */
static gboolean
check_banned (SmmStore *store, guint banned, GError **error)
{
  static const SmmPlatformId platforms[] = { SMM_PLATFORM_FACEBOOK, SMM_PLATFORM_TIKTOK };

  if (smm_workspace_count_banned (store) <= banned)
    return TRUE;
  if (smm_store_get_erase_at (store) > 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_CLOSING,
                            _ ("The workspace is being closed, and nothing is scheduled any more. "
                               "Undo that first."));
  for (guint i = 0; i < G_N_ELEMENTS (platforms); i++)
    if (!smm_workspace_check_platform (store, platforms[i], error))
      return FALSE;
  return TRUE;
}

/* In one transaction. */
gboolean
smm_library_local_write (SmmLibraryLocal *self, SmmChange *change, SmmCommand *command,
                         GError **error)
{
  gboolean is_redo = strcmp (smm_command_get_name (command), "redo") == 0;
  gboolean is_undo = smm_library_local_is_undo (command);
  g_autoptr (GError) problem = NULL;
  gboolean done;
  guint banned;

  if (!smm_store_begin (self->store, error))
    return FALSE;
  banned = smm_workspace_count_banned (self->store);
  done = is_undo ? run_undo (self, change, command, is_redo, &problem)
                 : run_new (self, change, command, &problem);
  if (done)
    done = check_banned (self->store, banned, &problem);
  if (done)
    done = smm_store_commit (self->store, &problem);
  else
    smm_store_rollback (self->store);
  if (!done && is_undo)
    drop_overtaken (self, is_redo, problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return done;
}

/**
 * smm_library_local_top_up:
 * @self: the owner
 * @error: SMM_LIBRARY_ERROR_STORE
 *
 * Makes the posts of recurring ones that have to be there by now. Nobody asked for it, so it can't
 * be undone; a series that is refused is left for a day and the others go on.
 *
 * Returns: %FALSE when it could not be written
 */
gboolean
smm_library_local_top_up (SmmLibraryLocal *self, GError **error)
{
  g_auto (SmmChange) change = { 0 };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 next = smm_store_get_next_top_up (self->store);

  change.now = self->now (self->now_data);
  if (next == 0 || next > change.now)
    return TRUE;
  change.store = self->store;
  change.changed = g_ptr_array_new_with_free_func (g_free);
  if (!smm_store_begin (self->store, error))
    return FALSE;
  all = smm_store_list_series_to_top_up (self->store, change.now);
  for (guint i = 0; i < all->len; i++)
    {
      SmmSeries *series = all->pdata[i];
      g_autoptr (GError) problem = NULL;
      gboolean done;

      if (!smm_store_begin_part (self->store, &failure))
        break;
      done = smm_series_top_up (&change, series, &problem);
      if (!smm_store_end_part (self->store, done, &failure))
        break;
      if (done)
        continue;
      g_warning ("The recurring post %s could not go on: %s", series->id,
                 problem != NULL ? problem->message : "");
      g_object_unref (series);
      all->pdata[i] = smm_store_get_series (self->store, series->id);
      series = all->pdata[i];
      series->top_up_at = change.now + TOP_UP_PAUSE;
      if (!smm_store_put_series (self->store, series, &failure))
        break;
    }
  if (failure != NULL || !smm_store_commit (self->store, &failure))
    {
      smm_store_rollback (self->store);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (change.changed->len > 0)
    {
      g_ptr_array_add (change.changed, NULL);
      smm_library_emit_changed (SMM_LIBRARY (self), (const char *const *)change.changed->pdata);
    }
  return TRUE;
}

static SmmStore *
smm_library_local_get_store (SmmLibrary *library)
{
  return SMM_LIBRARY_LOCAL (library)->store;
}

static void
smm_library_local_iface_init (SmmLibraryInterface *iface)
{
  iface->get_store = smm_library_local_get_store;
  iface->apply_async = smm_library_local_apply_soon;
  iface->apply_finish = smm_library_local_apply_soon_finish;
}

static void
smm_library_local_finalize (GObject *object)
{
  SmmLibraryLocal *self = SMM_LIBRARY_LOCAL (object);

  g_clear_object (&self->store);

  G_OBJECT_CLASS (smm_library_local_parent_class)->finalize (object);
}

static void
smm_library_local_class_init (SmmLibraryLocalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_library_local_finalize;
}

static gint64
now_from_system (gpointer user_data)
{
  return g_get_real_time ();
}

static void
smm_library_local_init (SmmLibraryLocal *self)
{
  self->now = now_from_system;
}

/**
 * smm_library_local_new:
 * @paths: where the library is
 * @error: SMM_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the owner; the lock is held while it lives
 */
SmmLibraryLocal *
smm_library_local_new (SmmPaths *paths, GError **error)
{
  g_autoptr (SmmStore) store = smm_store_open_owner (paths, error);

  return store != NULL ? smm_library_local_new_for_store (store) : NULL;
}

/**
 * smm_library_local_new_for_store:
 * @store: the owner's
 *
 * Returns: (transfer full): the owner of the library in @store
 */
SmmLibraryLocal *
smm_library_local_new_for_store (SmmStore *store)
{
  SmmLibraryLocal *self = g_object_new (SMM_TYPE_LIBRARY_LOCAL, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * smm_library_local_set_now:
 * @self: the owner
 * @now: the clock
 * @user_data: for @now
 */
void
smm_library_local_set_now (SmmLibraryLocal *self, SmmNowFunc now, gpointer user_data)
{
  self->now = now;
  self->now_data = user_data;
}
