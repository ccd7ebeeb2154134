# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The brand's website read and an AI's proposals by hand: what is told is shown before, nothing changes before
it is used, and what was used can be undone."""

import subprocess

from gui import App, wait_for, xdotool
from harness import PUBLISHER, Checks, Sandbox, ctl

tap = Checks()
sandbox = Sandbox()
made = ctl("brand", "add", "Northside Bread", "--website", sandbox.base + "/website/none", "--audience", "Cafés")[0]["brand"]["id"]
publisher = subprocess.Popen([PUBLISHER])


def brand():
    return next(line["brand"] for line in ctl("brand", "list") if line["brand"]["id"] == made)


def told():
    return sandbox.call("GET", "openai")["requests"]


def reach(role, name):
    """Turns the wheel until it lies well within the window, and clicks it."""
    for _ in range(40):
        x, y = app.middle(app.need(role, name))
        if 80 < y < 740:
            break
        far = max(y - 740, 80 - y)
        xdotool("mousemove", 760, 430, "click", "--repeat", 1 + far // 120, "--delay", 20, 5 if y >= 740 else 4)
        wait_for(lambda: app.place(app.need(role, name))[1] != y, 1)
    app.click(role, name)


app = App()
app.click(None, "Switch Brand")
wait_for(lambda: app.find(None, "Edit Brand", 1))
app.click(None, "Edit Brand")
app.find("push button", "=Done")
app.click(None, "What you publish as")  # ends what is left of the menu
app.click(None, "Step 2")
tap.check(app.find(None, "No AI is set up", 10), "on the step of the website, without an AI it says so")
tap.check(app.find("push button", "Set Up an AI"), "and where to set one up")
app.picture("website")
app.click("push button", "Set Up an AI")
# The other pages of the preferences are there as well, without a size.
tap.check(wait_for(lambda: app.need(None, "=AI Provider").get_place().width > 0), "which opens the preferences where it is set up")
app.key("Escape")
wait_for(lambda: not app.find(None, "=AI Provider", 0.1))
app.click("push button", "Read My Website")
tap.check(app.find(None, "has no page at this address", 10), "an address without a page is told")
app.picture("website-problem")
ctl("brand", "edit", made, "--website", sandbox.base + "/website")
tap.check(app.find(None, f"Fetches {sandbox.base}/website once", 10), "the page follows what is changed elsewhere")
app.click("push button", "Read My Website")
tap.check(app.find(None, "Northside Bread – bakery with a wood oven ·", 10), "the website is read")
tap.check(app.find("push button", "Use: Colors"), "its colors are proposed without an AI")
reach("push button", "Use: Colors")
tap.check(wait_for(lambda: brand()["colors"] == "#8f5f2c #f4e9d8"), "and used")
reach(None, "What Was Read")
tap.check(app.find(None, "Rye with caraway"), "what was read is shown")
app.picture("website-read")
reach(None, "What Was Read")
ctl("policy", "accept")
ctl("settings", "set", "ai.provider", "openai")
ctl("ai", "set-key", "--secret-stdin", stdin="sk-sandbox-0123456789abcdef")
ctl("settings", "set", "ai.model", "gpt-5.6-luna")
tap.check(app.find(None, "Costs at most $0.0", 10), "who would be asked is said, and what it costs at most")
reach(None, "What the AI Is Told")
shown = wait_for(lambda: next((name for name in app.names() if name.startswith("You help somebody")), None))
app.picture("website-told")
reach(None, "What the AI Is Told")
tap.check(not told(), "nothing was sent yet")
sandbox.fault({"path_regex": "/responses$", "nth": 1, "times": 1}, {"kind": "hang-before"})
reach("push button", "Ask the AI for Proposals")
tap.check(app.find("push button", "Stop Asking"), "while it is asked it can be stopped")
reach("push button", "Stop Asking")
tap.check(wait_for(lambda: app.find("push button", "Ask the AI for Proposals", 1)), "and asked again")
sandbox.clear_faults()
reach("push button", "Ask the AI for Proposals")
tap.check(app.find("push button", "Use: Audience", 15), "proposals come")
sent = told()[-1]["body"]
tap.check(shown and sent["instructions"] in shown and sent["input"][0]["content"] in shown, "what was told is what was shown")
tap.check(app.find(None, "Cost $0.0005"), "what it cost is said")
tap.check(app.find(None, "Now: Cafés"), "beside what is there")
tap.check(brand()["audience"] == "Cafés" and brand()["topics"] is None, "nothing changed yet")
app.picture("website-proposals")
reach("push button", "Use: Audience")
tap.check(wait_for(lambda: brand()["audience"].startswith("Neighbours")), "one is used")
tap.check(app.find("push button", "Undo: Audience", 10), "and can be undone")
reach("push button", "Undo: Audience")
tap.check(wait_for(lambda: brand()["audience"] == "Cafés"), "what was there before is back")
tap.check(app.find("push button", "Use: Audience", 10), "and it is a proposal again")
reach("push button", "Use All")
tap.check(wait_for(lambda: brand()["topics"] and brand()["tone-relaxed"] == 40 and brand()["audience"].startswith("Neighbours")),
          "all are used")
tap.check(app.find("push button", "Undo: Topics", 10), "each says so")
app.picture("website-used")
app.key("ctrl+z")
tap.check(wait_for(lambda: brand()["topics"] is None and brand()["audience"] == "Cafés"), "Ctrl+Z takes all back as one")
tap.check(app.find("push button", "Use: Topics", 10), "which the page shows")
app.click(None, "Step 4")
app.find(None, "How Does It Sound")
reach("push button", "Ask the AI for Captions")
tap.check(app.find(None, "Thirty layers, two days", 15), "captions by the AI on request")
app.picture("tone-captions")
sandbox.call("POST", "openai", {"answer": "refusal"})
reach("push button", "Ask the AI for Captions")
tap.check(app.find(None, "does not want to answer", 15), "what goes wrong is told")
tap.check(app.find(None, "Thirty layers, two days"), "and what was there stays")
tap.check(app.process.poll() is None, "the window is still there")
app.close()
publisher.terminate()
sandbox.stop()
tap.end()
