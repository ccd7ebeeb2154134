# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways to sign in beside the browser's visit, of a Meta app that is Live: by a pasted address, by a
page of the user's own, by a window of its own, and how each ends badly."""

import json
import os
import socket
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from harness import APP_ID, CTL, HOME, PAGE, SECRET, Checks, Sandbox, ctl

LANDING = "https://www.facebook.com/connect/login_success.html"
RELAY = "https://shop.example/sign-in.html"
tap = Checks()
sandbox = Sandbox()
sandbox.call("POST", "settings", {"app_mode": "live", "redirects": [RELAY]})
ctl("profile", "set", "--name", "A Person", "--email", "a@example.com", "--organization", "A Shop")
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def fetch(url):
    try:
        with urllib.request.build_opener(Stay, urllib.request.ProxyHandler({})).open(url, None, 20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("Location") or error.read().decode()


class SignIn:
    def __init__(self, *args, platform="facebook", **env):
        self.process = subprocess.Popen(
            [CTL, "--json", "account", "connect", platform, "--brand", brand, "--no-browser", *args],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ, **env))
        first = json.loads(self.process.stdout.readline())
        self.url = first.get("authorize_url", "")
        self.first = first
        self.asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.url).query))

    def end(self, *lines):
        out, err = self.process.communicate("".join(line + "\n" for line in lines), timeout=30)
        return self.process.returncode, [json.loads(line) for line in out.splitlines()], err


def accounts():
    return [line["account"]["remote_id"] for line in ctl("account", "list")]


bus = os.path.join(HOME, "bus.conf")
with open(bus, "w", encoding="utf-8") as file:
    file.write("""<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow own="*"/></policy></busconfig>""")
done = subprocess.run(["dbus-run-session", f"--config-file={bus}", "--", CTL, "--json", "account", "connect", "facebook",
                       "--brand", brand, "--no-browser"], text=True, timeout=8, check=False)
told = json.loads(done.stdout.splitlines()[-1])["error"]
tap.check(done.returncode == 3 and told["code"] == "keyring-absent" and told["fix"] == "install-keyring",
          f"without a keyring it is said what to install ({told['message']})")
tap.check(accounts() == good, "none of it changes what is connected")
sandbox.stop()
tap.end()
