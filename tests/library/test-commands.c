/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every command: what it does, its inverse, undo and redo, also after a restart. */

#include "config.h"

#include "smm-test-library.h"

#include <string.h>

typedef struct
{
  const char *name, *args;
  gboolean undoable;
  const char *holds; /* a line of the dump afterwards, or its part */
  const char *title; /* of the test, when the command's name is taken */
} CommandRow;

#define ACCOUNT(rest)                                                                              \
  "{'account': <@a{sv} {'id': <'" TEST_FACEBOOK "'>, 'brand': <'" TEST_BRAND "'>, "                \
  "'platform': <'facebook'>, 'remote-id': <'100'>, 'name': <'Renamed'>" rest "}>}"
#define OTHER_SHA "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

static const CommandRow rows[] = {
  { "profile.set", "{'name': <'Ana'>, 'email': <'a@b.de'>, 'organization': <'N'>}", FALSE,
    "profile Ana a@b.de N\n" },
  { "brand.add", "{'id': <'new'>, 'name': <'New one'>, 'timezone': <'Asia/Tokyo'>}", TRUE,
    "brand new New one Asia/Tokyo 0 2\n" },
  { "brand.edit",
    "{'id': <'" TEST_BRAND "'>, 'name': <'Other'>, 'timezone': <'UTC'>, 'late-policy': <'skip'>, "
    "'late-hours': <168>}",
    TRUE, "brand " TEST_BRAND " Other UTC 2 168\n" },
  { "brand.edit", "{'id': <'" TEST_BRAND "'>, 'late-hours': <1>}", TRUE,
    "brand " TEST_BRAND " Northside Europe/Berlin 1 1\n", "brand.edit-one-thing" },
  { "brand.edit",
    "{'id': <'" TEST_BRAND "'>, 'logo': <'" TEST_SHA "'>, 'colors': <'#1C71D8, #ffffff'>, "
    "'website': <'northside.example/bread'>, 'description': <'\\n Sourdough \\r\\n\\nand rye'>, "
    "'hashtags': <'bread, #Rye  ##crust'>, 'tone-relaxed': <-100>, 'tone-long': <40>, "
    "'emoji': <'many'>, 'voice': <'brand'>, 'setup-step': <4>}",
    TRUE,
    "brand " TEST_BRAND " Northside Europe/Berlin 1 3\n"
    "  logo=" TEST_SHA "\n  colors=#1c71d8 #ffffff\n  website=https://northside.example/bread\n"
    "  description=Sourdough\nand rye\n  hashtags=#bread #Rye #crust\n"
    "  relaxed -100\n  long 40\n  emoji=2 voice=2 step=4\n",
    "brand.edit-profile" },
  { "brand.add", "{'id': <'new'>, 'name': <'N'>, 'timezone': <'UTC'>, 'audience': <'Bakers'>}",
    TRUE, "brand new N UTC 0 2\n  audience=Bakers\n", "brand.add-profile" },
  { "brand.restore", "{'id': <'gone'>}", TRUE, "brand gone Gone UTC 0 2\n" },
  { "app.set", "{'platform': <'meta'>, 'app-id': <'123'>}", FALSE, "app 123 " },
  { "account.put", ACCOUNT (""), FALSE, "account " TEST_FACEBOOK " Renamed 0 " },
  { "account.set-state", "{'id': <'" TEST_FACEBOOK "'>, 'state': <1>, 'reason': <'Why'>}", FALSE,
    "account " TEST_FACEBOOK " Northside Bread 1 Why\n" },
  { "media.add",
    "{'media': <@a{sv} {'sha256': <'" OTHER_SHA "'>, 'mime': <'image/png'>, "
    "'file-name': <'x'>, 'bytes': <int64 4>, 'width': <1>, 'height': <1>}>}",
    FALSE, " media 1\n" },
  { "setting.set", "{'key': <'mail.from'>, 'value': <'c@example.com'>}", TRUE,
    "from c@example.com" },
  { "setting.set", "{'key': <'use.meta'>, 'value': <'false'>}", TRUE, "switched-off",
    "setting.set-use-meta" },
  { "workspace.close", "{'days': <30>}", TRUE, "closing" },
  { "post.add",
    "{'id': <'new'>, 'brand': <'" TEST_BRAND "'>, 'text': <'Fresh'>, 'kind': <'reel'>, "
    "'link': <'https://example.com'>, 'first-comment': <'first'>, "
    "'options': <@a{ss} {'privacy': 'SELF_ONLY'}>, 'media': <@a(ss) [('" TEST_SHA "', 'A loaf')]>, "
    "'targets': <[('n1', '" TEST_FACEBOOK "'), ('n2', '" TEST_INSTAGRAM "')]>, "
    "'wall': <'2026-12-24T18:00'>, 'zone': <'Europe/Berlin'>}",
    TRUE,
    "post new kind=2 text=Fresh link=https://example.com comment=first due=1798131600000000 "
    "wall=2026-12-24T18:00 zone=Europe/Berlin\n"
    "  option privacy=SELF_ONLY\n"
    "  media " TEST_SHA " alt=A loaf\n"
    "  target n1 " TEST_FACEBOOK " scheduled attempt=0 due=1798131600000000 "
    "next=1798131600000000" },
  { "post.add",
    "{'id': <'new'>, 'brand': <'" TEST_BRAND "'>, 'text': <''>, 'targets': <@a(ss) []>, "
    "'draft': <true>}",
    TRUE, "post new kind=1 text= link=(null)", "post.add-draft" },
  { "post.add",
    "{'id': <'new'>, 'brand': <'" TEST_BRAND "'>, 'text': <'x'>, "
    "'targets': <[('n1', '" TEST_FACEBOOK "')]>, 'draft': <true>, "
    "'wall': <'2026-12-24T18:00'>, 'zone': <'Europe/Berlin'>}",
    TRUE, "  target n1 " TEST_FACEBOOK " draft attempt=0 due=1798131600000000 next=0",
    "post.add-draft-with-a-time" },
  { "post.edit",
    "{'id': <'scheduled'>, 'text': <'Changed'>, 'kind': <'story'>, 'link': <'https://x.de'>, "
    "'options': <{'a': 'b'}>, 'media': <[('" TEST_SHA "', '')]>, "
    "'targets': <[('ignored', '" TEST_FACEBOOK "'), ('n2', '" TEST_INSTAGRAM "')]>, "
    "'wall': <'2026-12-02T10:00'>, 'zone': <'UTC'>}",
    TRUE,
    "post scheduled kind=3 text=Changed link=https://x.de comment=(null) due=1796205600000000 "
    "wall=2026-12-02T10:00 zone=UTC\n"
    "  option a=b\n"
    "  media " TEST_SHA " alt=(null)\n"
    "  target t-scheduled " TEST_FACEBOOK " scheduled attempt=0 due=1796205600000000 "
    "next=1796205600000000 code=(null) reason=(null) fix=(null)\n"
    "  target n2 " TEST_INSTAGRAM " scheduled attempt=0 due=1796205600000000" },
  { "post.edit", "{'id': <'scheduled'>, 'targets': <[('n2', '" TEST_INSTAGRAM "')]>}", TRUE,
    "\n  target n2 " TEST_INSTAGRAM " scheduled", "post.edit-other-account" },
  { "post.edit", "{'id': <'draft'>, 'text': <'Better'>}", TRUE, "text=Better", "post.edit-draft" },
  { "post.edit", "{'id': <'failed'>, 'text': <'Better'>}", TRUE,
    "target t-failed " TEST_FACEBOOK " failed attempt=0 due=1796115600000000 next=0 code=refused",
    "post.edit-failed" },
  { "post.add",
    "{'id': <'new'>, 'brand': <'" TEST_BRAND "'>, 'text': <'Fresh'>, "
    "'targets': <[('n1', '" TEST_FACEBOOK "'), ('n2', '" TEST_INSTAGRAM "')]>, "
    "'variants': <[('" TEST_INSTAGRAM "', {'text': <'Other'>, 'link': <''>, "
    "'first-comment': <'#a'>, 'options': <{'privacy': 'SELF_ONLY'}>, "
    "'media': <[('" TEST_SHA "', 'Own')]>})]>}",
    TRUE,
    "    own text=Other link= comment=#a privacy=SELF_ONLY\n"
    "    own media " TEST_SHA " alt=Own\n    own media: 1\n",
    "post.add-variant" },
  { "post.edit",
    "{'id': <'two'>, 'variants': <[('" TEST_FACEBOOK "', {'text': <''>, "
    "'media': <@a(ss) []>}), ('" TEST_INSTAGRAM "', {'text': <'B'>})]>}",
    TRUE, "    own text= link=(null) comment=(null) privacy=(null)\n    own media: 0\n",
    "post.edit-variant" },
  { "tag.add", "{'id': <'new'>, 'brand': <'" TEST_BRAND "'>, 'name': <' Offers '>}", TRUE,
    "tag Offers #2190a4 (null)..(null) 0\n" },
  { "tag.add",
    "{'id': <'new'>, 'brand': <'" TEST_BRAND "'>, 'name': <'Advent'>, 'kind': <'campaign'>, "
    "'color': <'#FF0000'>, 'first-day': <'2026-12-01'>, 'last-day': <'2026-12-24'>}",
    TRUE, "campaign Advent #ff0000 2026-12-01..2026-12-24 0\n", "tag.add-campaign" },
  { "slots.set",
    "{'brand': <'" TEST_BRAND "'>, 'account': <'" TEST_FACEBOOK "'>, "
    "'slots': <[(7, '18:30'), (1, '09:00')]>}",
    TRUE, "slot " TEST_FACEBOOK " 1 540\nslot " TEST_FACEBOOK " 7 1110\n" },
  { "slot.add", "{'brand': <'" TEST_BRAND "'>, 'weekday': <3>, 'time': <'00:00'>}", TRUE,
    "slot (null) 3 0\n" },
  { "tag.edit", "{'id': <'spring'>, 'name': <'Summer'>, 'last-day': <'2027-08-31'>}", TRUE,
    "campaign Summer #3584e4 (null)..2027-08-31 0\n" },
  { "tag.delete", "{'id': <'rye'>}", TRUE, "campaign spring #3584e4 (null)..(null) 0\napp" },
  { "post.set-tags", "{'id': <'published'>, 'tags': <['rye', 'spring']>}", TRUE,
    "post published kind=1 text=Text of published link=(null) comment=(null) "
    "due=1796115600000000 wall=2026-12-01T10:00:00 zone=Europe/Berlin\n"
    "  tag spring\n  tag rye\n" },
  { "posts.tag", "{'ids': <['published', 'draft']>, 'add': <['rye']>}", TRUE,
    "tag rye #3584e4 (null)..(null) 2\n" },
  { "post.edit", "{'id': <'scheduled'>, 'tags': <['rye']>}", TRUE,
    "tag rye #3584e4 (null)..(null) 1\n", "post.edit-tags" },
  { "post.add",
    "{'id': <'new'>, 'brand': <'" TEST_BRAND "'>, 'text': <'x'>, 'targets': <@a(ss) []>, "
    "'tags': <['spring']>}",
    TRUE, "campaign spring #3584e4 (null)..(null) 1\n", "post.add-tags" },
  { "post.reschedule",
    "{'id': <'scheduled'>, 'wall': <'2026-12-03T09:00'>, 'zone': <'Europe/Berlin'>}", TRUE,
    "target t-scheduled " TEST_FACEBOOK " scheduled attempt=0 due=1796284800000000 "
    "next=1796284800000000" },
  { "post.reschedule", "{'id': <'draft'>, 'wall': <'2026-12-03T09:00'>, 'zone': <'Europe/Berlin'>}",
    TRUE, "target t-draft " TEST_FACEBOOK " scheduled attempt=0 due=1796284800000000",
    "post.reschedule-draft" },
  { "post.reschedule",
    "{'id': <'cancelled'>, 'wall': <'2026-12-03T09:00'>, 'zone': <'Europe/Berlin'>}", TRUE,
    "target t-cancelled " TEST_FACEBOOK " scheduled attempt=0 due=1796284800000000",
    "post.reschedule-cancelled" },
  { "post.reschedule", "{'id': <'held'>, 'wall': <'2026-12-03T09:00'>, 'zone': <'UTC'>}", TRUE,
    "target t-held " TEST_FACEBOOK " scheduled", "post.reschedule-held" },
  { "post.unschedule", "{'id': <'scheduled'>}", TRUE,
    "target t-scheduled " TEST_FACEBOOK " draft attempt=0 due=0 next=0" },
  { "post.cancel", "{'id': <'scheduled'>}", TRUE,
    "target t-scheduled " TEST_FACEBOOK " cancelled attempt=0 due=1796115600000000 next=0" },
  { "post.cancel", "{'id': <'held'>}", TRUE, "target t-held " TEST_FACEBOOK " cancelled",
    "post.cancel-held" },
  { "post.retry", "{'id': <'failed'>}", FALSE,
    "target t-failed " TEST_FACEBOOK " scheduled attempt=0 due=1796115600000000 "
    "next=1796115600000000 code=(null) reason=(null) fix=(null)" },
  { "post.retry", "{'id': <'held'>}", FALSE, "target t-held " TEST_FACEBOOK " scheduled",
    "post.retry-held" },
  { "post.retry", "{'id': <'two'>, 'target': <'t-two-2'>}", FALSE,
    "  target t-two " TEST_FACEBOOK " failed attempt=0 due=1796115600000000 next=0 code=refused "
    "reason=Why it is so fix=edit\n  target t-two-2 " TEST_INSTAGRAM " scheduled",
    "post.retry-one" },
  { "post.publish-now", "{'id': <'draft'>}", FALSE,
    "due=1796029200000000 wall=2026-11-30T10:00:00 zone=Europe/Berlin\n"
    "  target t-draft " TEST_FACEBOOK " scheduled attempt=0 due=1796029200000000 "
    "next=1796029200000000" },
  { "post.delete", "{'id': <'scheduled'>}", TRUE, "brand" },
  { "batch",
    "{'commands': <[('post.reschedule', {'id': <'scheduled'>, 'wall': <'2026-12-05T09:00'>, "
    "'zone': <'Europe/Berlin'>}), ('post.reschedule', {'id': <'draft'>, "
    "'wall': <'2026-12-05T10:00'>, 'zone': <'Europe/Berlin'>})]>}",
    TRUE, "target t-scheduled " TEST_FACEBOOK " scheduled attempt=0 due=1796457600000000 " },
  { "batch",
    "{'commands': <[('post.reschedule', {'id': <'scheduled'>, 'wall': <'2026-12-05T09:00'>, "
    "'zone': <'Europe/Berlin'>}), ('post.cancel', {'id': <'scheduled'>}), "
    "('post.edit', {'id': <'scheduled'>, 'text': <'Thrice'>})]>}",
    TRUE, "text=Thrice", "batch-on-one-post" },
  { "batch",
    "{'commands': <[('post.add', {'id': <'new'>, 'brand': <'" TEST_BRAND "'>, 'text': <'Copy'>, "
    "'targets': <[('n1', '" TEST_FACEBOOK "')]>, 'wall': <'2026-12-24T18:00'>, "
    "'zone': <'UTC'>})]>}",
    TRUE, "text=Copy", "batch-of-one" },
  { "batch", "{'commands': <[('media.edit', {'sha256': <'" TEST_SHA "'>, 'tags': <['warm']>})]>}",
    TRUE, "warm", "batch-on-media" },
  { "media.edit",
    "{'sha256': <'" TEST_SHA "'>, 'name': <'loaf.jpg'>, 'alt': <'A loaf'>, "
    "'tags': <['warm', ' warm ', 'inside']>}",
    TRUE, "library " TEST_SHA " loaf.jpg alt=A loaf tags=warm,inside\n" },
  { "posts.reschedule",
    "{'moves': <[('scheduled', '2026-12-03T09:00', 'Europe/Berlin'), "
    "('published', '2026-12-03T09:00', 'UTC'), ('draft', '2026-12-04T09:00', 'Europe/Berlin')]>}",
    TRUE, "target t-scheduled " TEST_FACEBOOK " scheduled attempt=0 due=1796284800000000" },
  { "posts.reschedule",
    "{'moves': <[('scheduled', '2026-12-03T09:00', 'Europe/Berlin'), "
    "('draft', '2026-12-04T09:00', 'Europe/Berlin')]>}",
    TRUE, "target t-draft " TEST_FACEBOOK " scheduled attempt=0 due=1796371200000000",
    "posts.reschedule-draft" },
  { "posts.shift",
    "{'ids': <['published', 'scheduled', 'draft', 'nothing', 'held']>, 'minutes': <1440>}", TRUE,
    "due=1796202000000000 wall=2026-12-02T10:00:00 zone=Europe/Berlin\n"
    "  target t-scheduled " TEST_FACEBOOK " scheduled attempt=0 due=1796202000000000" },
  { "posts.spread",
    "{'ids': <['held', 'scheduled', 'draft']>, 'from': <'2026-12-05T09:00'>, "
    "'to': <'2026-12-07T09:00'>, 'zone': <'Europe/Berlin'>}",
    TRUE, "wall=2026-12-06T09:00:00 zone=Europe/Berlin\n  target t-scheduled" },
  /* Clocks in Berlin show 02:00 twice in that night. */
  { "posts.spread",
    "{'ids': <['held', 'scheduled', 'draft']>, 'from': <'2027-10-31T00:30'>, "
    "'to': <'2027-10-31T04:30'>, 'zone': <'Europe/Berlin'>}",
    TRUE, "wall=2027-10-31T01:00:00 zone=UTC\n  target t-scheduled", "posts.spread-fold" },
  { "posts.cancel", "{'ids': <['published', 'scheduled', 'held']>}", TRUE,
    "target t-scheduled " TEST_FACEBOOK " cancelled" },
  { "posts.unschedule", "{'ids': <['scheduled', 'unconfirmed']>}", TRUE,
    "target t-scheduled " TEST_FACEBOOK " draft attempt=0 due=0" },
  { "posts.retry", "{'ids': <['failed', 'two', 'published']>}", FALSE,
    "  target t-two-2 " TEST_INSTAGRAM " scheduled" },
  { "posts.delete", "{'ids': <['failed', 'draft', 'published', 'two']>}", TRUE,
    "post published kind=1" },
  { "note.set",
    "{'brand': <'" TEST_BRAND "'>, 'day': <'2026-12-24'>, 'text': <' Closed\nat noon '>}", TRUE,
    "note 2026-12-24 Closed at noon\n" },
  { "holidays.add",
    "{'id': <'feast'>, 'brand': <'" TEST_BRAND "'>, 'name': <'Germany'>, 'days': "
    "<[('2026-12-25', 'Christmas'), ('2026-12-26', 'Boxing Day'), ('2026-12-25', 'A day off')]>}",
    TRUE,
    "holidays feast Germany shown=1 days=3\nholiday 2026-12-25 A day off, Christmas\n"
    "holiday 2026-12-26 Boxing Day\n" },
  { "posts.duplicate", "{'copies': <[('published', 'copy-1'), ('two', 'copy-2')]>}", TRUE,
    "post copy-2 kind=1 text=Text of two link=(null) comment=(null) due=0 wall=(null)" },
  { "posts.duplicate",
    "{'copies': <[('published', 'copy-1'), ('two', 'copy-2')]>, "
    "'times': <[('2026-12-05T10:00', 'Europe/Berlin'), ('2026-12-06T10:00', 'Europe/Berlin')]>}",
    TRUE, "due=1796547600000000 wall=2026-12-06T10:00 zone=Europe/Berlin",
    "posts.duplicate-scheduled" },
  { "target.resolve", "{'target': <'t-unconfirmed'>, 'published': <true>}", FALSE,
    "target t-unconfirmed " TEST_FACEBOOK " published" },
  { "target.resolve", "{'target': <'t-unconfirmed'>, 'published': <false>}", FALSE,
    "target t-unconfirmed " TEST_FACEBOOK " failed attempt=0 due=1796115600000000 next=0 "
    "code=you-said-not-public",
    "target.resolve-not-public" },
};

