/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "smm-sandbox.h"
#include "tiktok.h"

#include <sys/random.h>

SimWorld *sim_world;

gint64
sim_now (void)
{
  return g_get_real_time () + sim_world->settings.clock_offset;
}

/* Letters and digits from the kernel: tokens and codes cannot be guessed, not even here. */
char *
sim_random_text (int length)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  g_autofree guint8 *bytes = g_malloc (length);
  char *text = g_malloc (length + 1);

  if (getrandom (bytes, length, 0) != length)
    g_error ("No random bytes from the system");
  for (int i = 0; i < length; i++)
    text[i] = alphabet[bytes[i] % 62];
  text[length] = '\0';
  return text;
}

/* Ids grow, as the platform's do, and are too long for a double or an int32. */
char *
sim_new_id (const char *prefix, int digits)
{
  guint64 n = ++sim_world->seq;

  return g_strdup_printf ("%s%0*" G_GUINT64_FORMAT, prefix, digits, n * 7 + 1000);
}

void
sim_add_node (SimNode *node, SimKind kind, char *id)
{
  node->kind = kind;
  node->id = id;
  node->seq = ++sim_world->seq;
  if (node->created == 0)
    node->created = sim_now ();
  g_hash_table_insert (sim_world->nodes, node->id, node);
  sim_world->dirty = TRUE;
}

SimNode *
sim_find_any (const char *id)
{
  SimNode *node = id != NULL ? g_hash_table_lookup (sim_world->nodes, id) : NULL;

  if (node == NULL || node->gone)
    return NULL;
  if (node->kind == SIM_PHOTO && sim_photo_is_gone ((SimPhoto *)node))
    return NULL;
  return node;
}

SimNode *
sim_find (const char *id, SimKind kind)
{
  SimNode *node = sim_find_any (id);

  return node != NULL && node->kind == kind ? node : NULL;
}

static void
count_up (GHashTable *table, const char *name)
{
  guint64 *count = g_hash_table_lookup (table, name);

  if (count == NULL)
    {
      count = g_new0 (guint64, 1);
      g_hash_table_insert (table, g_strdup (name), count);
    }
  (*count)++;
}

void
sim_effect (const char *name)
{
  count_up (sim_world->effect_counts, name);
  sim_world->dirty = TRUE;
}

static void
free_node (gpointer data)
{
  SimNode *node = data;

  g_clear_pointer (&node->comments, g_ptr_array_unref);
  switch (node->kind)
    {
    case SIM_PAGE:
      {
        SimPage *page = data;
        g_free (page->name);
        g_free (page->username);
        g_free (page->category);
        g_free (page->profile_id);
        g_strfreev (page->tasks);
        g_ptr_array_unref (page->posts);
        g_ptr_array_unref (page->stories);
        g_ptr_array_unref (page->videos);
        g_queue_clear_full (&page->reels, g_free);
        g_free (page->last_message);
        break;
      }
    case SIM_IG:
      {
        SimIg *ig = data;
        g_free (ig->username);
        g_free (ig->name);
        g_ptr_array_unref (ig->media);
        g_queue_clear_full (&ig->containers_made, g_free);
        g_queue_clear_full (&ig->published, g_free);
        break;
      }
    case SIM_PHOTO:
      {
        SimPhoto *photo = data;
        g_clear_pointer (&photo->bytes, g_bytes_unref);
        g_free (photo->caption);
        g_free (photo->alt);
        g_free (photo->signature);
        break;
      }
    case SIM_POST:
      {
        SimPost *post = data;
        g_free (post->message);
        g_free (post->link);
        g_clear_pointer (&post->photos, g_ptr_array_unref);
        break;
      }
    case SIM_CONTAINER:
      {
        SimContainer *container = data;
        g_free (container->media_type);
        g_free (container->caption);
        g_free (container->alt);
        g_free (container->media_id);
        g_free (container->user_tags);
        g_free (container->collaborators);
        g_free (container->location);
        sim_upload_clear (&container->upload);
        g_clear_pointer (&container->children, g_ptr_array_unref);
        break;
      }
    case SIM_MEDIA:
      {
        SimMedia *media = data;
        g_free (media->caption);
        g_free (media->shortcode);
        break;
      }
    case SIM_COMMENT:
      {
        SimComment *comment = data;
        g_free (comment->text);
        g_free (comment->from_id);
        g_free (comment->from_name);
        break;
      }
    case SIM_VIDEO:
      {
        SimVideo *video = data;
        g_free (video->session);
        g_free (video->title);
        g_free (video->description);
        g_free (video->problem);
        sim_upload_clear (&video->upload);
        break;
      }
    case SIM_USER:
    default:
      break;
    }
  g_free (node->id);
  g_free (node);
}

