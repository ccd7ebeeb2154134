/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between the fields of the brand page and the brand. */

#include "config.h"

#include "smm-brand-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-brand-avatar.h"
#include "smm-color-list.h"

/* The field of a text; NULL: it has none of its own (the logo). */
static GtkWidget *
get_field (SmmBrandPage *self, const char *key)
{
  const struct
  {
    const char *key;
    GtkWidget *field;
  } fields[] = {
    { "colors", self->colors },
    { "website", self->website },
    { "topics", self->topics },
    { "audience", self->audience },
    { "languages", self->languages },
    { "dos", self->dos },
    { "donts", self->donts },
    { "hashtags", self->hashtags },
    { "description", self->description },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].key, key) == 0)
      return fields[i].field;
  return NULL;
}

static char *
read_field (GtkWidget *field)
{
  if (SMM_IS_COLOR_LIST (field))
    return smm_color_list_dup_text (SMM_COLOR_LIST (field));
  if (SMM_IS_TEXT_AREA (field))
    return smm_text_area_dup_text (SMM_TEXT_AREA (field));
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (field)));
}

static void
fill_field (GtkWidget *field, const char *text)
{
  if (SMM_IS_COLOR_LIST (field))
    smm_color_list_set_text (SMM_COLOR_LIST (field), text);
  else if (SMM_IS_TEXT_AREA (field))
    smm_text_area_set_text (SMM_TEXT_AREA (field), text);
  else
    gtk_editable_set_text (GTK_EDITABLE (field), text != NULL ? text : "");
}

static void
get_tones (SmmBrandPage *self, GtkWidget *tones[SMM_N_BRAND_TONES])
{
  tones[SMM_BRAND_TONE_RELAXED] = self->tone_relaxed;
  tones[SMM_BRAND_TONE_PLAYFUL] = self->tone_playful;
  tones[SMM_BRAND_TONE_POETIC] = self->tone_poetic;
  tones[SMM_BRAND_TONE_BOLD] = self->tone_bold;
  tones[SMM_BRAND_TONE_LONG] = self->tone_long;
}

static gboolean
is_on (GtkWidget *toggle)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle));
}

void
smm_brand_page_fill (SmmBrandPage *self)
{
  smm_brand_page_fill_with (self, self->brand);
}

void
smm_brand_page_fill_with (SmmBrandPage *self, SmmBrand *brand)
{
  GtkWidget *emoji[] = { self->emoji_none, self->emoji_few, self->emoji_many };
  GtkWidget *voices[] = { self->voice_we, self->voice_i, self->voice_brand };
  GtkWidget *tones[SMM_N_BRAND_TONES];

  self->filling = TRUE;
  fill_field (self->name, brand->name);
  fill_field (self->zone, brand->timezone);
  for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
    if (get_field (self, text->key) != NULL)
      fill_field (get_field (self, text->key), *smm_brand_get_text (brand, text));
  get_tones (self, tones);
  for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
    smm_tone_scale_set_value (SMM_TONE_SCALE (tones[i]), brand->tones[i]);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (emoji[brand->emoji]), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (voices[brand->voice]), TRUE);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->late_policy), brand->late_policy);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->late_hours), brand->late_hours);
  smm_brand_page_set_logo (self, brand->logo);
  self->filling = FALSE;
}

SmmBrand *
smm_brand_page_read (SmmBrandPage *self)
{
  SmmBrand *brand = smm_brand_copy (self->brand);
  GtkWidget *tones[SMM_N_BRAND_TONES];

  g_free (brand->name);
  brand->name = g_strstrip (read_field (self->name));
  g_free (brand->timezone);
  brand->timezone = g_strstrip (read_field (self->zone));
  for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
    {
      GtkWidget *field = get_field (self, text->key);
      char **member = smm_brand_get_text (brand, text);

      g_free (*member);
      *member = field != NULL ? read_field (field) : g_strdup (self->logo);
      if (*member != NULL && **member == '\0')
        g_clear_pointer (member, g_free);
    }
  get_tones (self, tones);
  for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
    brand->tones[i] = smm_tone_scale_get_value (SMM_TONE_SCALE (tones[i]));
  brand->emoji = is_on (self->emoji_none)  ? SMM_BRAND_EMOJI_NONE
                 : is_on (self->emoji_few) ? SMM_BRAND_EMOJI_FEW
                                           : SMM_BRAND_EMOJI_MANY;
  brand->voice = is_on (self->voice_we)  ? SMM_BRAND_VOICE_WE
                 : is_on (self->voice_i) ? SMM_BRAND_VOICE_I
                                         : SMM_BRAND_VOICE_BRAND;
  brand->late_policy = adw_combo_row_get_selected (ADW_COMBO_ROW (self->late_policy));
  brand->late_hours = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->late_hours));
  return brand;
}

/* --- What changed --- */

static void
add_string (GVariantDict *dict, const char *key, const char *value, const char *before)
{
  if (g_strcmp0 (value, before) != 0)
    g_variant_dict_insert (dict, key, "s", value != NULL ? value : "");
}

static void
add_int (GVariantDict *dict, const char *key, int value, int before)
{
  if (value != before)
    g_variant_dict_insert (dict, key, "i", value);
}

