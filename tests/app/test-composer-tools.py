# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is put into a text by pointer and keyboard: a group of hashtags, a template with its values, a
tagged link. What the library has afterwards is what was on screen."""

import datetime
import time

from gui import App, wait_for
from harness import APP_ID, SECRET, Checks, Sandbox, connect, ctl

tap = Checks()
sandbox = Sandbox()


def texts():
    return [line["post"]["text"] for line in ctl("post", "list", expect=None) if "post" in line]


def posts():
    return [line["post"] for line in ctl("post", "list", expect=None) if "post" in line]


taken = []


def links():
    return [line["post"]["link"] for line in ctl("post", "list", expect=None) if "post" in line]


def open_tool(name):
    """A menu button's popover has its focus; its fields and rows are reached by Tab."""
    app.point(app.need("push button", name) if app.find("push button", name, 1) else app.need(None, name))


brand = ctl("brand", "add", "Northside Bread", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
connect("facebook", brand)

app = App()
app.need("push button", "=New Post")
app.key("ctrl+n")
app.type("Fresh bread #bakery #helsinki")

# Hashtags are kept under a name and put into another text.
open_tool("=Hashtag Groups")
tap.check(app.tab_to("Name for the hashtags"), "the hashtags of a text can be kept")
app.type("Town")
app.key("Return")
app.key("Escape")
tap.check(wait_for(lambda: "Fresh bread #bakery #helsinki" in texts()), "the draft is saved")
app.key("ctrl+n")
app.type("Rolls #Bakery")
open_tool("=Hashtag Groups")
tap.check(wait_for(lambda: app.shown("Town")), "another post is offered them")
app.picture("tools-hashtags")
tap.check(app.tab_to("Town"), "by keyboard too")
app.key("Return")
tap.check(wait_for(lambda: "Rolls #Bakery #helsinki" in texts()), f"only the missing one is put in ({texts()})")

# A template says what it will be.
app.point(app.need("text", "Text of the post"))
app.key("ctrl+a")
app.type("{brand} is open: {link}")
tap.check(wait_for(lambda: app.shown("go out as they are written")), "a variable that would go out is told")
open_tool("=Templates")
tap.check(app.tab_to("Name for this text as a template"), "a text can be kept as a template")
app.type("Open")
app.key("Return")
app.point(app.need("push button", "=Fill In"))
tap.check(wait_for(lambda: "Northside Bread is open: {link}" in texts()), f"what is known is filled in ({texts()})")
app.key("ctrl+z")
tap.check(wait_for(lambda: "{brand} is open: {link}" in texts()), "which Ctrl+Z takes back")

# A link that tells where its visitors come from.
link = app.need("text", "Link (https")
app.point(link)
app.type("northside.example/?x=1")
fix = wait_for(lambda: app.find("push button", "=Correct It", 1))
tap.check(fix, "an address without its beginning is a problem")
app.point(fix)
tap.check(wait_for(lambda: "https://northside.example/?x=1" in links()), f"which a button mends ({links()})")
open_tool("=Tell the website where visitors come from")
app.key("Tab", "Tab")
app.type("rolls")
tap.check(app.tab_to("Put on the Link"), "and put on the link")
app.key("space")
want = "https://northside.example/?x=1&utm_source=social&utm_medium=post&utm_campaign=rolls"
tap.check(wait_for(lambda: want in links()), f"the link has it ({links()})")
tap.check(wait_for(lambda: app.shown("Facebook makes this preview itself")), "the preview has the link's card, and says whose it is")
app.picture("tools-link")

# And the template in a new post.
app.key("Escape")
app.key("ctrl+n")
open_tool("=Templates")
tap.check(wait_for(lambda: app.shown("Northside Bread is open: {link}")), "the template shows what it will be")
app.picture("tools-templates")
tap.check(app.tab_to("Open"), "and can be chosen")
app.key("Return")
tap.check(wait_for(lambda: "Northside Bread is open: {link}" in texts()), f"it is the text ({texts()})")

# A brand with slots offers the next free one, and then the one after.
today = datetime.datetime.now(datetime.timezone.utc)
weekdays = ",".join(f"{today + datetime.timedelta(days=ahead):%a}".lower() for ahead in (2, 5))  # none of them ends here
slots = ctl("slot", "add", weekdays, "09:30", "--brand", brand)
app.key("Escape")
app.key("ctrl+n")
app.type("Queued")
dues = []
for _ in range(2):
    open_tool("=Choose a Day" if not dues else dues[-1])
    tap.check(app.tab_to("Next Free Slot"), "the next free slot is offered")
    app.key("Return")
    post = wait_for(lambda: [p for p in posts() if p["text"] == "Queued" and p["due_at"] not in [None] + taken])
    taken.append(post[0]["due_at"] if post else None)
    dues.append(time.strftime("%a %-d %b %Y", time.strptime(taken[-1][:10], "%Y-%m-%d")) if post else "?")
tap.check(len(set(taken)) == 2 and all(due and due[11:16] == "09:30" for due in taken), f"two slots, one after the other ({taken})")
app.picture("tools-slot")
app.point(app.need(None, "=More"))
app.act("menu item", "Schedule in the Next Free Slot")
queued = wait_for(lambda: [p for p in posts() if p["text"] == "Queued" and p["state"] == "scheduled"])
tap.check(queued and queued[0]["due_at"] == taken[0], f"one choice puts it into the first that is free ({queued})")
tap.check(app.process.poll() is None, "the window is still there")
app.close()
sandbox.stop()
tap.end()
