/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-post-page.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-journal-view.h"
#include "smm-media-picture.h"
#include "smm-platform-marks.h"
#include "smm-state-icon.h"
#include "smm-target-view.h"
#include "smm-telling.h"

#define PICTURE_WIDTH 304
/* Below this what happened stands under the post. */
#define NARROW 620
#define GAP 24

struct _SmmPostPage
{
  GtkBox parent_instance;

  AdwWindowTitle *title;
  GtkWidget *back;
  GtkWidget *columns;
  GtkBox *about;
  GtkBox *story;
  GtkListBox *targets; /* anew with each filling */

  SmmLibrary *library;
  GTimeZone *zone;
  char *post_id;
  char *shown; /* id of the target that is looked at */
  gboolean expanded;
};

enum
{
  CLOSED,
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmPostPage, smm_post_page, GTK_TYPE_BOX)

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
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

static GtkWidget *
card_new (void)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "post-part");
  return card;
}

static void
close_page (SmmPostPage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* --- Two columns, or one below the other --- */

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
measure_height (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *about = gtk_widget_get_first_child (widget);
  GtkWidget *story = gtk_widget_get_next_sibling (about);
  int first, second, width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (about, orientation, -1, &first, NULL, NULL, NULL);
      gtk_widget_measure (story, orientation, -1, &second, &width, NULL, NULL);
      *minimum = MAX (first, second);
      *natural = PICTURE_WIDTH + GAP + MAX (width, NARROW);
      return;
    }
  width = for_size >= 0 ? for_size : 2 * NARROW;
  if (width < NARROW)
    *minimum = measure_height (about, width) + GAP + measure_height (story, width);
  else
    *minimum = MAX (measure_height (about, PICTURE_WIDTH),
                    measure_height (story, width - PICTURE_WIDTH - GAP));
  *natural = *minimum;
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *about = gtk_widget_get_first_child (widget);
  GtkWidget *story = gtk_widget_get_next_sibling (about);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int rest = width - PICTURE_WIDTH - GAP;
  int first = measure_height (about, width < NARROW ? width : PICTURE_WIDTH);

  if (width < NARROW)
    {
      gtk_widget_size_allocate (about, &(GtkAllocation){ 0, 0, width, first }, -1);
      gtk_widget_size_allocate (
          story, &(GtkAllocation){ 0, first + GAP, width, MAX (height - first - GAP, 0) }, -1);
      return;
    }
  gtk_widget_size_allocate (
      about, &(GtkAllocation){ mirrored ? rest + GAP : 0, 0, PICTURE_WIDTH, height }, -1);
  gtk_widget_size_allocate (
      story, &(GtkAllocation){ mirrored ? 0 : PICTURE_WIDTH + GAP, 0, rest, height }, -1);
}

/* --- What it is --- */

static void
append_content (SmmPostPage *self, SmmPost *post)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *text = label_new (*post->text != '\0' ? post->text : _ ("No text"), NULL);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  if (post->media->len > 0)
    {
      SmmMedia *media = post->media->pdata[0];
      GtkWidget *picture = smm_media_picture_new ();

      smm_media_picture_set_width (SMM_MEDIA_PICTURE (picture), PICTURE_WIDTH);
      smm_media_picture_set (SMM_MEDIA_PICTURE (picture), media, -1, 0);
      smm_widget_set_label (picture,
                            media->alt != NULL && *media->alt != '\0' ? media->alt : _ ("Picture"));
      gtk_box_append (GTK_BOX (card), picture);
    }
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_add_css_class (text, "post-text");
  gtk_box_append (GTK_BOX (card), text);
  if (post->media->len > 1)
    {
      guint n = post->media->len - 1;
      g_autofree char *more = g_strdup_printf (
          g_dngettext (NULL, "and %u more picture", "and %u more pictures", n), n);
      GtkWidget *label = label_new (more, "dim-label");

      gtk_widget_add_css_class (label, "post-more");
      gtk_box_append (GTK_BOX (card), label);
    }
  gtk_box_append (self->about, card);
}

