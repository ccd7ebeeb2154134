/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-import-private.h"

#include "smm-own-cells.h"

#include "smm-platform.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* --- Records --- */

static void
problem_free (gpointer data)
{
  SmmImportProblem *problem = data;

  g_free (problem->code);
  g_free (problem->message);
  g_free (problem);
}

static void
row_free (gpointer data)
{
  SmmImportRow *row = data;

  g_clear_object (&row->post);
  g_ptr_array_unref (row->files);
  g_ptr_array_unref (row->alts);
  g_ptr_array_unref (row->tags);
  g_ptr_array_unref (row->problems);
  g_free (row->campaign);
  g_free (row);
}

static SmmImportRow *
row_new (SmmImport *self, guint line)
{
  SmmImportRow *row = g_new0 (SmmImportRow, 1);

  row->line = line;
  row->post = smm_post_new ();
  row->post->id = smm_id_new ();
  row->post->brand_id = g_strdup (self->brand->id);
  row->files = g_ptr_array_new_with_free_func (g_free);
  row->alts = g_ptr_array_new_with_free_func (g_free);
  row->tags = g_ptr_array_new_with_free_func (g_free);
  row->problems = g_ptr_array_new_with_free_func (problem_free);
  return row;
}

void
smm_import_add_problem (SmmImportRow *row, const char *code, gboolean fatal, const char *format,
                        ...)
{
  SmmImportProblem *problem = g_new0 (SmmImportProblem, 1);
  va_list args;

  problem->code = g_strdup (code);
  problem->fatal = fatal;
  va_start (args, format);
  problem->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (row->problems, problem);
}

gboolean
smm_import_row_is_good (SmmImportRow *row)
{
  for (guint i = 0; i < row->problems->len; i++)
    if (((SmmImportProblem *)row->problems->pdata[i])->fatal)
      return FALSE;
  return TRUE;
}

SmmImport *
smm_import_new (SmmStore *store, SmmCsv *csv, const char *brand_id, const char *folder,
                GError **error)
{
  SmmBrand *brand = smm_store_get_brand (store, brand_id);
  SmmImport *self;

  if (brand == NULL)
    {
      g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND,
                   _ ("There is no brand “%s”"), brand_id);
      smm_csv_unref (csv);
      return NULL;
    }
  self = g_new0 (SmmImport, 1);
  self->ref_count = 1;
  self->store = store;
  self->csv = csv;
  self->brand = brand;
  smm_import_fit (csv);
  self->folder = realpath (folder, NULL);
  self->format = smm_import_find_format (csv);
  self->fields = smm_import_find_fields (csv);
  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->media = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

SmmImport *
smm_import_ref (SmmImport *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
smm_import_unref (SmmImport *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_clear_object (&self->brand);
  g_clear_pointer (&self->csv, smm_csv_unref);
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->media);
  g_strfreev (self->fields);
  free (self->folder);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* --- Accounts --- */

gboolean
smm_import_is_meant (SmmAccount *account, const char *name)
{
  const char *colon = strchr (name, ':');
  SmmPlatformId platform;
  g_autofree char *before = colon != NULL ? g_strndup (name, colon - name) : NULL;

  if (strcmp (account->id, name) == 0)
    return TRUE;
  if (before != NULL && smm_platform_id_from_string (before, &platform))
    return platform == account->platform && smm_import_is_meant (account, colon + 1);
  if (*name == '@')
    name++;
  return g_strcmp0 (account->name, name) == 0
         || (account->username != NULL && g_ascii_strcasecmp (account->username, name) == 0);
}

static void
add_target (SmmImportRow *row, SmmAccount *account)
{
  SmmTarget *target;

  for (guint i = 0; i < row->post->targets->len; i++)
    if (strcmp (((SmmTarget *)row->post->targets->pdata[i])->account_id, account->id) == 0)
      return;
  target = smm_target_new ();
  target->id = smm_id_new ();
  target->post_id = g_strdup (row->post->id);
  target->account_id = g_strdup (account->id);
  target->platform = account->platform;
  g_ptr_array_add (row->post->targets, target);
}

static void
read_account (SmmImportRow *row, GPtrArray *accounts, const char *name)
{
  SmmAccount *found = NULL;
  SmmPlatformId platform = 0;
  g_autofree char *low = g_ascii_strdown (name, -1);
  gboolean all = strcmp (low, "all") == 0, whole = smm_platform_id_from_string (low, &platform);
  guint n = 0;

  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];

      if (all || (whole && account->platform == platform) || smm_import_is_meant (account, name))
        {
          found = account;
          n++;
          if (all)
            add_target (row, account);
        }
    }
  if (n == 0)
    smm_import_add_problem (row, "account-unknown", TRUE, _ ("The brand has no account “%s”"),
                            name);
  else if (n > 1 && !all)
    smm_import_add_problem (row, "account-unclear", TRUE,
                            _ ("“%s” means several accounts of the brand. Name it by its id."),
                            name);
  else if (!all)
    add_target (row, found);
}

