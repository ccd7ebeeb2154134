# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures and videos of a post, made fit by pointer and keyboard: a part of a picture, a shape with
borders, a video cut and its cover; and what was done is taken back."""

import os
import subprocess
import sys
import time

from gui import App, name_of, wait_for, walk, xdotool
from harness import APP_ID, HOME, SECRET, Checks, Sandbox, connect, ctl, write_picture

TEXT = "Eighteen hours of patience"
tap = Checks()
film = os.path.join(HOME, "film.mp4")
made = subprocess.run([os.environ["SMM_MAKE_VIDEO"], film, "540", "960", "6"], check=False)
if made.returncode == 77:
    print("1..0 # SKIP no encoder for the video of this test")
    sys.exit(77)
made.check_returncode()
sandbox = Sandbox()


def sizes():
    """Width and height of what the library has, newest first."""
    media = [line["media"] for line in ctl("media", "list")]
    return [(each["width"], each["height"]) for each in media]


def corner(title):
    """Where the frame of a dialog begins on the screen: its places are told from there."""
    window = wait_for(lambda: xdotool("search", "--onlyvisible", "--name", title).split())[0]
    told = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", window).split())
    extents = subprocess.run(["xprop", "-id", window, "_GTK_FRAME_EXTENTS"], capture_output=True, text=True, check=False)
    shadow = [int(part) for part in extents.stdout.split("=")[1].split(",")] if "=" in extents.stdout else [0, 0, 0, 0]
    return int(told["X"]) + shadow[0], int(told["Y"]) + shadow[2]


def dialog_click(title, name):
    x, y = app.middle(wait_for(lambda: app.find("push button", name, 1)))
    left, top = corner(title)
    xdotool("mousemove", left + x, top + y)
    time.sleep(0.2)
    xdotool("click", 1)
    time.sleep(0.6)


def first_picture():
    told = [name_of(node) for node in walk(app.root) if name_of(node).startswith(("Picture 1 of", "Video 1 of"))]
    return told[0] if told else ""


brand = ctl("brand", "add", "Northside Bread", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
picture = os.path.join(HOME, "bread.png")
write_picture(picture, 600, 400, 3)
post = ctl("post", "add", "--brand", brand, "--account", page, "--text", TEXT, "--draft", "--media", picture)[0]["post"]["id"]
reel = ctl("post", "add", "--brand", brand, "--account", page, "--text", "The oven", "--draft", "--kind", "reel",
           "--media", film)[0]["post"]["id"]


def media_of(which):
    return ctl("post", "show", which)[0]["post"]


# A part of a picture: a shape, moved by keyboard.
app = App()
app.point(wait_for(lambda: app.find(None, f"Draft, Facebook: {TEXT}", 1)))
app.point(wait_for(lambda: app.find("push button", "=Crop This Picture", 1)))
tap.check(wait_for(lambda: app.shown("Crop Picture 1")), "the picture can be cropped")
dialog_click("Crop Picture 1", "=4:5")
tap.check(wait_for(lambda: app.shown("320 × 400 pixels are kept of 600 × 400")), "a shape says what is kept")

# The frame is moved and made smaller: its corner is dragged, arrows and plus do the rest.
frame = app.need(None, "Frame: what is kept").get_place()
left, top = corner("Crop Picture 1")
scale = (frame.width - 20) / 600
middle = left + frame.x + frame.width / 2, top + frame.y + frame.height / 2
app.drag([round(each) for each in (middle[0] + 160 * scale, middle[1] + 200 * scale)],
         [round(each) for each in (middle[0] + 80 * scale, middle[1] + 100 * scale)])
tap.check(wait_for(lambda: app.shown("240 × 300 pixels are kept")), f"a corner can be dragged ({[n for n in app.names() if 'kept' in n]})")
description = app.need(None, "Frame: what is kept").get_description()
app.key("shift+Left", "Left")
tap.check(wait_for(lambda: app.need(None, "Frame: what is kept").get_description() != description), "arrows move the frame")
app.key("minus")
tap.check(wait_for(lambda: not app.shown("240 × 300 pixels are kept")), "and minus makes it smaller")
dialog_click("Crop Picture 1", "=1:1")
dialog_click("Crop Picture 1", "=4:5")
before = media_of(post)["targets"][0]["content"]
app.picture("media-crop")
dialog_click("Crop Picture 1", "=Crop")
tap.check(wait_for(lambda: app.shown("Cropped picture 1 to 4:5"), 40), "it is cropped")
tap.check(wait_for(lambda: (320, 400) in sizes()), f"and the library has it ({sizes()})")
tap.check(wait_for(lambda: media_of(post)["targets"][0]["content"] != before), "and the post")
undo = [node for node in walk(app.root) if name_of(node) == "Undo" and node.get_role_name() == "push button"]
app.point(max(undo, key=lambda node: app.middle(node)[1]))
tap.check(wait_for(lambda: media_of(post)["targets"][0]["content"] == before), "Undo brings the whole one back")

# All of it, with borders.
app.point(app.need("push button", "=Crop This Picture"))
dialog_click("Crop Picture 1", "=9:16")
dialog_click("Crop Picture 1", "=Pad Instead")
tap.check(wait_for(lambda: app.shown("Padded picture 1 to 9:16"), 40), "it is padded")
tap.check(wait_for(lambda: any(abs(w / h - 9 / 16) < 0.01 for w, h in sizes() if (w, h) != (540, 960))),
          f"to that shape ({sizes()})")
app.picture("media-padded")
app.key("Escape")

# A video: its end cut away, its cover chosen, by keyboard.
app.point(wait_for(lambda: app.find(None, "Draft, Facebook: The oven", 1)))
app.point(wait_for(lambda: app.find("push button", "=Cut This Video", 1)))
end = wait_for(lambda: app.find(None, "End, in seconds", 1))
tap.check(end, "the video can be cut")
end.set_value(4.0)
app.need(None, "Cover, in seconds").set_value(1.5)
tap.check(wait_for(lambda: app.shown("4.0 of 6.0 seconds")), "it says how long it will be")
app.picture("media-video")
dialog_click("Video 1", "=Apply")
tap.check(wait_for(lambda: app.shown("Cut video 1"), 60), "it is cut")
tap.check(wait_for(lambda: media_of(reel)["options"].get("cover-ms") == "1500"), "the cover is in the post")
lengths = [line["media"]["duration_ms"] for line in ctl("media", "list") if line["media"]["mime"] == "video/mp4"]
tap.check(any(3500 < each < 4500 for each in lengths), f"and the library has the short one ({lengths})")
tap.check(app.process.poll() is None, "the window is still there")
app.close()
sandbox.stop()
tap.end()
