# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a brand plans with, by pointer and keyboard: the times of its week. The library is read
afterwards, through another program."""

import time

from gui import App, name_of, wait_for, walk, xdotool
from harness import Checks, Sandbox, ctl
from library import make_brand

tap = Checks()
brand = make_brand()
sandbox = Sandbox()
app = App()


def slots(account=None):
    return sorted((line["slot"]["time"], line["slot"]["weekday"]) for line in ctl("slot", "list", "--brand", brand)
                  if line["slot"].get("account") == account)


def becomes(expected, account=None):
    """The slots, written as a week: {"09:00": "mon tue"}."""
    wanted = sorted((hour, day) for hour, days in expected.items() for day in days.split())
    return wait_for(lambda: slots(account) == wanted)


def open_menu(item):
    app.click(None, "Switch Brand")
    wait_for(lambda: app.find(None, item, 1))
    app.click(None, item)


def cell(day, hour):
    return wait_for(lambda: app.find("push button", f"{day}, {hour}", 0.5))


def focus_on(text):
    return wait_for(lambda: any(text in name for name in app.focused()))


def click_toast():
    """Undo at the bottom, not the one at the top of a page."""
    def look():
        for node in walk(app.root):
            if name_of(node) == "Undo" and app.place(node)[1] > 600:
                return node
        return None
    app.point(wait_for(look))


def hold(start, end):
    xdotool("mousemove", *start, "mousedown", 1)
    for step in range(1, 9):
        xdotool("mousemove", start[0] + (end[0] - start[0]) * step // 8, start[1] + (end[1] - start[1]) * step // 8)
        time.sleep(0.04)
    time.sleep(0.2)


# --- The times of the week ---

open_menu("Posting Times")
tap.check(wait_for(lambda: app.find(None, "No Times Yet", 0.5)), "an empty week says what it is for")
app.picture("times-empty")
app.click(None, "Workdays at 09:00 and 17:00")
WORK = "mon tue wed thu fri"
tap.check(becomes({"09:00": WORK, "17:00": WORK}), f"a suggestion is taken ({slots()})")
app.point(cell("Saturday", "09:00"))
tap.check(becomes({"09:00": WORK + " sat", "17:00": WORK}), "a click on a day adds a time")
click_toast()
tap.check(becomes({"09:00": WORK, "17:00": WORK}), "which is undone by the toast")
app.point(cell("Monday", "17:00"))
tap.check(becomes({"09:00": WORK, "17:00": "tue wed thu fri"}), "and on a time takes it away")
hold(app.middle(cell("Friday", "17:00")), app.middle(cell("Sunday", "17:00")))
app.picture("times-dragging")
app.key("Escape")
xdotool("mouseup", 1)
tap.check(becomes({"09:00": WORK, "17:00": "tue wed thu fri"}), "Escape ends a drag")
hold(app.middle(cell("Friday", "17:00")), app.middle(cell("Sunday", "17:00")))
xdotool("mouseup", 1)
tap.check(becomes({"09:00": WORK, "17:00": "tue wed thu sun"}), f"a time is dragged to another day ({slots()})")
focus_on("Sunday, 17:00")
app.key("alt+Up")
tap.check(becomes({"09:00": WORK, "17:00": "tue wed thu", "16:45": "sun"}), f"Alt and Up move it a quarter of an hour ({slots()})")
focus_on("Sunday, 16:45")
app.key("alt+Left")
tap.check(becomes({"09:00": WORK, "17:00": "tue wed thu", "16:45": "sat"}), "Alt and Left to the day before")
focus_on("Saturday, 16:45")
app.key("Delete")
tap.check(becomes({"09:00": WORK, "17:00": "tue wed thu"}), "Delete takes it away")
app.key("ctrl+z")
tap.check(becomes({"09:00": WORK, "17:00": "tue wed thu", "16:45": "sat"}), "and Ctrl+Z brings it back")
app.click(None, "Change 17:00")
focus_on("Time, hours")
app.type("18:30")
app.key("Return")
tap.check(becomes({"09:00": WORK, "18:30": "tue wed thu", "16:45": "sat"}), f"a time is changed on all its days ({slots()})")
app.click(None, "Add Time")
focus_on("Time, hours")
app.type("7:15")
app.key("Return")
tap.check(becomes({"07:15": WORK, "09:00": WORK, "18:30": "tue wed thu", "16:45": "sat"}), "a time is added on workdays")
app.picture("times")

# One account: the first of the list.
account = [line["account"]["id"] for line in ctl("account", "list", "--brand", brand) if "account" in line][0]
app.click(None, "Whose times")
wait_for(lambda: app.find(None, ", TikTok", 1))
app.key("Down", "Return")
tap.check(wait_for(lambda: app.find(None, "has the times of all accounts", 0.5)), "an account has the times of all at first")
app.click("push button", "Give It Its Own")
tap.check(becomes({"07:15": WORK, "09:00": WORK, "18:30": "tue wed thu", "16:45": "sat"}, account), "and can have its own")
wait_for(lambda: app.find("push button", "Use Those of All Accounts", 0.5))
app.point(cell("Monday", "07:15"))
tap.check(becomes({"07:15": "tue wed thu fri", "09:00": WORK, "18:30": "tue wed thu", "16:45": "sat"}, account),
          "which change for it alone")
tap.check(("07:15", "mon") in slots(), "not for the others")
app.picture("times-account")
app.click("push button", "Use Those of All Accounts")
tap.check(becomes({}, account), "and are given up again")
app.key("Escape")
tap.check(wait_for(lambda: app.find("push button", "New Post", 0.5)), "Escape goes back")

# --- The calendar shows what is free ---


def post(text):
    return next((line["post"] for line in ctl("post", "list", expect=None) if line.get("post", {}).get("text") == text), None)


def wall(text):
    """The draft with this text, once the library has it: when it is due on the brand's clocks."""
    found = wait_for(lambda: post(text))
    return ctl("post", "show", found["id"])[0]["post"].get("wall_time") if found else None


