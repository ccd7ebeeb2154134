/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-posts-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-chip-view.h"
#include "smm-platform-marks.h"
#include "smm-post-card.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

#define MAX_DRAFTS 1000
#define MAX_FOUND 1000

enum
{
  FILTER_ALL = -1,
  FILTER_ATTENTION = -2,
};

/* The order of the drop-down in the template. */
static const int filters[] = {
  FILTER_ALL,           FILTER_ATTENTION,     SMM_TARGET_DRAFT,
  SMM_TARGET_SCHEDULED, SMM_TARGET_PUBLISHED, SMM_TARGET_UNCONFIRMED,
  SMM_TARGET_FAILED,    SMM_TARGET_HELD,      SMM_TARGET_CANCELLED,
};

struct _SmmPostsPage
{
  GtkBox parent_instance;

  GtkWidget *sidebar_toggle;
  GtkWidget *new_wide;
  GtkWidget *undo;
  GtkWidget *new_narrow;
  AdwHeaderBar *header;
  GtkWidget *search;
  GtkDropDown *filter;
  GtkWidget *count;
  GtkStack *stack;
  GtkColumnView *table;
  GtkColumnViewColumn *post_column;
  GtkColumnViewColumn *where_column;
  GtkColumnViewColumn *state_column;
  GtkColumnViewColumn *when_column;
  AdwStatusPage *empty;
  GtkWidget *popover;

  SmmLibrary *library;
  SmmBrand *brand;
  GTimeZone *zone;
  GListStore *chips;
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmPostsPage, smm_posts_page, GTK_TYPE_BOX)

static gboolean
passes (int filter, SmmTargetState state)
{
  switch (filter)
    {
    case FILTER_ALL:
      return TRUE;
    case FILTER_ATTENTION:
      return state == SMM_TARGET_HELD || state == SMM_TARGET_FAILED
             || state == SMM_TARGET_UNCONFIRMED;
    default:
      return filter == (int)state;
    }
}

static SmmChip *
chip_of_post (SmmPost *post)
{
  SmmChip *chip = smm_chip_new ();
  gboolean waits_here = FALSE;
  g_autofree char *line = g_strdelimit (g_strdup (post->text), "\n\r", ' ');

  chip->post_id = g_strdup (post->id);
  chip->brand_id = g_strdup (post->brand_id);
  chip->title = g_utf8_strlen (line, -1) > 80 ? g_utf8_substring (line, 0, 80) : g_strdup (line);
  chip->due_at = post->due_at;
  chip->state = smm_post_get_worst_state (post);
  for (guint i = 0; i < post->targets->len; i++)
    {
      SmmTarget *target = post->targets->pdata[i];

      chip->platforms |= 1u << target->platform;
      if (smm_target_is_handed_over (target))
        chip->handed_over = target->platform;
      else
        waits_here = waits_here || target->state == SMM_TARGET_SCHEDULED;
    }
  if (waits_here)
    chip->handed_over = 0;
  if (post->media->len > 0)
    chip->thumbnail = g_strdup (((SmmMedia *)post->media->pdata[0])->sha256);
  return chip;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const SmmChip *x = *(SmmChip *const *)a, *y = *(SmmChip *const *)b;

  /* Drafts without a time come first. */
  if ((x->due_at == 0) != (y->due_at == 0))
    return x->due_at == 0 ? -1 : 1;
  return x->due_at < y->due_at ? 1 : x->due_at > y->due_at ? -1 : 0;
}

static GPtrArray *
load (SmmPostsPage *self, SmmStore *store, const char *words)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) part = NULL;

  if (*words != '\0')
    {
      SmmPostFilter filter
          = { .brand_id = self->brand->id, .state = -1, .search = words, .limit = MAX_FOUND };

      part = smm_store_list_posts (store, &filter);
      for (guint i = 0; i < part->len; i++)
        g_ptr_array_add (all, chip_of_post (part->pdata[i]));
    }
  else
    {
      g_autoptr (GPtrArray) drafts = smm_store_list_drafts (store, self->brand->id, MAX_DRAFTS);

      part = smm_store_list_chips (store, self->brand->id, 1, G_MAXINT64);
      for (guint i = 0; i < drafts->len; i++)
        g_ptr_array_add (all, g_object_ref (drafts->pdata[i]));
      for (guint i = 0; i < part->len; i++)
        g_ptr_array_add (all, g_object_ref (part->pdata[i]));
    }
  g_ptr_array_sort (all, compare_newest);
  return all;
}

