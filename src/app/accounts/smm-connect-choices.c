/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-connect-choices.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "smm-platform-marks.h"
#include "smm-sign-in-step.h"
#include "smm-state-icon.h"

struct _SmmConnectChoices
{
  GtkBox parent_instance;

  GtkWidget *lead, *choices, *missing_lead, *missing;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmConnectChoices, smm_connect_choices, GTK_TYPE_BOX)

static void
on_check_toggled (SmmConnectChoices *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_candidate (SmmConnectChoices *self, SmmCandidate *candidate, SmmAccount *known, gboolean again)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *marks = smm_platform_marks_new ();
  gboolean can = candidate->problem == NULL && candidate->token != NULL;
  g_autofree char *handle
      = candidate->username != NULL && candidate->platform != SMM_PLATFORM_FACEBOOK
            ? g_strconcat ("@", candidate->username, NULL)
            : g_strdup (candidate->name);
  const char *detail = candidate->problem != NULL ? candidate->problem : candidate->note;
  GtkWidget *row;

  if (detail == NULL)
    detail = known != NULL ? _ ("Known already, its sign-in is renewed")
                           : smm_platform_id_get_label (candidate->platform);
  row = smm_connect_add_row (self->choices, handle, detail);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), 1u << candidate->platform);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), marks);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), can && (!again || known != NULL));
  gtk_widget_set_sensitive (check, can);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data_full (G_OBJECT (row), "remote-id", g_strdup (candidate->remote_id), g_free);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_check_toggled), self);
}

/**
 * smm_connect_choices_fill:
 * @self: the choices
 * @grant: what the sign-in brought
 * @permissions: what was asked for
 * @store: which accounts are known
 * @brand_id: to this brand
 * @again: whether an account is signed in again
 */
void
smm_connect_choices_fill (SmmConnectChoices *self, SmmGrant *grant,
                          const SmmPermission *permissions, SmmStore *store, const char *brand_id,
                          gboolean again)
{
  gboolean all = TRUE;

  g_return_if_fail (SMM_IS_CONNECT_CHOICES (self));

  smm_connect_clear_list (self->choices);
  smm_connect_clear_list (self->missing);
  for (guint i = 0; i < grant->candidates->len; i++)
    {
      SmmCandidate *candidate = grant->candidates->pdata[i];
      g_autoptr (SmmAccount) known
          = smm_store_find_account (store, brand_id, candidate->platform, candidate->remote_id);

      add_candidate (self, candidate, known, again);
    }
  for (; permissions->scope != NULL && grant->scopes != NULL; permissions++)
    if (!smm_permission_is_granted (permissions, grant->scopes))
      {
        smm_connect_add_row (self->missing, _ (permissions->label), _ (permissions->without));
        all = FALSE;
      }
  gtk_label_set_label (GTK_LABEL (self->lead), _ ("Which of these belong to this brand?"));
  gtk_widget_set_visible (self->choices, grant->candidates->len > 0);
  gtk_widget_set_visible (self->missing, !all);
  gtk_widget_set_visible (self->missing_lead, !all);
}

void
smm_connect_choices_end (SmmConnectChoices *self, const char *text)
{
  g_return_if_fail (SMM_IS_CONNECT_CHOICES (self));

  gtk_label_set_label (GTK_LABEL (self->lead), text);
  gtk_widget_set_visible (self->choices, FALSE);
}

/**
 * smm_connect_choices_list:
 * @self: the choices
 *
 * Returns: (transfer container) (element-type utf8): the remote ids that are ticked
 */
GPtrArray *
smm_connect_choices_list (SmmConnectChoices *self)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (GtkWidget *row = gtk_widget_get_first_child (self->choices); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *check = g_object_get_data (G_OBJECT (row), "check");

      if (check != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
        g_ptr_array_add (ids, g_object_get_data (G_OBJECT (row), "remote-id"));
    }
  return ids;
}

guint
smm_connect_choices_count (SmmConnectChoices *self)
{
  g_autoptr (GPtrArray) ids = smm_connect_choices_list (self);

  return ids->len;
}

static void
smm_connect_choices_class_init (SmmConnectChoicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CHANGED] = g_signal_new ("changed", SMM_TYPE_CONNECT_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/ui/accounts/smm-connect-choices.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmConnectChoices, lead);
  gtk_widget_class_bind_template_child (widget_class, SmmConnectChoices, choices);
  gtk_widget_class_bind_template_child (widget_class, SmmConnectChoices, missing_lead);
  gtk_widget_class_bind_template_child (widget_class, SmmConnectChoices, missing);
}

static void
smm_connect_choices_init (SmmConnectChoices *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
