/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the post is on all accounts and on single ones. The form shows one of them: what is typed
 * goes into self->common, or into the account's variant. A part that is the same as on all accounts
 * again is no longer the account's own.
 */

#include "config.h"

#include "smm-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-account-chips.h"
#include "smm-media-strip.h"
#include "smm-options.h"
#include "smm-platform-marks.h"
#include "smm-platform.h"
#include "smm-text-row.h"
#include "smm-variant-bar.h"

/* --- What is kept --- */

static GPtrArray *
copy_media (GPtrArray *media)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; media != NULL && i < media->len; i++)
    {
      SmmMedia *original = media->pdata[i];
      g_autoptr (GVariant) value = g_variant_ref_sink (smm_media_to_variant (original));
      SmmMedia *record = smm_media_from_variant (value);

      if (record == NULL)
        continue;
      g_free (record->alt);
      record->alt = g_strdup (original->alt);
      g_ptr_array_add (copy, record);
    }
  return copy;
}

static gboolean
is_same_media (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      SmmMedia *one = a->pdata[i], *other = b->pdata[i];

      if (strcmp (one->sha256, other->sha256) != 0 || g_strcmp0 (one->alt, other->alt) != 0)
        return FALSE;
    }
  return TRUE;
}

static SmmVariant *
get_own (SmmComposer *self, const char *account_id)
{
  return account_id != NULL ? g_hash_table_lookup (self->variants, account_id) : NULL;
}

static GtkTextBuffer *
get_buffer (SmmComposer *self, const char *account_id)
{
  GtkTextBuffer *buffer;

  if (account_id == NULL)
    return self->common_buffer;
  buffer = g_hash_table_lookup (self->buffers, account_id);
  if (buffer == NULL)
    {
      buffer = smm_composer_create_buffer (self);
      g_hash_table_insert (self->buffers, g_strdup (account_id), buffer);
    }
  return buffer;
}

