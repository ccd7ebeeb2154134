/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-window-private.h"

#include <glib/gi18n.h>

#include "smm-accounts-view.h"
#include "smm-app-time.h"
#include "smm-brand-avatar.h"
#include "smm-calendar-page.h"
#include "smm-library-remote.h"
#include "smm-platform-marks.h"
#include "smm-media-page.h"
#include "smm-plan-page.h"
#include "smm-popover.h"
#include "smm-posts-page.h"
#include "smm-problem-page.h"
#include "smm-split.h"
#include "smm-state-icon.h"
#include "smm-toast.h"
#include "smm-welcome-page.h"

G_DEFINE_FINAL_TYPE (SmmWindow, smm_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- Pages --- */

void
smm_window_on_page_toast (GtkWidget *page, const char *text, gboolean undoable, SmmWindow *self)
{
  smm_window_toast (self, text, undoable);
}

const char *
smm_window_current_view (SmmWindow *self)
{
  return gtk_stack_get_visible_child_name (self->views);
}

void
smm_window_reload_view (SmmWindow *self)
{
  const char *view = smm_window_current_view (self);

  if (g_strcmp0 (view, "calendar") == 0 && self->calendar != NULL)
    smm_calendar_page_reload (SMM_CALENDAR_PAGE (self->calendar));
  else if (g_strcmp0 (view, "posts") == 0 && self->posts != NULL)
    smm_posts_page_reload (SMM_POSTS_PAGE (self->posts));
  else if (g_strcmp0 (view, "library") == 0 && self->media != NULL)
    smm_media_page_reload (SMM_MEDIA_PAGE (self->media));
}

static void
set_narrow_pages (SmmWindow *self)
{
  gboolean narrow = smm_split_get_narrow (SMM_SPLIT (self->split));

  if (self->calendar != NULL)
    smm_calendar_page_set_narrow (SMM_CALENDAR_PAGE (self->calendar), narrow);
  if (self->posts != NULL)
    smm_posts_page_set_narrow (SMM_POSTS_PAGE (self->posts), narrow);
  if (self->media != NULL)
    smm_media_page_set_narrow (SMM_MEDIA_PAGE (self->media), narrow);
  if (self->accounts != NULL)
    smm_accounts_view_set_narrow (SMM_ACCOUNTS_VIEW (self->accounts), narrow);
  if (self->plan_page != NULL)
    smm_plan_page_set_narrow (SMM_PLAN_PAGE (self->plan_page), narrow);
  gtk_widget_set_visible (self->narrow_menu, narrow);
  gtk_widget_set_visible (self->narrow_attention,
                          narrow && gtk_widget_get_visible (self->attention));
}

static void
on_narrow_changed (GObject *split, GParamSpec *pspec, SmmWindow *self)
{
  set_narrow_pages (self);
}

static void
create_accounts (SmmWindow *self)
{
  self->accounts = GTK_WIDGET (smm_accounts_view_new (self->library, self->paths));
  g_signal_connect (self->accounts, "toast", G_CALLBACK (smm_window_on_page_toast), self);
  gtk_stack_add_named (self->views, self->accounts, "accounts");
  if (self->brand != NULL)
    smm_accounts_view_set_brand (SMM_ACCOUNTS_VIEW (self->accounts), self->brand->id);
  set_narrow_pages (self);
}

static void
create_posts (SmmWindow *self)
{
  self->posts = smm_posts_page_new (self->library);
  g_signal_connect (self->posts, "toast", G_CALLBACK (smm_window_on_page_toast), self);
  gtk_stack_add_named (self->views, self->posts, "posts");
  smm_posts_page_set_brand (SMM_POSTS_PAGE (self->posts), self->brand);
  set_narrow_pages (self);
}

static void
create_media (SmmWindow *self)
{
  self->media = smm_media_page_new (self->library);
  g_signal_connect (self->media, "toast", G_CALLBACK (smm_window_on_page_toast), self);
  gtk_stack_add_named (self->views, self->media, "library");
  smm_media_page_set_zone (SMM_MEDIA_PAGE (self->media),
                           self->brand != NULL ? self->brand->timezone : NULL);
  set_narrow_pages (self);
}

static void
choose_view (SmmWindow *self, const char *name)
{
  GtkListBoxRow *row;

  if (g_str_equal (name, "accounts") && self->accounts == NULL)
    create_accounts (self);
  if (g_str_equal (name, "posts") && self->posts == NULL)
    create_posts (self);
  if (g_str_equal (name, "library") && self->media == NULL)
    create_media (self);
  if (gtk_stack_get_child_by_name (self->views, name) == NULL)
    name = "calendar";
  gtk_stack_set_visible_child_name (self->views, name);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->nav, i)) != NULL; i++)
    if (g_strcmp0 (gtk_widget_get_name (GTK_WIDGET (row)), name) == 0)
      gtk_list_box_select_row (self->nav, row);
  smm_split_set_show_sidebar (SMM_SPLIT (self->split), FALSE);
}

