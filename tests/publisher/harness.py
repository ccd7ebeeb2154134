# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real programs against the sandbox, in a session of their own."""

import atexit
import datetime
import json
import os
import socket
import struct
import subprocess
import sys
import time
import urllib.request
import zlib
import zoneinfo

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(SOURCE, "build-aux"))
from browse import browse  # noqa: E402

BUILD = os.environ["SMM_BUILD"]
HOME = os.environ["HOME"]
SECRET = "0123456789abcdef0123456789abcdef"
APP_ID = "987654321012345"
PAGE = "104857600123456"
INSTAGRAM = "17841400123456789"


def program(room, name):
    return os.path.join(BUILD, "src", room, name)


CTL = program("ctl", "nkonsept-smmctl")
PUBLISHER = program("publisher", "nkonsept-smm-publisher")
SANDBOX = program("sandbox", "nkonsept-smm-sandbox")


def stay_in_day(*zones):
    """Waits for the next day where this one is about to end, by UTC, this computer's clock or others: what is
    today stays today for a test."""
    for zone in (datetime.timezone.utc, None, *map(zoneinfo.ZoneInfo, zones)):
        now = datetime.datetime.now().astimezone(zone)
        left = 24 * 3600 - (now.hour * 3600 + now.minute * 60 + now.second)
        if left < 180:
            time.sleep(left)


def find_port():
    """One that nobody has now, for a sign-in that always wants the same one."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return str(taken.getsockname()[1])


def write_picture(path, width, height, seed):
    rows = b"".join(
        b"\0" + bytes((x * seed + y * 3 + channel * 40) % 256 for x in range(width) for channel in range(3))
        for y in range(height))
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n"
                   + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                   + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


class Sandbox:
    def __init__(self, *args):
        self.endpoints = os.path.join(HOME, "endpoints.ini")
        self.process = subprocess.Popen(
            [SANDBOX, "--auto-approve", "--endpoints-file", self.endpoints, "--settle-first", "1.2",
             "--settle-second", "2", "--container-poll", "0.2", "--processing-ms", "300", *args],
            stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)
        self.base = self.process.stdout.readline().split()[1]
        os.environ["SMM_ENDPOINTS"] = self.endpoints

    def call(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base + "/_sandbox/" + path, data, method=method,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"{}")

    def fault(self, match, fault):
        self.call("POST", "faults", {"match": match, "fault": fault})

    def clear_faults(self):
        self.call("DELETE", "faults")

    def public(self):
        return self.call("GET", "public.json")["posts"]

    def stop(self):
        self.process.terminate()
        self.process.wait()


def ctl(*args, stdin=None, expect=0):
    done = subprocess.run([CTL, "--json", *args], input=stdin, capture_output=True, text=True, timeout=120)
    if expect is not None and done.returncode != expect:
        raise AssertionError(f"{args}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def connect(platform, brand):
    process = subprocess.Popen([CTL, "--json", "account", "connect", platform, "--brand", brand,
                                "--no-browser", "--select", "all"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    url = json.loads(process.stdout.readline())["authorize_url"]
    browse(url)
    lines = [json.loads(line) for line in process.stdout.read().splitlines()]
    assert process.wait() == 0, lines
    return lines[0]["account"]["id"]


def publish(crash=None, expect=(0,), timeout=120):
    env = dict(os.environ)
    if crash:
        env["SMM_CRASH"] = crash
    done = subprocess.run([PUBLISHER, "--until-idle"], env=env, capture_output=True, text=True, timeout=timeout)
    if expect is not None and done.returncode not in expect:
        raise AssertionError(f"publisher {crash}: exit {done.returncode}\n{done.stderr}")
    return done.returncode


class Checks:
    """TAP to the test runner."""

    def __init__(self):
        self.n = self.failed = 0

    def check(self, good, name):
        self.n += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.n} - {name}", flush=True)

    def end(self):
        print(f"1..{self.n}")
        sys.exit(1 if self.failed else 0)
