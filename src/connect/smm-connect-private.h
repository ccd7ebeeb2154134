/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-connect.h"
#include "smm-token-keeper.h"

G_BEGIN_DECLS

struct _SmmConnect
{
  GObject parent_instance;

  SmmLibrary *library;
  SmmVault *vault;
  SmmHttp *http;
  SmmTokenKeeper *keeper;

  /* One sign-in at a time. */
  const SmmPlatform *platform;
  char *login;         /* "instagram": without a Page; NULL: the platform's usual sign-in */
  SmmListener *listener;
  char *app_id;
  char *app_secret;
  gboolean again;
  SmmSignInWay way;
  char *relay;         /* of SMM_WAY_RELAY */
  char *redirect_uri;  /* sent byte for byte the same twice */
  char *address;       /* that the window opens */
  gint64 granted_at;   /* µs UTC: when the last tokens came */
};

/* "app/meta", "app/instagram", "app/tiktok". */
char *smm_connect_make_app_item (SmmPlatformId platform, const char *login);

SmmAccount *smm_connect_find_untold (SmmStore *store, SmmAccount *account);

/* After a revocation: what each account of the same sign-in is now, by the platform's word. */
void smm_connect_ask_siblings_async (SmmConnect *self, SmmAccount *account,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
void smm_connect_ask_siblings_finish (SmmConnect *self, GAsyncResult *result);

/* Where this computer listens for it; 0: anywhere. */
guint16 smm_connect_get_port (const char *login, SmmSignInWay way);

G_END_DECLS
