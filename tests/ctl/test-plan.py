# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tags, slots, recurring posts and tables through the command line, with the real publisher."""

import datetime
import json
import os
import subprocess
import zoneinfo

from harness import CTL, HOME, Checks, Sandbox, connect, ctl, publish, write_picture

checks = Checks()
sandbox = Sandbox()
zone = zoneinfo.ZoneInfo("Europe/Berlin")
brand = ctl("brand", "add", "Northside", "--timezone", "Europe/Berlin")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", "987654321012345", "--secret-stdin",
    stdin="0123456789abcdef0123456789abcdef\n")
page = connect("facebook", brand)
now = datetime.datetime.now(zone)
year = now.year + 1


def day(ahead):
    return now.date() + datetime.timedelta(days=ahead)



# --- Tags ---
tag = ctl("tag", "add", "Rye", "--brand", brand, "--color", "#FF0000")[0]["tag"]
ctl("campaign", "add", "Advent", "--brand", brand, "--first-day", f"{year}-12-01")
post = ctl("post", "add", "--brand", brand, "--account", page, "--text", "Tagged", "--tag", "rye,Advent",
           "--draft")[0]["post"]
checks.check(tag["color"] == "#ff0000" and post["tags"] == ["Rye"] and post["campaign"] == "Advent",
             "a post has tags and a campaign")
listed = ctl("post", "list", "--tag", "RYE")
checks.check([p["post"]["id"] for p in listed] == [post["id"]], "posts are listed by a tag")
ctl("post", "tag", post["id"], "--remove", "Rye")
checks.check(ctl("post", "list", "--tag", tag["id"]) == [], "a tag is taken off")
checks.check(ctl("post", "list", "--tag", "none", expect=1)[0]["error"]["code"] == "not-found",
             "a tag that is not there is said so")

# --- Slots ---
# On days that can't come to an end here.
ctl("slot", "add", f"{day(2):%a},{day(5):%a}".lower(), "09:30", "--brand", brand)
times = [t["slot_time"] for t in ctl("slot", "list", "--brand", brand, "--days", "14")]
queued = ctl("post", "add", "--brand", brand, "--account", page, "--text", "Queued", "--queue")[0]["post"]
second = ctl("post", "add", "--brand", brand, "--account", page, "--text", "Next", "--queue")[0]["post"]
checks.check([queued["wall_time"], second["wall_time"]] == [t["wall_time"] for t in times[:2]],
             "posts take the free slots one after another")
again = [t["slot_time"] for t in ctl("slot", "list", "--brand", brand, "--days", "14")]
checks.check([t["taken"] for t in again[:3]] == [True, True, False], "taken slots are told")

# --- Notes ---
ctl("note", "set", f"{year}-12-24", "Closed at noon", "--brand", brand)
ctl("note", "set", f"{year}-12-31", "Closed", "--brand", brand)
noted = [line["note"] for line in ctl("note", "list", "--brand", brand, "--to", f"{year}-12-24")]
checks.check(noted == [{"day": f"{year}-12-24", "text": "Closed at noon"}], "a day has a note")
ctl("note", "remove", f"{year}-12-24", "--brand", brand)
checks.check([line["note"]["day"] for line in ctl("note", "list", "--brand", brand)] == [f"{year}-12-31"], "which is taken away")
checks.check(ctl("note", "set", "tomorrow", "x", "--brand", brand, expect=1)[0]["error"]["code"] == "invalid-argument",
             "a day that is none is refused")

# --- Holidays ---
feast = os.path.join(os.environ["HOME"], "Germany.ics")
with open(feast, "w", newline="") as file:
    file.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Christmas\\, \r\n first day\r\n"
               "DTSTART;VALUE=DATE:20001225\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:A meeting\r\n"
               f"DTSTART:{now.year}1224T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
added = ctl("holidays", "import", feast, "--brand", brand)[0]["holidays"]
checks.check(added["name"] == "Germany" and added["days"] == 12 and added["left_out"] == 1, f"a calendar file brings its whole days: {added}")
ctl("holidays", "hide", added["id"])
checks.check([line["holidays"]["shown"] for line in ctl("holidays", "list", "--brand", brand)] == [False], "they are hidden")
ctl("holidays", "show", added["id"])
ctl("holidays", "remove", added["id"])
checks.check(ctl("holidays", "list", "--brand", brand) == [], "and removed")
with open(feast, "w") as file:
    file.write("no calendar")
checks.check(ctl("holidays", "import", feast, "--brand", brand, expect=1)[0]["error"]["code"] == "ics-not-calendar", "what is no calendar is refused")

# --- A series, made by the publisher, and one post of it that goes out ---
series = ctl("series", "add", "--brand", brand, "--account", page, "--time", "23:59", "--from", str(day(1)),
             "--every", "day", "--text", "One", "--text", "Two")[0]["series"]
days = [d["day"] for d in series["days"]]
checks.check(len(days) == len(set(days)) >= 56 and all(d["state"] == "scheduled" for d in series["days"]),
             "a series has a post for each day of the next weeks")
publish()
publish()
shown = ctl("series", "show", series["id"])[0]["series"]
checks.check([d["day"] for d in shown["days"]] == days, "the publisher makes none of them twice")
moved = ctl("series", "edit", series["id"], "--from-day", days[10], "--time", "12:00")[0]["series"]
posts = [ctl("post", "show", d["post"])[0]["post"] for d in moved["days"][:3]]
checks.check(moved["id"] != series["id"] and all(p["wall_time"].endswith("T12:00:00") for p in posts),
             "that day and the following go out at another time")