/* --- Time --- */

static void
read_when (SmmImport *self, SmmImportRow *row, const char *when, const char *zone, gint64 now)
{
  g_autoptr (GTimeZone) known = NULL;
  g_autofree char *wall = NULL;
  gint64 utc = 0;

  if (*when == '\0')
    {
      row->draft = TRUE;
      return;
    }
  if (*zone == '\0')
    zone = self->brand->timezone;
  known = smm_zone_new (zone);
  if (known == NULL)
    {
      smm_import_add_problem (row, "zone-unknown", TRUE,
                              _ ("“%s” is not a time zone this computer knows, like "
                                 "Europe/Helsinki"),
                              zone);
      return;
    }
  switch (smm_import_read_time (when, self->dates, &wall, &utc))
    {
    case SMM_IMPORT_TIME_UTC:
      wall = smm_wall_time_express (utc, &zone);
      break;
    case SMM_IMPORT_TIME_WALL:
      break;
    case SMM_IMPORT_TIME_AMBIGUOUS:
      smm_import_add_problem (row, "time-ambiguous", TRUE,
                              _ ("“%s” could be two days. Write it like 2026-12-01 09:00."), when);
      return;
    default:
      smm_import_add_problem (row, "time-unreadable", TRUE,
                              _ ("“%s” is not a time like 2026-12-01 09:00"), when);
      return;
    }
  if (!smm_wall_time_resolve (wall, zone, &row->post->due_at, NULL, NULL))
    smm_import_add_problem (row, "time-unreadable", TRUE,
                            _ ("“%s” is not a time like 2026-12-01 09:00"), when);
  else if (row->post->due_at <= now && !row->draft)
    smm_import_add_problem (row, "past", TRUE, _ ("This time is in the past: %s"), when);
  row->post->wall_time = g_steal_pointer (&wall);
  row->post->zone = g_strdup (zone);
}

/* --- Rows --- */

typedef struct
{
  const char *when, *date, *time, *zone, *accounts;
  gboolean kind_said;
  gboolean platforms_asked; /* there are columns named after platforms */
  guint platforms;          /* bits: those that say yes */
} Cells;

static void
read_cell (SmmImport *self, SmmImportRow *row, const char *field, const char *cell, Cells *cells)
{
  SmmPlatformId platform;

  if (strcmp (field, "text") == 0)
    {
      g_free (row->post->text);
      row->post->text = g_strdup (cell);
    }
  else if (strcmp (field, "when") == 0)
    cells->when = cell;
  else if (strcmp (field, "date") == 0)
    cells->date = cell;
  else if (strcmp (field, "time") == 0)
    cells->time = cell;
  else if (strcmp (field, "zone") == 0)
    cells->zone = cell;
  else if (strcmp (field, "accounts") == 0)
    cells->accounts = cell;
  else if (strcmp (field, "kind") == 0)
    smm_import_read_kind (row, cell, &cells->kind_said);
  else if (strcmp (field, "link") == 0)
    row->post->link = g_strdup (cell);
  else if (strcmp (field, "first-comment") == 0)
    row->post->first_comment = smm_import_read_comment (self, row, cell);
  else if (strcmp (field, "media") == 0)
    smm_import_read_files (self, row, cell);
  else if (strcmp (field, "alt") == 0)
    smm_import_read_alts (self, row, cell);
  else if (strcmp (field, "tags") == 0)
    smm_import_add_parts (row->tags, cell, ",;\n", FALSE);
  else if (strcmp (field, "campaign") == 0)
    row->campaign = g_strdup (cell);
  else if (strcmp (field, "draft") == 0 || strcmp (field, "state") == 0)
    row->draft = smm_import_says_yes (cell);
  else if (g_str_has_prefix (field, "set:"))
    g_hash_table_insert (row->post->options, g_strdup (field + 4), smm_import_read_option (cell));
  else if (smm_platform_id_from_string (field, &platform) && smm_import_says_yes (cell))
    cells->platforms |= 1u << platform;
}

