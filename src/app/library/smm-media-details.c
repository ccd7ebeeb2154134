/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-details.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-state-icon.h"
#include "smm-thumbnail.h"

#define PICTURE 248

struct _SmmMediaDetails
{
  GtkBox parent_instance;

  GtkBox *picture_place;
  GtkWidget *picture;
  AdwEntryRow *name;
  AdwEntryRow *alt;
  AdwEntryRow *tags;
  GtkLabel *facts;
  GtkLabel *uses_title;
  GtkListBox *uses;

  SmmLibrary *library;
  char *sha256;
  GTimeZone *zone;
};

enum
{
  TOAST,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMediaDetails, smm_media_details, GTK_TYPE_BOX)

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmMediaDetails) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  const char *label = "";

  if (reply != NULL)
    g_variant_lookup (reply, "label", "&s", &label);
  g_signal_emit (self, signals[TOAST], 0, reply != NULL ? label : error->message, reply != NULL);
}

static void
apply (SmmMediaDetails *self, const char *name, GVariantDict *dict)
{
  g_autoptr (SmmCommand) command = NULL;

  g_variant_dict_insert (dict, "sha256", "s", self->sha256);
  command = smm_command_new (name, g_variant_dict_end (dict));
  smm_library_apply_async (self->library, command, NULL, on_applied, g_object_ref (self));
}

static void
on_name_apply (AdwEntryRow *row, SmmMediaDetails *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "name", "s", gtk_editable_get_text (GTK_EDITABLE (row)));
  apply (self, "media.edit", &dict);
}

static void
on_alt_apply (AdwEntryRow *row, SmmMediaDetails *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "alt", "s", gtk_editable_get_text (GTK_EDITABLE (row)));
  apply (self, "media.edit", &dict);
}

static void
on_tags_apply (AdwEntryRow *row, SmmMediaDetails *self)
{
  g_auto (GStrv) tags = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (row)), ",", -1);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "tags", g_variant_new_strv ((const char *const *)tags, -1));
  apply (self, "media.edit", &dict);
}

static void
on_delete (GtkButton *button, SmmMediaDetails *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  apply (self, "media.delete", &dict);
}

static void
on_new_post (GtkButton *button, SmmMediaDetails *self)
{
  gtk_widget_activate_action_variant (
      GTK_WIDGET (self), "win.new-post-with",
      g_variant_new_strv ((const char *const[]){ self->sha256 }, 1));
}

static void
on_close (GtkButton *button, SmmMediaDetails *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_use_activated (GtkListBox *list, GtkListBoxRow *row, SmmMediaDetails *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit-post", "s",
                              gtk_widget_get_name (GTK_WIDGET (row)));
}

/* --- Showing --- */

static void
append_fact (GString *text, const char *fact)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", fact);
}

static char *
describe (SmmMedia *media)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *size = g_format_size (media->bytes);
  g_autofree char *pixels = g_strdup_printf ("%d × %d", media->width, media->height);

  append_fact (text, pixels);
  append_fact (text, size);
  if (media->duration > 0)
    {
      gint64 seconds = media->duration / G_USEC_PER_SEC;
      g_autofree char *length
          = g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));

      append_fact (text, length);
    }
  if (media->video_codec != NULL)
    append_fact (text, media->video_codec);
  if (media->audio_codec != NULL)
    append_fact (text, media->audio_codec);
  if (media->frame_rate > 0)
    {
      /* Translators: frames a second */
      g_autofree char *rate = g_strdup_printf (_ ("%.4g fps"), media->frame_rate);

      append_fact (text, rate);
    }
  append_fact (text, media->mime);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_use (SmmMediaDetails *self, SmmChip *chip)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new ();
  g_autofree char *when = chip->due_at != 0 ? smm_time_format_relative (chip->due_at, self->zone)
                                            : g_strdup (_ ("Without a time"));
  g_autofree char *title = g_markup_escape_text (
      chip->title != NULL && *chip->title != '\0' ? chip->title : _ ("No text"), -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_name (row, chip->post_id);
  smm_state_image_set (GTK_IMAGE (icon), chip->state);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_append (self->uses, row);
}

