/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   nkonsept-smm-media probe FILE
 *   nkonsept-smm-media render FILE OUT MAX-WIDTH MAX-HEIGHT MAX-BYTES
 * One JSON object on stdout: the facts, or {"error":{"code","message"}} and exit status 1.
 */

#include "config.h"

#include "smm-media-image.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define CPU_SECONDS 30
#define MEMORY ((rlim_t)2 * 1024 * 1024 * 1024)

#if defined(__SANITIZE_ADDRESS__)
#define SMM_HAS_ASAN 1
#endif

/* A file that attacks a decoder gets a process with little time, little memory and no way up. */
static void
confine (void)
{
  const struct rlimit cpu = { CPU_SECONDS, CPU_SECONDS };
  const struct rlimit none = { 0, 0 };

#ifndef SMM_HAS_ASAN
  const struct rlimit memory = { MEMORY, MEMORY };

  setrlimit (RLIMIT_AS, &memory);
#endif
  setrlimit (RLIMIT_CPU, &cpu);
  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
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
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, code);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, message);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  print_json (builder);
  return 1;
}

static int
print_facts (const SmmImageFacts *facts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "mime");
  json_builder_add_string_value (builder, facts->mime);
  json_builder_set_member_name (builder, "width");
  json_builder_add_int_value (builder, facts->width);
  json_builder_set_member_name (builder, "height");
  json_builder_add_int_value (builder, facts->height);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, facts->bytes);
  json_builder_end_object (builder);
  print_json (builder);
  return 0;
}

int
main (int argc, char **argv)
{
  SmmImageFacts facts = { 0 };
  SmmRenderLimits limits = { .quality = 90 };
  const char *code = "media-broken";
  g_autoptr (GError) error = NULL;
  gboolean done;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SMM_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  umask (077);
  confine ();
  if (argc == 3 && strcmp (argv[1], "probe") == 0)
    done = smm_image_probe (argv[2], &facts, &code, &error);
  else if (argc == 7 && strcmp (argv[1], "render") == 0)
    {
      limits.max_width = atoi (argv[4]);
      limits.max_height = atoi (argv[5]);
      limits.max_bytes = g_ascii_strtoll (argv[6], NULL, 10);
      done = smm_image_render (argv[2], argv[3], &limits, &facts, &code, &error);
    }
  else
    {
      g_printerr ("nkonsept-smm-media probe FILE | render FILE OUT WIDTH HEIGHT BYTES\n");
      return 2;
    }
  return done ? print_facts (&facts) : print_error (code, error->message);
}
