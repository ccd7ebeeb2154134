# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window from which a file can be dragged, as from a file manager: another program than ours."""

import sys

import gi

gi.require_version("Gdk", "4.0")
gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, Gio, GLib, GObject, Gtk  # noqa: E402


def main(path):
    def prepare(source, x, y):
        value = GObject.Value(Gdk.FileList, Gdk.FileList.new_from_list([Gio.File.new_for_path(path)]))
        return Gdk.ContentProvider.new_for_value(value)

    Gtk.init()
    loop = GLib.MainLoop()
    window = Gtk.Window(title="Files of Somebody", default_width=180, default_height=120, decorated=False)
    label = Gtk.Label(label="A file", hexpand=True, vexpand=True)
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect("prepare", prepare)
    label.add_controller(source)
    window.set_child(label)
    window.connect("close-request", lambda window: loop.quit())
    window.present()
    loop.run()


main(sys.argv[1])
