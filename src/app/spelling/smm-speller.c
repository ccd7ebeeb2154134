/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-speller.h"

/* What a whole day of writing in three languages comes to is a tenth of it. */
#define MAX_KNOWN 50000

struct _SmmSpeller
{
  GObject parent_instance;

  GThreadPool *pool;    /* of one thread: what is asked is answered in its order */
  GPtrArray *languages; /* SmmLanguage; NULL until they are known */
  GHashTable *known;    /* "en_US\nword" → SmmSpelling */
  GSettings *settings;
  GHashTable *choices; /* brand → language: where there are no settings, for as long as we run */
  gboolean off;
  gboolean asked;
};

enum
{
  READY,
  LEARNT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmSpeller, smm_speller, G_TYPE_OBJECT)

/* --- What goes to the thread and comes back --- */

typedef struct _Job Job;
struct _Job
{
  SmmSpeller *self;
  void (*work) (Job *job); /* in the thread */
  void (*end) (Job *job);  /* in the main one */
  char *language;
  char **words;
  GArray *spellings;
  GPtrArray *languages;
  SmmSpellTeach teach;
  GTask *task;
};

static void
job_free (Job *job)
{
  g_object_unref (job->self);
  g_free (job->language);
  g_strfreev (job->words);
  g_clear_pointer (&job->spellings, g_array_unref);
  g_clear_pointer (&job->languages, g_ptr_array_unref);
  g_clear_object (&job->task);
  g_free (job);
}

static gboolean
end_cb (gpointer user_data)
{
  Job *job = user_data;

  job->end (job);
  job_free (job);
  return G_SOURCE_REMOVE;
}

static void
work (gpointer data, gpointer user_data)
{
  Job *job = data;

  job->work (job);
  g_idle_add (end_cb, job);
}

static void
push (SmmSpeller *self, Job *job, void (*do_work) (Job *), void (*do_end) (Job *))
{
  job->self = g_object_ref (self);
  job->work = do_work;
  job->end = do_end;
  g_thread_pool_push (self->pool, job, NULL);
}

/* --- Languages --- */

static void
list_work (Job *job)
{
  g_auto (GStrv) tags = smm_spell_backend_list ();

  job->languages = smm_languages_describe ((const char *const *)tags);
}

static void
list_end (Job *job)
{
  job->self->languages = g_steal_pointer (&job->languages);
  g_signal_emit (job->self, signals[READY], 0);
}

/**
 * smm_speller_load:
 * @self: the speller
 *
 * "ready" when it is done.
 */
void
smm_speller_load (SmmSpeller *self)
{
  if (self->asked)
    return;
  self->asked = TRUE;
  push (self, g_new0 (Job, 1), list_work, list_end);
}

GPtrArray *
smm_speller_get_languages (SmmSpeller *self)
{
  return self->languages;
}

/* --- Words --- */

static char *
make_key (const char *language, const char *word)
{
  return g_strconcat (language, "\n", word, NULL);
}

SmmSpelling
smm_speller_look_up (SmmSpeller *self, const char *language, const char *word)
{
  g_autofree char *key = make_key (language, word);

  return GPOINTER_TO_INT (g_hash_table_lookup (self->known, key));
}

static void
check_work (Job *job)
{
  job->spellings = g_array_new (FALSE, FALSE, sizeof (SmmSpelling));
  for (guint i = 0; job->words[i] != NULL; i++)
    {
      SmmSpelling spelling = smm_spell_backend_check (job->language, job->words[i]);

      g_array_append_val (job->spellings, spelling);
    }
}

static void
check_end (Job *job)
{
  SmmSpeller *self = job->self;

  if (g_hash_table_size (self->known) > MAX_KNOWN)
    g_hash_table_remove_all (self->known);
  for (guint i = 0; i < job->spellings->len; i++)
    g_hash_table_insert (self->known, make_key (job->language, job->words[i]),
                         GINT_TO_POINTER (g_array_index (job->spellings, SmmSpelling, i)));
  g_signal_emit (self, signals[LEARNT], 0, FALSE);
}

/**
 * smm_speller_ask:
 * @self: the speller
 * @language: "en_US"
 * @words: what is to be looked up
 */
