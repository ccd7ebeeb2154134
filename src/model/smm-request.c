/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-request.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (SmmRequest, smm_request, smm_request_ref, smm_request_unref)
G_DEFINE_BOXED_TYPE (SmmResponse, smm_response, smm_response_ref, smm_response_unref)

static void
param_free (gpointer data)
{
  SmmParam *param = data;

  if (param->secret && param->value != NULL)
    explicit_bzero (param->value, strlen (param->value));
  g_free (param->value);
  g_free (param->name);
  g_free (param);
}

static void
append_param (GPtrArray **params, const char *name, const char *value, gboolean secret)
{
  SmmParam *param = g_new0 (SmmParam, 1);

  param->name = g_strdup (name);
  param->value = g_strdup (value);
  param->secret = secret;
  if (*params == NULL)
    *params = g_ptr_array_new_with_free_func (param_free);
  g_ptr_array_add (*params, param);
}

/**
 * smm_request_new:
 * @method: "GET", "POST" or "DELETE"
 * @endpoint: the host
 * @path_format: printf-like path that begins with a slash; ids in it must be checked before
 *
 * Returns: (transfer full): a request without parameters, token SMM_TOKEN_ACCOUNT, no auth
 */
SmmRequest *
smm_request_new (const char *method, SmmEndpoint endpoint, const char *path_format, ...)
{
  SmmRequest *self = g_new0 (SmmRequest, 1);
  va_list args;

  self->ref_count = 1;
  self->method = g_strdup (method);
  self->endpoint = endpoint;
  va_start (args, path_format);
  self->path = g_strdup_vprintf (path_format, args);
  va_end (args);
  self->query = g_ptr_array_new_with_free_func (param_free);
  self->params = g_ptr_array_new_with_free_func (param_free);
  self->headers = g_ptr_array_new_with_free_func (param_free);
  self->file_length = -1;

  return self;
}

SmmRequest *
smm_request_ref (SmmRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
smm_request_unref (SmmRequest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_ptr_array_unref (self->query);
  g_ptr_array_unref (self->params);
  g_ptr_array_unref (self->headers);
  g_free (self->method);
  g_free (self->path);
  if (self->url != NULL)
    explicit_bzero (self->url, strlen (self->url));
  g_free (self->url);
  g_free (self->body_json);
  g_free (self->file_path);
  g_free (self->file_part);
  g_free (self->file_name);
  g_free (self->file_mime);
  g_free (self->purpose);
  g_free (self->account_id);
  g_free (self);
}

/**
 * smm_request_add_query:
 * @self: a request
 * @name: name
 * @value: UTF-8 value; escaped by the sender
 *
 * Adds a parameter that goes into the URL whatever the method is.
 */
void
smm_request_add_query (SmmRequest *self, const char *name, const char *value)
{
  append_param (&self->query, name, value, FALSE);
}

/**
 * smm_request_add_param:
 * @self: a request
 * @name: name
 * @value: UTF-8 value
 *
 * Adds a parameter that goes into the URL for GET and DELETE and into the body for forms.
 */
void
smm_request_add_param (SmmRequest *self, const char *name, const char *value)
{
  append_param (&self->params, name, value, FALSE);
}

/**
 * smm_request_add_secret:
 * @self: a request
 * @name: name
 * @value: a secret: kept out of logs, wiped with the request
 */
void
smm_request_add_secret (SmmRequest *self, const char *name, const char *value)
{
  append_param (&self->params, name, value, TRUE);
}

void
smm_request_add_header (SmmRequest *self, const char *name, const char *value)
{
  append_param (&self->headers, name, value, g_ascii_strcasecmp (name, "Authorization") == 0);
}

/**
 * smm_request_set_file:
 * @self: a request
 * @path: local file, streamed by the sender
 * @part: (nullable): name of the multipart part; %NULL: the raw body is the file
 * @name: (nullable): file name the server sees
 * @mime: (nullable): content type
 */
void
smm_request_set_file (SmmRequest *self, const char *path, const char *part, const char *name,
                      const char *mime)
{
  g_free (self->file_path);
  g_free (self->file_part);
  g_free (self->file_name);
  g_free (self->file_mime);
  self->file_path = g_strdup (path);
  self->file_part = g_strdup (part);
  self->file_name = g_strdup (name);
  self->file_mime = g_strdup (mime);
  self->body = part != NULL ? SMM_BODY_MULTIPART : SMM_BODY_FILE;
}

/**
 * smm_request_get_param:
 * @self: a request
 * @name: name
 *
 * Returns: (transfer none) (nullable): the value of the first body or query parameter of that name
 */
const char *
smm_request_get_param (SmmRequest *self, const char *name)
{
  GPtrArray *lists[] = { self->params, self->query };

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      {
        SmmParam *param = lists[l]->pdata[i];

        if (strcmp (param->name, name) == 0)
          return param->value;
      }
  return NULL;
}

/**
 * smm_response_new:
 * @sent: what may have left
 * @status: HTTP status
 * @body: (nullable): the whole body
 *
 * Returns: (transfer full): a response without headers
 */
SmmResponse *
smm_response_new (SmmSent sent, guint status, GBytes *body)
{
  SmmResponse *self = g_new0 (SmmResponse, 1);

  self->ref_count = 1;
  self->sent = sent;
  self->status = status;
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->body = body != NULL ? g_bytes_ref (body) : g_bytes_new_static ("", 0);

  return self;
}

/**
 * smm_response_new_error:
 * @sent: what may have left
 * @code: machine readable: "dns", "timeout" …
 * @message: one sentence, without secrets
 *
 * Returns: (transfer full): a response that says why there is none
 */
SmmResponse *
smm_response_new_error (SmmSent sent, const char *code, const char *message)
{
  SmmResponse *self = smm_response_new (sent, 0, NULL);

  self->error_code = g_strdup (code);
  self->error = g_strdup (message);

  return self;
}

SmmResponse *
smm_response_ref (SmmResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
smm_response_unref (SmmResponse *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self->error);
  g_free (self->error_code);
  g_free (self);
}

/**
 * smm_response_get_header:
 * @self: a response
 * @name: lower-case header name
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
smm_response_get_header (SmmResponse *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}
