/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What must hold after every event, and at the end. What the public sees is the truth; the library
 * is held against it. Posts with the same text on the same account can't be told apart by anybody,
 * so they are counted together.
 */

#include "config.h"

#include "sim.h"

#include "smm-store-private.h"

#include <string.h>

/* One target with what its journal says last. */
typedef struct
{
  const char *id, *reason_code, *reason, *fix, *remote_id, *permalink, *commit_state, *text;
  const char *comment_state; /* NULL: nothing was begun */
  int post, account, attempt, commit_attempt;
  SmmTargetState state;
  gint64 due_at, next_at;
  gboolean deleted;
} Row;

typedef struct
{
  int published;
  int open;          /* publishing, unconfirmed, handed over, being removed */
  int ours, by_hand; /* what the public sees, or will see without us */
  int comments;      /* of ours, in public */
  int comments_done, comments_open;
} Count;

typedef struct
{
  Count counts[N_ACCOUNTS][MAX_POSTS];
  int n_rows[MAX_POSTS];
  gint64 next_at;
} Tally;

static SmmStore *
get_store (Sim *sim)
{
  return smm_library_get_store (SMM_LIBRARY (sim->library));
}

static const char *
column (sqlite3_stmt *stmt, int n)
{
  return (const char *)sqlite3_column_text (stmt, n);
}

static gboolean
next_row (Sim *sim, sqlite3_stmt *stmt, Row *row)
{
  if (stmt == NULL || sqlite3_step (stmt) != SQLITE_ROW)
    return FALSE;
  row->id = column (stmt, 0);
  row->post = atoi (column (stmt, 1) + 1);
  for (row->account = 0; strcmp (column (stmt, 2), sim->accounts[row->account].id) != 0;)
    row->account++;
  row->state = sqlite3_column_int (stmt, 3);
  row->attempt = sqlite3_column_int (stmt, 4);
  row->due_at = sqlite3_column_int64 (stmt, 5);
  row->next_at = sqlite3_column_int64 (stmt, 6);
  row->reason_code = column (stmt, 7);
  row->reason = column (stmt, 8);
  row->fix = column (stmt, 9);
  row->remote_id = column (stmt, 10);
  row->commit_state = column (stmt, 11);
  row->commit_attempt = sqlite3_column_int (stmt, 12);
  row->text = column (stmt, 13);
  row->permalink = column (stmt, 14);
  row->comment_state = column (stmt, 15);
  row->deleted = sqlite3_column_int64 (stmt, 16) != 0;
  return TRUE;
}

static sqlite3_stmt *
list_rows (Sim *sim)
{
  return smm_store_prepare (
      get_store (sim),
      "SELECT t.id, t.post_id, t.account_id, t.state, t.attempt, t.due_at, t.next_at, "
      "t.reason_code, t.reason, t.fix, t.remote_id, j.state, j.attempt, p.text, t.permalink, "
      "f.value, p.deleted_at FROM target t JOIN post p ON p.id = t.post_id "
      "LEFT JOIN journal j ON j.id = "
      "(SELECT max (id) FROM journal WHERE target_id = t.id AND kind = 'commit' "
      "AND state <> 'refused') AND NOT EXISTS (SELECT 1 FROM journal r WHERE "
      "r.target_id = t.id AND r.id > j.id AND r.kind = 'remove' AND r.state = 'done') "
      "LEFT JOIN fact f ON f.target_id = t.id AND f.key = 'comment.state' ORDER BY t.id");
}

/* --- Each target --- */

/* White space aside. */
static gboolean
is_same_text (const char *one, const char *other)
{
  for (;;)
    {
      while (g_ascii_isspace (*one))
        one++;
      while (g_ascii_isspace (*other))
        other++;
      if (*one != *other)
        return FALSE;
      if (*one == '\0')
        return TRUE;
      one++;
      other++;
    }
}

static gboolean
is_handed_over (const Row *row)
{
  return row->state == SMM_TARGET_SCHEDULED && row->remote_id != NULL;
}

static gboolean
is_being_removed (const Row *row)
{
  return row->state == SMM_TARGET_PUBLISHED && g_strcmp0 (row->reason_code, "removing") == 0;
}