static void
free_token (gpointer data)
{
  SimToken *token = data;

  g_free (token->value);
  g_strfreev (token->scopes);
  g_hash_table_unref (token->page_tokens);
  g_free (token);
}

static const char *
text_member (JsonObject *object, const char *name, const char *fallback)
{
  return json_object_get_string_member_with_default (object, name, fallback);
}

/* @page: NULL for an account without one */
static void
load_ig (JsonObject *object, SimPage *page)
{
  SimIg *ig = g_new0 (SimIg, 1);

  ig->username = g_strdup (text_member (object, "username", "practice"));
  ig->name = g_strdup (text_member (object, "name", page != NULL ? page->name : ig->username));
  ig->followers = json_object_get_int_member_with_default (object, "followers", 0);
  ig->media = g_ptr_array_new ();
  ig->page = page;
  if (page != NULL)
    page->ig = ig;
  else
    g_ptr_array_add (sim_world->accounts, ig);
  sim_add_node (&ig->node, SIM_IG, g_strdup (text_member (object, "id", "17841400000000000")));
}

/* Instagram Login: an app of its own, and accounts no Page stands behind. */
static void
load_instagram (JsonObject *root)
{
  JsonObject *app = json_object_has_member (root, "instagram_app")
                        ? json_object_get_object_member (root, "instagram_app")
                        : NULL;
  JsonArray *accounts = json_object_has_member (root, "instagram_accounts")
                            ? json_object_get_array_member (root, "instagram_accounts")
                            : NULL;

  sim_world->ig_app_id = g_strdup (app ? text_member (app, "id", "1") : "1234509876543210");
  sim_world->ig_app_secret
      = g_strdup (app ? text_member (app, "secret", SIM_PRACTICE_SECRET) : SIM_PRACTICE_SECRET);
  for (guint i = 0; accounts != NULL && i < json_array_get_length (accounts); i++)
    load_ig (json_array_get_object_element (accounts, i), NULL);
}

static gboolean
load_page (JsonObject *object, GError **error)
{
  SimPage *page;
  const char *id = text_member (object, "id", NULL);

  if (id == NULL || text_member (object, "name", NULL) == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "world: a page needs id and name");
      return FALSE;
    }
  page = g_new0 (SimPage, 1);
  page->name = g_strdup (text_member (object, "name", ""));
  page->username = g_strdup (text_member (object, "username", NULL));
  page->category = g_strdup (text_member (object, "category", "Brand"));
  page->profile_id = g_strdup (text_member (object, "profile_id", id));
  page->followers = json_object_get_int_member_with_default (object, "followers", 0);
  page->posts = g_ptr_array_new ();
  page->stories = g_ptr_array_new ();
  page->videos = g_ptr_array_new ();
  page->location = json_object_get_boolean_member_with_default (object, "location", FALSE);
  if (json_object_has_member (object, "tasks"))
    {
      JsonArray *tasks = json_object_get_array_member (object, "tasks");
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      for (guint i = 0; i < json_array_get_length (tasks); i++)
        g_strv_builder_add (builder, json_array_get_string_element (tasks, i));
      page->tasks = g_strv_builder_end (builder);
    }
  else
    page->tasks = g_strsplit ("ANALYZE,CREATE_CONTENT,MODERATE,MANAGE", ",", -1);
  sim_add_node (&page->node, SIM_PAGE, g_strdup (id));
  g_ptr_array_add (sim_world->pages, page);

  if (json_object_has_member (object, "instagram"))
    load_ig (json_object_get_object_member (object, "instagram"), page);
  return TRUE;
}

