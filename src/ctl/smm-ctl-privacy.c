/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens with data: the text and whether it was accepted. */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "smm-policy.h"
#include "smm-settings.h"

static int
policy_show (SmmCtl *ctl)
{
  g_autoptr (SmmPolicy) policy = smm_policy_new ();
  g_autofree char *text = smm_policy_to_text (policy);
  JsonBuilder *builder = smm_ctl_begin ("policy");

  smm_json_int (builder, "version", policy->version);
  smm_json_string (builder, "date", policy->date);
  smm_json_string (builder, "text", text);
  smm_ctl_end (ctl, builder, text);
  return SMM_CTL_DONE;
}

static int
policy_status (SmmCtl *ctl)
{
  g_autoptr (SmmPolicy) policy = smm_policy_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *at = NULL, *changes = NULL;
  JsonBuilder *builder;
  int accepted;

  if (!smm_ctl_open_reader (ctl, &error)
      && !g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING))
    return smm_ctl_fail (ctl, error);
  accepted = smm_policy_get_accepted (ctl->reader);
  at = ctl->reader != NULL ? smm_store_get_setting (ctl->reader, SMM_SETTING_POLICY_AT) : NULL;
  changes = smm_policy_describe_changes (policy, accepted);
  builder = smm_ctl_begin ("policy");
  smm_json_int (builder, "version", policy->version);
  smm_json_int (builder, "accepted", accepted);
  smm_json_time (builder, "accepted_at", at != NULL ? g_ascii_strtoll (at, NULL, 10) : 0);
  smm_json_string (builder, "changes", changes);
  smm_ctl_end (ctl, builder,
               accepted == policy->version ? _ ("You accepted what happens with your data")
               : accepted > 0              ? changes
                              : _ ("You did not accept yet what happens with your data"));
  return SMM_CTL_DONE;
}

/* --read: the one that was read, so that nobody accepts by a script what came later. */
static int
policy_accept (SmmCtl *ctl)
{
  const char *version = smm_ctl_get (ctl, "read");

  return smm_ctl_apply_and_say (
      ctl, "policy.accept",
      g_variant_new_parsed ("{'version': <%i>}",
                            version != NULL ? atoi (version) : SMM_POLICY_VERSION));
}

const SmmCtlCommand smm_ctl_privacy_commands[] = {
  { "policy show", "", policy_show },
  { "policy status", "", policy_status },
  { "policy accept", "[--read VERSION]", policy_accept },
  { NULL, NULL, NULL },
};
