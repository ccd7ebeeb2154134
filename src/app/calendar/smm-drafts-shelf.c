/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-drafts-shelf.h"

#include <glib/gi18n.h>

#include "smm-chip-view.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

/* --- One card --- */

#define SMM_TYPE_DRAFT_CARD (smm_draft_card_get_type ())
G_DECLARE_FINAL_TYPE (SmmDraftCard, smm_draft_card, SMM, DRAFT_CARD, GtkWidget)

struct _SmmDraftCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  SmmChip *chip;
};

G_DEFINE_FINAL_TYPE (SmmDraftCard, smm_draft_card, GTK_TYPE_WIDGET)

static guint card_activated;

static void
on_card_released (GtkGestureClick *gesture, int n_press, double x, double y, SmmDraftCard *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, card_activated, 0);
}

static gboolean
on_card_key (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  g_signal_emit (widget, card_activated, 0);
  return TRUE;
}

static GdkContentProvider *
on_card_drag_prepare (GtkDragSource *source, double x, double y, SmmDraftCard *self)
{
  g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, icon, x, y);
  return gdk_content_provider_new_typed (SMM_TYPE_CHIP, self->chip);
}

static void
smm_draft_card_dispose (GObject *object)
{
  SmmDraftCard *self = SMM_DRAFT_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->chip);
  G_OBJECT_CLASS (smm_draft_card_parent_class)->dispose (object);
}

static void
smm_draft_card_class_init (SmmDraftCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_draft_card_dispose;
  card_activated = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_activate_signal (widget_class, card_activated);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, on_card_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, on_card_key, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "draft");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
smm_draft_card_init (SmmDraftCard *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  g_signal_connect (click, "released", G_CALLBACK (on_card_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_card_drag_prepare), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static GtkWidget *
create_card (SmmChip *chip)
{
  SmmDraftCard *self = g_object_new (SMM_TYPE_DRAFT_CARD, NULL);
  GtkWidget *picture = smm_thumbnail_new (40);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *marks = smm_platform_marks_new ();
  gboolean untitled = chip->title == NULL || *chip->title == '\0';
  GtkWidget *title = gtk_label_new (untitled ? _ ("Empty draft") : chip->title);
  g_autofree char *name = NULL;

  self->chip = g_object_ref (chip);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (picture), chip->thumbnail);
  gtk_box_append (GTK_BOX (self->box), picture);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (title, untitled ? "dim-label" : "draft-title");
  gtk_box_append (GTK_BOX (column), title);
  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), chip->platforms);
  gtk_widget_set_halign (marks, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (column), marks);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (self->box), column);
  {
    g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

    name = smm_chip_describe (chip, zone);
  }
  smm_widget_set_label (GTK_WIDGET (self), name);
  return GTK_WIDGET (self);
}

/* --- The shelf --- */

struct _SmmDraftsShelf
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *count;
  GtkWidget *hint;
  GtkWidget *cards;
  GtkWidget *revealer;
  GtkWidget *toggle;
};

enum
{
  CHIP_ACTIVATED,
  CHIP_DROPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmDraftsShelf, smm_drafts_shelf, GTK_TYPE_WIDGET)

static void
on_card_activated (SmmDraftCard *card, SmmDraftsShelf *self)
{
  g_signal_emit (self, signals[CHIP_ACTIVATED], 0, card->chip, card);
}

static gboolean
can_unschedule (const GValue *value)
{
  SmmChip *chip;

  if (value == NULL || !G_VALUE_HOLDS (value, SMM_TYPE_CHIP))
    return value == NULL;
  chip = g_value_get_object (value);
  return chip->due_at != 0 && !smm_state_is_pinned (chip->state);
}

static GdkDragAction
on_drop_motion (GtkDropTarget *target, double x, double y, SmmDraftsShelf *self)
{
  if (!can_unschedule (gtk_drop_target_get_value (target)))
    return 0;
  gtk_widget_add_css_class (GTK_WIDGET (self), "drop");
  return GDK_ACTION_MOVE;
}

static void
on_drop_leave (GtkDropTarget *target, SmmDraftsShelf *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop");
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, SmmDraftsShelf *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop");
  if (!can_unschedule (value))
    return FALSE;
  g_signal_emit (self, signals[CHIP_DROPPED], 0, g_value_get_object (value));
  return TRUE;
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
  signals[CHIP_DROPPED] = g_signal_new ("chip-dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, SMM_TYPE_CHIP);
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
  GtkDropTarget *drop = gtk_drop_target_new (SMM_TYPE_CHIP, GDK_ACTION_MOVE | GDK_ACTION_COPY);

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

  gtk_drop_target_set_preload (drop, TRUE);
  g_signal_connect (drop, "enter", G_CALLBACK (on_drop_motion), self);
  g_signal_connect (drop, "motion", G_CALLBACK (on_drop_motion), self);
  g_signal_connect (drop, "leave", G_CALLBACK (on_drop_leave), self);
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  smm_widget_set_label (GTK_WIDGET (self), _ ("Drafts"));
}

/**
 * smm_drafts_shelf_new:
 *
 * Returns: (transfer full): an empty shelf
 */
GtkWidget *
smm_drafts_shelf_new (void)
{
  return g_object_new (SMM_TYPE_DRAFTS_SHELF, NULL);
}

/**
 * smm_drafts_shelf_set_chips:
 * @self: a shelf
 * @chips: (element-type SmmChip): the drafts, newest first
 */
void
smm_drafts_shelf_set_chips (SmmDraftsShelf *self, GPtrArray *chips)
{
  g_autofree char *count = NULL;
  GtkWidget *child;

  g_return_if_fail (SMM_IS_DRAFTS_SHELF (self));
  g_return_if_fail (chips != NULL);

  while ((child = gtk_widget_get_first_child (self->cards)) != NULL)
    gtk_box_remove (GTK_BOX (self->cards), child);
  for (guint i = 0; i < chips->len; i++)
    {
      GtkWidget *card = create_card (chips->pdata[i]);

      g_signal_connect (card, "activated", G_CALLBACK (on_card_activated), self);
      gtk_box_append (GTK_BOX (self->cards), card);
    }
  if (chips->len == 0)
    {
      GtkWidget *none = gtk_label_new (_ ("No drafts. Anything you start is kept here until it has "
                                          "a time."));

      gtk_widget_add_css_class (none, "dim-label");
      gtk_label_set_ellipsize (GTK_LABEL (none), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (self->cards), none);
    }
  count = g_strdup_printf ("%u", chips->len);
  gtk_label_set_label (GTK_LABEL (self->count), count);
}
