/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What takes the whole window for a while: the composer, the page of a brand and its plans. */

#include "config.h"

#include "smm-window-private.h"

#include "smm-accounts-view.h"
#include "smm-app-time.h"
#include "smm-brand-page.h"
#include "smm-calendar-page.h"
#include "smm-composer.h"
#include "smm-post-page.h"
#include "smm-plan-page.h"
#include "smm-split.h"

#define FIRST_POST_HOUR 9

/* --- The composer --- */

static void
show_main (SmmWindow *self)
{
  /* The calendar takes the keyboard where nothing has it. */
  if (g_strcmp0 (smm_window_current_view (self), "calendar") == 0)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child_name (self->root, "main");
  smm_window_reload_view (self);
}

static void
on_composer_closed (SmmComposer *composer, SmmWindow *self)
{
  show_main (self);
}

static SmmComposer *
get_composer (SmmWindow *self)
{
  if (self->composer == NULL)
    {
      self->composer = GTK_WIDGET (smm_composer_new (self->library));
      g_signal_connect (self->composer, "closed", G_CALLBACK (on_composer_closed), self);
      g_signal_connect (self->composer, "toast", G_CALLBACK (smm_window_on_page_toast), self);
      gtk_stack_add_named (self->root, self->composer, "composer");
    }
  return SMM_COMPOSER (self->composer);
}

static void
compose (SmmWindow *self, gint64 due_at, GListModel *files)
{
  if (self->library == NULL || self->brand == NULL)
    return;
  smm_composer_open_new (get_composer (self), self->brand->id, due_at, files);
  gtk_stack_set_visible_child_name (self->root, "composer");
}

void
smm_window_on_files_dropped (GtkWidget *calendar, GListModel *files, gint64 due_at, SmmWindow *self)
{
  if (!smm_window_take_calendar (self, files))
    compose (self, due_at, files);
}

static void
new_post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);
  gint64 due_at = 0;

  if (self->calendar != NULL && g_strcmp0 (smm_window_current_view (self), "calendar") == 0)
    due_at = smm_calendar_page_get_new_post_time (SMM_CALENDAR_PAGE (self->calendar));
  compose (self, due_at, NULL);
}

static void
new_post_at_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  compose (SMM_WINDOW (widget), g_variant_get_int64 (parameter), NULL);
}

/* With a time to come, so that scheduling is one click away. */
static void
first_post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *wall = NULL;
  gint64 due_at = 0;

  if (self->brand == NULL)
    return;
  zone = smm_app_zone_new (self->brand->timezone);
  wall = smm_day_get_wall (smm_day_today (zone) + 1, FIRST_POST_HOUR, 0, 0);
  smm_wall_time_resolve (wall, self->brand->timezone, &due_at, NULL, NULL);
  /* Where it will be seen. */
  smm_window_show_view (self, "calendar");
  compose (self, due_at, NULL);
}

/* A post about media of the library. */
static void
new_post_with_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autofree const char **hashes = g_variant_get_strv (parameter, NULL);

  for (guint i = 0; hashes[i] != NULL; i++)
    {
      g_autofree char *path = smm_paths_get_media (self->paths, hashes[i]);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_list_store_append (files, file);
    }
  compose (self, 0, G_LIST_MODEL (files));
}

static void
edit_post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);

  smm_composer_open_post (get_composer (self), g_variant_get_string (parameter, NULL));
  gtk_stack_set_visible_child_name (self->root, "composer");
}

/* --- A post's own page --- */

static void
on_post_closed (SmmPostPage *page, SmmWindow *self)
{
  gtk_stack_set_visible_child_name (self->root, "main");
  smm_window_reload_view (self);
}

/* A draft is there to be written; of everything else it is told what became of it. */
static void
show_post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);
  g_autoptr (GTimeZone) zone = NULL;

  if (self->library == NULL)
    return;
  if (self->post_page == NULL)
    {
      self->post_page = smm_post_page_new (self->library);
      g_signal_connect (self->post_page, "closed", G_CALLBACK (on_post_closed), self);
      g_signal_connect (self->post_page, "toast", G_CALLBACK (smm_window_on_page_toast), self);
      gtk_stack_add_named (self->root, self->post_page, "post");
    }
  zone = smm_app_zone_new (self->brand != NULL ? self->brand->timezone : NULL);
  gtk_stack_set_visible_child_name (self->root, "post");
  smm_post_page_show (SMM_POST_PAGE (self->post_page), g_variant_get_string (parameter, NULL),
                      zone);
}

/* --- The brand page --- */

static void
leave_brand_page (SmmWindow *self)
{
  self->naming_brand = FALSE;
  gtk_stack_set_visible_child_name (self->root, "main");
  smm_window_refresh (self);
}

static void
on_brand_closed (SmmBrandPage *page, SmmWindow *self)
{
  leave_brand_page (self);
}

static void
on_brand_finished (SmmBrandPage *page, const char *brand_id, gboolean connect, SmmWindow *self)
{
  g_free (self->wanted_brand);
  self->wanted_brand = g_strdup (brand_id);
  leave_brand_page (self);
  if (!connect)
    return;
  smm_window_show_view (self, "accounts");
  smm_accounts_view_start (SMM_ACCOUNTS_VIEW (self->accounts));
}

