# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of all posts by pointer and keyboard: words, filters, order, and what is done to many."""

import time

from gui import App, name_of, wait_for, walk, xdotool
from harness import Checks, Sandbox, ctl
from overlay import seen
from library import DAY, DRAFT, FAILED, NOW, PUBLISHED, SCHEDULED, add_posts, make_brand

tap = Checks()
brand = make_brand()
soon = NOW - NOW % DAY + 30 * DAY + 10 * 3600 * 1_000_000
add_posts(brand, [
    ("rye", "Rye is back, darker than ever", soon, SCHEDULED, [1, 2]),
    ("creme", "Crème brûlée in a bun", soon + DAY, SCHEDULED, [2]),
    ("oven", "Oven on at five", soon + 2 * DAY, SCHEDULED, [3]),
    ("loaves", "First loaves are out", NOW - DAY, PUBLISHED, [1]),
    ("coffee", "Coffee at the bench", NOW - 2 * DAY, FAILED, [1, 2]),
    ("idea", "An idea about seeds", 0, DRAFT, [2]),
])
ctl("campaign", "add", "Advent", "--brand", brand)
sandbox = Sandbox()

def posts(filters=()):
    return {line["post"]["id"]: line["post"] for line in ctl("post", "list", *filters, expect=None) if "post" in line}

def table():
    """The texts of the rows on screen, from above."""
    found = []
    for node in walk(app.root):
        try:
            if node.get_role_name() == "check box" and node.get_name().startswith("Select “"):
                at = node.get_place()
                found.append((at.y, node.get_name()[8:-1]))
        except Exception:
            continue
    return [text for y, text in sorted(found) if y > 0]

def click_on(text):
    """On the row, where its text is."""
    x, y = app.middle(app.need("check box", f"Select “{text}"))
    xdotool("mousemove", x + 80, y, "click", 1)
    time.sleep(0.6)


def begins(*words):
    return wait_for(lambda: [text.split(" ")[0] for text in table()] == list(words))

# The command line knows the same words, filters and steps.
done = ctl("post", "shift", "rye", "loaves", "--by", "2d")[0]["changed"]
tap.check(done["skipped"] == 1 and posts()["rye"]["due_at"] != posts()["creme"]["due_at"], f"smmctl moves many: {done['label']}")
ctl("post", "shift", "rye", "--by=-2d")
tap.check(list(posts(("--search", "creme bru"))) == ["creme"] and list(posts(("--platform", "tiktok"))) == ["oven"], "smmctl finds and filters")

app = App()
app.click("list item", "Posts")
tap.check(begins("Rye", "Crème", "Oven", "First", "Coffee", "An"), f"what is next, what just was, then ideas: {table()}")
app.picture("posts")

# Words.
app.key("ctrl+f")
app.type("creme bru")
tap.check(begins("Crème"), f"words are found without their accents: {table()}")
app.picture("posts-search")
app.key("ctrl+a")
app.type('"NEAR(')
tap.check(wait_for(lambda: app.find(None, "No Posts Found", 0.5)), "what looks like a query is words that nobody wrote")
app.picture("posts-nothing")
app.key("ctrl+a", "BackSpace")
tap.check(wait_for(lambda: len(table()) == 6), "no words, all posts")

# Order.
app.click(None, "=Post")
tap.check(begins("An", "Coffee", "Crème", "First", "Oven", "Rye"), f"by the text: {table()}")
app.click(None, "=When")
tap.check(begins("Coffee", "First", "Rye", "Crème", "Oven", "An"), f"by time, the first one first: {table()}")
app.click(None, "=When")
tap.check(begins("An", "Oven", "Crème", "Rye", "First", "Coffee"), "and the other way round")

# Filters.
app.click("push button", "=State")
app.key("Tab", "Tab", "Tab", "Tab", "space")
app.key("Escape")
tap.check(begins("Oven", "Crème", "Rye"), f"only what is scheduled: {table()}")
app.click("push button", "=Platform")
app.picture("posts-filter-menu")
app.key("Tab", "space")
app.key("Escape")
tap.check(begins("Crème", "Rye"), f"and is on Instagram: {table()}")
tap.check(app.find(None, "2 of 6 posts"), "they are counted")
app.picture("posts-filtered")
app.click("push button", "Remove This Filter")
tap.check(wait_for(lambda: len(table()) == 4), f"one filter less: {table()}")
app.click("push button", "Remove This Filter")
tap.check(wait_for(lambda: len(table()) == 6), "no filter, all posts")

