/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-connect-steps.h"

/**
 * smm_connect_steps_bind:
 * @widget_class: the class whose template has the steps
 * @offset: where in its instances they are kept
 */
void
smm_connect_steps_bind (GtkWidgetClass *widget_class, gssize offset)
{
  static const struct
  {
    const char *name;
    gsize offset;
  } parts[] = { { "mark_", G_STRUCT_OFFSET (SmmConnectSteps, marks) },
                { "name_", G_STRUCT_OFFSET (SmmConnectSteps, names) },
                { "note_", G_STRUCT_OFFSET (SmmConnectSteps, notes) },
                { "body_", G_STRUCT_OFFSET (SmmConnectSteps, bodies) } };

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    for (int n = 0; n < SMM_CONNECT_N_STEPS; n++)
      {
        g_autofree char *name = g_strdup_printf ("%s%d", parts[p].name, n + 1);

        gtk_widget_class_bind_template_child_full (
            widget_class, name, FALSE, offset + parts[p].offset + n * sizeof (GtkWidget *));
      }
}

/**
 * smm_connect_steps_show:
 * @self: the steps
 * @n: one of them, from 0
 * @at: the one that is open
 * @all_done: whether there is nothing to do any more; the last stays open
 * @name: what it is called
 * @note: (nullable): what came of it, once it is done
 */
void
smm_connect_steps_show (SmmConnectSteps *self, int n, int at, gboolean all_done, const char *name,
                        const char *note)
{
  gboolean done = n < at || all_done;
  g_autofree char *number = g_strdup_printf ("%d", n + 1);

  gtk_label_set_label (GTK_LABEL (self->names[n]), name);
  gtk_label_set_label (GTK_LABEL (self->marks[n]), done ? "✓" : number);
  gtk_widget_remove_css_class (self->marks[n], "done");
  gtk_widget_remove_css_class (self->marks[n], "current");
  if (done)
    gtk_widget_add_css_class (self->marks[n], "done");
  else if (n == at)
    gtk_widget_add_css_class (self->marks[n], "current");
  gtk_label_set_label (GTK_LABEL (self->notes[n]), note != NULL ? note : "");
  gtk_widget_set_visible (self->notes[n], note != NULL && done);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->bodies[n]), n == at);
  /* What is folded away is out of the keyboard's way too. */
  gtk_widget_set_visible (self->bodies[n], n == at);
}
