# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign-ins that go wrong, of the real programs: nothing is kept, and what was there stays good."""

import glob
import json
import os
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from harness import APP_ID, CTL, HOME, PAGE, SECRET, Checks, Sandbox, ctl

NO_TASKS = "104857600999888"   # a Page this person may not publish on

tap = Checks()
sandbox = Sandbox()
ctl("profile", "set", "--name", "A Person", "--email", "a@example.com", "--organization", "A Shop")
brand = ctl("brand", "add", "A Shop", "--timezone", "Europe/Helsinki")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)


class SignIn:
    """One sign-in, with this script as the browser."""

    def __init__(self, *args, platform="facebook"):
        self.process = subprocess.Popen(
            [CTL, "--json", "account", "connect", platform, "--brand", brand, "--no-browser", *args],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.url = json.loads(self.process.stdout.readline())["authorize_url"]
        self.parameters = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.url).query))

    def end(self):
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, [json.loads(line) for line in out.splitlines()]

    def code(self):
        """What the platform's page sends the browser back with, not delivered yet."""
        answer = fetch(self.url)
        assert answer[0] == 302, answer
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(answer[1]).query))["code"]

    def bring(self, **parameters):
        return fetch(self.parameters["redirect_uri"] + "?" + urllib.parse.urlencode(parameters))[0]


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def fetch(url, data=None):
    try:
        with urllib.request.build_opener(Stay, urllib.request.ProxyHandler({})).open(url, data, 20) as answer:
            return answer.status, None
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("Location")


def error_code(lines):
    return lines[-1].get("error", {}).get("code") if lines else None


def accounts():
    return [line["account"] for line in ctl("account", "list")]


# The person says no on the platform's page.
sign_in = SignIn("--select", "all")
parts = urllib.parse.urlsplit(sign_in.url)
status, location = fetch(parts._replace(query="").geturl(),
                         urllib.parse.urlencode({**sign_in.parameters, "decision": "deny"}).encode())
tap.check(status == 302 and "access_denied" in location, "the platform's page sends the refusal back")
status, _ = fetch(location)
code, lines = sign_in.end()
tap.check(status == 400 and code != 0 and error_code(lines) is not None, "a denied sign-in fails")
tap.check(accounts() == [], "a denied sign-in connects nothing")

# The answer to somebody else's sign-in, with a code that is good.
sign_in = SignIn("--select", "all")
status = sign_in.bring(code=sign_in.code(), state="x" * 64)
code, lines = sign_in.end()
tap.check(status == 400 and code != 0, "an answer with another state fails")
tap.check(accounts() == [], "an answer with another state connects nothing")

# A right answer, and the same brought again.
sign_in = SignIn("--select", PAGE)
used = sign_in.code()
status = sign_in.bring(code=used, state=sign_in.parameters["state"])
try:
    again = sign_in.bring(code=used, state=sign_in.parameters["state"])
except (urllib.error.URLError, ConnectionError):
    again = None   # nobody listens any more
code, lines = sign_in.end()
tap.check(status == 200 and code == 0 and lines[0]["account"]["remote_id"] == PAGE, "a right answer connects the Page")
tap.check(again != 200, "the same answer a second time is refused")
good = accounts()
tap.check([account["remote_id"] for account in good] == [PAGE], "one account is there")

# A code that was used, in a sign-in of its own: the platform refuses it.
sign_in = SignIn("--select", "all")
status = sign_in.bring(code=used, state=sign_in.parameters["state"])
code, lines = sign_in.end()
tap.check(status == 200 and code != 0 and error_code(lines) is not None, "a used code fails")
tap.check(accounts() == good, "a used code changes no account")
# A code of another sign-in: its verifier is not ours.
other = SignIn("--select", "all")
foreign = other.code()
other.bring(error="access_denied", state=other.parameters["state"])
other.end()
sign_in = SignIn("--select", "all")
sign_in.bring(code=foreign, state=sign_in.parameters["state"])
code, lines = sign_in.end()
tap.check(code != 0 and accounts() == good, "another sign-in's code fails")
# No code at all.
sign_in = SignIn("--select", "all")
sign_in.bring(code="", state=sign_in.parameters["state"])
tap.check(sign_in.end()[0] != 0 and accounts() == good, "an answer without a code fails")
tap.check(ctl("account", "check", good[0]["id"])[0]["account"]["state"] == "ok",
          "the account that was connected still works")

# A Page the person may only look at.
sign_in = SignIn("--select", NO_TASKS)
sign_in.bring(code=sign_in.code(), state=sign_in.parameters["state"])
code, lines = sign_in.end()
tap.check(code != 0 and error_code(lines) == "not-found", "a Page without tasks can't be chosen")
sign_in = SignIn("--select", "all")
sign_in.bring(code=sign_in.code(), state=sign_in.parameters["state"])
code, lines = sign_in.end()
tap.check(code == 0 and NO_TASKS not in [line["account"]["remote_id"] for line in lines if "account" in line],
          "all that can be connected leaves it out")
tap.check([(account["id"], account["remote_id"]) for account in accounts()] == [(good[0]["id"], PAGE)],
          "connecting again keeps the account's id")

# The platform's answers break in the middle of a sign-in.
for fault in [{"kind": "close-after"}, {"kind": "malformed"}, {"kind": "html"}, {"kind": "redirect"},
              {"kind": "status-before", "status": 500}, {"kind": "wrong-types"}, {"kind": "empty"}]:
    for path in ["/oauth/access_token$", "/me/accounts$"]:
        sandbox.clear_faults()
        sandbox.fault({"path_regex": path, "nth": 1, "times": 1}, fault)
        sign_in = SignIn("--select", "all")
        sign_in.bring(code=sign_in.code(), state=sign_in.parameters["state"])
        code, lines = sign_in.end()
        # A list that got lost on a connection used before is asked for again by itself.
        repeated = fault["kind"] == "close-after" and path.startswith("/me")
        tap.check((repeated or code != 0) and [account["id"] for account in accounts()] == [good[0]["id"]],
                  f"{fault['kind']} at {path}: all or nothing")
sandbox.clear_faults()
tap.check(ctl("account", "check", good[0]["id"])[0]["account"]["state"] == "ok",
          "after all that the account still works")

# The key of the tokens is lost: the account can't be used, and can still be disconnected.
keys = glob.glob(HOME + "/**/vault.key", recursive=True)
tap.check(len(keys) == 1, "there is one key file")
os.unlink(keys[0])
tap.check(error_code(ctl("account", "check", good[0]["id"], expect=None)) is not None, "without the key a check fails")
gone = ctl("account", "disconnect", good[0]["id"], "--yes")[0]["disconnected"]
tap.check(gone == {"id": good[0]["id"], "revoked": False}, "and disconnecting works, untold to the platform")
tap.check([account["state"] for account in accounts()] == ["disconnected"], "the account is disconnected")
sandbox.stop()
tap.end()
