/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-strip.h"

#include <glib/gi18n.h>

#include "smm-edit-bar.h"
#include "smm-media-client.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

#define TILE 104

struct _SmmMediaStrip
{
  GtkBox parent_instance;

  GtkWidget *tiles;
  GtkWidget *add;
  GtkWidget *spinner;
  GtkWidget *hint;
  GtkWidget *edits;

  SmmLibrary *library;
  GPtrArray *media;   /* SmmMedia*, ours alone */
  GPtrArray *history; /* Past*, what can be taken back, newest last */
  GQueue waiting;     /* GFile*, to be copied */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  guint generation; /* a copy that ends after another post was opened is not for it */
  gboolean copying;
  gboolean read_only;
};

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMediaStrip, smm_media_strip, GTK_TYPE_BOX)

static void rebuild (SmmMediaStrip *self);
static void copy_next (SmmMediaStrip *self);

static void
changed (SmmMediaStrip *self)
{
  rebuild (self);
  g_signal_emit (self, signals[CHANGED], 0);
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
static void
remember (SmmMediaStrip *self, const char *label)
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
  changed (self);
  gtk_widget_grab_focus (self->media->len > 0 ? gtk_widget_get_first_child (self->tiles)
                                              : self->add);
}

static guint
tile_index (GtkWidget *tile)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (tile), "index"));
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

static void
move (SmmMediaStrip *self, guint from, guint to)
{
  g_autofree char *label = NULL;
  GtkWidget *tile;

  if (self->read_only || from == to || from >= self->media->len || to >= self->media->len)
    return;
  label = g_strdup_printf (_ ("Moved from place %u to %u"), from + 1, to + 1);
  remember (self, label);
  g_ptr_array_insert (self->media, (int)to, g_ptr_array_steal_index (self->media, from));
  changed (self);
  tile = get_tile (self, to);
  if (tile != NULL)
    gtk_widget_grab_focus (tile);
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys, guint keyval, guint code, GdkModifierType state,
                SmmMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  gboolean rtl = gtk_widget_get_direction (tile) == GTK_TEXT_DIR_RTL;
  guint index = tile_index (tile);

  if (!gtk_widget_has_focus (tile))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Delete && !self->read_only)
    {
      smm_media_strip_remove (self, index);
      return GDK_EVENT_STOP;
    }
  if ((state & GDK_ALT_MASK) == 0 || (keyval != GDK_KEY_Left && keyval != GDK_KEY_Right))
    return GDK_EVENT_PROPAGATE;
  if ((keyval == GDK_KEY_Left) != rtl)
    {
      if (index > 0)
        move (self, index, index - 1);
    }
  else
    move (self, index, index + 1);
  return GDK_EVENT_STOP;
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, SmmMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) icon = NULL;

  if (self->read_only)
    return NULL;
  icon = gtk_widget_paintable_new (tile);
  gtk_drag_source_set_icon (source, icon, (int)x, (int)y);
  return gdk_content_provider_new_typed (SMM_TYPE_MEDIA, self->media->pdata[tile_index (tile)]);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, SmmMediaStrip *self)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  guint from;

  if (!G_VALUE_HOLDS (value, SMM_TYPE_MEDIA)
      || !g_ptr_array_find (self->media, g_value_get_object (value), &from))
    return FALSE;
  move (self, from, tile_index (tile));
  return TRUE;
}

/* --- One picture --- */

