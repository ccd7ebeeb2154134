/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-import-fields.h"

#include <glib/gi18n.h>
#include <string.h>

#define SAMPLE_CHARACTERS 60
/* How many rows are looked at for a sample. */
#define SAMPLE_ROWS 20

struct _SmmImportFields
{
  AdwBin parent_instance;

  AdwPreferencesPage *page;
  AdwPreferencesGroup *accounts; /* NULL: the table names accounts in each row */
  AdwPreferencesGroup *dates;
  AdwPreferencesGroup *columns;
  AdwComboRow *order;
  GPtrArray *checks; /* GtkCheckButton *, borrowed: one for each account */
  GPtrArray *rows;   /* AdwComboRow *, borrowed: one for each column */

  SmmImport *import;
  SmmImportChoices choices;
  gboolean filling;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmImportFields, smm_import_fields, ADW_TYPE_BIN)

/* In the order of the menu. "state" is what our own tables have, and tells nothing but "draft". */
static const struct
{
  const char *field, *label;
} names[] = {
  { "", N_ ("Leave out") },
  { "text", N_ ("Text") },
  { "when", N_ ("Day and time") },
  { "date", N_ ("Day") },
  { "time", N_ ("Time") },
  { "zone", N_ ("Time zone") },
  { "accounts", N_ ("Accounts") },
  { "media", N_ ("Pictures or videos") },
  { "alt", N_ ("Descriptions of pictures") },
  { "link", N_ ("Link") },
  { "first-comment", N_ ("First comment") },
  { "kind", N_ ("Feed, reel or story") },
  { "tags", N_ ("Tags") },
  { "campaign", N_ ("Campaign") },
  { "draft", N_ ("Draft: yes or no") },
  { "state", N_ ("State") },
  { "facebook", N_ ("To Facebook: yes or no") },
  { "instagram", N_ ("To Instagram: yes or no") },
  { "tiktok", N_ ("To TikTok: yes or no") },
};

/* --- What is chosen --- */

static void
on_chosen (GObject *object, GParamSpec *pspec, SmmImportFields *self)
{
  GStrvBuilder *builder;

  if (self->filling || self->import == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint n = adw_combo_row_get_selected (self->rows->pdata[i]);

      /* The last one is what the table has beyond these: an option of a platform. */
      if (n >= G_N_ELEMENTS (names))
        continue;
      g_free (self->choices.fields[i]);
      self->choices.fields[i] = g_strdup (names[n].field);
    }
  builder = g_strv_builder_new ();
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_strv_builder_add (builder, ((SmmAccount *)self->import->accounts->pdata[i])->id);
  g_strfreev (self->choices.accounts);
  self->choices.accounts = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  self->choices.dates = adw_combo_row_get_selected (self->order);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Showing --- */

static char *
find_sample (SmmImport *import, guint column)
{
  for (guint i = 0; i < MIN (import->csv->rows->len, SAMPLE_ROWS); i++)
    {
      g_autofree char *cell = g_strdup (smm_csv_get (import->csv, i, (int)column));

      g_strdelimit (cell, "\r\n\t", ' ');
      g_strstrip (cell);
      if (*cell != '\0')
        return g_utf8_substring (cell, 0, MIN (g_utf8_strlen (cell, -1), SAMPLE_CHARACTERS));
    }
  return g_strdup (_ ("Empty"));
}

static guint
find_name (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].field, field) == 0)
      return i;
  return G_N_ELEMENTS (names);
}

/* What a column says of one account: "First comment · @northside.bread". */
static void
append_own (SmmImportFields *self, GtkStringList *list, const char *field)
{
  const char *account = strstr (field, " on ") + strlen (" on ");
  g_autofree char *what = g_strndup (field, account - strlen (" on ") - field);
  guint n = find_name (what);
  g_autofree char *label = NULL;

  for (guint i = 0; i < self->import->accounts->len; i++)
    if (strcmp (((SmmAccount *)self->import->accounts->pdata[i])->id, account) == 0)
      account = ((SmmAccount *)self->import->accounts->pdata[i])->name;
  label = g_strdup_printf ("%s · %s",
                           n < G_N_ELEMENTS (names)          ? _ (names[n].label)
                           : g_str_has_prefix (what, "set:") ? what + 4
                                                             : what,
                           account);
  gtk_string_list_append (list, label);
}

static void
add_column (SmmImportFields *self, guint column)
{
  const char *field = self->import->fields[column];
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *sample = find_sample (self->import, column);
  g_autofree char *escaped = g_markup_escape_text (sample, -1);
  g_autofree char *name = g_markup_escape_text (self->import->csv->names->pdata[column], -1);

  if (strcmp (self->import->format, "hootsuite") == 0)
    {
      g_free (name);
      /* Translators: of a table whose columns have no names */
      name = g_strdup_printf (_ ("Column %u"), column + 1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_string_list_append (list, _ (names[i].label));
  if (strstr (field, " on ") != NULL)
    append_own (self, list, field);
  else if (g_str_has_prefix (field, "set:"))
    gtk_string_list_append (list, field + 4);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *name != '\0' ? name : "–");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), find_name (field));
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_chosen), self);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->columns, row);
}

