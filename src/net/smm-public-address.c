/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-public-address.h"

#include <string.h>

typedef struct
{
  guint8 bytes[4];
  guint bits;
} Range;

/* IANA's registry of special-purpose addresses (RFC 6890), and what is not for one receiver. */
static const Range not_public[] = {
  { { 0, 0, 0, 0 }, 8 },     { { 10, 0, 0, 0 }, 8 },      { { 100, 64, 0, 0 }, 10 },
  { { 127, 0, 0, 0 }, 8 },   { { 169, 254, 0, 0 }, 16 },  { { 172, 16, 0, 0 }, 12 },
  { { 192, 0, 0, 0 }, 24 },  { { 192, 0, 2, 0 }, 24 },    { { 192, 168, 0, 0 }, 16 },
  { { 198, 18, 0, 0 }, 15 }, { { 198, 51, 100, 0 }, 24 }, { { 203, 0, 113, 0 }, 24 },
  { { 224, 0, 0, 0 }, 4 },   { { 240, 0, 0, 0 }, 4 },
};

static gboolean
is_public_v4 (const guint8 *bytes)
{
  guint32 address, start;

  memcpy (&address, bytes, sizeof address);
  for (guint i = 0; i < G_N_ELEMENTS (not_public); i++)
    {
      guint32 mask = G_MAXUINT32 << (32 - not_public[i].bits);

      memcpy (&start, not_public[i].bytes, sizeof start);
      if ((GUINT32_FROM_BE (address) & mask) == GUINT32_FROM_BE (start))
        return FALSE;
    }
  return TRUE;
}

/* 2000::/3 is what is given out; in it are tunnels to an IPv4 address, and ranges for examples and
 * for protocols. 64:ff9b::/96 is how a network without IPv4 reaches it. */
static gboolean
is_public_v6 (const guint8 *bytes)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  static const guint8 nat64[12] = { 0, 0x64, 0xff, 0x9b };
  static const guint8 examples[4] = { 0x20, 0x01, 0x0d, 0xb8 };

  if (memcmp (bytes, mapped, sizeof mapped) == 0 || memcmp (bytes, nat64, sizeof nat64) == 0)
    return is_public_v4 (bytes + 12);
  if ((bytes[0] & 0xe0) != 0x20 || memcmp (bytes, examples, sizeof examples) == 0)
    return FALSE;
  if (bytes[0] == 0x20 && bytes[1] == 0x02)
    return is_public_v4 (bytes + 2);
  return !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02);
}

/**
 * smm_public_address_check:
 * @address: where a name leads
 *
 * Returns: %FALSE for loopback, private, shared, link-local, multicast and reserved addresses, also
 *   as an IPv6 address carries them
 */
gboolean
smm_public_address_check (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ? is_public_v4 (bytes)
                                                                     : is_public_v6 (bytes);
}

/**
 * smm_public_address_check_native:
 * @address: what is about to be connected to
 * @length: of it
 *
 * Returns: as smm_public_address_check(); %FALSE also for what is no address of the internet
 */
gboolean
smm_public_address_check_native (gpointer address, gsize length)
{
  g_autoptr (GSocketAddress) native = g_socket_address_new_from_native (address, length);

  return G_IS_INET_SOCKET_ADDRESS (native)
         && smm_public_address_check (
             g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (native)));
}
