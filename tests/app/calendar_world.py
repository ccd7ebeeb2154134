# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A library to look at: posts in every state around today, written before any program owns it."""

import datetime
import os
import sqlite3
import time

from harness import SECRET, APP_ID, SOURCE, Sandbox, connect, ctl

LIBRARY = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm", "library.db")
STATES = ["draft", "scheduled", "publishing", "published", "unconfirmed", "failed", "held", "cancelled"]
PICTURES = ["cup", "loaf", "oven", "shop", "wheat"]
UTC = datetime.timezone.utc


def start(zone="UTC"):
    sandbox = Sandbox()
    ctl("profile", "set", "--name", "Ana", "--email", "ana@example.com", "--organization", "Northside Bread")
    brand = ctl("brand", "add", "Northside Bread", "--timezone", zone)[0]["brand"]["id"]
    ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
    page = connect("facebook", brand)
    instagram = connect("instagram", brand)
    return sandbox, brand, page, instagram


def picture(name):
    return ["--media", os.path.join(SOURCE, "resources", "practice", name + ".jpg"), "--alt", name]


def add(brand, accounts, text, at=None, media=None, draft=False):
    args = ["post", "add", "--brand", brand, "--text", text]
    for account in accounts:
        args += ["--account", account]
    if media:
        args += picture(media)
    if at:
        args += ["--at", at.strftime("%Y-%m-%dT%H:%M"), "--tz", "UTC"]
    if draft:
        args += ["--draft"]
    return ctl(*args)[0]["post"]["id"]


def wait_until_free():
    """No program holds the library: what is written here is not written under anybody's hands."""
    end = time.time() + 20
    while time.time() < end:
        try:
            with sqlite3.connect(LIBRARY, timeout=1) as base:
                base.execute("BEGIN IMMEDIATE")
                base.rollback()
            return
        except sqlite3.OperationalError:
            time.sleep(0.2)


def become(post, state, at):
    """Puts a post into a state at a time, as if the days had passed."""
    due = int(at.timestamp()) * 1000000
    with sqlite3.connect(LIBRARY) as base:
        number = STATES.index(state)
        base.execute("UPDATE post SET state = ?, due_at = ? WHERE id = ?", (number, due, post))
        base.execute("UPDATE target SET state = ?, due_at = ?, next_at = 0, reason_code = ?, reason = ? WHERE post_id = ?",
                     (number, due, None if state == "published" else "refused", None, post))


def crowd(brand, account, per_day, first, days):
    """So many posts a day, straight into the tables: commands are tested elsewhere. None falls due while people look."""
    soon = datetime.datetime.now(UTC) + datetime.timedelta(minutes=15)
    with sqlite3.connect(LIBRARY) as base:
        posts, targets = [], []
        for day in range(days):
            for n in range(per_day):
                at = first + datetime.timedelta(days=day, minutes=n * 1440 // per_day)
                due = int(at.timestamp()) * 1000000
                state = 3 if at < soon else 1
                key = f"crowd-{day}-{n}"
                posts.append((key, brand, 1, f"Post {n + 1} of the day", due, at.strftime("%Y-%m-%dT%H:%M:%S"), "UTC",
                              due, due, f"Post {n + 1} of the day", state, 2))
                targets.append((key + "-t", key, account, 1, state, due, due if state == 1 else 0))
        base.executemany("INSERT INTO post (id, brand_id, kind, text, due_at, wall_time, zone, created_at, updated_at, "
                         "title, state, platforms) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", posts)
        base.executemany("INSERT INTO target (id, post_id, account_id, platform, state, due_at, next_at) "
                         "VALUES (?,?,?,?,?,?,?)", targets)
