# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One post that differs on one of its accounts, written by pointer and keyboard, and the order of its
pictures: what the library has afterwards is what was on screen, and each step can be taken back."""

import os

from gui import App, name_of, wait_for, walk
from harness import APP_ID, HOME, SECRET, Checks, Sandbox, connect, ctl, write_picture

TEXT = "Eighteen hours of patience"
tap = Checks()
sandbox = Sandbox()


def target(platform):
    return {each["platform"]: each for each in stored()["targets"]}[platform]


def stored():
    return ctl("post", "show", post)[0]["post"]


def own(platform):
    return target(platform)["variant"]


def becomes(good):
    return wait_for(lambda: good())


brand = ctl("brand", "add", "Northside Bread", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
instagram = connect("instagram", brand)
pictures = []
for n in range(3):
    pictures.append(os.path.join(HOME, f"picture{n}.png"))
    write_picture(pictures[-1], 400, 400, n + 2)
command = ["post", "add", "--brand", brand, "--account", page, "--account", instagram, "--text", TEXT, "--draft",
           "--link", "https://northside.example"]
for path in pictures:
    command += ["--media", path]
post = ctl(*command)[0]["post"]["id"]

app = App()
app.point(wait_for(lambda: app.find(None, f"Draft, Facebook and Instagram: {TEXT}", 1)))
tap.check(wait_for(lambda: app.shown("the link is left out")), "what is left out is said")
app.picture("variants-common")

# Its own text, and back.
app.point(app.need("push button", "=Instagram"))
tap.check(wait_for(lambda: app.shown("for this account alone")), "it is said whose text is written")
app.key("ctrl+End")
app.type(", only here")
tap.check(becomes(lambda: (own("instagram") or {}).get("text") == TEXT + ", only here"), "the account has its own text")
tap.check(stored()["text"] == TEXT and own("facebook") is None, "the others have what they had")
tap.check(wait_for(lambda: app.shown("Own text")), "and it is said that it differs")
app.picture("variants-own")
app.point(app.need("push button", "=All accounts"))
app.key("ctrl+End")
app.type("!")
tap.check(becomes(lambda: stored()["text"] == TEXT + "!"), "the text of all can be written on")
tap.check(own("instagram")["text"] == TEXT + ", only here", "which leaves the account its own")
app.point(app.need("push button", "=Instagram"))
app.point(app.need("push button", "=Same as All"))
tap.check(becomes(lambda: own("instagram") is None), "back to the text of all")
app.key("ctrl+z")
tap.check(becomes(lambda: (own("instagram") or {}).get("text") == TEXT + ", only here"), "Ctrl+Z takes that back")
app.key("ctrl+shift+z")
tap.check(becomes(lambda: own("instagram") is None), "and Ctrl+Shift+Z does it again")

# A link that only one account leaves out goes into its text alone.
app.point(app.need("push button", "=Facebook"))
app.point([node for node in walk(app.root) if name_of(node) == "Put It into the Text"][0])
tap.check(becomes(lambda: (own("facebook") or {}).get("text") == TEXT + "!\nhttps://northside.example"),
          f"the link is in the text of the account whose problem it was ({own('facebook')})")
tap.check(own("facebook").get("link") == "" and stored()["link"] == "https://northside.example", "and only there")

# The order of the pictures: by keyboard, by pointer, and back.
app.point(app.need("push button", "=All accounts"))


def order():
    return [name_of(node).split(", ")[1] for node in walk(app.root) if name_of(node).startswith("Picture ") and " of 3" in name_of(node)]


def tile(n):
    return next(node for node in walk(app.root) if name_of(node).startswith(f"Picture {n} of 3"))


app.resize(1280, 1180)
first = order()
app.point(app.need("push button", "=Next Picture or Video"))
tap.check(wait_for(lambda: app.shown("2/3")), "the preview of a carousel can be turned to its second picture")
app.picture("variants-second")
app.point(app.need("push button", "=Previous Picture or Video"))
app.point(app.need("push button", "=Previous Picture or Video"))
tap.check(wait_for(lambda: app.shown("3/3")), "and back, to its last")
app.point(app.need("push button", "=All accounts"))
tap.check(app.tab_to("Picture 1 of 3"), "Tab reaches the pictures")
app.key("alt+Right")
tap.check(becomes(lambda: order() == [first[1], first[0], first[2]]), f"Alt+Right moves one ({order()})")
app.key("ctrl+z")
tap.check(becomes(lambda: order() == first), "Ctrl+Z moves it back")
app.drag(app.middle(tile(3)), app.middle(tile(1)))
tap.check(becomes(lambda: order() == [first[2], first[0], first[1]]), f"a picture can be dragged ({order()})")
app.picture("variants-dragged")
told = app.middle(app.need("label", "Moved from place 3 to 1"))
app.point(next(node for node in walk(app.root) if name_of(node) == "Undo" and node.get_role_name() == "push button"
           and abs(app.middle(node)[1] - told[1]) < 12))
tap.check(becomes(lambda: order() == first), "Undo beside it puts it back")

# What only Instagram has is set on Instagram alone, and taken back.
app.point(app.need("push button", "=All accounts"))
app.point(app.need("push button", "=Instagram"))
app.point(app.need(None, "=More for Instagram"))
tap.check(wait_for(lambda: app.shown("For the account that is shown alone")), "the rows say for whom they are")
tap.check("Title of the video on Facebook" not in app.names(), "and are those of that platform")


def write_names(row, names):
    app.point(wait_for(lambda: app.find("text", row, 1)))
    wait_for(lambda: any(row in told for told in app.focused()))
    app.type(names)


write_names("=Collaborators on Instagram, at most 3 user names", "@mill.north, farm")
write_names("=People tagged on Instagram, by user name", "anna")
tap.check(becomes(lambda: (own("instagram") or {}).get("options")
                  == {"collaborators": "mill.north,farm", "user-tags": "anna@0.50,0.80"}),
          f"they are the account's own ({own('instagram')})")
tap.check(not stored()["options"] and "options" not in (own("facebook") or {}), f"and nobody else's ({stored()['options']})")
tap.check(wait_for(lambda: app.shown("Own options: collaborators, tagged people")), "it is said which differ")
tap.check(wait_for(lambda: app.shown("northside.bread and 2 others")), "and the preview names the others")
app.picture("variants-options")
app.point(app.need("push button", "=Same as All"))
tap.check(becomes(lambda: own("instagram") is None), "back to the options of all")
app.point(next(node for node in walk(app.root) if name_of(node) == "Undo" and node.get_role_name() == "push button"
               and abs(app.middle(node)[1] - app.middle(app.need("label", "As on all accounts."))[1]) < 24))
tap.check(becomes(lambda: (own("instagram") or {}).get("options", {}).get("collaborators") == "mill.north,farm"),
          "Undo beside it gives them back")
app.point(app.need("push button", "=All accounts"))
tap.check(wait_for(lambda: app.find("text", "=Collaborators on Instagram, at most 3 user names", 1)) is not None, "all accounts have rows of both")
tap.check(not stored()["options"], "which are as they were")
write_names("=Collaborators on Instagram, at most 3 user names", "one, two, three, four")
app.key("Tab")
# The account has others of its own: the problem is not the account's.
app.point(app.need("push button", "=Instagram"))
app.point(app.need("push button", "=Same as All"))
show = wait_for(lambda: app.find("push button", "=Show", 1))
tap.check(show, "too many collaborators are a problem")
app.point(show)
app.type("five")
tap.check(becomes(lambda: ((own("instagram") or {}).get("options") or stored()["options"]).get("collaborators") == "five"),
          f"whose button leads to them ({own('instagram')}, {stored()['options']})")
tap.check(app.process.poll() is None, "the window is still there")
app.close()
sandbox.stop()
tap.end()
