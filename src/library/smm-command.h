/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A change of the library, as a value: a name and a dictionary of typed arguments. Ids are made by
 * the client, so sending a command twice is harmless. Times are given as the wall time the user
 * meant and its IANA zone; the owner works out UTC.
 *
 *   name              arguments (s unless said; * required)
 *   profile.set       name*, email*, organization*
 *   brand.add         id*, name*, timezone and what brand.edit takes
 *   brand.edit        id*, name, timezone, late-policy, late-hours (i), logo, colors, website,
 *                     description, audience, topics, dos, donts, hashtags, languages ("" takes
 *                     away; see smm-brand.h), tone-relaxed … tone-long (i), emoji, voice,
 *                     setup-step (i)
 *   brand.delete      id*          brand.restore id*
 *   app.set           platform* ("meta" …), app-id*
 *   account.put       account* (a{sv} from smm_account_to_variant)
 *   account.set-state id*, state (i)*, reason, token-expires-at (x): what a renewal brought;
 *                     revoke-until (x): of one that is disconnected, when the platform is to be told
 *   media.add         media* (a{sv} from smm_media_to_variant); the file is already under media/
 *   media.edit        sha256*, name, alt, tags (as)
 *   media.delete      sha256*       refused while a post or a brand uses it; media.restore sha256*
 *   post.add          id*, brand*, text*, kind, link, first-comment, options (a{ss}),
 *                     media (a(ss): sha256, alt), targets* (a(ss): target id, account id),
 *                     wall, zone (both or none), draft (b)
 *                     queue (b): the next free slot, instead of a time (post.add only)
 *                     variants (a(sa{sv}): account id, what differs there: text, link,
 *                     first-comment, options, media as above)
 *                     tags (as: of the brand, at most one campaign)
 *   post.edit         stretch (those in a row with the same one are one step of undo), id* and any of the above except targets; targets replaces the list
 *   post.set-tags     id*, tags* (as)        of whatever state: nobody sees tags but the user
 *   post.reschedule   id*, wall*, zone*      also takes a draft or cancelled post into the schedule
 *   post.unschedule   id*                    back to draft, keeps the time away
 *   post.cancel       id*
 *   post.retry        id*, target            failed/held → scheduled again, due now or its time
 *   post.publish-now  id*                    due becomes now
 *   post.delete       id*          post.restore id*
 *   post.remove       id*, target            takes what is public away at the platform
 *   posts.reschedule  moves* (a(sss): post, wall, zone)
 *   posts.shift       ids* (as), minutes* (i)             by clocks on the wall, each in its own zone
 *   posts.spread      ids* (as), from*, to* (wall), zone*  evenly, in the order of ids
 *   posts.cancel, posts.unschedule, posts.retry, posts.delete   ids* (as)
 *   posts.tag         ids* (as), add (as), remove (as): tags; a campaign takes the other's place
 *   tag.add           id*, brand*, name*, kind ("tag", "campaign"), color ("#rrggbb"), first-day,
 *                     last-day (of a campaign: "2026-12-01", "" none)
 *   tag.edit          id*, name, color, first-day, last-day
 *   tag.delete        id*          tag.restore id*
 *   slots.set         brand*, account, slots* (a(is): 1 Monday … 7, "09:30" in the brand's zone): all
 *                     of the brand ("" or no account: for accounts without their own)
 *   slot.add, slot.remove   brand*, account, weekday* (i), time*
 *   note.set          brand*, day* ("2026-12-01"), text* (one line, at most 200 characters; "": none)
 *   holidays.add      id*, brand*, name*, days* (a(ss): "2026-12-25", name; at most 5,000)
 *   holidays.show     id*, shown* (b)
 *   holidays.delete   id*          holidays.restore id*
 *   post.queue        id*                    moves to the next free slot (see smm-slots.h)
 *   series.add        id*, brand*, rule* (smm-rule.h), time* ("09:30"), zone, texts* (as, in
 *                     rotation), accounts* (as), and of post.add kind, link, first-comment, options,
 *                     media, tags, variants
 *   series.edit       id* and any of these: all that is still to come and was not touched; with
 *                     from-day and new-id: that day and those that follow, as a series of its own
 *   series.stop       id*                    nothing more comes of it
 *   series.pause      id*                    the same until series.resume; days that pass meanwhile
 *                     are left out, and what was changed by hand stays on the calendar
 *   series.resume     id*
 *   posts.import      brand*, posts* (aa{sv}: arguments of post.add each, at most 10,000), new-tags
 *                     (a(sss): id, name, kind), new-media (aa{sv}: as of media.add each): all or
 *                     none, one step of undo
 *   posts.duplicate   copies* (a(ss): post, new id), times (a(ss): wall, zone, of each copy): what
 *                     differs on single accounts comes along; no times: drafts
 *   web-space.set     space* (a{ss} of smm_web_space_to_variant), use ("fallback", "always"); its
 *                     secret is in the keyring already
 *   web-space.clear   –            refused while files of posts lie there
 *   web-space.tested  problem      "" good: what waited for it goes on
 *   setting.set       key*, value*           see smm-settings.h
 *   ai.reserve        id*, provider*, model* ("": none is asked), purpose*, input-tokens* (x) and
 *                     output-tokens* (x): the most there can be; refused (limit) when the month could
 *                     cost more than is allowed, (price) when that can't be known, (policy)
 *   ai.settle         id*, input-tokens* (x), output-tokens* (x): what there was
 *   ai.assume         id*                    nobody said: the most stays counted
 *   ai.release        id*                    it was not asked after all
 *   ai.set-price      provider*, model*, input* (x), output* (x): see smm-spending.h; ai.clear-price
 *                     provider*, model*
 *   policy.accept     version* (i)           of what happens with data; see src/privacy/smm-policy.h
 *   workspace.close   days* (i, 1 to 30)     nothing is scheduled from now on, what was is held, and
 *                     after that time everything is erased; see smm-workspace.h. at (x), for redo
 *   workspace.reopen  –                      what was held is scheduled again
 *   workspace.hold    –                      what came back since, and must not go out, is held
 *   library.sweep     –                      old lines of the ledger, steps of undo, and what was deleted
 *                     long ago go
 *   batch             commands* (a(sa{sv}): 1 to 1000 of post.reschedule, add, edit, unschedule,
 *                     cancel, delete)    all or none, one step of undo
 *   undo, redo        –
 * What of many posts can't change stays as it is and is counted; at most 5,000 at once.
 * Published, publishing and unconfirmed targets refuse every change (code "pinned").
 */

#pragma once

#include "smm-records.h"

G_BEGIN_DECLS

#define SMM_TYPE_COMMAND (smm_command_get_type ())
typedef struct _SmmCommand SmmCommand;
GType smm_command_get_type (void);

/* @args: floating or not, a{sv}; NULL: none. */
SmmCommand *smm_command_new (const char *name, GVariant *args);
SmmCommand *smm_command_ref (SmmCommand *self);
void smm_command_unref (SmmCommand *self);
const char *smm_command_get_name (SmmCommand *self);
GVariant *smm_command_get_args (SmmCommand *self);
guint smm_command_get_n_args (SmmCommand *self);
const char *smm_command_get_arg (SmmCommand *self, guint n, GVariant **value);
/* Borrowed; @type: "as" …, NULL any. */
GVariant *smm_command_lookup (SmmCommand *self, const char *key, const char *type);
/* The value of one argument, or NULL/fallback when missing or of another type. */
const char *smm_command_get_string (SmmCommand *self, const char *key);
gint32 smm_command_get_int (SmmCommand *self, const char *key, gint32 fallback);
gboolean smm_command_get_boolean (SmmCommand *self, const char *key, gboolean fallback);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmCommand, smm_command_unref)

GVariant *smm_account_to_variant (SmmAccount *account);
SmmAccount *smm_account_from_variant (GVariant *variant);
/* What differs on the accounts of a post, as the commands take it: floating a(sa{sv}). */
GVariant *smm_variants_to_variant (SmmPost *post);
GVariant *smm_media_to_variant (SmmMedia *media);
SmmMedia *smm_media_from_variant (GVariant *variant);

G_END_DECLS