static gboolean
load_world (GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  JsonObject *root;
  JsonObject *app;
  JsonArray *pages;
  gsize length;

  if (sim_world->options->world_file != NULL)
    {
      if (!g_file_get_contents (sim_world->options->world_file, &text, &length, error))
        return FALSE;
      bytes = g_bytes_new (text, length);
    }
  else
    {
      bytes = g_resources_lookup_data ("/com/nkonsept/Smm/sandbox/practice-world.json", 0, error);
      if (bytes == NULL)
        return FALSE;
    }
  if (!json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                   error))
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "world: not a JSON object");
      return FALSE;
    }
  root = json_node_get_object (json_parser_get_root (parser));
  if (!json_object_has_member (root, "app") || !json_object_has_member (root, "user")
      || !json_object_has_member (root, "pages"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "world: app, user and pages are needed");
      return FALSE;
    }
  app = json_object_get_object_member (root, "app");
  sim_world->app_id
      = g_strdup (sim_world->options->app_id ? sim_world->options->app_id
                                             : text_member (app, "id", "987654321012345"));
  sim_world->app_secret = g_strdup (sim_world->options->app_secret
                                        ? sim_world->options->app_secret
                                        : text_member (app, "secret", SIM_PRACTICE_SECRET));
  sim_world->app_name = g_strdup (text_member (app, "name", "Practice client"));
  sim_world->user.id
      = g_strdup (text_member (json_object_get_object_member (root, "user"), "id", "1"));
  sim_world->user_name = g_strdup (
      text_member (json_object_get_object_member (root, "user"), "name", "Practice account"));
  pages = json_object_get_array_member (root, "pages");
  for (guint i = 0; i < json_array_get_length (pages); i++)
    if (!load_page (json_array_get_object_element (pages, i), error))
      return FALSE;
  sim_tiktok_load_world (json_object_has_member (root, "tiktok")
                             ? json_object_get_object_member (root, "tiktok")
                             : NULL);
  load_instagram (root);
  return TRUE;
}

static void
clear_world (void)
{
  sim_tiktok_clear ();
  g_clear_pointer (&sim_world->app_id, g_free);
  g_clear_pointer (&sim_world->app_secret, g_free);
  g_clear_pointer (&sim_world->app_name, g_free);
  g_clear_pointer (&sim_world->ig_app_id, g_free);
  g_clear_pointer (&sim_world->ig_app_secret, g_free);
  g_clear_pointer (&sim_world->settings.instagram_login, g_free);
  g_clear_pointer (&sim_world->user.id, g_free);
  g_clear_pointer (&sim_world->user_name, g_free);
  g_ptr_array_set_size (sim_world->pages, 0);
  g_ptr_array_set_size (sim_world->scheduled, 0);
  g_ptr_array_set_size (sim_world->accounts, 0);
  g_ptr_array_set_size (sim_world->videos, 0);
  g_hash_table_remove_all (sim_world->nodes);
  g_hash_table_remove_all (sim_world->tokens);
  g_hash_table_remove_all (sim_world->codes);
  g_hash_table_remove_all (sim_world->granted);
  g_hash_table_remove_all (sim_world->request_counts);
  g_hash_table_remove_all (sim_world->effect_counts);
  g_clear_pointer (&sim_world->settings.decline, g_strfreev);
  sim_world->next_due = 0;
  sim_world->turns = 0;
  sim_world->seq = 0;
  sim_world->total = 0;
  sim_world->fault_hits = 0;
}

void
sim_world_reset (void)
{
  sim_tiktok_forget_uploads ();
  clear_world ();
  sim_world->settings = sim_world->options->settings;
  if (!load_world (NULL))
    g_warning ("The world could not be read again");
  sim_world->dirty = TRUE;
}

SimWorld *
sim_world_new (SimOptions *options, GError **error)
{
  SimWorld *self = g_new0 (SimWorld, 1);

  sim_world = self;
  self->options = options;
  self->settings = options->settings;
  self->pages = g_ptr_array_new ();
  self->scheduled = g_ptr_array_new ();
  self->accounts = g_ptr_array_new ();
  self->videos = g_ptr_array_new ();
  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_node);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_token);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, sim_code_free);
  self->granted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->request_counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->effect_counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!load_world (error) || !sim_state_load (error))
    {
      sim_world_free (self);
      return NULL;
    }
  self->dirty = FALSE;
  return self;
}

void
sim_world_free (SimWorld *self)
{
  clear_world ();
  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->scheduled);
  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->videos);
  g_hash_table_unref (self->nodes);
  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->codes);
  g_hash_table_unref (self->granted);
  g_hash_table_unref (self->request_counts);
  g_hash_table_unref (self->effect_counts);
  g_free (self->base);
  g_free (self);
  sim_world = NULL;
}

