# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A workspace that is closed: what was scheduled is held, all of it can be undone, and when the days are over
everything here is gone, under the real publisher."""

import os
import subprocess
import time

from harness import APP_ID, HOME, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl, publish

DAY = 24 * 60 * 60
tap = Checks()
sandbox = Sandbox()
data = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm")
clock = os.path.join(HOME, "clock")
brand = ctl("brand", "add", "Northside", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)


def start():
    process = subprocess.Popen([PUBLISHER], env=dict(os.environ, SMM_CLOCK=clock, LD_PRELOAD=os.environ["SMM_SET_CLOCK_LIBRARY"]))
    while ctl("publisher", "status")[0]["publisher"]["state"] != "running":
        time.sleep(0.05)
    return process


def stop(process):
    process.terminate()
    process.wait(20)


def set_clock(seconds):
    with open(clock + ".new", "w", encoding="utf-8") as file:
        file.write(str(seconds))
    os.rename(clock + ".new", clock)


def add(text, at):
    return ctl("post", "add", "--brand", brand, "--account", page, "--text", text, "--at", at)[0]["post"]["id"]


def state(post):
    return ctl("post", "show", post)[0]["post"]["targets"][0]["state"]


def secrets():
    done = subprocess.run(["secret-tool", "search", "--all", "xdg:schema", "com.nkonsept.Smm.Secret"], capture_output=True,
                          text=True, check=False)
    return (done.stdout + done.stderr).count("attribute.name = ")


add("Public before", "now")
publish()
set_clock(0)
publisher = start()
soon = add("Sourdough soon", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + DAY // 2)))
tap.check(ctl("workspace", "status")[0]["workspace"] == {"state": "open", "erase_at": None, "held": 0}, "a workspace is open")
ctl("workspace", "close", expect=2)
tap.check(ctl("workspace", "close", "--days", "31", "--yes", expect=1)[0]["error"]["code"] == "invalid-argument", "grace is 30 days at most")
told = ctl("workspace", "close", "--days", "30", "--yes")
tap.check(told[0]["workspace"]["state"] == "closing" and told[1]["held"]["id"] == soon and state(soon) == "held",
          f"which posts are held is told ({told})")
refused = ctl("post", "add", "--brand", brand, "--account", page, "--text", "More", "--at", f"{time.gmtime().tm_year + 1}-06-01T09:00", expect=1)[0]["error"]
tap.check(refused["code"] == "workspace-closing" and refused["fix"] == "workspace reopen", "nothing is scheduled any more")
ctl("settings", "set", "workspace.erase-at", "1", expect=None)
tap.check(ctl("workspace", "status")[0] == told[0], "no setting does the same")
ctl("workspace", "reopen")
tap.check(state(soon) == "scheduled" and ctl("workspace", "status")[0]["workspace"]["state"] == "open", "it can be undone")

# --- Its time passes, and nothing goes out ---
ctl("workspace", "close", "--days", "1", "--yes")
stop(publisher)
set_clock(DAY * 3 // 4)
publisher = start()
tap.check(state(soon) == "held" and len(sandbox.public()) == 1, "nothing goes out meanwhile")
stop(publisher)

# --- It is over ---
set_clock(DAY + 60)
publisher = start()
ctl("settings", "set", "trash.keep-days", "31")
tap.check(publisher.poll() is None and os.path.exists(data), "a clock that says so is not believed at once")
set_clock(DAY + 60 + 11 * 60)
ctl("settings", "set", "trash.keep-days", "32", expect=None)
publisher.wait(60)
tap.check(not os.path.exists(data) and secrets() == 0, "when it has said so for a while, all is gone")
tap.check(sum("DELETE" in line and "permissions" in line for line in sandbox.call("GET", "log")["requests"]) == 1,
          "the sign-in is ended at the platform")
tap.check(len(sandbox.public()) == 1, "what is public stays public")
sandbox.stop()
tap.end()
