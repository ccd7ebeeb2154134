# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A note on a day, by keyboard and by the day's menu: every view shows it, the library keeps it."""

import datetime

from gui import App, wait_for
from harness import Checks, ctl

tap = Checks()
brand = ctl("brand", "add", "Northside Bread", "--timezone", "UTC")[0]["brand"]["id"]
today = datetime.datetime.now(datetime.timezone.utc).date()
# In the same month and week as today where there is one, else before it: a note may be anywhere.
other = today + datetime.timedelta(days=1)
if other.month != today.month or other.weekday() == 0:
    other = today - datetime.timedelta(days=1)


def notes():
    return {line["note"]["day"]: line["note"]["text"] for line in ctl("note", "list", "--brand", brand)}


def becomes(wanted):
    return wait_for(lambda: notes() == wanted)


def day_of(date):
    return f"{date:%A} {date.day} {date:%B}"


def cell(date):
    return wait_for(lambda: app.find("table cell", day_of(date), 0.5))


def choose(date, item):
    """From the menu of a day."""
    app.point(cell(date), 3)
    app.act("menu item", item)


app = App()
app.need("push button", "=New Post")
app.key("1", "t")
app.key("shift+n")
tap.check(wait_for(lambda: app.find("text", f"Note on {day_of(today)}", 0.5)), "Shift+N asks for the note of the day")
app.type("World Bread Day")
app.picture("notes-writing")
app.key("Return")
tap.check(becomes({str(today): "World Bread Day"}), f"Return keeps it ({notes()})")
tap.check(wait_for(lambda: app.find("table cell", ", World Bread Day", 0.5)), "the month reads it with its day")
tap.check(wait_for(lambda: app.shown("Note added")), "and says so")

choose(other, "Add a Note")
tap.check(wait_for(lambda: app.find("text", f"Note on {day_of(other)}", 0.5)), "the menu of a day has it too")
app.type("Closed for the stocktaking in the afternoon")
app.key("Return")
both = {str(today): "World Bread Day", str(other): "Closed for the stocktaking in the afternoon"}
tap.check(becomes(both), f"for that day ({notes()})")
app.picture("notes-month")
for key, view in (("2", "week"), ("3", "day"), ("4", "agenda")):
    app.key(key, "t")
    tap.check(wait_for(lambda: app.find(None, "World Bread Day", 0.5)), f"the {view} shows it")
    app.picture("notes-" + view)
app.key("1")

choose(other, "Change the Note")
wait_for(lambda: app.find("text", f"Note on {day_of(other)}", 0.5))
app.key("ctrl+a")
app.type("Open")
app.key("Return")
tap.check(becomes(dict(both, **{str(other): "Open"})), f"it can be changed ({notes()})")
app.key("ctrl+z")
tap.check(becomes(both), "which is undone")
choose(other, "Remove the Note")
tap.check(becomes({str(today): "World Bread Day"}), "and taken away")
app.key("ctrl+z")
tap.check(becomes(both), "which is undone too")
app.key("shift+n")
tap.check(wait_for(lambda: app.find("text", "Note on", 0.5)), "the keyboard is back in the calendar after the menu")
app.type("not this")
app.key("Escape")
tap.check(wait_for(lambda: not app.find("text", "Note on", 0)), "Escape leaves it")
tap.check(notes() == both, f"as it was ({notes()})")
tap.check(app.process.poll() is None and app.close() is not None, "the window closes")
tap.end()
