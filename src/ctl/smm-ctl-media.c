/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures and videos of the library: adding, listing, and making new ones out of old ones. */

#include "config.h"

#include "smm-ctl.h"

#include "smm-media-client.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define LIST_LIMIT 10000
/* What every platform takes (api/meta.md section 4.10). */
#define WIDTH_FOR_ALL 1920
#define FRAME_RATE_FOR_ALL 60
#define BIT_RATE_FOR_ALL 25000000

/* --- Showing --- */

static void
add_double (JsonBuilder *builder, const char *member, double value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_double_value (builder, value);
}

static void
add_flags (JsonBuilder *builder, SmmMediaFlags flags)
{
  static const struct
  {
    SmmMediaFlags flag;
    const char *name;
  } names[] = {
    { SMM_MEDIA_MOOV_LATE, "moov-late" },
    { SMM_MEDIA_EDIT_LIST, "edit-list" },
    { SMM_MEDIA_INTERLACED, "interlaced" },
    { SMM_MEDIA_NOT_420, "not-420" },
  };

  json_builder_set_member_name (builder, "flags");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (flags & names[i].flag)
      json_builder_add_string_value (builder, names[i].name);
  json_builder_end_array (builder);
}

static void
add_tags (JsonBuilder *builder, SmmMedia *media)
{
  g_auto (GStrv) tags = g_strsplit (media->tags != NULL ? media->tags : "", "\n", -1);

  json_builder_set_member_name (builder, "tags");
  json_builder_begin_array (builder);
  for (guint i = 0; tags[i] != NULL; i++)
    json_builder_add_string_value (builder, tags[i]);
  json_builder_end_array (builder);
}

static void
print_media (SmmCtl *ctl, SmmMedia *media)
{
  JsonBuilder *builder = smm_ctl_begin ("media");
  g_autofree char *size = g_format_size (media->bytes);
  g_autofree char *text = NULL;

  smm_json_string (builder, "sha256", media->sha256);
  smm_json_string (builder, "mime", media->mime);
  smm_json_string (builder, "file_name", media->file_name);
  smm_json_string (builder, "alt", media->alt);
  add_tags (builder, media);
  smm_json_int (builder, "bytes", media->bytes);
  smm_json_int (builder, "width", media->width);
  smm_json_int (builder, "height", media->height);
  smm_json_int (builder, "duration_ms", media->duration / 1000);
  if (smm_media_is_video (media))
    {
      smm_json_string (builder, "container", media->container);
      smm_json_string (builder, "video_codec", media->video_codec);
      smm_json_string (builder, "audio_codec", media->audio_codec);
      add_double (builder, "frame_rate", media->frame_rate);
      smm_json_int (builder, "bit_rate", media->bit_rate);
      smm_json_int (builder, "audio_rate", media->audio_rate);
      smm_json_int (builder, "audio_channels", media->audio_channels);
      add_flags (builder, media->flags);
      text = g_strdup_printf ("%s  %s  %d×%d  %.1f s  %s  %s", media->sha256, media->mime,
                              media->width, media->height, (double)media->duration / G_USEC_PER_SEC,
                              size, media->file_name);
    }
  else
    text = g_strdup_printf ("%s  %s  %d×%d  %s  %s", media->sha256, media->mime, media->width,
                            media->height, size, media->file_name);
  smm_ctl_end (ctl, builder, text);
}

static int
media_list (SmmCtl *ctl)
{
  SmmMediaFilter filter = { .search = smm_ctl_get (ctl, "search"),
                            .tag = smm_ctl_get (ctl, "tag"),
                            .unused = smm_ctl_has (ctl, "unused"),
                            .limit = LIST_LIMIT };
  g_autoptr (GPtrArray) media = NULL;
  g_autoptr (GError) error = NULL;

  if (!smm_ctl_open_reader (ctl, &error))
    return g_error_matches (error, SMM_STORE_ERROR, SMM_STORE_ERROR_MISSING)
               ? SMM_CTL_DONE
               : smm_ctl_fail (ctl, error);
  media = smm_store_find_media (ctl->reader, &filter);
  for (guint i = 0; i < media->len; i++)
    print_media (ctl, media->pdata[i]);
  return SMM_CTL_DONE;
}

static const char *
get_sha256 (const char *word)
{
  return g_str_has_prefix (word, SMM_CTL_SHA256) ? word + strlen (SMM_CTL_SHA256) : word;
}

