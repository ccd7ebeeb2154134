/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-practice.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "smm-app-time.h"
#include "smm-library-remote.h"
#include "smm-connect.h"

#define PICTURES "/com/nkonsept/Smm/practice/"
/* The sandbox's own app; it exists nowhere else. */
#define PRACTICE_APP_ID "987654321012345"
#define PRACTICE_APP_SECRET "0123456789abcdef0123456789abcdef"

#define FACEBOOK (1u << SMM_PLATFORM_FACEBOOK)
#define INSTAGRAM (1u << SMM_PLATFORM_INSTAGRAM)

struct _SmmPractice
{
  GObject parent_instance;

  SmmPaths *paths;
  GSubprocess *sandbox;
  GDataInputStream *lines;

  /* While seeding */
  SmmLibrary *library;
  GQueue commands;          /* SmmCommand* still to apply */
  GPtrArray *pictures;      /* SmmMedia*, in the order of the resource names */
  GPtrArray *picture_names; /* char* */
  char *brand_id;
  gulong notify_id;
  SmmConnect *connect;
  SmmHttp *http;
};

G_DEFINE_FINAL_TYPE (SmmPractice, smm_practice, G_TYPE_OBJECT)

static char *
endpoints_file (SmmPaths *paths)
{
  return g_build_filename (paths->data_dir, "endpoints.ini", NULL);
}

/**
 * smm_practice_prepare_environment:
 *
 * Moves every endpoint of this process, and of the publisher it will start, to the sandbox.
 */
void
smm_practice_prepare_environment (void)
{
  g_autoptr (SmmPaths) paths = smm_paths_new ("practice");
  g_autofree char *file = endpoints_file (paths);

  g_setenv ("SMM_ENDPOINTS", file, TRUE);
}

/* --- The sandbox --- */

static char *
find_sandbox (void)
{
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self_path != NULL ? g_path_get_dirname (self_path) : NULL;
  g_autofree char *sibling = g_build_filename (folder != NULL ? folder : SMM_BINDIR, "..",
                                               "sandbox", "nkonsept-smm-sandbox", NULL);
  g_autofree char *beside
      = g_build_filename (folder != NULL ? folder : SMM_BINDIR, "nkonsept-smm-sandbox", NULL);
  g_autofree char *installed = g_build_filename (SMM_BINDIR, "nkonsept-smm-sandbox", NULL);
  const char *const places[] = { beside, sibling, installed };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_file_test (places[i], G_FILE_TEST_IS_EXECUTABLE))
      return g_strdup (places[i]);
  return g_find_program_in_path ("nkonsept-smm-sandbox");
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line
      = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (line == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _ ("The simulator ended before it was ready."));
  else if (g_str_has_prefix (line, "READY"))
    g_task_return_boolean (task, TRUE);
  else
    g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT,
                                         g_task_get_cancellable (task), on_line,
                                         g_steal_pointer (&task));
}

/**
 * smm_practice_start_async:
 * @self: Practice mode
 * @cancellable: (nullable): to give up waiting
 * @callback: called when the sandbox answers
 * @user_data: for @callback
 */
void
smm_practice_start_async (SmmPractice *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *program = find_sandbox ();
  g_autofree char *endpoints = endpoints_file (self->paths);
  g_autofree char *state = g_build_filename (self->paths->data_dir, "sandbox.json", NULL);
  GError *error = NULL;

  g_return_if_fail (SMM_IS_PRACTICE (self));

  g_task_set_source_tag (task, smm_practice_start_async);
  if (program == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                               _ ("The simulator (nkonsept-smm-sandbox) is not installed."));
      return;
    }
  if (!smm_paths_ensure (self->paths, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* A file of an earlier run names a port somebody else may have now. */
  g_unlink (endpoints);
  self->sandbox = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                                    "--auto-approve", "--exit-with-parent", "--endpoints-file",
                                    endpoints, "--state-file", state, NULL);
  if (self->sandbox == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->sandbox));
  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, cancellable, on_line,
                                       g_steal_pointer (&task));
}