/* Another one of ours that could be seen in the list when this one was taken. */
static gboolean
was_ambiguous (Sim *sim, const Row *row, int group)
{
  for (guint i = 0; i < sim->visible->len; i++)
    {
      SimVisible *visible = sim->visible->pdata[i];

      if (visible->account == (SimAccountIndex)row->account && visible->group == group
          && !visible->by_hand && sim_is_shown (sim, visible) && !visible->taken
          && visible->listed_at < sim->now - SECOND)
        return TRUE;
    }
  return FALSE;
}

static void
check_published (Sim *sim, const Row *row)
{
  int group = sim->posts[row->post].group;
  SimVisible *visible;

  if (g_strcmp0 (row->commit_state, "done") != 0)
    sim_fault (sim, "%s is published, its journal says %s", row->id, row->commit_state);
  if (sim->peaceful && row->permalink == NULL)
    sim_fault (sim, "%s is published and has no address although nothing went wrong", row->id);
  if (row->remote_id == NULL)
    return;
  visible = sim_find_visible (sim, row->remote_id);
  if (visible == NULL || visible->account != (SimAccountIndex)row->account
      || visible->group != group)
    sim_fault (sim, "%s is called published as %s, which is not it", row->id, row->remote_id);
  else if (!visible->textless && !is_same_text (visible->text, row->text)
           && g_strcmp0 (row->reason_code, "untold") != 0 && !is_being_removed (row)
           && g_strcmp0 (row->reason_code, "remove-failed") != 0)
    sim_fault (sim, "%s reads “%s” in public and “%s” here", row->id, visible->text, row->text);
  else if (visible->by_hand && sim->seen[row->post][row->account] != SMM_TARGET_PUBLISHED
           && was_ambiguous (sim, row, group))
    sim_fault (sim, "%s took a post made by hand for itself although there were two", row->id);
  if (visible != NULL)
    visible->taken = TRUE;
}

static void
check_open (Sim *sim, const Row *row)
{
  gboolean same_attempt = row->commit_state != NULL && row->commit_attempt == row->attempt;

  /* One that is ending begins nothing more: whoever starts next settles what it leaves. */
  if (row->next_at == 0 && !sim->stopping && smm_engine_get_n_in_flight (sim->engine) == 0
      && sim->armed_at == 0 && sim->n_pending == 0 && g_strcmp0 (row->fix, "resolve") != 0)
    sim_fault (sim, "%s is %s and nobody will ever look after it", row->id,
               smm_target_state_to_string (row->state));
  /* "done": it arrived, and what came of it was not told yet. */
  if (row->state == SMM_TARGET_UNCONFIRMED
      && !(same_attempt
           && (strcmp (row->commit_state, "unclear") == 0
               || strcmp (row->commit_state, "done") == 0)))
    sim_fault (sim, "%s is unconfirmed, its journal says %s", row->id, row->commit_state);
  if (row->state == SMM_TARGET_UNCONFIRMED && row->reason == NULL)
    sim_fault (sim, "%s is unconfirmed and nobody is told why", row->id);
  if (row->state == SMM_TARGET_PUBLISHING && same_attempt
      && strcmp (row->commit_state, "unclear") == 0)
    sim_fault (sim, "%s is publishing although its commit is not settled", row->id);
}

/* The platform publishes it by itself. */
static void
check_handed_over (Sim *sim, const Row *row)
{
  if (g_strcmp0 (row->commit_state, "done") != 0)
    sim_fault (sim, "%s is handed over, its journal says %s", row->id, row->commit_state);
  if (row->next_at == 0)
    sim_fault (sim, "%s is handed over and nobody will ever look after it", row->id);
  if (row->reason_code == NULL)
    sim_fault (sim, "%s is handed over and does not say so", row->id);
}

static void
check_settled (Sim *sim, const Row *row)
{
  if ((row->state == SMM_TARGET_FAILED || row->state == SMM_TARGET_HELD)
      && (row->reason_code == NULL || row->reason == NULL))
    sim_fault (sim, "%s is %s (%s) without a reason", row->id,
               smm_target_state_to_string (row->state), row->reason_code);
  /* Accounts are never deleted here, and of a deleted post nothing is under way. */
  if (g_strcmp0 (row->reason_code, "gone") == 0 && !row->deleted)
    sim_fault (sim, "%s is called gone and is there", row->id);
  if (row->commit_state != NULL)
    sim_fault (sim, "%s is %s, its journal has a commit that is %s", row->id,
               smm_target_state_to_string (row->state), row->commit_state);
}

