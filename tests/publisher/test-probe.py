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
ctl("settings", "set", "accounts.daily-check", "false")
tap.check(not run_until(lambda: account()["checked_at"] != before, 3), "nobody is asked when that is switched off")
ctl("settings", "set", "accounts.daily-check", "true")
tap.check(run_until(lambda: account()["checked_at"] != before), "who was not asked for two days is asked")
tap.check(account()["state"] == "ok", "and is well")
age(2)
sandbox.call("POST", "revoke", {"page": PAGE, "subcode": 460})
tap.check(run_until(lambda: account()["state"] == "signed-out"), f"a sign-in that ended shows by itself ({account()['state']})")

# --- The platform can't be told of a disconnection: it is told as soon as it can be ---
def kept():
    """Sealed tokens of accounts in the keyring."""
    done = subprocess.run(["secret-tool", "search", "--all", "name", "account/" + page], capture_output=True, text=True,
                          check=False)
    return (done.stdout + done.stderr).count("attribute.name = account/" + page)


def told():
    return sandbox.call("GET", "log")["effects"].get("permissions_deleted", 0)


def away():
    sandbox.fault({"method": "DELETE", "path_regex": "/permissions$", "nth": 1, "times": 999}, {"kind": "close-before"})


tap.check(connect("facebook", brand) == page and account()["state"] == "ok" and kept() == 1, "it is connected again")
away()
gone = ctl("account", "disconnect", page, "--yes")[0]["disconnected"]
tap.check(gone == {"id": page, "revoked": False, "retrying": True}, f"without a connection it is told later ({gone})")
tap.check(account()["state"] == "disconnected" and account()["revoke_until"] and kept() == 1, "until when is known, and the token sealed")
refused = ctl("account", "check", page, expect=1)[0]["error"]
tap.check("disconnected" in refused["message"] and account()["state"] == "disconnected", "for anything else the token is not used")
tap.check(not run_until(lambda: not account()["revoke_until"], 3) and told() == 0, "while it can't be reached, it waits")
sandbox.clear_faults()
tap.check(run_until(lambda: not account()["revoke_until"]) and told() == 1, "once it can, it is told")
tap.check(kept() == 0 and account()["state"] == "disconnected", "and the token is gone")

connect("facebook", brand)
away()
ctl("account", "disconnect", page, "--yes")
sandbox.clear_faults()
tap.check(connect("facebook", brand) == page, "it is connected again before that")
tap.check(not run_until(lambda: told() > 1, 3) and account()["state"] == "ok" and not account()["revoke_until"],
          "the new sign-in is left alone")
away()
ctl("account", "disconnect", page, "--yes")
base = sqlite3.connect(library)
base.execute("UPDATE account SET revoke_until = 1")
base.commit()
base.close()
tap.check(run_until(lambda: not account()["revoke_until"]) and kept() == 0 and told() == 1, "after a month the token goes untold")

# --- What ends with an account: whatever else is of the same sign-in ---
sandbox.clear_faults()
connect("facebook", brand)
instagram = connect("instagram", brand)


def state(account_id):
    return next(line["account"]["state"] for line in ctl("account", "list") if line["account"]["id"] == account_id)


before = told()
refused = ctl("account", "disconnect", page, expect=2)[0]["error"]
tap.check("@" in refused["message"] and "--keep-others" in refused["message"], f"it is said which account ends too ({refused['message']})")
gone = ctl("account", "disconnect", page, "--yes", "--keep-others")[0]["disconnected"]
tap.check(gone == {"id": page, "revoked": False, "kept": [instagram]}, f"it can be kept ({gone})")
tap.check(told() == before and kept() == 0 and state(page) == "disconnected", "then the platform is told nothing, and the token is gone")
tap.check(ctl("account", "check", instagram)[0]["account"]["state"] == "ok", "and the other one works")
connect("facebook", brand)
gone = ctl("account", "disconnect", page, "--yes")[0]["disconnected"]
tap.check(gone == {"id": page, "revoked": True, "ended_too": [instagram]} and told() == before + 1, f"else the platform is told ({gone})")
tap.check(state(instagram) == "signed-out", f"and the other one shows that it has ended ({state(instagram)})")
connect("facebook", brand)
tap.check(connect("instagram", brand) == instagram and state(instagram) == "ok", "both are connected again")
away()
ctl("account", "disconnect", page, "--yes")
sandbox.clear_faults()
connect("instagram", brand)
tap.check(not account()["revoke_until"] and kept() == 0, "a revocation that waits is dropped when the person signs in again")
before = told()
tap.check(not run_until(lambda: told() > before, 3) and ctl("account", "check", instagram)[0]["account"]["state"] == "ok",
          "so that it does not end what was just allowed")

# --- What else there is to know: permissions, rights on the Page, the picture ---
def health(account_id):
    return next(line["account"] for line in ctl("account", "list") if line["account"]["id"] == account_id)


connect("facebook", brand)
connect("instagram", brand)
time.sleep(1)  # times are told in seconds
tap.check(run_until(lambda: health(page).get("tasks") and health(instagram)["health_checked_at"] > health(instagram)["checked_at"]), "a new sign-in is looked at closely")
tap.check("CREATE_CONTENT" in health(page)["tasks"] and health(instagram)["tasks"] == health(page)["tasks"],
          f"the rights on the Page are its Instagram's too ({health(page)['tasks']})")
avatars = os.path.join(os.environ["XDG_CACHE_HOME"], "nkonsept-smm", "avatars")
heads = {name: open(os.path.join(avatars, name), "rb").read(3) for name in os.listdir(avatars)}
tap.check(heads == {page: b"\xff\xd8\xff", instagram: b"\xff\xd8\xff"}, f"and the pictures are there, made small ({heads})")
asked = health(page)["health_checked_at"]
tap.check(not run_until(lambda: health(page)["health_checked_at"] != asked, 3), "once a day is enough")
sandbox.call("POST", "tasks", {"page": PAGE, "tasks": "ANALYZE"})
ctl("account", "check", page)
tap.check(health(page)["tasks"] == health(instagram)["tasks"] == "ANALYZE", "a right that was taken away shows, on both")
sandbox.fault({"path_regex": "/me/accounts$", "nth": 1, "times": 1}, {"kind": "malformed"})
sandbox.call("POST", "tasks", {"page": PAGE, "tasks": "MANAGE"})
tap.check(ctl("account", "check", page)[0]["account"]["tasks"] == "ANALYZE", "what is not answered changes nothing")
sandbox.clear_faults()
tap.check(ctl("account", "check", page)[0]["account"]["tasks"] == "MANAGE", "what is, does")
ctl("account", "disconnect", page, "--yes", "--keep-others")
tap.check(os.listdir(avatars) == [instagram], "the picture goes with the sign-in")
sandbox.stop()
tap.end()
