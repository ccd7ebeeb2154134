# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A library that can't be opened: the window says why and puts the last backup in its place."""

import os
import re
import signal
import sqlite3
import subprocess
import time

from gui import App
from harness import Checks, ctl



def stop_publisher():
    """The service that the window started."""
    told = subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path",
                           "/org/freedesktop/DBus", "--method", "org.freedesktop.DBus.GetConnectionUnixProcessID",
                           "com.nkonsept.Smm.Publisher"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"uint32 (\d+)", told)
    if number:
        os.kill(int(number.group(1)), signal.SIGTERM)
    while ctl("publisher", "status")[0]["publisher"]["state"] != "stopped":
        time.sleep(0.1)


tap = Checks()
library = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm", "library.db")
ctl("brand", "add", "A Shop", "--timezone", "UTC")
ctl("backup", "create")

for name, start in [("the first page", 0), ("the tenth page", 10 * 4096)]:
    for companion in ("-wal", "-shm"):
        if os.path.exists(library + companion):
            os.unlink(library + companion)
    damaged = bytearray(open(library, "rb").read())
    damaged[start:] = b"\xa5" * (len(damaged) - start)
    open(library, "wb").write(damaged)
    app = App()
    tap.check(app.find(None, "The Library Is Damaged"), f"{name}: the window says that the library is damaged")
    tap.check(open(library, "rb").read() == damaged, f"{name}: and leaves the file as it is")
    app.act("push button", "Restore the Backup of")
    tap.check(app.find(None, "A Shop", 10), f"{name}: one click brings the backup back")
    app.close()
    tap.check(ctl("brand", "list")[0]["brand"]["name"] == "A Shop", f"{name}: and everything works again")
    stop_publisher()

with sqlite3.connect(library) as database:
    database.execute("PRAGMA user_version = 999")
database.close()
app = App()
tap.check(app.find(None, "Newer Than This Program"), "a library of a newer version is told apart")
tap.check(sqlite3.connect(library).execute("PRAGMA user_version").fetchone() == (999,), "and not touched")
app.close()
tap.end()
