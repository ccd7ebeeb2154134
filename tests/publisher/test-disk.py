# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The disk fails under the publisher: at each write and sync once, and for a while. Nothing is sent
that is not on the disk, the user is told, and in the end the public counts one."""

import os
import signal
import subprocess
import sys
import time

from harness import APP_ID, CTL, HOME, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl

LONG = "--long" in sys.argv
tap = Checks()
sandbox = Sandbox()
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
control = os.path.join(HOME, "disk")
os.environ["SMM_FAIL_DISK"] = control
failing = dict(os.environ, LD_PRELOAD=os.environ["SMM_FAIL_DISK_LIBRARY"])
# What the library says of a failing disk is wanted here.
failing.pop("G_DEBUG", None)


def fail(how):
    if os.path.exists(control + ".log"):
        os.unlink(control + ".log")
    with open(control + ".new", "w") as file:
        file.write(how)
    os.rename(control + ".new", control)


def count_failures():
    try:
        with open(control + ".log") as file:
            return len(file.readlines())
    except FileNotFoundError:
        return 0


def mend():
    if os.path.exists(control):
        os.unlink(control)


def public(text):
    return [post for post in sandbox.public() if post["text"] == text]


def add(text):
    return ctl("post", "add", "--brand", brand, "--account", page, "--text", text, "--at", "now")[0]["post"]["id"]


def wait_for(what, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.1)
    return False


def show(post):
    return ctl("post", "show", post, expect=None)[0]["post"]["targets"][0]


# Once, at each operation of a post's life, until there are no more.
once = failures = 0
for kind in ("sync", "write"):
    for n in range(60 if LONG else 7):
        once += 1
        text = f"{kind} {n} fails"
        mend()
        post = add(text)
        fail(f"{kind} {n} 1")
        done = subprocess.run([PUBLISHER, "--until-idle"], env=failing, capture_output=True, text=True, timeout=120)
        failed = count_failures()
        mend()
        # One that can't even open the library ends, and is started again by the session.
        if done.returncode == 1:
            done = subprocess.run([PUBLISHER, "--until-idle"], env=failing, capture_output=True, text=True,
                                  timeout=120)
        failures += failed
        told = show(post)
        tap.check(len(public(text)) == 1 and told["state"] == "published" and done.returncode == 0,
                  f"{kind} {n} fails {failed} times: seen {len(public(text))}, told {told['state']}, "
                  f"exit {done.returncode}")
        if not failed:
            break
tap.check(failures >= 10, f"the disk failed {failures} times")

# For a while: nothing is sent, and whoever asks is told.
for kind in ("sync", "write"):
    mend()
    publisher = subprocess.Popen([PUBLISHER], env=failing, stderr=subprocess.DEVNULL)
    wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "running")
    text = f"{kind}s fail for a while"
    post = add(text)
    wait_for(lambda: show(post)["state"] == "published")
    fail(f"{kind} 0 -1")
    later = ctl("post", "add", "--brand", brand, "--account", page, "--text", text + ", later", "--at", "now",
                expect=None)[0]
    tap.check(later.get("error", {}).get("code") == "library",
              f"{kind}: who changes something is told that it may not be kept: {later}")
    wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "failing")
    status = ctl("publisher", "status")[0]["publisher"]
    tap.check(status["state"] == "failing" and status["problem"] != "", f"{kind}: the status says so: {status}")
    tap.check(len(public(text + ", later")) == 0, f"{kind}: nothing was sent")
    mend()
    well = wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "running", 60)
    tap.check(well, f"{kind}: it goes on when the disk does")
    again = add(text + ", again")
    tap.check(wait_for(lambda: show(again)["state"] == "published") and len(public(text + ", again")) == 1, f"{kind}: and publishes what comes then, once")
    # A sync that failed may have kept it all the same, as its author was told.
    mine = [post for post in ctl("post", "list") if post["post"]["text"] == text + ", later"]
    wait_for(lambda: len(public(text + ", later")) == len(mine))
    tap.check(len(mine) == len(public(text + ", later")) <= (kind == "sync"),
              f"{kind}: what was in doubt is in the library {len(mine)} times and public as often")
    publisher.send_signal(signal.SIGTERM)
    tap.check(publisher.wait(timeout=60) == 0, f"{kind}: and ends as asked")
# Checked again because its disk failed, and that takes long: whoever asks is answered meanwhile.
mend()
publisher = subprocess.Popen([PUBLISHER], env=failing, stderr=subprocess.DEVNULL)
wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "running")
fail("sync 0 -1")
ctl("brand", "add", "Perhaps", "--timezone", "UTC", expect=None)
fail("slow 60 1")
states = []


def told():
    states.append(ctl("publisher", "status")[0]["publisher"]["state"])
    return states[-1] == "checking"


tap.check(wait_for(told), f"a long check of a library whose disk failed is told: {states}")
mend()
tap.check(wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "running"), "and it goes on after it")
again = add("After a long check")
tap.check(wait_for(lambda: len(public("After a long check")) == 1), "and publishes")
publisher.send_signal(signal.SIGTERM)
tap.check(publisher.wait(timeout=60) == 0, "and ends as asked")

# A library that takes long to check: whoever asks is told, whoever changes something waits, and
# nothing is sent before it is known to be whole.
mend()
text = "The check takes long"
post = add(text)
fail("slow 60 1")
publisher = subprocess.Popen([PUBLISHER], env=failing, stderr=subprocess.DEVNULL)
seen = []


def checking():
    status = ctl("publisher", "status")[0]["publisher"]
    seen.append((status["state"], len(public(text))))
    return status["state"] == "running"


wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] != "stopped")
waits = subprocess.Popen([CTL, "--json", "brand", "add", "Made meanwhile"], stdout=subprocess.PIPE, text=True)
wait_for(checking)
tap.check(seen[0] == ("checking", 0) and all(n == 0 for state, n in seen if state == "checking"),
          f"a long check is told and nothing is sent meanwhile: {seen[:1]} … {seen[-1:]}")
tap.check(waits.wait(timeout=60) == 0 and any(b["brand"]["name"] == "Made meanwhile" for b in ctl("brand", "list")),
          "a change that came meanwhile is kept after it")
tap.check(wait_for(lambda: len(public(text)) == 1), "and what was due goes out then")
mend()
publisher.send_signal(signal.SIGTERM)
tap.check(publisher.wait(timeout=60) == 0, "and it ends as asked")
sandbox.stop()
tap.end()