def free(hour, view="Week"):
    """The first outline of an hour in a view: those that are not shown keep theirs."""
    def look():
        grid = app.find("table", "=" + view, 0.5)
        for node in walk(grid) if grid else []:
            if name_of(node).startswith("Free slot, ") and name_of(node).endswith(hour):
                return node
        return None
    return wait_for(look)


app.key("2")
wait_for(lambda: app.find("table", "=Week", 0.5))
app.key("Next")
week = name_of(free("09:00"))
tap.check(week.startswith("Free slot, Monday"), f"next week's free slots are outlines ({week})")
app.picture("free-week")
app.point(free("09:00"))
wait_for(lambda: app.find("push button", "Save Draft", 0.5) or app.find(None, "Schedule", 0.5))
app.type("Rye at nine")
tap.check((wall("Rye at nine") or "").endswith("T09:00:00"), f"a click on one writes a post for it ({wall('Rye at nine')})")
app.key("Escape")
tap.check(wait_for(lambda: free("09:00") and name_of(free("09:00")).startswith("Free slot, Tuesday")), "which takes the slot")
app.key("Home", *["Up"] * 2)
tap.check(focus_on(", 07:00"), "the keyboard goes to an hour")
app.key("Return")
wait_for(lambda: app.find("push button", "Save Draft", 0.5) or app.find(None, "Schedule", 0.5))
app.type("Buns early")
tap.check((wall("Buns early") or "").endswith("T07:15:00"), f"Return on it takes the slot of that hour ({wall('Buns early')})")
app.key("Escape")
app.key("1")
tap.check(wait_for(lambda: free("09:00", "Month")), "the month shows them where there is room")
app.picture("free-month")

tap.check(app.process.poll() is None and app.close() is not None, "the window closes")
sandbox.stop()
tap.end()
