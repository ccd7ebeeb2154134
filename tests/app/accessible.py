# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility tree over D-Bus, as the application's cache for assistive technology tells it in one
answer: libatspi asks for one thing after the other, and a look at a window of 4,000 widgets took seconds
on a machine that has other things to do."""

import functools
import json
import re
from collections import namedtuple

import gi

gi.require_version("Atspi", "2.0")
gi.require_version("Json", "1.0")
from gi.repository import Atspi, Gio, GLib, Json  # noqa: E402

ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
PROPERTIES = "org.freedesktop.DBus.Properties"
ROOT = "/org/a11y/atspi/accessible/root"
CACHE = "/org/a11y/atspi/cache"
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


def send(questions):
    """The raw answers to (name, path, interface, method, arguments), in order; None where it is gone."""
    answers = [None] * len(questions)
    left = len(questions)

    def answered(connection, result, index):
        nonlocal left
        left -= 1
        try:
            answers[index] = connection.call_finish(result)
        except GLib.Error:
            pass
    for index, (name, path, interface, method, arguments) in enumerate(questions):
        bus.call(name, path, interface, method, arguments, None, 0, PATIENCE, None, answered, index)
    context = GLib.MainContext.default()
    while left > 0:
        context.iteration(True)
    return answers


def ask(questions):
    """As send; True where it tells nothing."""
    return [answer and (*answer.unpack(), True)[0] for answer in send(questions)]


def has_state(states, state):
    return bool(states[int(state) // 32] >> int(state) % 32 & 1)


@functools.cache
def get_role(number):
    return Atspi.role_get_name(Atspi.Role(number))


class Node:
    """What is at one place of the tree; name, role and states are as they were when the tree was read."""

    def __init__(self, name, path, parent=None):
        self.bus_name = name
        self.path = path
        self.parent = parent
        self.told = None
        self.role = None
        self.states = None
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
            self.role = get_role(self.ask(ACCESSIBLE, "GetRole"))
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


def to_python(variant):
    """As unpack, which takes ten times as long for a large one."""
    return json.loads(Json.gvariant_serialize_data(variant)[0])


NAME = GLib.Variant("(ss)", (ACCESSIBLE, "Name"))
Item = namedtuple("Item", "n_children name role states")


def read_cache(name):
    """What the application has told of so far, by path. Some of it may be hidden now, and not say so."""
    answer = send([(name, CACHE, "org.a11y.atspi.Cache", "GetItems", None)])[0]
    return {path: Item(n, told, get_role(role), states)
            for (_, path), _, _, _, n, _, told, role, _, states in (to_python(answer)[0] if answer else [])
            if path != ROOT}


def read(root):
    """Reads the names of all under root."""
    items = read_cache(root.bus_name)
    level = [root]
    for _ in range(MOST_LEVELS):
        # What nobody has asked for yet is not in the cache.
        new = [node for node in level if node.path not in items]
        for node, name in zip(new, ask([node.question(PROPERTIES, "Get", NAME) for node in new])):
            node.told = name or ""
        for node in level:
            if node.path in items:
                _, node.told, node.role, node.states = items[node.path]
        above = [node for node in level if node.path not in items or items[node.path].n_children > 0]
        level = []
        for node, children in zip(above, ask([node.question(ACCESSIBLE, "GetChildren") for node in above])):
            node.children = [Node(root.bus_name, path, node) for _, path in (children or [])[:MOST_CHILDREN]]
            level += node.children
        if not level:
            break
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
    for node in walk(root):
        try:
            if has_state(node.states or node.ask(ACCESSIBLE, "GetState"), Atspi.StateType.FOCUSED):
                yield node.told
        except Gone:
            continue


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
