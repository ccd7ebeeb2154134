/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-snippet-button.h"

#include <glib/gi18n.h>

#include "smm-state-icon.h"
#include "smm-text-tools.h"

struct _SmmSnippetButton
{
  AdwBin parent_instance;

  GtkWidget *button;
  GtkWidget *scroller;
  GtkWidget *list;
  GtkWidget *empty;
  GtkWidget *name;
  GtkWidget *keep_button;

  SmmLibrary *library;
  SmmSnippetKind kind;
  SmmBrand *brand;
  char *chosen; /* until the popover has closed */
  char *keep;
  char *date;
  char *link;
};

enum
{
  OPEN,
  INSERT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmSnippetButton, smm_snippet_button, ADW_TYPE_BIN)

/* The list, or what it is for. */
static void
show_list (SmmSnippetButton *self)
{
  gboolean any = gtk_widget_get_first_child (self->list) != NULL;

  gtk_widget_set_visible (self->scroller, any);
  gtk_widget_set_visible (self->empty, !any);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, SmmSnippetButton *self)
{
  g_free (self->chosen);
  self->chosen = g_strdup (g_object_get_data (G_OBJECT (row), "text"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

/* Only now: closing, the popover gives the focus back to the button. */
static void
on_closed (SmmSnippetButton *self)
{
  g_autofree char *text = g_steal_pointer (&self->chosen);

  if (text != NULL)
    g_signal_emit (self, signals[INSERT], 0, text);
}

static void
on_delete (GtkButton *button, SmmSnippetButton *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  const char *name = g_object_get_data (G_OBJECT (row), "name");
  g_autoptr (GPtrArray) snippets = smm_snippets_read (self->library, self->brand->id);

  for (guint i = 0; i < snippets->len; i++)
    {
      SmmSnippet *snippet = snippets->pdata[i];

      if (snippet->kind != self->kind || !g_str_equal (snippet->name, name))
        continue;
      g_ptr_array_remove_index (snippets, i);
      smm_snippets_write (self->library, self->brand->id, snippets);
      break;
    }
  gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  show_list (self);
}

static void
on_keep (SmmSnippetButton *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autoptr (GPtrArray) snippets = NULL;

  if (*name == '\0' || self->keep == NULL || self->brand == NULL)
    return;
  snippets = smm_snippets_read (self->library, self->brand->id);
  smm_snippets_put (snippets, self->kind, name, self->keep);
  smm_snippets_write (self->library, self->brand->id, snippets);
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
on_name_changed (SmmSnippetButton *self)
{
  gtk_widget_set_sensitive (self->keep_button,
                            self->keep != NULL
                                && *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0');
}

static void
on_popover (GtkMenuButton *button, gpointer user_data)
{
  g_signal_emit (user_data, signals[OPEN], 0);
}

/* --- The list --- */

/* What it would be in this post. */
static char *
expand (SmmSnippetButton *self, const char *text)
{
  return self->kind == SMM_SNIPPET_TEMPLATE
             ? smm_text_fill_in (text, self->brand->name, self->date, self->link)
             : g_strdup (text);
}

static void
add_row (SmmSnippetButton *self, const char *name, const char *text, gboolean own)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *filled = expand (self, text);
  g_autofree char *shown = g_markup_escape_text (filled, -1);
  g_autofree char *title = g_markup_escape_text (name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "text", g_strdup (filled), g_free);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
  if (!own)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("edit-delete-symbolic");
      g_autofree char *label = g_strdup_printf (_ ("Delete “%s”"), name);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, label);
      smm_widget_set_label (button, label);
      g_signal_connect (button, "clicked", G_CALLBACK (on_delete), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
fill (SmmSnippetButton *self, const char *own)
{
  g_autoptr (GPtrArray) snippets = smm_snippets_read (self->library, self->brand->id);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  if (own != NULL && *own != '\0')
    add_row (self, self->brand->name, own, TRUE);
  for (guint i = 0; i < snippets->len; i++)
    {
      SmmSnippet *snippet = snippets->pdata[i];

      if (snippet->kind == self->kind)
        add_row (self, snippet->name, snippet->text, FALSE);
    }
  show_list (self);
}

/* --- The widget --- */

static void
smm_snippet_button_dispose (GObject *object)
{
  SmmSnippetButton *self = SMM_SNIPPET_BUTTON (object);

  g_clear_object (&self->library);
  g_clear_object (&self->brand);
  G_OBJECT_CLASS (smm_snippet_button_parent_class)->dispose (object);
}

static void
smm_snippet_button_finalize (GObject *object)
{
  SmmSnippetButton *self = SMM_SNIPPET_BUTTON (object);

  g_free (self->chosen);
  g_free (self->keep);
  g_free (self->date);
  g_free (self->link);
  G_OBJECT_CLASS (smm_snippet_button_parent_class)->finalize (object);
}

static void
smm_snippet_button_class_init (SmmSnippetButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = SMM_TYPE_SNIPPET_BUTTON;

  object_class->dispose = smm_snippet_button_dispose;
  object_class->finalize = smm_snippet_button_finalize;
  signals[OPEN]
      = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[INSERT] = g_signal_new ("insert", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
smm_snippet_button_init (SmmSnippetButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *keep = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->scroller = gtk_scrolled_window_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), 300);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  self->empty = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->empty), 34);
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_widget_add_css_class (self->empty, "dim-label");
  self->name = gtk_entry_new ();
  gtk_widget_set_hexpand (self->name, TRUE);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (on_name_changed), self);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (on_keep), self);
  self->keep_button = gtk_button_new_with_label (_ ("Keep"));
  g_signal_connect_swapped (self->keep_button, "clicked", G_CALLBACK (on_keep), self);
  gtk_box_append (GTK_BOX (keep), self->name);
  gtk_box_append (GTK_BOX (keep), self->keep_button);
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), keep);
  gtk_widget_set_size_request (box, 300, -1);
  gtk_widget_add_css_class (box, "snippets");
  g_signal_connect_swapped (popover, "closed", G_CALLBACK (on_closed), self);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), on_popover, self, NULL);
  gtk_widget_add_css_class (self->button, "flat");
  adw_bin_set_child (ADW_BIN (self), self->button);
}

