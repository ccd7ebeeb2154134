/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of posts: filtered, searched, sorted. */

#include "config.h"

#include "smm-script.h"
#include "smm-store-private.h"

#include <string.h>

#define DEFAULT_LIMIT 10000
/* Of what is next, and of what just was. */
#define N_NEAR 10
#define MAX_WORDS 32

/* --- What was typed --- */

static gboolean
is_word_part (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/*
 * The words of @search as a query of the index, each as a quoted prefix: nothing that was typed is
 * an operator. NULL when the index can't answer: there is no word in it (an emoji, a quote), or it
 * is of a script without spaces. Then the text is looked through.
 */
static char *
make_query (const char *search)
{
  g_autoptr (GString) query = g_string_new (NULL);
  gboolean in_word = FALSE;
  guint n_words = 0;

  for (const char *p = search; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (smm_script_is_unspaced (c))
        return NULL;
      if (is_word_part (c))
        {
          if (!in_word && n_words++ == MAX_WORDS)
            break;
          if (!in_word)
            g_string_append (query, n_words > 1 ? " \"" : "\"");
          g_string_append_unichar (query, c);
        }
      else if (in_word)
        g_string_append (query, "\"*");
      in_word = is_word_part (c);
    }
  if (in_word)
    g_string_append (query, "\"*");
  return query->len > 0 ? g_string_free (g_steal_pointer (&query), FALSE) : NULL;
}

/* A LIKE pattern in which nothing is special. */
static char *
make_pattern (const char *search)
{
  g_autoptr (GString) pattern = g_string_new ("%");

  for (; *search != '\0'; search++)
    {
      if (strchr ("%_\\", *search) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *search);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

/* --- The statement --- */

static const char *
get_order (const SmmPostFilter *filter)
{
  switch (filter->sort)
    {
    case SMM_SORT_STATE:
      /* Failed, held, unconfirmed, publishing, scheduled, draft, published, cancelled. */
      return filter->descending ? "instr ('56421037', state) DESC, due_at DESC, number DESC"
                                : "instr ('56421037', state), due_at DESC, number DESC";
    case SMM_SORT_PLATFORM:
      return filter->descending ? "platforms & 255 DESC, due_at DESC, number DESC"
                                : "platforms & 255, due_at DESC, number DESC";
    case SMM_SORT_TEXT:
      return filter->descending ? "title COLLATE NOCASE DESC, number DESC"
                                : "title COLLATE NOCASE, number";
    case SMM_SORT_NEAR:
      return "due_at, number";
    case SMM_SORT_TIME:
    default:
      return filter->descending ? "due_at DESC, number DESC" : "due_at, number";
    }
}

static void
bind_named_text (sqlite3_stmt *stmt, const char *name, const char *value)
{
  int index = sqlite3_bind_parameter_index (stmt, name);

  if (index > 0)
    smm_store_bind_text (stmt, index, value);
}

static void
bind_named_number (sqlite3_stmt *stmt, const char *name, gint64 value)
{
  int index = sqlite3_bind_parameter_index (stmt, name);

  if (index > 0)
    sqlite3_bind_int64 (stmt, index, value);
}

static void
append_conditions (GString *sql, const SmmPostFilter *filter, gboolean searched, gboolean indexed)
{
  g_string_append (sql, "WHERE deleted_at = 0 ");
  if (filter->brand_id != NULL)
    g_string_append (sql, "AND brand_id = :brand ");
  g_string_append (sql, "AND brand_id IN (SELECT id FROM brand WHERE brand.deleted_at = 0) "
                        "AND due_at >= :from AND due_at < :to ");
  if (filter->states != 0)
    g_string_append (sql, "AND ((1 << state) & :states) <> 0 ");
  if (filter->platforms != 0)
    g_string_append (sql, "AND (platforms & :platforms) <> 0 ");
  if (filter->account_id != NULL)
    g_string_append (sql, "AND id IN (SELECT post_id FROM target WHERE account_id = :account) ");
  if (filter->tag_id != NULL)
    g_string_append (sql, "AND id IN (SELECT post_id FROM post_tag JOIN tag ON tag.id = tag_id "
                          "WHERE tag_id = :tag AND tag.deleted_at = 0) ");
  if (filter->state >= 0)
    g_string_append (sql, "AND EXISTS (SELECT 1 FROM target WHERE post_id = post.id "
                          "AND target.state = :state) ");
  if (searched && indexed)
    g_string_append (sql, "AND number IN (SELECT rowid FROM post_search "
                          "WHERE post_search MATCH :words) ");
  else if (searched)
    g_string_append (sql, "AND (text LIKE :words ESCAPE '\\' OR first_comment LIKE :words "
                          "ESCAPE '\\') ");
}

/* Not kept: there are too many kinds. NULL after a warning. */
static sqlite3_stmt *
prepare (SmmStore *self, const char *columns, const SmmPostFilter *filter, int limit)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *search = g_strstrip (g_strdup (filter->search != NULL ? filter->search : ""));
  gboolean searched = *search != '\0' && g_utf8_validate (search, -1, NULL);
  g_autofree char *query = searched ? make_query (search) : NULL;
  g_autofree char *words = searched && query == NULL ? make_pattern (search) : g_strdup (query);
  sqlite3_stmt *stmt = NULL;

  g_string_append_printf (sql, "SELECT %s FROM post ", columns);
  append_conditions (sql, filter, searched, query != NULL);
  g_string_append_printf (sql, "ORDER BY %s LIMIT :limit", get_order (filter));
  if (sqlite3_prepare_v2 (self->db, sql->str, -1, &stmt, NULL) != SQLITE_OK)
    {
      g_warning ("The library can't list posts: %s", sqlite3_errmsg (self->db));
      return NULL;
    }
  bind_named_text (stmt, ":brand", filter->brand_id);
  bind_named_text (stmt, ":account", filter->account_id);
  bind_named_text (stmt, ":tag", filter->tag_id);
  bind_named_text (stmt, ":words", words);
  bind_named_number (stmt, ":from", filter->from);
  bind_named_number (stmt, ":to", filter->to > 0 ? filter->to : G_MAXINT64);
  bind_named_number (stmt, ":state", filter->state);
  bind_named_number (stmt, ":states", filter->states);
  bind_named_number (stmt, ":platforms", filter->platforms);
  bind_named_number (stmt, ":now", filter->now);
  bind_named_number (stmt, ":limit", limit);
  return stmt;
}

/**
 * smm_store_list_posts:
 * @self: a store
 * @filter: (nullable): what to list
 *
 * Returns: (transfer full) (element-type SmmPost): the posts; by due time those without one come
 *   first
 */
GPtrArray *
smm_store_list_posts (SmmStore *self, const SmmPostFilter *filter)
{
  static const SmmPostFilter everything = { .state = -1 };
  GPtrArray *posts = smm_store_new_records ();
  sqlite3_stmt *stmt;

  if (filter == NULL)
    filter = &everything;
  stmt = prepare (self, SMM_STORE_POST_COLUMNS, filter,
                  filter->limit > 0 ? filter->limit : DEFAULT_LIMIT);
  while (smm_store_next_row (stmt))
    g_ptr_array_add (posts, smm_store_read_post (stmt));
  sqlite3_finalize (stmt);
  for (guint i = 0; i < posts->len; i++)
    smm_store_load_parts (self, posts->pdata[i]);
  return posts;
}

/* What has no time stands where 0 stands; it is to count as the latest. */
static GArray *
put_timeless_last (GArray *numbers, guint n_timeless, gboolean descending)
{
  guint n_timed = numbers->len - n_timeless;
  GArray *turned;

  if (n_timeless == 0 || n_timed == 0)
    return numbers;
  turned = g_array_sized_new (FALSE, FALSE, sizeof (gint64), numbers->len);
  if (descending)
    {
      g_array_append_vals (turned, &g_array_index (numbers, gint64, n_timed), n_timeless);
      g_array_append_vals (turned, numbers->data, n_timed);
    }
  else
    {
      g_array_append_vals (turned, &g_array_index (numbers, gint64, n_timeless), n_timed);
      g_array_append_vals (turned, numbers->data, n_timeless);
    }
  g_array_unref (numbers);
  return turned;
}

/* A part of @numbers, the other way round if @back. */
static void
append_part (GArray *out, GArray *numbers, guint first, guint n, gboolean back)
{
  for (guint i = 0; i < n; i++)
    {
      guint at = back ? first + n - 1 - i : first + i;

      g_array_append_val (out, g_array_index (numbers, gint64, at));
    }
}

/* The next few, the last few, what has no time, then all later ones and all earlier ones. */
static GArray *
put_near_first (GArray *numbers, guint n_timeless, guint n_past)
{
  guint n_timed = numbers->len - n_timeless, n_later = n_timed - n_past;
  guint next = MIN (n_later, N_NEAR), last = MIN (n_past, N_NEAR);
  guint now = n_timeless + n_past;
  GArray *turned = g_array_sized_new (FALSE, FALSE, sizeof (gint64), numbers->len);

  append_part (turned, numbers, now, next, FALSE);
  append_part (turned, numbers, now - last, last, TRUE);
  append_part (turned, numbers, 0, n_timeless, TRUE);
  append_part (turned, numbers, now + next, n_later - next, FALSE);
  append_part (turned, numbers, n_timeless, n_past - last, TRUE);
  g_array_unref (numbers);
  return turned;
}

/**
 * smm_store_list_numbers:
 * @self: a store
 * @filter: what to list
 *
 * By %SMM_SORT_NEAR the next ten come first, the soonest on top; then the last ten, the latest on
 * top; then what has no time, what is later, and what was before. So far days of what recurs do not
 * hide today.
 *
 * 100,000 posts take some 50 ms: for a thread of its own, see smm_search_run_async().
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the numbers of the posts in order;
 *   %NULL when smm_store_interrupt() ended it
 */
GArray *
smm_store_list_numbers (SmmStore *self, const SmmPostFilter *filter)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *stmt = prepare (self, "number, due_at = 0, due_at <= :now", filter,
                                filter->limit > 0 ? filter->limit : -1);
  guint n_timeless = 0, n_past = 0;
  int code = SQLITE_DONE;

  while (stmt != NULL && (code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      gint64 number = sqlite3_column_int64 (stmt, 0);

      if (sqlite3_column_int (stmt, 1) != 0)
        n_timeless++;
      else
        n_past += sqlite3_column_int (stmt, 2) != 0;
      g_array_append_val (numbers, number);
    }
  sqlite3_finalize (stmt);
  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_array_unref (numbers);
      return NULL;
    }
  if (code != SQLITE_DONE)
    g_warning ("Listing posts failed: %s", sqlite3_errmsg (self->db));
  if (filter->sort == SMM_SORT_NEAR)
    return put_near_first (numbers, n_timeless, n_past);
  if (filter->sort != SMM_SORT_TIME)
    return numbers;
  return put_timeless_last (numbers, n_timeless, filter->descending);
}

static void
unref_or_nothing (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

/* The campaign first. */
static void
read_tags (SmmStore *self, SmmChip *chip)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self,
      "SELECT tag.name, tag.color FROM post_tag JOIN tag ON tag.id = tag_id "
      "WHERE post_id = ?1 AND tag.deleted_at = 0 ORDER BY tag.kind DESC, tag.name COLLATE NOCASE");
  g_autoptr (GString) names = g_string_new (NULL);

  smm_store_bind (stmt, "s", chip->post_id);
  while (smm_store_next_row (stmt))
    {
      if (names->len > 0)
        g_string_append (names, ", ");
      else
        chip->color = smm_store_dup_text (stmt, 1);
      g_string_append (names, (const char *)sqlite3_column_text (stmt, 0));
    }
  if (names->len > 0)
    chip->tags = g_string_free (g_steal_pointer (&names), FALSE);
}