static GVariant *
apply (SmmLibraryLocal *library, const char *name, const char *args)
{
  g_autoptr (GError) error = NULL;
  GVariant *result = test_apply (library, name, args, &error);

  g_assert_no_error (error);
  return result;
}

/* Only the lines that differ are worth reading. */
static void
assert_same (const char *one, const char *other)
{
  g_auto (GStrv) a = g_strsplit (one, "\n", -1);
  g_auto (GStrv) b = g_strsplit (other, "\n", -1);

  for (guint i = 0; a[i] != NULL && b[i] != NULL; i++)
    g_assert_cmpstr (a[i], ==, b[i]);
  g_assert_cmpuint (g_strv_length (a), ==, g_strv_length (b));
}

static gboolean
get_undoable (GVariant *result)
{
  gboolean undoable = FALSE;

  g_assert_true (g_variant_lookup (result, "undoable", "b", &undoable));
  return undoable;
}

static void
put_other_medium (SmmLibraryLocal *library)
{
  g_autofree char *path
      = smm_paths_get_media (smm_store_get_paths (test_store (library)), OTHER_SHA);

  g_assert_true (g_file_set_contents (path, "jpeg", 4, NULL));
}

static void
count_changes (SmmLibrary *library, const char *const *ids, guint *n)
{
  g_assert_nonnull (ids[0]);
  *n += 1;
}

