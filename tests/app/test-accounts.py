# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts by hand: each platform is connected with its own keys, what is missing is said, and a web
space is set up, tested and mended. Pointer and keyboard are real."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "webspace"))
from gui import APP, App, wait_for, walk  # noqa: E402
from harness import APP_ID, SECRET, Checks, Sandbox, ctl  # noqa: E402
from server import PASSWORD, WebDav  # noqa: E402
from user_browser import install_browser  # noqa: E402

tap = Checks()
sandbox = Sandbox()
dav = WebDav("asa")
install_browser()
ctl("profile", "set", "--name", "A Person", "--email", "a@example.com", "--organization", "A Shop")
ctl("brand", "add", "A Shop", "--timezone", "UTC")


def accounts():
    return [line["account"] for line in ctl("account", "list")]


def connect(downs, app_id, name):
    """From the header's button to the last one, by keyboard but for the two ends."""
    app.act("push button", "Connect Accounts")
    tap.check(app.find(None, "Step 1 of 4", 10), f"{name}: it is asked which accounts")
    app.picture(f"{name}-1-ways")
    app.key(*["Down"] * downs, "Return")
    tap.check(app.find(None, "Step 2 of 4", 10), f"{name}: its keys are asked for")
    app.picture(f"{name}-2-keys")
    if name == "instagram-login":
        tap.check(app.shown("enter http://localhost:27431/callback"), "which address its app has to list is told")
    app.type(app_id)
    app.key("Tab")
    if name == "facebook":
        trap = app.find(None, "While the app is in Development mode", 5)
        tap.check(trap and trap.get_place().width > 0, "what Development mode does to posts is told before the sign-in")
        app.type("wr0ng")
        app.key("Return")
        tap.check(app.find(None, "Copy both again", 20), "a wrong secret is found before the sign-in")
        app.picture(f"{name}-2-wrong")
        app.key("ctrl+a")
    app.type(SECRET)
    app.key("Return")
    for _ in range(20):  # another run of this may have the port of Instagram's app
        if app.find(None, "Step 4 of 4", 25) or not app.shown("Another program has port"):
            break
        app.act("push button", "Try Again")
    tap.check(app.find(None, "Step 4 of 4"), f"{name}: the browser came back")
    app.picture(f"{name}-4-choose")
    before = len(accounts())
    app.click("push button", "=Connect")
    tap.check(app.find(None, "Posts can go out", 20), f"{name}: connected")
    app.act("push button", "Done")
    tap.check(len(accounts()) > before, f"{name}: it is in the library")


app = App()
app.click(None, "=Accounts")
connect(0, APP_ID, "facebook")
connect(1, "1234509876543210", "instagram-login")
# What was not allowed is said, with what does not go.
sandbox.call("POST", "settings", {"tiktok_decline": "video.upload"})
connect(2, "sbawpractice012345", "tiktok")
tap.check(app.find(None, "=Data access", 10), "how long Instagram’s data may be read stands beside the sign-in’s life")
tap.check(app.find(None, "=Rights on the Page", 20), "what the person may do on the Page, as soon as the platform has said it")
tap.check(app.find(None, "Reels in 24 hours", 5), "and what is left of the day’s limits")
tap.check({account["platform"] for account in accounts()} == {"facebook", "instagram", "tiktok"}
          and "instagram" in {account["login"] for account in accounts()}, f"all are there ({accounts()})")
app.picture("accounts")

# --- A click on a notice about an account ---
def open_account(account_id):
    """As the publisher does: a second start asks the window that is there."""
    subprocess.run([APP, "--account", account_id], timeout=60, check=False)


ids = {account["platform"]: account["id"] for account in accounts()}
ctl("brand", "add", "Another Shop", "--timezone", "UTC")
app.key("ctrl+1")
tap.check(wait_for(lambda: any("posts" in told or told == "New Post" for told in app.focused())),
          f"the calendar has the keyboard ({list(app.focused())})")
open_account(ids["tiktok"])
tap.check(wait_for(lambda: "Reconnect and Allow" in app.focused()),
          f"its brand's accounts come, and the keyboard is on it ({app.focused()})")
app.picture("accounts-chosen")
open_account("nobody")
tap.check(app.find(None, "This account is not there any more", 10), "of one that is gone it is said")

