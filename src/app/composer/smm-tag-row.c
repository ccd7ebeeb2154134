/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-tag-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-color-dot.h"
#include "smm-state-icon.h"
#include "smm-wrap.h"

struct _SmmTagRow
{
  GtkBox parent_instance;

  GtkWidget *chips;
  GtkWidget *add;
  GtkWidget *search;
  GtkWidget *list;

  SmmLibrary *library;
  char *brand_id;
  GPtrArray *tags; /* SmmTag*, chosen */
};

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmTagRow, smm_tag_row, GTK_TYPE_BOX)

static void fill_chips (SmmTagRow *self);
static void fill_list (SmmTagRow *self);

static SmmStore *
get_store (SmmTagRow *self)
{
  return smm_library_get_store (self->library);
}

static int
find (SmmTagRow *self, const char *id)
{
  for (guint i = 0; i < self->tags->len; i++)
    if (strcmp (((SmmTag *)self->tags->pdata[i])->id, id) == 0)
      return i;
  return -1;
}

static void
changed (SmmTagRow *self)
{
  fill_chips (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A post is in one campaign at most: another one takes its place. */
static void
choose (SmmTagRow *self, SmmTag *tag)
{
  for (guint i = self->tags->len; tag->kind == SMM_TAG_KIND_CAMPAIGN && i > 0; i--)
    if (((SmmTag *)self->tags->pdata[i - 1])->kind == SMM_TAG_KIND_CAMPAIGN)
      g_ptr_array_remove_index (self->tags, i - 1);
  if (find (self, tag->id) < 0)
    g_ptr_array_insert (self->tags, tag->kind == SMM_TAG_KIND_CAMPAIGN ? 0 : -1,
                        g_object_ref (tag));
  changed (self);
}

/* --- The chosen ones --- */

static void
on_remove (GtkButton *button, SmmTagRow *self)
{
  int index = find (self, g_object_get_data (G_OBJECT (button), "id"));

  gtk_widget_grab_focus (self->add);
  if (index < 0)
    return;
  g_ptr_array_remove_index (self->tags, index);
  changed (self);
}

static GtkWidget *
make_chip (SmmTagRow *self, SmmTag *tag)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (tag->name);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: %s is the name of a tag or campaign */
  g_autofree char *name = g_strdup_printf (_ ("Take “%s” away"), tag->name);

  gtk_widget_add_css_class (box, "tag-chip");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, name);
  smm_widget_set_label (remove, name);
  g_object_set_data_full (G_OBJECT (remove), "id", g_strdup (tag->id), g_free);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (box), smm_color_dot_new (tag->color));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), remove);
  return box;
}

static void
fill_chips (SmmTagRow *self)
{
  smm_wrap_clear (SMM_WRAP (self->chips));
  for (guint i = 0; i < self->tags->len; i++)
    smm_wrap_append (SMM_WRAP (self->chips), make_chip (self, self->tags->pdata[i]));
  gtk_widget_set_visible (self->chips, self->tags->len > 0);
}

/* --- The list --- */

typedef struct
{
  SmmTagRow *self;
  char *id;
  char *brand_id;
} Creation;

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Creation *creation = user_data;
  SmmTagRow *self = creation->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  g_autoptr (SmmTag) tag = NULL;

  if (reply == NULL)
    g_signal_emit (self, signals[FAILED], 0, error->message);
  else if (g_strcmp0 (creation->brand_id, self->brand_id) == 0)
    tag = smm_store_get_tag (get_store (self), creation->id);
  if (tag != NULL)
    choose (self, tag);
  g_free (creation->id);
  g_free (creation->brand_id);
  g_object_unref (creation->self);
  g_free (creation);
}

static void
create (SmmTagRow *self, const char *name)
{
  Creation *creation = g_new0 (Creation, 1);
  g_autoptr (SmmCommand) command = NULL;

  creation->self = g_object_ref (self);
  creation->id = smm_id_new ();
  creation->brand_id = g_strdup (self->brand_id);
  command = smm_command_new ("tag.add",
                             g_variant_new_parsed ("{'id': <%s>, 'brand': <%s>, 'name': <%s>}",
                                                   creation->id, self->brand_id, name));
  smm_library_apply_async (self->library, command, NULL, on_created, creation);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, SmmTagRow *self)
{
  SmmTag *tag = g_object_get_data (G_OBJECT (row), "tag");
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (row), "new"));
  int index = tag != NULL ? find (self, tag->id) : -1;

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->add));
  if (name != NULL)
    create (self, name);
  else if (index >= 0)
    {
      g_ptr_array_remove_index (self->tags, index);
      changed (self);
    }
  else if (tag != NULL)
    choose (self, tag);
}

static GtkListBoxRow *
add_row (SmmTagRow *self, GtkWidget *before, const char *text, gboolean chosen)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), label);
  if (chosen)
    {
      GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

      smm_widget_set_label (check, _ ("Chosen"));
      gtk_box_append (GTK_BOX (box), check);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  smm_widget_set_label (row, text);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return GTK_LIST_BOX_ROW (row);
}

