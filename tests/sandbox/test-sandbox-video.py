#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves what the sandbox does with Facebook's videos, reels, stories and schedules. TAP."""

import http.client
import os
import struct
import sys
import tempfile
import time

from films import (MILL, PAGE, Sandbox, abort, atom, authorize, bring, check, classic, container,
                   error_of, failed, finish, ig_exchange, jpeg, mp4, public, publish, read,
                   results, rupload, settle, start, token_of, upload, wait_for)


def test_classic(box, page, user):
    film = mp4(payload=9000)
    size = len(film)
    box.control("settings", {"video_chunk_bytes": 4000})
    for name, answer, expected in (
            ("wrong host", classic(box, page, {"upload_phase": "start", "file_size": size},
                                   path=f"/v26.0/{PAGE}/videos"), (100, None)),
            ("user token", classic(box, user, {"upload_phase": "start", "file_size": size}),
             (200, None)),
            ("no size", classic(box, page, {"upload_phase": "start"}), (100, None)),
            ("too small", classic(box, page, {"upload_phase": "start", "file_size": 10}),
             (382, None)),
            ("unknown phase", classic(box, page, {"upload_phase": "push"}), (100, None)),
            ("file_url", classic(box, page, {"file_url": "https://example.com/a.mp4"}),
             (389, 1363057)),
            ("no file", classic(box, page, {"title": "a"}), (100, None)),
            ("no film", classic(box, page, {}, {"source": b"hello" * 50}), (6000, None)),
            ("crumb", classic(box, page, {}, {"source": b"hello"}), (382, None)),
            ("no session", classic(box, page, {"upload_phase": "transfer", "start_offset": 0},
                                   b"a"), (100, None))):
        check("video refused: " + name, error_of(answer) == expected, answer)
    check("graph-video takes videos only",
          error_of(box.call("GET", f"/graph-video/v26.0/{PAGE}", page)) == (100, 33))
    answer = classic(box, page, {"upload_phase": "start", "file_size": size})[1]
    check("start gives texts", answer["start_offset"] == "0" and answer["end_offset"] == "4000"
          and answer["video_id"].isdigit(), answer)
    video = answer["video_id"]
    session = {"upload_session_id": answer["upload_session_id"]}
    move = {"upload_phase": "transfer", **session}
    moved = classic(box, page, {**move, "start_offset": 0}, film[:4000])[1]
    check("the first chunk moves on", moved == {"start_offset": "4000", "end_offset": "8000"})
    wrong = classic(box, page, {**move, "start_offset": 0}, film[:4000])
    check("a chunk at the wrong place tells the right one", error_of(wrong) == (6001, 1363037)
          and wrong[1]["error"]["error_data"] == {"start_offset": 4000, "end_offset": 8000}, wrong)
    more = classic(box, page, {**move, "start_offset": 4000}, film[4000:9000])
    check("more than the window is refused", error_of(more) == (6001, 1363037), more)
    early = classic(box, page, {"upload_phase": "finish", **session})
    check("finish before the last byte is refused", error_of(early) == (6001, 1363037), early)
    node = read(box, page, video)
    check("the status counts bytes", node["status"]["uploading_phase"]["status"] == "in_progress"
          and 4000 in node["status"]["uploading_phase"].values(), node)
    offset = 4000
    while offset < size:
        answer = classic(box, page, {**move, "start_offset": offset}, film[offset:offset + 4000])[1]
        offset = int(answer["start_offset"])
    check("all chunks are there", answer == {"start_offset": str(size), "end_offset": str(size)})
    check("nothing is public yet", public(box) == [])
    done = {"upload_phase": "finish", **session, "title": "Oven", "description": "Oven tour"}
    answer = classic(box, page, done, {"thumb": jpeg(640, 360)})
    check("finish is taken", answer[1] == {"success": True}, answer)
    check("finish works once", error_of(classic(box, page, done)) == (100, None))
    check("the processing comes first", public(box) == []
          and read(box, page, video)["published"] is False)
    node = settle(box, page, video)
    check("then it is published", node["published"] is True and node["length"] == 10.0
          and node["status"]["publishing_phase"]["publish_status"] == "published", node)
    post = public(box)[0]
    check("the public sees a video", post["kind"] == "video" and post["text"] == "Oven tour"
          and post["title"] == "Oven" and "/cdn/" in post["cover"]
          and post["media_ids"] == [video] and post["media_count"] == 1, post)
    check("its bytes are served whole",
          box.raw("GET", post["media"][0][len(box.base):]) == (200, film))
    feed = box.call("GET", f"/v26.0/{PAGE}/feed", page, {
        "fields": "id,message,status_type,attachments{media_type,target{id}}"})[1]["data"]
    check("the feed has it with its id", feed[0]["id"] == f"{PAGE}_{node['post_id']}"
          and feed[0]["attachments"]["data"][0]["target"]["id"] == video
          and feed[0]["status_type"] == "added_video", feed)
    listed = box.call("GET", f"/v26.0/{PAGE}/videos", page)[1]["data"]
    check("so has the list of videos", [v["id"] for v in listed] == [video], listed)
    cancelled = classic(box, page, {"upload_phase": "start", "file_size": size})[1]
    answer = classic(box, page, {"upload_phase": "cancel",
                                 "upload_session_id": cancelled["upload_session_id"]})
    gone = box.call("GET", f"/v26.0/{cancelled['video_id']}", page)
    check("cancel drops it", answer[1] == {"success": True} and error_of(gone) == (100, 33))
    check("every effect is counted", (box.effects("videos"), box.effects("video_published"),
                                      box.effects("video_start"), box.effects("video_chunk"))
          == (1, 1, 2, 1 + (size - 1) // 4000))
    comment = box.call("POST", f"/v26.0/{video}/comments", page, {"message": "First"})[1]
    check("a comment on the video is one on its post", "id" in comment
          and public(box)[0]["comments"] == [{"text": "First", "own": True}]
          and box.effects("comment") == 1, public(box)[0])
    return video


def test_video_node(box, page):
    film = mp4(width=640, height=360)
    simple = classic(box, page, {"published": "false", "description": "Draft"}, {"source": film})[1]
    node = settle(box, page, simple["id"])
    check("an unpublished video stays so", node["published"] is False and len(public(box)) == 1
          and node["status"]["publishing_phase"].get("publish_status") == "draft", node)
    answer = box.call("POST", f"/v26.0/{simple['id']}", page,
                      {"name": "New name", "description": "Now", "published": "true"})
    settle(box, page, simple["id"])
    post = public(box)[0]
    check("it can be published later", answer[1] == {"success": True}
          and (post["text"], post["title"]) == ("Now", "New name"), (answer, post))
    back = box.call("POST", f"/v26.0/{simple['id']}", page, {"published": "false"})
    check("but not be taken back", error_of(back) == (100, None), back)
    check("deleting takes it from the public", box.call("DELETE", f"/v26.0/{simple['id']}", page)[1]
          == {"success": True} and len(public(box)) == 1)
    box.control("settings", {"next_video_error": 1363026, "shapes": "docs"})
    broken = classic(box, page, {}, {"source": film})[1]["id"]
    time.sleep(0.25)
    docs = read(box, page, broken)["status"]
    box.control("settings", {"shapes": "spec"})
    spelled = read(box, page, broken)["status"]
    check("the docs spell a failure so", docs["video_status"] == "processing"
          and "message" in docs["processing_phase"]["error"]
          and docs["uploading_phase"]["bytes_transfered"] == len(film), docs)
    check("and the spec so", spelled["video_status"] == "error"
          and spelled["processing_phase"]["errors"][0]["code"] == 1363026
          and spelled["uploading_phase"]["bytes_transferred"] == len(film), spelled)
    check("what failed is not public", len(public(box)) == 1 and box.effects("video_failed") == 1)
    box.control("settings", {"shapes": "turn"})
    one, two = read(box, page, broken)["status"], read(box, page, broken)["status"]
    check("in turn both come", one["video_status"] != two["video_status"], (one, two))


def test_reel(box, page, user, club):
    film = mp4()
    half = len(film) // 2
    begun = start(box, page, "video_reels")
    video = begun["video_id"]
    check("start names the upload host", begun["upload_url"]
          == f"{box.base}/rupload/video-upload/v26.0/{video}", begun)
    up = ("video-upload", video)
    for name, answer, words in (
            ("Bearer", rupload(box, page, *up, film, scheme="Bearer"), "unauthorized"),
            ("another Page", rupload(box, club, *up, film), "unauthorized"),
            ("user token", rupload(box, user, *up, film), "unauthorized"),
            ("offset ahead", rupload(box, page, *up, film[9:], offset=9, size=len(film)),
             "offset is invalid"),
            ("no number", rupload(box, page, *up, film, size="many"), "required"),
            ("chunked", rupload(box, page, *up, iter([film]), size=len(film)), "Content-Length"),
            ("too much", rupload(box, page, *up, film, size=len(film) - 1), "More bytes"),
            ("file_url", rupload(box, page, *up, b"", size=9, file_url="http://127.0.0.1/"),
             "fetched"),
            ("other kind", rupload(box, page, "ig-api-upload", video, film), "No such")):
        check("reel upload refused: " + name, answer[0] >= 400
              and words in answer[1]["debug_info"]["message"], answer)
    early = finish(box, page, "video_reels", video)
    check("a reel without bytes is not finished", error_of(early) == (6001, 1363037), early)
    part = rupload(box, page, *up, film[:half], size=len(film))
    check("a part is kept", part[1]["debug_info"]["type"] == "PartialRequestError", part)
    other = rupload(box, page, *up, film[half:], offset=half, size=len(film) + 1)
    check("the size must stay", "differs" in other[1]["debug_info"]["message"]
          and other[1]["debug_info"]["retriable"] is False, other)
    box.control("faults", {"match": {"path_regex": "^/rupload/video-upload/"},
                           "fault": {"kind": "cut-upload", "bytes": 100}})
    try:
        rupload(box, page, *up, film[half:], offset=half, size=len(film))
        cut = False
    except (OSError, http.client.HTTPException):
        cut = True
    box.control("faults", method="DELETE")
    phase = read(box, page, video)["status"]["uploading_phase"]
    check("a cut upload keeps what arrived", cut and half + 100 in phase.values()
          and phase["status"] == "in_progress", phase)
    again = rupload(box, page, *up, film[half:], offset=half, size=len(film))
    check("the old offset is wrong now", again[1]["debug_info"]["type"] == "OffsetInvalidError"
          and again[1]["debug_info"]["retriable"] is True, again)
    rest = rupload(box, page, *up, film[half + 100:], offset=half + 100, size=len(film))
    check("the rest completes it", rest == (200, {"success": True}), rest)
    done = finish(box, page, "video_reels", video, description="Rye reel", title="Rye")
    check("finish is taken", done[1] == {"success": True}, done)
    twice = finish(box, page, "video_reels", video)
    check("finish works once", error_of(twice) == (100, None), twice)
    node = settle(box, page, video)
    post = public(box)[0]
    check("the reel is published", node["permalink_url"] == f"/reel/{video}/"
          and post["kind"] == "reel" and post["text"] == "Rye reel" and post["title"] == "Rye"
          and post["permalink"] == f"https://www.facebook.com/reel/{video}", (node, post))
    check("and only once", box.effects("reel_published") == box.effects("video_reels") == 1)
    listed = box.call("GET", f"/v26.0/{PAGE}/video_reels", page,
                      {"since": int(time.time()) - 120})[1]["data"]
    check("the list of reels has it", [v["id"] for v in listed] == [video]
          and listed[0]["description"] == "Rye reel", listed)


def test_abort(box, page):
    film = mp4(payload=200_000)
    video = start(box, page, "video_reels")["video_id"]
    abort(box, page, f"/rupload/video-upload/v26.0/{video}", film, 100_000)
    phase = read(box, page, video)["status"]["uploading_phase"]
    have = phase.get("bytes_transfered", phase.get("bytes_transferred", 0))
    check("a connection that breaks leaves its bytes", 0 < have <= 100_000, phase)
    rest = rupload(box, page, "video-upload", video, film[have:], offset=have, size=len(film))
    check("and the upload goes on behind them", rest == (200, {"success": True}), rest)
    finish(box, page, "video_reels", video, video_state="DRAFT")
    node = settle(box, page, video)
    check("put together it is a film", node["status"]["publishing_phase"]["publish_status"]
          == "draft" and not failed(node) and node["length"] == 10.0, node)


def test_reel_rules(box, page):
    before = len(public(box))
    for name, film in (("not a film", b"hello" * 100), ("cut off", mp4()[:400]),
                       ("2 s", mp4(2)), ("91 s", mp4(91)), ("small", mp4(width=500, height=900)),
                       ("landscape", mp4(width=1920, height=1080)),
                       ("square", mp4(width=1080, height=1080)), ("12 fps", mp4(fps=12)),
                       ("VP8", mp4(codec=b"vp08"))):
        video, answer = bring(box, page, "video_reels", film)
        check("the processing refuses a reel: " + name, answer[1] == {"success": True}
              and failed(settle(box, page, video)), answer)
    turned, _ = bring(box, page, "video_reels", mp4(width=1920, height=1080, turned=True),
                      video_state="DRAFT")
    check("a turned film is upright", not failed(settle(box, page, turned)))
    check("nothing of it is public", len(public(box)) == before)
    now = int(time.time())
    video = start(box, page, "video_reels")["video_id"]
    rupload(box, page, "video-upload", video, mp4())
    for name, parameters, expected in (
            ("no state", {"video_state": ""}, (100, None)),
            ("unknown state", {"video_state": "SOON"}, (100, None)),
            ("scheduled without a time", {"video_state": "SCHEDULED"}, (100, None)),
            ("a time without scheduled", {"scheduled_publish_time": now + 3600}, (100, None)),
            ("too soon", {"video_state": "SCHEDULED", "scheduled_publish_time": now + 60},
             (100, 1349125)),
            ("after 29 days", {"video_state": "SCHEDULED",
                               "scheduled_publish_time": now + 2520000}, (100, 1349125))):
        answer = finish(box, page, "video_reels", video, **parameters)
        check("finish refused: " + name, error_of(answer) == expected, answer)
    box.control("settings", {"reels_total": 1})
    answer = finish(box, page, "video_reels", video)
    check("the reels of a day are counted", error_of(answer) == (613, None), answer)
    box.control("settings", {"reels_total": 30})
    box.control("settings", {"clock_offset_s": 90000})
    answer = finish(box, page, "video_reels", video)
    node = read(box, page, video)
    check("an upload ends after a day", error_of(answer) == (100, None)
          and node["status"]["video_status"] == "expired", (answer, node))
    box.control("settings", {"clock_offset_s": 0})


def test_stories(box, page):
    video, answer = bring(box, page, "video_stories", mp4(12))
    check("a video story tells its post", answer[1].get("success") is True
          and answer[1]["post_id"].isdigit(), answer)
    check("but is not public before its processing",
          all(p["kind"] != "story-video" for p in public(box)))
    settle(box, page, video)
    photo = upload(box, page, jpeg(1080, 1920))[1]["id"]
    box.call("POST", f"/v26.0/{PAGE}/photo_stories", page, {"photo_id": photo})
    listed = box.call("GET", f"/v26.0/{PAGE}/stories", page)[1]["data"]
    check("both kinds of stories are listed", [(s["media_type"], s["media_id"]) for s in listed]
          == [("photo", photo), ("video", video)] and listed[1]["post_id"] == answer[1]["post_id"]
          and listed[0]["status"] == "PUBLISHED", listed)
    check("and public", [p["kind"] for p in public(box)[:2]] == ["story-photo", "story-video"])
    none = box.call("GET", f"/v26.0/{PAGE}/stories", page, {"status": "[ARCHIVED]"})[1]
    check("the status filters", none == {"data": []}, none)
    comment = box.call("POST", f"/v26.0/{PAGE}_{listed[0]['post_id']}/comments", page,
                       {"message": "a"})
    check("a story takes no comment", error_of(comment) == (100, 33), comment)
    video, answer = bring(box, page, "video_stories", mp4(61))
    check("61 seconds are no story", failed(settle(box, page, video)) and len(
        box.call("GET", f"/v26.0/{PAGE}/stories", page)[1]["data"]) == 2)
    wrong = finish(box, page, "video_reels", video)
    check("a story is no reel", error_of(wrong) == (100, None), wrong)


def test_schedule(box, page):
    now = int(time.time())
    before = len(public(box))
    video, _ = bring(box, page, "video_reels", mp4(), video_state="SCHEDULED",
                     scheduled_publish_time=now + 3600, description="planned reel")
    node = settle(box, page, video)
    check("a scheduled reel says so",
          node["status"]["publishing_phase"]["publish_status"] == "scheduled"
          and node["published"] is False, node)
    film = classic(box, page, {"published": "false", "scheduled_publish_time": now + 150 * 86400,
                               "description": "planned video"}, {"source": mp4()})[1]["id"]
    settle(box, page, film)
    late = classic(box, page, {"published": "false", "scheduled_publish_time": now + 200 * 86400},
                   {"source": mp4()})
    check("six months is the end for videos", error_of(late) == (100, 1349125), late)
    planned = box.call("GET", f"/v26.0/{PAGE}/scheduled_posts", page, {
        "fields": "id,message,scheduled_publish_time"})[1]["data"]
    check("scheduled_posts has both", {p["message"] for p in planned}
          == {"planned reel", "planned video"}, planned)
    reel = next(p for p in planned if p["message"] == "planned reel")
    answer = box.call("POST", f"/v26.0/{reel['id']}", page,
                      {"scheduled_publish_time": now + 7200})
    moved = box.call("GET", f"/v26.0/{reel['id']}", page, {"fields": "scheduled_publish_time"})[1]
    check("the time can be changed", answer[1] == {"success": True}
          and moved["scheduled_publish_time"] == now + 7200, (answer, moved))
    far = box.call("POST", f"/v26.0/{reel['id']}", page,
                   {"scheduled_publish_time": now + 2520000})
    check("within the reel's 29 days", error_of(far) == (100, 1349125), far)
    answer = box.call("POST", f"/v26.0/{film}", page, {"scheduled_publish_time": now + 86400})
    check("a video moves by its own node", answer[1] == {"success": True}, answer)
    box.control("settings", {"clock_offset_s": 7200 - 120})
    fixed = box.call("POST", f"/v26.0/{reel['id']}", page,
                     {"scheduled_publish_time": now + 20000})
    check("not in the last three minutes", error_of(fixed) == (100, 1349125), fixed)
    check("and it is not public a minute early", len(public(box)) == before)
    box.control("settings", {"clock_offset_s": 7300})
    check("at its time it is", public(box)[0]["text"] == "planned reel"
          and read(box, page, video)["published"] is True, public(box)[0])
    hurried, _ = bring(box, page, "video_reels", mp4(), video_state="SCHEDULED",
                       scheduled_publish_time=now + 86400, description="hurried")
    settle(box, page, hurried)
    planned = box.call("GET", f"/v26.0/{PAGE}/scheduled_posts", page)[1]["data"]
    box.call("POST", f"/v26.0/{planned[0]['id']}", page, {"is_published": "true"})
    listed = box.call("GET", f"/v26.0/{PAGE}/published_posts", page)[1]["data"]
    check("what waits can be published at once", listed[0]["message"] == "hurried"
          and read(box, page, hurried)["published"] is True, listed[0])
    planned = box.call("GET", f"/v26.0/{PAGE}/scheduled_posts", page)[1]["data"]
    box.call("DELETE", f"/v26.0/{planned[0]['id']}", page)
    box.control("settings", {"clock_offset_s": 90000})
    check("what was deleted never comes out", len(public(box)) == before + 2
          and box.call("GET", f"/v26.0/{PAGE}/scheduled_posts", page)[1] == {"data": []})
    box.control("settings", {"clock_offset_s": 0})


def test_faults(box, page):
    film = mp4()
    for path, kind in (("^/graph-video/", "close-before"), ("^/graph-video/", "close-after")):
        before = box.effects("videos")
        box.control("faults", {"match": {"path_regex": path}, "fault": {"kind": kind}})
        try:
            classic(box, page, {"published": "false"}, {"source": film})
            seen = False
        except (OSError, http.client.HTTPException):
            seen = True
        box.control("faults", method="DELETE")
        check(f"{kind} hits graph-video", seen
              and box.effects("videos") - before == (kind == "close-after"))
    video = start(box, page, "video_reels")["video_id"]
    box.control("faults", {"match": {"path_regex": "^/rupload/"},
                           "fault": {"kind": "status-before", "http": 503}})
    try:
        rupload(box, page, "video-upload", video, film)
        seen = False
    except ValueError:
        seen = True
    box.control("faults", method="DELETE")
    phase = read(box, page, video)["status"]["uploading_phase"]
    check("a fault before keeps no byte", seen and phase == {"status": "not_started"}, phase)


def test_hostile(box, page):
    """Boxes that lie about their size, their number and their depth."""
    film = mp4()
    deep = b""
    edts = atom(b"edts", atom(b"elst", b"\0" * 7))
    for _ in range(3000):
        deep = atom(b"moov", deep)
    for name, data in (("size 0", film.replace(b"\0\0\0\x6cmvhd", b"\0\0\0\0mvhd")),
                       ("huge", film[:32] + b"\xff\xff\xff\xff" + film[36:]),
                       ("64 bits", atom(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"moov",
                                                                        2 ** 63)),
                       ("deep", atom(b"ftyp", b"isom") + deep),
                       ("many", atom(b"ftyp", b"isom") + atom(b"free") * 30000),
                       ("short boxes", atom(b"ftyp") + atom(b"moov", atom(b"mvhd"), atom(
                           b"trak", atom(b"tkhd", b"\1"), edts)))):
        answer = classic(box, page, {}, {"source": data})
        check("hostile boxes: " + name, error_of(answer) in ((6000, None), (382, None)), answer)
    long = classic(box, page, {"published": "false"}, {"source": film.replace(
        struct.pack(">III", 1, 300, 33), struct.pack(">III", 0xffffffff, 300, 33))})
    check("a table longer than its box is read to its end", "id" in long[1], long)
    check("the sandbox lives", box.control("health", method="GET") == {"ok": True})


def test_state(program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "state.json")
        box = Sandbox(program, "--auto-approve", "--state-file", path)
        page = token_of(box)
        film = mp4(payload=50_000)
        video = start(box, page, "video_reels")["video_id"]
        rupload(box, page, "video-upload", video, film[:20_000], size=len(film))
        made = container(box, page, media_type="REELS", upload_type="resumable",
                         collaborators='["a"]')[1]["id"]
        rupload(box, page, "ig-api-upload", made, film[:10_000], size=len(film))
        waiting, _ = bring(box, page, "video_reels", film, description="waiting")
        code = authorize(box)[1]["code"][0]
        login = ig_exchange(box, code)[1]["access_token"]
        box.process.kill()
        box.process.wait()
        box.process.stdout.close()
        box = Sandbox(program, "--auto-approve", "--state-file", path)
        rest = rupload(box, page, "video-upload", video, film[20_000:], offset=20_000,
                       size=len(film))
        check("a half upload survives kill -9", rest == (200, {"success": True}), rest)
        finish(box, page, "video_reels", video, description="resumed")
        settle(box, page, video)
        settle(box, page, waiting)
        check("both reels come out", sorted(p["text"] for p in public(box))
              == ["resumed", "waiting"], public(box))
        rest = rupload(box, page, "ig-api-upload", made, film[10_000:], offset=10_000,
                       size=len(film))
        check("so does a container's", rest[0] == 200 and wait_for(box, page, made) == "FINISHED",
              rest)
        publish(box, page, made)
        check("with what it carried", public(box)[0].get("collaborators") == ["a"], public(box)[0])
        me = box.call("GET", "/instagram-graph/v26.0/me", login, {"fields": "user_id"})[1]
        check("and Instagram Login's token", me.get("user_id") == MILL, me)
        check("the state is loaded twice", box.close() == 0)


def main():
    program = sys.argv[1]
    box = Sandbox(program, "--auto-approve")
    page = token_of(box)
    test_classic(box, page, token_of.user)
    test_video_node(box, page)
    test_reel(box, page, token_of.user, token_of.club)
    test_abort(box, page)
    test_reel_rules(box, page)
    test_stories(box, page)
    test_schedule(box, page)
    test_faults(box, page)
    test_hostile(box, page)
    check("it stops cleanly", box.close() == 0)
    test_state(program)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
