# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A library with a million scheduled posts over ten years: start, memory, wake-ups, queries."""

import glob
import json
import os
import sqlite3
import subprocess
import sys
import time

import bench

POSTS = int(os.environ.get("SMM_BENCH_MILLION", "1000000"))
IDLE = int(os.environ.get("SMM_BENCH_IDLE", "60"))
YEARS = 10 * 365 * 86400 * 1000000


def insert():
    """Posts in random order of their times, as ten years of work leave them."""
    start = int(time.time() * 1e6) + 40 * 86400 * 1000000
    db = sqlite3.connect(f"{bench.DATA}/library.db")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("""CREATE TEMP TABLE number AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                  SELECT i, ? + abs (random ()) % ? AS due FROM n""", (POSTS, start, YEARS))
    db.execute("""INSERT INTO post (id, brand_id, kind, text, due_at, wall_time, zone, created_at, updated_at, title, state, platforms)
                  SELECT 'many-' || i, 'brand-1', 1, 'Post number ' || i || ' ' || hex (zeroblob (100)), due,
                         '2027-01-01T09:00:00', 'UTC', 1, 1, 'Post number ' || i, 1, 2 FROM number""")
    db.execute("""INSERT INTO target (id, post_id, account_id, platform, state, due_at, next_at)
                  SELECT 'target-many-' || i, 'many-' || i, 'account-' || (i % 10), 1, 1, due, due FROM number""")
    db.commit()
    db.execute("PRAGMA wal_checkpoint (TRUNCATE)")
    db.close()
    return start


target = bench.Target()
bench.fill(0, 10, time.time())
start = insert()
size = os.path.getsize(f"{bench.DATA}/library.db") / 1048576
print(f"{POSTS} scheduled posts over ten years, {size:.0f} MiB")
publisher = bench.Publisher()
bench.line("service start to bus name, ms", f"{publisher.started_ms:.0f}", "≤ 1000")
publisher.stop()
publisher = bench.Publisher()
bench.line("again, file in the cache, ms", f"{publisher.started_ms:.0f}", "≤ 1000")
bench.line("the library is checked and due posts go out, ms", f"{publisher.ready_ms:.0f}")
# The week's backup is made a minute after the start, in a thread that stays for a while.
began, used = time.time(), -1
while (now := publisher.usage()[0]) != used or not glob.glob(f"{bench.DATA}/backups/*-weekly.db"):
    assert time.time() < began + 400, "it does not come to rest"
    used = now
    time.sleep(20)
bench.line("the first backup is made and it rests after, s", f"{time.time() - began:.0f}")
before, (cpu_before, _) = publisher.sleeps(), publisher.usage()
time.sleep(IDLE)
woken, (cpu, peak) = publisher.wake_ups(before), publisher.usage()
bench.line(f"wake-ups in {IDLE} s idle", str(woken), "0")
bench.line(f"CPU in {IDLE} s idle, ms", f"{1000 * (cpu - cpu_before):.0f}", "0")
bench.line("idle PSS MiB", f"{publisher.pss():.1f}", "≤ 12")
bench.line("peak RSS MiB", f"{peak:.1f}")
publisher.stop()
for row in subprocess.run([bench.LIBRARY, "query", str(start)], check=True, capture_output=True, text=True).stdout.splitlines():
    query = json.loads(row)
    bench.line(f"{query['query']} ({query['rows']} rows), p50 / p99 ms", f"{query['p50_ms']} / {query['p99_ms']}",
               "p99 ≤ 10" if query["query"].startswith("month") else "")
target.stop()
sys.exit(0)
