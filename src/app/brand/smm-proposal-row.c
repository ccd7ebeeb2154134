/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-proposal-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-color-dot.h"
#include "smm-state-icon.h"

struct _SmmProposalRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *button;
  GtkLabel *present;

  SmmBrandProposal *proposal;
  SmmBrandProposal *before; /* what was there when it was not used yet */
  gboolean used;
};

static guint chosen;

G_DEFINE_FINAL_TYPE (SmmProposalRow, smm_proposal_row, ADW_TYPE_PREFERENCES_ROW)

static gboolean
is_same (const SmmBrandProposal *one, const SmmBrandProposal *other)
{
  if (strcmp (one->key, SMM_BRAND_PROPOSAL_TONE) == 0)
    return memcmp (one->tones, other->tones, sizeof one->tones) == 0;
  return g_strcmp0 (one->value, other->value) == 0;
}

/* Lines on one, as they are short. */
static char *
flatten (const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  return g_strjoinv (" · ", lines);
}

void
smm_proposal_row_update (SmmProposalRow *self, SmmBrand *brand)
{
  g_autoptr (SmmBrandProposal) now = smm_brand_proposal_new_present (brand, self->proposal->key);
  const char *label = smm_brand_proposal_get_label (self->proposal);
  g_autofree char *before = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  self->used = is_same (now, self->proposal);
  if (!self->used)
    {
      g_clear_pointer (&self->before, smm_brand_proposal_unref);
      self->before = g_steal_pointer (&now);
    }
  before = self->before != NULL && self->before->value != NULL && *self->before->value != '\0'
               ? flatten (self->before->value)
               : g_strdup (_ ("Not said yet"));
  text = g_strdup_printf (self->used ? _ ("Before: %s") : _ ("Now: %s"), before);
  gtk_label_set_label (self->present, text);
  gtk_button_set_label (GTK_BUTTON (self->button), self->used ? _ ("Undo") : _ ("Use"));
  /* Translators: %s is what a proposal is for: Audience, Topics … */
  name = g_strdup_printf (self->used ? _ ("Undo: %s") : _ ("Use: %s"), label);
  smm_widget_set_label (self->button, name);
  gtk_widget_set_sensitive (self->button, !self->used || self->before != NULL);
}

gboolean
smm_proposal_row_is_used (SmmProposalRow *self)
{
  return self->used;
}

SmmBrandProposal *
smm_proposal_row_get_next (SmmProposalRow *self)
{
  return self->used ? self->before : self->proposal;
}

static void
on_clicked (SmmProposalRow *self)
{
  g_signal_emit (self, chosen, 0);
}

static GtkLabel *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

/* Each line by itself: in one label they would keep to the side of their script, and not to the
 * side where the others begin. */
static void
add_lines (GtkWidget *box, const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; lines[i] != NULL; i++)
    add_label (list, lines[i], NULL);
  gtk_box_append (GTK_BOX (box), list);
}

static void
add_dots (GtkWidget *box, const char *colors)
{
  GtkWidget *dots = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_auto (GStrv) words = g_strsplit (colors, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    gtk_box_append (GTK_BOX (dots), smm_color_dot_new (words[i]));
  gtk_box_append (GTK_BOX (box), dots);
}

static void
smm_proposal_row_finalize (GObject *object)
{
  SmmProposalRow *self = SMM_PROPOSAL_ROW (object);

  g_clear_pointer (&self->proposal, smm_brand_proposal_unref);
  g_clear_pointer (&self->before, smm_brand_proposal_unref);
  G_OBJECT_CLASS (smm_proposal_row_parent_class)->finalize (object);
}

static void
smm_proposal_row_class_init (SmmProposalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_proposal_row_finalize;
  chosen = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_NONE, 0);
}

static void
smm_proposal_row_init (SmmProposalRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

GtkWidget *
smm_proposal_row_new (SmmBrandProposal *proposal)
{
  SmmProposalRow *self = g_object_new (SMM_TYPE_PROPOSAL_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  const char *label = smm_brand_proposal_get_label (proposal);

  self->proposal = smm_brand_proposal_ref (proposal);
  gtk_widget_add_css_class (box, "proposal");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  add_label (texts, label, "heading");
  if (strcmp (proposal->key, "colors") == 0)
    add_dots (texts, proposal->value);
  add_lines (texts, proposal->value);
  self->present = add_label (texts, NULL, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->present), "caption");
  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  smm_widget_set_label (GTK_WIDGET (self), label);
  return GTK_WIDGET (self);
}
