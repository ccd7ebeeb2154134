/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-post-columns.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-color-dot.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

/* Of the tags beside a text. */
#define TAG_CHARACTERS 22

/* Each kind of cell shows a row in its own way. */
typedef void (*Show) (SmmPostColumns *columns, GtkWidget *cell, SmmChip *chip);

/* Hangs on every list item. */
typedef struct
{
  SmmPostColumns *columns;
  Show show;
  GtkListItem *item; /* borrowed */
  SmmPostRow *row;   /* while bound */
  gulong changed;
} Cell;

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_assert (cell->row == NULL);
  g_free (cell);
}

static Cell *
get_cell (GtkListItem *item)
{
  return g_object_get_data (G_OBJECT (item), "cell");
}

static void
show (Cell *cell)
{
  SmmChip *chip = smm_post_row_get_chip (cell->row);
  GtkWidget *child = gtk_list_item_get_child (cell->item);

  /* A row whose post went is about to go. */
  gtk_widget_set_opacity (child, chip != NULL ? 1 : 0);
  if (chip != NULL)
    cell->show (cell->columns, child, chip);
}

static void
on_row_changed (SmmPostRow *row, Cell *cell)
{
  show (cell);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostColumns *columns)
{
  Cell *cell = get_cell (item);

  cell->row = g_object_ref (gtk_list_item_get_item (item));
  cell->changed = g_signal_connect (cell->row, "changed", G_CALLBACK (on_row_changed), cell);
  show (cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostColumns *columns)
{
  Cell *cell = get_cell (item);

  g_clear_signal_handler (&cell->changed, cell->row);
  g_clear_object (&cell->row);
}

/* --- Clicks --- */

static void
toggle (Cell *cell, guint position)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (cell->columns->list);

  if (gtk_selection_model_is_selected (model, position))
    gtk_selection_model_unselect_item (model, position);
  else
    gtk_selection_model_select_item (model, position, FALSE);
}

/* With Ctrl and Shift the table chooses; a plain click opens, or chooses when that was asked for.
 */
static void
on_pressed (GtkGestureClick *click, int n, double x, double y, Cell *cell)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));

  if ((state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_DENIED);
  else
    gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_released (GtkGestureClick *click, int n, double x, double y, Cell *cell)
{
  GtkWidget *child = gtk_list_item_get_child (cell->item);
  guint position = gtk_list_item_get_position (cell->item);
  GtkWidget *row;

  if (!gtk_widget_contains (child, x, y))
    return;
  /* The row is two up: the cell, then the row. */
  row = gtk_widget_get_parent (gtk_widget_get_parent (child));
  gtk_widget_grab_focus (row);
  if (cell->columns->choosing)
    toggle (cell, position);
  else
    g_signal_emit_by_name (cell->columns->table, "activate", position);
}

static void
set_up (SmmPostColumns *columns, GtkListItem *item, GtkWidget *child, Show how)
{
  Cell *cell = g_new0 (Cell, 1);

  cell->columns = columns;
  cell->show = how;
  cell->item = item;
  g_object_set_data_full (G_OBJECT (item), "cell", cell, cell_free);
  gtk_list_item_set_child (item, child);
  if (!GTK_IS_CHECK_BUTTON (child))
    {
      GtkGesture *click = gtk_gesture_click_new ();

      g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), cell);
      g_signal_connect (click, "released", G_CALLBACK (on_released), cell);
      gtk_widget_add_controller (child, GTK_EVENT_CONTROLLER (click));
    }
}

/* --- Check marks --- */

static void
on_check_toggled (GtkCheckButton *check, Cell *cell)
{
  guint position = gtk_list_item_get_position (cell->item);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (cell->columns->list);

  if (position == GTK_INVALID_LIST_POSITION
      || gtk_selection_model_is_selected (model, position) == gtk_check_button_get_active (check))
    return;
  toggle (cell, position);
}

static void
on_selected_notify (GtkListItem *item, GParamSpec *pspec, GtkCheckButton *check)
{
  gtk_check_button_set_active (check, gtk_list_item_get_selected (item));
}

