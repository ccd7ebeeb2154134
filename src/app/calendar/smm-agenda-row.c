/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-agenda-row.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-chip-view.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

/* --- The item --- */

G_DEFINE_FINAL_TYPE (SmmAgendaItem, smm_agenda_item, G_TYPE_OBJECT)

static void
smm_agenda_item_finalize (GObject *object)
{
  g_clear_object (&SMM_AGENDA_ITEM (object)->chip);
  g_free (SMM_AGENDA_ITEM (object)->note);
  G_OBJECT_CLASS (smm_agenda_item_parent_class)->finalize (object);
}

static void
smm_agenda_item_class_init (SmmAgendaItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_agenda_item_finalize;
}

static void
smm_agenda_item_init (SmmAgendaItem *self)
{
}

/**
 * smm_agenda_item_new:
 * @kind: what it is
 * @day: julian day
 * @chip: (nullable): of a post
 *
 * Returns: (transfer full): a line
 */
SmmAgendaItem *
smm_agenda_item_new (SmmAgendaKind kind, guint32 day, SmmChip *chip)
{
  SmmAgendaItem *self = g_object_new (SMM_TYPE_AGENDA_ITEM, NULL);

  self->kind = kind;
  self->day = day;
  self->chip = chip != NULL ? g_object_ref (chip) : NULL;
  return self;
}

/* --- The row --- */

struct _SmmAgendaRow
{
  GtkWidget parent_instance;

  GtkWidget *pages[SMM_AGENDA_NOW + 1]; /* by kind, as soon as there was one; one is visible */
  GtkWidget *day, *date, *note;
  GtkWidget *now;
  GtkWidget *time, *picture, *title, *marks, *icon, *word;

  SmmAgendaItem *item;
};

G_DEFINE_FINAL_TYPE (SmmAgendaRow, smm_agenda_row, GTK_TYPE_WIDGET)

static void
smm_agenda_row_dispose (GObject *object)
{
  SmmAgendaRow *self = SMM_AGENDA_ROW (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    g_clear_pointer (&self->pages[i], gtk_widget_unparent);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (smm_agenda_row_parent_class)->dispose (object);
}

static void
smm_agenda_row_class_init (SmmAgendaRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_agenda_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "agendarow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static GtkWidget *
make_day (SmmAgendaRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->day = gtk_label_new (NULL);
  self->date = gtk_label_new (NULL);
  gtk_widget_add_css_class (box, "agenda-day");
  gtk_widget_add_css_class (self->day, "heading");
  gtk_widget_add_css_class (self->date, "caption");
  gtk_widget_add_css_class (self->date, "dim-label");
  gtk_box_append (GTK_BOX (box), self->day);
  gtk_box_append (GTK_BOX (box), self->date);
  self->note = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->note), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_box_append (GTK_BOX (box), self->note);
  return box;
}

static GtkWidget *
make_now (SmmAgendaRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_widget_add_css_class (box, "agenda-now");
  gtk_widget_add_css_class (line, "now-line");
  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), line);
  self->now = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->now, "now-clock");
  gtk_box_append (GTK_BOX (box), self->now);
  return box;
}

static GtkWidget *
make_post (SmmAgendaRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *second = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->time = gtk_label_new (NULL);
  self->title = gtk_label_new (NULL);
  self->marks = smm_platform_marks_new ();
  self->icon = gtk_image_new ();
  self->word = gtk_label_new (NULL);
  gtk_widget_add_css_class (box, "agenda-post");
  gtk_widget_add_css_class (self->time, "agenda-time");
  gtk_box_append (GTK_BOX (box), self->time);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (column), self->title);
  gtk_box_append (GTK_BOX (second), self->marks);
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), 14);
  gtk_box_append (GTK_BOX (second), self->icon);
  gtk_widget_add_css_class (self->word, "state-word");
  gtk_label_set_ellipsize (GTK_LABEL (self->word), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (second), self->word);
  gtk_box_append (GTK_BOX (column), second);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (box), column);
  return box;
}

static void
smm_agenda_row_init (SmmAgendaRow *self)
{
}

GtkWidget *
smm_agenda_row_new (void)
{
  return g_object_new (SMM_TYPE_AGENDA_ROW, NULL);
}

/* The list's own widget around it is what has the keyboard. */
static void
set_name (SmmAgendaRow *self, const char *name)
{
  GtkWidget *line = gtk_widget_get_parent (GTK_WIDGET (self));

  smm_widget_set_label (GTK_WIDGET (self), name);
  if (line != NULL)
    smm_widget_set_label (line, name);
}