static GtkWidget *
target_row_new (SmmPostPage *self, SmmTarget *target)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmAccount) account = smm_store_get_account (store, target->account_id);
  g_autofree char *state = smm_state_dup_word (
      target->state, smm_state_is_handed_over (target) ? target->platform : 0);
  const char *name = account != NULL ? account->name : smm_platform_id_get_label (target->platform);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *marks = smm_platform_marks_new ();
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *word = gtk_label_new (state);
  g_autofree char *told
      = g_strdup_printf ("%s, %s, %s", name, smm_platform_id_get_label (target->platform), state);

  smm_platform_marks_set (SMM_PLATFORM_MARKS (marks), 1u << target->platform);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  smm_state_image_set (GTK_IMAGE (icon), target->state);
  smm_state_style (word, target->state);
  gtk_widget_add_css_class (word, "state-word");
  gtk_box_append (GTK_BOX (box), marks);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), word);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_add_css_class (row, "post-target");
  smm_widget_set_label (row, told);
  g_object_set_data_full (G_OBJECT (row), "target", g_strdup (target->id), g_free);
  return row;
}

static void fill_story (SmmPostPage *self, SmmPost *post);

static void
on_target_chosen (GtkListBox *list, GtkListBoxRow *row, SmmPostPage *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmPost) post = store != NULL ? smm_store_get_post (store, self->post_id) : NULL;

  if (row == NULL || post == NULL)
    return;
  g_free (self->shown);
  self->shown = g_strdup (g_object_get_data (G_OBJECT (row), "target"));
  fill_story (self, post);
}

static void
append_targets (SmmPostPage *self, SmmPost *post)
{
  self->targets = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->targets), "boxed-list");
  smm_widget_set_label (GTK_WIDGET (self->targets), _ ("Accounts"));
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];
      GtkWidget *row = target_row_new (self, target);

      gtk_list_box_append (self->targets, row);
      if (g_strcmp0 (target->id, self->shown) == 0)
        gtk_list_box_select_row (self->targets, GTK_LIST_BOX_ROW (row));
    }
  g_signal_connect (self->targets, "row-selected", G_CALLBACK (on_target_chosen), self);
  gtk_box_append (self->about, GTK_WIDGET (self->targets));
}

/* --- What happened --- */

static GPtrArray *
list_entries (SmmPostPage *self, const char *target_id)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GPtrArray) all = smm_store_list_journal (store, self->post_id);
  GPtrArray *own = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (((SmmJournalEntry *)all->pdata[i])->target_id, target_id) == 0)
      g_ptr_array_add (own, g_object_ref (all->pdata[i]));
  return own;
}

static void
on_copy (GtkButton *button, SmmPostPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)),
                          g_object_get_data (G_OBJECT (button), "text"));
  g_signal_emit (self, signals[TOAST], 0, _ ("Copied"), FALSE);
}

static void
on_expanded (GtkExpander *expander, GParamSpec *pspec, SmmPostPage *self)
{
  self->expanded = gtk_expander_get_expanded (expander);
}

static void
append_support (SmmPostPage *self, GPtrArray *entries)
{
  GtkWidget *card = card_new ();
  GtkWidget *expander = gtk_expander_new (_ ("Details for support"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *text = smm_journal_print (entries, self->zone);
  GtkWidget *label = label_new (text, "monospace");
  GtkWidget *copy = gtk_button_new_with_label (_ ("Copy"));

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (copy), "text", g_steal_pointer (&text), g_free);
  g_signal_connect (copy, "clicked", G_CALLBACK (on_copy), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), copy);
  smm_widget_set_label (expander, _ ("Details for support"));
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), self->expanded);
  g_signal_connect (expander, "notify::expanded", G_CALLBACK (on_expanded), self);
  gtk_box_append (GTK_BOX (card), expander);
  gtk_box_append (self->story, card);
}

static void
fill_story (SmmPostPage *self, SmmPost *post)
{
  SmmTarget *target = smm_post_find_target (post, self->shown);
  g_autoptr (GPtrArray) entries = NULL;
  GtkWidget *card, *view;

  clear (self->story);
  if (target == NULL)
    return;
  entries = list_entries (self, target->id);
  view = smm_target_view_new (self->library, target, self->zone);
  gtk_box_append (self->story, view);
  card = card_new ();
  gtk_box_append (GTK_BOX (card), label_new (_ ("What happened"), "heading"));
  gtk_box_append (GTK_BOX (card), smm_journal_view_new (entries, target, self->zone));
  gtk_box_append (self->story, card);
  if (entries->len > 0)
    append_support (self, entries);
}

