# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sign-in that goes wrong, by hand: each end is told with its cause and its way out, and after the last
one the account is connected, in the window of its own. Pointer and keyboard are real."""

import json
import os
import signal
import subprocess
import sys
import time
from urllib.parse import unquote

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gui import App, wait_for, xdotool  # noqa: E402
from harness import APP_ID, BUILD, CTL, HOME, SECRET, SOURCE, Checks, Sandbox, ctl  # noqa: E402
from user_browser import install_browser  # noqa: E402

RELAY = "https://shop.example/sign-in.html"
tap = Checks()
sandbox = Sandbox()
ctl("profile", "set", "--name", "A Person", "--email", "a@example.com", "--organization", "A Shop")
ctl("brand", "add", "A Shop", "--timezone", "UTC")
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
lib = os.path.join(HOME, "lib")
os.mkdir(lib)
for name in ["media/nkonsept-smm-media", "signin/nkonsept-smm-signin"]:
    os.symlink(f"{BUILD}/src/{name}", os.path.join(lib, os.path.basename(name)))


# It does what the file "mode" says: allow, deny, answer for another sign-in, keep the address that the
# platform sends it to, or be sent on by a page of the user's own.
BROWSER = f"""#!{sys.executable}
import sys, urllib.error, urllib.parse, urllib.request
sys.path.insert(0, "{SOURCE}/build-aux")
from browse import browse
mode = open("{HOME}/mode").read()
asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(sys.argv[1]).query))
back = {{"deny": "error=access_denied&state=" + asked["state"], "state": "code=x&state=another"}}.get(mode)
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None
def sent_to():
    try:
        urllib.request.build_opener(Stay, urllib.request.ProxyHandler({{}})).open(sys.argv[1], None, 20)
    except urllib.error.HTTPError as error:
        return error.headers["Location"]
try:
    if mode == "keep":
        open("{HOME}/landed", "w").write(sent_to())
    elif mode == "relay":
        answer = urllib.parse.urlsplit(sent_to()).query
        port = urllib.parse.parse_qs(answer)["state"][0].rpartition(".")[2]
        browse("http://127.0.0.1:" + port + "/callback?" + answer)
    else:
        browse(asked["redirect_uri"] + "?" + back if back else sys.argv[1])
except OSError as error:
    print(error)
