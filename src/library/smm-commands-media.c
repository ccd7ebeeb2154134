/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on the pictures and videos of the library. */

#include "config.h"

#include "smm-commands-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT 4000
#define MAX_TAGS 30
#define MAX_TAG 60

static SmmMedia *
get_media (SmmChange *change, GError **error)
{
  const char *sha256 = smm_command_get_string (change->command, "sha256");
  SmmMedia *media = smm_store_get_library_media (change->store, sha256);

  if (media == NULL)
    smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND,
                     _ ("There is no medium “%s” in the library"), sha256);
  return media;
}

/* A line each, without doubles; NULL with @error. "" for none. */
static char *
join_tags (GVariant *list, GError **error)
{
  g_autofree const char **tags = g_variant_get_strv (list, NULL);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *tag = g_strstrip (g_strdup (tags[i]));

      if (*tag == '\0' || g_ptr_array_find_with_equal_func (kept, tag, g_str_equal, NULL))
        continue;
      if (g_utf8_strlen (tag, -1) > MAX_TAG || strchr (tag, '\n') != NULL || kept->len == MAX_TAGS)
        {
          smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID,
                           _ ("A medium takes up to %d tags of up to %d characters"), MAX_TAGS,
                           MAX_TAG);
          return NULL;
        }
      g_ptr_array_add (kept, g_steal_pointer (&tag));
    }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("\n", (char **)kept->pdata);
}

static GVariant *
describe (SmmMedia *media)
{
  g_auto (GStrv) tags = g_strsplit (media->tags != NULL ? media->tags : "", "\n", -1);

  return g_variant_new_parsed ("{'sha256': <%s>, 'name': <%s>, 'alt': <%s>, 'tags': <%^as>}",
                               media->sha256, media->file_name,
                               media->alt != NULL ? media->alt : "", tags);
}

static gboolean
media_edit (SmmChange *change, GError **error)
{
  const char *name = smm_command_get_string (change->command, "name");
  const char *alt = smm_command_get_string (change->command, "alt");
  g_autoptr (GVariant) list = g_variant_lookup_value (smm_command_get_args (change->command),
                                                      "tags", G_VARIANT_TYPE ("as"));
  g_autoptr (SmmMedia) media = get_media (change, error);
  g_autofree char *tags = NULL;

  if (media == NULL)
    return FALSE;
  if ((name != NULL && strlen (name) > MAX_TEXT) || (alt != NULL && strlen (alt) > MAX_TEXT))
    return smm_change_fail (error, SMM_LIBRARY_ERROR_INVALID, _ ("The text is too long"));
  tags = list != NULL ? join_tags (list, error) : g_strdup (media->tags);
  if (list != NULL && tags == NULL)
    return FALSE;
  if (name == NULL || *name == '\0')
    name = media->file_name;
  if (alt == NULL)
    alt = media->alt;
  change->label = _ ("Medium changed");
  smm_change_set_inverse (change, "media.edit", describe (media));
  smm_change_add (change, media->sha256);
  return smm_store_describe_media (change->store, media->sha256, name,
                                   alt != NULL && *alt != '\0' ? alt : NULL,
                                   tags != NULL && *tags != '\0' ? tags : NULL, error);
}

static gboolean
check_unused (SmmChange *change, SmmMedia *media, GError **error)
{
  g_autoptr (GPtrArray) uses = smm_store_list_uses (change->store, media->sha256);
  g_autofree char *brand = smm_store_find_logo_brand (change->store, media->sha256);

  if (uses->len > 0)
    return smm_change_fail (
        error, SMM_LIBRARY_ERROR_PINNED,
        g_dngettext (GETTEXT_PACKAGE, "%u post uses “%s”: “%s”. Take it out there first.",
                     "%u posts use “%s”, “%s” for one. Take it out there first.", uses->len),
        uses->len, media->file_name, ((SmmChip *)uses->pdata[0])->title);
  if (brand != NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_PINNED,
                            _ ("“%s” is the logo of “%s”. Choose another one first."),
                            media->file_name, brand);
  return TRUE;
}

static gboolean
media_delete (SmmChange *change, GError **error)
{
  g_autoptr (SmmMedia) media = get_media (change, error);

  if (media == NULL || !check_unused (change, media, error))
    return FALSE;
  change->label = _ ("Medium deleted");
  smm_change_set_inverse (change, "media.restore",
                          g_variant_new_parsed ("{'sha256': <%s>}", media->sha256));
  smm_change_add (change, media->sha256);
  return smm_store_set_media_deleted (change->store, media->sha256, change->now, error);
}

static gboolean
media_restore (SmmChange *change, GError **error)
{
  const char *sha256 = smm_command_get_string (change->command, "sha256");
  g_autoptr (SmmMedia) media = smm_store_get_media (change->store, sha256);
  g_autoptr (SmmMedia) living = smm_store_get_library_media (change->store, sha256);

  if (media == NULL)
    return smm_change_fail (error, SMM_LIBRARY_ERROR_NOT_FOUND,
                            _ ("There is no medium “%s” in the library"), sha256);
  /* Undoing that would delete one that was there all the time. */
  if (living != NULL)
    return TRUE;
  change->label = _ ("Medium put back");
  smm_change_set_inverse (change, "media.delete",
                          g_variant_new_parsed ("{'sha256': <%s>}", sha256));
  smm_change_add (change, sha256);
  return smm_store_set_media_deleted (change->store, sha256, 0, error);
}

const SmmCommandSpec smm_media_commands[] = {
  { "media.edit", "sha256:s! name:s alt:s tags:as", media_edit },
  { "media.delete", "sha256:s!", media_delete },
  { "media.restore", "sha256:s!", media_restore },
  { NULL, NULL, NULL },
};
