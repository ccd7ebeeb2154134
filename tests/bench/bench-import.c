/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of 10,000 rows into an empty library: parsed, planned, applied as one command. What a
 * disk and other programs take is not counted in the time of the processor. */

#include "config.h"

#include "smm-import.h"
#include "smm-library-local.h"
#include "smm-store-write.h"

#include <time.h>

#define N_ROWS 10000
#define TARGET_MS 500

static GBytes *
make_table (void)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (2036, 1, 1, 9, 0, 0);
  GString *text = g_string_new ("text,when,zone,tags\n");

  for (int i = 0; i < N_ROWS; i++)
    {
      g_autoptr (GDateTime) at = g_date_time_add_minutes (start, i * 30);
      g_autofree char *when = g_date_time_format (at, "%Y-%m-%d %H:%M");

      g_string_append_printf (text,
                              "\"Fresh bread number %d, from the oven at seven. "
                              "#bread #sourdough\",%s,Europe/Berlin,rye\n",
                              i, when);
    }
  return g_string_free_to_bytes (text);
}

static void
fill (SmmLibraryLocal *library)
{
  SmmStore *store = smm_library_get_store (SMM_LIBRARY (library));
  g_autoptr (SmmBrand) brand = smm_brand_new ();
  g_autoptr (SmmAccount) account = smm_account_new ();

  brand->id = g_strdup ("brand");
  brand->name = g_strdup ("Bench");
  brand->timezone = g_strdup ("Europe/Berlin");
  account->id = g_strdup ("account");
  account->brand_id = g_strdup ("brand");
  account->platform = SMM_PLATFORM_FACEBOOK;
  account->remote_id = g_strdup ("1");
  account->name = g_strdup ("Bench");
  if (!smm_store_begin (store, NULL) || !smm_store_put_brand (store, brand, NULL)
      || !smm_store_put_account (store, account, NULL) || !smm_store_commit (store, NULL))
    g_error ("The library can't be filled");
}

int
main (int argc, char **argv)
{
  static const char *const accounts[] = { "account", NULL };
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autoptr (GBytes) table = make_table ();
  g_autoptr (SmmPaths) paths = NULL;
  g_autoptr (SmmLibraryLocal) library = NULL;
  g_autoptr (SmmImport) import = NULL;
  g_autoptr (SmmCommand) command = NULL;
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 at[4];
  clock_t began;
  SmmCsv *csv;

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  paths = smm_paths_new (NULL);
  library = smm_library_local_new (paths, &error);
  if (library == NULL)
    g_error ("%s", error->message);
  fill (library);
  began = clock ();
  at[0] = g_get_monotonic_time ();
  csv = smm_csv_parse (table, &error);
  at[1] = g_get_monotonic_time ();
  if (csv != NULL)
    import = smm_import_new (smm_library_get_store (SMM_LIBRARY (library)), csv, "brand", folder,
                             &error);
  if (import == NULL)
    g_error ("%s", error->message);
  smm_import_plan (import, accounts, g_get_real_time ());
  at[2] = g_get_monotonic_time ();
  command = smm_command_new ("posts.import", smm_import_to_args (import));
  result = smm_library_local_apply (library, command, &error);
  at[3] = g_get_monotonic_time ();
  if (result == NULL)
    g_error ("%s", error->message);
  g_print ("import of %d rows: parsed %.0f ms, planned %.0f ms, applied %.0f ms; %.0f ms, "
           "%.0f of the processor, of %d\n",
           N_ROWS, (at[1] - at[0]) / 1e3, (at[2] - at[1]) / 1e3, (at[3] - at[2]) / 1e3,
           (at[3] - at[0]) / 1e3, (double)(clock () - began) * 1e3 / CLOCKS_PER_SEC, TARGET_MS);
  return 0;
}
