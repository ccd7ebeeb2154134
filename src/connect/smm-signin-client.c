/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One sign-in in the window of nkonsept-smm-signin. */

#include "config.h"

#include "smm-signin-client.h"

#include "smm-secret.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PROGRAM "nkonsept-smm-signin"
#define WAIT_SECONDS (15 * 60)

/**
 * smm_signin_find_program:
 *
 * Returns: (transfer full) (nullable): the program, where it is installed
 */
char *
smm_signin_find_program (void)
{
  const char *folder = g_getenv ("SMM_LIBEXECDIR");
  g_autofree char *self_path = NULL;
  g_autofree char *beside = NULL;
  g_autofree char *path
      = g_build_filename (folder != NULL ? folder : SMM_LIBEXECDIR, PROGRAM, NULL);

  if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&path);
  if (folder != NULL)
    return NULL;
  /* From the build's folder. */
  self_path = g_file_read_link ("/proc/self/exe", NULL);
  beside = self_path != NULL ? g_path_get_dirname (self_path) : NULL;
  g_free (path);
  path = beside != NULL ? g_build_filename (beside, "..", "signin", PROGRAM, NULL) : NULL;
  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&path);
  return NULL;
}

typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
  char *line; /* what it is told; wiped */
  guint timeout_id;
  gboolean late;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_handle_id (&run->timeout_id, g_source_remove);
  if (run->process != NULL)
    g_subprocess_force_exit (run->process);
  g_clear_object (&run->process);
  g_clear_object (&run->output);
  smm_wipe_free (run->line);
  g_free (run);
}

static gboolean
on_timeout (gpointer user_data)
{
  Run *run = user_data;

  run->timeout_id = 0;
  run->late = TRUE;
  g_subprocess_force_exit (run->process);
  return G_SOURCE_REMOVE;
}

static void
add_list (JsonBuilder *builder, const char *name, const char *const *hosts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++)
    json_builder_add_string_value (builder, hosts[i]);
  json_builder_end_array (builder);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/* Where the platform was moved to, a simulator perhaps, is the one place: its own hosts are not. */
static gboolean
is_at_home (const SmmPlatform *platform, const char *host)
{
  for (guint i = 0; platform->pages != NULL && platform->pages[i] != NULL; i++)
    if (g_str_has_suffix (host, platform->pages[i]))
      return TRUE;
  return FALSE;
}

/* NULL: no address. */
static char *
make_line (const SmmPlatform *platform, const char *address, const char *redirect)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;
  g_autofree char *origin = NULL;
  const char *only[] = { NULL, NULL };
  gboolean home;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;
  home = is_at_home (platform, g_uri_get_host (uri));
  if (strcmp (g_uri_get_scheme (uri), "http") == 0)
    origin = g_strdup_printf ("http://%s:%d", g_uri_get_host (uri),
                              g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : 80);
  else
    origin = g_strdup (g_uri_get_host (uri));
  only[0] = origin;
  json_builder_begin_object (builder);
  add_text (builder, "platform", smm_platform_id_get_label (platform->id));
  add_text (builder, "address", address);
  add_text (builder, "redirect", redirect);
  add_list (builder, "pages", home ? platform->pages : only);
  add_list (builder, "parts", home ? platform->parts : NULL);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);
  return g_strconcat (json, "\n", NULL);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result,
                                                          NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (run->late)
    g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_TIMED_OUT,
                             _ ("The sign-in window was open for fifteen minutes without an "
                                "answer. Start the sign-in again."));
  else if (line != NULL && g_str_has_prefix (line, "answer "))
    g_task_return_pointer (task, g_strdup (line + strlen ("answer ")),
                           (GDestroyNotify)smm_wipe_free);
  else if (line != NULL && strcmp (line, "closed") == 0)
    g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_CLOSED,
                             _ ("You closed the window. Nothing was connected."));
  else if (line != NULL && g_str_has_prefix (line, "failed "))
    g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_ANSWER,
                             _ ("The sign-in window could not be shown: %s"),
                             line + strlen ("failed "));
  else
    g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_ANSWER,
                             _ ("The sign-in window stopped working. Try again, or sign in with "
                                "your browser."));
  smm_wipe_free (line);
}

static void
on_fed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);

  /* What goes wrong here shows in what it tells: nothing. The pipe stays open: its end closes the
   * window. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  run->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (run->process));
  g_data_input_stream_read_line_async (run->output, G_PRIORITY_DEFAULT,
                                       g_task_get_cancellable (task), on_line, g_object_ref (task));
}

/**
 * smm_signin_run_async:
 * @platform: whose page is shown
 * @address: the page
 * @redirect: the address that ends it
 * @cancellable: (nullable): closes the window
 * @callback: called when it is closed
 * @user_data: for @callback
 */
void
smm_signin_run_async (const SmmPlatform *platform, const char *address, const char *redirect,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *program = smm_signin_find_program ();
  g_autoptr (GError) error = NULL;
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, smm_signin_run_async);
  g_task_set_task_data (task, run, run_free);
  run->line = make_line (platform, address, redirect);
  if (program == NULL || run->line == NULL)
    {
      g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_ANSWER,
                               _ ("The program with the sign-in window is not installed. Sign in "
                                  "with your browser."));
      return;
    }
  run->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                   &error, program, NULL);
  if (run->process == NULL)
    {
      g_task_return_new_error (task, SMM_NET_ERROR, SMM_NET_ERROR_ANSWER,
                               _ ("The sign-in window could not be shown: %s"), error->message);
      return;
    }
  run->timeout_id = g_timeout_add_seconds (WAIT_SECONDS, on_timeout, run);
  g_output_stream_write_all_async (g_subprocess_get_stdin_pipe (run->process), run->line,
                                   strlen (run->line), G_PRIORITY_DEFAULT, cancellable, on_fed,
                                   g_object_ref (task));
}

/**
 * smm_signin_run_finish:
 * @result: from the callback
 * @error: SMM_NET_ERROR CLOSED, TIMED_OUT, ANSWER; G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the final address; free with smm_wipe_free()
 */
char *
smm_signin_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
