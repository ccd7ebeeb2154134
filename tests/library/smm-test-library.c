/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-test-library.h"

#include <string.h>

#include "smm-brand.h"

gint64 test_now = TEST_NOW;

static gint64
get_now (gpointer user_data)
{
  return test_now;
}

static SmmLibraryLocal *
open_library (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new (NULL);
  g_autoptr (GError) error = NULL;
  SmmLibraryLocal *library = smm_library_local_new (paths, &error);

  g_assert_no_error (error);
  smm_library_local_set_now (library, get_now, NULL);
  return library;
}

SmmStore *
test_store (SmmLibraryLocal *library)
{
  return smm_library_get_store (SMM_LIBRARY (library));
}

static void
add_post (SmmStore *store, SmmTargetState state, gboolean both)
{
  const char *name = both ? "two" : smm_target_state_to_string (state);
  g_autoptr (SmmPost) post = smm_post_new ();

  post->id = g_strdup (name);
  post->brand_id = g_strdup (TEST_BRAND);
  g_free (post->text);
  post->text = g_strdup_printf ("Text of %s", name);
  if (state != SMM_TARGET_DRAFT)
    {
      post->due_at = TEST_DUE;
      post->wall_time = g_strdup ("2026-12-01T10:00:00");
      post->zone = g_strdup ("Europe/Berlin");
    }
  post->created_at = 1;
  g_assert_true (smm_store_put_post (store, post, NULL));
  for (int i = 0; i < (both ? 2 : 1); i++)
    {
      g_autoptr (SmmTarget) target = smm_target_new ();

      target->id = g_strdup_printf ("t-%s%s", name, i > 0 ? "-2" : "");
      target->post_id = g_strdup (name);
      target->account_id = g_strdup (i > 0 ? TEST_INSTAGRAM : TEST_FACEBOOK);
      target->platform = i > 0 ? SMM_PLATFORM_INSTAGRAM : SMM_PLATFORM_FACEBOOK;
      target->state = state;
      target->due_at = post->due_at;
      target->next_at = state == SMM_TARGET_SCHEDULED ? post->due_at : 0;
      if (state == SMM_TARGET_FAILED || state == SMM_TARGET_HELD)
        {
          target->reason_code = g_strdup (state == SMM_TARGET_HELD ? "signed-out" : "refused");
          target->reason = g_strdup ("Why it is so");
          target->fix = g_strdup (state == SMM_TARGET_HELD ? "reconnect" : "edit");
        }
      g_assert_true (smm_store_put_target (store, target, NULL));
    }
}

static void
add_tag (SmmStore *store, const char *name, SmmTagKind kind)
{
  g_autoptr (SmmTag) tag = smm_tag_new ();

  tag->id = g_strdup (name);
  tag->brand_id = g_strdup (TEST_BRAND);
  tag->kind = kind;
  tag->name = g_strdup (name);
  tag->color = g_strdup ("#3584e4");
  g_assert_true (smm_store_put_tag (store, tag, NULL));
}

SmmLibraryLocal *
test_library_new (void)
{
  SmmLibraryLocal *library;
  g_autoptr (SmmMedia) media = smm_media_new ();
  g_autoptr (SmmBrand) gone = smm_brand_new ();
  g_autofree char *path = NULL;
  SmmStore *store;

  test_now = TEST_NOW;
  library = open_library ();
  store = test_store (library);
  g_assert_true (smm_store_begin (store, NULL));
  test_fill_accounts (store);
  gone->id = g_strdup ("gone");
  gone->name = g_strdup ("Gone");
  gone->timezone = g_strdup ("UTC");
  g_assert_true (smm_store_put_brand (store, gone, NULL));
  g_assert_true (smm_store_set_brand_deleted (store, "gone", 1, NULL));
  media->sha256 = g_strdup (TEST_SHA);
  media->mime = g_strdup ("image/jpeg");
  media->file_name = g_strdup ("bread.jpg");
  media->bytes = 4;
  media->width = media->height = 1080;
  path = smm_paths_get_media (smm_store_get_paths (store), TEST_SHA);
  g_assert_true (g_file_set_contents (path, "jpeg", 4, NULL));
  g_assert_true (smm_store_put_media (store, media, NULL));
  add_tag (store, "spring", SMM_TAG_KIND_CAMPAIGN);
  add_tag (store, "rye", SMM_TAG_KIND_TAG);
  for (int state = 0; state < SMM_N_TARGET_STATES; state++)
    add_post (store, state, FALSE);
  add_post (store, SMM_TARGET_FAILED, TRUE);
  g_assert_true (smm_store_put_setting (store, "mail.from", "a@example.com", NULL));
  g_assert_true (smm_store_commit (store, NULL));
  return library;
}

