# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people may demand, by hand, and what the window says when it is done beside it."""

import os
import sqlite3
import subprocess
import time
from functools import partial

import overlay
from gui import App, wait_for
from harness import APP_ID, HOME, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl

tap = Checks()
data = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm")
sandbox = Sandbox()
brand = ctl("brand", "add", "Harbour Café")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
post = ctl("post", "add", "--brand", brand, "--account", page, "--text", "Waffles on Sunday",
           "--at", f"{time.gmtime().tm_year + 1}-06-06T09:00")[0]["post"]["id"]
ctl("policy", "accept")
publisher = subprocess.Popen([PUBLISHER])
wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "running")



def end_publisher():
    """Also one that the window started."""
    told = subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus",
                           "--method", "org.freedesktop.DBus.GetConnectionUnixProcessID", "com.nkonsept.Smm.Publisher"],
                          capture_output=True, text=True, check=True).stdout
    os.kill(int(told.strip("(),\n").split()[-1]), 15)


# --- While something is deleted for good, which an end of the publisher interrupted ---
base = sqlite3.connect(os.path.join(data, "library.db"), timeout=20)
base.execute("INSERT OR REPLACE INTO setting (key, value) VALUES ('erase.unfinished', '1')")
base.commit()
base.close()
app = App()
seen = partial(overlay.seen, app)
click = partial(overlay.click, app)
tap.check(wait_for(lambda: seen(None, "Deleting for good…")), "that something is being deleted is seen")
app.picture("erasing")
publisher.terminate()
publisher.wait(20)
tap.check(wait_for(lambda: not seen(None, "Deleting for good…")), "until the next publisher has done it")

# --- A report, to be read before anybody gets it ---
app.key("F10")
tap.check(wait_for(lambda: app.find("menu item", "Report a Problem…", 0.5)), "the menu has it")
app.key("Up", "Up", "Return")
tap.check(wait_for(lambda: seen("push button", "=Copy") and app.find(None, "Nothing of this is sent", 1)), "a report is shown")
report = wait_for(lambda: [text for text in [seen("text", "=Report").get_text()] if "Schema: " in text])
tap.check(report and "GTK 4" in report[0] and "Harbour" not in report[0] and HOME not in report[0], f"it has nothing of anybody ({report})")
app.picture("report")
app.key("alt+c")
tap.check(app.find(None, "The report is copied", 10), "it can be copied")
app.key("Escape")
tap.check(wait_for(lambda: not app.shown("Nothing of this is sent")), "and goes with Escape")

# --- A workspace that is closed, and goes on ---
def state():
    return ctl("post", "show", post)[0]["post"]["targets"][0]["state"], ctl("workspace", "status")[0]["workspace"]["state"]


app.click(None, "=Calendar")
app.key("ctrl+comma")
click("page tab", "=Privacy")
click("push button", "=Close My Workspace…")
tap.check(app.find(None, "Close Your Workspace?", 15) and app.find(None, "Waffles on Sunday"), "closing asks, and says which posts are held")
app.picture("close")
app.key("alt+w")
tap.check(wait_for(lambda: state() == ("held", "closing")), f"then it is being closed, and the post is held ({state()})")
tap.check(wait_for(lambda: seen("push button", "=Undo Closing the Workspace")), "and can be undone there")
app.picture("closing-preferences")
app.key("Escape")
tap.check(wait_for(lambda: not app.shown("Send Mails")), "the preferences are closed")
tap.check(wait_for(lambda: seen(None, "1 post is held")), "the window says what is held, and until when")
app.picture("closing")
app.click("push button", "=Show Posts")
tap.check(wait_for(lambda: seen(None, "Waffles on Sunday")), "and shows which")
app.picture("closing-posts")
app.click("push button", "=Undo Closing the Workspace")
tap.check(wait_for(lambda: state() == ("scheduled", "open")), f"undone, it is scheduled again ({state()})")
tap.check(wait_for(lambda: not seen(None, "1 post is held")), "and the window says nothing of it any more")

# --- Everything, by the command line, with the preferences and a post open ---
app.click(None, "=Calendar")
app.key("ctrl+n")
tap.check(app.find("push button", "Schedule", 10), "a post is being written")
app.type("Nobody will read this")
app.key("ctrl+comma")
tap.check(app.find("page tab", "=Privacy", 10), "and the preferences are open")
ctl("privacy", "erase", "--all", "--yes")
tap.check(app.find(None, "Everything Was Deleted", 20), "the window says that everything was deleted")
tap.check(wait_for(lambda: not app.shown("Send Mails")), "and what showed something of it is closed")
app.picture("erased")
tap.check(not os.path.exists(data) and not ctl("publisher", "status", expect=None)[0].get("publisher", {}).get("library"),
          "nothing was made in its place")
app.act("push button", "=Start Again")
tap.check(app.find("push button", "Set Up a Brand", 20), "what one asks for begins anew")
tap.check(wait_for(lambda: os.path.exists(os.path.join(data, "library.db"))) and ctl("brand", "list") == [], "and is empty")
app.picture("anew")

# --- The file taken away, and nobody asks for another ---
ctl("brand", "add", "The Second")
tap.check(wait_for(lambda: seen(None, "=Calendar")), "it works as the first did")
os.rename(os.path.join(data, "library.db"), os.path.join(data, "taken"))
end_publisher()
tap.check(app.find(None, "The Library Is Gone", 20), "a library that was taken away is missed")
tap.check(not os.path.exists(os.path.join(data, "library.db")), "and no other is made in its place")
app.picture("gone")
os.rename(os.path.join(data, "taken"), os.path.join(data, "library.db"))
app.act("push button", "=Start Again")
tap.check(wait_for(lambda: seen(None, "=Calendar")) and [line["brand"]["name"] for line in ctl("brand", "list")] == ["The Second"],
          "put back, it is there again")
app.close()
sandbox.stop()
tap.end()
