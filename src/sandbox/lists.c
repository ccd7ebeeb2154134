/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"

#include <stdlib.h>
#include <string.h>

/* More than this is not looked at for one page of a list. */
#define SCAN_LIMIT 5000

char *
sim_time_text (gint64 microseconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%S+0000");
}

/* Unix seconds, ISO 8601 or a date */
gboolean
sim_parse_time (const char *text, gint64 *seconds)
{
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  if (text[0] != '\0' && strspn (text, "0123456789") == strlen (text) && strlen (text) < 13)
    {
      *seconds = g_ascii_strtoll (text, NULL, 10);
      return TRUE;
    }
  time = g_date_time_new_from_iso8601 (text, utc);
  if (time == NULL && strlen (text) == 10)
    {
      g_autofree char *with_time = g_strconcat (text, "T00:00:00Z", NULL);
      time = g_date_time_new_from_iso8601 (with_time, utc);
    }
  if (time == NULL)
    return FALSE;
  *seconds = g_date_time_to_unix (time);
  return TRUE;
}

static char *
make_cursor (guint64 seq)
{
  g_autofree char *plain = g_strdup_printf ("sbx:%" G_GUINT64_FORMAT, seq);
  g_autofree char *encoded = g_base64_encode ((guchar *)plain, strlen (plain));

  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';
  return g_strconcat ("QVFIU", encoded, NULL);
}

static gboolean
read_cursor (const char *text, guint64 *seq)
{
  g_autofree char *padded = NULL;
  g_autofree guchar *plain = NULL;
  g_autofree char *terminated = NULL;
  gsize length;

  if (!g_str_has_prefix (text, "QVFIU"))
    return FALSE;
  padded = g_strdup_printf ("%s%.*s", text + 5, (int)((4 - (strlen (text) - 5) % 4) % 4), "===");
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  plain = g_base64_decode (padded, &length);
  if (plain == NULL)
    return FALSE;
  terminated = g_strndup ((char *)plain, length);
  if (!g_str_has_prefix (terminated, "sbx:"))
    return FALSE;
  return g_ascii_string_to_unsigned (terminated + 4, 10, 0, G_MAXUINT64, seq, NULL);
}

