/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The address the browser ended on, as pasted by the user. "{state}" stands for the state, which is
 * another one each time. */

#include "config.h"

#include "smm-fuzz.h"

#include "smm-endpoints.h"
#include "smm-listener.h"
#include "smm-secret.h"

#include <string.h>

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  smm_fuzz_be_strict ();
  return 0;
}

static char *
fill_in (const char *text, const char *state)
{
  g_auto (GStrv) parts = g_strsplit (text, "{state}", -1);

  return g_strjoinv (state, parts);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  SmmFuzzInput input = { data, size };
  g_autofree char *text = smm_fuzz_take_text (&input, '\0');
  g_autoptr (GError) problem = NULL;
  g_autoptr (SmmListener) listener = smm_listener_new (0, &problem);
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  char *code;

  g_assert_no_error (problem);
  address = fill_in (text, smm_listener_get_state (listener));
  code = smm_listener_take_address (listener, address, &error);
  g_assert ((code == NULL) == (error != NULL));
  if (code != NULL)
    {
      smm_fuzz_check_text (code);
      g_assert (*code != '\0');
      /* Nobody who does not know the state gets here. */
      g_assert (strstr (text, "{state}") != NULL);
    }
  else
    {
      g_assert (error->domain == SMM_NET_ERROR);
      smm_fuzz_check_text (error->message);
    }
  g_clear_pointer (&code, smm_wipe_free);
  return 0;
}
