# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in to TikTok with the real programs: the form of the address, the hex challenge, tokens that
rotate and end, and how a sign-in ends. The platform here is a few lines: it knows the refresh token it
gave last, and no other."""

import hashlib
import http.server
import json
import os
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request

from harness import CTL, HOME, SECRET, Checks, ctl

OPEN_ID = "-000Fq2rT9vXwYkLm3NpQs7uAbCdEfGhIjK"
KEY = "sbaw0key"


class TikTok:
    n = 0              # of the last pair
    expires_in = 7200
    scope = "user.info.basic,user.info.profile,video.publish,video.upload"
    challenge = code = redirect = None
    dead = False       # the access token, before its time
    revoked = []
    refreshes = 0
    lose = False       # the next answer to a refresh
    problems = []


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def tokens(self):
        TikTok.n += 1
        TikTok.dead = False
        return {"access_token": f"act.{TikTok.n}!1", "expires_in": TikTok.expires_in, "open_id": OPEN_ID,
                "refresh_token": f"rft.{TikTok.n}!1", "refresh_expires_in": 15552000,
                "scope": TikTok.scope, "token_type": "Bearer"}

    def do_POST(self):
        form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        if form.get("client_key") != KEY or form.get("client_secret") != SECRET:
            return self.answer(401, {"error": "invalid_client", "error_description": "Client key is wrong."})
        if self.path == "/v2/oauth/revoke/":
            TikTok.revoked.append(form.get("token"))
            return self.answer(200, {})
        if self.path != "/v2/oauth/token/":
            return self.answer(404, {})
        if form["grant_type"] == "authorization_code":
            digest = hashlib.sha256(form["code_verifier"].encode()).hexdigest()
            if form["code"] != TikTok.code or digest != TikTok.challenge or form["redirect_uri"] != TikTok.redirect:
                return self.answer(400, {"error": "invalid_grant", "error_description": "Code is wrong."})
            return self.answer(200, self.tokens())
        TikTok.refreshes += 1
        if form["refresh_token"] != f"rft.{TikTok.n}!1":
            return self.answer(400, {"error": "invalid_grant", "error_description": "Refresh token is invalid or expired."})
        pair = self.tokens()
        if TikTok.lose:
            TikTok.lose = False
            self.close_connection = True
            return None
        return self.answer(200, pair)

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path != "/v2/user/info/":
            return self.answer(404, {})
        if TikTok.dead or self.headers["Authorization"] != f"Bearer act.{TikTok.n}!1":
            return self.answer(401, {"data": {}, "error": {"code": "access_token_invalid", "message": "Invalid.", "log_id": "1"}})
        user = {"open_id": OPEN_ID, "display_name": "Bakkerij Linde", "username": "bakkerijlinde"}
        fields = urllib.parse.parse_qs(query)["fields"][0].split(",")
        return self.answer(200, {"data": {"user": {name: user[name] for name in fields if name in user}},
                                 "error": {"code": "ok", "message": "", "log_id": "2"}})


def sign_in(expect=0):
    process = subprocess.Popen([CTL, "--json", "account", "connect", "tiktok", "--brand", brand, "--no-browser"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    url = urllib.parse.urlsplit(json.loads(process.stdout.readline())["authorize_url"])
    asked = dict(urllib.parse.parse_qsl(url.query))
    TikTok.challenge, TikTok.redirect, TikTok.code = asked["code_challenge"], asked["redirect_uri"], "c0de*0!6410"
    back = urllib.parse.urlencode({"code": TikTok.code, "scopes": TikTok.scope, "state": asked["state"]})
    try:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked["redirect_uri"] + "?" + back, timeout=20).close()
    except urllib.error.HTTPError as error:
        error.close()
    out, err = process.communicate(timeout=20)
    assert expect is None or process.returncode == expect, out + err
    return url, asked, [json.loads(line) for line in out.splitlines()], err


def check(expect=0):
    return ctl("account", "check", account, expect=expect)[0]["account"]["state"]


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_address[1]}"
os.environ["SMM_ENDPOINTS"] = os.path.join(HOME, "endpoints.ini")
with open(os.environ["SMM_ENDPOINTS"], "w", encoding="utf-8") as file:
    file.write(f"[tiktok]\nauthorize={base}\napi={base}\n")

tap = Checks()
ctl("profile", "set", "--name", "A Person", "--email", "a@example.com", "--organization", "A Shop")
brand = ctl("brand", "add", "A Shop", "--timezone", "Europe/Helsinki")[0]["brand"]["id"]
done = subprocess.run([CTL, "--json", "account", "connect", "tiktok", "--brand", brand, "--no-browser"],
                      capture_output=True, text=True, timeout=20)
tap.check(done.returncode == 1 and "TikTok" in done.stdout, "without keys the command says which are missing")
ctl("platform", "set", "tiktok", "--app-id", KEY, "--secret-stdin", stdin=SECRET)

url, asked, lines, _ = sign_in()
redirect = urllib.parse.urlsplit(asked["redirect_uri"])
tap.check(url.path == "/v2/auth/authorize/" and asked["client_key"] == KEY, "the page is asked with the client key")
tap.check(redirect.hostname == "127.0.0.1" and redirect.path == "/callback/", "the address has TikTok's form")
tap.check(len(asked["code_challenge"]) == 64 and asked["code_challenge_method"] == "S256", "the challenge is hex")
tap.check(lines[-1]["account"]["remote_id"] == OPEN_ID and lines[-1]["account"]["username"] == "bakkerijlinde",
          "the account is connected")
account = lines[-1]["account"]["id"]
tap.check(lines[-1]["account"]["token_expires_at"] is not None, "it is known when the sign-in ends")
tap.check(check() == "ok" and TikTok.refreshes == 0, "a fresh token is not renewed")

TikTok.dead = True
tap.check(check() == "ok" and TikTok.refreshes == 1, "a token that ended early is renewed, once")
tap.check(check() == "ok" and TikTok.refreshes == 1, "and the new one was kept")

TikTok.expires_in = 200   # under the five minutes at which it is renewed
sign_in()
before = TikTok.refreshes
TikTok.expires_in = 7200
checks = [subprocess.Popen([CTL, "--json", "account", "check", account], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True) for _ in range(2)]
for process in checks:
    process.communicate(timeout=60)
tap.check(TikTok.refreshes == before + 1, "two programs that need a new token renew it once")
tap.check(check() == "ok", "and the account works")

listed = ctl("account", "list")
tap.check([line["account"]["id"] for line in listed] == [account], "signing in again keeps the account")

TikTok.dead, TikTok.lose = True, True
tap.check(check(expect=1) == "signed-out", "when the new pair got lost, the user is told to sign in again")
_, _, lines, _ = sign_in()
tap.check(lines[-1]["account"]["id"] == account and check() == "ok", "and after that all is well")

TikTok.scope = "user.info.basic,video.upload"
_, _, lines, err = sign_in()
tap.check("inbox" in err, "what was unticked is told by what will not work")
good = TikTok.scope
TikTok.scope = "user.info.basic"
before = ctl("account", "list")
_, _, lines, _ = sign_in(expect=1)
tap.check("video.publish" in lines[-1]["error"]["message"] and ctl("account", "list") == before,
          "too little changes nothing")

TikTok.scope = good
sign_in()
gone = ctl("account", "disconnect", account, "--yes")[0]["disconnected"]
tap.check(gone == {"id": account, "revoked": True}, "TikTok is told when the account is disconnected")
tap.check(TikTok.revoked == [f"act.{TikTok.n}!1"], "with the token that was kept")

# Nothing of it is on the disk.
found = subprocess.run(["grep", "-rlaE", r"(act|rft)\.[0-9]+!1|" + SECRET, HOME], capture_output=True, text=True, check=False)
tap.check(found.stdout == "", f"no token lies in a file: {found.stdout}")
server.shutdown()
tap.end()