/**
 * smm_snippet_button_new:
 * @library: where the texts are kept
 * @kind: which of them
 *
 * Returns: (transfer full): a button
 */
GtkWidget *
smm_snippet_button_new (SmmLibrary *library, SmmSnippetKind kind)
{
  SmmSnippetButton *self = g_object_new (SMM_TYPE_SNIPPET_BUTTON, NULL);
  gboolean hashtags = kind == SMM_SNIPPET_HASHTAGS;
  const char *label = hashtags ? _ ("Hashtag Groups") : _ ("Templates");
  const char *name = hashtags ? _ ("Name for the hashtags of this text")
                              : _ ("Name for this text as a template");

  self->library = g_object_ref (library);
  self->kind = kind;
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button),
                                 hashtags ? "smm-hashtag-symbolic" : "smm-template-symbolic");
  gtk_widget_set_tooltip_text (self->button, label);
  smm_widget_set_label (self->button, label);
  smm_widget_set_label (self->list, label);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name), name);
  smm_widget_set_label (self->name, name);
  gtk_label_set_label (
      GTK_LABEL (self->empty),
      hashtags ? _ ("Hashtags that belong together, to be put in with one click. Write some into "
                    "the text and keep them under a name.")
               : _ ("Texts to begin with. {brand}, {date} and {link} become what they are in the "
                    "post. Write one and keep it under a name."));
  return GTK_WIDGET (self);
}

/**
 * smm_snippet_button_set:
 * @self: a button
 * @brand: whose texts
 * @own: (nullable): what the brand brings
 * @keep: (nullable): what could be kept
 * @date: (nullable): for {date}
 * @link: (nullable): for {link}
 */
void
smm_snippet_button_set (SmmSnippetButton *self, SmmBrand *brand, const char *own, const char *keep,
                        const char *date, const char *link)
{
  g_return_if_fail (SMM_IS_SNIPPET_BUTTON (self));

  g_set_object (&self->brand, brand);
  g_free (self->keep);
  self->keep = keep != NULL && *keep != '\0' ? g_strdup (keep) : NULL;
  g_free (self->date);
  self->date = g_strdup (date);
  g_free (self->link);
  self->link = link != NULL && *link != '\0' ? g_strdup (link) : NULL;
  fill (self, own);
  gtk_widget_set_sensitive (self->name, self->keep != NULL);
  on_name_changed (self);
}
