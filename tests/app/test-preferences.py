# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The preferences by hand: what is set there is what the command line tells; backups are made, checked
and restored while the window is open."""

import os
import subprocess
import time

from gui import App, name_of, wait_for, walk, xdotool
from harness import APP_ID, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl

tap = Checks()
library = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm")
sandbox = Sandbox()
with open(sandbox.endpoints, "a", encoding="utf-8") as file:  # [timing] is the last group
    file.write("mail-gather=0\n")
ctl("brand", "add", "Harbour Café")
ctl("policy", "accept", "--read", "1")
publisher = subprocess.Popen([PUBLISHER])


def setting(key):
    return ctl("settings", "get", key)[0]["setting"]["value"]


def brands():
    return [line["brand"]["name"] for line in ctl("brand", "list")]


def seen(role, name):
    """Not one of the same name on a page that is not shown."""
    for node in walk(app.root):
        told = name_of(node)
        if (told == name[1:] if name[0] == "=" else name in told) and role in (None, node.get_role_name()):
            if node.get_place().width > 0:
                return node
    return None


def click(role, name, title="Preferences"):
    """In a window that lies somewhere over the application's."""
    def find():
        for window in reversed(xdotool("search", "--onlyvisible", "--name", f"^{title}$").split()):
            told = subprocess.run(["xprop", "-id", window, "_GTK_FRAME_EXTENTS"], capture_output=True, text=True, check=False).stdout
            if "=" in told:
                return window, [int(part) for part in told.split("=")[1].split(",")]
        return None
    window, shadow = wait_for(find)
    at = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", window).splitlines() if "=" in line)
    left, top = int(at["X"]) + shadow[0], int(at["Y"]) + shadow[2]
    bottom = int(at["HEIGHT"]) - shadow[2] - shadow[3]
    x, y = app.middle(wait_for(lambda: seen(role, name)))
    for _ in range(20):
        above = y < 50 and role != "page tab"  # under the tabs, or further up
        if not above and y < bottom - 90:  # where a toast may lie
            break
        xdotool("mousemove", left + 15, top + bottom // 2)
        xdotool("click", 4 if above else 5)
        x, y = app.middle(wait_for(lambda: seen(role, name)))
    xdotool("mousemove", left + x, top + y)
    time.sleep(0.15)
    xdotool("click", 1)
    time.sleep(0.4)


def accepted():
    return ctl("policy", "status")[0]["policy"]["accepted"]


app = App()
tap.check(app.find(None, "What Is New", 15) and app.find(None, "can’t cost more than the limit"),
          "a text that is new since it was accepted is shown with what is new")
app.picture("policy")
click("push button", "=I Accept", "What Happens with Your Data")
tap.check(wait_for(lambda: accepted() == 2), "and accepted")
tap.check(wait_for(lambda: not app.shown("What Is New")), "it goes away")
app.key("ctrl+comma")
tap.check(app.find(None, "A post is published"), "the preferences open")
app.picture("general")
click(None, "=Your Name")
app.type("Ana")
app.key("Return")
tap.check(wait_for(lambda: [line["profile"]["name"] for line in ctl("profile", "show", expect=None) if "profile" in line] == ["Ana"]),
          "the name is kept")
click("page tab", "=Notices")
click("check box", "=A post is published: on the desktop")
tap.check(wait_for(lambda: setting("notify.published") == "false"), "a check is a setting")
app.picture("notices")
click("check box", "=Quiet Every Day")
tap.check(wait_for(lambda: setting("quiet.on") == "true"), "quiet hours are switched on")
click("label", "=Quiet From")
app.key("ctrl+a")
app.type("21:30")
app.key("Return")
tap.check(wait_for(lambda: setting("quiet.from") == "21:30"), "and begin when it is said")
app.picture("quiet")
click("page tab", "=AI")
app.key("ctrl+z")
tap.check(wait_for(lambda: setting("quiet.from") == "22:00"), "which can be undone")
app.key("ctrl+z")
tap.check(wait_for(lambda: setting("quiet.on") == "false"), "step by step")
app.key("ctrl+z")
tap.check(wait_for(lambda: setting("notify.published") == "true"), "and Ctrl+Z takes it back")
click("page tab", "=General")
tap.check(app.find(None, "Harbour Café"), "each brand has what happens to late posts")
app.picture("publishing")
click("page tab", "=Notices")
click("push button", "=Send Test")
tap.check(app.find(None, "Say first from and to which address"), "a test of mails says what is missing first")
for row, text, key in (("From, Such As", "A Shop", "mail.from"), ("From, Such As", "A Shop <news@example.org>", "mail.from"),
                       ("To, With Commas", "ana@example.net", "mail.to")):
    click("label", row)
    app.key("ctrl+a")
    app.type(text)
    app.key("Return")
    if "@" in text:
        tap.check(wait_for(lambda: setting(key) == text), f"{key} is kept")
    else:
        tap.check(app.find(None, "It is an e-mail address such as"), "a sender without an address is refused, and why is said")
for key, said in ("re_wrong", "does not accept the key"), ("re_sandbox_0123456789", "Resend took the mail"):
    click("label", "Key From Resend")
    app.type(key)
    app.key("Return")
    # After what was said before of the addresses.
    tap.check(app.find(None, "The key is in the keyring", 30), "the key for mails goes to the keyring")
    click("push button", "=Send Test")
    tap.check(app.find(None, said), f"and the test of mails says: {said}")
    app.picture("mail" + key[:6])
tap.check(sandbox.call("GET", "mails")["mails"][0]["to"] == ["ana@example.net"], "where it was to go")
click("check box", "=Send Mails")
tap.check(wait_for(lambda: setting("mail.enabled") == "true"), "mails are switched on")
click("check box", "=A post is published: by mail")
tap.check(wait_for(lambda: setting("mail.published") == "true"), "and chosen by kind")
app.key("ctrl+z")
tap.check(wait_for(lambda: setting("mail.published") == "false"), "which can be undone, too")
app.picture("mail")
ctl("settings", "set", "mail.published", "true")
brand = ctl("brand", "list")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
ctl("post", "add", "--brand", brand, "--account", connect("facebook", brand), "--text", "Fresh rye", "--at", "now")
click("push button", "=Did It Arrive?")
tap.check(app.find(None, "=It arrived", 15), "what became of the last mail is told when it is asked")
app.picture("mail-arrived")
click("page tab", "=AI")
ctl("settings", "set", "ai.provider", "openai")
for key, said in ("sk-something-else", "does not accept the key"), ("sk-sandbox-0123456789", "It works: 3 models"):
    click("label", "=New Key")
    app.type(key)
    app.key("Return")
    tap.check(app.find(None, "The key is in the keyring", 30), "a key goes to the keyring")
    click("push button", "=Test Now")
    tap.check(app.find(None, said), f"and the test says: {said}")
    app.picture("ai" + key[:6])
ctl("settings", "set", "ai.model", "gpt-5.6-luna")
tap.check(wait_for(lambda: seen(None, "gpt-5.6-luna")), "its models are there to choose")
tap.check(app.find(None, "$0.00 of $10.00 · 2 requests"), "what was asked this month is told, with its limit")
app.picture("ai")
click("label", "=Limit for a Month")
app.key("ctrl+a")
app.type("2.50")
app.key("Return")
tap.check(wait_for(lambda: setting("ai.limit-cents") == "250"), "the limit can be set")
click("label", "=What It Writes")
app.key("ctrl+a")
app.type("3.5")
app.key("Return")
tap.check(wait_for(lambda: [line["price"]["output"] for line in ctl("ai", "prices") if line["price"]["source"] == "entered"] == [3.5]),
          "and what a model costs")
app.picture("ai-spending")
click("push button", "Forget the price")
tap.check(wait_for(lambda: not [line for line in ctl("ai", "prices") if line["price"]["source"] == "entered"]), "which can be forgotten")
for _ in range(30):
    xdotool("click", 4)
click("push button", "=Remove the Key")
tap.check(app.find(None, "Remove the Key?"), "removing the key asks")
app.key("alt+r")
tap.check(wait_for(lambda: ctl("ai", "models", expect=None)[-1].get("error", {}).get("code") == "ai-key"), "and takes it out of the keyring")
click("page tab", "=Privacy")
tap.check(app.find(None, "Accepted on"), "when the text was accepted is told")
app.picture("privacy")
click("check box", "=Check Accounts Every Day")
tap.check(wait_for(lambda: setting("accounts.daily-check") == "false"), "the daily check can be switched off")
click("label", "=Deleted Posts and Media")
app.key("ctrl+a")
app.type("7")
app.key("Return")
tap.check(wait_for(lambda: setting("trash.keep-days") == "7"), "and it can be said for how long is kept what is deleted")
click("page tab", "=Backups")
click("push button", "=Back Up Now")
name = wait_for(lambda: [line["backup"]["name"] for line in ctl("backup", "list")])
tap.check(name and ctl("backup", "verify", name[0]), "a backup is made, and is good")
tap.check(app.find("push button", "Restore the backup"), "and is in the list")
app.picture("backups")
ctl("brand", "add", "Made Since")
click("push button", "Restore the backup")
tap.check(app.find(None, "Restore This Backup?"), "restoring asks")
app.picture("ask")
app.act("push button", "=Restore")
tap.check(wait_for(lambda: brands() == ["Harbour Café"], 30), "what was made since is gone, what was there is back")
tap.check(app.find(None, "The backup is restored", 20), "and the window says so")
app.key("Escape")
tap.check(wait_for(lambda: not app.shown("Back Up Now")), "which takes no Escape from the window")
app.key("ctrl+comma")
wait_for(lambda: seen("page tab", "=Backups"))
tap.check(wait_for(lambda: ctl("publisher", "status")[0]["publisher"]["state"] == "running", 20), "a publisher runs again")
ctl("brand", "add", "After It")
tap.check(wait_for(lambda: app.find(None, "Calendar", 1)), "the window goes on")
click("page tab", "=Privacy")
wait_for(lambda: seen(None, "What Is Done"))
click("label", "=Delete One Brand for Good")
tap.check(wait_for(lambda: seen("push button", "=Delete Harbour Café for Good…")), "each brand can be deleted for good")
click("push button", "=Delete Harbour Café for Good…")
tap.check(app.find(None, "Delete Harbour Café for Good?", 15), "which asks")
app.picture("delete-brand")
app.key("alt+d")
tap.check(wait_for(lambda: brands() == ["After It"]) and app.find(None, "Harbour Café is deleted for good", 10), "and does it")
wait_for(lambda: not seen("push button", "=Delete Harbour Café for Good…"))
click("push button", "=Delete Everything…")
tap.check(app.find(None, "Delete Everything Here?", 15), "deleting everything asks")
app.picture("delete")
app.key("alt+d")
tap.check(wait_for(lambda: app.process.poll() is not None), "then the window closes")
tap.check(wait_for(lambda: not os.path.exists(library)), "and nothing is left")
app.close()
publisher.wait(20)
sandbox.stop()
tap.end()
