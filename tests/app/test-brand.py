# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A brand by hand: each step, leaving half-way and going on, the sample caption, what an AI would be
told, undo, a second brand, deleting."""

import subprocess
import time

from gui import App, wait_for, xdotool
from harness import PUBLISHER, Checks, ctl

SELECTED = 23  # of Atspi.StateType
tap = Checks()
first = ctl("brand", "add", "Harbour Café")[0]["brand"]["id"]
publisher = subprocess.Popen([PUBLISHER])


def brand(name):
    return next((line["brand"] for line in ctl("brand", "list") if line["brand"]["name"] == name), None)


def press_close():
    """The button at the top that leaves the page: its name changes on the way."""
    xdotool("mousemove", 42, 23)
    time.sleep(0.3)
    xdotool("click", 1)
    time.sleep(0.6)


def open_menu(item):
    app.click(None, "Switch Brand")
    wait_for(lambda: app.find(None, item, 1))
    app.click(None, item)


def is_at(step):
    node = app.find(None, step, 1)
    return node and node.has_state(SELECTED)


app = App()
open_menu("New Brand")
tap.check(app.find(None, "What Is It Called"), "the page asks for a name")
app.type("Northside Bread")
app.key("Return")
tap.check(wait_for(lambda: brand("Northside Bread")), "the brand is in the library after its first step")
tap.check(app.find(None, "Where Is It at Home"), "Return goes on")
app.type("northside.example/bread")
app.key("Return")
tap.check(wait_for(lambda: brand("Northside Bread")["website"] == "https://northside.example/bread"), "its website is kept")
app.find(None, "Who Is It For")
press_close()
tap.check(wait_for(lambda: app.find(None, "Calendar", 1)), "it can be left")
open_menu("Go On Setting Up")
tap.check(app.find(None, "Who Is It For"), "and goes on where it was left")
app.type("Neighbours")
app.click("push button", "=Next")
tap.check(wait_for(lambda: brand("Northside Bread")["audience"] == "Neighbours"), "its audience is kept")
app.find(None, "How Does It Sound")
before = [name for name in app.names() if "Northside Bread." in name]
app.key(*["Right"] * 10)
app.key("Tab", *["Left"] * 8)
tap.check(any("Guess what we" in name for name in app.names()), f"the caption sounds relaxed ({before})")
app.picture("tone")
# A wheel over a slider is meant for the page.
xdotool("mousemove", *app.middle(app.need(None, "=Formal to Relaxed")), "click", "--repeat", 3, 5)
app.click("push button", "=Next")
tap.check(wait_for(lambda: brand("Northside Bread")["tone-relaxed"] == 50 and brand("Northside Bread")["tone-playful"] == -40),
          "the tone is kept")
app.find(None, "What Does It Talk About")
app.type("Rye bread")
app.click("push button", "=Next")
app.find(None, "How Does It Publish")
app.click("push button", "=Next")
app.find(None, "That Is Your Brand")
app.click(None, "What an AI Would Be Told")
told = ctl("brand", "describe", brand("Northside Bread")["id"])[0]["description"]["text"]
tap.check(wait_for(lambda: any(name == told for name in app.names())), "what an AI would be told is shown word for word")
app.picture("summary")
app.click("push button", "=Finish")
open_menu("Edit Brand")
tap.check(app.find("push button", "=Done"), "a finished brand is edited")
xdotool("mousemove", 700, 208)
time.sleep(0.3)
xdotool("click", 1)
app.key("End")
app.type(" & Co")
press_close()
name = wait_for(lambda: brand("Northside Bread & Co"))
tap.check(name, "its name changes")
app.key("ctrl+z")
tap.check(wait_for(lambda: brand("Northside Bread")), "and comes back with Ctrl+Z")

# --- Colours ---
northside = brand("Northside Bread")["id"]
ctl("brand", "edit", northside, "--colors", "#1c71d8 #f6f5f4")
open_menu("Edit Brand")
tap.check(app.find(None, "=Color #1c71d8, 1 of 2", 10) and app.find(None, "=Color #f6f5f4, 2 of 2"), "each color is shown and named")
wait_for(lambda: app.tab_to("Color #1c71d8", 20))
app.key("alt+Right")
tap.check(wait_for(lambda: app.shown("Color #1c71d8, 2 of 2") and any("Color #1c71d8" in name for name in app.focused())),
          "a key moves one, and stays with it")
app.key("Delete")
tap.check(wait_for(lambda: app.find(None, "=Color #f6f5f4, 1 of 1", 0.1)), "a key removes it")
app.click("push button", "=Add a Color")
tap.check(wait_for(lambda: xdotool("search", "--onlyvisible", "--name", "^Add a Color$").strip()), "one more is chosen from a palette")
app.key("alt+s")
tap.check(wait_for(lambda: app.shown("2 of 2")), "and comes to the end")
app.picture("colors")
press_close()
kept = wait_for(lambda: brand("Northside Bread")["colors"].startswith("#f6f5f4 #") and brand("Northside Bread")["colors"])
tap.check(kept, f"they are kept in their order ({brand('Northside Bread')['colors']})")
app.key("ctrl+z")
tap.check(wait_for(lambda: brand("Northside Bread")["colors"] == "#1c71d8 #f6f5f4"), "and come back with Ctrl+Z")

open_menu("Edit Brand")
app.find("push button", "=Done")
# GDK 4.8 may take the first click after a menu for the one that closes it.
wait_for(lambda: app.click(None, "Step 7") or is_at("Step 7"))
app.click("push button", "Delete Brand")
tap.check(wait_for(lambda: not brand("Northside Bread")), "it is deleted")
tap.check(wait_for(lambda: app.find(None, "Harbour Café", 1)), "another brand is shown")
app.picture("deleted")
app.click("push button", "=Undo")
tap.check(wait_for(lambda: brand("Northside Bread")), "and is back with Undo")
tap.check(app.process.poll() is None, "the window is still there")
app.close()
publisher.terminate()
tap.end()