/* What a word names, or NULL after having said why. */
static SmmMedia *
find_medium (SmmCtl *ctl, const char *word, int *status)
{
  g_autoptr (GError) error = NULL;
  SmmMedia *media;

  if (word == NULL)
    {
      *status = smm_ctl_usage (ctl, _ ("This command needs the SHA-256 of a medium"));
      return NULL;
    }
  if (!smm_ctl_open_reader (ctl, &error))
    {
      *status = smm_ctl_fail (ctl, error);
      return NULL;
    }
  media = smm_store_get_library_media (ctl->reader, get_sha256 (word));
  if (media == NULL)
    *status = smm_ctl_fail_with (ctl, "not-found", _ ("There is no such medium"), "media list");
  return media;
}

static SmmMedia *
find_media (SmmCtl *ctl, int *status)
{
  return find_medium (ctl, smm_ctl_word (ctl, 0), status);
}

/* What all words name, each once; NULL after having said why: one is missing, or is not there. */
static GPtrArray *
find_many (SmmCtl *ctl, int *status)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i == 0 || smm_ctl_word (ctl, i) != NULL; i++)
    {
      SmmMedia *media = find_medium (ctl, smm_ctl_word (ctl, i), status);

      if (media == NULL)
        return NULL;
      if (g_hash_table_add (seen, media->sha256))
        g_ptr_array_add (found, media);
      else
        g_object_unref (media);
    }
  return g_steal_pointer (&found);
}

static int
media_show (SmmCtl *ctl)
{
  int status = SMM_CTL_DONE;
  g_autoptr (SmmMedia) media = find_media (ctl, &status);

  if (media != NULL)
    print_media (ctl, media);
  return status;
}

/* --- Describing, deleting, and who uses it --- */

/* All of it or nothing, and one step to undo. @commands is a(sa{sv}). */
static int
change_media (SmmCtl *ctl, GPtrArray *media, GVariantBuilder *commands)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = smm_ctl_apply (
      ctl, "batch", g_variant_new_parsed ("{'commands': <%*>}", g_variant_builder_end (commands)),
      &error);
  int status = SMM_CTL_DONE;

  if (result == NULL)
    return smm_ctl_fail (ctl, error);
  for (guint i = 0; i < media->len; i++)
    {
      SmmMedia *before = media->pdata[i];
      g_autoptr (SmmMedia) after = smm_store_get_library_media (ctl->reader, before->sha256);

      if (after != NULL)
        print_media (ctl, after);
    }
  return status;
}

static int
media_describe (SmmCtl *ctl)
{
  int status = SMM_CTL_DONE;
  g_autoptr (GPtrArray) media = find_many (ctl, &status);
  g_auto (GVariantBuilder) commands = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  if (media == NULL)
    return status;
  for (guint i = 0; i < media->len; i++)
    {
      g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

      g_variant_dict_insert (&dict, "sha256", "s", ((SmmMedia *)media->pdata[i])->sha256);
      if (smm_ctl_has (ctl, "name"))
        g_variant_dict_insert (&dict, "name", "s", smm_ctl_get (ctl, "name"));
      if (smm_ctl_has (ctl, "alt"))
        g_variant_dict_insert (&dict, "alt", "s", smm_ctl_get (ctl, "alt"));
      g_variant_builder_add (&commands, "(s@a{sv})", "media.edit", g_variant_dict_end (&dict));
    }
  return change_media (ctl, media, &commands);
}

/* Takes @tag out of @tags when it is there, and puts it in when @add. */
static void
put_tag (GPtrArray *tags, const char *tag, gboolean add)
{
  guint at;

  if (g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, &at))
    g_ptr_array_remove_index (tags, at);
  if (add)
    g_ptr_array_add (tags, g_strdup (tag));
}

/* What tags @media has when those of @add have come and those of @remove gone. */
static GVariant *
make_tags (SmmMedia *media, GPtrArray *add, GPtrArray *remove)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) had = g_strsplit (media->tags != NULL ? media->tags : "", "\n", -1);

  for (guint i = 0; had[i] != NULL; i++)
    g_ptr_array_add (tags, g_strdup (had[i]));
  for (guint i = 0; i < add->len; i++)
    put_tag (tags, add->pdata[i], TRUE);
  for (guint i = 0; i < remove->len; i++)
    put_tag (tags, remove->pdata[i], FALSE);
  return g_variant_new_strv ((const char *const *)tags->pdata, tags->len);
}

static int
media_tag (SmmCtl *ctl)
{
  g_autoptr (GPtrArray) add = smm_ctl_get_all (ctl, "add");
  g_autoptr (GPtrArray) remove = smm_ctl_get_all (ctl, "remove");
  int status = SMM_CTL_DONE;
  g_autoptr (GPtrArray) media = find_many (ctl, &status);
  g_auto (GVariantBuilder) commands = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  if (media == NULL)
    return status;
  for (guint i = 0; i < media->len; i++)
    g_variant_builder_add_parsed (&commands, "('media.edit', {'sha256': <%s>, 'tags': <%*>})",
                                  ((SmmMedia *)media->pdata[i])->sha256,
                                  make_tags (media->pdata[i], add, remove));
  return change_media (ctl, media, &commands);
}