/**
 * smm_practice_start_finish:
 * @self: Practice mode
 * @result: the result
 * @error: why there is no sandbox
 *
 * Returns: %TRUE when the sandbox answers
 */
gboolean
smm_practice_start_finish (SmmPractice *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- The sample bakery --- */

typedef struct
{
  const char *text;
  const char *picture; /* part of a picture's name; "": no picture */
  guint platforms;
  int day; /* days from today; -1: a draft without a time */
  int hour, minute;
} Sample;

static const Sample samples[] = {
  { N_ ("Meet our miller. The stones turn at walking pace."), "wheat", FACEBOOK | INSTAGRAM, 1, 8,
    0 },
  { N_ ("Lunch soup and a slice, until two."), "coffee", FACEBOOK, 1, 11, 30 },
  { N_ ("Starter care in twenty seconds: feed it, stir it, leave it alone."), "jar", INSTAGRAM, 2,
    17, 30 },
  { N_ ("Bake one, share one. Today every loaf comes with a second one to give away."), "loaf",
    FACEBOOK | INSTAGRAM, 3, 7, 30 },
  { N_ ("Still open! Three ryes left on the shelf."), "rye", FACEBOOK, 3, 15, 45 },
  { N_ ("Swirl hour: two buns for one."), "bun", FACEBOOK | INSTAGRAM, 3, 14, 30 },
  { N_ ("The oven at five in the morning."), "oven", INSTAGRAM, 3, 18, 0 },
  { N_ ("Saturday croissants: first come, first served."), "croissant", FACEBOOK | INSTAGRAM, 4, 9,
    0 },
  { N_ ("Sunday table: bread, butter, nothing else."), "loaf", INSTAGRAM, 5, 10, 0 },
  { N_ ("Rye is back, darker than ever."), "rye", FACEBOOK | INSTAGRAM, 6, 8, 0 },
  { N_ ("How we fold dough, in slow motion."), "dough", INSTAGRAM, 7, 12, 0 },
  { N_ ("Baguettes out at eight. They are gone by nine."), "baguette", FACEBOOK | INSTAGRAM, 8, 8,
    0 },
  { N_ ("Feeding it: day four of a new starter."), "jar", INSTAGRAM, 9, 8, 0 },
  { N_ ("Pumpkin loaf for the dark evenings."), "pumpkin", FACEBOOK | INSTAGRAM, 10, 17, 30 },
  { N_ ("Open day on Saturday, doors at ten."), "shop", FACEBOOK, 11, 9, 0 },
  { N_ ("Coffee break at the bench."), "coffee", INSTAGRAM, 12, 10, 0 },
  { N_ ("New flour from the river mill."), "wheat", FACEBOOK | INSTAGRAM, 14, 8, 0 },
  { N_ ("Lamination, layer by layer."), "dough", INSTAGRAM, 15, 12, 0 },
  { N_ ("Bun o’clock: two for one until six."), "bun", FACEBOOK | INSTAGRAM, 17, 17, 30 },
  { N_ ("Morning bread in front of the shop."), "shop", FACEBOOK, 18, 9, 0 },
  { N_ ("Croissant or bun? Tell us below."), "croissant", FACEBOOK | INSTAGRAM, 20, 9, 0 },
  { N_ ("Twenty hours in the tin, one day of rest."), "rye", FACEBOOK, 22, 8, 0 },
  { N_ ("The last pumpkin loaves of the year."), "pumpkin", FACEBOOK | INSTAGRAM, 24, 17, 30 },
  { N_ ("Bread for the weekend: order by Thursday."), "loaf", FACEBOOK, 26, 12, 0 },
  { N_ ("Oven on. See you at seven."), "oven", INSTAGRAM, 28, 6, 0 },
  { N_ ("Baguette school: three places left."), "baguette", FACEBOOK | INSTAGRAM, 31, 16, 0 },
  { N_ ("A jar of starter to take home."), "jar", FACEBOOK, 35, 10, 0 },
  { N_ ("Wheat, rye, oats: what grows around here."), "wheat", INSTAGRAM, 38, 9, 0 },
  { N_ ("Gluten-free Friday"), "croissant", FACEBOOK | INSTAGRAM, -1, 0, 0 },
  { N_ ("Meet our baker"), "shop", FACEBOOK | INSTAGRAM, -1, 0, 0 },
  { N_ ("How we fold dough"), "dough", INSTAGRAM, -1, 0, 0 },
  { N_ ("Soup and sourdough"), "coffee", FACEBOOK, -1, 0, 0 },
};

/* These go out while one watches. Seconds from now. */
static const struct
{
  const char *text;
  const char *picture;
  guint platforms;
  int delay;
} soon[] = {
  { N_ ("Good morning, first loaves are out."), "loaf", FACEBOOK | INSTAGRAM, 45 },
  { N_ ("Cinnamon in the air."), "bun", FACEBOOK, 110 },
};

static void apply_next (GTask *task);
static void plan_posts (GTask *task);

static SmmPractice *
self_of (GTask *task)
{
  return g_task_get_source_object (task);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    apply_next (g_steal_pointer (&task));
}

/* Applies what is queued, one after the other; then the task is done. Takes the task. */
static void
apply_next (GTask *task)
{
  SmmPractice *self = self_of (task);
  g_autoptr (SmmCommand) command = g_queue_pop_head (&self->commands);

  if (command == NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  smm_library_apply_async (self->library, command, g_task_get_cancellable (task), on_applied, task);
}

static SmmMedia *
find_picture (SmmPractice *self, const char *part)
{
  for (guint i = 0; *part != '\0' && i < self->pictures->len; i++)
    if (strstr (self->picture_names->pdata[i], part) != NULL)
      return self->pictures->pdata[i];
  return *part != '\0' && self->pictures->len > 0
             ? self->pictures->pdata[g_str_hash (part) % self->pictures->len]
             : NULL;
}

static void
queue_post (SmmPractice *self, GPtrArray *accounts, const char *text, const char *picture,
            guint platforms, const char *wall, const char *zone)
{
  g_autofree char *id = smm_id_new ();
  SmmMedia *media = find_picture (self, picture);
  GVariantBuilder targets, pictures;
  GVariantDict args;
  guint n = 0;

  g_variant_builder_init (&targets, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];
      g_autofree char *target = smm_id_new ();

      /* Instagram takes nothing without a picture. */
      if ((platforms & (1u << account->platform)) == 0
          || (account->platform == SMM_PLATFORM_INSTAGRAM && media == NULL))
        continue;
      g_variant_builder_add (&targets, "(ss)", target, account->id);
      n++;
    }
  g_variant_builder_init (&pictures, G_VARIANT_TYPE ("a(ss)"));
  if (media != NULL)
    g_variant_builder_add (&pictures, "(ss)", media->sha256, "");
  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "id", "s", id);
  g_variant_dict_insert (&args, "brand", "s", self->brand_id);
  g_variant_dict_insert (&args, "text", "s", text);
  g_variant_dict_insert_value (&args, "media", g_variant_builder_end (&pictures));
  g_variant_dict_insert_value (&args, "targets", g_variant_builder_end (&targets));
  if (wall != NULL && n > 0)
    {
      g_variant_dict_insert (&args, "wall", "s", wall);
      g_variant_dict_insert (&args, "zone", "s", zone);
    }
  else
    g_variant_dict_insert (&args, "draft", "b", TRUE);
  g_queue_push_tail (&self->commands, smm_command_new ("post.add", g_variant_dict_end (&args)));
}

