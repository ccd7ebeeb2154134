# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hand at a window with 100,000 posts: how long the main loop is busy at a stretch while months are
switched, a chip is dragged, words are searched for and rows are scrolled."""

import os
import sys
import time

import bench

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "app"))
from gui import App, wait_for, walk, xdotool  # noqa: E402

BUSY = os.path.join(bench.HOME, "busy")
SPACING = 10 * 365 * 86400 / 100_000  # seconds from post to post
FRAME = 16


def stretches(begin, end):
    """Milliseconds of each that ended between two times of the monotonic clock."""
    rows = (row.split() for row in open(BUSY).read().splitlines())
    return [int(row[1]) / 1000 for row in rows if len(row) == 2 and begin <= int(row[0]) / 1e6 <= end]


def measure(what, act, target=FRAME, times=20):
    begin = time.monotonic()
    for turn in range(times):
        act(turn)
    time.sleep(0.5)
    found = stretches(begin, time.monotonic())
    longest.extend(found)
    bench.line(f"{what}, p50 / p99 / longest ms", f"{bench.percentile(found, 0.5):.1f} / {bench.percentile(found, 0.99):.1f} / {max(found):.1f}"
               if found else "nothing", f"p99 ≤ {target}" if target else "")


def key(*keys):
    xdotool("key", *keys)
    time.sleep(0.25)


def chip():
    for node in walk(app.root):
        if "bench " in node.told and node.get_role_name() == "push button" and node.get_place().width > 0:
            return app.middle(node)
    return None


longest = []
bench.fill(100_000, 10, time.time() - 5 * 365 * 86400, SPACING)
publisher = bench.Publisher()
publisher.call("com.nkonsept.Smm.Publisher1", "Pause", bench.GLib.Variant("(x)", (0,)), bench.NAME, "/com/nkonsept/Smm/Publisher")
app = App(LD_PRELOAD=os.path.join(bench.BUILD, "tests/bench/libbusy.so"), SMM_BUSY=BUSY)
time.sleep(1)
measure("a month further and back", lambda turn: key("Page_Down" if turn % 8 < 4 else "Page_Up"))
place = wait_for(chip)
xdotool("mousemove", *place, "mousedown", 1)
measure("a chip is dragged", lambda turn: (xdotool("mousemove", place[0] + 20 * (turn % 10), place[1] + 8 * (turn % 7)), time.sleep(0.03)), times=60)
xdotool("key", "Escape", "mouseup", 1)
time.sleep(0.5)
for view, number in (("week", 2), ("day", 3), ("agenda", 4)):
    key(str(number))
    measure(f"a {view} further and back" if view != "agenda" else "the agenda further and back",
            lambda turn: key("Page_Down" if turn % 8 < 4 else "Page_Up"))
key("1")
measure("the posts are opened", lambda turn: key("ctrl+2" if turn % 2 else "ctrl+1"), target=None, times=6)
key("ctrl+f")
measure("a key of a search", lambda turn: (xdotool("type", "bench 9"[turn % 7]), time.sleep(0.15)))
key("Escape")
key("ctrl+2")
xdotool("mousemove", 700, 500)
measure("rows are scrolled", lambda turn: (xdotool("click", 5 if turn % 60 < 40 else 4), time.sleep(0.03)), times=120)
key("ctrl+1")
measure("the composer is opened and left", lambda turn: (key("ctrl+n"), time.sleep(0.5), key("Escape")), target=None, times=4)
bench.line("longest stretch of all, ms", f"{max(longest):.1f}", "≤ 50")
app.process.terminate()
publisher.stop()
sys.exit(0)
