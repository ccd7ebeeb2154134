/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "smm-locale.h"
#include "smm-signin-window.h"

typedef struct
{
  AdwApplication *application;
  GDataInputStream *input;
  gboolean told;
  int status;
} Program;

/* One line, once, and the end. */
static void
tell (Program *self, const char *word, const char *more)
{
  g_autofree char *line = more != NULL ? g_strdelimit (g_strdup (more), "\r\n", ' ') : NULL;

  if (self->told)
    return;
  self->told = TRUE;
  if (line != NULL)
    {
      printf ("%s %s\n", word, line);
      explicit_bzero (line, strlen (line));
    }
  else
    printf ("%s\n", word);
  fflush (stdout);
  g_application_quit (G_APPLICATION (self->application));
}

static void
on_answer (SmmSigninWindow *window, const char *address, Program *self)
{
  tell (self, "answer", address);
}

static void
on_failed (SmmSigninWindow *window, const char *text, Program *self)
{
  self->status = 1;
  tell (self, "failed", text);
}

static gboolean
on_close (GtkWindow *window, Program *self)
{
  tell (self, "closed", NULL);
  return FALSE;
}

/* Who started this is gone, or does not want it any more. */
static void
on_input_end (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;

  g_free (g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL));
  tell (self, "closed", NULL);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Program *self = user_data;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  char *line
      = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, &length, NULL);
  SmmSigninRules *rules = smm_signin_rules_parse (line != NULL ? line : "", &error);
  SmmSigninWindow *window;

  if (line != NULL)
    explicit_bzero (line, length);
  g_free (line);
  if (rules == NULL)
    {
      g_printerr ("%s\n", error->message);
      self->status = 2;
      tell (self, "failed", error->message);
      return;
    }
  window = smm_signin_window_new (GTK_APPLICATION (self->application), rules);
  g_signal_connect (window, "answer", G_CALLBACK (on_answer), self);
  g_signal_connect (window, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close), self);
  gtk_window_present (GTK_WINDOW (window));
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_input_end, self);
}

static void
on_activate (GApplication *application, Program *self)
{
  g_autoptr (GInputStream) base = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  /* Until there is a window. */
  g_application_hold (application);
  self->input = g_data_input_stream_new (base);
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_line, self);
}

int
main (int argc, char *argv[])
{
  const struct rlimit none = { 0, 0 };
  Program self = { 0 };

  /* A password is typed here: it does not get into a file when something crashes. */
  setrlimit (RLIMIT_CORE, &none);
  smm_locale_init ();
  g_set_prgname (SMM_APPLICATION_ID);
  self.application = adw_application_new (SMM_APPLICATION_ID ".SignIn", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (self.application),
                                        "/com/nkonsept/Smm/SignIn");
  g_signal_connect (self.application, "activate", G_CALLBACK (on_activate), &self);
  g_application_run (G_APPLICATION (self.application), 1, argv);
  g_clear_object (&self.input);
  g_clear_object (&self.application);
  return self.status;
}