static void
read_accounts (SmmImportRow *row, GPtrArray *accounts, const Cells *cells,
               const char *const *account_ids)
{
  g_auto (GStrv) names = smm_import_split (cells->accounts, ";,|\n", FALSE);

  for (guint i = 0; names[i] != NULL; i++)
    read_account (row, accounts, names[i]);
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];

      if (cells->platforms & (1u << account->platform))
        add_target (row, account);
      else if (names[0] == NULL && !cells->platforms_asked && account_ids != NULL
               && g_strv_contains (account_ids, account->id))
        add_target (row, account);
    }
  if (row->post->targets->len == 0 && !row->draft)
    smm_import_add_problem (row, "account-missing", TRUE, _ ("Choose an account to post to"));
}

static void
read_row (SmmImport *self, guint n, const char *const *account_ids, gint64 now)
{
  SmmImportRow *row = row_new (self, g_array_index (self->csv->lines, guint, n));
  Cells cells = { "", "", "", "", "", FALSE, FALSE, 0 };
  SmmPlatformId platform;
  g_autofree char *both = NULL;

  for (guint i = 0; i < self->csv->names->len; i++)
    {
      const char *cell = smm_import_unprotect (smm_csv_get (self->csv, n, (int)i));

      if (*self->fields[i] != '\0' && strspn (cell, " \t\n") < strlen (cell))
        read_cell (self, row, self->fields[i], cell, &cells);
      cells.platforms_asked |= smm_platform_id_from_string (self->fields[i], &platform);
    }
  if (*cells.when == '\0' && (*cells.date != '\0' || *cells.time != '\0'))
    both = g_strdup_printf ("%s %s", cells.date, cells.time);
  read_when (self, row, both != NULL ? both : cells.when, cells.zone, now);
  read_accounts (row, self->accounts, &cells, account_ids);
  smm_own_read (self, row, n);
  if (*row->post->text == '\0' && row->files->len == 0 && smm_import_row_is_good (row))
    smm_import_add_problem (row, "empty", TRUE, _ ("There is neither a text nor a picture"));
  g_ptr_array_add (self->rows, row);
}

static char *
make_fingerprint (SmmPost *post)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "\n%s", post->due_at, post->text);
}

/* The same text at the same time: in the library, or twice in the table. */
static void
find_doubles (SmmImport *self)
{
  gint64 first = G_MAXINT64, last = 0;
  g_autoptr (GHashTable) known = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      gint64 due = ((SmmImportRow *)self->rows->pdata[i])->post->due_at;

      first = due > 0 ? MIN (first, due) : first;
      last = MAX (last, due);
    }
  known = smm_store_list_fingerprints (self->store, self->brand->id, first, last);
  for (guint i = 0; i < self->rows->len; i++)
    {
      SmmImportRow *row = self->rows->pdata[i];
      char *fingerprint = make_fingerprint (row->post);

      if (g_hash_table_contains (known, fingerprint))
        smm_import_add_problem (row, "duplicate", FALSE,
                                _ ("There is a post with this text at this time already"));
      g_hash_table_add (known, fingerprint);
    }
}

