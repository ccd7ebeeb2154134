/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-spell-backend.h"

#include <enchant.h>
#include <string.h>

static EnchantBroker *
get_broker (void)
{
  static EnchantBroker *broker = NULL;

  if (broker == NULL)
    broker = enchant_broker_init ();
  return broker;
}

/* Dictionaries stay loaded; one that can't be is not tried again. */
static EnchantDict *
get_dictionary (const char *language)
{
  static GHashTable *dictionaries = NULL;
  gpointer dictionary;

  if (dictionaries == NULL)
    dictionaries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_lookup_extended (dictionaries, language, NULL, &dictionary))
    {
      dictionary = enchant_broker_request_dict (get_broker (), language);
      g_hash_table_insert (dictionaries, g_strdup (language), dictionary);
    }
  return dictionary;
}

static void
add_tag (const char *tag, const char *provider, const char *description, const char *file,
         void *user_data)
{
  GPtrArray *tags = user_data;

  if (!g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, NULL))
    g_ptr_array_add (tags, g_strdup (tag));
}

char **
smm_spell_backend_list (void)
{
  GPtrArray *tags = g_ptr_array_new ();

  enchant_broker_list_dicts (get_broker (), add_tag, tags);
  g_ptr_array_add (tags, NULL);
  return (char **)g_ptr_array_free (tags, FALSE);
}

SmmSpelling
smm_spell_backend_check (const char *language, const char *word)
{
  EnchantDict *dictionary = get_dictionary (language);

  /* Positive: not known; negative: the dictionary failed, which is no fault of the word. */
  if (dictionary == NULL)
    return SMM_SPELLING_RIGHT;
  if (enchant_dict_check (dictionary, word, -1) > 0)
    return SMM_SPELLING_WRONG;
  return enchant_dict_is_added (dictionary, word, -1) ? SMM_SPELLING_OWN : SMM_SPELLING_RIGHT;
}

char **
smm_spell_backend_suggest (const char *language, const char *word)
{
  EnchantDict *dictionary = get_dictionary (language);
  char **found = dictionary != NULL ? enchant_dict_suggest (dictionary, word, -1, NULL) : NULL;
  char **copy = g_strdupv (found);

  if (found != NULL)
    enchant_dict_free_string_list (dictionary, found);
  return copy;
}

void
smm_spell_backend_teach (const char *language, const char *word, SmmSpellTeach how)
{
  EnchantDict *dictionary = get_dictionary (language);

  if (dictionary == NULL)
    return;
  switch (how)
    {
    case SMM_SPELL_ADD:
      enchant_dict_add (dictionary, word, -1);
      break;
    case SMM_SPELL_IGNORE:
      enchant_dict_add_to_session (dictionary, word, -1);
      break;
    case SMM_SPELL_REMOVE:
      enchant_dict_remove (dictionary, word, -1);
      break;
    }
}
