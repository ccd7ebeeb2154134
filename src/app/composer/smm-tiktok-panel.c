/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-tiktok-panel.h"

#include <glib/gi18n.h>

#include "smm-options.h"
#include "smm-state-icon.h"

#define N_LEVELS 4
#define PRIVATE "SELF_ONLY"
#define MUSIC "https://www.tiktok.com/legal/page/global/music-usage-confirmation/en"
#define BRANDED "https://www.tiktok.com/legal/page/global/bc-policy/en"

struct _SmmTiktokPanel
{
  GtkBox parent_instance;

  GtkWidget *who;
  GtkWidget *avatar;
  GtkWidget *spinner;
  GtkWidget *again;
  GtkWidget *privacy;
  GtkWidget *levels[N_LEVELS];  /* rows */
  GtkWidget *choices[N_LEVELS]; /* their buttons */
  GtkWidget *comments_row, *comments;
  GtkWidget *duet_row, *duet;
  GtkWidget *stitch_row, *stitch;
  GtkWidget *commercial_row, *commercial;
  GtkWidget *your_brand_row, *your_brand;
  GtkWidget *branded_row, *branded;
  GtkWidget *ai_row, *ai;
  GtkWidget *inbox_row, *inbox;
  GtkWidget *consent;
  GtkWidget *note;

  const SmmTiktokCreator *creator; /* NULL: not told yet */
  char *problem;                   /* why it could not be asked; NULL */
  char *wanted;                    /* the level of the stored post, until TikTok has told; NULL */
  gboolean setting;
  gboolean read_only;
};

static const struct
{
  const char *level;
  const char *label;
} levels[N_LEVELS] = {
  { "PUBLIC_TO_EVERYONE", N_ ("Everyone") },
  { "FOLLOWER_OF_CREATOR", N_ ("Followers") },
  { "MUTUAL_FOLLOW_FRIENDS", N_ ("Friends, who follow you as you follow them") },
  { PRIVATE, N_ ("Only you") },
};

enum
{
  CHANGED,
  ASK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmTiktokPanel, smm_tiktok_panel, GTK_TYPE_BOX)

/* --- What is chosen --- */

static gboolean
is_on (GtkWidget *button)
{
  return GTK_IS_SWITCH (button) ? gtk_switch_get_active (GTK_SWITCH (button))
                                : gtk_check_button_get_active (GTK_CHECK_BUTTON (button));
}

static const char *
get_level (SmmTiktokPanel *self)
{
  for (guint i = 0; i < N_LEVELS; i++)
    if (is_on (self->choices[i]))
      return levels[i].level;
  return self->creator == NULL ? self->wanted : NULL;
}

static gboolean
is_branded (SmmTiktokPanel *self)
{
  return is_on (self->commercial) && is_on (self->branded);
}

static gboolean
offers (SmmTiktokPanel *self, const char *level)
{
  return self->creator != NULL
         && g_strv_contains ((const char *const *)self->creator->privacy, level);
}

/* --- Showing --- */

static void
show_who (SmmTiktokPanel *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self->who);
  gboolean asking = self->creator == NULL && self->problem == NULL;
  g_autofree char *handle = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->who),
                                 self->creator != NULL ? self->creator->nickname : _ ("TikTok"));
  adw_avatar_set_text (ADW_AVATAR (self->avatar),
                       self->creator != NULL ? self->creator->nickname : NULL);
  gtk_widget_set_visible (self->spinner, asking);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), asking);
  gtk_widget_set_visible (self->again,
                          self->problem != NULL
                              || (self->creator != NULL && self->creator->stopped != NULL));
  if (self->problem != NULL)
    adw_action_row_set_subtitle (row, self->problem);
  else if (self->creator == NULL)
    adw_action_row_set_subtitle (row, _ ("Asking TikTok what this account may post…"));
  else if (self->creator->stopped != NULL)
    adw_action_row_set_subtitle (row, self->creator->stopped);
  else
    {
      handle = self->creator->username != NULL
                   ? g_strdup_printf (_ ("@%s on TikTok"), self->creator->username)
                   : g_strdup (_ ("On TikTok"));
      adw_action_row_set_subtitle (row, handle);
    }
}

static void
show_levels (SmmTiktokPanel *self, gboolean direct)
{
  gboolean branded = is_branded (self);
  gboolean known = direct && self->creator != NULL && self->creator->stopped == NULL;

  gtk_widget_set_visible (self->privacy, known);
  for (guint i = 0; i < N_LEVELS; i++)
    {
      gboolean refused = branded && g_str_equal (levels[i].level, PRIVATE);

      gtk_widget_set_visible (self->levels[i], known && offers (self, levels[i].level));
      /* The row stays as it is: why it can’t be chosen has to be legible. */
      gtk_widget_set_sensitive (self->levels[i], !self->read_only);
      gtk_widget_set_sensitive (self->choices[i], !refused);
      /* TikTok's own words. */
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->levels[i]),
                                   refused ? "Branded content visibility cannot be set to private."
                                           : NULL);
    }
}

