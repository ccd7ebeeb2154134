/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-welcome-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-wrap.h"

struct _SmmWelcomePage
{
  GtkBox parent_instance;

  GtkStack *stack;
  GtkWidget *back;
  GtkWidget *practice_card;
  GtkWidget *profile_group;
  AdwEntryRow *brand_name;
  AdwEntryRow *zone;
  AdwEntryRow *name;
  AdwEntryRow *email;
  AdwEntryRow *organization;
  GtkWidget *create;
  GtkWidget *create_connect;
  GtkLabel *problem;

  SmmLibrary *library;
  char *brand_id;
  gboolean another;
  gboolean connect;
  gboolean busy;
};

enum
{
  DONE,
  BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmWelcomePage, smm_welcome_page, GTK_TYPE_BOX)

static const char *
text_of (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
show_problem (SmmWelcomePage *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static gboolean
zone_is_known (const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);

  return zone != NULL;
}

static void
update_buttons (SmmWelcomePage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (text_of (self->brand_name)));
  gboolean known = zone_is_known (text_of (self->zone));
  gboolean ready = *name != '\0' && known && !self->busy;

  if (known)
    gtk_widget_remove_css_class (GTK_WIDGET (self->zone), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->zone), "error");
  gtk_widget_set_sensitive (self->create, ready);
  gtk_widget_set_sensitive (self->create_connect, ready);
}

static void
finish (SmmWelcomePage *self, GError *error)
{
  self->busy = FALSE;
  update_buttons (self);
  if (error != NULL)
    {
      show_problem (self, error->message);
      return;
    }
  show_problem (self, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->brand_name), "");
  gtk_stack_set_visible_child_name (self->stack, "cards");
  gtk_widget_set_visible (self->back, FALSE);
  g_signal_emit (self, signals[DONE], 0, self->brand_id, self->connect);
}

static void
on_brand_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmWelcomePage) self = user_data;
  g_autoptr (GError) error = NULL;
  GVariant *reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  g_clear_pointer (&reply, g_variant_unref);
  finish (self, error);
}

static void
add_brand (SmmWelcomePage *self)
{
  g_autoptr (SmmCommand) command = NULL;
  g_autofree char *name = g_strstrip (g_strdup (text_of (self->brand_name)));
  GVariantDict args;

  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "id", "s", self->brand_id);
  g_variant_dict_insert (&args, "name", "s", name);
  g_variant_dict_insert (&args, "timezone", "s", text_of (self->zone));
  command = smm_command_new ("brand.add", g_variant_dict_end (&args));
  smm_library_apply_async (self->library, command, NULL, on_brand_added, g_object_ref (self));
}

static void
on_profile_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmWelcomePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (reply == NULL)
    finish (self, error);
  else
    add_brand (self);
}

static void
create (SmmWelcomePage *self, gboolean connect)
{
  if (self->busy)
    return;
  self->busy = TRUE;
  self->connect = connect;
  g_free (self->brand_id);
  self->brand_id = smm_id_new ();
  show_problem (self, NULL);
  update_buttons (self);
  if (!self->another
      && (*text_of (self->name) != '\0' || *text_of (self->email) != '\0'
          || *text_of (self->organization) != '\0'))
    {
      g_autoptr (SmmCommand) command = NULL;
      GVariantDict args;

      g_variant_dict_init (&args, NULL);
      g_variant_dict_insert (&args, "name", "s", text_of (self->name));
      g_variant_dict_insert (&args, "email", "s", text_of (self->email));
      g_variant_dict_insert (&args, "organization", "s", text_of (self->organization));
      command = smm_command_new ("profile.set", g_variant_dict_end (&args));
      smm_library_apply_async (self->library, command, NULL, on_profile_set, g_object_ref (self));
    }
  else
    add_brand (self);
}

static void
on_create (GtkButton *button, SmmWelcomePage *self)
{
  create (self, FALSE);
}

static void
on_create_connect (GtkButton *button, SmmWelcomePage *self)
{
  create (self, TRUE);
}

static void
on_entry_changed (GtkEditable *row, SmmWelcomePage *self)
{
  update_buttons (self);
}

static void
on_start_practice (GtkButton *button, SmmWelcomePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.practice", NULL);
}

static void
on_set_up (GtkButton *button, SmmWelcomePage *self)
{
  smm_welcome_page_show_form (self, FALSE);
}

static void
on_back (GtkButton *button, SmmWelcomePage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "cards");
  gtk_widget_set_visible (self->back, FALSE);
  g_signal_emit (self, signals[BACK], 0);
}

static void
smm_welcome_page_dispose (GObject *object)
{
  SmmWelcomePage *self = SMM_WELCOME_PAGE (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->brand_id, g_free);
  G_OBJECT_CLASS (smm_welcome_page_parent_class)->dispose (object);
}

static void
smm_welcome_page_class_init (SmmWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_welcome_page_dispose;
  signals[DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[BACK]
      = g_signal_new ("back", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (SMM_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/welcome/smm-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, back);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, practice_card);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, profile_group);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, brand_name);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, zone);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, name);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, email);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, organization);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, create);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, create_connect);
  gtk_widget_class_bind_template_child (widget_class, SmmWelcomePage, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_create);
  gtk_widget_class_bind_template_callback (widget_class, on_create_connect);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_start_practice);
  gtk_widget_class_bind_template_callback (widget_class, on_set_up);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
}

static void
smm_welcome_page_init (SmmWelcomePage *self)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_set_text (GTK_EDITABLE (self->zone), g_time_zone_get_identifier (local));
  update_buttons (self);
}

/**
 * smm_welcome_page_new:
 * @library: where the brand goes
 * @practice: whether this already is Practice mode
 *
 * Returns: (transfer full): the page
 */
GtkWidget *
smm_welcome_page_new (SmmLibrary *library, gboolean practice)
{
  SmmWelcomePage *self = g_object_new (SMM_TYPE_WELCOME_PAGE, NULL);

  self->library = g_object_ref (library);
  gtk_widget_set_visible (self->practice_card, !practice);
  return GTK_WIDGET (self);
}

/**
 * smm_welcome_page_show_form:
 * @self: the page
 * @another: whether a brand exists already
 */
void
smm_welcome_page_show_form (SmmWelcomePage *self, gboolean another)
{
  g_return_if_fail (SMM_IS_WELCOME_PAGE (self));

  self->another = another;
  gtk_widget_set_visible (self->profile_group, !another);
  gtk_widget_set_visible (self->back, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_grab_focus (GTK_WIDGET (self->brand_name));
}
