/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-media-many.h"

#include <glib/gi18n.h>
#include <string.h>

#include "smm-state-icon.h"
#include "smm-thumbnail.h"

#define PICTURE 80
#define MAX_PICTURES 9
/* As many as the library changes at once, and as a post shows. */
#define MAX_CHANGES 1000
#define MAX_IN_POST 20

struct _SmmMediaMany
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkFlowBox *pictures;
  AdwEntryRow *add_tags;
  AdwPreferencesGroup *tags;
  GtkWidget *new_post;

  SmmLibrary *library;
  GPtrArray *media;
  GPtrArray *rows; /* GtkWidget*, borrowed: of the tags */
  guint n_kept;    /* of the deleting that is under way: those that are used */
  char *kept;      /* and the name of the first of them */
};

enum
{
  TOAST,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmMediaMany, smm_media_many, GTK_TYPE_BOX)

static void
tell (SmmMediaMany *self, const char *text, gboolean undoable)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmMediaMany) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  g_autofree char *both = NULL;
  const char *label = "";

  if (reply == NULL)
    {
      tell (self, error->message, FALSE);
      return;
    }
  g_variant_lookup (reply, "label", "&s", &label);
  if (self->n_kept > 0)
    both = g_strdup_printf (g_dngettext (NULL, "%s; “%s” is used and stays",
                                         "%s; “%s” and others are used and stay", self->n_kept),
                            label, self->kept);
  self->n_kept = 0;
  tell (self, both != NULL ? both : label, TRUE);
}

/* One step of undo. @commands: a(sa{sv}), consumed. */
static void
apply (SmmMediaMany *self, GVariantBuilder *commands)
{
  g_autoptr (SmmCommand) command = smm_command_new (
      "batch", g_variant_new_parsed ("{'commands': <%*>}", g_variant_builder_end (commands)));

  smm_library_apply_async (self->library, command, NULL, on_applied, g_object_ref (self));
}

/* --- Tags --- */

static gboolean
has_tag (SmmMedia *media, const char *tag)
{
  g_auto (GStrv) tags = g_strsplit (media->tags != NULL ? media->tags : "", "\n", -1);

  return g_strv_contains ((const char *const *)tags, tag);
}

/* Its tags with @more and without @less; NULL: they stay as they are. */
static GVariant *
change_tags (SmmMedia *media, const char *const *more, const char *less)
{
  g_auto (GStrv) tags = g_strsplit (media->tags != NULL ? media->tags : "", "\n", -1);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  gboolean changed = FALSE;

  for (guint i = 0; tags[i] != NULL; i++)
    if (less != NULL && g_str_equal (tags[i], less))
      changed = TRUE;
    else
      g_variant_builder_add (&builder, "s", tags[i]);
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *)tags, more[i]))
      {
        g_variant_builder_add (&builder, "s", more[i]);
        changed = TRUE;
      }
  return changed ? g_variant_builder_end (&builder) : NULL;
}

static void
apply_tags (SmmMediaMany *self, const char *const *more, const char *less)
{
  g_auto (GVariantBuilder) commands = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));
  guint n = 0;

  for (guint i = 0; i < self->media->len && n < MAX_CHANGES; i++)
    {
      SmmMedia *media = self->media->pdata[i];
      GVariant *tags = change_tags (media, more, less);

      if (tags == NULL)
        continue;
      g_variant_builder_add_parsed (&commands, "('media.edit', {'sha256': <%s>, 'tags': <%@as>})",
                                    media->sha256, tags);
      n++;
    }
  if (n > 0)
    apply (self, &commands);
}

static void
on_add_tags (AdwEntryRow *row, SmmMediaMany *self)
{
  g_auto (GStrv) typed = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (row)), ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) tags = NULL;

  for (guint i = 0; typed[i] != NULL; i++)
    if (*g_strstrip (typed[i]) != '\0')
      g_strv_builder_add (builder, typed[i]);
  tags = g_strv_builder_end (builder);
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  apply_tags (self, (const char *const *)tags, NULL);
}

static void
on_remove_tag (GtkButton *button, SmmMediaMany *self)
{
  apply_tags (self, NULL, g_object_get_data (G_OBJECT (button), "tag"));
}

static void
add_tag_row (SmmMediaMany *self, const char *tag)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *title = g_markup_escape_text (tag, -1);
  g_autofree char *label = g_strdup_printf (_ ("Remove “%s” From Them"), tag);
  g_autofree char *where = NULL;
  guint n = 0;

  for (guint i = 0; i < self->media->len; i++)
    n += has_tag (self->media->pdata[i], tag);
  where = n == self->media->len ? g_strdup (_ ("On all of them"))
                                : g_strdup_printf (_ ("On %u of them"), n);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), where);
  g_object_set_data (G_OBJECT (row), "button", button);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  smm_widget_set_label (button, label);
  g_object_set_data_full (G_OBJECT (button), "tag", g_strdup (tag), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_tag), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->tags, row);
  g_ptr_array_add (self->rows, row);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (a, b);
}

/* Which of the tags the keyboard is on; -1: none. */
static int
find_focus (SmmMediaMany *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_has_focus (g_object_get_data (self->rows->pdata[i], "button")))
      return (int)i;
  return -1;
}

