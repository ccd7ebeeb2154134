/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-spell-marks.h"

#include <glib/gi18n.h>

#include "smm-spell-words.h"
#include "smm-speller.h"

#define PAUSE 250 /* ms without a change */
#define MAX_SUGGESTIONS 5
/* Adwaita's red: 4.6:1 on white, 3.2:1 on its dark view. */
#define RED ((GdkRGBA){ 0.878F, 0.106F, 0.141F, 1 })

struct _SmmSpellMarks
{
  GObject parent_instance;

  GtkTextView *view; /* owns this */
  GtkTextBuffer *buffer;
  GtkTextMark *from; /* what is to be looked at; NULL: nothing */
  GtkTextMark *to;
  char *language;
  guint source;
  gboolean waiting; /* for the dictionary */
  gboolean typing;  /* what is to be looked at was changed by hand */

  GMenu *menu;
  GtkTextMark *word_start; /* what the menu is about */
  GtkTextMark *word_end;
  char *word;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SmmSpellMarks, smm_spell_marks, G_TYPE_OBJECT)

/* --- What is to be looked at --- */

static void
forget_range (SmmSpellMarks *self)
{
  if (self->from == NULL)
    return;
  gtk_text_buffer_delete_mark (self->buffer, self->from);
  gtk_text_buffer_delete_mark (self->buffer, self->to);
  self->from = self->to = NULL;
}

static void
set_range (SmmSpellMarks *self, const GtkTextIter *start, const GtkTextIter *end)
{
  forget_range (self);
  self->from = gtk_text_buffer_create_mark (self->buffer, NULL, start, TRUE);
  self->to = gtk_text_buffer_create_mark (self->buffer, NULL, end, FALSE);
}

static gboolean scan_cb (gpointer user_data);

static void
schedule (SmmSpellMarks *self, guint delay)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->language != NULL)
    self->source = g_timeout_add_full (G_PRIORITY_LOW, delay, scan_cb, self, NULL);
}

static void
look_at (SmmSpellMarks *self, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter from = *start, to = *end, known;

  if (self->language == NULL)
    return;
  if (self->from != NULL)
    {
      gtk_text_buffer_get_iter_at_mark (self->buffer, &known, self->from);
      if (gtk_text_iter_compare (&known, &from) < 0)
        from = known;
      gtk_text_buffer_get_iter_at_mark (self->buffer, &known, self->to);
      if (gtk_text_iter_compare (&known, &to) > 0)
        to = known;
    }
  set_range (self, &from, &to);
  schedule (self, PAUSE);
}

static void
look_at_all (SmmSpellMarks *self)
{
  GtkTextIter start, end;

  self->typing = FALSE;
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  look_at (self, &start, &end);
}

static void
on_inserted (GtkTextBuffer *buffer, GtkTextIter *end, const char *text, int length,
             SmmSpellMarks *self)
{
  GtkTextIter start = *end;

  gtk_text_iter_backward_chars (&start, (int)g_utf8_strlen (text, length));
  self->typing = TRUE;
  look_at (self, &start, end);
}

static void
on_deleted (GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *end, SmmSpellMarks *self)
{
  self->typing = TRUE;
  look_at (self, start, end);
}

/* The word that was left alone may be left now. */
static void
on_cursor (SmmSpellMarks *self)
{
  if (self->from != NULL && !self->waiting)
    schedule (self, PAUSE);
}

/* --- Looking --- */

static GtkTextTag *
get_tag (SmmSpellMarks *self)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (self->buffer);
  GtkTextTag *tag = gtk_text_tag_table_lookup (table, "misspelt");

  if (tag == NULL)
    tag = gtk_text_buffer_create_tag (self->buffer, "misspelt", "underline", PANGO_UNDERLINE_ERROR,
                                      "underline-rgba", &RED, NULL);
  return tag;
}

/* Where something is being typed, -1: nowhere. */
static int
get_cursor (SmmSpellMarks *self)
{
  GtkTextIter iter;

  if (!self->typing || !gtk_widget_has_focus (GTK_WIDGET (self->view)))
    return -1;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  return gtk_text_iter_get_offset (&iter);
}

