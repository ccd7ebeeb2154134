# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The publisher is killed with SIGKILL at every step, for each kind of post; the public counts."""

import os

from harness import APP_ID, HOME, SECRET, Checks, Sandbox, connect, ctl, publish, write_picture

KILLED = -9
tap = Checks()
sandbox = Sandbox("--lag-ms", "500")
pictures = [os.path.join(HOME, f"picture{n}.png") for n in range(2)]
for n, path in enumerate(pictures):
    write_picture(path, 400, 400, n + 3)
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
instagram = connect("instagram", brand)
sandbox.call("POST", "settings", {"ig_quota_total": 10000, "ig_container_total": 10000})

# Answers to the committing call take longer than the kill after its bytes have left.
slow = {"kind": "delay", "ms": 400, "when": "after"}
kinds = {
    "text": (page, []), "photos": (page, pictures), "image": (instagram, pictures[:1]),
    "carousel": (instagram, pictures),
}
points = ["claim_begin:1", "claim_begin:2", "commit_begin:1", "commit_begin:2", "commit_done:1", "commit_done:2",
          "claim_done:1", "claim_done:2", "prepare_sent:1", "prepare_response:1", "prepare_response:2",
          "commit_sent:1", "sent_bytes:1", "got_response:1", "step_begin:1", "step_done:1",
          "outcome_begin:1", "outcome_done:1"]
recovery = ["recover_begin:1", "recover_write:1", "recover_done:1", "look_begin:1", "look_response:1", "look_done:1"]
n = kills = 0


def public(text):
    return [post for post in sandbox.public() if post["text"] == text]


def run(kind, crashes, fault=None):
    global n, kills
    n += 1
    account, media = kinds[kind]
    text = f"{kind} {n}"
    args = ["post", "add", "--brand", brand, "--account", account, "--text", text, "--at", "now"]
    for path in media:
        args += ["--media", path]
    sandbox.clear_faults()
    sandbox.fault({"method": "POST", "path_regex": "/(feed|media_publish)$", "nth": 1, "times": 1}, fault or slow)
    post = ctl(*args)[0]["post"]["id"]
    for crash in crashes:
        kills += publish(crash, expect=(0, KILLED, 4)) == KILLED
    publish(expect=(0, 4))
    told = ctl("post", "show", post, expect=None)[0]["post"]["targets"][0]
    seen = public(text)
    tap.check(len(seen) == 1 and told["state"] == "published",
              f"{kind}, killed at {' then '.join(crashes)}{' with ' + fault['kind'] if fault else ''}: "
              f"seen {len(seen)}, told {told['state']} {told['code'] or ''}")


for kind in kinds:
    for point in points:
        run(kind, [point])
for point in recovery:
    run("text", ["sent_bytes:1", point])
    run("image", ["commit_sent:1", point, point])
for kind in kinds:
    run(kind, ["sent_bytes:1", "recover_done:1", "look_begin:1"], {"kind": "close-after"})
tap.check(kills >= 60, f"the publisher was killed {kills} times")
sandbox.stop()
tap.end()