static void
fill_list (SmmTagRow *self)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  g_autoptr (GPtrArray) tags = NULL;
  GtkListBoxRow *row;
  gboolean exact = FALSE;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  if (get_store (self) == NULL || self->brand_id == NULL)
    return;
  tags = smm_store_list_tags (get_store (self), self->brand_id);
  for (guint i = 0; i < tags->len; i++)
    {
      SmmTag *tag = tags->pdata[i];
      g_autofree char *folded = g_utf8_casefold (tag->name, -1);
      g_autofree char *label = NULL;

      exact = exact || strcmp (folded, wanted) == 0;
      if (*wanted != '\0' && strstr (folded, wanted) == NULL)
        continue;
      label = tag->kind == SMM_TAG_KIND_CAMPAIGN ? g_strdup_printf (_ ("%s, campaign"), tag->name)
                                                 : g_strdup (tag->name);
      row = add_row (self, smm_color_dot_new (tag->color), label, find (self, tag->id) >= 0);
      g_object_set_data_full (G_OBJECT (row), "tag", g_object_ref (tag), g_object_unref);
    }
  if (*text != '\0' && !exact)
    {
      /* Translators: %s is a word that was typed */
      g_autofree char *label = g_strdup_printf (_ ("New tag “%s”"), text);

      row = add_row (self, gtk_image_new_from_icon_name ("list-add-symbolic"), label, FALSE);
      g_object_set_data_full (G_OBJECT (row), "new", g_strdup (text), g_free);
    }
  gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
}

static void
on_search_activate (SmmTagRow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row != NULL)
    on_row_activated (GTK_LIST_BOX (self->list), row, self);
}

/* Up and down go through the list while the letters stay where they are. */
static gboolean
on_search_key (GtkEventControllerKey *controller, guint keyval, guint keycode,
               GdkModifierType state, SmmTagRow *self)
{
  GtkListBox *list = GTK_LIST_BOX (self->list);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  int step = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;

  if (step == 0 || row == NULL)
    return GDK_EVENT_PROPAGATE;
  row = gtk_list_box_get_row_at_index (list, MAX (gtk_list_box_row_get_index (row) + step, 0));
  if (row != NULL)
    gtk_list_box_select_row (list, row);
  return GDK_EVENT_STOP;
}

static void
on_show (SmmTagRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  fill_list (self);
  gtk_widget_grab_focus (self->search);
}

/* --- The widget --- */

static void
smm_tag_row_dispose (GObject *object)
{
  SmmTagRow *self = SMM_TAG_ROW (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->brand_id, g_free);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  G_OBJECT_CLASS (smm_tag_row_parent_class)->dispose (object);
}

static void
smm_tag_row_class_init (SmmTagRowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_tag_row_dispose;
  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_popover (SmmTagRow *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _ ("Find or make a tag"), NULL);
  smm_widget_set_label (self->search, _ ("Find or make a tag"));
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->search), 0);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (fill_list), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search_activate), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_search_key), self);
  gtk_widget_add_controller (self->search, keys);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  smm_widget_set_label (self->list, _ ("Tags and campaigns"));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "max-content-height", 260,
                "propagate-natural-height", TRUE, "child", self->list, NULL);
  smm_widget_set_label (scroller, _ ("Tags and campaigns"));
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (on_show), self);
  return popover;
}

static void
smm_tag_row_init (SmmTagRow *self)
{
  GtkWidget *title = gtk_label_new (_ ("Tags"));

  self->tags = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "composer-tags");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  self->chips = smm_wrap_new (6);
  gtk_widget_set_hexpand (self->chips, TRUE);
  gtk_widget_set_valign (self->chips, GTK_ALIGN_CENTER);
  smm_wrap_set_at_end (SMM_WRAP (self->chips), TRUE);
  self->add = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->add), "list-add-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->add), make_popover (self));
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->add, _ ("Choose Tags"));
  smm_widget_set_label (self->add, _ ("Choose Tags"));
  gtk_box_append (GTK_BOX (self), title);
  gtk_box_append (GTK_BOX (self), self->chips);
  gtk_box_append (GTK_BOX (self), self->add);
}

/**
 * smm_tag_row_new:
 * @library: where tags are
 *
 * Returns: (transfer full): a row without tags
 */
GtkWidget *
smm_tag_row_new (SmmLibrary *library)
{
  SmmTagRow *self = g_object_new (SMM_TYPE_TAG_ROW, NULL);

  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}

/**
 * smm_tag_row_set:
 * @self: a row
 * @brand_id: whose tags can be chosen
 * @tags: (nullable) (element-type SmmTag): which are
 */
void
smm_tag_row_set (SmmTagRow *self, const char *brand_id, GPtrArray *tags)
{
  g_return_if_fail (SMM_IS_TAG_ROW (self));

  g_free (self->brand_id);
  self->brand_id = g_strdup (brand_id);
  g_ptr_array_set_size (self->tags, 0);
  for (guint i = 0; tags != NULL && i < tags->len; i++)
    g_ptr_array_add (self->tags, g_object_ref (tags->pdata[i]));
  fill_chips (self);
}

/**
 * smm_tag_row_get:
 * @self: a row
 *
 * One that was deleted meanwhile is left out: it would keep the post from being saved.
 *
 * Returns: (transfer full) (element-type SmmTag): what is chosen
 */
GPtrArray *
smm_tag_row_get (SmmTagRow *self)
{
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_object_unref);
  SmmStore *store = get_store (self);

  for (guint i = 0; store != NULL && i < self->tags->len; i++)
    {
      SmmTag *tag = smm_store_get_tag (store, ((SmmTag *)self->tags->pdata[i])->id);

      if (tag != NULL)
        g_ptr_array_add (tags, tag);
    }
  return tags;
}