/* @start, @end: whole lines. What can't be judged yet stays to be looked at. */
static void
mark_lines (SmmSpellMarks *self, GtkTextIter *start, GtkTextIter *end)
{
  SmmSpeller *speller = smm_speller_get_default ();
  g_autofree char *text = gtk_text_buffer_get_slice (self->buffer, start, end, TRUE);
  g_autoptr (GArray) words = smm_spell_find_words (text);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  int cursor = get_cursor (self), offset = gtk_text_iter_get_offset (start);
  gsize counted = 0;
  GtkTextIter typed_start, typed_end;
  gboolean typed = FALSE;

  gtk_text_buffer_remove_tag (self->buffer, get_tag (self), start, end);
  for (guint i = 0; i < words->len; i++)
    {
      SmmSpellWord *place = &g_array_index (words, SmmSpellWord, i);
      g_autofree char *word = smm_spell_get_word (text, place);
      SmmSpelling spelling = smm_speller_look_up (speller, self->language, word);
      int length = (int)g_utf8_strlen (text + place->start, (gssize)(place->end - place->start));
      GtkTextIter from, to;

      offset += (int)g_utf8_strlen (text + counted, (gssize)(place->start - counted));
      counted = place->start;
      if (spelling == SMM_SPELLING_UNKNOWN)
        g_ptr_array_add (unknown, g_steal_pointer (&word));
      if (spelling != SMM_SPELLING_WRONG)
        continue;
      gtk_text_buffer_get_iter_at_offset (self->buffer, &from, offset);
      gtk_text_buffer_get_iter_at_offset (self->buffer, &to, offset + length);
      if (cursor >= offset && cursor <= offset + length)
        {
          typed_start = from;
          typed_end = to;
          typed = TRUE;
        }
      else
        gtk_text_buffer_apply_tag (self->buffer, get_tag (self), &from, &to);
    }
  self->waiting = unknown->len > 0;
  if (self->waiting)
    {
      g_ptr_array_add (unknown, NULL);
      smm_speller_ask (speller, self->language, (const char *const *)unknown->pdata);
    }
  else if (typed)
    set_range (self, &typed_start, &typed_end);
  else
    forget_range (self);
}

static gboolean
scan_cb (gpointer user_data)
{
  SmmSpellMarks *self = user_data;
  GtkTextIter start, end;

  self->source = 0;
  if (self->from == NULL)
    return G_SOURCE_REMOVE;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &start, self->from);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &end, self->to);
  gtk_text_iter_set_line_offset (&start, 0);
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  if (gtk_text_view_get_editable (self->view))
    mark_lines (self, &start, &end);
  else
    {
      gtk_text_buffer_get_bounds (self->buffer, &start, &end);
      gtk_text_buffer_remove_tag (self->buffer, get_tag (self), &start, &end);
      forget_range (self);
    }
  return G_SOURCE_REMOVE;
}

static void
on_learnt (SmmSpeller *speller, gboolean anew, SmmSpellMarks *self)
{
  if (anew)
    look_at_all (self);
  if (!self->waiting && !anew)
    return;
  self->waiting = FALSE;
  if (self->from != NULL)
    schedule (self, 0);
}

/* --- The context menu --- */

static void
fill_menu (SmmSpellMarks *self, GMenu *words, GMenu *teach)
{
  g_menu_remove_all (self->menu);
  if (words != NULL)
    g_menu_append_section (self->menu, NULL, G_MENU_MODEL (words));
  if (teach != NULL)
    g_menu_append_section (self->menu, NULL, G_MENU_MODEL (teach));
}

static void
append_note (GMenu *menu, const char *text)
{
  /* An action that nobody has: it is read, and can't be chosen. */
  g_menu_append (menu, text, "word.none");
}

static GMenu *
create_teaching (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Add to Dictionary"), "word.add");
  g_menu_append (menu, _ ("_Ignore"), "word.ignore");
  return menu;
}

