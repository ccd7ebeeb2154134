# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From starting the program, with 100,000 posts in its library, to its window on the screen, and the
memory of it two seconds later; beside other programs of the desktop, in turns. The peers start with
nothing in them."""

import os
import shutil
import statistics
import subprocess
import sys
import time

import bench

RUNS = int(os.environ.get("SMM_BENCH_RUNS", "5"))
APP = os.path.join(bench.BUILD, "src/app/nkonsept-smm")
PEERS = ["gnome-calendar", "gnome-text-editor"]
SPACING = 10 * 365 * 86400 / 100_000  # seconds from post to post


def windows(process):
    """The visible ones of a process, and what it may have started in its place."""
    told = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process)], capture_output=True, text=True, check=False)
    return told.stdout.split()


def memory(process):
    rows = open(f"/proc/{process}/smaps_rollup").read().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024


def start(command):
    """(ms to the window, MiB of PSS)"""
    begin = time.time()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not windows(process.pid):
        assert process.poll() is None and time.time() < begin + 60, f"{command[0]} has no window"
        time.sleep(0.002)
    shown = 1000 * (time.time() - begin)
    time.sleep(2)
    held = memory(process.pid)
    process.terminate()
    process.wait(20)
    return shown, held


programs = {"nkonsept-smm": [APP]} | {name: [name] for name in PEERS if shutil.which(name)}
bench.fill(100_000, 10, time.time() - 5 * 365 * 86400, SPACING)
publisher = bench.Publisher()  # as in a session in which it publishes: the window does not start it
publisher.call("com.nkonsept.Smm.Publisher1", "Pause", bench.GLib.Variant("(x)", (0,)), bench.NAME, "/com/nkonsept/Smm/Publisher")
found = {name: [] for name in programs}
for run in range(RUNS + 1):
    for name, command in programs.items():
        measured = start(command)
        if run:  # the first fills the caches
            found[name].append(measured)
ours = None
for name, runs in found.items():
    shown, held = (statistics.median(column) for column in zip(*runs))
    if ours is None:
        ours = shown, held
        bench.line(f"{name}: start to window, ms", f"{shown:.0f}")
        bench.line(f"{name}: PSS MiB", f"{held:.1f}")
    else:
        target = name == PEERS[0]
        bench.line(f"{name}: start to window, ms; ours to its", f"{shown:.0f}; {ours[0] / shown:.2f}", "≤ 0.60" if target else "")
        bench.line(f"{name}: PSS MiB; ours to its", f"{held:.1f}; {ours[1] / held:.2f}", "≤ 0.75" if target else "")
publisher.stop()
sys.exit(0)
