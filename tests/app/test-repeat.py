# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A draft that becomes a recurring post, what it says of itself, one of it changed with all that
follow, and its end; Undo at each step. The library is read afterwards, through another program."""

import datetime

from gui import App, wait_for
from harness import APP_ID, SECRET, Checks, Sandbox, connect, ctl, stay_in_day

tap = Checks()
stay_in_day()
first = datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=1)
sandbox = Sandbox()
brand = ctl("brand", "add", "Northside Bread", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
connect("facebook", brand)
app = App()


def series():
    return [line["series"] for line in ctl("series", "list", "--brand", brand) if "series" in line]


def days(one):
    return ctl("series", "show", one["id"])[0]["series"]["days"]


def texts():
    return sorted({line["post"]["text"] for line in ctl("post", "list", expect=None) if "post" in line})


def drafts():
    return [line["post"]["text"] for line in ctl("post", "list", expect=None)
            if line.get("post", {}).get("state") == "draft" or "post" in line and not line["post"].get("due_at")]


def open_menu(item):
    app.click(None, "Switch Brand")
    wait_for(lambda: app.find(None, item, 1))
    app.click(None, item)


# --- From a draft ---

app.key("ctrl+n")
wait_for(lambda: app.find("push button", "=Repeat…", 0.5) or app.find(None, "Repeat…", 0.5))
app.type("Rye on Fridays")
tap.check(wait_for(lambda: "Rye on Fridays" in texts()), "the draft is in the library")
app.click("push button", "Repeat…")
tap.check(wait_for(lambda: app.find(None, "Every week on", 0.5)), "weekly is proposed, in words")
tap.check(wait_for(lambda: app.find(None, "First on", 0.5)), "with the days it begins with")
app.picture("repeat-dialog")
app.key("ctrl+a")
app.type("2")
app.key("Tab")
tap.check(wait_for(lambda: app.find(None, "Every 2 weeks on", 0.5)), "every second week")
app.act("push button", "=Repeat")
one = wait_for(lambda: (series() or [None])[0])
tap.check(one and "FREQ=WEEKLY;INTERVAL=2" in one["rule"], f"the series is in the library ({one and one['rule']})")
tap.check(wait_for(lambda: not drafts()), "and has taken the draft's place")
made = days(one)
tap.check(len(made) > 1, f"its posts are made ahead ({len(made)})")
app.key("1")
for _ in range(3):
    if app.find("push button", "Rye on Fridays"):
        break
    app.key("Next")
tap.check(wait_for(lambda: any("Rye on Fridays · repeats" in name for name in app.names())), "its chips say that they repeat")
app.picture("repeat-month")
app.key("ctrl+z")
tap.check(wait_for(lambda: not series() and drafts() == ["Rye on Fridays"]), "one Undo takes the series away and brings the draft back")
app.key("ctrl+shift+z")
tap.check(wait_for(lambda: len(series()) == 1), "and Redo the series")

# --- Every month, by keyboard alone ---


def months(rule):
    return wait_for(lambda: (series() or [None])[0] and rule in series()[0]["rule"])


def choose(row, downs):
    """Opens the list of the row that has the focus; its first line has the focus then."""
    assert wait_for(lambda: row in list(app.focused())), f"{row}, not {list(app.focused())}"
    app.key("Return")
    wait_for(lambda: row not in list(app.focused()))
    app.key(*["Down"] * downs, "Return")
    tap.check(wait_for(lambda: row in list(app.focused())), f"“{row}” is chosen by keys")


open_menu("Recurring Posts")
app.click("list item", "Rye on Fridays")
wait_for(lambda: app.find(None, "First on", 0.5))
app.key("Tab")
choose("Unit", 2)
tap.check(wait_for(lambda: app.find(None, "months on", 0.5)), "every second month, and Return has saved nothing")
app.key("Tab")
choose("On", 1)
nth = (first.day + 6) // 7
words = f"Every 2 months on {first:%A} no. {nth}" if nth < 5 else f"Every 2 months on the last {first:%A}"
tap.check(wait_for(lambda: app.find(None, words, 0.5)), f"on a weekday of it ({words})")
app.picture("repeat-monthly")
app.key("alt+r")
tap.check(months("FREQ=MONTHLY;INTERVAL=2;BYDAY="), f"the series follows ({series()[0]['rule']})")
by_weekday = [each["day"] for each in days(series()[0])]
tap.check(len({day[:7] for day in by_weekday}) == len(by_weekday) > 0, f"with one post in each of its months ({by_weekday})")
tap.check(len({datetime.date.fromisoformat(day).weekday() for day in by_weekday}) == 1, "each on the same weekday")
app.click("list item", "Rye on Fridays")
wait_for(lambda: app.find(None, "First on", 0.5))
app.tab_to("On", 4)
choose("On", 2)
tap.check(wait_for(lambda: app.find(None, "last day of", 0.5)), "on the last day")
app.key("alt+r")
tap.check(months("BYMONTHDAY=-1"), f"of the month ({series()[0]['rule']})")
last = [datetime.date.fromisoformat(each["day"]) for each in days(series()[0])]
tap.check(last and all((day + datetime.timedelta(days=1)).day == 1 for day in last), f"which every one of them is ({last})")
app.key("ctrl+z")
months("BYDAY=")
app.key("ctrl+z")
tap.check(months("FREQ=WEEKLY;INTERVAL=2"), "Undo makes it weekly again")
app.key("Escape")

# --- This one and those that follow ---

app.click("push button", "Rye on Fridays")
tap.check(wait_for(lambda: app.find("push button", "=Edit", 0.5)), "a post of it can be looked at")
app.act("push button", "=Edit")
tap.check(wait_for(lambda: app.find("push button", "Change This and Later", 0.5)), "and edited with all that follow")
app.click("push button", "Change This and Later")
wait_for(lambda: app.find(None, "First on", 0.5))
app.key("ctrl+a")
app.type("4")
app.key("Tab")
tap.check(wait_for(lambda: app.find(None, "Every 4 weeks on", 0.5)), "from here on every fourth week")
app.picture("repeat-later")
app.act("push button", "=Repeat")
tap.check(wait_for(lambda: len(series()) == 2), f"the series is two now ({[each['rule'] for each in series()]})")
old, new = sorted(series(), key=lambda each: "INTERVAL=4" in each["rule"])
later = [each["day"] for each in days(new)]
tap.check("UNTIL" in old["rule"] and "UNTIL" not in new["rule"], "the first ends before, the second goes on")
tap.check(later and not set(later) & {each["day"] for each in days(old)}, f"and none of it is made twice ({later})")
app.key("Escape")
app.key("ctrl+z")
tap.check(wait_for(lambda: len(series()) == 1 and "UNTIL" not in series()[0]["rule"]), "one Undo makes one of them again")

# --- In the list ---

open_menu("Recurring Posts")
tap.check(wait_for(lambda: app.find(None, "Every 2 weeks on", 0.5)), "the list tells it in words")
app.picture("repeat-list")
app.click("list item", "Rye on Fridays")
wait_for(lambda: app.find(None, "First on", 0.5))
app.key("ctrl+a")
app.type("3")
app.key("Tab")
wait_for(lambda: app.find(None, "Every 3 weeks on", 0.5))
app.act("push button", "=Repeat")
tap.check(wait_for(lambda: "INTERVAL=3" in series()[0]["rule"]), "it is changed")
app.key("ctrl+z")
tap.check(wait_for(lambda: "INTERVAL=2" in series()[0]["rule"]), "and back with Ctrl+Z")
app.click("push button", "Pause “Rye on Fridays”")
tap.check(wait_for(lambda: series()[0].get("paused")), "it is paused")
tap.check(wait_for(lambda: app.find(None, "off the calendar", 0.5)), "which tells what became of the posts that were planned")
tap.check(wait_for(lambda: app.find("push button", "Resume “Rye on Fridays”", 0.5)), "and can be resumed")
app.picture("repeat-paused")
app.click("push button", "Resume “Rye on Fridays”")
tap.check(wait_for(lambda: not series()[0].get("paused")), "then it goes on")
wait_for(lambda: app.find("push button", "Pause “Rye on Fridays”", 0.5))
app.click("push button", "End “Rye on Fridays”")
tap.check(wait_for(lambda: series()[0].get("stopped_at")), "it ends")
tap.check(wait_for(lambda: app.find(None, "ended", 0.5)), "and says so")
app.key("ctrl+z")
tap.check(wait_for(lambda: not series()[0].get("stopped_at")), "Undo lets it go on")

tap.check(app.process.poll() is None and app.close() is not None, "the window closes")
sandbox.stop()
tap.end()