static gboolean
names_accounts (SmmImport *import)
{
  static const char *const fields[] = { "accounts", "facebook", "instagram", "tiktok", NULL };

  for (guint i = 0; import->fields[i] != NULL; i++)
    if (g_strv_contains (fields, import->fields[i]))
      return TRUE;
  return FALSE;
}

static void
add_account (SmmImportFields *self, SmmAccount *account)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = g_markup_escape_text (account->name, -1);

  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (check),
      self->choices.accounts != NULL
          && g_strv_contains ((const char *const *)self->choices.accounts, account->id));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), smm_platform_id_get_label (account->platform));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect (check, "notify::active", G_CALLBACK (on_chosen), self);
  g_ptr_array_add (self->checks, check);
  adw_preferences_group_add (self->accounts, row);
}

static AdwPreferencesGroup *
add_group (SmmImportFields *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static void
add_order (SmmImportFields *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("As the table tells"));
  gtk_string_list_append (list, _ ("Day first: 31/12/2026"));
  gtk_string_list_append (list, _ ("Month first: 12/31/2026"));
  self->order = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->order), _ ("Dates With Slashes"));
  adw_combo_row_set_model (self->order, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->order, self->choices.dates);
  g_signal_connect (self->order, "notify::selected", G_CALLBACK (on_chosen), self);
  adw_preferences_group_add (self->dates, GTK_WIDGET (self->order));
}

static void
build (SmmImportFields *self)
{
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  g_ptr_array_set_size (self->checks, 0);
  g_ptr_array_set_size (self->rows, 0);
  self->accounts = add_group (self, _ ("Accounts"),
                              names_accounts (self->import)
                                  ? _ ("Rows that name no account go to these")
                                  : _ ("The table names no accounts: its posts go to these"));
  for (guint i = 0; i < self->import->accounts->len; i++)
    add_account (self, self->import->accounts->pdata[i]);
  if (self->import->accounts->len == 0)
    adw_preferences_group_set_description (
        self->accounts, _ ("No account is connected yet: posts can only become drafts"));
  self->columns = add_group (self, _ ("Columns"), _ ("What each column of the table is"));
  for (guint i = 0; i < self->import->csv->names->len; i++)
    add_column (self, i);
  self->dates = add_group (self, _ ("Dates"), NULL);
  add_order (self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
}

/* What the table told is no choice of anybody. */
static void
show_dates (SmmImportFields *self)
{
  static const char *const told[]
      = { N_ ("No date of the table has slashes, or none tells which part is the month"),
          N_ ("The day comes first"), N_ ("The month comes first") };

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->order), _ (told[self->import->dates]));
}

/**
 * smm_import_fields_show:
 * @self: fields
 * @import: a table that was planned
 */
void
smm_import_fields_show (SmmImportFields *self, SmmImport *import)
{
  gboolean same;

  g_return_if_fail (SMM_IS_IMPORT_FIELDS (self));

  same = self->import != NULL && self->import->csv == import->csv;
  smm_import_ref (import);
  g_clear_pointer (&self->import, smm_import_unref);
  self->import = import;
  if (same)
    {
      show_dates (self);
      return;
    }
  self->filling = TRUE;
  smm_import_choices_clear (&self->choices);
  self->choices.fields = g_strdupv (import->fields);
  if (import->accounts->len == 1)
    {
      SmmAccount *only = import->accounts->pdata[0];

      self->choices.accounts = g_strdupv ((char *[]){ only->id, NULL });
    }
  build (self);
  show_dates (self);
  self->filling = FALSE;
}

const SmmImportChoices *
smm_import_fields_get_choices (SmmImportFields *self)
{
  g_return_val_if_fail (SMM_IS_IMPORT_FIELDS (self), NULL);

  return &self->choices;
}

/**
 * smm_import_fields_need_choice:
 * @self: fields
 *
 * Returns: whether it is up to somebody to say what text is, or where the posts go
 */
gboolean
smm_import_fields_need_choice (SmmImportFields *self)
{
  gboolean text;

  g_return_val_if_fail (SMM_IS_IMPORT_FIELDS (self), FALSE);

  if (self->import == NULL)
    return FALSE;
  text = g_strv_contains ((const char *const *)self->import->fields, "text")
         || g_strv_contains ((const char *const *)self->import->fields, "media");
  return !text
         || (!names_accounts (self->import)
             && (self->choices.accounts == NULL || *self->choices.accounts == NULL));
}

static void
smm_import_fields_finalize (GObject *object)
{
  SmmImportFields *self = SMM_IMPORT_FIELDS (object);

  smm_import_choices_clear (&self->choices);
  g_clear_pointer (&self->import, smm_import_unref);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (smm_import_fields_parent_class)->finalize (object);
}

static void
smm_import_fields_class_init (SmmImportFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_import_fields_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_import_fields_init (SmmImportFields *self)
{
  self->checks = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
}

GtkWidget *
smm_import_fields_new (void)
{
  return g_object_new (SMM_TYPE_IMPORT_FIELDS, NULL);
}