static void
note_change (Sim *sim, const Row *row)
{
  sim->statistics.became[row->state]++;
  sim->statistics.published[sim->posts[row->post].form] += row->state == SMM_TARGET_PUBLISHED;
  sim->statistics.removed += g_strcmp0 (row->reason_code, "removed") == 0;
  sim->statistics.handed_over += is_handed_over (row);
  sim_tell (sim, "%s is %s, attempt %d%s%s", row->id, smm_target_state_to_string (row->state),
            row->attempt, row->reason_code != NULL ? ": " : "",
            row->reason_code != NULL ? row->reason_code : "");
}

static void
check_row (Sim *sim, const Row *row)
{
  SmmTargetState before = sim->seen[row->post][row->account];

  if (before == SMM_TARGET_PUBLISHED && row->state != SMM_TARGET_PUBLISHED
      && g_strcmp0 (row->reason_code, "removed") != 0 && sim->n_commands == sim->checked_commands)
    sim_fault (sim, "%s was published and is %s now", row->id,
               smm_target_state_to_string (row->state));
  /* What people took off stays off until people say otherwise. */
  if (before == SMM_TARGET_CANCELLED && row->state != before
      && sim->n_commands == sim->checked_commands)
    sim_fault (sim, "%s was cancelled and is %s now", row->id,
               smm_target_state_to_string (row->state));
  switch (row->state)
    {
    case SMM_TARGET_PUBLISHED:
      check_published (sim, row);
      break;
    case SMM_TARGET_PUBLISHING:
    case SMM_TARGET_UNCONFIRMED:
      check_open (sim, row);
      break;
    case SMM_TARGET_SCHEDULED:
      if (is_handed_over (row))
        check_handed_over (sim, row);
      else
        check_settled (sim, row);
      break;
    case SMM_TARGET_FAILED:
    case SMM_TARGET_HELD:
    case SMM_TARGET_DRAFT:
    case SMM_TARGET_CANCELLED:
    default:
      check_settled (sim, row);
      break;
    }
  if (row->state != before)
    note_change (sim, row);
  sim->seen[row->post][row->account] = row->state;
}

/* --- All of them --- */

static void
count_public (Sim *sim, Tally *tally)
{
  for (guint i = 0; i < sim->visible->len; i++)
    {
      SimVisible *visible = sim->visible->pdata[i];

      if (visible->group < 0 || visible->gone)
        continue;
      if (visible->by_hand)
        tally->counts[visible->account][visible->group].by_hand++;
      else
        tally->counts[visible->account][visible->group].ours++;
    }
  for (guint i = 0; i < sim->comments->len; i++)
    {
      SimComment *comment = sim->comments->pdata[i];
      SimVisible *visible = sim_find_visible (sim, comment->on);

      if (comment->group >= 0 && !visible->gone)
        tally->counts[comment->account][comment->group].comments++;
    }
}

/* At most one comment a post, and what is said of it is so. */
static void
check_comments (Sim *sim, const Count *count, int account, int group)
{
  if (count->comments > count->comments_done + count->comments_open)
    sim_fault (sim, "the comment on text %d stands %d times on %s, where %d are done, %d open",
               group, count->comments, sim->accounts[account].id, count->comments_done,
               count->comments_open);
  if (count->comments < count->comments_done)
    sim_fault (sim, "the comment on text %d stands %d times on %s, where %d are called done", group,
               count->comments, sim->accounts[account].id, count->comments_done);
}

static void
check_counts (Sim *sim, const Tally *tally)
{
  for (int account = 0; account < N_ACCOUNTS; account++)
    for (int group = 0; group < sim->n_posts; group++)
      {
        const Count *count = &tally->counts[account][group];

        if (count->ours > count->published + count->open)
          sim_fault (sim,
                     "text %d is public %d times on %s, where %d are called published and %d "
                     "are open",
                     group, count->ours, sim->accounts[account].id, count->published, count->open);
        if (count->ours + count->by_hand < count->published)
          sim_fault (sim, "text %d is public %d times on %s, where %d are called published", group,
                     count->ours, sim->accounts[account].id, count->published);
        if (!sim->ambiguous[account][group])
          check_comments (sim, count, account, group);
      }
}

