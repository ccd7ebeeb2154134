/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-workspace.h"

#include "smm-commands-private.h"
#include "smm-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ALL G_MAXINT
/* What a platform gave back must not be handed over anew, nor go out, before it is held. */
#define NEVER_SOON (100 * 365 * G_TIME_SPAN_DAY)

static GPtrArray *
list_posts (SmmStore *store, SmmTargetState state, const char *reason_code, int limit)
{
  g_autoptr (GPtrArray) ids = smm_store_list_post_ids (store, state, reason_code, limit);
  GPtrArray *posts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < ids->len; i++)
    {
      SmmPost *post = smm_store_get_post (store, ids->pdata[i]);

      if (post != NULL)
        g_ptr_array_add (posts, post);
    }
  return posts;
}

GPtrArray *
smm_workspace_list_scheduled (SmmStore *store, int limit)
{
  return list_posts (store, SMM_TARGET_SCHEDULED, NULL, limit);
}

GPtrArray *
smm_workspace_list_held (SmmStore *store, int limit)
{
  return list_posts (store, SMM_TARGET_HELD, SMM_WORKSPACE_CLOSING, limit);
}

/* --- What must not go out --- */

static gboolean
is_switched_off (SmmStore *store, SmmPlatformId platform)
{
  return !smm_settings_get_boolean (store, platform == SMM_PLATFORM_TIKTOK ? SMM_SETTING_USE_TIKTOK
                                                                           : SMM_SETTING_USE_META);
}

gboolean
smm_workspace_check_platform (SmmStore *store, SmmPlatformId platform, GError **error)
{
  if (store == NULL || !is_switched_off (store, platform))
    return TRUE;
  return smm_change_fail (error, SMM_LIBRARY_ERROR_OFF,
                          platform == SMM_PLATFORM_TIKTOK
                              ? _ ("TikTok is switched off in the preferences, under Privacy: "
                                   "nothing is sent there.")
                              : _ ("Meta, with Facebook and Instagram, is switched off in the "
                                   "preferences, under Privacy: nothing is sent there."));
}

/* The reason code; NULL: it may go out. */
static const char *
get_ban (SmmStore *store, SmmPlatformId platform)
{
  if (smm_store_get_erase_at (store) > 0)
    return SMM_WORKSPACE_CLOSING;
  return is_switched_off (store, platform) ? SMM_WORKSPACE_OFF : NULL;
}

static gboolean
is_ban (const char *reason_code)
{
  return g_strcmp0 (reason_code, SMM_WORKSPACE_CLOSING) == 0
         || g_strcmp0 (reason_code, SMM_WORKSPACE_OFF) == 0;
}

/* Bits by SmmPlatformId. */
static guint
get_banned (SmmStore *store)
{
  guint platforms = 0;

  for (guint i = SMM_PLATFORM_FACEBOOK; i <= SMM_PLATFORM_TIKTOK; i++)
    if (get_ban (store, i) != NULL)
      platforms |= 1u << i;
  return platforms;
}

gboolean
smm_workspace_bans_any (SmmStore *store)
{
  return get_banned (store) != 0;
}

guint
smm_workspace_count_banned (SmmStore *store)
{
  guint platforms = get_banned (store);

  return platforms != 0 ? smm_store_count_scheduled (store, platforms) : 0;
}

static char *
describe_ban (SmmStore *store, SmmTarget *target)
{
  g_autoptr (GError) error = NULL;

  if (smm_store_get_erase_at (store) > 0)
    return g_strdup (_ ("The workspace is being closed: this does not go out unless that is "
                        "undone."));
  smm_workspace_check_platform (store, target->platform, &error);
  return g_strdup (error->message);
}

/* TRUE: it changed. What a platform is about to publish can't be called back any more. */
static gboolean
hold_target (SmmChange *change, SmmPost *post, SmmTarget *target)
{
  const char *ban = get_ban (change->store, target->platform);

  if (target->state != SMM_TARGET_SCHEDULED || ban == NULL)
    return FALSE;
  if (smm_target_is_handed_over (target))
    {
      if (target->due_at - HAND_OVER_PINNED < change->now
          || target->due_at > change->now + NEVER_SOON / 2)
        return FALSE;
      smm_change_recall (change, target, "recall-edit", change->now + NEVER_SOON);
      return TRUE;
    }
  smm_change_put_into_state (change, post, target, SMM_TARGET_HELD, post->due_at);
  target->reason_code = g_strdup (ban);
  target->reason = describe_ban (change->store, target);
  target->fix = g_strdup ("retry");
  return TRUE;
}

