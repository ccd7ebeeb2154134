/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-brand-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-color-list.h"
#include "smm-split.h"
#include "smm-state-icon.h"
#include "smm-text-scale.h"
#include "smm-wrap.h"

#define LEAVE (-1)
#define STAY (-2)
#define COLUMN 440

enum
{
  FINISHED,
  CLOSED,
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmBrandPage, smm_brand_page, ADW_TYPE_BIN)

static const struct
{
  const char *name, *label;
} step_names[N_STEPS] = {
  [STEP_NAME] = { "name", N_ ("Name and Logo") },
  [STEP_WEBSITE] = { "website", N_ ("Website") },
  [STEP_AUDIENCE] = { "audience", N_ ("Audience") },
  [STEP_TONE] = { "tone", N_ ("Tone") },
  [STEP_WORDS] = { "words", N_ ("Topics and Words") },
  [STEP_RHYTHM] = { "rhythm", N_ ("Posting Rhythm") },
  [STEP_SUMMARY] = { "summary", N_ ("Summary") },
};

const char *
smm_brand_step_get_label (BrandStep step)
{
  return _ (step_names[step].label);
}

void
smm_brand_page_show_problem (SmmBrandPage *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* --- The list of steps --- */

static GtkWidget *
make_step_row (BrandStep step)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *disc = gtk_stack_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (smm_brand_step_get_label (step));
  GtkWidget *detail = gtk_label_new (NULL);
  g_autofree char *number = g_strdup_printf ("%d", step + 1);

  gtk_stack_add_named (GTK_STACK (disc), gtk_label_new (number), "number");
  gtk_stack_add_named (GTK_STACK (disc), gtk_image_new_from_icon_name ("object-select-symbolic"),
                       "done");
  gtk_widget_add_css_class (disc, "step-disc");
  gtk_widget_set_valign (disc, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_box_append (GTK_BOX (box), disc);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "disc", disc);
  g_object_set_data (G_OBJECT (row), "title", title);
  g_object_set_data (G_OBJECT (row), "detail", detail);
  return row;
}

/* Done: what was passed while setting up, and what says something when it is edited. */
static gboolean
is_done (SmmBrandPage *self, BrandStep step, const char *detail)
{
  if (self->is_new || step == STEP_SUMMARY)
    return FALSE;
  return self->setting_up ? (int)step < self->brand->setup_step - 1 : detail != NULL;
}

static void
update_steps (SmmBrandPage *self)
{
  for (int step = 0; step < N_STEPS; step++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->steps, step);
      GtkWidget *disc = g_object_get_data (G_OBJECT (row), "disc");
      GtkWidget *label = g_object_get_data (G_OBJECT (row), "detail");
      g_autofree char *detail = smm_brand_page_dup_detail (self, self->brand, step);
      gboolean done = is_done (self, step, detail);
      gboolean current = step == (int)self->step;
      g_autofree char *name = NULL;

      gtk_label_set_label (GTK_LABEL (label), done && detail != NULL ? detail : "");
      gtk_widget_set_visible (label, done && detail != NULL);
      gtk_stack_set_visible_child_name (GTK_STACK (disc), done && !current ? "done" : "number");
      gtk_widget_remove_css_class (disc, "done");
      gtk_widget_remove_css_class (disc, "current");
      if (current || done)
        gtk_widget_add_css_class (disc, current ? "current" : "done");
      gtk_widget_set_sensitive (GTK_WIDGET (row), !self->is_new || current);
      name = g_strdup_printf (done ? _ ("Step %d, %s, done") : _ ("Step %d, %s"), step + 1,
                              smm_brand_step_get_label (step));
      smm_widget_set_label (GTK_WIDGET (row), name);
      if (current)
        gtk_list_box_select_row (self->steps, row);
    }
}

/* --- The frame around the step --- */

static gboolean
can_leave (SmmBrandPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  const char *zone = gtk_editable_get_text (GTK_EDITABLE (self->zone));
  g_autoptr (GTimeZone) known = smm_zone_new (zone);

  if (known != NULL)
    gtk_widget_remove_css_class (self->zone, "error");
  else
    gtk_widget_add_css_class (self->zone, "error");
  return *name != '\0' && known != NULL && !self->busy;
}

