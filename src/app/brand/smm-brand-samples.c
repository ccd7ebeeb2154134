/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-brand-samples.h"

#include <glib/gi18n.h>

#include "smm-ask-panel.h"
#include "smm-brand-ai.h"

struct _SmmBrandSamples
{
  GtkBox parent_instance;

  GtkWidget *ask;
  GtkWidget *captions;

  SmmBrand *brand;
};

G_DEFINE_FINAL_TYPE (SmmBrandSamples, smm_brand_samples, GTK_TYPE_BOX)

static void
clear_captions (SmmBrandSamples *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->captions)) != NULL)
    gtk_box_remove (GTK_BOX (self->captions), child);
  gtk_widget_set_visible (self->captions, FALSE);
}

static void
add_caption (SmmBrandSamples *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "card");
  gtk_widget_add_css_class (label, "sample-text");
  gtk_box_append (GTK_BOX (self->captions), label);
}

static void
on_answered (SmmAskPanel *panel, const char *text, SmmBrandSamples *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) captions = smm_brand_ai_read_captions (text, &error);

  if (captions == NULL)
    {
      smm_ask_panel_show_problem (panel, error->message);
      return;
    }
  clear_captions (self);
  for (guint i = 0; captions[i] != NULL; i++)
    add_caption (self, captions[i]);
  gtk_widget_set_visible (self->captions, TRUE);
}

static SmmAiPrompt *
make_prompt (gpointer user_data)
{
  SmmBrandSamples *self = user_data;

  return self->brand != NULL ? smm_brand_ai_ask_captions (self->brand) : NULL;
}

void
smm_brand_samples_bind (SmmBrandSamples *self, SmmBrandDesk *desk)
{
  smm_ask_panel_bind (SMM_ASK_PANEL (self->ask), desk, make_prompt, self);
}

void
smm_brand_samples_set_brand (SmmBrandSamples *self, SmmBrand *brand)
{
  if (self->brand == NULL || g_strcmp0 (self->brand->id, brand->id) != 0)
    {
      clear_captions (self);
      smm_ask_panel_reset (SMM_ASK_PANEL (self->ask));
    }
  g_set_object (&self->brand, brand);
  smm_ask_panel_refresh (SMM_ASK_PANEL (self->ask));
}

static void
smm_brand_samples_finalize (GObject *object)
{
  SmmBrandSamples *self = SMM_BRAND_SAMPLES (object);

  g_clear_object (&self->brand);
  G_OBJECT_CLASS (smm_brand_samples_parent_class)->finalize (object);
}

static void
smm_brand_samples_class_init (SmmBrandSamplesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_brand_samples_finalize;
}

static void
smm_brand_samples_init (SmmBrandSamples *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->ask = g_object_new (SMM_TYPE_ASK_PANEL, "title", _ ("Ask the AI for Captions"), NULL);
  self->captions = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_visible (self->captions, FALSE);
  gtk_box_append (GTK_BOX (self), self->ask);
  gtk_box_append (GTK_BOX (self), self->captions);
  g_signal_connect (self->ask, "answered", G_CALLBACK (on_answered), self);
}
