/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>

#include "smm-account-chips.h"
#include "smm-kind-switch.h"
#include "smm-media-strip.h"
#include "smm-platform-marks.h"
#include "smm-preview.h"
#include "smm-problem-list.h"
#include "smm-state-icon.h"
#include "smm-time-row.h"

/* Below this width the previews fold away. */
#define WIDE 900
/* From this one on the previews stand in two columns. */
#define VERY_WIDE 1180
/* Below this one the title leaves its room to the buttons. */
#define NARROW 520

/* How many of the widths above are reached. */
static int
get_room (int width)
{
  return (width >= NARROW) + (width >= WIDE) + (width >= VERY_WIDE);
}

/* In a narrow window the previews take the form's place while the button is down. */
static void
show_panes (SmmComposer *self)
{
  gboolean wide = self->room >= 2;
  gboolean peek = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->peek));

  gtk_widget_set_visible (self->preview_pane, wide || peek);
  gtk_widget_set_visible (self->form_pane, wide || !peek);
  gtk_widget_set_hexpand (self->preview_pane, !wide);
  gtk_widget_set_visible (self->peek, !wide);
}

/* Once all has folded that can, the window may not become smaller than what is left. */
static void
keep_room (GtkWidget *scroller, gboolean narrow)
{
  GtkWidget *viewport = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller));
  int minimum = -1;

  if (narrow)
    gtk_widget_measure (viewport, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_scrolled_window_set_min_content_width (GTK_SCROLLED_WINDOW (scroller), minimum);
}

static gboolean
on_narrow_idle (gpointer data)
{
  SmmComposer *self = data;
  gboolean narrow;

  self->narrow_source = 0;
  self->room = get_room (self->width);
  narrow = self->room == 0;
  show_panes (self);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->previews), self->room == 3
                                                                       ? GTK_ORIENTATION_HORIZONTAL
                                                                       : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self->buttons), narrow ? 1 : 6);
  gtk_widget_set_visible (self->header_title, !narrow);
  gtk_widget_set_visible (self->undo, !narrow);
  gtk_widget_set_visible (self->redo, !narrow);
  smm_time_row_set_narrow (SMM_TIME_ROW (self->time), narrow);
  smm_problem_list_set_narrow (SMM_PROBLEM_LIST (self->problems), narrow);
  keep_room (self->head, narrow);
  keep_room (self->body, narrow);
  return G_SOURCE_REMOVE;
}

static void
on_resize (GtkDrawingArea *area, int width, int height, SmmComposer *self)
{
  self->width = width;
  if (get_room (width) != self->room && self->narrow_source == 0)
    self->narrow_source = g_idle_add (on_narrow_idle, self);
}

/* AdwWindowTitle keeps room for five letters: too much beside the buttons of a narrow window. */
static GtkWidget *
create_title (SmmComposer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = gtk_label_new (_ ("New Post"));
  self->subtitle = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_add_css_class (self->subtitle, "caption");
  gtk_widget_add_css_class (self->subtitle, "dim-label");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->subtitle);
  return box;
}

static GtkWidget *
create_step (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  smm_widget_set_label (button, name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  /* What is undone depends on where the cursor is: it stays there. */
  gtk_widget_set_focus_on_click (button, FALSE);
  return button;
}

static GtkWidget *
create_header (SmmComposer *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) danger = g_menu_new ();
  g_autoptr (GMenuItem) slot
      = g_menu_item_new (_ ("Schedule in the Next Free _Slot"), "composer.queue");
  GtkWidget *label;

  g_menu_item_set_attribute (slot, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, slot);
  g_menu_append (menu, _ ("Publish _Now"), "composer.publish");
  g_menu_append (menu, _ ("Save as _Draft"), "composer.draft");
  g_menu_append (danger, _ ("_Delete"), "composer.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (danger));
  gtk_widget_set_tooltip_text (back, _ ("Back"));
  smm_widget_set_label (back, _ ("Back"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "composer.close");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), back);
  self->undo = create_step ("edit-undo-symbolic", _ ("Undo"), "composer.undo");
  self->redo = create_step ("edit-redo-symbolic", _ ("Redo"), "composer.redo");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->undo);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->redo);
  self->header_title = create_title (self);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), self->header_title);

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->schedule = gtk_button_new_with_label ("");
  gtk_widget_add_css_class (self->schedule, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->schedule), "composer.schedule");
  label = gtk_button_get_child (GTK_BUTTON (self->schedule));
  gtk_label_set_width_chars (GTK_LABEL (label), 9);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (self->menu, _ ("More"));
  smm_widget_set_label (self->menu, _ ("More"));
  self->duplicate = gtk_button_new_with_label (_ ("Duplicate"));
  gtk_widget_add_css_class (self->duplicate, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->duplicate), "composer.duplicate");
  self->peek = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->peek), "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (self->peek, _ ("Preview"));
  smm_widget_set_label (self->peek, _ ("Preview"));
  g_signal_connect_swapped (self->peek, "toggled", G_CALLBACK (show_panes), self);
  gtk_box_append (GTK_BOX (self->buttons), self->peek);
  gtk_box_append (GTK_BOX (self->buttons), self->schedule);
  gtk_box_append (GTK_BOX (self->buttons), self->duplicate);
  gtk_box_append (GTK_BOX (self->buttons), self->menu);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->buttons);
  return header;
}

