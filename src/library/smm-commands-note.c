/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes on days: one a day and brand. They are the user's own and go nowhere. */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NOTE 200

/* One line of it; "": the note goes. */
static gboolean
note_set (SmmChange *change, GError **error)
{
  const char *brand_id = smm_command_get_string (change->command, "brand");
  const char *day = smm_command_get_string (change->command, "day");
  g_autofree char *text = g_strdup (smm_command_get_string (change->command, "text"));
  g_autoptr (SmmBrand) brand = smm_store_get_brand (change->store, brand_id);
  g_autoptr (GHashTable) notes = NULL;
  const char *before;

  if (brand == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND, _ ("There is no brand “%s”"),
                            brand_id);
  if (!smm_day_is_valid (day))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("“%s” is no day like 2026-12-01"),
                            day);
  g_strstrip (g_strdelimit (text, "\r\n\t", ' '));
  if (g_utf8_strlen (text, -1) > MAX_NOTE)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("A note has at most %d characters"), MAX_NOTE);
  notes = smm_store_list_notes (change->store, brand_id, day, day);
  before = g_hash_table_lookup (notes, day);
  if (g_strcmp0 (before != NULL ? before : "", text) == 0)
    return TRUE;
  change->label = before == NULL  ? _ ("Note added")
                  : *text == '\0' ? _ ("Note removed")
                                  : _ ("Note changed");
  smm_change_set_inverse (change, "note.set",
                          g_variant_new_parsed ("{'brand': <%s>, 'day': <%s>, 'text': <%s>}",
                                                brand_id, day, before != NULL ? before : ""));
  smm_change_add (change, brand_id);
  return smm_store_put_note (change->store, brand_id, day, *text != '\0' ? text : NULL, error);
}

const SmmCommandSpec smm_note_commands[] = {
  { "note.set", "brand:s! day:s! text:s!", note_set },
  { NULL, NULL, NULL },
};