SimToken *
sim_token_new (SimPage *page, char **scopes, gint64 lifetime, gboolean long_lived)
{
  SimToken *token = g_new0 (SimToken, 1);
  g_autofree char *random = sim_random_text (120);

  token->value = g_strconcat ("EAA", random, NULL);
  token->page = page;
  token->scopes = g_strdupv (scopes);
  token->issued = sim_now ();
  token->expires = lifetime > 0 ? token->issued + lifetime * G_USEC_PER_SEC : 0;
  token->long_lived = long_lived;
  token->page_tokens = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (sim_world->tokens, token->value, token);
  sim_world->dirty = TRUE;
  return token;
}

/* A Page token of a long-lived user token has no end; that of a short-lived one dies with it. */
SimToken *
sim_token_for_page (SimToken *user_token, SimPage *page)
{
  SimToken *token = g_hash_table_lookup (user_token->page_tokens, page->node.id);

  if (token != NULL && token->dead == 0)
    return token;
  token = sim_token_new (page, user_token->scopes, 0, user_token->long_lived);
  if (!user_token->long_lived)
    token->expires = user_token->expires;
  g_hash_table_insert (user_token->page_tokens, page->node.id, token);
  return token;
}

/* @page, @ig: whose tokens; both NULL: all there are */
void
sim_world_revoke (int subcode, SimPage *page, SimIg *ig)
{
  GHashTableIter iter;
  SimToken *token;

  g_hash_table_iter_init (&iter, sim_world->tokens);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&token))
    if (token->dead == 0 && (page == NULL || token->page == page)
        && (ig == NULL || token->ig == ig))
      token->dead = subcode;
  sim_world->dirty = TRUE;
}

/* Facebook Login ends; what Instagram Login gave stays. */
void
sim_world_revoke_facebook (int subcode)
{
  GHashTableIter iter;
  SimToken *token;

  g_hash_table_iter_init (&iter, sim_world->tokens);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&token))
    if (token->dead == 0 && token->ig == NULL)
      token->dead = subcode;
  sim_world->dirty = TRUE;
}

gboolean
sim_page_has_task (SimPage *page, const char *task)
{
  return g_strv_contains ((const char *const *)page->tasks, task)
         || g_strv_contains ((const char *const *)page->tasks, "MANAGE");
}

SimPost *
sim_post_new (SimPage *page, const char *message, const char *link)
{
  SimPost *post = g_new0 (SimPost, 1);
  g_autofree char *number = sim_new_id ("1221", 14);

  post->page = page;
  post->message = g_strdup (message);
  post->link = g_strdup (link);
  post->published = TRUE;
  post->by_app = TRUE;
  sim_add_node (&post->node, SIM_POST, g_strconcat (page->node.id, "_", number, NULL));
  post->updated = post->node.created;
  return post;
}

void
sim_world_schedule (SimPost *post)
{
  gint64 due = post->scheduled * G_USEC_PER_SEC;

  if (!g_ptr_array_find (sim_world->scheduled, post, NULL))
    g_ptr_array_add (sim_world->scheduled, post);
  if (sim_world->next_due == 0 || due < sim_world->next_due)
    sim_world->next_due = due;
}

/* @post enters the public at @time (µs), so it moves to the end of the page's list. */
void
sim_post_publish (SimPost *post, gint64 time)
{
  GPtrArray *list = post->story ? post->page->stories : post->page->posts;

  post->published = TRUE;
  post->scheduled = 0;
  post->node.created = time;
  g_ptr_array_remove (list, post);
  post->node.seq = ++sim_world->seq;
  g_ptr_array_add (list, post);
  sim_world->dirty = TRUE;
}

/* Publishes what was scheduled and is due. Costs one comparison when nothing is. */
void
sim_world_tick (void)
{
  gint64 now;
  gint64 next = 0;

  sim_tiktok_tick ();
  sim_videos_tick ();
  if (sim_world->next_due == 0)
    return;
  now = sim_now ();
  if (now < sim_world->next_due)
    return;
  for (guint i = 0; i < sim_world->scheduled->len;)
    {
      SimPost *post = g_ptr_array_index (sim_world->scheduled, i);
      gint64 due = post->scheduled * G_USEC_PER_SEC;

      if (post->node.gone || post->published || post->scheduled == 0 || due <= now)
        {
          if (!post->node.gone && !post->published && post->scheduled != 0)
            {
              sim_post_publish (post, due);
              sim_effect ("scheduled_published");
            }
          g_ptr_array_remove_index_fast (sim_world->scheduled, i);
          continue;
        }
      if (next == 0 || due < next)
        next = due;
      i++;
    }
  sim_world->next_due = next;
}