/**
 * smm_store_list_rows:
 * @self: a store
 * @numbers: (array length=n): of posts
 * @n: how many
 *
 * Returns: (transfer full) (element-type SmmChip): as many, in that order, with their tags; %NULL
 *   where a post is gone
 */
GPtrArray *
smm_store_list_rows (SmmStore *self, const gint64 *numbers, guint n)
{
  GPtrArray *rows = g_ptr_array_new_full (n, unref_or_nothing);

  for (guint i = 0; i < n; i++)
    {
      sqlite3_stmt *stmt = smm_store_prepare (
          self, "SELECT " SMM_STORE_CHIP_COLUMNS " FROM post WHERE number = ?1 AND deleted_at = 0");
      SmmChip *chip = NULL;

      smm_store_bind (stmt, "l", numbers[i]);
      while (smm_store_next_row (stmt))
        chip = smm_store_read_chip (stmt);
      if (chip != NULL)
        read_tags (self, chip);
      g_ptr_array_add (rows, chip);
    }
  return rows;
}

GHashTable *
smm_store_list_fingerprints (SmmStore *self, const char *brand_id, gint64 from, gint64 to)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT due_at || char (10) || text FROM post INDEXED BY post_list "
            "WHERE brand_id = ?1 AND deleted_at = 0 "
            "AND (due_at = 0 OR due_at BETWEEN ?2 AND ?3)");

  smm_store_bind (stmt, "sll", brand_id, from, to);
  while (smm_store_next_row (stmt))
    g_hash_table_add (all, smm_store_dup_text (stmt, 0));
  return all;
}

guint
smm_store_count_posts (SmmStore *self, const char *brand_id)
{
  sqlite3_stmt *stmt = smm_store_prepare (
      self, "SELECT count (*) FROM post INDEXED BY post_list WHERE deleted_at = 0 "
            "AND brand_id IN (SELECT id FROM brand WHERE brand.deleted_at = 0) "
            "AND (?1 IS NULL OR brand_id = ?1)");
  guint count = 0;

  smm_store_bind (stmt, "s", brand_id);
  while (smm_store_next_row (stmt))
    count = sqlite3_column_int (stmt, 0);
  return count;
}

void
smm_store_interrupt (SmmStore *self)
{
  sqlite3_interrupt (self->db);
}