static void
note_new_tag (SmmImport *self, GHashTable *seen, const char *name)
{
  g_autofree char *key = g_utf8_casefold (name, -1);
  g_autoptr (SmmTag) tag = NULL;

  if (g_hash_table_contains (seen, key))
    return;
  tag = smm_store_find_tag (self->store, self->brand->id, name);
  self->n_new_tags += tag == NULL;
  g_hash_table_add (seen, g_steal_pointer (&key));
}

static void
count_new_tags (SmmImport *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->n_new_tags = 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      SmmImportRow *row = self->rows->pdata[i];

      if (!smm_import_row_is_good (row))
        continue;
      if (row->campaign != NULL)
        note_new_tag (self, seen, row->campaign);
      for (guint t = 0; t < row->tags->len; t++)
        note_new_tag (self, seen, row->tags->pdata[t]);
    }
}

void
smm_import_plan (SmmImport *self, const char *const *account_ids, gint64 now)
{
  g_autoptr (GPtrArray) all = smm_store_list_accounts (self->store, self->brand->id);

  if (self->dates == SMM_IMPORT_DATES_UNKNOWN)
    self->dates = smm_import_find_dates (self);
  g_ptr_array_set_size (self->accounts, 0);
  for (guint i = 0; i < all->len; i++)
    if (((SmmAccount *)all->pdata[i])->state != SMM_ACCOUNT_DISCONNECTED)
      g_ptr_array_add (self->accounts, g_object_ref (all->pdata[i]));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->csv->rows->len; i++)
    read_row (self, i, account_ids, now);
  find_doubles (self);
  count_new_tags (self);
}

static SmmAccount *
find_account (SmmImport *self, const char *id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    if (strcmp (((SmmAccount *)self->accounts->pdata[i])->id, id) == 0)
      return self->accounts->pdata[i];
  return NULL;
}

void
smm_import_check (SmmImport *self, SmmImportRow *row)
{
  for (guint i = 0; i < row->post->targets->len; i++)
    {
      SmmTarget *target = row->post->targets->pdata[i];
      SmmAccount *account = find_account (self, target->account_id);
      const SmmPlatform *platform = account != NULL ? smm_platform_get_for (account) : NULL;
      g_autoptr (SmmPost) sent = smm_post_for_target (row->post, target);
      g_autoptr (GPtrArray) problems = platform != NULL ? platform->validate (sent, account) : NULL;

      for (guint p = 0; problems != NULL && p < problems->len; p++)
        {
          SmmProblem *problem = problems->pdata[p];

          smm_import_add_problem (row, problem->code, problem->fatal && !row->draft, "%s: %s",
                                  account->name, problem->message);
        }
    }
}

void
smm_import_add_media (SmmImport *self, SmmMedia *media)
{
  g_ptr_array_add (self->media, g_object_ref (media));
}

/* --- The command --- */

/* The id of a tag of that name, made when there is none. */
static const char *
need_tag (SmmImport *self, GHashTable *ids, GVariantBuilder *fresh, const char *name,
          SmmTagKind kind)
{
  g_autofree char *key = g_utf8_casefold (name, -1);
  const char *known = g_hash_table_lookup (ids, key);
  g_autoptr (SmmTag) tag = NULL;
  char *id;

  if (known != NULL)
    return known;
  tag = smm_store_find_tag (self->store, self->brand->id, name);
  id = tag != NULL ? g_strdup (tag->id) : smm_id_new ();
  if (tag == NULL)
    g_variant_builder_add (fresh, "(sss)", id, name, smm_tag_kind_to_string (kind));
  g_hash_table_insert (ids, g_steal_pointer (&key), id);
  return id;
}

/* What follows is done 10,000 times: no formats. */

static void
add_text (GVariantBuilder *list, const char *text)
{
  g_variant_builder_add_value (list, g_variant_new_string (text));
}

static GVariant *
make_pair (const char *one, const char *other)
{
  GVariant *parts[] = { g_variant_new_string (one), g_variant_new_string (other) };

  return g_variant_new_tuple (parts, G_N_ELEMENTS (parts));
}

static void
add_entry (GVariantBuilder *dict, const char *key, GVariant *value)
{
  g_variant_builder_add_value (
      dict, g_variant_new_dict_entry (g_variant_new_string (key), g_variant_new_variant (value)));
}