# Many: a day later, taken back, a copy, off the calendar.
app.click("check box", "Select “Rye")
app.click("check box", "Select “Crème")
app.click("check box", "Select “First")
tap.check(app.find(None, "3 selected"), "three are chosen")
app.picture("posts-chosen")
before = posts()
app.click(None, "Tag the Selected Posts")
app.key("Return")
tap.check(wait_for(lambda: posts()["rye"]["campaign"] == "Advent" == posts()["loaves"]["campaign"]), "they get a campaign, public ones as well")
tap.check(wait_for(lambda: app.find("label", "=Advent", 0.5)), "which their rows show")
app.picture("posts-tagged")
app.key("ctrl+z")
tap.check(wait_for(lambda: posts()["rye"]["campaign"] is None), "and lose it in one step back")
app.click("push button", "=Move To…")
app.picture("posts-move")
app.act("push button", "=Move")
tap.check(wait_for(lambda: posts()["rye"]["wall_time"] != before["rye"]["wall_time"]), "they moved")
after = posts()
tap.check(after["rye"]["due_at"] != before["rye"]["due_at"] and after["rye"]["wall_time"][11:] == before["rye"]["wall_time"][11:],
          "a day later, at the same time")
tap.check(after["loaves"]["due_at"] == before["loaves"]["due_at"], "what is public stays")
tap.check(app.find(None, "2 posts moved; 1 was left as it is"), "both are said")
app.picture("posts-moved")
app.key("ctrl+z")
tap.check(wait_for(lambda: posts()["rye"]["wall_time"] == before["rye"]["wall_time"]
                   and posts()["creme"]["wall_time"] == before["creme"]["wall_time"]), "one step back brings both back")
# Other pages have a button of that name, too.
bar = app.middle(app.need("push button", "=Unschedule"))[1]
done = next(node for node in walk(app.root) if name_of(node) == "Done" and node.get_role_name() == "push button"
            and abs(app.middle(node)[1] - bar) < 12)
xdotool("mousemove", *app.middle(done), "click", 1)
app.picture("posts-done")
tap.check(wait_for(lambda: app.find(None, "3 selected", 0.3) is None), "nothing is chosen any more")

# By keyboard: the cursor chooses nothing, Space does, Delete deletes.
app.key("ctrl+f", "Return")
app.key("Home", "space", "Down", "space")
tap.check(app.find(None, "2 selected"), "Space chooses")
app.key("Delete")
gone = wait_for(lambda: len(posts()) == 4)
tap.check(gone, f"Delete deletes what is chosen: {sorted(posts())}")
app.key("ctrl+z")
tap.check(wait_for(lambda: len(posts()) == 6), "and can be taken back")
app.key("Escape")

# A copy of a public post, by Ctrl and Shift.
app.click("check box", "Select “First")
app.click("push button", "Duplicate")
tap.check(wait_for(lambda: len(posts()) == 7), "a public post can be copied")
copy = next(post for post in posts().values() if post["id"] not in before)
tap.check(copy["state"] == "draft" and copy["due_at"] is None and copy["text"] == "First loaves are out", "into a draft without a time")
app.key("Escape")

# A failed one opens with its cause and the one button.
click_on("Coffee at the bench")
app.picture("posts-card")
tap.check(app.find(None, "The platform did not take the picture"), "a click opens a post, which says why")
tap.check(app.find("push button", "Try Again"), "and offers what fixes it")

# Its own page: what each account says, what happened there, a copy.
app.act("push button", "=Details")
tap.check(app.find(None, "Nothing was sent yet."), "a post has a page that tells what happened")
tap.check(app.find("list item", "northsidebread, Instagram, Failed") and app.find("list item", "Northside Bread, Facebook, Failed"), "and what each account says")
app.picture("post-page")
app.click("list item", "northsidebread, Instagram, Failed")
before = len(posts())
# The page of many posts has a button of that name, too.
app.point(next(node for node in walk(app.root) if name_of(node) == "Duplicate" and node.get_role_name() == "push button" and 0 < app.middle(node)[1] < 46))
tap.check(wait_for(lambda: len(posts()) == before + 1), "it can be copied")
app.key("ctrl+z")
tap.check(wait_for(lambda: len(posts()) == before), "which can be taken back")
app.key("Escape")
tap.check(wait_for(lambda: "Coffee at the bench" in table()), "Escape leads back to all posts")

app.resize(360, 720)
tap.check(wait_for(lambda: app.find("label", "Rye is back", 1)), "a narrow window shows the posts")
app.picture("posts-narrow")
app.click(None, "Select Posts")
click_on("Rye is back")
tap.check(app.find(None, "1 selected"), "there a click chooses when that was asked for")
app.picture("posts-narrow-chosen")
bar = app.need("push button", "=Delete").get_place()
app.click("push button", "=Duplicate")
toast = wait_for(lambda: (lambda node: node and node.get_place())(seen(app, "push button", "=Undo")))
app.picture("posts-narrow-toast")
tap.check(toast and toast.y + toast.height <= bar.y, f"what is told lies over the buttons, not on them ({toast}, {bar})")
status = app.close()
tap.check(status is not None, "the application ends when told to")
sandbox.stop()
tap.end()
