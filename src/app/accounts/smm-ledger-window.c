/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-ledger-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-state-icon.h"

#define MAX_LINES 2000

enum
{
  WHEN,
  HOST,
  PURPOSE,
  SENT,
  RECEIVED,
  RESULT,
  N_COLUMNS
};

static char *
get_cell (SmmLedgerEntry *entry, guint column, GTimeZone *zone)
{
  switch (column)
    {
    case WHEN:
      return smm_time_format (entry->at, zone, "%-d %b %H:%M:%S");
    case HOST:
      return g_strdup (entry->host);
    case PURPOSE:
      return g_strdup (entry->purpose);
    case SENT:
      return g_format_size ((guint64)MAX (entry->bytes_sent, 0));
    case RECEIVED:
      return g_format_size ((guint64)MAX (entry->bytes_received, 0));
    default:
      return g_strdup (entry->result);
    }
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GTimeZone *zone = g_object_get_data (G_OBJECT (factory), "zone");
  g_autofree char *text = get_cell (gtk_list_item_get_item (item), GPOINTER_TO_UINT (data), zone);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static GtkWidget *
create_table (GPtrArray *entries, GTimeZone *zone)
{
  static const char *const titles[N_COLUMNS]
      = { N_ ("When"), N_ ("To"), N_ ("Why"), N_ ("Sent"), N_ ("Received"), N_ ("Result") };
  GListStore *lines = g_list_store_new (SMM_TYPE_LEDGER_ENTRY);
  GtkWidget *table;

  for (guint i = 0; i < entries->len; i++)
    g_list_store_append (lines, entries->pdata[i]);
  table = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (lines))));
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column;

      g_object_set_data_full (G_OBJECT (factory), "zone", g_time_zone_ref (zone),
                              (GDestroyNotify)g_time_zone_unref);
      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (_ (titles[i]), factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, i == HOST || i == RESULT);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (table), column);
      g_object_unref (column);
    }
  smm_widget_set_label (table, _ ("Requests that left this computer"));
  return table;
}

/**
 * smm_ledger_window_present:
 * @parent: (nullable): the window it belongs to
 * @store: where the ledger is read
 * @zone: the zone times are shown in
 */
void
smm_ledger_window_present (GtkWindow *parent, SmmStore *store, GTimeZone *zone)
{
  g_autoptr (GPtrArray) entries = smm_store_list_ledger (store, MAX_LINES);
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *content;

  gtk_window_set_title (GTK_WINDOW (window), _ ("Ledger"));
  adw_header_bar_set_title_widget (
      ADW_HEADER_BAR (header),
      adw_window_title_new (_ ("Ledger"), _ ("Every request that left this computer")));
  gtk_box_append (GTK_BOX (box), header);
  if (entries->len == 0)
    {
      content = adw_status_page_new ();
      adw_status_page_set_icon_name (ADW_STATUS_PAGE (content), "channel-secure-symbolic");
      adw_status_page_set_title (ADW_STATUS_PAGE (content), _ ("Nothing Has Left This Computer"));
    }
  else
    {
      content = gtk_scrolled_window_new ();
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (content), create_table (entries, zone));
    }
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 820, 520);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
