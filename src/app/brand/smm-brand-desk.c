/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-brand-desk.h"

#include <glib/gi18n.h>

#include "smm-connect.h"

struct _SmmBrandDesk
{
  GObject parent_instance;

  SmmLibrary *library;
  SmmPaths *paths; /* the application's */
  SmmHttp *http;
  SmmConnect *connect; /* keeps the list of requests */
  SmmAiClient *ai;
};

G_DEFINE_FINAL_TYPE (SmmBrandDesk, smm_brand_desk, G_TYPE_OBJECT)

static gboolean
open_desk (SmmBrandDesk *self, GError **error)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmEndpoints) endpoints = NULL;
  g_autoptr (SmmVault) vault = NULL;

  if (self->http != NULL)
    return TRUE;
  if (store == NULL)
    {
      g_set_error_literal (error, SMM_AI_ERROR, SMM_AI_ERROR_NOT_SET,
                           _ ("There is no library yet"));
      return FALSE;
    }
  endpoints = smm_endpoints_new_default (error);
  if (endpoints == NULL)
    return FALSE;
  self->http = smm_http_new (endpoints);
  vault = smm_vault_new (self->paths->data_dir, smm_store_get_library_id (store));
  self->connect = smm_connect_new (self->library, vault, self->http);
  self->ai = smm_ai_client_new (self->library, vault, self->http);
  return TRUE;
}

SmmLibrary *
smm_brand_desk_get_library (SmmBrandDesk *self)
{
  return self->library;
}

SmmHttp *
smm_brand_desk_get_http (SmmBrandDesk *self, GError **error)
{
  return open_desk (self, error) ? self->http : NULL;
}

SmmAiClient *
smm_brand_desk_get_ai (SmmBrandDesk *self, GError **error)
{
  return open_desk (self, error) ? self->ai : NULL;
}

static void
smm_brand_desk_finalize (GObject *object)
{
  SmmBrandDesk *self = SMM_BRAND_DESK (object);

  g_clear_object (&self->ai);
  g_clear_object (&self->connect);
  if (self->http != NULL)
    smm_http_set_ledger (self->http, NULL, NULL);
  g_clear_object (&self->http);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_brand_desk_parent_class)->finalize (object);
}

static void
smm_brand_desk_class_init (SmmBrandDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_brand_desk_finalize;
}

static void
smm_brand_desk_init (SmmBrandDesk *self)
{
}

SmmBrandDesk *
smm_brand_desk_new (SmmLibrary *library, SmmPaths *paths)
{
  SmmBrandDesk *self = g_object_new (SMM_TYPE_BRAND_DESK, NULL);

  self->library = g_object_ref (library);
  self->paths = paths;
  return self;
}
