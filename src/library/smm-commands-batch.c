/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Several commands as one: all of them or none, one line in the activity, one step of undo. What
 * people do to a selection of posts or media is this.
 */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_COMMANDS 1000

/* What may stand in a batch: what has an inverse, and never another batch. */
static const struct
{
  const char *name;
  const char *label; /* of a batch that begins with it */
} members[] = {
  { "post.reschedule", N_ ("Posts moved") },
  { "post.add", N_ ("Posts added") },
  { "post.edit", N_ ("Posts changed") },
  { "post.unschedule", N_ ("Posts taken off the calendar") },
  { "post.cancel", N_ ("Posts cancelled") },
  { "post.delete", N_ ("Posts deleted") },
  { "post.put", N_ ("Posts put back") },
  { "media.edit", N_ ("Media changed") },
  { "media.delete", N_ ("Media deleted") },
  { "media.restore", N_ ("Media put back") },
};

static const char *
find_label (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (members[i].name, name) == 0)
      return members[i].label;
  return NULL;
}

/* The inverses, last first, as the arguments of a batch. */
static GVariant *
reverse (GPtrArray *inverses)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sa{sv})"));
  for (guint i = inverses->len; i > 0; i--)
    g_variant_builder_add_value (&builder, inverses->pdata[i - 1]);
  return g_variant_new_parsed ("{'commands': <%*>}", g_variant_builder_end (&builder));
}

static gboolean
batch (SmmChange *change, GError **error)
{
  SmmCommand *whole = change->command;
  g_autoptr (GVariant) list = g_variant_lookup_value (smm_command_get_args (whole), "commands",
                                                      G_VARIANT_TYPE ("a(sa{sv})"));
  g_autoptr (GPtrArray) inverses = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  gsize n = g_variant_n_children (list);
  const char *label = NULL;

  if (n == 0 || n > MAX_COMMANDS)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                            _ ("A batch takes from 1 to %d commands"), MAX_COMMANDS);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (SmmCommand) command = NULL;
      g_autoptr (GVariant) args = NULL;
      const char *name;
      gboolean done;

      g_variant_get_child (list, i, "(&s@a{sv})", &name, &args);
      if (find_label (name) == NULL)
        return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("A batch takes no “%s”"),
                                name);
      command = smm_command_new (name, args);
      done = smm_change_run (change, command, error);
      change->command = whole;
      if (!done)
        return FALSE;
      if (label == NULL)
        label = n == 1 && change->label != NULL ? change->label : _ (find_label (name));
      if (change->inverse != NULL)
        g_ptr_array_add (inverses, g_steal_pointer (&change->inverse));
    }
  change->label = label;
  if (inverses->len > 0)
    smm_change_set_inverse (change, "batch", reverse (inverses));
  return TRUE;
}

const SmmCommandSpec smm_batch_commands[] = {
  { "batch", "commands:a(sa{sv})!", batch },
  { NULL, NULL, NULL },
};
