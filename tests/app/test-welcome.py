# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From nothing to a scheduled post, by pointer and keyboard, counting what the user does: a click, a
field that is filled, a key that decides."""

import json
import os
import sys

from gui import App, wait_for
from harness import APP_ID, HOME, SECRET, SOURCE, Checks, Sandbox, ctl

tap = Checks()
# A shop that has a Page and nothing else yet.
with open(os.path.join(SOURCE, "resources", "sandbox", "practice-world.json")) as file:
    world = json.load(file)
del world["pages"][0]["instagram"]
with open(os.path.join(HOME, "world.json"), "w") as file:
    json.dump(world, file)
sandbox = Sandbox("--world", os.path.join(HOME, "world.json"))
steps = []

applications = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
os.makedirs(applications)
browser = os.path.join(HOME, "browser")
with open(browser, "w") as file:
    file.write(f"#!/bin/sh\nexec {sys.executable} {SOURCE}/build-aux/browse.py \"$1\"\n")
os.chmod(browser, 0o755)
with open(os.path.join(applications, "browser.desktop"), "w") as file:
    file.write(f"[Desktop Entry]\nType=Application\nName=Browser\nExec={browser} %u\nMimeType=x-scheme-handler/http;\n")
with open(os.path.join(applications, "mimeapps.list"), "w") as file:
    file.write("[Default Applications]\nx-scheme-handler/http=browser.desktop\n")


def click(name):
    app.click("push button", name)
    steps.append(f"click {name}")


def fill(text):
    app.type(text)
    steps.append("fill a field")


app = App()
tap.check(app.find("push button", "Try It in"), "an empty library welcomes")
app.picture("1-welcome")
click("Set Up a Brand")
tap.check(app.find(None, "in this folder"), "it tells what is kept where")
app.picture("2-you")
click("I Am 16 or Older")
tap.check(app.find(None, "What Is It Called"), "the brand is asked for")
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
app.picture("8-calendar")
tap.check(len(steps) < 12, f"fewer than 12 interactions: {len(steps)} ({', '.join(steps)})")
app.close()
sandbox.stop()
tap.end()
