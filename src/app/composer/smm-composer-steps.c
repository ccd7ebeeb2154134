/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Undo and Redo of switches and choices, which have no steps of their own as texts and media have.
 * A step tells what became of single options, so that what was written meanwhile stays.
 */

#include "config.h"

#include "smm-composer-private.h"

#include "smm-options.h"

typedef struct
{
  char *account_id;   /* whose options they are; NULL: those of all */
  GHashTable *before; /* char* → char*, "": not there */
  GHashTable *after;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->account_id);
  g_clear_pointer (&step->before, g_hash_table_unref);
  g_clear_pointer (&step->after, g_hash_table_unref);
  g_free (step);
}

/* A new post, or another one: there is nothing to take back. */
void
smm_composer_clear_steps (SmmComposer *self)
{
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->n_steps = 0;
}

/**
 * smm_composer_option_changed:
 * @self: a composer
 *
 * A switch was turned, or something chosen: as smm_composer_changed(), and Undo takes it back.
 */
void
smm_composer_option_changed (SmmComposer *self)
{
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) done = NULL;
  Step *step;

  if (self->loading || self->brand == NULL)
    return;
  before = smm_options_merge (self->options, NULL);
  smm_composer_take (self);
  done = smm_options_differ (self->options, before);
  if (done != NULL)
    {
      step = g_new0 (Step, 1);
      step->account_id = g_strdup (self->shown);
      step->before = smm_options_differ (before, self->options);
      step->after = g_steal_pointer (&done);
      g_ptr_array_set_size (self->steps, (int)self->n_steps);
      g_ptr_array_add (self->steps, step);
      self->n_steps = self->steps->len;
    }
  smm_composer_touch (self);
  smm_composer_update (self);
}

/**
 * smm_composer_step:
 * @self: a composer
 * @undo: back, or forward again
 *
 * Returns: %FALSE when there is no step to take
 */
gboolean
smm_composer_step (SmmComposer *self, gboolean undo)
{
  g_autoptr (GHashTable) options = NULL;
  Step *step;

  if (self->read_only || (undo ? self->n_steps == 0 : self->n_steps == self->steps->len))
    return FALSE;
  step = self->steps->pdata[undo ? --self->n_steps : self->n_steps++];
  if (g_strcmp0 (step->account_id, self->shown) != 0)
    smm_composer_show_variant (self, step->account_id);
  options = smm_options_merge (self->options, undo ? step->before : step->after);
  smm_composer_show_options (self, options);
  smm_composer_changed (self);
  return TRUE;
}
