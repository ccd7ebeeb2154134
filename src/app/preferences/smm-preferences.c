/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-preferences-private.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "smm-clock.h"
#include "smm-quiet-hours.h"
#include "smm-settings.h"
#include "smm-state-icon.h"
#include "smm-toast.h"

#define SETTING "smm-setting"
#define BRAND "smm-brand"
#define HOURS "smm-hours"
#define KEPT "smm-kept" /* text of a row as it is in the library */
#define WIDTH 640
#define HEIGHT 680

G_DEFINE_FINAL_TYPE (SmmPreferences, smm_preferences, ADW_TYPE_WINDOW)

/* --- Changing --- */

/* Stays until it is put away: for what nobody is to miss who waited for it elsewhere. */
void
smm_preferences_tell (SmmPreferences *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
smm_preferences_toast (SmmPreferences *self, const char *text, gboolean undoable)
{
  smm_toast_show (self->toasts, text, undoable);
}

typedef struct
{
  SmmPreferences *self;
  char *done;
} Change;

static void fill (SmmPreferences *self);

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Change *change = user_data;
  g_autoptr (SmmPreferences) self = change->self;
  g_autofree char *done = change->done;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  g_free (change);
  self->n_changes--;
  if (self->library == NULL)
    return;
  if (reply != NULL && done != NULL)
    smm_preferences_toast (self, done, TRUE);
  else if (reply == NULL)
    smm_preferences_toast (self, error->message, FALSE);
  fill (self);
}

void
smm_preferences_apply (SmmPreferences *self, const char *command, GVariant *args, const char *done)
{
  g_autoptr (SmmCommand) change = smm_command_new (command, args);
  Change *data = g_new0 (Change, 1);

  data->self = g_object_ref (self);
  data->done = g_strdup (done);
  self->n_changes++;
  smm_library_apply_async (self->library, change, NULL, on_applied, data);
}

void
smm_preferences_set (SmmPreferences *self, const char *key, const char *value)
{
  g_autofree char *old = smm_settings_dup (smm_library_get_store (self->library), key);

  if (!self->filling && g_strcmp0 (old, value) != 0)
    smm_preferences_apply (self, "setting.set",
                           g_variant_new_parsed ("{'key': <%s>, 'value': <%s>}", key, value),
                           _ ("Setting changed"));
}

static void
set_setting (SmmPreferences *self, GtkWidget *widget, const char *value)
{
  smm_preferences_set (self, g_object_get_data (G_OBJECT (widget), SETTING), value);
}

static void
on_switch (GtkSwitch *widget, GParamSpec *pspec, SmmPreferences *self)
{
  set_setting (self, GTK_WIDGET (widget), gtk_switch_get_active (widget) ? "true" : "false");
}

static gboolean
is_time (GtkSpinButton *spin)
{
  return smm_settings_find (g_object_get_data (G_OBJECT (spin), SETTING))->kind == SMM_SETTING_TIME;
}

/* A number, or minutes as a time of the day. */
static char *
dup_value (GtkSpinButton *spin)
{
  int value = gtk_spin_button_get_value_as_int (spin);

  return is_time (spin) ? g_strdup_printf ("%02d:%02d", value / 60, value % 60)
                        : g_strdup_printf ("%d", value);
}

static void
on_spin (GtkSpinButton *spin, SmmPreferences *self)
{
  g_autofree char *value = dup_value (spin);

  set_setting (self, GTK_WIDGET (spin), value);
}

static gboolean
on_time_output (GtkSpinButton *spin)
{
  g_autofree char *value = smm_clock_format (gtk_spin_button_get_value_as_int (spin));

  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (spin)), value) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), value);
  return TRUE;
}

/* Also "7:30", and "22" for an hour. */
static int
on_time_input (GtkSpinButton *spin, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  int minute = smm_clock_parse (text), hour;
  char rest;

  if (minute < 0 && sscanf (text, " %2d %c", &hour, &rest) == 1 && hour >= 0 && hour <= 23)
    minute = hour * 60;
  if (minute < 0)
    return GTK_INPUT_ERROR;
  *value = minute;
  return TRUE;
}

static void
show_times (SmmClock *clock, GtkSpinButton *spin)
{
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), smm_clock_get_width ());
  on_time_output (spin);
}

