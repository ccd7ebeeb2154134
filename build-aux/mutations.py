# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The safeties of the promise, and how each is taken away: see mutate."""

ENGINE, STORE, LIBRARY, CONNECT = "src/engine/", "src/store/", "src/library/", "src/connect/"
META = "src/platforms/meta/smm-meta-errors.c"
FACEBOOK = "src/platforms/facebook/smm-facebook-look.c"
INSTAGRAM = "src/platforms/instagram/smm-instagram-look.c"

# Who has to notice: what to build, the test's suite and name.
SIMULATION = ("tests/simulation/smm-sim", "engine", "simulation")
KEEPER = ("tests/connect/test-token-keeper", "connect", "token keeper")
ON_FACEBOOK = ("tests/platforms/test-facebook", "platforms", "facebook")
ON_INSTAGRAM = ("tests/platforms/test-instagram", "platforms", "instagram")
AFTER = ("tests/engine/test-after", "engine", "after")
REMOVE = ("tests/engine/test-remove", "engine", "remove")
DOUBT = ("tests/engine/test-doubt", "engine", "doubt")
HTTP = ("tests/net/test-net-http", "net", "net http")
CONNECTIONS = ("tests/net/test-net-connections", "net", "net connections")
STORED = ("tests/store/test-store", "store", "store")
DAMAGE = ("tests/store/test-damage", "store", "damage")
UNREADABLE = ("tests/store/test-unreadable", "store", "unreadable")
UNREADABLE_CHANGE = ("tests/library/test-unreadable", "library", "unreadable")
BACKUP = ("tests/store/test-backup", "store", "backup")
SEAL = ("tests/vault/test-seal", "vault", "vault seal")


class Mutation:
    """What is taken away, the replacements (file, text, new text; white space may differ)."""

    def __init__(self, what, replacements, by=SIMULATION):
        self.what, self.replacements, self.by = what, replacements, by


