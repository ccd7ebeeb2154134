# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Posts moved by pointer and keyboard in month and week, shelf, several at once, undo: afterwards the
library is read, through another program."""

import calendar
import datetime
import time

from gui import App, name_of, wait_for, walk, xdotool
from gi.repository import Atspi
import calendar_world as world
from overlay import seen
from harness import Checks, ctl, stay_in_day

UTC = datetime.timezone.utc
tap = Checks()
stay_in_day()
sandbox, brand, page, instagram = world.start()
today = datetime.datetime.now(UTC).date()
# Two whole weeks of one month, all of them to come.
first = today + datetime.timedelta(days=7 - today.weekday())
if (first + datetime.timedelta(days=13)).month != first.month:
    first = (first.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    first += datetime.timedelta(days=(7 - first.weekday()) % 7)


def at(day, hour, minute=0):
    return datetime.datetime.combine(first + datetime.timedelta(days=day), datetime.time(hour, minute), UTC)


def due(post):
    told = ctl("post", "show", post)[0]["post"].get("due_at")
    return datetime.datetime.fromisoformat(told.replace("Z", "+00:00")) if told else None


def becomes(post, good, seconds=12):
    return wait_for(lambda: (lambda told: told if told and good(told) else None)(due(post)), seconds)


def state(post):
    return ctl("post", "show", post)[0]["post"]["targets"][0]["state"]


def n_posts():
    return len([line for line in ctl("post", "list", expect=None) if "post" in line])


def chip(text, view=None):
    """In a view by its name: those that are not shown keep their chips."""
    def look():
        grid = app.find("table", "=" + view, 0.5) if view else app.root
        for node in walk(grid) if grid else []:
            if text in name_of(node) and node.get_role_name() == "push button":
                return node
        return None
    return wait_for(look)


def cell(day):
    date = first + datetime.timedelta(days=day)
    return wait_for(lambda: app.find("table cell", f"{date.day} {date:%B}", 0.5))


def box(node):
    return node.get_place()


def spot(day, hour):
    """The place of an hour in a day of the month, which is 6 to 22 o'clock wide."""
    area = box(cell(day))
    return area.x + round(area.width * (hour - 6) / 16), area.y + area.height - 40


