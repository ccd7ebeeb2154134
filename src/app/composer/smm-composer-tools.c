/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be put into the text and on the link: emoji, hashtags, templates, campaign parameters.
 */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-snippet-button.h"
#include "smm-spell-button.h"
#include "smm-state-icon.h"
#include "smm-text-tools.h"
#include "smm-time-row.h"
#include "smm-utm-button.h"
#include "smm-wrap.h"

static GtkTextBuffer *
get_buffer (SmmComposer *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
}

static char *
get_text (SmmComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, FALSE);
}

/* --- Emoji --- */

static void
on_emoji_picked (GtkEmojiChooser *chooser, const char *text, SmmComposer *self)
{
  gtk_text_buffer_begin_user_action (get_buffer (self));
  gtk_text_buffer_delete_selection (get_buffer (self), TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (get_buffer (self), text, -1, TRUE);
  gtk_text_buffer_end_user_action (get_buffer (self));
  gtk_widget_grab_focus (self->text);
}

static GtkWidget *
create_emoji (SmmComposer *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *chooser = gtk_emoji_chooser_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "face-smile-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), chooser);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Insert Emoji"));
  smm_widget_set_label (button, _ ("Insert Emoji"));
  g_signal_connect (chooser, "emoji-picked", G_CALLBACK (on_emoji_picked), self);
  return button;
}

/* --- Hashtags and templates --- */

/* "16 October"; NULL: no day yet. */
static char *
get_date (SmmComposer *self)
{
  gint64 due = smm_time_row_get_due (SMM_TIME_ROW (self->time));

  /* Translators: the day of a post within its text, see strftime */
  return due != 0 ? smm_day_format (smm_time_get_day (due, self->zone), _ ("%-d %B")) : NULL;
}

static void
on_hashtags_open (SmmSnippetButton *button, SmmComposer *self)
{
  g_autofree char *text = get_text (self);
  g_autofree char *keep = smm_text_pick_hashtags (text, "");

  smm_snippet_button_set (button, self->brand, self->brand->hashtags, keep, NULL, NULL);
}

static void
on_templates_open (SmmSnippetButton *button, SmmComposer *self)
{
  g_autofree char *text = get_text (self);
  g_autofree char *date = get_date (self);

  smm_snippet_button_set (button, self->brand, NULL, text, date,
                          gtk_editable_get_text (GTK_EDITABLE (self->link)));
}

/* At the end, and only those that are not there yet. */
static void
on_hashtags_insert (SmmSnippetButton *button, const char *hashtags, SmmComposer *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autofree char *text = get_text (self);
  g_autofree char *missing = smm_text_pick_hashtags (hashtags, text);
  GtkTextIter end;

  if (*missing == '\0')
    return;
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_begin_user_action (buffer);
  if (*text != '\0' && !g_ascii_isspace (text[strlen (text) - 1]))
    gtk_text_buffer_insert (buffer, &end, " ", -1);
  gtk_text_buffer_insert (buffer, &end, missing, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (self->text);
}

static void
on_template_insert (SmmSnippetButton *button, const char *text, SmmComposer *self)
{
  gtk_text_buffer_begin_user_action (get_buffer (self));
  gtk_text_buffer_delete_selection (get_buffer (self), TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (get_buffer (self), text, -1);
  gtk_text_buffer_end_user_action (get_buffer (self));
  gtk_widget_grab_focus (self->text);
}

/**
 * smm_composer_fill_in:
 * @self: a composer
 *
 * Puts values in the place of {brand}, {date} and {link} in the text that is shown.
 */
void
smm_composer_fill_in (SmmComposer *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  const char *link = gtk_editable_get_text (GTK_EDITABLE (self->link));
  g_autofree char *text = get_text (self);
  g_autofree char *date = get_date (self);
  g_autofree char *filled
      = smm_text_fill_in (text, self->brand->name, date, *link != '\0' ? link : NULL);
  GtkTextIter start, end;

  if (strcmp (text, filled) == 0)
    {
      smm_composer_show_error (self, strstr (text, "{date}") != NULL
                                         ? _ ("Choose a day first, then {date} can be filled in")
                                         : _ ("Write a link first, then {link} can be filled in"));
      return;
    }
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, filled, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (self->text);
}

/* What can be put into the text, and how long it is for each platform. */
GtkWidget *
smm_composer_create_tools (SmmComposer *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *hashtags = smm_snippet_button_new (self->library, SMM_SNIPPET_HASHTAGS);
  GtkWidget *templates = smm_snippet_button_new (self->library, SMM_SNIPPET_TEMPLATE);

  g_signal_connect (hashtags, "open", G_CALLBACK (on_hashtags_open), self);
  g_signal_connect (hashtags, "insert", G_CALLBACK (on_hashtags_insert), self);
  g_signal_connect (templates, "open", G_CALLBACK (on_templates_open), self);
  g_signal_connect (templates, "insert", G_CALLBACK (on_template_insert), self);
  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->tools), create_emoji (self));
  gtk_box_append (GTK_BOX (self->tools), hashtags);
  gtk_box_append (GTK_BOX (self->tools), templates);
  self->spelling = smm_spell_button_new (GTK_TEXT_VIEW (self->text));
  gtk_box_append (GTK_BOX (self->tools), self->spelling);
  self->counters = smm_wrap_new (12);
  gtk_widget_set_valign (self->counters, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (bar, "composer-tools");
  gtk_widget_add_css_class (self->counters, "composer-counters");
  smm_wrap_set_at_end (SMM_WRAP (self->counters), TRUE);
  gtk_widget_set_hexpand (self->counters, TRUE);
  gtk_widget_set_valign (self->tools, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (bar), self->tools);
  gtk_box_append (GTK_BOX (bar), self->counters);
  return bar;
}

/* --- The link --- */

static void
set_link (SmmComposer *self, char *link)
{
  g_autofree char *owned = link;

  if (owned != NULL && strcmp (owned, gtk_editable_get_text (GTK_EDITABLE (self->link))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->link), owned);
}

static void
on_utm_add (SmmUtmButton *button, SmmComposer *self)
{
  const char *link = gtk_editable_get_text (GTK_EDITABLE (self->link));

  if (*link == '\0')
    return;
  set_link (self, smm_utm_button_tag (button, link));
}

static void
on_utm_remove (SmmUtmButton *button, SmmComposer *self)
{
  set_link (self, smm_link_remove_utm (gtk_editable_get_text (GTK_EDITABLE (self->link))));
}

/* When somebody has written a link and goes on. */
static void
on_link_left (GtkEventControllerFocus *focus, SmmComposer *self)
{
  const char *link = gtk_editable_get_text (GTK_EDITABLE (self->link));

  if (!self->read_only && !self->loading && *link != '\0' && strstr (link, "utm_") == NULL
      && smm_utm_button_is_automatic (SMM_UTM_BUTTON (self->utm)))
    set_link (self, smm_utm_button_tag (SMM_UTM_BUTTON (self->utm), link));
}

GtkWidget *
smm_composer_create_link (SmmComposer *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->link = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->link), _ ("Link (https://…)"));
  adw_entry_row_add_prefix (ADW_ENTRY_ROW (self->link),
                            gtk_image_new_from_icon_name ("smm-link-symbolic"));
  self->utm = smm_utm_button_new (self->library);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->link), self->utm);
  g_signal_connect (self->utm, "add", G_CALLBACK (on_utm_add), self);
  g_signal_connect (self->utm, "remove", G_CALLBACK (on_utm_remove), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_link_left), self);
  gtk_widget_add_controller (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->link))),
                             focus);
  return self->link;
}