static void
test_command (gconstpointer data)
{
  const CommandRow *row = data;
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *before = test_dump (library);
  g_autofree char *after = NULL, *back = NULL, *again = NULL, *kept = NULL;
  g_autoptr (GVariant) result = NULL, undone = NULL;
  g_autoptr (GError) error = NULL;
  const char *label = NULL, *told = NULL;
  guint n_changes = 0;

  put_other_medium (library);
  g_signal_connect (library, "changed", G_CALLBACK (count_changes), &n_changes);
  result = apply (library, row->name, row->args);
  g_assert_cmpuint (n_changes, ==, 1);
  after = test_dump (library);
  g_assert_cmpstr (after, !=, before);
  if (strstr (after, row->holds) == NULL)
    g_error ("“%s” is not in\n%s", row->holds, after);
  g_assert_true (g_variant_lookup (result, "label", "&s", &label));
  g_assert_cmpint (get_undoable (result), ==, row->undoable);

  library = test_library_reopen (g_steal_pointer (&library));
  kept = test_dump (library);
  assert_same (kept, after);
  if (!row->undoable)
    {
      g_assert_null (test_apply (library, "undo", "{}", &error));
      g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_EMPTY);
      return;
    }
  undone = apply (library, "undo", "{}");
  /* It is told what is undone, not what undid it. */
  g_assert_true (g_variant_lookup (undone, "label", "&s", &told));
  g_assert_cmpstr (told, ==, label);
  back = test_dump (library);
  assert_same (back, before);
  library = test_library_reopen (g_steal_pointer (&library));
  g_variant_unref (apply (library, "redo", "{}"));
  again = test_dump (library);
  assert_same (again, after);
  /* And round once more: the inverse is made anew by the redo. */
  g_variant_unref (apply (library, "undo", "{}"));
  g_clear_pointer (&back, g_free);
  back = test_dump (library);
  assert_same (back, before);
  g_assert_null (test_apply (library, "undo", "{}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_EMPTY);
}

static void
test_ledger (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GVariant) result
      = apply (library, "ledger.add",
               "{'at': <int64 5>, 'host': <'graph.facebook.com'>, 'purpose': <'publish'>, "
               "'account': <'" TEST_FACEBOOK "'>, 'sent': <int64 10>, 'received': <int64 20>, "
               "'result': <'200'>}");
  g_autoptr (GPtrArray) entries = smm_store_list_ledger (test_store (library), 10);
  SmmLedgerEntry *entry = entries->pdata[0];

  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (entry->host, ==, "graph.facebook.com");
  g_assert_cmpint (entry->bytes_received, ==, 20);
  g_assert_false (get_undoable (result));
}