static int
media_delete (SmmCtl *ctl)
{
  int status = SMM_CTL_DONE;
  g_autoptr (GPtrArray) media = NULL;
  g_auto (GVariantBuilder) commands = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  if (!smm_ctl_has (ctl, "yes"))
    return smm_ctl_usage (ctl, _ ("This deletes the media. Say --yes if you mean it."));
  media = find_many (ctl, &status);
  if (media == NULL)
    return status;
  for (guint i = 0; i < media->len; i++)
    g_variant_builder_add_parsed (&commands, "('media.delete', {'sha256': <%s>})",
                                  ((SmmMedia *)media->pdata[i])->sha256);
  return change_media (ctl, media, &commands);
}

static int
media_uses (SmmCtl *ctl)
{
  int status = SMM_CTL_DONE;
  g_autoptr (SmmMedia) media = find_media (ctl, &status);
  g_autoptr (GPtrArray) uses = NULL;

  if (media == NULL)
    return status;
  uses = smm_store_list_uses (ctl->reader, media->sha256);
  for (guint i = 0; i < uses->len; i++)
    {
      SmmChip *chip = uses->pdata[i];
      JsonBuilder *builder = smm_ctl_begin ("post");
      g_autofree char *text = g_strdup_printf ("%s  %s", chip->post_id, chip->title);

      smm_json_string (builder, "id", chip->post_id);
      smm_json_string (builder, "title", chip->title);
      smm_json_string (builder, "state", smm_target_state_to_string (chip->state));
      smm_json_time (builder, "due_at", chip->due_at);
      smm_ctl_end (ctl, builder, text);
    }
  return SMM_CTL_DONE;
}

/* --- Adding --- */

static int
put_and_print (SmmCtl *ctl, SmmMedia *media)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) added = smm_ctl_apply (
      ctl, "media.add", g_variant_new_parsed ("{'media': <%@a{sv}>}", smm_media_to_variant (media)),
      &error);

  if (added == NULL)
    return smm_ctl_fail (ctl, error);
  print_media (ctl, media);
  return SMM_CTL_DONE;
}

static int
add_file (SmmCtl *ctl, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SmmMedia) media = NULL;
  g_autoptr (GError) error = NULL;

  smm_media_import_async (path, ctl->paths->media_dir, NULL, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  media = smm_media_import_finish (result, &error);
  if (media == NULL)
    {
      g_prefix_error (&error, "%s: ", path);
      return smm_ctl_fail (ctl, error);
    }
  return put_and_print (ctl, media);
}

/* A file that can't be taken does not keep the others out. */
static int
media_add (SmmCtl *ctl)
{
  g_autoptr (GError) error = NULL;
  int status = SMM_CTL_DONE;

  if (smm_ctl_word (ctl, 0) == NULL)
    return smm_ctl_usage (ctl, _ ("media add needs a file"));
  if (!smm_ctl_open (ctl, &error))
    return smm_ctl_fail (ctl, error);
  for (guint i = 0; smm_ctl_word (ctl, i) != NULL; i++)
    {
      int one = add_file (ctl, smm_ctl_word (ctl, i));

      status = status == SMM_CTL_DONE ? one : status;
    }
  return status;
}

/* --- Editing --- */

/* "4:5" or "0.8". */
static gboolean
parse_ratio (const char *text, double *ratio)
{
  char *end = NULL;
  double across = g_ascii_strtod (text, &end), down = 1;

  if (end != text && *end == ':')
    {
      const char *second = end + 1;

      down = g_ascii_strtod (second, &end);
      if (end == second)
        return FALSE;
    }
  if (end == text || *end != '\0' || !(across > 0) || !(down > 0))
    return FALSE;
  *ratio = across / down;
  return *ratio >= 0.01 && *ratio <= 100;
}

static gboolean
parse_ms (SmmCtl *ctl, const char *option, gint64 *us)
{
  const char *text = smm_ctl_get (ctl, option);
  guint64 ms = 0;

  if (text != NULL
      && !g_ascii_string_to_unsigned (text, 10, 0, G_GUINT64_CONSTANT (86400000), &ms, NULL))
    return FALSE;
  *us = (gint64)ms * 1000;
  return TRUE;
}