void
smm_window_show_view (SmmWindow *self, const char *name)
{
  choose_view (self, name);
  smm_window_reload_view (self);
}

static void
on_nav_activated (GtkListBox *nav, GtkListBoxRow *row, SmmWindow *self)
{
  smm_window_show_view (self, gtk_widget_get_name (GTK_WIDGET (row)));
}

/* --- Actions --- */

static void
show_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  smm_window_show_view (SMM_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmSplit *split = SMM_SPLIT (SMM_WINDOW (widget)->split);

  smm_split_set_show_sidebar (split, !smm_split_get_show_sidebar (split));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);

  if (self->library == NULL
      || g_strcmp0 (gtk_stack_get_visible_child_name (self->root), "main") != 0)
    return;
  if (self->media != NULL && g_strcmp0 (smm_window_current_view (self), "library") == 0)
    {
      smm_media_page_start_search (SMM_MEDIA_PAGE (self->media));
      return;
    }
  smm_window_show_view (self, "posts");
  smm_posts_page_start_search (SMM_POSTS_PAGE (self->posts));
}

static void
attention_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);

  if (self->library == NULL)
    return;
  if (self->posts == NULL)
    create_posts (self);
  smm_posts_page_show_attention (SMM_POSTS_PAGE (self->posts));
  smm_window_show_view (self, "posts");
}

static void
brand_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);

  g_free (self->wanted_brand);
  self->wanted_brand = g_variant_dup_string (parameter, NULL);
  smm_split_set_show_sidebar (SMM_SPLIT (self->split), FALSE);
  smm_window_refresh (self);
}

static void
on_paused (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = smm_library_remote_call_finish (SMM_LIBRARY_REMOTE (source), result, &error);

  if (reply == NULL)
    smm_window_toast (self, error->message, FALSE);
}

static gboolean
is_paused (SmmWindow *self)
{
  gint64 until = -1;

  if (self->library != NULL && SMM_IS_LIBRARY_REMOTE (self->library))
    g_object_get (self->library, "paused-until", &until, NULL);
  return until == 0 || until > g_get_real_time ();
}

static void
pause_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SmmWindow *self = SMM_WINDOW (widget);

  if (self->library == NULL || !SMM_IS_LIBRARY_REMOTE (self->library))
    return;
  if (is_paused (self))
    smm_library_remote_call_async (SMM_LIBRARY_REMOTE (self->library), "Resume", NULL, NULL,
                                   on_paused, g_object_ref (self));
  else
    smm_library_remote_call_async (SMM_LIBRARY_REMOTE (self->library), "Pause",
                                   g_variant_new ("(x)", (gint64)0), NULL, on_paused,
                                   g_object_ref (self));
}

/* --- The sidebar --- */