static char *
get_buffer_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static char *
get_entry (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/* @value is the account's own only when it is not what all have. */
static void
keep (char **own, char *value, const char *common)
{
  g_free (*own);
  *own = value;
  if (common != NULL && strcmp (value, common) == 0)
    g_clear_pointer (own, g_free);
}

/**
 * smm_composer_take:
 * @self: a composer
 *
 * Keeps what the form shows as the post of all accounts, or of the one that is shown.
 */
void
smm_composer_take (SmmComposer *self)
{
  SmmVariant *own = self->shown != NULL ? get_own (self, self->shown) : self->common;
  SmmVariant *common = self->shown != NULL ? self->common : NULL;
  GPtrArray *media = smm_media_strip_get_media (SMM_MEDIA_STRIP (self->media));

  if (own == NULL)
    {
      own = smm_variant_new ();
      g_hash_table_insert (self->variants, g_strdup (self->shown), own);
    }
  keep (&own->text, get_buffer_text (get_buffer (self, self->shown)),
        common != NULL ? common->text : NULL);
  keep (&own->link, get_entry (self->link), common != NULL ? common->link : NULL);
  keep (&own->first_comment,
        g_strstrip (g_strdup (smm_text_row_get_text (SMM_TEXT_ROW (self->comment)))),
        common != NULL ? common->first_comment : NULL);
  if (common != NULL && is_same_media (media, common->media))
    g_clear_pointer (&own->media, g_ptr_array_unref);
  else if (own->media == NULL || !is_same_media (media, own->media))
    {
      g_clear_pointer (&own->media, g_ptr_array_unref);
      own->media = copy_media (media);
    }
  smm_composer_take_options (self);
  g_clear_pointer (&own->options, g_hash_table_unref);
  own->options = common != NULL ? smm_options_differ (self->options, common->options)
                                : smm_options_merge (self->options, NULL);
  if (!smm_variant_is_empty (own))
    g_clear_object (&self->former);
}

static void
set_buffer_text (GtkTextBuffer *buffer, const char *text)
{
  g_autofree char *now = get_buffer_text (buffer);

  if (strcmp (now, text) == 0)
    return;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
}

/* Fills the form with what all accounts have, or with what @account_id has. */
void
smm_composer_show_variant (SmmComposer *self, const char *account_id)
{
  g_autofree char *shown = g_strdup (account_id);
  SmmVariant *own = get_own (self, shown);
  SmmVariant *common = self->common;
  gboolean loading = self->loading;
  g_autoptr (GHashTable) options
      = smm_options_merge (common->options, own != NULL ? own->options : NULL);

#define PART(part) (own != NULL && own->part != NULL ? own->part : common->part)
  self->loading = TRUE;
  g_clear_object (&self->former);
  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  smm_variant_bar_choose (SMM_VARIANT_BAR (self->variant_bar), self->shown);
  set_buffer_text (get_buffer (self, self->shown), PART (text));
  gtk_text_view_set_buffer (GTK_TEXT_VIEW (self->text), get_buffer (self, self->shown));
  gtk_editable_set_text (GTK_EDITABLE (self->link), PART (link));
  smm_text_row_set_text (SMM_TEXT_ROW (self->comment), PART (first_comment));
  smm_media_strip_set_media (SMM_MEDIA_STRIP (self->media), PART (media));
  smm_composer_show_options (self, options);
  self->loading = loading;
#undef PART
}

/* Loads a stored post; %NULL: an empty one. Shows what all accounts have. */
void
smm_composer_load_variants (SmmComposer *self, SmmPost *post)
{
  g_hash_table_remove_all (self->variants);
  g_hash_table_remove_all (self->buffers);
  g_clear_object (&self->common);
  self->common = smm_variant_new ();
  self->common->text = g_strdup (post != NULL ? post->text : "");
  self->common->link = g_strdup (post != NULL && post->link != NULL ? post->link : "");
  self->common->first_comment
      = g_strdup (post != NULL && post->first_comment != NULL ? post->first_comment : "");
  self->common->media = copy_media (post != NULL ? post->media : NULL);
  self->common->options = smm_options_merge (post != NULL ? post->options : NULL, NULL);
  for (guint i = 0; post != NULL && i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      if (!smm_variant_is_empty (target->variant))
        g_hash_table_insert (self->variants, g_strdup (target->account_id),
                             smm_variant_copy (target->variant));
    }
  smm_composer_show_variant (self, NULL);
}

/* Gives @post what all have, and its targets what is their own. */
void
smm_composer_read_variants (SmmComposer *self, SmmPost *post)
{
  SmmVariant *common = self->common;

  g_free (post->text);
  post->text = g_strdup (common->text);
  post->link = *common->link != '\0' ? g_strdup (common->link) : NULL;
  post->first_comment = *common->first_comment != '\0' ? g_strdup (common->first_comment) : NULL;
  for (guint i = 0; i < common->media->len; i++)
    g_ptr_array_add (post->media, g_object_ref (common->media->pdata[i]));
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];
      SmmVariant *own = get_own (self, target->account_id);

      if (!smm_variant_is_empty (own))
        target->variant = smm_variant_copy (own);
    }
}

/* --- What is said of it --- */

static void
add_words (GString *words, const char *text)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", text);
}

