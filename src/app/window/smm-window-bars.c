/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is true of all of the library for a while, above whatever is shown of it. */

#include "config.h"

#include "smm-window-private.h"

/**
 * smm_window_update_bars:
 * @self: a window
 * @store: (nullable): what is so now
 */
void
smm_window_update_bars (SmmWindow *self, SmmStore *store)
{
  gboolean erasing = store != NULL && smm_store_is_erasing (store);

  gtk_widget_set_visible (self->erasing_bar, erasing);
  gtk_spinner_set_spinning (self->erasing_spinner, erasing);
}
