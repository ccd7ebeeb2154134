# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that a dictionary does not know are marked while a post is written, in the language of the brand;
the context menu has better ones, and the dictionary learns."""

import os

import accessible
from gui import App, wait_for
from gi.repository import GLib
from harness import APP_ID, HOME, SECRET, Checks, Sandbox, connect, ctl, write_picture

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


def marked(node=None):
    """The words with the wavy line."""
    node = node or text()
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


sandbox = Sandbox()
brand = ctl("brand", "add", "Northside Bread", "--timezone", "UTC", "--languages", "fi, English")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
picture = os.path.join(HOME, "loaf.png")
write_picture(picture, 400, 400, 2)
post = ctl("post", "add", "--brand", brand, "--account", page, "--text", "Kuva", "--draft", "--media", picture)[0]["post"]["id"]
app = App()
app.need("push button", "=New Post")
app.key("ctrl+n")
app.type(TEXT)
button = wait_for(lambda: app.find(None, "Spelling: ", 1))
if button is None:
    print("1..0 # SKIP this build checks no spelling")
    app.close()
    sandbox.stop()
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

# The first comment, of several lines, and the description of a picture are checked, too.
app.key("Escape")
app.point(wait_for(lambda: app.find(None, "Draft, Facebook: Kuva", 1)))
app.point(wait_for(lambda: app.find("text", "First comment", 1)))
app.type("Tuore pullla on")
app.key("Return")
app.type("tuore ")
tap.check(wait_for(lambda: marked(app.need("text", "First comment")) == ["pullla"]), "a wrong word of the first comment is marked")
tap.check(wait_for(lambda: ctl("post", "show", post)[0]["post"].get("first_comment") == "Tuore pullla on\ntuore"), "which has two lines")
app.key("ctrl+a", "Delete", "ctrl+z")
tap.check(wait_for(lambda: ctl("post", "show", post)[0]["post"].get("first_comment") == "Tuore pullla on\ntuore"), "and is undone by itself")
app.point(app.need(None, "=Describe This Picture"))
app.type("Uusi pullla on ")
tap.check(wait_for(lambda: marked(app.need("text", "What the picture shows")) == ["pullla"]), "and one of a description")
app.picture("spelling-description")
app.key("Return")
tap.check(wait_for(lambda: any("Change the Description" in told for told in app.focused())), f"which Return is done with ({list(app.focused())})")
tap.check(text().get_text() == "Kuva", "the text is what it was")

app.point(app.find(None, "Spelling: ", 5))
app.picture("spelling-languages")
app.act(None, "Check Spelling")
tap.check(wait_for(lambda: app.shown("Spelling is not checked")), "it can be turned off")
tap.check(wait_for(lambda: marked() == []), "and then nothing is marked")
tap.check(app.process.poll() is None and app.close() is not None, "the window closes")
sandbox.stop()
tap.end()
