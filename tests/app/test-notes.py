# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A note on a day, by keyboard and by the day's menu, and holidays from a file: every view shows them, the library keeps them."""

import datetime
import os
import shutil
import subprocess
import sys

from gui import App, wait_for, xdotool
from harness import HOME, Checks, ctl, stay_in_day

tap = Checks()
stay_in_day()
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

# Holidays: a calendar file, dropped on a day from another program; in the next month, for the past takes nothing.
def holidays():
    return [(line["holidays"]["name"], line["holidays"]["shown"]) for line in ctl("holidays", "list", "--brand", brand)]


def holidays_become(wanted):
    return wait_for(lambda: holidays() == wanted)


path = os.path.join(HOME, "Bakers.ics")
later = (today.replace(day=1) + datetime.timedelta(days=31)).replace(day=15)
with open(path, "w", newline="") as file:
    file.write(f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Day of\r\n  Rye\r\nDTSTART;VALUE=DATE:{today:%Y%m%d}\r\nRRULE:FREQ=YEARLY\r\n"
               f"END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Day of Wheat\r\nDTSTART;VALUE=DATE:{later:%Y%m%d}\r\n"
               "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Tea\r\nDTSTART:20300101T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
app.key("Next")
tap.check(cell(later), "PageDown shows the next month")
files = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "drag-source.py"), path])
window = wait_for(lambda: xdotool("search", "--onlyvisible", "--name", "^Files of Somebody$").split())[0]
xdotool("windowmove", window, 10, 560)
wait_for(lambda: "X=10" in xdotool("getwindowgeometry", "--shell", window).split())
app.drag((80, 620), (1210, 690))
tap.check(holidays_become([("Bakers", True)]), f"a dropped calendar is taken for holidays ({holidays()})")
files.terminate()
files.wait()
tap.check(wait_for(lambda: app.find(None, "1 event left out", 0.5)), "what is no whole day is told")
tap.check(wait_for(lambda: app.find("table cell", ", Day of Wheat", 0.5)), "the days are named")
app.picture("holidays-dialog")
app.act(None, "Show “Bakers”")
tap.check(holidays_become([("Bakers", False)]), f"they can be hidden ({holidays()})")
tap.check(wait_for(lambda: not app.find("table cell", "Day of Wheat", 0)), "and are out of the calendar")
app.act("push button", "=Remove “Bakers”")
tap.check(holidays_become([]) and wait_for(lambda: app.find(None, "No Holidays Yet", 0.5)), "and removed")
app.picture("holidays-empty")
app.key("Escape")
tap.check(wait_for(lambda: not app.find(None, "No Holidays Yet", 0)), "Escape closes the window of holidays")
app.key("ctrl+z")
tap.check(holidays_become([("Bakers", False)]), "undo brings them back")
app.key("ctrl+z")
tap.check(holidays_become([("Bakers", True)]), "and shows them")
for key, view in (("1", "month"), ("2", "week"), ("3", "day"), ("4", "agenda")):
    app.key(key, "t")
    tap.check(wait_for(lambda: app.find(None, "Day of Rye · World", 0.5)), f"the {view} names the day in front of its note")
    app.picture("holidays-" + view)
tap.check(app.process.poll() is None and app.close() is not None, "the window closes")

# Where weeks begin on Sunday, they are numbered by the days most people number them by.
locales = os.path.join(HOME, "locales")
os.makedirs(locales)
if shutil.which("localedef") and subprocess.run(["localedef", "-i", "en_US", "-f", "UTF-8", os.path.join(locales, "en_US.UTF-8")], check=False).returncode in (0, 1):
    app = App(LOCPATH=locales, LC_ALL="en_US.UTF-8")
    app.need("push button", "=New Post")
    app.key("1", "t")
    sunday, monday = (wait_for(lambda: app.find("label", "=" + name, 0.5)) for name in ("Sunday", "Monday"))
    tap.check(app.middle(sunday)[0] < app.middle(monday)[0], "the first day of the week is that of the language")
    app.key("2")
    thursday = today + datetime.timedelta(days=4 - today.isoweekday() % 7)
    week = f"Week {thursday.isocalendar()[1]}"
    tap.check(wait_for(lambda: any(told == week or told.startswith(week + ", times in") for told in app.names())), f"the week has the number of its Thursday ({thursday})")
    app.close()
tap.end()