/* Something is planned, nothing is under way: then the timer must run. */
static void
check_timer (Sim *sim, gint64 next_at)
{
  if (next_at == 0 || sim->n_pending > 0 || sim->stopping
      || smm_engine_get_paused_until (sim->engine) >= 0
      || smm_engine_get_n_in_flight (sim->engine) > 0)
    return;
  if (sim->armed_at == 0 || sim->armed_at > MAX (next_at, sim_local_now (sim)) + 31 * SECOND)
    sim_fault (sim, "something is planned and no timer runs");
}

static void
count_comment (const Row *row, Count *count)
{
  if (row->state != SMM_TARGET_PUBLISHED || row->comment_state == NULL)
    return;
  if (strcmp (row->comment_state, "done") == 0 && !is_being_removed (row))
    count->comments_done++;
  else if (strcmp (row->comment_state, "sending") == 0
           || is_being_removed (row)
           /* Nobody ever told, and that is what is said. */
           || g_strcmp0 (row->reason_code, "comment-unclear") == 0)
    count->comments_open++;
}

static void
tally_rows (Sim *sim, Tally *tally)
{
  sqlite3_stmt *stmt = list_rows (sim);
  Row row;

  while (next_row (sim, stmt, &row))
    {
      Count *count = &tally->counts[row.account][sim->posts[row.post].group];

      tally->n_rows[row.post]++;
      count->published += row.state == SMM_TARGET_PUBLISHED && !is_being_removed (&row);
      count->open += row.state == SMM_TARGET_PUBLISHING || row.state == SMM_TARGET_UNCONFIRMED
                     || is_handed_over (&row) || is_being_removed (&row);
      count_comment (&row, count);
      if (row.next_at > 0 && (tally->next_at == 0 || row.next_at < tally->next_at))
        tally->next_at = row.next_at;
      check_row (sim, &row);
    }
  if (stmt != NULL)
    sqlite3_reset (stmt);
}

static void
check_nothing_lost (Sim *sim, const Tally *tally)
{
  for (int i = 0; i < sim->n_posts; i++)
    if (sim->posts[i].added
        && tally->n_rows[i]
               != sim->posts[i].wants[SIM_FACEBOOK] + sim->posts[i].wants[SIM_INSTAGRAM]
                      + sim->posts[i].wants[SIM_TIKTOK])
      sim_fault (sim, "%s was planned and is not there any more", sim->posts[i].id);
}

/**
 * sim_check:
 * @sim: a history, after an event
 */
void
sim_check (Sim *sim)
{
  guint64 commits;
  Tally tally = { 0 };

  /* Of a disk that has just failed the library itself believes nothing, and nothing is sent. */
  if (sim->engine == NULL || sim->dead || smm_store_is_doubtful (get_store (sim)))
    return;
  commits = smm_store_get_n_commits (get_store (sim));
  if (commits == sim->checked_commits && sim->world_version == sim->checked_world
      && sim->life == sim->checked_life)
    return;
  sim_disk_spare (TRUE);
  tally_rows (sim, &tally);
  sim_disk_spare (FALSE);
  count_public (sim, &tally);
  check_counts (sim, &tally);
  check_nothing_lost (sim, &tally);
  check_timer (sim, tally.next_at);
  sim->checked_commits = commits;
  sim->checked_commands = sim->n_commands;
  sim->checked_world = sim->world_version;
  sim->checked_life = sim->life;
}

/* A comment is public at once as well. */
static void
check_send_comment (Sim *sim, const char *target_id)
{
  g_autoptr (GHashTable) facts = smm_store_get_facts (get_store (sim), target_id);
  g_autoptr (SmmTarget) target = smm_store_get_target (get_store (sim), target_id);

  sim->statistics.comments++;
  if (target == NULL || target->state != SMM_TARGET_PUBLISHED)
    sim_fault (sim, "a comment for %s, which is not published", target_id);
  else if (g_strcmp0 (g_hash_table_lookup (facts, "comment.state"), "sending") != 0)
    sim_fault (sim, "the comment of %s is sent without an intent", target_id);
  else if (!sim_disk_is_synced ())
    sim_fault (sim, "the comment of %s is sent before its intent is durable", target_id);
}

/* TikTok is asked by POST, too. */
static gboolean
is_question (SmmRequest *request)
{
  return strcmp (request->method, "GET") == 0
         || (request->path != NULL
             && (g_str_has_suffix (request->path, "/status/fetch/")
                 || g_str_has_suffix (request->path, "/creator_info/query/")));
}

