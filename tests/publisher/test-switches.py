# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each company can be switched off: then nothing is sent there, and whoever asked for it learns why."""

import subprocess
import time

from harness import APP_ID, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl

tap = Checks()
sandbox = Sandbox()
brand = ctl("brand", "add", "Northside", "--timezone", "UTC", "--late-policy", "publish", "--late-hours", "5")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
publisher = subprocess.Popen([PUBLISHER])
while ctl("publisher", "status")[0]["publisher"]["state"] != "running":
    time.sleep(0.05)


def requests():
    return len(sandbox.call("GET", "log")["requests"])


def refused(*args, stdin=None):
    """Its code, and nobody was asked for it."""
    before = requests()
    error = ctl(*args, stdin=stdin, expect=None)[-1].get("error", {})
    return error.get("code") if requests() == before else "asked"


def target(post):
    return ctl("post", "show", post)[0]["post"]["targets"][0]


def wait_for(what):
    end = time.time() + 30
    while not what() and time.time() < end:
        time.sleep(0.1)
    return what()


at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 5))
soon = ctl("post", "add", "--brand", brand, "--account", page, "--text", "Rye", "--at", at)[0]["post"]["id"]
ctl("settings", "set", "use.meta", "false")
tap.check(target(soon)["state"] == "held" and "Meta" in target(soon)["reason"], f"a post to a company that is off is held and says so ({target(soon)})")
for name, args in {"a new post": ["post", "add", "--brand", brand, "--account", page, "--text", "Wheat", "--at", "now"],
                   "trying again": ["post", "retry", soon],
                   "a check": ["account", "check", page],
                   "a sign-in": ["account", "connect", "facebook", "--brand", brand, "--no-browser"]}.items():
    code = refused(*args)
    tap.check(code == "switched-off", f"{name} is refused and told why, and nobody is asked ({code})")
draft = ctl("post", "add", "--brand", brand, "--account", page, "--text", "Later", "--draft")[0]["post"]["id"]
tap.check(target(draft)["state"] == "draft", "a draft goes nowhere")
time.sleep(6)
tap.check(target(soon)["state"] == "held" and not sandbox.public(), "its time passes and nothing goes out")
ctl("settings", "set", "use.meta", "true")
tap.check(wait_for(lambda: target(soon)["state"] == "published") and len(sandbox.public()) == 1, "switched on again, it goes out")
ctl("settings", "set", "use.meta", "false")
tap.check(ctl("account", "disconnect", page, "--yes", expect=None) is not None
          and any("DELETE" in line and "permissions" in line for line in sandbox.call("GET", "log")["requests"]),
          "the end of a sign-in is told all the same")

ctl("settings", "set", "use.tiktok", "false")
ctl("platform", "set", "tiktok", "--app-id", "awxyz", "--secret-stdin", stdin=SECRET, expect=None)
code = refused("account", "connect", "tiktok", "--brand", brand, "--no-browser")
tap.check(code == "switched-off", f"TikTok as well ({code})")
ctl("policy", "accept")
code = refused("ai", "models")
tap.check(code == "ai-not-set", f"without a provider no AI is asked ({code})")
publisher.terminate()
publisher.wait(20)
sandbox.stop()
tap.end()