GVariant *
smm_brand_page_get_changes (SmmBrandPage *self)
{
  g_autoptr (SmmBrand) brand = smm_brand_page_read (self);
  SmmBrand *old = self->brand;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) changes = NULL;

  add_string (&dict, "name", brand->name, old->name);
  add_string (&dict, "timezone", brand->timezone, self->is_new ? NULL : old->timezone);
  for (const SmmBrandText *text = smm_brand_get_texts (); text->key != NULL; text++)
    add_string (&dict, text->key, *smm_brand_get_text (brand, text),
                *smm_brand_get_text (old, text));
  for (guint i = 0; i < SMM_N_BRAND_TONES; i++)
    {
      g_autofree char *key = g_strconcat ("tone-", smm_brand_tone_to_string (i), NULL);

      add_int (&dict, key, brand->tones[i], old->tones[i]);
    }
  if (brand->emoji != old->emoji)
    add_string (&dict, "emoji", smm_brand_emoji_to_string (brand->emoji), NULL);
  if (brand->voice != old->voice)
    add_string (&dict, "voice", smm_brand_voice_to_string (brand->voice), NULL);
  if (brand->late_policy != old->late_policy)
    add_string (&dict, "late-policy", smm_late_policy_to_string (brand->late_policy), NULL);
  add_int (&dict, "late-hours", brand->late_hours, old->late_hours);
  changes = g_variant_ref_sink (g_variant_dict_end (&dict));
  return g_variant_n_children (changes) > 0 ? g_steal_pointer (&changes) : NULL;
}

/* --- What is shown of it --- */

void
smm_brand_page_show_sample (SmmBrandPage *self)
{
  g_autoptr (SmmBrand) brand = smm_brand_page_read (self);
  g_autofree char *caption = smm_brand_compose_sample (brand, self->sample_n);
  g_autofree char *tone = smm_brand_describe_tone (brand);

  gtk_label_set_label (self->sample, caption);
  gtk_label_set_label (self->sample_tone, tone);
  gtk_label_set_label (self->sample_name, brand->name);
  smm_brand_avatar_show (self->sample_avatar, brand, self->paths);
  smm_brand_samples_set_brand (self->samples, brand);
}

/* The lines of a text, joined; NULL when there are none. */
static char *
join_lines (const char *text)
{
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  return lines != NULL ? g_strjoinv (" · ", lines) : NULL;
}

static char *
describe_late (SmmBrand *brand)
{
  if (brand->late_policy == SMM_LATE_ASK)
    return g_strdup (_ ("Late posts: ask me"));
  if (brand->late_policy == SMM_LATE_SKIP)
    return g_strdup (_ ("Late posts: skip"));
  return g_strdup_printf (g_dngettext (NULL, "Late posts: up to %d hour",
                                       "Late posts: up to %d hours", brand->late_hours),
                          brand->late_hours);
}

/* How often it posts, and what becomes of late posts. */
static char *
describe_rhythm (SmmBrandPage *self, SmmBrand *brand)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autofree char *late = describe_late (brand);
  g_autofree char *often = NULL;
  g_autoptr (GPtrArray) slots = NULL;
  guint n = 0;

  if (store != NULL)
    slots = smm_store_list_slots (store, brand->id);
  for (guint i = 0; slots != NULL && i < slots->len; i++)
    n += ((SmmSlot *)slots->pdata[i])->account_id == NULL;
  if (n == 0)
    return g_steal_pointer (&late);
  often = g_strdup_printf (g_dngettext (NULL, "%u post a week", "%u posts a week", n), n);
  return g_strjoin (" · ", often, late, NULL);
}

char *
smm_brand_page_dup_detail (SmmBrandPage *self, SmmBrand *brand, BrandStep step)
{
  switch (step)
    {
    case STEP_NAME:
      return g_strdup (brand->name);
    case STEP_WEBSITE:
      return brand->website != NULL ? g_strdup (brand->website) : join_lines (brand->description);
    case STEP_AUDIENCE:
      return join_lines (brand->audience != NULL ? brand->audience : brand->languages);
    case STEP_TONE:
      return smm_brand_describe_tone (brand);
    case STEP_WORDS:
      return join_lines (brand->topics != NULL ? brand->topics : brand->hashtags);
    case STEP_RHYTHM:
      return describe_rhythm (self, brand);
    case STEP_SUMMARY:
    case N_STEPS:
      break;
    }
  return NULL;
}

static void
on_summary_row (AdwActionRow *row, SmmBrandPage *self)
{
  smm_brand_page_go_to (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "step")));
}

static GtkWidget *
make_summary_row (SmmBrandPage *self, BrandStep step, const char *detail)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *escaped
      = g_markup_escape_text (detail != NULL ? detail : _ ("Not said yet"), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), smm_brand_step_get_label (step));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "step", GINT_TO_POINTER (step));
  g_signal_connect (row, "activated", G_CALLBACK (on_summary_row), self);
  return row;
}

void
smm_brand_page_show_summary (SmmBrandPage *self)
{
  g_autoptr (SmmBrand) brand = smm_brand_page_read (self);
  g_autofree char *told = smm_brand_describe (brand);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->summary_rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->summary_rows), child);
  for (int step = STEP_NAME; step < STEP_SUMMARY; step++)
    {
      g_autofree char *detail = smm_brand_page_dup_detail (self, brand, step);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 make_summary_row (self, step, detail));
    }
  gtk_box_append (GTK_BOX (self->summary_rows), group);
  gtk_label_set_label (self->told, told);
}