static void
fill_brand_menu (SmmWindow *self, GPtrArray *brands)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) list = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  for (guint i = 0; i < brands->len; i++)
    {
      SmmBrand *brand = brands->pdata[i];
      g_autoptr (GMenuItem) item = g_menu_item_new (brand->name, NULL);

      g_menu_item_set_action_and_target (item, "win.brand", "s", brand->id);
      g_menu_append_item (list, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (list));
  if (self->brand != NULL)
    g_menu_append (more,
                   self->brand->setup_step > 0 ? _ ("_Go On Setting Up…") : _ ("_Edit Brand…"),
                   "win.edit-brand");
  if (self->brand != NULL)
    {
      g_menu_append (more, _ ("Posting _Times…"), "win.plan::times");
      g_menu_append (more, _ ("T_ags and Campaigns…"), "win.plan::tags");
      g_menu_append (more, _ ("_Recurring Posts…"), "win.plan::repeats");
    }
  g_menu_append (more, _ ("_New Brand…"), "win.new-brand");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  smm_menu_button_set_menu (GTK_MENU_BUTTON (self->brand_button), menu);
}

static void
update_next (SmmWindow *self, SmmStore *store)
{
  g_autoptr (SmmChip) chip = NULL;
  g_autofree char *status = NULL;
  gboolean connected = !SMM_IS_LIBRARY_REMOTE (self->library)
                       || smm_library_remote_get_connected (SMM_LIBRARY_REMOTE (self->library));

  if (self->brand != NULL)
    chip = smm_store_get_next_chip (store, self->brand->id, g_get_real_time ());
  if (SMM_IS_LIBRARY_REMOTE (self->library))
    g_object_get (self->library, "status", &status, NULL);
  if (!connected || status != NULL)
    {
      smm_state_image_set (self->next_icon, SMM_TARGET_HELD);
      gtk_label_set_label (self->next_title, _ ("Nothing is being published"));
      gtk_label_set_label (self->next_detail, status != NULL && *status != '\0'
                                                  ? status
                                                  : _ ("The publisher is not running"));
    }
  else if (is_paused (self))
    {
      smm_state_image_set (self->next_icon, SMM_TARGET_HELD);
      gtk_label_set_label (self->next_title, _ ("Publishing is paused"));
      gtk_label_set_label (self->next_detail, _ ("Resume it in the main menu"));
    }
  else if (chip != NULL)
    {
      g_autoptr (GTimeZone) zone = smm_app_zone_new (self->brand->timezone);
      g_autofree char *when = smm_time_format_relative (chip->due_at, zone);
      /* Translators: %s is a time: Next: today 17:30 */
      g_autofree char *title = g_strdup_printf (_ ("Next: %s"), when);
      g_autofree char *platforms = smm_platforms_to_text (chip->platforms);

      smm_state_image_set (self->next_icon, SMM_TARGET_SCHEDULED);
      gtk_label_set_label (self->next_title, title);
      gtk_label_set_label (self->next_detail, platforms);
    }
  else
    {
      smm_state_image_set (self->next_icon, SMM_TARGET_DRAFT);
      gtk_label_set_label (self->next_title, _ ("Nothing is scheduled"));
      gtk_label_set_label (self->next_detail, _ ("Drag a draft onto a day"));
    }
}

static void
update_sidebar (SmmWindow *self, SmmStore *store)
{
  g_autoptr (GPtrArray) accounts = NULL;
  guint attention = 0;
  gboolean broken = FALSE;

  gtk_label_set_label (self->brand_name, self->brand != NULL ? self->brand->name : "");
  smm_brand_avatar_show (self->brand_avatar, self->brand, self->paths);
  update_next (self, store);
  if (self->brand != NULL)
    {
      attention = smm_store_count_attention (store, self->brand->id);
      accounts = smm_store_list_accounts (store, self->brand->id);
      for (guint i = 0; i < accounts->len; i++)
        {
          SmmAccount *account = accounts->pdata[i];

          broken = broken || account->state == SMM_ACCOUNT_SIGNED_OUT
                   || account->state == SMM_ACCOUNT_RESTRICTED;
        }
    }
  gtk_widget_set_visible (self->accounts_badge, broken);
  if (attention > 0)
    {
      g_autofree char *text = g_strdup_printf (
          g_dngettext (NULL, "%u post needs you", "%u posts need you", attention), attention);

      gtk_label_set_label (self->attention_label, text);
      gtk_label_set_label (self->narrow_attention_label, text);
      smm_widget_set_label (self->attention, text);
      smm_widget_set_label (self->narrow_attention, text);
    }
  gtk_widget_set_visible (self->attention, attention > 0);
  gtk_widget_set_visible (self->narrow_attention,
                          attention > 0 && smm_split_get_narrow (SMM_SPLIT (self->split)));
}