static void
update_empty (SmmPostsPage *self, guint total)
{
  gboolean attention = filters[gtk_drop_down_get_selected (self->filter)] == FILTER_ATTENTION;

  if (attention && total > 0)
    {
      adw_status_page_set_icon_name (self->empty, "smm-state-published-symbolic");
      adw_status_page_set_title (self->empty, _ ("All Is Well"));
      adw_status_page_set_description (self->empty, _ ("No post needs you."));
    }
  else if (total > 0)
    {
      adw_status_page_set_icon_name (self->empty, "system-search-symbolic");
      adw_status_page_set_title (self->empty, _ ("No Posts Found"));
      adw_status_page_set_description (self->empty, _ ("Try other words or another filter."));
    }
  else
    {
      adw_status_page_set_icon_name (self->empty, "smm-posts-symbolic");
      adw_status_page_set_title (self->empty, _ ("No Posts Yet"));
      adw_status_page_set_description (self->empty, _ ("Write the first one with New Post."));
    }
}

/**
 * smm_posts_page_reload:
 * @self: a page
 */
void
smm_posts_page_reload (SmmPostsPage *self)
{
  SmmStore *store;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  g_autofree char *count = NULL;
  g_autofree char *words = NULL;
  int filter;

  g_return_if_fail (SMM_IS_POSTS_PAGE (self));

  store = smm_library_get_store (self->library);
  filter = filters[gtk_drop_down_get_selected (self->filter)];
  words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  if (store != NULL && self->brand != NULL)
    all = load (self, store, words);
  else
    all = g_ptr_array_new ();
  for (guint i = 0; i < all->len; i++)
    if (passes (filter, ((SmmChip *)all->pdata[i])->state))
      g_ptr_array_add (shown, all->pdata[i]);
  g_list_store_splice (self->chips, 0, g_list_model_get_n_items (G_LIST_MODEL (self->chips)),
                       shown->pdata, shown->len);
  if (shown->len == all->len)
    count = g_strdup_printf (g_dngettext (NULL, "%u post", "%u posts", all->len), all->len);
  else
    /* Translators: 46 of 2318 posts */
    count = g_strdup_printf (_ ("%u of %u posts"), shown->len, all->len);
  gtk_label_set_label (GTK_LABEL (self->count), count);
  update_empty (self, *words != '\0' ? MAX (all->len, 1) : all->len);
  gtk_stack_set_visible_child_name (self->stack, shown->len > 0 ? "table" : "empty");
}

/* --- Cells --- */

static void
on_post_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *picture = smm_thumbnail_new (34);
  GtkWidget *title = gtk_label_new (NULL);

  gtk_widget_set_size_request (box, -1, 36);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  gtk_list_item_set_child (item, box);
}

static void
on_post_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostsPage *self)
{
  SmmChip *chip = gtk_list_item_get_item (item);
  GtkWidget *picture = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *title = gtk_widget_get_next_sibling (picture);
  gboolean untitled = chip->title == NULL || *chip->title == '\0';

  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (picture), chip->thumbnail);
  gtk_label_set_label (GTK_LABEL (title), untitled ? _ ("No text") : chip->title);
}

static void
on_where_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostsPage *self)
{
  GtkWidget *marks = smm_platform_marks_new ();

  gtk_widget_set_halign (marks, GTK_ALIGN_START);
  gtk_list_item_set_child (item, marks);
}

static void
on_where_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostsPage *self)
{
  SmmChip *chip = gtk_list_item_get_item (item);

  smm_platform_marks_set (SMM_PLATFORM_MARKS (gtk_list_item_get_child (item)), chip->platforms);
}

