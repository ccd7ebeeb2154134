/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-window.h"

#include "smm-library.h"
#include "smm-paths.h"

G_BEGIN_DECLS

struct _SmmWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *practice_bar;
  GtkWidget *erasing_bar;
  GtkSpinner *erasing_spinner;
  GtkWidget *closing_bar;
  GtkLabel *closing_label;
  GtkWidget *closing_show;
  GtkStack *root;
  GtkWidget *split;
  GtkStack *views;
  GtkListBox *nav;
  GtkWidget *accounts_row;
  GtkWidget *accounts_badge;
  GtkWidget *brand_button;
  AdwAvatar *brand_avatar;
  GtkLabel *brand_name;
  GtkImage *next_icon;
  GtkLabel *next_title;
  GtkLabel *next_detail;
  GtkWidget *attention;
  GtkLabel *attention_label;
  GtkWidget *narrow_attention;
  GtkWidget *narrow_menu;
  GtkLabel *narrow_attention_label;
  AdwStatusPage *preparing; /* only in Practice mode */
  GtkWidget *calendar;
  GtkWidget *posts;
  GtkWidget *media; /* once it was looked at */
  GtkWidget *accounts;
  GtkWidget *problem; /* while the library can't be opened */
  GtkWidget *composer;
  GtkWidget *post_page; /* once one was looked at */
  GtkWidget *welcome;
  GtkWidget *brand_page;
  GtkWidget *plan_page;

  SmmLibrary *library;
  SmmPaths *paths; /* the application's */
  GSettings *settings;
  SmmBrand *brand;
  char *wanted_brand;
  guint refresh_tick;
  guint minute_source;
  guint spring_source;     /* while something rests on the name of a view */
  const char *spring_view; /* that one; borrowed */
  gboolean practice;
  gboolean naming_brand; /* the welcome form is open for one more brand */
};

/* smm-window.c */
void smm_window_on_page_toast (GtkWidget *page, const char *text, gboolean undoable,
                               SmmWindow *self);
const char *smm_window_current_view (SmmWindow *self);
void smm_window_show_view (SmmWindow *self, const char *name);
void smm_window_reload_view (SmmWindow *self);
/* Reads the library again and shows what changed. */
void smm_window_refresh (SmmWindow *self);

/* smm-window-pages.c */
void smm_window_class_install_pages (GtkWidgetClass *widget_class);
gboolean smm_window_take_calendar (SmmWindow *self, GListModel *files);
void smm_window_on_files_dropped (GtkWidget *calendar, GListModel *files, gint64 due_at,
                                  SmmWindow *self);

/* smm-window-exchange.c */
void smm_window_class_install_exchange (GtkWidgetClass *widget_class);

/* smm-window-bars.c */
void smm_window_class_install_bars (GtkWidgetClass *widget_class);
void smm_window_update_bars (SmmWindow *self, SmmStore *store);

/* smm-window-spring.c */
void smm_window_set_up_spring (SmmWindow *self);
void smm_window_stop_spring (SmmWindow *self);

G_END_DECLS
