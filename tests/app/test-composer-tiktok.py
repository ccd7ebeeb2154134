# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The TikTok part of the form, by pointer: what the audit looks for (api/tiktok.md section 6.12). The
platform here is a few lines that sign in and say what the creator may post."""

import datetime
import http.server
import json
import os
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from gui import App, wait_for, xdotool
from harness import CTL, HOME, SECRET, Checks, ctl, stay_in_day, write_picture

OPEN_ID = "-000Fq2rT9vXwYkLm3NpQs7uAbCdEfGhIjK"
TEXT = "Kneading, in thirty seconds"
tap = Checks()


class TikTok(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked = 0
    stopped = False

    def log_message(self, *args):
        pass

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        second = "act.2" in self.headers["Authorization"]
        self.answer({"data": {"user": {"open_id": OPEN_ID + "2" * second, "display_name": "Southside" if second else "Northside",
                                       "username": "southside" if second else "northside"}},
                     "error": {"code": "ok", "message": "", "log_id": "1"}})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        if self.path == "/v2/oauth/token/":
            n = 2 if "c0de2" in body else 1
            return self.answer({"access_token": f"act.{n}!1", "expires_in": 86400, "open_id": OPEN_ID + "2" * (n - 1),
                                "refresh_token": f"rft.{n}!1", "refresh_expires_in": 15552000, "token_type": "Bearer",
                                "scope": "user.info.basic,user.info.profile,video.publish,video.upload"})
        TikTok.asked += 1
        if "act.2" in self.headers["Authorization"]:
            return self.answer({"data": {"creator_nickname": "Molen Zuid", "creator_username": "molenzuid",
                                         "privacy_level_options": ["FOLLOWER_OF_CREATOR", "SELF_ONLY"],
                                         "comment_disabled": False, "duet_disabled": True, "stitch_disabled": True,
                                         "max_video_post_duration_sec": 600},
                                "error": {"code": "ok", "message": "", "log_id": "4"}})
        if TikTok.stopped:
            return self.answer({"data": {}, "error": {"code": "spam_risk_too_many_posts", "message": "", "log_id": "2"}})
        return self.answer({"data": {"creator_nickname": "Bakkerij Linde", "creator_username": "bakkerijlinde",
                                     "privacy_level_options": ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"],
                                     "comment_disabled": False, "duet_disabled": False, "stitch_disabled": True,
                                     "max_video_post_duration_sec": 600},
                            "error": {"code": "ok", "message": "", "log_id": "3"}})


def options():
    return ctl("post", "show", post)[0]["post"]["options"]


def press(name):
    """Rows are pressed where their words are."""
    node = wait_for(lambda: app.find("label", "=" + name, 1))
    xdotool("mousemove", *app.middle(node))
    time.sleep(0.2)
    xdotool("click", 1)
    time.sleep(0.8)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), TikTok)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_address[1]}"
os.environ["SMM_ENDPOINTS"] = os.path.join(HOME, "endpoints.ini")
with open(os.environ["SMM_ENDPOINTS"], "w", encoding="utf-8") as file:
    file.write(f"[tiktok]\nauthorize={base}\napi={base}\n")
brand = ctl("brand", "add", "Northside Bread", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "tiktok", "--app-id", "sbaw0key", "--secret-stdin", stdin=SECRET)


def sign_in(code):
    process = subprocess.Popen([CTL, "--json", "account", "connect", "tiktok", "--brand", brand, "--no-browser"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(json.loads(process.stdout.readline())["authorize_url"]).query))
    back = urllib.parse.urlencode({"code": code, "scopes": "video.publish", "state": asked["state"]})
    try:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked["redirect_uri"] + "?" + back, timeout=20).close()
    except urllib.error.HTTPError as error:
        error.close()
    return json.loads(process.communicate(timeout=60)[0].splitlines()[-1])["account"]["id"]


account = sign_in("c0de")
picture = os.path.join(HOME, "loaf.png")
write_picture(picture, 640, 800, 5)
stay_in_day()
at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
post = ctl("post", "add", "--brand", brand, "--account", account, "--text", TEXT, "--media", picture,
           "--at", f"{at:%Y-%m-%dT09:00}", "--draft")[0]["post"]["id"]

app = App(width=int(os.environ.get("SMM_WIDTH", 1280)), height=int(os.environ.get("SMM_HEIGHT", 1500)))
app.key("1", *["Next"] * (at.day == 1))
chip = wait_for(lambda: app.find(None, f", TikTok: {TEXT}", 1))
xdotool("mousemove", *app.middle(chip))
time.sleep(0.2)
xdotool("click", 1)
tap.check(wait_for(lambda: app.shown("Bakkerij Linde")), "the creator is asked for and named")
tap.check(TikTok.asked == 1, f"once ({TikTok.asked})")
tap.check(app.shown("Only you") and "Followers" not in app.names(), "the audiences are those offered")
tap.check("privacy" not in options() and app.shown("Choose who can see"), "none is chosen by itself")
app.picture("tiktok-top")
tap.check(app.shown("Turned off in this account’s TikTok settings"), "what the creator turned off is said")
tap.check(app.shown("By posting, you agree to TikTok's Music Usage Confirmation"), "the consent is there")

press("Only you")
tap.check(wait_for(lambda: options().get("privacy") == "SELF_ONLY"), f"an audience chosen by hand is saved ({options()})")
press("Disclose commercial content")
tap.check(wait_for(lambda: app.shown("You need to indicate if your content promotes yourself")), "a disclosure has to say what")
app.picture("tiktok-commercial")
press("Branded content")
tap.check(wait_for(lambda: app.shown("Branded content visibility cannot be set to private.")), "branded content is never private")
tap.check(wait_for(lambda: options() == {"branded-content": "true", "commercial-content": "true"}),
          f"and a private audience is not kept ({options()})")
tap.check(app.shown("Branded Content Policy"), "the consent names the policy")
press("Everyone")
tap.check(wait_for(lambda: options().get("privacy") == "PUBLIC_TO_EVERYONE"), "another audience is chosen by hand")
press("Allow comments")
tap.check(wait_for(lambda: options().get("comments") == "true"), "comments are off until they are turned on")
press("Allow stitches")
time.sleep(1.5)
tap.check("stitch" not in options(), "what is turned off at TikTok can't be turned on here")
app.picture("tiktok-branded")
app.key("Escape")

# A day when the account has posted enough.
TikTok.stopped = True
time.sleep(1)
chip = wait_for(lambda: app.find(None, f", TikTok: {TEXT}", 1))
xdotool("mousemove", *app.middle(chip))
time.sleep(0.2)
xdotool("click", 1)
tap.check(wait_for(lambda: app.find("push button", "TikTok Takes No Posts Now", 1)), "the button says when nothing may be posted")
tap.check(TikTok.asked == 2, f"opened again it is asked again ({TikTok.asked})")
press("Send it to the TikTok inbox")
tap.check(wait_for(lambda: options().get("inbox") == "true"), "the inbox can still be chosen")
tap.check(wait_for(lambda: app.shown("Nothing becomes public")), "and it is said what that means")
tap.check(options().get("privacy") == "PUBLIC_TO_EVERYONE", "what was chosen is not forgotten")
app.picture("tiktok-inbox")

# A second account, to which TikTok offers other audiences: what it may is chosen for it alone.
TikTok.stopped = False
app.key("Escape")
other = sign_in("c0de2")
post = ctl("post", "add", "--brand", brand, "--account", account, "--account", other, "--text", "On both", "--media", picture,
           "--at", f"{at:%Y-%m-%dT11:00}", "--draft", "--set", "privacy=PUBLIC_TO_EVERYONE")[0]["post"]["id"]


def own(account_id):
    return next(each["variant"] or {} for each in ctl("post", "show", post)[0]["post"]["targets"]
                if each["account"] == account_id).get("options")


app.point(wait_for(lambda: app.find(None, ", TikTok: On both", 1)))
tap.check(wait_for(lambda: app.shown("does not offer the chosen audience to “Molen Zuid”")), "each account is asked what it may")
app.point(app.need("push button", "=Show"))
tap.check(wait_for(lambda: app.shown("@molenzuid on TikTok")), "the button leads to the options of that account")
tap.check(wait_for(lambda: app.find("label", "=Followers", 1) and "Everyone" not in app.names()), "which are those it is offered")
press("Followers")
tap.check(wait_for(lambda: own(other) == {"privacy": "FOLLOWER_OF_CREATOR"}), f"an audience of its own ({own(other)})")
tap.check(options() == {"privacy": "PUBLIC_TO_EVERYONE"} and own(account) is None, f"the other has what it had ({options()})")
tap.check(wait_for(lambda: not app.shown("does not offer")), "and nothing is in the way any more")
press("Allow comments")
tap.check(wait_for(lambda: (own(other) or {}).get("comments") == "true"), "comments are allowed there alone")
tap.check(wait_for(lambda: app.shown("Own options: audience, comments")), "which is said")
app.picture("tiktok-second")
app.key("ctrl+z")
tap.check(wait_for(lambda: own(other) == {"privacy": "FOLLOWER_OF_CREATOR"}), f"Ctrl+Z takes a switch back ({own(other)})")
app.key("ctrl+shift+z")
tap.check(wait_for(lambda: (own(other) or {}).get("comments") == "true"), "and Ctrl+Shift+Z does it again")
tap.check(app.process.poll() is None, "the window is still there")
app.close()
tap.end()
