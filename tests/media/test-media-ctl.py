# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""nkonsept-smmctl media: add, list, show, edit; and a post with what came out."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "publisher"))
from harness import CTL, HOME, Checks, ctl, write_picture  # noqa: E402

film = os.path.join(HOME, "film.mov")
made = subprocess.run([os.environ["SMM_MAKE_VIDEO"], film])
if made.returncode == 77:
    print("1..0 # SKIP no encoder")
    sys.exit(0)
made.check_returncode()
bread = os.path.join(HOME, "bread.png")
write_picture(bread, 300, 400, 3)
media_dir = os.path.join(os.environ.get("XDG_DATA_HOME", os.path.join(HOME, ".local/share")), "nkonsept-smm", "media")
test = Checks()

video = ctl("media", "add", film)[0]["media"]
with open(film, "rb") as file:
    test.check(video["sha256"] == hashlib.sha256(file.read()).hexdigest(), "the video is in the library by its hash")
test.check((video["mime"], video["width"], video["height"]) == ("video/mp4", 320, 240), "kind and size")
test.check(abs(video["duration_ms"] - 2000) < 60 and video["video_codec"] == "h264"
           and video["audio_codec"] == "aac" and abs(video["frame_rate"] - 30) < 0.1, "length and codecs")
test.check(video["flags"] == ["moov-late"], "the index stands behind")
picture = ctl("media", "add", bread)[0]["media"]
test.check(picture["duration_ms"] == 0 and "video_codec" not in picture, "a picture is none")

anew = ctl("media", "edit", video["sha256"], "--transcode", "--from", "500", "--to", "1500")[0]["media"]
test.check(anew["flags"] == [] and abs(anew["duration_ms"] - 1000) < 110 and anew["sha256"] != video["sha256"]
           and anew["file_name"] == "film.mp4", "transcoded: a new medium with nothing to mind")
square = ctl("media", "edit", "sha256:" + picture["sha256"], "--crop", "4:5")[0]["media"]
test.check((square["mime"], square["width"], square["height"]) == ("image/jpeg", 300, 375), "cropped to 4:5")
padded = ctl("media", "edit", picture["sha256"], "--pad", "1:1", "--blur")[0]["media"]
test.check((padded["width"], padded["height"], padded["file_name"]) == (400, 400, "bread.jpg"), "padded to a square")
listed = [line["media"]["sha256"] for line in ctl("media", "list")]
test.check(sorted(listed) == sorted(m["sha256"] for m in (video, picture, anew, square, padded)), "all are listed")
test.check(ctl("media", "show", anew["sha256"])[0]["media"] == anew, "and shown")
test.check(sorted(os.listdir(media_dir)) == sorted(listed), "nothing else lies in the folder")

for args, code in (
        (("edit", video["sha256"]), 2), (("edit", video["sha256"], "--crop", "x"), 2),
        (("edit", video["sha256"], "--crop", "4:5", "--pad", "4:5"), 2),
        (("edit", video["sha256"], "--transcode", "--from", "9", "--to", "3"), 2),
        (("edit", video["sha256"], "--transcode", "--from", "5000"), 1),
        (("edit", picture["sha256"], "--transcode"), 1), (("show", "0" * 64), 1), (("show",), 2),
        (("add", os.path.join(HOME, "none.mp4")), 1), (("add",), 2)):
    test.check("error" in ctl("media", *args, expect=code)[0], f"refused: media {args[0]} {' '.join(args[1:])[-30:]}")

brand = ctl("brand", "add", "Northside Bread")[0]["brand"]["id"]
post = ctl("post", "add", "--brand", brand, "--text", "Fresh", "--media", "sha256:" + anew["sha256"],
           "--alt", "Bread", "--media", film)[0]["post"]
library = sqlite3.connect(f"file:{os.path.dirname(media_dir)}/library.db?mode=ro", uri=True)
rows = library.execute("SELECT sha256 FROM post_media WHERE post_id = ? ORDER BY position", (post["id"],)).fetchall()
library.close()
test.check([row[0] for row in rows] == [anew["sha256"], video["sha256"]],
           "a post takes media from the library and files")
test.check(ctl("post", "add", "--brand", brand, "--text", "x", "--media", "sha256:" + "0" * 64,
               expect=1)[0]["error"]["code"] == "not-found", "but none that is not there")

before = sorted(os.listdir(media_dir))
process = subprocess.Popen([CTL, "--json", "media", "edit", video["sha256"], "--pad", "9:16", "--blur"],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
for _ in range(500):
    if sorted(os.listdir(media_dir)) != before:
        break
    time.sleep(0.01)
process.send_signal(signal.SIGINT)
process.wait()
test.check(process.returncode == 1 and sorted(os.listdir(media_dir)) == before, "interrupted: nothing stays")
test.end()