static void
show_day (SmmAgendaRow *self, GTimeZone *zone)
{
  guint32 day = self->item->day, today = smm_day_today (zone);
  g_autofree char *weekday = smm_day_format (day, "%A");
  g_autofree char *date = NULL;
  g_autofree char *noted = NULL;
  g_autofree char *name = smm_day_format (day, _ ("%A %-e %B"));
  const char *word = day == today ? _ ("Today") : day == today + 1 ? _ ("Tomorrow") : weekday;

  /* Translators: beside “Today”: Wednesday 14; beside the weekday: 16 October */
  date = smm_day_format (day, word == weekday ? _ ("%-e %B") : _ ("%A %-e"));
  gtk_label_set_label (GTK_LABEL (self->day), word);
  gtk_label_set_label (GTK_LABEL (self->date), date);
  gtk_label_set_label (GTK_LABEL (self->note), self->item->note != NULL ? self->item->note : "");
  smm_widget_set_tip (self->note, self->item->note);
  if (self->item->note != NULL)
    noted = g_strdup_printf ("%s, %s", name, self->item->note);
  set_name (self, noted != NULL ? noted : name);
}

/* Of a post that has none there is no place for it either. */
static void
show_picture (SmmAgendaRow *self, const char *sha256)
{
  if (self->picture == NULL && sha256 != NULL)
    {
      self->picture = smm_thumbnail_new (40);
      gtk_widget_set_valign (self->picture, GTK_ALIGN_CENTER);
      gtk_box_insert_child_after (GTK_BOX (self->pages[SMM_AGENDA_POST]), self->picture,
                                  self->time);
    }
  if (self->picture != NULL)
    smm_thumbnail_set_sha256 (SMM_THUMBNAIL (self->picture), sha256);
}

static void
show_post (SmmAgendaRow *self, GTimeZone *zone)
{
  SmmChip *chip = self->item->chip;
  g_autofree char *clock = smm_time_format_clock (chip->due_at, zone);
  g_autofree char *name = smm_chip_describe (chip, zone);
  g_autofree char *state = smm_state_dup_word (chip->state, chip->handed_over);
  gboolean untitled = chip->title == NULL || *chip->title == '\0';

  gtk_label_set_label (GTK_LABEL (self->time), clock);
  gtk_label_set_width_chars (GTK_LABEL (self->time), smm_clock_get_width ());
  gtk_label_set_label (GTK_LABEL (self->title), untitled ? _ ("no text") : chip->title);
  gtk_label_set_label (GTK_LABEL (self->word), state);
  show_picture (self, chip->thumbnail);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (self->marks), chip->platforms);
  smm_state_image_set (GTK_IMAGE (self->icon), chip->state);
  smm_state_style (self->word, chip->state);
  set_name (self, name);
}

static void
show_now (SmmAgendaRow *self, GTimeZone *zone)
{
  g_autofree char *clock = smm_time_format_clock (g_get_real_time (), zone);
  /* Translators: the present moment, %s is a time */
  g_autofree char *name = g_strdup_printf (_ ("Now, %s"), clock);

  gtk_label_set_label (GTK_LABEL (self->now), clock);
  set_name (self, name);
}

static void
set_class (SmmAgendaRow *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

/* Most rows are of one kind for as long as they are there. */
static void
show_page (SmmAgendaRow *self, SmmAgendaKind kind)
{
  static GtkWidget *(*const make[]) (SmmAgendaRow *) = { make_day, make_post, make_now };

  if (self->pages[kind] == NULL)
    {
      self->pages[kind] = make[kind](self);
      gtk_widget_set_parent (self->pages[kind], GTK_WIDGET (self));
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    if (self->pages[i] != NULL)
      gtk_widget_set_visible (self->pages[i], i == kind);
}

/**
 * smm_agenda_row_set_item:
 * @self: a row
 * @item: what it shows
 * @zone: zone of its time
 */
void
smm_agenda_row_set_item (SmmAgendaRow *self, SmmAgendaItem *item, GTimeZone *zone)
{
  g_set_object (&self->item, item);
  show_page (self, item->kind);
  set_class (self, "post", item->kind != SMM_AGENDA_DAY);
  set_class (self, "first", item->first);
  set_class (self, "last", item->last);
  if (item->kind == SMM_AGENDA_DAY)
    show_day (self, zone);
  else if (item->kind == SMM_AGENDA_POST)
    show_post (self, zone);
  else
    show_now (self, zone);
}

SmmAgendaItem *
smm_agenda_row_get_item (SmmAgendaRow *self)
{
  return self->item;
}
