/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The next free slot of the week as the time of a post. */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>

#include "smm-account-chips.h"
#include "smm-slots.h"
#include "smm-time-row.h"

/* Slots come every week. */
#define LOOK_AHEAD (8 * 24 * 60 * 60 * (gint64)G_USEC_PER_SEC)

static const char **
get_account_ids (GPtrArray *chosen)
{
  const char **ids = g_new0 (const char *, chosen->len + 1);

  for (guint i = 0; i < chosen->len; i++)
    ids[i] = ((SmmAccount *)chosen->pdata[i])->id;
  return ids;
}

static gboolean
choose_slot (SmmComposer *self, gint64 after)
{
  g_autoptr (GPtrArray) chosen
      = smm_account_chips_get_chosen (SMM_ACCOUNT_CHIPS (self->account_box));
  g_autofree const char **ids = get_account_ids (chosen);
  g_autoptr (SmmSlotTime) slot = NULL;

  if (self->brand == NULL || self->read_only)
    return FALSE;
  slot = smm_slots_find_free (smm_library_get_store (self->library), self->brand->id, ids, after);
  if (slot == NULL)
    smm_composer_toast (self, _ ("No slot is free for these accounts within a year"), FALSE);
  else
    smm_time_row_choose (SMM_TIME_ROW (self->time), slot->wall, self->brand->timezone);
  return slot != NULL;
}

/* Asked again it takes the one after: the slot of the time that is chosen is left behind. */
static void
on_free_slot (SmmComposer *self)
{
  choose_slot (self, MAX (g_get_real_time (), smm_time_row_get_due (SMM_TIME_ROW (self->time))));
}

/* The post goes into the first slot that is free from now on, whatever time it had. */
void
smm_composer_queue (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmComposer *self = SMM_COMPOSER (widget);

  if (smm_composer_check_ready (self) && choose_slot (self, g_get_real_time ()))
    gtk_widget_activate_action (widget, "composer.schedule", NULL);
}

void
smm_composer_connect_slots (SmmComposer *self)
{
  g_signal_connect_swapped (self->time, "free-slot", G_CALLBACK (on_free_slot), self);
}

/* Only brands that have slots are offered one. */
void
smm_composer_load_slots (SmmComposer *self)
{
  gint64 now = g_get_real_time ();
  g_autoptr (GPtrArray) slots = smm_slots_list_between (
      smm_library_get_store (self->library), self->brand->id, NULL, now, now + LOOK_AHEAD);

  smm_time_row_offer_slots (SMM_TIME_ROW (self->time), slots->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.queue", slots->len > 0);
}
