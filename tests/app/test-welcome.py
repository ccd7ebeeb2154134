# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From nothing to a scheduled post on a connected account, by pointer and keyboard, counting what the user
does: a click, a field that is filled, a key that decides. Each step can be left, and gone on with."""

import json
import os
import sys

from gui import App, wait_for, walk
from harness import APP_ID, HOME, SECRET, SOURCE, Checks, Sandbox, ctl, stay_in_day
from user_browser import install_browser

tap = Checks()
stay_in_day()
# A shop that has a Page and nothing else yet.
with open(os.path.join(SOURCE, "resources", "sandbox", "practice-world.json")) as file:
    world = json.load(file)
del world["pages"][0]["instagram"]
with open(os.path.join(HOME, "world.json"), "w") as file:
    json.dump(world, file)
sandbox = Sandbox("--world", os.path.join(HOME, "world.json"))
install_browser()
steps = []


def click(name):
    app.click("push button", name)
    steps.append(f"click {name}")


def fill(text):
    app.type(text)
    steps.append("fill a field")


# What is no address is said to be none, and what was typed stays.
app = App()
app.click("push button", "Set Up a Brand")
tap.check(app.find("push button", "I Am 16 or Older", 10), "who uses it may say so")
app.type("A Person")
app.key("Tab")
app.type("nobody")
app.click("push button", "I Am 16 or Older")
tap.check(app.find(None, "is not an e-mail address", 10), "an address that is none is refused")
app.picture("0-refused")
app.click("push button", "=Back")
tap.check(app.find("push button", "Set Up a Brand", 10), "one step back")
app.close()

# The window closed: what was typed is in the file the page named, for this user alone, and not in the library.
draft = os.path.join(os.environ["XDG_STATE_HOME"], "nkonsept-smm", "welcome.ini")
with open(draft) as file:
    kept = file.read()
tap.check("A Person" in kept and "nobody" in kept and os.stat(draft).st_mode & 0o077 == 0, f"the draft is kept ({kept})")
# Whoever changed it gets nothing into the page but what somebody could have typed.
with open(draft, "w") as file:
    file.write(kept + "Organization=" + "x" * 300 + "\n")
app = App()
app.click("push button", "Set Up a Brand")
tap.check(app.find("push button", "I Am 16 or Older", 10), "and forward again")
tap.check(app.find(None, "welcome.ini", 10), "where it is kept is told")
app.picture("0-resumed")
app.click("push button", "I Am 16 or Older")
tap.check(app.find(None, "“nobody” is not an e-mail address", 10), "what was typed is there still")
tap.check(not ctl("profile", "show", expect=None)[0].get("profile"), "and nothing was kept")
app.close()

# A pipe in its place, one that is too long, one from long ago: the page is empty, and comes.
os.unlink(draft)
os.mkfifo(draft)
app = App()
app.click("push button", "Set Up a Brand")
tap.check(app.find("push button", "I Am 16 or Older", 10), "nothing in the way of the window")
app.close()
os.unlink(draft)
with open(draft, "w") as file:
    file.write(kept)
os.utime(draft, (1, 1))

app = App()
tap.check(app.find("push button", "Try It in"), "an empty library welcomes")
app.picture("1-welcome")
click("Set Up a Brand")
tap.check(app.find(None, "in this folder"), "it tells what is kept where")
app.picture("2-you")
tap.check(not os.path.exists(draft), "a draft from long ago is not")
click("I Am 16 or Older")
tap.check(app.find(None, "What Is It Called", 10), "the brand is asked for")
# Left here and come back another day: this is not a step of the way.
app.close()
app = App()
app.click("push button", "Set Up a Brand")
tap.check(app.find(None, "What Is It Called", 10), "left and started again, it goes on there")
fill("Northside Bread")
app.picture("3-brand")
click("Connect Accounts")
tap.check(app.find(None, "Step 2 of 4", 10), "the assistant asks for the app keys")
app.picture("4-keys")
fill(APP_ID)
app.key("Tab")
fill(SECRET)
app.key("Return")
steps.append("Return")
tap.check(app.find(None, "Step 4 of 4", 20), "the browser came back, the accounts are listed")
app.picture("5-accounts")
click("=Connect")
tap.check(app.find(None, "Posts can go out", 15), "the accounts are connected")
app.picture("6-connected")
click("Write a Post")
tap.check(app.find("push button", "Schedule, tomorrow", 10), "the composer opens with a time to come")
fill("Our first post")
app.picture("7-composer")
click("Schedule, tomorrow")
scheduled = wait_for(lambda: [line["post"] for line in ctl("post", "list", "--state", "scheduled") if "post" in line])
tap.check(scheduled and scheduled[0]["text"] == "Our first post", "the post is scheduled")
tap.check(wait_for(lambda: any(node.told == "Month" and node.get_place().width > 0 for node in walk(app.root))),
          "and seen in the calendar, not left among the accounts")
app.picture("8-calendar")
tap.check(len(steps) < 12, f"fewer than 12 interactions: {len(steps)} ({', '.join(steps)})")
app.close()
sandbox.stop()
tap.end()
