# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A rough session: several publishers at once, too few files, a bus that dies. The public counts."""

import os
import resource
import signal
import subprocess
import time

from harness import APP_ID, HOME, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl, publish

OWNED = 1
tap = Checks()
sandbox = Sandbox("--lag-ms", "300")
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
added = {}


def add(text):
    added[text] = ctl("post", "add", "--brand", brand, "--account", page, "--text", text, "--at", "now")[0]["post"]["id"]


def slow_answers():
    """The next commit's answer takes longer than what happens after its bytes have left."""
    sandbox.clear_faults()
    sandbox.fault({"method": "POST", "path_regex": "/feed$", "nth": 1, "times": 1},
                  {"kind": "delay", "ms": 700, "when": "after"})


def has_arrived(text):
    return any(post["text"] == text for post in sandbox.public())


def wait_for(condition, what):
    end = time.time() + 60
    while not condition():
        if time.time() > end:
            raise AssertionError(f"waited in vain: {what}")
        time.sleep(0.02)


def settle(text):
    """Whatever became of the others, this one brings it to its end."""
    publish(expect=(0, 4), timeout=180)
    told = ctl("post", "show", added[text])[0]["post"]["targets"][0]
    seen = sum(post["text"] == text for post in sandbox.public())
    return seen == 1 and told["state"] == "published", f"seen {seen}, told {told['state']} {told['code'] or ''}"


# Several at once, and who was first is killed while its answer is on its way.
for n in range(3):
    text = f"at once {n}"
    add(text)
    slow_answers()
    crowd = [subprocess.Popen([PUBLISHER, "--until-idle"], stderr=subprocess.PIPE, text=True) for _ in range(5)]
    wait_for(lambda: has_arrived(text), f"{text} is public")
    wait_for(lambda: sum(one.poll() is None for one in crowd) == 1, "one of them is left")
    owner = next(one for one in crowd if one.poll() is None)
    owner.kill()
    refused = [one.stderr.read() for one in crowd if one.wait() == OWNED]
    tap.check(len(refused) == 4 and all("owns" in text for text in refused),
              f"five publishers at once: one owns the library ({len(refused)} refused)")
    good, told = settle(text)
    tap.check(good, f"five publishers at once, the owner killed: {told}")

# So few files that opening some fails, wherever that is; one that ends because of it is one killed.
for limit in range(10, 24):
    text = f"{limit} files"
    add(text)
    few = subprocess.Popen([PUBLISHER, "--until-idle"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           env={**os.environ, "G_DEBUG": ""},
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
    try:
        few.wait(3)
    except subprocess.TimeoutExpired:
        few.kill()
        few.wait()
    good, told = settle(text)
    tap.check(good, f"{limit} open files, then enough: {told}")

# The bus and with it the keyring go while the answer is on its way.
runtime = os.path.join(HOME, "other-run")
os.makedirs(runtime, mode=0o700)
bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True)
other = {**os.environ, "XDG_RUNTIME_DIR": runtime, "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
         "G_DEBUG": ""}
keyring = subprocess.Popen(["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"], env=other,
                           stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
keyring.stdin.write("\n")
keyring.stdin.close()
text = "without a bus"
add(text)
slow_answers()
service = subprocess.Popen([PUBLISHER], env=other, stderr=subprocess.DEVNULL)
wait_for(lambda: has_arrived(text), f"{text} is public")
bus.kill()
try:
    service.wait(10)
except subprocess.TimeoutExpired:
    service.send_signal(signal.SIGTERM)
    service.wait(20)
keyring.kill()
keyring.wait()
bus.wait()
good, told = settle(text)
tap.check(good, f"the bus dies while an answer is on its way: {told}")
sandbox.stop()
tap.end()
