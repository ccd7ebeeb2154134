# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A time that a day leaves out or has twice, and clocks of 12 hours, which the desktop sets while the
window is open."""

import datetime
import subprocess
import zoneinfo

from gui import App, wait_for, walk
from harness import Checks, ctl, stay_in_day
from overlay import seen
import calendar_world as world

NBSP = "\u00a0"
tap = Checks()
stay_in_day("Europe/Berlin")
today = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Berlin")).date()
year = today.year + 1
sandbox, brand, page, instagram = world.start("Europe/Berlin")


def last_sunday(month):
    day = datetime.date(year, month, 31)
    return day - datetime.timedelta(days=day.isoweekday() % 7)


def draft(text, day):
    return ctl("post", "add", "--brand", brand, "--account", page, "--text", text, "--at", f"{day}T01:00",
               "--tz", "Europe/Berlin", "--draft")[0]["post"]["id"]


def due(post):
    return ctl("post", "show", post)[0]["post"].get("due_at")


def told(text):
    return wait_for(lambda: seen(app, None, text))


def write(time):
    app.point(wait_for(lambda: seen(app, "text", "Time, hours and minutes")))
    app.key("ctrl+a")
    app.type(time)


def tell(format):
    subprocess.run(["gsettings", "set", "org.gnome.desktop.interface", "clock-format", format], check=True)


spring, autumn = last_sunday(3), last_sunday(10)
gap = draft("When the clocks go forward", spring)
fold = draft("When the clocks go back", autumn)
world.add(brand, [page], "Open late", datetime.datetime.combine(today + datetime.timedelta(days=1), datetime.time(16, 30),
                                                                datetime.timezone.utc))

# An hour that is left out: what is written is kept, and told where it leads.
app = App("--post", gap)
tap.check(told("Time in Berlin"), "the zone is told")
write("02:30")
tap.check(told("The clocks go forward then: 02:30 does not exist, it goes out at 03:00"), "a time in the gap says what becomes of it")
tap.check(told(f"Sunday {spring.day} March, 03:00"), "and when that is")
app.picture("times-gap")
tap.check(wait_for(lambda: due(gap) == f"{spring}T01:00:00Z"), f"it is due then ({due(gap)})")
app.key("Escape")
app.close()

# An hour that comes twice.
app = App("--post", fold)
tap.check(told("Time in Berlin"), "the other draft is opened")
write("02:30")
tap.check(told("The clocks go back then and this hour comes twice: the first one is used"), "a time that comes twice says which is meant")
app.picture("times-fold")
tap.check(wait_for(lambda: due(fold) == f"{autumn}T00:30:00Z"), f"it is due the first time ({due(fold)})")
write("25:00")
tap.check(told("Write the time as hours and minutes, for example 09:30"), "what is no time says what one is like")
write("02:30")

# By 12 hours, at once.
tell("12h")
tap.check(told(f"Sunday {autumn.day} October, 2:30{NBSP}AM"), "the desktop’s clock has 12 hours, and so has what is said")
tap.check(due(fold) == f"{autumn}T00:30:00Z", "the time itself has not changed")
app.point(wait_for(lambda: seen(app, "text", "Time, hours and minutes")))
app.key("End", "BackSpace", "BackSpace")
app.type("pm")
tap.check(wait_for(lambda: due(fold) == f"{autumn}T13:30:00Z"), f"nor is the field left as it was ({due(fold)})")
write("3:15 pm")
tap.check(wait_for(lambda: due(fold) == f"{autumn}T14:15:00Z"), f"a time can be written so ({due(fold)})")
write("15:45")
tap.check(wait_for(lambda: due(fold) == f"{autumn}T14:45:00Z"), f"and the other way still ({due(fold)})")
app.picture("times-12")
app.key("Escape")
app.key("ctrl+1", "1")
tap.check(told(f"{(today + datetime.timedelta(days=1)).day} "), "the calendar shows tomorrow")
app.key("2")
if today.isoweekday() == 7:
    app.key("Next")


def find_chip():
    """In the week: the month has one too, which is not shown."""
    return next((node for node in walk(wait_for(lambda: seen(app, "table", "=Week"))) if "Open late" in node.told
                 and node.get_role_name() == "push button"), None)


chip = wait_for(find_chip)
at = [part for part in (chip.told if chip else "").split(", ") if "PM" in part]
tap.check(at and at[0][1:] == f":30{NBSP}PM", f"a chip tells its time so ({chip and chip.told})")
tap.check(seen(app, "label", f"=9{NBSP}AM") and seen(app, "label", f"=3{NBSP}PM"), "and the hours beside the week are")
app.picture("times-week-12")

# Moving to a time: the number, and the half of the day.
app.point(chip)
tap.check(wait_for(lambda: any(name == "Details" for name in app.focused())), "its card is open")
app.picture("times-card-12")
app.key("m")
tap.check(told("Move Post"), "M asks where to")
half = wait_for(lambda: seen(app, "push button", "=PM"))
tap.check(half, "the afternoon is told")
app.picture("times-move-12")
app.key("ctrl+a")
app.type("7")
app.key("Tab")
tap.check(told(f"7:30{NBSP}PM"), "a number is meant in the same half")
app.tab_to("PM")
app.key("space")
tap.check(told(f"7:30{NBSP}AM"), "which a button changes")
app.key("Escape")
tell("24h")
tap.check(wait_for(lambda: seen(app, "label", "=9:00")), "the week is back at 24 hours with the desktop")
tap.check(app.process.poll() is None, "the window is still there")
app.close()
sandbox.stop()
tap.end()