void
smm_speller_ask (SmmSpeller *self, const char *language, const char *const *words)
{
  Job *job = g_new0 (Job, 1);

  job->language = g_strdup (language);
  job->words = g_strdupv ((char **)words);
  push (self, job, check_work, check_end);
}

static void
suggest_work (Job *job)
{
  char **found = NULL;

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (job->task)))
    found = smm_spell_backend_suggest (job->language, job->words[0]);
  g_strfreev (job->words);
  job->words = found;
}

static void
suggest_end (Job *job)
{
  g_task_return_pointer (job->task, g_steal_pointer (&job->words), (GDestroyNotify)g_strfreev);
}

/**
 * smm_speller_suggest_async:
 * @self: the speller
 * @language: "en_US"
 * @word: what is wrong
 * @cancellable: (nullable): when nobody wants to know any more
 * @callback: called with what it could be
 * @user_data: for @callback
 */
void
smm_speller_suggest_async (SmmSpeller *self, const char *language, const char *word,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Job *job = g_new0 (Job, 1);
  const char *words[] = { word, NULL };

  job->language = g_strdup (language);
  job->words = g_strdupv ((char **)words);
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, smm_speller_suggest_async);
  push (self, job, suggest_work, suggest_end);
}

char **
smm_speller_suggest_finish (SmmSpeller *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
teach_work (Job *job)
{
  smm_spell_backend_teach (job->language, job->words[0], job->teach);
}

/* "bread" added makes "Bread" right too: what is known of the language is asked anew. */
static void
teach_end (Job *job)
{
  g_hash_table_remove_all (job->self->known);
  g_signal_emit (job->self, signals[LEARNT], 0, TRUE);
}

/**
 * smm_speller_teach:
 * @self: the speller
 * @language: "en_US"
 * @word: what the user says of it: @how
 * @how: see SmmSpellTeach
 */
void
smm_speller_teach (SmmSpeller *self, const char *language, const char *word, SmmSpellTeach how)
{
  Job *job = g_new0 (Job, 1);
  const char *words[] = { word, NULL };

  job->language = g_strdup (language);
  job->words = g_strdupv ((char **)words);
  job->teach = how;
  push (self, job, teach_work, teach_end);
}

/* --- What the user chose --- */

void
smm_speller_set_settings (SmmSpeller *self, GSettings *settings)
{
  g_set_object (&self->settings, settings);
}

gboolean
smm_speller_is_on (SmmSpeller *self)
{
  return self->settings != NULL ? g_settings_get_boolean (self->settings, "check-spelling")
                                : !self->off;
}

void
smm_speller_set_on (SmmSpeller *self, gboolean on)
{
  self->off = !on;
  if (self->settings != NULL)
    g_settings_set_boolean (self->settings, "check-spelling", on);
}

char *
smm_speller_dup_choice (SmmSpeller *self, const char *brand_id)
{
  g_autoptr (GVariant) all = NULL;
  char *language = NULL;

  if (self->settings == NULL)
    return g_strdup (g_hash_table_lookup (self->choices, brand_id));
  all = g_settings_get_value (self->settings, "spelling-languages");
  g_variant_lookup (all, brand_id, "s", &language);
  return language;
}

void
smm_speller_choose (SmmSpeller *self, const char *brand_id, const char *language)
{
  g_autoptr (GVariant) all = NULL;
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  GVariantIter iter;
  const char *key, *value;

  g_hash_table_insert (self->choices, g_strdup (brand_id), g_strdup (language));
  if (self->settings == NULL)
    return;
  all = g_settings_get_value (self->settings, "spelling-languages");
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    if (!g_str_equal (key, brand_id))
      g_variant_builder_add (&builder, "{ss}", key, value);
  g_variant_builder_add (&builder, "{ss}", brand_id, language);
  g_settings_set_value (self->settings, "spelling-languages", g_variant_builder_end (&builder));
}

/* --- The object --- */

static void
smm_speller_class_init (SmmSpellerClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[READY]
      = g_signal_new ("ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEARNT] = g_signal_new ("learnt", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
smm_speller_init (SmmSpeller *self)
{
  self->pool = g_thread_pool_new (work, NULL, 1, FALSE, NULL);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

SmmSpeller *
smm_speller_get_default (void)
{
  static SmmSpeller *speller = NULL;

  if (speller == NULL)
    speller = g_object_new (SMM_TYPE_SPELLER, NULL);
  return speller;
}
