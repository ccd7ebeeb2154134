# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks whether each of the 32 faults of matrix.txt has a test, and each test is there."""

import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
found, bad, tests = [], [], 0
with open(os.path.join(HERE, "matrix.txt"), encoding="utf-8") as file:
    rows = [row.rstrip("\n") for row in file if row.strip() and not row.startswith("#")]
for n, row in enumerate(rows):
    if not row.startswith("  "):
        found.append(int(row.split()[0]))
        if n + 1 == len(rows) or not rows[n + 1].startswith("  "):
            bad.append(f"“{row}” has no test")
        continue
    tests += 1
    path, words = re.fullmatch(r"  (\S+): (.+)", row).groups()
    full = os.path.join(HERE, "..", path)
    if not os.path.exists(full) or words not in open(full, encoding="utf-8").read():
        bad.append(f"{found[-1]}: {path} has no “{words}”")
if found != list(range(1, 33)):
    bad.append(f"these faults are not 1 to 32: {found}")
print("\n".join(bad) or f"{len(found)} faults, {tests} tests")
sys.exit(1 if bad else 0)
