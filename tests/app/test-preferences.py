# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The preferences by hand: what is set there is what the command line tells; notices, and mails with what
became of them."""

import os
import subprocess
from functools import partial

import overlay
from gui import App, wait_for
from harness import APP_ID, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl
from overlay import setting

tap = Checks()
sandbox = Sandbox()
with open(sandbox.endpoints, "a", encoding="utf-8") as file:  # [timing] is the last group
    file.write("mail-gather=0\n")
ctl("brand", "add", "Harbour Café")
ctl("policy", "accept", "--read", "1")
publisher = subprocess.Popen([PUBLISHER])


def accepted():
    return ctl("policy", "status")[0]["policy"]["accepted"]


app = App()
click = partial(overlay.click, app)
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
sandbox.call("POST", "settings", {"mail_event": "bounced"})
click("push button", "=Did It Arrive?")
tap.check(app.find(None, "the address does not take it", 15), "and that it came back, when it did since")
app.picture("mail-bounced")
tap.check(app.close() is not None, "the window closes")
publisher.terminate()
publisher.wait(20)
sandbox.stop()
tap.end()