static void
on_state_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *word = gtk_label_new (NULL);

  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_widget_add_css_class (word, "state-word");
  gtk_box_append (GTK_BOX (box), word);
  gtk_list_item_set_child (item, box);
}

static void
on_state_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostsPage *self)
{
  SmmChip *chip = gtk_list_item_get_item (item);
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *word = gtk_widget_get_next_sibling (icon);
  g_autofree char *state = smm_state_dup_word (chip->state, chip->handed_over);

  smm_state_image_set (GTK_IMAGE (icon), chip->state);
  gtk_label_set_label (GTK_LABEL (word), state);
  gtk_label_set_ellipsize (GTK_LABEL (word), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (word, state);
  smm_state_style (word, chip->state);
}

static void
on_when_setup (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostsPage *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_when_bind (GtkSignalListItemFactory *factory, GtkListItem *item, SmmPostsPage *self)
{
  SmmChip *chip = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *when
      = chip->due_at != 0 ? smm_time_format_relative (chip->due_at, self->zone) : g_strdup ("–");
  /* In a table of its own a time begins with a capital. */
  g_autofree char *first = g_utf8_substring (when, 0, 1);
  g_autofree char *capital = g_utf8_strup (first, -1);
  g_autofree char *text = g_strconcat (capital, when + strlen (first), NULL);

  gtk_label_set_label (GTK_LABEL (label), text);
  if (chip->due_at != 0 && chip->due_at < g_get_real_time ())
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
}

static void
set_factory (SmmPostsPage *self, GtkColumnViewColumn *column, GCallback setup, GCallback bind)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", setup, self);
  g_signal_connect (factory, "bind", bind, self);
  gtk_column_view_column_set_factory (column, factory);
}

/* --- Opening a post --- */

static void
on_popover_closed (GtkPopover *popover, SmmPostsPage *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
}

static void
on_card_toast (SmmPostCard *card, const char *text, gboolean undoable, SmmPostsPage *self)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

static void
on_card_done (SmmPostCard *card, SmmPostsPage *self)
{
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Where the row is that has the focus: the one that was clicked or chosen with Enter. */
static gboolean
find_row (SmmPostsPage *self, GdkRectangle *place)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->table))
      || !gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    return FALSE;
  place->x = bounds.origin.x + bounds.size.width / 2;
  place->y = bounds.origin.y;
  place->width = 1;
  place->height = bounds.size.height;
  return TRUE;
}

static void
on_activate (GtkColumnView *table, guint position, SmmPostsPage *self)
{
  g_autoptr (SmmChip) chip = g_list_model_get_item (G_LIST_MODEL (self->chips), position);
  GdkRectangle place;
  GtkWidget *card;

  if (chip == NULL)
    return;
  if (chip->state == SMM_TARGET_DRAFT)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-post", "s", chip->post_id);
      return;
    }
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  card = smm_post_card_new (self->library);
  smm_post_card_set_post (SMM_POST_CARD (card), chip->post_id, self->zone);
  g_signal_connect (card, "toast", G_CALLBACK (on_card_toast), self);
  g_signal_connect (card, "done", G_CALLBACK (on_card_done), self);
  self->popover = gtk_popover_new ();
  gtk_widget_add_css_class (self->popover, "post-popover");
  smm_widget_set_label (self->popover, chip->title);
  gtk_popover_set_child (GTK_POPOVER (self->popover), card);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  if (find_row (self, &place))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  g_signal_connect (self->popover, "closed", G_CALLBACK (on_popover_closed), self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
smm_posts_page_dispose (GObject *object)
{
  SmmPostsPage *self = SMM_POSTS_PAGE (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->library);
  g_clear_object (&self->brand);
  g_clear_object (&self->chips);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (smm_posts_page_parent_class)->dispose (object);
}

static void
smm_posts_page_class_init (SmmPostsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_posts_page_dispose;
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/window/smm-posts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, sidebar_toggle);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, new_wide);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, undo);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, new_narrow);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, header);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, search);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, filter);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, count);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, table);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, post_column);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, where_column);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, state_column);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, when_column);
  gtk_widget_class_bind_template_child (widget_class, SmmPostsPage, empty);
}

