# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A video in the window: one of its frames, and a name for those who do not see it."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gui import App, name_of, walk  # noqa: E402
from harness import HOME, PUBLISHER, Checks, ctl, write_picture  # noqa: E402

film = os.path.join(HOME, "film.mp4")
made = subprocess.run([os.environ["SMM_MAKE_VIDEO"], film])
if made.returncode == 77:
    sys.exit(77)
made.check_returncode()
bread = os.path.join(HOME, "bread.png")
write_picture(bread, 300, 300, 5)
brand = ctl("brand", "add", "Northside Bread")[0]["brand"]["id"]
ctl("post", "add", "--brand", brand, "--text", "Fresh bread", "--media", bread, "--draft")
ctl("post", "add", "--brand", brand, "--text", "How we bake it", "--media", film, "--draft")
frames = os.path.join(os.environ["XDG_CACHE_HOME"], "thumbnails", "large")

test = Checks()
publisher = subprocess.Popen([PUBLISHER])
app = App()
names = []
for _ in range(60):
    names = [name_of(node) for node in walk(app.root)]
    if "Video" in names:
        break
    time.sleep(0.5)
test.check("Video" in names, "the draft's video is shown as one")
test.check("Picture" in names, "and the picture as a picture")
test.check(len(os.listdir(frames)) == 2, "both are in the cache of the desktop")
app.process.terminate()
publisher.terminate()
test.end()