/* Deleting takes a brand that has nothing on its way. */
static void
test_brand_delete (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autofree char *before = NULL, *back = NULL;

  g_variant_unref (apply (library, "brand.add", "{'id': <'new'>, 'name': <'N'>}"));
  before = test_dump (library);
  g_variant_unref (apply (library, "brand.delete", "{'id': <'new'>}"));
  g_assert_null (smm_store_get_brand (test_store (library), "new"));
  g_variant_unref (apply (library, "undo", "{}"));
  back = test_dump (library);
  assert_same (back, before);
}

/* A deleted brand takes its posts out of every list, and brings them back. */
static void
test_brand_delete_hides_posts (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  SmmStore *store = test_store (library);
  g_autoptr (GPtrArray) chips = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) posts = NULL;

  g_variant_unref (apply (library, "brand.add", "{'id': <'new'>, 'name': <'N'>}"));
  g_variant_unref (
      apply (library, "post.add",
             "{'id': <'d'>, 'brand': <'new'>, 'text': <'x'>, 'targets': <@a(ss) []>}"));
  g_variant_unref (apply (library, "post.add",
                          "{'id': <'c'>, 'brand': <'new'>, 'text': <'x'>, 'draft': <true>, "
                          "'wall': <'2026-12-24T18:00'>, 'zone': <'UTC'>, "
                          "'targets': <@a(ss) []>}"));
  g_variant_unref (apply (library, "brand.delete", "{'id': <'new'>}"));
  chips = smm_store_list_chips (store, "new", 0, G_MAXINT64);
  drafts = smm_store_list_drafts (store, "new", 100);
  posts = smm_store_list_posts (store, &(SmmPostFilter){ .brand_id = "new", .state = -1 });
  g_assert_cmpuint (posts->len, ==, 0);
  g_assert_cmpuint (chips->len, ==, 0);
  g_assert_cmpuint (drafts->len, ==, 0);
}

