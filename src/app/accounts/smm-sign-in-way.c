/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-sign-in-way.h"

#include "smm-settings.h"

#define RELAY_KEY "sign-in.relay"

static char *
make_key (const SmmConnectGuide *guide)
{
  return g_strconcat ("sign-in.", smm_connect_name_app (guide->platform, guide->login), NULL);
}

/**
 * smm_sign_in_way_recall:
 * @store: (nullable): the library
 * @guide: how to sign in where
 * @relay: (inout): the user's own page, or %NULL
 *
 * Returns: the way that worked last, when it is still there; else the browser
 */
SmmSignInWay
smm_sign_in_way_recall (SmmStore *store, const SmmConnectGuide *guide, char **relay)
{
  g_autofree char *key = make_key (guide);
  g_autofree char *name = smm_settings_dup (store, key);
  SmmSignInWay way;

  g_free (*relay);
  *relay = smm_settings_dup (store, RELAY_KEY);
  if (!smm_sign_in_way_from_string (name, &way)
      || !smm_connect_can_way (guide->platform, guide->login, way))
    return SMM_WAY_BROWSER;
  return way;
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GVariant *kept = smm_library_apply_finish (SMM_LIBRARY (source), result, NULL);

  /* It is a convenience: what is not kept is chosen again. */
  if (kept != NULL)
    g_variant_unref (kept);
}

static void
keep (SmmLibrary *library, const char *key, const char *value)
{
  g_autofree char *old = smm_settings_dup (smm_library_get_store (library), key);
  g_autoptr (SmmCommand) command = NULL;

  if (g_strcmp0 (old, value) == 0)
    return;
  command = smm_command_new ("setting.set",
                             g_variant_new_parsed ("{'key': <%s>, 'value': <%s>}", key, value));
  smm_library_apply_async (library, command, NULL, on_kept, NULL);
}

/**
 * smm_sign_in_way_keep:
 * @library: the library
 * @guide: how to sign in where
 * @way: what worked
 * @relay: (nullable): the user's own page
 */
void
smm_sign_in_way_keep (SmmLibrary *library, const SmmConnectGuide *guide, SmmSignInWay way,
                      const char *relay)
{
  g_autofree char *key = make_key (guide);

  keep (library, key, smm_sign_in_way_to_string (way));
  if (way == SMM_WAY_RELAY && relay != NULL)
    keep (library, RELAY_KEY, relay);
}
