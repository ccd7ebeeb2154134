/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-preferences.h"

#include "smm-notices-page.h"
#include "smm-preferences-ai.h"
#include "smm-preferences-privacy.h"

G_BEGIN_DECLS

struct _SmmPreferences
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwViewStack *stack;
  GtkWidget *name, *email, *organization;
  SmmNoticesPage *notices;
  AdwPreferencesGroup *brands;
  GtkWidget *backup_weekly, *backup_days, *backup_now;
  AdwPreferencesGroup *backups;
  SmmPreferencesAi *ai_page;
  SmmPreferencesPrivacy *privacy_page;

  SmmLibrary *library;
  SmmPaths *paths;        /* the application's */
  GPtrArray *brand_rows;  /* GtkWidget *, in the group */
  GPtrArray *backup_rows;
  GPtrArray *bound;       /* GtkWidget *, borrowed: each shows a setting */
  char *restoring;        /* name of the backup that takes the library's place */
  guint n_changes;        /* sent, not answered */
  gboolean filling;
};

void smm_preferences_toast (SmmPreferences *self, const char *text, gboolean undoable);
void smm_preferences_tell (SmmPreferences *self, const char *text);
/* Applies; says what went wrong, else "@done" with Undo when it is given. */
void smm_preferences_apply (SmmPreferences *self, const char *command, GVariant *args,
                            const char *done);

/* Nothing when it is that already. */
void smm_preferences_set (SmmPreferences *self, const char *key, const char *value);
/* What somebody began to write stays, also when it is left for another row. */
void smm_preferences_fill_entry (GtkWidget *row, const char *text);

void smm_preferences_bind (SmmPreferences *self, GtkWidget *widget, const char *key);
/* Nothing when they are that already: somebody may be just changing them. */
void smm_preferences_fill_switch (GtkSwitch *widget, gboolean active);
void smm_preferences_fill_spin (GtkSpinButton *widget, int value);

/* --- smm-preferences-backups.c --- */
void smm_preferences_fill_backups (SmmPreferences *self);
void smm_preferences_back_up (SmmPreferences *self);
void smm_preferences_on_connected (SmmPreferences *self);

G_END_DECLS
