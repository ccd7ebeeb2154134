# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an AI proposes for a brand, by command line: told word for word, used only when said, paid for once,
and every odd answer told."""

import json
import subprocess

from harness import CTL, Checks, Sandbox, ctl

tap = Checks()
sandbox = Sandbox()
brand = ctl("brand", "add", "Northside Bread", "--website", sandbox.base + "/website", "--audience", "Cafés")[0]["brand"]["id"]


def run(*args):
    done = subprocess.run([CTL, "--json", "brand", *args], capture_output=True, text=True, timeout=60)
    return [json.loads(line) for line in done.stdout.splitlines()]


def propose(*args):
    """{key: proposal}, or the code of what was said instead."""
    lines = run("propose", brand, *args)
    if "error" in lines[-1]:
        return lines[-1]["error"]["code"]
    return {line["proposal"]["key"]: line["proposal"] for line in lines if "proposal" in line}


def told():
    return sandbox.call("GET", "openai")["requests"]


def usage():
    return ctl("ai", "usage")[0]["usage"]


tap.check(propose() == "ai-not-set", "without a provider nobody is asked")
ctl("settings", "set", "ai.provider", "openai")
ctl("ai", "set-key", "--secret-stdin", stdin="sk-sandbox-0123456789abcdef")
tap.check(propose() == "ai-model", "nor without a model")
ctl("settings", "set", "ai.model", "gpt-5.6-luna")
tap.check(propose() == "policy-not-accepted" and not told(), "nor before the policy was accepted")
ctl("policy", "accept")
said = run("propose", brand, "--told")[0]["told"]
tap.check("Brand: Northside Bread" in said["input"] and "Rye with caraway" in said["input"] and not told(),
          "what would be told is shown, and not sent")
found = propose()
tap.check(set(found) == {"description", "audience", "languages", "tone", "topics", "hashtags", "colors"}, f"all is proposed {found}")
tap.check(found["audience"]["present"] == "Cafés" and found["audience"]["value"] == "Neighbours of 25 to 60 who come early",
          "beside what is there")
sent = told()[-1]
tap.check(sent["path"] == "/openai/v1/responses" and sent["body"]["instructions"] == said["instructions"]
          and sent["body"]["input"] == [{"role": "user", "content": said["input"]}]
          and sent["body"]["text"]["format"]["schema"] == json.loads(said["schema"]) and sent["body"]["store"] is False,
          "exactly that was told, and is not to be kept there")
tap.check(ctl("brand", "show", brand)[0]["brand"]["audience"] == "Cafés", "nothing changes by itself")
cost = [line["cost"] for line in run("propose", brand) if "cost" in line][0]
tap.check(cost == {"model": "gpt-5.6-luna", "dollars": 0.00054}, f"what it cost is told {cost}")
tap.check(abs(usage()["spent"] - 2 * 0.00054) < 1e-9, f"and counted {usage()}")
propose("--use", "audience,tone")
shown = ctl("brand", "show", brand)[0]["brand"]
tap.check(shown["audience"] == found["audience"]["value"] and shown["tone-relaxed"] == 40 and shown["topics"] is None,
          f"what is named is used {shown}")
ctl("undo")
shown = ctl("brand", "show", brand)[0]["brand"]
tap.check(shown["audience"] == "Cafés" and shown["tone-relaxed"] == 0, "as one change")
propose("--use", "all")
shown = ctl("brand", "show", brand)[0]["brand"]
tap.check(shown["hashtags"] == "#northsidebread #sourdough #rye" and shown["colors"] == "#8f5f2c #f4e9d8", "all are used")
tap.check(propose() == {}, "and then there is nothing left to propose")
ctl("undo")
captions = [line["caption"]["text"] for line in run("captions", brand) if "caption" in line]
tap.check(len(captions) == 3 and captions[0].startswith("Thirty layers"), f"captions {captions}")
tap.check(told()[-1]["body"]["input"][0]["content"] == ctl("brand", "describe", brand)[0]["description"]["text"],
          "are asked for with what the brand's page shows as told")
for kind in ("refusal", "cut", "filtered", "silent", "nonsense"):
    sandbox.call("POST", "openai", {"answer": kind})
    tap.check(propose("--without-website") == "ai-answer", f"an answer that is {kind} is told")
sandbox.call("POST", "openai", {"answer": "failed"})
tap.check(propose() == "ai-busy", "a model that fails")
sandbox.call("POST", "openai", {"answer": "odd"})
tap.check(propose() == {}, "of an odd answer nothing is taken")
sandbox.call("POST", "openai", {"answer": "hostile"})
found = propose("--use", "all")
tap.check(len(found["description"]["value"]) <= 600 and found["tone"]["tone-bold"] == 100 and "<" not in found["hashtags"]["value"],
          "of a hostile one what can stand there")
sandbox.call("POST", "openai", {"answer": "good"})
for kind, code in (("html", "ai-busy"), ("empty", "ai-answer"), ("deep", "ai-answer"), ("wrong-types", "ai-answer"),
                   ("huge", "ai-unreachable"), ("close-after", "ai-unreachable"), ("status-after", "ai-busy")):
    fault = {"kind": kind, "http": 500}
    fault.update({"bytes": 20000000} if kind == "huge" else {})
    sandbox.fault({"path_regex": "/responses$"}, fault)
    found = propose("--without-website")
    tap.check(found == code, f"an answer that is {kind}: {found}")
    sandbox.clear_faults()
before = usage()["spent"]
sandbox.fault({"path_regex": "/website$"}, {"kind": "status-before", "http": 403})
tap.check(propose() == "website-refused" and usage()["spent"] == before, "a website that refuses costs nothing")
sandbox.clear_faults()
ctl("settings", "set", "ai.limit-cents", "1")
n = len(told())
tap.check(propose() == "ai-limit" and len(told()) == n, "past the limit nothing is sent")
ctl("settings", "set", "ai.limit-cents", "1000")

# --- A server of one's own speaks Chat Completions ---
ctl("settings", "set", "ai.provider", "server")
ctl("settings", "set", "ai.server", sandbox.base + "/openai/v1")
ctl("ai", "set-key", "--secret-stdin", stdin="sk-sandbox-0123456789abcdef")
tap.check("description" in propose("--without-website") and told()[-1]["path"] == "/openai/v1/chat/completions", "asked so")
sandbox.call("POST", "openai", {"answer": "fence"})
tap.check("description" in propose("--without-website"), "an answer within a fence is understood")
for kind in ("refusal", "cut", "filtered", "silent"):
    sandbox.call("POST", "openai", {"answer": kind})
    tap.check(propose("--without-website") == "ai-answer", f"an answer that is {kind} is told")
sandbox.call("POST", "openai", {"answer": "good"})
ledger = [line["request"]["purpose"] for line in ctl("privacy", "ledger")]
tap.check(ledger.count("ai-brand") >= len(told()) - 1 and "ai-caption" in ledger, "every question is on the list of requests")
sandbox.stop()
tap.end()