/**
 * sim_check_send:
 * @sim: a history
 * @request: about to leave
 * @target_id: (nullable): for whom
 *
 * Nothing that makes a post public leaves before its intent is on the disk.
 */
void
sim_check_send (Sim *sim, SmmRequest *request, const char *target_id)
{
  g_autoptr (SmmJournalEntry) commit = NULL;
  g_autoptr (SmmTarget) target = NULL;

  if (smm_store_is_doubtful (get_store (sim)) && !is_question (request))
    sim_fault (sim, "%s is sent although the disk has failed", target_id);
  if (strcmp (request->method, "POST") == 0 && g_str_has_suffix (request->path, "/comments"))
    check_send_comment (sim, target_id);
  if (!sim_request_is_commit (request))
    return;
  sim_disk_spare (TRUE);
  commit = smm_store_get_last_commit (get_store (sim), target_id);
  target = smm_store_get_target (get_store (sim), target_id);
  sim_disk_spare (FALSE);
  if (target == NULL || target->state != SMM_TARGET_PUBLISHING)
    sim_fault (sim, "%s is sent and not publishing", target_id);
  else if (commit == NULL || strcmp (commit->state, "intent") != 0
           || commit->attempt != target->attempt)
    sim_fault (sim, "%s is sent without an intent in the journal", target_id);
  else if (!sim_disk_is_synced ())
    sim_fault (sim, "%s is sent before its intent is durable", target_id);
}

/* --- The end --- */

static void
check_end_published (Sim *sim, const Row *row)
{
  SimPost *post = &sim->posts[row->post];
  gboolean wanted = *post->comment != '\0' && row->account != SIM_TIKTOK;
  gboolean written = g_strcmp0 (row->comment_state, "done") == 0;

  if (is_being_removed (row))
    sim_fault (sim, "%s is being removed for ever", row->id);
  if (wanted && !sim->ambiguous[row->account][post->group] && !written
      && g_strcmp0 (row->comment_state, "failed") != 0
      && g_strcmp0 (row->reason_code, "you-said-public") != 0)
    sim_fault (sim, "the comment of %s is forgotten (%s)", row->id, row->comment_state);
  if (g_strcmp0 (row->comment_state, "failed") == 0 && row->reason_code == NULL)
    sim_fault (sim, "the comment of %s failed and nobody is told", row->id);
  if (sim->peaceful && wanted && !written)
    sim_fault (sim, "the comment of %s is missing although nothing went wrong", row->id);
}

static void
check_end_row (Sim *sim, const Row *row)
{
  SimPost *post = &sim->posts[row->post];

  switch (row->state)
    {
    case SMM_TARGET_PUBLISHED:
      check_end_published (sim, row);
      break;
    case SMM_TARGET_PUBLISHING:
      sim_fault (sim, "%s is publishing for ever", row->id);
      break;
    case SMM_TARGET_UNCONFIRMED:
      if (!sim->ambiguous[row->account][post->group])
        sim_fault (sim, "%s is unconfirmed for ever", row->id);
      break;
    case SMM_TARGET_SCHEDULED:
      sim_fault (sim, "%s is due and still waits", row->id);
      break;
    case SMM_TARGET_CANCELLED:
    case SMM_TARGET_DRAFT:
      if (!post->cancelled && g_strcmp0 (row->reason_code, "too-late") != 0)
        sim_fault (sim, "%s is %s and nobody asked for that", row->id,
                   smm_target_state_to_string (row->state));
      break;
    default:
      break;
    }
  if (sim->peaceful && row->state != SMM_TARGET_PUBLISHED)
    sim_fault (sim, "%s is %s although nothing went wrong", row->id,
               smm_target_state_to_string (row->state));
}

/**
 * sim_check_end:
 * @sim: a history in which nothing happens any more
 *
 * Everything that was due is out, or its user has been told why not.
 */
void
sim_check_end (Sim *sim)
{
  sqlite3_stmt *stmt;
  Row row;

  if (sim->engine == NULL)
    {
      sim_fault (sim, "no publisher runs at the end");
      return;
    }
  if (smm_store_is_doubtful (get_store (sim)))
    sim_fault (sim, "the disk works and the library was not opened again");
  stmt = list_rows (sim);
  while (next_row (sim, stmt, &row))
    check_end_row (sim, &row);
  if (stmt != NULL)
    sqlite3_reset (stmt);
}
