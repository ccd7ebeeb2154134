/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holidays in a brand's calendar, from calendar files. */

#include "config.h"

#include "smm-ctl.h"

#include "smm-holidays.h"

#include <glib/gi18n.h>

static int
holidays_list (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    return g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING)
               ? SMM_CTL_DONE
               : smm_ctl_fail (ctl, error);
  all = smm_store_list_holidays (ctl->reader, smm_ctl_get (ctl, "brand"), NULL);
  for (guint i = 0; i < all->len; i++)
    {
      SmmHolidaysRecord *record = all->pdata[i];
      JsonBuilder *builder = smm_ctl_begin ("holidays");
      g_autofree char *text = g_strdup_printf ("%s  %s (%u)%s", record->id, record->name,
                                               record->n_days, record->shown ? "" : _ (", hidden"));

      smm_json_string (builder, "id", record->id);
      smm_json_string (builder, "brand", record->brand_id);
      smm_json_string (builder, "name", record->name);
      smm_json_int (builder, "days", record->n_days);
      json_builder_set_member_name (builder, "shown");
      json_builder_add_boolean_value (builder, record->shown);
      smm_ctl_end (ctl, builder, text);
    }
  return SMM_CTL_DONE;
}

static int
holidays_import (SmmCtl *ctl)
{
  const char *brand_id = smm_ctl_get (ctl, "brand"), *path = smm_ctl_word (ctl, 0);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_commandline_arg (path) : NULL;
  g_autofree char *id = smm_id_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmHolidays) found = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autofree char *text = NULL;
  JsonBuilder *builder;

  if (brand_id == NULL || file == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs a calendar file (.ics) and --brand"));
  found = smm_holidays_read (file, NULL, &error);
  if (found == NULL)
    return error->domain == SMM_HOLIDAYS_ERROR
               ? smm_ctl_fail_with (ctl, smm_holidays_error_get_name (error), error->message, NULL)
               : smm_ctl_fail (ctl, error);
  result = smm_ctl_apply (ctl, "holidays.add", smm_holidays_to_args (found, id, brand_id), &error);
  if (result == NULL)
    return smm_ctl_fail (ctl, error);
  text = g_strdup_printf (_ ("%s: %u days, %u events left out"), id, found->days->len,
                          found->n_left_out);
  builder = smm_ctl_begin ("holidays");
  smm_json_string (builder, "id", id);
  smm_json_string (builder, "name", found->name);
  smm_json_int (builder, "days", found->days->len);
  smm_json_int (builder, "left_out", found->n_left_out);
  smm_ctl_end (ctl, builder, text);
  return SMM_CTL_DONE;
}

static int
change (SmmCtl *ctl, const char *command, GVariant *(*make_args) (const char *id))
{
  const char *id = smm_ctl_word (ctl, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = NULL;

  if (id == NULL)
    return smm_ctl_usage (ctl, _ ("This command needs the id of a calendar of holidays"));
  result = smm_ctl_apply (ctl, command, make_args (id), &error);
  return result != NULL ? SMM_CTL_DONE : smm_ctl_fail (ctl, error);
}

static GVariant *
make_id (const char *id)
{
  return g_variant_new_parsed ("{'id': <%s>}", id);
}

static GVariant *
make_shown (const char *id)
{
  return g_variant_new_parsed ("{'id': <%s>, 'shown': <true>}", id);
}

static GVariant *
make_hidden (const char *id)
{
  return g_variant_new_parsed ("{'id': <%s>, 'shown': <false>}", id);
}

static int
holidays_show (SmmCtl *ctl)
{
  return change (ctl, "holidays.show", make_shown);
}

static int
holidays_hide (SmmCtl *ctl)
{
  return change (ctl, "holidays.show", make_hidden);
}

static int
holidays_remove (SmmCtl *ctl)
{
  return change (ctl, "holidays.delete", make_id);
}

const SmmCtlCommand smm_ctl_holidays_commands[] = {
  { "holidays list", "[--brand ID]", holidays_list },
  { "holidays import", "FILE.ics --brand ID", holidays_import },
  { "holidays show", "ID", holidays_show },
  { "holidays hide", "ID", holidays_hide },
  { "holidays remove", "ID", holidays_remove },
  { NULL, NULL, NULL },
};
