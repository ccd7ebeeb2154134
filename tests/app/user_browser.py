# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The browser that a desktop opens addresses with, as far as the tests need one."""

import os
import sys

from harness import HOME, SOURCE

FOLLOW = f"#!/bin/sh\nexec {sys.executable} {SOURCE}/build-aux/browse.py \"$1\"\n"


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def install_browser(script=FOLLOW):
    """By itself it follows the address and shows nothing."""
    applications = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
    browser = os.path.join(HOME, "browser")
    os.makedirs(applications)
    write(browser, script)
    os.chmod(browser, 0o755)
    write(os.path.join(applications, "browser.desktop"),
          f"[Desktop Entry]\nType=Application\nName=Browser\nExec={browser} %u\nMimeType=x-scheme-handler/http;\n")
    write(os.path.join(applications, "mimeapps.list"), "[Default Applications]\nx-scheme-handler/http=browser.desktop\n")
