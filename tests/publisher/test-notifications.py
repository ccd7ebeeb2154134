# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop is told: once for each event, with buttons that work, and only what is wanted."""

import os
import shutil
import subprocess
import sys
import time

try:
    import gi

    from gi.repository import Gio, GLib
except ImportError:
    sys.exit(77)

import harness
from harness import APP_ID, HOME, SECRET, Checks, Sandbox, connect, ctl

XML = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>"""
PATH = "/org/freedesktop/Notifications"
told = []
bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def on_call(connection, sender, path, interface, method, args, invocation):
    values = args.unpack()
    number = values[1] or len(told) + 1
    told.append({"id": number, "summary": values[3], "body": values[4], "actions": values[5][::2]})
    invocation.return_value(GLib.Variant("(u)", (number,)))


bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call, None, None)
Gio.bus_own_name_on_connection(bus, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, None, None)
loop = GLib.MainContext.default()


def wait_for(what, seconds=20):
    end = time.time() + seconds
    while time.time() < end:
        while loop.iteration(False):
            pass
        found = what()
        if found:
            return found
        time.sleep(0.02)
    return what()


def about(text):
    return [each for each in told if text in each["body"]]


# The application is what lies beside the publisher: here, what notes how it was called.
PUBLISHER = shutil.copy(harness.PUBLISHER, HOME)
OPENED = os.path.join(HOME, "opened")
with open(os.path.join(HOME, "nkonsept-smm"), "w", encoding="utf-8") as file:
    file.write(f"#!/bin/sh\necho \"$@\" >>{OPENED}\n")
os.chmod(os.path.join(HOME, "nkonsept-smm"), 0o755)


def click(notice):
    """On the notice itself, not on a button of it: what was opened by that."""
    if os.path.exists(OPENED):
        os.unlink(OPENED)
    bus.emit_signal(None, PATH, "org.freedesktop.Notifications", "ActionInvoked", GLib.Variant("(us)", (notice["id"], "default")))
    wait_for(lambda: os.path.exists(OPENED) and os.path.getsize(OPENED))
    return open(OPENED, encoding="utf-8").read().strip() if os.path.exists(OPENED) else None


# Quiet hours are told by clocks, some of which show an hour twice.
os.environ["TZ"] = "UTC"
time.tzset()
tap = Checks()
sandbox = Sandbox()
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)


def add(text, at="now"):
    return ctl("post", "add", "--brand", brand, "--account", page, "--text", text, "--at", at)[0]["post"]["id"]


def state(post):
    return ctl("post", "show", post)[0]["post"]["targets"][0]["state"]


publisher = subprocess.Popen([PUBLISHER])
wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "running")
fresh = add("Fresh <b>bread</b>")
tap.check(wait_for(lambda: about("Fresh")), "a published post is told")
tap.check(about("Fresh")[0]["summary"] == "Published on Facebook" and "&lt;b&gt;" in about("Fresh")[0]["body"],
          "with where it went, and its text as text")
tap.check("permalink" in about("Fresh")[0]["actions"], "and the way to it")
tap.check(click(about("Fresh")[0]) == f"--post {fresh}", "a click on it opens that post")

# Many at once are a few and a count, which is one notification that changes.
MANY = 12
publisher.terminate()
publisher.wait()
for number in range(MANY):
    add(f"Many {number}")
first = len(told)
publisher = subprocess.Popen([PUBLISHER])


def more():
    counts = {each["id"]: int(each["summary"].split()[0]) for each in told[first:] if "more post" in each["summary"]}
    return sum(counts.values()), len(counts)


tap.check(wait_for(lambda: len(about("Many")) + more()[0] == MANY), f"of many posts each is told or counted {told[first:]}")
tap.check(5 <= len(about("Many")) < MANY and more()[1] > 0, f"five by themselves, the others by one number {told[first:]}")
tap.check(click([each for each in told if "more post" in each["summary"]][-1]) == "--view posts", "a click on the number opens the posts")
publisher.terminate()
publisher.wait()
publisher = subprocess.Popen([PUBLISHER])
wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "running")

ctl("settings", "set", "notify.published", "false")
quiet = add("Quiet")
wait_for(lambda: state(quiet) == "published")
marker = ctl("settings", "set", "notify.published", "true")
loud = add("Loud")
tap.check(wait_for(lambda: about("Loud")), "what is wanted again is told again")
tap.check(not about("Quiet"), "what is not wanted is not told")

# Quiet hours: kept, and told when they are over, as it is then. Posts go out all the same.
ctl("settings", "set", "quiet.from", time.strftime("%H:%M", time.localtime(time.time() - 3600)))
ctl("settings", "set", "quiet.until", time.strftime("%H:%M", time.localtime(time.time() + 7200)))
ctl("settings", "set", "quiet.on", "true")
night = add("At night")
tap.check(wait_for(lambda: state(night) == "published"), "in quiet hours a post goes out")
time.sleep(0.5)
wait_for(lambda: True)
tap.check(not about("At night"), "and nobody is told")
ctl("settings", "set", "quiet.from", time.strftime("%H:%M", time.localtime(time.time() + 3600)))
tap.check(wait_for(lambda: about("At night")), "until they are over")
tap.check(about("At night")[0]["summary"] == "Published on Facebook", "when it is told what happened")

# A publisher that ends in quiet hours leaves it to the next one.
ctl("settings", "set", "quiet.from", time.strftime("%H:%M", time.localtime(time.time() - 3600)))
left = add("Left over night")
wait_for(lambda: state(left) == "published")
publisher.terminate()
publisher.wait()
publisher = subprocess.Popen([PUBLISHER])
wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "running")
time.sleep(0.5)
wait_for(lambda: True)
tap.check(not about("Left over"), "while it is quiet, another publisher is quiet too")
publisher.kill()
publisher.wait()
ctl("settings", "set", "quiet.on", "false")
publisher = subprocess.Popen([PUBLISHER])
tap.check(wait_for(lambda: about("Left over")), "what a publisher that was killed in quiet hours left is told by the next")

sandbox.call("POST", "revoke?subcode=460")
held = add("Waits for a sign-in")
tap.check(wait_for(lambda: about("Waits")), "a post that needs its user is told")
tap.check(about("Waits")[0]["summary"] == "A post for Facebook needs you" and "postpone" in about("Waits")[0]["actions"],
          "with what can be done")
before = ctl("post", "show", held)[0]["post"]["due_at"]
bus.emit_signal(None, PATH, "org.freedesktop.Notifications", "ActionInvoked",
                GLib.Variant("(us)", (about("Waits")[0]["id"], "postpone")))
tap.check(wait_for(lambda: ctl("post", "show", held)[0]["post"]["due_at"] > before), "its button postpones it")
time.sleep(0.3)
wait_for(lambda: True)
tap.check(len(about("Fresh")) == len(about("Loud")) == len(about("Waits")) == len(about("At night")) == len(about("Left over")) == 1,
          "each once")
again = [each for each in told if each["summary"].startswith("Sign in to Facebook again: ")]
tap.check(len(again) == 1, f"and the account that has to be signed in to again {told}")
tap.check(click(about("Waits")[0]) == f"--post {held}" and click(again[0]) == f"--account {page}",
          "a click on the post's opens the post, on the account's the account")
publisher.terminate()
publisher.wait()
publisher = subprocess.Popen([PUBLISHER])
wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "running")
n = len(told)
ctl("post", "cancel", held)
wait_for(lambda: state(held) == "cancelled")
tap.check(len(told) == n, f"after a restart nothing is told again {told[n:]}")
publisher.terminate()
publisher.wait()
sandbox.stop()
tap.end()
