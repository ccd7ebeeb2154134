# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""pictures.py DRESS: every view in one dress, to be looked at; a view that can't be reached, and a
control without a name, fail. With SMM_PICTURES the pictures are kept there, named VIEW.DRESS.png."""

import datetime
import gettext
import os
import subprocess
import sys
import time

from gui import PICTURES, App, Gone, wait_for, walk
from harness import HOME, Checks, ctl
import calendar_world as world

UTC = datetime.timezone.utc
TEXTS = ["Rye is back, darker than ever", "Shaping, in slow motion", "Bun o’clock: two for one", "Meet our miller, Pekka",
         "Starter care in twenty seconds", "Bake one, share one", "Open day", "Coffee break", "Fresh baguettes",
         "World Bread Day", "Slow Sunday", "Weekend box"]
DRESSES = {
    "light": {},
    "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "contrast": {"ADW_DEBUG_HIGH_CONTRAST": "1"},
    "mirrored": {"LANGUAGE": "he", "SMM_LOCALEDIR": os.path.join(HOME, "locale")},
    "german": {"LANGUAGE": "de", "SMM_LOCALEDIR": os.path.join(os.environ["SMM_BUILD"], "po")},
    "large": {},
    "narrow": {"width": 360, "height": 720},
    "empty": {},
    "crowded": {},
}
HEBREW = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def fill(brand, page, instagram):
    """Posts in every state around today, and what else a brand that is at work has."""
    soon = datetime.datetime.now(UTC) + datetime.timedelta(minutes=15)  # nothing is due while people look
    now = soon.replace(minute=0, second=0, microsecond=0)
    noon = now.replace(hour=12)
    n = 0
    for day in range(-16, 17):
        for hour in ((8, 17) if day % 3 else (9, 12, 17)):
            if (day * 7 + hour) % 5 == 0:
                continue
            n += 1
            at = noon + datetime.timedelta(days=day, hours=hour - 12, minutes=30 * (n % 2))
            where = [[page, instagram], [instagram], [page]][n % 3]
            late = noon + datetime.timedelta(days=20)
            post = world.add(brand, where, TEXTS[n % len(TEXTS)], late if at <= soon else at, world.PICTURES[n % 5])
            if at <= soon:
                world.become(post, "failed" if n % 11 == 0 else "cancelled" if n % 13 == 0 else "published", at)
    for text, state, hour in (("Rye is back, darker than ever", "unconfirmed", 0), ("Last loaves", "held", 1)):
        post = world.add(brand, [page, instagram], text, noon + datetime.timedelta(days=20), "loaf")
        world.become(post, state, now + datetime.timedelta(hours=hour))
    for text in ("Gluten-free Friday", "Meet Aino, our baker", "How we fold dough"):
        world.add(brand, [page, instagram], text, None, world.PICTURES[len(text) % 5])
    ctl("tag", "add", "Rye", "--brand", brand, "--color", "#c64600")
    ctl("campaign", "add", "Weeks of Advent", "--brand", brand, "--color", "#1a5fb4", "--first-day", f"{now:%Y-%m-%d}",
        "--last-day", f"{now + datetime.timedelta(days=25):%Y-%m-%d}")
    ctl("slot", "add", "mon,tue,wed,thu,fri", "09:00", "--brand", brand)
    ctl("slot", "add", "wed,sat", "17:30", "--brand", brand)
    ctl("series", "add", "--brand", brand, "--time", "07:30", "--from", f"{now + datetime.timedelta(days=1):%Y-%m-%d}",
        "--every", "week", "--on", "fri", "--text", "Rye on Fridays", "--account", page)


def translate(text):
    if dress != "german":
        return text
    return gettext.translation("nkonsept-smm", DRESSES[dress]["SMM_LOCALEDIR"], ["de"]).gettext(text)


def get_mnemonic(text):
    told = translate(text)
    return told[told.index("_") + 1].lower()


class Tour:
    """Goes from view to view as people do, by what assistive technology offers."""

    def __init__(self, dress, **env):
        self.dress = dress
        self.app = App(**env)
        self.reached = []

    def see(self, view, what):
        """`what` has come and lies still."""
        node = wait_for(lambda: self.shown(translate(what).replace("_", "")))
        if node:
            try:
                self.app.middle(node)
            except Gone:
                pass
            time.sleep(0.4)
        self.take(view, node)

    def take(self, view, reached):
        self.app.picture(f"{view}.{self.dress}")
        if PICTURES and self.dress == "narrow":
            subprocess.run(["mogrify", "-crop", "360x720+0+0", os.path.join(PICTURES, f"{view}.narrow.png")], check=False)
        tap.check(reached, f"{self.dress}: {view}")

    def shown(self, name):
        for node in walk(self.app.root):
            if not (node.told == name[1:] if name[0] == "=" else name in node.told):
                continue
            try:
                if node.get_place().width > 0:
                    return node
            except Gone:
                continue
        return None

    def get_title(self):
        """What the header bar on screen says first."""
        nodes = list(walk(self.app.root))
        for at, node in enumerate(nodes):
            try:
                if node.told == "AdwWindowTitle" and node.get_place().width > 0:
                    return next(label.told for label in nodes[at + 1:] if label.get_role_name() == "label")
            except Gone:
                continue
        return None

    def do(self, name):
        node = wait_for(lambda: self.shown("=" + translate(name).replace("_", "")))
        assert node, f"no {name}"
        self.app.point(node)

    def go(self, view):
        if self.dress == "narrow":
            self.do("Show the Sidebar")
        self.do(view)

    def open_brand_menu(self, item):
        if self.dress == "narrow":
            self.do("Show the Sidebar")
        self.do("Switch Brand")
        self.app.find(None, translate(item).replace("_", ""), 10)
        self.app.key(get_mnemonic(item))


def see_calendar(tour):
    tour.app.key("3")
    for key, view in (("1", "month"), ("2", "week"), ("3", "day"), ("4", "agenda")):
        before = tour.get_title()
        tour.app.key(key)
        changed = wait_for(lambda: tour.get_title() != before)
        time.sleep(0.6)
        tour.take(f"calendar-{view}", changed)
    tour.app.key("1")


def see_media(tour):
    """Several media chosen: what is done to all of them."""
    tour.app.point(wait_for(lambda: tour.shown("cup.jpg")))
    if tour.dress == "narrow":
        tour.do("Close the Details")
    tour.app.key("ctrl+a")
    tour.see("library-many", "Add Tags, with Commas")
    tour.app.key("ctrl+shift+a")


def see_all(tour):
    see_calendar(tour)
    tour.app.key("ctrl+n")
    tour.app.type("Fresh baguettes at seven")
    tour.see("composer", "Accounts this goes to")
    if tour.dress not in ("contrast", "empty", "crowded"):
        tap.check(tour.app.tab_to(translate("From Library"), 30), f"{tour.dress}: Tab leads to the library")
        tour.app.key("Return")
        tour.see("picker", "Double-click one to add it, or drag it onto the post. Ctrl and Shift select several.")
        tour.app.key("Escape")
    tour.app.key("Escape")
    tour.app.key("ctrl+2")
    tour.see("posts", "Period")
    if tour.dress in ("contrast", "crowded"):  # the rest is as in others
        return
    for view, item, what in (("library", "Library", "cup.jpg" if tour.dress == "narrow" else "Add Files"), ("accounts", "Accounts", "Check Now")):
        tour.go(item)
        tour.see(view, what)
        if view == "library" and tour.dress != "empty":
            see_media(tour)
    for view, item, what in (("times", "Posting _Times…", "Add Time"), ("tags", "T_ags and Campaigns…", "New _Campaign"),
                             ("series", "_Recurring Posts…", "Posts that come again and again. A post of one can be changed by itself.")):
        tour.open_brand_menu(item)
        tour.see(view, what)
        tour.app.key("Escape")
    tour.go("Calendar")
    for view, item, what in (("import", "_Import Posts…", "_Choose File…"), ("export", "_Export Posts…", "Which Posts"),
                             ("holidays", "_Holidays…", "No Holidays Yet")):
        if tour.dress == "narrow":
            tour.do("Show the Sidebar")
        tour.app.key("F10")
        tour.app.key(get_mnemonic(item))
        tour.see(view, what)
        tour.app.key("Escape")
    tour.app.key("ctrl+comma")
    tour.see("preferences", "Your Name")
    tour.app.key("Escape")
    tour.open_brand_menu("_Edit Brand…")
    tour.see("brand", "What Is It Called?")
    if tour.dress == "narrow":
        for _ in range(5):
            tour.do("Next")
        tour.see("brand-rhythm", "Add Time")
        tap.check(tour.app.get_width() == 360, f"no step needs more room ({tour.app.get_width()})")


def prepare(dress):
    if dress == "mirrored":
        folder = os.path.join(HOME, "locale", "he", "LC_MESSAGES")
        os.makedirs(folder)
        subprocess.run(["msgfmt", "-o", os.path.join(folder, "nkonsept-smm.mo"), "-"], input=HEBREW, text=True, check=True)
    if dress == "large":
        # What desktops set for large text.
        subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi:\t192\n"], check=True)


dress = sys.argv[1]
tap = Checks()
prepare(dress)
sandbox, brand, page, instagram = world.start("Europe/Helsinki")
world.wait_until_free()
if dress == "crowded":
    start = datetime.datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - datetime.timedelta(days=10)
    world.crowd(brand, page, 100, start, 30)
elif dress != "empty":
    fill(brand, page, instagram)
tour = Tour(dress, **DRESSES[dress])
see_all(tour)
tour.app.close()
if dress == "german":
    # Long words in a narrow window: it asks all of its views how much room they need.
    tour = Tour(dress, **DRESSES[dress], **DRESSES["narrow"])
    tour.take("calendar-narrow", wait_for(tour.get_title))
    tour.app.close()
sandbox.stop()
tap.end()
