/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-journal-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-state-icon.h"

/* Steps that have a name of their own, without the number after the colon; then what they are. */
static const struct
{
  const char *name, *text;
} steps[] = {
  { "photo", N_ ("Picture uploaded, not public") },
  { "source", N_ ("Picture uploaded, not public") },
  { "container", N_ ("Post prepared, not public") },
  { "ready", N_ ("Asked whether it is ready") },
  { "status", N_ ("Asked how far it is") },
  { "upload", N_ ("Video uploaded, not public") },
  { "chunk", N_ ("Part of the video uploaded, not public") },
  { "video-transfer", N_ ("Video uploaded, not public") },
  { "quota", N_ ("Asked how many posts are left for today") },
  { "creator", N_ ("Asked what the account may do") },
}, kinds[] = {
  { "prepare", N_ ("Prepared, not public") },
  { "commit", N_ ("Publishing") },
  { "verdict", N_ ("Asked what became of it") },
  { "confirm", N_ ("Asked for the link") },
  { "reconcile", N_ ("Looked whether it is public") },
  { "comment", N_ ("First comment") },
  { "remove", N_ ("Removal") },
};

static const char *
get_text (SmmJournalEntry *entry)
{
  gsize length = strcspn (entry->step, ":");

  if (entry->note != NULL && *entry->note != '\0')
    return entry->note;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (entry->kind, "reconcile") != 0 && strlen (steps[i].name) == length
        && strncmp (steps[i].name, entry->step, length) == 0)
      return _ (steps[i].text);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (entry->kind, kinds[i].name) == 0)
      return _ (kinds[i].text);
  return entry->step;
}

/* What came of it, in words. */
static char *
describe (SmmJournalEntry *entry)
{
  gboolean commit = g_strcmp0 (entry->kind, "commit") == 0;
  double seconds = (double)(entry->ended_at - entry->started_at) / G_USEC_PER_SEC;

  if (g_str_equal (entry->state, "intent"))
    return g_strdup (commit ? _ ("Written to disk before the first byte was sent. What came of it "
                                 "is not known here yet.")
                            : _ ("Begun, without an answer yet"));
  if (g_str_equal (entry->state, "refused"))
    return entry->http_status > 0
               /* Translators: a number of HTTP, like 400 */
               ? g_strdup_printf (_ ("Refused by the platform (%d)"), entry->http_status)
               : g_strdup (_ ("Refused by the platform"));
  if (g_str_equal (entry->state, "unclear"))
    return g_strdup (commit ? _ ("No clear answer: it may be public, it may not")
                            : _ ("No clear answer"));
  if (entry->ended_at <= entry->started_at)
    return g_strdup (_ ("Done"));
  /* Translators: a number of seconds, like 2.1 */
  return g_strdup_printf (_ ("Done in %.1f s"), seconds);
}

static SmmTargetState
get_state (SmmJournalEntry *entry)
{
  if (g_str_equal (entry->state, "done"))
    return SMM_TARGET_PUBLISHED;
  if (g_str_equal (entry->state, "refused"))
    return SMM_TARGET_FAILED;
  if (g_str_equal (entry->state, "unclear"))
    return SMM_TARGET_UNCONFIRMED;
  return SMM_TARGET_PUBLISHING;
}

static GtkWidget *
label_new (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static void
append_row (GtkWidget *list, const char *when, SmmTargetState state, const char *text,
            const char *detail, gboolean trouble)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *time = gtk_label_new (when);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *second = label_new (detail, "dim-label");

  gtk_label_set_width_chars (GTK_LABEL (time), 8);
  gtk_label_set_xalign (GTK_LABEL (time), 1);
  gtk_widget_set_valign (time, GTK_ALIGN_START);
  gtk_widget_add_css_class (time, "journal-time");
  smm_state_image_set (GTK_IMAGE (icon), state);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  gtk_widget_add_css_class (second, "caption");
  gtk_box_append (GTK_BOX (column), label_new (text, trouble ? "heading" : NULL));
  gtk_box_append (GTK_BOX (column), second);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (row), time);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), column);
  gtk_box_append (GTK_BOX (list), row);
}

static void
append_attempt (GtkWidget *list, int attempt, gint64 at, GTimeZone *zone)
{
  g_autofree char *when = smm_time_format_long (at, zone);
  /* Translators: number of an attempt and when it began */
  g_autofree char *text = g_strdup_printf (_ ("Attempt %d, %s"), attempt, when);
  GtkWidget *label = label_new (text, "dim-label");

  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (list), label);
}

static void
append_next (GtkWidget *list, SmmTarget *target, GTimeZone *zone)
{
  g_autofree char *when = NULL;

  if (target->next_at <= 0)
    return;
  when = smm_time_format_clock (target->next_at, zone);
  if (target->state == SMM_TARGET_UNCONFIRMED)
    append_row (list, when, SMM_TARGET_SCHEDULED, _ ("Next look"),
                _ ("Looking never posts. It is sent again only when two looks have not found it."),
                FALSE);
  else if (target->state == SMM_TARGET_SCHEDULED)
    append_row (list, when, SMM_TARGET_SCHEDULED, _ ("Goes out"), _ ("By itself, at its time"),
                FALSE);
}

GtkWidget *
smm_journal_view_new (GPtrArray *entries, SmmTarget *target, GTimeZone *zone)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  int attempt = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      SmmJournalEntry *entry = entries->pdata[i];
      g_autofree char *clock = smm_time_format (entry->started_at, zone, "%H:%M:%S");
      g_autofree char *detail = describe (entry);
      SmmTargetState state = get_state (entry);

      if (entry->attempt != attempt)
        append_attempt (list, entry->attempt, entry->started_at, zone);
      attempt = entry->attempt;
      append_row (list, clock, state, get_text (entry), detail,
                  state == SMM_TARGET_FAILED || state == SMM_TARGET_UNCONFIRMED);
    }
  if (entries->len == 0)
    gtk_box_append (GTK_BOX (list), label_new (_ ("Nothing was sent yet."), "dim-label"));
  append_next (list, target, zone);
  return list;
}

char *
smm_journal_print (GPtrArray *entries, GTimeZone *zone)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      SmmJournalEntry *entry = entries->pdata[i];
      g_autoptr (GDateTime) time = smm_time_to_date_time (entry->started_at, zone);
      g_autofree char *when = g_date_time_format (time, "%Y-%m-%d %H:%M:%S");

      g_string_append_printf (text, "%s%s  %d  %s  %s", i > 0 ? "\n" : "", when, entry->attempt,
                              entry->step, entry->state);
      if (entry->http_status > 0)
        g_string_append_printf (text, "  HTTP %d", entry->http_status);
      if (entry->error != NULL && *entry->error != '\0')
        g_string_append_printf (text, "  %s", entry->error);
      if (entry->request_id != NULL && *entry->request_id != '\0')
        g_string_append_printf (text, "  %s", entry->request_id);
    }
  return g_string_free (text, FALSE);
}
