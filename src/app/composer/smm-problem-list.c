/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-problem-list.h"

#include <glib/gi18n.h>

#include "smm-media-fix.h"
#include "smm-platform-marks.h"
#include "smm-platform.h"
#include "smm-state-icon.h"
#include "smm-text-tools.h"
#include "smm-wrap.h"

struct _SmmProblemList
{
  GtkBox parent_instance;

  gboolean narrow;
  char *shown; /* what the rows say, to leave them alone while nothing changes */
};

enum
{
  FIX,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmProblemList, smm_problem_list, GTK_TYPE_BOX)

/* Only what the composer really does has a button. */
static const struct
{
  const char *fix;
  const char *label;
} fixes[] = {
  { "trim-text", N_ ("Shorten the Text") },
  { "trim-hashtags", N_ ("Drop the Last Hashtags") },
  { "trim-comment", N_ ("Shorten the Comment") },
  { "link-into-text", N_ ("Put It into the Text") },
  { "fill-in", N_ ("Fill In") },
  { "remove-media", N_ ("Remove It") },
  { "choose-media", N_ ("Add Media") },
  { "choose-privacy", N_ ("Choose") },
  { "choose-options", N_ ("Show") },
  { "crop", N_ ("Crop") },
  { "pad", N_ ("Pad") },
  { "re-encode", N_ ("Convert") },
  { "trim-video", N_ ("Cut the End") },
  { "reconnect", N_ ("Reconnect") },
  { "accounts", N_ ("Accounts") },
  { "web-space", N_ ("Accounts") },
  { "show-text", N_ ("Show") },
  { "show-collaborators", N_ ("Show") },
  { "show-people", N_ ("Show") },
  { "trim-alt", N_ ("Shorten the Description") },
  { "correct-link", N_ ("Correct It") },
  { "make-post", N_ ("Make It a Post") },
  { "drop-cover", N_ ("Drop the Cover") },
};

/* What helps here where an adapter names nothing, or the same for all that is too long. */
static const struct
{
  const char *code;
  const char *fix;
} by_code[] = {
  { "text-too-long", "trim-text" },
  { "caption-too-long", "trim-text" },
  { "too-many-hashtags", "trim-hashtags" },
  { "comment-too-long", "trim-comment" },
  { "alt-too-long", "trim-alt" },
  { "too-many-mentions", "show-text" },
  { "link-broken", "correct-link" },
  { "kind-unsupported", "make-post" },
  { "collaborators-broken", "show-collaborators" },
  { "collaborators-unsupported", "show-collaborators" },
  { "too-many-collaborators", "show-collaborators" },
  { "user-tags-broken", "show-people" },
  { "too-many-tags", "show-people" },
  { "cover-broken", "drop-cover" },
  { "cover-outside", "drop-cover" },
  { "no-page", "accounts" },
};

static const char *
get_fix (const char *code, const char *fix)
{
  gboolean cuts = g_strcmp0 (fix, "trim-text") == 0;

  for (guint i = 0; (fix == NULL || cuts) && i < G_N_ELEMENTS (by_code); i++)
    if (g_strcmp0 (code, by_code[i].code) == 0)
      return by_code[i].fix;
  return cuts ? NULL : fix;
}

typedef struct
{
  SmmAccount *account; /* the first one that has it */
  SmmPlatformId platform;
  gboolean fatal;
  int media_index;
  char *message;
  char *fix;
  char *detail; /* what the fix would do; NULL */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_clear_object (&row->account);
  g_free (row->message);
  g_free (row->fix);
  g_free (row->detail);
  g_free (row);
}

static void
add_row (GPtrArray *rows, SmmAccount *account, gboolean fatal, int index, const char *message,
         const char *fix, char *detail)
{
  SmmPlatformId platform = account->platform;
  g_autofree char *owned = detail;
  Row *row;

  for (guint i = 0; i < rows->len; i++)
    if (((Row *)rows->pdata[i])->platform == platform
        && g_strcmp0 (((Row *)rows->pdata[i])->message, message) == 0)
      return;
  row = g_new0 (Row, 1);
  row->account = g_object_ref (account);
  row->platform = platform;
  row->fatal = fatal;
  row->media_index = index;
  row->message = g_strdup (message);
  row->fix = g_strdup (fix);
  row->detail = g_steal_pointer (&owned);
  g_ptr_array_add (rows, row);
}

static SmmPost *
get_for_account (SmmPost *post, SmmAccount *account)
{
  for (guint i = 0; i < post->targets->len; i++)
    if (g_strcmp0 (((SmmTarget *)post->targets->pdata[i])->account_id, account->id) == 0)
      return smm_post_for_target (post, post->targets->pdata[i]);
  return g_object_ref (post);
}

