/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-kind-switch.h"

#include <glib/gi18n.h>

#include "smm-state-icon.h"

#define N_KINDS 3

struct _SmmKindSwitch
{
  GtkBox parent_instance;

  GtkWidget *buttons[N_KINDS];
  gboolean setting;
};

static const struct
{
  SmmPostKind kind;
  const char *label;
} kinds[N_KINDS] = {
  { SMM_POST_KIND_FEED, N_ ("Post") },
  { SMM_POST_KIND_REEL, N_ ("Reel") },
  { SMM_POST_KIND_STORY, N_ ("Story") },
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmKindSwitch, smm_kind_switch, GTK_TYPE_BOX)

static void
on_toggled (GtkToggleButton *button, SmmKindSwitch *self)
{
  /* Two buttons change at once; the one that is chosen tells. */
  if (!self->setting && gtk_toggle_button_get_active (button))
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
smm_kind_switch_class_init (SmmKindSwitchClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHANGED] = g_signal_new ("changed", SMM_TYPE_KIND_SWITCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_kind_switch_init (SmmKindSwitch *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  gtk_widget_add_css_class (GTK_WIDGET (self), "kind-switch");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  smm_widget_set_label (GTK_WIDGET (self), _ ("Kind of post"));
  for (guint i = 0; i < N_KINDS; i++)
    {
      self->buttons[i] = gtk_toggle_button_new_with_label (_ (kinds[i].label));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[i]),
                                   i > 0 ? GTK_TOGGLE_BUTTON (self->buttons[0]) : NULL);
      g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (on_toggled), self);
      gtk_box_append (GTK_BOX (self), self->buttons[i]);
    }
  smm_kind_switch_set (self, SMM_POST_KIND_FEED);
}

/**
 * smm_kind_switch_new:
 *
 * Returns: (transfer full): a switch at “Post”
 */
GtkWidget *
smm_kind_switch_new (void)
{
  return g_object_new (SMM_TYPE_KIND_SWITCH, NULL);
}

/**
 * smm_kind_switch_get:
 * @self: a switch
 *
 * Returns: the kind chosen
 */
SmmPostKind
smm_kind_switch_get (SmmKindSwitch *self)
{
  g_return_val_if_fail (SMM_IS_KIND_SWITCH (self), SMM_POST_KIND_FEED);

  for (guint i = 0; i < N_KINDS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->buttons[i])))
      return kinds[i].kind;
  return SMM_POST_KIND_FEED;
}

/**
 * smm_kind_switch_set:
 * @self: a switch
 * @kind: what to choose
 */
void
smm_kind_switch_set (SmmKindSwitch *self, SmmPostKind kind)
{
  g_return_if_fail (SMM_IS_KIND_SWITCH (self));

  self->setting = TRUE;
  for (guint i = 0; i < N_KINDS; i++)
    if (kinds[i].kind == kind)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), TRUE);
  self->setting = FALSE;
}
