# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reel with a first comment that Facebook is to publish, written by pointer and keyboard: what the
library has afterwards is what was on screen."""

import datetime

from gui import App, wait_for
from harness import APP_ID, SECRET, Checks, Sandbox, connect, ctl, stay_in_day

TEXT = "Kneading, in thirty seconds"
tap = Checks()
stay_in_day()
sandbox = Sandbox()


def stored(text):
    """The one post with this text, as the library has it."""
    for line in ctl("post", "list", expect=None):
        if line.get("post", {}).get("text") == text:
            return ctl("post", "show", line["post"]["id"])[0]["post"]
    return None


def stored_as(text, good):
    """Drafts are saved a moment after the last change."""
    return wait_for(lambda: (lambda post: post if post and good(post) else None)(stored(text)))


def choose(day):
    """In the calendar that hangs from the time row; the keys begin at its first cell."""
    first = now.date().replace(day=1)
    index = (first.isoweekday() % 7 or 7) + (day - first).days
    app.point(app.need("push button", "=Choose a Day"))
    app.key("Right", *["Down"] * (index // 7), *["Right"] * (index % 7), "space")


brand = ctl("brand", "add", "Northside Bread", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
now = datetime.datetime.now(datetime.timezone.utc)
tomorrow = (now + datetime.timedelta(days=1)).date()

app = App()
wait_for(lambda: app.find("push button", "=New Post", 1))
app.key("ctrl+n")
app.type(TEXT)
tap.check(wait_for(lambda: app.find("text", "First comment", 1)), "a first comment can be written")
tap.check(not app.shown("Let Facebook publish it"), "without a time there is nothing to hand over")
app.picture("composer-post")

# The kind, by pointer.
app.point(app.need("push button", "=Story"))
tap.check(wait_for(lambda: app.shown("A story shows no text")), "a story says what it leaves out")
tap.check(wait_for(lambda: not app.find("text", "First comment", 0)), "a story takes no comment")
tap.check(stored_as(TEXT, lambda post: post["kind"] == "story"), "the story is in the library")
app.picture("composer-story")
app.point(app.need("push button", "=Reel"))
tap.check(wait_for(lambda: app.shown("One upright video")), "a reel says what it is")

# A time, and then by keyboard: the comment, the hand-over, the title. The calendar begins with today, which is a choice, too.
choose(now.date())
chosen = wait_for(lambda: app.find("push button", f"={now:%a} {now.day} {now:%b %Y}", 1))
tap.check(chosen, "Space takes the day that the calendar shows at first")
app.point(chosen)
app.key("Right", "space")
tap.check(wait_for(lambda: app.shown("Let Facebook publish it")), "with a time Facebook can be asked to publish")
tap.check(wait_for(lambda: app.shown("also when this computer is off")), "and it is said what that means")
app.picture("composer-time")
app.point(app.need("text", "First comment"))
app.type("#bakery #helsinki")
tap.check(app.tab_to("Let Facebook publish it"), "Tab reaches the switch")
app.key("space")
tap.check(stored_as(TEXT, lambda post: post["options"].get("hand-over") == "true"), "the switch is saved")
tap.check(app.tab_to("More for Facebook"), "Tab reaches what only Facebook has")
app.key("Return")
title = wait_for(lambda: app.find("text", "Title of the video", 1))
tap.check(title, "and the title in it has a name")
app.key("Tab")
app.type("Slow bread")
app.picture("composer-reel")
post = stored_as(TEXT, lambda each: each["options"].get("title") == "Slow bread") or stored(TEXT)
tap.check(post["kind"] == "reel", f"the library has a reel ({post['kind']})")
tap.check(post["first_comment"] == "#bakery #helsinki", f"with its first comment ({post['first_comment']})")
tap.check(post["options"] == {"hand-over": "true", "title": "Slow bread"}, f"and its options ({post['options']})")
tap.check(post["wall_time"] == f"{tomorrow}T09:00:00", f"at the time chosen ({post['wall_time']})")
tap.check(post["targets"][0]["account"] == page and post["state"] == "draft", "it is a draft for the Page")

# The same time on another clock.
app.point(app.need("text", "Time, hours and minutes"))
app.key("Tab")
tap.check(wait_for(lambda: any("Time zone" in told for told in app.focused())), f"the zone has a name for the keyboard ({list(app.focused())})")
app.point(app.need("combo box", "=Time zone"))
tap.check(wait_for(lambda: app.shown("Search for a city")), "zones are searched by their cities")
app.key("shift+Tab")
app.type("Tok")
app.key("Tab", "Return")
post = stored_as(TEXT, lambda each: each["zone"] == "Asia/Tokyo") or stored(TEXT)
tap.check(post["zone"] == "Asia/Tokyo", f"the zone can be chosen ({post['zone']})")
tap.check(post["wall_time"] == f"{tomorrow}T09:00:00", f"and the clock shows the same ({post['wall_time']})")

# What was saved comes back.
app.key("Escape")
app.key("ctrl+1")
app.key("1", *["Next"] * (tomorrow.day == 1))
chip = wait_for(lambda: app.find(None, f", Facebook: {TEXT}", 1))
app.point(chip)
tap.check(wait_for(lambda: app.shown("One upright video")), "opened again, it is a reel")
tap.check(wait_for(lambda: app.shown("First comment: 17 characters")), "with its comment")
app.picture("composer-again")
tap.check(app.process.poll() is None, "the window is still there")
app.close()
sandbox.stop()
tap.end()
