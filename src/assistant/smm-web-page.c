/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-web-page.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "smm-web-color.h"
#include "smm-web-text.h"

#define MAX_DEPTH 250
#define MAX_SHORT 300 /* characters of a title, a name */
#define MAX_DESCRIPTION 600
#define MAX_STYLE (256 * 1024)
#define MAX_CHARSET 40
#define SNIFF 2048 /* bytes in which a page says how it is encoded */

void
smm_web_page_free (SmmWebPage *self)
{
  g_free (self->address);
  g_free (self->title);
  g_free (self->site);
  g_free (self->description);
  g_free (self->language);
  g_free (self->colors);
  g_free (self->text);
  g_free (self);
}

static void
set_once (char **member, const char *value, glong max)
{
  if (*member != NULL || value == NULL)
    return;
  *member = smm_web_text_clean_line (value, max);
  if (**member == '\0')
    g_clear_pointer (member, g_free);
}

/* --- Reading --- */

typedef struct
{
  SmmWebPage *page;
  htmlParserCtxt *context;
  GString *text;
  GString *line; /* the paragraph that is being read */
  GString *title;
  GString *style;
  GHashTable *known; /* lines, to leave out what a page says twice */
  SmmWebColors *colors;
  glong n_chars;
  guint depth;
  guint skip; /* the depth below which nothing is read; 0: everything is */
  gboolean heading, in_title, in_style;
} Reading;

static gboolean
is_named (const xmlChar *name, const char *wanted)
{
  return g_ascii_strcasecmp ((const char *)name, wanted) == 0;
}

static gboolean
is_one_of (const xmlChar *name, const char *const *names)
{
  for (; *names != NULL; names++)
    if (is_named (name, *names))
      return TRUE;
  return FALSE;
}

/* Nothing a visitor reads. */
static gboolean
is_skipped (const xmlChar *name)
{
  static const char *const names[]
      = { "script", "noscript", "template", "svg",    "math",   "iframe", "object", "embed",
          "canvas", "audio",    "video",    "select", "button", "map",    "dialog", NULL };

  return is_one_of (name, names);
}

static gboolean
is_inline (const xmlChar *name)
{
  static const char *const names[]
      = { "a",    "abbr", "b",    "bdi", "bdo",  "cite", "code", "data",  "del",   "dfn",  "em",
          "font", "i",    "ins",  "kbd", "mark", "q",    "s",    "samp",  "small", "span", "strong",
          "sub",  "sup",  "time", "tt",  "u",    "var",  "wbr",  "label", "img",   NULL };

  return is_one_of (name, names);
}

