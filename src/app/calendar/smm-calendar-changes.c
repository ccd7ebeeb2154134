/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-calendar-changes.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-state-icon.h"

struct _SmmCalendarChanges
{
  GObject parent_instance;

  SmmCalendarModel *model;
};

enum
{
  TOAST,
  APPLIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmCalendarChanges, smm_calendar_changes, G_TYPE_OBJECT)

/* --- Landings --- */

/* The clock's seconds stay when only days change. */
static gint64
land (SmmChip *chip, guint32 day, int minute, GTimeZone *zone)
{
  gint64 at = smm_day_get_time (day, minute, zone);

  if (chip->due_at != 0 && smm_time_get_minute (chip->due_at, zone) == minute)
    at += chip->due_at / G_USEC_PER_SEC % 60 * G_USEC_PER_SEC;
  return at;
}

/**
 * smm_calendar_plan_landings:
 * @chips: (element-type SmmChip): what moves
 * @anchor: the one of them that is held
 * @day: the julian day @anchor lands on
 * @minute: and when, 0–1439
 * @zone: zone of both
 *
 * Distances are those of clocks: 09:00 stays nine hours from midnight over a change to summer time.
 * What has no time yet lands with @anchor.
 *
 * Returns: (transfer full): for each of @chips, µs UTC
 */
GArray *
smm_calendar_plan_landings (GPtrArray *chips, SmmChip *anchor, guint32 day, int minute,
                            GTimeZone *zone)
{
  GArray *at = g_array_new (FALSE, FALSE, sizeof (gint64));
  int days = (int)day - (int)smm_time_get_day (anchor->due_at, zone);
  int minutes = minute - smm_time_get_minute (anchor->due_at, zone);

  for (guint i = 0; i < chips->len; i++)
    {
      SmmChip *chip = chips->pdata[i];
      gint64 landing;

      if (chip->due_at == 0 || anchor->due_at == 0)
        landing = land (chip, day, minute, zone);
      else
        landing = land (chip, smm_time_get_day (chip->due_at, zone) + days,
                        smm_time_get_minute (chip->due_at, zone) + minutes, zone);
      g_array_append_val (at, landing);
    }
  return at;
}

GArray *
smm_calendar_plan_shift (GPtrArray *chips, int days, int minutes, GTimeZone *zone)
{
  GArray *at = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < chips->len; i++)
    {
      SmmChip *chip = chips->pdata[i];
      gint64 landing = chip->due_at == 0
                           ? 0
                           : land (chip, smm_time_get_day (chip->due_at, zone) + days,
                                   smm_time_get_minute (chip->due_at, zone) + minutes, zone);

      g_array_append_val (at, landing);
    }
  return at;
}

/**
 * smm_calendar_why_not:
 * @chips: (element-type SmmChip): what would move
 * @at: (nullable): where each would land
 * @copies: whether they stay and copies land
 *
 * Returns: (nullable): why that can't be
 */
const char *
smm_calendar_why_not (GPtrArray *chips, GArray *at, gboolean copies)
{
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < chips->len && !copies; i++)
    {
      SmmChip *chip = chips->pdata[i];

      if (chip->state == SMM_TARGET_PUBLISHED)
        return _ ("What is published stays. Hold Ctrl to copy it.");
      if (smm_state_is_pinned (chip->state))
        return _ ("On its way right now: it can’t move");
    }
  for (guint i = 0; at != NULL && i < at->len; i++)
    if (g_array_index (at, gint64, i) <= now)
      return at->len > 1 ? _ ("Some would land in the past") : _ ("In the past");
  return NULL;
}

/* --- Commands --- */

static void
toast (SmmCalendarChanges *self, const char *text, gboolean undoable)
{
  g_signal_emit (self, signals[TOAST], 0, text, undoable);
}

/* The zone a post's time is meant in: its brand's. */
static char *
dup_zone (SmmCalendarChanges *self, SmmChip *chip)
{
  SmmBrand *shown = smm_calendar_model_get_brand (self->model);
  SmmStore *store = smm_library_get_store (smm_calendar_model_get_library (self->model));
  g_autoptr (SmmBrand) brand = NULL;

  if (shown != NULL && g_strcmp0 (shown->id, chip->brand_id) == 0)
    return g_strdup (shown->timezone);
  brand = store != NULL ? smm_store_get_brand (store, chip->brand_id) : NULL;
  return g_strdup (brand != NULL ? brand->timezone : "UTC");
}

static void
add_time (SmmCalendarChanges *self, GVariantDict *dict, SmmChip *chip, gint64 at)
{
  g_autofree char *zone = dup_zone (self, chip);
  g_autofree char *wall = smm_wall_time_format (at, zone);

  g_variant_dict_insert (dict, "wall", "s", wall);
  g_variant_dict_insert (dict, "zone", "s", zone);
}

static GVariant *
make_simple (const char *name, SmmChip *chip)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "id", "s", chip->post_id);
  return g_variant_new ("(s@a{sv})", name, g_variant_dict_end (&dict));
}