static void
focus_row (SmmMediaMany *self, int n)
{
  GtkWidget *to = self->new_post;

  if (self->rows->len > 0)
    to = g_object_get_data (self->rows->pdata[MIN ((guint)n, self->rows->len - 1)], "button");
  gtk_widget_grab_focus (to);
}

static void
show_tags (SmmMediaMany *self)
{
  int focus = find_focus (self);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList) names = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->tags, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->media->len; i++)
    {
      SmmMedia *media = self->media->pdata[i];
      g_auto (GStrv) tags = g_strsplit (media->tags != NULL ? media->tags : "", "\n", -1);

      for (guint t = 0; tags[t] != NULL; t++)
        if (*tags[t] != '\0')
          g_hash_table_add (seen, g_strdup (tags[t]));
    }
  names = g_list_sort (g_hash_table_get_keys (seen), compare_names);
  for (GList *l = names; l != NULL; l = l->next)
    add_tag_row (self, l->data);
  if (focus >= 0)
    focus_row (self, focus);
}

/* --- Posts, deleting --- */

static void
on_new_post (GtkButton *button, SmmMediaMany *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) hashes = NULL;

  for (guint i = 0; i < self->media->len; i++)
    g_strv_builder_add (builder, ((SmmMedia *)self->media->pdata[i])->sha256);
  hashes = g_strv_builder_end (builder);
  gtk_widget_activate_action_variant (GTK_WIDGET (self), "win.new-post-with",
                                      g_variant_new_strv ((const char *const *)hashes, -1));
}

static gboolean
is_used (SmmStore *store, SmmMedia *media)
{
  g_autoptr (GPtrArray) uses = smm_store_list_uses (store, media->sha256);
  g_autofree char *brand = smm_store_find_logo_brand (store, media->sha256);

  return uses->len > 0 || brand != NULL;
}

/* What posts use stays; the rest goes. */
static void
on_delete (GtkButton *button, SmmMediaMany *self)
{
  SmmStore *store = smm_library_get_store (self->library);
  g_auto (GVariantBuilder) commands = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sa{sv})"));
  guint n = 0;

  self->n_kept = 0;
  g_clear_pointer (&self->kept, g_free);
  for (guint i = 0; store != NULL && i < self->media->len && n < MAX_CHANGES; i++)
    {
      SmmMedia *media = self->media->pdata[i];

      if (is_used (store, media))
        {
          if (self->n_kept++ == 0)
            self->kept = g_strdup (media->file_name);
          continue;
        }
      g_variant_builder_add_parsed (&commands, "('media.delete', {'sha256': <%s>})", media->sha256);
      n++;
    }
  if (n > 0)
    apply (self, &commands);
  else
    tell (self, _ ("All of them are used. Take them out of their posts first."), FALSE);
}

static void
on_close (GtkButton *button, SmmMediaMany *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* --- Showing --- */

static void
show_pictures (SmmMediaMany *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pictures))) != NULL)
    gtk_flow_box_remove (self->pictures, child);
  for (guint i = 0; i < MIN (self->media->len, MAX_PICTURES); i++)
    {
      SmmMedia *media = self->media->pdata[i];
      GtkWidget *picture = smm_thumbnail_new (PICTURE);

      smm_thumbnail_set_sha256 (SMM_THUMBNAIL (picture), media->sha256);
      smm_widget_set_label (picture, media->alt != NULL ? media->alt : media->file_name);
      gtk_flow_box_append (self->pictures, picture);
      child = gtk_widget_get_parent (picture);
      gtk_widget_set_focusable (child, FALSE);
      smm_widget_set_label (child, media->file_name);
    }
}

/**
 * smm_media_many_show:
 * @self: a panel
 * @media: (element-type SmmMedia): what is chosen
 */
void
smm_media_many_show (SmmMediaMany *self, GPtrArray *media)
{
  g_autofree char *title = NULL;

  g_return_if_fail (SMM_IS_MEDIA_MANY (self));

  g_ptr_array_ref (media);
  g_ptr_array_unref (self->media);
  self->media = media;
  title = g_strdup_printf (g_dngettext (NULL, "%'u selected", "%'u selected", media->len),
                           media->len);
  gtk_label_set_label (self->title, title);
  gtk_widget_set_sensitive (self->new_post, media->len <= MAX_IN_POST);
  show_pictures (self);
  show_tags (self);
}

static void
smm_media_many_finalize (GObject *object)
{
  SmmMediaMany *self = SMM_MEDIA_MANY (object);

  g_clear_object (&self->library);
  g_ptr_array_unref (self->media);
  g_ptr_array_unref (self->rows);
  g_free (self->kept);
  G_OBJECT_CLASS (smm_media_many_parent_class)->finalize (object);
}

static void
smm_media_many_class_init (SmmMediaManyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = smm_media_many_finalize;
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[CLOSED]
      = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/library/smm-media-many.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmMediaMany, title);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaMany, pictures);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaMany, add_tags);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaMany, tags);
  gtk_widget_class_bind_template_child (widget_class, SmmMediaMany, new_post);
  gtk_widget_class_bind_template_callback (widget_class, on_add_tags);
  gtk_widget_class_bind_template_callback (widget_class, on_new_post);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
smm_media_many_init (SmmMediaMany *self)
{
  self->media = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
smm_media_many_new (SmmLibrary *library)
{
  SmmMediaMany *self = g_object_new (SMM_TYPE_MEDIA_MANY, NULL);

  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}
