# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A brand's website by command line: what is read, and what is said of what can't be."""

import json
import os
import subprocess

from harness import CTL, Checks, Sandbox, ctl

tap = Checks()
sandbox = Sandbox()
brand = ctl("brand", "add", "Northside Bread", "--website", sandbox.base + "/website")[0]["brand"]["id"]


def read(*args):
    """What was read, or the code of what was said instead."""
    done = subprocess.run([CTL, "--json", "brand", "read-website", brand, *args], capture_output=True, text=True, timeout=60)
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["page"] if done.returncode == 0 else answer["error"]["code"]


def at(path):
    return read("--url", sandbox.base + "/website/" + path)


page = read()
tap.check(page["title"] == "Northside Bread – bakery with a wood oven" and page["site"] == "Northside Bread"
          and page["language"] == "en" and page["colors"] == "#8f5f2c #f4e9d8", f"a page is read {page}")
tap.check("# What we bake\nRye with caraway\n" in page["text"] and "cafés" in page["text"], "its text in paragraphs")
tap.check("Ignore" not in page["text"] and "Not this" not in page["text"], "without what visitors don't see")
tap.check(at("moved")["address"] == sandbox.base + "/website", "a redirect on the site is followed")
tap.check(at("latin")["text"] == "Brötchen", "other encodings are understood")
for path, code in (("away", "elsewhere"), ("inside", "elsewhere"), ("round", "elsewhere"), ("picture", "no-page"),
                   ("empty", "no-page"), ("none", "refused")):
    tap.check(at(path) == "website-" + code, f"{path} is told: {at(path)}")
for kind, code in (("close-after", "unreachable"), ("empty", "no-page"), ("truncated", "unreachable"), ("malformed", "no-page"),
                   ("huge", "too-large"), ("deep", "no-page"), ("status-before", "refused")):
    fault = {"kind": kind, "http": 503}
    fault.update({"bytes": 20000000} if kind == "huge" else {})
    sandbox.fault({"path_regex": "/website$"}, fault)
    found = read()
    tap.check(found == "website-" + code, f"an answer that is {kind}: {found}")
    sandbox.clear_faults()
tap.check(isinstance(read(), dict), "and the next good one is read")
for url in ("", "ftp://example.com", "https://user:secret@example.com/", "https://", "nothing at all"):
    tap.check(read("--url", url) == "website-address", f"“{url}” is no address")
tap.check(read("--url", "https://example.com/") == "website-address", "in the sandbox nothing leaves this computer")
ledger = [line["request"] for line in ctl("privacy", "ledger") if line["request"]["purpose"] == "brand-website"]
tap.check(len(ledger) > 20 and all(entry["host"].startswith("127.0.0.1") for entry in ledger),
          f"every request is on the list {len(ledger)}")
sent = sandbox.call("GET", "log")["requests"]["GET /website"]
tap.check(sum(1 for entry in ledger) >= sent, "as many as were made")

# --- The real internet's rules: nothing of this computer or a private network is asked ---
del os.environ["SMM_ENDPOINTS"]
for url in ("https://127.0.0.1/", "https://localhost/", "http://[::1]/", "https://192.168.1.1/", "https://printer.local/",
            "https://router/", "https://169.254.169.254/latest/meta-data/"):
    tap.check(read("--url", url) == "website-private", f"{url} is not read")
tap.check(read("--url", "https://example.com:8080/") == "website-address", "nor another port")
sandbox.stop()
tap.end()
