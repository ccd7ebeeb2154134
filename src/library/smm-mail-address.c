/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-mail-address.h"

#include <string.h>

#define MAX_LOCAL 64
#define MAX_DOMAIN 253
#define MAX_LABEL 63
#define MAX_NAME 100
#define LOCAL_CHARACTERS                                                                           \
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-/=?^_`{|}~"
#define LABEL_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

static gboolean
is_domain (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);

  if (strlen (domain) > MAX_DOMAIN || g_strv_length (labels) < 2)
    return FALSE;
  for (guint i = 0; labels[i] != NULL; i++)
    {
      gsize n = strlen (labels[i]);

      if (n == 0 || n > MAX_LABEL || strspn (labels[i], LABEL_CHARACTERS) != n
          || labels[i][0] == '-' || labels[i][n - 1] == '-')
        return FALSE;
    }
  return TRUE;
}

/**
 * smm_mail_address_is_valid:
 * @address: text
 *
 * Returns: whether it is one e-mail address and nothing else
 */
gboolean
smm_mail_address_is_valid (const char *address)
{
  const char *at = strrchr (address, '@');
  gsize n = at != NULL ? at - address : 0;

  return n > 0 && n <= MAX_LOCAL && strspn (address, LOCAL_CHARACTERS) == n && address[0] != '.'
         && address[n - 1] != '.' && g_strstr_len (address, n, "..") == NULL && is_domain (at + 1);
}

/* Quotes, brackets and commas mean something in a header, and are in nobody's name here. */
static gboolean
is_name (const char *name)
{
  if (!g_utf8_validate (name, -1, NULL) || g_utf8_strlen (name, -1) > MAX_NAME
      || strpbrk (name, "<>()[]\",;:\\@") != NULL)
    return FALSE;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

/**
 * smm_mail_sender_is_valid:
 * @sender: text
 *
 * Returns: whether it is "name@example.org" or "Name <name@example.org>"
 */
gboolean
smm_mail_sender_is_valid (const char *sender)
{
  const char *open = strchr (sender, '<');
  gsize n = strlen (sender);
  g_autofree char *name = NULL;
  g_autofree char *address = NULL;

  if (open == NULL)
    return smm_mail_address_is_valid (sender);
  if (open == sender || sender[n - 1] != '>')
    return FALSE;
  name = g_strstrip (g_strndup (sender, open - sender));
  address = g_strndup (open + 1, sender + n - 1 - (open + 1));
  return *name != '\0' && is_name (name) && smm_mail_address_is_valid (address);
}

/**
 * smm_mail_split_recipients:
 * @recipients: addresses with commas between them
 *
 * Returns: (transfer full) (nullable): 1 to SMM_MAIL_MAX_RECIPIENTS good addresses
 */
GStrv
smm_mail_split_recipients (const char *recipients)
{
  g_auto (GStrv) addresses = g_strsplit (recipients, ",", -1);
  guint n = g_strv_length (addresses);

  if (n == 0 || n > SMM_MAIL_MAX_RECIPIENTS)
    return NULL;
  for (guint i = 0; i < n; i++)
    if (!smm_mail_address_is_valid (g_strstrip (addresses[i])))
      return NULL;
  return g_steal_pointer (&addresses);
}
