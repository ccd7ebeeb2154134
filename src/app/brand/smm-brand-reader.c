/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-brand-reader.h"

#include <glib/gi18n.h>

#include "smm-ask-panel.h"
#include "smm-proposal-row.h"
#include "smm-state-icon.h"
#include "smm-website.h"

struct _SmmBrandReader
{
  AdwBin parent_instance;

  AdwActionRow *row;
  GtkSpinner *spinner;
  GtkWidget *read, *cancel;
  AdwExpanderRow *page_row;
  GtkLabel *page_text, *problem;
  SmmAskPanel *ask;
  GtkWidget *proposals_box, *use_all;
  AdwPreferencesGroup *proposals;

  SmmBrandDesk *desk;
  SmmBrand *brand;
  SmmWebPage *page;          /* what was read; NULL: nothing yet */
  GPtrArray *rows;           /* borrowed SmmProposalRow */
  GCancellable *cancellable; /* while it is read */
};

static guint use;

G_DEFINE_FINAL_TYPE (SmmBrandReader, smm_brand_reader, ADW_TYPE_BIN)

static void
show_problem (SmmBrandReader *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* --- Proposals --- */

static void
update_rows (SmmBrandReader *self)
{
  guint n_open = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      smm_proposal_row_update (self->rows->pdata[i], self->brand);
      n_open += !smm_proposal_row_is_used (self->rows->pdata[i]);
    }
  gtk_widget_set_visible (self->proposals_box, self->rows->len > 0);
  gtk_widget_set_visible (self->use_all, self->rows->len > 1);
  gtk_widget_set_sensitive (self->use_all, n_open > 0);
}

static void
on_chosen (SmmProposalRow *row, SmmBrandReader *self)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  g_ptr_array_add (wanted, smm_proposal_row_get_next (row));
  g_signal_emit (self, use, 0, wanted);
}

static void
on_use_all (SmmBrandReader *self)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    if (!smm_proposal_row_is_used (self->rows->pdata[i]))
      g_ptr_array_add (wanted, smm_proposal_row_get_next (self->rows->pdata[i]));
  g_signal_emit (self, use, 0, wanted);
}

static void
clear_rows (SmmBrandReader *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->proposals, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
show_proposals (SmmBrandReader *self, GPtrArray *proposals)
{
  clear_rows (self);
  for (guint i = 0; i < proposals->len; i++)
    {
      GtkWidget *row = smm_proposal_row_new (proposals->pdata[i]);

      g_signal_connect (row, "chosen", G_CALLBACK (on_chosen), self);
      adw_preferences_group_add (self->proposals, row);
      g_ptr_array_add (self->rows, row);
    }
  update_rows (self);
}

/* What the page says without any AI. */
static void
show_own_colors (SmmBrandReader *self)
{
  g_autoptr (GPtrArray) proposals
      = g_ptr_array_new_with_free_func ((GDestroyNotify)smm_brand_proposal_unref);

  if (self->page->colors != NULL && g_strcmp0 (self->page->colors, self->brand->colors) != 0)
    {
      g_autoptr (SmmBrand) colored = smm_brand_copy (self->brand);

      g_free (colored->colors);
      colored->colors = g_strdup (self->page->colors);
      g_ptr_array_add (proposals, smm_brand_proposal_new_present (colored, "colors"));
    }
  show_proposals (self, proposals);
}

static void
on_answered (SmmAskPanel *panel, const char *text, SmmBrandReader *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) proposals = smm_brand_ai_read_proposals (text, self->brand, &error);

  if (proposals == NULL)
    {
      smm_ask_panel_show_problem (panel, error->message);
      return;
    }
  show_proposals (self, proposals);
  if (proposals->len == 0)
    smm_ask_panel_show_problem (panel, _ ("The AI proposes nothing else than what is there"));
}

static SmmAiPrompt *
make_prompt (gpointer user_data)
{
  SmmBrandReader *self = user_data;

  return self->brand != NULL ? smm_brand_ai_ask_proposals (self->brand, self->page) : NULL;
}

/* --- Reading --- */