# --- What ends with an account ---
def disconnect():
    """By the menu of the Page's card, to the question."""
    app.click(None, "=More about Northside Bread")
    wait_for(lambda: app.find("menu item", "=Disconnect", 0.5))
    app.key("Up", "Up", "Return")
    return app.find(None, "=Disconnect Northside Bread?", 10)


def states():
    return {account["platform"] + (account["login"] or ""): account["state"] for account in accounts()}


tap.check(disconnect(), "a disconnection is asked about")
tap.check(app.find("push button", "=End All 2 Accounts") and app.find(None, "Accounts that end too"), "with the account that ends too")
app.picture("accounts-disconnect")
app.key("Escape")
tap.check(wait_for(lambda: not app.shown("Disconnect Northside Bread?")) and states()["facebook"] == "ok", "Escape changes nothing")
disconnect()
app.act("push button", "=Keep the Others")
tap.check(wait_for(lambda: states()["facebook"] == "disconnected") and states()["instagram"] == "ok", f"the other one is kept ({states()})")
tap.check(app.find(None, "The others stay signed in", 10), "which is said")

# --- What goes for good ---
def erase():
    app.click(None, "=More about Northside Bread")
    wait_for(lambda: app.find("menu item", "Delete for Good", 0.5))
    app.key("Up", "Return")
    return app.find(None, "=Delete Northside Bread for Good?", 10)


tap.check(erase() and app.find(None, "“Disconnect” ends the sign-in and keeps all else"), "deleting an account asks, and says what keeps it")
app.picture("accounts-erase")
app.key("Escape")
tap.check(wait_for(lambda: not app.shown("Delete Northside Bread for Good?")) and "facebook" in states(), "Escape changes nothing")
erase()
app.act("push button", "=Delete for Good")
tap.check(wait_for(lambda: "facebook" not in states()) and states()["instagram"] == "ok", f"then it is gone, and it alone ({states()})")
tap.check(app.find(None, "Northside Bread is deleted for good", 10), "which is said")

# --- The web space ---
tap.check(app.find(None, "None yet", 10), "an account without a Page says that it has no web space")
app.act("push button", "Set Up Web Space")
tap.check(app.find(None, "=Kind", 10), "the form is there")
app.key("space")
app.key("Down", "Return")
tap.check(app.find(None, "Address of the Folder", 10), "WebDAV is chosen by keyboard")


def fill(name, text):
    app.click(None, f"={name}")
    app.type(text)


app.key("Tab")
app.type(dav.base + "/dav/photos")
app.key("Tab")
app.type("asa")
app.key("Tab")
app.type(PASSWORD)
app.picture("web-filled")
dav.faults = {"private"}
app.act("push button", "=Test")
tap.check(app.find(None, "strangers may not read it", 20), "the test shows what is wrong")
app.picture("web-failed")
tap.check(not ctl("webspace", "show", expect=None)[0].get("webspace"), "and nothing is saved by it")
dav.faults = set()
app.act("push button", "=Save")
shown = wait_for(lambda: ctl("webspace", "show", expect=None)[0].get("webspace"))
tap.check(shown and shown["kind"] == "webdav" and shown["user"] == "asa", f"it is saved ({shown})")
tap.check(wait_for(lambda: ctl("webspace", "show")[0]["webspace"]["tested_at"], 20), "and tested at once")
tap.check(app.find(None, "The web space works", 10), "which is said")
app.picture("web-saved")
# The form's own, not that of a window.
app.point(max((node for node in walk(app.root) if node.told == "Close" and node.get_place().width > 0), key=lambda node: node.get_place().y))
tap.check(app.find("push button", "Change Web Space", 10), "the card knows it")
app.picture("accounts-web")
tap.check(app.close() is not None, "the window closes")

# --- How it looks ---
if os.environ.get("SMM_PICTURES"):
    settings = os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0", "settings.ini")
    for name, size, env in [("dark", (1280, 820), {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}), ("narrow", (360, 780), {}),
                            ("large", (1280, 820), {})]:
        if name == "large":
            with open(settings, "a") as file:
                file.write("gtk-font-name=Cantarell 22\n")
        app = App(width=size[0], height=size[1], **env)
        if name == "narrow":
            app.act("push button", "Show the Sidebar")
        app.click(None, "=Accounts")
        app.picture(f"look-{name}")
        app.act("push button", "Connect Accounts")
        app.picture(f"look-{name}-ways")
        app.key("Down", "Return")
        time.sleep(1)
        app.picture(f"look-{name}-step")
        app.close()
sandbox.stop()
tap.end()
