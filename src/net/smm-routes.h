/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a server is reached: the desktop's proxy for it, and the addresses of what is connected to.
 * Asked of GIO, which waits in no main loop; known for a minute. */
typedef struct
{
  char *proxy;     /* as libcurl takes it; "": none */
  char *addresses; /* "host:port:address,address" of what is connected to; NULL: it is an address */
  gint64 until;
} SmmRoute;

void smm_route_free (SmmRoute *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmRoute, smm_route_free)

typedef struct _SmmRoutes SmmRoutes;

SmmRoutes *smm_routes_new (void);
void smm_routes_unref (SmmRoutes *self);

/* @origin: "https://host:port", the host in ASCII. NULL: it must be looked up. */
const SmmRoute *smm_routes_get (SmmRoutes *self, const char *origin);
void smm_routes_look_up_async (SmmRoutes *self, const char *origin, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
/* NULL with @error. */
SmmRoute *smm_routes_look_up_finish (GAsyncResult *result, GError **error);
void smm_routes_forget (SmmRoutes *self, const char *origin);

G_END_DECLS