static gboolean
hold_all (SmmChange *change, GError **error)
{
  g_autoptr (GPtrArray) posts = smm_workspace_list_scheduled (change->store, ALL);

  for (guint i = 0; i < posts->len; i++)
    {
      SmmPost *post = posts->pdata[i];
      gboolean changed = FALSE;

      for (guint t = 0; t < post->targets->len; t++)
        changed |= hold_target (change, post, post->targets->pdata[t]);
      if (changed && !smm_change_save_post (change, post, error))
        return FALSE;
    }
  return TRUE;
}

/* Its time may have passed: then the brand's rule for what is late decides, as after any absence.
 */
static gboolean
release_target (SmmChange *change, SmmPost *post, SmmTarget *target)
{
  if (get_ban (change->store, target->platform) != NULL)
    return FALSE;
  if (target->state == SMM_TARGET_HELD && is_ban (target->reason_code))
    smm_change_put_into_state (change, post, target, SMM_TARGET_SCHEDULED, post->due_at);
  else if (target->state == SMM_TARGET_SCHEDULED && target->due_at > change->now + NEVER_SOON / 2)
    smm_change_put_into_state (change, post, target, SMM_TARGET_SCHEDULED, post->due_at);
  else
    return FALSE;
  return TRUE;
}

static gboolean
release_all (SmmChange *change, GPtrArray *posts, GError **error)
{
  for (guint i = 0; i < posts->len; i++)
    {
      SmmPost *post = posts->pdata[i];
      gboolean changed = FALSE;

      for (guint t = 0; t < post->targets->len; t++)
        changed |= release_target (change, post, post->targets->pdata[t]);
      if (changed && !smm_change_save_post (change, post, error))
        return FALSE;
    }
  return TRUE;
}

/* After what may go out has changed: holds what may not, schedules what may again. */
gboolean
smm_change_settle_bans (SmmChange *change, GError **error)
{
  g_autoptr (GPtrArray) closing = smm_workspace_list_held (change->store, ALL);
  g_autoptr (GPtrArray) off = list_posts (change->store, SMM_TARGET_HELD, SMM_WORKSPACE_OFF, ALL);
  g_autoptr (GPtrArray) recalled = smm_workspace_list_scheduled (change->store, ALL);

  return release_all (change, recalled, error) && release_all (change, closing, error)
         && release_all (change, off, error) && hold_all (change, error);
}

static gboolean
put_erase_at (SmmChange *change, gint64 at, GError **error)
{
  g_autofree char *text = at > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, at) : g_strdup ("");

  smm_change_add (change, "*");
  return smm_store_put_setting (change->store, SMM_STORE_ERASE_AT, text, error);
}

/* "at": the same again, by redo. */
static gboolean
workspace_close (SmmChange *change, GError **error)
{
  gint64 days = smm_command_get_int (change->command, "days", 0);
  gint64 at = 0;

  g_variant_lookup (smm_command_get_args (change->command), "at", "x", &at);
  if (at == 0 && (days < 1 || days > SMM_WORKSPACE_MAX_DAYS))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("The days until everything is deleted are 1 to %d"),
                            SMM_WORKSPACE_MAX_DAYS);
  if (at == 0)
    at = change->now + days * G_TIME_SPAN_DAY;
  if (at <= change->now || at > change->now + SMM_WORKSPACE_MAX_DAYS * G_TIME_SPAN_DAY)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_PAST, _ ("That time is over"));
  change->label = _ ("Workspace is being closed");
  smm_change_set_inverse (change, "workspace.reopen",
                          g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
  return put_erase_at (change, at, error) && hold_all (change, error);
}

static gboolean
workspace_reopen (SmmChange *change, GError **error)
{
  gint64 at = smm_store_get_erase_at (change->store);

  if (at == 0)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_EMPTY,
                            _ ("The workspace is not being closed"));
  change->label = _ ("Workspace goes on");
  smm_change_set_inverse (change, "workspace.close", g_variant_new_parsed ("{'at': <%x>}", at));
  return put_erase_at (change, 0, error) && smm_change_settle_bans (change, error);
}

/* What came back meanwhile: from a platform that had it, or from an attempt that is to be repeated.
 */
static gboolean
workspace_hold (SmmChange *change, GError **error)
{
  change->unlogged = TRUE;
  return hold_all (change, error);
}

const SmmCommandSpec smm_workspace_commands[] = {
  { "workspace.close", "days:i at:x", workspace_close },
  { "workspace.reopen", "", workspace_reopen },
  { "workspace.hold", "", workspace_hold },
  { NULL, NULL, NULL },
};
