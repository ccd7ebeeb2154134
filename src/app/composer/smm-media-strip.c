/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-strip-private.h"

#include <glib/gi18n.h>

#include "smm-edit-bar.h"
#include "smm-media-client.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

guint smm_media_strip_signals[SMM_STRIP_N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMediaStrip, smm_media_strip, GTK_TYPE_BOX)

static void rebuild (SmmMediaStrip *self);

void
smm_media_strip_changed (SmmMediaStrip *self)
{
  rebuild (self);
  g_signal_emit (self, smm_media_strip_signals[SMM_STRIP_CHANGED], 0);
}

/* The list as it was before a change. */
typedef struct
{
  GPtrArray *media;
  char *label; /* says what changed, for people */
} Past;

static void
past_free (gpointer data)
{
  Past *past = data;

  g_ptr_array_unref (past->media);
  g_free (past->label);
  g_free (past);
}

static void
show_past (SmmMediaStrip *self)
{
  Past *last = self->history->len > 0 ? self->history->pdata[self->history->len - 1] : NULL;

  smm_edit_bar_tell (SMM_EDIT_BAR (self->edits), last != NULL ? last->label : NULL);
}

/* Before a change: so that it can be taken back. */
void
smm_media_strip_remember (SmmMediaStrip *self, const char *label)
{
  Past *past = g_new0 (Past, 1);

  past->media = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->media->len; i++)
    g_ptr_array_add (past->media, g_object_ref (self->media->pdata[i]));
  past->label = g_strdup (label);
  g_ptr_array_add (self->history, past);
  show_past (self);
}

/**
 * smm_media_strip_undo:
 * @self: a strip
 *
 * Takes the last change back, if there is one.
 */
void
smm_media_strip_undo (SmmMediaStrip *self)
{
  Past *past;

  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  if (self->history->len == 0 || self->read_only)
    return;
  past = g_ptr_array_steal_index (self->history, self->history->len - 1);
  g_ptr_array_unref (self->media);
  self->media = g_ptr_array_ref (past->media);
  past_free (past);
  show_past (self);
  smm_media_strip_changed (self);
  gtk_widget_grab_focus (self->media->len > 0 ? gtk_widget_get_first_child (self->tiles)
                                              : self->add);
}

static GtkWidget *
get_tile (SmmMediaStrip *self, guint index)
{
  GtkWidget *tile = gtk_widget_get_first_child (self->tiles);

  while (tile != NULL && index-- > 0)
    tile = gtk_widget_get_next_sibling (tile);
  return tile;
}

/* --- Order --- */

void
smm_media_strip_move (SmmMediaStrip *self, guint from, guint to)
{
  g_autofree char *label = NULL;
  GtkWidget *tile;

  if (self->read_only || from == to || from >= self->media->len || to >= self->media->len)
    return;
  label = g_strdup_printf (_ ("Moved from place %u to %u"), from + 1, to + 1);
  smm_media_strip_remember (self, label);
  g_ptr_array_insert (self->media, (int)to, g_ptr_array_steal_index (self->media, from));
  smm_media_strip_changed (self);
  tile = get_tile (self, to);
  if (tile != NULL)
    gtk_widget_grab_focus (tile);
}

/* How many there are and how they move, and whether some are not described yet. */
void
smm_media_strip_update_hint (SmmMediaStrip *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_bare = 0;

  for (guint i = 0; i < self->media->len; i++)
    {
      SmmMedia *media = self->media->pdata[i];

      n_bare += !smm_media_is_video (media) && media->alt == NULL;
    }
  if (self->media->len > 1)
    g_string_append_printf (
        text,
        g_dngettext (NULL, "%u file. Drag or press Alt and an arrow to move it.",
                     "%u files. Drag or press Alt and an arrow to reorder.", self->media->len),
        self->media->len);
  if (n_bare > 0)
    g_string_append_printf (text,
                            g_dngettext (NULL, "%s%u picture has no description yet (ALT).",
                                         "%s%u pictures have no description yet (ALT).", n_bare),
                            text->len > 0 ? " " : "", n_bare);
  gtk_label_set_label (GTK_LABEL (self->hint), text->str);
  gtk_widget_set_visible (self->hint, text->len > 0 && !self->read_only);
}

static gboolean
has_library_media (SmmMediaStrip *self)
{
  SmmStore *store = self->library != NULL ? smm_library_get_store (self->library) : NULL;
  SmmMediaFilter one = { .limit = 1 };
  g_autoptr (GPtrArray) found = store != NULL ? smm_store_find_media (store, &one) : NULL;

  return found != NULL && found->len > 0;
}

static void
rebuild (SmmMediaStrip *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->tiles)) != NULL)
    gtk_box_remove (GTK_BOX (self->tiles), child);
  for (guint i = 0; i < self->media->len; i++)
    gtk_box_append (GTK_BOX (self->tiles), smm_media_strip_create_tile (self, i));
  gtk_widget_set_visible (self->tiles, self->media->len > 0);
  gtk_widget_set_visible (self->add, !self->read_only);
  gtk_widget_set_visible (self->from_library, !self->read_only && has_library_media (self));
  smm_media_strip_update_hint (self);
  gtk_widget_set_visible (GTK_WIDGET (self), !self->read_only || self->media->len > 0);
}