static const char *
get_title (SmmChip *chip)
{
  return chip->title != NULL && *chip->title != '\0' ? chip->title : _ ("No text");
}

static void
show_check (SmmPostColumns *columns, GtkWidget *check, SmmChip *chip)
{
  /* Translators: %s is how a post begins */
  g_autofree char *name = g_strdup_printf (_ ("Select “%s”"), get_title (chip));

  smm_widget_set_label (check, name);
}

static void
on_check_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostColumns *columns)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_halign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (check, FALSE);
  set_up (columns, item, check, show_check);
  g_signal_connect (check, "toggled", G_CALLBACK (on_check_toggled), get_cell (item));
  g_signal_connect_object (item, "notify::selected", G_CALLBACK (on_selected_notify), check, 0);
}

static void
on_check_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostColumns *columns)
{
  on_bind (factory, item, columns);
  on_selected_notify (item, NULL, GTK_CHECK_BUTTON (gtk_list_item_get_child (item)));
}

/* --- The post --- */

static void
show_post (SmmPostColumns *columns, GtkWidget *box, SmmChip *chip)
{
  GtkWidget *picture = gtk_widget_get_first_child (box);
  GtkWidget *title = gtk_widget_get_next_sibling (picture);
  GtkWidget *dot = gtk_widget_get_next_sibling (title);
  GtkWidget *tags = gtk_widget_get_next_sibling (dot);

  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (picture), chip->thumbnail);
  gtk_label_set_label (GTK_LABEL (title), get_title (chip));
  gtk_widget_set_visible (dot, chip->tags != NULL);
  gtk_widget_set_visible (tags, chip->tags != NULL && !columns->narrow);
  smm_color_dot_set_color (SMM_COLOR_DOT (dot), chip->color);
  gtk_label_set_label (GTK_LABEL (tags), chip->tags != NULL ? chip->tags : "");
}

static void
on_post_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostColumns *columns)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *picture = smm_thumbnail_new (34);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *dot = smm_color_dot_new (NULL);
  GtkWidget *tags = gtk_label_new (NULL);

  gtk_widget_set_size_request (box, -1, 38);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), dot);
  gtk_label_set_ellipsize (GTK_LABEL (tags), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (tags), TAG_CHARACTERS);
  gtk_widget_add_css_class (tags, "caption");
  gtk_widget_add_css_class (tags, "dim-label");
  gtk_box_append (GTK_BOX (box), tags);
  set_up (columns, item, box, show_post);
}

/* --- Where --- */

static void
show_where (SmmPostColumns *columns, GtkWidget *marks, SmmChip *chip)
{
  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), chip->platforms);
}

static void
on_where_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostColumns *columns)
{
  GtkWidget *marks = smm_platform_marks_new ();

  gtk_widget_set_halign (marks, GTK_ALIGN_START);
  set_up (columns, item, marks, show_where);
}

/* --- When --- */

static void
show_when (SmmPostColumns *columns, GtkWidget *label, SmmChip *chip)
{
  g_autofree char *when
      = chip->due_at != 0 ? smm_time_format_relative (chip->due_at, columns->zone) : g_strdup ("–");
  /* In a table of its own a time begins with a capital. */
  g_autofree char *first = g_utf8_substring (when, 0, 1);
  g_autofree char *capital = g_utf8_strup (first, -1);
  g_autofree char *text = g_strconcat (capital, when + strlen (first), NULL);

  gtk_label_set_label (GTK_LABEL (label), text);
  if (chip->due_at != 0 && chip->due_at < g_get_real_time ())
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
}

static GtkWidget *
create_when (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
on_when_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostColumns *columns)
{
  set_up (columns, item, create_when (), show_when);
}

/* --- State --- */