static void
show_allowance (SmmTiktokPanel *self, GtkWidget *row, GtkWidget *toggle, gboolean disabled,
                gboolean direct)
{
  gtk_widget_set_visible (row, direct);
  gtk_widget_set_sensitive (row, !self->read_only);
  gtk_widget_set_sensitive (toggle, !disabled && self->creator != NULL);
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (row), disabled ? _ ("Turned off in this account’s TikTok settings") : NULL);
  if (disabled)
    gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
}

static void
show_commercial (SmmTiktokPanel *self, gboolean direct)
{
  gboolean on = is_on (self->commercial);
  gboolean your_brand = is_on (self->your_brand), branded = is_on (self->branded);
  const char *text = _ ("It promotes you, a third party, or both");

  /* The prompt is TikTok's own. */
  if (on && !your_brand && !branded)
    text = "You need to indicate if your content promotes yourself, a third party, or both.";
  else if (on)
    text = branded ? _ ("TikTok will label it “Paid partnership”")
                   : _ ("TikTok will label it “Promotional content”");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->commercial_row), text);
  if (on && !your_brand && !branded)
    gtk_widget_add_css_class (self->commercial_row, "needs-choice");
  else
    gtk_widget_remove_css_class (self->commercial_row, "needs-choice");
  gtk_widget_set_visible (self->commercial_row, direct);
  gtk_widget_set_visible (self->your_brand_row, direct && on);
  gtk_widget_set_visible (self->branded_row, direct && on);
}

/* Fixed wording, never translated: section 6.12, point 6. */
static void
show_consent (SmmTiktokPanel *self, gboolean direct)
{
  gtk_label_set_markup (GTK_LABEL (self->consent),
                        is_branded (self) ? "By posting, you agree to TikTok's <a href=\"" BRANDED
                                            "\">Branded Content Policy</a> and <a href=\"" MUSIC
                                            "\">Music Usage Confirmation</a>"
                                          : "By posting, you agree to TikTok's <a href=\"" MUSIC
                                            "\">Music Usage Confirmation</a>");
  gtk_label_set_label (GTK_LABEL (self->note),
                       direct ? _ ("It can take minutes until TikTok has processed the video. As "
                                   "long as TikTok has not audited your TikTok app, only you see "
                                   "what it posts, and the account has to be set to private.")
                              : _ ("Nothing becomes public: open TikTok’s notification on your "
                                   "phone, write the text there and post it."));
}

static void
update (SmmTiktokPanel *self)
{
  gboolean direct = !is_on (self->inbox);
  const SmmTiktokCreator none = { 0 };
  const SmmTiktokCreator *creator = self->creator != NULL ? self->creator : &none;

  self->setting = TRUE;
  show_who (self);
  /* What is not offered any more can't stay chosen: another choice is the person's. */
  for (guint i = 0; self->creator != NULL && self->creator->stopped == NULL && i < N_LEVELS; i++)
    if (!offers (self, levels[i].level))
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->choices[i]), FALSE);
  /* A private level that was chosen before goes when the content becomes branded. */
  if (is_branded (self))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->choices[N_LEVELS - 1]), FALSE);
  show_levels (self, direct);
  show_allowance (self, self->comments_row, self->comments, creator->comment_disabled, direct);
  show_allowance (self, self->duet_row, self->duet, creator->duet_disabled, direct);
  show_allowance (self, self->stitch_row, self->stitch, creator->stitch_disabled, direct);
  show_commercial (self, direct);
  gtk_widget_set_visible (self->ai_row, direct);
  gtk_widget_set_sensitive (self->commercial_row, !self->read_only);
  gtk_widget_set_sensitive (self->your_brand_row, !self->read_only);
  gtk_widget_set_sensitive (self->branded_row, !self->read_only);
  gtk_widget_set_sensitive (self->ai_row, !self->read_only);
  gtk_widget_set_sensitive (self->inbox_row, !self->read_only);
  show_consent (self, direct);
  self->setting = FALSE;
}

