/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Closing the workspace: nothing goes out any more, and after a while everything is erased. */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "smm-workspace.h"

#define MAX_POSTS 5000

static void
print_post (SmmCtl *ctl, SmmPost *post)
{
  JsonBuilder *builder = smm_ctl_begin ("held");
  g_autofree char *when = smm_ctl_format_time (post->due_at);
  g_autofree char *line = smm_text_dup_first_line (post->text, -1);
  g_autofree char *text = g_strdup_printf ("%s  %s  %s", post->id, when, line);

  smm_json_string (builder, "id", post->id);
  smm_json_string (builder, "brand", post->brand_id);
  smm_json_string (builder, "text", post->text);
  smm_json_time (builder, "due_at", post->due_at);
  smm_ctl_end (ctl, builder, text);
}

static int
workspace_status (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) held = NULL;
  g_autofree char *when = NULL, *text = NULL;
  JsonBuilder *builder;
  gint64 at;

  g_clear_object (&ctl->reader);
  if (!smm_ctl_open_reader (ctl, &error))
    return smm_ctl_fail (ctl, error);
  at = smm_store_get_erase_at (ctl->reader);
  held = smm_workspace_list_held (ctl->reader, MAX_POSTS);
  when = at > 0 ? smm_ctl_format_time (at) : NULL;
  text = at > 0 ? g_strdup_printf (
             _ ("Everything here is deleted on %s; nothing goes out until then"), when)
                : g_strdup (_ ("The workspace is not being closed"));
  builder = smm_ctl_begin ("workspace");
  smm_json_string (builder, "state", at > 0 ? "closing" : "open");
  smm_json_time (builder, "erase_at", at);
  smm_json_int (builder, "held", held->len);
  smm_ctl_end (ctl, builder, text);
  for (guint i = 0; i < held->len; i++)
    print_post (ctl, held->pdata[i]);
  return SMM_CTL_DONE;
}

static int
workspace_close (SmmCtl *ctl)
{
  const char *days = smm_ctl_get (ctl, "days");
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = NULL;

  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("From now on nothing is scheduled, posts that are scheduled are "
                                  "held, and after the days of --days everything here is deleted. "
                                  "“workspace reopen” takes it back until then. Say --yes if you "
                                  "mean it."));
  result = smm_ctl_apply (
      ctl, "workspace.close",
      g_variant_new_parsed ("{'days': <%i>}", days != NULL ? atoi (days) : SMM_WORKSPACE_MAX_DAYS),
      &error);
  return result != NULL ? workspace_status (ctl) : smm_ctl_fail (ctl, error);
}

static int
workspace_reopen (SmmCtl *ctl)
{
  return smm_ctl_apply_and_say (ctl, "workspace.reopen", NULL);
}

const SmmCtlCommand smm_ctl_workspace_commands[] = {
  { "workspace close", "[--days N] --yes", workspace_close },
  { "workspace status", "", workspace_status },
  { "workspace reopen", "", workspace_reopen },
  { NULL, NULL, NULL },
};