/* In a narrow window with the time below it. */
static void
show_state (SmmPostColumns *columns, GtkWidget *box, SmmChip *chip)
{
  GtkWidget *icon = gtk_widget_get_first_child (box);
  GtkWidget *word = gtk_widget_get_first_child (gtk_widget_get_next_sibling (icon));
  GtkWidget *when = gtk_widget_get_next_sibling (word);
  g_autofree char *state = smm_state_dup_word (chip->state, chip->handed_over);

  smm_state_image_set (GTK_IMAGE (icon), chip->state);
  gtk_label_set_label (GTK_LABEL (word), state);
  smm_state_style (word, chip->state);
  gtk_widget_set_visible (when, columns->narrow && chip->due_at != 0);
  if (columns->narrow)
    show_when (columns, when, chip);
}

/* To set it with each text would ask the display each time where the pointer is. */
static gboolean
on_query_tooltip (GtkWidget *word, int x, int y, gboolean keyboard, GtkTooltip *tooltip,
                  gpointer user_data)
{
  gtk_tooltip_set_text (tooltip, gtk_label_get_label (GTK_LABEL (word)));
  return TRUE;
}

static void
on_state_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostColumns *columns)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *word = gtk_label_new (NULL);
  GtkWidget *when = create_when ();

  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_label_set_ellipsize (GTK_LABEL (word), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (word, "state-word");
  gtk_widget_set_has_tooltip (word, TRUE);
  g_signal_connect (word, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  gtk_label_set_xalign (GTK_LABEL (word), 0);
  gtk_widget_add_css_class (when, "caption");
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), word);
  gtk_box_append (GTK_BOX (lines), when);
  gtk_box_append (GTK_BOX (box), lines);
  set_up (columns, item, box, show_state);
}

/* --- Columns --- */

static void
set_factory (SmmPostColumns *columns, GtkColumnViewColumn *column, GCallback setup, GCallback bind)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", setup, columns);
  g_signal_connect (factory, "bind", bind, columns);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), columns);
  gtk_column_view_column_set_factory (column, factory);
}

/* The rows are sorted by the store. GTK 4.8 does not say which column its header sorts by: so each
 * sorter, asked to compare, notes that it was asked. */
static int asked_sort;

static int
note_asked (gconstpointer a, gconstpointer b, gpointer sort)
{
  asked_sort = GPOINTER_TO_INT (sort);
  return 1;
}

static void
set_sorter (GtkColumnViewColumn *column, SmmPostSort sort)
{
  g_autoptr (GtkCustomSorter) sorter
      = gtk_custom_sorter_new (note_asked, GINT_TO_POINTER (sort), NULL);

  gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
}

/**
 * smm_post_columns_get_sort:
 * @columns: columns that were set up
 * @descending: (out): the greatest first
 *
 * Returns: what the header sorts by; %SMM_SORT_NEAR while nobody clicked there
 */
SmmPostSort
smm_post_columns_get_sort (SmmPostColumns *columns, gboolean *descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (columns->table);
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering order;

  asked_sort = SMM_SORT_NEAR;
  order = gtk_sorter_compare (sorter, one, other);
  *descending = order != GTK_ORDERING_LARGER;
  return asked_sort;
}

/* The titles have names, except the one over the check marks. */
static void
name_check_column (GtkColumnView *table)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (table));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  if (title != NULL)
    smm_widget_set_label (title, _ ("Selection"));
}

void
smm_post_columns_set_up (SmmPostColumns *columns, GtkColumnViewColumn *check,
                         GtkColumnViewColumn *post, GtkColumnViewColumn *where,
                         GtkColumnViewColumn *state, GtkColumnViewColumn *when)
{
  set_factory (columns, check, G_CALLBACK (on_check_setup), G_CALLBACK (on_check_bind));
  set_factory (columns, post, G_CALLBACK (on_post_setup), G_CALLBACK (on_bind));
  set_factory (columns, where, G_CALLBACK (on_where_setup), G_CALLBACK (on_bind));
  set_factory (columns, state, G_CALLBACK (on_state_setup), G_CALLBACK (on_bind));
  set_factory (columns, when, G_CALLBACK (on_when_setup), G_CALLBACK (on_bind));
  set_sorter (post, SMM_SORT_TEXT);
  set_sorter (where, SMM_SORT_PLATFORM);
  set_sorter (state, SMM_SORT_STATE);
  set_sorter (when, SMM_SORT_TIME);
  name_check_column (columns->table);
}