/* --- Reading the library again --- */

static SmmBrand *
choose_brand (SmmWindow *self, GPtrArray *brands)
{
  for (guint i = 0; i < brands->len; i++)
    if (g_strcmp0 (((SmmBrand *)brands->pdata[i])->id, self->wanted_brand) == 0)
      return brands->pdata[i];
  return brands->len > 0 ? brands->pdata[0] : NULL;
}

static gboolean
same_brand (SmmBrand *a, SmmBrand *b)
{
  return a != NULL && b != NULL && g_strcmp0 (a->id, b->id) == 0
         && g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->timezone, b->timezone) == 0;
}

static void
set_brand (SmmWindow *self, SmmBrand *brand)
{
  gboolean same = same_brand (self->brand, brand);

  g_set_object (&self->brand, brand);
  if (same)
    return;
  smm_calendar_page_set_brand (SMM_CALENDAR_PAGE (self->calendar), brand);
  if (self->posts != NULL)
    smm_posts_page_set_brand (SMM_POSTS_PAGE (self->posts), brand);
  if (self->media != NULL)
    smm_media_page_set_zone (SMM_MEDIA_PAGE (self->media), brand != NULL ? brand->timezone : NULL);
  if (self->accounts != NULL && brand != NULL)
    smm_accounts_view_set_brand (SMM_ACCOUNTS_VIEW (self->accounts), brand->id);
  if (self->settings != NULL && brand != NULL)
    g_settings_set_string (self->settings, "last-brand", brand->id);
}

/* What they show is not there any more, and a modal one would keep this one from being used. */
static void
close_others (SmmWindow *self)
{
  g_autoptr (GList) windows
      = g_list_copy (gtk_application_get_windows (gtk_window_get_application (GTK_WINDOW (self))));

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != self)
      gtk_window_destroy (l->data);
}

/* TRUE: the library can't be opened, and the window says so instead of looking empty. */
static gboolean
show_problem (SmmWindow *self)
{
  const GError *problem = SMM_IS_LIBRARY_REMOTE (self->library)
                              ? smm_library_remote_get_problem (SMM_LIBRARY_REMOTE (self->library))
                              : NULL;

  if (problem == NULL)
    {
      if (self->problem != NULL)
        {
          gtk_stack_set_visible_child_name (self->root, "main");
          gtk_stack_remove (self->root, self->problem);
          self->problem = NULL;
        }
      return FALSE;
    }
  if (self->problem == NULL)
    {
      self->problem = smm_problem_page_new (SMM_LIBRARY_REMOTE (self->library), self->paths);
      gtk_stack_add_named (self->root, self->problem, "problem");
      /* What it would take back is not there any more. */
      smm_toast_forget (self->toasts);
    }
  smm_problem_page_set_problem (SMM_PROBLEM_PAGE (self->problem), problem);
  if (smm_problem_page_is_loss (problem))
    close_others (self);
  gtk_stack_set_visible_child_name (self->root, "problem");
  return TRUE;
}

static void
show_welcome (SmmWindow *self)
{
  if (self->welcome == NULL)
    {
      self->welcome = smm_welcome_page_new (self->library, self->paths, self->practice);
      gtk_stack_add_named (self->root, self->welcome, "welcome");
    }
  gtk_stack_set_visible_child_name (self->root, "welcome");
}

