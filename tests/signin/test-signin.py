# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sign-in window alone: the sandbox's page is allowed with a click, what is not of the platform is
refused and gets nothing, and nothing stays behind. Pointer and keyboard are real."""

import http.server
import json
import os
import subprocess
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "app"))
import gui  # noqa: E402
from gui import App, wait_for, xdotool  # noqa: E402
from harness import APP_ID, BUILD, CTL, HOME, SECRET, Checks, Sandbox, ctl  # noqa: E402

# A page has no names to be found by before GTK 4.14: what is to be clicked is found by its colour.
ALLOW, LEAVE, GET, BLANK, FINISH = "#2b5fb3", "#c01c28", "#26a269", "#813d9c", "#e66100"
REDIRECT = "https://www.facebook.com/connect/login_success.html"
tap = Checks()
sandbox = Sandbox()
sandbox.call("POST", "settings", {"auto_approve": False})

# The program reads what to open and writes how it ended; its window is the application here.
feed, told = os.path.join(HOME, "feed"), os.path.join(HOME, "told")
gui.APP = os.path.join(HOME, "signin")
with open(gui.APP, "w", encoding="utf-8") as file:
    file.write(f"#!/bin/sh\nexec {BUILD}/src/signin/nkonsept-smm-signin <{feed} >{told}\n")
os.chmod(gui.APP, 0o755)
os.mkfifo(feed)


class Stranger(http.server.BaseHTTPRequestHandler):
    """Another host: whoever asks it for anything is counted."""
    asked = []

    def log_message(self, *args):
        pass

    def do_GET(self):
        Stranger.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Stranger</title><p>Your password, please")

    do_POST = do_GET


stranger = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
threading.Thread(target=stranger.serve_forever, daemon=True).start()
elsewhere = f"http://127.0.0.1:{stranger.server_address[1]}"


class Page(http.server.BaseHTTPRequestHandler):
    """A page of the platform that wants what it should not get."""
    cookie = "sid=k3ptnowhere"
    relayed = 0

    def log_message(self, *args):
        pass

    def do_GET(self):
        if self.path.startswith(("/relay", "/start")):
            Page.relayed += self.path.startswith("/relay")
            target = self.path.replace("start", "relay").replace("&", "&amp;")
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write((relay if self.path.startswith("/relay") else
                              f"<a href='{target}' style='display: block; height: 200px; background: {LEAVE}'></a>").encode())
            return
        if self.path.startswith("/leave"):
            self.send_response(302)
            self.send_header("Location", elsewhere + "/stolen?" + self.path.partition("?")[2])
            self.end_headers()
            return
        if self.path == "/file":
            self.send_response(200)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Disposition", "attachment; filename=virus.bin")
            self.end_headers()
            self.wfile.write(b"x" * 1000)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Set-Cookie", Page.cookie + "; Max-Age=99999")
        self.end_headers()
        self.wfile.write(f"""<!doctype html><title>Page</title><img src="{elsewhere}/pixel">
          <script>fetch("{elsewhere}/script", {{mode: "no-cors"}}).catch(() => 0);
          new WebSocket("{elsewhere.replace('http', 'ws')}/socket");
          window.open("{elsewhere}/popup"); navigator.sendBeacon("{elsewhere}/beacon", "x");
          localStorage.setItem("k3ptnowhere", "1");</script>
          <iframe src="{elsewhere}/frame"></iframe>
          <style>a {{ display: block; height: 40px; margin: 10px }}</style>
          <a href="/leave?a=1" style="background: {LEAVE}"></a> <a href="/file" style="background: {GET}"></a>
          <a href="{elsewhere}/blank" target="_blank" style="background: {BLANK}"></a>
          <a href="{REDIRECT}?code=c0de&state=s" style="background: {FINISH}"></a>""".encode())


relay = ctl("account", "relay-page")[0]["relay_page"]["html"]
page = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
threading.Thread(target=page.serve_forever, daemon=True).start()
own = f"http://127.0.0.1:{page.server_address[1]}"


class Window(App):
    def __init__(self, address, pages, redirect=REDIRECT):
        line = {"platform": "Facebook", "address": address, "redirect": redirect, "pages": pages, "parts": []}
        # The program waits for its line, the opening of a pipe for the program.
        self.pipe = None
        self.line = json.dumps(line) + "\n"
        threading.Thread(target=self.feed, daemon=True).start()
        super().__init__(width=700, height=760)

    def feed(self):
        self.pipe = open(feed, "w", encoding="utf-8")
        self.pipe.write(self.line)
        self.pipe.flush()

    def spot(self, colour, seconds=20):
        """The middle of what has this colour, below the window's own bars."""
        wanted = bytes.fromhex(colour[1:])

        def look():
            shot = subprocess.run(["import", "-window", "root", "-crop", "700x660+0+100", "-depth", "8", "rgb:-"],
                                  capture_output=True, check=False).stdout
            at = [i // 3 for i in range(0, len(shot), 3) if shot[i:i + 3] == wanted]
            return at and len(at) > 400 and (sum(i % 700 for i in at) // len(at), 100 + sum(i // 700 for i in at) // len(at))
        return wait_for(look, seconds)

    def press(self, colour):
        """Once it lies still: a message that comes moves the page."""
        last = None
        at = self.spot(colour)
        while at != last:
            time.sleep(0.3)
            last, at = at, self.spot(colour)
        xdotool("mousemove", *at)
        xdotool("click", 1)

    def end(self, seconds=20):
        self.process.wait(seconds)
        self.pipe.close()
        with open(told, encoding="utf-8") as file:
            return file.read()


def dialog(**more):
    query = {"client_id": APP_ID, "redirect_uri": REDIRECT, "state": "s" * 64, "response_type": "code",
             "scope": "pages_show_list", **more}
    return f"{sandbox.base}/v26.0/dialog/oauth?" + urllib.parse.urlencode(query)


# --- What the person does ---
app = Window(dialog(), [sandbox.base])
tap.check(app.find(None, "Sign In to Facebook", 10), "the window says what it is")
tap.check(app.find(None, "127.0.0.1", 20), "and where its page comes from")
button = app.spot(ALLOW)
tap.check(button, "the platform's page is shown")
app.picture("signin-dialog")
with open(f"/proc/{app.process.pid}/cmdline", "rb") as file:
    arguments = file.read()
with open(f"/proc/{app.process.pid}/environ", "rb") as file:
    arguments += file.read()
tap.check(b"dialog/oauth" not in arguments and b"s" * 64 not in arguments, "nothing of it is in arguments or environment")
app.key("shift+Tab", "Return")
said = app.end()
tap.check(said.startswith("answer " + REDIRECT + "?") and "error=access_denied" in said and "state=" + "s" * 64 in said,
          f"a refusal comes back, by keyboard ({said})")

# --- What a hostile page does ---
app = Window(own + "/", [own, elsewhere])
tap.check(wait_for(lambda: {"/pixel", "/script", "/frame"} <= set(Stranger.asked)), "what is on the list is fetched")
app.spot(LEAVE)
app.key("Escape")
app.end()
Stranger.asked.clear()
app = Window(own + "/", [own])
tap.check(app.spot(LEAVE), "a page of the platform is shown")
tap.check(not app.shown("is not a page of Facebook"), "what it embeds is left out without a word")
app.press(LEAVE)
tap.check(app.find(None, "is not a page of Facebook", 20), "a redirect to another host is refused, which is said")
app.picture("signin-refused")
app.click("push button", "Start Again")
tap.check(app.spot(BLANK), "it can be begun again")
app.press(GET)
tap.check(not app.shown("is not a page of Facebook"), "a download leads nowhere")
app.press(BLANK)
tap.check(app.find(None, "is not a page of Facebook", 20), "nor is there a second window for another host")
app.press(FINISH)
tap.check(app.end() == f"answer {REDIRECT}?code=c0de&state=s\n", "the answer is taken, and not opened")
tap.check(Stranger.asked == [], f"the other host was asked for nothing ({Stranger.asked})")

# --- The page that sends a browser on to this computer ---
for state, ends in [("abc.4567", True), ("abc.4567@evil.example", False)]:
    query = urllib.parse.urlencode({"code": "c0de", "state": state})
    app = Window(f"{own}/start?{query}", [own], "http://localhost:4567/callback")
    app.press(LEAVE)
    if ends:
        tap.check(app.end() == f"answer http://localhost:4567/callback?{query}\n", "the relay page hands the answer on")
        continue
    tap.check(wait_for(lambda: Page.relayed == 2 and not app.spot(LEAVE, 0)), "the relay page was shown")
    app.key("Escape")
    tap.check(app.end() == "closed\n", "and leads nowhere with an odd state")

# --- The whole sign-in, of a Meta app that is Live: this computer's address is refused there ---
sandbox.call("POST", "settings", {"app_mode": "live"})
ctl("profile", "set", "--name", "A Person", "--email", "a@example.com", "--organization", "A Shop")
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
lib = os.path.join(HOME, "lib")
os.mkdir(lib)
os.symlink(f"{BUILD}/src/signin/nkonsept-smm-signin", f"{lib}/nkonsept-smm-signin")


def connect():
    process = subprocess.Popen([CTL, "--json", "account", "connect", "facebook", "--brand", brand, "--way", "window"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               env=dict(os.environ, SMM_LIBEXECDIR=lib))
    app.window = wait_for(find_window, 40)
    app.resize(700, 760)
    app.spot(ALLOW)
    return process


def find_window():
    return xdotool("search", "--onlyvisible", "--name", "Sign In to Facebook").strip()


process = connect()
app.press(ALLOW)
out, err = process.communicate(timeout=60)
tap.check(process.returncode == 0 and json.loads(out.splitlines()[0])["account"]["state"] == "ok", f"it connects the Page ({out}{err})")
process = connect()
app.key("Escape")
out, err = process.communicate(timeout=60)
tap.check(process.returncode == 1 and json.loads(out)["error"]["code"] == "closed" and "You closed the window" in out,
          f"a closed window is said to be that ({out})")
process = connect()
process.terminate()
process.communicate(timeout=20)
tap.check(wait_for(lambda: not find_window()),
          "the window goes with the program that opened it")

# --- What is no sign-in at all ---
for line in ["", json.dumps({"platform": "F", "address": "file:///etc/passwd", "redirect": REDIRECT,
                                             "pages": ["facebook.com"], "parts": []})]:
    done = subprocess.run([f"{BUILD}/src/signin/nkonsept-smm-signin"], input=line + "\n", capture_output=True, text=True,
                          timeout=30, check=False)
    tap.check(done.returncode == 2 and done.stdout.startswith("failed "), f"it does not begin with {line[:20]!r}")

# --- What stays ---
found = subprocess.run(["grep", "-rlaE", "k3ptnowhere|c0de|dialog/oauth", HOME, "--exclude=told", "--exclude=*.ini"],
                       capture_output=True, text=True, check=False)
tap.check(found.stdout == "", f"neither cookie nor code lie in a file ({found.stdout})")
tap.check(not [name for _, _, names in os.walk(HOME) for name in names if "virus" in name], "nothing was downloaded")
tap.check(not [name for name in os.listdir(os.environ.get("TMPDIR", "/tmp"))
               if name.startswith("nkonsept-smm-signin")], "and no folder of its own is left")
sandbox.stop()
tap.end()