static GVariant *
make_move (SmmCalendarChanges *self, SmmChip *chip, gint64 at)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "id", "s", chip->post_id);
  add_time (self, &dict, chip, at);
  return g_variant_new ("(s@a{sv})", "post.reschedule", g_variant_dict_end (&dict));
}

typedef struct
{
  SmmCalendarChanges *self;
  char *text;
} Step;

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Step *step = user_data;
  g_autoptr (SmmCalendarChanges) self = step->self;
  g_autofree char *text = step->text;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  const char *label = NULL;
  guint32 n_skipped;

  /* Of many, some may have stayed as they were: then the library says how it went. */
  if (reply != NULL && g_variant_lookup (reply, "skipped", "u", &n_skipped))
    g_variant_lookup (reply, "label", "&s", &label);
  toast (self, reply == NULL ? error->message : label != NULL ? label : text, reply != NULL);
  g_signal_emit (self, signals[APPLIED], 0);
}

static void
send (SmmCalendarChanges *self, SmmCommand *command, char *text)
{
  Step *step = g_new0 (Step, 1);

  step->self = g_object_ref (self);
  step->text = text;
  smm_library_apply_async (smm_calendar_model_get_library (self->model), command, NULL, on_applied,
                           step);
}

/* @commands: (sa{sv}), floating; takes @text. */
static void
apply (SmmCalendarChanges *self, GPtrArray *commands, char *text)
{
  g_autoptr (SmmCommand) command = NULL;

  if (commands->len == 1)
    {
      g_autoptr (GVariant) only = g_variant_ref_sink (commands->pdata[0]);
      g_autoptr (GVariant) args = g_variant_get_child_value (only, 1);
      const char *name;

      g_variant_get_child (only, 0, "&s", &name);
      command = smm_command_new (name, args);
    }
  else
    command = smm_command_new (
        "batch", g_variant_new_parsed ("{'commands': <%*>}",
                                       g_variant_new_array (G_VARIANT_TYPE ("(sa{sv})"),
                                                            (GVariant *const *)commands->pdata,
                                                            commands->len)));
  send (self, command, text);
}

static char *
describe_move (SmmCalendarChanges *self, SmmChip *chip, gint64 at, guint n, gboolean copy)
{
  g_autofree char *when = smm_time_format_relative (at, smm_calendar_model_get_zone (self->model));

  if (n > 1 && copy)
    return g_strdup_printf (g_dngettext (NULL, "%u post copied", "%u posts copied", n), n);
  if (n > 1)
    return g_strdup_printf (g_dngettext (NULL, "%u post moved", "%u posts moved", n), n);
  if (copy)
    /* Translators: %s is a time: Copied to tomorrow 17:30 */
    return g_strdup_printf (_ ("Copied to %s"), when);
  /* Translators: %s is a time: Moved to tomorrow 17:30 */
  return g_strdup_printf (chip->due_at != 0 ? _ ("Moved to %s") : _ ("Scheduled for %s"), when);
}

/* The library makes them of what the posts are: one command, one step of undo. */
static void
copy (SmmCalendarChanges *self, GPtrArray *chips, GArray *at)
{
  g_auto (GVariantBuilder) copies = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_auto (GVariantBuilder) times = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));
  g_autoptr (SmmCommand) command = NULL;
  guint first = 0, n = 0;

  for (guint i = 0; i < chips->len; i++)
    {
      SmmChip *chip = chips->pdata[i];
      gint64 landing = g_array_index (at, gint64, i);
      g_autofree char *id = smm_id_new ();
      g_autofree char *zone = dup_zone (self, chip);
      g_autofree char *wall = NULL;

      if (landing == 0)
        continue;
      wall = smm_wall_time_format (landing, zone);
      g_variant_builder_add (&copies, "(ss)", chip->post_id, id);
      g_variant_builder_add (&times, "(ss)", wall, zone);
      if (n++ == 0)
        first = i;
    }
  if (n == 0)
    return;
  command = smm_command_new ("posts.duplicate",
                             g_variant_new_parsed ("{'copies': <%@a(ss)>, 'times': <%@a(ss)>}",
                                                   g_variant_builder_end (&copies),
                                                   g_variant_builder_end (&times)));
  send (self, command,
        describe_move (self, chips->pdata[first], g_array_index (at, gint64, first), n, TRUE));
}

/* @at: where each lands; 0: it stays. */
static gboolean
move (SmmCalendarChanges *self, GPtrArray *chips, GArray *at)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new ();
  guint first = 0;

  for (guint i = 0; i < chips->len; i++)
    {
      SmmChip *chip = chips->pdata[i];
      gint64 landing = g_array_index (at, gint64, i);

      if (landing == 0 || landing == chip->due_at)
        continue;
      if (commands->len == 0)
        first = i;
      g_ptr_array_add (commands, make_move (self, chip, landing));
    }
  if (commands->len == 0)
    return FALSE;
  apply (self, commands,
         describe_move (self, chips->pdata[first], g_array_index (at, gint64, first), commands->len,
                        FALSE));
  return TRUE;
}