void
smm_window_refresh (SmmWindow *self)
{
  SmmStore *store = self->library != NULL ? smm_library_get_store (self->library) : NULL;
  g_autoptr (GPtrArray) brands = NULL;
  const char *shown = gtk_stack_get_visible_child_name (self->root);

  if (self->library == NULL || show_problem (self))
    return;
  smm_window_update_bars (self, store);
  brands = store != NULL ? smm_store_list_brands (store) : g_ptr_array_new ();
  set_brand (self, choose_brand (self, brands));
  fill_brand_menu (self, brands);
  if (store != NULL)
    update_sidebar (self, store);
  if (g_strcmp0 (shown, "preparing") == 0)
    return;
  if (brands->len == 0)
    {
      if (!self->naming_brand)
        show_welcome (self);
    }
  else if (g_strcmp0 (shown, "welcome") == 0 && !self->naming_brand)
    gtk_stack_set_visible_child_name (self->root, "main");
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->root), "main") == 0)
    smm_window_reload_view (self);
}

static gboolean
on_refresh_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SmmWindow *self = SMM_WINDOW (widget);

  self->refresh_tick = 0;
  smm_window_refresh (self);
  return G_SOURCE_REMOVE;
}

/* Any number of changes within a frame are one refresh. */
static void
queue_refresh (SmmWindow *self)
{
  if (self->refresh_tick == 0)
    self->refresh_tick
        = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_refresh_tick, NULL, NULL);
}

static void
on_changed (SmmLibrary *library, const char *const *ids, SmmWindow *self)
{
  queue_refresh (self);
}

static void
on_library_notify (GObject *library, GParamSpec *pspec, SmmWindow *self)
{
  queue_refresh (self);
}

/* Midnight and "today" pass without any change of the library. */
static gboolean
on_minute (gpointer user_data)
{
  queue_refresh (user_data);
  return G_SOURCE_CONTINUE;
}

/* --- The window itself --- */

static gboolean
smm_window_close_request (GtkWindow *window)
{
  SmmWindow *self = SMM_WINDOW (window);

  if (self->settings != NULL)
    {
      int width, height;

      gtk_window_get_default_size (window, &width, &height);
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
      g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
      g_settings_set_string (self->settings, "view", smm_window_current_view (self));
      if (self->calendar != NULL && !smm_split_get_narrow (SMM_SPLIT (self->split)))
        {
          g_autofree char *shown = NULL;

          g_object_get (self->calendar, "view", &shown, NULL);
          g_settings_set_string (self->settings, "calendar-view", shown);
        }
    }
  return GTK_WINDOW_CLASS (smm_window_parent_class)->close_request (window);
}

static void
smm_window_dispose (GObject *object)
{
  SmmWindow *self = SMM_WINDOW (object);

  g_clear_handle_id (&self->minute_source, g_source_remove);
  smm_window_stop_spring (self);
  g_clear_object (&self->library);
  g_clear_object (&self->settings);
  g_clear_object (&self->brand);
  g_clear_pointer (&self->wanted_brand, g_free);
  G_OBJECT_CLASS (smm_window_parent_class)->dispose (object);
}

static void
smm_window_class_init (SmmWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = smm_window_close_request;
  g_type_ensure (SMM_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/window/smm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, practice_bar);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, root);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, split);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, views);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, nav);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, accounts_row);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, accounts_badge);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, brand_button);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, brand_avatar);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, brand_name);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, next_icon);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, next_title);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, next_detail);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, attention);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, attention_label);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, narrow_attention);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, narrow_menu);
  gtk_widget_class_bind_template_child (widget_class, SmmWindow, narrow_attention_label);
  gtk_widget_class_bind_template_callback (widget_class, on_nav_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_narrow_changed);

  smm_window_class_install_pages (widget_class);
  smm_window_class_install_exchange (widget_class);
  smm_window_class_install_bars (widget_class);
  gtk_widget_class_install_action (widget_class, "win.show-view", "s", show_view_action);
  gtk_widget_class_install_action (widget_class, "win.show-sidebar", NULL, show_sidebar_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.show-attention", NULL, attention_action);
  gtk_widget_class_install_action (widget_class, "win.brand", "s", brand_action);
  gtk_widget_class_install_action (widget_class, "win.pause", NULL, pause_action);
}

