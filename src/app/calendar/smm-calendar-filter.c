/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-calendar-filter.h"

#include <glib/gi18n.h>

#include "smm-color-dot.h"
#include "smm-state-icon.h"

static const SmmPlatformId platforms[]
    = { SMM_PLATFORM_FACEBOOK, SMM_PLATFORM_INSTAGRAM, SMM_PLATFORM_TIKTOK };
/* In the order of a post's life; trouble first. */
static const SmmTargetState states[]
    = { SMM_TARGET_HELD,       SMM_TARGET_FAILED,    SMM_TARGET_UNCONFIRMED, SMM_TARGET_SCHEDULED,
        SMM_TARGET_PUBLISHING, SMM_TARGET_PUBLISHED, SMM_TARGET_CANCELLED,   SMM_TARGET_DRAFT };

typedef enum
{
  BRANDS,
  PLATFORM,
  STATE,
  ACCOUNT,
  TAG,
} Kind;

static void
on_toggled (GtkCheckButton *button, SmmCalendarModel *model)
{
  SmmCalendarFilter filter = *smm_calendar_model_get_filter (model);
  Kind kind = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kind"));
  guint bit = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "bit"));
  gboolean on = gtk_check_button_get_active (button);

  switch (kind)
    {
    case BRANDS:
      filter.all_brands = on;
      break;
    case PLATFORM:
      filter.platforms = on ? filter.platforms | bit : filter.platforms & ~bit;
      break;
    case STATE:
      filter.states = on ? filter.states | bit : filter.states & ~bit;
      break;
    case TAG:
      if (!on)
        return;
      filter.tag_id = g_object_get_data (G_OBJECT (button), "tag");
      break;
    case ACCOUNT:
    default:
      if (!on)
        return;
      filter.account_id = g_object_get_data (G_OBJECT (button), "account");
      break;
    }
  smm_calendar_model_set_filter (model, &filter);
}

static GtkWidget *
add_check (GtkWidget *box, SmmCalendarModel *model, const char *label, Kind kind, guint bit,
           gboolean active)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  g_object_set_data (G_OBJECT (check), "kind", GINT_TO_POINTER (kind));
  g_object_set_data (G_OBJECT (check), "bit", GUINT_TO_POINTER (bit));
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), model, 0);
  gtk_box_append (GTK_BOX (box), check);
  return check;
}

static void
add_heading (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, 6);
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_accounts (GtkWidget *box, SmmCalendarModel *model)
{
  const SmmCalendarFilter *filter = smm_calendar_model_get_filter (model);
  SmmBrand *brand = smm_calendar_model_get_brand (model);
  SmmStore *store = smm_library_get_store (smm_calendar_model_get_library (model));
  g_autoptr (GPtrArray) accounts = NULL;
  GtkWidget *all, *check;

  if (store == NULL || brand == NULL)
    return;
  accounts = smm_store_list_accounts (store, brand->id);
  if (accounts->len < 2)
    return;
  add_heading (box, _ ("Account"));
  all = add_check (box, model, _ ("All accounts"), ACCOUNT, 0, filter->account_id == NULL);
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];
      /* Translators: name of an account, platform */
      g_autofree char *label = g_strdup_printf (_ ("%s, %s"), account->name,
                                                smm_platform_id_get_label (account->platform));

      check = add_check (box, model, label, ACCOUNT, 0, FALSE);
      gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (all));
      g_object_set_data_full (G_OBJECT (check), "account", g_strdup (account->id), g_free);
      if (g_strcmp0 (filter->account_id, account->id) == 0)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
    }
}