SmmLibraryLocal *
test_library_reopen (SmmLibraryLocal *library)
{
  g_assert_finalize_object (library);
  return open_library ();
}

GVariant *
test_apply (SmmLibraryLocal *library, const char *name, const char *args, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GVariant) parsed
      = g_variant_parse (G_VARIANT_TYPE_VARDICT, args, NULL, NULL, &problem);
  g_autoptr (SmmCommand) command = NULL;

  g_assert_no_error (problem);
  command = smm_command_new (name, parsed);
  return smm_library_local_apply (library, command, error);
}

static void
dump_variant (GString *out, SmmVariant *variant)
{
  g_autofree char *privacy = NULL;

  if (variant == NULL)
    return;
  if (variant->options != NULL)
    privacy = g_strdup (g_hash_table_lookup (variant->options, SMM_OPTION_PRIVACY));
  g_string_append_printf (out, "    own text=%s link=%s comment=%s privacy=%s\n", variant->text,
                          variant->link, variant->first_comment, privacy);
  for (guint i = 0; variant->media != NULL && i < variant->media->len; i++)
    g_string_append_printf (out, "    own media %s alt=%s\n",
                            ((SmmMedia *)variant->media->pdata[i])->sha256,
                            ((SmmMedia *)variant->media->pdata[i])->alt);
  if (variant->media != NULL)
    g_string_append_printf (out, "    own media: %u\n", variant->media->len);
}

static void
dump_post (GString *out, SmmPost *post)
{
  g_autoptr (GList) keys
      = g_list_sort (g_hash_table_get_keys (post->options), (GCompareFunc)g_strcmp0);

  g_string_append_printf (
      out, "post %s kind=%d text=%s link=%s comment=%s due=%" G_GINT64_FORMAT " wall=%s zone=%s\n",
      post->id, post->kind, post->text, post->link, post->first_comment, post->due_at,
      post->wall_time, post->zone);
  for (GList *l = keys; l != NULL; l = l->next)
    g_string_append_printf (out, "  option %s=%s\n", (char *)l->data,
                            (char *)g_hash_table_lookup (post->options, l->data));
  for (guint i = 0; i < post->tags->len; i++)
    g_string_append_printf (out, "  tag %s\n", ((SmmTag *)post->tags->pdata[i])->name);
  for (guint i = 0; i < post->media->len; i++)
    {
      SmmMedia *media = post->media->pdata[i];

      g_string_append_printf (out, "  media %s alt=%s\n", media->sha256, media->alt);
    }
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      g_string_append_printf (out,
                              "  target %s %s %s attempt=%d due=%" G_GINT64_FORMAT
                              " next=%" G_GINT64_FORMAT " code=%s reason=%s fix=%s\n",
                              target->id, target->account_id,
                              smm_target_state_to_string (target->state), target->attempt,
                              target->due_at, target->next_at, target->reason_code, target->reason,
                              target->fix);
      dump_variant (out, target->variant);
    }
}

static void
dump_notes (GString *out, SmmStore *store)
{
  g_autoptr (GHashTable) notes
      = smm_store_list_notes (store, TEST_BRAND, "2026-01-01", "2026-12-31");
  g_autoptr (GList) days = g_list_sort (g_hash_table_get_keys (notes), (GCompareFunc)strcmp);

  for (GList *l = days; l != NULL; l = l->next)
    g_string_append_printf (out, "note %s %s\n", (char *)l->data,
                            (char *)g_hash_table_lookup (notes, l->data));
}

static void
dump_holidays (GString *out, SmmStore *store)
{
  g_autoptr (GPtrArray) all = smm_store_list_holidays (store, TEST_BRAND, NULL);
  g_autoptr (GHashTable) names
      = smm_store_list_holiday_names (store, TEST_BRAND, "2026-01-01", "2026-12-31");
  g_autoptr (GList) days = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc)strcmp);

  for (guint i = 0; i < all->len; i++)
    {
      SmmHolidaysRecord *record = all->pdata[i];

      g_string_append_printf (out, "holidays %s %s shown=%d days=%u\n", record->id, record->name,
                              record->shown, record->n_days);
    }
  for (GList *l = days; l != NULL; l = l->next)
    g_string_append_printf (out, "holiday %s %s\n", (char *)l->data,
                            (char *)g_hash_table_lookup (names, l->data));
}