static gboolean
has_variants (SmmPost *post)
{
  for (guint i = 0; i < post->targets->len; i++)
    if (!smm_variant_is_empty (((SmmTarget *)post->targets->pdata[i])->variant))
      return TRUE;
  return FALSE;
}

static GVariant *
row_to_args (SmmImport *self, SmmImportRow *row, GHashTable *ids, GVariantBuilder *fresh)
{
  SmmPost *post = row->post;
  g_auto (GVariantBuilder) dict = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_auto (GVariantBuilder) targets = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_auto (GVariantBuilder) media = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_auto (GVariantBuilder) tags = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  g_auto (GVariantBuilder) options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  GHashTableIter iter;
  gpointer key, value;
  GVariant *args;

  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      g_variant_builder_add_value (&targets, make_pair (target->id, target->account_id));
    }
  for (guint i = 0; i < post->media->len; i++)
    g_variant_builder_add_value (&media,
                                 make_pair (((SmmMedia *)post->media->pdata[i])->sha256,
                                            i < row->alts->len ? (char *)row->alts->pdata[i] : ""));
  if (row->campaign != NULL)
    add_text (&tags, need_tag (self, ids, fresh, row->campaign, SMM_TAG_KIND_CAMPAIGN));
  for (guint i = 0; i < row->tags->len; i++)
    add_text (&tags, need_tag (self, ids, fresh, row->tags->pdata[i], SMM_TAG_KIND_TAG));
  g_hash_table_iter_init (&iter, post->options);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_variant_builder_add (&options, "{ss}", key, value);
  add_entry (&dict, "id", g_variant_new_string (post->id));
  add_entry (&dict, "brand", g_variant_new_string (post->brand_id));
  add_entry (&dict, "text", g_variant_new_string (post->text));
  add_entry (&dict, "targets", g_variant_builder_end (&targets));
  /* A new post has none of these unless it is told. */
  if (post->kind != SMM_POST_KIND_FEED)
    add_entry (&dict, "kind", g_variant_new_string (smm_post_kind_to_string (post->kind)));
  if (row->draft)
    add_entry (&dict, "draft", g_variant_new_boolean (TRUE));
  if (post->link != NULL)
    add_entry (&dict, "link", g_variant_new_string (post->link));
  if (post->first_comment != NULL)
    add_entry (&dict, "first-comment", g_variant_new_string (post->first_comment));
  if (post->due_at > 0)
    {
      add_entry (&dict, "wall", g_variant_new_string (post->wall_time));
      add_entry (&dict, "zone", g_variant_new_string (post->zone));
    }
  if (post->media->len > 0)
    add_entry (&dict, "media", g_variant_builder_end (&media));
  if (row->campaign != NULL || row->tags->len > 0)
    add_entry (&dict, "tags", g_variant_builder_end (&tags));
  if (g_hash_table_size (post->options) > 0)
    add_entry (&dict, "options", g_variant_builder_end (&options));
  if (has_variants (post))
    add_entry (&dict, "variants", smm_variants_to_variant (post));
  args = g_variant_builder_end (&dict);
  /* One block instead of forty, for as long as there are 10,000 of them. */
  g_variant_get_data (args);
  return args;
}

GVariant *
smm_import_to_args (SmmImport *self)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GVariantBuilder) posts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_auto (GVariantBuilder) fresh = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));
  g_auto (GVariantBuilder) media = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; i < self->media->len; i++)
    g_variant_builder_add_value (&media, smm_media_to_variant (self->media->pdata[i]));
  for (guint i = 0; i < self->rows->len; i++)
    if (smm_import_row_is_good (self->rows->pdata[i]))
      g_variant_builder_add_value (&posts, row_to_args (self, self->rows->pdata[i], ids, &fresh));
  return g_variant_new_parsed ("{'brand': <%s>, 'posts': <%@aa{sv}>, 'new-tags': <%@a(sss)>, "
                               "'new-media': <%@aa{sv}>}",
                               self->brand->id, g_variant_builder_end (&posts),
                               g_variant_builder_end (&fresh), g_variant_builder_end (&media));
}