static void
update_frame (SmmBrandPage *self)
{
  gboolean ready = can_leave (self), last = self->step == STEP_SUMMARY;
  const char *close
      = self->setting_up ? self->is_new ? _ ("Cancel") : _ ("Finish Later") : _ ("Done");
  g_autofree char *subtitle = g_strdup_printf (_ ("Step %d of %d"), self->step + 1, N_STEPS);

  adw_window_title_set_title (self->title, self->is_new       ? _ ("New Brand")
                                           : self->setting_up ? self->brand->name
                                                              : _ ("Edit Brand"));
  adw_window_title_set_subtitle (self->title, self->setting_up ? subtitle : self->brand->name);
  gtk_button_set_label (GTK_BUTTON (self->close_wide), close);
  gtk_button_set_label (GTK_BUTTON (self->close_narrow), close);
  gtk_widget_set_sensitive (self->close_wide, self->is_new || ready);
  gtk_widget_set_sensitive (self->close_narrow, self->is_new || ready);
  gtk_widget_set_visible (self->skip, self->setting_up && self->step != STEP_NAME && !last);
  gtk_widget_set_visible (self->accounts, self->setting_up && (self->step == STEP_NAME || last));
  gtk_widget_set_visible (self->back, self->step != STEP_NAME);
  gtk_widget_set_visible (self->next, self->setting_up || !last);
  gtk_widget_set_visible (self->delete_group, !self->setting_up);
  gtk_button_set_label (GTK_BUTTON (self->next), last ? _ ("Finish") : _ ("Next"));
  gtk_widget_set_sensitive (self->next, ready);
  gtk_widget_set_sensitive (self->accounts, ready);
  gtk_widget_set_sensitive (self->back, ready);
}

static void
focus_first (SmmBrandPage *self)
{
  GtkWidget *first[N_STEPS] = { self->name,   self->website,     self->audience, self->tone_relaxed,
                                self->topics, self->late_policy, self->next };
  GtkWidget *focus = first[self->step];

  if (self->step == STEP_TONE)
    gtk_widget_child_focus (focus, GTK_DIR_TAB_FORWARD);
  else if (gtk_widget_get_visible (focus))
    gtk_widget_grab_focus (focus);
}

/* What is put together from the fields. */
static void
update_step (SmmBrandPage *self)
{
  if (self->step == STEP_TONE)
    smm_brand_page_show_sample (self);
  else if (self->step == STEP_WEBSITE)
    {
      g_autoptr (SmmBrand) brand = smm_brand_page_read (self);

      smm_brand_reader_set_brand (self->reader, brand);
    }
}

static void
show_step (SmmBrandPage *self, BrandStep step)
{
  self->step = step;
  smm_brand_page_show_problem (self, NULL);
  update_step (self);
  if (step == STEP_RHYTHM)
    smm_slot_panel_set_brand (SMM_SLOT_PANEL (self->times), self->brand->id);
  else if (step == STEP_SUMMARY)
    {
      smm_brand_page_show_summary (self);
      adw_expander_row_set_expanded (self->told_row, FALSE);
    }
  gtk_stack_set_visible_child_name (self->stack, step_names[step].name);
  smm_split_set_show_sidebar (SMM_SPLIT (self->split), FALSE);
  update_steps (self);
  update_frame (self);
  focus_first (self);
}

/* --- Saving --- */

typedef struct
{
  SmmBrandPage *self;
  int next;         /* the step to show, LEAVE or STAY */
  gboolean connect; /* leaving for the accounts */
  gboolean changed; /* by the user, not only where the assistant stands */
} Save;

static void
go_on (Save *save)
{
  SmmBrandPage *self = save->self;

  if (save->changed && (!self->setting_up || save->next == STAY))
    g_signal_emit (self, signals[TOAST], 0, _ ("Brand changed"), TRUE);
  if (save->next == LEAVE)
    g_signal_emit (self, signals[FINISHED], 0, self->brand->id, save->connect);
  else if (save->next == STAY)
    {
      update_steps (self);
      update_frame (self);
      update_step (self);
    }
  else
    show_step (self, save->next);
  g_object_unref (self);
  g_free (save);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Save *save = user_data;
  SmmBrandPage *self = save->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmBrand) brand = NULL;

  self->busy = FALSE;
  if (reply != NULL && store != NULL)
    brand = smm_store_get_brand (store, self->brand->id);
  if (brand == NULL)
    {
      update_frame (self);
      smm_brand_page_show_problem (self, error != NULL ? error->message
                                                       : _ ("This brand was deleted meanwhile."));
      g_object_unref (self);
      g_free (save);
      return;
    }
  g_set_object (&self->brand, brand);
  self->is_new = FALSE;
  self->setting_up = self->setting_up && brand->setup_step > 0;
  smm_brand_page_fill (self);
  go_on (save);
}