"""


def mode(text):
    with open(os.path.join(HOME, "mode"), "w", encoding="utf-8") as script:
        script.write(text)


def begin():
    app.act("push button", "Connect Accounts")
    app.find(None, "Step 1 of 4", 10)
    app.key("Return")
    app.find(None, "Step 3 of 4", 10)


def window():
    return wait_for(lambda: xdotool("search", "--onlyvisible", "--name", "^Sign In to Facebook").strip(), 30)


def close_window():
    """A key that came too early is lost; the window is there to take the next one."""
    def look():
        shown = xdotool("search", "--onlyvisible", "--name", "^Sign In to Facebook").strip()
        if shown:
            xdotool("windowactivate", "--sync", shown.split()[0], "key", "Escape")
        return not shown
    return wait_for(look, 30)


# What the toolkit complains of is a fault too.
STRICT = {"SMM_LIBEXECDIR": lib, "G_DEBUG": "fatal-criticals"}

# --- Nobody comes back ---
with open(sandbox.endpoints, encoding="utf-8") as file:
    quick = file.read().replace("[timing]", "[timing]\nsign-in=2")
with open(os.path.join(HOME, "quick.ini"), "w", encoding="utf-8") as file:
    file.write(quick)
app = App(SMM_ENDPOINTS=os.path.join(HOME, "quick.ini"), **STRICT)
app.click(None, "=Accounts")
begin()
tap.check(app.find(None, "Nobody came back from the browser", 20) and app.shown("URL Blocked")
          and wait_for(lambda: "Sign In Again" in app.focused()), "time-out: it is said, and why it may be, with a button to begin again")
app.picture("signin-late")
app.key("Return")
tap.check(wait_for(lambda: not app.shown("Nobody came back"), 10) and app.find(None, "Nobody came back", 20), "which does")
app.close()

# --- Another program's sign-in waits beside this one ---
ports = os.environ.get("SMM_BUSY_PORTS_LIBRARY")
taken = os.path.join(HOME, "taken")
app = App(**STRICT, **({"LD_PRELOAD": ports, "SMM_BUSY_PORTS": taken} if ports else {}))
app.click(None, "=Accounts")
other = subprocess.Popen([CTL, "--json", "account", "connect", "facebook", "--brand", ctl("brand", "list")[0]["brand"]["id"],
                          "--no-browser", "--select", "all"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
tap.check("localhost" in unquote(json.loads(other.stdout.readline())["authorize_url"]), "another program waits for a browser too")

# --- No port is free ---
if ports:
    open(taken, "w", encoding="utf-8").close()
    begin()
    tap.check(app.find(None, "No port of this computer is free", 10) and app.shown("Nothing was sent"), "no port: it is said")
    app.picture("signin-no-port")
    os.unlink(taken)
    app.click("push button", "Try Again")
    tap.check(app.find(None, "Waiting for your browser", 10), "and gone on once one is")
    app.click("push button", "=Cancel")
    app.find("push button", "Connect Accounts", 10)

# --- Without a browser ---
begin()
tap.check(app.find(None, "No browser could be opened", 10), "no browser: it is said, with the address to copy")
app.picture("signin-no-browser")
app.click("push button", "=Cancel")
app.find("push button", "Connect Accounts", 10)

# --- The browser brings what it should not ---
install_browser(BROWSER)
mode("deny")
begin()
tap.check(app.find(None, "You did not allow the access", 10), "denied: it is said that nothing was connected")
mode("state")
app.click("push button", "Sign In Again")
tap.check(app.find(None, "belongs to another sign-in", 10) and app.shown("older page"), "another sign-in's answer: it is said what it may be")

# --- Another way ---
sandbox.call("POST", "settings", {"auto_approve": False, "decline": ["pages_manage_engagement", "instagram_content_publish"], "app_mode": "live"})
app.click(None, "Another Way to Sign In")
tap.check(app.find(None, "Through a page of your own", 10), "there are other ways, for an app that is Live")
app.picture("signin-ways")
app.click(None, "=In a window of its own")
tap.check(window(), "the window comes")
tap.check(app.find(None, "Waiting for the sign-in window", 10), "and is waited for")
listed = app.find("label", "connect/login_success.html")
tap.check(listed and listed.get_place().width > 0 and app.shown("Embedded Browser OAuth Login"),
          "with the address that the app at Meta has to list for it")
app.picture("signin-window")
close_window()
tap.check(app.find(None, "You closed the window", 20), "closed: it is said")
sandbox.call("POST", "settings", {"auto_approve": True, "redirects": [RELAY]})


def choose(way, ready):
    app.click(None, "Another Way to Sign In")
    app.find(None, way, 10)
    app.click(None, "=" + way)
    return wait_for(ready, 20)


def again():
    """Left, and begun anew: the way that was not gone to its end is not remembered."""
    app.click("push button", "=Cancel")
    app.find("push button", "Connect Accounts", 10)
    begin()


# --- A pasted address ---
mode("keep")
landed = os.path.join(HOME, "landed")
tap.check(choose("With the browser, and paste its address", lambda: os.path.exists(landed) and os.path.getsize(landed)),
          "the browser ends on the platform's own page")
app.picture("signin-paste")
tap.check(wait_for(lambda: "Final address" in app.focused()), "where it goes is ready to be typed in")
app.type("https://www.facebook.com/connect/login_success.html")
app.key("Return")
tap.check(app.find(None, "belongs to another sign-in", 10), "an address that is not it is refused")
app.picture("signin-paste-wrong")
app.type(open(landed, encoding="utf-8").read())
app.key("Return")
tap.check(app.find(None, "Step 4 of 4", 30), "the one it ended at, pasted, goes on")
again()

# --- A page of the user's own ---
mode("relay")
tap.check(choose("Through a page of your own", lambda: app.shown("Put this page on your own")), "the page is explained")
wait_for(lambda: (app.find("push button", "=Use Page") or app.root).get_place().width > 0)
time.sleep(0.3)
app.type("http://shop.example/sign-in.html")
app.key("Return")
tap.check(wait_for(lambda: app.shown("begins with https://")), "a page that is not https is refused")
app.key("ctrl+a")
app.type(RELAY)
app.picture("signin-relay")
app.click("push button", "=Use Page")
tap.check(app.find(None, "Step 4 of 4", 30), "the page sends the browser back here")
again()

# --- The window, to the end ---
app.click(None, "Another Way to Sign In")
app.find(None, "In a window of its own", 10)
app.click(None, "=In a window of its own")
tap.check(app.find(None, "Step 4 of 4", 30), "the window brings the answer of an app that is Live")
tap.check(app.find(None, "First comments and replies don’t go out", 5), "what was not allowed is said with what does not go")
tap.check(app.shown("Nothing can be published on Instagram"), "of Instagram, too, which the same sign-in is for")
app.picture("signin-partial")
app.click("push button", "=Connect")
tap.check(app.find(None, "Posts can go out", 20), "connected")
app.act("push button", "=Done")
tap.check(app.find(None, "A permission is missing", 10), "its card says so too")
tap.check(other.poll() is None, "the other program waits on, for its own answer")
other.terminate()
other.wait()

# --- The keyring is locked ---
before = ctl("account", "list")
subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
                "--method", "org.freedesktop.Secret.Service.Lock", "[objectpath '/org/freedesktop/secrets/collection/login']"],
               check=True, stdout=subprocess.DEVNULL)
begin()


def dismiss():
    """The keyring's own prompt, where there is one, is refused."""
    for shown in xdotool("search", "--onlyvisible", "--class", "gcr-prompter").split():
        xdotool("windowactivate", shown, "key", "Escape")
    return app.find("push button", "Unlock Keyring", 0.1)


