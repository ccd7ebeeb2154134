/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What looks for content that is cut finds it, and nothing else. */

#include "config.h"

#include "cut.h"

#define WIDTH 300

/* As parts of the application: says it can do with the width there is, and hides what is more. */
#define TYPE_HOLDER (holder_get_type ())
G_DECLARE_FINAL_TYPE (Holder, holder, TEST, HOLDER, GtkWidget)

struct _Holder
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (Holder, holder, GTK_TYPE_WIDGET)

static void
holder_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = WIDTH;
  *minimum_baseline = *natural_baseline = -1;
}

static void
holder_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (width, minimum), height, -1, NULL);
}

static void
holder_dispose (GObject *object)
{
  gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (object)));
  G_OBJECT_CLASS (holder_parent_class)->dispose (object);
}

static void
holder_class_init (HolderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = holder_dispose;
  GTK_WIDGET_CLASS (klass)->measure = holder_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = holder_size_allocate;
}

static void
holder_init (Holder *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

static GtkWidget *
make_row (int n_words)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (int i = 0; i < n_words; i++)
    gtk_box_append (GTK_BOX (row), gtk_button_new_with_label ("Sourdough"));
  return row;
}

static gboolean
on_late (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static char *
find_in (GtkWidget *content)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *holder = g_object_new (TYPE_HOLDER, NULL);
  gboolean late = FALSE;
  char *found;

  gtk_widget_set_parent (content, holder);
  gtk_window_set_child (GTK_WINDOW (window), holder);
  gtk_window_present (GTK_WINDOW (window));
  g_timeout_add (500, on_late, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gtk_widget_get_width (holder), >=, WIDTH);
  found = smm_cut_find ();
  gtk_window_destroy (GTK_WINDOW (window));
  return found;
}

static void
test_row (void)
{
  g_autofree char *narrow = find_in (make_row (2));
  g_autofree char *wide = find_in (make_row (8));

  g_assert_cmpstr (narrow, ==, "");
  g_assert_nonnull (strstr (wide, "cut: GtkButton “Sourdough”, "));
}

static void
test_scrolled (void)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  g_autofree char *found = NULL;

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_row (8));
  found = find_in (scroller);
  g_assert_cmpstr (found, ==, "");
}

/* The rest of a row leaves a text that could be shortened no room at all. */
static void
test_shortened (void)
{
  GtkWidget *row = make_row (2);
  GtkWidget *label = gtk_label_new ("1 selected");
  g_autofree char *found = NULL;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_size_request (gtk_widget_get_first_child (row), WIDTH, -1);
  gtk_box_prepend (GTK_BOX (row), label);
  found = find_in (row);
  g_assert_nonnull (strstr (found, "shortened to nothing: GtkLabel “1 selected”"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cut/row", test_row);
  g_test_add_func ("/cut/scrolled", test_scrolled);
  g_test_add_func ("/cut/shortened", test_shortened);
  return g_test_run ();
}