/* Saves what changed, then shows @next or leaves. @setup_step: where to go on another time. */
static void
save (SmmBrandPage *self, int next, int setup_step, gboolean connect)
{
  GVariant *changes;
  GVariantDict dict;
  g_autoptr (SmmCommand) command = NULL;
  Save *job;

  if (self->busy)
    return;
  changes = smm_brand_page_get_changes (self);
  job = g_new0 (Save, 1);
  job->self = g_object_ref (self);
  job->next = next;
  job->connect = connect;
  job->changed = changes != NULL;
  if (changes == NULL && (!self->setting_up || setup_step == self->brand->setup_step))
    {
      go_on (job);
      return;
    }
  g_variant_dict_init (&dict, changes);
  g_clear_pointer (&changes, g_variant_unref);
  g_variant_dict_insert (&dict, "id", "s", self->brand->id);
  if (self->setting_up)
    g_variant_dict_insert (&dict, "setup-step", "i", setup_step);
  command = smm_command_new (self->is_new ? "brand.add" : "brand.edit", g_variant_dict_end (&dict));
  self->busy = TRUE;
  update_frame (self);
  smm_library_apply_async (self->library, command, NULL, on_saved, job);
}

/* The step to go on with when @step was done. */
static int
after (SmmBrandPage *self, BrandStep step)
{
  return MAX (self->brand->setup_step, MIN ((int)step + 2, N_STEPS));
}

void
smm_brand_page_go_to (SmmBrandPage *self, BrandStep step)
{
  if (step != self->step)
    save (self, step, self->brand->setup_step, FALSE);
}

/* --- What people do --- */

static void
on_step_activated (GtkListBox *list, GtkListBoxRow *row, SmmBrandPage *self)
{
  smm_brand_page_go_to (self, gtk_list_box_row_get_index (row));
}

static void
on_next (SmmBrandPage *self)
{
  if (!can_leave (self))
    return;
  if (self->step == STEP_SUMMARY)
    save (self, LEAVE, 0, FALSE);
  else
    save (self, self->step + 1, after (self, self->step), FALSE);
}

static void
on_back (SmmBrandPage *self)
{
  if (self->step > STEP_NAME)
    smm_brand_page_go_to (self, self->step - 1);
}

static void
on_skip (SmmBrandPage *self)
{
  smm_brand_page_fill (self);
  save (self, self->step + 1, after (self, self->step), FALSE);
}

static void
on_accounts (SmmBrandPage *self)
{
  save (self, LEAVE, self->step == STEP_SUMMARY ? 0 : after (self, self->step), TRUE);
}

static void
on_close (SmmBrandPage *self)
{
  if (self->is_new)
    g_signal_emit (self, signals[CLOSED], 0);
  else
    save (self, LEAVE, self->brand->setup_step, FALSE);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmBrandPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (reply == NULL)
    {
      smm_brand_page_show_problem (self, error->message);
      return;
    }
  g_signal_emit (self, signals[CLOSED], 0);
  g_signal_emit (self, signals[TOAST], 0, _ ("Brand deleted"), TRUE);
}

static void
on_delete (SmmBrandPage *self)
{
  g_autoptr (SmmCommand) command
      = smm_command_new ("brand.delete", g_variant_new_parsed ("{'id': <%s>}", self->brand->id));

  smm_library_apply_async (self->library, command, NULL, on_deleted, g_object_ref (self));
}

static void
on_edited (SmmBrandPage *self)
{
  if (self->filling || self->brand == NULL)
    return;
  gtk_widget_set_visible (self->late_row,
                          adw_combo_row_get_selected (ADW_COMBO_ROW (self->late_policy))
                              == SMM_LATE_PUBLISH);
  update_step (self);
  update_frame (self);
}

/* The user takes what was proposed, or goes back to what was there before. */
static void
on_use (SmmBrandReader *reader, GPtrArray *proposals, SmmBrandPage *self)
{
  g_autoptr (SmmBrand) brand = smm_brand_page_read (self);

  if (self->busy)
    return;
  for (guint i = 0; i < proposals->len; i++)
    smm_brand_proposal_set (proposals->pdata[i], brand);
  smm_brand_page_fill_with (self, brand);
  save (self, STAY, self->brand->setup_step, FALSE);
}