static void
on_remove (GtkButton *button, SmmMediaStrip *self)
{
  smm_media_strip_remove (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
}

static void
on_alt_changed (GtkEditable *editable, SmmMediaStrip *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (editable), "index"));
  GtkWidget *button = g_object_get_data (G_OBJECT (editable), "button");
  SmmMedia *media = self->media->pdata[index];
  const char *text = gtk_editable_get_text (editable);

  g_free (media->alt);
  media->alt = *text != '\0' ? g_strdup (text) : NULL;
  if (media->alt == NULL)
    gtk_widget_add_css_class (button, "missing");
  else
    gtk_widget_remove_css_class (button, "missing");
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_alt_activate (GtkEntry *entry, gpointer user_data)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
create_alt_button (SmmMediaStrip *self, guint index)
{
  SmmMedia *media = self->media->pdata[index];
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (_ ("What the picture shows, for people who can’t see it"));
  GtkWidget *entry = gtk_entry_new ();

  /* Translators: alternative text of a picture, as short as possible */
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), gtk_label_new (_ ("ALT")));
  gtk_widget_set_tooltip_text (button,
                               media->alt != NULL ? media->alt : _ ("Describe This Picture"));
  smm_widget_set_label (button, media->alt != NULL ? _ ("Change the Description")
                                                   : _ ("Describe This Picture"));
  if (media->alt == NULL)
    gtk_widget_add_css_class (button, "missing");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), media->alt != NULL ? media->alt : "");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 36);
  gtk_entry_set_max_length (GTK_ENTRY (entry), 1000);
  g_object_set_data (G_OBJECT (entry), "index", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (entry), "button", button);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  g_signal_connect (entry, "changed", G_CALLBACK (on_alt_changed), self);
  g_signal_connect (entry, "activate", G_CALLBACK (on_alt_activate), NULL);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_sensitive (button, !self->read_only);
  return button;
}

/* "1:05"; a video whose length nobody knows says only what it is. */
static GtkWidget *
create_duration (SmmMedia *media)
{
  gint64 seconds = (media->duration + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC;
  g_autofree char *text = g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));
  g_autofree char *name = g_strdup_printf (_ ("Video, %s"), text);
  GtkWidget *label = gtk_label_new (media->duration > 0 ? text : _ ("Video"));

  gtk_widget_add_css_class (label, "media-duration");
  smm_widget_set_label (label, name);
  return label;
}

static GtkWidget *
create_tile (SmmMediaStrip *self, guint index)
{
  SmmMedia *media = self->media->pdata[index];
  GtkWidget *tile = gtk_overlay_new ();
  GtkWidget *picture = smm_thumbnail_new (TILE);
  /* The platforms take descriptions of pictures only. */
  GtkWidget *alt
      = smm_media_is_video (media) ? create_duration (media) : create_alt_button (self, index);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  gboolean video = smm_media_is_video (media);
  g_autofree char *name
      = g_strdup_printf (video ? _ ("Video %u of %u, %s") : _ ("Picture %u of %u, %s"), index + 1,
                         self->media->len, media->alt != NULL ? media->alt : media->file_name);
  GtkWidget *label = gtk_label_new (number);
  GtkDragSource *drag = gtk_drag_source_new ();
  GtkDropTarget *drop = gtk_drop_target_new (SMM_TYPE_MEDIA, GDK_ACTION_MOVE);
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_object_set_data (G_OBJECT (tile), "index", GUINT_TO_POINTER (index));
  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (picture), media->sha256);
  gtk_overlay_set_child (GTK_OVERLAY (tile), picture);
  gtk_widget_add_css_class (tile, "media-tile");
  gtk_widget_set_overflow (tile, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_tooltip_text (tile, media->file_name);

  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "media-number");
  gtk_widget_set_margin_start (label, 4);
  gtk_widget_set_margin_top (label, 4);
  gtk_overlay_add_overlay (GTK_OVERLAY (tile), label);

  gtk_widget_set_halign (alt, GTK_ALIGN_START);
  gtk_widget_set_valign (alt, GTK_ALIGN_END);
  gtk_widget_set_margin_start (alt, 4);
  gtk_widget_set_margin_bottom (alt, 4);
  gtk_overlay_add_overlay (GTK_OVERLAY (tile), alt);

  if (!self->read_only)
    {
      GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");

      g_object_set_data (G_OBJECT (remove), "index", GUINT_TO_POINTER (index));
      gtk_widget_set_halign (remove, GTK_ALIGN_END);
      gtk_widget_set_valign (remove, GTK_ALIGN_START);
      gtk_widget_set_margin_end (remove, 4);
      gtk_widget_set_margin_top (remove, 4);
      gtk_widget_add_css_class (remove, "circular");
      gtk_widget_set_tooltip_text (remove, _ ("Remove"));
      smm_widget_set_label (remove, video ? _ ("Remove This Video") : _ ("Remove This Picture"));
      g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), self);
      gtk_overlay_add_overlay (GTK_OVERLAY (tile), remove);
    }

  gtk_widget_set_focusable (tile, TRUE);
  smm_widget_set_label (tile, name);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (tile, keys);
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_drag_prepare), self);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (drop, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (drop));
  return tile;
}

