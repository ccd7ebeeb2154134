/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-drafts-shelf.h"

#include <glib/gi18n.h>

#include "smm-state-icon.h"

struct _SmmDraftsShelf
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *count;
  GtkWidget *hint;
  GtkWidget *cards;
  GtkWidget *revealer;
  GtkWidget *toggle;
  SmmCalendarModel *model;
  GPtrArray *views; /* SmmChipView, children of cards */
  GtkWidget *none;
};

enum
{
  CHIP_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmDraftsShelf, smm_drafts_shelf, GTK_TYPE_WIDGET)

static void
on_card_activated (SmmChipView *card, SmmDraftsShelf *self)
{
  g_signal_emit (self, signals[CHIP_ACTIVATED], 0, smm_chip_view_get_chip (card), card);
}

static void
on_toggled (GtkToggleButton *button, SmmDraftsShelf *self)
{
  gboolean open = gtk_toggle_button_get_active (button);

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), open);
  gtk_button_set_icon_name (GTK_BUTTON (button), open ? "pan-down-symbolic" : "pan-up-symbolic");
}

static void
smm_drafts_shelf_dispose (GObject *object)
{
  SmmDraftsShelf *self = SMM_DRAFTS_SHELF (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (smm_drafts_shelf_parent_class)->dispose (object);
}

static void
smm_drafts_shelf_class_init (SmmDraftsShelfClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_drafts_shelf_dispose;
  signals[CHIP_ACTIVATED] = g_signal_new ("chip-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, SMM_TYPE_CHIP, GTK_TYPE_WIDGET);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "shelf");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
}

static void
smm_drafts_shelf_init (SmmDraftsShelf *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_ ("Drafts"));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (head), title);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "caption");
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_box_append (GTK_BOX (head), self->count);
  self->hint = gtk_label_new (_ ("Drag a draft onto a day. Drop a post here to unschedule it."));
  gtk_label_set_ellipsize (GTK_LABEL (self->hint), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 1);
  gtk_widget_set_hexpand (self->hint, TRUE);
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_box_append (GTK_BOX (head), self->hint);
  self->toggle = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->toggle), "pan-down-symbolic");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->toggle), TRUE);
  gtk_widget_add_css_class (self->toggle, "flat");
  gtk_widget_add_css_class (self->toggle, "shelf-toggle");
  gtk_widget_set_tooltip_text (self->toggle, _ ("Show Drafts"));
  smm_widget_set_label (self->toggle, _ ("Show Drafts"));
  g_signal_connect (self->toggle, "toggled", G_CALLBACK (on_toggled), self);
  gtk_box_append (GTK_BOX (head), self->toggle);
  gtk_box_append (GTK_BOX (self->box), head);

  self->views = g_ptr_array_new ();
  self->cards = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->cards, "cards");
  g_object_set (scroller, "vscrollbar-policy", GTK_POLICY_NEVER, "child", self->cards, NULL);
  smm_widget_set_label (scroller, _ ("Drafts"));
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer),
                                    GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), scroller);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  gtk_box_append (GTK_BOX (self->box), self->revealer);

  smm_widget_set_label (GTK_WIDGET (self), _ ("Drafts"));
}

static void
on_selection_changed (SmmCalendarModel *model, SmmDraftsShelf *self)
{
  for (guint i = 0; i < self->views->len; i++)
    smm_calendar_view_dress (self->views->pdata[i], model);
}

/**
 * smm_drafts_shelf_set_model:
 * @self: a shelf
 * @model: what it shows
 */
void
smm_drafts_shelf_set_model (SmmDraftsShelf *self, SmmCalendarModel *model)
{
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (on_selection_changed), self, 0);
}

static void
show_none (SmmDraftsShelf *self, gboolean none)
{
  if (self->none == NULL)
    {
      self->none = gtk_label_new (_ ("No drafts. Anything you start is kept here until it has "
                                     "a time."));
      gtk_widget_add_css_class (self->none, "dim-label");
      gtk_label_set_ellipsize (GTK_LABEL (self->none), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (self->cards), self->none);
    }
  gtk_widget_set_visible (self->none, none);
}

/**
 * smm_drafts_shelf_reload:
 * @self: a shelf
 *
 * Reads the drafts again, newest first; the cards are kept and show others.
 */
void
smm_drafts_shelf_reload (SmmDraftsShelf *self)
{
  g_autoptr (GPtrArray) chips = NULL;
  g_autofree char *count = NULL;

  g_return_if_fail (SMM_IS_DRAFTS_SHELF (self));

  chips = smm_calendar_model_list_drafts (self->model);
  while (self->views->len > chips->len)
    {
      gtk_box_remove (GTK_BOX (self->cards), self->views->pdata[self->views->len - 1]);
      g_ptr_array_set_size (self->views, self->views->len - 1);
    }
  while (self->views->len < chips->len)
    {
      GtkWidget *card = smm_chip_view_new (SMM_CHIP_CARD);

      gtk_widget_set_focusable (card, TRUE);
      g_signal_connect (card, "activated", G_CALLBACK (on_card_activated), self);
      gtk_box_append (GTK_BOX (self->cards), card);
      g_ptr_array_add (self->views, card);
    }
  for (guint i = 0; i < chips->len; i++)
    {
      smm_chip_view_set_chip (self->views->pdata[i], chips->pdata[i],
                              smm_calendar_model_get_zone (self->model));
      smm_calendar_view_dress (self->views->pdata[i], self->model);
    }
  show_none (self, chips->len == 0);
  count = g_strdup_printf ("%u", chips->len);
  gtk_label_set_label (GTK_LABEL (self->count), count);
}
