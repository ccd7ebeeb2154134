# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags and campaigns by pointer and keyboard: made in their list and while writing, seen on chips,
asked for in the calendar. The library is read afterwards, through another program."""

import datetime
import time

from gui import App, name_of, wait_for, walk, xdotool
from harness import Checks, Sandbox, ctl, stay_in_day
from library import SCHEDULED, ZONE, add_posts, make_brand

tap = Checks()
stay_in_day(str(ZONE))
brand = make_brand()
tomorrow = datetime.datetime.now(ZONE).replace(hour=12) + datetime.timedelta(days=1)
due = int(tomorrow.timestamp()) * 1_000_000
add_posts(brand, [("rye", "Rye is back", due, SCHEDULED, [1]), ("bun", "Bun o'clock", due, SCHEDULED, [2])])
sandbox = Sandbox()
app = App()


def tags():
    return {line["tag"]["name"]: line["tag"] for line in ctl("tag", "list", "--brand", brand) if "tag" in line}


def post(text):
    for line in ctl("post", "list", expect=None):
        if line.get("post", {}).get("text") == text:
            return ctl("post", "show", line["post"]["id"])[0]["post"]
    return None


def tagged(text):
    found = post(text)
    return sorted(found.get("tags", []) + [name for name in [found.get("campaign")] if name]) if found else None


def focus_on(text):
    return wait_for(lambda: any(text in name for name in app.focused()))


def dialog():
    """The one of a tag is there, and the keyboard is in its name."""
    wait_for(lambda: app.find("push button", "=Save", 0.5))
    time.sleep(0.5)


def open_menu(item):
    app.click(None, "Switch Brand")
    wait_for(lambda: app.find(None, item, 1))
    app.click(None, item)


def click_toast():
    """Undo at the bottom, not the one at the top of a page."""
    def look():
        for node in walk(app.root):
            if name_of(node) == "Undo" and app.place(node)[1] > 600:
                return node
        return None
    app.point(wait_for(look))


def open_list():
    """The pointer comes from elsewhere, as a hand's does."""
    xdotool("mousemove", 640, 780)
    app.point(app.need(None, "Choose Tags"))
    focus_on("Find or make")


# --- The list ---

open_menu("Tags and Campaigns")
tap.check(wait_for(lambda: app.find(None, "No campaigns yet", 0.5)), "an empty list says what a campaign is")
app.picture("tags-empty")
app.click("push button", "New Campaign")
dialog()
app.type("Advent")
app.act("push button", "=Red")
app.picture("tags-dialog")
tap.check(app.tab_to("First Day, Not Said", 16), "Tab reaches its first day")
app.key("space")
app.key("Right", "space")
wait_for(lambda: not app.find(None, "First Day, Not Said", 0))
app.act("push button", "=Save")
tap.check(wait_for(lambda: "Advent" in tags()), "a campaign is made")
tap.check(tags()["Advent"]["kind"] == "campaign" and tags()["Advent"]["color"] == "#e62d42" and tags()["Advent"].get("first_day"),
          f"with its color and day ({tags()['Advent']})")
wait_for(lambda: not app.find("push button", "=Save", 0))
app.click("push button", "New Tag")
dialog()
app.type("Seeds")
app.key("Return")
tap.check(wait_for(lambda: "Seeds" in tags()), "Return saves a tag")
wait_for(lambda: not app.find("push button", "=Save", 0))
app.click(None, "Delete “Seeds”")
tap.check(wait_for(lambda: "Seeds" not in tags()), "a tag is deleted")
click_toast()
tap.check(wait_for(lambda: "Seeds" in tags()), "and is back with Undo")
wait_for(lambda: app.find(None, "Delete “Seeds”", 0.5))
app.click("list item", "Seeds")
dialog()
app.key("ctrl+a")
app.type("Grains")
app.key("Return")
tap.check(wait_for(lambda: "Grains" in tags() and "Seeds" not in tags()), "a tag is renamed")
app.picture("tags")
wait_for(lambda: not app.find("push button", "=Save", 0))
app.key("Escape")
wait_for(lambda: app.find("push button", "New Post", 0.5))

# --- While writing ---

app.key("ctrl+n")
wait_for(lambda: app.find(None, "Choose Tags", 0.5))
app.type("Slow bread")
open_list()
app.type("adv")
wait_for(lambda: app.find("list item", "Advent, campaign", 0.5))
app.key("Return")
tap.check(wait_for(lambda: tagged("Slow bread") == ["Advent"]), f"typing finds a campaign, Return takes it ({tagged('Slow bread')})")
open_list()
app.type("Sourdough")
wait_for(lambda: app.find("list item", "New tag “Sourdough”", 0.5))
app.key("Return")
tap.check(wait_for(lambda: tagged("Slow bread") == ["Advent", "Sourdough"]), "what is not there is made on the spot")
tap.check("Sourdough" in tags(), "and is in the list")
app.picture("tags-composer")
app.key("shift+Tab")
tap.check(focus_on("Take “Sourdough” away"), "Shift and Tab reach it")
app.key("space")
tap.check(wait_for(lambda: tagged("Slow bread") == ["Advent"]), "and taken away again")
app.key("Escape")

# --- In the calendar ---

ctl("post", "tag", "rye", "--add", "Advent")
app.key("1", *["Next"] * (tomorrow.day == 1))
tap.check(wait_for(lambda: any("Rye is back · Advent" in name for name in app.names())), "a chip says its tags")
ctl("post", "add", "--brand", brand, "--text", "Some day", "--draft")
tap.check(wait_for(lambda: app.find("push button", "Some day", 0.5)) and app.find("push button", "Slow bread", 1), "the shelf has the drafts")
app.picture("tags-month")
app.click(None, "Choose What to Show")
wait_for(lambda: app.find("check box", "=Advent", 0.5))
for _ in range(6):
    if "All tags" in app.focused():
        break
    app.key("shift+Tab")
app.key("Down")
tap.check("Advent" in app.focused(), f"the keyboard reaches it ({list(app.focused())})")
app.key("space")
tap.check(wait_for(lambda: any("Rye is back" in name for name in app.names()) and not any("Bun o'clock" in name for name in app.names())),
          "the calendar shows one tag")
tap.check(wait_for(lambda: not app.find("push button", "Some day", 0)) and app.find("push button", "Slow bread", 1), "and so does the shelf")
app.key("Escape")
app.picture("tags-filter")

tap.check(app.process.poll() is None and app.close() is not None, "the window closes")
sandbox.stop()
tap.end()