/* NULL: fine; else what is wrong with the arguments. */
static const char *
read_edit (SmmCtl *ctl, SmmMediaEdit *edit)
{
  const char *crop = smm_ctl_get (ctl, "crop"), *pad = smm_ctl_get (ctl, "pad");
  const char *ratio = crop != NULL ? crop : pad;
  guint64 width;

  if ((crop != NULL) + (pad != NULL) + smm_ctl_has (ctl, "transcode") != 1)
    return _ ("media edit needs one of --crop, --pad and --transcode");
  edit->kind = crop != NULL  ? SMM_MEDIA_EDIT_CROP
               : pad != NULL ? SMM_MEDIA_EDIT_PAD
                             : SMM_MEDIA_EDIT_TRANSCODE;
  if (ratio != NULL && !parse_ratio (ratio, &edit->ratio))
    return _ ("A ratio looks like 4:5, or 0.8");
  if (!parse_ms (ctl, "from", &edit->trim_from) || !parse_ms (ctl, "to", &edit->trim_to)
      || (edit->trim_to > 0 && edit->trim_to <= edit->trim_from))
    return _ ("--from and --to are milliseconds, and the part ends after its start");
  edit->blur = smm_ctl_has (ctl, "blur");
  if (smm_ctl_has (ctl, "max-width"))
    {
      if (!g_ascii_string_to_unsigned (smm_ctl_get (ctl, "max-width"), 10, 2, 16384, &width, NULL))
        return _ ("--max-width is a number of pixels");
      edit->max_width = (int)width;
    }
  return NULL;
}

static void
on_progress (double done, gpointer user_data)
{
  g_printerr ("\r%3d %%", (int)(done * 100));
}

/* The half-made file goes before this program does. */
static gboolean
on_signal (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

/* What the result is called: the name of what it was made from, with the ending of its own kind. */
static void
name_result (SmmMedia *result, SmmMedia *source)
{
  const char *dot = strrchr (source->file_name, '.');
  int length = dot != NULL && dot != source->file_name ? (int)(dot - source->file_name)
                                                       : (int)strlen (source->file_name);

  g_free (result->file_name);
  result->file_name = g_strdup_printf ("%.*s.%s", length, source->file_name,
                                       smm_media_is_video (result) ? "mp4" : "jpg");
}

static int
edit_media (SmmCtl *ctl, SmmMedia *source, const SmmMediaEdit *edit)
{
  gboolean is_seen = !ctl->json && isatty (STDERR_FILENO);
  g_autofree char *path = smm_paths_get_media (ctl->paths, source->sha256);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SmmMedia) media = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint interrupted = g_unix_signal_add (SIGINT, on_signal, cancellable);
  guint ended = g_unix_signal_add (SIGTERM, on_signal, cancellable);

  smm_media_edit_async (path, ctl->paths->media_dir, edit, cancellable,
                        is_seen ? on_progress : NULL, NULL, smm_ctl_callback (), ctl);
  result = smm_ctl_wait (ctl);
  g_source_remove (interrupted);
  g_source_remove (ended);
  if (is_seen)
    g_printerr ("\r");
  media = smm_media_edit_finish (result, &error);
  if (media == NULL)
    return g_cancellable_is_cancelled (cancellable)
               ? smm_ctl_fail_with (ctl, "cancelled", _ ("It was ended; nothing has changed"), NULL)
               : smm_ctl_fail (ctl, error);
  name_result (media, source);
  return put_and_print (ctl, media);
}

static int
media_edit (SmmCtl *ctl)
{
  SmmMediaEdit edit = { 0 };
  const char *wrong = read_edit (ctl, &edit);
  int status = SMM_CTL_DONE;
  g_autoptr (SmmMedia) source = NULL;
  g_autoptr (GError) error = NULL;

  if (wrong != NULL)
    return smm_ctl_usage (ctl, wrong);
  if (!smm_ctl_open (ctl, &error))
    return smm_ctl_fail (ctl, error);
  source = find_media (ctl, &status);
  if (source == NULL)
    return status;
  if (smm_media_is_video (source))
    {
      if (edit.max_width == 0)
        edit.max_width = WIDTH_FOR_ALL;
      edit.max_frame_rate = FRAME_RATE_FOR_ALL;
      edit.max_bit_rate = BIT_RATE_FOR_ALL;
    }
  return edit_media (ctl, source, &edit);
}

const SmmCtlCommand smm_ctl_media_commands[] = {
  { "media add", "FILE…", media_add },
  { "media list", "[--search WORDS] [--tag TAG] [--unused]", media_list },
  { "media describe", "SHA256… [--name NAME] [--alt TEXT]", media_describe },
  { "media tag", "SHA256… [--add TAG,…] [--remove TAG,…]", media_tag },
  { "media uses", "SHA256", media_uses },
  { "media delete", "SHA256… --yes", media_delete },
  { "media show", "SHA256", media_show },
  { "media edit",
    "SHA256 --crop 4:5 | --pad 4:5 [--blur] | --transcode   [--from MS] [--to MS] [--max-width PX]",
    media_edit },
  { NULL, NULL, NULL },
};