static SmmBrandPage *
show_brand_page (SmmWindow *self)
{
  if (self->brand_page == NULL)
    {
      self->brand_page = smm_brand_page_new (self->library, self->paths);
      g_signal_connect (self->brand_page, "finished", G_CALLBACK (on_brand_finished), self);
      g_signal_connect (self->brand_page, "closed", G_CALLBACK (on_brand_closed), self);
      g_signal_connect (self->brand_page, "toast", G_CALLBACK (smm_window_on_page_toast), self);
      gtk_stack_add_named (self->root, self->brand_page, "brand");
    }
  /* A menu that closes gives the focus back to its button: before the page takes it. */
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->brand_button));
  smm_split_set_show_sidebar (SMM_SPLIT (self->split), FALSE);
  gtk_stack_set_visible_child_name (self->root, "brand");
  return SMM_BRAND_PAGE (self->brand_page);
}

static void
new_brand_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);

  if (self->library == NULL)
    return;
  self->naming_brand = TRUE;
  smm_brand_page_start_new (show_brand_page (self));
}

static void
edit_brand_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);

  if (self->library != NULL && self->brand != NULL)
    smm_brand_page_open (show_brand_page (self), self->brand->id);
}

/* --- The plans of a brand --- */

static void
on_plan_closed (SmmPlanPage *page, SmmWindow *self)
{
  show_main (self);
}

/* The part of the plans to show. */
static void
plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);

  if (self->library == NULL || self->brand == NULL)
    return;
  if (self->plan_page == NULL)
    {
      self->plan_page = smm_plan_page_new (self->library);
      g_signal_connect (self->plan_page, "closed", G_CALLBACK (on_plan_closed), self);
      g_signal_connect (self->plan_page, "toast", G_CALLBACK (smm_window_on_page_toast), self);
      smm_plan_page_set_narrow (SMM_PLAN_PAGE (self->plan_page),
                                smm_split_get_narrow (SMM_SPLIT (self->split)));
      gtk_stack_add_named (self->root, self->plan_page, "plan");
    }
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->brand_button));
  smm_split_set_show_sidebar (SMM_SPLIT (self->split), FALSE);
  gtk_stack_set_visible_child_name (self->root, "plan");
  smm_plan_page_open (SMM_PLAN_PAGE (self->plan_page), self->brand,
                      g_variant_get_string (parameter, NULL));
}

/* --- An account --- */

static void
show_account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);

  if (self->library == NULL)
    return;
  gtk_stack_set_visible_child_name (self->root, "main");
  smm_window_show_view (self, "accounts");
  smm_accounts_view_show_account (SMM_ACCOUNTS_VIEW (self->accounts),
                                  g_variant_get_string (parameter, NULL));
}

/* --- What is going on before there is a library --- */

/**
 * smm_window_set_preparing:
 * @self: a window
 * @text: (nullable): what is going on; %NULL when it is done
 */
void
smm_window_set_preparing (SmmWindow *self, const char *text)
{
  g_return_if_fail (SMM_IS_WINDOW (self));

  if (text == NULL)
    {
      gtk_stack_set_visible_child_name (self->root, "main");
      smm_window_refresh (self);
      return;
    }
  if (self->preparing == NULL)
    {
      g_autoptr (GtkBuilder) builder
          = gtk_builder_new_from_resource ("/com/nkonsept/Smm/ui/window/preparing.ui");

      self->preparing = ADW_STATUS_PAGE (gtk_builder_get_object (builder, "status"));
      gtk_stack_add_named (self->root, GTK_WIDGET (gtk_builder_get_object (builder, "page")),
                           "preparing");
    }
  adw_status_page_set_description (self->preparing, text);
  gtk_stack_set_visible_child_name (self->root, "preparing");
}

/* --- The keyboard's shortcuts --- */

/* GTK would make "gtk/help-overlay.ui" with every window, for who hardly ever asks for it. */
static void
show_help_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (widget);

  if (gtk_application_window_get_help_overlay (window) == NULL)
    {
      g_autoptr (GtkBuilder) builder
          = gtk_builder_new_from_resource ("/com/nkonsept/Smm/ui/window/shortcuts.ui");

      gtk_application_window_set_help_overlay (
          window, GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
    }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

/* --- Actions --- */

void
smm_window_class_install_pages (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-post", NULL, new_post_action);
  gtk_widget_class_install_action (widget_class, "win.new-post-at", "x", new_post_at_action);
  gtk_widget_class_install_action (widget_class, "win.first-post", NULL, first_post_action);
  gtk_widget_class_install_action (widget_class, "win.new-post-with", "as", new_post_with_action);
  gtk_widget_class_install_action (widget_class, "win.edit-post", "s", edit_post_action);
  gtk_widget_class_install_action (widget_class, "win.show-post", "s", show_post_action);
  gtk_widget_class_install_action (widget_class, "win.show-account", "s", show_account_action);
  gtk_widget_class_install_action (widget_class, "win.new-brand", NULL, new_brand_action);
  gtk_widget_class_install_action (widget_class, "win.edit-brand", NULL, edit_brand_action);
  gtk_widget_class_install_action (widget_class, "win.plan", "s", plan_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_help_action);
}
