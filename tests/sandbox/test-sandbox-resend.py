#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the sandbox's Resend refuses what Resend refuses, and sends once what has one key. TAP."""

import http.client
import json
import subprocess
import sys
import time
import urllib.parse

process = subprocess.Popen([sys.argv[1]], stdout=subprocess.PIPE, text=True)
base = urllib.parse.urlsplit(process.stdout.readline().split()[1])
results = []
GOOD = {"from": "A Shop <news@example.org>", "to": ["someone@example.net"], "subject": "Hello", "text": "Text", "html": "<p>Text</p>"}


def check(name, good, detail=""):
    results.append(good)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}", flush=True)
    if not good:
        print(f"# {str(detail)[:600]}", flush=True)


def call(method, path, body=None, key="re_sandbox_1", idempotency=None, agent="test"):
    connection = http.client.HTTPConnection(base.hostname, base.port, timeout=10)
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = "Bearer " + key
    if agent:
        headers["User-Agent"] = agent
    if idempotency is not None:
        headers["Idempotency-Key"] = idempotency
    connection.request(method, path, body if isinstance(body, (str, type(None))) else json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read()
    return answer.status, json.loads(text), dict(answer.getheaders())


def send(body=None, **more):
    time.sleep(0.13)  # eight a second
    status, answer, _ = call("POST", "/resend/emails", GOOD if body is None else body, **more)
    return status, answer.get("name", answer.get("id"))


def settings(**values):
    call("POST", "/_sandbox/settings", values)


def mails():
    return call("GET", "/_sandbox/mails")[1]["mails"]


def without(name, **more):
    return {key: value for key, value in {**GOOD, **more}.items() if key != name}


settings(mail_per_second=8)
check("a key is needed", send(key=None) == (401, "missing_api_key"))
status, name = send(key="re_other")
check("a wrong one is refused", status == 403 and name.lower() == "invalid_api_key", (status, name))
check("a suspended one too", send(key="re_suspended_1") == (403, "suspended_api_key"))
check("who asks says what it is", send(agent=None)[0] == 403)
for name in "from", "to", "subject":
    check(f"{name} is needed", send(without(name)) == (422, "missing_required_field"))
check("a text is needed", send(without("text", html=None)) == (422, "missing_required_field"))
check("HTML alone will do", send(without("text"))[0] == 200)
check("a sender is an address", send({**GOOD, "from": "A Shop"}) == (422, "invalid_from_address"))
check("of a domain that is verified", send({**GOOD, "from": "a@mail.example.org"}) == (403, "validation_error"))
check("fifty recipients at the most", send({**GOOD, "to": ["a@example.net"] * 51}) == (422, "validation_error"))
check("who are addresses", send({**GOOD, "to": ["a@example.net, b@example.net"]}) == (422, "validation_error"))
check("a subject is one line", send({**GOOD, "subject": "a\r\nBcc: x@example.net"})[0] == 422)
check("what is not known is not taken", send({**GOOD, "importance": "high"}) == (422, "validation_error"))
check("nor what is no JSON", send("{") == (400, "validation_error"))
test = {**GOOD, "from": "onboarding@resend.dev"}
check("without a domain others are not reached", send(test, key="re_unverified_1") == (403, "validation_error"))
check("but the owner", send({**test, "to": "owner@example.org"}, key="re_unverified_1")[0] == 200)
check("a key has 256 characters at the most", send(idempotency="x" * 257) == (400, "invalid_idempotency_key"))

before = len(mails())
first = send(idempotency="notice/1")
check("a mail is taken", first[0] == 200, first)
check("the same key is answered the same", send(idempotency="notice/1") == first)
check("and sends nothing", len(mails()) == before + 1 and mails()[-1]["key"] == "notice/1", mails())
check("with another text it is refused", send({**GOOD, "subject": "Other"}, idempotency="notice/1") == (409, "invalid_idempotent_request"))
settings(mail_busy_ms=60000)
check("while the first is under way it waits", send(idempotency="notice/1") == (409, "concurrent_idempotent_requests"))
settings(mail_busy_ms=0)
time.sleep(0.13)
status, answer, _ = call("GET", "/resend/emails/" + first[1])
check("it can be read", status == 200 and answer["last_event"] == "delivered" and answer["subject"] == "Hello", answer)
time.sleep(0.13)
check("not with a key that only sends", call("GET", "/resend/emails/" + first[1], key="re_sending_1")[1]["name"] == "restricted_api_key")
check("which sends", send(key="re_sending_1")[0] == 200)
settings(clock_offset_s=25 * 3600)
again = send(idempotency="notice/1")
check("after a day the key is forgotten", again[0] == 200 and again != first, again)
settings(mail_daily=1)
check("a day has a quota of recipients", send({**GOOD, "to": ["a@example.net", "b@example.net"]}) == (429, "daily_quota_exceeded"))
settings(mail_daily=100, mail_monthly=1)
check("and a month", send() == (429, "monthly_quota_exceeded"))
settings(mail_monthly=3000, mail_per_second=2)
time.sleep(1)
answers = [call("POST", "/resend/emails", GOOD) for _ in range(3)]
check("two a second", [answer[0] for answer in answers] == [200, 200, 429], answers)
headers = {name.lower(): value for name, value in answers[2][2].items()}
check("then it says how long to wait", headers.get("retry-after") == "1" and headers.get("ratelimit-remaining") == "0", headers)
time.sleep(1)
check("there is nothing else", call("GET", "/resend/other")[0] == 404 and call("PUT", "/resend/emails", GOOD)[0] == 405)
call("POST", "/_sandbox/reset")
check("a reset forgets all", mails() == [])
process.terminate()
check("it stops cleanly", process.wait() == 0)
print(f"1..{len(results)}")
sys.exit(0 if all(results) else 1)