static GtkWidget *
create_text (SmmComposer *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->text = gtk_text_view_new_with_buffer (self->common_buffer);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->text), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self->text), 16);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self->text), 16);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self->text), 14);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self->text), 14);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (self->text),
                                 GTK_INPUT_HINT_SPELLCHECK | GTK_INPUT_HINT_EMOJI);
  smm_widget_set_label (self->text, _ ("Text of the post"));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->text);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 170);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_box_append (GTK_BOX (card), smm_composer_create_variant_bar (self));
  gtk_box_append (GTK_BOX (card), scroller);
  gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (card), smm_composer_create_tools (self));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "composer-text");
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  return card;
}

static GtkWidget *
create_details (SmmComposer *self)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row;

  self->details = list;
  self->time = smm_time_row_new ();
  gtk_widget_add_css_class (self->time, "composer-time");
  row = gtk_list_box_row_new ();
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), self->time);
  gtk_list_box_append (GTK_LIST_BOX (list), smm_composer_create_comment (self));
  gtk_list_box_append (GTK_LIST_BOX (list), smm_composer_create_link (self));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_list_box_append (GTK_LIST_BOX (list), smm_composer_create_repeat (self));
  gtk_list_box_append (GTK_LIST_BOX (list), smm_composer_create_tags (self));
  gtk_list_box_append (GTK_LIST_BOX (list), smm_composer_create_hand_over (self));
  gtk_list_box_append (GTK_LIST_BOX (list), smm_composer_create_more (self));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  smm_widget_set_label (list, _ ("Details of the post"));
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static GtkWidget *
create_kind (SmmComposer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->kind = smm_kind_switch_new ();
  self->kind_hint = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->kind_hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->kind_hint), 0);
  gtk_widget_add_css_class (self->kind_hint, "caption");
  gtk_widget_add_css_class (self->kind_hint, "dim-label");
  gtk_box_append (GTK_BOX (box), self->kind);
  gtk_box_append (GTK_BOX (box), self->kind_hint);
  return box;
}

static GtkWidget *
create_no_accounts (SmmComposer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ ("No account is connected yet. Drafts are kept until then."));
  GtkWidget *button = gtk_button_new_with_label (_ ("Connect an Account"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "composer.connect");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "problem");
  return box;
}

static GtkWidget *
create_form (SmmComposer *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  smm_widget_set_label (scroller, _ ("Post"));
  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_start (self->form, 18);
  gtk_widget_set_margin_end (self->form, 18);
  gtk_widget_set_margin_top (self->form, 18);
  gtk_widget_set_margin_bottom (self->form, 24);
  self->account_box = smm_account_chips_new ();
  self->no_accounts = create_no_accounts (self);
  self->problems = smm_problem_list_new ();
  gtk_box_append (GTK_BOX (self->form), self->account_box);
  gtk_box_append (GTK_BOX (self->form), self->no_accounts);
  gtk_box_append (GTK_BOX (self->form), create_kind (self));
  gtk_box_append (GTK_BOX (self->form), create_text (self));
  gtk_box_append (GTK_BOX (self->form), self->problems);
  gtk_box_append (GTK_BOX (self->form), self->media);
  gtk_box_append (GTK_BOX (self->form), create_details (self));
  gtk_box_append (GTK_BOX (self->form), smm_composer_create_tiktok (self));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->form);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_hexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