/* "Own text, own media"; NULL: nothing. */
static char *
describe (SmmVariant *own)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (smm_variant_is_empty (own))
    return NULL;
  if (own->text != NULL)
    add_words (words, *own->text != '\0' ? _ ("Own text") : _ ("No text"));
  if (own->media != NULL)
    add_words (words, own->media->len > 0 ? _ ("Own media") : _ ("No media"));
  if (own->first_comment != NULL)
    add_words (words,
               *own->first_comment != '\0' ? _ ("Own first comment") : _ ("No first comment"));
  if (own->link != NULL)
    add_words (words, *own->link != '\0' ? _ ("Own link") : _ ("No link"));
  if (own->options != NULL && g_hash_table_size (own->options) > 0)
    {
      g_autofree char *options = smm_options_describe (own->options);

      add_words (words, options);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gboolean
has_problem (GPtrArray *problems, const char *code)
{
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    if (strcmp (((SmmProblem *)problems->pdata[i])->code, code) == 0)
      return TRUE;
  return FALSE;
}

/* What the platform leaves out by itself. */
static char *
describe_losses (SmmPost *sent, SmmAccount *account)
{
  const SmmPlatform *platform = smm_platform_get_for (account);
  g_autoptr (GPtrArray) problems = platform != NULL ? platform->validate (sent, account) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (has_problem (problems, "link-unsupported") || has_problem (problems, "link-and-media"))
    add_words (words, _ ("Link left out"));
  if (has_problem (problems, "first-comment-unsupported"))
    add_words (words, _ ("First comment left out"));
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static void
clear_box (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}

static void
add_difference (SmmComposer *self, SmmAccount *account, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *marks = smm_platform_marks_new ();
  GtkWidget *label = gtk_label_new (text);

  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), 1u << account->platform);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (box, "difference");
  gtk_box_append (GTK_BOX (box), marks);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->differences), row);
}

/* One account: its chip, and its line beside the previews. */
static void
tell_difference (SmmComposer *self, SmmPost *post, SmmAccount *account, gboolean several)
{
  SmmTarget *target = smm_composer_find_target (post, account->id);
  g_autoptr (SmmPost) sent = smm_post_for_target (post, target);
  g_autofree char *own = describe (target != NULL ? target->variant : NULL);
  g_autofree char *losses = describe_losses (sent, account);
  g_autofree char *both
      = own != NULL && losses != NULL ? g_strconcat (own, " · ", losses, NULL) : NULL;
  const char *text = both != NULL ? both : own != NULL ? own : losses;

  if (text != NULL)
    add_difference (self, account, text);
  smm_account_chips_set_detail (SMM_ACCOUNT_CHIPS (self->account_box), account->id,
                                text != NULL ? text
                                : several    ? _ ("Same text")
                                             : NULL);
}

/**
 * smm_composer_update_variants:
 * @self: a composer
 * @post: the post as it is on screen
 * @chosen: (element-type SmmAccount): where it goes
 *
 * Shows whose post is written and what differs where.
 */
void
smm_composer_update_variants (SmmComposer *self, SmmPost *post, GPtrArray *chosen)
{
  SmmTarget *target = self->shown != NULL ? smm_composer_find_target (post, self->shown) : NULL;
  g_autofree char *own = describe (target != NULL ? target->variant : NULL);
  gboolean several = FALSE;

  smm_variant_bar_set_accounts (SMM_VARIANT_BAR (self->variant_bar), chosen);
  smm_variant_bar_set_difference (SMM_VARIANT_BAR (self->variant_bar), own, self->former != NULL);
  gtk_widget_set_sensitive (self->variant_bar,
                            !smm_media_strip_is_busy (SMM_MEDIA_STRIP (self->media)));
  clear_box (self->differences);
  for (guint i = 0; i < post->targets->len; i++)
    several = several || ((SmmTarget *)post->targets->pdata[i])->variant != NULL;
  for (guint i = 0; i < chosen->len; i++)
    tell_difference (self, post, chosen->pdata[i], several);
  gtk_widget_set_visible (self->differences_box,
                          gtk_widget_get_first_child (self->differences) != NULL);
}

/* --- What people do --- */

static void
on_tab (SmmComposer *self)
{
  smm_composer_show_variant (self,
                             smm_variant_bar_get_chosen (SMM_VARIANT_BAR (self->variant_bar)));
  smm_composer_update (self);
  gtk_widget_grab_focus (self->text);
}