/**
 * smm_preferences_bind:
 * @self: the window
 * @widget: a switch or a spin button that lives as long as the window
 * @key: (transfer none): a setting of this kind; static
 *
 * From now on the widget shows what the setting is, and changes it.
 */
void
smm_preferences_bind (SmmPreferences *self, GtkWidget *widget, const char *key)
{
  g_object_set_data (G_OBJECT (widget), SETTING, (gpointer)key);
  g_ptr_array_add (self->bound, widget);
  if (GTK_IS_SWITCH (widget))
    {
      g_signal_connect (widget, "notify::active", G_CALLBACK (on_switch), self);
      return;
    }
  g_signal_connect (widget, "value-changed", G_CALLBACK (on_spin), self);
  if (!is_time (GTK_SPIN_BUTTON (widget)))
    return;
  g_signal_connect (widget, "output", G_CALLBACK (on_time_output), NULL);
  g_signal_connect (widget, "input", G_CALLBACK (on_time_input), NULL);
  show_times (smm_clock_get_default (), GTK_SPIN_BUTTON (widget));
  g_signal_connect_object (smm_clock_get_default (), "changed", G_CALLBACK (show_times), widget, 0);
}

static void
bind_settings (SmmPreferences *self)
{
  smm_preferences_bind (self, self->backup_weekly, SMM_SETTING_BACKUP_WEEKLY);
  smm_preferences_bind (self, self->backup_days, SMM_SETTING_BACKUP_DAYS);
}

/* Being told what it is already would end a switch's way to the other side, and a number's writing.
 */
void
smm_preferences_fill_switch (GtkSwitch *widget, gboolean active)
{
  if (gtk_switch_get_active (widget) != active)
    gtk_switch_set_active (widget, active);
}

void
smm_preferences_fill_spin (GtkSpinButton *widget, int value)
{
  if (gtk_spin_button_get_value_as_int (widget) != value)
    gtk_spin_button_set_value (widget, value);
}

static void
fill_settings (SmmPreferences *self, SmmStore *store)
{
  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkWidget *widget = self->bound->pdata[i];
      const char *key = g_object_get_data (G_OBJECT (widget), SETTING);

      if (GTK_IS_SWITCH (widget))
        smm_preferences_fill_switch (GTK_SWITCH (widget), smm_settings_get_boolean (store, key));
      else if (is_time (GTK_SPIN_BUTTON (widget)))
        {
          g_autofree char *time = smm_settings_dup (store, key);

          smm_preferences_fill_spin (GTK_SPIN_BUTTON (widget), smm_time_of_day_parse (time));
        }
      else
        smm_preferences_fill_spin (GTK_SPIN_BUTTON (widget), smm_settings_get_int (store, key));
    }
}

/* --- Who uses this computer --- */

static char *
dup_text (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
on_profile_apply (SmmPreferences *self)
{
  g_autofree char *name = dup_text (self->name);
  g_autofree char *email = dup_text (self->email);
  g_autofree char *organization = dup_text (self->organization);

  smm_preferences_apply (self, "profile.set",
                         g_variant_new_parsed ("{'name': <%s>, 'email': <%s>, "
                                               "'organization': <%s>}",
                                               name, email, organization),
                         NULL);
}

void
smm_preferences_fill_entry (GtkWidget *row, const char *text)
{
  const char *before = g_object_get_data (G_OBJECT (row), KEPT);
  const char *now = gtk_editable_get_text (GTK_EDITABLE (row));

  if (g_strcmp0 (now, text) != 0 && strcmp (now, before != NULL ? before : "") == 0)
    {
      /* Setting a text offers to apply it; there is nothing to apply. */
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), FALSE);
      gtk_editable_set_text (GTK_EDITABLE (row), text);
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
    }
  g_object_set_data_full (G_OBJECT (row), KEPT, g_strdup (text), g_free);
}

static void
fill_profile (SmmPreferences *self, SmmStore *store)
{
  g_autoptr (SmmProfile) profile = smm_store_get_profile (store);
  const char *texts[]
      = { profile != NULL ? profile->name : "", profile != NULL ? profile->email : "",
          profile != NULL ? profile->organization : "" };
  GtkWidget *rows[] = { self->name, self->email, self->organization };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    smm_preferences_fill_entry (rows[i], texts[i]);
}

