/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the library refuses, with which error, and that nothing has changed then. */

#include "config.h"

#include "smm-test-library.h"

#include <string.h>

#define BRAND "'brand': <'" TEST_BRAND "'>"
#define TARGETS "'targets': <[('n1', '" TEST_FACEBOOK "')]>"
#define LATER "'wall': <'2026-12-24T18:00'>, 'zone': <'UTC'>"
#define ACCOUNT(rest) "{'account': <@a{sv} {" rest "}>}"
#define LONG_ID "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct
{
  const char *name, *args;
  SmmLibraryError error;
} rows[] = {
  /* Names. */
  { "", "{}", SMM_LIBRARY_ERROR_INVALID },
  { "post", "{}", SMM_LIBRARY_ERROR_INVALID },
  { "post.explode", "{'id': <'draft'>}", SMM_LIBRARY_ERROR_INVALID },
  { "Post.add", "{}", SMM_LIBRARY_ERROR_INVALID },
  { "undo", "{}", SMM_LIBRARY_ERROR_EMPTY },
  { "redo", "{}", SMM_LIBRARY_ERROR_EMPTY },
  /* Arguments: missing, unknown, of another type. */
  { "post.cancel", "{}", SMM_LIBRARY_ERROR_INVALID },
  { "post.cancel", "{'id': <5>}", SMM_LIBRARY_ERROR_INVALID },
  { "post.cancel", "{'id': <'scheduled'>, 'force': <true>}", SMM_LIBRARY_ERROR_INVALID },
  { "post.cancel", "{'id': <'scheduled'>, 'i': <'x'>}", SMM_LIBRARY_ERROR_INVALID },
  { "post.edit", "{'id': <'draft'>, 'text': <true>}", SMM_LIBRARY_ERROR_INVALID },
  { "post.edit", "{'id': <'draft'>, 'media': <['x']>}", SMM_LIBRARY_ERROR_INVALID },
  { "post.edit", "{'id': <'draft'>, 'options': <{'a': <1>}>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'late-hours': <'2'>}", SMM_LIBRARY_ERROR_INVALID },
  { "account.set-state", "{'id': <'" TEST_FACEBOOK "'>}", SMM_LIBRARY_ERROR_INVALID },
  { "target.resolve", "{'target': <'t-unconfirmed'>}", SMM_LIBRARY_ERROR_INVALID },
  /* A batch: of what can be undone, all or none (the first of these alone would go through). */
  { "batch", "{}", SMM_LIBRARY_ERROR_INVALID },
  { "batch", "{'commands': <@a(sa{sv}) []>}", SMM_LIBRARY_ERROR_INVALID },
  { "batch", "{'commands': <[('undo', @a{sv} {})]>}", SMM_LIBRARY_ERROR_INVALID },
  { "batch", "{'commands': <[('post.publish-now', {'id': <'draft'>})]>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "batch", "{'commands': <[('batch', {'commands': <@a(sa{sv}) []>})]>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "batch",
    "{'commands': <[('post.cancel', {'id': <'scheduled'>}), ('post.cancel', {'id': <'none'>})]>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "batch",
    "{'commands': <[('post.unschedule', {'id': <'scheduled'>}), "
    "('post.unschedule', {'id': <'published'>})]>}",
    SMM_LIBRARY_ERROR_PINNED },
  { "batch",
    "{'commands': <[('post.cancel', {'id': <'scheduled'>}), ('post.cancel', {'id': <5>})]>}",
    SMM_LIBRARY_ERROR_INVALID },
  /* What differs on an account. */
  { "post.edit", "{'id': <'draft'>, 'variants': <[('nobody', {'text': <'x'>})]>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.edit", "{'id': <'draft'>, 'variants': <[('" TEST_INSTAGRAM "', {'text': <'x'>})]>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.edit", "{'id': <'draft'>, 'variants': <[('" TEST_FACEBOOK "', {'text': <5>})]>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "post.edit", "{'id': <'draft'>, 'variants': <[('" TEST_FACEBOOK "', {'kind': <'reel'>})]>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "post.edit",
    "{'id': <'draft'>, 'variants': <[('" TEST_FACEBOOK "', {'media': <[('none', '')]>})]>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.edit", "{'id': <'published'>, 'variants': <[('" TEST_FACEBOOK "', {'text': <'x'>})]>}",
    SMM_LIBRARY_ERROR_PINNED },
/* Recurring posts. */
#define SERIES "'id': <'s'>, " BRAND ", 'time': <'09:00'>, 'texts': <['x']>"
  { "series.add", "{" SERIES ", 'rule': <'daily'>, 'accounts': <['" TEST_FACEBOOK "']>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "series.add", "{" SERIES ", 'rule': <'2026-12-01 FREQ=DAILY'>, 'accounts': <@as []>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "series.add", "{" SERIES ", 'rule': <'2026-12-01 FREQ=DAILY'>, 'accounts': <['none']>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "series.add",
    "{" SERIES ", 'rule': <'2026-12-01 FREQ=DAILY'>, 'zone': <'Mars/Base'>, "
    "'accounts': <['" TEST_FACEBOOK "']>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "series.add",
    "{" SERIES ", 'rule': <'2026-12-01 FREQ=DAILY'>, 'accounts': <['" TEST_FACEBOOK "']>, "
    "'media': <[('none', '')]>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "series.stop", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "series.edit", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  /* Slots. */
  { "slots.set", "{" BRAND ", 'slots': <[(0, '09:00')]>}", SMM_LIBRARY_ERROR_INVALID },
  { "slots.set", "{" BRAND ", 'slots': <[(1, '24:00')]>}", SMM_LIBRARY_ERROR_INVALID },
  { "slots.set", "{" BRAND ", 'account': <'none'>, 'slots': <[(1, '09:00')]>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "slot.add", "{'brand': <'none'>, 'weekday': <1>, 'time': <'09:00'>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "slot.remove", "{" BRAND ", 'weekday': <1>, 'time': <'09:00'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.queue", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  /* Tags. */
  { "tag.add", "{'id': <'t'>, " BRAND ", 'name': <'  '>}", SMM_LIBRARY_ERROR_INVALID },
  { "tag.add", "{'id': <'t'>, " BRAND ", 'name': <'a,b'>}", SMM_LIBRARY_ERROR_INVALID },
  { "tag.add", "{'id': <'t'>, " BRAND ", 'name': <'RYE'>}", SMM_LIBRARY_ERROR_INVALID },
  { "tag.add", "{'id': <'t'>, " BRAND ", 'name': <'x'>, 'kind': <'theme'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "tag.add", "{'id': <'t'>, " BRAND ", 'name': <'x'>, 'color': <'red'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "tag.add", "{'id': <'t'>, " BRAND ", 'name': <'x'>, 'first-day': <'2026-12-01'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "tag.add", "{'id': <'t'>, 'brand': <'none'>, 'name': <'x'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "tag.edit", "{'id': <'spring'>, 'first-day': <'2026-02-30'>}", SMM_LIBRARY_ERROR_INVALID },
  { "tag.edit", "{'id': <'spring'>, 'first-day': <'2026-12-02'>, 'last-day': <'2026-12-01'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "tag.delete", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.set-tags", "{'id': <'draft'>, 'tags': <['none']>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "posts.tag", "{'ids': <['none']>, 'add': <['rye']>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  /* Ids. */
  { "post.cancel", "{'id': <''>}", SMM_LIBRARY_ERROR_INVALID },
  { "post.cancel", "{'id': <'../x'>}", SMM_LIBRARY_ERROR_INVALID },
  { "post.cancel", "{'id': <'" LONG_ID "'>}", SMM_LIBRARY_ERROR_INVALID },
  { "post.add", "{'id': <'a b'>, " BRAND ", 'text': <'x'>, " TARGETS "}",
    SMM_LIBRARY_ERROR_INVALID },
  { "post.add",
    "{'id': <'p'>, " BRAND ", 'text': <'x'>, 'targets': <[('a/b', '" TEST_FACEBOOK "')]>}",
    SMM_LIBRARY_ERROR_INVALID },
  /* Many. */
  { "posts.cancel", "{'ids': <@as []>}", SMM_LIBRARY_ERROR_EMPTY },
  { "posts.cancel", "{'ids': <['none']>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "posts.cancel", "{'ids': <['../x']>}", SMM_LIBRARY_ERROR_INVALID },
  { "posts.delete", "{'ids': <['published', 'unconfirmed', 'publishing']>}",
    SMM_LIBRARY_ERROR_PINNED },
  { "posts.shift", "{'ids': <['draft']>, 'minutes': <5>}", SMM_LIBRARY_ERROR_INVALID },
  { "posts.shift", "{'ids': <['scheduled']>, 'minutes': <-14400>}", SMM_LIBRARY_ERROR_PAST },
  { "posts.reschedule", "{'moves': <[('scheduled', 'soon', 'UTC')]>}", SMM_LIBRARY_ERROR_INVALID },
  { "posts.spread",
    "{'ids': <['scheduled']>, 'from': <'2026-12-05T09:00'>, 'to': <'2026-12-04T09:00'>, "
    "'zone': <'UTC'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "posts.duplicate", "{'copies': <[('none', 'x')]>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "posts.duplicate", "{'copies': <[('scheduled', 'draft')]>}", SMM_LIBRARY_ERROR_INVALID },
  { "posts.duplicate", "{'copies': <[('scheduled', 'a b')]>}", SMM_LIBRARY_ERROR_INVALID },
  { "posts.duplicate", "{'copies': <[('scheduled', 'x')]>, 'times': <@a(ss) []>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "posts.duplicate", "{'copies': <[('scheduled', 'x')]>, 'times': <[('soon', 'UTC')]>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "posts.duplicate",
    "{'copies': <[('scheduled', 'x')]>, 'times': <[('2020-12-01T10:00', 'UTC')]>}",
    SMM_LIBRARY_ERROR_PAST },
  { "posts.put-back", "{'commands': <[('posts.cancel', {'x': <1>})]>}", SMM_LIBRARY_ERROR_INVALID },
  { "posts.put-back", "{'commands': <[('undo', @a{sv} {})]>}", SMM_LIBRARY_ERROR_INVALID },
  { "note.set", "{'brand': <'none'>, 'day': <'2026-12-24'>, 'text': <'x'>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "note.set", "{" BRAND ", 'day': <'2026-02-30'>, 'text': <'x'>}", SMM_LIBRARY_ERROR_INVALID },
  { "holidays.add",
    "{'id': <'h'>, 'brand': <'none'>, 'name': <'x'>, 'days': <[('2026-12-25', 'x')]>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "holidays.add", "{'id': <'h'>, " BRAND ", 'name': <'x'>, 'days': <[('2026-02-30', 'x')]>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "holidays.add", "{'id': <'h'>, " BRAND ", 'name': <'x'>, 'days': <[('2026-12-25', '')]>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "holidays.add", "{'id': <'h'>, " BRAND ", 'name': <''>, 'days': <[('2026-12-25', 'x')]>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "holidays.add", "{'id': <'h'>, " BRAND ", 'name': <'x'>, 'days': <@a(ss) []>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "holidays.show", "{'id': <'none'>, 'shown': <true>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "holidays.delete", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "holidays.restore", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "media.delete", "{'sha256': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "media.restore", "{'sha256': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "media.edit", "{'sha256': <'" TEST_SHA "'>, 'tags': <['a\\nb']>}", SMM_LIBRARY_ERROR_INVALID },
  /* Not there. */
  { "post.edit", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.reschedule", "{'id': <'none'>, " LATER "}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.unschedule", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.cancel", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.retry", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.publish-now", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.delete", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "target.resolve", "{'target': <'none'>, 'published': <true>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "brand.edit", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "brand.edit", "{'id': <'gone'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "brand.delete", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "brand.restore", "{'id': <'none'>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "account.set-state", "{'id': <'none'>, 'state': <1>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.add", "{'id': <'p'>, 'brand': <'none'>, 'text': <'x'>, " TARGETS ", " LATER "}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.add", "{'id': <'p'>, 'brand': <'gone'>, 'text': <'x'>, " TARGETS ", " LATER "}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.add", "{'id': <'p'>, " BRAND ", 'text': <'x'>, 'targets': <[('n1', 'none')]>, " LATER "}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "post.edit", "{'id': <'draft'>, 'media': <[('none', '')]>}", SMM_LIBRARY_ERROR_NOT_FOUND },
  { "media.add",
    "{'media': <@a{sv} {'sha256': "
    "<'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'>, "
    "'mime': <'image/png'>, 'bytes': <int64 4>}>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  /* Values. */
  { "profile.set", "{'name': <' '>, 'email': <''>, 'organization': <''>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "profile.set", "{'name': <'A'>, 'email': <'nobody'>, 'organization': <''>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "profile.set", "{'name': <'A'>, 'email': <'a@b\\r\\nBcc: x'>, 'organization': <''>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "brand.add", "{'id': <'b'>, 'name': <''>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.add", "{'id': <'b'>, 'name': <'B'>, 'timezone': <'Mars/Base'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "brand.add", "{'id': <'b'>, 'name': <'B'>, 'timezone': <''>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'late-policy': <'never'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "setting.set", "{'key': <'backup.weekly'>, 'value': <'maybe'>}", SMM_LIBRARY_ERROR_INVALID },
  { "setting.set", "{'key': <'ledger.keep-days'>, 'value': <'0'>}", SMM_LIBRARY_ERROR_INVALID },
  { "setting.set", "{'key': <'ledger.keep-days'>, 'value': <'30 days'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "setting.set", "{'key': <'Not a key'>, 'value': <'x'>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'colors': <'red'>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit",
    "{'id': <'" TEST_BRAND "'>, 'colors': <'#000000 #000001 #000002 #000003 #000004'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'website': <'javascript:alert(1)'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'website': <'https://me:secret@example.com'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'hashtags': <'#a-b'>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'logo': <'../../etc/passwd'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit",
    "{'id': <'" TEST_BRAND
    "'>, 'logo': <'0000000000000000000000000000000000000000000000000000000000000000'>}",
    SMM_LIBRARY_ERROR_NOT_FOUND },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'tone-bold': <101>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'emoji': <'some'>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'voice': <'they'>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'setup-step': <-1>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'late-hours': <0>}", SMM_LIBRARY_ERROR_INVALID },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'late-hours': <169>}", SMM_LIBRARY_ERROR_INVALID },
  { "setting.set", "{'key': <'library.id'>, 'value': <'x'>}", SMM_LIBRARY_ERROR_INVALID },
  { "account.set-state", "{'id': <'" TEST_FACEBOOK "'>, 'state': <9>}", SMM_LIBRARY_ERROR_INVALID },
  { "account.set-state", "{'id': <'" TEST_FACEBOOK "'>, 'state': <-1>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "account.put", ACCOUNT (""), SMM_LIBRARY_ERROR_INVALID },
  { "account.put",
    ACCOUNT ("'id': <'x'>, " BRAND ", 'platform': <'myspace'>, 'remote-id': <'1'>, 'name': <'n'>"),
    SMM_LIBRARY_ERROR_INVALID },
  { "account.put",
    ACCOUNT ("'id': <'x'>, 'brand': <'none'>, 'platform': <'facebook'>, 'remote-id': <'1'>, "
             "'name': <'n'>"),
    SMM_LIBRARY_ERROR_NOT_FOUND },
  /* The same Page twice in one brand would publish everything twice. */
  { "account.put",
    ACCOUNT ("'id': <'x'>, " BRAND ", 'platform': <'facebook'>, 'remote-id': <'100'>, "
             "'name': <'n'>"),
    SMM_LIBRARY_ERROR_INVALID },
  { "media.add", "{'media': <@a{sv} {'sha256': <'../../x'>, 'mime': <'x'>, 'bytes': <int64 1>}>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "media.add", "{'media': <@a{sv} {'sha256': <'" TEST_SHA "'>, 'mime': <'x'>}>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "post.edit", "{'id': <'draft'>, 'kind': <'poem'>}", SMM_LIBRARY_ERROR_INVALID },
  { "post.add",
    "{'id': <'p'>, " BRAND ", 'text': <'x'>, 'targets': <[('n1', '" TEST_FACEBOOK "'), "
    "('n2', '" TEST_FACEBOOK "')]>, " LATER "}",
    SMM_LIBRARY_ERROR_INVALID },
  { "post.add", "{'id': <'p'>, " BRAND ", 'text': <'x'>, 'targets': <@a(ss) []>, " LATER "}",
    SMM_LIBRARY_ERROR_INVALID },
  { "post.add",
    "{'id': <'p'>, " BRAND ", 'text': <'x'>, " TARGETS ", 'wall': <'2026-12-24T18:00'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "post.add", "{'id': <'p'>, " BRAND ", 'text': <'x'>, " TARGETS ", 'zone': <'UTC'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "post.reschedule", "{'id': <'scheduled'>, 'wall': <'tomorrow'>, 'zone': <'UTC'>}",
    SMM_LIBRARY_ERROR_INVALID },
  { "post.reschedule", "{'id': <'scheduled'>, 'wall': <'2026-12-24T18:00'>, 'zone': <'Mars/Base'>}",
    SMM_LIBRARY_ERROR_INVALID },
  /* The past: a minute is let pass for "now". */
  { "post.add",
    "{'id': <'p'>, " BRAND ", 'text': <'x'>, " TARGETS ", 'wall': <'2026-11-30T08:58'>, "
    "'zone': <'UTC'>}",
    SMM_LIBRARY_ERROR_PAST },
  { "post.reschedule", "{'id': <'scheduled'>, 'wall': <'2026-11-29T09:00'>, 'zone': <'UTC'>}",
    SMM_LIBRARY_ERROR_PAST },
  { "post.edit",
    "{'id': <'scheduled'>, 'wall': <'2026-11-29T09:00'>, 'zone': <'UTC'>, 'text': <'x'>}",
    SMM_LIBRARY_ERROR_PAST },
  /* What is public, or may be. */
  { "post.edit", "{'id': <'published'>, 'text': <'x'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.edit", "{'id': <'publishing'>, 'text': <'x'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.edit", "{'id': <'unconfirmed'>, 'text': <'x'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.reschedule", "{'id': <'published'>, " LATER "}", SMM_LIBRARY_ERROR_PINNED },
  { "post.reschedule", "{'id': <'unconfirmed'>, " LATER "}", SMM_LIBRARY_ERROR_PINNED },
  { "post.unschedule", "{'id': <'publishing'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.cancel", "{'id': <'publishing'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.cancel", "{'id': <'published'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.cancel", "{'id': <'unconfirmed'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.retry", "{'id': <'unconfirmed'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.publish-now", "{'id': <'publishing'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.publish-now", "{'id': <'unconfirmed'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.delete", "{'id': <'published'>}", SMM_LIBRARY_ERROR_PINNED },
  { "post.delete", "{'id': <'publishing'>}", SMM_LIBRARY_ERROR_PINNED },
  { "target.resolve", "{'target': <'t-published'>, 'published': <false>}",
    SMM_LIBRARY_ERROR_PINNED },
  { "brand.delete", "{'id': <'" TEST_BRAND "'>}", SMM_LIBRARY_ERROR_PINNED },
  /* Nothing to do. */
  { "post.cancel", "{'id': <'cancelled'>}", SMM_LIBRARY_ERROR_EMPTY },
  { "post.retry", "{'id': <'scheduled'>}", SMM_LIBRARY_ERROR_EMPTY },
  { "post.retry", "{'id': <'published'>}", SMM_LIBRARY_ERROR_EMPTY },
  { "post.retry", "{'id': <'failed'>, 'target': <'t-held'>}", SMM_LIBRARY_ERROR_EMPTY },
};

static void
assert_refused (SmmLibraryLocal *library, const char *before, const char *name, const char *args,
                SmmLibraryError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = test_apply (library, name, args, &error);
  g_autofree char *after = test_dump (library);

  if (!g_error_matches (error, SMM_LIBRARY_ERROR, code))
    g_error ("%s %s: wanted %d, got %s %d", name, args, code,
             error != NULL ? error->message : "no error", error != NULL ? error->code : -1);
  g_assert_null (result);
  g_assert_cmpuint (strlen (error->message), >, 5);
  g_assert_cmpstr (after, ==, before);
}

static void
fail_if_changed (SmmLibrary *library, const char *const *ids, gpointer data)
{
  g_error ("“%s” is said to have changed", ids[0]);
}

static void
test_refusals (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *before = test_dump (library);

  g_signal_connect (library, "changed", G_CALLBACK (fail_if_changed), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_refused (library, before, rows[i].name, rows[i].args, rows[i].error);
  /* None of them left a trace in the history either. */
  assert_refused (library, before, "undo", "{}", SMM_LIBRARY_ERROR_EMPTY);
}

static void
test_disconnected (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *before = NULL;

  g_variant_unref (test_apply (library, "account.set-state",
                               "{'id': <'" TEST_FACEBOOK "'>, 'state': <3>}", NULL));
  before = test_dump (library);
  assert_refused (library, before, "post.add",
                  "{'id': <'p'>, " BRAND ", 'text': <'x'>, " TARGETS ", " LATER "}",
                  SMM_LIBRARY_ERROR_INVALID);
}

/* Limits that would take too much room in a table. */
static void
test_sizes (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *before = test_dump (library);
  g_autofree char *text = g_strnfill (256 * 1024, 'x');
  g_autofree char *name = g_strnfill (201, 'x');
  g_autofree char *edit = g_strdup_printf ("{'id': <'draft'>, 'text': <'%sx'>}", text);
  g_autofree char *fits = g_strdup_printf ("{'id': <'draft'>, 'text': <'%s'>}", text);
  g_autofree char *brand = g_strdup_printf ("{'id': <'b'>, 'name': <'%s'>}", name);
  g_autoptr (GString) media = g_string_new ("{'id': <'draft'>, 'media': <[");
  g_autoptr (GString) targets = g_string_new ("{'id': <'draft'>, 'targets': <[");
  g_autoptr (GVariant) result = NULL;

  for (int i = 0; i < 21; i++)
    g_string_append_printf (media, "%s('" TEST_SHA "', '')", i > 0 ? ", " : "");
  g_string_append (media, "]>}");
  for (int i = 0; i < 201; i++)
    g_string_append_printf (targets, "%s('n%d', '" TEST_FACEBOOK "')", i > 0 ? ", " : "", i);
  g_string_append (targets, "]>}");
  assert_refused (library, before, "post.edit", edit, SMM_LIBRARY_ERROR_INVALID);
  assert_refused (library, before, "brand.add", brand, SMM_LIBRARY_ERROR_INVALID);
  assert_refused (library, before, "post.edit", media->str, SMM_LIBRARY_ERROR_INVALID);
  assert_refused (library, before, "post.edit", targets->str, SMM_LIBRARY_ERROR_INVALID);
  result = test_apply (library, "post.edit", fits, NULL);
  g_assert_nonnull (result);
}

/* A value that lies about its own bytes, as it may come over the bus. */
static void
test_broken_value (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  static const guint8 bytes[] = { 'd', 'r', 'a', 'f', 't' };
  g_autoptr (GVariant) loose = g_variant_ref_sink (
      g_variant_new_from_data (G_VARIANT_TYPE_STRING, bytes, sizeof bytes, FALSE, NULL, NULL));
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (SmmCommand) command = NULL;
  g_autoptr (GError) error = NULL;

  g_variant_dict_insert_value (&dict, "id", loose);
  command = smm_command_new ("post.cancel", g_variant_dict_end (&dict));
  g_assert_null (smm_library_local_apply (library, command, &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID);
}

/* The library can't be written: said so, and nothing is half done. */
static void
test_store_fails (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *before = test_dump (library);
  const char *database = smm_store_get_paths (test_store (library))->database;

  test_exec (database, "CREATE TRIGGER no BEFORE UPDATE ON target BEGIN "
                       "SELECT raise (ABORT, 'no'); END");
  assert_refused (library, before, "post.edit", "{'id': <'scheduled'>, 'text': <'Changed'>}",
                  SMM_LIBRARY_ERROR_STORE);
  test_exec (database, "DROP TRIGGER no");
  g_variant_unref (
      test_apply (library, "post.edit", "{'id': <'scheduled'>, 'text': <'Changed'>}", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/refusals/table", test_refusals);
  g_test_add_func ("/refusals/disconnected", test_disconnected);
  g_test_add_func ("/refusals/sizes", test_sizes);
  g_test_add_func ("/refusals/broken-value", test_broken_value);
  g_test_add_func ("/refusals/store-fails", test_store_fails);
  return g_test_run ();
}