static void
on_toggled (SmmTiktokPanel *self)
{
  if (self->setting)
    return;
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_again (SmmTiktokPanel *self)
{
  g_signal_emit (self, signals[ASK], 0);
}

/* --- Making the rows --- */

static GtkWidget *
add_row (SmmTiktokPanel *self, GtkWidget *list, const char *title, GtkWidget *button)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (button != NULL)
    {
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      if (GTK_IS_SWITCH (button))
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      else
        adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
      g_signal_connect_swapped (button, "notify::active", G_CALLBACK (on_toggled), self);
    }
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static GtkWidget *
add_switch (SmmTiktokPanel *self, GtkWidget *list, const char *title, GtkWidget **toggle)
{
  *toggle = gtk_switch_new ();
  return add_row (self, list, title, *toggle);
}

static void
add_who (SmmTiktokPanel *self, GtkWidget *list)
{
  self->who = add_row (self, list, _ ("TikTok"), NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->who), FALSE);
  self->avatar = adw_avatar_new (32, NULL, TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->who), self->avatar);
  self->spinner = gtk_spinner_new ();
  smm_widget_set_label (self->spinner, _ ("Asking TikTok"));
  self->again = gtk_button_new_with_label (_ ("Ask Again"));
  gtk_widget_set_valign (self->again, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->again, "clicked", G_CALLBACK (on_again), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->who), self->spinner);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->who), self->again);
}

static void
add_levels (SmmTiktokPanel *self, GtkWidget *list)
{
  self->privacy = add_row (self, list, _ ("Who can see it"), NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->privacy),
                               _ ("Choose one; nothing is chosen for you"));
  for (guint i = 0; i < N_LEVELS; i++)
    {
      self->choices[i] = gtk_check_button_new ();
      gtk_check_button_set_group (GTK_CHECK_BUTTON (self->choices[i]),
                                  i > 0 ? GTK_CHECK_BUTTON (self->choices[0]) : NULL);
      self->levels[i] = add_row (self, list, _ (levels[i].label), self->choices[i]);
    }
}

static void
add_commercial (SmmTiktokPanel *self, GtkWidget *list)
{
  self->commercial_row
      = add_switch (self, list, _ ("Disclose commercial content"), &self->commercial);
  self->your_brand = gtk_check_button_new ();
  self->your_brand_row = add_row (self, list, _ ("Your brand"), self->your_brand);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->your_brand_row),
                               _ ("You promote yourself or your own business"));
  self->branded = gtk_check_button_new ();
  self->branded_row = add_row (self, list, _ ("Branded content"), self->branded);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->branded_row),
                               _ ("You promote somebody else’s brand, a paid partnership"));
}

static GtkWidget *
add_text (SmmTiktokPanel *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (self), label);
  return label;
}

static void
smm_tiktok_panel_finalize (GObject *object)
{
  SmmTiktokPanel *self = SMM_TIKTOK_PANEL (object);

  g_free (self->problem);
  g_free (self->wanted);
  G_OBJECT_CLASS (smm_tiktok_panel_parent_class)->finalize (object);
}

static void
smm_tiktok_panel_class_init (SmmTiktokPanelClass *klass)
{
  GType type = SMM_TYPE_TIKTOK_PANEL;

  G_OBJECT_CLASS (klass)->finalize = smm_tiktok_panel_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHANGED]
      = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ASK] = g_signal_new ("ask", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_tiktok_panel_init (SmmTiktokPanel *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  smm_widget_set_label (GTK_WIDGET (self), _ ("On TikTok"));
  self->setting = TRUE;
  smm_widget_set_label (list, _ ("On TikTok"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "tiktok-panel");
  gtk_box_append (GTK_BOX (self), list);
  add_who (self, list);
  add_levels (self, list);
  self->comments_row = add_switch (self, list, _ ("Allow comments"), &self->comments);
  self->duet_row = add_switch (self, list, _ ("Allow duets"), &self->duet);
  self->stitch_row = add_switch (self, list, _ ("Allow stitches"), &self->stitch);
  add_commercial (self, list);
  self->ai_row = add_switch (self, list, _ ("Made with AI"), &self->ai);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->ai_row),
                               _ ("TikTok will label it as AI-generated"));
  self->inbox_row = add_switch (self, list, _ ("Send it to the TikTok inbox"), &self->inbox);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->inbox_row),
                               _ ("As a draft that you finish in the TikTok app"));
  self->consent = add_text (self);
  self->note = add_text (self);
  gtk_widget_add_css_class (self->note, "dim-label");
  self->setting = FALSE;
  update (self);
}

/**
 * smm_tiktok_panel_new:
 *
 * Returns: (transfer full): a panel with nothing chosen
 */
GtkWidget *
smm_tiktok_panel_new (void)
{
  return g_object_new (SMM_TYPE_TIKTOK_PANEL, NULL);
}

static gboolean
get_switch (GHashTable *options, const char *key)
{
  return g_strcmp0 (g_hash_table_lookup (options, key), "true") == 0;
}

