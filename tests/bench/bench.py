# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benches share: a library, the target, the publisher, and lines of measured and wanted."""

import atexit
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import urllib.request

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

BUILD = os.environ["SMM_BUILD"]
HOME = os.environ["HOME"]
PUBLISHER = os.path.join(BUILD, "src/publisher/nkonsept-smm-publisher")
LIBRARY = os.path.join(BUILD, "tests/bench/bench-library")
TARGET = os.path.join(BUILD, "tests/bench/bench-target")
DATA = os.path.join(os.environ.get("XDG_DATA_HOME", os.path.join(HOME, ".local/share")), "nkonsept-smm")
NAME = "com.nkonsept.Smm.Publisher"
TICKS = os.sysconf("SC_CLK_TCK")
PUBLISHED = 3


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def line(what, measured, target=""):
    print(f"{what:<58} {measured:>16}   {target}", flush=True)


class Target:
    def __init__(self, *args):
        self.process = subprocess.Popen([TARGET, *args], stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)
        self.base = self.process.stdout.readline().strip()
        path = os.path.join(HOME, "endpoints.ini")
        with open(path, "w") as file:
            file.write(f"[meta]\ngraph={self.base}\n[timing]\nsettle-first=1\nsettle-second=2\ncontainer-poll=0.2\n")
        os.environ["SMM_ENDPOINTS"] = path

    def get(self, path):
        with urllib.request.urlopen(self.base + path, timeout=60) as answer:
            return answer.read().decode()

    def counts(self):
        return json.loads(self.get("/_bench"))

    def arrivals(self):
        """The first arrival of each post, µs UTC."""
        first = {}
        for text in self.get("/_bench/times").splitlines():
            number, at, _ = text.split()
            first.setdefault(int(number), int(at))
        return first

    def stop(self):
        self.process.kill()
        self.process.wait()


def fill(posts, accounts, due, gap=0):
    shutil.rmtree(DATA, ignore_errors=True)
    done = subprocess.run([LIBRARY, "fill", str(posts), str(accounts), str(int(due * 1e6)), str(int(gap * 1e6))],
                          check=True, capture_output=True, text=True)
    return json.loads(done.stdout)["fill_ms"]


class Publisher:
    def __init__(self, *args):
        self.args = args
        self.cpu_before = 0.0
        self.peak_before = 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.start()
        atexit.register(self.kill)

    def call(self, interface, method, args=None, name="org.freedesktop.DBus", path="/org/freedesktop/DBus"):
        return self.bus.call_sync(name, path, interface, method, args, None, Gio.DBusCallFlags.NO_AUTO_START, 20000)

    def start(self):
        begin = time.time()
        self.process = subprocess.Popen([PUBLISHER, *self.args])
        while not self.call("org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", (NAME,))).unpack()[0]:
            assert self.process.poll() is None, "the publisher ended"
            time.sleep(0.002)
        self.started_ms = 1000 * (time.time() - begin)
        while self.status()["state"] == "checking":
            time.sleep(0.005)
        self.ready_ms = 1000 * (time.time() - begin)

    def status(self):
        return self.call("com.nkonsept.Smm.Publisher1", "Status", None, NAME, "/com/nkonsept/Smm/Publisher").unpack()[0]

    def usage(self):
        """CPU seconds and peak RSS in MiB, of this and of killed ones."""
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        peak = next(row for row in open(f"/proc/{self.process.pid}/status") if row.startswith("VmHWM"))
        return (self.cpu_before + (int(fields[11]) + int(fields[12])) / TICKS,
                max(self.peak_before, int(peak.split()[1]) / 1024))

    def reset_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
            file.write("5")

    def pss(self):
        """MiB; private ones are what it alone costs."""
        try:
            rows = open(f"/proc/{self.process.pid}/smaps_rollup").read().splitlines()
            return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024
        except OSError:
            return float("nan")

    def sleeps(self):
        """By thread: how often it gave up the processor by itself."""
        found = {}
        for task in os.listdir(f"/proc/{self.process.pid}/task"):
            rows = open(f"/proc/{self.process.pid}/task/{task}/status").read().splitlines()
            found[task] = next(int(row.split()[1]) for row in rows if row.startswith("voluntary_ctxt_switches"))
        return found

    def wake_ups(self, before):
        """Since sleeps() was @before; a thread that ended meanwhile woke once for it."""
        now = self.sleeps()
        return sum(n - before.get(task, 0) for task, n in now.items()) + len(before.keys() - now.keys())

    def crash(self):
        self.cpu_before, self.peak_before = self.usage()
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


class Reader:
    """The library as a reader sees it; never checkpoints."""

    def __init__(self):
        self.db = sqlite3.connect(f"file:{DATA}/library.db?mode=ro", uri=True)

    def count(self, state=None):
        if state is None:
            return self.db.execute("SELECT count(*) FROM target").fetchone()[0]
        return self.db.execute("SELECT count(*) FROM target WHERE state = ?", (state,)).fetchone()[0]

    def states(self):
        return dict(self.db.execute("SELECT state, count(*) FROM target GROUP BY state"))