static void
smm_posts_page_init (SmmPostsPage *self)
{
  g_autoptr (GtkNoSelection) model = NULL;

  self->zone = g_time_zone_new_local ();
  self->chips = g_list_store_new (SMM_TYPE_CHIP);
  gtk_widget_init_template (GTK_WIDGET (self));
  model = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->chips)));
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (model));
  set_factory (self, self->post_column, G_CALLBACK (on_post_setup), G_CALLBACK (on_post_bind));
  set_factory (self, self->where_column, G_CALLBACK (on_where_setup), G_CALLBACK (on_where_bind));
  set_factory (self, self->state_column, G_CALLBACK (on_state_setup), G_CALLBACK (on_state_bind));
  set_factory (self, self->when_column, G_CALLBACK (on_when_setup), G_CALLBACK (on_when_bind));
  g_signal_connect (self->table, "activate", G_CALLBACK (on_activate), self);
}

/* Signals of the filter row; connected when there is a library to read from. */
static void
on_filter_changed (GObject *object, GParamSpec *pspec, SmmPostsPage *self)
{
  smm_posts_page_reload (self);
}

static void
on_search_changed (GtkSearchEntry *entry, SmmPostsPage *self)
{
  smm_posts_page_reload (self);
}

/**
 * smm_posts_page_new:
 * @library: the library
 *
 * Returns: (transfer full): the page; empty until it has a brand
 */
GtkWidget *
smm_posts_page_new (SmmLibrary *library)
{
  SmmPostsPage *self = g_object_new (SMM_TYPE_POSTS_PAGE, NULL);

  self->library = g_object_ref (library);
  g_signal_connect (self->filter, "notify::selected", G_CALLBACK (on_filter_changed), self);
  g_signal_connect (self->search, "search-changed", G_CALLBACK (on_search_changed), self);
  return GTK_WIDGET (self);
}

/**
 * smm_posts_page_set_brand:
 * @self: a page
 * @brand: (nullable): whose posts to show
 */
void
smm_posts_page_set_brand (SmmPostsPage *self, SmmBrand *brand)
{
  g_return_if_fail (SMM_IS_POSTS_PAGE (self));

  g_set_object (&self->brand, brand);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = smm_app_zone_new (brand != NULL ? brand->timezone : NULL);
  smm_posts_page_reload (self);
}

/* GTK 4.8 keeps the room of a hidden column that has a fixed width. */
static void
show_column (GtkColumnViewColumn *column, gboolean show, int width)
{
  gtk_column_view_column_set_visible (column, show);
  gtk_column_view_column_set_fixed_width (column, show ? width : 0);
}

/**
 * smm_posts_page_set_narrow:
 * @self: a page
 * @narrow: whether only the columns that matter most have room
 */
void
smm_posts_page_set_narrow (SmmPostsPage *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_POSTS_PAGE (self));

  gtk_widget_set_visible (self->sidebar_toggle, narrow);
  gtk_widget_set_visible (self->new_wide, !narrow);
  gtk_widget_set_visible (self->undo, !narrow);
  gtk_widget_set_visible (self->new_narrow, narrow);
  gtk_widget_set_visible (self->count, !narrow);
  adw_header_bar_set_centering_policy (self->header, narrow ? ADW_CENTERING_POLICY_LOOSE
                                                            : ADW_CENTERING_POLICY_STRICT);
  show_column (self->where_column, !narrow, 92);
  show_column (self->when_column, !narrow, 170);
}

/**
 * smm_posts_page_start_search:
 * @self: a page
 */
void
smm_posts_page_start_search (SmmPostsPage *self)
{
  g_return_if_fail (SMM_IS_POSTS_PAGE (self));

  gtk_widget_grab_focus (self->search);
}

/**
 * smm_posts_page_show_attention:
 * @self: a page
 */
void
smm_posts_page_show_attention (SmmPostsPage *self)
{
  g_return_if_fail (SMM_IS_POSTS_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    if (filters[i] == FILTER_ATTENTION)
      gtk_drop_down_set_selected (self->filter, i);
}
