# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mails: each at most once and none lost, whenever the publisher is killed; many as one; nothing in them
that nobody agreed to; and what goes wrong is said."""

import os
import sqlite3
import subprocess
import time

from harness import APP_ID, CTL, HOME, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl, publish

# Quiet hours are told by clocks, some of which show an hour twice.
os.environ["TZ"] = "UTC"
time.tzset()
tap = Checks()
sandbox = Sandbox()
with open(sandbox.endpoints, "a", encoding="utf-8") as file:  # [timing] is the last group
    file.write("mail-gather=0.4\n")
sandbox.call("POST", "settings", {"mail_per_second": 8})
brand = ctl("brand", "add", "A <Shop>", "--timezone", "UTC")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)
KEY = "re_sandbox_0123456789abcdef"


def wait_for(what, seconds=20):
    end = time.time() + seconds
    while time.time() < end and not what():
        time.sleep(0.05)
    return what()


def add(text):
    return ctl("post", "add", "--brand", brand, "--account", page, "--text", text, "--at", "now")[0]["post"]["id"]


def mails():
    return sandbox.call("GET", "mails")["mails"]


def outbox():
    return [line["mail"] for line in ctl("mail", "list")]


def state(post):
    return ctl("post", "show", post)[0]["post"]["targets"][0]["state"]


def settings(**values):
    for key, value in values.items():
        ctl("settings", "set", key.replace("_", "."), value)


def fix_key(key=KEY):
    ctl("mail", "set-key", "--secret-stdin", stdin=key)


# Nobody is mailed who did not ask for it.
add("Before anything is set up")
publish()
tap.check(mails() == [] and outbox() == [], "without being asked nothing is mailed")

# What is missing is said, one after another.
def test_mail():
    return ctl("mail", "test", expect=None)[0]


tap.check("from and to which address" in test_mail()["error"]["message"], "a test without addresses says so")
settings(mail_from="A Shop <news@example.org>", mail_to="ana@example.net")
tap.check("no key" in test_mail()["error"]["message"], "without a key too")
fix_key("re_wrong")
told = test_mail()["error"]
tap.check("does not accept the key" in told["message"] and told["fix"] == "mail set-key", f"a wrong key is told {told}")
fix_key("re_suspended_1")
tap.check("suspended" in test_mail()["error"]["message"], "a suspended one as well")
fix_key("re_unverified_1")
tap.check("verified" in test_mail()["error"]["message"], "and a domain that is not verified")
fix_key()
tap.check("done" in test_mail() and mails()[-1]["to"] == ["ana@example.net"], "then the test arrives")
tap.check(ctl("settings", "set", "mail.from", "A Shop", expect=1)[0]["error"], "a sender is an address")
tap.check(len(ctl("notify", "list")) >= 8, "kinds and channels are listed")

# A mail for a post, and what is in it.
settings(mail_enabled="true")
ctl("notify", "set", "published", "--mail", "on", "--desktop", "off")
tap.check(ctl("settings", "get", "mail.published")[0]["setting"]["value"] == "true", "a kind is chosen by the command line")
n = len(mails())
add("A secret <b>caption</b>")
publish()
mail = mails()[-1]
tap.check(len(mails()) == n + 1 and mail["subject"] == "Published on Facebook", f"a published post is mailed {mails()[n:]}")
tap.check("secret" not in mail["text"] + mail["html"], "without how it begins")
tap.check("A &lt;Shop&gt;" in mail["html"] and "https://" not in mail["key"], "what is in it is text")
tap.check(outbox()[0]["state"] == "taken", "the outbox knows")

# What became of it is asked when somebody asks, and only of who may tell.
def looks():
    return sum("GET" in line and "/emails/" in line for line in sandbox.call("GET", "log")["requests"])


tap.check(looks() == 0, "nobody asks by himself whether it arrived")
status = ctl("mail", "status")[0]["mail"]
tap.check(status["event"] == "delivered" and status["id"] == outbox()[0]["id"] and looks() == 1, f"asked, it is said ({status})")
tap.check(ctl("mail", "status", str(status["id"]))[0]["mail"] == status, "of a mail by its number as well")
for event, said in (("delivery_delayed", "goes on trying"), ("bounced", "does not take it"), ("complained", "reported as spam"),
                    ("suppressed", "came back before"), ("failed", "could not be delivered"), ("a_new_word", "a_new_word")):
    sandbox.call("POST", "settings", {"mail_event": event})
    time.sleep(0.2)  # no more questions in a second than Resend takes
    people = subprocess.run([CTL, "mail", "status"], check=True, capture_output=True, text=True).stdout
    tap.check(said in people, f"{event}: {people.strip()}")
tap.check(ctl("mail", "status")[0]["mail"]["event"] == "a_new_word", "what this program does not know yet is told as it is")
tap.check(ctl("mail", "status", "999", expect=1)[0]["error"]["code"] == "not-found", "of one that is not there it is said")
fix_key("re_sending_0123456789abcdef")
tap.check("may only send" in ctl("mail", "status", expect=1)[0]["error"]["message"], "a key that may only send is told as that")
fix_key("")
n = looks()
tap.check(ctl("mail", "status", expect=1)[0]["error"]["code"] == "mail-key" and looks() == n, "without a key nobody is asked, and what is missing is said")
fix_key()
settings(mail_captions="true")
add("Agreed to <b>be told</b>")
publish()
tap.check("Agreed to &lt;b&gt;" in mails()[-1]["html"], "with it if its user agreed")
settings(mail_captions="false")
tap.check(KEY.encode() not in open(os.path.join(HOME, ".local/share/nkonsept-smm/library.db"), "rb").read()
          if os.path.exists(os.path.join(HOME, ".local/share/nkonsept-smm/library.db")) else True, "the key is not in the library")

# Killed at each point: at most one mail, and never none.
for crash in "mail_made", "mail_written", "mail_answered":
    n = len(mails())
    add(f"Crash {crash}")
    tap.check(publish(crash=crash + ":1", expect=None) == -9, f"the publisher is killed at {crash}")
    publish()
    wait_for(lambda: outbox()[0]["state"] == "taken", 1)
    time.sleep(1.1)  # the pause before the second try
    publish()
    tap.check(len(mails()) == n + 1, f"killed at {crash}: one mail {len(mails()) - n}")
    tap.check(outbox()[0]["state"] == "taken", f"and it is known {outbox()[0]}")

# The answer is lost: the same key asks again.
for fault in "reset-after", "close-after":
    n = len(mails())
    sandbox.fault({"path_regex": "/resend/emails$", "times": 2}, {"kind": fault})
    add(f"Lost answer {fault}")
    publish()
    tap.check(outbox()[0]["state"] == "waiting" and "did not answer" in outbox()[0]["problem"], f"{fault}: it waits, and says why {outbox()[0]}")
    for _ in range(4):
        time.sleep(1.3)
        publish()
        if outbox()[0]["state"] == "taken":
            break
    tap.check(len(mails()) == n + 1 and outbox()[0]["state"] == "taken", f"and goes out once {outbox()[0]} {len(mails()) - n}")
    sandbox.clear_faults()

# Twenty failures are one mail; a publisher that stays.
n = len(mails())
sandbox.fault({"path_regex": "/feed$", "times": 0},
              {"kind": "error", "code": 368, "subcode": 0, "http": 400, "message": "blocked"})
for number in range(20):
    add(f"Outage {number}")
publisher = subprocess.Popen([PUBLISHER])
tap.check(wait_for(lambda: len(mails()) > n, 40), "trouble is mailed")
wait_for(lambda: sum(1 for line in ctl("post", "list") if line["post"]["targets"][0]["state"] in ("failed", "held")) >= 20)
time.sleep(5)
told = sum(1 + int(mail["subject"].split(", and ")[1].split()[0]) if ", and " in mail["subject"] else 1 for mail in mails()[n:])
tap.check(len(mails()) - n <= 3, f"twenty failures are few mails {[mail['subject'] for mail in mails()[n:]]}")
tap.check(told >= 20, f"that tell all of them {told}")
sandbox.clear_faults()

# Refused: it is said, and can be sent again once that is mended.
fix_key("re_wrong")
ctl("notify", "set", "published", "--mail", "on")
n = len(mails())
refused = add("Refused")
wait_for(lambda: state(refused) == "published" or outbox()[0]["state"] == "refused", 30)
tap.check(wait_for(lambda: outbox()[0]["state"] == "refused", 20), f"a refused mail is told {outbox()[0]}")
tap.check("does not accept the key" in outbox()[0]["problem"] and len(mails()) == n, "with the cause")
fix_key()
ctl("mail", "retry")
tap.check(wait_for(lambda: outbox()[0]["state"] == "taken"), "and is sent again when somebody says so")
tap.check(len(mails()) == n + 1, "once")
tap.check(ctl("mail", "retry", expect=1)[0]["error"], "then nothing is left to send again")

# Quiet hours, and mail switched off.
settings(quiet_from=time.strftime("%H:%M", time.localtime(time.time() - 3600)),
         quiet_until=time.strftime("%H:%M", time.localtime(time.time() + 7200)), quiet_on="true")
n = len(mails())
night = add("At night")
wait_for(lambda: state(night) not in ("scheduled", "publishing"))
time.sleep(1)
tap.check(len(mails()) == n, "in quiet hours nothing is mailed")
settings(quiet_on="false")
tap.check(wait_for(lambda: len(mails()) == n + 1), "after them it is")
settings(mail_enabled="false")
off = add("Off")
wait_for(lambda: state(off) not in ("scheduled", "publishing"))
time.sleep(1)
settings(mail_enabled="true")
time.sleep(1)
tap.check(len(mails()) == n + 1, "what happened while mail was off is not mailed later")
publisher.terminate()
publisher.wait()

# Nobody knows whether it went, and its key is too old: it is not sent again, and that is said.
n = len(mails())
sandbox.fault({"path_regex": "/resend/emails$", "times": 1}, {"kind": "reset-after"})
add("In doubt for a day")
publish()
library = next(os.path.join(folder, "library.db") for folder, _, files in os.walk(HOME) if "library.db" in files)
with sqlite3.connect(library) as db:
    db.execute("UPDATE mail SET unclear_at = unclear_at - 24 * 3600 * 1000000, next_at = 0 WHERE state = 0")
db.close()
publish()
tap.check(outbox()[0]["state"] == "unknown" and len(mails()) == n + 1, f"a mail in doubt for a day is not sent again {outbox()[0]}")
ledger = {line["entry"]["purpose"] for line in ctl("privacy", "ledger", expect=None) if "entry" in line}
tap.check(not ledger or "mail" in ledger, f"what was sent is on the ledger {ledger}")
sandbox.stop()
tap.end()
