/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-filter-button.h"

#include <glib/gi18n.h>

#include "smm-state-icon.h"

#define MAX_CHARACTERS 24

struct _SmmFilterButton
{
  GtkBox parent_instance;

  GtkWidget *menu;
  GtkLabel *label;
  GtkWidget *clear;
  GtkWidget *list; /* GtkBox of GtkCheckButton, each with data "id" and "label" */

  char *title;
  GHashTable *chosen; /* set of char * */
  gboolean exclusive;
  gboolean setting;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmFilterButton, smm_filter_button, GTK_TYPE_BOX)

static const char *
get_id (GtkWidget *check)
{
  return g_object_get_data (G_OBJECT (check), "id");
}

/* "Failed, Drafts"; NULL when nothing is chosen. */
static char *
describe (SmmFilterButton *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (GtkWidget *check = gtk_widget_get_first_child (self->list); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (g_hash_table_contains (self->chosen, get_id (check)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              (const char *)g_object_get_data (G_OBJECT (check), "label"));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
update (SmmFilterButton *self)
{
  g_autofree char *chosen = describe (self);
  g_autofree char *name = NULL;

  gtk_label_set_label (self->label, chosen != NULL ? chosen : self->title);
  /* Narrow windows scroll the filters; shortened they would say nothing. */
  gtk_label_set_width_chars (
      self->label, MIN (g_utf8_strlen (gtk_label_get_label (self->label), -1), MAX_CHARACTERS));
  gtk_widget_set_visible (self->clear, chosen != NULL);
  if (chosen != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "active");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "active");
  /* Translators: a filter and what it lets through: "State: Failed, Drafts" */
  name = chosen != NULL ? g_strdup_printf (_ ("%s: %s"), self->title, chosen)
                        : g_strdup (self->title);
  smm_widget_set_label (self->menu, name);
}

static void
on_toggled (GtkCheckButton *check, SmmFilterButton *self)
{
  const char *id = get_id (GTK_WIDGET (check));

  if (gtk_check_button_get_active (check))
    g_hash_table_add (self->chosen, g_strdup (id));
  else
    g_hash_table_remove (self->chosen, id);
  if (self->setting)
    return;
  if (self->exclusive && gtk_check_button_get_active (check))
    {
      const char *const one[] = { id, NULL };

      smm_filter_button_choose (self, one);
      gtk_menu_button_popdown (GTK_MENU_BUTTON (self->menu));
    }
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_clear (GtkButton *button, SmmFilterButton *self)
{
  /* The button goes away with what it takes away: the focus stays nearby. */
  gtk_widget_grab_focus (self->menu);
  smm_filter_button_choose (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
smm_filter_button_finalize (GObject *object)
{
  SmmFilterButton *self = SMM_FILTER_BUTTON (object);

  g_clear_pointer (&self->chosen, g_hash_table_unref);
  g_clear_pointer (&self->title, g_free);
  G_OBJECT_CLASS (smm_filter_button_parent_class)->finalize (object);
}

static void
smm_filter_button_class_init (SmmFilterButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_filter_button_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_filter_button_init (SmmFilterButton *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *popover = gtk_popover_new ();

  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "filter");
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, MAX_CHARACTERS);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("pan-down-symbolic"));

  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "max-content-height", 360,
                "propagate-natural-height", TRUE, "propagate-natural-width", TRUE, "child",
                self->list, NULL);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->menu), content);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->menu), popover);
  gtk_box_append (GTK_BOX (self), self->menu);

  self->clear = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_set_tooltip_text (self->clear, _ ("Remove This Filter"));
  smm_widget_set_label (self->clear, _ ("Remove This Filter"));
  g_signal_connect (self->clear, "clicked", G_CALLBACK (on_clear), self);
  gtk_box_append (GTK_BOX (self), self->clear);
}

/**
 * smm_filter_button_new:
 * @title: what it filters by: "State"
 * @exclusive: whether one choice excludes the others
 *
 * Returns: (transfer full): a button without choices
 */
GtkWidget *
smm_filter_button_new (const char *title, gboolean exclusive)
{
  SmmFilterButton *self = g_object_new (SMM_TYPE_FILTER_BUTTON, NULL);

  self->title = g_strdup (title);
  self->exclusive = exclusive;
  smm_widget_set_label (gtk_widget_get_first_child (GTK_WIDGET (
                            gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->menu)))),
                        title);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * smm_filter_button_add:
 * @self: a filter
 * @id: the choice
 * @label: what people read
 * @icon: (nullable): name of an icon
 * @css: (nullable): class of the icon
 */
void
smm_filter_button_add (SmmFilterButton *self, const char *id, const char *label, const char *icon,
                       const char *css)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  g_return_if_fail (SMM_IS_FILTER_BUTTON (self));

  if (icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icon);

      gtk_image_set_pixel_size (GTK_IMAGE (image), 14);
      if (css != NULL)
        gtk_widget_add_css_class (image, css);
      gtk_box_append (GTK_BOX (content), image);
    }
  gtk_box_append (GTK_BOX (content), gtk_label_new (label));
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), content);
  smm_widget_set_label (check, label);
  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (check), "label", g_strdup (label), g_free);
  gtk_box_append (GTK_BOX (self->list), check);
  self->setting = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_hash_table_contains (self->chosen, id));
  self->setting = FALSE;
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
  update (self);
}

void
smm_filter_button_clear (SmmFilterButton *self)
{
  GtkWidget *check;

  g_return_if_fail (SMM_IS_FILTER_BUTTON (self));

  while ((check = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), check);
  update (self);
}

gboolean
smm_filter_button_is_chosen (SmmFilterButton *self, const char *id)
{
  g_return_val_if_fail (SMM_IS_FILTER_BUTTON (self), FALSE);

  for (GtkWidget *check = gtk_widget_get_first_child (self->list); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (g_strcmp0 (get_id (check), id) == 0)
      return g_hash_table_contains (self->chosen, id);
  return FALSE;
}

/**
 * smm_filter_button_get_chosen:
 * @self: a filter
 *
 * Returns: (transfer none) (nullable): the first choice, %NULL: nothing is chosen
 */
const char *
smm_filter_button_get_chosen (SmmFilterButton *self)
{
  g_return_val_if_fail (SMM_IS_FILTER_BUTTON (self), NULL);

  for (GtkWidget *check = gtk_widget_get_first_child (self->list); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (g_hash_table_contains (self->chosen, get_id (check)))
      return get_id (check);
  return NULL;
}

/**
 * smm_filter_button_choose:
 * @self: a filter
 * @ids: (nullable): the choices; %NULL: none
 */
void
smm_filter_button_choose (SmmFilterButton *self, const char *const *ids)
{
  g_return_if_fail (SMM_IS_FILTER_BUTTON (self));

  self->setting = TRUE;
  for (GtkWidget *check = gtk_widget_get_first_child (self->list); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                 ids != NULL && g_strv_contains (ids, get_id (check)));
  self->setting = FALSE;
  update (self);
}
