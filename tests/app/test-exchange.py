# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A table becomes posts by pointer and keyboard: chosen, its columns told, its rows looked at, accepted, taken back."""

import os
import subprocess
import time

from gui import App, Gone, wait_for, walk, xdotool
from harness import HOME, Checks, Sandbox, ctl, write_picture
from library import make_brand

tap = Checks()
brand = make_brand()
folder = os.path.join(HOME, "tables")
os.makedirs(folder)
write_picture(os.path.join(folder, "loaf.png"), 600, 600, 3)


def write(name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)
    return os.path.join(folder, name)


BUFFER = write("buffer.csv", "Text,Image URL,Tags,Posting Time\n"
               "Rye is back,loaf.png,rye,2036-12-01 09:00\n"
               "Buns on Friday,missing.jpg,,2036-12-02 09:00\n"
               "An idea about seeds,,,\n"
               "Too late,,,2020-01-01 09:00\n")
OTHER = write("other.csv", "Beitrag;Wann\n" + "".join(f"Brot Nummer {i};{1 + i % 20:02}/12/2036 09:{i % 60:02}\n" for i in range(4000)))
BROKEN = write("broken.csv", 'text,when\n"never closed,2036-12-01\n')
sandbox = Sandbox()


def posts():
    return [line["post"] for line in ctl("post", "list", expect=None) if "post" in line]


def media():
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm", "media")
    return os.listdir(folder) if os.path.isdir(folder) else []


def gone(name):
    return wait_for(lambda: seen(None, name) is None)


def seen(role, name):
    """Not one of the same name on a page that is not shown."""
    for node in walk(app.root):
        if not (node.told == name[1:] if name[0] == "=" else name in node.told):
            continue
        try:
            if role in (None, node.get_role_name()) and node.get_place().width > 0:
                return node
        except Gone:
            continue
    return None


def say(name):
    return wait_for(lambda: seen(None, name))


def click(role, name, title="Import Posts"):
    """In a window that lies somewhere over the application's."""
    def find():
        for window in reversed(xdotool("search", "--onlyvisible", "--name", f"^{title}$").split()):
            told = subprocess.run(["xprop", "-id", window, "_GTK_FRAME_EXTENTS"], capture_output=True, text=True, check=False).stdout
            if "=" in told:
                return window, [int(part) for part in told.split("=")[1].split(",")]
        return None
    node = wait_for(lambda: seen(role, name))
    assert node, f"no {role} called {name}"
    window, shadow = wait_for(find)
    at = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", window).splitlines() if "=" in line)
    x, y = app.middle(node)
    xdotool("mousemove", int(at["X"]) + shadow[0] + x, int(at["Y"]) + shadow[2] + y)
    time.sleep(0.15)
    xdotool("click", 1)
    time.sleep(0.3)


def choose(path, button="Choose File…", title="Import Posts"):
    """In the system's file chooser, by keyboard."""
    def chooser():
        return len(xdotool("search", "--onlyvisible", "--name", f"^{title}$").split()) > 1
    click("push button", button, title)
    assert wait_for(chooser), "no file chooser"
    if title == "Export Posts":
        app.key("ctrl+a")
    app.type(path)
    app.key("Return")
    tap.check(wait_for(lambda: not chooser()), "the file is chosen")


def closed(title):
    return wait_for(lambda: not xdotool("search", "--onlyvisible", "--name", f"^{title}$").split())


def start():
    """By the main menu, as somebody would."""
    app.key("F10")
    wait_for(lambda: seen("menu item", "Import Posts…"))
    app.key("i")
    return say("Choose File…")


app = App()
tap.check(start(), "the main menu opens the import")
app.picture("import-choose")

# What can't be read says why and does nothing.
choose(BROKEN)
tap.check(say("The quote that begins on line 2 is never closed"), "a broken table says what is wrong with it")

# A table of Buffer: where its posts go is asked first.
choose(BUFFER)
tap.check(say("What each column of the table is"), "the columns come first, for no row names an account")
app.picture("import-columns")
click("check box", "Northside Bread")
click(None, "=Preview")
tap.check(say("a table as Buffer has them"), "it is known whose table it is")
tap.check(say("1 row becomes a scheduled post. It goes out on 1 December 2036. 1 row becomes a draft. 2 rows have problems and are left out. 1 tag is new."), "what is going to happen is said in words")
tap.check(seen("label", "There is no file “missing.jpg”"), "a row says what is wrong with it")
tap.check(seen("label", "This time is in the past"), "each one does")
app.picture("import-preview")
click(None, "=Only Problems")
tap.check(gone("An idea about seeds"), "those alone can be looked at")
app.picture("import-problems")
tap.check(posts() == [] and media() == [], "nothing is in the library before somebody says so")
click("push button", "Import 2 Posts")
tap.check(say("2 posts imported"), "once accepted, the window says so")
tap.check(wait_for(lambda: len(posts()) == 2) and closed("Import Posts"), "then the good rows are posts")
rye = next(post for post in posts() if post["text"] == "Rye is back")
shown = ctl("post", "show", rye["id"])[0]["post"]
tap.check(rye["state"] == "scheduled" and rye["wall_time"].startswith("2036-12-01T09:00"), "at the time of the table")
tap.check(shown["media"] == 1 and len(media()) == 1, "with its picture, which the library has now")
tap.check([target["account"] for target in shown["targets"]] == [f"facebook-{brand[:8]}"], "to the account that was chosen")
app.picture("import-done")

