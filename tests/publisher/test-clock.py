# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The computer sleeps over due times, and its clock is set, under the real publisher."""

import os
import subprocess
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402
from harness import APP_ID, HOME, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl  # noqa: E402

HOUR = 3600
NAME = "com.nkonsept.Smm.Publisher"
tap = Checks()
sandbox = Sandbox()
clock = os.path.join(HOME, "clock")
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC", "--late-policy", "publish", "--late-hours", "5")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
# The session's bus is the system's as well, and this test is what knows of sleep.
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
              GLib.Variant("(su)", ("org.freedesktop.login1", 0)), None, 0, -1)


def add(text, hours):
    at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + hours * HOUR))
    return ctl("post", "add", "--brand", brand, "--account", page, "--text", text, "--at", at)[0]["post"]["id"]


def set_clock(seconds):
    with open(clock + ".new", "w", encoding="utf-8") as file:
        file.write(str(seconds))
    os.rename(clock + ".new", clock)


def count_wakes():
    with open(f"/proc/{publisher.pid}/status", encoding="utf-8") as file:
        return next(int(row.split()[1]) for row in file if row.startswith("voluntary_ctxt_switches"))


def is_at_rest():
    """It sleeps, and only what wakes it from now on can make it look at its clock."""
    before = count_wakes()
    time.sleep(1)
    return count_wakes() == before


def sleep_until(hours):
    """Asleep, and awake at another time."""
    wait_for(is_at_rest, "the publisher has nothing to do")
    for asleep in (True, False):
        # What it looks at when it falls asleep is the old time.
        if not asleep:
            wait_for(is_at_rest, "the publisher sleeps")
            set_clock(int(hours * HOUR))
        bus.emit_signal(None, "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
                        "PrepareForSleep", GLib.Variant("(b)", (asleep,)))
    bus.flush_sync()


def status():
    return bus.call_sync(NAME, "/com/nkonsept/Smm/Publisher", "com.nkonsept.Smm.Publisher1", "Status", None, None,
                         Gio.DBusCallFlags.NO_AUTO_START, 20000).unpack()[0]


def wait_for(condition, what):
    end = time.time() + 60
    while not condition():
        if time.time() > end:
            raise AssertionError(f"waited in vain: {what}")
        time.sleep(0.05)


def is_running():
    try:
        return status()["state"] not in ("checking", "starting")
    except GLib.Error:
        return False


def count(text):
    return sum(post["text"] == text for post in sandbox.public())


def told(post):
    target = ctl("post", "show", post)[0]["post"]["targets"][0]
    return target["state"], target["code"]


first, soon, later, far = add("first", 1), add("soon", 1.5), add("later", 30), add("far", 200)
set_clock(0)
publisher = subprocess.Popen([PUBLISHER], env={
    **os.environ, "LD_PRELOAD": os.environ["SMM_SET_CLOCK_LIBRARY"], "SMM_CLOCK": clock,
    "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"]})
try:
    wait_for(is_running, "the publisher runs")
    tap.check(count("first") == 0 and told(first)[0] == "scheduled", "before its time nothing leaves")
    sleep_until(2)
    wait_for(lambda: told(soon)[0] == "published" and told(first)[0] == "published", "two are published")
    seen = sorted(post["text"] for post in sandbox.public())
    tap.check(seen == ["first", "soon"], f"asleep over two due times: each is public once, {seen}")
    sleep_until(0)
    wait_for(lambda: status()["state"] != "checking", "it answers")
    sleep_until(1.2)
    wait_for(lambda: status()["state"] != "checking", "it answers")
    sleep_until(100)
    wait_for(lambda: told(later)[0] == "held", "what is too late is held")
    tap.check(told(later) == ("held", "too-late") and count("later") == 0,
              f"70 hours late where 5 are allowed: {told(later)}")
    tap.check(count("first") == 1 and count("soon") == 1 and told(first)[0] == "published",
              "a clock set back sends nothing again")
    tap.check(told(far)[0] == "scheduled" and count("far") == 0, "what is still to come waits")
finally:
    publisher.kill()
    publisher.wait()
tap.end()
