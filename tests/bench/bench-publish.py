# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-publish.py IN-FLIGHT none|drops|kill

Many text posts due at one instant, published by the real service to a target that is never the
limit. drops: one answer in a hundred is lost after the post took effect. kill: SIGKILL when half
has arrived, and a new service at once. Lateness is the time from the due instant to the arrival."""

import os
import sys
import time

import bench

POSTS = int(os.environ.get("SMM_BENCH_POSTS", "10000"))
ACCOUNTS = int(os.environ.get("SMM_BENCH_ACCOUNTS", "100"))
in_flight, fault = int(sys.argv[1]), sys.argv[2]

target = bench.Target(*(["--drop-every", "100"] if fault == "drops" else []))
due = int(time.time()) + int(os.environ.get("SMM_BENCH_AHEAD", "12"))
fill_ms = bench.fill(POSTS, ACCOUNTS, due)
publisher = bench.Publisher("--in-flight", str(in_flight))
reader = bench.Reader()
commits = publisher.status()["commits"]
cpu_before, _ = publisher.usage()
publisher.reset_peak()
assert time.time() < due - 1, "filling took too long for the instant that was chosen"

time.sleep(max(0, due - time.time()))
if fault == "kill":
    while target.counts()["posts"] < POSTS // 2:
        time.sleep(0.005)
    publisher.crash()
    commits = 0
    publisher.start()
limit = due + 120
while reader.count(bench.PUBLISHED) < POSTS and time.time() < limit:
    time.sleep(0.2)
cpu, peak = publisher.usage()
done = publisher.status()["commits"] - commits
counts = target.counts()
arrivals = target.arrivals()
late = [at / 1000 - due * 1000 for at in arrivals.values()]
spent = max(late) / 1000
states = reader.states()
publisher.stop()
target.stop()

name = f"{in_flight} in flight, {fault}: "
fast = in_flight >= 50 and fault == "none"
print(f"{POSTS} text posts due at one instant on {ACCOUNTS} Pages, {in_flight} in flight, fault: {fault}")
bench.line(name + "posts/s", f"{POSTS / spent:.0f}", "≥ 4300" if fast else "")
bench.line(name + "lateness p50 / p99 / max ms", f"{bench.percentile(late, .5):.0f} / {bench.percentile(late, .99):.0f} / {max(late):.0f}")
bench.line(name + "first post ms", f"{min(late):.1f}", "≤ 50")
bench.line(name + "CPU s", f"{cpu - cpu_before:.2f}", "≤ 2.0" if fault == "none" else "")
bench.line(name + "peak RSS MiB", f"{peak:.1f}", "≤ 25")
bench.line(name + "durable commits a post", f"{done / POSTS:.3f}")
bench.line(name + "doubled", str(counts["doubled"]), "0")
bench.line(name + "lost", str(POSTS - counts["posts"]), "0")
bench.line(name + "not settled (states)", str({k: v for k, v in states.items() if k != bench.PUBLISHED}), "{}")
bench.line(name + "looks", str(counts["looks"]))
bench.line("schedule all in one commit, ms", f"{fill_ms:.0f}", "≤ 500 for 10,000")
sys.exit(0 if counts["doubled"] == 0 and counts["posts"] == POSTS else 1)