tap.check(wait_for(dismiss, 30), "a locked keyring: a button offers to unlock it")
app.picture("signin-locked")
subprocess.run(["gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets", "--daemonize"], input=b"\n",
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
app.click("push button", "Unlock Keyring")
tap.check(app.find(None, "Step 4 of 4", 30), "and the sign-in goes on, in the way that worked before")
app.click("push button", "=Cancel")
tap.check([line["account"]["id"] for line in ctl("account", "list")] == [line["account"]["id"] for line in before], "cancelled: nothing changed")

# --- There is no keyring ---
services = os.path.join(os.environ["XDG_DATA_HOME"], "dbus-1", "services")
os.makedirs(services, exist_ok=True)
with open(os.path.join(services, "org.freedesktop.secrets.service"), "w", encoding="utf-8") as file:
    file.write("[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/nowhere\n")


def ask_bus(method, *args):
    return subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
                           "--method", "org.freedesktop.DBus." + method, *args], check=True, capture_output=True, text=True).stdout


os.kill(int(ask_bus("GetConnectionUnixProcessID", "org.freedesktop.secrets").split()[1].strip(",)")), signal.SIGTERM)
wait_for(lambda: "false" in ask_bus("NameHasOwner", "org.freedesktop.secrets"))
ask_bus("ReloadConfig")
begin()
tap.check(app.find(None, "This session has no keyring", 30) and app.shown("never in a file"),
          "no keyring: it is said what to install, and that nothing goes elsewhere")
app.picture("signin-no-keyring")
os.unlink(os.path.join(services, "org.freedesktop.secrets.service"))
ask_bus("ReloadConfig")
subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets", "--daemonize"], input=b"\n",
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
app.click("push button", "Try Again")
tap.check(app.find(None, "Step 4 of 4", 30), "once there is one the sign-in goes on")
app.click("push button", "=Cancel")
tap.check(app.close() is not None, "the window closes")
sandbox.stop()
tap.end()
