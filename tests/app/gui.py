# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The application on a real screen: widgets are found by role and name, input is real."""

import os
import signal
import subprocess
import sys
import tempfile
import time

import accessible
from accessible import Gone, walk

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "publisher"))
from harness import BUILD  # noqa: E402

APP = os.path.join(BUILD, "src", "app", "nkonsept-smm")
PICTURES = os.environ.get("SMM_PICTURES")
CUT = os.environ.get("SMM_CUT_LIBRARY")


def xdotool(*args):
    return subprocess.run(["xdotool", *map(str, args)], check=False, capture_output=True, text=True).stdout


def name_of(node):
    return node.get_name()


def wait_for(what, seconds=20):
    """What comes of it, as soon as that is something."""
    end = time.time() + seconds
    while time.time() < end:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    return what()


class App:
    def __init__(self, *args, width=1280, height=820, **env):
        self.complaints = tempfile.TemporaryFile("w+")
        self.cut_report = tempfile.mktemp(prefix="smm-cut-")
        if CUT:
            env = dict(env, SMM_CUT_REPORT=self.cut_report, LD_PRELOAD=":".join(filter(None, (env.get("LD_PRELOAD"), CUT))))
        self.process = subprocess.Popen([APP, *args], env=dict(os.environ, **env), stderr=self.complaints)
        self.nameless = {}
        self.cut = {}
        self.root = wait_for(lambda: accessible.find_application(self.process.pid) or self.process.poll() is not None, 15)
        if not isinstance(self.root, accessible.Node):
            raise AssertionError("the window did not come")
        time.sleep(1)
        self.window = None
        for _ in range(50):
            ids = xdotool("search", "--onlyvisible", "--pid", self.process.pid).split()
            if ids:
                self.window = ids[0]
                break
            time.sleep(0.1)
        self.resize(width, height)

    def resize(self, width, height):
        shadow = self.shadow()
        xdotool("windowmove", self.window, -shadow[0], -shadow[2])
        xdotool("windowsize", self.window, width + shadow[0] + shadow[1], height + shadow[2] + shadow[3])
        time.sleep(0.8)
        shadow = self.shadow()
        xdotool("windowmove", self.window, -shadow[0], -shadow[2])
        time.sleep(0.5)

    def shadow(self):
        told = subprocess.run(["xprop", "-id", self.window, "_GTK_FRAME_EXTENTS"], capture_output=True, text=True,
                              check=False).stdout
        return [int(part) for part in told.split("=")[1].split(",")] if "=" in told else [0, 0, 0, 0]

    def get_width(self):
        geometry = xdotool("getwindowgeometry", "--shell", self.window)
        return int(geometry.split("WIDTH=")[1].split()[0]) - sum(self.shadow()[:2])

    def find(self, role, name, wait=5.0):
        """By a part of the name, or all of it: "=Connect"."""
        end = time.time() + wait
        looks = 0
        while True:
            looks += 1
            for node in walk(self.root):
                if not (node.told == name[1:] if name[0] == "=" else name in node.told):
                    continue
                try:
                    if role in (None, node.get_role_name()):
                        return node
                except Gone:
                    continue
            # One look can take longer than the wait, and may have seen names that are gone.
            if time.time() > end and looks > 1:
                return None
            time.sleep(0.1)

    def need(self, role, name):
        node = self.find(role, name)
        if node is None:
            word = name.strip("=")[:6]
            like = [told for told in self.names() if word in told]
            raise AssertionError(f"no {role} called {name}, but {like}")
        return node

    def names(self):
        return [name_of(node) for node in walk(self.root)]

    def act(self, role, name):
        node = self.need(role, name)
        node.do_action()
        time.sleep(0.6)

    def shown(self, name):
        return any(name in told for told in self.names())

    def focused(self):
        return accessible.focused(self.root)

    def tab_to(self, name, limit=14):
        for _ in range(limit):
            if any(name in told for told in self.focused()):
                return True
            self.key("Tab")
        return False

    def place(self, node):
        at = node.get_place()
        return at.x + at.width // 2, at.y + at.height // 2

    def middle(self, node):
        """Once it lies still: what was done before may be moving the page yet."""
        last = None
        for _ in range(20):
            at = self.place(node)
            if at == last:
                break
            last = at
            time.sleep(0.1)
        return last

    def point(self, node, button=1):
        """A click in the middle of it, as a hand does that follows what moves."""
        for _ in range(5):
            at = self.middle(node)
            xdotool("mousemove", *at)
            time.sleep(0.15)
            if self.place(node) == at:
                break
        xdotool("click", button)
        time.sleep(0.6)

    def click(self, role, name, button=1):
        self.point(self.need(role, name), button)

    def drag(self, start, end):
        xdotool("mousemove", *start)
        xdotool("mousedown", 1)
        time.sleep(0.1)
        for step in range(1, 13):
            xdotool("mousemove", start[0] + (end[0] - start[0]) * step // 12, start[1] + (end[1] - start[1]) * step // 12)
            time.sleep(0.03)
        time.sleep(0.15)
        xdotool("mouseup", 1)
        time.sleep(0.8)

    def key(self, *keys):
        xdotool("key", "--delay", "60", *keys)
        time.sleep(0.5)

    def type(self, text):
        xdotool("type", "--delay", "12", text)
        time.sleep(0.4)

    def picture(self, name):
        """What is seen here, and what people are told who can't see."""
        self.nameless.update(dict.fromkeys(accessible.nameless(self.root), name))
        self.cut.update(dict.fromkeys(self.find_cut(), name))
        if PICTURES:
            os.makedirs(PICTURES, exist_ok=True)
            subprocess.run(["import", "-window", "root", os.path.join(PICTURES, name + ".png")], check=False)

    def find_cut(self):
        """What is on screen and can't be seen whole."""
        if not CUT:
            return []
        os.kill(self.process.pid, signal.SIGUSR2)
        if not wait_for(lambda: os.path.exists(self.cut_report), 5):
            return []
        with open(self.cut_report, encoding="utf-8") as report:
            found = report.read().splitlines()
        os.remove(self.cut_report)
        return found

    def close(self):
        """Everything that a picture was taken of had a name, and the libraries nothing to say."""
        self.process.terminate()
        try:
            done = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            done = None
        self.complaints.seek(0)
        told = self.complaints.read()
        sys.stderr.write(told)
        assert "-CRITICAL **" not in told, "a call that its library refused"
        assert not self.nameless, "\n".join(f"{picture}: {each}" for each, picture in self.nameless.items())
        assert not self.cut, "\n".join(f"{picture}: {each}" for each, picture in self.cut.items())
        return done
