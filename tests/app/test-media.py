# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The library of pictures and videos by pointer and keyboard: adding, finding, describing, what uses
them, deleting."""

import os
import subprocess
import sys
import time

from gui import App, name_of, wait_for, walk, xdotool
from harness import HOME, Checks, Sandbox, ctl, write_picture
from library import database, make_brand

tap = Checks()
brand = make_brand()
pictures = {name: os.path.join(HOME, name + ".png") for name in ("loaf", "oven", "shop", "late")}
for number, path in enumerate(pictures.values()):
    write_picture(path, 400, 300, number + 2)
sha = {name: ctl("media", "add", pictures[name])[0]["media"]["sha256"] for name in ("loaf", "oven", "shop")}
post = ctl("post", "add", "--brand", brand, "--account", f"instagram-{brand[:8]}", "--text", "A loaf a day", "--media", "sha256:" + sha["loaf"],
           "--draft")[0]["post"]["id"]
sandbox = Sandbox()


def media(*filters):
    return {line["media"]["file_name"]: line["media"] for line in ctl("media", "list", *filters)}


def press(name):
    """The button of the details: other pages have buttons of this name too."""
    for node in walk(app.root):
        try:
            if node.get_role_name() == "push button" and node.get_name() == name and app.middle(node)[0] > 950 and app.middle(node)[1] < 700:
                xdotool("mousemove", *app.middle(node), "click", 1)
                time.sleep(0.6)
                return
        except Exception:
            continue
    raise AssertionError(f"no button {name} among the details")


def choose(name, *held):
    for key in held:
        xdotool("keydown", key)
    app.click("label", name)
    for key in held:
        xdotool("keyup", key)


def find_picker():
    return (xdotool("search", "--onlyvisible", "--name", "^From the Library$").split() or [None])[0]


def in_post(text):
    return [name for name, in database().execute("SELECT file_name FROM post JOIN post_media ON post.id = post_id JOIN media USING (sha256) "
                                                 "WHERE text = ? AND post.deleted_at = 0 ORDER BY position", (text,))]


# The command line first.
tap.check([line["post"]["id"] for line in ctl("media", "uses", sha["loaf"])] == [post], "smmctl tells who uses a medium")
refused = ctl("media", "delete", sha["loaf"], "--yes", expect=1)[0]["error"]
tap.check("A loaf a day" in refused["message"], f"what is used is not deleted: {refused['message']}")
ctl("media", "tag", sha["oven"], "--add", "warm,inside")
ctl("media", "tag", sha["oven"], "--remove", "inside")
tap.check(list(media("--tag", "warm")) == ["oven.png"] and media("--tag", "inside") == {}, "tags are put on and taken off")
tap.check(sorted(media("--unused")) == ["oven.png", "shop.png"], "what no post uses can be listed")

app = App()
app.click("list item", "Library")
tap.check(app.find("label", "3 items"), "the library shows what is in it")
app.picture("library")
thumbnails = os.path.join(os.environ["XDG_CACHE_HOME"], "thumbnails", "large")
tap.check(wait_for(lambda: os.path.isdir(thumbnails) and len(os.listdir(thumbnails)) == 3), "small pictures of them are where every program looks for them")
tap.check(all(os.stat(os.path.join(thumbnails, name)).st_mode & 0o777 == 0o600 for name in os.listdir(thumbnails)), "for nobody else to see")

# Details, and where it is used.
app.click("label", "loaf.png")
tap.check(app.find(None, "Used in 1 Post"), "a click tells where it is used")
app.picture("library-details")
press("Delete")
tap.check(app.find(None, "Take it out there first"), "deleting what is used is refused with the reason")

# A description, by keyboard.
app.click("label", "shop.png")
tap.check(wait_for(lambda: app.find(None, "Not Used Yet", 0.5)), "another one is not used")
app.click(None, "Description for Blind People")
app.type("Our shop in the morning")
app.key("Return")
tap.check(wait_for(lambda: media()["shop.png"]["alt"] == "Our shop in the morning"), "a description is kept")
app.key("ctrl+f")
app.type("morning")
tap.check(wait_for(lambda: app.find("label", "1 item", 0.5)), "and is found by it")
app.key("ctrl+a", "BackSpace")
tap.check(wait_for(lambda: app.find("label", "3 items", 0.5)), "without words all are shown")

app.type("shop morn")
tap.check(wait_for(lambda: app.find("label", "1 item", 0.5)), "its words are found wherever they stand")
app.key("ctrl+a", "BackSpace")
wait_for(lambda: app.find("label", "3 items", 0.5))

# Several at once: their tags, a post that shows them, deleting what is not used.
choose("oven.png")
choose("loaf.png", "ctrl")
tap.check(wait_for(lambda: app.find("label", "2 selected", 0.5)), "Ctrl chooses one more")
app.click(None, "Add Tags, with Commas")
app.type("bread, warm")
app.key("Return")
tap.check(wait_for(lambda: sorted(media("--tag", "bread")) == ["loaf.png", "oven.png"]), "both get a tag")
tap.check(media()["oven.png"]["tags"] == ["warm", "bread"], "what one has already it has once")
tap.check(wait_for(lambda: app.find("push button", "Remove “warm” From Them", 0.5)), "their tags are told")
app.picture("library-many")
app.click("push button", "Remove “warm” From Them")
tap.check(wait_for(lambda: media("--tag", "warm") == {}), "one of them is taken off both")
app.key("ctrl+z")
tap.check(wait_for(lambda: sorted(media("--tag", "warm")) == ["loaf.png", "oven.png"]), "and put on again in one step")
press("Delete")
tap.check(wait_for(lambda: sorted(media()) == ["loaf.png", "shop.png"]), "what is used stays, the other one is deleted")
tap.check(app.find(None, "“loaf.png” is used and stays"), "which is said")
app.key("ctrl+z")
tap.check(wait_for(lambda: len(media()) == 3), "and taken back")
app.click("push button", "=Tag")
app.key("Tab", "space", "Escape")
tap.check(wait_for(lambda: app.find("label", "2 items", 0.5)), "a filter shows what has a tag")
app.click("push button", "Remove This Filter")
tap.check(wait_for(lambda: app.find("label", "3 items", 0.5)), "and can be removed")
choose("oven.png")
choose("shop.png", "ctrl")
wait_for(lambda: app.find("label", "2 selected", 0.5))
press("New Post")
app.type("Two of them")
tap.check(wait_for(lambda: in_post("Two of them") == ["shop.png", "oven.png"]), f"a post shows both ({in_post('Two of them')})")

# What the library has, while writing: by keyboard, and dragged onto the post.
app.click("push button", "From Library")
tap.check(wait_for(find_picker), "the library opens beside the post")
app.type("loaf")
tap.check(wait_for(lambda: app.find("list item", "oven.png", 0) is None), "words find in it")
app.picture("library-picker")
app.key("Down", "Return")
tap.check(wait_for(lambda: in_post("Two of them") == ["shop.png", "oven.png", "loaf.png"]), "Return takes what the keyboard is on")
tap.check(wait_for(lambda: not find_picker()), "and closes it")
app.point([node for node in walk(app.root) if name_of(node) == "Remove This Picture"][2])
wait_for(lambda: len(in_post("Two of them")) == 2)
app.click("push button", "From Library")
picker = wait_for(find_picker)
xdotool("windowmove", picker, 640, 40)
cell = wait_for(lambda: [node for node in walk(app.root) if name_of(node) == "loaf.png" and node.get_role_name() == "label" and app.place(node)[0] > 0][-1:])
start = app.middle(cell[0])
app.drag((640 + start[0], 40 + start[1] - 60), (330, 220))
tap.check(wait_for(lambda: in_post("Two of them") == ["shop.png", "oven.png", "loaf.png"]), f"a picture is dragged from there onto the post ({in_post('Two of them')})")
app.picture("library-dragged")
xdotool("mousemove", 23, 23, "click", 1)
tap.check(wait_for(lambda: not find_picker()), "it goes when the post is left")
ctl("post", "delete", *[line["post"]["id"] for line in ctl("post", "list") if line["post"]["text"] == "Two of them"], "--yes")
app.click("list item", "=Library")
choose("shop.png")

# Deleting, and putting back.
press("Delete")
tap.check(wait_for(lambda: "shop.png" not in media()), "what is not used is deleted")
app.picture("library-deleted")
app.key("ctrl+z")
tap.check(wait_for(lambda: media().get("shop.png", {}).get("alt") == "Our shop in the morning"), "and put back with its description")

# The same bytes are one medium.
ctl("media", "add", pictures["shop"])
tap.check(len(media()) == 3, "the same file again is no other medium")

# A post about one of them.
app.click("label", "oven.png")
press("New Post")
app.type("About the oven")
app.picture("library-compose")
app.key("Escape")
tap.check(wait_for(lambda: len(ctl("media", "uses", sha["oven"])) == 1), "a post can be begun with it")

# From the library onto a day, one to come: the calendar opens while the picture rests on its name.
app.key("ctrl+1", "1", "Next")
app.click("list item", "=Library")
picture = app.middle(app.need("label", "shop.png"))
start = picture[0], picture[1] - 60
rest = app.middle(app.need("list item", "=Calendar"))
xdotool("mousemove", *start, "mousedown", 1)
for step in range(1, 11):
    xdotool("mousemove", start[0] + (rest[0] - start[0]) * step // 10, start[1] + (rest[1] - start[1]) * step // 10)
    time.sleep(0.04)
calendar = None
for step in range(40):
    xdotool("mousemove", rest[0] + step % 3, rest[1])
    time.sleep(0.1)
    calendar = app.find("label", "Sunday", 0) if step % 5 == 4 else None
    if calendar and calendar.get_place().width > 0:
        break
app.picture("library-spring")
for step in range(1, 11):
    xdotool("mousemove", rest[0] + (1210 - rest[0]) * step // 10, rest[1] + (690 - rest[1]) * step // 10)
    time.sleep(0.04)
time.sleep(0.3)
xdotool("mouseup", 1)
tap.check(wait_for(lambda: app.find(None, "Our shop in the morning", 0.3)), "a post on that day is begun with the picture and its description")
app.type("From the library")
app.picture("library-dropped")
app.key("Escape")
uses = wait_for(lambda: ctl("media", "uses", sha["shop"]))
tap.check(len(uses) == 1, "which uses the picture")
db = database()
alt, name, due = db.execute("SELECT post_media.alt, media.file_name, post.due_at FROM post_media JOIN media USING (sha256) "
                            "JOIN post ON post.id = post_id WHERE text = 'From the library'").fetchone()
tap.check(alt == "Our shop in the morning" and name == "shop.png", "under its own name, described as in the library")
tap.check(due > time.time() * 1_000_000, "on a day to come")

# A file of another program, dropped on a day.
wait_for(lambda: app.find("list item", "=Calendar", 0.3))
app.click("list item", "=Calendar")
files = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "drag-source.py"), pictures["late"]])
window = wait_for(lambda: xdotool("search", "--onlyvisible", "--name", "^Files of Somebody$").split())[0]
xdotool("windowmove", window, 10, 560)
placed = wait_for(lambda: "X=10" in xdotool("getwindowgeometry", "--shell", window).split())
tap.check(placed, "the other window lies where it is to lie")
app.drag((80, 620), (1210, 690))
tap.check(wait_for(lambda: "late.png" in media()), "the file is copied into the library")
app.picture("file-dropped")
# Whoever dragged looks at the other window: it goes, and a click leads to the text.
files.terminate()
files.wait()
xdotool("mousemove", 500, 300, "click", 1)
time.sleep(0.3)
app.type("From a folder")
app.key("Escape")
tap.check(wait_for(lambda: database().execute("SELECT count (*) FROM post JOIN post_media ON post.id = post_id JOIN media USING (sha256) "
                                              "WHERE text = 'From a folder' AND file_name = 'late.png' AND due_at > ?",
                                              (time.time() * 1_000_000,)).fetchone() == (1,)), "and a post on that day has it")
app.click("list item", "=Library")
app.resize(360, 720)
app.picture("library-narrow")
tap.check(app.close() is not None, "the application ends when told to")
sandbox.stop()
tap.end()
