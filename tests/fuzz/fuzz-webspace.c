/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the server of a web space answers, to us and to a stranger.
 *
 *   question: a byte
 *   the web space as text up to a line's end; one that is none: a bucket of S3
 *   status: up to a line's end; 0: no answer, and the next line says why
 *   header lines, an empty line, body
 */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-web-space.h"

#include <string.h>

#define URL "https://pictures.example/media/1.jpg"
#define BYTES 5
/* Of "bytes". */
#define SHA256 "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

static SmmWebSpace *
take_space (SmmFuzzInput *input)
{
  g_autofree char *text = smm_fuzz_take_text (input, '\n');
  g_autoptr (GError) error = NULL;
  SmmWebSpace *space = smm_web_space_from_text (text, FALSE, &error);

  g_assert ((space == NULL) == (error != NULL));
  if (space != NULL)
    {
      g_autofree char *again = smm_web_space_to_text (space);
      g_autoptr (SmmWebSpace) same = smm_web_space_from_text (again, FALSE, NULL);

      smm_fuzz_check_text (again);
      g_assert (same != NULL);
      return space;
    }
  smm_fuzz_check_text (error->message);
  g_clear_error (&error);
  space
      = smm_web_space_from_text ("{'kind': 's3', 'url': 'https://s3.example', 'bucket': 'photos', "
                                 "'region': 'r', 'folder': '', 'user': 'u', "
                                 "'public-url': 'https://pictures.example/media'}",
                                 FALSE, &error);
  g_assert_no_error (error);
  return space;
}

static SmmResponse *
take_response (SmmFuzzInput *input)
{
  g_autofree char *status = smm_fuzz_take_text (input, '\n');
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) body = NULL;
  SmmResponse *response;
  guint number = (guint)CLAMP (atoi (status), 0, 999);

  if (number == 0)
    {
      g_autofree char *code = smm_fuzz_take_text (input, '\n');

      return smm_response_new_error (SMM_SENT_MAYBE, code, "why");
    }
  /* As from the network: text, and not too much of it. */
  while (input->size > 0 && g_hash_table_size (headers) < 100)
    {
      g_autofree char *line = smm_fuzz_take_text (input, '\n');
      char *colon = strstr (line, ": ");

      if (*line == '\0')
        break;
      if (colon != NULL && g_utf8_validate (line, -1, NULL))
        g_hash_table_insert (headers, g_ascii_strdown (line, colon - line), g_strdup (colon + 2));
    }
  body = smm_fuzz_take_rest (input);
  response = smm_response_new (SMM_SENT_ANSWERED, number, body);
  g_hash_table_unref (response->headers);
  response->headers = g_steal_pointer (&headers);
  return response;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  SmmFuzzInput input = { data, size };
  guint question = smm_fuzz_take_choice (&input, 6);
  g_autoptr (SmmWebSpace) space = take_space (&input);
  g_autoptr (SmmResponse) response = take_response (&input);
  g_autoptr (GError) error = NULL;
  gboolean ask_get = FALSE, good;

  if (question == 0)
    good = smm_web_space_judge_put (space, response, &error);
  else if (question == 1)
    good = smm_web_space_judge_head (space, BYTES, response, &error);
  else if (question == 2)
    good = smm_web_space_judge_delete (space, response, &error);
  else if (question == 3)
    good = smm_web_space_judge_gone (URL, response, &error);
  else
    good = smm_web_space_judge_look (URL, question == 4 ? "HEAD" : "GET", "image/jpeg", BYTES,
                                     SHA256, response, &ask_get, &error);
  g_assert (good == (error == NULL));
  if (error != NULL)
    {
      g_assert (error->domain == SMM_WEB_SPACE_ERROR);
      smm_fuzz_check_text (error->message);
    }
  /* Nobody is told that strangers see the file when no answer says so. */
  if (good && !ask_get)
    g_assert (response->sent == SMM_SENT_ANSWERED);
  if (good && !ask_get && question == 5)
    g_assert (response->status == 200 && g_bytes_get_size (response->body) == BYTES
              && memcmp (g_bytes_get_data (response->body, NULL), "bytes", BYTES) == 0);
  return 0;
}
