# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways to sign in beside the browser's visit, of a Meta app that is Live: by a pasted address, by a
page of the user's own, by a window of its own, and how each ends badly."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from harness import APP_ID, CTL, HOME, PAGE, PUBLISHER, SECRET, Checks, Sandbox, ctl

LANDING = "https://www.facebook.com/connect/login_success.html"
RELAY = "https://shop.example/sign-in.html"
tap = Checks()
sandbox = Sandbox()
sandbox.call("POST", "settings", {"app_mode": "live", "redirects": [RELAY]})
ctl("profile", "set", "--name", "A Person", "--email", "a@example.com", "--organization", "A Shop")
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)


def test_keys(expect=0):
    return ctl("platform", "test", "meta", expect=expect)[0]


# --- The keys of the app ---
tap.check(test_keys()["platform"]["app_id"] == APP_ID, "keys that belong together pass")
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin="f" * 32)
told = test_keys(1)["error"]
tap.check(told["code"] == "platform" and "Copy both again" in told["message"], f"a wrong secret is found ({told})")
sandbox.fault({"path_regex": "/debug_token$", "nth": 1, "times": 1},
              {"kind": "error", "code": 100, "message": "This app is configured as a desktop app"})
tap.check("desktop app" in test_keys(1)["error"]["message"], "an app that is marked as a desktop app is explained")
sandbox.fault({"path_regex": "/debug_token$", "nth": 1, "times": 1}, {"kind": "close-before"})
tap.check("can’t be tested now" in test_keys(1)["error"]["message"], "without an answer nothing is said against them")
sandbox.clear_faults()
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


# --- The browser's visit: refused by a page that is Live, on the platform's own page ---
sign_in = SignIn()
status, text = fetch(sign_in.url)
tap.check(status == 400 and "URL Blocked" in text, "an app that is Live refuses this computer's address")
sign_in.process.terminate()
sign_in.end()

# --- Pasted ---
sign_in = SignIn("--way", "paste", "--select", PAGE)
tap.check(sign_in.asked["redirect_uri"] == LANDING, "the browser is to end on the platform's own page")
status, location = fetch(sign_in.url)
tap.check(status == 302 and location.startswith(LANDING + "?code="), "and it does")
code, lines, err = sign_in.end("nonsense", LANDING, location.replace("state=", "state=x"), "  " + location + "  ")
tap.check(code == 0 and lines[0]["account"]["remote_id"] == PAGE, f"its address, pasted, connects ({lines})")
tap.check(err.count("This answer belongs to another sign-in") == 3, "what is not it can be pasted before")
good = accounts()
sign_in = SignIn("--way", "paste")
code, lines, err = sign_in.end(f"{LANDING}?error=access_denied&state={sign_in.asked['state']}")
tap.check("You did not allow" in err, "a refusal that is pasted is said to be one")

# --- Relayed ---
sign_in = SignIn("--relay", RELAY)
tap.check(sign_in.asked["redirect_uri"] == RELAY, "the browser is to end on the user's page")
status, location = fetch(sign_in.url)
parts = urllib.parse.urlsplit(location)
state = urllib.parse.parse_qs(parts.query)["state"][0]
tap.check(location.startswith(RELAY + "?") and state == sign_in.asked["state"] and state.rpartition(".")[2].isdigit(),
          "which learns this computer's port")
status, _ = fetch(f"http://127.0.0.1:{state.rpartition('.')[2]}/callback?{parts.query}")
code, lines, err = sign_in.end()
tap.check(status == 200 and code == 0, f"what it sends on connects ({lines})")
for wrong in ["http://shop.example/x", "https://shop.example/x?a=b", "https://shop.example/#x", "https://localhost/x", "shop"]:
    sign_in = SignIn("--relay", wrong)
    code, lines, _ = sign_in.end()
    tap.check(code == 1 and "https://" in sign_in.first["error"]["message"], f"{wrong} can't be such a page")
ctl("platform", "set", "tiktok", "--app-id", "sbaw0key", "--secret-stdin", stdin=SECRET)
sign_in = SignIn("--relay", RELAY, platform="tiktok")
tap.check("another one" in sign_in.first["error"]["message"], "TikTok takes no such page")
sign_in.end()

# --- Instagram Login: its app lists one address of this computer, letter by letter ---
LISTED = "http://localhost:27431/callback"
ctl("platform", "set", "instagram", "--app-id", "1234509876543210", "--secret-stdin", stdin=SECRET)
sandbox.call("POST", "settings", {"redirects": [RELAY, LISTED]})
for _ in range(100):  # another run of this may have the port
    sign_in = SignIn("--login", "instagram", platform="instagram")
    if sign_in.url:
        break
    sign_in.end()
    time.sleep(0.3)
status, location = fetch(sign_in.url)
tap.check(sign_in.asked["redirect_uri"] == LISTED and status == 302 and location.startswith(LISTED + "?code="),
          "Instagram's own app is told one address, and sends the browser there")
sign_in.process.terminate()
tap.check(LISTED in sign_in.end()[2], "and people are told to enter it there")
with socket.socket() as taken:
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", 27431))
        taken.listen()
    except OSError:
        pass  # somebody has it already
    sign_in = SignIn("--login", "instagram", platform="instagram")
    tap.check(sign_in.first["error"]["code"] == "port-in-use" and "27431" in sign_in.first["error"]["message"],
              f"where another program has its port it is said ({sign_in.first})")
    sign_in.end()

# --- A window, played here by a script ---
lib = os.path.join(HOME, "lib")
os.mkdir(lib)
program = os.path.join(lib, "nkonsept-smm-signin")