/* Something else changed the brand: undo, most of all. What is typed here and not kept yet stays.
 */
static void
on_library_changed (SmmLibrary *library, const char *const *ids, SmmBrandPage *self)
{
  SmmStore *store = smm_library_get_store (library);
  g_autoptr (GVariant) typed = NULL;
  g_autoptr (SmmBrand) brand = NULL;

  if (self->brand == NULL || self->is_new || self->busy || store == NULL
      || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || (!g_strv_contains (ids, self->brand->id) && !g_strv_contains (ids, "*")))
    return;
  typed = smm_brand_page_get_changes (self);
  brand = smm_store_get_brand (store, self->brand->id);
  if (typed != NULL || brand == NULL)
    return;
  g_set_object (&self->brand, brand);
  smm_brand_page_fill (self);
  update_steps (self);
  update_frame (self);
  update_step (self);
}

static void
on_colors_changed (SmmBrandPage *self)
{
  if (!self->filling && self->brand != NULL)
    smm_brand_page_show_colors (self);
}

static void
on_another (SmmBrandPage *self)
{
  self->sample_n++;
  smm_brand_page_show_sample (self);
}

static void
on_choose_logo (SmmBrandPage *self)
{
  smm_brand_page_choose_logo (self);
}

static void
on_remove_logo (SmmBrandPage *self)
{
  smm_brand_page_set_logo (self, NULL);
  gtk_widget_grab_focus (self->logo_choose);
}

static void
on_times_toast (SmmSlotPanel *panel, const char *text, gboolean undoable, SmmBrandPage *self)
{
  update_steps (self);
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

/* The columns of the tone are as wide as their words are large. */
static void
set_column (GtkWidget *page, AdwClamp *clamp)
{
  int width = (int)(COLUMN * smm_text_scale (page));

  adw_clamp_set_maximum_size (clamp, width);
  adw_clamp_set_tightening_threshold (clamp, width);
}

static void
on_narrow_changed (SmmBrandPage *self)
{
  gboolean narrow = smm_split_get_narrow (SMM_SPLIT (self->split));
  GtkOrientation across = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  gtk_widget_set_visible (self->close_narrow, narrow);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  set_column (GTK_WIDGET (self), self->tone_clamp);
  set_column (GTK_WIDGET (self), self->sample_clamp);
  smm_slot_panel_set_narrow (SMM_SLOT_PANEL (self->times), narrow);
  adw_action_row_set_subtitle (
      self->logo_row, narrow ? NULL : _ ("A square picture of 200 pixels or more looks best"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->colors),
                               narrow ? NULL
                                      : _ ("The first is the one that stands for the brand"));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->emoji_box), across);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->voice_box), across);
}

/* --- The page itself --- */