/* In the text this is a step of its undo like any other. */
static void
write_text (GtkTextBuffer *buffer, const char *text)
{
  g_autofree char *now = get_buffer_text (buffer);
  GtkTextIter start, end;

  if (strcmp (now, text) == 0)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

/* What "Same as All" took is the account's own again. */
static void
restore (SmmComposer *self)
{
  SmmVariant *former = g_steal_pointer (&self->former);

  self->loading = TRUE;
  if (former->text != NULL)
    write_text (get_buffer (self, self->shown), former->text);
  g_hash_table_insert (self->variants, g_strdup (self->shown), former);
  smm_composer_show_variant (self, self->shown);
  self->loading = FALSE;
  smm_composer_changed (self);
  gtk_widget_grab_focus (self->text);
}

static void
on_reset (SmmComposer *self)
{
  SmmVariant *own = get_own (self, self->shown);

  if (self->shown == NULL)
    return;
  if (self->former != NULL)
    {
      restore (self);
      return;
    }
  self->loading = TRUE;
  self->former = own != NULL ? g_object_ref (own) : NULL;
  write_text (get_buffer (self, self->shown), self->common->text);
  gtk_editable_set_text (GTK_EDITABLE (self->link), self->common->link);
  smm_text_row_set_text (SMM_TEXT_ROW (self->comment), self->common->first_comment);
  smm_media_strip_change_media (SMM_MEDIA_STRIP (self->media), self->common->media,
                                _ ("The media of all accounts again"));
  smm_composer_show_options (self, self->common->options);
  self->loading = FALSE;
  g_hash_table_remove (self->variants, self->shown);
  smm_composer_changed (self);
  gtk_widget_grab_focus (self->text);
}

GtkWidget *
smm_composer_create_variant_bar (SmmComposer *self)
{
  self->variant_bar = smm_variant_bar_new ();
  g_signal_connect_swapped (self->variant_bar, "changed", G_CALLBACK (on_tab), self);
  g_signal_connect_swapped (self->variant_bar, "reset", G_CALLBACK (on_reset), self);
  return self->variant_bar;
}

/* Accounts changed: one that the post no longer goes to can't be shown. */
void
smm_composer_check_shown (SmmComposer *self, GPtrArray *chosen)
{
  if (self->shown == NULL)
    return;
  for (guint i = 0; i < chosen->len; i++)
    if (strcmp (((SmmAccount *)chosen->pdata[i])->id, self->shown) == 0 && chosen->len > 1)
      return;
  smm_composer_show_variant (self, NULL);
}

/* Whether nobody else is on the account's platform, and the options of all are for it alone. */
static gboolean
is_alone (GPtrArray *chosen, SmmAccount *account)
{
  guint n = 0;

  for (guint i = 0; i < chosen->len; i++)
    n += ((SmmAccount *)chosen->pdata[i])->platform == account->platform;
  return n == 1;
}

/**
 * smm_composer_turn_to:
 * @self: a composer
 * @account: whose problem is to be solved
 * @part: "text", "media", "comment", "options", "link", or "shared": the text, of which all can
 *   have the better one
 *
 * Shows the post where the problem can be solved without changing what has none: what all accounts
 * have when the account has nothing of its own there and nobody else would be touched (or it is
 * about media, of which all are to have the same), else the account's own.
 */
void
smm_composer_turn_to (SmmComposer *self, SmmAccount *account, const char *part)
{
  g_autoptr (GPtrArray) chosen
      = smm_account_chips_get_chosen (SMM_ACCOUNT_CHIPS (self->account_box));
  SmmVariant *own = get_own (self, account->id);
  gboolean media = strcmp (part, "media") == 0;
  gboolean shared = media || strcmp (part, "shared") == 0 || strcmp (part, "link") == 0
                    || (strcmp (part, "options") == 0 && is_alone (chosen, account));
  gboolean has_own = own != NULL
                     && (media                           ? own->media != NULL
                         : strcmp (part, "comment") == 0 ? own->first_comment != NULL
                         : strcmp (part, "options") == 0 ? own->options != NULL
                         : strcmp (part, "link") == 0    ? own->link != NULL
                                                         : own->text != NULL);
  const char *wanted = has_own || (!shared && chosen->len > 1) ? account->id : NULL;

  if (g_strcmp0 (wanted, self->shown) == 0)
    return;
  smm_composer_show_variant (self, wanted);
  smm_composer_update (self);
}