/* --- Brands --- */

static void
on_policy (AdwComboRow *row, GParamSpec *pspec, SmmPreferences *self)
{
  SmmBrand *brand = g_object_get_data (G_OBJECT (row), BRAND);
  SmmLatePolicy policy = adw_combo_row_get_selected (row);

  if (self->filling || policy == brand->late_policy)
    return;
  smm_preferences_apply (self, "brand.edit",
                         g_variant_new_parsed ("{'id': <%s>, 'late-policy': <%s>}", brand->id,
                                               smm_late_policy_to_string (policy)),
                         _ ("Brand changed"));
}

static void
on_hours (GtkSpinButton *spin, SmmPreferences *self)
{
  SmmBrand *brand = g_object_get_data (G_OBJECT (spin), BRAND);
  int hours = gtk_spin_button_get_value_as_int (spin);

  if (self->filling || hours == brand->late_hours)
    return;
  smm_preferences_apply (
      self, "brand.edit",
      g_variant_new_parsed ("{'id': <%s>, 'late-hours': <%i>}", brand->id, hours),
      _ ("Brand changed"));
}

static void
add_brand (SmmPreferences *self)
{
  const char *const policies[] = { _ ("Publish it late"), _ ("Ask me"), _ ("Skip it"), NULL };
  GtkWidget *row = adw_combo_row_new ();
  GtkWidget *hours_row = adw_action_row_new ();
  GtkWidget *hours = gtk_spin_button_new_with_range (1, 168, 1);
  g_autoptr (GtkStringList) list = gtk_string_list_new (policies);

  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (hours_row), _ ("Too Late After"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (hours_row), _ ("Hours"));
  gtk_widget_set_valign (hours, GTK_ALIGN_CENTER);
  smm_widget_set_label (hours, _ ("Hours after which a post is too late"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (hours_row), hours);
  g_object_set_data (G_OBJECT (hours_row), HOURS, hours);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_policy), self);
  g_signal_connect (hours, "value-changed", G_CALLBACK (on_hours), self);
  adw_preferences_group_add (self->brands, row);
  adw_preferences_group_add (self->brands, hours_row);
  g_ptr_array_add (self->brand_rows, row);
  g_ptr_array_add (self->brand_rows, hours_row);
}

static gboolean
has_same_brands (SmmPreferences *self, GPtrArray *brands)
{
  if (self->brand_rows->len != 2 * brands->len)
    return FALSE;
  for (guint i = 0; i < brands->len; i++)
    {
      SmmBrand *shown = g_object_get_data (G_OBJECT (self->brand_rows->pdata[2 * i]), BRAND);
      SmmBrand *brand = brands->pdata[i];

      if (!g_str_equal (shown->id, brand->id))
        return FALSE;
    }
  return TRUE;
}

static void
fill_brand (SmmPreferences *self, guint i, SmmBrand *brand)
{
  GtkWidget *row = self->brand_rows->pdata[2 * i];
  GtkWidget *hours_row = self->brand_rows->pdata[2 * i + 1];
  GtkWidget *hours = g_object_get_data (G_OBJECT (hours_row), HOURS);
  g_autofree char *name = g_markup_escape_text (brand->name, -1);

  g_object_set_data_full (G_OBJECT (row), BRAND, g_object_ref (brand), g_object_unref);
  g_object_set_data_full (G_OBJECT (hours), BRAND, g_object_ref (brand), g_object_unref);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (adw_combo_row_get_selected (ADW_COMBO_ROW (row)) != brand->late_policy)
    adw_combo_row_set_selected (ADW_COMBO_ROW (row), brand->late_policy);
  smm_preferences_fill_spin (GTK_SPIN_BUTTON (hours), brand->late_hours);
  gtk_widget_set_visible (hours_row, brand->late_policy == SMM_LATE_PUBLISH);
}

/* Rows are made anew only when there are other brands, else brought up to date: somebody may be
 * just pressing one. */
