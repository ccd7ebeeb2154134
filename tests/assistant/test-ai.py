# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An AI provider by command line: its key only in the keyring and only for its host, its models, and
what is said when it does not work."""

import json
import subprocess
import urllib.parse

from harness import CTL, HOME, Checks, Sandbox, ctl

GOOD = "sk-sandbox-0123456789abcdef"
tap = Checks()
sandbox = Sandbox()


def models():
    """Ids, or what was said instead."""
    global code
    done = subprocess.run([CTL, "--json", "ai", "models"], capture_output=True, text=True, timeout=60)
    code = json.loads(done.stdout.splitlines()[-1])["error"]["code"] if done.returncode else None
    return done.stdout if done.returncode else [line.split('"')[5] for line in done.stdout.splitlines()]


def provide(provider, key=None):
    ctl("settings", "set", "ai.provider", provider)
    if key is not None:
        ctl("ai", "set-key", "--secret-stdin", stdin=key)


tap.check("Choose an AI provider" in models() and code == "ai-not-set", "without a provider nobody is asked")
provide("openai")
tap.check("There is no key for OpenAI" in models() and code == "ai-key", "without a key nobody is asked")
tap.check("GET /openai/v1/models" not in sandbox.call("GET", "log")["requests"], "really nobody")
provide("openai", "sk-something-else")
tap.check("agreed to" in models() and code == "policy-not-accepted", "nor before the policy was accepted")
tap.check("GET /openai/v1/models" not in sandbox.call("GET", "log")["requests"], "really nobody")
ctl("policy", "accept")
tap.check("does not accept the key" in models() and code == "ai-denied", "a wrong key is told")
provide("openai", "sk-empty-0123456789")
tap.check("credit" in models() and code == "ai-quota", "and that there is no credit")
provide("openai", "sk-abroad-0123456789")
tap.check("region" in models(), "and that it is not allowed here")
provide("openai", GOOD)
tap.check(models() == ["gpt-4o", "gpt-5.6-luna", "gpt-5.6-terra"], f"a good one gets the models {models()}")
ctl("settings", "set", "ai.model", "gpt-3")
tap.check("gpt-3" in models() and code == "ai-model", "a chosen model that is gone is told")
ctl("settings", "set", "ai.model", "gpt-5.6-luna")
tap.check(isinstance(models(), list), "one that is there is good")
provide("openai-eu")
tap.check("no key" in models(), "OpenAI's key is not sent to its EU host")
provide("server")
tap.check("Enter the address" in models(), "a server needs an address")
ctl("settings", "set", "ai.server", sandbox.base + "/openai/v1/")
tap.check("does not accept the key" in models(), "and is asked without a key when there is none")
ctl("ai", "set-key", "--secret-stdin", stdin=GOOD)
tap.check(isinstance(models(), list), "or with its own")
port = urllib.parse.urlparse(sandbox.base).port
ctl("settings", "set", "ai.server", f"http://localhost:{port}/openai/v1")
tap.check("does not accept the key" in models(), "which no other address gets")
ctl("settings", "set", "ai.server", sandbox.base + "/openai/v2")
tap.check("no list of models" in models() and code == "ai-answer", "a wrong path is told")
ctl("settings", "set", "ai.server", "http://127.0.0.1:9/v1")
tap.check("can’t be reached" in models() and code == "ai-unreachable", "and that nobody listens")
refused = ctl("settings", "set", "ai.server", "http://ai.example.org/v1", expect=1)
tap.check("https" in refused[0]["error"]["message"], "plain http is only for this computer")

provide("openai")
for kind in ("html", "empty", "huge", "deep", "wrong-types", "close-after"):
    fault = {"kind": kind}
    fault.update({"bytes": 20000000} if kind == "huge" else {})
    sandbox.fault({"path_regex": "/models$"}, fault)
    tap.check(isinstance(models(), str), f"an answer that is {kind} is refused")
    sandbox.clear_faults()
tap.check(isinstance(models(), list), "and the next good one is taken")
ctl("ai", "set-key", "--secret-stdin", stdin="", expect=2)
ctl("ai", "remove-key", "--yes")
tap.check("There is no key for OpenAI" in models(), "a key can be taken away")

# --- What it costs ---
used = ctl("ai", "usage")[0]["usage"]
tap.check(used["requests"] >= 12 and used["spent"] == 0 and used["limit"] == 10 and used["state"] == "good",
          f"every request is counted; lists of models cost nothing {used}")
tap.check(ctl("ai", "usage", "--month", "2020-01")[0]["usage"]["requests"] == 0, "month by month")


def price(model):
    return [(each["input"], each["output"], each["source"]) for each in (line["price"] for line in ctl("ai", "prices"))
            if each["model"] == model]


tap.check(price("gpt-5.6-luna") == [(0.2, 1.2, "built-in")], "some prices come along")
ctl("ai", "set-price", "gpt-5.6-luna", "--input", "0.25", "--output", "2")
tap.check(price("gpt-5.6-luna") == [(0.25, 2, "entered")], "others can be entered")
ctl("undo")
tap.check(price("gpt-5.6-luna") == [(0.2, 1.2, "built-in")], "and taken back")
ctl("ai", "set-price", "gpt-5.6-luna", "--input", "-1", "--output", "2", expect=2)
ctl("settings", "set", "ai.limit-cents", "0")
provide("openai", GOOD)
tap.check(isinstance(models(), list) and ctl("ai", "usage")[0]["usage"]["state"] == "reached",
          "with nothing left to spend a list that costs nothing still comes")
found = subprocess.run(["grep", "-rlaF", "--exclude-dir=keyrings", "sk-sandbox-", HOME], capture_output=True, text=True)
tap.check(not found.stdout, f"the key is in no file {found.stdout}")
sandbox.stop()
tap.end()
