/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-snippets.h"

#include <string.h>

static void
snippet_free (gpointer data)
{
  SmmSnippet *snippet = data;

  g_free (snippet->name);
  g_free (snippet->text);
  g_free (snippet);
}

static void
add (GPtrArray *snippets, SmmSnippetKind kind, const char *name, const char *text)
{
  SmmSnippet *snippet = g_new0 (SmmSnippet, 1);

  snippet->kind = kind;
  snippet->name = g_strdup (name);
  snippet->text = g_strdup (text);
  g_ptr_array_add (snippets, snippet);
}

/**
 * smm_snippets_parse:
 * @setting: (nullable): a(sss) in GVariant text form: "hashtags" or "template", name, text
 *
 * Returns: (transfer full) (element-type SmmSnippet): what can be read of it
 */
GPtrArray *
smm_snippets_parse (const char *setting)
{
  GPtrArray *snippets = g_ptr_array_new_with_free_func (snippet_free);
  g_autoptr (GVariant) list
      = setting != NULL ? g_variant_parse (G_VARIANT_TYPE ("a(sss)"), setting, NULL, NULL, NULL)
                        : NULL;
  GVariantIter iter;
  const char *kind, *name, *text;

  if (list == NULL)
    return snippets;
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &kind, &name, &text))
    if (strcmp (kind, "hashtags") == 0)
      add (snippets, SMM_SNIPPET_HASHTAGS, name, text);
    else if (strcmp (kind, "template") == 0)
      add (snippets, SMM_SNIPPET_TEMPLATE, name, text);
  return snippets;
}

char *
smm_snippets_print (GPtrArray *snippets)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));
  g_autoptr (GVariant) list = NULL;

  for (guint i = 0; i < snippets->len; i++)
    {
      SmmSnippet *snippet = snippets->pdata[i];

      g_variant_builder_add (&builder, "(sss)",
                             snippet->kind == SMM_SNIPPET_HASHTAGS ? "hashtags" : "template",
                             snippet->name, snippet->text);
    }
  list = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (list, TRUE);
}

void
smm_snippets_put (GPtrArray *snippets, SmmSnippetKind kind, const char *name, const char *text)
{
  for (guint i = 0; i < snippets->len; i++)
    {
      SmmSnippet *snippet = snippets->pdata[i];

      if (snippet->kind != kind || strcmp (snippet->name, name) != 0)
        continue;
      g_free (snippet->text);
      snippet->text = g_strdup (text);
      return;
    }
  add (snippets, kind, name, text);
}

char *
smm_snippets_get_key (const char *brand_id)
{
  return g_strdup_printf ("brand.%s.snippets", brand_id);
}

GPtrArray *
smm_snippets_read (SmmLibrary *library, const char *brand_id)
{
  SmmStore *store = smm_library_get_store (library);
  g_autofree char *key = smm_snippets_get_key (brand_id);
  g_autofree char *setting = store != NULL ? smm_store_get_setting (store, key) : NULL;

  return smm_snippets_parse (setting);
}

void
smm_snippets_write (SmmLibrary *library, const char *brand_id, GPtrArray *snippets)
{
  g_autofree char *key = smm_snippets_get_key (brand_id);
  g_autofree char *value = smm_snippets_print (snippets);
  g_autoptr (SmmCommand) command = smm_command_new (
      "setting.set", g_variant_new_parsed ("{'key': <%s>, 'value': <%s>}", key, value));

  smm_library_apply_async (library, command, NULL, NULL, NULL);
}