/* What concerns all accounts is said once. */
static gboolean
has_fix (GPtrArray *rows, const char *fix)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (((Row *)rows->pdata[i])->fix, fix) == 0)
      return TRUE;
  return FALSE;
}

static void
collect (GPtrArray *rows, SmmPost *whole, SmmAccount *account)
{
  g_autoptr (SmmPost) post = get_for_account (whole, account);
  const SmmPlatform *platform = smm_platform_get_for (account);
  g_autoptr (GPtrArray) problems = NULL;

  if (account->state == SMM_ACCOUNT_RESTRICTED)
    {
      g_autofree char *text = account->state_reason != NULL
                                  ? g_strdup (account->state_reason)
                                  : g_strdup_printf (_ ("%s wants you to act there"),
                                                     smm_platform_id_get_label (account->platform));

      add_row (rows, account, FALSE, -1, text, "accounts", NULL);
    }
  else if (account->state != SMM_ACCOUNT_OK)
    {
      g_autofree char *text
          = g_strdup_printf (_ ("%s has signed out “%s”. This part waits until you "
                                "reconnect."),
                             smm_platform_id_get_label (account->platform), account->name);

      add_row (rows, account, FALSE, -1, text, "reconnect", NULL);
    }
  if (platform == NULL || platform->validate == NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("This version can’t post to %s yet"),
                                               smm_platform_id_get_label (account->platform));

      add_row (rows, account, TRUE, -1, text, NULL, NULL);
      return;
    }
  if (smm_text_has_variables (post->text) && !has_fix (rows, "fill-in"))
    add_row (rows, account, FALSE, -1,
             _ ("{brand}, {date} and {link} go out as they are written here"), "fill-in", NULL);
  problems = platform->validate (post, account);
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    {
      SmmProblem *problem = problems->pdata[i];

      /* The kind says it already, beside its switch. */
      if (g_strcmp0 (problem->code, "caption-ignored") == 0)
        continue;
      add_row (
          rows, account, problem->fatal, problem->media_index, problem->message,
          get_fix (problem->code, problem->fix),
          smm_media_fix_describe (problem->fix, post, account->platform, problem->media_index));
    }
}

static void
on_fix (GtkButton *button, SmmProblemList *self)
{
  g_signal_emit (self, signals[FIX], 0, g_object_get_data (G_OBJECT (button), "fix"),
                 g_object_get_data (G_OBJECT (button), "account"),
                 GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "index")));
}

static GtkWidget *
create_button (SmmProblemList *self, Row *row, const char *fix, const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "fix", g_strdup (fix), g_free);
  g_object_set_data_full (G_OBJECT (button), "account", g_object_ref (row->account),
                          g_object_unref);
  g_object_set_data (G_OBJECT (button), "index", GINT_TO_POINTER (row->media_index));
  g_signal_connect (button, "clicked", G_CALLBACK (on_fix), self);
  return button;
}

static void
append_buttons (SmmProblemList *self, GtkWidget *box, Row *row)
{
  gboolean shape = g_strcmp0 (row->fix, "crop") == 0 || g_strcmp0 (row->fix, "pad") == 0;

  for (guint i = 0; row->fix != NULL && i < G_N_ELEMENTS (fixes); i++)
    if (g_str_equal (row->fix, fixes[i].fix)
        || (shape && (g_str_equal (fixes[i].fix, "crop") || g_str_equal (fixes[i].fix, "pad"))))
      smm_wrap_append (SMM_WRAP (box), create_button (self, row, fixes[i].fix, _ (fixes[i].label)));
  gtk_widget_set_visible (box, gtk_widget_get_first_child (box) != NULL);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
}

static void
set_narrow (GtkWidget *sides, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (sides),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static GtkWidget *
create_row (SmmProblemList *self, Row *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *marks = smm_platform_marks_new ();
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *label = gtk_label_new (row->message);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *sides = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *buttons = smm_wrap_new (6);
  gboolean waits = g_strcmp0 (row->fix, "reconnect") == 0 || g_strcmp0 (row->fix, "accounts") == 0;

  smm_state_image_set (GTK_IMAGE (icon), row->fatal ? SMM_TARGET_FAILED
                                         : waits    ? SMM_TARGET_HELD
                                                    : SMM_TARGET_UNCONFIRMED);
  smm_widget_set_label (icon, row->fatal ? _ ("Problem") : _ ("Warning"));
  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), 1u << row->platform);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (words), label);
  if (row->detail != NULL)
    {
      GtkWidget *detail = gtk_label_new (row->detail);

      gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
      gtk_label_set_xalign (GTK_LABEL (detail), 0);
      gtk_widget_add_css_class (detail, "caption");
      gtk_box_append (GTK_BOX (words), detail);
    }
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), marks);
  gtk_box_append (GTK_BOX (sides), words);
  append_buttons (self, buttons, row);
  gtk_box_append (GTK_BOX (sides), buttons);
  set_narrow (sides, self->narrow);
  gtk_box_append (GTK_BOX (box), sides);
  gtk_widget_add_css_class (box, "problem");
  gtk_widget_add_css_class (box, row->fatal ? "fatal" : waits ? "waits" : "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, row->message,
                                  -1);
  return box;
}