create_differences (SmmComposer *self)
{
  GtkWidget *title = gtk_label_new (_ ("What differs"));

  self->differences_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->differences = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->differences), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->differences, "boxed-list");
  smm_widget_set_label (self->differences, _ ("What differs"));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "caption-heading");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_box_append (GTK_BOX (self->differences_box), title);
  gtk_box_append (GTK_BOX (self->differences_box), self->differences);
  gtk_widget_set_visible (self->differences_box, FALSE);
  return self->differences_box;
}

/**
 * smm_composer_arrange_previews:
 * @self: a composer whose previews are those of the chosen accounts
 *
 * The second column is for the tall one of TikTok; while nobody posts there, Instagram's has it.
 */
void
smm_composer_arrange_previews (SmmComposer *self)
{
  GtkWidget *facebook = self->preview[0], *instagram = self->preview[1];
  gboolean aside = gtk_widget_get_visible (facebook) && !gtk_widget_get_visible (self->preview[2]);
  GtkWidget *column = self->preview_columns[aside ? 1 : 0];

  gtk_widget_set_visible (self->preview_columns[0],
                          gtk_widget_get_visible (facebook) || gtk_widget_get_visible (instagram));
  if (gtk_widget_get_parent (instagram) == column)
    return;
  g_object_ref (instagram);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (instagram)), instagram);
  gtk_box_insert_child_after (GTK_BOX (column), instagram, aside ? NULL : facebook);
  g_object_unref (instagram);
}

static GtkWidget *
create_previews (SmmComposer *self)
{
  GtkWidget *pane = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *note = gtk_label_new (_ ("Close to what people will see. The platforms may cut text "
                                      "elsewhere."));

  smm_widget_set_label (scroller, _ ("Preview"));
  self->previews = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  for (guint i = 0; i < G_N_ELEMENTS (self->preview_columns); i++)
    {
      self->preview_columns[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
      gtk_widget_set_size_request (self->preview_columns[i], 218, -1);
      gtk_box_append (GTK_BOX (self->previews), self->preview_columns[i]);
    }
  gtk_widget_add_css_class (column, "previews");
  for (guint i = 0; i < SMM_COMPOSER_N_PREVIEWS; i++)
    {
      self->preview[i] = smm_preview_new (smm_composer_previewed[i]);
      gtk_widget_set_visible (self->preview[i], FALSE);
      gtk_box_append (GTK_BOX (self->preview_columns[i < 2 ? 0 : 1]), self->preview[i]);
    }
  gtk_box_append (GTK_BOX (self->preview_columns[1]), create_differences (self));
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_set_halign (self->previews, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), self->previews);
  gtk_box_append (GTK_BOX (column), note);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), column);
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (pane), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (pane), scroller);
  gtk_widget_set_hexpand (pane, FALSE);
  gtk_widget_set_visible (pane, FALSE);
  return pane;
}

/* What folds away in a narrow window does so when its width is known: until then it must not keep
 * the window wide. */
static GtkWidget *
create_shrinking (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  return scroller;
}

static GtkWidget *
create_status (SmmComposer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new ();

  smm_state_image_set (GTK_IMAGE (icon), SMM_TARGET_FAILED);
  self->status_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->status_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->status_label), 0);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), self->status_label);
  gtk_widget_add_css_class (box, "composer-status");
  self->status = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->status), box);
  return self->status;
}

/* Makes the widgets; what they do is connected by whoever made the composer. */
/* Ctrl+Return is no new line, whatever text has the keyboard. */
static void
add_keys (SmmComposer *self)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter };
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (shortcuts),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], GDK_CONTROL_MASK),
                          gtk_named_action_new ("composer.schedule")));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}

void
smm_composer_lay_out (SmmComposer *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *ruler = gtk_drawing_area_new ();

  self->room = -1;
  self->media = smm_media_strip_new (self->library);
  g_signal_connect (ruler, "resize", G_CALLBACK (on_resize), self);
  self->preview_pane = create_previews (self);
  self->head = create_shrinking (create_header (self));
  gtk_box_append (GTK_BOX (page), self->head);
  gtk_box_append (GTK_BOX (page), ruler);
  gtk_box_append (GTK_BOX (page), create_status (self));
  self->form_pane = create_form (self);
  gtk_box_append (GTK_BOX (content), self->form_pane);
  gtk_box_append (GTK_BOX (content), self->preview_pane);
  self->body = create_shrinking (content);
  gtk_widget_set_vexpand (self->body, TRUE);
  gtk_box_append (GTK_BOX (page), self->body);
  adw_bin_set_child (ADW_BIN (self), page);
  add_keys (self);
}
