/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-web-color.h"

#include <stdio.h>
#include <string.h>

#include "smm-web-page.h"

#define MAX_VALUE 60
#define MAX_NAME 60

struct _SmmWebColors
{
  GString *list;
  guint n;
};

SmmWebColors *
smm_web_colors_new (void)
{
  SmmWebColors *self = g_new0 (SmmWebColors, 1);

  self->list = g_string_new (NULL);
  return self;
}

char *
smm_web_colors_free (SmmWebColors *self)
{
  char *list = g_string_free (self->list, self->n == 0);

  g_free (self);
  return list;
}

/* "#abc" and "#aabbcc", with or without how opaque it is. */
static gboolean
read_hex (const char *value, guint rgb[3])
{
  gsize n = strspn (value, "0123456789abcdefABCDEF");
  guint step = n == 3 || n == 4 ? 1 : n == 6 || n == 8 ? 2 : 0;

  if (step == 0)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    rgb[i] = step == 1 ? (guint)g_ascii_xdigit_value (value[i]) * 17
                       : (guint)g_ascii_xdigit_value (value[2 * i]) * 16
                             + (guint)g_ascii_xdigit_value (value[2 * i + 1]);
  return TRUE;
}

static gboolean
read_rgb (const char *value, guint rgb[3])
{
  if (!g_str_has_prefix (value, "rgb"))
    return FALSE;
  value += value[3] == 'a' ? 4 : 3;
  if (*value++ != '(')
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      char *end;
      guint64 number = g_ascii_strtoull (value, &end, 10);

      if (end == value || *value == '-' || number > 255)
        return FALSE;
      rgb[i] = number;
      value = end + strspn (end, " ,");
    }
  return TRUE;
}

void
smm_web_colors_add (SmmWebColors *self, const char *value)
{
  guint rgb[3];
  char color[8];

  if (value == NULL || self->n == SMM_WEB_PAGE_MAX_COLORS)
    return;
  value += strspn (value, " \t\r\n");
  if (*value == '#' ? !read_hex (value + 1, rgb) : !read_rgb (value, rgb))
    return;
  g_snprintf (color, sizeof color, "#%02x%02x%02x", rgb[0] & 0xff, rgb[1] & 0xff, rgb[2] & 0xff);
  if (strstr (self->list->str, color) != NULL)
    return;
  g_string_append_printf (self->list, "%s%s", self->n > 0 ? " " : "", color);
  self->n++;
}

static gboolean
is_own_name (const char *name)
{
  static const char *const words[] = { "brand", "primary", "accent", "secondary", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (name, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

void
smm_web_colors_add_style (SmmWebColors *self, const char *css)
{
  const char *p = css;

  while (self->n < SMM_WEB_PAGE_MAX_COLORS && (p = strstr (p, "--")) != NULL)
    {
      gsize n = strcspn (p, ":;{}( \t\r\n");
      const char *after = p + n + strspn (p + n, " \t\r\n");
      g_autofree char *name = g_ascii_strdown (p, MIN (n, MAX_NAME));
      g_autofree char *value = NULL;

      p += MAX (n, 2);
      if (*after != ':' || !is_own_name (name))
        continue;
      value = g_strndup (after + 1, strnlen (after + 1, MAX_VALUE));
      smm_web_colors_add (self, value);
    }
}
