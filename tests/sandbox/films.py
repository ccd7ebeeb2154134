# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Films made of boxes, and how they get into the sandbox."""

import importlib.util
import json
import os
import socket
import struct
import time
import urllib.parse

spec = importlib.util.spec_from_file_location(
    "base", os.path.join(os.path.dirname(os.path.abspath(__file__)), "test-sandbox.py"))
base = importlib.util.module_from_spec(spec)
spec.loader.exec_module(base)

APP, CLUB, IG, PAGE, SECRET = base.APP, base.CLUB, base.IG, base.PAGE, base.SECRET
SCOPES, dialog = base.SCOPES, base.dialog
Sandbox, check, results = base.Sandbox, base.check, base.results
container, error_of, wait_for = base.container, base.error_of, base.wait_for
jpeg, png, source_of, upload = base.jpeg, base.png, base.source_of, base.upload

MILL = "17841400987654321"
IG_APP = "1234509876543210"
REDIRECT = "http://localhost:43210/callback"
IG_SCOPES = ("instagram_business_basic,instagram_business_content_publish,"
             "instagram_business_manage_comments")
STATUS = {"fields": "status,published,post_id,permalink_url,length,created_time"}


def atom(kind, *parts):
    data = b"".join(parts)
    return struct.pack(">I", 8 + len(data)) + kind + data


def mp4(seconds=10, width=1080, height=1920, fps=30, codec=b"avc1", edits=0, moov_first=True,
        turned=False, payload=3000):
    """The boxes of a film without a picture in it: as much as a platform reads of the header."""
    scale = 1000
    duration = int(seconds * scale)
    flags = b"\0\0\0\0"
    matrix = ((0, 0x10000, 0, 0xffff0000, 0, 0, 0, 0, 0x40000000) if turned
              else (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000))
    mvhd = atom(b"mvhd", flags, struct.pack(">IIII", 0, 0, scale, duration), b"\0" * 80)
    tkhd = atom(b"tkhd", b"\0\0\0\7", struct.pack(">IIIII", 0, 0, 1, 0, duration), b"\0" * 16,
                struct.pack(">9I", *matrix), struct.pack(">II", width << 16, height << 16))
    mdhd = atom(b"mdhd", flags, struct.pack(">IIIIHH", 0, 0, scale, duration, 0, 0))
    hdlr = atom(b"hdlr", flags, b"\0\0\0\0", b"vide", b"\0" * 13)
    stsd = atom(b"stsd", flags, struct.pack(">I", 1), atom(codec, b"\0" * 78))
    stts = atom(b"stts", flags, struct.pack(">III", 1, max(1, int(seconds * fps)), scale // fps))
    mdia = atom(b"mdia", mdhd, hdlr, atom(b"minf", atom(b"stbl", stsd, stts)))
    edts = b""
    if edits:
        edts = atom(b"edts", atom(b"elst", flags, struct.pack(">I", edits), b"".join(
            struct.pack(">IiI", duration // edits, 100 * i, 0x10000) for i in range(edits))))
    moov = atom(b"moov", mvhd, atom(b"trak", tkhd, edts, mdia))
    ftyp = atom(b"ftyp", b"isom\0\0\2\0isomavc1")
    mdat = atom(b"mdat", bytes(i * 7 % 251 for i in range(payload)))
    return ftyp + (moov + mdat if moov_first else mdat + moov)


def rupload(box, token, kind, identifier, data, offset=0, size=None, scheme="OAuth", **headers):
    fields = {"Authorization": f"{scheme} {token}", "offset": str(offset),
              "file_size": str(len(data) if size is None else size),
              "Content-Type": "application/octet-stream", **headers}
    fields = {k: v for k, v in fields.items() if v is not None}
    status, answer = box.raw("POST", f"/rupload/{kind}/v26.0/{identifier}", data, fields)
    return status, json.loads(answer)


def start(box, token, edge):
    return box.call("POST", f"/v26.0/{PAGE}/{edge}", token, {"upload_phase": "start"})[1]


def finish(box, token, edge, video, **parameters):
    if edge == "video_reels":
        parameters.setdefault("video_state", "PUBLISHED")
    return box.call("POST", f"/v26.0/{PAGE}/{edge}", token,
                    {"upload_phase": "finish", "video_id": video, **parameters})


def bring(box, token, edge, film, **parameters):
    """A reel or video story from start to finish: its id and the answer to finish."""
    video = start(box, token, edge)["video_id"]
    rupload(box, token, "video-upload", video, film)
    return video, finish(box, token, edge, video, **parameters)


def read(box, token, video):
    return box.call("GET", f"/v26.0/{video}", token, STATUS)[1]


def failed(node):
    processing = node["status"]["processing_phase"]
    return "error" in processing or "errors" in processing


def settle(box, token, video):
    """The node when the processing is over."""
    node = {}
    for _ in range(60):
        node = read(box, token, video)
        phase = node["status"]["publishing_phase"]
        if "publish_status" in phase or failed(node):
            break
        time.sleep(0.05)
    return node


def public(box):
    return box.control("public.json", method="GET")["posts"]


def classic(box, token, parameters, chunk=None, path=f"/graph-video/v26.0/{PAGE}/videos"):
    files = {} if chunk is None else chunk if isinstance(chunk, dict) else {
        "video_file_chunk": chunk}
    return box.call("POST", path, token, parameters, files)


def abort(box, token, path, film, count):
    """Sends the head and @count bytes of @film, then breaks the connection."""
    head = (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: OAuth {token}\r\n"
            f"offset: 0\r\nfile_size: {len(film)}\r\nContent-Type: application/octet-stream\r\n"
            f"Content-Length: {len(film)}\r\n\r\n")
    with socket.create_connection(("127.0.0.1", box.port)) as stream:
        stream.sendall(head.encode() + film[:count])
        time.sleep(0.2)
    time.sleep(0.2)


def publish(box, token, creation, ig=IG, prefix=""):
    return box.call("POST", f"{prefix}/v26.0/{ig}/media_publish", token, {"creation_id": creation})


def ig_film(box, token, film, **parameters):
    made = container(box, token, upload_type="resumable", **parameters)[1]
    rupload(box, token, "ig-api-upload", made["id"], film)
    return made["id"]


def authorize(box, **changes):
    values = {"client_id": IG_APP, "redirect_uri": REDIRECT, "response_type": "code",
              "scope": IG_SCOPES, "state": "s&2", **changes}
    values = {k: v for k, v in values.items() if v is not None}
    status, data = box.raw("GET",
                           "/instagram-www/oauth/authorize?" + urllib.parse.urlencode(values))
    location = box.headers.get("location", "")
    return status, urllib.parse.parse_qs(urllib.parse.urlsplit(location).query), location, data


def ig_exchange(box, code, **changes):
    return box.call("POST", "/instagram-api/oauth/access_token", None, {
        "client_id": IG_APP, "client_secret": SECRET, "grant_type": "authorization_code",
        "redirect_uri": REDIRECT, "code": code, **changes})


def token_of(box):
    user = base.sign_in(box)
    token_of.user = user
    token_of.club = box.call("GET", f"/v26.0/{CLUB}", user,
                             {"fields": "access_token"})[1]["access_token"]
    return box.call("GET", f"/v26.0/{PAGE}", user, {"fields": "access_token"})[1]["access_token"]
