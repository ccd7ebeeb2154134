/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-account-chips.h"

#include <glib/gi18n.h>

#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-wrap.h"

struct _SmmAccountChips
{
  AdwBin parent_instance;

  GtkWidget *wrap;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmAccountChips, smm_account_chips, ADW_TYPE_BIN)

static void
smm_account_chips_class_init (SmmAccountChipsClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", SMM_TYPE_ACCOUNT_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_account_chips_init (SmmAccountChips *self)
{
  self->wrap = smm_wrap_new (12);
  smm_widget_set_label (self->wrap, _ ("Accounts this goes to"));
  adw_bin_set_child (ADW_BIN (self), self->wrap);
}

static GtkWidget *
create_avatar (SmmAccount *account)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *marks = smm_platform_marks_new ();

  gtk_overlay_set_child (GTK_OVERLAY (overlay), adw_avatar_new (30, account->name, TRUE));
  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), 1u << account->platform);
  gtk_widget_add_css_class (marks, "on-avatar");
  gtk_widget_set_halign (marks, GTK_ALIGN_END);
  gtk_widget_set_valign (marks, GTK_ALIGN_END);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), marks);
  return overlay;
}

static GtkWidget *
create_words (SmmAccount *account, const char *handle, GtkWidget **line)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (handle);
  const char *platform = smm_platform_id_get_label (account->platform);
  g_autofree char *text = account->state == SMM_ACCOUNT_OK ? g_strdup (platform)
                          : account->state == SMM_ACCOUNT_RESTRICTED
                              ? g_strdup_printf (_ ("%s wants you to act there"), platform)
                              : g_strdup (_ ("Waits until you reconnect"));
  GtkWidget *detail = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 22);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (detail), 26);
  g_object_set_data_full (G_OBJECT (detail), "usual", g_strdup (text), g_free);
  *line = detail;
  gtk_widget_add_css_class (title, "account-name");
  gtk_widget_add_css_class (detail, "account-detail");
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), detail);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  return words;
}

static void
on_toggled (SmmAccountChips *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * smm_account_chips_new:
 *
 * Returns: (transfer full): no accounts yet
 */
GtkWidget *
smm_account_chips_new (void)
{
  return g_object_new (SMM_TYPE_ACCOUNT_CHIPS, NULL);
}

/**
 * smm_account_chips_clear:
 * @self: chips
 */
void
smm_account_chips_clear (SmmAccountChips *self)
{
  g_return_if_fail (SMM_IS_ACCOUNT_CHIPS (self));

  smm_wrap_clear (SMM_WRAP (self->wrap));
}

/**
 * smm_account_chips_add:
 * @self: chips
 * @account: one more
 * @chosen: whether the post goes there
 */
void
smm_account_chips_add (SmmAccountChips *self, SmmAccount *account, gboolean chosen)
{
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *detail;
  g_autofree char *handle = smm_account_dup_handle (account);
  g_autofree char *name
      = g_strdup_printf (_ ("%s on %s"), handle, smm_platform_id_get_label (account->platform));

  g_return_if_fail (SMM_IS_ACCOUNT_CHIPS (self));

  gtk_box_append (GTK_BOX (box), create_avatar (account));
  gtk_box_append (GTK_BOX (box), create_words (account, handle, &detail));
  if (account->state != SMM_ACCOUNT_OK)
    {
      GtkWidget *icon = gtk_image_new ();

      smm_state_image_set (GTK_IMAGE (icon), SMM_TARGET_HELD);
      gtk_box_append (GTK_BOX (box), icon);
    }
  gtk_button_set_child (GTK_BUTTON (toggle), box);
  gtk_widget_add_css_class (toggle, "account-toggle");
  gtk_widget_set_tooltip_text (toggle, name);
  smm_widget_set_label (toggle, name);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), chosen);
  g_object_set_data (G_OBJECT (toggle), "detail", detail);
  g_object_set_data_full (G_OBJECT (toggle), "account", g_object_ref (account), g_object_unref);
  g_signal_connect_swapped (toggle, "toggled", G_CALLBACK (on_toggled), self);
  smm_wrap_append (SMM_WRAP (self->wrap), toggle);
}

/**
 * smm_account_chips_set_detail:
 * @self: chips
 * @account_id: one of them
 * @text: (nullable): what is different there; %NULL: the platform, or what is wrong with the
 * account
 */
void
smm_account_chips_set_detail (SmmAccountChips *self, const char *account_id, const char *text)
{
  g_return_if_fail (SMM_IS_ACCOUNT_CHIPS (self));

  for (GtkWidget *toggle = gtk_widget_get_first_child (self->wrap); toggle != NULL;
       toggle = gtk_widget_get_next_sibling (toggle))
    {
      SmmAccount *account = g_object_get_data (G_OBJECT (toggle), "account");
      GtkWidget *detail = g_object_get_data (G_OBJECT (toggle), "detail");
      const char *usual = g_object_get_data (G_OBJECT (detail), "usual");

      if (g_str_equal (account->id, account_id))
        gtk_label_set_label (GTK_LABEL (detail),
                             text != NULL && account->state == SMM_ACCOUNT_OK ? text : usual);
    }
}

/**
 * smm_account_chips_get_chosen:
 * @self: chips
 *
 * Returns: (transfer full) (element-type SmmAccount): where the post goes
 */
GPtrArray *
smm_account_chips_get_chosen (SmmAccountChips *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (SMM_IS_ACCOUNT_CHIPS (self), chosen);

  for (GtkWidget *toggle = gtk_widget_get_first_child (self->wrap); toggle != NULL;
       toggle = gtk_widget_get_next_sibling (toggle))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)))
      g_ptr_array_add (chosen, g_object_ref (g_object_get_data (G_OBJECT (toggle), "account")));
  return chosen;
}

/**
 * smm_account_chips_is_empty:
 * @self: chips
 *
 * Returns: whether there is no account to choose
 */
gboolean
smm_account_chips_is_empty (SmmAccountChips *self)
{
  return gtk_widget_get_first_child (self->wrap) == NULL;
}
