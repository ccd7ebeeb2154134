# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that a dictionary does not know are marked while a post is written, in the language of the brand;
the context menu has better ones, and the dictionary learns."""

import os

import accessible
from gui import App, wait_for
from gi.repository import GLib
from harness import Checks, ctl

TEXT = "Tuore pulla on pullla #pullla @pullla {brand} https://a.fi/pullla uusii"
WORDS = ["tuore", "pulla", "on", "uusi"]
tap = Checks()
folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "enchant")
os.makedirs(os.path.join(folder, "hunspell"))
with open(os.path.join(folder, "hunspell", "fi_FI.aff"), "w", encoding="utf-8") as file:
    file.write("SET UTF-8\n")
with open(os.path.join(folder, "hunspell", "fi_FI.dic"), "w", encoding="utf-8") as file:
    file.write("\n".join([str(len(WORDS)), *WORDS]) + "\n")


def text():
    return app.need("text", "Text of the post")


def stored():
    return [line["post"]["text"] for line in ctl("post", "list", expect=None) if "post" in line]


def marked():
    """The words with the wavy line."""
    node = text()
    told, found, at = node.get_text(), [], 0
    while at < len(told):
        attributes, start, end = accessible.bus.call_sync(
            *node.question("org.a11y.atspi.Text", "GetAttributeRun", GLib.Variant("(ib)", (at, False))), None, 0, -1, None).unpack()
        if attributes.get("underline") == "error":
            found.append(told[start:end])
        at = max(end, at + 1)
    return found


def menu_at(word):
    """The context menu there: the cursor is put into the word, and the key asks for it."""
    app.key("ctrl+Home", *["Right"] * (text().get_text().index(word) + 1), "Menu")


ctl("brand", "add", "Northside Bread", "--timezone", "UTC", "--languages", "fi, English")
app = App()
app.need("push button", "=New Post")
app.key("ctrl+n")
app.type(TEXT)
button = wait_for(lambda: app.find(None, "Spelling: ", 1))
if button is None:
    print("1..0 # SKIP this build checks no spelling")
    app.close()
    raise SystemExit(0)
tap.check("fi_FI" in button.told or "Finnish" in button.told, f"the brand's language is taken ({button.told})")
tap.check(wait_for(lambda: marked() == ["pullla"]), f"a wrong word is marked, but no tag, mention, variable, address, "
          f"nor the word that is being written ({marked()})")
app.key("Left", "ctrl+Left")
app.key("Home")
tap.check(wait_for(lambda: marked() == ["pullla", "uusii"]), f"which is, when the cursor has left it ({marked()})")
app.picture("spelling-marked")

menu_at("pullla")
tap.check(wait_for(lambda: app.find("menu item", "=pulla", 1)), "the menu has a better word")
app.picture("spelling-menu")
app.act("menu item", "=pulla")
better = TEXT.replace("pullla", "pulla", 1)
tap.check(wait_for(lambda: better in stored()), f"which takes its place ({stored()})")
tap.check(wait_for(lambda: marked() == ["uusii"]), f"and is not marked ({marked()})")
app.key("ctrl+z")
tap.check(wait_for(lambda: TEXT in stored()), "undo brings the word back")
app.key("Home")
tap.check(wait_for(lambda: marked() == ["pullla", "uusii"]), f"with its mark ({marked()})")

menu_at("uusii")
app.act("menu item", "Add to Dictionary")
tap.check(wait_for(lambda: marked() == ["pullla"]), f"what is added to the dictionary is right ({marked()})")
with open(os.path.join(folder, "fi_FI.dic"), encoding="utf-8") as file:
    tap.check(file.read().split() == ["uusii"], "other programs know it too")
menu_at("uusii")
app.act("menu item", "Remove from Dictionary")
tap.check(wait_for(lambda: marked() == ["pullla", "uusii"]), "and can be taken from it again")

app.point(app.find(None, "Spelling: ", 5))
app.picture("spelling-languages")
app.act(None, "Check Spelling")
tap.check(wait_for(lambda: app.shown("Spelling is not checked")), "it can be turned off")
tap.check(wait_for(lambda: marked() == []), "and then nothing is marked")
tap.check(app.process.poll() is None and app.close() is not None, "the window closes")
tap.end()
