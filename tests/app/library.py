# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A library with many posts, written while nobody owns it. Nothing of it goes out: accounts are of
no platform's, and what is scheduled is far away."""

import datetime
import os
import sqlite3
import time
import zoneinfo

from harness import ctl

DRAFT, SCHEDULED, PUBLISHING, PUBLISHED, UNCONFIRMED, FAILED, HELD, CANCELLED = range(8)
NOW = int(time.time() * 1_000_000)
DAY = 86_400_000_000
ZONE = zoneinfo.ZoneInfo("Europe/Helsinki")
WORDS = ["Rye", "Sourdough", "Crème brûlée", "Morning loaves", "Open day", "Oven on", "Bun o’clock", "Still open",
         "Meet our miller", "Starter care", "Swirl hour", "Bake live", "Thank you", "Coffee at the bench"]


def database():
    return sqlite3.connect(os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm", "library.db"))


def make_brand(name="Northside Bread"):
    brand = ctl("brand", "add", name, "--timezone", str(ZONE))[0]["brand"]["id"]
    db = database()
    for account, platform, told in (("facebook", 1, "Northside Bread"), ("instagram", 2, "northsidebread"), ("tiktok", 3, "northside")):
        db.execute("INSERT INTO account (id, brand_id, platform, remote_id, name, username, state, connected_at) VALUES (?, ?, ?, ?, ?, ?, 0, 1)",
                   (f"{account}-{brand[:8]}", brand, platform, "1", told, told))
    db.commit()
    return brand


def add_posts(brand, rows):
    """rows: (id, text, due, state, platforms); platforms: numbers of SmmPlatformId."""
    names = {1: "facebook", 2: "instagram", 3: "tiktok"}
    db = database()
    for post, text, due, state, platforms in rows:
        wall = datetime.datetime.fromtimestamp(due // 1_000_000, ZONE).strftime("%Y-%m-%dT%H:%M:%S") if due else None
        db.execute("INSERT INTO post (id, brand_id, kind, text, due_at, wall_time, zone, created_at, updated_at, title, state, platforms) "
                   "VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   (post, brand, text, due, wall, str(ZONE) if due else None, NOW, NOW, text.split("\n")[0][:80], state,
                    sum(1 << platform for platform in platforms)))
        for platform in platforms:
            reason = ("refused", "The platform did not take the picture", "retry") if state == FAILED else (None, None, None)
            db.execute("INSERT INTO target (id, post_id, account_id, platform, state, attempt, due_at, next_at, reason_code, reason, fix) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       (f"t-{post}-{platform}", post, f"{names[platform]}-{brand[:8]}", platform, state, 0 if state in (DRAFT, SCHEDULED) else 1,
                        due, due if state == SCHEDULED else 0, *reason))
    db.commit()


def make_rows(n):
    """n posts over the past year and the next: every state, one to three platforms."""
    for i in range(n):
        due = NOW + (i * 2 - n) * 365 * DAY // n
        late = due < NOW + DAY
        state = (PUBLISHED if i % 40 else FAILED) if late else (SCHEDULED if i % 9 else CANCELLED)
        if i % 25 == 7:
            due, state = 0, DRAFT
        yield f"post-{i}", f"{WORDS[i % len(WORDS)]} {i} #bread", due, state, [[1, 2], [2], [3], [1, 2, 3]][i % 4]
