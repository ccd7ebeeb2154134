#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the sandbox refuses what the platform refuses, and counts what it does. TAP."""

import base64
import hashlib
import http.client
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
import zlib

SECRET = "0123456789abcdef0123456789abcdef"
APP = "987654321012345"
PAGE = "104857600123456"
CLUB = "104857600999888"
IG = "17841400123456789"
SCOPES = ("pages_show_list,pages_read_engagement,pages_read_user_content,pages_manage_posts,"
          "pages_manage_engagement,instagram_basic,instagram_content_publish,"
          "instagram_manage_comments,openid")
REDIRECT = "http://localhost:43210/callback"

results = []


def check(name, good, detail=""):
    results.append(good)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}", flush=True)
    if not good:
        print(f"# {str(detail)[:600]}", flush=True)


def jpeg(width, height, extra=0):
    """The marker segments of a JPEG with a frame header and some scan bytes."""
    return (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
            + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width)
            + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
            + b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00"
            + b"\x55" * (64 + extra) + b"\xff\xd9")


def png(width, height):
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0,
                                                             0))
            + chunk(b"IDAT", zlib.compress(b"\0" * ((width + 1) * height))) + chunk(b"IEND", b""))


class Sandbox:
    def __init__(self, program, *arguments):
        self.folder = tempfile.TemporaryDirectory()
        self.endpoints = os.path.join(self.folder.name, "endpoints")
        self.log = os.path.join(self.folder.name, "log")
        self.process = subprocess.Popen(
            [program, "--endpoints-file", self.endpoints, "--processing-ms", "150", "--log",
             self.log, "--exit-with-parent", *arguments],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        match = re.fullmatch(r"READY (http://127\.0\.0\.1:(\d+))\n", line)
        if match is None:
            raise SystemExit(f"Bail out! first line: {line!r}")
        self.base = match.group(1)
        self.port = int(match.group(2))
        self.headers = {}

    def close(self):
        self.process.terminate()
        status = self.process.wait(10)
        self.process.stdout.close()
        return status

    def raw(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            data = answer.read()
            self.headers = {k.lower(): v for k, v in answer.getheaders()}
            return answer.status, data
        finally:
            connection.close()

    def call(self, method, path, token=None, parameters=None, files=None, as_json=False):
        headers = {}
        body = None
        if token:
            headers["Authorization"] = "Bearer " + token
        parameters = parameters or {}
        if files is not None:
            mark = "sandboxboundary"
            body = b""
            for name, value in parameters.items():
                body += (f"--{mark}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n"
                         f"{value}\r\n").encode()
            for name, data in files.items():
                body += (f"--{mark}\r\nContent-Disposition: form-data; name=\"{name}\"; "
                         f"filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n").encode()
                body += data + b"\r\n"
            body += f"--{mark}--\r\n".encode()
            headers["Content-Type"] = f"multipart/form-data; boundary={mark}"
        elif as_json:
            body = json.dumps(parameters).encode()
            headers["Content-Type"] = "application/json"
        elif method == "POST":
            body = urllib.parse.urlencode(parameters).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif parameters:
            path += "?" + urllib.parse.urlencode(parameters)
        status, data = self.raw(method, path, body, headers)
        return status, json.loads(data)

    def control(self, what, value=None, method="POST"):
        return self.call(method, "/_sandbox/" + what, None, value, as_json=method == "POST")[1]

    def effects(self, name):
        return self.control("log", method="GET")["effects"].get(name, 0)


def error_of(answer):
    error = answer[1].get("error", {}) if isinstance(answer[1], dict) else {}
    return error.get("code"), error.get("error_subcode")


def dialog(box, **changes):
    verifier = "v" * 64
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode()
    values = {"client_id": APP, "redirect_uri": REDIRECT, "state": "s&1", "response_type": "code",
              "scope": SCOPES, "code_challenge": challenge.rstrip("="),
              "code_challenge_method": "S256"}
    values.update(changes)
    values = {k: v for k, v in values.items() if v is not None}
    status, data = box.raw("GET", "/v26.0/dialog/oauth?" + urllib.parse.urlencode(values))
    location = box.headers.get("location", "")
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(location).query)
    return status, query, data, verifier


def sign_in(box):
    status, query, _, verifier = dialog(box)
    check("the dialog redirects with the state", status == 302 and query["state"] == ["s&1"], query)
    code = query["code"][0]
    base = {"client_id": APP, "redirect_uri": REDIRECT, "code": code, "client_secret": SECRET,
            "code_verifier": verifier}

    def exchange(**changes):
        values = {k: v for k, v in {**base, **changes}.items() if v is not None}
        return box.call("POST", "/v26.0/oauth/access_token", None, values)

    for name, answer, code_pair in (
            ("bad secret", exchange(client_secret="wrong"), (1, None)),
            ("no secret, no verifier", exchange(client_secret=None, code_verifier=None), (1, None)),
            ("bad app id", exchange(client_id="1"), (101, None)),
            ("unknown code", exchange(code="AQx"), (100, None)),
            ("other redirect", exchange(redirect_uri="http://localhost:1/callback"), (100, 36008)),
            ("bad verifier", exchange(code_verifier="w" * 64), (100, None))):
        check("exchange refused: " + name, error_of(answer) == code_pair, answer)
    answer = exchange()
    check("the code gives a short token", answer[1].get("expires_in") == 5182, answer)
    check("a code works once", error_of(exchange()) == (100, 36009))
    answer = box.call("GET", "/v26.0/oauth/access_token", None,
                      {"grant_type": "fb_exchange_token", "client_id": APP,
                       "client_secret": SECRET, "fb_exchange_token": answer[1]["access_token"]})
    check("the short token gives a long one", answer[1].get("expires_in") == 5183944, answer)
    return answer[1]["access_token"]


def test_dialog(box):
    for name, changes in (("other app", {"client_id": "1"}), ("no state", {"state": None}),
                          ("foreign redirect", {"redirect_uri": "http://example.com/"}),
                          ("https redirect not listed", {"redirect_uri": "https://example.com/"}),
                          ("unknown scope", {"scope": "make_coffee"}),
                          ("token response", {"response_type": "token"}),
                          ("plain challenge", {"code_challenge_method": "plain"})):
        status, query, data, _ = dialog(box, **changes)
        check("dialog refuses: " + name, status == 400 and "code" not in query, (status, data))
    box.control("settings", {"app_mode": "live"})
    check("loopback is refused in Live mode", dialog(box)[0] == 400)
    box.control("settings", {"app_mode": "development", "auto_approve": False})
    status, _, data, _ = dialog(box)
    check("the dialog asks", status == 200 and b'value="allow"' in data)
    form = urllib.parse.urlencode({"client_id": APP, "redirect_uri": REDIRECT, "state": "x",
                                   "scope": SCOPES, "decision": "deny"})
    box.raw("POST", "/v26.0/dialog/oauth", form,
            {"Content-Type": "application/x-www-form-urlencoded"})
    check("cancel tells so", "error_reason=user_denied" in box.headers.get("location", ""))
    box.control("settings", {"auto_approve": True})


def test_accounts(box, user):
    answer = box.call("GET", "/v26.0/me/accounts", user,
                      {"fields": "id,name,access_token,tasks,instagram_business_account"
                                 "{id,username}", "limit": "1"})
    first = answer[1]["data"][0]
    check("the first page has its Instagram",
          first["id"] == PAGE and first["instagram_business_account"]["id"] == IG, answer)
    check("next carries the token", "access_token=" in answer[1]["paging"]["next"])
    after = answer[1]["paging"]["cursors"]["after"]
    answer = box.call("GET", "/v26.0/me/accounts", user, {"limit": "1", "after": after})
    check("the second page ends the list", answer[1]["data"][0]["id"] == CLUB
          and "next" not in answer[1]["paging"], answer)
    club = answer[1]["data"][0]["access_token"]
    debug = box.call("GET", "/v26.0/debug_token", None,
                     {"input_token": first["access_token"], "access_token": f"{APP}|{SECRET}"})
    check("a page token of a long one has no end",
          debug[1]["data"]["type"] == "PAGE" and debug[1]["data"]["expires_at"] == 0, debug)
    return first["access_token"], club


def upload(box, token, data, **parameters):
    return box.call("POST", f"/v26.0/{PAGE}/photos", token, {"published": "false", **parameters},
                    {"source": data})


def source_of(box, token, photo):
    images = box.call("GET", f"/v26.0/{photo}", token, {"fields": "images"})[1]["images"]
    return max(images, key=lambda image: image["width"])["source"]


def container(box, token, **parameters):
    return box.call("POST", f"/v26.0/{IG}/media", token, parameters)


def wait_for(box, token, identifier):
    status = None
    for _ in range(60):
        answer = box.call("GET", f"/v26.0/{identifier}", token, {"fields": "status_code,status"})
        status = answer[1].get("status_code")
        if status != "IN_PROGRESS":
            break
        time.sleep(0.05)
    return status


def test_refusals(box, user, page, club):
    feed = f"/v26.0/{PAGE}/feed"
    media = f"/v26.0/{IG}/media"
    good = upload(box, page, jpeg(1080, 1080))[1]["id"]
    tall = source_of(box, page, upload(box, page, jpeg(600, 1200))[1]["id"])
    wide = source_of(box, page, upload(box, page, jpeg(1200, 600))[1]["id"])
    tiny = source_of(box, page, upload(box, page, jpeg(200, 200))[1]["id"])
    big = source_of(box, page, upload(box, page, jpeg(1000, 1000, 9_000_000))[1]["id"])
    drawn = source_of(box, page, upload(box, page, png(400, 400))[1]["id"])
    fine = source_of(box, page, good)
    now = int(time.time())
    before = box.effects("feed"), box.effects("media")
    table = [
        ("no token", "POST", feed, None, {"message": "a"}, (104, None)),
        ("garbage token", "POST", feed, "EAAx", {"message": "a"}, (190, None)),
        ("user token", "POST", feed, user, {"message": "a"}, (200, None)),
        ("other page's token", "POST", feed, club, {"message": "a"}, (200, None)),
        ("no CREATE_CONTENT", "POST", f"/v26.0/{CLUB}/feed", club, {"message": "a"}, (200, None)),
        ("nothing to say", "POST", feed, page, {"message": "  "}, (100, None)),
        ("too long", "POST", feed, page, {"message": "x" * 63207}, (100, None)),
        ("link without host", "POST", feed, page, {"link": "https://"}, (1609005, None)),
        ("ftp link", "POST", feed, page, {"link": "ftp://example.com/a"}, (1609005, None)),
        ("published=maybe", "POST", feed, page, {"message": "a", "published": "maybe"},
         (100, None)),
        ("unknown field", "POST", feed, page, {"message": "a", "fields": "id,colour"},
         (100, None)),
        ("unknown photo", "POST", feed, page,
         {"message": "a", "attached_media[0]": '{"media_fbid":"12"}'}, (100, 33)),
        ("the same photo twice", "POST", feed, page,
         {"attached_media": json.dumps([{"media_fbid": good}] * 2)}, (100, 1366051)),
        ("broken list", "POST", feed, page, {"attached_media": "[{"}, (100, None)),
        ("scheduled but published", "POST", feed, page,
         {"message": "a", "scheduled_publish_time": now + 3600}, (100, 1349125)),
        ("too soon", "POST", feed, page,
         {"message": "a", "published": "false", "scheduled_publish_time": now + 60},
         (100, 1349125)),
        ("too late", "POST", feed, page,
         {"message": "a", "published": "false", "scheduled_publish_time": now + 40 * 86400},
         (100, 1349125)),
        ("removed parameter", "GET", feed, page, {"date_format": "U"}, (12, None)),
        ("removed ids", "GET", "/v26.0/", page, {"ids": PAGE}, (12, None)),
        ("limit above 100", "GET", feed, page, {"limit": "101"}, (100, None)),
        ("bad cursor", "GET", feed, page, {"after": "zzz"}, (100, None)),
        ("bad fields", "GET", feed, page, {"fields": "id,{message"}, (2500, None)),
        ("unknown edge", "GET", f"/v26.0/{PAGE}/cakes", page, {}, (2500, None)),
        ("missing object", "GET", "/v26.0/17889455560051444", page, {}, (100, 33)),
        ("wrong proof", "GET", "/v26.0/me", user, {"appsecret_proof": "0" * 64}, (100, None)),
        ("IG: foreign address", "POST", media, page, {"image_url": "https://example.com/a.jpg"},
         (9004, 2207052)),
        ("IG: unsigned address", "POST", media, page, {"image_url": fine.split("?")[0]},
         (9004, 2207052)),
        ("IG: nothing", "POST", media, page, {"caption": "a"}, (100, None)),
        ("IG: PNG", "POST", media, page, {"image_url": drawn}, (36001, 2207005)),
        ("IG: too tall", "POST", media, page, {"image_url": tall}, (36003, 2207009)),
        ("IG: too wide", "POST", media, page, {"image_url": wide}, (36003, 2207009)),
        ("IG: too small", "POST", media, page, {"image_url": tiny}, (36003, 2207009)),
        ("IG: too heavy", "POST", media, page, {"image_url": big}, (36000, 2207004)),
        ("IG: long caption", "POST", media, page, {"image_url": fine, "caption": "x" * 2201},
         (36004, 2207010)),
        ("IG: 31 hashtags", "POST", media, page,
         {"image_url": fine, "caption": " ".join(f"#a{i}" for i in range(31))}, (100, None)),
        ("IG: 21 mentions", "POST", media, page,
         {"image_url": fine, "caption": " ".join(f"@a{i}" for i in range(21))}, (100, 2207040)),
        ("IG: long alt text", "POST", media, page, {"image_url": fine, "alt_text": "x" * 1001},
         (100, None)),
        ("IG: unknown type", "POST", media, page, {"image_url": fine, "media_type": "POEM"},
         (100, 2207023)),
        ("IG: carousel of one", "POST", media, page, {"media_type": "CAROUSEL", "children": "1"},
         (100, 2207028)),
        ("IG: unknown container", "POST", f"/v26.0/{IG}/media_publish", page,
         {"creation_id": "17889455560051444"}, (24, 2207008)),
        ("IG: other page's token", "POST", media, club, {"image_url": fine}, (100, 33)),
    ]
    for name, method, path, token, parameters, expected in table:
        answer = box.call(method, path, token, parameters)
        check(f"refused: {name}", answer[0] >= 400 and error_of(answer) == expected,
              (error_of(answer), answer))
    for name, data in (("no image", b"hello" * 20), ("half a JPEG", jpeg(800, 800)[:30] + b"\0" * 9),
                       ("11 MB", jpeg(800, 800, 11_000_000))):
        answer = upload(box, page, data)
        check(f"photo refused: {name}", error_of(answer) == (324, 2069019), answer)
    answer = box.call("POST", f"/v26.0/{PAGE}/photos", page, {"published": "false"})
    check("photo refused: no file", error_of(answer) == (324, 2069019), answer)
    check("no refused call had an effect", before == (box.effects("feed"), box.effects("media")))


def test_facebook(box, page):
    photos = [upload(box, page, jpeg(1000 + i, 900))[1]["id"] for i in range(3)]
    listed = box.call("GET", f"/v26.0/{PAGE}/feed", page)[1]
    check("unpublished photos are not in the feed", listed == {"data": []}, listed)
    parameters = {"message": "Rye ❤", "fields": "id,permalink_url,is_published"}
    for i, photo in enumerate(photos):
        parameters[f"attached_media[{i}]"] = json.dumps({"media_fbid": photo})
    answer = box.call("POST", f"/v26.0/{PAGE}/feed", page, parameters)
    post = answer[1]
    check("the photo post reads itself back", post.get("is_published") is True
          and post["permalink_url"].startswith("https://www.facebook.com/"), answer)
    listed = box.call("GET", f"/v26.0/{PAGE}/feed", page, {
        "fields": "id,message,application,attachments{media_type,target{id},"
                  "subattachments{target{id}}}"})[1]["data"]
    found = [sub["target"]["id"]
             for sub in listed[0]["attachments"]["data"][0]["subattachments"]["data"]]
    check("the feed shows the photos in order", found == photos, listed)
    check("a post knows its app", listed[0]["application"]["id"] == APP)
    story = box.call("GET", f"/v26.0/{photos[0]}", page, {"fields": "page_story_id"})[1]
    check("a photo knows its post", story["page_story_id"] == post["id"], story)
    answer = box.call("POST", f"/v26.0/{PAGE}/feed", page,
                      {"attached_media": json.dumps([{"media_fbid": photos[1]}])})
    check("a used photo is refused", error_of(answer) == (100, 1366051), answer)
    answer = box.call("POST", f"/v26.0/{PAGE}/feed", page,
                      {"message": "json", "link": "https://example.com/x"}, as_json=True)
    check("a JSON body works", "id" in answer[1], answer)
    check("usage and version headers", "x-app-usage" in box.headers
          and PAGE in box.headers["x-business-use-case-usage"]
          and box.headers["facebook-api-version"] == "v26.0", box.headers)
    public = box.control("public.json", method="GET")["posts"]
    check("the public sees three pictures", public[1]["media_count"] == 3
          and public[1]["text"] == "Rye ❤", public)
    status, data = box.raw("GET", public[1]["media"][0][len(box.base):])
    check("the picture is served", status == 200 and data[:2] == b"\xff\xd8")
    check("ids are longer than a double holds", int(post["id"].split("_")[1]) > 2 ** 53)
    comment = box.call("POST", f"/v26.0/{post['id']}/comments", page, {"message": "Thanks"})[1]
    listed = box.call("GET", f"/v26.0/{post['id']}/comments", page)[1]["data"]
    check("a comment is listed", [c["id"] for c in listed] == [comment["id"]], listed)
    answer = box.call("DELETE", f"/v26.0/{post['id']}", page)
    again = box.call("DELETE", f"/v26.0/{post['id']}", page)
    check("deleting works once", answer[1] == {"success": True} and error_of(again) == (100, 33))
    when = int(time.time()) + 3600
    answer = box.call("POST", f"/v26.0/{PAGE}/feed", page,
                      {"message": "later", "published": "false", "scheduled_publish_time": when})
    planned = box.call("GET", f"/v26.0/{PAGE}/scheduled_posts", page)[1]["data"]
    check("a scheduled post waits", [p["id"] for p in planned] == [answer[1]["id"]], planned)
    box.control("settings", {"clock_offset_s": 3700})
    public = box.control("public.json", method="GET")["posts"]
    check("and comes out at its time", public[0]["text"] == "later", public)
    box.control("settings", {"clock_offset_s": 0})


def test_instagram(box, user, page):
    photo = upload(box, page, jpeg(1080, 1350))[1]["id"]
    source = source_of(box, page, photo)
    made = container(box, page, image_url=source, caption="Rye #bread", alt_text="A loaf")
    early = box.call("POST", f"/v26.0/{IG}/media_publish", page, {"creation_id": made[1]["id"]})
    check("publishing early is refused", error_of(early) == (9007, 2207027), early)
    check("the container is finished", wait_for(box, page, made[1]["id"]) == "FINISHED")
    answer = box.call("POST", f"/v26.0/{IG}/media_publish", user, {"creation_id": made[1]["id"]})
    again = box.call("POST", f"/v26.0/{IG}/media_publish", page, {"creation_id": made[1]["id"]})
    check("one container, one post", "id" in answer[1] and error_of(again) == (24, 2207008)
          and box.effects("media_publish") == 1, (answer, again))
    check("the container says PUBLISHED", wait_for(box, page, made[1]["id"]) == "PUBLISHED")
    read = box.call("GET", f"/v26.0/{answer[1]['id']}", page, {"fields": "permalink,alt_text"})[1]
    check("the media has a permalink", read["permalink"].startswith("https://www.instagram.com/p/")
          and read["alt_text"] == "A loaf", read)
    children = [container(box, page, image_url=source, is_carousel_item="true")[1]["id"]
                for _ in range(3)]
    parent = container(box, page, media_type="CAROUSEL", children=",".join(children), caption="c")
    check("children must be finished", error_of(parent) == (9007, 2207027), parent)
    check("children finish", all(wait_for(box, page, child) == "FINISHED" for child in children))
    parent = container(box, page, media_type="CAROUSEL", children=",".join(children), caption="c")
    wait_for(box, page, parent[1]["id"])
    answer = box.call("POST", f"/v26.0/{IG}/media_publish", page, {"creation_id": parent[1]["id"]})
    listed = box.call("GET", f"/v26.0/{IG}/media", page,
                      {"fields": "id,media_type,children{id}"})[1]["data"]
    check("the carousel is listed with its children", listed[0]["id"] == answer[1]["id"]
          and len(listed[0]["children"]["data"]) == 3, listed)
    used = container(box, page, media_type="CAROUSEL", children=",".join(children))
    check("children are used once", error_of(used) == (100, None), used)
    limit = box.call("GET", f"/v26.0/{IG}/content_publishing_limit", page,
                     {"fields": "quota_usage,config"})[1]["data"][0]
    check("the quota counts posts", limit["quota_usage"] == 2
          and limit["config"]["quota_total"] == 50, limit)
    box.control("settings", {"ig_quota_total": 2})
    made = container(box, page, image_url=source)
    wait_for(box, page, made[1]["id"])
    answer = box.call("POST", f"/v26.0/{IG}/media_publish", page, {"creation_id": made[1]["id"]})
    check("the quota is enforced", error_of(answer) == (9, 2207042), answer)
    box.control("settings", {"ig_quota_total": 50, "clock_offset_s": 90000})
    check("containers die after a day", wait_for(box, page, made[1]["id"]) == "EXPIRED")
    lost = upload(box, page, jpeg(900, 900))[1]["id"]
    box.control("settings", {"clock_offset_s": 90000 + 90000})
    gone = box.call("GET", f"/v26.0/{lost}", page)
    check("unused photos vanish after a day", error_of(gone) == (100, 33), gone)
    box.control("settings", {"clock_offset_s": 0, "next_container_error": 2207032})
    made = container(box, page, image_url=source)
    check("a container can end as an error", wait_for(box, page, made[1]["id"]) == "ERROR")


def broken(box, page, text):
    """True when the client saw no proper answer."""
    try:
        answer = box.call("POST", f"/v26.0/{PAGE}/feed", page, {"message": text})
        return "id" not in answer[1] or not isinstance(answer[1]["id"], str)
    except (OSError, http.client.HTTPException, ValueError, TypeError):
        return True


def test_faults(box, page):
    match = {"method": "POST", "path_regex": "/feed$"}
    for kind, effect, extra in (
            ("close-before", 0, {}), ("reset-before", 0, {}), ("status-before", 0, {}),
            ("error", 0, {"code": 2}), ("429", 0, {"retry_after": 30}), ("redirect", 0, {}),
            ("close-after", 1, {}), ("reset-after", 1, {}), ("status-after", 1, {}),
            ("error-after", 1, {"code": 1}), ("malformed", 1, {}), ("truncated", 1, {}),
            ("empty", 1, {}), ("html", 1, {}), ("wrong-types", 1, {})):
        box.control("faults", {"match": match, "fault": {"kind": kind, **extra}})
        before = box.effects("feed")
        seen = broken(box, page, kind)
        after = box.effects("feed")
        check(f"fault {kind}: no answer, {effect} effect", seen and after - before == effect,
              (seen, before, after))
        check(f"fault {kind}: the next call works", not broken(box, page, kind + " again"))
        box.control("faults", method="DELETE")
    box.control("faults", {"match": {**match, "nth": 2}, "fault": {"kind": "close-after"}})
    check("nth=2 spares the first", [broken(box, page, str(i)) for i in range(3)]
          == [False, True, False])
    box.control("faults", {"match": match, "fault": {"kind": "delay", "ms": 300}})
    start = time.monotonic()
    check("delay waits", not broken(box, page, "slow") and time.monotonic() - start >= 0.3)
    box.control("faults", {"match": match, "fault": {"kind": "huge", "bytes": 30_000_000}})
    status, data = box.raw("POST", f"/v26.0/{PAGE}/feed?message=h&access_token={page}")
    check("huge sends all of it", len(data) == 30_000_000, len(data))
    box.control("faults", {"match": match, "fault": {"kind": "deep", "levels": 50000}})
    status, data = box.raw("POST", f"/v26.0/{PAGE}/feed?message=d&access_token={page}")
    check("deep is deep", data == b"[" * 50000 + b"]" * 50000)
    box.control("faults", {"match": match, "fault": {"kind": "drip", "interval_ms": 5}})
    start = time.monotonic()
    check("drip arrives slowly", not broken(box, page, "drip") and time.monotonic() - start > 0.3)
    box.control("faults", {"match": match, "fault": {"kind": "hang-after"}})
    connection = http.client.HTTPConnection("127.0.0.1", box.port, timeout=0.5)
    before = box.effects("feed")
    try:
        connection.request("POST", f"/v26.0/{PAGE}/feed?message=h&access_token={page}")
        connection.getresponse()
        hung = False
    except TimeoutError:
        hung = True
    connection.close()
    check("hang-after hangs and has its effect", hung and box.effects("feed") == before + 1)
    box.control("faults", method="DELETE")
    bad = box.call("POST", "/_sandbox/faults", None, {"fault": {"kind": "nonsense"}}, as_json=True)
    check("an unknown fault is refused", bad[0] == 400, bad)


def test_lists(box, page):
    box.control("settings", {"lag_ms": 700})
    made = box.call("POST", f"/v26.0/{PAGE}/feed", page, {"message": "lagging"})[1]["id"]
    ids = [p["id"] for p in box.call("GET", f"/v26.0/{PAGE}/feed", page)[1]["data"]]
    single = box.call("GET", f"/v26.0/{made}", page)
    check("a list lags, a node does not", made not in ids and single[1]["id"] == made, single)
    time.sleep(0.8)
    ids = [p["id"] for p in box.call("GET", f"/v26.0/{PAGE}/feed", page)[1]["data"]]
    check("the list has it later", ids[0] == made)
    box.control("settings", {"lag_ms": 0})
    expected = [p["id"] for p in box.call("GET", f"/v26.0/{PAGE}/feed", page,
                                          {"limit": "100"})[1]["data"]]
    seen = []
    parameters = {"limit": "7"}
    for _ in range(50):
        answer = box.call("GET", f"/v26.0/{PAGE}/feed", page, parameters)[1]
        seen += [p["id"] for p in answer["data"]]
        if "next" not in answer.get("paging", {}):
            break
        parameters["after"] = answer["paging"]["cursors"]["after"]
    check("paging shows each post once", seen == expected and len(seen) > 14,
          (len(seen), len(expected)))
    future = box.call("GET", f"/v26.0/{PAGE}/feed", page, {"since": int(time.time()) + 60})[1]
    check("since filters", future == {"data": []}, future)


def test_end(box, user, page):
    box.control("settings", {"duplicate_window_s": 60})
    first = box.call("POST", f"/v26.0/{PAGE}/feed", page, {"message": "twin"})
    second = box.call("POST", f"/v26.0/{PAGE}/feed", page, {"message": "twin"})
    check("a duplicate is refused on demand", "id" in first[1] and error_of(second) == (506, None))
    box.control("revoke", {"page": PAGE, "subcode": 492})
    check("a page role can be lost", error_of(box.call("GET", f"/v26.0/{PAGE}", page))
          == (190, 492))
    check("the person is still signed in", box.call("GET", "/v26.0/me", user)[0] == 200)
    fresh = box.call("GET", f"/v26.0/{PAGE}", user, {"fields": "access_token"})[1]["access_token"]
    check("a new page token differs", fresh != page)
    check("disconnect", box.call("DELETE", "/v26.0/me/permissions", user)[1] == {"success": True})
    check("kills the page token", error_of(box.call("GET", f"/v26.0/{PAGE}", fresh)) == (190, 458))
    with open(box.log, encoding="utf-8") as stream:
        log = stream.read()
    check("the log has no token and no query", "EAA" not in log and "?" not in log
          and f"POST /v26.0/{PAGE}/feed 200" in log)
    check("reset empties the world", box.control("reset", {}) == {"success": True}
          and box.control("public.json", method="GET") == {"posts": [], "inbox": []})


def test_state(program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "state.json")
        box = Sandbox(program, "--auto-approve", "--state-file", path)
        quiet = len(results)
        user = sign_in(box)
        page = box.call("GET", f"/v26.0/{PAGE}", user,
                        {"fields": "access_token"})[1]["access_token"]
        photo = upload(box, page, jpeg(1080, 1080))[1]["id"]
        source = source_of(box, page, photo)
        spare = container(box, page, image_url=source)[1]["id"]
        post = box.call("POST", f"/v26.0/{PAGE}/feed", page, {
            "message": "kept", "attached_media": json.dumps([{"media_fbid": photo}])})[1]["id"]
        box.process.kill()
        box.process.wait()
        box.process.stdout.close()
        box = Sandbox(program, "--auto-approve", "--state-file", path)
        listed = box.call("GET", f"/v26.0/{PAGE}/feed", page, {"fields": "id,message,attachments"})
        check("the world survives kill -9", [p["id"] for p in listed[1].get("data", [])] == [post],
              listed)
        used = box.call("POST", f"/v26.0/{PAGE}/feed", page, {
            "attached_media": json.dumps([{"media_fbid": photo}])})
        check("so does what was used", error_of(used) == (100, 1366051), used)
        check("so do containers", wait_for(box, page, spare) == "FINISHED")
        more = box.call("POST", f"/v26.0/{PAGE}/feed", page, {"message": "new"})[1].get("id")
        check("new ids are new", more not in (None, post))
        public = box.control("public.json", method="GET")["posts"]
        status, data = box.raw("GET", urllib.parse.urlsplit(public[1]["media"][0])._replace(
            scheme="", netloc="").geturl())
        check("pictures survive", status == 200 and data == jpeg(1080, 1080), status)
        check("and it stops cleanly", box.close() == 0, quiet)


def main():
    program = sys.argv[1]
    box = Sandbox(program, "--auto-approve")
    with open(box.endpoints, encoding="utf-8") as stream:
        endpoints = stream.read()
    check("the key file names every host", all(
        name in endpoints for name in ("[meta]", "graph-video=", "rupload=", "dialog=",
                                       "instagram-graph=", "[tiktok]", "authorize=", "[openai]",
                                       "/v1", "[resend]", "settle-first=2")), endpoints)
    test_dialog(box)
    user = sign_in(box)
    page, club = test_accounts(box, user)
    test_refusals(box, user, page, club)
    test_facebook(box, page)
    test_instagram(box, user, page)
    test_faults(box, page)
    test_lists(box, page)
    test_end(box, user, page)
    check("it stops cleanly", box.close() == 0)
    test_state(program)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
