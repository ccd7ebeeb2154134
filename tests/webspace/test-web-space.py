# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account without a Page publishes by way of the user's own web space, over real HTTP: signed in
with Instagram Login, every kind of post, each fault of the web space told, and nothing left there."""

import datetime
import json
import os
import subprocess
import sys

from harness import APP_ID, CTL, HOME, PUBLISHER, SECRET, Checks, Sandbox, browse, ctl, find_port, publish, write_picture
from server import KEY, PASSWORD, REGION, S3, SECRET_KEY, USER, WebDav

IG_APP_ID = "1234509876543210"
tap = Checks()
sandbox = Sandbox()
dav, s3 = WebDav(), S3()


def video(name, width, height, seconds):
    path = os.path.join(HOME, name)
    made = subprocess.run([os.environ["SMM_MAKE_VIDEO"], path, str(width), str(height), str(seconds)], check=False)
    return path if made.returncode == 0 else None


def connect(*args):
    process = subprocess.Popen([CTL, "--json", "account", "connect", *args, "--brand", brand, "--no-browser",
                                "--select", "all"], stdout=subprocess.PIPE, text=True)
    browse(json.loads(process.stdout.readline())["authorize_url"])
    lines = [json.loads(line) for line in process.stdout.read().splitlines()]
    assert process.wait() == 0, lines
    return lines[0]["account"]


def set_dav(secret=PASSWORD, expect=0):
    return ctl("webspace", "set", "webdav", "--url", dav.base + "/dav/photos/", "--user", USER, "--secret-stdin",
               stdin=secret, expect=expect)


def set_s3(secret=SECRET_KEY, region=REGION, expect=0):
    return ctl("webspace", "set", "s3", "--url", s3.base, "--bucket", "shop-photos", "--region", region, "--folder",
               "smm/out", "--user", KEY, "--secret-stdin", stdin=secret, expect=expect)


def test_steps(expect=0):
    lines = ctl("webspace", "test", expect=expect)
    return {line["step"]["name"]: line["step"]["state"] for line in lines if "step" in line}, lines[-1]


def add(text, *media, kind="feed", at="now"):
    command = ["post", "add", "--brand", brand, "--account", account, "--text", text, "--at", at, "--kind", kind]
    for path in media:
        command += ["--media", path]
    return ctl(*command)[0]["post"]["id"]


def told(post):
    return ctl("post", "show", post, expect=None)[0]["post"]["targets"][0]


def seen(text):
    return [post for post in sandbox.public() if post["text"] == text]


pictures = []
for n in range(2):
    pictures.append(os.path.join(HOME, f"picture{n}.png"))
    write_picture(pictures[-1], 600, 600, n + 2)
upright = os.path.join(HOME, "upright.png")
write_picture(upright, 540, 960, 7)

brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]

# --- Signing in without a Page ---
refused = subprocess.run([CTL, "--json", "account", "connect", "instagram", "--login", "instagram", "--brand", brand,
                          "--no-browser"], capture_output=True, text=True, timeout=20, check=False)
tap.check(refused.returncode == 1 and "Instagram app" in refused.stdout, "without keys it says which are missing")
ctl("platform", "set", "instagram", "--app-id", IG_APP_ID, "--secret-stdin", stdin=SECRET)
signed_in = connect("instagram", "--login", "instagram", "--port", find_port())
account = signed_in["id"]
tap.check(signed_in["login"] == "instagram" and signed_in["state"] == "ok" and signed_in["token_expires_at"] is not None,
          f"an account without a Page is signed in ({signed_in})")
tap.check(ctl("account", "check", account)[0]["account"]["state"] == "ok", "its token works")

# --- Without a web space ---
told_first = ctl("post", "add", "--brand", brand, "--account", account, "--text", "Nowhere to put it", "--media",
                 pictures[0], "--at", "now", expect=1)[0]["error"]
tap.check(told_first["code"] == "problem:needs-web-space" and told_first["fix"] == "web-space",
          f"without a web space it is told beforehand ({told_first['code']})")

# --- Setting one up, and what is wrong with it ---
tap.check(ctl("webspace", "show", expect=1)[0]["error"]["code"], "there is none to show")
set_dav()
states, _ = test_steps()
tap.check(set(states.values()) == {"good"} and len(states) == 6 and not dav.files, f"a good WebDAV folder passes, and is clean after it ({states})")
for fault, step, word in [("denied", "upload", "password"), ("private", "public", "strangers"), ("login", "public", "sign-in"),
                          ("page", "public", "page"), ("type", "public", "octet-stream"), ("shrunk", "public", "not the file"),
                          ("gone", "public", "public address"), ("full", "upload", "full"), ("busy", "upload", "trouble")]:
    dav.faults = {fault}
    states, last = test_steps(expect=1)
    tap.check(states.get(step) == "bad" and word in last["error"]["message"] and not dav.files,
              f"{fault}: found at the step {step}, nothing left there ({states}: {last['error']['message']})")
dav.faults = {"no-head"}
states, _ = test_steps()
tap.check(states["public"] == "good", "a server that takes no HEAD is looked at with GET")
dav.faults = set()
set_dav(secret="wrong")
tap.check(test_steps(expect=1)[0]["upload"] == "bad", "a wrong password is found")
tap.check("https" in ctl("webspace", "set", "webdav", "--url", "http://example.org/x", "--user", USER, "--secret-stdin",
                         stdin="x", expect=1)[0]["error"]["message"], "http to another computer is refused")
set_s3(secret="wrong")
tap.check("secret" in test_steps(expect=1)[1]["error"]["message"], "a wrong secret key is told by S3's own code")
set_s3(region="us-east-1")
tap.check(REGION in test_steps(expect=1)[1]["error"]["message"], "the right region is told")
set_s3()
tap.check(set(test_steps()[0].values()) == {"good"} and not s3.files, "a good bucket passes, and is clean after it")

# --- Publishing by way of it ---
tall = video("tall.mp4", 540, 960, 4)
kinds = [("An image", pictures[:1], "feed", "image"), ("A carousel", pictures, "feed", "carousel"),
         ("", [upright], "story", "story-image")]
if tall:
    kinds += [("A reel", [tall], "reel", "reel"), ("Both", [pictures[0], tall], "feed", "carousel")]
for space, name in [(s3, "S3"), (dav, "WebDAV")]:
    (set_s3 if space is s3 else set_dav)()
    for text, media, kind, shown in kinds:
        before = {each["id"] for each in sandbox.public()}
        post = add(f"{text} by {name}", *media, kind=kind)
        publish()
        fresh = [each for each in sandbox.public() if each["id"] not in before]
        target = told(post)
        tap.check(target["state"] == "published" and [each["kind"] for each in fresh] == [shown] and not space.files,
                  f"{shown} by {name}: published, and deleted there ({target['state']} {target['code']} {target['reason']} {len(space.files)})")

# --- Faults at its time ---
dav.faults = {"private"}
post = add("Kept from strangers", pictures[0])
publish()
target = told(post)
tap.check(target["state"] == "held" and target["code"] == "web-space" and target["fix"] == "web-space" and "strangers" in target["reason"]
          and not dav.files and not seen("Kept from strangers"), f"what strangers can't see is held, with cause and fix ({target})")
dav.faults = set()
test_steps()
publish()
tap.check(told(post)["state"] == "published" and len(seen("Kept from strangers")) == 1 and not dav.files,
          f"a test that passes lets it go out, once ({told(post)})")

dav.faults = {"no-delete"}
post = add("Left behind", pictures[0])
publish()
tap.check(told(post)["state"] == "published" and len(dav.files) == 1, "a delete that fails does not touch the post")
cleared = ctl("webspace", "clear", "--yes", expect=1)[0]["error"]
tap.check("still" in cleared["message"], "a web space with files in it is not forgotten")
dav.faults = set()
subprocess.run([sys.executable, "-c", "import sqlite3,sys;c=sqlite3.connect(sys.argv[1]);c.execute('UPDATE web_file SET next_at=1');c.commit()",
                os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm", "library.db")], check=True)
publish()
tap.check(not dav.files, "and the delete is tried again until it works")

# Killed in the middle: what was sent is known, and goes.
post = add("Killed while it lay there", pictures[0])
publish(crash="prepare_sent:2", expect=None)
publish()
tap.check(told(post)["state"] == "published" and len(seen("Killed while it lay there")) == 1 and not dav.files,
          f"a publisher that dies leaves nothing there ({told(post)['state']} {len(dav.files)})")

# --- Ahead of its time ---
soon = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
dav.faults = {"private"}
post = add("Soon", pictures[0], at=soon)
publish()
target = told(post)
tap.check(target["state"] == "scheduled" and target["code"] == "web-space", f"what is wrong shows ten minutes before its time ({target['code']})")
dav.faults = set()
test_steps()
service = subprocess.Popen([PUBLISHER], stderr=subprocess.DEVNULL)
for _ in range(200):
    if dav.files and told(post)["code"] is None:
        break
    try:
        service.wait(0.1)
        break
    except subprocess.TimeoutExpired:
        continue
tap.check(len(dav.files) == 1 and told(post)["code"] is None, f"put right, it lies there before its time, and the post says so ({told(post)['code']})")
puts = dav.count("PUT")
ctl("post", "publish-now", post)
for _ in range(200):
    if told(post)["state"] == "published" and not dav.files:
        break
    try:
        service.wait(0.1)
        break
    except subprocess.TimeoutExpired:
        continue
tap.check(told(post)["state"] == "published" and dav.count("PUT") == puts and not dav.files,
          f"at its time it is not sent again, and is deleted after it ({told(post)['state']}, {dav.count('PUT') - puts} sent, {len(dav.files)} left)")
service.terminate()
service.wait()

# --- With a Page: the Page first, the web space when it can't ---
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
account = connect("instagram")["id"]
puts = dav.count("PUT")
post = add("By the Page", pictures[0])
publish()
tap.check(told(post)["state"] == "published" and dav.count("PUT") == puts, "with a Page its photo is the way")
sandbox.fault({"method": "POST", "path_regex": "/photos$"}, {"kind": "error", "code": 200, "subcode": 0})
post = add("By the web space", pictures[0])
publish()
tap.check(told(post)["state"] == "published" and dav.count("PUT") == puts + 1 and not dav.files,
          f"when the Page refuses it the web space is ({told(post)})")
sandbox.clear_faults()

# --- The end ---
ctl("webspace", "clear", "--yes")
tap.check(ctl("webspace", "show", expect=1)[0]["error"], "it is removed")
found = subprocess.run(["grep", "-rlaF", "-e", PASSWORD, "-e", SECRET_KEY, HOME], capture_output=True, text=True, check=False)
tap.check(found.stdout == "", f"no secret lies in a file: {found.stdout}")
tap.check(all(who == "stranger" for method, _, _, who in dav.log if method == "GET"), "strangers look without a key")
sandbox.stop()
tap.end()
