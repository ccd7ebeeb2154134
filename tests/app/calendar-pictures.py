# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every view of the calendar in every dress, and all of them on one sheet: SMM_PICTURES/calendar-sheet.png."""

import datetime
import glob
import os
import subprocess
import sys
import time

from gui import PICTURES, App
import calendar_world as world

UTC = datetime.timezone.utc
TEXTS = ["Rye is back, darker than ever", "Shaping, in slow motion", "Bun o’clock: two for one", "Meet our miller, Pekka",
         "Starter care in twenty seconds", "Bake one, share one", "Open day", "Coffee break", "Fresh baguettes",
         "World Bread Day", "Slow Sunday", "Weekend box"]


def dress(app_name, views, **env):
    app = App(width=env.pop("width", 1280), height=env.pop("height", 820), **env)
    time.sleep(1)
    for key, name in views:
        if key:
            app.key(key)
        time.sleep(0.8)
        app.picture(f"calendar-{name}-{app_name}")
    return app


def fill(brand, page, instagram):
    now = datetime.datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
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
            post = world.add(brand, where, TEXTS[n % len(TEXTS)], late if at <= now else at, world.PICTURES[n % 5])
            if at <= now:
                world.become(post, "failed" if n % 11 == 0 else "cancelled" if n % 13 == 0 else "published", at)
    for text, state, hour in (("Rye is back, darker than ever", "unconfirmed", 0), ("Last loaves", "held", 1)):
        post = world.add(brand, [page, instagram], text, noon + datetime.timedelta(days=20), "loaf")
        world.become(post, state, now + datetime.timedelta(hours=hour))
    for text in ("Gluten-free Friday", "Meet Aino, our baker", "How we fold dough"):
        world.add(brand, [page, instagram], text, None, world.PICTURES[len(text) % 5])


def sheet():
    pictures = sorted(glob.glob(os.path.join(PICTURES, "calendar-*-*.png")))
    subprocess.run(["montage", *pictures, "-resize", "640x", "-tile", "4x", "-geometry", "+12+12", "-label", "%t",
                    os.path.join(PICTURES, "calendar-sheet.png")], check=True)


if not PICTURES:
    sys.exit("SMM_PICTURES says where to")
VIEWS = [("1", "month"), ("2", "week"), ("3", "day"), ("4", "agenda")]
sandbox, brand, page, instagram = world.start("Europe/Helsinki")
app = dress("empty", VIEWS)
app.close()
world.wait_until_free()
fill(brand, page, instagram)
only = sys.argv[1:]
dresses = {
    "light": {}, "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "rtl": {"LANGUAGE": "he", "LC_ALL": "C.UTF-8"},
    "contrast": {"ADW_DEBUG_HIGH_CONTRAST": "1"},
}
for name, env in dresses.items():
    if not only or name in only:
        dress(name, VIEWS, **env).close()
if not only or "narrow" in only:
    dress("narrow", [(None, "agenda"), ("1", "month"), ("2", "week"), ("3", "day")], width=360, height=720).close()
if not only or "large" in only:
    settings = os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0", "settings.ini")
    before = open(settings).read()
    open(settings, "w").write(before.replace("Cantarell 11", "Cantarell 22"))
    dress("large", VIEWS).close()
    open(settings, "w").write(before)
if not only or "crowd" in only:
    world.wait_until_free()
    start = datetime.datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - datetime.timedelta(days=10)
    world.crowd(brand, page, 100, start, 30)
    app = dress("crowd", VIEWS)
    app.key("1")
    app.close()
sandbox.stop()
sheet()