static void
rebuild (SmmMediaStrip *self)
{
  GtkWidget *child;
  g_autofree char *text = NULL;

  while ((child = gtk_widget_get_first_child (self->tiles)) != NULL)
    gtk_box_remove (GTK_BOX (self->tiles), child);
  for (guint i = 0; i < self->media->len; i++)
    gtk_box_append (GTK_BOX (self->tiles), create_tile (self, i));
  gtk_widget_set_visible (self->tiles, self->media->len > 0);
  gtk_widget_set_visible (self->add, !self->read_only);
  if (self->media->len > 1 && !self->read_only)
    text = g_strdup_printf (
        g_dngettext (NULL, "%u file. Drag or press Alt and an arrow to move it.",
                     "%u files. Drag or press Alt and an arrow to reorder.", self->media->len),
        self->media->len);
  gtk_label_set_label (GTK_LABEL (self->hint), text != NULL ? text : "");
  gtk_widget_set_visible (self->hint, text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), !self->read_only || self->media->len > 0);
}

/* --- Copying files into the library --- */

typedef struct
{
  SmmMediaStrip *self;
  SmmMedia *media;
  char *name;
  guint generation;
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->self);
  g_clear_object (&copy->media);
  g_free (copy->name);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static void
copy_done (Copy *copy, const GError *error)
{
  SmmMediaStrip *self = copy->self;

  self->copying = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || copy->generation != self->generation)
    ;
  else if (error != NULL)
    {
      g_autofree char *text
          = g_strdup_printf (_ ("“%s” was not added. %s"), copy->name, error->message);

      g_signal_emit (self, signals[FAILED], 0, text);
    }
  else
    {
      g_autofree char *label = g_strdup_printf (_ ("Added “%s”"), copy->name);

      remember (self, label);
      g_ptr_array_add (self->media, g_steal_pointer (&copy->media));
      changed (self);
    }
  copy_next (self);
}

static void
on_media_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (GVariant) reply
      = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  copy_done (copy, error);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Copy) copy = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmmCommand) command = NULL;
  GVariantDict args;

  copy->media = smm_media_import_finish (result, &error);
  if (copy->media == NULL)
    {
      copy_done (copy, error);
      return;
    }
  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert_value (&args, "media", smm_media_to_variant (copy->media));
  command = smm_command_new ("media.add", g_variant_dict_end (&args));
  smm_library_apply_async (copy->self->library, command, NULL, on_media_added, copy);
  g_steal_pointer (&copy);
}

static void
copy_next (SmmMediaStrip *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  Copy *copy;

  if (self->copying)
    return;
  file = g_queue_pop_head (&self->waiting);
  gtk_widget_set_visible (self->spinner, file != NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), file != NULL);
  if (file == NULL)
    return;
  path = g_file_get_path (file);
  if (path == NULL || store == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0,
                     _ ("Only files on this computer can be added. Copy it here first."));
      copy_next (self);
      return;
    }
  copy = g_new0 (Copy, 1);
  copy->self = g_object_ref (self);
  copy->name = g_path_get_basename (path);
  copy->generation = self->generation;
  self->copying = TRUE;
  smm_media_import_async (path, smm_store_get_paths (store)->media_dir, self->cancellable,
                          on_imported, copy);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, SmmMediaStrip *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);

          smm_media_strip_add_file (self, file);
        }
    }
  g_clear_object (&self->chooser);
}

