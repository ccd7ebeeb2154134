# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a window can set, the command line can: the manual page says for each row how, and each of those
commands is given and looked at. Every setting takes another value, refuses nonsense, and can be undone."""

import os
import re
import shlex
import subprocess
import xml.etree.ElementTree as ElementTree

from harness import CTL, HOME, SOURCE, Checks, Sandbox, ctl, write_picture

tap = Checks()
sandbox = Sandbox()
ROWS = ("AdwActionRow", "AdwEntryRow", "AdwComboRow", "AdwPasswordEntryRow", "AdwExpanderRow")
WINDOWS = ("preferences/smm-notices-page", "preferences/smm-preferences-ai", "preferences/smm-preferences-privacy",
           "preferences/smm-preferences-rights", "brand/smm-brand-page", "accounts/smm-web-space-panel", "accounts/smm-sign-in-step")


def read_manual():
    """Title of a row → command."""
    with open(os.path.join(SOURCE, "data", "nkonsept-smmctl.1"), encoding="utf-8") as file:
        text = file.read().replace("\\-", "-")
    return re.findall(r"^\.TP\n([^.\n].*)\n(.*)$", text.split(".SH WINDOWS AND COMMANDS")[1], re.M)


def rows_of(window):
    tree = ElementTree.parse(os.path.join(SOURCE, "resources", "ui", window + ".ui"))
    for node in tree.iter("object"):
        if node.get("class") in ROWS:
            yield from (each.text for each in node.findall("property") if each.get("name") == "title")


manual = read_manual()
known = "\n".join(titles for titles, _ in manual)
for window in WINDOWS:
    missing = [title for title in rows_of(window) if not re.search(rf"(^|, ){re.escape(title)}(,|$)", known, re.M)]
    tap.check(not missing, f"the manual page has every row of {window} {missing}")

# --- What it says is there ---
help_text = subprocess.run([CTL, "--help"], capture_output=True, text=True, check=True).stdout
usages = {" ".join(line.split()[:2]): line for line in help_text.splitlines() if line.startswith("  ") and line[2] != " "}
bad = []
for titles, command in manual:
    words = command.split()
    usage = usages.get(" ".join(words[:2]))
    for option in [word for word in words if word.startswith("--")]:
        if usage is None or (option not in usage and option != "--yes"):
            bad.append(command)
    if usage is None:
        bad.append(command)
tap.check(not bad, f"every command of the manual page is one {bad}")

# --- Settings: each one, by what it is ---
def settings():
    return {line["setting"]["key"]: line["setting"]["value"] for line in ctl("settings", "list")}


brand = ctl("brand", "add", "Northside")[0]["brand"]["id"]
SAMPLES = {"ai.provider": "server", "ai.server": "https://ai.example.org/v1", "ai.model": "qwen 3", "mail.from": "Ana <ana@example.org>",
           "mail.to": "ana@example.org"}
before = settings()
for key, value in before.items():
    if value in ("true", "false"):
        other, nonsense = ("false" if value == "true" else "true"), "perhaps"
    elif re.fullmatch(r"\d\d:\d\d", value):
        other, nonsense = "05:30", "25:00"
    elif re.fullmatch(r"\d+", value):
        other, nonsense = str(int(value) + 1), "a few"
    else:
        other, nonsense = SAMPLES.get(key), "two\nlines"
    if other is None:
        tap.check(False, f"there is a sample for {key}")
        continue
    ctl("settings", "set", key, other)
    changed = ctl("settings", "get", key)[0]["setting"]["value"]
    refused = ctl("settings", "set", key, nonsense, expect=None)[0]
    ctl("undo")
    if (changed, settings()[key]) != (other, value) or "error" not in refused:
        tap.check(False, f"{key} can be set to {other}, not to {nonsense!r}, and undone: {changed} {settings()[key]} {refused}")
tap.check(settings() == before, "every setting can be changed and undone, and takes no nonsense")
named = {command.split()[2] for _, command in manual if command.startswith("settings set")}
tap.check(named <= set(before), f"the manual page names settings that are there {named - set(before)}")

# --- The commands of the manual page, given as they stand there ---
picture = os.path.join(HOME, "logo.png")
write_picture(picture, 64, 64, 3)
os.chdir(HOME)
for titles, command in manual:
    words = [word.replace("BRAND", brand) for word in shlex.split(command, comments=False)]
    if words[:2] == ["settings", "set"]:
        ctl(*words)
        tap.check(settings()[words[2]] == words[3], command)
    elif words[:2] == ["brand", "edit"]:
        ctl(*words)
        shown = ctl("brand", "show", brand)[0]["brand"]
        given = dict(zip(words[3::2], words[4::2]))
        for option, value in given.items():
            key = option[2:]
            found = shown[key]
            tap.check(len(str(found)) == 64 if key == "logo" else str(found) == value, f"{command}: {found}")
    elif words[:2] == ["brand", "describe"]:
        told = str(ctl(*words))
        tap.check("NAME" in told and "bread" in told, command)
    elif words[:2] == ["profile", "set"]:
        ctl(*[word.replace("ADDRESS", "ana@example.org") for word in words])
        tap.check(ctl("profile", "show")[0]["profile"]["email"] == "ana@example.org", command)
    elif words[:2] == ["profile", "confirm-age"]:
        ctl(*words[:2], expect=2)
        ctl(*words)
        tap.check(ctl("policy", "status")[0]["policy"]["accepted"] == 1, command)
    elif words[0] in ("backup", "policy") and "NAME" not in words or words[:2] in (["privacy", "inventory"], ["privacy", "ledger"],
                                                                                  ["privacy", "export"], ["ai", "usage"]):
        ctl(*words)
        tap.check(True, command)
sandbox.stop()
tap.end()