ctl("series", "pause", moved["id"])
paused = ctl("series", "show", moved["id"])[0]["series"]
checks.check(paused["paused"] and not [d for d in paused["days"] if d["state"] == "scheduled"], "a series that is paused has no posts ahead")
ctl("series", "resume", moved["id"])
resumed = ctl("series", "show", moved["id"])[0]["series"]
checks.check(not resumed["paused"] and [d["day"] for d in resumed["days"]] == [d["day"] for d in moved["days"]],
             "resumed it has them again")
ctl("series", "stop", moved["id"])
ctl("series", "stop", series["id"])
left = [p for p in ctl("post", "list", "--state", "scheduled") if p["post"]["text"] in ("One", "Two")]
checks.check(left == [], "a series that was stopped has no posts ahead")

# --- A table ---
folder = os.path.join(HOME, "table")
os.mkdir(folder)
write_picture(os.path.join(folder, "bread.png"), 600, 600, 3)
write_picture(os.path.join(HOME, "private.png"), 600, 600, 5)
table = os.path.join(folder, "posts.csv")
with open(table, "w", encoding="utf-16") as file:
    file.write("message\tposting time\tmedia\taccounts\ttags\n"
               "With a picture\t2035-03-01 09:00\tbread.png\tfacebook\tspelt\n"
               "Private\t2035-03-02 09:00\t../private.png\tfacebook\t\n"
               "Late\t2020-03-02 09:00\t\tfacebook\t\n")
look = ctl("post", "import", table, "--brand", brand, "--dry-run", expect=1)
codes = {r["row"]["line"]: [p["code"] for p in r["row"]["problems"] if p["fatal"]] for r in look if "row" in r}
checks.check(codes == {2: [], 3: ["media-outside"], 4: ["past"]}, "what is wrong is told row by row")
n_media = len(ctl("media", "list"))
refused = ctl("post", "import", table, "--brand", brand, expect=1)
checks.check(refused[-1]["error"]["code"] == "rows-with-problems" and len(ctl("media", "list")) == n_media,
             "a table with problems leaves nothing behind")
done = ctl("post", "import", table, "--brand", brand, "--only-good")
imported = [p["post"] for p in ctl("post", "list", "--tag", "spelt")]
checks.check(done[-1]["import"]["imported"] == 1 and len(imported) == 1 and imported[0]["media"] == 1
             and imported[0]["due_at"] == "2035-03-01T08:00:00Z", "the good row is a post with its picture")
twice = ctl("post", "import", table, "--brand", brand, "--dry-run", expect=1)
checks.check("duplicate" in [p["code"] for p in twice[0]["row"]["problems"]], "a second time it is known")

# --- Many media at once ---
files = [os.path.join(folder, f"many{n}.png") for n in range(3)]
for n, path in enumerate(files):
    write_picture(path, 600, 600, 11 + n)
told = ctl("media", "add", files[0], os.path.join(folder, "none.png"), *files[1:], expect=1)
many = [line["media"]["sha256"] for line in told if "media" in line]
checks.check(len(many) == 3 and sum("error" in line for line in told) == 1, "a file that is not there keeps no other out")
ctl("media", "tag", *many, many[0], "--add", "bread,dark")
ctl("media", "tag", many[0], many[1], "--remove", "dark")
checks.check([line["media"]["tags"] for line in (ctl("media", "show", each)[0] for each in many)]
             == [["bread"], ["bread"], ["bread", "dark"]], "several are tagged at once")
ctl("undo")
checks.check({line["media"]["sha256"] for line in ctl("media", "list", "--tag", "dark")} == set(many), "which is one step to take back")
described = ctl("media", "describe", *many, "--alt", "A loaf")
checks.check([line["media"]["alt"] for line in described] == ["A loaf"] * 3, "and described")
checks.check(ctl("media", "delete", *many, "0" * 64, "--yes", expect=1)[-1]["error"]["code"] == "not-found"
             and len(ctl("media", "list", "--tag", "bread")) == 3, "of what is not there nothing is deleted")
ctl("media", "delete", *many, "--yes")
checks.check(ctl("media", "list", "--tag", "bread") == [], "several are deleted at once")
ctl("undo")
checks.check(len(ctl("media", "list", "--tag", "bread")) == 3, "and come back at once")

# --- And back ---
def export(form):
    return subprocess.run([CTL, "post", "export", "--format", form, "--brand", brand], check=True,
                          capture_output=True).stdout.decode()

ctl("post", "add", "--brand", brand, "--account", page, "--text", "On all", "--draft", "--variant", f"{page}:text=On the page")
checks.check(f"text on {page}" in export("csv").splitlines()[0] and ",On the page" in export("csv"),
             "what is said on one account only has a column")
round_trip = os.path.join(folder, "again.csv")
with open(round_trip, "w", encoding="utf-8", newline="") as file:
    file.write(export("csv"))
rows = [r["row"] for r in ctl("post", "import", round_trip, "--brand", brand, "--dry-run", expect=None)
        if "row" in r]
checks.check(rows and all("duplicate" in [p["code"] for p in r["problems"]] for r in rows),
             "what was exported is recognised when it comes back")
calendar = export("ics")
checks.check(calendar.count("BEGIN:VEVENT") == calendar.count("DTSTART:") > 0
             and "DTSTART:20350301T080000Z" in calendar, "a calendar has the posts that have a time")
checks.check(any(p["text"] == "With a picture" for p in json.loads(export("json"))), "JSON has them all")
sandbox.stop()
checks.end()
