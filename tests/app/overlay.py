# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows that lie over the application's, by pointer; and what the library says of settings."""

import subprocess
import time

from gui import name_of, wait_for, walk, xdotool
from harness import ctl

# A turn of the wheel moves a page by a little more.
TURN = 60


def setting(key):
    return ctl("settings", "get", key)[0]["setting"]["value"]


def brands():
    return [line["brand"]["name"] for line in ctl("brand", "list")]


def seen(app, role, name):
    """Not one of the same name on a page that is not shown."""
    for node in walk(app.root):
        told = name_of(node)
        if (told == name[1:] if name[0] == "=" else name in told) and role in (None, node.get_role_name()):
            if node.get_place().width > 0:
                return node
    return None


def has_toast(app, bottom):
    """One with a button, at the bottom of its window; the application's own button is at the top."""
    return any(node.told == "Undo" and node.get_place().y > bottom - 120 for node in walk(app.root))


def find_window(title):
    """Its id, and where it begins and ends without its shadow."""
    for window in reversed(xdotool("search", "--onlyvisible", "--name", f"^{title}$").split()):
        told = subprocess.run(["xprop", "-id", window, "_GTK_FRAME_EXTENTS"], capture_output=True, text=True, check=False).stdout
        if "=" not in told:
            continue
        shadow = [int(part) for part in told.split("=")[1].split(",")]
        at = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", window).splitlines() if "=" in line)
        return (int(at["X"]) + shadow[0], int(at["Y"]) + shadow[2], int(at["HEIGHT"]) - shadow[2] - shadow[3])
    return None


def click(app, role, name, title="Preferences"):
    left, top, bottom = wait_for(lambda: find_window(title))
    x, y = app.middle(wait_for(lambda: seen(app, role, name)))
    for _ in range(20):
        above = 50 - y if role != "page tab" else 0  # under the tabs, or further up
        below = y - (bottom - 90)  # where a toast may lie
        if above <= 0 and below <= 0:
            break
        xdotool("mousemove", left + 15, top + bottom // 2)
        xdotool("click", "--repeat", 1 + max(above, below) // (2 * TURN), "--delay", 20, 4 if above > 0 else 5)
        moved = wait_for(lambda: app.place(wait_for(lambda: seen(app, role, name)))[1] != y, 1.5)
        x, y = app.middle(wait_for(lambda: seen(app, role, name)))
        if not moved:  # it does not turn with the page, or that is at its end: a toast goes by itself
            wait_for(lambda: not has_toast(app, bottom))
            break
    xdotool("mousemove", left + x, top + y)
    time.sleep(0.15)
    xdotool("click", 1)
    time.sleep(0.4)
