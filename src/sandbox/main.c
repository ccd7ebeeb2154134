/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <locale.h>
#include <stdlib.h>

int
main (int argc, char **argv)
{
  int status = EXIT_SUCCESS;
  SimOptions *options;

  setlocale (LC_ALL, "");
  options = sim_options_parse (argc, argv, &status);
  if (options == NULL)
    return status;
  status = sim_server_run (options);
  sim_options_free (options);
  return status;
}
