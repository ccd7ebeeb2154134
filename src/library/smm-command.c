/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-command.h"

#include <string.h>

/* One argument: its key lies in the serialised args. */
typedef struct
{
  const char *key;
  GVariant *value;
} Arg;

struct _SmmCommand
{
  int ref_count;
  char *name;
  GVariant *args;
  Arg *list; /* of args, taken apart once: a dictionary would be for each look-up */
  guint n_list;
};

G_DEFINE_BOXED_TYPE (SmmCommand, smm_command, smm_command_ref, smm_command_unref)

static void
take_apart (SmmCommand *self)
{
  /* Children of a serialised variant point into it: keys last as long as args. */
  g_variant_get_data (self->args);
  self->n_list = g_variant_n_children (self->args);
  self->list = g_new (Arg, self->n_list);
  /* No format: an import has 100,000 of them. */
  for (guint i = 0; i < self->n_list; i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (self->args, i);
      g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);
      g_autoptr (GVariant) boxed = g_variant_get_child_value (entry, 1);

      self->list[i].key = g_variant_get_string (key, NULL);
      self->list[i].value = g_variant_get_variant (boxed);
    }
}

/**
 * smm_command_new:
 * @name: the command's name
 * @args: (nullable): a{sv}; a floating reference is consumed
 *
 * Returns: (transfer full): the command; whether it makes sense is found out when it is applied
 */
SmmCommand *
smm_command_new (const char *name, GVariant *args)
{
  SmmCommand *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (args == NULL || g_variant_is_of_type (args, G_VARIANT_TYPE_VARDICT), NULL);

  self = g_new0 (SmmCommand, 1);
  self->ref_count = 1;
  self->name = g_strdup (name);
  self->args = args != NULL ? g_variant_ref_sink (args)
                            : g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  take_apart (self);
  return self;
}

SmmCommand *
smm_command_ref (SmmCommand *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
smm_command_unref (SmmCommand *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_list; i++)
    g_variant_unref (self->list[i].value);
  g_free (self->list);
  g_variant_unref (self->args);
  g_free (self->name);
  g_free (self);
}

const char *
smm_command_get_name (SmmCommand *self)
{
  return self->name;
}

/**
 * smm_command_get_args:
 * @self: a command
 *
 * Returns: (transfer none): its arguments, a{sv}
 */
GVariant *
smm_command_get_args (SmmCommand *self)
{
  return self->args;
}

/**
 * smm_command_get_n_args:
 * @self: a command
 *
 * Returns: how many smm_command_get_arg() knows
 */
guint
smm_command_get_n_args (SmmCommand *self)
{
  return self->n_list;
}

/**
 * smm_command_get_arg:
 * @self: a command
 * @n: which one, less than smm_command_get_n_args()
 * @value: (out) (transfer none): what was given
 *
 * Returns: (transfer none): its key; lasts as long as the command
 */
const char *
smm_command_get_arg (SmmCommand *self, guint n, GVariant **value)
{
  g_return_val_if_fail (n < self->n_list, NULL);

  *value = self->list[n].value;
  return self->list[n].key;
}

/**
 * smm_command_lookup:
 * @self: a command
 * @key: which argument
 * @type: (nullable): of this type, %NULL: any
 *
 * Returns: (transfer none) (nullable): its value; %NULL when it is missing or of another type
 */
GVariant *
smm_command_lookup (SmmCommand *self, const char *key, const char *type)
{
  for (guint i = 0; i < self->n_list; i++)
    if (strcmp (self->list[i].key, key) == 0)
      return type == NULL || strcmp (g_variant_get_type_string (self->list[i].value), type) == 0
                 ? self->list[i].value
                 : NULL;
  return NULL;
}

const char *
smm_command_get_string (SmmCommand *self, const char *key)
{
  GVariant *value = smm_command_lookup (self, key, "s");

  return value != NULL ? g_variant_get_string (value, NULL) : NULL;
}

gint32
smm_command_get_int (SmmCommand *self, const char *key, gint32 fallback)
{
  GVariant *value = smm_command_lookup (self, key, "i");

  return value != NULL ? g_variant_get_int32 (value) : fallback;
}

gboolean
smm_command_get_boolean (SmmCommand *self, const char *key, gboolean fallback)
{
  GVariant *value = smm_command_lookup (self, key, "b");

  return value != NULL ? g_variant_get_boolean (value) : fallback;
}