def play(script):
    with open(program, "w", encoding="utf-8") as file:
        file.write(f"#!/usr/bin/env python3\nimport json, sys\nline = sys.stdin.readline()\nopen({HOME + '/told'!r}, 'w').write("
                   f"line + repr(sys.argv[1:]))\ntold = json.loads(line)\nstate = told['address'].split('state=')[1].split('&')[0]\n"
                   f"{script}\n")
    os.chmod(program, 0o755)


sign_in = SignIn("--way", "window", SMM_LIBEXECDIR=HOME)
tap.check("another one" in sign_in.first["error"]["message"], "without the program that way is not there")
sign_in.end()
for script, code, message in [
        ("print('closed')", "closed", "You closed the window"),
        ("print('failed No display')", "answer", "No display"),
        ("sys.exit(3)", "answer", "stopped working"),
        ("print('x' * 100000)", "answer", "stopped working"),
        ("print('answer ' + told['redirect'] + '?code=1&state=other')", "state-mismatch", "another sign-in"),
        ("print('answer ' + told['redirect'])", "state-mismatch", "another sign-in"),
        ("print('answer ' + told['redirect'] + '?error=access_denied&state=' + state)", "denied", "did not allow"),
        ("print('answer ' + told['redirect'] + '?state=' + state)", "answer", "no sign-in code")]:
    play(script)
    sign_in = SignIn("--way", "window", SMM_LIBEXECDIR=lib)
    status, lines, err = sign_in.end()
    tap.check(status == 1 and lines and lines[0]["error"]["code"] == code and message in lines[0]["error"]["message"],
              f"{script[:30]}: {message} ({lines})")
with open(HOME + "/told", encoding="utf-8") as file:
    told = file.read().split("\n")
tap.check(told[1] == "[]", "the window has nothing in its arguments")
line = json.loads(told[0])
tap.check(line["pages"] == [sandbox.base] and line["parts"] == [] and line["redirect"] == LANDING
          and line["platform"] == "Facebook", f"and may open the simulator only ({line['pages']})")
# --- This computer's side ---
busy = socket.socket()
busy.bind(("127.0.0.1", 0))
busy.listen()
port = str(busy.getsockname()[1])
sign_in = SignIn("--port", port)
tap.check(sign_in.first["error"]["code"] == "port-in-use" and "another port" in sign_in.first["error"]["message"]
          and port in sign_in.first["error"]["message"], "a port in use is named, with the way out")
sign_in.end()
busy.close()
# With the service as the library's owner two programs can sign in side by side.
service = subprocess.Popen([PUBLISHER], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
end = time.time() + 30
while time.time() < end and subprocess.run(["gdbus", "wait", "--session", "--timeout", "1", "com.nkonsept.Smm.Publisher"],
                                           check=False, capture_output=True).returncode:
    pass
first = SignIn("--port", port)
second = SignIn("--port", port)
tap.check(second.first["error"]["code"] == "port-in-use", f"a second listener is refused ({second.first})")
second.end()
sandbox.call("POST", "settings", {"app_mode": "development"})
status, location = fetch(first.url)
fetch(location.replace("localhost", "127.0.0.1"))
tap.check(first.end()[0] == 0, "and the first one goes on")
service.terminate()
service.wait()

lines = [line for line in open(sandbox.endpoints, encoding="utf-8").read().split("\n")]
lines.insert(lines.index("[timing]") + 1, "sign-in=0.5")
quick = os.path.join(HOME, "quick.ini")
with open(quick, "w", encoding="utf-8") as file:
    file.write("\n".join(lines))
sign_in = SignIn(SMM_ENDPOINTS=quick)
status, lines, _ = sign_in.end()
tap.check(status == 1 and lines[0]["error"]["code"] == "timed-out" and lines[0]["error"]["fix"] == "account connect",
          f"nobody comes: it ends by itself ({lines})")
done = subprocess.run([CTL, "--json", "account", "connect", "facebook", "--brand", brand], capture_output=True, text=True,
                      timeout=20, check=False, env=dict(os.environ, SMM_ENDPOINTS=quick, PATH="/nowhere"))
tap.check("Open this address in your browser" in done.stderr and sandbox.base in done.stderr, "without a browser the address is shown")

# --- The keyring ---
lock = ["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
        "--method", "org.freedesktop.Secret.Service.Lock", "[objectpath '/org/freedesktop/secrets/collection/login']"]
subprocess.run(lock, check=True, stdout=subprocess.DEVNULL)
sign_in = SignIn()
tap.check(sign_in.first["error"]["code"] == "keyring-locked" and sign_in.first["error"]["fix"] == "unlock-keyring",
          f"a locked keyring is said before anything is opened ({sign_in.first})")
tap.check(sign_in.end()[0] == 3, "with a status of its own")
subprocess.run(["gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets", "--daemonize"], input=b"\n",
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
bus = os.path.join(HOME, "bus.conf")
with open(bus, "w", encoding="utf-8") as file:
    file.write("""<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="false"/><allow own="*"/></policy></busconfig>""")
# Again and again: what libsecret makes of nobody, and takes away while it is made, ended one run of ten.
again = f"for run in $(seq 30); do {CTL} --json account connect facebook --brand {brand} --no-browser; echo $?; done"
done = subprocess.run(["dbus-run-session", f"--config-file={bus}", "--", "sh", "-c", again], capture_output=True, text=True,
                      timeout=60, check=False)
runs = list(zip(*[iter(done.stdout.splitlines())] * 2))
tap.check(len(runs) == 30 and len(set(runs)) == 1 and runs[0][1] == "3", f"without a keyring every run says the same ({done.stderr[-200:]!r})")
told = json.loads(runs[0][0])["error"]
tap.check(told["code"] == "keyring-absent" and told["fix"] == "install-keyring",
          f"and what to install ({told['message']})")
tap.check(accounts() == good, "none of it changes what is connected")
sandbox.stop()
tap.end()
