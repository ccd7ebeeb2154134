# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an account to a post that was moved, by keyboard alone: the pointer is never touched, and the
focus is where the next key is meant for."""

from gui import App, wait_for
from harness import APP_ID, SECRET, Checks, Sandbox, ctl
from user_browser import install_browser

tap = Checks()
sandbox = Sandbox()
install_browser()

ctl("profile", "set", "--name", "A Person", "--email", "a@example.com", "--organization", "A Shop")
ctl("brand", "add", "A Shop", "--timezone", "UTC")


def posts():
    return [line["post"] for line in ctl("post", "list", expect=None) if "post" in line]


def focus(name):
    """What has the focus, as soon as that is called so."""
    return wait_for(lambda: next((told for told in app.focused() if name in told), None))


def reach(name, key="Tab", limit=40):
    for _ in range(limit):
        if any(name in told for told in app.focused()):
            return True
        app.key(key)
    return False


app = App()

# --- Connect ---

tap.check(focus("Today"), "the calendar has the focus from the start")
app.key("ctrl+3")
tap.check(wait_for(lambda: app.find("push button", "Connect Accounts", 1)), "Ctrl+3 shows the accounts")
tap.check(reach("Connect Accounts"), f"Tab reaches the button that connects ({list(app.focused())})")
app.key("Return")
tap.check(app.find(None, "Step 1 of 4", 10), "it is asked which accounts")
app.key("Return")
tap.check(app.find(None, "Step 2 of 4", 10), "its keys are asked for")
app.type(APP_ID)
app.key("Tab")
app.type(SECRET)
app.key("Return")
tap.check(app.find(None, "Step 4 of 4", 25), "the browser came back")
app.picture("keyboard-connect")
tap.check(reach("Connect"), f"Tab reaches “Connect” ({list(app.focused())})")
app.key("Return")
tap.check(app.find(None, "Posts can go out", 20), "connected")
tap.check(reach("Done"), f"Tab reaches “Done” ({list(app.focused())})")
app.key("Return")
tap.check(wait_for(lambda: [line for line in ctl("account", "list", expect=None) if "account" in line]), "the account is in the library")

# --- Write and schedule ---

app.key("ctrl+1")
tap.check(focus("posts"), f"Ctrl+1 leads back to a day of the calendar ({list(app.focused())})")
app.key("Down")
tap.check(focus("0 posts"), "an arrow leads to another day")
app.key("Return")
tap.check(focus("Text of the post"), "Return on a day starts a post there")
app.type("Rye by hand")
tap.check(wait_for(lambda: [post["text"] for post in posts()] == ["Rye by hand"]), "which is kept as it is written")
tap.check(reach("on Instagram", "shift+Tab"), f"Shift+Tab leads to the accounts ({list(app.focused())})")
app.key("space")
tap.check(wait_for(lambda: len(posts()[0]["targets"]) == 1), "and Space leaves one out")
tap.check(reach("Add Media"), f"Tab goes on to the media ({list(app.focused())})")
app.key("Tab")
app.type("Come early")
tap.check(wait_for(lambda: ctl("post", "show", posts()[0]["id"])[0]["post"].get("first_comment") == "Come early"),
          "and to the first comment")
app.picture("keyboard-write")
app.key("ctrl+Return")
tap.check(wait_for(lambda: posts()[0]["state"] == "scheduled"), f"Ctrl+Return schedules it ({posts()[0]['state']})")
at = posts()[0]["wall_time"]

# --- Move ---

tap.check(reach("Rye by hand", limit=60), f"the post can be reached ({list(app.focused())})")
app.key("alt+Right")
tap.check(wait_for(lambda: posts()[0]["wall_time"][:10] > at[:10]), f"Alt+Right moves it to the next day ({at}, {posts()[0]['wall_time']})")
tap.check(posts()[0]["wall_time"][10:] == at[10:], "at the same time")
tap.check(focus("Rye by hand"), "and it keeps the focus")
app.key("m")
tap.check(wait_for(lambda: app.find("push button", "=Move", 1)), "M asks where to")
app.picture("keyboard-move")
app.key("Escape")
tap.check(focus("Rye by hand"), "and Escape leaves it where it is")
app.key("ctrl+z")
tap.check(wait_for(lambda: posts()[0]["wall_time"] == at), "Ctrl+Z moves it back")
tap.check(app.process.poll() is None, "the window is still there")
app.close()
sandbox.stop()
tap.end()
