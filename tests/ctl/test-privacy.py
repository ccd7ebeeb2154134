# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people may demand of their data: to read what is done with it, to see all of it, to take all of
it along, and to have all of it deleted."""

import csv
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import time
import zipfile

from harness import APP_ID, CTL, HOME, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl, publish, write_picture

tap = Checks()
sandbox = Sandbox()
data = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm")
year = time.gmtime().tm_year + 1
words = "Sourdough only our own archive has"


def files_with(text):
    found = subprocess.run(["grep", "-rlaF", "--exclude-dir=keyrings", text, HOME], capture_output=True, text=True, check=False)
    return found.stdout.split()


def secrets():
    done = subprocess.run(["secret-tool", "search", "--all", "xdg:schema", "com.nkonsept.Smm.Secret"], capture_output=True,
                          text=True, check=False)
    return (done.stdout + done.stderr).count("attribute.name = ")


def fill():
    brand = ctl("brand", "add", "Northside", "--timezone", "UTC", "--hashtags", "#rye")[0]["brand"]["id"]
    ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
    page = connect("facebook", brand)
    picture = os.path.join(HOME, "loaf.png")
    write_picture(picture, 600, 600, 3)
    ctl("post", "add", "--brand", brand, "--account", page, "--text", words, "--media", picture, "--at", "now")
    os.unlink(picture)
    publish()


# --- The text ---
text = ctl("policy", "show")[0]["policy"]
german = json.loads(subprocess.run([CTL, "--json", "policy", "show"], env=dict(os.environ, LANGUAGE="de", LC_ALL="C.UTF-8"),
                                   capture_output=True, text=True, check=True).stdout)["policy"]
tap.check(text["version"] == german["version"] and "no server of ours" in text["text"] and "keinen Server von uns" in german["text"],
          "what happens with data is told in the language of the session")
tap.check(text["text"].count("\n\n") == german["text"].count("\n\n"), "the same in each")
fill()
tap.check(ctl("policy", "status")[0]["policy"]["accepted"] == 0, "nobody accepted it")
ctl("policy", "accept", "--read", "1")
status = ctl("policy", "status")[0]["policy"]
tap.check(status["accepted"] == 1 and "limit" in status["changes"], "what is new since an older one is told")
tap.check(ctl("policy", "accept", "--read", "99", expect=1)[0]["error"]["code"] == "invalid-argument", "what there is not can't be accepted")
ctl("policy", "accept")
status = ctl("policy", "status")[0]["policy"]
tap.check(status["accepted"] == status["version"] and status["accepted_at"] and not status["changes"], "it is kept what was accepted, and when")

# --- All of it ---
base = sqlite3.connect(os.path.join(data, "library.db"))
tables = {name for name, in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                                         "AND name NOT LIKE 'post_search%'")}
counts = {name: base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
base.close()
shown = {line["table"]["name"]: line["table"]["rows"] for line in ctl("privacy", "inventory") if "table" in line}
tap.check(shown == counts, "the inventory has every table")
archive = os.path.join(HOME, "all.zip")
told = ctl("privacy", "export", "--output", archive)[0]["archive"]
with zipfile.ZipFile(archive) as zipped:
    names = zipped.namelist()
    rows = {name: json.loads(zipped.read(f"tables/{name}.json")) for name in tables}
    lines = {name: list(csv.reader(io.StringIO(zipped.read(f"tables/{name}.csv").decode()))) for name in tables}
    media = [zipped.read(name) for name in names if name.startswith("media/")]
    whole = b"".join(zipped.read(name) for name in names)
    readme = zipped.read("README.txt").decode()
    schema = zipped.read("schema.sql").decode()
tap.check(zipfile.ZipFile(archive).testzip() is None and told["tables"] == len(tables), "the archive is whole")
tap.check({name: len(rows[name]) for name in tables} == counts, "and has every row of every table")
tap.check(all(len(lines[name]) == (counts[name] + 1 if counts[name] else 0) for name in tables), "as a table, too")
tap.check(rows["post"][0]["text"] == words and rows["target"][0]["permalink"], "a post is in it with what became of it")
sha = rows["media"][0]["sha256"]
with open(os.path.join(data, "media", sha), "rb") as file:
    tap.check(media == [file.read()], "and its picture")
tap.check("target (a post on one account)" in readme and all(f"CREATE TABLE {name}" in schema or f'CREATE TABLE "{name}"' in schema for name in tables),
          "which is explained")
tap.check(SECRET.encode() not in whole and b"vault.key" not in whole and b"EAAB" not in whole, "no secret is")
tap.check(os.stat(archive).st_mode & 0o777 == 0o600, "nobody else can read it")
tap.check(ctl("privacy", "export", "--output", "/nowhere/all.zip", expect=1)[0]["error"]["message"].startswith("“/nowhere"),
          "where it can't be written is said")
os.unlink(archive)

# --- A report for others has nothing of anybody in it ---
ctl("profile", "set", "--name", "Ana Seed", "--email", "ana.seed@example.org", "--organization", "Seed and Sons")
base = sqlite3.connect(os.path.join(data, "library.db"))
names = base.execute("SELECT a.name, a.username, a.remote_id, a.id, t.id, p.id FROM account a, target t, post p").fetchone()
base.execute("UPDATE target SET reason_code = 'token-ended', reason = ?", (f"{words} ana.seed@example.org",))
base.execute("UPDATE journal SET step = 'photo-104857600123456', error = ?", (words,))
base.execute("INSERT INTO ledger (at, host, purpose, bytes_sent, bytes_received, result) VALUES (1764400000000000, 'ana.example.org', "
             "'read ana.seed@example.org', 1, 2, 'timeout')")
base.commit()
base.close()
file = os.path.join(HOME, "report.txt")
report = ctl("report", "show")[0]["report"]["text"]
ctl("report", "show", "--output", file)
with open(file) as saved:
    tap.check(saved.read().split("Last requests")[0] == report.split("Last requests")[0] and os.stat(file).st_mode & 0o777 == 0o600,
              "a report is shown, or saved for oneself")
os.unlink(file)
seeds = [words, "Sourdough", "Ana", "ana", "Seed", "example.org", SECRET, APP_ID, "EAA", "104857600123456", HOME, os.path.basename(HOME),
         "Northside", *[name for name in names if name]]
tap.check(not [seed for seed in seeds if seed in report], f"nothing of anybody is in it {[seed for seed in seeds if seed in report]}")
for told in ("nkonsept SMM ", "GLib ", "SQLite ", "Locale: ", "Library: ~/data/nkonsept-smm", "Schema: ", "facebook: ok",
             "facebook published token-ended step=?/", " post.add", " publish 200 "):
    tap.check(told in report, f"what helps is: {told}")
base = sqlite3.connect(os.path.join(data, "library.db"))
base.execute("UPDATE target SET reason_code = NULL, reason = NULL")
base.commit()
base.close()

# --- One brand, while another stays ---
def erase(*args, expect=0):
    return ctl("privacy", "erase", *args, "--yes", expect=expect)[0]


def picture(name, seed):
    path = os.path.join(HOME, name)
    write_picture(path, 600, 600, seed)
    return path


def media():
    return set(os.listdir(os.path.join(data, "media")))


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


shared, own = picture("shared.png", 3), picture("own.png", 7)
mine, both = digest(own), digest(shared)
others = "Rye that nobody but the other brand bakes"
other = ctl("brand", "add", "Southside", "--timezone", "UTC", "--description", "Their own story of flour")[0]["brand"]["id"]
theirs = connect("facebook", other)
ctl("post", "add", "--brand", other, "--account", theirs, "--text", others, "--media", shared, "--media", own, "--at", "now")
publish()
ctl("note", "set", f"{year}-12-24", "Their own story of closing", "--brand", other)
waits = ctl("post", "add", "--brand", other, "--account", theirs, "--text", others + " again", "--at", f"{year}-06-01T09:00")[0]["post"]["id"]
ctl("backup", "create")
os.unlink(own)
os.unlink(shared)
kept, before = media(), secrets()
tap.check(mine in kept and both in kept and len(files_with(others)) > 1, "two brands share a picture, and one has one of its own")
ctl("privacy", "erase", "--brand", other, expect=2)
tap.check(erase("--brand", other, expect=1)["error"]["code"] == "pinned" and secrets() == before, "with posts on their way it is refused, and nobody is signed out")
tap.check(erase("--brand", "nobody", expect=1)["error"]["code"] == "not-found", "of a brand that is not there it is said")
ctl("post", "cancel", waits)
ctl("brand", "delete", other, "--yes")
tap.check(erase("--brand", other)["erased"]["untold"] == 0, "one that was deleted can be deleted for good")
left = sqlite3.connect(os.path.join(data, "library.db"))
rows = {name: left.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ["brand", "account", "post", "target", "note", "activity", "media"]}
left.close()
tap.check(rows == {"brand": 1, "account": 1, "post": 1, "target": 1, "note": 0, "activity": 0, "media": 1}, f"the other brand has all it had ({rows})")
tap.check(not files_with(others) and not files_with("Their own story"), f"no file has a word of it {files_with(others)} {files_with('Their own story')}")
tap.check(media() == kept - {mine}, "its own picture is gone, the shared one is not")
tap.check(secrets() == before - 1 and not ctl("backup", "list"), f"its sign-in and the backups are gone ({before} {secrets()} {ctl('backup', 'list')})")
tap.check(ctl("post", "list", "--search", "Sourdough")[0]["post"]["text"] == words and files_with(words), "the search finds the other's")

# --- One account ---
brand = ctl("brand", "list")[0]["brand"]["id"]
page = ctl("account", "list")[0]["account"]["id"]
draft = ctl("post", "add", "--brand", brand, "--account", page, "--text", "A draft that waits", "--draft")[0]["post"]["id"]
tap.check(erase("--account", page)["erased"] == {"ended": 1, "untold": 0}, "an account can be deleted for good")
tap.check(ctl("account", "list") == [] and not files_with(words), "with what went there")
tap.check([line["post"]["id"] for line in ctl("post", "list")] == [draft] and ctl("post", "show", draft)[0]["post"]["targets"] == [], "a draft stays")
tap.check(erase("--account", page, expect=1)["error"]["code"] == "not-found", "once")
for name in ["--all", "--brand"]:
    ctl("privacy", "erase", "--account", page, name, *([brand] if name == "--brand" else []), "--yes", expect=2)
tap.check(len(sandbox.public()) == 2, "what is public stays public")
ctl("privacy", "erase", "--all", "--yes")
fill()

# --- Gone, while a publisher has it ---
ctl("privacy", "erase", expect=2)
ctl("privacy", "erase", "--all", expect=2)
tap.check(files_with(words) and secrets() >= 2, "it is there before")
ctl("backup", "create")
publisher = subprocess.Popen([PUBLISHER])
while ctl("publisher", "status")[0]["publisher"]["state"] != "running":
    pass
erased = ctl("privacy", "erase", "--all", "--yes")[0]["erased"]
publisher.wait(20)
tap.check(erased == {"ended": 1, "untold": 0}, "the platform ends the sign-in")
tap.check(any("DELETE" in line and "permissions" in line for line in sandbox.call("GET", "log")["requests"]), "it really was told")
tap.check(not os.path.exists(data), "the folder is gone")
tap.check(secrets() == 0, "and all there was in the keyring")
tap.check(not files_with(words), f"no file has a word of it {files_with(words)}")
tap.check(len(sandbox.public()) == 3, "what is public stays public")

# --- And while nobody has it, when the platform can't be reached ---
fill()
sandbox.stop()
erased = ctl("privacy", "erase", "--all", "--yes")[0]["erased"]
tap.check(erased == {"ended": 0, "untold": 1}, "who could not be told is told of")
tap.check(not os.path.exists(data) and secrets() == 0 and not files_with(words), "all the same nothing is left")
tap.check(ctl("brand", "list", expect=None) == [], "and one can begin again")
tap.end()
