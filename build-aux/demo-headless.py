# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo without a display: connect, schedule, publish, count, take pictures."""

import hashlib
import json
import os
import subprocess
import sys
import time
import urllib.request

from browse import browse

OUT = os.environ["SMM_DEMO"]
PICTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "practice")
SECRET = "0123456789abcdef0123456789abcdef"  # of the sandbox's own app; it exists nowhere else
data = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm-practice")
os.makedirs(data, mode=0o700)
endpoints = os.path.join(data, "endpoints.ini")
os.environ["SMM_ENDPOINTS"] = endpoints


def ctl(*args, stdin=None):
    done = subprocess.run(["nkonsept-smmctl", "--practice", "--json", *args], input=stdin, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(f"nkonsept-smmctl {' '.join(args)}: {done.stdout}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def connect(platform, brand):
    process = subprocess.Popen(["nkonsept-smmctl", "--practice", "--json", "account", "connect", platform,
                                "--brand", brand, "--no-browser", "--select", "all"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    url = json.loads(process.stdout.readline())["authorize_url"]
    browse(url)
    account = json.loads(process.stdout.readline())["account"]
    process.wait()
    print(f"Connected {account['platform']}: {account['name']}")
    return account["id"]


def look():
    """What is on the screen, as a number."""
    picture = subprocess.run(["import", "-window", "root", "rgb:-"], check=False, capture_output=True).stdout
    return hashlib.sha256(picture).hexdigest(), len(set(picture[::997]))


def settle(before=None, seconds=20):
    """Waits until the screen shows something, something else than before, and stays as it is."""
    end = time.time() + seconds
    last = None
    while time.time() < end:
        seen, colours = look()
        if colours > 8 and seen != before and seen == last:
            return
        last = seen
        time.sleep(0.4)


def screenshot(name):
    subprocess.run(["import", "-window", "root", os.path.join(OUT, name + ".png")], check=False)


def key(*keys):
    before, _ = look()
    subprocess.run(["xdotool", "key", "--delay", "60", *keys], check=False)
    settle(before, 6)


def click(x, y):
    before, _ = look()
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=False)
    settle(before, 6)


def show_app(scheme, suffix):
    app = subprocess.Popen(["nkonsept-smm", "--practice"], env=dict(os.environ, ADW_DEBUG_COLOR_SCHEME=scheme),
                           stderr=subprocess.DEVNULL)
    settle(look()[0], 60)
    screenshot("calendar-" + suffix)
    click(497, 49)
    subprocess.run(["xdotool", "mousemove", "100", "600"], check=False)
    time.sleep(0.6)
    screenshot("next-month-" + suffix)
    key("ctrl+3")
    screenshot("accounts-" + suffix)
    key("ctrl+2")
    screenshot("posts-" + suffix)
    # The post with four pictures: found, looked at, opened.
    key("ctrl+f")
    subprocess.run(["xdotool", "type", "--delay", "20", "eighteen"], check=False)
    settle(None, 6)
    click(400, 174)
    screenshot("post-" + suffix)
    key("Return")
    screenshot("composer-" + suffix)
    app.terminate()
    try:
        app.wait(5)
    except subprocess.TimeoutExpired:
        app.kill()


sandbox = subprocess.Popen(["nkonsept-smm-sandbox", "--auto-approve", "--endpoints-file", endpoints,
                            "--processing-ms", "600"], stdout=subprocess.PIPE, text=True)
base = sandbox.stdout.readline().split()[1]
try:
    ctl("profile", "set", "--name", "Practice", "--email", "practice@example.com", "--organization", "Northside Bread")
    brand = ctl("brand", "add", "Northside Bread", "--timezone", "Europe/Helsinki")[0]["brand"]["id"]
    ctl("platform", "set", "meta", "--app-id", "987654321012345", "--secret-stdin", stdin=SECRET)
    page = connect("facebook", brand)
    instagram = connect("instagram", brand)

    def picture(name):
        return ["--media", os.path.join(PICTURES, name + ".jpg"), "--alt", name]

    posts = {
        "text": (page, "Rye is back on Friday. Come early!", []),
        "link": (page, "Our bread, flour to crust:", ["--link", "https://example.com/bread"]),
        "three photos": (page, "A morning at the bakery", picture("loaf") + picture("oven") + picture("shop")),
        "image": (instagram, "First coffee, then bread. #bakery", picture("cup")),
        "carousel": (instagram, "Flour, water, salt and patience. #sourdough", picture("loaf") + picture("oven") + picture("cup")),
    }
    for account, text, more in posts.values():
        ctl("post", "add", "--brand", brand, "--account", account, "--text", text, "--at", "now", *more)
    plan = [("08:00", "Cinnamon bun day", "oven"), ("17:30", "Closing soon", "shop"), ("12:00", "Harvest time", "wheat"),
            ("09:00", "Good morning", "cup"), ("10:00", "Sourdough class", "loaf")]
    both = f"{page},{instagram}"
    for day in range(1, 36):
        date = time.strftime("%Y-%m-%d", time.gmtime(time.time() + day * 86400))
        for part in range([1, 2, 1, 1, 0, 3, 1][day % 7]):
            hour, text, name = plan[(day + 2 * part) % len(plan)]
            ctl("post", "add", "--brand", brand, "--account", [both, page, instagram][(day + part) % 3], "--text", text,
                "--at", f"{date}T{hour}", *picture(name))
    date = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 3 * 86400))
    ctl("post", "add", "--brand", brand, "--account", both, "--at", f"{date}T07:30", "--text",
        "Flour, water, salt and eighteen hours of patience. Today every loaf comes with a second one to give away. 🍞\n"
        "Who would you share yours with?\n#bakery #sourdough",
        *picture("loaf"), *picture("oven"), *picture("wheat"), *picture("shop"))
    for text, name in [("Gluten-free Friday", "loaf"), ("Meet our baker", "shop"), ("How we fold dough", "wheat"),
                       ("Soup and sourdough", "cup")]:
        ctl("post", "add", "--brand", brand, "--account", both, "--text", text, "--draft", *picture(name))
    subprocess.run(["nkonsept-smm-publisher", "--practice", "--until-idle"], check=True, timeout=180)

    public = json.load(urllib.request.urlopen(base + "/_sandbox/public.json", timeout=30))["posts"]
    wrong = 0
    told = [line["post"] for line in ctl("post", "list")]
    for name, (_, text, _) in posts.items():
        target = next(post for post in told if post["text"] == text)["targets"][0]
        seen = sum(post["text"] == text for post in public)
        good = seen == 1 and target["state"] == "published" and target["permalink"]
        wrong += not good
        print(f"{'Published once' if good else 'WRONG'}: {name}, {target['permalink'] or target['state']}")
    show_app("prefer-light", "light")
    show_app("prefer-dark", "dark")
    print(f"Pictures of the views: {OUT}/*.png")
    sys.exit(1 if wrong or len(public) != len(posts) else 0)
finally:
    sandbox.terminate()
