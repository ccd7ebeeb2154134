/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-policy.h"

#include <stdlib.h>
#include <string.h>

#define FOLDER "/com/nkonsept/Smm/policy/"

static void
part_free (gpointer data)
{
  SmmPolicyPart *part = data;

  g_free (part->heading);
  g_free (part->text);
  g_free (part);
}

static void
change_free (gpointer data)
{
  SmmPolicyChange *change = data;

  g_free (change->text);
  g_free (change);
}

void
smm_policy_free (SmmPolicy *self)
{
  g_free (self->date);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

/* "version 2", "date 2026-11-28", "change 2 What is new." */
static void
read_head (SmmPolicy *self, const char *line)
{
  const char *value = strchr (line, ' ');
  SmmPolicyChange *change;
  char *rest;

  if (value == NULL)
    return;
  value++;
  if (g_str_has_prefix (line, "version "))
    self->version = atoi (value);
  else if (g_str_has_prefix (line, "date "))
    self->date = g_strdup (value);
  else if (g_str_has_prefix (line, "change "))
    {
      change = g_new0 (SmmPolicyChange, 1);
      change->version = strtol (value, &rest, 10);
      change->text = g_strstrip (g_strdup (rest));
      g_ptr_array_add (self->changes, change);
    }
}

static void
read_line (SmmPolicy *self, const char *line)
{
  SmmPolicyPart *part;

  if (g_str_has_prefix (line, "# "))
    {
      part = g_new0 (SmmPolicyPart, 1);
      part->heading = g_strdup (line + 2);
      g_ptr_array_add (self->parts, part);
      return;
    }
  if (*line == '\0')
    return;
  if (self->parts->len == 0)
    {
      read_head (self, line);
      return;
    }
  part = self->parts->pdata[self->parts->len - 1];
  if (part->text == NULL)
    part->text = g_strdup (line);
  else
    {
      g_autofree char *before = part->text;

      part->text = g_strconcat (before, "\n", line, NULL);
    }
}

SmmPolicy *
smm_policy_new_for_language (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, ".txt", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  SmmPolicy *self;

  if (bytes == NULL)
    return NULL;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  self = g_new0 (SmmPolicy, 1);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->changes = g_ptr_array_new_with_free_func (change_free);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (self, lines[i]);
  return self;
}

/**
 * smm_policy_new:
 *
 * Returns: (transfer full): the text in the language of the session, else in English
 */
SmmPolicy *
smm_policy_new (void)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      SmmPolicy *policy = smm_policy_new_for_language (names[i]);

      if (policy != NULL)
        return policy;
    }
  return smm_policy_new_for_language ("en");
}

char *
smm_policy_to_text (SmmPolicy *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      SmmPolicyPart *part = self->parts->pdata[i];

      g_string_append_printf (text, "%s%s\n\n%s\n", i > 0 ? "\n" : "", part->heading, part->text);
    }
  return g_string_free (text, FALSE);
}

char *
smm_policy_describe_changes (SmmPolicy *self, int version)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->changes->len; i++)
    {
      SmmPolicyChange *change = self->changes->pdata[i];

      if (change->version > version)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", change->text);
    }
  return g_string_free (text, FALSE);
}