static void
smm_problem_list_finalize (GObject *object)
{
  g_free (SMM_PROBLEM_LIST (object)->shown);
  G_OBJECT_CLASS (smm_problem_list_parent_class)->finalize (object);
}

static void
smm_problem_list_class_init (SmmProblemListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_problem_list_finalize;
  signals[FIX] = g_signal_new ("fix", SMM_TYPE_PROBLEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 3, G_TYPE_STRING, SMM_TYPE_ACCOUNT, G_TYPE_INT);
}

static void
smm_problem_list_init (SmmProblemList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

/**
 * smm_problem_list_new:
 *
 * Returns: (transfer full): an empty list
 */
GtkWidget *
smm_problem_list_new (void)
{
  return g_object_new (SMM_TYPE_PROBLEM_LIST, NULL);
}

/**
 * smm_problem_list_set_narrow:
 * @self: a list
 * @narrow: whether the buttons stand below the words
 */
void
smm_problem_list_set_narrow (SmmProblemList *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_PROBLEM_LIST (self));

  self->narrow = narrow;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    set_narrow (gtk_widget_get_last_child (row), narrow);
}

/**
 * smm_problem_list_update:
 * @self: a list
 * @post: the post as it is now
 * @accounts: (element-type SmmAccount): where it goes
 * @tiktok: (element-type utf8 utf8): account id → what TikTok's own part of the form says
 *
 * Returns: %TRUE when a problem stops the post
 */
gboolean
smm_problem_list_update (SmmProblemList *self, SmmPost *post, GPtrArray *accounts,
                         GHashTable *tiktok)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GString) shown = g_string_new (NULL);
  GtkWidget *child;
  gboolean fatal = FALSE;

  g_return_val_if_fail (SMM_IS_PROBLEM_LIST (self), FALSE);

  for (guint i = 0; i < accounts->len; i++)
    collect (rows, post, accounts->pdata[i]);
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];
      const char *obstacle = g_hash_table_lookup (tiktok, account->id);

      if (obstacle != NULL)
        add_row (rows, account, TRUE, -1, obstacle, "choose-options", NULL);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = rows->pdata[i];

      fatal = fatal || row->fatal;
      g_string_append_printf (shown, "%s %d %s %s\n", row->account->id, row->media_index,
                              row->fix != NULL ? row->fix : "", row->message);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), rows->len > 0);
  if (g_strcmp0 (self->shown, shown->str) == 0)
    return fatal;
  g_free (self->shown);
  self->shown = g_strdup (shown->str);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  for (guint i = 0; i < rows->len; i++)
    gtk_box_append (GTK_BOX (self), create_row (self, rows->pdata[i]));
  return fatal;
}

SmmTargetState
smm_problem_find_worst (SmmPost *post, SmmAccount *account)
{
  const SmmPlatform *platform = smm_platform_get_for (account);
  g_autoptr (GPtrArray) problems = NULL;
  SmmTargetState worst = SMM_TARGET_PUBLISHED;

  if (account->state != SMM_ACCOUNT_OK)
    return SMM_TARGET_HELD;
  if (platform == NULL || platform->validate == NULL)
    return SMM_TARGET_FAILED;
  problems = platform->validate (post, account);
  for (guint i = 0; i < problems->len; i++)
    if (((SmmProblem *)problems->pdata[i])->fatal)
      return SMM_TARGET_FAILED;
    else
      worst = SMM_TARGET_UNCONFIRMED;
  return worst;
}

/**
 * smm_problem_count_text:
 * @platform: whose units
 * @text: UTF-8
 * @limit: (out): the most the platform takes
 *
 * Returns: the length in the platform's units
 */
glong
smm_problem_count_text (SmmPlatformId platform, const char *text, glong *limit)
{
  switch (platform)
    {
    case SMM_PLATFORM_FACEBOOK:
      *limit = 63206;
      return smm_text_code_points (text);
    case SMM_PLATFORM_INSTAGRAM:
      /* The unit is not documented; the larger count is the safe one. */
      *limit = 2200;
      return MAX (smm_text_code_points (text), smm_text_utf16_units (text));
    case SMM_PLATFORM_TIKTOK:
      /* The text of a video; section 6.4 of api/tiktok.md. */
      *limit = 2200;
      return smm_text_utf16_units (text);
    default:
      *limit = G_MAXLONG;
      return smm_text_code_points (text);
    }
}
