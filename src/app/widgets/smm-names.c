/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * GTK 4.8 tells a button's name to assistive tools twice when its label has a mnemonic: the label
 * as it is written, "_Save", and the text of the label widget that the mnemonic belongs to. Joined
 * they are read as "_Save Save". Whatever button comes on screen keeps the first, without the
 * underline.
 *
 * What has the keyboard in an entry row is a text inside it that has no name: it gets the row's.
 */

#include "config.h"

#include "smm-names.h"

#include <adwaita.h>

#include "smm-state-icon.h"

#define NAMED "smm-named"

/* "_Save" → "Save", "a__b" → "a_b". */
static char *
strip_mnemonic (const char *label)
{
  GString *text = g_string_new (NULL);

  for (; *label != '\0'; label++)
    {
      if (*label == '_' && label[1] != '\0')
        label++;
      g_string_append_c (text, *label);
    }
  return g_string_free (text, FALSE);
}

static void
name_once (GtkButton *button)
{
  /* While an icon takes the place of its label, GTK 4.8 would ask the icon for its text. */
  const char *label
      = GTK_IS_LABEL (gtk_button_get_child (button)) ? gtk_button_get_label (button) : NULL;
  g_autofree char *text = NULL;

  if (label == NULL || !gtk_button_get_use_underline (button))
    return;
  text = strip_mnemonic (label);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
name_text (GtkWidget *text)
{
  GtkWidget *row = gtk_widget_get_ancestor (text, ADW_TYPE_ENTRY_ROW);

  if (row != NULL)
    smm_widget_set_label (text, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static gboolean
on_realize (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GObject *widget = g_value_get_object (values);

  if (GTK_IS_BUTTON (widget) && g_object_get_data (widget, NAMED) == NULL)
    {
      g_object_set_data (widget, NAMED, widget);
      g_signal_connect (widget, "notify::label", G_CALLBACK (name_once), NULL);
      name_once (GTK_BUTTON (widget));
    }
  else if (GTK_IS_TEXT (widget))
    name_text (GTK_WIDGET (widget));
  return TRUE;
}

void
smm_names_keep (void)
{
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("realize", GTK_TYPE_WIDGET), 0, on_realize, NULL,
                              NULL);
}
