/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-import-rows.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"

/* Each kind of cell shows a row in its own way. */
typedef void (*Show) (SmmImportRows *rows, GtkWidget *cell, SmmImportRow *row);

/* Hangs on every list item. */
typedef struct
{
  SmmImportRows *rows;
  Show show;
  GtkListItem *item; /* borrowed */
  gulong changed;    /* while bound */
} Cell;

static void
show (SmmImportItem *row, Cell *cell)
{
  cell->show (cell->rows, gtk_list_item_get_child (cell->item), smm_import_item_get_row (row));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmImportRows *rows)
{
  Cell *cell = g_object_get_data (G_OBJECT (item), "cell");
  SmmImportItem *row = gtk_list_item_get_item (item);

  cell->changed = g_signal_connect (row, "changed", G_CALLBACK (show), cell);
  show (row, cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmImportRows *rows)
{
  Cell *cell = g_object_get_data (G_OBJECT (item), "cell");

  g_clear_signal_handler (&cell->changed, gtk_list_item_get_item (item));
}

static void
set_up (SmmImportRows *rows, GtkListItem *item, GtkWidget *child, Show how)
{
  Cell *cell = g_new0 (Cell, 1);

  cell->rows = rows;
  cell->show = how;
  cell->item = item;
  g_object_set_data_full (G_OBJECT (item), "cell", cell, g_free);
  gtk_list_item_set_child (item, child);
}

/* --- The line of the file --- */

static void
show_line (SmmImportRows *rows, GtkWidget *label, SmmImportRow *row)
{
  g_autofree char *text = g_strdup_printf ("%u", row->line);

  gtk_label_set_label (GTK_LABEL (label), text);
}

static void
on_line_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmImportRows *rows)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  set_up (rows, item, label, show_line);
}

/* --- The post and what is wrong with it --- */

static char *
make_title (SmmImportRow *row)
{
  g_autofree char *line = smm_text_dup_first_line (row->post->text, -1);

  if (*line != '\0')
    return g_steal_pointer (&line);
  return g_strdup (row->files->len > 0 ? _ ("No text") : _ ("Empty"));
}

/* As long as the longest time that make_when() writes. */
#define WHEN_CHARS 17

static char *
make_when (SmmImportRows *rows, SmmImportRow *row)
{
  g_autoptr (GDateTime) at = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (row->post->due_at == 0)
    return g_strdup (row->draft ? _ ("Draft") : "–");
  at = smm_time_to_date_time (row->post->due_at, rows->zone);
  now = g_date_time_new_now (rows->zone);
  if (g_date_time_get_year (at) == g_date_time_get_year (now))
    return smm_time_format_relative (row->post->due_at, rows->zone);
  /* Translators: a time of another year, like 14 Oct 2026 17:30 */
  return smm_time_format (row->post->due_at, rows->zone, _ ("%-e %b %Y %H:%M"));
}

static SmmTargetState
find_state (SmmImportRow *row)
{
  if (!smm_import_row_is_good (row))
    return SMM_TARGET_FAILED;
  if (row->problems->len > 0)
    return SMM_TARGET_UNCONFIRMED;
  return row->draft ? SMM_TARGET_DRAFT : SMM_TARGET_SCHEDULED;
}

/* For those who do not see colours or signs. */
static const char *
get_verdict (SmmTargetState state)
{
  switch (state)
    {
    case SMM_TARGET_FAILED:
      return _ ("Left out");
    case SMM_TARGET_UNCONFIRMED:
      return _ ("With a warning");
    case SMM_TARGET_DRAFT:
      return _ ("Draft");
    default:
      return _ ("Good");
    }
}

static void
show_problems (GtkWidget *label, SmmImportRow *row, SmmTargetState state)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < row->problems->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            ((SmmImportProblem *)row->problems->pdata[i])->message);
  gtk_label_set_label (GTK_LABEL (label), text->str);
  gtk_widget_set_visible (label, text->len > 0);
  smm_state_style (label, state);
}

static void
show_post (SmmImportRows *rows, GtkWidget *box, SmmImportRow *row)
{
  GtkWidget *icon = gtk_widget_get_first_child (box);
  GtkWidget *column = gtk_widget_get_next_sibling (icon);
  GtkWidget *head = gtk_widget_get_first_child (column);
  GtkWidget *title = gtk_widget_get_first_child (head);
  GtkWidget *marks = gtk_widget_get_next_sibling (title);
  GtkWidget *when = gtk_widget_get_next_sibling (head);
  GtkWidget *problems = gtk_widget_get_next_sibling (when);
  g_autofree char *text = make_title (row);
  g_autofree char *time = make_when (rows, row);
  SmmTargetState state = find_state (row);
  guint platforms = 0;

  for (guint i = 0; i < row->post->targets->len; i++)
    platforms |= 1u << ((SmmTarget *)row->post->targets->pdata[i])->platform;
  smm_state_image_set (GTK_IMAGE (icon), state);
  smm_widget_set_label (icon, get_verdict (state));
  gtk_label_set_label (GTK_LABEL (title), text);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), platforms);
  gtk_label_set_label (GTK_LABEL (when), time);
  gtk_widget_set_visible (when, rows->narrow);
  show_problems (problems, row, state);
}

static GtkWidget *
label_new (const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
on_post_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmImportRows *rows)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *title = label_new (NULL);
  GtkWidget *problems = label_new ("caption");

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (problems), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (problems), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), smm_platform_marks_new ());
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), head);
  gtk_box_append (GTK_BOX (column), label_new ("caption"));
  gtk_box_append (GTK_BOX (column), problems);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), column);
  set_up (rows, item, box, show_post);
}

/* --- When --- */

static void
show_when (SmmImportRows *rows, GtkWidget *label, SmmImportRow *row)
{
  g_autofree char *text = make_when (rows, row);

  gtk_label_set_label (GTK_LABEL (label), text);
}

static void
on_when_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmImportRows *rows)
{
  GtkWidget *label = label_new ("numeric");

  /* Whatever rows are in sight, and however large the letters are. */
  gtk_label_set_width_chars (GTK_LABEL (label), WHEN_CHARS);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  set_up (rows, item, label, show_when);
}

static void
set_factory (SmmImportRows *self, GtkColumnViewColumn *column, GCallback setup)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", setup, self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  gtk_column_view_column_set_factory (column, factory);
}

void
smm_import_rows_set_up (SmmImportRows *self, GtkColumnViewColumn *line, GtkColumnViewColumn *post,
                        GtkColumnViewColumn *when)
{
  set_factory (self, line, G_CALLBACK (on_line_setup));
  set_factory (self, post, G_CALLBACK (on_post_setup));
  set_factory (self, when, G_CALLBACK (on_when_setup));
}
