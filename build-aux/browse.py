#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""browse URL: a browser without a window, for demo and tests. It follows where a sign-in leads, also
where no hosts file says what "localhost" is."""

import socket
import sys
import urllib.request

_look_up = socket.getaddrinfo


def _look_up_here(host, *args, **kwargs):
    return _look_up("127.0.0.1" if host == "localhost" else host, *args, **kwargs)


socket.getaddrinfo = _look_up_here


def browse(url, timeout=30):
    with urllib.request.urlopen(url, timeout=timeout) as answer:
        return answer.read()


if __name__ == "__main__":
    browse(sys.argv[1])