static void
on_attention_mapped (GtkWidget *attention, SmmWindow *self)
{
  smm_toast_keep_off (self->toasts, attention, gtk_widget_get_mapped (attention));
}

static void
smm_window_init (SmmWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  smm_window_set_up_spring (self);
  g_signal_connect (self->narrow_attention, "map", G_CALLBACK (on_attention_mapped), self);
  g_signal_connect (self->narrow_attention, "unmap", G_CALLBACK (on_attention_mapped), self);
  smm_state_image_set (GTK_IMAGE (self->accounts_badge), SMM_TARGET_HELD);
  smm_widget_set_label (self->accounts_badge, _ ("An account needs you"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-post", FALSE);
}

/**
 * smm_window_new:
 * @application: the application
 * @settings: (nullable): size, view and brand are kept here
 * @practice: whether this is Practice mode, which says so on screen
 *
 * Returns: (transfer none): a window that waits for a library
 */
SmmWindow *
smm_window_new (GtkApplication *application, GSettings *settings, gboolean practice)
{
  SmmWindow *self = g_object_new (SMM_TYPE_WINDOW, "application", application, NULL);

  self->practice = practice;
  gtk_menu_button_set_menu_model (
      GTK_MENU_BUTTON (self->narrow_menu),
      G_MENU_MODEL (gtk_application_get_menu_by_id (application, "main-menu")));
  gtk_widget_set_visible (self->practice_bar, practice);
  if (settings != NULL)
    {
      self->settings = g_object_ref (settings);
      gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                                   g_settings_get_int (settings, "window-height"));
      if (g_settings_get_boolean (settings, "window-maximized"))
        gtk_window_maximize (GTK_WINDOW (self));
      self->wanted_brand = g_settings_get_string (settings, "last-brand");
    }
  return self;
}

/**
 * smm_window_set_library:
 * @self: a window
 * @library: what it shows; can be set once
 * @paths: where the library and the keys of its sign-ins are
 */
void
smm_window_set_library (SmmWindow *self, SmmLibrary *library, SmmPaths *paths)
{
  g_autofree char *view = NULL;
  g_autofree char *shown = NULL;

  g_return_if_fail (SMM_IS_WINDOW (self));
  g_return_if_fail (SMM_IS_LIBRARY (library));
  g_return_if_fail (self->library == NULL);

  self->library = g_object_ref (library);
  self->paths = paths;
  if (self->settings != NULL)
    {
      view = g_settings_get_string (self->settings, "view");
      shown = g_settings_get_string (self->settings, "calendar-view");
    }
  self->calendar = smm_calendar_page_new (library, shown);
  g_signal_connect (self->calendar, "toast", G_CALLBACK (smm_window_on_page_toast), self);
  g_signal_connect (self->calendar, "files-dropped", G_CALLBACK (smm_window_on_files_dropped),
                    self);
  gtk_stack_add_named (self->views, self->calendar, "calendar");
  set_narrow_pages (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-post", TRUE);
  gtk_stack_set_visible_child_name (self->root, "main");
  choose_view (self, view != NULL && *view != '\0' ? view : "calendar");
  smm_window_refresh (self);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_changed), self, 0);
  if (SMM_IS_LIBRARY_REMOTE (library))
    {
      g_signal_connect_object (library, "notify::connected", G_CALLBACK (on_library_notify), self,
                               0);
      g_signal_connect_object (library, "notify::status", G_CALLBACK (on_library_notify), self, 0);
      g_signal_connect_object (library, "notify::paused-until", G_CALLBACK (on_library_notify),
                               self, 0);
    }
  self->minute_source = g_timeout_add_seconds (60, on_minute, self);
}

/**
 * smm_window_toast:
 * @self: a window
 * @text: one sentence for people, plain text
 * @undoable: whether to offer Undo
 */
void
smm_window_toast (SmmWindow *self, const char *text, gboolean undoable)
{
  g_return_if_fail (SMM_IS_WINDOW (self));

  smm_toast_show (self->toasts, text, undoable);
}