/* A medium that a post uses is not deleted; one that none uses is, until it is added again. */
static void
test_media_delete (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  SmmStore *store = test_store (library);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *back = NULL;
  g_autoptr (GPtrArray) uses = NULL;
  g_autoptr (SmmMedia) gone = NULL;
  g_autoptr (SmmMedia) again = NULL;

  g_variant_unref (
      apply (library, "post.edit", "{'id': <'draft'>, 'media': <[('" TEST_SHA "', '')]>}"));
  uses = smm_store_list_uses (store, TEST_SHA);
  g_assert_cmpuint (uses->len, ==, 1);
  g_assert_null (test_apply (library, "media.delete", "{'sha256': <'" TEST_SHA "'>}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_PINNED);
  g_assert_nonnull (strstr (error->message, "Text of draft"));
  g_variant_unref (apply (library, "undo", "{}"));
  before = test_dump (library);
  g_variant_unref (apply (library, "media.delete", "{'sha256': <'" TEST_SHA "'>}"));
  gone = smm_store_get_library_media (store, TEST_SHA);
  g_assert_null (gone);
  g_variant_unref (apply (library, "undo", "{}"));
  back = test_dump (library);
  assert_same (back, before);
  /* Putting back what is there is nothing to be undone. */
  g_variant_unref (apply (library, "media.restore", "{'sha256': <'" TEST_SHA "'>}"));
  g_variant_unref (apply (library, "redo", "{}"));
  gone = smm_store_get_library_media (store, TEST_SHA);
  g_assert_null (gone);
  g_variant_unref (apply (library, "media.add",
                          "{'media': <@a{sv} {'sha256': <'" TEST_SHA "'>, 'mime': <'image/jpeg'>, "
                          "'file-name': <'x'>, 'bytes': <int64 4>, 'width': <1>, "
                          "'height': <1>}>}"));
  again = smm_store_get_library_media (store, TEST_SHA);
  g_assert_cmpstr (again->file_name, ==, "bread.jpg");
}

/* A month later the file goes as well, unless a deleted post could still come back and need it. */
static void
test_media_purge (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  SmmStore *store = test_store (library);

  g_variant_unref (
      apply (library, "post.edit", "{'id': <'draft'>, 'media': <[('" TEST_SHA "', '')]>}"));
  g_variant_unref (apply (library, "post.delete", "{'id': <'draft'>}"));
  g_variant_unref (apply (library, "media.delete", "{'sha256': <'" TEST_SHA "'>}"));
  g_assert_true (smm_store_purge_media (store, G_MAXINT64, NULL));
  g_assert_false (smm_store_is_stray (store, TEST_SHA));
  g_variant_unref (apply (library, "undo", "{}"));
  g_variant_unref (apply (library, "undo", "{}"));
  g_variant_unref (apply (library, "undo", "{}"));
  g_variant_unref (apply (library, "media.delete", "{'sha256': <'" TEST_SHA "'>}"));
  g_assert_true (smm_store_purge_media (store, test_now, NULL));
  g_assert_false (smm_store_is_stray (store, TEST_SHA));
  test_now += 29 * G_TIME_SPAN_DAY;
  g_variant_unref (apply (library, "library.sweep", "{}"));
  g_assert_false (smm_store_is_stray (store, TEST_SHA));
  test_now += 2 * G_TIME_SPAN_DAY;
  g_variant_unref (apply (library, "library.sweep", "{}"));
  g_assert_true (smm_store_is_stray (store, TEST_SHA));
  g_assert_false (smm_store_is_stray (store, "library.db"));
}

/* What was deleted goes after the days that are set, with all that belongs to it; what is still to
 * be known of a post keeps it. */
static gboolean
has_target (SmmStore *store, const char *id)
{
  g_autoptr (SmmTarget) target = smm_store_get_target (store, id);

  return target != NULL;
}

static void
test_post_purge (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  SmmStore *store = test_store (library);

  g_variant_unref (apply (library, "post.delete", "{'id': <'draft'>}"));
  g_variant_unref (apply (library, "post.delete", "{'id': <'failed'>}"));
  g_assert_true (smm_store_set_post_deleted (store, "unconfirmed", test_now, NULL));
  g_variant_unref (apply (library, "setting.set", "{'key': <'trash.keep-days'>, 'value': <'7'>}"));
  test_now += 6 * G_TIME_SPAN_DAY;
  g_variant_unref (apply (library, "library.sweep", "{}"));
  g_assert_true (has_target (store, "t-draft"));
  test_now += 2 * G_TIME_SPAN_DAY;
  g_variant_unref (apply (library, "library.sweep", "{}"));
  g_assert_false (has_target (store, "t-draft"));
  g_assert_false (has_target (store, "t-failed"));
  g_assert_true (has_target (store, "t-unconfirmed"));
  g_assert_true (has_target (store, "t-published"));
}

/* What can't change stays as it is and is counted; where nothing can, the reason is the error. */
static void
test_bulk_skips (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GVariant) result
      = apply (library, "posts.cancel", "{'ids': <['published', 'scheduled', 'nothing', 'held']>}");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = test_dump (library), *after = NULL;
  const char *label = NULL, *reason = NULL;
  guint32 n = 0;

  g_assert_true (g_variant_lookup (result, "label", "&s", &label));
  g_assert_true (g_variant_lookup (result, "reason", "&s", &reason));
  g_assert_true (g_variant_lookup (result, "skipped", "u", &n));
  g_assert_cmpstr (label, ==, "2 posts cancelled; 2 were left as they are");
  g_assert_nonnull (strstr (reason, "public"));
  g_assert_cmpuint (n, ==, 2);
  g_assert_null (
      test_apply (library, "posts.cancel", "{'ids': <['published', 'nothing']>}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_PINNED);
  after = test_dump (library);
  assert_same (after, before);
}

/* One of many went out before all was put back: the others are put back all the same. */
static void
test_bulk_undo_meanwhile (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GVariant) result = NULL;
  g_autofree char *dump = NULL;
  const char *label = NULL;

  g_variant_unref (
      apply (library, "posts.shift", "{'ids': <['scheduled', 'held']>, 'minutes': <5>}"));
  test_set_state (library, "t-held", SMM_TARGET_SCHEDULED, SMM_TARGET_PUBLISHED, NULL);
  result = apply (library, "undo", "{}");
  g_assert_true (g_variant_lookup (result, "label", "&s", &label));
  g_assert_cmpstr (label, ==, "1 post put back; 1 was left as it is");
  dump = test_dump (library);
  g_assert_nonnull (strstr (dump, "target t-scheduled " TEST_FACEBOOK
                                  " scheduled attempt=0 due=1796115600000000"));
  g_assert_nonnull (strstr (dump, "target t-held " TEST_FACEBOOK " published"));
}

/* --- Many steps --- */

static void
test_undo_stack (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 12; i++)
    {
      g_autofree char *args = g_strdup_printf ("{'id': <'draft'>, 'text': <'Version %d'>}", i);

      g_ptr_array_add (dumps, test_dump (library));
      g_variant_unref (apply (library, "post.edit", args));
    }
  g_ptr_array_add (dumps, test_dump (library));
  for (int round = 0; round < 2; round++)
    {
      for (int i = 11; i >= 0; i--)
        {
          g_autofree char *dump = NULL;

          g_variant_unref (apply (library, "undo", "{}"));
          dump = test_dump (library);
          assert_same (dump, dumps->pdata[i]);
          if (i == 6)
            library = test_library_reopen (g_steal_pointer (&library));
        }
      for (int i = 1; i <= 12; i++)
        {
          g_autofree char *dump = NULL;

          g_variant_unref (apply (library, "redo", "{}"));
          dump = test_dump (library);
          assert_same (dump, dumps->pdata[i]);
          if (i == 6)
            library = test_library_reopen (g_steal_pointer (&library));
        }
    }
  g_assert_null (test_apply (library, "redo", "{}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_EMPTY);
}

/* A new change ends what could be redone; what came before can still be undone. */
static void
test_redo_ends (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmPost) post = NULL;
  g_autoptr (GError) error = NULL;

  g_variant_unref (apply (library, "post.edit", "{'id': <'draft'>, 'text': <'One'>}"));
  g_variant_unref (apply (library, "post.edit", "{'id': <'draft'>, 'text': <'Two'>}"));
  g_variant_unref (apply (library, "undo", "{}"));
  g_variant_unref (apply (library, "post.edit", "{'id': <'draft'>, 'text': <'Three'>}"));
  g_assert_null (test_apply (library, "redo", "{}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_EMPTY);
  g_variant_unref (apply (library, "undo", "{}"));
  post = smm_store_get_post (test_store (library), "draft");
  g_assert_cmpstr (post->text, ==, "One");
}

/* --- The same again --- */

static void
test_repeated (void)
{
  static const struct
  {
    const char *name, *args;
  } again[] = {
    { "brand.add", "{'id': <'new'>, 'name': <'N'>}" },
    { "post.add", "{'id': <'p'>, 'brand': <'" TEST_BRAND "'>, 'text': <'x'>, "
                  "'targets': <[('n1', '" TEST_FACEBOOK "')]>, 'wall': <'2026-12-24T18:00'>, "
                  "'zone': <'UTC'>}" },
    { "post.edit", "{'id': <'p'>, 'text': <'y'>, 'client-id': <'c1'>}" },
    { "post.reschedule",
      "{'id': <'p'>, 'wall': <'2026-12-25T18:00'>, 'zone': <'UTC'>, 'client-id': <'c2'>}" },
    { "post.cancel", "{'id': <'p'>, 'client-id': <'c3'>}" },
    { "undo", "{'client-id': <'c4'>}" },
    { "redo", "{'client-id': <'c5'>}" },
    { "post.delete", "{'id': <'p'>, 'client-id': <'c6'>}" },
  };
  g_autoptr (SmmLibraryLocal) library = test_library_new ();

  for (guint i = 0; i < G_N_ELEMENTS (again); i++)
    {
      g_autofree char *once = NULL, *twice = NULL;

      g_variant_unref (apply (library, again[i].name, again[i].args));
      once = test_dump (library);
      g_variant_unref (apply (library, again[i].name, again[i].args));
      twice = test_dump (library);
      assert_same (twice, once);
    }
}

/* Adding again what was moved meanwhile does not move it back. */
static void
test_repeated_late (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  static const char add[] = "{'id': <'p'>, 'brand': <'" TEST_BRAND "'>, 'text': <'x'>, "
                            "'targets': <[('n1', '" TEST_FACEBOOK "')]>, "
                            "'wall': <'2026-12-24T18:00'>, 'zone': <'UTC'>}";
  g_autofree char *moved = NULL, *now = NULL;
  g_autoptr (SmmTarget) target = NULL;

  g_variant_unref (apply (library, "post.add", add));
  g_variant_unref (apply (library, "post.cancel", "{'id': <'p'>}"));
  moved = test_dump (library);
  g_variant_unref (apply (library, "post.add", add));
  now = test_dump (library);
  assert_same (now, moved);
  /* And there is still one step to undo, not two. */
  g_variant_unref (apply (library, "undo", "{}"));
  target = smm_store_get_target (test_store (library), "n1");
  g_assert_cmpint (target->state, ==, SMM_TARGET_SCHEDULED);
}

/* --- Against the engine --- */

static gboolean
claim (SmmLibraryLocal *library, const char *target_id)
{
  g_autoptr (SmmTarget) target = smm_store_get_target (test_store (library), target_id);
  SmmTransition to
      = { .state = SMM_TARGET_PUBLISHING, .attempt = target->attempt + 1, .next_at = 1 };
  g_autoptr (GError) error = NULL;
  gboolean claimed = smm_store_transition (test_store (library), target_id, SMM_TARGET_SCHEDULED,
                                           target->attempt, &to, &error);

  g_assert_no_error (error);
  return claimed;
}

static void
test_race (void)
{
  static const struct
  {
    const char *name, *args;
    gboolean claimable; /* after the command */
  } changes[] = {
    { "post.cancel", "{'id': <'scheduled'>}", FALSE },
    { "post.delete", "{'id': <'scheduled'>}", FALSE },
    { "post.unschedule", "{'id': <'scheduled'>}", FALSE },
    { "post.edit", "{'id': <'scheduled'>, 'text': <'Changed'>}", TRUE },
    { "post.reschedule", "{'id': <'scheduled'>, 'wall': <'2026-12-03T09:00'>, 'zone': <'UTC'>}",
      TRUE },
    { "post.publish-now", "{'id': <'scheduled'>}", TRUE },
  };
  g_autoptr (SmmLibraryLocal) library = test_library_new ();

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *before = NULL, *after = NULL;
      g_autoptr (GError) error = NULL;
      SmmStore *store = test_store (library);
      g_autoptr (SmmTarget) target = NULL;

      /* The command was first. */
      g_variant_unref (apply (library, changes[i].name, changes[i].args));
      g_assert_cmpint (claim (library, "t-scheduled"), ==, changes[i].claimable);
      if (!changes[i].claimable)
        {
          g_variant_unref (apply (library, "undo", "{}"));
          g_assert_true (claim (library, "t-scheduled"));
        }
      /* The engine was first: nothing changes, and the answer says why. */
      before = test_dump (library);
      g_assert_null (test_apply (library, changes[i].name, changes[i].args, &error));
      g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_PINNED);
      after = test_dump (library);
      assert_same (after, before);
      target = smm_store_get_target (store, "t-scheduled");
      target->state = SMM_TARGET_SCHEDULED;
      g_assert_true (smm_store_put_target (store, target, NULL));
    }
}

/* What went out cannot be taken back by undoing the change before it. */
/* Saved while it is written, a text is one step of undo; what came between parts the steps. */
static void
test_stretch (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmPost) original = smm_store_get_post (test_store (library), "draft");
  static const struct
  {
    const char *name, *args, *text;
  } steps[] = {
    { "post.edit", "{'id': <'draft'>, 'text': <'a'>, 'stretch': <'1'>}", "a" },
    { "post.edit", "{'id': <'draft'>, 'text': <'ab'>, 'stretch': <'1'>}", "ab" },
    { "post.edit", "{'id': <'draft'>, 'text': <'abc'>, 'stretch': <'1'>}", "abc" },
    { "undo", "{}", NULL },
    { "redo", "{}", "abc" },
    { "post.edit", "{'id': <'draft'>, 'text': <'abcd'>, 'stretch': <'2'>}", "abcd" },
    { "post.cancel", "{'id': <'scheduled'>}", "abcd" },
    { "post.edit", "{'id': <'draft'>, 'text': <'abcde'>, 'stretch': <'2'>}", "abcde" },
    { "undo", "{}", "abcd" },
    { "undo", "{}", "abcd" },
    { "undo", "{}", "abc" },
    { "undo", "{}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) answer = test_apply (library, steps[i].name, steps[i].args, &error);
      g_autoptr (SmmPost) post = smm_store_get_post (test_store (library), "draft");

      g_assert_no_error (error);
      g_assert_nonnull (answer);
      g_assert_cmpstr (post->text, ==, steps[i].text != NULL ? steps[i].text : original->text);
    }
}

/* A variant stays until it is told otherwise, and comes back with what was deleted. */
static void
test_variants (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GError) error = NULL;
  static const struct
  {
    const char *name, *args;
    const char *own; /* text of the draft's variant; NULL: nothing differs */
  } steps[] = {
    { "post.edit", "{'id': <'draft'>, 'variants': <[('" TEST_FACEBOOK "', {'text': <'A'>})]>}",
      "A" },
    { "post.edit", "{'id': <'draft'>, 'text': <'For all'>}", "A" },
    { "post.reschedule", "{'id': <'draft'>, 'wall': <'2026-12-03T09:00'>, 'zone': <'UTC'>}", "A" },
    { "post.edit", "{'id': <'draft'>, 'variants': <@a(sa{sv}) []>}", NULL },
    { "undo", "{}", "A" },
    { "post.edit", "{'id': <'draft'>, 'targets': <[('n2', '" TEST_INSTAGRAM "')]>}", NULL },
    { "undo", "{}", "A" },
    { "post.delete", "{'id': <'draft'>}", NULL },
    { "undo", "{}", "A" },
    { "post.edit", "{'id': <'draft'>, 'variants': <[('" TEST_FACEBOOK "', @a{sv} {})]>}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GVariant) answer = test_apply (library, steps[i].name, steps[i].args, &error);
      g_autoptr (SmmPost) post = NULL;
      SmmTarget *target;

      g_assert_no_error (error);
      g_assert_nonnull (answer);
      post = smm_store_get_post (test_store (library), "draft");
      target = post != NULL ? post->targets->pdata[0] : NULL;
      if (steps[i].own != NULL)
        g_assert_cmpstr (target->variant->text, ==, steps[i].own);
      else if (target != NULL)
        g_assert_null (target->variant);
    }
}

static void
test_undo_after_publishing (void)
{
  static const SmmTargetState states[]
      = { SMM_TARGET_PUBLISHING, SMM_TARGET_PUBLISHED, SMM_TARGET_UNCONFIRMED };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *args
          = g_strdup_printf ("{'id': <'p%u'>, 'brand': <'" TEST_BRAND "'>, 'text': <'x'>, "
                             "'targets': <[('n%u', '" TEST_FACEBOOK "')]>, "
                             "'wall': <'2026-12-24T18:00'>, 'zone': <'UTC'>}",
                             i, i);
      g_autofree char *move
          = g_strdup_printf ("{'id': <'p%u'>, 'wall': <'2026-12-25T18:00'>, 'zone': <'UTC'>}", i);
      g_autofree char *target = g_strdup_printf ("n%u", i);
      g_autofree char *before = NULL, *after = NULL;
      g_autoptr (SmmLibraryLocal) library = i == 0 ? test_library_new () : NULL;
      g_autoptr (GError) error = NULL;
      static SmmLibraryLocal *kept;

      if (library != NULL)
        kept = g_object_ref (library);
      g_variant_unref (apply (kept, "post.add", args));
      g_variant_unref (apply (kept, "post.reschedule", move));
      test_set_state (kept, target, SMM_TARGET_SCHEDULED, states[i], NULL);
      before = test_dump (kept);
      g_assert_null (test_apply (kept, "undo", "{}", &error));
      g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_PINNED);
      after = test_dump (kept);
      assert_same (after, before);
      if (i + 1 == G_N_ELEMENTS (states))
        g_clear_object (&kept);
    }
}