static void
on_suggested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmSpellMarks) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) found = smm_speller_suggest_finish (SMM_SPELLER (source), result, &error);
  g_autoptr (GMenu) words = g_menu_new ();
  g_autoptr (GMenu) teach = create_teaching ();

  if (error != NULL)
    return;
  for (guint i = 0; found != NULL && found[i] != NULL && i < MAX_SUGGESTIONS; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
      g_auto (GStrv) parts = g_strsplit (found[i], "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);

      g_menu_item_set_label (item, label);
      g_menu_item_set_action_and_target (item, "word.replace", "s", found[i]);
      g_menu_append_item (words, item);
    }
  if (found == NULL || found[0] == NULL)
    append_note (words, _ ("No suggestions"));
  fill_menu (self, words, teach);
}

static void
set_word (SmmSpellMarks *self, const GtkTextIter *start, const GtkTextIter *end, char *word)
{
  g_free (self->word);
  self->word = word;
  if (self->word_start == NULL)
    {
      self->word_start = gtk_text_buffer_create_mark (self->buffer, NULL, start, TRUE);
      self->word_end = gtk_text_buffer_create_mark (self->buffer, NULL, end, FALSE);
    }
  gtk_text_buffer_move_mark (self->buffer, self->word_start, start);
  gtk_text_buffer_move_mark (self->buffer, self->word_end, end);
}

/* Takes note of the word that @at is in or beside; FALSE: none. */
static gboolean
find_word (SmmSpellMarks *self, const GtkTextIter *at)
{
  GtkTextIter start = *at, end = *at;
  g_autofree char *text = NULL;
  g_autoptr (GArray) words = NULL;
  gsize byte;

  gtk_text_iter_set_line_offset (&start, 0);
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  text = gtk_text_buffer_get_slice (self->buffer, &start, &end, TRUE);
  byte = g_utf8_offset_to_pointer (text, gtk_text_iter_get_line_offset (at)) - text;
  words = smm_spell_find_words (text);
  for (guint i = 0; i < words->len; i++)
    {
      SmmSpellWord *place = &g_array_index (words, SmmSpellWord, i);

      if (byte < place->start || byte > place->end)
        continue;
      end = start;
      gtk_text_iter_forward_chars (&end, (int)g_utf8_pointer_to_offset (text, text + place->end));
      gtk_text_iter_forward_chars (&start,
                                   (int)g_utf8_pointer_to_offset (text, text + place->start));
      set_word (self, &start, &end, smm_spell_get_word (text, place));
      return TRUE;
    }
  return FALSE;
}

/* The menu is about to come: what it says of the word here. Suggestions follow when they are found,
 * most often before it is seen. */
static void
prepare_menu (SmmSpellMarks *self, const GtkTextIter *at)
{
  SmmSpeller *speller = smm_speller_get_default ();
  SmmSpelling spelling = SMM_SPELLING_UNKNOWN;
  g_autoptr (GMenu) words = g_menu_new ();
  g_autoptr (GMenu) teach = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->language != NULL && gtk_text_view_get_editable (self->view) && find_word (self, at))
    spelling = smm_speller_look_up (speller, self->language, self->word);
  if (spelling == SMM_SPELLING_WRONG)
    {
      append_note (words, _ ("Looking for suggestions…"));
      teach = create_teaching ();
      self->cancellable = g_cancellable_new ();
      smm_speller_suggest_async (speller, self->language, self->word, self->cancellable,
                                 on_suggested, g_object_ref (self));
    }
  else if (spelling == SMM_SPELLING_OWN)
    {
      teach = g_menu_new ();
      g_menu_append (teach, _ ("_Remove from Dictionary"), "word.remove");
    }
  fill_menu (self, words, teach);
}

static void
on_pressed (GtkGestureClick *click, int n, double x, double y, SmmSpellMarks *self)
{
  GtkTextIter iter;
  int in_x, in_y;

  gtk_text_view_window_to_buffer_coords (self->view, GTK_TEXT_WINDOW_WIDGET, (int)x, (int)y, &in_x,
                                         &in_y);
  gtk_text_view_get_iter_at_location (self->view, &iter, in_x, in_y);
  prepare_menu (self, &iter);
}

