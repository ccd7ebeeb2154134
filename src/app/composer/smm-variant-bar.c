/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-variant-bar.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-wrap.h"

struct _SmmVariantBar
{
  GtkBox parent_instance;

  GtkWidget *tabs;
  GtkWidget *note;
  GtkWidget *words;
  GtkWidget *reset;

  char *chosen; /* account id; NULL: all */
  char *shown;  /* ids of the tabs, to leave them alone while nothing changes */
  gboolean setting;
};

enum
{
  CHANGED,
  RESET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmVariantBar, smm_variant_bar, GTK_TYPE_BOX)

static const char *
get_account (GtkWidget *tab)
{
  return g_object_get_data (G_OBJECT (tab), "account");
}

static void
on_toggled (GtkToggleButton *tab, SmmVariantBar *self)
{
  if (self->setting || !gtk_toggle_button_get_active (tab))
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (get_account (GTK_WIDGET (tab)));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_reset (SmmVariantBar *self)
{
  g_signal_emit (self, signals[RESET], 0);
}

static void
smm_variant_bar_finalize (GObject *object)
{
  SmmVariantBar *self = SMM_VARIANT_BAR (object);

  g_free (self->chosen);
  g_free (self->shown);
  G_OBJECT_CLASS (smm_variant_bar_parent_class)->finalize (object);
}

static void
smm_variant_bar_class_init (SmmVariantBarClass *klass)
{
  GType type = SMM_TYPE_VARIANT_BAR;

  G_OBJECT_CLASS (klass)->finalize = smm_variant_bar_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESET]
      = g_signal_new ("reset", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_variant_bar_init (SmmVariantBar *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "variant-bar");
  self->tabs = smm_wrap_new (6);
  smm_widget_set_label (self->tabs, _ ("Whose post is shown"));
  self->note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->words = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->words), 0);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_add_css_class (self->words, "caption");
  self->reset = gtk_button_new_with_label (_ ("Same as All"));
  gtk_widget_set_valign (self->reset, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (on_reset), self);
  gtk_box_append (GTK_BOX (self->note), self->words);
  gtk_box_append (GTK_BOX (self->note), self->reset);
  gtk_widget_add_css_class (self->note, "variant-note");
  gtk_box_append (GTK_BOX (self), self->tabs);
  gtk_box_append (GTK_BOX (self), self->note);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * smm_variant_bar_new:
 *
 * Returns: (transfer full): a bar without accounts, not to be seen
 */
GtkWidget *
smm_variant_bar_new (void)
{
  return g_object_new (SMM_TYPE_VARIANT_BAR, NULL);
}

static guint
count_platform (GPtrArray *accounts, SmmPlatformId platform)
{
  guint n = 0;

  for (guint i = 0; i < accounts->len; i++)
    n += ((SmmAccount *)accounts->pdata[i])->platform == platform;
  return n;
}

static void
add_tab (SmmVariantBar *self, SmmAccount *account, const char *label)
{
  GtkWidget *first = gtk_widget_get_first_child (self->tabs);
  GtkWidget *tab = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (account != NULL)
    {
      GtkWidget *mark = smm_platform_marks_new ();

      smm_platform_marks_set (SMM_PLATFORM_MARKS (mark), 1u << account->platform);
      gtk_box_append (GTK_BOX (box), mark);
      g_object_set_data_full (G_OBJECT (tab), "account", g_strdup (account->id), g_free);
    }
  gtk_box_append (GTK_BOX (box), gtk_label_new (label));
  gtk_button_set_child (GTK_BUTTON (tab), box);
  smm_widget_set_label (tab, label);
  gtk_widget_add_css_class (tab, "variant-tab");
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab),
                               first != NULL ? GTK_TOGGLE_BUTTON (first) : NULL);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (tab), g_strcmp0 (account != NULL ? account->id : NULL, self->chosen) == 0);
  g_signal_connect (tab, "toggled", G_CALLBACK (on_toggled), self);
  smm_wrap_append (SMM_WRAP (self->tabs), tab);
}

/**
 * smm_variant_bar_set_accounts:
 * @self: a bar
 * @accounts: (element-type SmmAccount): where the post goes
 */
void
smm_variant_bar_set_accounts (SmmVariantBar *self, GPtrArray *accounts)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  g_return_if_fail (SMM_IS_VARIANT_BAR (self));

  for (guint i = 0; i < accounts->len; i++)
    g_string_append_printf (ids, "%s ", ((SmmAccount *)accounts->pdata[i])->id);
  if (g_strcmp0 (self->shown, ids->str) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (ids->str);
  if (self->chosen != NULL && strstr (ids->str, self->chosen) == NULL)
    g_clear_pointer (&self->chosen, g_free);
  self->setting = TRUE;
  smm_wrap_clear (SMM_WRAP (self->tabs));
  add_tab (self, NULL, _ ("All accounts"));
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];
      g_autofree char *handle = smm_account_dup_handle (account);
      gboolean alone = count_platform (accounts, account->platform) == 1;

      add_tab (self, account, alone ? smm_platform_id_get_label (account->platform) : handle);
    }
  self->setting = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), accounts->len > 1);
}

/**
 * smm_variant_bar_choose:
 * @self: a bar
 * @account_id: (nullable): whose post to show; %NULL: that of all
 */
void
smm_variant_bar_choose (SmmVariantBar *self, const char *account_id)
{
  g_return_if_fail (SMM_IS_VARIANT_BAR (self));

  if (self->chosen != account_id)
    {
      g_free (self->chosen);
      self->chosen = g_strdup (account_id);
    }
  self->setting = TRUE;
  for (GtkWidget *tab = gtk_widget_get_first_child (self->tabs); tab != NULL;
       tab = gtk_widget_get_next_sibling (tab))
    if (g_strcmp0 (get_account (tab), self->chosen) == 0)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), TRUE);
  self->setting = FALSE;
}

/**
 * smm_variant_bar_get_chosen:
 * @self: a bar
 *
 * Returns: (transfer none) (nullable): an account's id; %NULL: all
 */
const char *
smm_variant_bar_get_chosen (SmmVariantBar *self)
{
  g_return_val_if_fail (SMM_IS_VARIANT_BAR (self), NULL);

  return self->chosen;
}

/**
 * smm_variant_bar_set_difference:
 * @self: a bar
 * @text: (nullable): what differs on the chosen account
 * @was_reset: nothing does any more, and the button gives back what did
 */
void
smm_variant_bar_set_difference (SmmVariantBar *self, const char *text, gboolean was_reset)
{
  g_return_if_fail (SMM_IS_VARIANT_BAR (self));

  gtk_label_set_label (GTK_LABEL (self->words),
                       text != NULL ? text
                                    : _ ("As on all accounts. What you change here is for "
                                         "this account alone."));
  gtk_button_set_label (GTK_BUTTON (self->reset), was_reset ? _ ("Undo") : _ ("Same as All"));
  gtk_widget_set_tooltip_text (
      self->reset, was_reset ? _ ("Back to what this account had of its own")
                             : _ ("Back to the text, media and options of all accounts"));
  gtk_widget_set_visible (self->reset, text != NULL || was_reset);
  gtk_widget_set_visible (self->note, self->chosen != NULL);
}