static void
plan_posts (GTask *task)
{
  SmmPractice *self = self_of (task);
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmBrand) brand = store != NULL ? smm_store_get_brand (store, self->brand_id) : NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  guint32 today;

  if (brand == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED,
                               _ ("The sample brand could not be read back."));
      g_object_unref (task);
      return;
    }
  accounts = smm_store_list_accounts (store, brand->id);
  zone = smm_app_zone_new (brand->timezone);
  today = smm_day_today (zone);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      const Sample *sample = &samples[i];
      g_autofree char *wall = NULL;

      if (sample->day >= 0)
        wall = smm_day_get_wall (today + sample->day, sample->hour, sample->minute, 0);
      queue_post (self, accounts, _ (sample->text), sample->picture, sample->platforms, wall,
                  brand->timezone);
    }
  for (guint i = 0; i < G_N_ELEMENTS (soon) && accounts->len > 0; i++)
    {
      gint64 at = g_get_real_time () + soon[i].delay * G_USEC_PER_SEC;
      const char *there = brand->timezone;
      g_autofree char *wall = smm_wall_time_express (at, &there);

      queue_post (self, accounts, _ (soon[i].text), soon[i].picture, soon[i].platforms, wall,
                  there);
    }
  apply_next (task);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = smm_connect_commit_finish (SMM_CONNECT (source), result, &error);

  if (accounts == NULL)
    g_message ("Practice mode: %s", error->message);
  plan_posts (task);
}