/* --- The widget --- */

/* Nobody writes the post any more. */
static void
smm_media_strip_unmap (GtkWidget *widget)
{
  smm_media_strip_close_library (SMM_MEDIA_STRIP (widget));
  GTK_WIDGET_CLASS (smm_media_strip_parent_class)->unmap (widget);
}

static void
smm_media_strip_dispose (GObject *object)
{
  SmmMediaStrip *self = SMM_MEDIA_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->waiting, g_object_unref);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  smm_media_strip_close_library (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->library);
  G_OBJECT_CLASS (smm_media_strip_parent_class)->dispose (object);
}

static void
smm_media_strip_finalize (GObject *object)
{
  g_ptr_array_unref (SMM_MEDIA_STRIP (object)->media);
  g_ptr_array_unref (SMM_MEDIA_STRIP (object)->history);
  G_OBJECT_CLASS (smm_media_strip_parent_class)->finalize (object);
}

/* --- Media made anew --- */

static void
on_replace (SmmEditBar *bar, SmmMedia *from, SmmMedia *to, const char *done, SmmMediaStrip *self)
{
  guint index;

  /* It may have been removed meanwhile. */
  if (!g_ptr_array_find (self->media, from, &index))
    return;
  smm_media_strip_remember (self, done);
  g_free (to->alt);
  to->alt = g_strdup (from->alt);
  g_object_ref (to);
  g_object_unref (self->media->pdata[index]);
  self->media->pdata[index] = to;
  smm_media_strip_changed (self);
  gtk_widget_grab_focus (get_tile (self, index));
}

static void
on_edit_failed (SmmEditBar *bar, const char *text, SmmMediaStrip *self)
{
  g_signal_emit (self, smm_media_strip_signals[SMM_STRIP_FAILED], 0, text);
}

static void
on_edit_busy (SmmEditBar *bar, SmmMediaStrip *self)
{
  g_signal_emit (self, smm_media_strip_signals[SMM_STRIP_CHANGED], 0);
}

static void
smm_media_strip_class_init (SmmMediaStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = smm_media_strip_dispose;
  object_class->finalize = smm_media_strip_finalize;
  GTK_WIDGET_CLASS (klass)->unmap = smm_media_strip_unmap;
  smm_media_strip_signals[SMM_STRIP_CHANGED] = g_signal_new (
      "changed", SMM_TYPE_MEDIA_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  smm_media_strip_signals[SMM_STRIP_COVER]
      = g_signal_new ("cover", SMM_TYPE_MEDIA_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_INT64);
  smm_media_strip_signals[SMM_STRIP_WRITES]
      = g_signal_new ("writes", SMM_TYPE_MEDIA_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, GTK_TYPE_TEXT_VIEW);
  smm_media_strip_signals[SMM_STRIP_FAILED]
      = g_signal_new ("failed", SMM_TYPE_MEDIA_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* As large as a picture, at the end of them. */
static GtkWidget *
create_button (const char *label, const char *icon)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_valign (content, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (content), gtk_label_new (label));
  gtk_button_set_child (GTK_BUTTON (button), content);
  smm_widget_set_label (button, label);
  gtk_widget_add_css_class (button, "add-media");
  gtk_widget_set_size_request (button, SMM_STRIP_TILE, SMM_STRIP_TILE);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  return button;
}

static void
smm_media_strip_init (SmmMediaStrip *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->media = g_ptr_array_new_with_free_func (g_object_unref);
  self->history = g_ptr_array_new_with_free_func (past_free);
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->waiting);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->tiles = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->add = create_button (_ ("Add Media"), "list-add-symbolic");
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (smm_media_strip_choose), self);
  self->from_library = create_button (_ ("From Library"), "smm-library-symbolic");
  g_signal_connect_swapped (self->from_library, "clicked",
                            G_CALLBACK (smm_media_strip_open_library), self);
  self->spinner = gtk_spinner_new ();
  smm_widget_set_label (self->spinner, _ ("Adding a file"));
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_box_append (GTK_BOX (row), self->tiles);
  gtk_box_append (GTK_BOX (row), self->add);
  gtk_box_append (GTK_BOX (row), self->from_library);
  gtk_box_append (GTK_BOX (row), self->spinner);
  gtk_widget_set_margin_top (row, 2);
  gtk_widget_set_margin_bottom (row, 4);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), row);
  gtk_box_append (GTK_BOX (self), scroller);
  self->hint = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_box_append (GTK_BOX (self), self->hint);
  rebuild (self);
}

/**
 * smm_media_strip_new:
 * @library: where pictures are kept
 *
 * Returns: (transfer full): a strip without pictures
 */
