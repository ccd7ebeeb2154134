/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-plan-page.h"

#include <glib/gi18n.h>

#include "smm-series-panel.h"
#include "smm-slot-panel.h"
#include "smm-tag-panel.h"

struct _SmmPlanPage
{
  AdwBin parent_instance;

  GtkStack *title_stack;
  AdwWindowTitle *title;
  AdwViewStack *stack;
  AdwViewSwitcherBar *bar;
  SmmSlotPanel *times;
  SmmTagPanel *tags;
  SmmSeriesPanel *repeats;
};

enum
{
  CLOSED,
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmPlanPage, smm_plan_page, ADW_TYPE_BIN)

static void
on_back (SmmPlanPage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_toast (GtkWidget *panel, const char *text, gboolean undoable, SmmPlanPage *self)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  on_back (SMM_PLAN_PAGE (widget));
  return TRUE;
}

static void
smm_plan_page_class_init (SmmPlanPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[CLOSED]
      = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  g_type_ensure (SMM_TYPE_SLOT_PANEL);
  g_type_ensure (SMM_TYPE_TAG_PANEL);
  g_type_ensure (SMM_TYPE_SERIES_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/plan/smm-plan-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmPlanPage, title);
  gtk_widget_class_bind_template_child (widget_class, SmmPlanPage, title_stack);
  gtk_widget_class_bind_template_child (widget_class, SmmPlanPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmPlanPage, bar);
  gtk_widget_class_bind_template_child (widget_class, SmmPlanPage, times);
  gtk_widget_class_bind_template_child (widget_class, SmmPlanPage, tags);
  gtk_widget_class_bind_template_child (widget_class, SmmPlanPage, repeats);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_toast);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
smm_plan_page_init (SmmPlanPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * smm_plan_page_new:
 * @library: the library
 *
 * Returns: (transfer full): a page; it shows nothing before it is opened
 */
GtkWidget *
smm_plan_page_new (SmmLibrary *library)
{
  SmmPlanPage *self = g_object_new (SMM_TYPE_PLAN_PAGE, NULL);

  smm_slot_panel_set_library (self->times, library);
  smm_tag_panel_set_library (self->tags, library);
  smm_series_panel_set_library (self->repeats, library);
  return GTK_WIDGET (self);
}

/**
 * smm_plan_page_open:
 * @self: a page
 * @brand: whose plans
 * @part: what to show of them
 */
void
smm_plan_page_open (SmmPlanPage *self, SmmBrand *brand, const char *part)
{
  g_return_if_fail (SMM_IS_PLAN_PAGE (self));

  adw_window_title_set_subtitle (self->title, brand->name);
  smm_slot_panel_set_brand (self->times, brand->id);
  smm_tag_panel_set_brand (self->tags, brand->id);
  smm_series_panel_set_brand (self->repeats, brand->id);
  adw_view_stack_set_visible_child_name (self->stack, part);
  gtk_widget_child_focus (adw_view_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

void
smm_plan_page_set_narrow (SmmPlanPage *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_PLAN_PAGE (self));

  gtk_stack_set_visible_child_name (self->title_stack, narrow ? "narrow" : "wide");
  adw_view_switcher_bar_set_reveal (self->bar, narrow);
  smm_slot_panel_set_narrow (self->times, narrow);
}
