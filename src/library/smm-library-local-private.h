/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-commands-private.h"
#include "smm-library-local.h"

G_BEGIN_DECLS

struct _SmmLibraryLocal
{
  GObject parent_instance;

  SmmStore *store;

  SmmNowFunc now;
  gpointer now_data;
};

/* --- smm-library-local.c --- */

void smm_change_clear (SmmChange *change);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmmChange, smm_change_clear)
gboolean smm_library_local_is_undo (SmmCommand *command);
/* In one transaction. */
gboolean smm_library_local_write (SmmLibraryLocal *self, SmmChange *change, SmmCommand *command,
                                  GError **error);

/* --- smm-library-apply.c: SmmLibrary's own way --- */

void smm_library_local_apply_soon (SmmLibrary *library, SmmCommand *command,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
GVariant *smm_library_local_apply_soon_finish (SmmLibrary *library, GAsyncResult *result,
                                               GError **error);

G_END_DECLS
