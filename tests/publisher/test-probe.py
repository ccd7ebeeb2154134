# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Once a day the publisher asks each account whether its sign-in still works: a dead one shows before
a post needs it, a live one is not asked again."""

import os
import sqlite3
import subprocess
import time

from harness import APP_ID, PAGE, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl

tap = Checks()
sandbox = Sandbox()
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
library = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm", "library.db")


def account():
    return next(line["account"] for line in ctl("account", "list") if line["account"]["id"] == page)


def age(days):
    base = sqlite3.connect(library)
    base.execute("UPDATE account SET checked_at = ?", (int((time.time() - days * 86400) * 1e6),))
    base.commit()
    base.close()


def run_until(what, seconds=20):
    service = subprocess.Popen([PUBLISHER], stderr=subprocess.DEVNULL)
    end = time.time() + seconds
    while time.time() < end and not what():
        time.sleep(0.2)
    found = what()
    service.terminate()
    service.wait()
    return found


age(0.5)
before = account()["checked_at"]
tap.check(not run_until(lambda: account()["checked_at"] != before, 3), "who was asked today is left alone")
age(2)
before = account()["checked_at"]
tap.check(run_until(lambda: account()["checked_at"] != before), "who was not asked for two days is asked")
tap.check(account()["state"] == "ok", "and is well")
age(2)
sandbox.call("POST", "revoke", {"page": PAGE, "subcode": 460})
tap.check(run_until(lambda: account()["state"] == "signed-out"), f"a sign-in that ended shows by itself ({account()['state']})")
sandbox.stop()
tap.end()