GtkWidget *
smm_media_strip_new (SmmLibrary *library)
{
  SmmMediaStrip *self = g_object_new (SMM_TYPE_MEDIA_STRIP, NULL);

  self->library = g_object_ref (library);
  self->edits = smm_edit_bar_new (library);
  g_signal_connect_object (self->edits, "replace", G_CALLBACK (on_replace), self, 0);
  g_signal_connect_object (self->edits, "undo", G_CALLBACK (smm_media_strip_undo), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->edits, "failed", G_CALLBACK (on_edit_failed), self, 0);
  g_signal_connect_object (self->edits, "busy", G_CALLBACK (on_edit_busy), self, 0);
  gtk_box_append (GTK_BOX (self), self->edits);
  return GTK_WIDGET (self);
}

static void
take_copies (SmmMediaStrip *self, GPtrArray *media)
{
  g_ptr_array_unref (self->media);
  self->media = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; media != NULL && i < media->len; i++)
    {
      SmmMedia *original = media->pdata[i];
      g_autoptr (GVariant) value = g_variant_ref_sink (smm_media_to_variant (original));
      SmmMedia *copy = smm_media_from_variant (value);

      if (copy == NULL)
        continue;
      g_free (copy->alt);
      copy->alt = g_strdup (original->alt);
      g_ptr_array_add (self->media, copy);
    }
}

/**
 * smm_media_strip_change_media:
 * @self: a strip
 * @media: (element-type SmmMedia): what to show instead; copied
 * @label: says what was done, for people, who can take it back
 */
void
smm_media_strip_change_media (SmmMediaStrip *self, GPtrArray *media, const char *label)
{
  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  if (self->read_only)
    return;
  smm_media_strip_remember (self, label);
  take_copies (self, media);
  smm_media_strip_changed (self);
}

/**
 * smm_media_strip_set_media:
 * @self: a strip
 * @media: (nullable) (element-type SmmMedia): what to show instead; copied
 *
 * Files still being copied for what was shown before are forgotten.
 */
void
smm_media_strip_set_media (SmmMediaStrip *self, GPtrArray *media)
{
  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  self->generation++;
  g_queue_clear_full (&self->waiting, g_object_unref);
  smm_edit_bar_reset (SMM_EDIT_BAR (self->edits));
  g_ptr_array_set_size (self->history, 0);
  show_past (self);
  take_copies (self, media);
  rebuild (self);
}

/**
 * smm_media_strip_get_media:
 * @self: a strip
 *
 * Returns: (transfer none) (element-type SmmMedia): the pictures in their order
 */
GPtrArray *
smm_media_strip_get_media (SmmMediaStrip *self)
{
  g_return_val_if_fail (SMM_IS_MEDIA_STRIP (self), NULL);

  return self->media;
}

/**
 * smm_media_strip_remove:
 * @self: a strip
 * @index: which picture
 */
void
smm_media_strip_remove (SmmMediaStrip *self, guint index)
{
  g_autofree char *label = NULL;

  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  if (self->read_only || index >= self->media->len)
    return;
  label
      = g_strdup_printf (smm_media_is_video (self->media->pdata[index]) ? _ ("Removed video %u")
                                                                        : _ ("Removed picture %u"),
                         index + 1);
  smm_media_strip_remember (self, label);
  g_ptr_array_remove_index (self->media, index);
  smm_media_strip_changed (self);
  gtk_widget_grab_focus (self->media->len > 0 ? get_tile (self, MIN (index, self->media->len - 1))
                                              : self->add);
}

/**
 * smm_media_strip_edit:
 * @self: a strip
 * @index: which medium
 * @edit: what to make of it
 * @doing: what is being done, for people
 * @done: what was done, for people
 *
 * The new medium takes the old one's place when it is there; people can take that back.
 */
void
smm_media_strip_edit (SmmMediaStrip *self, guint index, const SmmMediaEdit *edit, const char *doing,
                      const char *done)
{
  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  if (self->read_only || index >= self->media->len)
    return;
  if (!smm_edit_bar_start (SMM_EDIT_BAR (self->edits), self->media->pdata[index], edit, doing,
                           done))
    g_signal_emit (self, smm_media_strip_signals[SMM_STRIP_FAILED], 0,
                   _ ("Something else is being made. Wait for it, or cancel it."));
}

/**
 * smm_media_strip_set_cover:
 * @self: a strip
 * @cover: the frame that stands for a video, µs from its start
 */
void
smm_media_strip_set_cover (SmmMediaStrip *self, gint64 cover)
{
  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  self->cover = cover;
}

/**
 * smm_media_strip_set_read_only:
 * @self: a strip
 * @read_only: whether pictures can only be looked at
 */
void
smm_media_strip_set_read_only (SmmMediaStrip *self, gboolean read_only)
{
  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  self->read_only = read_only;
  rebuild (self);
}

/**
 * smm_media_strip_is_busy:
 * @self: a strip
 *
 * Returns: %TRUE while files are being copied into the library
 */
gboolean
smm_media_strip_is_busy (SmmMediaStrip *self)
{
  g_return_val_if_fail (SMM_IS_MEDIA_STRIP (self), FALSE);

  return self->copying || !g_queue_is_empty (&self->waiting)
         || smm_edit_bar_is_busy (SMM_EDIT_BAR (self->edits));
}
