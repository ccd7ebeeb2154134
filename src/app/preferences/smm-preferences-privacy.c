/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens with data: where it is, what was agreed to, what is done and kept. */

#include "config.h"

#include "smm-preferences-private.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-ledger-window.h"
#include "smm-policy-window.h"
#include "smm-preferences-rights.h"
#include "smm-settings.h"

struct _SmmPreferencesPrivacy
{
  AdwPreferencesPage parent_instance;

  AdwActionRow *folder, *policy_row;
  SmmPreferencesRights *rights;
  GtkWidget *use_meta, *use_tiktok, *use_resend;
  AdwActionRow *ai_row;
  GtkWidget *ledger_days, *activity_days, *trash_days, *daily_check, *thumbnails;

  SmmPreferences *window; /* NULL: the page is closed */
};

G_DEFINE_FINAL_TYPE (SmmPreferencesPrivacy, smm_preferences_privacy, ADW_TYPE_PREFERENCES_PAGE)

static void
on_open_folder (SmmPreferencesPrivacy *self)
{
  const char *folder = self->window->paths->data_dir;
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);
  g_autoptr (GError) error = NULL;

  if (uri == NULL || !g_app_info_launch_default_for_uri (uri, NULL, &error))
    smm_preferences_toast (self->window, error != NULL ? error->message : folder, FALSE);
}

static void
on_ledger (SmmPreferencesPrivacy *self)
{
  SmmStore *store = smm_library_get_store (self->window->library);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  if (store != NULL)
    smm_ledger_window_present (GTK_WINDOW (self->window), store, zone);
}

static void
on_policy (SmmPreferencesPrivacy *self)
{
  smm_policy_window_present (GTK_WINDOW (self->window), self->window->library);
}

static void
on_ai (SmmPreferencesPrivacy *self)
{
  smm_preferences_show_page (self->window, "ai");
}

/* A provider is its switch. */
static void
fill_ai (SmmPreferencesPrivacy *self, SmmStore *store)
{
  g_autofree char *provider = smm_settings_dup (store, SMM_SETTING_AI_PROVIDER);

  adw_action_row_set_subtitle (self->ai_row,
                               g_str_equal (provider, "none")
                                   ? _ ("Off: none is chosen")
                                   : _ ("On: gets what you ask it to work on. “None” switches it "
                                        "off."));
}

static void
fill_policy (SmmPreferencesPrivacy *self, SmmStore *store)
{
  int accepted = smm_policy_get_accepted (store);
  g_autofree char *at = smm_store_get_setting (store, SMM_SETTING_POLICY_AT);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when
      = at != NULL ? smm_time_format_long (g_ascii_strtoll (at, NULL, 10), zone) : NULL;
  g_autofree char *text = NULL;

  if (accepted == SMM_POLICY_VERSION && when != NULL)
    text = g_strdup_printf (_ ("Accepted on %s"), when);
  else if (accepted > 0)
    text = g_strdup (_ ("There is a new text. Until you accept it nothing is sent to the AI."));
  else
    text = g_strdup (_ ("Not accepted yet. Until then nothing is sent to the AI."));
  adw_action_row_set_subtitle (self->policy_row, text);
}

void
smm_preferences_privacy_fill (SmmPreferencesPrivacy *self, SmmStore *store)
{
  fill_policy (self, store);
  fill_ai (self, store);
  smm_preferences_rights_fill (self->rights, store);
}

void
smm_preferences_privacy_bind (SmmPreferencesPrivacy *self, SmmPreferences *window)
{
  g_autofree char *folder = g_markup_escape_text (window->paths->data_dir, -1);

  self->window = window;
  adw_action_row_set_subtitle (self->folder, folder);
  smm_preferences_rights_bind (self->rights, window);
  smm_preferences_bind (window, self->use_meta, SMM_SETTING_USE_META);
  smm_preferences_bind (window, self->use_tiktok, SMM_SETTING_USE_TIKTOK);
  smm_preferences_bind (window, self->use_resend, SMM_SETTING_MAIL_ENABLED);
  smm_preferences_bind (window, self->ledger_days, SMM_SETTING_LEDGER_DAYS);
  smm_preferences_bind (window, self->activity_days, SMM_SETTING_ACTIVITY_DAYS);
  smm_preferences_bind (window, self->trash_days, SMM_SETTING_TRASH_DAYS);
  smm_preferences_bind (window, self->daily_check, SMM_SETTING_DAILY_CHECK);
  smm_preferences_bind (window, self->thumbnails, SMM_SETTING_THUMBNAILS);
}

static void
smm_preferences_privacy_dispose (GObject *object)
{
  SMM_PREFERENCES_PRIVACY (object)->window = NULL;
  G_OBJECT_CLASS (smm_preferences_privacy_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SmmPreferencesPrivacy, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
smm_preferences_privacy_class_init (SmmPreferencesPrivacyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_preferences_privacy_dispose;
  g_type_ensure (SMM_TYPE_PREFERENCES_RIGHTS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/preferences/smm-preferences-privacy.ui");
  BIND (folder);
  BIND (policy_row);
  BIND (rights);
  BIND (use_meta);
  BIND (use_tiktok);
  BIND (use_resend);
  BIND (ai_row);
  BIND (ledger_days);
  BIND (activity_days);
  BIND (trash_days);
  BIND (daily_check);
  BIND (thumbnails);
  CALL (on_open_folder);
  CALL (on_ledger);
  CALL (on_policy);
  CALL (on_ai);
}

static void
smm_preferences_privacy_init (SmmPreferencesPrivacy *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
