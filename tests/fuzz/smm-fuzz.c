/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-fuzz.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
on_trap (int number)
{
  abort ();
}

void
smm_fuzz_be_strict (void)
{
  /* What GLib makes of a fatal warning; the fuzzer keeps the input only of an abort. */
  signal (SIGTRAP, on_trap);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
}

guint8
smm_fuzz_take_byte (SmmFuzzInput *input)
{
  if (input->size == 0)
    return 0;
  input->size--;
  return *input->data++;
}

guint
smm_fuzz_take_choice (SmmFuzzInput *input, guint n)
{
  return (guint)(guint8)(smm_fuzz_take_byte (input) - '0') % n;
}

GBytes *
smm_fuzz_take_bytes (SmmFuzzInput *input, char end)
{
  const guint8 *stop = input->size > 0 ? memchr (input->data, end, input->size) : NULL;
  gsize n = stop != NULL ? (gsize)(stop - input->data) : input->size;
  /* A copy of its own: reading past its end is noticed. */
  GBytes *bytes = g_bytes_new (input->data, n);

  input->data += n + (stop != NULL);
  input->size -= n + (stop != NULL);
  return bytes;
}

GBytes *
smm_fuzz_take_rest (SmmFuzzInput *input)
{
  GBytes *bytes = g_bytes_new (input->data, input->size);

  input->data += input->size;
  input->size = 0;
  return bytes;
}

char *
smm_fuzz_take_text (SmmFuzzInput *input, char end)
{
  g_autoptr (GBytes) bytes = smm_fuzz_take_bytes (input, end);
  gsize n;
  const char *data = g_bytes_get_data (bytes, &n);

  return n > 0 ? g_strndup (data, n) : g_strdup ("");
}

GVariant *
smm_fuzz_take_vardict (SmmFuzzInput *input, char end)
{
  guint8 form = smm_fuzz_take_byte (input);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  if (form == 't')
    {
      text = smm_fuzz_take_text (input, end);
      return g_utf8_validate (text, -1, NULL)
                 ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL)
                 : NULL;
    }
  bytes = smm_fuzz_take_bytes (input, end);
  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
}

char *
smm_fuzz_make_file (GBytes *bytes, int *fd)
{
  gsize n, done = 0;
  const guint8 *data = g_bytes_get_data (bytes, &n);

  *fd = memfd_create ("fuzz", MFD_CLOEXEC);
  g_assert (*fd >= 0);
  while (done < n)
    {
      ssize_t written = write (*fd, data + done, n - done);

      g_assert (written > 0);
      done += written;
    }
  return g_strdup_printf ("/proc/self/fd/%d", *fd);
}

void
smm_fuzz_check_text (const char *text)
{
  g_assert (text == NULL || g_utf8_validate (text, -1, NULL));
}
