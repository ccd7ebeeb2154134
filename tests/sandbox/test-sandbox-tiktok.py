#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the sandbox's TikTok refuses what the platform refuses, and counts it. TAP."""

import base64
import configparser
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

KEY = "sbawpractice012345"
SECRET = "0123456789abcdef0123456789abcdef"
REDIRECT = "http://127.0.0.1:43210/callback/"
SCOPES = ("user.info.basic,user.info.profile,user.info.stats,video.list,video.upload,"
          "video.publish")
# The notes' test vector: verifier, challenge to send, RFC form that is refused
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3"
RFC = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
MIB5 = 5242880
INIT = "/v2/post/publish/video/init/"
INBOX = "/v2/post/publish/inbox/video/init/"
CONTENT = "/v2/post/publish/content/init/"
STATUS = "/v2/post/publish/status/fetch/"
CREATOR = "/v2/post/publish/creator_info/query/"

results = []


def check(name, good, detail=""):
    results.append(good)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}", flush=True)
    if not good:
        print(f"# {str(detail)[:600]}", flush=True)


def box_of(kind, *parts):
    data = b"".join(parts)
    return struct.pack(">I", len(data) + 8) + kind + data


def mp4(seconds=3.0, size=4096, width=720, height=1280, wide=False, brand=b"isom"):
    """A movie of boxes: type, movie header, one track, and media data up to that size."""
    if wide:
        header = struct.pack(">BxxxQQIQ", 1, 0, 0, 90000, int(seconds * 90000))
    else:
        header = struct.pack(">BxxxIIII", 0, 0, 0, 1000, int(seconds * 1000))
    track = b"\0" * 76 + struct.pack(">II", width << 16, height << 16)
    movie = (box_of(b"ftyp", brand + b"\0\0\2\0mp41")
             + box_of(b"moov", box_of(b"mvhd", header + b"\0" * 80),
                      box_of(b"trak", box_of(b"tkhd", track))))
    return movie + box_of(b"mdat", b"\x5a" * (size - len(movie) - 8))


def element(number, *parts, unknown=False):
    """An element of a WebM: id, then its size in eight bytes."""
    data = b"".join(parts)
    size = b"\x01" + (b"\xff" * 7 if unknown else struct.pack(">Q", len(data))[1:])
    return bytes.fromhex(number) + size + data


def webm(seconds=3.0, width=720, height=1280, wide=True, stream=False):
    length = struct.pack(">d" if wide else ">f", seconds * 1000)
    return (element("1a45dfa3", element("4282", b"webm"))
            + element("18538067",
                      element("1549a966", element("2ad7b1", b"\x0f\x42\x40"),
                              b"" if stream else element("4489", length)),
                      element("1654ae6b", element("ae", element("d7", b"\1"), element(
                          "e0", element("b0", struct.pack(">H", width)),
                          element("ba", struct.pack(">H", height))))),
                      element("1f43b675", b"\x5a" * 99, unknown=stream), unknown=stream))


class Sandbox:
    def __init__(self, program, *arguments):
        self.folder = tempfile.TemporaryDirectory()
        self.log = os.path.join(self.folder.name, "log")
        endpoints = os.path.join(self.folder.name, "endpoints")
        self.process = subprocess.Popen(
            [program, "--endpoints-file", endpoints, "--processing-ms", "60", "--auto-approve",
             "--log", self.log, "--exit-with-parent", *arguments],
            stdout=subprocess.PIPE, text=True)
        match = re.fullmatch(r"READY http://127\.0\.0\.1:(\d+)\n", self.process.stdout.readline())
        if match is None:
            raise SystemExit("Bail out! no first line")
        self.port = int(match.group(1))
        file = configparser.ConfigParser()
        file.read(endpoints)
        self.base = f"http://127.0.0.1:{self.port}"
        self.www = file["tiktok"]["authorize"].removeprefix(self.base)
        self.api = file["tiktok"]["api"].removeprefix(self.base)
        self.headers = {}
        self.clock = 0
        self.token = None
        self.refresh = None

    def close(self):
        self.process.terminate()
        status = self.process.wait(10)
        self.process.stdout.close()
        return status

    def raw(self, method, path, body=None, headers=None, timeout=20):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            data = answer.read()
            self.headers = {k.lower(): v for k, v in answer.getheaders()}
            return answer.status, data
        finally:
            connection.close()

    def call(self, path, body=None, token=None, method="POST"):
        """An API call: (HTTP status, error code, data)."""
        headers = {"Authorization": "Bearer " + (token or self.token)}
        if body is not None:
            headers["Content-Type"] = "application/json; charset=UTF-8"
            body = json.dumps(body).encode()
        status, data = self.raw(method, self.api + path, body, headers)
        root = json.loads(data)
        assert re.fullmatch(r"\d{14}[0-9A-F]{20}", root["error"]["log_id"]), root
        return status, root["error"]["code"], root["data"]

    def form(self, path, **fields):
        data = urllib.parse.urlencode({k: v for k, v in fields.items() if v is not None})
        status, data = self.raw("POST", self.api + path, data,
                                {"Content-Type": "application/x-www-form-urlencoded"})
        return status, json.loads(data)

    def control(self, what, value=None, method="POST"):
        status, data = self.raw(method, "/_sandbox/" + what,
                                json.dumps(value) if method == "POST" else None,
                                {"Content-Type": "application/json"})
        return json.loads(data) if status == 200 else {"failed": data}

    def settings(self, **values):
        return self.control("settings", values)

    def later(self, seconds):
        self.clock += seconds
        self.settings(clock_offset_s=self.clock)

    def effects(self, name):
        return self.control("log", method="GET")["effects"].get(name, 0)

    def public(self):
        return self.control("public.json", method="GET")


def consent(box, **changes):
    values = {"client_key": KEY, "response_type": "code", "scope": SCOPES, "state": "s&1 ü",
              "redirect_uri": REDIRECT, "code_challenge": CHALLENGE,
              "code_challenge_method": "S256", **changes}
    values = {k: v for k, v in values.items() if v is not None}
    status, data = box.raw("GET", box.www + "/v2/auth/authorize/?"
                           + urllib.parse.urlencode(values))
    location = box.headers.get("location", "")
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(location).query)
    return status, {k: v[0] for k, v in query.items()}, data


def exchange(box, value, **changes):
    return box.form("/v2/oauth/token/", **{
        "client_key": KEY, "client_secret": SECRET, "code": value,
        "grant_type": "authorization_code", "redirect_uri": REDIRECT, "code_verifier": VERIFIER,
        **changes})