/**
 * smm_calendar_changes_move:
 * @self: the changes
 * @chips: (element-type SmmChip): posts
 * @at: where each lands, µs UTC; 0: it stays
 * @copies: whether copies of them land there instead
 */
gboolean
smm_calendar_changes_move (SmmCalendarChanges *self, GPtrArray *chips, GArray *at, gboolean copies)
{
  const char *why = smm_calendar_why_not (chips, at, copies);

  if (why != NULL)
    {
      toast (self, why, FALSE);
      return FALSE;
    }
  if (!copies)
    return move (self, chips, at);
  copy (self, chips, at);
  return TRUE;
}

gboolean
smm_calendar_changes_unschedule (SmmCalendarChanges *self, GPtrArray *chips)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new ();
  const char *why = smm_calendar_why_not (chips, NULL, FALSE);

  if (why != NULL)
    {
      toast (self, why, FALSE);
      return FALSE;
    }
  for (guint i = 0; i < chips->len; i++)
    if (((SmmChip *)chips->pdata[i])->due_at != 0)
      g_ptr_array_add (commands, make_simple ("post.unschedule", chips->pdata[i]));
  if (commands->len == 0)
    return FALSE;
  apply (self, commands,
         commands->len == 1
             ? g_strdup (_ ("Back among the drafts"))
             : g_strdup_printf (g_dngettext (NULL, "%u post is back among the drafts",
                                             "%u posts are back among the drafts", commands->len),
                                commands->len));
  return TRUE;
}

static gboolean
is_to_be_cancelled (SmmChip *chip)
{
  return chip->state == SMM_TARGET_SCHEDULED || chip->state == SMM_TARGET_HELD;
}

gboolean
smm_calendar_changes_remove (SmmCalendarChanges *self, GPtrArray *chips)
{
  g_autoptr (GPtrArray) commands = g_ptr_array_new ();
  guint n_cancelled = 0, n;
  char *text;

  for (guint i = 0; i < chips->len; i++)
    {
      SmmChip *chip = chips->pdata[i];

      if (smm_state_is_pinned (chip->state))
        {
          toast (self,
                 chip->state == SMM_TARGET_PUBLISHED
                     ? _ ("This post is public. Open it to remove it from its platform.")
                     : _ ("On its way right now: it can’t be cancelled"),
                 FALSE);
          return FALSE;
        }
      n_cancelled += is_to_be_cancelled (chip);
      g_ptr_array_add (
          commands, make_simple (is_to_be_cancelled (chip) ? "post.cancel" : "post.delete", chip));
    }
  n = commands->len;
  if (n == 0)
    return FALSE;
  if (n_cancelled == n)
    text = g_strdup_printf (g_dngettext (NULL, "%u post cancelled", "%u posts cancelled", n), n);
  else if (n_cancelled == 0)
    text = g_strdup_printf (g_dngettext (NULL, "%u post deleted", "%u posts deleted", n), n);
  else
    text = g_strdup_printf (
        g_dngettext (NULL, "%u post cancelled or deleted", "%u posts cancelled or deleted", n), n);
  apply (self, commands, text);
  return TRUE;
}

/* --- Notes --- */

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmCalendarChanges) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);
  const char *label = NULL;

  /* Nothing was changed: nothing is said. */
  if (reply != NULL && g_variant_lookup (reply, "label", "&s", &label))
    toast (self, label, TRUE);
  else if (error != NULL)
    toast (self, error->message, FALSE);
  g_signal_emit (self, signals[APPLIED], 0);
}

void
smm_calendar_changes_set_note (SmmCalendarChanges *self, const char *brand_id, const char *day,
                               const char *text)
{
  g_autoptr (SmmCommand) command = smm_command_new (
      "note.set",
      g_variant_new_parsed ("{'brand': <%s>, 'day': <%s>, 'text': <%s>}", brand_id, day, text));

  smm_library_apply_async (smm_calendar_model_get_library (self->model), command, NULL, on_noted,
                           g_object_ref (self));
}

/* --- The object --- */

static void
smm_calendar_changes_dispose (GObject *object)
{
  g_clear_object (&SMM_CALENDAR_CHANGES (object)->model);
  G_OBJECT_CLASS (smm_calendar_changes_parent_class)->dispose (object);
}

static void
smm_calendar_changes_class_init (SmmCalendarChangesClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_calendar_changes_dispose;
  signals[TOAST] = g_signal_new ("toast", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[APPLIED]
      = g_signal_new ("applied", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
smm_calendar_changes_init (SmmCalendarChanges *self)
{
}

SmmCalendarChanges *
smm_calendar_changes_new (SmmCalendarModel *model)
{
  SmmCalendarChanges *self = g_object_new (SMM_TYPE_CALENDAR_CHANGES, NULL);

  self->model = g_object_ref (model);
  return self;
}