static void
show_uses (SmmMediaDetails *self, SmmStore *store)
{
  g_autoptr (GPtrArray) uses = smm_store_list_uses (store, self->sha256);
  g_autofree char *title
      = uses->len > 0 ? g_strdup_printf (
            g_dngettext (NULL, "Used in %u Post", "Used in %u Posts", uses->len), uses->len)
                      : g_strdup (_ ("Not Used Yet"));
  GtkWidget *row;

  gtk_label_set_label (self->uses_title, title);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->uses))) != NULL)
    gtk_list_box_remove (self->uses, row);
  for (guint i = 0; i < uses->len; i++)
    append_use (self, uses->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->uses), uses->len > 0);
}

/* What is being typed is not written over. */
static void
set_text (AdwEntryRow *row, const char *text)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (row));

  if (focus != NULL || g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row)), text) == 0)
    return;
  /* Set, not typed: there is nothing to apply. */
  adw_entry_row_set_show_apply_button (row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  adw_entry_row_set_show_apply_button (row, TRUE);
}

/**
 * smm_media_details_show:
 * @self: details
 * @sha256: (nullable): of what
 * @zone: of times
 */
void
smm_media_details_show (SmmMediaDetails *self, const char *sha256, GTimeZone *zone)
{
  SmmStore *store;
  g_autoptr (SmmMedia) media = NULL;
  g_autofree char *facts = NULL;
  g_auto (GStrv) tags = NULL;
  g_autofree char *joined = NULL;

  g_return_if_fail (SMM_IS_MEDIA_DETAILS (self));

  store = smm_library_get_store (self->library);
  if (g_strcmp0 (self->sha256, sha256) != 0)
    {
      g_free (self->sha256);
      self->sha256 = g_strdup (sha256);
    }
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  media = store != NULL && sha256 != NULL ? smm_store_get_library_media (store, sha256) : NULL;
  if (media == NULL)
    return;
  smm_thumbnail_set_sha256 (SMM_THUMBNAIL (self->picture), sha256);
  if (media->alt != NULL)
    smm_widget_set_label (self->picture, media->alt);
  facts = describe (media);
  gtk_label_set_label (self->facts, facts);
  tags = g_strsplit (media->tags != NULL ? media->tags : "", "\n", -1);
  joined = g_strjoinv (", ", tags);
  set_text (self->name, media->file_name);
  set_text (self->alt, media->alt != NULL ? media->alt : "");
  set_text (self->tags, joined);
  show_uses (self, store);
}

static void
smm_media_details_dispose (GObject *object)
{
  SmmMediaDetails *self = SMM_MEDIA_DETAILS (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (smm_media_details_parent_class)->dispose (object);
}

static void
smm_media_details_class_init (SmmMediaDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_media_details_dispose;
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[CLOSED]
      = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/library/smm-media-details.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmMediaDetails, picture_place);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaDetails, name);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaDetails, alt);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaDetails, tags);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaDetails, facts);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaDetails, uses_title);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaDetails, uses);
  gtk_widget_class_bind_template_callback (widget_class, on_name_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_alt_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_tags_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_new_post);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_use_activated);
}

static void
smm_media_details_init (SmmMediaDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->picture = smm_thumbnail_new (PICTURE);
  smm_thumbnail_set_whole (SMM_THUMBNAIL (self->picture), TRUE);
  gtk_widget_set_halign (self->picture, GTK_ALIGN_CENTER);
  gtk_box_append (self->picture_place, self->picture);
}

GtkWidget *
smm_media_details_new (SmmLibrary *library)
{
  SmmMediaDetails *self = g_object_new (SMM_TYPE_MEDIA_DETAILS, NULL);

  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}