# What was imported goes out again, and is known when it comes back.
app.click("list item", "=Posts")
app.click("push button", "Import and Export")
wait_for(lambda: seen("menu item", "Export Posts…"))
app.key("e")
tap.check(say("All of “Northside Bread”"), "the page of posts offers to write them into a file")
app.picture("export")
out = os.path.join(folder, "out.csv")
choose(out, "Export…", "Export Posts")
tap.check(wait_for(lambda: os.path.exists(out)) and say("2 posts written to “out.csv”"), "which is written")
tap.check(closed("Export Posts"), "and the window goes")
tap.check(os.stat(out).st_mode & 0o777 == 0o600, "for nobody else to read")
lines = ctl("post", "import", out, "--brand", brand, "--dry-run", expect=None)
rows = [line["row"] for line in lines if "row" in line]
tap.check(sorted(row["text"] for row in rows) == ["An idea about seeds", "Rye is back"]
          and all("duplicate" in [problem["code"] for problem in row["problems"]] for row in rows), "and holds both posts, which are known here")

# Of the posts that are chosen, those alone.
app.point(say("Select “Rye is back"))
tap.check(say("1 selected"), "a post can be chosen")
app.click("push button", "Import and Export")
wait_for(lambda: seen("menu item", "Export Posts…"))
app.key("e")
tap.check(say("What Is Selected"), "the export offers what is selected")
app.picture("export-selected")
chosen = os.path.join(folder, "chosen.csv")
choose(chosen, "Export…", "Export Posts")
tap.check(wait_for(lambda: os.path.exists(chosen)) and say("1 post written to “chosen.csv”"), "as many are written as were chosen")
tap.check(closed("Export Posts"), "and the window goes")
lines = ctl("post", "import", chosen, "--brand", brand, "--dry-run", expect=None)
tap.check([line["row"]["text"] for line in lines if "row" in line] == ["Rye is back"], "the chosen one, and no other")
app.point(say("Select “Rye is back"))
tap.check(gone("1 selected"), "nothing is chosen any more")
app.key("ctrl+z")
tap.check(wait_for(lambda: posts() == []), "one step takes all of it back")
tap.check(not [line for line in ctl("tag", "list", "--brand", brand, expect=None) if "tag" in line], "its tag as well")

# Thousands of rows whose columns nobody knows: told by hand.
app.click("push button", "Import and Export")
wait_for(lambda: seen("menu item", "Import Posts…"))
app.key("i")
choose(OTHER)
tap.check(say("What each column of the table is"), "an unknown table asks what its columns are")
click("check box", "Northside Bread")
click(None, "=Preview")
tap.check(say("No row can become a post"), "nothing of it is a post yet")
click(None, "=Columns")
click(None, "=Beitrag")
app.key("Down", "Return")
click(None, "=Wann")
app.key("Down", "Down", "Return")
tap.check(say("4000 rows become scheduled posts. They go out between 1 December 2036 and 20 December 2036."), "once told, all its rows are posts")
app.picture("import-thousands")
click("push button", "Import 4000 Posts")
tap.check(wait_for(lambda: len(posts()) == 4000, 60), "thousands are imported at once")
tap.check(closed("Import Posts"), "the window has gone")
app.key("ctrl+z")
tap.check(wait_for(lambda: posts() == [], 60), "and taken back at once")

# In a narrow window both are over the posts.
app.resize(360, 720)
button = wait_for(lambda: [node for node in walk(app.root) if node.told == "Import and Export" and 46 < app.place(node)[1] < 96])
tap.check(button, "a narrow window has the menu among the filters")
app.point(button[0])
wait_for(lambda: seen("menu item", "Import Posts…"))
app.key("i")
tap.check(say("Choose File…"), "a narrow window has room for the import")
app.picture("import-narrow")
app.key("Escape")
tap.check(closed("Import Posts") and app.process.poll() is None, "and goes on without it")
app.close()
sandbox.stop()
tap.end()