MUTATIONS = {
    # --- Before a byte leaves ---
    "no-intent": Mutation("a commit is sent without an intent in the journal", [
        (ENGINE + "smm-engine-job.c", "if (job->step->kind == SMM_STEP_COMMIT) { job->journal_id",
         "if (FALSE) { job->journal_id")]),
    "send-before-commit": Mutation("what a transaction says is acted on before it is on disk", [
        (ENGINE + "smm-engine-batch.c", "return smm_store_commit (self->store, error);", "return TRUE;"),
        (ENGINE + "smm-engine-batch.c", 'smm_crash_point ("commit_done"); after_success (self, batch);',
         "after_success (self, batch); smm_store_commit (self->store, NULL);")]),
    "send-after-failed-write": Mutation("a claim that could not be written is taken for written", [
        (ENGINE + "smm-engine-batch.c", "op->done (self, op->data, FALSE);",
         "op->done (self, op->data, TRUE);")]),
    "no-moment": Mutation("a target whose intent could not be written is forgotten", [
        (ENGINE + "smm-engine-job.c", "if (!written && job->claimed)", "if (FALSE)")]),
    "stale-edit": Mutation("an edit between reading and claiming is overlooked", [
        (ENGINE + "smm-engine-job.c",
         "if (!job->claimed && smm_store_get_updated_at (self->store, job->post_id) != job->post->updated_at)",
         "if (FALSE)")]),
    "no-compare": Mutation("a state is set without comparing", [
        (STORE + "smm-store-engine.c", "WHERE id = ?1 AND state = ?2 AND attempt = ?3",
         "WHERE id = ?1 AND ?2 >= 0 AND ?3 >= 0")]),
    "no-lock": Mutation("two publishers may own the library", [
        (STORE + "smm-store-open.c", "if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)", "if (TRUE)")]),

    # --- Unclear answers ---
    "no-reconcile": Mutation("an unclear commit is sent again without a look", [
        (ENGINE + "smm-engine-answer.c",
         'park_step (job, response, outcome, SMM_TARGET_UNCONFIRMED, job->attempt, next_at, "unclear");',
         'park_step (job, response, outcome, SMM_TARGET_PUBLISHING, job->attempt + 1, '
         'smm_engine_now (job->engine) + SECOND + 0 * next_at, "refused");')]),
    "one-look": Mutation("one look that found nothing is enough", [
        (ENGINE + "smm-engine-look.c", "if (job->look < 2 || now < second_at)", "if (FALSE)")]),
    "believe-failure": Mutation("a failure that a look finds is believed at once", [
        (ENGINE + "smm-engine-look.c",
         "SmmResponse *response, const SmmReconcile *found) { if (!is_certain (job, write, response))",
         "SmmResponse *response, const SmmReconcile *found) { if (FALSE)")], AFTER),
    "no-settle": Mutation("looks count at once", [
        (ENGINE + "smm-engine-look.c",
         "return (gint64)((look <= 1 ? self->host.settle_first : self->host.settle_second) * SECOND);",
         "return 0;")]),
    "own-clock": Mutation("the time between two looks is taken from our clock", [
        (ENGINE + "smm-engine-look.c", "if (date == 0) return 0;", "if (date >= 0) return 0;")]),
    "own-clock-comment": Mutation("the time between two looks for a comment is taken from our clock", [
        (ENGINE + "smm-engine-after.c", "if (looks >= 2 && now >= second_at && rest <= 0)",
         "if (looks >= 2 && now >= second_at)"),
        (ENGINE + "smm-engine-after.c", "now + MAX (rest, SECOND)", "now + SECOND")]),
    "give-up-removal": Mutation("a removal whose answer was lost is called failed", [
        (ENGINE + "smm-engine-after.c", "!doubtful && (!passing || tries >= MAX_TRIES)",
         "(!passing || tries >= MAX_TRIES)")], REMOVE),
    "overtaken-removal": Mutation("a removal that was refused after a lost answer is called failed", [
        (ENGINE + "smm-engine-after.c", "!doubtful && (!passing || tries >= MAX_TRIES)",
         "(!passing || (tries >= MAX_TRIES && !doubtful))")], REMOVE),
    "forget-removal": Mutation("a removal that a dead publisher sent is forgotten", [
        (ENGINE + "smm-engine-after.c", 'if (smm_job_get_fact (job, REMOVE_SENT) != NULL)', "if (FALSE)")], REMOVE),
    "untold-in-flight": Mutation("a change that came while the answer said “public” is not told", [
        (ENGINE + "smm-engine-outcome.c", "note_untold (write, target->reason_code);", "(void)note_untold;")], AFTER),
    "wanted-off": Mutation("what waits to be taken back is put back as scheduled", [
        (LIBRARY + "smm-commands-post.c", "(gint32)get_wanted_state (target), target->due_at);",
         "(gint32)target->state, target->due_at);")], AFTER),
    "keep-untold": Mutation("a look forgets that the last change did not reach the platform", [
        (ENGINE + "smm-engine-look.c", 'if (smm_job_get_fact (job, "engine.untold") != NULL)', "if (FALSE)")], AFTER),
    "used-up": Mutation("what is gone after a doubted commit is made anew without a look", [
        (ENGINE + "smm-engine-answer.c",
         "if (job->step->kind == SMM_STEP_COMMIT && outcome->kind == SMM_OUTCOME_RESTART && job->doubted",
         "if (FALSE && job->doubted")], AFTER),
    "ignore-rivals": Mutation("two targets may take one post for themselves", [
        (ENGINE + "smm-engine-look.c", "|| write->to.remote_id == NULL || !smm", "|| TRUE || !smm")]),
    "stale-id": Mutation("what two looks did not find leaves its id behind", [
        (ENGINE + "smm-engine-look.c", "forget_there (job, write); if (job->attempt >= MAX_ATTEMPTS)",
         "if (job->attempt >= MAX_ATTEMPTS)")], AFTER),
    "another-word": Mutation("what was accepted is not the adapter's to say", [
        (ENGINE + "smm-engine-look.c", 'if (smm_job_get_fact (job, "accepted") == NULL)', "if (TRUE)")], AFTER),
    "forget-asks": Mutation("what people ask while a step is on its way is written over", [
        (ENGINE + "smm-engine-outcome.c", "heed_asks (self, write);", "if (FALSE) heed_asks (self, write);")],
        AFTER),
    "locked-asks": Mutation("what people ask while the keyring is locked is written over", [
        (ENGINE + "smm-engine-ready.c",
         'smm_is_ask (job->reason_code) ? job->reason_code : "keyring", message, "unlock"',
         '"keyring", message, "unlock"')], AFTER),
    "untold": Mutation("a change that came too late is not told", [
        (ENGINE + "smm-engine-handover.c", "if (smm_is_ask (job->reason_code) || is_moved (job))",
         "if (FALSE)")], AFTER),
    "blind-comment": Mutation("a first comment whose answer was lost is written again", [
        (ENGINE + "smm-engine-after.c", 'else if (g_strcmp0 (state, "todo") == 0 && job',
         'else if ((g_strcmp0 (state, "todo") == 0 || g_strcmp0 (state, "sending") == 0) && job')], AFTER),

    # --- Deaths ---
    "back-to-scheduled": Mutation("what a dead publisher was sending is scheduled again", [
        (ENGINE + "smm-engine-recover.c",
         '.state = SMM_TARGET_UNCONFIRMED, .attempt = target->attempt, .next_at = MAX',
         '.state = SMM_TARGET_SCHEDULED, .attempt = target->attempt, .next_at = MAX'),
        (ENGINE + "smm-engine-recover.c", 'smm_store_journal_end (self->store, commit->id, "unclear",',
         'smm_store_journal_end (self->store, commit->id, "refused",')]),
    "no-doubt": Mutation("an open intent of a dead publisher is not doubted", [
        (ENGINE + "smm-engine-recover.c", "if (open) return doubt", "if (FALSE) return doubt")]),
    "recover-once": Mutation("recovery that failed is not tried again", [
        (ENGINE + "smm-engine-recover.c", "if (self->store_retry_at <= now && try_to_recover (self, &error))",
         "if (self->store_retry_at <= now && (try_to_recover (self, &error), TRUE))")]),

    # --- The disk ---
    "lose-outcome": Mutation("an outcome that could not be written is not kept", [
        (ENGINE + "smm-engine-outcome.c",
         "smm_engine_write (write->job->engine, apply_write, write_done, write, TRUE);",
         "smm_engine_write (write->job->engine, apply_write, write_done, write, FALSE);")]),
    "synchronous-normal": Mutation("PRAGMA synchronous = NORMAL", [
        (STORE + "smm-store-open.c", "PRAGMA synchronous = FULL;", "PRAGMA synchronous = NORMAL;"),
        (STORE + "smm-store-open.c", "!check_synchronous (self, error)",
         "(FALSE && !check_synchronous (self, error))")]),
    "synchronous-off": Mutation("PRAGMA synchronous = OFF", [
        (STORE + "smm-store-open.c", "PRAGMA synchronous = FULL;", "PRAGMA synchronous = OFF;"),
        (STORE + "smm-store-open.c", "!check_synchronous (self, error)",
         "(FALSE && !check_synchronous (self, error))")]),
    "believe-the-log": Mutation("the log is believed without being written again", [
        (STORE + "smm-store-open.c", "|| !write_log_again (self, error)",
         "|| (FALSE && !write_log_again (self, error))")]),
    "believe-the-disk": Mutation("an error of the disk raises no doubt", [
        (STORE + "smm-store.c", "if (self->doubtful) break; self->doubtful = TRUE;",
         "if (self->doubtful) break; self->doubtful = FALSE;")]),
    "sleep-in-doubt": Mutation("nobody wakes the publisher when its disk has failed under others", [
        (ENGINE + "smm-engine.c", 'g_signal_connect_object (self->store, "doubted", G_CALLBACK (smm_engine_wake), '
         "self, G_CONNECT_SWAPPED);", "")], DOUBT),
    "compare-unread": Mutation("a change is called made because what was before it could not be read", [
        (LIBRARY + "smm-library-apply.c", "if (smm_store_is_doubtful (self->store)) g_clear_pointer (&mark, g_free);",
         "")], UNREADABLE_CHANGE),
    "half-a-change": Mutation("what follows an error of the disk is written without the rest", [
        (STORE + "smm-store.c", "if (self->doubtful && !sqlite3_stmt_readonly (stmt))", "if (FALSE)")],
        UNREADABLE),
    "call-it-damaged": Mutation("a library of which a page can't be read is called damaged", [
        (STORE + "smm-store-open.c", "code = SMM_STORE_ERROR_IO;", "code = SMM_STORE_ERROR_CORRUPT;")],
        UNREADABLE),
    "misread-once": Mutation("what SQLite calls damaged is not read a second time", [
        (STORE + "smm-store-open.c", "if (!g_error_matches (problem, SMM_STORE_ERROR, SMM_STORE_ERROR_CORRUPT))",
         "if (TRUE)")], UNREADABLE),
    "send-in-doubt": Mutation("prepared work goes on while the disk is in doubt", [
        (ENGINE + "smm-engine-recover.c",
         "return !self->stopping && self->store_retry_at == 0 && !smm_store_is_doubtful (self->store) &&",
         "return (!self->stopping && self->store_retry_at == 0) || FALSE &&")]),
    "keep-unsent": Mutation("a claim that failed and is on the disk stays", [
        (ENGINE + "smm-engine-recover.c", "if (open && is_unsent (self, target))", "if (FALSE)")]),
    "believe-misread": Mutation("what can't be read is taken for gone", [
        (ENGINE + "smm-engine.c", "if (smm_store_is_doubtful (self->store)) { smm_job_free",
         "if (FALSE) { smm_job_free"),
        (ENGINE + "smm-engine-ready.c", "if (!smm_store_is_doubtful (job->engine->store)) return FALSE;",
         "if (TRUE) return FALSE;"),
        (STORE + "smm-store.c", "if (self->doubtful) set_doubtful_error (self, error); else if",
         "if (FALSE) set_doubtful_error (self, error); else if")]),
    "no-check": Mutation("a damaged library is opened", [
        (STORE + "smm-store-open.c", "return smm_store_check_file (self->db, self->paths->database, error);",
         "return TRUE;")], DAMAGE),
    "open-newer": Mutation("the library of a newer version is opened", [
        (STORE + "smm-store-open.c", "if (smm_store_read_version (db) <= get_newest_version ())", "if (TRUE)")], STORED),
    "trust-backup": Mutation("what a backup says is scheduled is sent", [
        (STORE + "smm-store-backup.c", "&& doubt_the_past (copy, error);",
         "&& (TRUE || doubt_the_past (copy, error));")], BACKUP),

    # --- People ---
    "stale-preparations": Mutation("an edited post keeps what was prepared for the old one", [
        (LIBRARY + "smm-commands-post.c", "if (target->attempt == 0 || smm_target_is_pinned (target->state)",
         "if (TRUE || smm_target_is_pinned (target->state)")]),
    "undo-into-publishing": Mutation("undo puts a target back under way", [
        (LIBRARY + "smm-commands-post.c",
         "if (known == NULL || !(smm_target_is_pinned (known->state) || smm_target_is_pinned (state)))",
         "if (known == NULL || !smm_target_is_pinned (known->state))"),
        (LIBRARY + "smm-commands-post.c", "smm_target_is_pinned (state) ? SMM_TARGET_DRAFT : state", "state")]),
    "change-what-is-public": Mutation("commands may change what is on its way", [
        (LIBRARY + "smm-commands-post.c",
         "return state == SMM_TARGET_PUBLISHING || state == SMM_TARGET_PUBLISHED || state == SMM_TARGET_UNCONFIRMED;",
         "return state == SMM_TARGET_PUBLISHED;")]),

    # --- Which post is ours ---
    # What another target has is left out twice: by the adapter, who then knows which of two like
    # posts is ours, and by the engine, when the post that was found is written down (ignore-rivals).
    # Without the first the second refuses, and one that could be told is left to the person: nothing
    # in a history is untrue then, so the adapters' own tests notice it.
    "first-match": Mutation("of several posts like ours the last one read is ours", [
        (FACEBOOK, 'if (strcmp (n, "1") != 0 ||', "if (")]),
    "ignore-claimed": Mutation("a post that another target has is ours too", [
        (FACEBOOK, "if (pub->claimed != NULL && g_hash_table_contains (pub->claimed, id))", "if (FALSE)")],
        ON_FACEBOOK),
    "narrow-window": Mutation("posts are looked for by our clock only", [
        (FACEBOOK, "(pub->commit_sent_at - DOUBT_SLACK)", "(pub->commit_sent_at - CLOCK_SLACK)")]),
    "first-page": Mutation("the feed is read to the end of its first page", [
        (FACEBOOK, 'if (smm_json_get_string (paging, "next") == NULL) {', "if (TRUE) {")]),
    "broken-list": Mutation("a list with a post that can't be read counts", [
        (FACEBOOK, "if (!smm_meta_is_id (id)) return found; if (!is_ours",
         "if (!smm_meta_is_id (id)) continue; if (!is_ours")]),
    "blind-container": Mutation("the container is not asked whether it was published", [
        (INSTAGRAM, 'if (g_strcmp0 (status, "PUBLISHED") == 0) return', "if (FALSE) return")]),
    "narrow-window-instagram": Mutation("pictures are looked for by our clock only", [
        (INSTAGRAM, "if (match.n == 0 && !match.older && match.whole", "if (match.n == 0 && match.whole")],
        ON_INSTAGRAM),
    "first-match-instagram": Mutation("of several pictures like ours the last one read is ours", [
        (INSTAGRAM, "if (match->n != 1 || match->older", "if (match->n == 0 || match->older")]),
    "younger-instagram": Mutation("of two pictures like ours the one is ours that our clock says", [
        (INSTAGRAM, "if (match->n != 1 || match->older || match->broken", "if (match->n != 1 || match->broken")],
        ON_INSTAGRAM),
    "half-a-list-instagram": Mutation("a picture like ours is ours although the list goes on", [
        (INSTAGRAM, "match->broken || !match->whole) match->one", "match->broken) match->one")], ON_INSTAGRAM),
    "younger": Mutation("of two posts like ours the one is ours that our clock says", [
        (FACEBOOK, '|| (older && get_look (pub, found, "look.mark") == NULL))', ")")], ON_FACEBOOK),
    "ignore-claimed-instagram": Mutation("a picture that another target has is ours too", [
        (INSTAGRAM, "if (pub->claimed != NULL && g_hash_table_contains (pub->claimed, id))", "if (FALSE)")],
        ON_INSTAGRAM),
    "broken-list-instagram": Mutation("a list of pictures that can't be read counts", [
        (INSTAGRAM, "match->broken |= at == 0 || !smm_meta_is_id (id);", "match->broken |= FALSE;")]),

    # --- What the platforms say ---
    "believe-500": Mutation("an unreadable answer to a commit is a refusal", [
        (META, "else if (kind == SMM_STEP_COMMIT && !proper && response->status != 429)",
         "else if (FALSE && !proper)")]),
    "believe-transient": Mutation("code 2 to a commit means that nothing happened", [
        (META, 'if (commit) return unclear ("transient");', "")]),
    "believe-missing": Mutation("“missing” to a commit means that nothing happened", [
        (META, 'if (commit) return unclear ("missing");', "")]),
    "believe-blocked": Mutation("4/2207051 to a commit means that nothing happened", [
        (META, "{ 4, 4, 2207051, CLASS_BLOCKED_MAYBE_LIVE },", "")]),
    "believe-duplicate": Mutation("506 means that ours is not there", [
        (META, 'if (commit) return unclear ("duplicate");', "")]),

    # --- Tokens and the network ---
    # Either of the two is enough within one process.
    "many-renewals": Mutation("each post that meets an ended token renews it", [
        (CONNECT + "smm-token-keeper.c", "if (flock (job->lock, LOCK_EX | LOCK_NB) == 0)", "if (TRUE)"),
        (CONNECT + "smm-token-keeper.c", "if (job != NULL) { g_ptr_array_add (job->waiters, task);",
         "if (FALSE) { g_ptr_array_add (job->waiters, task);")], KEEPER),
    "no-renewal-lock": Mutation("two processes renew one token", [
        (CONNECT + "smm-token-keeper.c", "if (flock (job->lock, LOCK_EX | LOCK_NB) == 0)", "if (TRUE)")], KEEPER),
    "follow-redirects": Mutation("a redirect takes the token along", [
        ("src/net/smm-message.c", "CURLOPT_FOLLOWLOCATION, 0L", "CURLOPT_FOLLOWLOCATION, 1L")], HTTP),
    "send-again": Mutation("what died on a connection used before is sent again", [
        ("src/net/smm-message.c", "return self->n_written > 0 && strcmp", "return FALSE && strcmp")], CONNECTIONS),
    "no-deadline": Mutation("a silent server is waited for without end", [
        ("src/net/smm-http.c", "g_source_attach (flight->deadline, ", "(void)(flight->deadline, ")], HTTP),
    "unsealed-name": Mutation("a token of one account is taken for another's", [
        ("src/vault/smm-seal.c", "memcpy (aad, name, length + 1);", "memset (aad, 0, length + 1);")], SEAL),
}
