# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connect, schedule, publish; faults at the commit; bad input; no secret left anywhere."""

import datetime
import glob
import os
import re
import subprocess
import time

from harness import (APP_ID, CTL, HOME, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl, publish, write_picture)

tap = Checks()
sandbox = Sandbox()
pictures = []
for n, (width, height) in enumerate([(600, 600), (600, 500), (500, 600)]):
    pictures.append(os.path.join(HOME, f"picture{n}.png"))
    write_picture(pictures[-1], width, height, n + 2)

ctl("profile", "set", "--name", "A Person", "--email", "a@example.com", "--organization", "A Shop")
brand = ctl("brand", "add", "A Shop", "--timezone", "Europe/Helsinki")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
instagram = connect("instagram", brand)
tap.check(page != instagram, "a Page and an Instagram account are connected")


def add(account, text, *media, link=None, expect=0, at="now"):
    args = ["post", "add", "--brand", brand, "--account", account, "--text", text, "--at", at]
    for path in media:
        args += ["--media", path]
    if link:
        args += ["--link", link]
    lines = ctl(*args, expect=expect)
    return lines[0]["post"]["id"] if expect == 0 else lines[0]["error"]["code"]


def public(text):
    return [post for post in sandbox.public() if post["text"] == text]


def target(post):
    return ctl("post", "show", post, expect=None)[0]["post"]["targets"][0]


# Every kind, once.
kinds = {
    "Text 🥐 äöü": (page, []), "A link": (page, []), "One photo": (page, pictures[:1]),
    "Three photos": (page, pictures), "An image": (instagram, pictures[:1]),
    "A carousel": (instagram, pictures),
}
posts = {text: add(account, text, *media, link="https://example.com/a" if text == "A link" else None)
         for text, (account, media) in kinds.items()}
publish()
for text, (account, media) in kinds.items():
    seen = public(text)
    told = target(posts[text])
    tap.check(len(seen) == 1 and seen[0]["media_count"] == len(media) and told["state"] == "published"
              and told["permalink"] == seen[0]["permalink"], f"{text}: public once, with its permalink")
publish()
tap.check(len(sandbox.public()) == len(kinds), "publishing again publishes nothing")

# The answer is lost, or lies, after the effect; the lists lag by half a second.
sandbox.call("POST", "settings", {"lag_ms": 500})
faults = [{"kind": "close-after"}, {"kind": "reset-after"}, {"kind": "status-after", "status": 500},
          {"kind": "malformed"}, {"kind": "truncated"}, {"kind": "html"}, {"kind": "huge", "bytes": 200000000},
          {"kind": "deep"}, {"kind": "wrong-types"}, {"kind": "empty"}, {"kind": "redirect"},
          {"kind": "close-before"}, {"kind": "status-before", "status": 503},
          {"kind": "error", "code": 2, "http": 500}]
for fault in faults:
    for account, name, media, path in [(page, "page", [], "/feed$"), (instagram, "instagram", pictures[:1], "/media_publish$")]:
        text = f"{name} with {fault['kind']} {fault.get('status', '')}"
        sandbox.clear_faults()
        sandbox.fault({"method": "POST", "path_regex": path, "nth": 1, "times": 1}, fault)
        post = add(account, text, *media)
        publish()
        told = target(post)
        tap.check(len(public(text)) == 1 and told["state"] == "published", f"{text}: once, and known to be")
sandbox.clear_faults()
sandbox.call("POST", "settings", {"lag_ms": 0})

# What can't be posted is refused before anything is sent.
empty, broken, named, missing = (os.path.join(HOME, name) for name in ("empty.png", "broken.png", "text.jpg", "none.png"))
open(empty, "w").close()
open(broken, "wb").write(open(pictures[0], "rb").read()[:2000])
open(named, "w").write("this is not a picture")
wide = os.path.join(HOME, "wide.png")
write_picture(wide, 900, 300, 5)
for name, code, call in [
    ("a missing file", "media-missing", lambda: add(page, "x", missing, expect=1)),
    ("an empty file", "media-empty", lambda: add(page, "x", empty, expect=1)),
    ("a cut off picture", "media-broken", lambda: add(page, "x", broken, expect=1)),
    ("a text called .jpg", "media-unknown", lambda: add(page, "x", named, expect=1)),
    ("a too wide picture", "problem:aspect-ratio", lambda: add(instagram, "x", wide, expect=1)),
    ("no picture", "problem:media-missing", lambda: add(instagram, "x", expect=1)),
    ("a long caption", "problem:caption-too-long", lambda: add(instagram, "x" * 2201, pictures[0], expect=1)),
    ("31 hashtags", "problem:too-many-hashtags", lambda: add(instagram, " ".join(f"#a{n}" for n in range(31)), pictures[0], expect=1)),
    ("only spaces", "problem:empty", lambda: add(page, "   ", expect=1)),
    ("a broken link", "problem:link-broken", lambda: add(page, "x", link="javascript:alert(1)", expect=1)),
    ("a time in the past", "past", lambda: add(page, "x", expect=1, at="2020-01-01T09:00")),
    ("no time", "invalid-argument", lambda: add(page, "x", expect=1, at="soon")),
    ("an unknown account", "not-found", lambda: add("nobody", "x", expect=1)),
]:
    found = call()
    tap.check(found == code, f"{name} is refused with {code} ({found})")
