# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The token of Instagram Login lasts 60 days: it is renewed long before, by whoever uses it, and what goes
wrong with that costs nothing as long as the old one holds."""

import datetime
import json
import os
import sqlite3
import subprocess
import time

from harness import CTL, PUBLISHER, SECRET, Checks, Sandbox, ctl, find_port
from browse import browse

DAY = 86400
tap = Checks()
sandbox = Sandbox()
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "instagram", "--app-id", "1234509876543210", "--secret-stdin", stdin=SECRET)
library = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm", "library.db")


def settings(**values):
    sandbox.call("POST", "settings", values)


def connect():
    process = subprocess.Popen([CTL, "--json", "account", "connect", "instagram", "--login", "instagram", "--brand", brand,
                                "--no-browser", "--port", find_port()], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    browse(json.loads(process.stdout.readline())["authorize_url"])
    lines = [json.loads(line) for line in process.stdout.read().splitlines()]
    assert process.wait() == 0, lines
    return lines[0]["account"]


def account():
    return ctl("account", "list")[0]["account"]


def days_left():
    end = datetime.datetime.fromisoformat(account()["token_expires_at"].replace("Z", "+00:00")).timestamp()
    return round((end - time.time()) / DAY)


def check(expect=0):
    return ctl("account", "check", account()["id"], expect=expect)[0]


def renewals():
    return sandbox.call("GET", "log")["effects"].get("ig_refresh_token", 0)


def fault(kind, times=1):
    sandbox.clear_faults()
    sandbox.fault({"path_regex": "/refresh_access_token$", "nth": 1, "times": times}, {"kind": kind})


# The platform counts 40 days for this token, which is late enough to renew it.
settings(ig_token_life_s=40 * DAY)
tap.check(connect()["state"] == "ok" and days_left() == 40, f"connected, for {days_left()} days")
tap.check(check()["account"]["state"] == "ok" and renewals() == 0 and days_left() == 40,
          "a token of today is not renewed, and works on")
settings(clock_offset_s=DAY + 100)
fault("close-before", 9)
tap.check(check()["account"]["state"] == "ok" and renewals() == 0 and days_left() == 40, "without a connection it works on")
fault("malformed", 9)
tap.check(check()["account"]["state"] == "ok" and days_left() == 40, "after an answer that is none it works on")
settings(ig_token_life_s=50 * DAY)
fault("close-after")
before = renewals()
tap.check(check()["account"]["state"] == "ok" and renewals() == before + 2, f"an answer that is lost is asked for once more ({renewals()})")
tap.check(days_left() == 50, f"and the token holds longer ({days_left()} days)")
settings(clock_offset_s=45 * DAY)
sandbox.clear_faults()
fault("close-before", 9)
tap.check(check()["account"]["state"] == "ok", "it is the new one that is used: the old one has ended by now")
sandbox.clear_faults()

# --- By the publisher, once a day, before anybody asks ---
settings(ig_token_life_s=0, clock_offset_s=45 * DAY)
base = sqlite3.connect(library)
base.execute("UPDATE account SET checked_at = ?", (int((time.time() - 2 * DAY) * 1e6),))
base.commit()
base.close()
service = subprocess.Popen([PUBLISHER], stderr=subprocess.DEVNULL)
end = time.time() + 30
while time.time() < end and days_left() != 60:
    time.sleep(0.2)
service.terminate()
service.wait()
tap.check(days_left() == 60 and account()["state"] == "ok", f"the publisher renews it by itself ({days_left()} days)")
tap.check(check()["account"]["state"] == "ok" and days_left() == 60, "one of 60 days is left alone")

# --- Ended ---
settings(ig_token_life_s=20 * DAY)
connect()
settings(clock_offset_s=80 * DAY)
told = check(expect=1)["account"]
tap.check(told["state"] == "signed-out" and told["reason"], f"one that has ended says so ({told['reason']})")
settings(ig_token_life_s=0)
tap.check(connect()["id"] == told["id"] and account()["state"] == "ok", "signed in again it is the same account")
sandbox.stop()
tap.end()
