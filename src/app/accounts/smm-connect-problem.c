/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way out of what can go wrong in a sign-in. */

#include "config.h"

#include "smm-connect-problem.h"

#include <glib/gi18n.h>

static const char *
describe_vault (int code, const char **button)
{
  switch (code)
    {
    case SMM_VAULT_ERROR_LOCKED:
    case SMM_VAULT_ERROR_TIMED_OUT:
      *button = _ ("Unlock Keyring");
      return NULL;
    case SMM_VAULT_ERROR_ABSENT:
      *button = _ ("Try Again");
      return _ ("Sign-ins are kept in the keyring only, never in a file. Nothing was sent.");
    default:
      return NULL;
    }
}

static const char *
describe_net (int code, const SmmConnectGuide *guide, SmmSignInWay way, const char **button)
{
  switch (code)
    {
    case SMM_NET_ERROR_DENIED:
    case SMM_NET_ERROR_CLOSED:
      *button = _ ("Sign In Again");
      return NULL;
    case SMM_NET_ERROR_TIMED_OUT:
      *button = _ ("Sign In Again");
      /* What Meta shows when an app is Live, without sending the browser back. */
      if (guide == NULL || guide->platform == SMM_PLATFORM_TIKTOK)
        return NULL;
      if (smm_connect_get_redirect (guide->platform, guide->login, way) != NULL)
        return _ ("Did the page speak of the redirect address? Then enter the one below in your "
                  "app, letter by letter.");
      return way == SMM_WAY_BROWSER ? _ (
                 "Did the page say “URL Blocked”? Then your Meta app is Live and does not come "
                 "back to this computer: choose another way to sign in below.")
                                    : NULL;
    case SMM_NET_ERROR_STATE:
      *button = _ ("Sign In Again");
      return _ ("Perhaps an older page of the sign-in was still open. Close it in the browser.");
    case SMM_NET_ERROR_LISTEN:
      *button = _ ("Try Again");
      return _ ("Other programs hold them, or this one may not use the network. Nothing was sent. "
                "Close what you don’t need and try again.");
    default:
      return NULL;
    }
}

static const char *
describe_platform (int code, gboolean keys, const char **button)
{
  switch (code)
    {
    case SMM_PLATFORM_ERROR_DENIED:
      *button = _ ("Sign In Again");
      return _ ("Below you see what each permission is for. Nothing was changed.");
    case SMM_PLATFORM_ERROR_REFUSED:
      return keys ? NULL
                  : _ ("If it speaks of the app or its secret, choose “Change App Keys” and enter "
                       "them again.");
    default:
      return NULL;
    }
}

/**
 * smm_connect_describe_problem:
 * @error: what went wrong
 * @guide: (nullable): where
 * @way: how the person signed in
 * @keys: whether the keys of the app are on screen
 * @button: (out): the label of a button that tries again, or %NULL
 *
 * Returns: (transfer none) (nullable): what to do
 */
const char *
smm_connect_describe_problem (const GError *error, const SmmConnectGuide *guide, SmmSignInWay way,
                              gboolean keys, const char **button)
{
  *button = NULL;
  if (error->domain == SMM_VAULT_ERROR)
    return describe_vault (error->code, button);
  if (error->domain == SMM_NET_ERROR)
    return describe_net (error->code, guide, way, button);
  if (error->domain == SMM_PLATFORM_ERROR)
    return describe_platform (error->code, keys, button);
  return NULL;
}