/* --- The page --- */

static SmmTarget *
choose_target (SmmPost *post)
{
  SmmTargetState worst = smm_post_get_worst_state (post);

  for (guint i = 0; i < post->targets->len; i++)
    if (((SmmTarget *)post->targets->pdata[i])->state == worst)
      return post->targets->pdata[i];
  return NULL;
}

static void
fill_title (SmmPostPage *self, SmmPost *post)
{
  g_autofree char *first = smm_text_dup_first_line (post->text, -1);
  g_autofree char *when
      = post->due_at != 0 ? smm_time_format_long (post->due_at, self->zone) : NULL;

  adw_window_title_set_title (self->title, *first != '\0' ? first : _ ("No text"));
  adw_window_title_set_subtitle (self->title, when != NULL ? when : "");
}

static void
fill (SmmPostPage *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmPost) post = store != NULL ? smm_store_get_post (store, self->post_id) : NULL;

  if (post == NULL)
    {
      close_page (self);
      return;
    }
  if (smm_post_find_target (post, self->shown != NULL ? self->shown : "") == NULL)
    {
      SmmTarget *target = choose_target (post);

      g_free (self->shown);
      self->shown = target != NULL ? g_strdup (target->id) : NULL;
    }
  fill_title (self, post);
  clear (self->about);
  append_content (self, post);
  append_targets (self, post);
  if (smm_state_is_pinned (smm_post_get_worst_state (post)))
    gtk_box_append (
        self->about,
        label_new (_ ("Published posts are pinned. Duplicate makes a new one."), "dim-label"));
  fill_story (self, post);
}

static void
on_changed (SmmLibrary *library, const char *const *ids, SmmPostPage *self)
{
  if (self->post_id != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static void
on_back (GtkButton *button, SmmPostPage *self)
{
  close_page (self);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  close_page (SMM_POST_PAGE (widget));
}

static void
on_duplicate (GtkButton *button, SmmPostPage *self)
{
  g_autofree char *id = smm_id_new ();
  g_autoptr (SmmCommand) command = smm_command_new (
      "posts.duplicate", g_variant_new_parsed ("{'copies': <[(%s, %s)]>}", self->post_id, id));

  smm_apply_telling (GTK_WIDGET (self), self->library, command, _ ("A copy is among the drafts"),
                     TRUE);
}

static void
smm_post_page_dispose (GObject *object)
{
  SmmPostPage *self = SMM_POST_PAGE (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->post_id, g_free);
  g_clear_pointer (&self->shown, g_free);
  G_OBJECT_CLASS (smm_post_page_parent_class)->dispose (object);
}

static void
smm_post_page_class_init (SmmPostPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_post_page_dispose;
  signals[CLOSED]
      = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/window/smm-post-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmPostPage, title);
  gtk_widget_class_bind_template_child (widget_class, SmmPostPage, back);
  gtk_widget_class_bind_template_child (widget_class, SmmPostPage, columns);
  gtk_widget_class_bind_template_child (widget_class, SmmPostPage, about);
  gtk_widget_class_bind_template_child (widget_class, SmmPostPage, story);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_duplicate);
  gtk_widget_class_install_action (widget_class, "post.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "post.close", NULL);
}

static void
smm_post_page_init (SmmPostPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->columns,
                                 gtk_custom_layout_new (get_request_mode, measure, allocate));
}

GtkWidget *
smm_post_page_new (SmmLibrary *library)
{
  SmmPostPage *self = g_object_new (SMM_TYPE_POST_PAGE, NULL);

  self->library = g_object_ref (library);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_changed), self, 0);
  return GTK_WIDGET (self);
}

/**
 * smm_post_page_show:
 * @self: a page
 * @post_id: which post
 * @zone: of its times
 */
void
smm_post_page_show (SmmPostPage *self, const char *post_id, GTimeZone *zone)
{
  g_return_if_fail (SMM_IS_POST_PAGE (self));
  g_return_if_fail (post_id != NULL && zone != NULL);

  g_free (self->post_id);
  self->post_id = g_strdup (post_id);
  g_clear_pointer (&self->shown, g_free);
  g_time_zone_ref (zone);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone;
  fill (self);
  gtk_widget_grab_focus (self->back);
}