char *
test_dump (SmmLibraryLocal *library)
{
  SmmStore *store = test_store (library);
  g_autoptr (SmmProfile) profile = smm_store_get_profile (store);
  g_autoptr (GPtrArray) brands = smm_store_list_brands (store);
  g_autoptr (GPtrArray) accounts = smm_store_list_accounts (store, NULL);
  g_autoptr (GPtrArray) posts = smm_store_list_posts (store, NULL);
  g_autoptr (GPtrArray) chips = smm_store_list_chips (store, NULL, 0, G_MAXINT64);
  g_autofree char *app_id = smm_store_get_app_id (store, "meta");
  g_autofree char *from = smm_store_get_setting (store, "mail.from");
  g_autoptr (SmmMedia) other = NULL;
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GPtrArray) slots = NULL;
  g_autofree char *sha = g_strnfill (64, 'c');
  GString *out = g_string_new (NULL);

  if (profile != NULL)
    g_string_append_printf (out, "profile %s %s %s\n", profile->name, profile->email,
                            profile->organization);
  for (guint i = 0; i < brands->len; i++)
    {
      SmmBrand *brand = brands->pdata[i];

      g_string_append_printf (out, "brand %s %s %s %d %d\n", brand->id, brand->name,
                              brand->timezone, brand->late_policy, brand->late_hours);
      for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
        if (*smm_brand_get_text (brand, text) != NULL)
          g_string_append_printf (out, "  %s=%s\n", text->key, *smm_brand_get_text (brand, text));
      for (guint t = 0; t < SMM_N_BRAND_TONES; t++)
        if (brand->tones[t] != 0)
          g_string_append_printf (out, "  %s %d\n", smm_brand_tone_to_string (t), brand->tones[t]);
      if (brand->emoji != SMM_BRAND_EMOJI_FEW || brand->voice != SMM_BRAND_VOICE_WE
          || brand->setup_step != 0)
        g_string_append_printf (out, "  emoji=%d voice=%d step=%d\n", brand->emoji, brand->voice,
                                brand->setup_step);
    }
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];

      g_string_append_printf (out, "account %s %s %d %s\n", account->id, account->name,
                              account->state, account->state_reason);
    }
  tags = smm_store_list_tags (store, NULL);
  for (guint i = 0; i < tags->len; i++)
    {
      SmmTag *tag = tags->pdata[i];

      g_string_append_printf (out, "%s %s %s %s..%s %u\n", smm_tag_kind_to_string (tag->kind),
                              tag->name, tag->color, tag->first_day, tag->last_day,
                              smm_store_count_tagged (store, tag->id));
    }
  slots = smm_store_list_slots (store, TEST_BRAND);
  for (guint i = 0; i < slots->len; i++)
    {
      SmmSlot *slot = slots->pdata[i];

      g_string_append_printf (out, "slot %s %d %d\n", slot->account_id, slot->weekday,
                              slot->minute);
    }
  dump_notes (out, store);
  dump_holidays (out, store);
  other = smm_store_get_media (store, sha);
  g_string_append_printf (out, "app %s from %s media %d\n", app_id, from, other != NULL);
  for (guint i = 0; i < posts->len; i++)
    dump_post (out, posts->pdata[i]);
  for (guint i = 0; i < chips->len; i++)
    {
      SmmChip *chip = chips->pdata[i];

      g_string_append_printf (out, "chip %s %s %d %u\n", chip->post_id, chip->title, chip->state,
                              chip->platforms);
    }
  {
    g_autoptr (GPtrArray) shown = smm_store_find_media (store, NULL);

    for (guint i = 0; i < shown->len; i++)
      {
        SmmMedia *media = shown->pdata[i];
        g_autofree char *own = g_strdup (media->tags != NULL ? media->tags : "");

        g_string_append_printf (out, "library %s %s alt=%s tags=%s\n", media->sha256,
                                media->file_name, media->alt, g_strdelimit (own, "\n", ','));
      }
  }
  return g_string_free (out, FALSE);
}

/* As the engine does it, behind the commands' back. */
void
test_set_state (SmmLibraryLocal *library, const char *target_id, SmmTargetState from,
                SmmTargetState to, const char *reason_code)
{
  SmmStore *store = test_store (library);
  g_autoptr (SmmTarget) target = smm_store_get_target (store, target_id);
  SmmTransition transition = { .state = to,
                               .attempt = target->attempt + 1,
                               .reason_code = reason_code,
                               .next_at = target->next_at };

  g_assert_true (smm_store_transition (store, target_id, from, target->attempt, &transition, NULL));
}