static void
add_tags (GtkWidget *box, SmmCalendarModel *model)
{
  const SmmCalendarFilter *filter = smm_calendar_model_get_filter (model);
  SmmBrand *brand = smm_calendar_model_get_brand (model);
  SmmStore *store = smm_library_get_store (smm_calendar_model_get_library (model));
  g_autoptr (GPtrArray) tags = NULL;
  GtkWidget *all;

  if (store == NULL || brand == NULL)
    return;
  tags = smm_store_list_tags (store, brand->id);
  if (tags->len == 0)
    return;
  add_heading (box, _ ("Tag"));
  all = add_check (box, model, _ ("All tags"), TAG, 0, filter->tag_id == NULL);
  for (guint i = 0; i < tags->len; i++)
    {
      SmmTag *tag = tags->pdata[i];
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *check = add_check (line, model, tag->name, TAG, 0, FALSE);

      gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (all));
      g_object_set_data_full (G_OBJECT (check), "tag", g_strdup (tag->id), g_free);
      gtk_widget_set_hexpand (check, TRUE);
      gtk_box_append (GTK_BOX (line), smm_color_dot_new (tag->color));
      gtk_box_append (GTK_BOX (box), line);
      if (g_strcmp0 (filter->tag_id, tag->id) == 0)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
    }
}

static void
on_clear (GtkButton *button, SmmCalendarModel *model)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  smm_calendar_model_set_filter (model, &(SmmCalendarFilter){ 0 });
  gtk_popover_popdown (GTK_POPOVER (popover));
}

/* Accounts come and go: what can be chosen is made when it is asked for. */
static void
on_show (GtkWidget *popover, SmmCalendarModel *model)
{
  const SmmCalendarFilter *filter = smm_calendar_model_get_filter (model);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clear = gtk_button_new_with_mnemonic (_ ("Show _Everything"));

  gtk_widget_add_css_class (box, "filter-list");
  add_check (box, model, _ ("All brands"), BRANDS, 0, filter->all_brands);
  add_heading (box, _ ("Platform"));
  for (guint i = 0; i < G_N_ELEMENTS (platforms); i++)
    add_check (box, model, smm_platform_id_get_label (platforms[i]), PLATFORM, 1u << platforms[i],
               (filter->platforms & (1u << platforms[i])) != 0);
  add_heading (box, _ ("State"));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *word = smm_state_dup_word (states[i], 0);

      add_check (box, model, word, STATE, 1u << states[i],
                 (filter->states & (1u << states[i])) != 0);
    }
  add_accounts (box, model);
  add_tags (box, model);
  g_signal_connect_object (clear, "clicked", G_CALLBACK (on_clear), model, 0);
  gtk_widget_set_margin_top (clear, 6);
  gtk_box_append (GTK_BOX (box), clear);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "max-content-height", 560,
                "propagate-natural-height", TRUE, "propagate-natural-width", TRUE, "child", box,
                NULL);
  smm_widget_set_label (scroller, _ ("What to show"));
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
}

GtkWidget *
smm_calendar_filter_new (SmmCalendarModel *model)
{
  GtkWidget *popover = gtk_popover_new ();

  smm_widget_set_label (popover, _ ("What to show"));
  g_signal_connect_object (popover, "show", G_CALLBACK (on_show), model, 0);
  return popover;
}

static void
add_word (GString *text, const char *word)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, word);
}

/**
 * smm_calendar_filter_describe:
 * @model: the model
 *
 * Returns: (transfer full) (nullable): what passes, in words
 */
char *
smm_calendar_filter_describe (SmmCalendarModel *model)
{
  const SmmCalendarFilter *filter = smm_calendar_model_get_filter (model);
  SmmLibrary *library = smm_calendar_model_get_library (model);
  SmmStore *store = library != NULL ? smm_library_get_store (library) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!smm_calendar_model_is_filtered (model))
    return NULL;
  if (filter->all_brands)
    add_word (text, _ ("All brands"));
  if (filter->account_id != NULL && store != NULL)
    {
      g_autoptr (SmmAccount) account = smm_store_get_account (store, filter->account_id);

      add_word (text, account != NULL ? account->name : filter->account_id);
    }
  if (filter->tag_id != NULL && store != NULL)
    {
      g_autoptr (SmmTag) tag = smm_store_get_tag (store, filter->tag_id);

      add_word (text, tag != NULL ? tag->name : _ ("A tag that was deleted"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (platforms); i++)
    if (filter->platforms & (1u << platforms[i]))
      add_word (text, smm_platform_id_get_label (platforms[i]));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (filter->states & (1u << states[i]))
      {
        g_autofree char *word = smm_state_dup_word (states[i], 0);

        add_word (text, word);
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