/* Undoing what would schedule into the past is refused, once: the steps before it can be undone. */
static void
test_undo_into_the_past (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmBrand) brand = NULL;
  g_autoptr (GError) error = NULL;

  g_variant_unref (apply (library, "brand.edit", "{'id': <'" TEST_BRAND "'>, 'name': <'Other'>}"));
  g_variant_unref (apply (library, "post.cancel", "{'id': <'scheduled'>}"));
  test_now = TEST_DUE + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  g_assert_null (test_apply (library, "undo", "{}", &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_PAST);
  g_variant_unref (apply (library, "undo", "{}"));
  brand = smm_store_get_brand (test_store (library), TEST_BRAND);
  g_assert_cmpstr (brand->name, !=, "Other");
}

/* Signing in again frees what waited for it, and nothing else. */
static void
test_release (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmTarget) held = NULL;
  g_autoptr (SmmTarget) failed = NULL;

  g_variant_unref (apply (library, "account.put", ACCOUNT ("")));
  held = smm_store_get_target (test_store (library), "t-held");
  failed = smm_store_get_target (test_store (library), "t-failed");
  g_assert_cmpint (held->state, ==, SMM_TARGET_SCHEDULED);
  g_assert_cmpint (held->next_at, ==, TEST_DUE);
  g_assert_cmpint (failed->state, ==, SMM_TARGET_FAILED);
}

