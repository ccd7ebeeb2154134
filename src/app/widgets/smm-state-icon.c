/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-state-icon.h"

#include <glib/gi18n.h>

static const struct
{
  const char *icon;
  const char *css;
  const char *color;
} looks[SMM_N_TARGET_STATES] = {
  [SMM_TARGET_DRAFT] = { "smm-state-draft-symbolic", "state-draft", "state_draft" },
  [SMM_TARGET_SCHEDULED] = { "smm-state-scheduled-symbolic", "state-scheduled", "state_scheduled" },
  [SMM_TARGET_PUBLISHING]
  = { "smm-state-publishing-symbolic", "state-publishing", "state_publishing" },
  [SMM_TARGET_PUBLISHED] = { "smm-state-published-symbolic", "state-published", "state_published" },
  [SMM_TARGET_UNCONFIRMED]
  = { "smm-state-unconfirmed-symbolic", "state-unconfirmed", "state_unconfirmed" },
  [SMM_TARGET_FAILED] = { "smm-state-failed-symbolic", "state-failed", "state_failed" },
  [SMM_TARGET_HELD] = { "smm-state-held-symbolic", "state-held", "state_held" },
  [SMM_TARGET_CANCELLED] = { "smm-state-cancelled-symbolic", "state-cancelled", "state_cancelled" },
};

/**
 * smm_state_icon_name:
 * @state: a state
 *
 * Returns: (transfer none): the symbolic icon that stands for it
 */
const char *
smm_state_icon_name (SmmTargetState state)
{
  g_return_val_if_fail (state < SMM_N_TARGET_STATES, looks[0].icon);

  return looks[state].icon;
}

/**
 * smm_state_css_class:
 * @state: a state
 *
 * Returns: (transfer none): the style class that gives its colour
 */
const char *
smm_state_css_class (SmmTargetState state)
{
  g_return_val_if_fail (state < SMM_N_TARGET_STATES, looks[0].css);

  return looks[state].css;
}

/**
 * smm_state_color_name:
 * @state: a state
 *
 * Returns: (transfer none): the name of its colour in the style sheet
 */
const char *
smm_state_color_name (SmmTargetState state)
{
  g_return_val_if_fail (state < SMM_N_TARGET_STATES, looks[0].color);

  return looks[state].color;
}

/**
 * smm_state_style:
 * @widget: any widget
 * @state: the state it shows from now on
 *
 * Gives the widget the state's style class and takes away the class of another state.
 */
void
smm_state_style (GtkWidget *widget, SmmTargetState state)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  for (guint i = 0; i < SMM_N_TARGET_STATES; i++)
    if (i == state)
      gtk_widget_add_css_class (widget, looks[i].css);
    else
      gtk_widget_remove_css_class (widget, looks[i].css);
}

/**
 * smm_state_image_set:
 * @image: an image
 * @state: the state to show
 *
 * Shows the state's icon in its colour; the image is named after the state for assistive tools.
 */
void
smm_state_image_set (GtkImage *image, SmmTargetState state)
{
  gtk_image_set_from_icon_name (image, smm_state_icon_name (state));
  smm_state_style (GTK_WIDGET (image), state);
  smm_widget_set_label (GTK_WIDGET (image), smm_target_state_get_label (state));
}

/**
 * smm_state_is_pinned:
 * @state: a state
 *
 * Returns: %TRUE when a post in this state refuses every change
 */
gboolean
smm_state_is_pinned (SmmTargetState state)
{
  return state == SMM_TARGET_PUBLISHED || state == SMM_TARGET_PUBLISHING
         || state == SMM_TARGET_UNCONFIRMED;
}

/**
 * smm_state_get_sentence:
 * @state: a state
 *
 * Returns: (transfer none): one translated sentence that says what the state means
 */
const char *
smm_state_get_sentence (SmmTargetState state)
{
  switch (state)
    {
    case SMM_TARGET_DRAFT:
      return _ ("A draft. It goes nowhere until you schedule it.");
    case SMM_TARGET_SCHEDULED:
      return _ ("Waiting for its time.");
    case SMM_TARGET_PUBLISHING:
      return _ ("Being published right now.");
    case SMM_TARGET_PUBLISHED:
      return _ ("It is live.");
    case SMM_TARGET_UNCONFIRMED:
      return _ ("The platform has not told us if this is live. We keep looking and don’t send it "
                "again meanwhile.");
    case SMM_TARGET_FAILED:
      return _ ("It was not published.");
    case SMM_TARGET_HELD:
      return _ ("It waits for you.");
    case SMM_TARGET_CANCELLED:
      return _ ("Cancelled. It will not be published.");
    default:
      return "";
    }
}

/**
 * smm_state_dup_word:
 * @state: a state
 * @handed_over: the platform that has the post already, 0: none
 *
 * Returns: (transfer full): the state for people: “Scheduled”, “Facebook will publish it”
 */
char *
smm_state_dup_word (SmmTargetState state, guint handed_over)
{
  if (state != SMM_TARGET_SCHEDULED || handed_over == 0)
    return g_strdup (smm_target_state_get_label (state));
  /* Translators: %s is a platform that got the post ahead of its time */
  return g_strdup_printf (_ ("%s will publish it"), smm_platform_id_get_label (handed_over));
}

/**
 * smm_state_is_handed_over:
 * @target: a target
 *
 * Returns: %TRUE when the platform has it and nobody wants it back
 */
gboolean
smm_state_is_handed_over (SmmTarget *target)
{
  g_return_val_if_fail (SMM_IS_TARGET (target), FALSE);

  return target->state == SMM_TARGET_SCHEDULED && target->remote_id != NULL
         && g_strcmp0 (target->reason_code, "handed-over") == 0;
}

/**
 * smm_widget_set_label:
 * @widget: any widget
 * @label: its name for assistive tools, UTF-8, for people
 */
void
smm_widget_set_label (GtkWidget *widget, const char *label)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/**
 * smm_widget_set_tip:
 * @widget: any widget
 * @text: (nullable): what its tooltip says, UTF-8, for people
 *
 * As gtk_widget_set_tooltip_text(), for a text that is mostly the same as before: GTK 4.8 asks the
 * display server three times where the pointer is, whenever the tooltip of a visible widget is set.
 */
void
smm_widget_set_tip (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}
