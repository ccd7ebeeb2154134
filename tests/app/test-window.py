# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job by hand: set up a brand, sign in through the browser, write, drag, undo, close, and
the companion service publishes. Pointer and keyboard are real."""

import datetime
import re
import time

from gui import App, name_of, wait_for, walk, xdotool
from harness import APP_ID, SECRET, Checks, Sandbox, ctl
from user_browser import install_browser

tap = Checks()
sandbox = Sandbox()
install_browser()


def posts():
    return [line["post"] for line in ctl("post", "list", expect=None) if "post" in line]


app = App()
tap.check(app.find("push button", "Try It in"), "an empty library welcomes")
app.picture("welcome")
app.act("push button", "Set Up a Brand")
app.act("push button", "I Am 16 or Older")
app.type("Northside Bread")
app.picture("brand")
app.act("push button", "Connect Accounts")
tap.check(app.find(None, "Step 2 of 4"), "without keys the assistant asks for them")
app.picture("keys")
app.type(APP_ID)
app.key("Tab")
app.type(SECRET)
app.key("Return")
tap.check(app.find(None, "Step 4 of 4", 15), "the browser came back, the accounts are listed")
app.picture("choose")
app.click("push button", "=Connect")
app.picture("connected")
tap.check(app.find(None, "Posts can go out", 15), "the accounts are connected")
app.act("push button", "Done")
accounts = [line["account"] for line in ctl("account", "list")]
tap.check(len(accounts) >= 2 and all(account["state"] == "ok" for account in accounts), f"{len(accounts)} accounts in the library")
tap.check(wait_for(lambda: app.find(None, "Healthy", 1)), "their cards say that they are healthy")
app.picture("accounts")
page = next(account["id"] for account in accounts if account["platform"] == "facebook")
brand = ctl("brand", "list")[0]["brand"]["id"]

# Write and publish.
app.key("ctrl+1")
app.key("ctrl+n")
app.type("Written by hand")
app.picture("composer")
for account in accounts:
    if account["platform"] != "facebook":
        app.click("push button", f"={'@' + account['username']} on Instagram")
app.key("Escape")
tap.check(wait_for(lambda: [post for post in posts() if post["text"] == "Written by hand"]), "leaving the composer keeps the draft")
app.key("ctrl+n")
app.type("Out at once")
for account in accounts:
    if account["platform"] != "facebook":
        app.click("push button", f"={'@' + account['username']} on Instagram")
menu = app.find(None, "=More")
x, y = app.middle(menu)
xdotool("mousemove", x, y, "click", 1)
time.sleep(0.6)
app.picture("menu")
app.key("Return")
time.sleep(1)
app.picture("after")
seen = wait_for(lambda: [post for post in sandbox.public() if post["text"] == "Out at once"], 20)
states = [(target["state"], target.get("reason")) for post in posts() for target in post["targets"]]
tap.check(len(seen) == 1, f"Publish Now makes it public once ({states})")
tap.check(wait_for(lambda: any("Published" in name and "Out at once" in name for name in app.names()), 10),
          "its chip says so while the window is open")


def day_cell(date):
    pattern = re.compile(rf"\b{date.day} {date:%B}|{date:%B} {date.day}\b")
    for node in walk(app.root):
        if pattern.search(name_of(node)) and "Dragged" not in name_of(node):
            return node
    return None


# Plan, drag, undo, in the next month: all of its days are to come.
start = (datetime.datetime.now(datetime.timezone.utc).date().replace(day=1) + datetime.timedelta(days=31)).replace(day=8)
app.key("ctrl+1", "1", "Next")
tap.check(wait_for(lambda: day_cell(start)), "PageDown shows the next month")
post = ctl("post", "add", "--brand", brand, "--account", page, "--text", "Dragged", "--at", f"{start}T09:00", "--tz", "UTC")[0]["post"]["id"]
chip = wait_for(lambda: app.find(None, "Dragged", 1))
tap.check(chip, "a post that another program adds appears")
other = start + datetime.timedelta(days=7)
app.drag(app.middle(chip), app.middle(day_cell(other)))
due = wait_for(lambda: ctl("post", "show", post)[0]["post"]["due_at"] if
               not ctl("post", "show", post)[0]["post"]["due_at"].startswith(str(start)) else None, 5)
tap.check(due and due.startswith(str(other)), f"dragging a chip moves the post ({due}, wanted {other})")
app.picture("calendar")
app.key("ctrl+z")
tap.check(wait_for(lambda: ctl("post", "show", post)[0]["post"]["due_at"].startswith(str(start)), 5), "Ctrl+Z moves it back")

tap.check(app.process.poll() is None and len(app.names()) > 50, "the window is still there")

# The window is gone; the service publishes.
at = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=8)).strftime("%Y-%m-%dT%H:%M:%SZ")
ctl("post", "add", "--brand", brand, "--account", page, "--text", "After closing", "--at", at)
tap.check(app.close() is not None, "the window closes")
seen = wait_for(lambda: [each for each in sandbox.public() if each["text"] == "After closing"], 25)
tap.check(len(seen) == 1, "after the window has closed the post goes out, once, at its time")
late = (seen[0]["created_us"] / 1e6 - datetime.datetime.fromisoformat(at.replace("Z", "+00:00")).timestamp()) if seen else None
tap.check(late is not None and 0 <= late < 3, f"not early, not late ({late} s)")
sandbox.stop()
tap.end()