/* What is on its way stays; the rest of the post is cancelled. */
static void
test_cancel_the_rest (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmTarget) one = NULL;
  g_autoptr (SmmTarget) two = NULL;

  test_set_state (library, "t-two", SMM_TARGET_FAILED, SMM_TARGET_PUBLISHED, NULL);
  g_variant_unref (apply (library, "post.cancel", "{'id': <'two'>}"));
  one = smm_store_get_target (test_store (library), "t-two");
  two = smm_store_get_target (test_store (library), "t-two-2");
  g_assert_cmpint (one->state, ==, SMM_TARGET_PUBLISHED);
  g_assert_cmpint (two->state, ==, SMM_TARGET_CANCELLED);
}

/* --- Asynchronous --- */

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;
  GVariant *answer = smm_library_apply_finish (SMM_LIBRARY (object), result, error);

  if (answer == NULL && *error == NULL)
    g_set_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_STORE, "no answer");
  if (*error == NULL)
    g_set_error (error, SMM_LIBRARY_ERROR, 99, "done");
  g_clear_pointer (&answer, g_variant_unref);
}

static void
test_async (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (SmmCommand) good
      = smm_command_new ("post.cancel", g_variant_new_parsed ("{'id': <'scheduled'>}"));
  g_autoptr (SmmCommand) bad
      = smm_command_new ("post.cancel", g_variant_new_parsed ("{'id': <'none'>}"));
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  GError *one = NULL, *two = NULL, *three = NULL;

  g_cancellable_cancel (cancelled);
  smm_library_apply_async (SMM_LIBRARY (library), good, cancelled, applied_cb, &three);
  smm_library_apply_async (SMM_LIBRARY (library), good, NULL, applied_cb, &one);
  smm_library_apply_async (SMM_LIBRARY (library), bad, NULL, applied_cb, &two);
  while (one == NULL || two == NULL || three == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (one, SMM_LIBRARY_ERROR, 99);
  g_assert_error (two, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_NOT_FOUND);
  g_assert_error (three, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&one);
  g_clear_error (&two);
  g_clear_error (&three);
}

/* A tag that comes back is on what it was on, also on a post that was changed meanwhile; a campaign
 * takes the place of another. */
/* Of a post that differs on each account, a copy is on each of them what the post is. */
static void
test_copy_is_whole (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  const char *times = "'times': <[('2026-12-06T10:00', 'Europe/Berlin')]>}";
  g_autofree char *scheduled = g_strconcat ("{'copies': <[('two', 'later')]>, ", times, NULL);
  g_autofree char *without = g_strconcat ("{'copies': <[('two', 'third')]>, ", times, NULL);
  g_autoptr (SmmPost) post = NULL;
  g_autoptr (GError) error = NULL;
  const char *copies[] = { "draft-copy", "later" };

  g_variant_unref (apply (
      library, "post.edit",
      "{'id': <'two'>, 'text': <'For all'>, 'first-comment': <'#bread'>, 'options': <{'a': 'b'}>, "
      "'link': <'https://example.com'>, 'media': <[('" TEST_SHA "', 'A loaf')]>, "
      "'tags': <['spring', 'rye']>, 'variants': <[('" TEST_INSTAGRAM
      "', {'text': <'Own'>, 'link': <''>, 'first-comment': <'#own'>, "
      "'options': <{'share-to-feed': 'false'}>, 'media': <[('" TEST_SHA "', 'Own')]>})]>}"));
  g_variant_unref (apply (library, "posts.duplicate", "{'copies': <[('two', 'draft-copy')]>}"));
  g_variant_unref (apply (library, "posts.duplicate", scheduled));
  post = smm_store_get_post (test_store (library), "two");
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      g_autoptr (SmmPost) copy = smm_store_get_post (test_store (library), copies[i]);

      g_assert_cmpuint (copy->targets->len, ==, post->targets->len);
      g_assert_cmpuint (copy->tags->len, ==, 2);
      for (guint n = 0; n < post->targets->len; n++)
        {
          SmmTarget *target = copy->targets->pdata[n];
          g_autoptr (SmmPost) there = smm_post_for_target (post, post->targets->pdata[n]);
          g_autoptr (SmmPost) here = smm_post_for_target (copy, target);
          g_autofree char *wanted = smm_post_get_digest (there);
          g_autofree char *got = smm_post_get_digest (here);

          g_assert_cmpstr (got, ==, wanted);
          g_assert_cmpint (target->state, ==, i == 0 ? SMM_TARGET_DRAFT : SMM_TARGET_SCHEDULED);
          g_assert_cmpint (target->next_at, ==, target->due_at);
          g_assert_cmpint (target->attempt, ==, 0);
        }
    }
  /* A draft shows who is missing; what goes out by itself would not. */
  g_variant_unref (apply (library, "account.set-state",
                          "{'id': <'" TEST_INSTAGRAM "'>, 'state': <3>, 'reason': <''>}"));
  g_assert_null (test_apply (library, "posts.duplicate", without, &error));
  g_assert_error (error, SMM_LIBRARY_ERROR, SMM_LIBRARY_ERROR_INVALID);
}