static void
add_string (GVariantDict *dict, const char *key, const char *value)
{
  if (value != NULL)
    g_variant_dict_insert (dict, key, "s", value);
}

static char *
dup_string (GVariant *variant, const char *key)
{
  char *value = NULL;

  g_variant_lookup (variant, key, "s", &value);
  return value;
}

static gint64
get_int64 (GVariant *variant, const char *key, gint64 fallback)
{
  gint64 value;

  return g_variant_lookup (variant, key, "x", &value) ? value : fallback;
}

/**
 * smm_account_to_variant:
 * @account: an account
 *
 * Returns: (transfer floating): a{sv} for account.put
 */
GVariant *
smm_account_to_variant (SmmAccount *account)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  add_string (&dict, "id", account->id);
  add_string (&dict, "brand", account->brand_id);
  add_string (&dict, "platform", smm_platform_id_to_string (account->platform));
  add_string (&dict, "remote-id", account->remote_id);
  add_string (&dict, "parent-remote-id", account->parent_remote_id);
  add_string (&dict, "name", account->name);
  add_string (&dict, "username", account->username);
  add_string (&dict, "person-id", account->person_id);
  add_string (&dict, "app-id", account->app_id);
  add_string (&dict, "scopes", account->scopes);
  add_string (&dict, "login", account->login);
  add_string (&dict, "state-reason", account->state_reason);
  g_variant_dict_insert (&dict, "state", "i", (gint32)account->state);
  g_variant_dict_insert (&dict, "token-expires-at", "x", account->token_expires_at);
  g_variant_dict_insert (&dict, "access-expires-at", "x", account->access_expires_at);
  g_variant_dict_insert (&dict, "revoke-until", "x", account->revoke_until);
  g_variant_dict_insert (&dict, "followers", "x", account->followers);
  g_variant_dict_insert (&dict, "connected-at", "x", account->connected_at);
  g_variant_dict_insert (&dict, "checked-at", "x", account->checked_at);
  return g_variant_dict_end (&dict);
}

/**
 * smm_account_from_variant:
 * @variant: a{sv}
 *
 * Returns: (transfer full) (nullable): the account; %NULL when a needed member is missing
 */
SmmAccount *
smm_account_from_variant (GVariant *variant)
{
  g_autoptr (SmmAccount) account = smm_account_new ();
  g_autofree char *platform = dup_string (variant, "platform");
  gint32 state = SMM_ACCOUNT_OK;

  account->id = dup_string (variant, "id");
  account->brand_id = dup_string (variant, "brand");
  account->remote_id = dup_string (variant, "remote-id");
  account->parent_remote_id = dup_string (variant, "parent-remote-id");
  account->name = dup_string (variant, "name");
  account->username = dup_string (variant, "username");
  account->person_id = dup_string (variant, "person-id");
  account->app_id = dup_string (variant, "app-id");
  account->scopes = dup_string (variant, "scopes");
  account->login = dup_string (variant, "login");
  account->state_reason = dup_string (variant, "state-reason");
  g_variant_lookup (variant, "state", "i", &state);
  account->state = state;
  account->token_expires_at = get_int64 (variant, "token-expires-at", 0);
  account->access_expires_at = get_int64 (variant, "access-expires-at", 0);
  account->revoke_until = get_int64 (variant, "revoke-until", 0);
  account->followers = get_int64 (variant, "followers", -1);
  account->connected_at = get_int64 (variant, "connected-at", 0);
  account->checked_at = get_int64 (variant, "checked-at", 0);
  if (!smm_id_is_valid (account->id) || !smm_id_is_valid (account->brand_id)
      || account->remote_id == NULL || account->name == NULL
      || !smm_platform_id_from_string (platform, &account->platform) || state < SMM_ACCOUNT_OK
      || state > SMM_ACCOUNT_DISCONNECTED)
    return NULL;
  return g_steal_pointer (&account);
}

static GVariant *
variant_to_variant (SmmVariant *variant)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  add_string (&dict, "text", variant->text);
  add_string (&dict, "link", variant->link);
  add_string (&dict, "first-comment", variant->first_comment);
  if (variant->options != NULL)
    {
      g_auto (GVariantBuilder) options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
      GHashTableIter iter;
      gpointer key, value;

      g_hash_table_iter_init (&iter, variant->options);
      while (g_hash_table_iter_next (&iter, &key, &value))
        g_variant_builder_add (&options, "{ss}", key, value);
      g_variant_dict_insert_value (&dict, "options", g_variant_builder_end (&options));
    }
  if (variant->media != NULL)
    {
      g_auto (GVariantBuilder) media = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

      for (guint i = 0; i < variant->media->len; i++)
        {
          SmmMedia *medium = variant->media->pdata[i];

          g_variant_builder_add (&media, "(ss)", medium->sha256, medium->alt ? medium->alt : "");
        }
      g_variant_dict_insert_value (&dict, "media", g_variant_builder_end (&media));
    }
  return g_variant_dict_end (&dict);
}

