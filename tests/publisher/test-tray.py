# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon in the tray: there when a tray is, with what comes next and a menu that works, and not otherwise."""

import subprocess
import sys
import time

try:
    import gi

    from gi.repository import Gio, GLib
except ImportError:
    sys.exit(77)

from harness import APP_ID, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl

WATCHER = "org.kde.StatusNotifierWatcher"
XML = f"""<node><interface name="{WATCHER}"><method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
</interface></node>"""
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
registered = []
told = []
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
loop = GLib.MainContext.default()


def on_call(connection, sender, path, interface, method, args, invocation):
    registered.append((sender, args.unpack()[0]))
    invocation.return_value(None)


def wait_for(what, seconds=20):
    end = time.time() + seconds
    while time.time() < end:
        while loop.iteration(False):
            pass
        found = what()
        if found:
            return found
        time.sleep(0.02)
    return what()


def ask(path, interface, method, args, answer=None):
    """None: nobody is there, or it is refused."""
    got = []
    bus.call(registered[-1][0], path, interface, method, args, GLib.VariantType(answer) if answer else None, 0, 5000, None,
             lambda source, result: got.append(finish(source, result)))
    return wait_for(lambda: got)[0]


def finish(source, result):
    try:
        return source.call_finish(result).unpack()
    except GLib.Error:
        return None


def get(name):
    answer = ask(registered[-1][1], "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (ITEM, name)), "(v)")
    return answer[0] if answer else None


def tip():
    return (get("ToolTip") or ("", [], "", ""))[3]


def menu():
    """Labels and ids of the lines, also of submenus."""
    ask(get("Menu"), MENU, "AboutToShowGroup", GLib.Variant("(ai)", ([0],)))
    layout = ask(get("Menu"), MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, [])), "(u(ia{sv}av))")
    lines = {}

    def read(node):
        lines[node[1].get("label", node[1].get("type", ""))] = node[0]
        for child in node[2]:
            read(child)
    read(layout[1])
    return lines


def choose(label):
    ask(get("Menu"), MENU, "EventGroup", GLib.Variant("(a(isvu))", ([(menu()[label], "clicked", GLib.Variant("i", 0), 0)],)))


def status():
    return ctl("publisher", "status")[0]["publisher"]["state"]


tap = Checks()
sandbox = Sandbox()
brand = ctl("brand", "add", "A Shop", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
publisher = subprocess.Popen([PUBLISHER])
wait_for(lambda: status() == "running")
owner = bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetNameOwner",
                      GLib.Variant("(s)", ("com.nkonsept.Smm.Publisher",)), None, 0, -1, None).unpack()[0]
registered.append((owner, "/StatusNotifierItem"))
tap.check(get("Id") is None, "without a tray nothing is on the bus")
registered.clear()

bus.register_object("/StatusNotifierWatcher", Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call, None, None)
number = Gio.bus_own_name_on_connection(bus, WATCHER, Gio.BusNameOwnerFlags.NONE, None, None)
tap.check(wait_for(lambda: registered), "when a tray comes it is told")
tap.check(get("Id") == "nkonsept-smm" and get("Status") == "Active" and get("IconName"), "there is an item")
tap.check("Nothing is scheduled" in tip(), f"that says what comes next {tip()}")
tap.check({"Open nkonsept SMM", "New Post", "Pause Publishing", "For an Hour", "Until Tomorrow", "Close the Window"} <= set(menu()),
          f"and has a menu {menu()}")
soon = time.strftime("%Y-%m-%dT%H:%MZ", time.gmtime(time.time() + 7200))
post = ctl("post", "add", "--brand", brand, "--account", page, "--text", "Rye_bread <today>", "--at", soon)[0]["post"]["id"]
tap.check(wait_for(lambda: "Rye_bread &lt;today&gt;" in tip()), f"a scheduled post is next {tip()}")
tap.check(any("Facebook" in label and "Rye__bread <today>" in label for label in menu()), f"and in the menu {menu()}")

choose("For an Hour")
tap.check(wait_for(lambda: status() == "paused"), "publishing is paused from it")
tap.check(wait_for(lambda: "paused" in tip()) and "Pause Publishing" not in menu(), f"which it says {tip()}")
choose("Resume Publishing")
tap.check(wait_for(lambda: status() == "running"), "and goes on from it")
tap.check(wait_for(lambda: "Rye" in tip()), "and is told as before")
ctl("publisher", "pause")
tap.check(wait_for(lambda: "paused" in tip()), "a pause from elsewhere is told too")
ctl("publisher", "resume")
sandbox.call("POST", "revoke?subcode=460")
ctl("post", "add", "--brand", brand, "--account", page, "--text", "Waits", "--at", "now")
tap.check(wait_for(lambda: get("Status") == "NeedsAttention"), "what needs somebody changes the icon")
tap.check("1 post needs you" in menu() and "1 post needs you" in tip(), f"and is said {tip()}")

ctl("settings", "set", "tray.on", "false")
tap.check(wait_for(lambda: get("Id") is None), "who does not want it has none")
n = len(registered)
ctl("settings", "set", "tray.on", "true")
tap.check(wait_for(lambda: len(registered) > n), "and has it again")
Gio.bus_unown_name(number)
tap.check(wait_for(lambda: get("Id") is None), "without the tray it goes")
n = len(registered)
number = Gio.bus_own_name_on_connection(bus, WATCHER, Gio.BusNameOwnerFlags.NONE, None, None)
tap.check(wait_for(lambda: len(registered) > n) and get("Id") == "nkonsept-smm", "and comes with another one")
publisher.terminate()
tap.check(publisher.wait() == 0, "the publisher ends")
sandbox.stop()
tap.end()