def renew(box, refresh):
    return box.form("/v2/oauth/token/", client_key=KEY, client_secret=SECRET,
                    grant_type="refresh_token", refresh_token=refresh)


def sign_in(box, **changes):
    answer = exchange(box, consent(box, **changes)[1]["code"])[1]
    box.token, box.refresh = answer["access_token"], answer["refresh_token"]
    return answer


def test_consent(box):
    port = "http://127.0.0.1:43210"
    for name, wrong, changes in (
            ("other key", b"client_key", {"client_key": "aw1"}),
            ("client_id instead", b"client_key", {"client_key": None, "client_id": KEY}),
            ("token response", b"response_type", {"response_type": "token"}),
            ("scopes with spaces", b"scope", {"scope": "user.info.basic, video.list"}),
            ("scopes apart by spaces", b"scope", {"scope": "user.info.basic video.list"}),
            ("unknown scope", b"scope", {"scope": "user.info.basic,coffee"}),
            ("no scope", b"scope", {"scope": None}),
            ("no port", b"redirect_uri", {"redirect_uri": "http://127.0.0.1/callback/"}),
            ("a query", b"redirect_uri", {"redirect_uri": port + "/callback/?a=b"}),
            ("a fragment", b"redirect_uri", {"redirect_uri": port + "/callback/#a"}),
            ("no slash", b"redirect_uri", {"redirect_uri": port + "/callback"}),
            ("IPv6", b"redirect_uri", {"redirect_uri": "http://[::1]:43210/callback/"}),
            ("elsewhere", b"redirect_uri", {"redirect_uri": "http://example.com:80/callback/"}),
            ("too long", b"redirect_uri", {"redirect_uri": port + "/callback/" + "a" * 500}),
            ("no state", b"state", {"state": None}),
            ("no challenge", b"code_challenge", {"code_challenge": None}),
            ("plain challenge", b"code_challenge_method", {"code_challenge_method": "plain"}),
            ("no method", b"code_challenge_method", {"code_challenge_method": None})):
        status, query, data = consent(box, **changes)
        check("consent refuses: " + name, status == 400 and b"<p>" + wrong + b"</p>" in data
              and not query, (status, data))
    status, query, _ = consent(box, redirect_uri="http://localhost:43210/callback/")
    check("localhost passes, the state comes back", status == 302 and query["state"] == "s&1 ü",
          query)
    check("the code has what must be decoded once",
          query["code"].endswith("%2F*0!6410.e1") and query["scopes"] == SCOPES, query)
    box.settings(tiktok_app_scopes=["user.info.basic", "video.list"])
    check("one scope too many fails", consent(box)[0] == 400)
    check("approved ones pass", consent(box, scope="user.info.basic,video.list")[0] == 302)
    box.settings(tiktok_app_scopes=SCOPES.split(","), tiktok_decline=["*"])
    status, query, _ = consent(box)
    check("a denial comes back", status == 302 and query["error"] == "access_denied"
          and query["state"] == "s&1 ü" and "code" not in query, query)
    box.settings(tiktok_decline=["video.list"])
    answer = sign_in(box)
    check("a scope can be declined", answer["scope"] == SCOPES.replace("video.list,", ""), answer)
    check("and is then missing", box.call("/v2/video/list/?fields=id", {})[:2]
          == (401, "scope_not_authorized"))
    box.settings(tiktok_decline=[], auto_approve=False)
    status, _, data = consent(box)
    check("the page asks", status == 200 and b'value="allow"' in data
          and b'name="grant.video.publish"' in data)
    form = {"client_key": KEY, "response_type": "code", "scope": SCOPES, "state": "x",
            "redirect_uri": REDIRECT, "code_challenge": CHALLENGE,
            "code_challenge_method": "S256"}

    def decide(**more):
        box.raw("POST", box.www + "/v2/auth/authorize/", urllib.parse.urlencode({**form, **more}),
                {"Content-Type": "application/x-www-form-urlencoded"})
        return box.headers.get("location", "")
    check("cancel tells so", "error=access_denied" in decide(decision="deny"))
    check("what the person leaves ticked is granted", "scopes=user.info.basic%2Cvideo.upload&"
          in decide(decision="allow", **{"grant.video.upload": "on"}))
    box.settings(auto_approve=True)


def test_token(box):
    for name, changes, error in (
            ("RFC 7636 challenge", {"code_challenge": RFC}, None),
            ("other verifier", {}, {"code_verifier": "w" * 64}),
            ("short verifier", {"code_challenge": hashlib.sha256(b"short").hexdigest()},
             {"code_verifier": "short"}),
            ("upper-case digest", {"code_challenge": CHALLENGE.upper()}, None)):
        status, answer = exchange(box, consent(box, **changes)[1]["code"], **(error or {}))
        check("token refused: " + name, status == 400 and answer["error"] == "invalid_request"
              and answer["error_description"] == "Code verifier or code challenge is invalid."
              and "log_id" in answer, answer)
    digest = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()
    check("the vectors fit", digest.rstrip("=") == RFC)
    code = consent(box)[1]["code"]
    for name, error, changes in (
            ("bad key", "invalid_client", {"client_key": "x"}),
            ("bad secret", "invalid_client", {"client_secret": "x"}),
            ("no secret", "invalid_client", {"client_secret": None}),
            ("unknown grant", "invalid_request", {"grant_type": "password"}),
            ("code decoded twice", "invalid_grant", {"code": urllib.parse.unquote(code)})):
        answer = exchange(box, code, **changes)
        check("token refused: " + name, answer[1]["error"] == error, answer)
    status, data = box.raw("POST", box.api + "/v2/oauth/token/",
                           json.dumps({"client_key": KEY}), {"Content-Type": "application/json"})
    check("a JSON body is refused", json.loads(data)["error"] == "invalid_request", data)
    status, data = box.raw("POST", box.api + "/v2/oauth/token/?client_key=" + KEY
                           + "&client_secret=" + SECRET, "",
                           {"Content-Type": "application/x-www-form-urlencoded"})
    check("the address is no place for a secret", json.loads(data)["error"] == "invalid_client")
    answer = exchange(box, code)[1]
    check("the code gives a pair", answer["access_token"].startswith("act.")
          and answer["refresh_token"].startswith("rft.") and answer["expires_in"] == 7200
          and answer["refresh_expires_in"] == 15552000 and answer["token_type"] == "Bearer"
          and answer["scope"] == SCOPES and answer["open_id"], answer)
    check("a code works once", exchange(box, code)[1]["error"] == "invalid_grant")
    answer = exchange(box, consent(box)[1]["code"], redirect_uri="http://127.0.0.1:1/callback/")
    check("the redirect must be the same", answer[1]["error"] == "invalid_request", answer)
    box.settings(tiktok_oauth_error_http=200)
    check("refusals can come with 200", exchange(box, "x")[0] == 200)
    box.settings(tiktok_oauth_error_http=400)
    code = consent(box)[1]["code"]
    box.later(601)
    check("a code ends", exchange(box, code)[1]["error"] == "invalid_grant")