static void
on_granted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SmmPractice *self = self_of (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  SmmGrant *grant = smm_connect_wait_finish (SMM_CONNECT (source), result, &error);

  if (grant == NULL)
    {
      g_message ("Practice mode: %s", error->message);
      plan_posts (task);
      return;
    }
  for (guint i = 0; i < grant->candidates->len; i++)
    {
      SmmCandidate *candidate = grant->candidates->pdata[i];

      if (candidate->problem == NULL)
        g_ptr_array_add (ids, candidate->remote_id);
    }
  g_ptr_array_add (ids, NULL);
  smm_connect_commit_async (self->connect, grant, self->brand_id, (const char *const *)ids->pdata,
                            NULL, on_committed, task);
}

/* The sandbox consents at once: its page only sends us on to the address we listen on. */
static void
on_dialog (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmPractice) self = user_data;
  g_autoptr (SmmResponse) response = smm_http_send_finish (SMM_HTTP (source), result);
  g_autoptr (GError) error = NULL;
  const char *location = smm_response_get_header (response, "location");

  if (location == NULL)
    g_message ("Practice mode: the sign-in page did not lead back (%u)", response->status);
  else if (!smm_connect_paste_address (self->connect, location, &error))
    g_message ("Practice mode: %s", error->message);
}

static void
open_dialog (SmmPractice *self, const char *address)
{
  SmmEndpoints *endpoints = smm_http_get_endpoints (self->http);
  const char *base = smm_endpoints_get_base (endpoints, SMM_ENDPOINT_META_DIALOG);
  g_autoptr (SmmRequest) request = NULL;
  g_autofree char *path = NULL;
  GUriParamsIter iter;
  char *name, *value;

  /* Only ever the sandbox's own page. */
  if (!smm_endpoints_is_loopback (endpoints) || !g_str_has_prefix (address, base))
    return;
  path = g_strndup (address + strlen (base), strcspn (address + strlen (base), "?#"));
  request = smm_request_new ("GET", SMM_ENDPOINT_META_DIALOG, "%s", path);
  request->purpose = g_strdup ("sign-in");
  if (strchr (address, '?') != NULL)
    {
      g_uri_params_iter_init (&iter, strchr (address, '?') + 1, -1, "&", G_URI_PARAMS_WWW_FORM);
      while (g_uri_params_iter_next (&iter, &name, &value, NULL))
        {
          smm_request_add_query (request, name, value);
          g_free (name);
          g_free (value);
        }
    }
  smm_http_send_async (self->http, request, NULL, NULL, on_dialog, g_object_ref (self));
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  SmmPractice *self = self_of (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *address = smm_connect_begin_finish (SMM_CONNECT (source), result, &error);

  if (address == NULL)
    {
      g_message ("Practice mode: %s", error->message);
      plan_posts (task);
      return;
    }
  smm_connect_wait_async (self->connect, NULL, on_granted, task);
  open_dialog (self, address);
}

static void
on_app_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  if (!smm_connect_set_app_finish (SMM_CONNECT (source), result, &error))
    {
      /* Most often: no keyring. The bakery opens without accounts. */
      g_message ("Practice mode: %s", error->message);
      plan_posts (task);
      return;
    }
  /* Pages and the Instagram accounts linked to them come with one sign-in. */
  smm_connect_begin_async (SMM_CONNECT (source), SMM_PLATFORM_FACEBOOK, NULL, FALSE, 0, NULL,
                           on_begun, task);
}