/* What is fetched, and who learns of it. */
static void
update_reading (SmmBrandReader *self)
{
  gboolean busy = self->cancellable != NULL;
  g_autoptr (GError) error = NULL;
  SmmHttp *http = smm_brand_desk_get_http (self->desk, &error);
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (http != NULL)
    address = smm_website_get_address (smm_http_get_endpoints (http), self->brand->website, &error);
  if (busy)
    text = g_strdup (_ ("Reading…"));
  else if (address != NULL)
    /* Translators: %s is the address of a website. */
    text = g_strdup_printf (_ ("Fetches %s once. Nothing is sent to an AI."), address);
  else
    text = g_strdup (error->message);
  escaped = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (self->row, escaped);
  gtk_widget_set_sensitive (self->read, address != NULL);
  gtk_widget_set_visible (self->read, !busy);
  gtk_widget_set_visible (self->cancel, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
show_page (SmmBrandReader *self)
{
  g_autofree char *text = self->page != NULL ? smm_web_page_describe (self->page) : NULL;
  g_autofree char *line = NULL;
  g_autofree char *escaped = NULL;
  gulong n;

  gtk_widget_set_visible (GTK_WIDGET (self->page_row), self->page != NULL);
  if (self->page == NULL)
    return;
  n = g_utf8_strlen (text, -1);
  line = g_strdup_printf (g_dngettext (NULL, "%s · %lu character", "%s · %lu characters", n),
                          self->page->title != NULL ? self->page->title : self->page->address, n);
  escaped = g_markup_escape_text (line, -1);
  adw_expander_row_set_subtitle (self->page_row, escaped);
  gtk_label_set_label (self->page_text, text);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmBrandReader) self = user_data;
  g_autoptr (GError) error = NULL;
  GCancellable *asked = g_task_get_cancellable (G_TASK (result));
  g_autoptr (SmmWebPage) page = smm_website_read_finish (SMM_HTTP (source), result, &error);
  gboolean had_focus;

  if (self->desk == NULL || asked != self->cancellable)
    return;
  had_focus = gtk_widget_has_focus (self->cancel);
  g_clear_object (&self->cancellable);
  update_reading (self);
  if (had_focus)
    gtk_widget_grab_focus (self->read);
  if (page == NULL)
    {
      show_problem (self, error->message);
      return;
    }
  g_clear_pointer (&self->page, smm_web_page_free);
  self->page = g_steal_pointer (&page);
  show_page (self);
  show_own_colors (self);
  smm_ask_panel_refresh (self->ask);
}

static void
on_read_clicked (SmmBrandReader *self)
{
  SmmHttp *http = smm_brand_desk_get_http (self->desk, NULL);

  if (http == NULL || self->cancellable != NULL)
    return;
  show_problem (self, NULL);
  self->cancellable = g_cancellable_new ();
  smm_website_read_async (http, self->brand->website, self->cancellable, on_read,
                          g_object_ref (self));
  update_reading (self);
  gtk_widget_grab_focus (self->cancel);
}

static void
stop_reading (SmmBrandReader *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
on_cancel (SmmBrandReader *self)
{
  stop_reading (self);
  update_reading (self);
  gtk_widget_grab_focus (self->read);
}

/* --- The widget --- */

void
smm_brand_reader_bind (SmmBrandReader *self, SmmBrandDesk *desk)
{
  g_set_object (&self->desk, desk);
  smm_ask_panel_bind (self->ask, desk, make_prompt, self);
}

void
smm_brand_reader_set_brand (SmmBrandReader *self, SmmBrand *brand)
{
  if (self->brand == NULL || g_strcmp0 (self->brand->id, brand->id) != 0)
    {
      stop_reading (self);
      g_clear_pointer (&self->page, smm_web_page_free);
      show_page (self);
      clear_rows (self);
      adw_expander_row_set_expanded (self->page_row, FALSE);
      show_problem (self, NULL);
      smm_ask_panel_reset (self->ask);
    }
  g_set_object (&self->brand, brand);
  update_reading (self);
  update_rows (self);
  smm_ask_panel_refresh (self->ask);
}

static void
smm_brand_reader_dispose (GObject *object)
{
  SmmBrandReader *self = SMM_BRAND_READER (object);

  stop_reading (self);
  g_clear_object (&self->desk);
  g_clear_object (&self->brand);
  g_clear_pointer (&self->page, smm_web_page_free);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (smm_brand_reader_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SmmBrandReader, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
smm_brand_reader_class_init (SmmBrandReaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_brand_reader_dispose;
  use = g_signal_new ("use", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (SMM_TYPE_ASK_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/brand/smm-brand-reader.ui");
  BIND (row);
  BIND (spinner);
  BIND (read);
  BIND (cancel);
  BIND (page_row);
  BIND (page_text);
  BIND (problem);
  BIND (ask);
  BIND (proposals_box);
  BIND (proposals);
  BIND (use_all);
  CALL (on_read_clicked);
  CALL (on_cancel);
  CALL (on_answered);
  CALL (on_use_all);
}

static void
smm_brand_reader_init (SmmBrandReader *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
