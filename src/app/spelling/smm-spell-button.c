/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-spell-button.h"

#include <glib/gi18n.h>

#include "smm-spell-marks.h"
#include "smm-speller.h"
#include "smm-state-icon.h"

struct _SmmSpellButton
{
  AdwBin parent_instance;

  GtkWidget *button;
  GSimpleActionGroup *actions;
  GMenu *menu;
  char *brand_id;
  char *languages;
  char *language; /* of the dictionary; NULL: nothing is checked */
};

enum
{
  LANGUAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmSpellButton, smm_spell_button, ADW_TYPE_BIN)

static const SmmLanguage *
find_language (GPtrArray *languages, const char *tag)
{
  for (guint i = 0; languages != NULL && tag != NULL && i < languages->len; i++)
    if (g_str_equal (((SmmLanguage *)languages->pdata[i])->tag, tag))
      return languages->pdata[i];
  return NULL;
}

/* --- What is shown --- */

static void
fill_menu (SmmSpellButton *self, GPtrArray *languages, const char *missing)
{
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) choices = g_menu_new ();

  g_menu_remove_all (self->menu);
  if (missing != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("No dictionary for %s is installed"), missing);

      g_menu_append (first, text, "spelling.none");
    }
  g_menu_append (first, _ ("_Check Spelling"), "spelling.check");
  for (guint i = 0; i < languages->len; i++)
    {
      const SmmLanguage *language = languages->pdata[i];
      g_autoptr (GMenuItem) item = g_menu_item_new (language->name, NULL);

      g_menu_item_set_action_and_target (item, "spelling.language", "s", language->tag);
      g_menu_append_item (choices, item);
    }
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (choices));
}

static void
set_state (SmmSpellButton *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static void
update (SmmSpellButton *self)
{
  SmmSpeller *speller = smm_speller_get_default ();
  GPtrArray *languages = smm_speller_get_languages (speller);
  gboolean on = smm_speller_is_on (speller);
  const SmmLanguage *language;
  g_autofree char *choice = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *name = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), languages != NULL && languages->len > 0);
  if (languages == NULL || languages->len == 0 || self->brand_id == NULL)
    return;
  choice = smm_speller_dup_choice (speller, self->brand_id);
  language = find_language (languages, choice);
  if (language == NULL)
    language = smm_languages_pick (languages, self->languages, g_get_language_names (), &missing);
  fill_menu (self, languages, missing);
  set_state (self, "check", g_variant_new_boolean (on));
  set_state (self, "language", g_variant_new_string (language != NULL ? language->tag : ""));
  g_free (self->language);
  self->language = on && language != NULL ? g_strdup (language->tag) : NULL;
  g_signal_emit (self, signals[LANGUAGE], 0, self->language);
  if (!on || language == NULL)
    name = g_strdup (_ ("Spelling is not checked"));
  else
    name = g_strdup_printf (_ ("Spelling: %s"), language->name);
  gtk_widget_set_tooltip_text (self->button, name);
  smm_widget_set_label (self->button, name);
}

/* --- What people do --- */

static void
on_check (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  smm_speller_set_on (smm_speller_get_default (), g_variant_get_boolean (state));
  update (user_data);
}

/* Who chooses a language wants it checked. */
static void
on_language (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  SmmSpellButton *self = user_data;

  smm_speller_choose (smm_speller_get_default (), self->brand_id,
                      g_variant_get_string (state, NULL));
  smm_speller_set_on (smm_speller_get_default (), TRUE);
  update (self);
}

/* Not before people are to see it: dictionaries are looked for on the disk. */
static void
on_view_mapped (SmmSpellButton *self)
{
  smm_speller_load (smm_speller_get_default ());
  update (self);
}

static void
smm_spell_button_dispose (GObject *object)
{
  SmmSpellButton *self = SMM_SPELL_BUTTON (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (smm_spell_button_parent_class)->dispose (object);
}

static void
smm_spell_button_finalize (GObject *object)
{
  SmmSpellButton *self = SMM_SPELL_BUTTON (object);

  g_free (self->brand_id);
  g_free (self->languages);
  g_free (self->language);
  G_OBJECT_CLASS (smm_spell_button_parent_class)->finalize (object);
}

static void
smm_spell_button_class_init (SmmSpellButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_spell_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = smm_spell_button_finalize;
  signals[LANGUAGE] = g_signal_new ("language", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
smm_spell_button_init (SmmSpellButton *self)
{
  const GActionEntry entries[] = {
    { "check", NULL, NULL, "true", on_check },
    { "language", NULL, "s", "''", on_language },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  self->menu = g_menu_new ();
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "tools-check-spelling-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), G_MENU_MODEL (self->menu));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_insert_action_group (GTK_WIDGET (self), "spelling", G_ACTION_GROUP (self->actions));
  adw_bin_set_child (ADW_BIN (self), self->button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (smm_speller_get_default (), "ready", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

/**
 * smm_spell_button_new:
 * @view: what is checked
 *
 * Returns: (transfer full): the button
 */
GtkWidget *
smm_spell_button_new (GtkTextView *view)
{
  SmmSpellButton *self = g_object_new (SMM_TYPE_SPELL_BUTTON, NULL);

  smm_spell_button_add_view (self, view);
  g_signal_connect_object (view, "map", G_CALLBACK (on_view_mapped), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * smm_spell_button_add_view:
 * @self: the button
 * @view: is checked, too, as long as it is there
 */
void
smm_spell_button_add_view (SmmSpellButton *self, GtkTextView *view)
{
  SmmSpellMarks *marks;

  g_return_if_fail (SMM_IS_SPELL_BUTTON (self));

  marks = smm_spell_marks_new (view);
  g_signal_connect_object (self, "language", G_CALLBACK (smm_spell_marks_set_language), marks,
                           G_CONNECT_SWAPPED);
  smm_spell_marks_set_language (marks, self->language);
}

/**
 * smm_spell_button_set_brand:
 * @self: the button
 * @brand_id: whose texts are written
 * @languages: (nullable): in which languages it writes
 */
void
smm_spell_button_set_brand (SmmSpellButton *self, const char *brand_id, const char *languages)
{
  g_return_if_fail (SMM_IS_SPELL_BUTTON (self));

  g_free (self->brand_id);
  self->brand_id = g_strdup (brand_id);
  g_free (self->languages);
  self->languages = g_strdup (languages);
  update (self);
}