bad = subprocess.run([CTL, "--json", "post", "add", "--brand", brand, "--account", page, "--text", b"\xff\xfe", "--at", "now"],
                     capture_output=True)
tap.check(bad.returncode == 1 and b"invalid-argument" in bad.stdout, "text that is not UTF-8 is refused")
tap.check(ctl("profile", "show")[0]["profile"]["organization"] == "A Shop", "the profile is kept")
tap.check(ctl("post", "add", "--brand", brand, "--text", "x", "--draft", "--frist-comment", "y", expect=2)[0]["error"]["code"] == "usage",
          "an option that does not exist is refused, not ignored")
tap.check(ctl("post", "list", "--from", "2000-01-01", "--to", "2000-01-02") == [], "a list takes days")
year = time.gmtime().tm_year + 1
sunday = max(day for day in range(25, 32) if datetime.date(year, 3, day).isoweekday() == 7)
gap = ctl("post", "add", "--brand", brand, "--account", page, "--text", "in the gap", "--at", f"{year}-03-{sunday}T03:30")[0]["post"]
tap.check(gap["due_at"] == f"{year}-03-{sunday}T01:00:00Z", "a time that clocks skip becomes the next valid minute")
ctl("post", "reschedule", gap["id"], "--at", f"{year}-04-01T09:00")
ctl("undo")
tap.check(ctl("post", "show", gap["id"])[0]["post"]["due_at"] == f"{year}-03-{sunday}T01:00:00Z", "a move can be undone by another process")
ctl("redo")
tap.check(ctl("post", "show", gap["id"])[0]["post"]["due_at"] == f"{year}-04-01T06:00:00Z", "and redone")
sunday = max(day for day in range(25, 32) if datetime.date(year, 10, day).isoweekday() == 7)
for hour, zone in ((0, "Europe/Helsinki"), (1, "UTC")):
    at = f"{year}-10-{sunday}T{hour:02}:30:00Z"
    twice = ctl("post", "add", "--brand", brand, "--account", page, "--text", "twice", "--at", at)[0]["post"]
    tap.check(twice["due_at"] == at and twice["zone"] == zone, f"of two hours that clocks show alike the right one is meant ({twice})")

# A token that dies: held, told, and free again after signing in.
sandbox.call("POST", "revoke", {"subcode": 460})
held = add(page, "held")
publish()
told = target(held)
tap.check(told["state"] == "held" and told["code"] == "signed-out" and told["fix"] == "reconnect", "a dead token holds the post and says why")
page_again = connect("facebook", brand)
connect("instagram", brand)
tap.check(page_again == page, "reconnecting keeps the account's id")
publish()
tap.check(target(held)["state"] == "published" and len(public("held")) == 1, "after signing in again it goes out, once")

# Two publishers on one library: one sends.
first = subprocess.Popen([PUBLISHER], stderr=subprocess.DEVNULL)
for _ in range(100):
    if ctl("publisher", "status")[0]["publisher"]["state"] != "stopped":
        break
    time.sleep(0.05)
second = subprocess.run([PUBLISHER, "--until-idle"], capture_output=True, text=True, timeout=20)
tap.check(second.returncode == 1 and "owns" in second.stderr, "a second publisher is refused")
live = add(page, "over the bus")
for _ in range(100):
    if target(live)["state"] == "published":
        break
    time.sleep(0.05)
tap.check(target(live)["state"] == "published", "a running publisher is told over the bus and publishes")
command_line = open(f"/proc/{first.pid}/cmdline", "rb").read() + open(f"/proc/{first.pid}/environ", "rb").read() \
    if os.access(f"/proc/{first.pid}/environ", os.R_OK) else b""
first.terminate()
tap.check(first.wait(30) == 0, "it stops cleanly")

# No token and no secret in any file of the run, in no argument and in no environment.
secret = re.compile(SECRET.encode() + rb"|EAA[A-Za-z0-9_-]{16,}")
leaks = [path for path in glob.glob(HOME + "/**", recursive=True)
         if os.path.isfile(path) and "/keyrings/" not in path and secret.search(open(path, "rb").read())]
tap.check(not leaks, f"no secret in any file {leaks}")
tap.check(not secret.search(command_line), "no secret in arguments and environment")
sandbox.stop()
tap.end()