/**
 * smm_variants_to_variant:
 * @post: a post with its targets
 *
 * Returns: (transfer floating): what differs on its accounts, a(sa{sv})
 */
GVariant *
smm_variants_to_variant (SmmPost *post)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));

  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (!smm_variant_is_empty (target->variant))
        g_variant_builder_add (&list, "(s@a{sv})", target->account_id,
                               variant_to_variant (target->variant));
    }
  return g_variant_builder_end (&list);
}

/**
 * smm_media_to_variant:
 * @media: a medium
 *
 * Returns: (transfer floating): a{sv} for media.add
 */
GVariant *
smm_media_to_variant (SmmMedia *media)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  add_string (&dict, "sha256", media->sha256);
  add_string (&dict, "mime", media->mime);
  add_string (&dict, "file-name", media->file_name);
  g_variant_dict_insert (&dict, "bytes", "x", media->bytes);
  g_variant_dict_insert (&dict, "width", "i", (gint32)media->width);
  g_variant_dict_insert (&dict, "height", "i", (gint32)media->height);
  g_variant_dict_insert (&dict, "duration", "x", media->duration);
  add_string (&dict, "container", media->container);
  add_string (&dict, "video-codec", media->video_codec);
  add_string (&dict, "audio-codec", media->audio_codec);
  g_variant_dict_insert (&dict, "frame-rate", "d", media->frame_rate);
  g_variant_dict_insert (&dict, "bit-rate", "x", media->bit_rate);
  g_variant_dict_insert (&dict, "audio-rate", "i", (gint32)media->audio_rate);
  g_variant_dict_insert (&dict, "audio-channels", "i", (gint32)media->audio_channels);
  g_variant_dict_insert (&dict, "flags", "u", (guint32)media->flags);
  return g_variant_dict_end (&dict);
}

static gboolean
is_sha256 (const char *text)
{
  gsize n = 0;

  for (; text != NULL && text[n] != '\0'; n++)
    if (!g_ascii_isxdigit (text[n]) || g_ascii_isupper (text[n]))
      return FALSE;
  return n == 64;
}

/**
 * smm_media_from_variant:
 * @variant: a{sv}
 *
 * Returns: (transfer full) (nullable): the medium; %NULL when a member is missing or impossible
 */
SmmMedia *
smm_media_from_variant (GVariant *variant)
{
  g_autoptr (SmmMedia) media = smm_media_new ();
  gint32 width = 0, height = 0, audio_rate = 0, audio_channels = 0;
  guint32 media_flags = 0;

  media->sha256 = dup_string (variant, "sha256");
  media->mime = dup_string (variant, "mime");
  media->file_name = dup_string (variant, "file-name");
  g_variant_lookup (variant, "width", "i", &width);
  g_variant_lookup (variant, "height", "i", &height);
  media->width = width;
  media->height = height;
  media->bytes = get_int64 (variant, "bytes", 0);
  media->duration = get_int64 (variant, "duration", 0);
  media->container = dup_string (variant, "container");
  media->video_codec = dup_string (variant, "video-codec");
  media->audio_codec = dup_string (variant, "audio-codec");
  g_variant_lookup (variant, "frame-rate", "d", &media->frame_rate);
  media->bit_rate = get_int64 (variant, "bit-rate", 0);
  g_variant_lookup (variant, "audio-rate", "i", &audio_rate);
  g_variant_lookup (variant, "audio-channels", "i", &audio_channels);
  g_variant_lookup (variant, "flags", "u", &media_flags);
  media->audio_rate = audio_rate;
  media->audio_channels = audio_channels;
  media->flags = media_flags;
  if (!is_sha256 (media->sha256) || media->mime == NULL || media->bytes <= 0 || width < 0
      || height < 0 || media->duration < 0 || !(media->frame_rate >= 0))
    return NULL;
  if (media->file_name == NULL)
    media->file_name = g_strdup ("");
  return g_steal_pointer (&media);
}