/* --- The widget --- */

static void
smm_media_strip_dispose (GObject *object)
{
  SmmMediaStrip *self = SMM_MEDIA_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->waiting, g_object_unref);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
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
  remember (self, done);
  g_free (to->alt);
  to->alt = g_strdup (from->alt);
  g_object_ref (to);
  g_object_unref (self->media->pdata[index]);
  self->media->pdata[index] = to;
  changed (self);
  gtk_widget_grab_focus (get_tile (self, index));
}

static void
on_edit_failed (SmmEditBar *bar, const char *text, SmmMediaStrip *self)
{
  g_signal_emit (self, signals[FAILED], 0, text);
}

static void
on_edit_busy (SmmEditBar *bar, SmmMediaStrip *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
smm_media_strip_class_init (SmmMediaStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = smm_media_strip_dispose;
  object_class->finalize = smm_media_strip_finalize;
  signals[CHANGED] = g_signal_new ("changed", SMM_TYPE_MEDIA_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", SMM_TYPE_MEDIA_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
smm_media_strip_init (SmmMediaStrip *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("list-add-symbolic");

  self->media = g_ptr_array_new_with_free_func (g_object_unref);
  self->history = g_ptr_array_new_with_free_func (past_free);
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->waiting);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->tiles = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->add = gtk_button_new ();
  gtk_widget_set_valign (content, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (content), icon);
  gtk_box_append (GTK_BOX (content), gtk_label_new (_ ("Add Media")));
  gtk_button_set_child (GTK_BUTTON (self->add), content);
  gtk_widget_add_css_class (self->add, "add-media");
  gtk_widget_set_size_request (self->add, TILE, TILE);
  gtk_widget_set_valign (self->add, GTK_ALIGN_START);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (smm_media_strip_choose), self);
  self->spinner = gtk_spinner_new ();
  smm_widget_set_label (self->spinner, _ ("Adding a file"));
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_box_append (GTK_BOX (row), self->tiles);
  gtk_box_append (GTK_BOX (row), self->add);
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
  remember (self, label);
  take_copies (self, media);
  changed (self);
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
 * smm_media_strip_add_file:
 * @self: a strip
 * @file: a picture on this computer
 */
void
smm_media_strip_add_file (SmmMediaStrip *self, GFile *file)
{
  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  if (self->read_only)
    return;
  g_queue_push_tail (&self->waiting, g_object_ref (file));
  copy_next (self);
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
  remember (self, label);
  g_ptr_array_remove_index (self->media, index);
  changed (self);
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
    g_signal_emit (self, signals[FAILED], 0,
                   _ ("Something else is being made. Wait for it, or cancel it."));
}

/**
 * smm_media_strip_choose:
 * @self: a strip
 *
 * Lets people choose pictures to add.
 */
void
smm_media_strip_choose (SmmMediaStrip *self)
{
  static const char *const video_types[] = { "video/mp4", "video/quicktime", "video/webm" };
  g_autoptr (GtkFileFilter) filter = NULL;
  GtkRoot *root;

  g_return_if_fail (SMM_IS_MEDIA_STRIP (self));

  if (self->chooser != NULL || self->read_only)
    return;
  root = gtk_widget_get_root (GTK_WIDGET (self));
  self->chooser = gtk_file_chooser_native_new (_ ("Add Pictures or Videos"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), NULL);
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _ ("Pictures and Videos"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  for (guint i = 0; i < G_N_ELEMENTS (video_types); i++)
    gtk_file_filter_add_mime_type (filter, video_types[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
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
