# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Posts that are due one by one, 100 ms apart: how late each arrives when nothing else is to do."""

import sys
import time

import bench

POSTS = 200
GAP = 0.1

target = bench.Target("--delay-us", "1000")
due = int(time.time()) + 4
bench.fill(POSTS, 1, due, GAP)
publisher = bench.Publisher()
time.sleep(max(0, due + POSTS * GAP + 2 - time.time()))
arrivals = target.arrivals()
publisher.stop()
target.stop()
late = [at / 1000 - (due + number * GAP) * 1000 for number, at in arrivals.items()]
print(f"{POSTS} posts, {GAP * 1000:.0f} ms apart")
bench.line("single post, lateness p50 ms", f"{bench.percentile(late, .5):.1f}", "≤ 5")
bench.line("single post, lateness p99 ms", f"{bench.percentile(late, .99):.1f}", "≤ 25")
bench.line("single post, lateness max ms", f"{max(late):.1f}")
sys.exit(0 if len(arrivals) == POSTS else 1)
