/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   nkonsept-smm-media probe FILE
 *   nkonsept-smm-media render FILE OUT MAX-WIDTH MAX-HEIGHT MAX-BYTES
 *   nkonsept-smm-media frame FILE OUT MS MAX-WIDTH MAX-HEIGHT
 *   nkonsept-smm-media edit FILE OUT crop|pad|transcode [KEY=VALUE]…
 * One JSON object on stdout: the facts, or {"error":{"code","message"}} and exit status 1. Before
 * it, an edit of a video says "progress 0.42" now and then.
 */

#include "config.h"

#include "smm-locale.h"
#include "smm-media-image.h"
#include "smm-media-video.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define GIGABYTE ((rlim_t)1024 * 1024 * 1024)
#define CPU_SECONDS 30
#define MEMORY (2 * GIGABYTE)
/* An encoder looks ahead over many whole pictures, on every core, and every thread has its stack.
 */
#define EDIT_CPU_SECONDS 3600
#define EDIT_MEMORY (6 * GIGABYTE)
#define MAX_OUT (4 * GIGABYTE)

#if defined(__SANITIZE_ADDRESS__)
#define SMM_HAS_ASAN 1
#endif

/* A file that attacks a decoder gets a process with little time, little memory and no way up. */
static void
confine (gboolean is_video_edit)
{
  const rlim_t seconds = is_video_edit ? EDIT_CPU_SECONDS : CPU_SECONDS;
  const struct rlimit cpu = { seconds, seconds };
  const struct rlimit none = { 0, 0 };
  const struct rlimit out = { MAX_OUT, MAX_OUT };

#ifndef SMM_HAS_ASAN
  const rlim_t bytes = is_video_edit ? EDIT_MEMORY : MEMORY;
  const struct rlimit memory = { bytes, bytes };

  setrlimit (RLIMIT_AS, &memory);
#endif
  setrlimit (RLIMIT_CPU, &cpu);
  setrlimit (RLIMIT_CORE, &none);
  setrlimit (RLIMIT_FSIZE, &out);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);

  g_print ("%s\n", text);
}

static int
print_error (const char *code, const char *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  add_string (builder, "code", code);
  add_string (builder, "message", message);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  print_json (builder);
  return 1;
}

static int
print_facts (const SmmMediaFacts *facts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "mime", facts->mime);
  add_int (builder, "width", facts->width);
  add_int (builder, "height", facts->height);
  add_int (builder, "bytes", facts->bytes);
  if (facts->container != NULL)
    {
      add_int (builder, "duration", facts->duration);
      add_string (builder, "container", facts->container);
      add_string (builder, "video_codec", facts->video_codec);
      add_string (builder, "audio_codec", facts->audio_codec);
      json_builder_set_member_name (builder, "frame_rate");
      json_builder_add_double_value (builder, facts->frame_rate);
      add_int (builder, "bit_rate", facts->bit_rate);
      add_int (builder, "audio_rate", facts->audio_rate);
      add_int (builder, "audio_channels", facts->audio_channels);
      add_int (builder, "flags", facts->flags);
    }
  json_builder_end_object (builder);
  print_json (builder);
  return 0;
}

/* --- Commands. argv[0] is the command, argv[1] the file. --- */

typedef gboolean (*CommandFunc) (int fd, char **argv, SmmMediaFacts *facts, const char **code,
                                 GError **error);

static gboolean
probe (int fd, char **argv, SmmMediaFacts *facts, const char **code, GError **error)
{
  if (facts->container != NULL)
    return smm_video_probe (fd, argv[1], facts, code, error);
  return smm_image_probe (argv[1], facts, code, error);
}

static gboolean
render (int fd, char **argv, SmmMediaFacts *facts, const char **code, GError **error)
{
  const SmmRenderLimits limits = { .max_width = atoi (argv[3]),
                                   .max_height = atoi (argv[4]),
                                   .max_bytes = g_ascii_strtoll (argv[5], NULL, 10),
                                   .quality = 90 };

  if (facts->container != NULL)
    return smm_media_fail (code, "media-unsupported", error, _ ("This is a video, not a picture"));
  return smm_image_render (argv[1], argv[2], &limits, facts, code, error);
}

static gboolean
frame (int fd, char **argv, SmmMediaFacts *facts, const char **code, GError **error)
{
  gint64 at = CLAMP (g_ascii_strtoll (argv[3], NULL, 10), 0, G_GINT64_CONSTANT (86400000)) * 1000;

  if (facts->container == NULL)
    return smm_media_fail (code, "media-unsupported", error, _ ("This is a picture, not a video"));
  return smm_video_probe (fd, argv[1], facts, code, error)
         && smm_video_frame (argv[1], argv[2], at, atoi (argv[4]), atoi (argv[5]), facts, code,
                             error);
}

static gboolean
edit (int fd, char **argv, SmmMediaFacts *facts, const char **code, GError **error)
{
  SmmEditRequest request;

  if (!smm_edit_parse (&request, (const char *const *)argv + 3))
    return smm_media_fail (code, "media-unsupported", error, _ ("This edit is not possible"));
  if (facts->container == NULL)
    return smm_image_edit (argv[1], argv[2], &request, facts, code, error);
  return smm_video_probe (fd, argv[1], facts, code, error)
         && smm_video_transcode (argv[1], argv[2], &request, facts, code, error);
}

static const struct
{
  const char *name;
  int min_args, max_args;
  CommandFunc func;
} commands[] = {
  { "probe", 1, 1, probe },
  { "render", 5, 5, render },
  { "frame", 5, 5, frame },
  { "edit", 3, 20, edit },
};

static CommandFunc
find_command (int argc, char **argv)
{
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0 && argc - 2 >= commands[i].min_args
        && argc - 2 <= commands[i].max_args)
      return commands[i].func;
  return NULL;
}

static gboolean
run (CommandFunc func, char **argv, SmmMediaFacts *facts, const char **code, GError **error)
{
  int fd = smm_media_file_open (argv[1], facts, code, error);
  gboolean done;

  if (fd < 0)
    return FALSE;
  if (facts->container != NULL && !smm_video_init (code, error))
    {
      close (fd);
      return FALSE;
    }
  confine (facts->container != NULL && func == edit);
  done = func (fd, argv, facts, code, error);
  close (fd);
  return done;
}

int
main (int argc, char **argv)
{
  CommandFunc func = find_command (argc, argv);
  SmmMediaFacts facts = { 0 };
  const char *code = "media-broken";
  g_autoptr (GError) error = NULL;

  smm_locale_init ();
  umask (077);
  if (func == NULL)
    {
      g_printerr ("nkonsept-smm-media probe FILE | render FILE OUT WIDTH HEIGHT BYTES | "
                  "frame FILE OUT MS WIDTH HEIGHT | edit FILE OUT KIND [KEY=VALUE]…\n");
      return 2;
    }
  return run (func, argv + 1, &facts, &code, &error) ? print_facts (&facts)
                                                     : print_error (code, error->message);
}