def test_refresh(box):
    first = sign_in(box)
    box.later(1000)
    second = renew(box, first["refresh_token"])[1]
    check("a refresh gives a new pair", second["access_token"] != first["access_token"]
          and second["refresh_token"] != first["refresh_token"], second)
    check("its life is what remains", 15550990 <= second["refresh_expires_in"] <= 15551000, second)
    check("the old one is dead at once",
          renew(box, first["refresh_token"])[1]["error"] == "invalid_grant")
    check("and the attempt is counted", (box.effects("tiktok_refresh"),
                                         box.effects("tiktok_refresh_replayed")) == (1, 1))
    check("an unknown one is no replay", renew(box, "rft.x")[1]["error"] == "invalid_grant"
          and box.effects("tiktok_refresh_replayed") == 1)
    box.control("faults", {"match": {"method": "POST", "path_regex": "/v2/oauth/token/$"},
                           "fault": {"kind": "close-after"}})
    try:
        lost = renew(box, second["refresh_token"])
    except (OSError, http.client.HTTPException):
        lost = None
    check("close-after loses the answer, not its effect", lost is None
          and renew(box, second["refresh_token"])[1]["error"] == "invalid_grant"
          and box.effects("tiktok_refresh") == 2 and box.effects("tiktok_refresh_replayed") == 2)
    box.settings(tiktok_token_s=60)
    third = sign_in(box)
    check("the setting gives the life", third["expires_in"] == 60)
    check("it is good", box.call("/v2/user/info/?fields=open_id", method="GET")[1] == "ok")
    box.later(61)
    check("and ends", box.call("/v2/user/info/?fields=open_id", method="GET")[:2]
          == (401, "access_token_invalid"))
    box.settings(tiktok_token_s=7200)
    fourth = renew(box, third["refresh_token"])[1]
    box.control("revoke", {"tiktok": "access"})
    check("access alone can be killed", box.call("/v2/user/info/?fields=open_id", method="GET",
                                                 token=fourth["access_token"])[0] == 401)
    fifth = renew(box, fourth["refresh_token"])[1]
    check("and refreshed", "access_token" in fifth, fifth)
    status, answer = box.form("/v2/oauth/revoke/", client_key=KEY, client_secret=SECRET,
                              token=fifth["access_token"])
    check("revoke answers {}", status == 200 and answer == {}, answer)
    check("and kills both", box.call("/v2/user/info/?fields=open_id", method="GET",
                                     token=fifth["access_token"])[0] == 401
          and renew(box, fifth["refresh_token"])[1]["error"] == "invalid_grant")
    answer = sign_in(box)
    box.later(15552001)
    check("a refresh token ends", renew(box, answer["refresh_token"])[1]["error"]
          == "invalid_grant")
    answer = sign_in(box)
    box.control("revoke", {"tiktok": True})
    check("the control kills both", renew(box, answer["refresh_token"])[1]["error"]
          == "invalid_grant")
    sign_in(box)


def test_user(box):
    fields = ("open_id,union_id,avatar_url,display_name,bio_description,profile_deep_link,"
              "is_verified,username,follower_count,following_count,likes_count,video_count")
    status, code, data = box.call("/v2/user/info/?fields=" + fields, method="GET")
    check("all fields of the person", (status, code) == (200, "ok")
          and set(data["user"]) == set(fields.split(",")), data)
    avatar = urllib.parse.urlsplit(data["user"]["avatar_url"])
    check("the avatar is there", box.raw("GET", avatar.path + "?" + avatar.query)[0] == 200, avatar)
    check("only what was asked for", list(box.call("/v2/user/info/?fields=username",
                                                   method="GET")[2]["user"]) == ["username"])
    for name, path, method, expected in (
            ("no fields", "/v2/user/info/", "GET", (400, "invalid_params")),
            ("unknown field", "/v2/user/info/?fields=open_id,shoe_size", "GET",
             (400, "invalid_params"))):
        check("user/info refuses: " + name, box.call(path, method=method)[:2] == expected)
    narrow = exchange(box, consent(box, scope="user.info.basic")[1]["code"])[1]["access_token"]
    check("a field outside the scopes", box.call("/v2/user/info/?fields=follower_count",
                                                 token=narrow, method="GET")[:2]
          == (401, "scope_not_authorized"))
    for path in ("/v2/user/info?fields=open_id", "/v2/user/infos/"):
        check("no such path: " + path, box.raw("GET", box.api + path, None, {
            "Authorization": "Bearer " + box.token})[0] == 404)
    check("nor another method", box.raw("POST", box.api + "/v2/user/info/?fields=open_id", b"", {
        "Authorization": "Bearer " + box.token})[0] == 404)
    check("no token", box.call("/v2/user/info/?fields=open_id", token="act.x", method="GET")[:2]
          == (401, "access_token_invalid"))
    box.settings(tiktok_app_scopes=["user.info.basic"])
    check("a scope the app lost", box.call("/v2/video/list/?fields=id", {})[:2]
          == (400, "scope_permission_missed"))
    box.settings(tiktok_app_scopes=SCOPES.split(","))


def post_info(**changes):
    info = {"title": "caption", "privacy_level": "PUBLIC_TO_EVERYONE", "disable_duet": False,
            "disable_comment": False, "disable_stitch": True, "video_cover_timestamp_ms": 1000,
            "brand_content_toggle": False, "brand_organic_toggle": True, "is_aigc": True,
            **changes}
    return {k: v for k, v in info.items() if v is not None}


