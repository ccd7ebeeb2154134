/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /cdn/face-ID.png: the picture of a person or account, a disc in a colour of its own. */

#include "smm-sandbox.h"

#include <gio/gio.h>
#include <string.h>

#define EDGE 160

static guint32
crc_of (const guint8 *bytes, gsize n)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < n; i++)
    {
      crc ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
  return ~crc;
}

static void
put_number (GByteArray *out, guint32 number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (out, (const guint8 *)&big, 4);
}

static void
put_chunk (GByteArray *out, const char *type, const guint8 *bytes, gsize n)
{
  gsize start;

  put_number (out, n);
  start = out->len;
  g_byte_array_append (out, (const guint8 *)type, 4);
  g_byte_array_append (out, bytes, n);
  put_number (out, crc_of (out->data + start, out->len - start));
}

/* Rows of RGB, each with its filter (none) in front. */
static GByteArray *
draw (const char *id)
{
  guint hash = g_str_hash (id);
  const guint8 back[3] = { 40 + hash % 120, 60 + hash / 7 % 110, 80 + hash / 53 % 120 };
  GByteArray *rows = g_byte_array_sized_new (EDGE * (1 + 3 * EDGE));

  for (int y = 0; y < EDGE; y++)
    {
      g_byte_array_append (rows, (const guint8 *)"", 1);
      for (int x = 0; x < EDGE; x++)
        {
          int dx = x - EDGE / 2, dy = y - EDGE / 2;
          gboolean inside = dx * dx + dy * dy < EDGE * EDGE / 9;
          guint8 pixel[3];

          for (int c = 0; c < 3; c++)
            pixel[c] = inside ? 255 - back[c] / 3 : back[c];
          g_byte_array_append (rows, pixel, 3);
        }
    }
  return rows;
}

static GBytes *
deflate_rows (GByteArray *rows)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_output_stream_write_all (out, rows->data, rows->len, NULL, NULL, NULL);
  g_output_stream_close (out, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

void
sim_face (SimRequest *self)
{
  static const guint8 head[] = { 0, 0, 0, EDGE, 0, 0, 0, EDGE, 8, 2, 0, 0, 0 };
  g_autoptr (GByteArray) rows = draw (self->segments[1]);
  g_autoptr (GBytes) pixels = deflate_rows (rows);
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  put_chunk (out, "IHDR", head, sizeof head);
  put_chunk (out, "IDAT", g_bytes_get_data (pixels, NULL), g_bytes_get_size (pixels));
  put_chunk (out, "IEND", (const guint8 *)"", 0);
  self->status = 200;
  self->type = g_strdup ("image/png");
  self->body = g_byte_array_free_to_bytes (out);
}