static void
choose_level (SmmTiktokPanel *self, const char *level)
{
  for (guint i = 0; i < N_LEVELS; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->choices[i]),
                                 g_strcmp0 (level, levels[i].level) == 0);
}

/**
 * smm_tiktok_panel_load:
 * @self: a panel
 * @options: (element-type utf8 utf8): a post's
 */
void
smm_tiktok_panel_load (SmmTiktokPanel *self, GHashTable *options)
{
  gboolean your_brand, branded;

  g_return_if_fail (SMM_IS_TIKTOK_PANEL (self));

  self->setting = TRUE;
  g_free (self->wanted);
  self->wanted = g_strdup (g_hash_table_lookup (options, SMM_OPTION_PRIVACY));
  choose_level (self, self->wanted);
  your_brand = get_switch (options, SMM_OPTION_YOUR_BRAND);
  branded = get_switch (options, SMM_OPTION_BRANDED);
  gtk_switch_set_active (GTK_SWITCH (self->comments), get_switch (options, SMM_OPTION_COMMENTS));
  gtk_switch_set_active (GTK_SWITCH (self->duet), get_switch (options, SMM_OPTION_DUET));
  gtk_switch_set_active (GTK_SWITCH (self->stitch), get_switch (options, SMM_OPTION_STITCH));
  gtk_switch_set_active (GTK_SWITCH (self->commercial),
                         your_brand || branded || get_switch (options, SMM_OPTION_COMMERCIAL));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->your_brand), your_brand);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->branded), branded);
  gtk_switch_set_active (GTK_SWITCH (self->ai), get_switch (options, SMM_OPTION_AI_GENERATED));
  gtk_switch_set_active (GTK_SWITCH (self->inbox), get_switch (options, SMM_OPTION_INBOX));
  self->setting = FALSE;
  update (self);
}

static void
set_switch (GHashTable *options, const char *key, gboolean on)
{
  smm_options_set (options, key, on ? "true" : NULL);
}

/**
 * smm_tiktok_panel_read:
 * @self: a panel
 * @options: (element-type utf8 utf8): get what is chosen
 */
void
smm_tiktok_panel_read (SmmTiktokPanel *self, GHashTable *options)
{
  gboolean commercial;

  g_return_if_fail (SMM_IS_TIKTOK_PANEL (self));

  commercial = is_on (self->commercial);
  smm_options_set (options, SMM_OPTION_PRIVACY, get_level (self));
  set_switch (options, SMM_OPTION_COMMENTS, is_on (self->comments));
  set_switch (options, SMM_OPTION_DUET, is_on (self->duet));
  set_switch (options, SMM_OPTION_STITCH, is_on (self->stitch));
  set_switch (options, SMM_OPTION_COMMERCIAL, commercial);
  set_switch (options, SMM_OPTION_YOUR_BRAND, commercial && is_on (self->your_brand));
  set_switch (options, SMM_OPTION_BRANDED, is_branded (self));
  set_switch (options, SMM_OPTION_AI_GENERATED, is_on (self->ai));
  set_switch (options, SMM_OPTION_INBOX, is_on (self->inbox));
}

/**
 * smm_tiktok_panel_set_creator:
 * @self: a panel
 * @creator: (nullable): what TikTok told; has to stay until another one is set
 * @problem: (nullable): why it could not be asked; with neither it is being asked
 */
void
smm_tiktok_panel_set_creator (SmmTiktokPanel *self, const SmmTiktokCreator *creator,
                              const char *problem)
{
  g_return_if_fail (SMM_IS_TIKTOK_PANEL (self));

  self->creator = creator;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  update (self);
}

/**
 * smm_tiktok_panel_set_read_only:
 * @self: a panel
 * @read_only: whether it can only be looked at
 */
void
smm_tiktok_panel_set_read_only (SmmTiktokPanel *self, gboolean read_only)
{
  g_return_if_fail (SMM_IS_TIKTOK_PANEL (self));

  self->read_only = read_only;
  update (self);
}

/**
 * smm_tiktok_panel_ask_privacy:
 * @self: a panel
 *
 * Leads to the first audience that can be chosen.
 */
void
smm_tiktok_panel_ask_privacy (SmmTiktokPanel *self)
{
  g_return_if_fail (SMM_IS_TIKTOK_PANEL (self));

  for (guint i = 0; i < N_LEVELS; i++)
    if (gtk_widget_get_visible (self->levels[i]) && gtk_widget_get_sensitive (self->choices[i]))
      {
        gtk_widget_grab_focus (self->choices[i]);
        return;
      }
  gtk_widget_grab_focus (gtk_widget_get_visible (self->again) ? self->again : self->inbox);
}