def hold(start, end):
    xdotool("mousemove", *start, "mousedown", 1)
    for step in range(1, 9):
        xdotool("mousemove", start[0] + (end[0] - start[0]) * step // 8, start[1] + (end[1] - start[1]) * step // 8)
        time.sleep(0.04)
    time.sleep(0.2)


def release():
    xdotool("mouseup", 1)
    time.sleep(0.4)


def drag(start, end):
    hold(start, end)
    release()


def told(text):
    return wait_for(lambda: any(text in name for name in app.names()))


rye = world.add(brand, [page, instagram], "Rye is back", at(1, 9), "loaf")
ctl("tag", "add", "Spring", "--brand", brand)
bun = ctl("post", "add", "--brand", brand, "--account", page, "--text", "Bun o'clock", "--first-comment", "#buns",
          "--at", at(2, 17, 30).strftime("%Y-%m-%dT%H:%M"), "--tz", "UTC", "--tag", "Spring",
          "--variant", f"{page}:text=Buns on the page", *world.picture("cup"))[0]["post"]["id"]
wheat = world.add(brand, [page], "Wheat talk", at(3, 10))
draft = world.add(brand, [page], "Gluten-free Friday")
app = App()
app.key("1")
while not app.find("push button", "Rye is back", 1):
    app.key("Next")
tap.check(chip("Scheduled, 09:00, Facebook and Instagram: Rye is back"), "a chip says state, time, platforms and text")

# Month: another day, at the hour of its place.
drag(app.middle(chip("Rye is back")), spot(4, 14))
moved = becomes(rye, lambda when: when.date() == at(4, 0).date())
tap.check(moved and abs((moved - at(4, 14)).total_seconds()) <= 1800 and moved.minute % 15 == 0,
          f"dragging moves it to that day and hour ({moved})")
app.picture("calendar-moved")
app.key("ctrl+z")
tap.check(becomes(rye, lambda when: when == at(1, 9)), "undo brings it back")
app.key("ctrl+shift+z")
tap.check(becomes(rye, lambda when: when == moved), "and redo moves it again")

# Escape ends a drag.
hold(app.middle(chip("Rye is back")), spot(8, 12))
tap.check(told("12:") is not None, "while it is held the landing time is told")
app.picture("calendar-dragging")
app.key("Escape")
release()
time.sleep(0.6)
tap.check(due(rye) == moved, "Escape lets it stay where it was")
tap.check(not chip("Rye is back").has_state(Atspi.StateType.SELECTED), "and as little selected as before")

# Copies.
before = n_posts()
xdotool("keydown", "ctrl")
drag(app.middle(chip("Bun o'clock")), spot(9, 12))
xdotool("keyup", "ctrl")
copies = wait_for(lambda: (lambda posts: posts if len(posts) == 2 else None)(
    [line["post"] for line in ctl("post", "list", expect=None) if line.get("post", {}).get("text") == "Bun o'clock"]))
tap.check(copies and n_posts() == before + 1 and due(bun) == at(2, 17, 30), "Ctrl copies, once, and the post stays")
same = [{key: post.get(key) for key in ("first_comment", "media", "tags", "options")}
        | {"variant": post["targets"][0].get("variant")} for post in copies or []]
tap.check(same and same[0] == same[1] and same[0]["tags"] and same[0]["variant"],
          f"with what it is on each account, its comment and tags ({same})")
app.key("ctrl+z")
tap.check(wait_for(lambda: n_posts() == before), "which is undone")

# The shelf, both ways.
drag(app.middle(chip("Gluten-free Friday")), spot(5, 10))
landed = becomes(draft, lambda when: when.date() == at(5, 0).date())
tap.check(landed and state(draft) == "scheduled", f"a draft dropped on a day is scheduled ({landed})")
shelf = app.find(None, "Drag a draft onto a day")
drag(app.middle(chip("Gluten-free Friday")), app.middle(shelf))
tap.check(wait_for(lambda: due(draft) is None and state(draft) == "draft"), "dropped on the shelf it is a draft again")

# The past refuses.
yesterday = today - datetime.timedelta(days=1)
app.key("t")
tap.check(wait_for(lambda: app.find("table cell", "Today", 0.5)), "T shows today")
if yesterday.month == today.month or app.find("table cell", f"{yesterday.day} {yesterday:%B}"):
    place = app.middle(app.need("table cell", f"{yesterday.day} {yesterday:%B}"))
    hold(app.middle(chip("Gluten-free Friday")), place)
    tap.check(told("In the past"), "a day that is over says why it refuses")
    app.picture("calendar-refused")
    release()
    tap.check(due(draft) is None, "and takes nothing")
while not app.find("push button", "Wheat talk", 0.5):
    app.key("Next")

# A band touches their lower edge; what says how many there are must not push the days from under it.
area = box(chip("Wheat talk"))
hold((box(cell(1)).x + 20, area.y + area.height + 30), (area.x + area.width - 12, area.y + area.height - 3))
app.picture("calendar-band")
release()
tap.check(told("2 posts selected"), "a band selects what it touches")
app.key("Escape")
tap.check(told("0 posts selected"), "and Escape lets go of them")

# Several at once keep their distance: one step.
app.point(chip("Wheat talk"))
tap.check(wait_for(lambda: app.find("push button", "=Details", 0.5)), "a click shows the card of a post")
where = app.middle(chip("Bun o'clock"))
xdotool("keydown", "ctrl", "mousemove", *where, "click", 1)
time.sleep(0.3)
xdotool("keyup", "ctrl")
tap.check(told("2 posts selected"), "Ctrl and a click select one more")
tap.check(wait_for(lambda: not app.find("push button", "=Details", 0)), "which closes the card")
app.picture("calendar-selected")
start = app.middle(chip("Bun o'clock"))
drag(start, spot(9, 17.5))
tap.check(becomes(bun, lambda when: when.date() == at(9, 0).date()) and becomes(wheat, lambda when: when.date() == at(10, 0).date()),
          "dragging one of them moves both")
tap.check(due(bun) - due(wheat) == at(2, 17, 30) - at(3, 10), "and keeps their distance")
app.key("ctrl+z")
tap.check(becomes(bun, lambda when: when == at(2, 17, 30)) and becomes(wheat, lambda when: when == at(3, 10)),
          "one undo brings both back")
app.key("Escape")

# Keyboard.
node = chip("Wheat talk")
xdotool("mousemove", *app.middle(node), "click", 1)
time.sleep(0.6)
app.key("Escape")
app.key("alt+Right")
tap.check(becomes(wheat, lambda when: when == at(4, 10)), "Alt and an arrow move it a day")
app.key("alt+Down")
tap.check(becomes(wheat, lambda when: when == at(11, 10)), "or a week, and the keyboard goes with it")
app.key("alt+shift+Up")
tap.check(becomes(wheat, lambda when: when == at(11, 9)), "or an hour")
app.key("m")
tap.check(wait_for(lambda: app.find(None, "Move Post", 0.5)), "M asks where to")
app.picture("calendar-move-to")
app.key("ctrl+a", "1", "3", "Return")
tap.check(becomes(wheat, lambda when: when == at(11, 13)), "and Return moves it there")
app.key("Delete")
tap.check(wait_for(lambda: state(wheat) == "cancelled"), "Delete cancels what is scheduled")
app.key("ctrl+z")
tap.check(wait_for(lambda: state(wheat) == "scheduled"), "which is undone")

# Week: up and down is the hour.
app.key("Escape")
app.key("2")
app.key("Prior")
tap.check(told(f"Week {at(2, 0).isocalendar()[1]}"), "2 shows the week, PageUp the one before")
area = box(chip("Bun o'clock", "Week"))
drag((area.x + 20, area.y + 10), (area.x + 20, area.y + 10 - 43 * 3))
tap.check(becomes(bun, lambda when: when == at(2, 14, 30)), f"three hours up are three hours earlier ({due(bun)})")
app.picture("calendar-week")
hour = app.place(seen(app, "label", "=12:00"))
board = seen(app, "table", "=Week").get_place()
xdotool("mousemove", board.x + board.width - 30, board.y + board.height - 100, "click", 1)
tap.check(wait_for(lambda: any(f"{at(6, 0).day} {at(6, 0):%B}" in name for name in app.focused())), "a click chooses an hour of a day")
tap.check(app.place(seen(app, "label", "=12:00")) == hour, "and leaves the hours where they are")
xdotool("mousemove", *app.middle(chip("14:30", "Week")), "click", 1)
time.sleep(0.6)
app.key("Escape")
app.key("alt+Down")
tap.check(becomes(bun, lambda when: when == at(2, 15, 30)), "Alt and Down move it an hour")
app.key("alt+shift+Up")
tap.check(becomes(bun, lambda when: when == at(2, 15, 15)), "with Shift a quarter of one")
for key, name in (("3", "day"), ("4", "agenda")):
    app.key(key)
    tap.check(wait_for(lambda: app.find(None, "Bun o'clock", 0.5)), f"{key} shows the {name} of the same day")

# Agenda: PageDown is a week here, too. A row is dragged to another day, by the strip of the week, and keeps its hour.
def strip_has(day):
    return wait_for(lambda: app.find("push button", f"={at(day, 0):%A} {at(day, 0).day} {at(day, 0):%B}", 0.5))


app.key("Next")
tap.check(strip_has(11), "PageDown shows the week after")
app.key("Prior")
tap.check(strip_has(4), "PageUp the one before")
app.key("Down")
tap.check(wait_for(lambda: any(", Facebook" in name for name in app.focused())), f"an arrow leads to a post, which is named ({list(app.focused())})")
row = wait_for(lambda: app.find("list item", "Bun o'clock", 0.5))
friday = strip_has(4)
hold(app.middle(row), app.middle(friday))
tap.check(told("15:15") and told(f"{at(4, 0):%a} {at(4, 0).day}"), "in the agenda the day it lands on is told")
app.picture("calendar-agenda-dragging")
app.key("Escape")
release()
time.sleep(0.6)
tap.check(due(bun) == at(2, 15, 15), "Escape lets it stay")
drag(app.middle(wait_for(lambda: app.find("list item", "Bun o'clock", 0.5))), app.middle(friday))
tap.check(becomes(bun, lambda when: when == at(4, 15, 15)), f"dropped there it moves to that day ({due(bun)})")
app.key("ctrl+z")
tap.check(becomes(bun, lambda when: when == at(2, 15, 15)), "undo brings it back")
wait_for(lambda: app.find("list item", "15:15", 0.5))
other = wait_for(lambda: app.find("list item", "Wheat talk", 0.5))
drag(app.middle(wait_for(lambda: app.find("list item", "Bun o'clock", 0.5))), app.middle(other))
tap.check(becomes(bun, lambda when: when == due(wheat).replace(hour=15, minute=15)), f"or among the posts of a day ({due(bun)})")
tap.check(app.tab_to("New Post", 40), "Tab leads to the header")
app.key("2")
tap.check(told("Week "), "where the keys of the calendar work, too")
app.key("1")
tap.check(n_posts() == before, "no post came or went by all this")


# A month with fewer weeks has the last ones out of sight: they don't miss that their posts are let go.
def weeks(n):
    return len(calendar.Calendar().monthdatescalendar(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1))


n = next(n for n in range(12) if weeks(n) > weeks(n + 1))
last = (first.replace(day=1) + datetime.timedelta(days=31 * n + 15)).replace(day=28)
while (last + datetime.timedelta(days=1)).month == last.month:
    last += datetime.timedelta(days=1)
world.add(brand, [page], "Last of the month", datetime.datetime.combine(last, datetime.time(12), UTC))
for _ in range(n + 1):
    if not wait_for(lambda: app.find("push button", "Last of the month", 0.5), 2):
        app.key("Next")
xdotool("keydown", "ctrl")
app.point(chip("Last of the month", "Month"))
xdotool("keyup", "ctrl")
tap.check(wait_for(lambda: chip("Last of the month", "Month").has_state(Atspi.StateType.SELECTED)), "a post of the last week is selected")
app.key("Next")
app.key("Escape", "Escape")
tap.check(told("0 posts selected"), "and let go in the next month")
app.key("Prior")
tap.check(not chip("Last of the month", "Month").has_state(Atspi.StateType.SELECTED), "which it shows when it is seen again")

# The keyboard stays where it is of use: on the day as far into the next month, and not in a card that is gone.
app.point(chip("Last of the month", "Month"))
tap.check(wait_for(lambda: app.find("push button", "=Details", 0.5)), "its card has the keyboard")
app.key("Escape")
tap.check(wait_for(lambda: any("Last of the month" in name for name in app.focused())), "which Escape gives back to it")
xdotool("click", 5)
after = last + datetime.timedelta(days=1)
length = calendar.monthrange(after.year, after.month)[1]
tap.check(wait_for(lambda: any(f"{min(last.day, length)} {after:%B}" in name for name in app.focused())),
          f"the wheel turns the month, and the keyboard goes with it ({list(app.focused())})")
xdotool("click", 4)
app.point(chip("Last of the month", "Month"))
tap.check(wait_for(lambda: any(name == "Details" for name in app.focused())), "a card is open again")
app.key("ctrl+2")
tap.check(wait_for(lambda: seen(app, "push button", "Period")), "and Ctrl+2 shows the posts")
tap.check(wait_for(lambda: not seen(app, "push button", "=Details")), "without it")
app.key("ctrl+1")
tap.check(wait_for(lambda: seen(app, "push button", "Last of the month")), "Ctrl+1 the calendar again")
app.point(chip("Last of the month", "Month"))
tap.check(wait_for(lambda: any(name == "Details" for name in app.focused())), "where a card is opened")
app.key("ctrl+n")
tap.check(wait_for(lambda: any("Text of the post" in name for name in app.focused())),
          f"from which Ctrl+N leads to writing ({list(app.focused())})")
app.key("Escape")
tap.check(app.process.poll() is None and app.close() is not None, "the window closes")
sandbox.stop()
tap.end()
