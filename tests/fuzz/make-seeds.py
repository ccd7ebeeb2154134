#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-seeds.py OUTPUT FIXTURE-FOLDER…

First inputs of every target, from recorded answers: OUTPUT/TARGET/NAME. What teaches the fuzzer
something new belongs into tests/fuzz/corpus (build-aux/fuzz --seeds OUTPUT --keep TARGET)."""

import glob
import json
import os
import random
import struct
import subprocess
import sys
import zlib

OUTPUT = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
FACEBOOK, INSTAGRAM, TIKTOK = "012"
PUBLISH, LOOK, SIGN_IN, CHECK, REVOKE, USAGE, COMMENT, FIND_COMMENT, REMOVE, MOVE, REFRESH, VALIDATE = "0123456789:;"
ANSWERED, BAD, LOST, NOTHING = "2", "6", "1", "0"


def write(target, name, data):
    folder = os.path.join(OUTPUT, target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data.encode() if isinstance(data, str) else data)


fixtures = {}
for folder in sys.argv[2:]:
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        with open(path) as file:
            fixtures[os.path.basename(path)[:-5]] = file.read()
usage = json.loads(fixtures.pop("response-headers-usage", "{}"))


def answer(body, status=ANSWERED, headers=()):
    return status + "".join(f"{name}: {value}\n" for name, value in headers) + "\n" + body


def put(name, platform, function, facts, *answers, media="0", kind="0", extras="0"):
    write("answer", f"{platform}{function}-{name}",
          platform + function + media + kind + extras + facts + "\n" + "\x1e".join(answers))


def compact(text):
    try:
        return json.dumps(json.loads(text), separators=(",", ":"))
    except ValueError:
        return text


def one_each(platform, names, facts, more):
    for name in names:
        body = compact(fixtures[name])
        status = BAD if "error" in name else ANSWERED
        for function in (PUBLISH, LOOK, SIGN_IN, CHECK, REVOKE, COMMENT, FIND_COMMENT, REMOVE, MOVE, REFRESH):
            put(name, platform, function, facts, answer(body, status))
        for suffix, line, media, kind, extras in more:
            put(f"{name}{suffix}", platform, PUBLISH, line, answer(body, status), media=media, kind=kind, extras=extras)
            put(f"{name}{suffix}", platform, LOOK, line, answer(body, status), media=media, kind=kind, extras=extras)


meta = [name for name in fixtures if not name.startswith(("openai", "resend", "tiktok", "schema", "index"))]
tiktok = [name for name in fixtures if name.startswith("tiktok")]
one_each(FACEBOOK, meta, "", [("-photo", "", "1", "0", "0"), ("-video", "", "5", "0", "0"), ("-reel", "", "5", "1", "8"),
                              ("-story", "", "1", "2", "0"), ("-later", "", "0", "0", "4"),
                              ("-public", "remote_id=104857600123456_7", "0", "0", "2")])
one_each(INSTAGRAM, meta, "", [("-photo", "", "1", "0", "0"), ("-reel", "", "5", "1", "0"), ("-story", "", "1", "2", "0"),
                               ("-container", "container:0=2 photo:0=1 source:0=2", "1", "0", "0"),
                               ("-carousel", "container:0=2 container:1=3 container=4", "2", "0", "0"),
                               ("-login", "", "1", "0", "P")])
one_each(TIKTOK, tiktok, "", [("-video", "", "5", "0", "8"), ("-photo", "", "2", "0", "8"), ("-inbox", "", "5", "0", "@"),
                              ("-accepted", "publish_id=v_pub_1 accepted=1", "5", "0", "8"),
                              ("-started", "publish_id=v_pub_1", "5", "0", "8")])


def chain(name, platform, function, facts, names, **more):
    found = [compact(fixtures[one]) if one in fixtures else one for one in names]
    put(name, platform, function, facts, *[answer(body) for body in found], **more)


SIGN_INS = ["oauth-code-exchange", "oauth-long-lived-exchange", '{"data":{"is_valid":true,"user_id":"1","app_id":"987654321012345"}}',
            '{"id":"122","name":"Ann"}', "me-permissions", "me-accounts-page1", "me-accounts-empty", "ig-user-node"]
for platform in (FACEBOOK, INSTAGRAM):
    for skip in range(4):
        chain(f"chain-{skip}", platform, SIGN_IN, "", SIGN_INS[:2] + SIGN_INS[2 + skip:])
chain("chain", TIKTOK, SIGN_IN, "", ["tiktok-token", "tiktok-user-info", "tiktok-creator-info-public"])
chain("chain", TIKTOK, REFRESH, "", ["tiktok-token-refreshed"])
chain("chain", TIKTOK, PUBLISH, "", ["tiktok-creator-info-public", "tiktok-video-init-file", "{}", "tiktok-status-uploading",
                                     "tiktok-status-complete", "tiktok-video-query"], media="5", extras="8")
chain("text", FACEBOOK, PUBLISH, "", ["page-feed-post-created", "page-feed-post-created-read-after-write"])
chain("photos", FACEBOOK, PUBLISH, "", ["page-photo-unpublished", "page-photo-unpublished", "page-feed-post-created"], media="2")
chain("reel", FACEBOOK, PUBLISH, "", ["page-reel-start", "rupload-video-success", "page-reel-finish-accepted",
                                      "page-reel-status-published"], media="5", kind="1")
chain("story", FACEBOOK, PUBLISH, "", ["page-photo-unpublished", "page-photo-story-published"], media="1", kind="2")
chain("photo", INSTAGRAM, PUBLISH, "", ["page-photo-unpublished", "photo-images-and-story-id", "ig-container-created",
                                        "ig-container-status-finished", "ig-media-published", "ig-media-permalink"], media="1")
chain("reel", INSTAGRAM, PUBLISH, "", ["ig-container-created-resumable", "ig-rupload-success", "ig-container-status-in-progress",
                                       "ig-container-status-finished", "ig-media-published", "ig-media-permalink"], media="5", kind="1")
chain("pages", FACEBOOK, LOOK, "", ["page-published-posts-page1", "page-published-posts-last-page"])
for status in (NOTHING, LOST, "9", ";", "<"):
    put(f"status-{ord(status)}", FACEBOOK, PUBLISH, "", answer("<html>", status))
    put(f"status-{ord(status)}", INSTAGRAM, PUBLISH, "container:0=2 photo:0=1 source:0=2 ready:0=1", answer("", status), media="1")
for platform in (FACEBOOK, INSTAGRAM, TIKTOK):
    put("usage", platform, USAGE, "", answer("", ANSWERED, usage.items()))
    for extras in ("0", "1", "?"):
        for media in "01235":
            for kind in "012":
                put(f"validate-{media}{kind}{ord(extras)}", platform, VALIDATE, "", "", media=media, kind=kind, extras=extras)
    write("usage", f"{platform}-all", platform + "".join(f"{name}: {value}\n" for name, value in usage.items()))
    for name, value in usage.items():
        write("usage", f"{platform}-{name}", f"{platform}{name}: {value}\n")
    for wait in ("120", "-5", "99999999999999999999", "Mon, 23 Nov 2026 09:15:02 GMT"):
        write("usage", f"{platform}-after-{len(wait)}", f"{platform}retry-after: {wait}\n")

for name, body in fixtures.items():
    write("json", name, compact(body))
for name, body in {"surrogates": '{"a":"\\ud83c\\udf5e","b":"\\u0041"}', "deep": '{"a":' + "[" * 62 + "]" * 62 + "}",
                   "numbers": '{"a":9223372036854775807,"b":1e308,"c":-0.0,"d":true,"e":null}'}.items():
    write("json", name, body)

ENDPOINTS = """[meta]
graph=http://127.0.0.1:8080
graph-video=http://localhost:8080/video
rupload=http://[::1]:8080
dialog=https://www.example.com
instagram-graph=https://graph.example.com/
instagram-api=http://127.0.0.1:1
instagram-dialog=http://127.0.0.1:1
[tiktok]
authorize=http://127.0.0.1:1
api=http://127.0.0.1:1
[openai]
base=http://127.0.0.1:1/v1
[resend]
base=http://127.0.0.1:1
[timing]
settle-first=1.2
settle-second=2
container-poll=0.2
"""
write("endpoints", "all", ENDPOINTS)
write("endpoints", "bare", "http://127.0.0.1:8080\n")
write("endpoints", "far", ENDPOINTS.replace("127.0.0.1", "192.0.2.1"))
write("endpoints", "one", "[meta]\ngraph=https://example.com:444/a/b/\n")
write("endpoints", "timing", "[timing]\nsettle-first=-1\nsettle-second=nan\ncontainer-poll=inf\n")
for i, line in enumerate(["http://127.0.0.1@example.com/", "http://localhost.example.com", "https://a:b@c/", "ftp://127.0.0.1",
                          "http://127.1", "http://127.0.0.1:99999", "https://example.com/?a=b", "https://example.com/#f",
                          "http://[::ffff:127.0.0.1]:1", "https://exa mple.com", "http://127.0.0.1:1/../.."]):
    write("endpoints", f"host-{i}", f"[meta]\ngraph={line}\n")

for i, (wall, zone, instant) in enumerate([
        ("2026-12-01T09:00", "Europe/Helsinki", "1796115600000000"), ("2026-03-29T02:30", "Europe/Berlin", "0"),
        ("2026-10-25T02:30:15", "Europe/Berlin", "-1"), ("2026-11-01 01:30", "America/New_York", "253402300800000000"),
        ("0001-01-01T00:00", "UTC", "9223372036854775807"), ("9999-12-31T23:59:59", "Pacific/Kiritimati", "-9223372036854775808"),
        ("2011-12-30T12:00", "Pacific/Apia", "1"), ("2026-04-05T02:15", "Australia/Lord_Howe", "2"), ("2026-01-01T00:00", "+01:00", "3"),
        ("2026-01-01T00:00", "/etc/localtime", "3"), ("2026-01-01T00:00", "../../etc/hostname", "3"),
        ("2026-01-01T00:00", "EST5EDT,M3.2.0,M11.1.0", "3"), ("2024-02-29T24:00", "Asia/Kolkata", "3"), ("2026-06-31T10:61", "", "")]):
    write("times", str(i), f"{wall}\n{zone}\n{instant}\n")

for i, address in enumerate([
        "http://localhost:1234/callback?code=AQB-x_y&state={state}", "http://localhost:1/callback?error=access_denied&state={state}",
        "http://localhost:1/callback?code=a%20b%00c&state={state}#_=_", " https://relay.example.com/cb?state={state}&code=%C3%A9 \n",
        "http://localhost:1/callback?code=x&state=other", "code=x&state={state}", "http://localhost:1/cb?code=&state={state}",
        "http://localhost:1/cb?state={state}&state={state}&code=1&code=2", "http://localhost/?error=%ff&error_description=%fe&state={state}",
        "tiktok://x?code=a*1!b&scopes=x&state={state}"]):
    write("address", str(i), address)

MEDIA = ("{'sha256': <'" + "a" * 64 + "'>, 'mime': <'video/mp4'>, 'file-name': <'bread.mp4'>, 'bytes': <int64 4>, 'width': <1080>, "
         "'height': <1920>, 'duration': <int64 15000000>, 'container': <'mp4'>, 'video-codec': <'h264'>, 'audio-codec': <'aac'>, "
         "'frame-rate': <29.97>, 'bit-rate': <int64 1000000>, 'audio-rate': <48000>, 'audio-channels': <2>, 'flags': <uint32 3>}")
ACCOUNT = ("{'id': <'account-new'>, 'brand': <'brand-1'>, 'platform': <'instagram'>, 'remote-id': <'200'>, 'parent-remote-id': <'100'>, "
           "'name': <'Northside'>, 'username': <'northside'>, 'person-id': <'7'>, 'app-id': <'42'>, 'scopes': <'a b'>, "
           "'login': <'instagram'>, 'state-reason': <'why'>, 'state': <1>, 'token-expires-at': <int64 5>, 'followers': <int64 7>}")
for name, text in (("media", MEDIA), ("account", ACCOUNT)):
    write("variants", name, "t" + text)

COMMANDS = [
    ("profile.set", "{'name': <'Ann'>, 'email': <'a@example.com'>, 'organization': <'Bread'>}"),
    ("brand.add", "{'id': <'brand-2'>, 'name': <'Two'>, 'timezone': <'Europe/Berlin'>}"),
    ("brand.edit", "{'id': <'brand-1'>, 'name': <'Three'>, 'late-policy': <'skip'>, 'late-hours': <7>}"),
    ("brand.delete", "{'id': <'brand-1'>}"), ("brand.restore", "{'id': <'gone'>}"),
    ("app.set", "{'platform': <'meta'>, 'app-id': <'42'>}"), ("account.put", "{'account': <" + ACCOUNT + ">}"),
    ("account.set-state", "{'id': <'account-facebook'>, 'state': <3>, 'reason': <'x'>}"), ("media.add", "{'media': <" + MEDIA + ">}"),
    ("post.add", "{'id': <'new'>, 'brand': <'brand-1'>, 'text': <'Hello #x @y'>, 'kind': <'feed'>, 'link': <'https://example.com'>, "
                 "'first-comment': <'c'>, 'options': <{'title': 'x'}>, 'media': <[('" + "a" * 64 + "', 'alt')]>, "
                 "'targets': <[('t-new', 'account-facebook')]>, 'wall': <'2026-12-02T09:00'>, 'zone': <'Europe/Berlin'>, 'draft': <false>}"),
    ("post.edit", "{'id': <'scheduled'>, 'text': <'Other'>, 'targets': <[('t-scheduled', 'account-facebook'), ('t-o', 'account-instagram')]>}"),
    ("batch", "{'commands': <[('post.cancel', {'id': <'scheduled'>}), ('post.cancel', {'id': <'draft'>})]>}"),
    ("post.reschedule", "{'id': <'draft'>, 'wall': <'2026-12-03T10:00'>, 'zone': <'UTC'>}"), ("post.unschedule", "{'id': <'scheduled'>}"),
    ("post.cancel", "{'id': <'scheduled'>}"), ("post.retry", "{'id': <'failed'>, 'target': <'t-failed'>}"),
    ("post.publish-now", "{'id': <'held'>}"), ("post.delete", "{'id': <'failed'>}"), ("post.restore", "{'id': <'failed'>}"),
    ("setting.set", "{'key': <'mail.from'>, 'value': <'b@example.com'>}"), ("undo", "{'client-id': <'c1'>}"), ("redo", "{}")]
for name, args in COMMANDS:
    write("commands", name, f"{name}\nt{args}")
    for state in ("draft", "scheduled", "published", "publishing", "unconfirmed", "failed", "held", "cancelled", "two"):
        if name.startswith("post.") and name != "post.add":
            changed = "{'id': <'" + state + "'>" + args[args.index(">") + 1:]
            write("commands", f"{name}-{state}", f"{name}\nt{changed}")
random.seed(1)
for i in range(40):
    write("commands", f"many-{i}", "\x1e".join(f"{name}\nt{args}" for name, args in random.sample(COMMANDS, 4)))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, colour, *more):
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = b"\0" + bytes(i * 7 % 256 for i in range((width * channels * depth + 7) // 8))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)) + b"".join(more)
            + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b""))


for depth, colour in ((1, 0), (8, 0), (16, 0), (8, 2), (16, 2), (8, 4), (8, 6), (8, 3)):
    more = [chunk(b"PLTE", bytes(range(48)))] if colour == 3 else []
    write("picture", f"png-{depth}-{colour}", png(5, 4, depth, colour, *more))
write("picture", "png-text", png(3, 3, 8, 2, chunk(b"tEXt", b"Comment\0x"), chunk(b"gAMA", struct.pack(">I", 45455)),
                                 chunk(b"iCCP", b"p\0\0" + zlib.compress(b"\0" * 128)), chunk(b"tRNS", b"\0\1\0\1\0\1")))
write("picture", "gif", b"GIF89a\2\0\2\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\4\1\n\0\1\0,\0\0\0\0\2\0\2\0\0\2\2\x8c\n\0;")
write("picture", "bmp", b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54 + 16, 0, 0, 54, 40, 2, 2, 1, 24, 0, 16, 0, 0, 0, 0) + bytes(16))
write("picture", "bmp-palette", b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54 + 8 + 8, 0, 0, 62, 40, 2, 2, 1, 1, 0, 8, 0, 0, 2, 0) + bytes(16))
write("picture", "tiff", b"II*\0\x08\0\0\0\x07\0" + b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in (
    (256, 3, 2), (257, 3, 2), (258, 3, 8), (262, 3, 1), (273, 4, 98), (278, 3, 2), (279, 4, 4))) + b"\0\0\0\0\1\2\3\4")
write("picture", "heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
write("picture", "avif", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif")
write("picture", "mp4", b"\0\0\0\x18ftypisom\0\0\0\0isomavc1")
write("picture", "webp", b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0")
for name, options in (("plain", []), ("grey", ["-colorspace", "Gray"]), ("cmyk", ["-colorspace", "CMYK"]),
                      ("progressive", ["-interlace", "JPEG"]), ("webp", []), ("gif", [])):
    path = os.path.join(OUTPUT, "picture", f"made-{name}")
    kind = name if name in ("webp", "gif") else "jpg"
    try:
        subprocess.run(["convert", "-size", "9x7", "gradient:red-blue", *options, f"{kind}:{path}"], check=False, timeout=20,
                       stderr=subprocess.DEVNULL)
    except OSError:
        break

# What the media program says.
write("facts", "picture", json.dumps({"mime": "image/jpeg", "width": 1080, "height": 1350, "bytes": 4711}))
write("facts", "video", json.dumps({"mime": "video/mp4", "width": 1080, "height": 1920, "bytes": 4711, "duration": 9000000,
                                    "container": "mp4", "video_codec": "h264", "audio_codec": "aac", "frame_rate": 29.97,
                                    "bit_rate": 5000000, "audio_rate": 48000, "audio_channels": 2, "flags": 3}))
write("facts", "error", json.dumps({"error": {"code": "media-broken", "message": "damaged"}}))

# What the server of a web space says.
S3 = "{'kind': 's3', 'url': 'https://s3.example', 'bucket': 'photos', 'folder': 'f', 'user': 'KEY'}"
DAV = "{'kind': 'webdav', 'url': 'https://dav.example/me/', 'user': 'me', 'public-url': 'https://me.example/p/'}"
PUT, HEAD, DELETE, GONE, SEEN, GOT = "012345"
write("webspace", "put-s3", f"{PUT}{S3}\n403\ncontent-type: application/xml\n\n<Error><Code>AccessDenied</Code></Error>")
write("webspace", "put-region", f"{PUT}{S3}\n301\n\n<Error><Code>PermanentRedirect</Code><Region>eu-1</Region></Error>")
write("webspace", "put-dav", f"{PUT}{DAV}\n507\n\n")
write("webspace", "put-lost", f"{PUT}{DAV}\n0\ncertificate\n")
write("webspace", "head", f"{HEAD}{DAV}\n200\ncontent-length: 5\n\n")
write("webspace", "delete", f"{DELETE}{S3}\n404\n\n")
write("webspace", "gone", f"{GONE}{S3}\n410\n\n")
write("webspace", "seen", f"{SEEN}{S3}\n200\ncontent-type: image/jpeg; x\ncontent-length: 5\n\n")
write("webspace", "seen-moved", f"{SEEN}{S3}\n302\nlocation: https://login.example/?next\n\n")
write("webspace", "seen-not-told", f"{SEEN}{S3}\n405\n\n")
write("webspace", "got", f"{GOT}{S3}\n200\ncontent-type: image/jpeg\n\nbytes")
