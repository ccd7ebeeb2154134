# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility tree over D-Bus, read a whole level at a time: libatspi asks for one thing after the
other, and a look at a window of 1,000 widgets took seconds on a machine that has other things to do."""

import re
from collections import namedtuple

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
PROPERTIES = "org.freedesktop.DBus.Properties"
ROOT = "/org/a11y/atspi/accessible/root"
IN_WINDOW = int(Atspi.CoordType.WINDOW)
PATIENCE = 10_000  # milliseconds
MOST_CHILDREN = 400
MOST_LEVELS = 40

Place = namedtuple("Place", "x y width height")


class Gone(Exception):
    """It went while we looked."""


def connect():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None,
                                GLib.VariantType("(s)"), 0, PATIENCE).unpack()[0]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


bus = connect()


def ask(questions):
    """The answers to (name, path, interface, method, arguments), in order: True where it tells nothing,
    None where it is gone."""
    answers = [None] * len(questions)
    left = len(questions)

    def answered(connection, result, index):
        nonlocal left
        left -= 1
        try:
            answers[index] = (*connection.call_finish(result).unpack(), True)[0]
        except GLib.Error:
            pass
    for index, (name, path, interface, method, arguments) in enumerate(questions):
        bus.call(name, path, interface, method, arguments, None, 0, PATIENCE, None, answered, index)
    context = GLib.MainContext.default()
    while left > 0:
        context.iteration(True)
    return answers


def has_state(states, state):
    return bool(states[int(state) // 32] >> int(state) % 32 & 1)


class Node:
    """What is at one place of the tree; its name is as it was when the tree was read."""

    def __init__(self, name, path, parent=None):
        self.bus_name = name
        self.path = path
        self.parent = parent
        self.told = None
        self.role = None
        self.children = []

    def question(self, interface, method, arguments=None):
        return self.bus_name, self.path, interface, method, arguments

    def ask(self, interface, method, arguments=None):
        answer = ask([self.question(interface, method, arguments)])[0]
        if answer is None:
            raise Gone(f"{self.told}: {method}")
        return answer

    def get(self, interface, name):
        return self.ask(PROPERTIES, "Get", GLib.Variant("(ss)", (interface, name)))

    def get_name(self):
        if self.told is None:
            self.told = self.get(ACCESSIBLE, "Name")
        return self.told

    def get_description(self):
        return self.get(ACCESSIBLE, "Description")

    def get_role_name(self):
        if self.role is None:
            self.role = Atspi.role_get_name(Atspi.Role(self.ask(ACCESSIBLE, "GetRole")))
        return self.role

    def get_parent(self):
        return self.parent

    def get_place(self):
        """In the window; nothing has the size 0."""
        answer = ask([self.question(COMPONENT, "GetExtents", GLib.Variant("(u)", (IN_WINDOW,)))])[0]
        return Place(*answer) if answer else Place(0, 0, 0, 0)

    def has_state(self, state):
        """One of Atspi.StateType."""
        return has_state(self.ask(ACCESSIBLE, "GetState"), state)

    def do_action(self):
        return self.ask("org.a11y.atspi.Action", "DoAction", GLib.Variant("(i)", (0,)))

    def set_value(self, value):
        self.ask(PROPERTIES, "Set", GLib.Variant("(ssv)", ("org.a11y.atspi.Value", "CurrentValue", GLib.Variant("d", value))))

    def get_text(self):
        return self.ask("org.a11y.atspi.Text", "GetText", GLib.Variant("(ii)", (0, -1)))


NAME = GLib.Variant("(ss)", (ACCESSIBLE, "Name"))


def read(root):
    """Reads the names of all under root."""
    level = [root]
    for _ in range(MOST_LEVELS):
        questions = []
        for node in level:
            questions += [node.question(PROPERTIES, "Get", NAME), node.question(ACCESSIBLE, "GetChildren")]
        answers = ask(questions)
        below = []
        for index, node in enumerate(level):
            node.told = answers[2 * index] or ""
            node.children = [Node(name, path, node) for name, path in (answers[2 * index + 1] or [])[:MOST_CHILDREN]]
            below += node.children
        if not below:
            break
        level = below
    return root


def flatten(node):
    yield node
    for child in node.children:
        yield from flatten(child)


def walk(root):
    """All under root, as they are now."""
    return list(flatten(read(root)))


def focused(root):
    """The names of what has the keyboard, and of what that is in."""
    nodes = walk(root)
    for node, states in zip(nodes, ask([node.question(ACCESSIBLE, "GetState") for node in nodes])):
        if states and has_state(states, Atspi.StateType.FOCUSED):
            yield node.told


def find_application(process):
    """The one of that process, or None while it is not there or has no window."""
    desktop = Node("org.a11y.atspi.Registry", ROOT)
    owners = ask([desktop.question(ACCESSIBLE, "GetChildren")])[0] or []
    numbers = ask([("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                    GLib.Variant("(s)", (name,))) for name, _ in owners])
    for (name, path), number in zip(owners, numbers):
        if number == process:
            found = Node(name, path)
            if ask([found.question(ACCESSIBLE, "GetChildren")])[0]:
                return found
    return None


# What only holds others or is drawn needs no name of its own.
BESIDE = ("application", "panel", "filler", "label", "image", "icon", "separator", "scroll bar", "scroll pane", "form",
          "list", "list item", "table row", "menu")
TYPE = re.compile(r"(Gtk|Gdk|Adw|Smm)[A-Z]|$")


def is_toolkits(node):
    """The insides of the toolkit's own rows, drop-downs, calendars and windows are not ours to name."""
    above = []
    asked = node
    while node.get_parent() is not None and len(above) < 6:
        node = node.get_parent()
        above.append(node)
    return (above == [] or TYPE.match(above[0].told) and above[0].told != ""
            or any(each.get_role_name() in ("combo box", "entry", "text", "spin button") for each in above[:3])
            or any(each.told in ("GtkShortcutsWindow", "AdwViewSwitcherBar") for each in above)
            or asked.told == "GtkImage")


def is_doubled(name):
    """Read out twice in one breath: by its own name, and by a label that names it too."""
    words = name.replace("_", "").split()
    half = len(words) // 2
    return half > 0 and len(words) % 2 == 0 and words[:half] == words[half:]


def nameless(root):
    """What can be used and has no name that people know, or has it twice: where it is, in words."""
    found = []
    for node in walk(root):
        try:
            if is_doubled(node.told) and node.get_place().width > 0:
                found.append(f"twice “{node.told}”")
            if TYPE.match(node.told) and node.get_role_name() not in BESIDE and not is_toolkits(node):
                above = []
                place = node
                while place is not None and len(above) < 6:
                    above.append(f"{place.get_role_name()} “{place.told[:30]}”")
                    place = place.get_parent()
                found.append(" in ".join(above) + f" at {node.get_place()}")
        except Gone:
            continue
    return found