/* First index whose seq is at least @seq; the lists are ordered by it. */
static guint
find_seq (GPtrArray *nodes, guint64 seq)
{
  guint low = 0;
  guint high = nodes->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      if (((SimNode *)g_ptr_array_index (nodes, middle))->seq < seq)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint
find_created (GPtrArray *nodes, gint64 created)
{
  guint low = 0;
  guint high = nodes->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      if (((SimNode *)g_ptr_array_index (nodes, middle))->created <= created)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static char *
page_link (SimRequest *self, int limit, const char *which, const char *cursor)
{
  GString *url = g_string_new (NULL);
  const char *const kept[] = { "fields", "since", "until" };

  g_string_append_printf (url, "%s/%s", sim_world->base, self->version);
  for (guint i = 0; i < self->n_segments; i++)
    g_string_append_printf (url, "/%s", self->segments[i]);
  g_string_append_printf (url, "?access_token=%s", self->token ? self->token->value : "");
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (sim_get (self, kept[i]) != NULL)
      {
        g_autofree char *escaped = g_uri_escape_string (sim_get (self, kept[i]), NULL, FALSE);
        g_string_append_printf (url, "&%s=%s", kept[i], escaped);
      }
  g_string_append_printf (url, "&limit=%d&%s=%s", limit, which, cursor);
  return g_string_free (url, FALSE);
}

typedef struct
{
  int limit;
  gint64 since;
  gint64 until;
  guint64 after;
  guint64 before;
} Window;

static gboolean
read_window (SimRequest *self, int maximum, Window *window)
{
  const char *text;
  guint64 number;

  window->limit = MIN (25, maximum);
  window->since = 0;
  window->until = G_MAXINT64 / G_USEC_PER_SEC;
  window->after = window->before = 0;
  text = sim_get (self, "limit");
  if (text != NULL)
    {
      if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
        {
          sim_fail_parameter (self, "limit");
          return FALSE;
        }
      if ((int)number > maximum)
        {
          g_autofree char *message
              = g_strdup_printf ("(#100) Param limit must be at most %d", maximum);
          sim_fail (self, 100, 0, message);
          return FALSE;
        }
      window->limit = number;
    }
  text = sim_get (self, "since");
  if (text != NULL && !sim_parse_time (text, &window->since))
    {
      sim_fail_parameter (self, "since");
      return FALSE;
    }
  text = sim_get (self, "until");
  if (text != NULL && !sim_parse_time (text, &window->until))
    {
      sim_fail_parameter (self, "until");
      return FALSE;
    }
  text = sim_get (self, "after");
  if (text != NULL && text[0] != '\0' && !read_cursor (text, &window->after))
    {
      sim_fail (self, 100, 0, "(#100) Invalid cursors values");
      return FALSE;
    }
  text = sim_get (self, "before");
  if (text != NULL && text[0] != '\0' && !read_cursor (text, &window->before))
    {
      sim_fail (self, 100, 0, "(#100) Invalid cursors values");
      return FALSE;
    }
  return TRUE;
}

/*
 * Newest first. @nodes is ordered by seq and by created; when @lagged, what is younger than the lag
 * is not seen yet. Only existing nodes that pass @filter are rendered.
 */
void
sim_reply_list (SimRequest *self, GPtrArray *nodes, int maximum, gboolean lagged,
                SimListFilter filter, gpointer data, SimListRender render)
{
  Window window;
  JsonObject *root;
  JsonArray *list;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  guint end;
  guint scanned = 0;
  gboolean more = FALSE;
  gboolean backwards;

  if (!read_window (self, maximum, &window))
    return;
  backwards = window.before != 0 && window.after == 0;
  end = nodes->len;
  if (lagged && sim_world->settings.lag_ms > 0)
    end = find_created (nodes, sim_now () - sim_world->settings.lag_ms * (gint64)1000);
  if (window.after != 0)
    end = MIN (end, find_seq (nodes, window.after));
  for (guint i = backwards ? find_seq (nodes, window.before + 1) : end; backwards ? i < end : i > 0;
       backwards ? i++ : i--)
    {
      SimNode *node = g_ptr_array_index (nodes, backwards ? i : i - 1);
      gint64 created = node->created / G_USEC_PER_SEC;

      if (!backwards && created < window.since)
        break;
      if (++scanned > SCAN_LIMIT)
        break;
      if (node->gone || created > window.until || created < window.since
          || (filter != NULL && !filter (node, data)))
        continue;
      if ((int)found->len >= window.limit)
        {
          more = TRUE;
          break;
        }
      if (backwards)
        g_ptr_array_insert (found, 0, node);
      else
        g_ptr_array_add (found, node);
    }

  root = json_object_new ();
  list = json_array_new ();
  for (guint i = 0; i < found->len; i++)
    json_array_add_object_element (list, render (g_ptr_array_index (found, i), self->fields));
  json_object_set_array_member (root, "data", list);
  if (found->len > 0)
    {
      JsonObject *paging = json_object_new ();
      JsonObject *cursors = json_object_new ();
      SimNode *first = g_ptr_array_index (found, 0);
      SimNode *last = g_ptr_array_index (found, found->len - 1);
      g_autofree char *before = make_cursor (first->seq);
      g_autofree char *after = make_cursor (last->seq);

      json_object_set_string_member (cursors, "before", before);
      json_object_set_string_member (cursors, "after", after);
      json_object_set_object_member (paging, "cursors", cursors);
      if (more || backwards)
        {
          g_autofree char *next = page_link (self, window.limit, "after", after);
          json_object_set_string_member (paging, "next", next);
        }
      if (window.after != 0 || (backwards && more))
        {
          g_autofree char *previous = page_link (self, window.limit, "before", before);
          json_object_set_string_member (paging, "previous", previous);
        }
      json_object_set_object_member (root, "paging", paging);
    }
  sim_reply_object (self, root);
}

/* The comments edge inside a node: comments.limit(0).summary(true) */
JsonObject *
sim_comment_list (SimNode *node, SimField *field, const char *text_name)
{
  JsonObject *edge = json_object_new ();
  JsonArray *list = json_array_new ();
  const char *limit_text
      = field->arguments ? g_hash_table_lookup (field->arguments, "limit") : NULL;
  const char *summary = field->arguments ? g_hash_table_lookup (field->arguments, "summary") : NULL;
  guint limit = limit_text != NULL ? (guint)atoi (limit_text) : 25;
  int total = 0;

  for (guint i = 0; node->comments != NULL && i < node->comments->len; i++)
    {
      SimComment *comment = g_ptr_array_index (node->comments, i);
      JsonObject *object;
      g_autofree char *time = NULL;

      if (comment->node.gone)
        continue;
      total++;
      if (json_array_get_length (list) >= limit)
        continue;
      object = json_object_new ();
      time = sim_time_text (comment->node.created);
      json_object_set_string_member (object, "id", comment->node.id);
      json_object_set_string_member (object, text_name, comment->text);
      json_object_set_string_member (
          object, strcmp (text_name, "text") == 0 ? "timestamp" : "created_time", time);
      json_array_add_object_element (list, object);
    }
  json_object_set_array_member (edge, "data", list);
  if (summary != NULL && strcmp (summary, "false") != 0)
    {
      JsonObject *object = json_object_new ();
      json_object_set_string_member (object, "order", "chronological");
      json_object_set_int_member (object, "total_count", total);
      json_object_set_boolean_member (object, "can_comment", TRUE);
      json_object_set_object_member (edge, "summary", object);
    }
  return edge;
}