def source_info(size, chunk=None, count=None, **changes):
    chunk = chunk or size
    return {"source": "FILE_UPLOAD", "video_size": size, "chunk_size": chunk,
            "total_chunk_count": size // chunk if count is None else count, **changes}


def init(box, size=4096, chunk=None, info=None, **changes):
    return box.call(INIT, {"post_info": info or post_info(**changes),
                           "source_info": source_info(size, chunk)})


def put(box, url, data, first=0, total=None, kind="video/mp4", **headers):
    parts = urllib.parse.urlsplit(url)
    total = total if total is not None else len(data)
    headers = {"Content-Type": kind, "Content-Length": str(len(data)),
               "Content-Range": f"bytes {first}-{first + len(data) - 1}/{total}",
               **{k.replace("_", "-"): v for k, v in headers.items()}}
    headers = {k: v for k, v in headers.items() if v is not None}
    status, body = box.raw("PUT", parts.path + "?" + parts.query, data, headers)
    return status, box.headers.get("content-range")


def status_of(box, publish_id):
    return box.call(STATUS, {"publish_id": publish_id})[2]


def settle(box, publish_id):
    """The status once it is final; the clock moves for the rate limit."""
    for _ in range(100):
        data = status_of(box, publish_id)
        if not data.get("status", "PROCESSING").startswith("PROCESSING"):
            return data
        time.sleep(0.02)
    return data


def upload(box, data, **changes):
    answer = init(box, len(data), **changes)
    assert answer[1] == "ok", answer
    assert put(box, answer[2]["upload_url"], data)[0] == 201
    return answer[2]["publish_id"]


def test_creator(box):
    status, code, data = box.call(CREATOR)
    check("a public account's options", code == "ok" and data["privacy_level_options"]
          == ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]
          and data["duet_disabled"] is False and data["max_video_post_duration_sec"] == 600
          and data["creator_nickname"] and data["creator_username"], data)
    box.settings(tiktok_private=True)
    data = box.call(CREATOR)[2]
    check("a private account's options", data["privacy_level_options"]
          == ["FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]
          and data["duet_disabled"] and data["stitch_disabled"], data)
    box.settings(tiktok_private=False, tiktok_banned=True)
    check("a ban comes with 200", box.call(CREATOR)[:2]
          == (200, "spam_risk_user_banned_from_posting"))
    check("and with 403 at init", init(box)[:2] == (403, "spam_risk_user_banned_from_posting"))
    box.settings(tiktok_banned=False)
    answers = [box.call(CREATOR)[:2] for _ in range(20)]
    check("20 a minute, no more", answers[16] == (200, "ok")
          and answers[-1] == (429, "rate_limit_exceeded"), answers)
    box.later(61)
    check("and again a minute later", box.call(CREATOR)[1] == "ok")


def test_init(box):
    box.settings(tiktok_inits_per_minute=1000)
    before = box.effects("tiktok_init")
    good = {"post_info": post_info(), "source_info": source_info(4096)}
    bad = (400, "invalid_param")
    mismatch = (403, "privacy_level_option_mismatch")
    for name, body, expected in (
            ("nothing", {}, bad), ("no source", {"post_info": post_info()}, bad),
            ("no post_info", {"source_info": source_info(4096)}, bad),
            ("no privacy", {**good, "post_info": post_info(privacy_level=None)}, bad),
            ("privacy of another account", {**good, "post_info": post_info(
                privacy_level="FOLLOWER_OF_CREATOR")}, mismatch),
            ("unknown privacy", {**good, "post_info": post_info(privacy_level="ALL")}, mismatch),
            ("2201 UTF-16 units", {**good, "post_info": post_info(
                title="😀" * 1100 + "a")}, bad),
            ("title no text", {**good, "post_info": post_info(title=7)}, bad),
            ("flag no boolean", {**good, "post_info": post_info(disable_duet="true")}, bad),
            ("a toggle missing", {**good, "post_info": post_info(
                brand_content_toggle=None)}, bad),
            ("unknown member", {**good, "post_info": post_info(disable_comments=True)}, bad),
            ("negative cover", {**good, "post_info": post_info(
                video_cover_timestamp_ms=-1)}, bad),
            ("branded and private", {**good, "post_info": post_info(
                brand_content_toggle=True, privacy_level="SELF_ONLY")}, bad),
            ("unknown source", {**good, "source_info": source_info(9, source="DISK")}, bad),
            ("size as text", {**good, "source_info": source_info(9, video_size="9")}, bad),
            ("empty video", {**good, "source_info": source_info(9, video_size=0)}, bad),
            ("above 4 GB", {**good, "source_info": source_info(4294967297, 32000000)}, bad),
            ("small chunks", {**good, "source_info": source_info(20000000, 5000000)}, bad),
            ("large chunks", {**good, "source_info": source_info(130000000, 65000000)}, bad),
            ("chunk above size", {**good, "source_info": source_info(9, 10, 1)}, bad),
            ("rounded up", {**good, "source_info": source_info(50000123, 10000000, 6)}, bad),
            ("count 0", {**good, "source_info": source_info(9, 9, 0)}, bad),
            ("more than 64 MB at once", {**good, "source_info": source_info(
                64000001, 64000000, 1)}, bad),
            ("http address", {**good, "source_info": {
                "source": "PULL_FROM_URL", "video_url": "http://example.com/a.mp4"}}, bad),
            ("foreign address", {**good, "source_info": {
                "source": "PULL_FROM_URL", "video_url": "https://example.com/a.mp4"}},
             (403, "url_ownership_unverified"))):
        answer = box.call(INIT, body)
        check("init refuses: " + name, answer[:2] == expected, answer)
    status, data = box.raw("POST", box.api + INIT, json.dumps(good), {
        "Authorization": "Bearer " + box.token, "Content-Type": "text/plain"})
    check("init refuses: not called JSON", status == 400, data)
    status, data = box.raw("POST", box.api + INIT, b"{]", {
        "Authorization": "Bearer " + box.token, "Content-Type": "application/json"})
    check("init refuses: broken JSON", status == 400, data)
    check("no refusal had an effect", box.effects("tiktok_init") == before)
    for size, chunk in ((4194304, 4194304), (50000123, 10000000), (64000000, 64000000),
                        (64000001, 32000000), (150000000, 32000000), (4294967296, 32000000),
                        (6000000, MIB5)):
        answer = init(box, size, chunk, title="😀" * 1100)
        check(f"init takes {size} by {chunk}", answer[1] == "ok" and len(
            answer[2]["publish_id"]) <= 64 and len(answer[2]["upload_url"]) <= 256
            and "upload_token=" in answer[2]["upload_url"], answer)
    check("each counted", box.effects("tiktok_init") == before + 7)
    box.settings(tiktok_inits_per_minute=6)
    box.later(86401)
    sign_in(box)
    answers = [init(box, privacy_level="x")[:2] for _ in range(7)]
    check("six inits a minute", answers == [mismatch] * 6 + [(429, "rate_limit_exceeded")],
          answers)
    box.later(61)


def test_audit(box):
    box.settings(tiktok_audited=False)
    unaudited = (403, "unaudited_client_can_only_post_to_private_accounts")
    check("unaudited: no public account", init(box, privacy_level="SELF_ONLY")[:2] == unaudited)
    box.settings(tiktok_private=True)
    check("unaudited: nothing but SELF_ONLY",
          init(box, privacy_level="MUTUAL_FOLLOW_FRIENDS")[:2] == unaudited)
    box.settings(tiktok_active_users=5)
    check("unaudited: five people", init(box, privacy_level="SELF_ONLY")[:2]
          == (403, "reached_active_user_cap") and box.call(CREATOR)[:2]
          == (200, "reached_active_user_cap"))
    box.settings(tiktok_active_users=4)
    publish = upload(box, mp4(), privacy_level="SELF_ONLY")
    data = settle(box, publish)
    check("unaudited: a private post on a private account", data["status"] == "PUBLISH_COMPLETE"
          and data["publicaly_available_post_id"] == [], data)
    post = box.public()["posts"][0]
    check("a private account has no duet", (post["duet"], post["stitch"], post["comments"],
                                            post["privacy"]) == (False, False, True, "SELF_ONLY"),
          post)
    box.settings(tiktok_active_users=0, tiktok_private=False, tiktok_audited=True)
    box.later(86401)
    sign_in(box)
    box.settings(tiktok_daily_posts=15)
    answers = []
    for i in range(16):
        box.later(11)
        answers.append(init(box)[:2])
    check("15 posts a day", answers == [(200, "ok")] * 15 + [(403, "spam_risk_too_many_posts")],
          answers)
    check("creator_info says so with 200", box.call(CREATOR)[:2]
          == (200, "spam_risk_too_many_posts"))
    box.later(3700)
    check("what was never uploaded does not count", box.call(CREATOR)[1] == "ok")


def test_upload(box):
    sign_in(box)
    box.later(61)
    data = mp4(seconds=7.5, size=2 * MIB5 + 11, wide=True)
    answer = init(box, len(data), MIB5, title="Zuurdesem #brood")[2]
    url, publish = answer["upload_url"], answer["publish_id"]
    n = len(data)
    first, second = data[:MIB5], data[MIB5:]
    small = init(box, 4096)[2]
    for name, expected, call in (
            ("unknown upload", 404, lambda: put(box, url.replace("upload_id=7", "upload_id=8"),
                                                first, 0, n)),
            ("no token", 404, lambda: put(box, url.split("&")[0], first, 0, n)),
            ("other upload's token", 404, lambda: put(
                box, url.split("upload_token")[0] + "upload_token"
                + small["upload_url"].split("upload_token")[1], first, 0, n)),
            ("wrong type", 400, lambda: put(box, url, first, 0, n, "application/octet-stream")),
            ("no range", 400, lambda: put(box, url, first, 0, n, Content_Range=None)),
            ("no bytes in range", 400, lambda: put(box, url, first, 0, n,
                                                   Content_Range=f"0-{MIB5 - 1}/{n}")),
            ("other total", 400, lambda: put(box, url, first, 0, n + 1)),
            ("length differs", 400, lambda: put(box, url, first[:-1], 0, n,
                                                Content_Range=f"bytes 0-{MIB5 - 1}/{n}")),
            ("open range", 400, lambda: put(box, url, first, 0, n, Content_Range="bytes 0-*/9")),
            ("access token sent along", 400, lambda: put(
                box, url, first, 0, n, Authorization="Bearer " + box.token)),
            ("another chunk size", 400, lambda: put(box, url, data[:MIB5 + 1], 0, n))):
        answer = call()
        check("chunk refused: " + name, answer[0] == expected, answer)
    check("the second first", put(box, url, second, MIB5, n) == (416, f"bytes */{n}"))
    check("chunked encoding", box.raw("PUT", url.removeprefix(box.base), iter([first]), {
        "Content-Type": "video/mp4", "Content-Range": f"bytes 0-{MIB5 - 1}/{n}"})[0] == 400)
    before = box.effects("tiktok_chunk")
    check("nothing was stored", status_of(box, publish)
          == {"status": "PROCESSING_UPLOAD", "uploaded_bytes": 0})
    check("the first chunk", put(box, url, first, 0, n) == (206, f"bytes 0-{MIB5 - 1}/{n}"))
    check("the same again", put(box, url, first, 0, n) == (416, f"bytes 0-{MIB5 - 1}/{n}"))
    check("status knows how far", status_of(box, publish)["uploaded_bytes"] == MIB5)
    check("a last chunk that is too short", put(box, url, data[MIB5:2 * MIB5], MIB5, n)[0] == 400)
    public = len(box.public()["posts"])
    box.settings(tiktok_moderation_ms=5000, tiktok_processing_ms=500)
    check("the last takes the rest", put(box, url, second, MIB5, n)
          == (201, f"bytes 0-{n - 1}/{n}"))
    check("two chunks counted", box.effects("tiktok_chunk") == before + 2)
    check("not public before it is processed", len(box.public()["posts"]) == public
          and status_of(box, publish)["status"] == "PROCESSING_UPLOAD")
    check("after the end", put(box, url, second, MIB5, n) == (416, f"bytes 0-{n - 1}/{n}"))
    late = put(box, small["upload_url"], mp4()[:100], 0, 4096)
    check("one upload does not touch another", late[0] == 400, late)
    done = settle(box, publish)
    check("complete, not yet through moderation", done == {
        "status": "PUBLISH_COMPLETE", "publicaly_available_post_id": [], "uploaded_bytes": n}, done)
    box.later(5)
    box.settings(tiktok_moderation_ms=500, tiktok_processing_ms=-1)
    ids = status_of(box, publish)["publicaly_available_post_id"]
    post = box.public()["posts"][0]
    check("then its id is public", len(ids) == 1 and isinstance(ids[0], int) and ids[0] > 2 ** 53
          and str(ids[0]) == post["id"], ids)
    check("what the public has", post["platform"] == "tiktok" and post["kind"] == "video"
          and post["text"] == "Zuurdesem #brood" and post["privacy"] == "PUBLIC_TO_EVERYONE"
          and (post["comments"], post["duet"], post["stitch"]) == (True, True, False)
          and (post["your_brand"], post["branded"], post["ai_generated"]) == (True, False, True)
          and post["sha256"] == hashlib.sha256(data).hexdigest() and post["duration_ms"] == 7500
          and post["permalink"] == f"https://www.tiktok.com/@northside.bread/video/{ids[0]}"
          and post["created_us"] > 0 and post["publish_id"] == publish and post["available"], post)
    check("one publish", box.effects("tiktok_publish") == 2)
    for shape, good in (("number", lambda d: d["publicaly_available_post_id"] == ids[0]),
                        ("absent", lambda d: "publicaly_available_post_id" not in d)):
        box.settings(tiktok_id_shape=shape)
        check("the id's shape: " + shape, good(status_of(box, publish)))
    box.settings(tiktok_id_shape="list")
    box.later(3600)
    check("an address ends after an hour", put(box, small["upload_url"], mp4(), 0, 4096)[0] == 403)
    check("the page for people shows it", b"Zuurdesem #brood" in box.raw(
        "GET", "/_sandbox/public")[1])


def test_failures(box):
    box.settings(tiktok_inits_per_minute=1000, tiktok_daily_posts=1000)
    public = len(box.public()["posts"])
    cut = mp4(size=9000)
    cases = (("no video", b"\x89PNG\r\n\x1a\n" + b"\0" * 5000, "file_format_check_failed"),
             ("cut off", cut[:5000], "file_format_check_failed"),
             ("no movie header", box_of(b"ftyp", b"isom\0\0\0\0") + box_of(b"mdat", b"a" * 99),
              "file_format_check_failed"),
             ("a box larger than the file", box_of(b"ftyp", b"isom\0\0\0\0")
              + b"\x7f\xff\xff\xffmoov" + b"\0" * 90, "file_format_check_failed"),
             ("a box of negative size", box_of(b"ftyp", b"isom\0\0\0\0") + struct.pack(">I", 1)
              + b"moov" + b"\xff" * 8 + b"\0" * 50, "file_format_check_failed"),
             ("an empty box for ever", box_of(b"ftyp", b"isom\0\0\0\0") + b"\0\0\0\4moov" * 20,
              "file_format_check_failed"),
             ("a WebM in name only", b"\x1a\x45\xdf\xa3" + b"\0" * 99,
              "file_format_check_failed"),
             ("a WebM cut off", webm()[:-40], "file_format_check_failed"),
             ("a WebM of garbage", b"\x1a\x45\xdf\xa3" + b"\xff" * 99,
              "file_format_check_failed"),
             ("a WebM too long", webm(seconds=601), "duration_check_failed"),
             ("a WebM too long, short number", webm(seconds=601, wide=False),
              "duration_check_failed"),
             ("a WebM too small", webm(width=320, height=240), "picture_size_check_failed"),
             ("four bytes", b"\0\0\0\1", "file_format_check_failed"),
             ("too long", mp4(seconds=601), "duration_check_failed"),
             ("too small", mp4(width=320, height=240), "picture_size_check_failed"),
             ("too large", mp4(width=8192, height=720), "picture_size_check_failed"))
    for name, data, reason in cases:
        status = settle(box, upload(box, data))
        check("FAILED: " + name, status["status"] == "FAILED" and status["fail_reason"] == reason
              and status["publicaly_available_post_id"] == [], status)
        box.later(30)
    check("none of them became public", len(box.public()["posts"]) == public)
    box.settings(tiktok_next_fail="frame_rate_check_failed")
    check("the next fails on demand", settle(box, upload(box, mp4())).get("fail_reason")
          == "frame_rate_check_failed")
    for name, data in (("MOV", mp4(brand=b"qt  ")), ("WebM", webm()),
                       ("streamed WebM", webm(stream=True)),
                       ("600 s", mp4(seconds=600))):
        check(name + " is taken", settle(box, upload(box, data))["status"] == "PUBLISH_COMPLETE")
    pending = init(box)[2]
    box.control("revoke", {"tiktok": True})
    sign_in(box)
    check("withdrawn access fails what waits", status_of(box, pending["publish_id"]).get(
        "fail_reason") == "auth_removed" and put(box, pending["upload_url"], mp4())[0] == 404)
    for name, body, code in (("unknown", {"publish_id": "v_pub_file~v2-1.1"},
                              "invalid_publish_id"), ("none", {}, "invalid_param")):
        check("status refuses: " + name, box.call(STATUS, body)[:2] == (400, code))
    box.later(61)
    answers = [box.call(STATUS, {"publish_id": pending["publish_id"]})[:2] for _ in range(31)]
    check("30 status calls a minute", answers == [(200, "ok")] * 30
          + [(429, "rate_limit_exceeded")], answers)
    box.later(61)


def test_pull(box):
    box.settings(tiktok_verified_url="https://media.example.com/", tiktok_processing_ms=400)
    body = {"post_info": post_info(), "source_info": {
        "source": "PULL_FROM_URL", "video_url": "https://media.example.com/a.mp4"}}
    status, code, data = box.call(INIT, body)
    check("a verified address is pulled from", code == "ok" and "upload_url" not in data, data)
    pulled = data["publish_id"]
    check("PROCESSING_DOWNLOAD", status_of(box, pulled) == {
        "status": "PROCESSING_DOWNLOAD", "downloaded_bytes": 0})
    cancel = "/v2/post/publish/cancel/"
    check("a running pull is cancelled", box.call(cancel, {"publish_id": pulled})[1] == "ok"
          and status_of(box, pulled)["fail_reason"] == "publish_cancelled")
    check("once", box.call(cancel, {"publish_id": pulled})[:2] == (400, "publish_not_cancellable"))
    check("an upload is not", box.call(cancel, {"publish_id": init(box)[2]["publish_id"]})[:2]
          == (400, "publish_not_cancellable"))
    pulled = box.call(INIT, body)[2]["publish_id"]
    check("a pull ends", settle(box, pulled)["fail_reason"] == "video_pull_failed")
    box.settings(tiktok_processing_ms=-1)
    photo = {"media_type": "PHOTO", "post_mode": "DIRECT_POST", "post_info": {
        "title": "t", "description": "d", "privacy_level": "SELF_ONLY", "disable_comment": False,
        "auto_add_music": True, "brand_content_toggle": False, "brand_organic_toggle": False},
        "source_info": {"source": "PULL_FROM_URL", "photo_cover_index": 0,
                        "photo_images": ["https://media.example.com/1.jpg"]}}

    def changed(part, **values):
        return {**photo, part: {**photo[part], **values}}
    for name, body, expected in (
            ("local photos", changed("source_info", source="FILE_UPLOAD"), (400, "invalid_param")),
            ("foreign address", changed("source_info", photo_images=["https://example.com/1.jpg"]),
             (403, "url_ownership_unverified")),
            ("no photo", changed("source_info", photo_images=[]), (400, "invalid_param")),
            ("36 photos", changed("source_info", photo_images=["https://media.example.com/"] * 36),
             (400, "invalid_param")),
            ("cover out of range", changed("source_info", photo_cover_index=1),
             (400, "invalid_param")),
            ("title of 91", changed("post_info", title="a" * 91), (400, "invalid_param")),
            ("description of 4001", changed("post_info", description="a" * 4001),
             (400, "invalid_param")),
            ("video", {**photo, "media_type": "VIDEO"}, (400, "invalid_param")),
            ("unknown mode", {**photo, "post_mode": "LATER"}, (400, "invalid_param"))):
        answer = box.call(CONTENT, body)
        check("photos refused: " + name, answer[:2] == expected, answer)
    answer = box.call(CONTENT, photo)
    check("photos from a verified address", answer[1] == "ok" and settle(
        box, answer[2]["publish_id"])["fail_reason"] == "photo_pull_failed", answer)


def test_inbox(box):
    sign_in(box)
    box.settings(tiktok_inits_per_minute=6)
    box.later(86401)
    sign_in(box)
    only = exchange(box, consent(box, scope="user.info.basic,video.publish")[1]["code"])[1]
    check("a draft needs its own scope", box.call(INBOX, {}, token=only["access_token"])[:2]
          == (401, "scope_not_authorized"))
    data = mp4(seconds=2)
    body = {"source_info": source_info(len(data)), "post_info": {"title": 7, "odd": True}}
    answer = box.call(INBOX, body)
    check("everything but the source is ignored", answer[1] == "ok"
          and answer[2]["publish_id"].startswith("v_inbox_file~v2."), answer)
    draft = answer[2]["publish_id"]
    public = len(box.public()["posts"])
    published = box.effects("tiktok_publish")
    put(box, answer[2]["upload_url"], data)
    check("SEND_TO_USER_INBOX", settle(box, draft) == {"status": "SEND_TO_USER_INBOX",
                                                       "uploaded_bytes": len(data)})
    now = box.public()
    check("a draft is in the inbox, not public", len(now["posts"]) == public
          and [d["id"] for d in now["inbox"]] == [draft]
          and now["inbox"][0]["sha256"] == hashlib.sha256(data).hexdigest()
          and box.effects("tiktok_publish") == published, now["inbox"])
    answers = [box.call(INBOX, body)[:2] for _ in range(5)]
    check("five pending drafts", answers == [(200, "ok")] * 4
          + [(403, "spam_risk_too_many_pending_share")], answers)
    check("six inits a minute here too", box.call(INBOX, body)[:2]
          == (429, "rate_limit_exceeded"))
    made = box.control("post", {"tiktok_draft": draft, "text": "finished in the app"})
    check("the person posts it", "id" in made and status_of(box, draft)["status"]
          == "PUBLISH_COMPLETE" and box.public()["inbox"] == []
          and box.public()["posts"][0]["text"] == "finished in the app", made)
    check("once", "failed" in box.control("post", {"tiktok_draft": draft, "text": "again"}))
    box.settings(tiktok_inits_per_minute=1000)
    check("which frees a place", box.call(INBOX, body)[1] == "ok")
    check("counted", box.effects("tiktok_inbox_init") == 6)


def test_list(box):
    box.settings(tiktok_moderation_ms=0)
    box.later(61)
    hidden = box.control("post", {"tiktok": True, "text": "hidden", "privacy": "SELF_ONLY"})["id"]
    for i in range(25):
        box.control("post", {"tiktok": True, "text": f"video {i} " + "ü" * 200})
    page = "/v2/video/list/?fields="
    status, code, data = box.call(page + "id,create_time,title,video_description,duration,"
                                  "cover_image_url,share_url,like_count,view_count,is_aigc")
    video = data["videos"][0]
    check("ten by default, newest first", code == "ok" and len(data["videos"]) == 10
          and video["title"].startswith("video 24 ") and len(video["title"]) == 150
          and data["has_more"] and video["create_time"] == data["videos"][0]["create_time"]
          and data["cursor"] > 10 ** 12 > video["create_time"], data)
    every = [p["id"] for p in box.public()["posts"] if p["platform"] == "tiktok"
             and p["privacy"] == "PUBLIC_TO_EVERYONE"]
    for short in (False, True):
        box.settings(tiktok_short_pages=short)
        seen, body, more, pages = [], {"max_count": 6}, True, 0
        while more and pages < 40:
            data = box.call(page + "id", body)[2]
            seen += [v["id"] for v in data["videos"]]
            more, pages = data["has_more"], pages + 1
            body["cursor"] = data["cursor"]
        check(f"paging shows each once ({pages} pages)", seen == every and hidden not in seen
              and pages == -(-len(every) // (3 if short else 6)), (len(seen), len(every)))
    box.settings(tiktok_short_pages=False)
    third = box.public()["posts"][2]
    check("a cursor may be invented", box.call(page + "id", {
        "cursor": third["created_us"] // 1000, "max_count": 1})[2]["videos"]
        == [{"id": box.public()["posts"][3]["id"]}])
    for name, fields, body in (("no fields", "", {}), ("unknown field", "id,saves", {}),
                               ("max_count 21", "id", {"max_count": 21}),
                               ("max_count 0", "id", {"max_count": 0}),
                               ("cursor as text", "id", {"cursor": "1"})):
        check("video/list refuses: " + name, box.call(page + fields, body)[:2]
              == (400, "invalid_params"))
    query = "/v2/video/query/?fields=id,view_count"
    data = box.call(query, {"filters": {"video_ids": [every[3], hidden, "123"]}})[2]
    check("query leaves out what is not there", [v["id"] for v in data["videos"]] == [every[3]],
          data)
    for name, body in (("no filter", {}), ("no ids", {"filters": {"video_ids": []}}),
                       ("21 ids", {"filters": {"video_ids": ["1"] * 21}}),
                       ("numbers", {"filters": {"video_ids": [int(every[0])]}})):
        check("video/query refuses: " + name, box.call(query, body)[:2] == (400, "invalid_params"))
    box.settings(lag_ms=60000)
    made = box.control("post", {"tiktok": True, "text": "lagging"})["id"]
    check("the list lags", box.call(page + "id", {})[2]["videos"][0]["id"] != made)
    box.settings(lag_ms=0)
    check("then has it", box.call(page + "id", {})[2]["videos"][0]["id"] == made)
    box.later(1)  # videos of a burst are dated a millisecond apart, so some after they were made
    mixed = box.control("post", {"page": "104857600123456", "text": "on Facebook"})["id"]
    check("public.json is newest first over all platforms",
          [p["id"] for p in box.public()["posts"][:2]] == [mixed, made])
    box.later(61)
    answers = [box.call("/v2/video/query/?fields=id", {})[0] for _ in range(601)]
    check("600 a minute", answers == [400] * 600 + [429], answers[-2:])
    box.later(61)


def test_faults(box):
    match = {"method": "POST", "path_regex": "/video/init/$"}
    box.later(86401)
    sign_in(box)
    box.settings(tiktok_inits_per_minute=1000)
    for kind, extra, expected, effect in (
            ("error", {"tiktok_code": "spam_risk_too_many_posts"},
             (403, "spam_risk_too_many_posts"), 0),
            ("error", {"tiktok_code": "access_token_invalid", "http": 500},
             (500, "access_token_invalid"), 0),
            ("error", {}, (500, "internal_error"), 0),
            ("error-after", {"tiktok_code": "internal_error"}, (500, "internal_error"), 1),
            ("429", {}, (429, "rate_limit_exceeded"), 0)):
        before = box.effects("tiktok_init")
        box.control("faults", {"match": match, "fault": {"kind": kind, **extra}})
        answer = init(box)
        check(f"fault {kind} {extra}: TikTok's shape", answer == (*expected, {})
              and box.effects("tiktok_init") == before + effect, answer)
    for kind, effect in (("close-before", 0), ("close-after", 1), ("reset-after", 1)):
        before = box.effects("tiktok_init")
        box.control("faults", {"match": match, "fault": {"kind": kind}})
        try:
            seen = init(box)
        except (OSError, http.client.HTTPException):
            seen = None
        check(f"fault {kind}: {effect} effect", seen is None
              and box.effects("tiktok_init") == before + effect, seen)
    box.control("faults", {"match": {"path_regex": "/v2/oauth/token/$"},
                           "fault": {"kind": "error", "tiktok_code": "server_error",
                                     "http": 503}})
    answer = renew(box, box.refresh)
    check("the token endpoint's error is flat", answer[0] == 503
          and answer[1]["error"] == "server_error", answer)
    data = mp4()
    made = init(box, len(data))[2]
    box.control("faults", {"match": {"method": "PUT", "path_regex": "^/tiktok-upload/"},
                           "fault": {"kind": "status-before", "http": 502}})
    check("a chunk can meet a gateway", put(box, made["upload_url"], data)[0] == 502)
    box.control("faults", {"match": {"method": "PUT"}, "fault": {"kind": "close-after"}})
    try:
        put(box, made["upload_url"], data)
        lost = False
    except (OSError, http.client.HTTPException):
        lost = True
    check("or lose its answer; the range tells", lost and put(box, made["upload_url"], data)
          == (416, f"bytes 0-{len(data) - 1}/{len(data)}"))
    check("and it is published once", settle(box, made["publish_id"])["status"]
          == "PUBLISH_COMPLETE" and sum(p.get("publish_id") == made["publish_id"]
                                        for p in box.public()["posts"]) == 1)
    check("no such setting", "failed" in box.settings(tiktok_colour=1))
    shown = box.control("settings", method="GET")
    check("settings are shown", shown["tiktok_inits_per_minute"] == 1000
          and shown["tiktok_audited"] is True and shown["tiktok_decline"] == [], shown)
    with open(box.log, encoding="utf-8") as stream:
        log = stream.read()
    check("the log has no secret", not any(word in log for word in (
        "act.", "rft.", "upload_token", SECRET, "?")) and "PUT /tiktok-upload/video/ 201" in log)


def test_state(program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "state.json")
        secret = os.path.join(folder, "secret")
        with open(secret, "w", encoding="utf-8") as stream:
            stream.write("another secret\n")
        box = Sandbox(program, "--state-file", path)
        sign_in(box)
        data = mp4(size=2 * MIB5 + 5)
        made = init(box, len(data), MIB5)[2]
        done = upload(box, mp4(), title="kept")
        settle(box, done)
        put(box, made["upload_url"], data[:MIB5], 0, len(data))
        token, refresh, port = box.token, box.refresh, box.port
        box.process.kill()
        box.process.wait()
        box.process.stdout.close()
        box = Sandbox(program, "--state-file", path, "--port", str(port))
        box.token = token
        check("posts survive kill -9", [p["text"] for p in box.public()["posts"]] == ["kept"]
              and status_of(box, done)["status"] == "PUBLISH_COMPLETE")
        check("so does half an upload", put(box, made["upload_url"], data[MIB5:], MIB5, len(data))
              [0] == 201 and settle(box, made["publish_id"])["status"] == "PUBLISH_COMPLETE"
              and box.public()["posts"][0]["sha256"] == hashlib.sha256(data).hexdigest())
        check("its chunks are gone", os.listdir(path + ".media") == [])
        half = init(box, len(data), MIB5)[2]
        put(box, half["upload_url"], data[:MIB5], 0, len(data))
        check("so do tokens", "access_token" in renew(box, refresh)[1])
        check("a replay is known after a restart", renew(box, refresh)[1]["error"]
              == "invalid_grant" and box.effects("tiktok_refresh_replayed") == 1)
        check("reset empties TikTok", len(os.listdir(path + ".media")) == 1
              and box.control("reset", {}) == {"success": True}
              and os.listdir(path + ".media") == []
              and box.public() == {"posts": [], "inbox": []}
              and box.call("/v2/user/info/?fields=open_id", method="GET")[0] == 401)
        check("it stops cleanly", box.close() == 0)
        box = Sandbox(program, "--tiktok-client-key", "sbaw2", "--tiktok-client-secret-file",
                      secret)
        code = consent(box, client_key="sbaw2")[1].get("code", "")
        check("key and secret are options", exchange(box, code, client_key="sbaw2")[1].get("error")
              == "invalid_client" and "access_token" in exchange(
                  box, code, client_key="sbaw2", client_secret="another secret")[1])
        box.close()


def main():
    program = sys.argv[1]
    box = Sandbox(program)
    check("the key file names two hosts", box.www == "/tiktok-www" and box.api == "/tiktok",
          (box.www, box.api))
    test_consent(box)
    test_token(box)
    test_refresh(box)
    test_user(box)
    test_creator(box)
    test_init(box)
    test_audit(box)
    test_upload(box)
    test_failures(box)
    test_pull(box)
    test_inbox(box)
    test_list(box)
    test_faults(box)
    check("it stops cleanly", box.close() == 0)
    test_state(program)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