static void
test_notes (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  static const struct
  {
    const char *name, *text; /* NULL: of undo and redo */
    const char *label, *note;
  } steps[] = {
    { "note.set", "Open day", "Note added", "Open day" },
    { "note.set", "Open night", "Note changed", "Open night" },
    { "note.set", "Open night ", NULL, "Open night" },
    { "note.set", "", "Note removed", NULL },
    { "note.set", "", NULL, NULL },
    { "undo", NULL, NULL, "Open night" },
    { "undo", NULL, NULL, "Open day" },
    { "redo", NULL, NULL, "Open night" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *args
          = g_strdup_printf ("{'brand': <'" TEST_BRAND "'>, 'day': <'2026-12-24'>, 'text': <'%s'>}",
                             steps[i].text != NULL ? steps[i].text : "");
      g_autoptr (GVariant) result
          = apply (library, steps[i].name, steps[i].text != NULL ? args : "{}");
      g_autoptr (GHashTable) notes
          = smm_store_list_notes (test_store (library), TEST_BRAND, "2026-12-24", "2026-12-24");
      g_autoptr (GHashTable) before
          = smm_store_list_notes (test_store (library), TEST_BRAND, "2026-12-25", "2026-12-31");
      const char *label = NULL;

      g_variant_lookup (result, "label", "&s", &label);
      if (steps[i].text != NULL)
        g_assert_cmpstr (label, ==, steps[i].label);
      g_assert_cmpstr (g_hash_table_lookup (notes, "2026-12-24"), ==, steps[i].note);
      g_assert_cmpuint (g_hash_table_size (before), ==, 0);
    }
}

/* Hidden, removed and brought back. */
static void
test_holidays (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  static const struct
  {
    const char *name, *args, *label, *shown;
  } steps[] = {
    { "holidays.add",
      "{'id': <'feast'>, 'brand': <'" TEST_BRAND "'>, 'name': <'Germany'>, "
      "'days': <[('2026-12-25', 'Christmas')]>}",
      "Holidays added", "Christmas" },
    { "holidays.show", "{'id': <'feast'>, 'shown': <true>}", NULL, "Christmas" },
    { "holidays.show", "{'id': <'feast'>, 'shown': <false>}", "Holidays hidden", NULL },
    { "undo", "{}", "Holidays shown", "Christmas" },
    { "holidays.delete", "{'id': <'feast'>}", "Holidays removed", NULL },
    { "undo", "{}", "Holidays restored", "Christmas" },
    { "redo", "{}", "Holidays removed", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GVariant) result = apply (library, steps[i].name, steps[i].args);
      g_autoptr (GHashTable) names = smm_store_list_holiday_names (test_store (library), TEST_BRAND,
                                                                   "2026-12-25", "2026-12-25");
      const char *label = NULL;

      g_variant_lookup (result, "label", "&s", &label);
      if (!g_str_equal (steps[i].name, "undo") && !g_str_equal (steps[i].name, "redo"))
        g_assert_cmpstr (label, ==, steps[i].label);
      g_assert_cmpstr (g_hash_table_lookup (names, "2026-12-25"), ==, steps[i].shown);
    }
}

/* Weeks that have a name do not hide a day that has one of its own. */
static void
test_holidays_order (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GVariant) added
      = apply (library, "holidays.add",
               "{'id': <'both'>, 'brand': <'" TEST_BRAND "'>, 'name': <'Germany'>, "
               "'days': <[('2026-12-24', 'Away'), ('2026-12-25', 'Away'), "
               "('2026-12-25', 'Christmas'), ('2026-12-26', 'Away')]>}");
  g_autoptr (GHashTable) names
      = smm_store_list_holiday_names (test_store (library), TEST_BRAND, "2026-12-24", "2026-12-26");

  g_assert_nonnull (added);
  g_assert_cmpstr (g_hash_table_lookup (names, "2026-12-25"), ==, "Christmas, Away");
  g_assert_cmpstr (g_hash_table_lookup (names, "2026-12-26"), ==, "Away");
}

static void
test_tags_stay (void)
{
  g_autoptr (SmmLibraryLocal) library = test_library_new ();
  g_autoptr (GHashTable) tagged = NULL;
  g_autoptr (SmmPost) post = NULL;
  SmmPostFilter filter = { .state = -1, .tag_id = "rye" };
  g_autoptr (GPtrArray) found = NULL;
  GPtrArray *tags;

  g_variant_unref (test_apply (library, "posts.tag",
                               "{'ids': <['scheduled']>, 'add': <['rye', 'spring']>}", NULL));
  g_variant_unref (test_apply (library, "tag.delete", "{'id': <'rye'>}", NULL));
  g_variant_unref (test_apply (library, "post.edit", "{'id': <'scheduled'>, 'text': <'x'>}", NULL));
  found = smm_store_list_posts (test_store (library), &filter);
  g_assert_cmpuint (found->len, ==, 0);
  g_variant_unref (test_apply (library, "tag.restore", "{'id': <'rye'>}", NULL));
  g_variant_unref (test_apply (
      library, "tag.add",
      "{'id': <'s2'>, 'brand': <'" TEST_BRAND "'>, 'name': <'Two'>, 'kind': <'campaign'>}", NULL));
  g_variant_unref (
      test_apply (library, "posts.tag", "{'ids': <['scheduled']>, 'add': <['s2']>}", NULL));
  tagged = smm_store_list_tags_between (test_store (library), TEST_BRAND, TEST_DUE, TEST_DUE + 1);
  tags = g_hash_table_lookup (tagged, "scheduled");
  g_assert_nonnull (tags);
  g_assert_cmpuint (g_hash_table_size (tagged), ==, 1);
  g_assert_cmpuint (tags->len, ==, 2);
  g_assert_cmpstr (((SmmTag *)tags->pdata[0])->name, ==, "Two");
  g_assert_cmpstr (((SmmTag *)tags->pdata[1])->name, ==, "rye");
  post = smm_store_get_post (test_store (library), "scheduled");
  g_assert_cmpuint (post->tags->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name
          = g_strconcat ("/commands/", rows[i].title != NULL ? rows[i].title : rows[i].name, NULL);

      g_test_add_data_func (name, &rows[i], test_command);
    }
  g_test_add_func ("/commands/ledger.add", test_ledger);
  g_test_add_func ("/commands/brand.delete", test_brand_delete);
  g_test_add_func ("/commands/brand.delete-hides-posts", test_brand_delete_hides_posts);
  g_test_add_func ("/media/delete", test_media_delete);
  g_test_add_func ("/media/purge", test_media_purge);
  g_test_add_func ("/post/purge", test_post_purge);
  g_test_add_func ("/bulk/skips", test_bulk_skips);
  g_test_add_func ("/bulk/undo-meanwhile", test_bulk_undo_meanwhile);
  g_test_add_func ("/undo/stretch", test_stretch);
  g_test_add_func ("/variants", test_variants);
  g_test_add_func ("/undo/stack", test_undo_stack);
  g_test_add_func ("/undo/redo-ends", test_redo_ends);
  g_test_add_func ("/undo/after-publishing", test_undo_after_publishing);
  g_test_add_func ("/undo/into-the-past", test_undo_into_the_past);
  g_test_add_func ("/repeated/at-once", test_repeated);
  g_test_add_func ("/repeated/late", test_repeated_late);
  g_test_add_func ("/race/claim", test_race);
  g_test_add_func ("/accounts/release", test_release);
  g_test_add_func ("/accounts/cancel-the-rest", test_cancel_the_rest);
  g_test_add_func ("/async", test_async);
  g_test_add_func ("/commands/tags-stay", test_tags_stay);
  g_test_add_func ("/commands/notes", test_notes);
  g_test_add_func ("/commands/holidays", test_holidays);
  g_test_add_func ("/commands/holidays-order", test_holidays_order);
  g_test_add_func ("/commands/copy-is-whole", test_copy_is_whole);
  return g_test_run ();
}