static void
smm_brand_page_dispose (GObject *object)
{
  SmmBrandPage *self = SMM_BRAND_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_object (&self->library);
  g_clear_object (&self->brand);
  g_clear_pointer (&self->logo, g_free);
  G_OBJECT_CLASS (smm_brand_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SmmBrandPage, name)
#define CALL(name) gtk_widget_class_bind_template_callback (widget_class, name)

static void
bind_fields (GtkWidgetClass *widget_class)
{
  BIND (name);
  BIND (zone);
  BIND (logo_row);
  BIND (logo_avatar);
  BIND (logo_choose);
  BIND (logo_remove);
  BIND (colors);
  BIND (website);
  BIND (description);
  BIND (audience);
  BIND (languages);
  BIND (tone_relaxed);
  BIND (tone_playful);
  BIND (tone_poetic);
  BIND (tone_bold);
  BIND (tone_long);
  BIND (tone_clamp);
  BIND (sample_clamp);
  BIND (emoji_box);
  BIND (voice_box);
  BIND (emoji_none);
  BIND (emoji_few);
  BIND (emoji_many);
  BIND (voice_we);
  BIND (voice_i);
  BIND (voice_brand);
  BIND (sample_avatar);
  BIND (sample_name);
  BIND (sample);
  BIND (sample_tone);
  BIND (topics);
  BIND (dos);
  BIND (donts);
  BIND (hashtags);
  BIND (times);
  BIND (late_policy);
  BIND (late_row);
  BIND (late_hours);
  BIND (summary_rows);
  BIND (told);
  BIND (told_row);
  BIND (delete_group);
  BIND (reader);
  BIND (samples);
}

static void
smm_brand_page_class_init (SmmBrandPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_brand_page_dispose;
  signals[FINISHED] = g_signal_new ("finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[CLOSED]
      = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  g_type_ensure (SMM_TYPE_SPLIT);
  g_type_ensure (SMM_TYPE_WRAP);
  g_type_ensure (SMM_TYPE_TEXT_AREA);
  g_type_ensure (SMM_TYPE_COLOR_LIST);
  g_type_ensure (SMM_TYPE_TONE_SCALE);
  g_type_ensure (SMM_TYPE_SLOT_PANEL);
  g_type_ensure (SMM_TYPE_BRAND_READER);
  g_type_ensure (SMM_TYPE_BRAND_SAMPLES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/brand/smm-brand-page.ui");
  BIND (split);
  BIND (close_wide);
  BIND (close_narrow);
  BIND (steps);
  BIND (title);
  BIND (stack);
  BIND (problem);
  BIND (skip);
  BIND (accounts);
  BIND (back);
  BIND (next);
  bind_fields (widget_class);
  CALL (on_step_activated);
  CALL (on_next);
  CALL (on_back);
  CALL (on_skip);
  CALL (on_accounts);
  CALL (on_close);
  CALL (on_delete);
  CALL (on_edited);
  CALL (on_colors_changed);
  CALL (on_another);
  CALL (on_choose_logo);
  CALL (on_remove_logo);
  CALL (on_narrow_changed);
  CALL (on_times_toast);
  CALL (on_use);
}

static void
smm_brand_page_init (SmmBrandPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  on_narrow_changed (self);
  for (int step = 0; step < N_STEPS; step++)
    gtk_list_box_append (self->steps, make_step_row (step));
  g_signal_connect_swapped (self->name, "entry-activated", G_CALLBACK (on_next), self);
  g_signal_connect_swapped (self->website, "entry-activated", G_CALLBACK (on_next), self);
}

/**
 * smm_brand_page_new:
 * @library: where brands are
 * @paths: where their logos are
 *
 * Returns: (transfer full): the page; it shows nothing before it is told what
 */
GtkWidget *
smm_brand_page_new (SmmLibrary *library, SmmPaths *paths)
{
  SmmBrandPage *self = g_object_new (SMM_TYPE_BRAND_PAGE, NULL);
  g_autoptr (SmmBrandDesk) desk = NULL;

  self->library = g_object_ref (library);
  self->paths = paths;
  smm_slot_panel_set_library (SMM_SLOT_PANEL (self->times), library);
  desk = smm_brand_desk_new (library, paths);
  smm_brand_reader_bind (self->reader, desk);
  smm_brand_samples_bind (self->samples, desk);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_library_changed), self, 0);
  return GTK_WIDGET (self);
}

static void
start (SmmBrandPage *self, SmmBrand *brand, gboolean is_new)
{
  g_set_object (&self->brand, brand);
  self->is_new = is_new;
  self->setting_up = is_new || brand->setup_step > 0;
  self->busy = FALSE;
  self->sample_n = 0;
  smm_brand_page_fill (self);
  on_edited (self);
  show_step (self,
             self->setting_up && !is_new ? MIN (brand->setup_step - 1, STEP_SUMMARY) : STEP_NAME);
}

void
smm_brand_page_start_new (SmmBrandPage *self)
{
  g_autoptr (SmmBrand) brand = smm_brand_new ();
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();

  g_return_if_fail (SMM_IS_BRAND_PAGE (self));

  brand->id = smm_id_new ();
  brand->name = g_strdup ("");
  brand->timezone = g_strdup (g_time_zone_get_identifier (local));
  start (self, brand, TRUE);
}

/**
 * smm_brand_page_open:
 * @self: the page
 * @brand_id: a brand in the library
 */
void
smm_brand_page_open (SmmBrandPage *self, const char *brand_id)
{
  SmmStore *store;
  g_autoptr (SmmBrand) brand = NULL;

  g_return_if_fail (SMM_IS_BRAND_PAGE (self));

  store = smm_library_get_store (self->library);
  if (store != NULL)
    brand = smm_store_get_brand (store, brand_id);
  if (brand != NULL)
    start (self, brand, FALSE);
}
