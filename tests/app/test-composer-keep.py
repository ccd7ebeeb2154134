# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing typed is lost: the window is killed in the middle of a word."""

import os
import signal
import subprocess
import time

from gui import App, walk
from harness import Checks, ctl

TEXT = "Flour, water, salt and eighteen hours of patience, that is all there is in it, and this line goes on and on"
tap = Checks()
ctl("brand", "add", "Northside Bread", "--timezone", "UTC")
app = App()
app.need("push button", "=New Post")
app.key("ctrl+n")
field = app.need("text", "Text of the post")


def on_screen():
    return field.get_text()


def stored():
    return [line["post"]["text"] for line in ctl("post", "list", expect=None) if "post" in line]


# Faster than the pause after which a draft is saved, for longer than a second.
typing = subprocess.Popen(["xdotool", "type", "--delay", "110", TEXT])
end = time.time() + 30
while len(on_screen()) < 30 and time.time() < end:
    time.sleep(0.05)
before = on_screen()
time.sleep(1)
os.kill(app.process.pid, signal.SIGKILL)
typing.terminate()
app.process.wait()
tap.check(len(before) >= 30, f"it was being typed ({len(before)})")
kept = stored()
tap.check(len(kept) == 1 and TEXT.startswith(kept[0]), f"the beginning of it is in the library ({kept})")
tap.check(bool(kept) and kept[0].startswith(before), f"and all that stood there a second before ({before!r})")

# The next start has it.
app = App()
end = time.time() + 20
shown = False
while not shown and time.time() < end:
    shown = any("Flour, water, salt" in (node.get_name() or "") for node in walk(app.root))
    time.sleep(0.2)
tap.check(shown, "and the next start shows the draft")
app.close()
tap.end()
