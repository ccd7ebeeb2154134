/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes on the days of a brand's calendar. */

#include "config.h"

#include "smm-ctl.h"

#include <glib/gi18n.h>

static int
note_list (SmmCtl *ctl)
{
  const char *brand_id = smm_ctl_get (ctl, "brand");
  const char *from = smm_ctl_has (ctl, "from") ? smm_ctl_get (ctl, "from") : "0000-01-01";
  const char *to = smm_ctl_has (ctl, "to") ? smm_ctl_get (ctl, "to") : "9999-12-31";
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) notes = NULL;
  g_autoptr (GList) days = NULL;

  if (brand_id == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs --brand"));
  if (!smm_ctl_open_reader (ctl, &error))
    return g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING)
               ? SMM_CTL_DONE
               : smm_ctl_fail (ctl, error);
  notes = smm_store_list_notes (ctl->reader, brand_id, from, to);
  days = g_list_sort (g_hash_table_get_keys (notes), (GCompareFunc)g_strcmp0);
  for (GList *l = days; l != NULL; l = l->next)
    {
      const char *note = g_hash_table_lookup (notes, l->data);
      JsonBuilder *builder = smm_ctl_begin ("note");
      g_autofree char *text = g_strdup_printf ("%s  %s", (char *)l->data, note);

      smm_json_string (builder, "day", l->data);
      smm_json_string (builder, "text", note);
      smm_ctl_end (ctl, builder, text);
    }
  return SMM_CTL_DONE;
}

static int
set (SmmCtl *ctl, const char *text)
{
  const char *brand_id = smm_ctl_get (ctl, "brand"), *day = smm_ctl_word (ctl, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = NULL;

  if (brand_id == NULL || day == NULL || text == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs --brand, a day like 2026-12-01 and a text"));
  result = smm_ctl_apply (
      ctl, "note.set",
      g_variant_new_parsed ("{'brand': <%s>, 'day': <%s>, 'text': <%s>}", brand_id, day, text),
      &error);
  return result != NULL ? SMM_CTL_DONE : smm_ctl_fail (ctl, error);
}

static int
note_set (SmmCtl *ctl)
{
  return set (ctl, smm_ctl_word (ctl, 1));
}

static int
note_remove (SmmCtl *ctl)
{
  return set (ctl, "");
}

const SmmCtlCommand smm_ctl_note_commands[] = {
  { "note list", "--brand ID [--from DAY] [--to DAY]", note_list },
  { "note set", "DAY TEXT --brand ID", note_set },
  { "note remove", "DAY --brand ID", note_remove },
  { NULL, NULL, NULL },
};
