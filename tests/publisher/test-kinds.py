# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of post on every platform, over real HTTP: as it should be, and with each fault at the
call that makes it public. What the public sees is counted."""

import datetime
import json
import os
import subprocess
import sys

from harness import APP_ID, CTL, HOME, SECRET, Checks, Sandbox, browse, ctl, publish, write_picture

TIKTOK_KEY = "sbawpractice012345"
PART = sys.argv[1] if len(sys.argv) > 1 else "plain"
tap = Checks()
sandbox = Sandbox()


def video(name, width, height, seconds):
    path = os.path.join(HOME, name)
    made = subprocess.run([os.environ["SMM_MAKE_VIDEO"], path, str(width), str(height), str(seconds)], check=False)
    if made.returncode == 77:
        print("1..0 # SKIP no encoder for the videos of this test")
        sys.exit(77)
    assert made.returncode == 0
    return path


def connect(platform, brand):
    process = subprocess.Popen([CTL, "--json", "account", "connect", platform, "--brand", brand, "--no-browser",
                                "--select", "all"], stdout=subprocess.PIPE, text=True)
    browse(json.loads(process.stdout.readline())["authorize_url"])
    lines = [json.loads(line) for line in process.stdout.read().splitlines()]
    assert process.wait() == 0, lines
    return lines[0]["account"]["id"]


wide = video("wide.mp4", 640, 360, 4)
tall = video("tall.mp4", 540, 960, 4)
pictures = []
for n in range(2):
    pictures.append(os.path.join(HOME, f"picture{n}.png"))
    write_picture(pictures[-1], 600, 600, n + 2)
upright = os.path.join(HOME, "upright.png")
write_picture(upright, 540, 960, 7)

brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
ctl("platform", "set", "tiktok", "--app-id", TIKTOK_KEY, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
instagram = connect("instagram", brand)
tiktok = connect("tiktok", brand)
sandbox.call("POST", "settings", {"ig_quota_total": 10000, "ig_container_total": 10000, "reels_total": 1000,
                                  "tiktok_daily_posts": 1000, "tiktok_inits_per_minute": 1000})

TIKTOK = ["--set", "privacy=PUBLIC_TO_EVERYONE"]
# name: account, media, further arguments, kind that the public sees, the call that makes it public
kinds = {
    "facebook text": (page, [], [], "text", "/feed$"),
    "facebook link": (page, [], ["--link", "https://example.com/a"], "link", "/feed$"),
    "facebook photo": (page, pictures[:1], [], "photo", "/feed$"),
    "facebook photos": (page, pictures, [], "photos", "/feed$"),
    "facebook video": (page, [wide], ["--set", "title=A title"], "video", "/videos$"),
    "facebook reel": (page, [tall], ["--kind", "reel"], "reel", "/video_reels$"),
    "facebook photo story": (page, [upright], ["--kind", "story"], "story-photo", "/photo_stories$"),
    "facebook video story": (page, [tall], ["--kind", "story"], "story-video", "/video_stories$"),
    "instagram image": (instagram, pictures[:1], [], "image", "/media_publish$"),
    "instagram carousel": (instagram, pictures, [], "carousel", "/media_publish$"),
    "instagram carousel with a video": (instagram, [pictures[0], tall], [], "carousel", "/media_publish$"),
    "instagram reel": (instagram, [tall], ["--kind", "reel"], "reel", "/media_publish$"),
    "instagram image story": (instagram, [upright], ["--kind", "story"], "story-image", "/media_publish$"),
    "instagram video story": (instagram, [tall], ["--kind", "story"], "story-video", "/media_publish$"),
    "tiktok video": (tiktok, [tall], TIKTOK, "video", "/tiktok-upload/video/"),
}
# The last finish of an upload commits: the first of the two calls of that path only begins it.
NTH = {"facebook reel": 2, "facebook video story": 2, "facebook video": 3}


def add(name, text, *more):
    account, media, arguments, _, _ = kinds[name]
    command = ["post", "add", "--brand", brand, "--account", account, "--text", text, "--at", "now"]
    for path in media:
        command += ["--media", path]
    return ctl(*command, *arguments, *more)[0]["post"]["id"]


def told(post):
    return ctl("post", "show", post, expect=None)[0]["post"]["targets"][0]


def seen_of(name, text, before):
    """Stories have no text: what is new of the kind on the account."""
    platform = name.split()[0]
    fresh = [post for post in sandbox.public() if post["id"] not in before and post["platform"] == platform]
    return [post for post in fresh if post["text"] == text or post["kind"].startswith("story")]


def run(name, text, fault=None, expect="published"):
    before = {post["id"] for post in sandbox.public()}
    sandbox.clear_faults()
    if fault:
        sandbox.fault({"path_regex": kinds[name][4], "nth": NTH.get(name, 1), "times": 1,
                       "method": "PUT" if name.startswith("tiktok") else "POST"}, fault)
    post = add(name, text)
    publish(expect=(0, 3, 4), timeout=240)
    target = told(post)
    seen = seen_of(name, text, before)
    hit = not fault or sum(each["hits"] for each in sandbox.call("GET", "faults")["faults"]) == 1
    with_fault = f" with {fault['kind']}{fault.get('http', '')}" if fault else ""
    tap.check(hit and len(seen) == 1 and target["state"] == expect and bool(target["permalink"]),
              f"{name}{with_fault}: seen {len(seen)}{'' if hit else ', and the fault was not met'}, told {target['state']} {target['code'] or ''} {target['reason'] or ''}")
    return post, seen


def run_variants():
    """One post, two accounts, what differs: each gets its own, in text, comment and pictures."""
    before = {post["id"] for post in sandbox.public()}
    post = ctl("post", "add", "--brand", brand, "--account", page, "--account", instagram, "--text", "For all",
               "--first-comment", "#common", "--media", pictures[0], "--media", pictures[1], "--at", "now",
               "--variant", f"{instagram}:text=Only here", "--variant", f"{instagram}:first-comment=#own",
               "--variant", f"{instagram}:media={pictures[1]}")[0]["post"]
    told = {target["platform"]: target for target in post["targets"]}
    tap.check(told["facebook"]["variant"] is None and told["instagram"]["variant"]["text"] == "Only here",
              f"what differs is shown ({told['instagram']['variant']})")
    publish(expect=(0,), timeout=240)
    seen = {each["platform"]: each for each in sandbox.public() if each["id"] not in before}
    tap.check(seen["facebook"]["text"] == "For all" and seen["facebook"]["kind"] == "photos",
              f"Facebook has what is common ({seen['facebook']['text']}, {seen['facebook']['kind']})")
    tap.check(seen["instagram"]["text"] == "Only here" and seen["instagram"]["kind"] == "image",
              f"Instagram has its own ({seen['instagram']['text']}, {seen['instagram']['kind']})")
    comments = json.dumps(seen["instagram"].get("comments")), json.dumps(seen["facebook"].get("comments"))
    tap.check("#own" in comments[0] and "#common" not in comments[0] and "#common" in comments[1],
              f"and each its first comment {comments}")
    post = ctl("post", "show", post["id"])[0]["post"]
    for target in post["targets"]:
        sent = [entry["content"] for entry in post["journal"]
                if entry["target"] == target["id"] and entry["kind"] == "commit" and entry["step"] != "comment"]
        tap.check(sent == [target["content"]], f"the journal has what {target['platform']} was sent")
    refused = ctl("post", "add", "--brand", brand, "--account", page, "--account", instagram, "--text", "x",
                  "--media", pictures[0], "--at", "now", "--variant", f"{instagram}:text={'#a ' * 31}", expect=1)
    tap.check(refused[0]["error"]["code"] == "problem:too-many-hashtags", f"a variant is checked ({refused[0]})")


def run_plain():
    for name in kinds:
        post, seen = run(name, f"Plain {name}")
        if seen:
            tap.check(seen[0]["kind"] == kinds[name][3], f"{name} is a {kinds[name][3]} ({seen[0]['kind']})")
    publish()
    tap.check(len(sandbox.public()) == len(kinds), "publishing again publishes nothing")
    run_variants()

    # What belongs to a post.
    post = add("facebook photo", "With a comment", "--alt", "A described picture", "--first-comment", "First! 🥐")
    reel = add("instagram reel", "A reel with all", "--first-comment", "More soon", "--set", "share-to-feed=true",
               "--set", "cover-ms=1000")
    publish()
    shown = {each["text"]: each for each in sandbox.public()}
    for text, comment in [("With a comment", "First! 🥐"), ("A reel with all", "More soon")]:
        comments = [each["text"] for each in shown[text].get("comments", [])]
        tap.check(comments == [comment], f"{text}: its first comment is there, once ({comments})")
    tap.check(shown["With a comment"].get("alts") == ["A described picture"], "the alternative text is there")

    # The comment's answer is lost: looked for, not written twice.
    sandbox.fault({"method": "POST", "path_regex": "/comments$", "nth": 1, "times": 1}, {"kind": "close-after"})
    post = add("facebook text", "A comment in doubt", "--first-comment", "Only once")
    publish()
    comments = [each["text"] for each in next(each for each in sandbox.public() if each["text"] == "A comment in doubt").get("comments", [])]
    tap.check(comments == ["Only once"] and told(post)["state"] == "published", f"a comment in doubt is there once ({comments})")
    sandbox.clear_faults()

    # Removal on request.
    ctl("post", "remove", post, "--yes")
    publish()
    target = told(post)
    tap.check(target["state"] == "cancelled" and target["code"] == "removed"
              and not [each for each in sandbox.public() if each["text"] == "A comment in doubt"], "what is removed is gone, and told")

    # An unaudited TikTok app, a dead token, an inbox draft.
    sandbox.call("POST", "settings", {"tiktok_audited": False})
    refused = add("tiktok video", "Public from an unaudited app")
    publish()
    target = told(refused)
    tap.check(target["state"] in ("failed", "held") and target["reason"]
              and not [each for each in sandbox.public() if each["text"] == "Public from an unaudited app"],
              f"an unaudited app is told of: {target['code']}: {target['reason']}")
    sandbox.call("POST", "settings", {"tiktok_audited": True})
    sandbox.call("POST", "revoke", {"tiktok": "access"})
    renewed = add("tiktok video", "After the token ended")
    publish()
    tap.check(told(renewed)["state"] == "published", f"an ended TikTok token is renewed ({told(renewed)['code']})")


def run_hand_over():
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=2)
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    arguments = ["post", "add", "--brand", brand, "--account", page, "--set", "hand-over=true", "--at", stamp]
    post = ctl(*arguments, "--text", "Handed over", "--media", pictures[0])[0]["post"]["id"]
    moved = ctl(*arguments, "--text", "Moved")[0]["post"]["id"]
    cancelled = ctl(*arguments, "--text", "Called back")[0]["post"]["id"]
    publish()
    for each in (post, moved, cancelled):
        tap.check(told(each)["state"] == "scheduled" and told(each)["code"] == "handed-over", f"Facebook has it: {told(each)['code']}")
    tap.check(not sandbox.public(), "and nobody sees it yet")
    later = (when + datetime.timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    ctl("post", "reschedule", moved, "--at", later)
    ctl("post", "cancel", cancelled)
    publish()
    tap.check(told(moved)["code"] == "handed-over" and told(cancelled)["state"] == "cancelled", "a new time and a cancel follow through")
    sandbox.call("POST", "settings", {"clock_offset_s": 2 * 3600 + 60})
    seen = [each["text"] for each in sandbox.public()]
    tap.check(seen == ["Handed over"], f"with this computer doing nothing it is public at its time, the others are not ({seen})")


FAULTS = [{"kind": "close-after"}, {"kind": "status-after", "http": 500}, {"kind": "close-before"},
          {"kind": "malformed"}, {"kind": "status-before", "http": 503}, {"kind": "truncated"}]

if PART == "plain":
    run_plain()
elif PART == "hand-over":
    run_hand_over()
else:
    for number, trouble in enumerate(FAULTS):
        for kind in kinds:
            if kind not in ("facebook text", "facebook link", "facebook photos", "instagram carousel"):
                run(kind, f"{kind} {number}", trouble)
sandbox.stop()
tap.end()
