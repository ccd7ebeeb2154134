/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-library.h"
#include "smm-store-write.h"

G_BEGIN_DECLS

/* One command being applied, inside the owner's transaction. */
typedef struct
{
  SmmStore *store;
  SmmCommand *command;
  gint64 now;
  GPtrArray *changed;   /* char*: ids to tell readers about */
  GVariant *inverse;    /* (sa{sv}) sunk, or NULL: can't be undone */
  const char *label;    /* translated: what happened */
} SmmChange;

typedef gboolean (*SmmCommandFunc) (SmmChange *change, GError **error);

typedef struct
{
  const char *name;
  const char *args;     /* "id:s! text:s": name, type, ! for needed */
  SmmCommandFunc func;
} SmmCommandSpec;

extern const SmmCommandSpec smm_brand_commands[];
extern const SmmCommandSpec smm_post_commands[];

void smm_change_add (SmmChange *change, const char *id);
void smm_change_set_inverse (SmmChange *change, const char *name, GVariant *args);
gboolean smm_change_fail (GError **error, SmmLibraryError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
