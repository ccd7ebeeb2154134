/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-connect.h"

G_BEGIN_DECLS

struct _SmmConnect
{
  GObject parent_instance;

  SmmLibrary *library;
  SmmVault *vault;
  SmmHttp *http;

  /* One sign-in at a time. */
  const SmmPlatform *platform;
  SmmListener *listener;
  char *app_id;
  char *app_secret;
  gboolean again;
};

G_END_DECLS