static gboolean
on_key (GtkEventControllerKey *key, guint value, guint code, GdkModifierType state,
        SmmSpellMarks *self)
{
  GtkTextIter iter;

  if (value == GDK_KEY_Menu || (value == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    {
      gtk_text_buffer_get_iter_at_mark (self->buffer, &iter,
                                        gtk_text_buffer_get_insert (self->buffer));
      prepare_menu (self, &iter);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
on_replace (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SmmSpellMarks *self = user_data;
  GtkTextIter start, end;

  if (self->word_start == NULL)
    return;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &start, self->word_start);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &end, self->word_end);
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, g_variant_get_string (parameter, NULL), -1);
  gtk_text_buffer_end_user_action (self->buffer);
}

static void
on_teach (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SmmSpellMarks *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (self->word != NULL && self->language != NULL)
    smm_speller_teach (smm_speller_get_default (), self->language, self->word,
                       g_str_equal (name, "add")      ? SMM_SPELL_ADD
                       : g_str_equal (name, "remove") ? SMM_SPELL_REMOVE
                                                      : SMM_SPELL_IGNORE);
}

/* --- The object --- */

static void
leave_buffer (SmmSpellMarks *self)
{
  if (self->buffer == NULL)
    return;
  forget_range (self);
  if (self->word_start != NULL)
    {
      gtk_text_buffer_delete_mark (self->buffer, self->word_start);
      gtk_text_buffer_delete_mark (self->buffer, self->word_end);
      self->word_start = self->word_end = NULL;
    }
  g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->buffer);
}

static void
on_buffer (SmmSpellMarks *self)
{
  leave_buffer (self);
  self->buffer = g_object_ref (gtk_text_view_get_buffer (self->view));
  g_signal_connect_after (self->buffer, "insert-text", G_CALLBACK (on_inserted), self);
  g_signal_connect_after (self->buffer, "delete-range", G_CALLBACK (on_deleted), self);
  g_signal_connect_swapped (self->buffer, "notify::cursor-position", G_CALLBACK (on_cursor), self);
  look_at_all (self);
}

static void
smm_spell_marks_dispose (GObject *object)
{
  SmmSpellMarks *self = SMM_SPELL_MARKS (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  leave_buffer (self);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->word, g_free);
  g_clear_pointer (&self->language, g_free);
  G_OBJECT_CLASS (smm_spell_marks_parent_class)->dispose (object);
}

static void
smm_spell_marks_class_init (SmmSpellMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = smm_spell_marks_dispose;
}

static void
smm_spell_marks_init (SmmSpellMarks *self)
{
  self->menu = g_menu_new ();
}

static void
add_controllers (SmmSpellMarks *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_cursor), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self->view), key);
  gtk_widget_add_controller (GTK_WIDGET (self->view), focus);
}

/**
 * smm_spell_marks_new:
 * @view: where people write
 *
 * Returns: (transfer none): what marks its words, once it has a language
 */
SmmSpellMarks *
smm_spell_marks_new (GtkTextView *view)
{
  SmmSpellMarks *self = g_object_new (SMM_TYPE_SPELL_MARKS, NULL);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const GActionEntry entries[] = {
    { "replace", on_replace, "s" },
    { "add", on_teach },
    { "ignore", on_teach },
    { "remove", on_teach },
  };

  self->view = view;
  g_object_set_data_full (G_OBJECT (view), "smm-spell-marks", self, g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (view), "word", G_ACTION_GROUP (group));
  gtk_text_view_set_extra_menu (view, G_MENU_MODEL (self->menu));
  add_controllers (self);
  g_signal_connect_object (smm_speller_get_default (), "learnt", G_CALLBACK (on_learnt), self, 0);
  g_signal_connect_object (view, "notify::buffer", G_CALLBACK (on_buffer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::editable", G_CALLBACK (look_at_all), self,
                           G_CONNECT_SWAPPED);
  on_buffer (self);
  return self;
}

/**
 * smm_spell_marks_set_language:
 * @self: the marks
 * @language: (nullable): "en_US"; %NULL: none
 */
void
smm_spell_marks_set_language (SmmSpellMarks *self, const char *language)
{
  GtkTextIter start, end;
  gboolean typing = self->typing;

  g_return_if_fail (SMM_IS_SPELL_MARKS (self));

  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  self->waiting = FALSE;
  g_clear_handle_id (&self->source, g_source_remove);
  forget_range (self);
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag (self->buffer, get_tag (self), &start, &end);
  look_at_all (self);
  /* Dictionaries may come while people write. */
  self->typing = typing;
}