static void
fill_brands (SmmPreferences *self, SmmStore *store)
{
  g_autoptr (GPtrArray) brands = smm_store_list_brands (store);

  if (!has_same_brands (self, brands))
    {
      for (guint i = 0; i < self->brand_rows->len; i++)
        adw_preferences_group_remove (self->brands, self->brand_rows->pdata[i]);
      g_ptr_array_set_size (self->brand_rows, 0);
      for (guint i = 0; i < brands->len; i++)
        add_brand (self);
    }
  for (guint i = 0; i < brands->len; i++)
    fill_brand (self, i, brands->pdata[i]);
}

/* --- The window itself --- */

static void
fill (SmmPreferences *self)
{
  SmmStore *store = smm_library_get_store (self->library);

  /* What was just touched is not put back to what it was before its own change is made. */
  if (store == NULL || self->n_changes > 0)
    return;
  self->filling = TRUE;
  fill_settings (self, store);
  fill_profile (self, store);
  fill_brands (self, store);
  smm_notices_page_fill (self->notices, store);
  smm_preferences_ai_fill (self->ai_page, store);
  smm_preferences_privacy_fill (self->privacy_page, store);
  self->filling = FALSE;
}

static void
on_changed (SmmLibrary *library, const char *const *ids, SmmPreferences *self)
{
  fill (self);
}

static void
on_connected (GObject *library, GParamSpec *pspec, SmmPreferences *self)
{
  smm_preferences_on_connected (self);
}

static void
on_backup_now (SmmPreferences *self)
{
  smm_preferences_back_up (self);
}

static void
smm_preferences_dispose (GObject *object)
{
  SmmPreferences *self = SMM_PREFERENCES (object);

  g_clear_pointer (&self->brand_rows, g_ptr_array_unref);
  g_clear_pointer (&self->backup_rows, g_ptr_array_unref);
  g_clear_pointer (&self->bound, g_ptr_array_unref);
  g_clear_object (&self->library);
  g_clear_pointer (&self->restoring, g_free);
  G_OBJECT_CLASS (smm_preferences_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SmmPreferences, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
smm_preferences_class_init (SmmPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_preferences_dispose;
  g_type_ensure (SMM_TYPE_NOTICES_PAGE);
  g_type_ensure (SMM_TYPE_PREFERENCES_AI);
  g_type_ensure (SMM_TYPE_PREFERENCES_PRIVACY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/preferences/smm-preferences.ui");
  BIND (toasts);
  BIND (stack);
  BIND (name);
  BIND (email);
  BIND (organization);
  BIND (brands);
  BIND (backup_weekly);
  BIND (backup_days);
  BIND (backup_now);
  BIND (backups);
  BIND (notices);
  BIND (ai_page);
  BIND (privacy_page);
  CALL (on_profile_apply);
  CALL (on_backup_now);
}

static void
smm_preferences_init (SmmPreferences *self)
{
  self->brand_rows = g_ptr_array_new ();
  self->backup_rows = g_ptr_array_new ();
  self->bound = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_settings (self);
}

/**
 * smm_preferences_new:
 * @parent: the window it belongs to
 * @library: what is set
 * @paths: where the library is
 *
 * Returns: (transfer none): a window that is to be presented
 */
GtkWidget *
smm_preferences_new (GtkWindow *parent, SmmLibrary *library, SmmPaths *paths)
{
  SmmPreferences *self = g_object_new (SMM_TYPE_PREFERENCES, "transient-for", parent, "application",
                                       gtk_window_get_application (parent), NULL);

  gtk_window_set_default_size (GTK_WINDOW (self),
                               MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (parent))), HEIGHT);
  self->library = g_object_ref (library);
  self->paths = paths;
  smm_notices_page_bind (self->notices, self);
  smm_preferences_ai_bind (self->ai_page, self);
  smm_preferences_privacy_bind (self->privacy_page, self);
  fill (self);
  smm_preferences_fill_backups (self);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_changed), self, 0);
  if (SMM_IS_LIBRARY_REMOTE (library))
    g_signal_connect_object (library, "notify::connected", G_CALLBACK (on_connected), self, 0);
  return GTK_WIDGET (self);
}

void
smm_preferences_show_page (SmmPreferences *self, const char *name)
{
  g_return_if_fail (SMM_IS_PREFERENCES (self));

  adw_view_stack_set_visible_child_name (self->stack, name);
}
