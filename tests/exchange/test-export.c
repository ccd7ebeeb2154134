/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calendars and JSON of posts. */

#include "config.h"

#include "smm-test-library.h"

#include "smm-export.h"

#include <json-glib/json-glib.h>
#include <string.h>

static SmmPost *
make_post (void)
{
  SmmPost *post = smm_post_new ();

  post->id = g_strdup ("p1");
  post->brand_id = g_strdup (TEST_BRAND);
  g_free (post->text);
  post->text
      = g_strdup ("Grüße; one, two \\ three\nÄÖÜ äöü ÄÖÜ äöü ÄÖÜ äöü ÄÖÜ äöü ÄÖÜ äöü ÄÖÜ äöü");
  post->due_at = TEST_DUE;
  post->wall_time = g_strdup ("2026-12-01T10:00:00");
  post->zone = g_strdup ("Europe/Berlin");
  post->updated_at = TEST_NOW;
  return post;
}

static void
add_tag (SmmPost *post, SmmTagKind kind, const char *name)
{
  SmmTag *tag = smm_tag_new ();

  tag->id = g_strdup (name);
  tag->kind = kind;
  tag->name = g_strdup (name);
  g_ptr_array_add (post->tags, tag);
}

static void
test_ics (void)
{
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = NULL;
  g_autofree char *unfolded = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) parts = NULL;
  SmmPost *without = smm_post_new ();

  g_ptr_array_add (posts, make_post ());
  add_tag (posts->pdata[0], SMM_TAG_KIND_CAMPAIGN, "Spring, early");
  add_tag (posts->pdata[0], SMM_TAG_KIND_TAG, "rye; dark");
  without->id = g_strdup ("never");
  g_ptr_array_add (posts, without);
  text = smm_export_ics (posts);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_null (strpbrk (lines[i], "\r\n"));
      /* Folded between characters, not within. */
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
    }
  parts = g_strsplit (text, "\r\n ", -1);
  unfolded = g_strjoinv ("", parts);
  g_assert_nonnull (strstr (unfolded, "\r\nDTSTART:20261201T090000Z\r\n"));
  g_assert_nonnull (strstr (unfolded, "\r\nSUMMARY:Grüße\\; one\\, two \\\\ three\r\n"));
  g_assert_nonnull (strstr (unfolded, "three\\nÄÖÜ äöü"));
  g_assert_nonnull (strstr (unfolded, "\r\nUID:p1@com.nkonsept.Smm\r\n"));
  g_assert_nonnull (strstr (unfolded, "\r\nCATEGORIES:Spring\\, early,rye\\; dark\r\n"));
  g_assert_null (strstr (unfolded, "never"));
  g_assert_true (g_str_has_prefix (text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  g_assert_true (g_str_has_suffix (text, "END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

static void
test_json (void)
{
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  JsonObject *object;

  g_ptr_array_add (posts, make_post ());
  text = smm_export_json (posts);
  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  object = json_array_get_object_element (json_node_get_array (json_parser_get_root (parser)), 0);
  g_assert_cmpstr (json_object_get_string_member (object, "id"), ==, "p1");
  g_assert_cmpstr (json_object_get_string_member (object, "text"), ==,
                   ((SmmPost *)posts->pdata[0])->text);
  g_assert_cmpstr (json_object_get_string_member (object, "when"), ==, "2026-12-01T10:00:00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/export/ics", test_ics);
  g_test_add_func ("/export/json", test_json);
  return g_test_run ();
}