static void
connect_accounts (GTask *task)
{
  SmmPractice *self = self_of (task);
  SmmStore *store = smm_library_get_store (self->library);
  g_autoptr (SmmVault) vault = NULL;
  g_autoptr (SmmEndpoints) endpoints = NULL;
  GError *error = NULL;

  endpoints = smm_endpoints_new_default (&error);
  if (endpoints == NULL || store == NULL)
    {
      if (error == NULL)
        error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED,
                                     _ ("The practice library could not be opened."));
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  vault = smm_vault_new (self->paths->data_dir, smm_store_get_library_id (store));
  self->http = smm_http_new (endpoints);
  self->connect = smm_connect_new (self->library, vault, self->http);
  smm_connect_set_app_async (self->connect, "meta", PRACTICE_APP_ID, PRACTICE_APP_SECRET, NULL,
                             on_app_set, task);
}

/* --- Brand and pictures first --- */

static void
on_set_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SmmPractice *self = self_of (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  g_autoptr (SmmCommand) next = NULL;

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  next = g_queue_pop_head (&self->commands);
  if (next == NULL)
    connect_accounts (g_steal_pointer (&task));
  else
    smm_library_apply_async (self->library, next, NULL, on_set_up, g_steal_pointer (&task));
}

static SmmMedia *
store_picture (SmmPractice *self, const char *name)
{
  g_autofree char *resource = g_strconcat (PICTURES, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (resource, 0, NULL);
  g_autoptr (SmmMedia) media = smm_media_new ();
  g_autofree char *path = NULL;
  GdkPixbufFormat *format;

  if (bytes == NULL)
    return NULL;
  media->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  path = smm_paths_get_media (self->paths, media->sha256);
  if (!g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    return NULL;
  format = gdk_pixbuf_get_file_info (path, &media->width, &media->height);
  if (format == NULL)
    return NULL;
  {
    g_auto (GStrv) types = gdk_pixbuf_format_get_mime_types (format);

    media->mime = g_strdup (types[0]);
  }
  media->file_name = g_strdup (name);
  media->bytes = g_bytes_get_size (bytes);
  return g_steal_pointer (&media);
}

static void
queue_pictures (SmmPractice *self)
{
  g_auto (GStrv) names = g_resources_enumerate_children (PICTURES, 0, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      SmmMedia *media = store_picture (self, names[i]);
      GVariantDict args;

      if (media == NULL)
        continue;
      g_ptr_array_add (self->pictures, media);
      g_ptr_array_add (self->picture_names, g_strdup (names[i]));
      g_variant_dict_init (&args, NULL);
      g_variant_dict_insert_value (&args, "media", smm_media_to_variant (media));
      g_queue_push_tail (&self->commands,
                         smm_command_new ("media.add", g_variant_dict_end (&args)));
    }
}

static void
set_up (GTask *task)
{
  SmmPractice *self = self_of (task);
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autoptr (GTimeZone) known = g_time_zone_new_identifier (g_time_zone_get_identifier (local));
  g_autoptr (SmmCommand) command = NULL;
  GVariantDict args;

  if (!smm_practice_needs_seed (self, self->library))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  self->brand_id = smm_id_new ();
  queue_pictures (self);
  g_variant_dict_init (&args, NULL);
  g_variant_dict_insert (&args, "id", "s", self->brand_id);
  g_variant_dict_insert (&args, "name", "s", "Northside Bread");
  g_variant_dict_insert (&args, "timezone", "s",
                         known != NULL ? g_time_zone_get_identifier (local) : "UTC");
  command = smm_command_new ("brand.add", g_variant_dict_end (&args));
  smm_library_apply_async (self->library, command, NULL, on_set_up, task);
}

static void
on_connected (GObject *library, GParamSpec *pspec, gpointer user_data)
{
  GTask *task = user_data;
  SmmPractice *self = self_of (task);

  if (!smm_library_remote_get_connected (SMM_LIBRARY_REMOTE (library)))
    return;
  g_clear_signal_handler (&self->notify_id, library);
  set_up (task);
}

/**
 * smm_practice_needs_seed:
 * @self: Practice mode
 * @library: its library
 *
 * Returns: %TRUE while there is no brand in it
 */
gboolean
smm_practice_needs_seed (SmmPractice *self, SmmLibrary *library)
{
  SmmStore *store = smm_library_get_store (library);
  g_autoptr (GPtrArray) brands = store != NULL ? smm_store_list_brands (store) : NULL;

  return brands == NULL || brands->len == 0;
}

/**
 * smm_practice_seed_async:
 * @self: Practice mode
 * @library: its library
 * @cancellable: (nullable): to stop
 * @callback: called when the bakery is there
 * @user_data: for @callback
 */
void
smm_practice_seed_async (SmmPractice *self, SmmLibrary *library, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SMM_IS_PRACTICE (self));
  g_return_if_fail (self->library == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, smm_practice_seed_async);
  self->library = g_object_ref (library);
  if (!SMM_IS_LIBRARY_REMOTE (library)
      || smm_library_remote_get_connected (SMM_LIBRARY_REMOTE (library)))
    set_up (task);
  else
    self->notify_id
        = g_signal_connect (library, "notify::connected", G_CALLBACK (on_connected), task);
}

/**
 * smm_practice_seed_finish:
 * @self: Practice mode
 * @result: the result
 * @error: what went wrong
 *
 * Returns: %TRUE when there is a brand to look around in
 */
gboolean
smm_practice_seed_finish (SmmPractice *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
smm_practice_finalize (GObject *object)
{
  SmmPractice *self = SMM_PRACTICE (object);

  if (self->sandbox != NULL)
    g_subprocess_send_signal (self->sandbox, SIGTERM);
  g_clear_object (&self->lines);
  g_clear_object (&self->sandbox);
  if (self->notify_id != 0)
    g_clear_signal_handler (&self->notify_id, self->library);
  g_clear_object (&self->library);
  g_queue_clear_full (&self->commands, (GDestroyNotify)smm_command_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->picture_names, g_ptr_array_unref);
  g_clear_pointer (&self->brand_id, g_free);
  g_clear_object (&self->connect);
  g_clear_object (&self->http);
  g_clear_pointer (&self->paths, smm_paths_free);
  G_OBJECT_CLASS (smm_practice_parent_class)->finalize (object);
}

static void
smm_practice_class_init (SmmPracticeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_practice_finalize;
}

static void
smm_practice_init (SmmPractice *self)
{
  g_queue_init (&self->commands);
  self->pictures = g_ptr_array_new_with_free_func (g_object_unref);
  self->picture_names = g_ptr_array_new_with_free_func (g_free);
}

/**
 * smm_practice_new:
 * @paths: where the practice library is
 *
 * Returns: (transfer full): Practice mode, not started
 */
SmmPractice *
smm_practice_new (SmmPaths *paths)
{
  SmmPractice *self = g_object_new (SMM_TYPE_PRACTICE, NULL);

  self->paths = smm_paths_new (paths->profile);
  return self;
}