static gboolean
is_heading (const xmlChar *name)
{
  return (name[0] == 'h' || name[0] == 'H') && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

static void
end_line (Reading *reading)
{
  glong left = SMM_WEB_PAGE_MAX_TEXT - reading->n_chars;
  g_autofree char *line = smm_web_text_clean_line (reading->line->str, left);
  glong n = g_utf8_strlen (line, -1);

  g_string_truncate (reading->line, 0);
  if (n == 0 || g_hash_table_contains (reading->known, line))
    return;
  if (reading->heading)
    g_string_append (reading->text, "# ");
  g_string_append_printf (reading->text, "%s\n", line);
  reading->n_chars += n + 1 + 2 * reading->heading;
  g_hash_table_add (reading->known, g_steal_pointer (&line));
  if (reading->n_chars < SMM_WEB_PAGE_MAX_TEXT)
    return;
  reading->page->cut = TRUE;
  xmlStopParser (reading->context);
}

static const char *
get_attribute (const xmlChar **attributes, const char *name)
{
  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    if (g_ascii_strcasecmp ((const char *)attributes[i], name) == 0)
      return attributes[i + 1] != NULL ? (const char *)attributes[i + 1] : "";
  return NULL;
}

static void
read_meta (Reading *reading, const xmlChar **attributes)
{
  const char *content = get_attribute (attributes, "content");
  const char *name = get_attribute (attributes, "name");

  if (name == NULL)
    name = get_attribute (attributes, "property");
  if (name == NULL || content == NULL)
    return;
  if (g_ascii_strcasecmp (name, "description") == 0
      || g_ascii_strcasecmp (name, "og:description") == 0)
    set_once (&reading->page->description, content, MAX_DESCRIPTION);
  else if (g_ascii_strcasecmp (name, "og:site_name") == 0
           || g_ascii_strcasecmp (name, "application-name") == 0)
    set_once (&reading->page->site, content, MAX_SHORT);
  else if (g_ascii_strcasecmp (name, "theme-color") == 0
           || g_ascii_strcasecmp (name, "msapplication-tilecolor") == 0)
    smm_web_colors_add (reading->colors, content);
}

static gboolean
is_unseen (const xmlChar **attributes)
{
  const char *style = get_attribute (attributes, "style");
  g_autofree char *lower
      = style != NULL ? g_ascii_strdown (style, MIN (strlen (style), 500)) : NULL;

  return get_attribute (attributes, "hidden") != NULL
         || (lower != NULL && strstr (lower, "display:none") != NULL)
         || (lower != NULL && strstr (lower, "display: none") != NULL);
}

static void
on_start (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Reading *reading = data;
  gboolean seen = reading->skip == 0;

  /* What is that deep has no text for people. */
  if (++reading->depth > MAX_DEPTH)
    {
      reading->page->cut = TRUE;
      xmlStopParser (reading->context);
      return;
    }
  if (seen && (is_skipped (name) || is_unseen (attributes)))
    reading->skip = reading->depth;
  if (!seen)
    return;
  if (is_named (name, "meta"))
    read_meta (reading, attributes);
  else if (is_named (name, "html"))
    set_once (&reading->page->language, get_attribute (attributes, "lang"), MAX_CHARSET);
  else if (is_named (name, "link")
           && g_strcmp0 (get_attribute (attributes, "rel"), "mask-icon") == 0)
    smm_web_colors_add (reading->colors, get_attribute (attributes, "color"));
  reading->in_title = is_named (name, "title");
  reading->in_style = is_named (name, "style");
  if (is_inline (name))
    return;
  end_line (reading);
  reading->heading = is_heading (name);
}

static void
on_end (void *data, const xmlChar *name)
{
  Reading *reading = data;

  if (reading->skip == reading->depth)
    reading->skip = 0;
  if (reading->depth > 0)
    reading->depth--;
  reading->in_title = reading->in_style = FALSE;
  if (is_inline (name) || reading->skip != 0)
    return;
  end_line (reading);
  reading->heading = FALSE;
}

static void
on_characters (void *data, const xmlChar *text, int length)
{
  Reading *reading = data;
  const char *letters = (const char *)text;

  if (length <= 0 || reading->skip != 0)
    return;
  if (reading->in_style)
    {
      if (reading->style->len < MAX_STYLE)
        g_string_append_len (reading->style, letters, length);
    }
  else if (reading->in_title)
    g_string_append_len (reading->title, letters, length);
  else
    g_string_append_len (reading->line, letters, length);
}

static void
parse (Reading *reading, const char *html, gsize length)
{
  htmlSAXHandler handler = {
    .startElement = on_start,
    .endElement = on_end,
    .characters = on_characters,
    .cdataBlock = on_characters,
    .ignorableWhitespace = on_characters,
    .initialized = 1,
  };

  reading->context
      = htmlCreatePushParserCtxt (&handler, reading, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (reading->context == NULL)
    return;
  htmlCtxtUseOptions (reading->context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR
                                            | HTML_PARSE_NOWARNING | HTML_PARSE_NONET
                                            | HTML_PARSE_IGNORE_ENC);
  htmlParseChunk (reading->context, html, (int)length, 1);
  htmlFreeParserCtxt (reading->context);
}

/* --- Letters --- */

static gboolean
is_charset (const char *name)
{
  gsize n = name != NULL ? strlen (name) : 0;

  return n > 0 && n <= MAX_CHARSET
         && strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:")
                == n;
}

/* "<meta charset=…>", and the older way, near the beginning. */
static char *
sniff_charset (GBytes *html)
{
  gsize size;
  const char *data = g_bytes_get_data (html, &size);
  g_autofree char *head = g_strndup (data != NULL ? data : "", MIN (size, SNIFF));
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *found = strstr (lower, "charset=");
  gsize n;

  if (found == NULL)
    return NULL;
  found += strlen ("charset=");
  found += strspn (found, " \"'");
  n = strcspn (found, " \"'/>;\t\r\n");
  return g_strndup (found, n);
}

/* As UTF-8, with what is none replaced; NUL bytes too. */
static char *
decode (GBytes *html, const char *charset)
{
  gsize size;
  const char *data = g_bytes_get_data (html, &size);
  g_autofree char *said = is_charset (charset) ? g_strdup (charset) : sniff_charset (html);
  char *text = NULL;

  if (size == 0)
    return g_strdup ("");
  if (g_utf8_validate (data, size, NULL))
    return g_strndup (data, size);
  if (is_charset (said) && g_ascii_strcasecmp (said, "utf-8") != 0)
    {
      gsize n;
      g_autofree char *converted
          = g_convert_with_fallback (data, size, "UTF-8", said, "\xef\xbf\xbd", NULL, &n, NULL);

      if (converted != NULL)
        text = g_utf8_make_valid (converted, n);
    }
  return text != NULL ? text : g_utf8_make_valid (data, size);
}

static void
reading_finish (Reading *reading)
{
  SmmWebPage *page = reading->page;

  end_line (reading);
  set_once (&page->title, reading->title->str, MAX_SHORT);
  smm_web_colors_add_style (reading->colors, reading->style->str);
  page->colors = smm_web_colors_free (reading->colors);
  page->text = g_string_free (reading->text, FALSE);
  g_strchomp (page->text);
  g_string_free (reading->line, TRUE);
  g_string_free (reading->title, TRUE);
  g_string_free (reading->style, TRUE);
  g_hash_table_unref (reading->known);
}

/**
 * smm_web_page_parse:
 * @html: what a server sent
 * @charset: (nullable): how it says that is encoded
 *
 * Reads as much as makes sense: an empty page when there is nothing. May run in any thread; takes
 * time in proportion to the size.
 *
 * Returns: (transfer full): what can be read
 */
SmmWebPage *
smm_web_page_parse (GBytes *html, const char *charset)
{
  g_autofree char *text = decode (html, charset);
  Reading reading = { 0 };

  reading.page = g_new0 (SmmWebPage, 1);
  reading.text = g_string_new (NULL);
  reading.line = g_string_new (NULL);
  reading.title = g_string_new (NULL);
  reading.style = g_string_new (NULL);
  reading.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  reading.colors = smm_web_colors_new ();
  parse (&reading, text, MIN (strlen (text), G_MAXINT));
  reading_finish (&reading);
  return reading.page;
}

/**
 * smm_web_page_describe:
 * @self: a page
 *
 * Returns: (transfer full): it as text, in English with what the page says as it says it
 */
char *
smm_web_page_describe (SmmWebPage *self)
{
  GString *said = g_string_new (NULL);

  if (self->address != NULL)
    g_string_append_printf (said, "Address: %s\n", self->address);
  if (self->title != NULL)
    g_string_append_printf (said, "Title: %s\n", self->title);
  if (self->site != NULL)
    g_string_append_printf (said, "Site: %s\n", self->site);
  if (self->language != NULL)
    g_string_append_printf (said, "Language: %s\n", self->language);
  if (self->description != NULL)
    g_string_append_printf (said, "Description: %s\n", self->description);
  if (self->colors != NULL)
    g_string_append_printf (said, "Colors: %s\n", self->colors);
  if (*self->text != '\0')
    g_string_append_printf (said, "Text:\n%s\n", self->text);
  if (self->cut)
    g_string_append (said, "(There is more.)\n");
  return g_string_free (said, FALSE);
}
