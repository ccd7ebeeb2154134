/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-secret.h"

#include "smm-endpoints.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

/**
 * smm_wipe_free:
 * @secret: (nullable) (transfer full): a secret string
 */
void
smm_wipe_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * smm_random_bytes:
 * @bytes: (out caller-allocates): where to put them
 * @n: how many, at most 256
 * @error: SMM_NET_ERROR_RANDOM
 */
gboolean
smm_random_bytes (guint8 *bytes, gsize n, GError **error)
{
  ssize_t got;

  do
    got = getrandom (bytes, n, 0);
  while (got < 0 && errno == EINTR);
  if (got == (ssize_t)n)
    return TRUE;
  g_set_error (error, SMM_NET_ERROR, SMM_NET_ERROR_RANDOM, _ ("The system gave no random numbers"));
  return FALSE;
}
