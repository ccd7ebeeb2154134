#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves what the sandbox does with Instagram's films, extras and its own login. TAP."""

import http.server
import json
import sys
import threading
import time
import urllib.parse

from films import (APP, CLUB, IG, IG_APP, IG_SCOPES, MILL, PAGE, REDIRECT, SCOPES, SECRET,
                   Sandbox, authorize, check, container, dialog, error_of, ig_exchange, ig_film,
                   jpeg, mp4, png, public, publish, results, rupload, source_of, token_of, upload,
                   wait_for)


def test_ig_reel(box, page, user):
    film = mp4(30)
    cover = source_of(box, page, upload(box, page, jpeg(1080, 1920))[1]["id"])
    made = container(box, page, media_type="REELS", upload_type="resumable", caption="Rye #bread",
                     share_to_feed="false", cover_url=cover, thumb_offset="99999999",
                     user_tags='[{"username":"ana.r"}]', collaborators='["northside.two"]',
                     location_id=PAGE)[1]
    check("a resumable container names its host", made["uri"]
          == f"{box.base}/rupload/ig-api-upload/v26.0/{made['id']}", made)
    up = ("ig-api-upload", made["id"])
    check("it waits for its bytes", wait_for(box, page, made["id"]) == "IN_PROGRESS")
    rupload(box, page, *up, film[:1000], size=len(film))
    wrong = rupload(box, page, *up, film[900:], offset=900, size=len(film))
    check("the offset must fit", wrong[1]["debug_info"]["type"] == "OffsetInvalidError", wrong)
    status = box.call("GET", f"/v26.0/{made['id']}", page, {"fields": "video_status"})[1]
    check("the container counts bytes",
          1000 in status["video_status"]["uploading_phase"].values(), status)
    done = rupload(box, user, *up, film[1000:], offset=1000, size=len(film))
    check("the rest completes it", done[1].get("success") is True and "message" in done[1], done)
    early = publish(box, page, made["id"])
    check("publishing early is refused", error_of(early) == (9007, 2207027), early)
    check("the reel is finished", wait_for(box, page, made["id"]) == "FINISHED")
    answer = publish(box, page, made["id"])
    again = publish(box, page, made["id"])
    check("a reel is published once", "id" in answer[1] and error_of(again) == (24, 2207008)
          and box.effects("media_publish") == 1, (answer, again))
    check("its container says so", wait_for(box, page, made["id"]) == "PUBLISHED")
    post = public(box)[0]
    check("the public sees what was asked", post["kind"] == "reel" and post["text"] == "Rye #bread"
          and post["collaborators"] == ["northside.two"] and post["location_id"] == PAGE
          and post["user_tags"] == [{"username": "ana.r"}] and post["share_to_feed"] is False
          and post["cover"] == cover and post["media_count"] == 1, post)
    check("with all its bytes", box.raw("GET", post["media"][0][len(box.base):]) == (200, film))
    node = box.call("GET", f"/v26.0/{answer[1]['id']}", page, {
        "fields": "media_type,media_product_type,permalink,is_shared_to_feed,thumbnail_url"})[1]
    check("the media is a reel", node["media_type"] == "VIDEO" and "/reel/" in node["permalink"]
          and node["media_product_type"] == "REELS" and node["is_shared_to_feed"] is False, node)
    comments = f"/v26.0/{answer[1]['id']}/comments"
    first = box.call("POST", comments, page, {"message": "#rye"})
    spam = box.call("POST", comments, page, {"message": "#rye"})
    check("the same comment again is spam", "id" in first[1] and error_of(spam) == (4, 2207051)
          and public(box)[0]["comments"] == [{"text": "#rye", "own": True}], (first, spam))
    listed = box.call("GET", comments, page, {"fields": "id,text,username"})[1]["data"]
    check("the comment is listed", [(c["id"], c["username"]) for c in listed]
          == [(first[1]["id"], "northside.bread")], listed)
    refused = box.call("DELETE", f"/v26.0/{answer[1]['id']}", page)
    check("deleting needs its own permission", error_of(refused) == (10, None), refused)
    _, query, _, verifier = dialog(box, scope=SCOPES + ",instagram_manage_contents")
    more = box.call("POST", "/v26.0/oauth/access_token", None, {
        "client_id": APP, "client_secret": SECRET, "redirect_uri": REDIRECT,
        "code": query["code"][0], "code_verifier": verifier})[1]["access_token"]
    deleted = box.call("DELETE", f"/v26.0/{answer[1]['id']}", more)
    check("with it the reel goes", deleted[1] == {"success": True}
          and all(p["id"] != answer[1]["id"] for p in public(box)), deleted)


def test_ig_rules(box, page):
    image = source_of(box, page, upload(box, page, jpeg(1080, 1080))[1]["id"])
    still = {"image_url": image}
    reel = {"media_type": "REELS", "upload_type": "resumable"}
    story = {"media_type": "STORIES", "image_url": image}
    names = json.dumps(["a", "b", "c", "d"])
    tag = '[{"username":"ana.r","x":0.5,"y":0.5}]'
    before = box.effects("media")
    for name, parameters, expected in (
            ("tag without a place on a picture", {**still, "user_tags": '[{"username":"a"}]'},
             (100, None)),
            ("tag outside", {**still, "user_tags": '[{"username":"a","x":1.5,"y":0}]'},
             (100, None)),
            ("tag with a place on a reel", {**reel, "user_tags": tag}, (100, None)),
            ("tag of a closed account",
             {**still, "user_tags": '[{"username":"private.ana","x":0,"y":0}]'}, (100, None)),
            ("tag with an at sign", {**still, "user_tags": '[{"username":"@a","x":0,"y":0}]'},
             (100, None)),
            ("21 tags", {**still, "user_tags": json.dumps(json.loads(tag) * 21)}, (100, 2207040)),
            ("tags that are no list", {**still, "user_tags": "{}"}, (100, None)),
            ("four collaborators", {**still, "collaborators": names}, (100, None)),
            ("collaborators of a story", {**story, "collaborators": '["a"]'}, (100, None)),
            ("collaborators of a child",
             {**still, "is_carousel_item": "true", "collaborators": '["a"]'}, (100, None)),
            ("place of a child", {**still, "is_carousel_item": "true", "location_id": PAGE},
             (100, None)),
            ("place that is none", {**still, "location_id": CLUB}, (100, None)),
            ("cover of a picture", {**still, "cover_url": image}, (100, None)),
            ("cover from elsewhere", {**reel, "cover_url": "https://example.com/a.jpg"},
             (9004, 2207052)),
            ("thumb_offset of a picture", {**still, "thumb_offset": 1}, (100, None)),
            ("negative thumb_offset", {**reel, "thumb_offset": -1}, (100, None)),
            ("share_to_feed of a picture", {**still, "share_to_feed": "true"}, (100, None)),
            ("share_to_feed=perhaps", {**reel, "share_to_feed": "perhaps"}, (100, None)),
            ("audio_name of a story", {**story, "audio_name": "a"}, (100, None)),
            ("trial reel", {**reel, "trial_params": "{}"}, (100, 2207081)),
            ("alt text of a reel", {**reel, "alt_text": "a"}, (100, None)),
            ("AI label of a child", {**still, "is_carousel_item": "true",
                                     "is_ai_generated": "true"}, (100, None)),
            ("a video by itself", {"media_type": "VIDEO", "upload_type": "resumable"},
             (100, 2207023)),
            ("a reel as a child", {**reel, "is_carousel_item": "true"}, (100, 2207023)),
            ("a resumable picture", {"upload_type": "resumable"}, (100, None)),
            ("a reel without a film", {"media_type": "REELS"}, (100, None))):
        answer = container(box, page, **parameters)
        check("IG refused: " + name, error_of(answer) == expected, answer)
    check("no refused container was made", box.effects("media") == before)
    films = [("not a film", {}, b"hello" * 100, 2207026), ("2 s", {}, mp4(2), 2207026),
             ("16 minutes", {}, mp4(960), 2207026), ("2000 wide", {}, mp4(width=2000), 2207026),
             ("moov last", {}, mp4(moov_first=False), 2207026),
             ("edited", {}, mp4(edits=3), 2207026), ("VP8", {}, mp4(codec=b"vp08"), 2207026),
             ("15 fps", {}, mp4(fps=15), 2207026),
             ("thumb outside", {"thumb_offset": 10001}, mp4(10), 2207057),
             ("61 s of story", {"media_type": "STORIES"}, mp4(61), 2207026),
             ("needle of a story", {"media_type": "STORIES"}, mp4(width=90, height=1900), 2207026)]
    for name, parameters, film, subcode in films:
        made = ig_film(box, page, film, **{"media_type": "REELS", **parameters})
        state = wait_for(box, page, made)
        text = box.call("GET", f"/v26.0/{made}", page, {"fields": "status"})[1]["status"]
        check("the processing refuses a film: " + name, state == "ERROR" and str(subcode) in text
              and error_of(publish(box, page, made)) == (9007, 2207027), (state, text))
    good = ig_film(box, page, mp4(10, edits=1), media_type="REELS", thumb_offset=10000)
    check("one edit and a thumb at the end are good", wait_for(box, page, good) == "FINISHED")
    box.control("settings", {"ig_page_outage": True})
    blind = box.call("GET", f"/v26.0/{good}", page, {"fields": "status_code"})
    check("Page tokens can go blind", error_of(blind) == (100, 33), blind)
    box.control("settings", {"ig_page_outage": False})
    late = container(box, page, media_type="REELS", upload_type="resumable")[1]["id"]
    box.control("settings", {"clock_offset_s": 90000})
    answer = rupload(box, page, "ig-api-upload", late, mp4())
    check("an expired container takes no bytes", "over" in answer[1]["debug_info"]["message"],
          answer)
    box.control("settings", {"clock_offset_s": 0})
    heavy = container(box, page, media_type="STORIES", upload_type="resumable")[1]["id"]
    answer = rupload(box, page, "ig-api-upload", heavy, b"a" * 64, size=100_000_001)
    check("a story's film has 100 MB", answer[1]["debug_info"]["retriable"] is False, answer)
    at_root = box.raw("POST", f"/ig-api-upload/v26.0/{heavy}", mp4(),
                      {"Authorization": f"OAuth {page}", "offset": "0", "file_size": "1"})
    check("bytes go to their host only", at_root[0] == 400 and b"debug_info" not in at_root[1])


def test_ig_kinds(box, page):
    image = source_of(box, page, upload(box, page, jpeg(1080, 1080))[1]["id"])
    tag = '[{"username":"ana.r","x":0.5,"y":0.25}]'
    still = container(box, page, media_type="STORIES", image_url=image, user_tags=tag,
                      caption="not shown")[1]["id"]
    film = ig_film(box, page, mp4(20), media_type="STORIES")
    check("stories finish", {wait_for(box, page, still), wait_for(box, page, film)}
          == {"FINISHED"})
    ids = [publish(box, page, still)[1]["id"], publish(box, page, film)[1]["id"]]
    listed = box.call("GET", f"/v26.0/{IG}/stories", page, {
        "fields": "id,media_type,media_product_type"})[1]["data"]
    check("the stories of the day are listed", [s["id"] for s in listed] == ids[::-1]
          and [s["media_type"] for s in listed] == ["VIDEO", "IMAGE"], listed)
    feed = box.call("GET", f"/v26.0/{IG}/media", page)[1]["data"]
    check("the feed has no story", not set(ids) & {m["id"] for m in feed}, feed)
    posts = public(box)
    check("the public sees the stories", [p["kind"] for p in posts[:2]]
          == ["story-video", "story-image"] and posts[1]["text"] == ""
          and posts[1]["user_tags"] == json.loads(tag), posts[:2])
    comment = box.call("POST", f"/v26.0/{ids[0]}/comments", page, {"message": "a"})
    check("a story takes no comment", error_of(comment) == (100, 33), comment)
    children = [container(box, page, image_url=image, is_carousel_item="true", alt_text="A loaf",
                          user_tags=tag)[1]["id"],
                ig_film(box, page, mp4(8), media_type="VIDEO", is_carousel_item="true")]
    for child in children:
        wait_for(box, page, child)
    single = publish(box, page, children[1])
    check("a child is no post", error_of(single) == (100, None), single)
    parent = container(box, page, media_type="CAROUSEL", children=json.dumps(children),
                       caption="Both", collaborators='["northside.two"]')[1]["id"]
    check("a carousel mixes pictures and films", wait_for(box, page, parent) == "FINISHED")
    publish(box, page, parent)
    post = public(box)[0]
    check("the public sees the carousel", post["kind"] == "carousel" and post["media_count"] == 2
          and post["alts"] == ["A loaf", ""] and post["media_ids"][1] == children[1]
          and post["user_tags"] == [{**json.loads(tag)[0], "media": 0}], post)
    used = container(box, page, media_type="CAROUSEL", children=json.dumps(children))
    check("its children are used up", error_of(used) == (100, None), used)
    box.control("settings", {"ig_container_total": 1})
    full = container(box, page, image_url=image)
    check("the containers of a day are counted", error_of(full) == (9, 2207042), full)
    box.control("settings", {"ig_container_total": 400})


class Files(http.server.BaseHTTPRequestHandler):
    """A web space on this computer, as a person may have one."""
    table = {"/a.jpg": ("image/jpeg", jpeg(1080, 1080)), "/a.png": ("image/png", png(400, 400)),
             "/page": ("text/html", b"<html></html>" * 9), "/a.mp4": ("video/mp4", mp4(9)),
             "/bad.mp4": ("video/mp4", b"hello" * 99)}

    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/a.jpg")
            self.end_headers()
            return
        kind, data = self.table.get(self.path, ("text/plain", None))
        self.send_response(200 if data is not None else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *arguments):
        pass


def test_ig_login(box, page):
    for name, changes in (("the Facebook app", {"client_id": APP}), ("no state", {"state": None}),
                          ("foreign redirect", {"redirect_uri": "http://example.com/"}),
                          ("token response", {"response_type": "token"}),
                          ("a Facebook scope", {"scope": "pages_show_list"}),
                          ("no scope", {"scope": ""})):
        status, query, _, data = authorize(box, **changes)
        check("IG login refuses: " + name, status == 400 and "code" not in query, data)
    box.control("settings", {"auto_approve": False})
    status, _, _, data = authorize(box)
    check("IG login asks", status == 200 and b'value="allow"' in data and b"mill.practice" in data)
    form = urllib.parse.urlencode({
        "client_id": IG_APP, "redirect_uri": REDIRECT, "state": "s&3", "response_type": "code",
        "scope": IG_SCOPES, "decision": "deny"})
    box.raw("POST", "/instagram-www/oauth/authorize", form,
            {"Content-Type": "application/x-www-form-urlencoded"})
    check("IG login tells of a refusal", "error=access_denied" in box.headers["location"]
          and "state=s%263" in box.headers["location"], box.headers)
    box.control("settings", {"auto_approve": True})
    status, query, location, _ = authorize(box)
    check("IG login redirects", status == 302 and query["state"] == ["s&2"]
          and location.endswith("#_"), location)
    code = query["code"][0]
    for name, changes in (("bad secret", {"client_secret": "x"}), ("bad app", {"client_id": APP}),
                          ("unknown code", {"code": "AQx"}),
                          ("other redirect", {"redirect_uri": "http://localhost:1/"}),
                          ("other grant", {"grant_type": "code"})):
        answer = ig_exchange(box, **{"code": code, **changes})
        check("IG exchange refused: " + name, answer[0] == 400
              and answer[1].get("error_type") == "OAuthException", answer)
    foreign = box.call("POST", "/v26.0/oauth/access_token", None, {
        "client_id": APP, "client_secret": SECRET, "redirect_uri": REDIRECT, "code": code})
    check("Facebook does not know the code", error_of(foreign) == (100, None), foreign)
    box.control("settings", {"shapes": "docs"})
    short = ig_exchange(box, code)[1]
    check("the code gives a token and a number", short["access_token"].startswith("IGAA")
          and short["user_id"] == int(MILL) and IG_SCOPES.split(",") == short["permissions"], short)
    check("the code works once", ig_exchange(box, code)[0] == 400)
    box.control("settings", {"shapes": "spec"})
    wrapped = ig_exchange(box, authorize(box)[1]["code"][0])[1]
    check("the answer may be wrapped", wrapped["data"][0]["user_id"] == int(MILL), wrapped)
    box.control("settings", {"shapes": "turn"})
    longer = {"grant_type": "ig_exchange_token", "client_secret": SECRET,
              "access_token": short["access_token"]}
    bad = box.call("GET", "/instagram-graph/access_token", None, {**longer, "client_secret": "x"})
    check("the long token needs the secret", error_of(bad) == (1, None), bad)
    token = box.call("GET", "/instagram-graph/access_token", None, longer)[1]
    check("60 days", token["expires_in"] == 5183944 and token["token_type"] == "bearer", token)
    again = box.call("GET", "/instagram-graph/access_token", None,
                     {**longer, "access_token": token["access_token"]})
    check("a long token is not exchanged", error_of(again) == (100, None), again)
    refresh = {"grant_type": "ig_refresh_token", "access_token": token["access_token"]}
    early = box.call("GET", "/instagram-graph/refresh_access_token", None, refresh)
    check("a young token is not refreshed", error_of(early) == (100, None), early)
    box.control("settings", {"clock_offset_s": 86500})
    fresh = box.call("GET", "/instagram-graph/refresh_access_token", None, refresh)[1]
    check("a day later it is", fresh["access_token"] not in (None, token["access_token"]), fresh)
    box.control("settings", {"clock_offset_s": 86500 + 5183944})
    dead = box.call("GET", "/instagram-graph/refresh_access_token", None, refresh)
    check("an expired one is not", error_of(dead) == (190, 463), dead)
    box.control("settings", {"clock_offset_s": 0})
    token = fresh["access_token"]
    me = box.call("GET", "/instagram-graph/v26.0/me", token, {
        "fields": "user_id,username,name,profile_picture_url,account_type"})[1]
    check("me is the account without a Page", me["user_id"] == MILL and me["id"] != MILL
          and me["username"] == "mill.practice", me)
    for name, path, who in (("Facebook's graph", "/v26.0/me", token),
                            ("the Page's token", "/instagram-graph/v26.0/me", page)):
        answer = box.call("GET", path, who)
        check("tokens stay on their side: " + name, error_of(answer) == (190, None), answer)
    other = box.call("GET", f"/instagram-graph/v26.0/{IG}/media", token)
    check("another account is not there", error_of(other) == (100, 33), other)
    facebook = box.call("GET", f"/instagram-graph/v26.0/{PAGE}/feed", token)
    check("nor is a Page", error_of(facebook) == (100, 33), facebook)
    absent = box.call("POST", f"/v26.0/{MILL}/media", page, {"image_url": "http://127.0.0.1/"})
    check("a Page's token does not reach this account", error_of(absent) == (100, 33), absent)
    return token


def test_ig_login_posts(box, token):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    space = f"http://127.0.0.1:{server.server_port}"
    graph = "/instagram-graph/v26.0"

    def make(**parameters):
        return box.call("POST", f"{graph}/{MILL}/media", token, parameters)

    def wait(identifier):
        for _ in range(80):
            node = box.call("GET", f"{graph}/{identifier}", token,
                            {"fields": "status_code,status"})[1]
            if node["status_code"] != "IN_PROGRESS":
                break
            time.sleep(0.05)
        return node["status_code"], node["status"]

    for name, parameters, expected in (
            ("resumable", {"media_type": "REELS", "upload_type": "resumable"}, (100, None)),
            ("label", {"image_url": space + "/a.jpg", "is_paid_partnership": "true"}, (100, None)),
            ("not there", {"image_url": space + "/b.jpg"}, (9004, 2207052)),
            ("a page", {"image_url": space + "/page"}, (9004, 2207052)),
            ("a redirect", {"image_url": space + "/moved"}, (9004, 2207052)),
            ("PNG", {"image_url": space + "/a.png"}, (36001, 2207005)),
            ("nobody there", {"image_url": "http://127.0.0.1:9/a.jpg"}, (9004, 2207052)),
            ("another computer", {"image_url": "http://192.0.2.1/a.jpg"}, (9004, 2207052)),
            ("the sandbox itself", {"image_url": box.base + "/_sandbox/health"}, (9004, 2207052)),
            ("no address", {"media_type": "REELS", "video_url": "file:///etc/passwd"},
             (9004, 2207052))):
        answer = make(**parameters)
        check("IG login post refused: " + name, error_of(answer) == expected, answer)
    image = make(image_url=space + "/a.jpg", caption="From the mill", alt_text="Flour")[1]["id"]
    reel = make(media_type="REELS", video_url=space + "/a.mp4", caption="Mill reel")[1]["id"]
    lost = make(media_type="REELS", video_url=space + "/none.mp4")[1]["id"]
    bad = make(media_type="REELS", video_url=space + "/bad.mp4")[1]["id"]
    check("pictures and films are fetched", wait(image)[0] == wait(reel)[0] == "FINISHED",
          (wait(image), wait(reel)))
    check("a film that is not there fails later", wait(lost)[0] == "ERROR"
          and "2207077" in wait(lost)[1], wait(lost))
    check("so does one that is none", "2207026" in wait(bad)[1], wait(bad))
    ids = [publish(box, token, c, MILL, "/instagram-graph")[1].get("id") for c in (image, reel)]
    again = publish(box, token, image, MILL, "/instagram-graph")
    check("both are published, once", None not in ids and error_of(again) == (24, 2207008), again)
    posts = public(box)
    check("the public sees them", [(p["account"], p["kind"], p["text"]) for p in posts[:2]]
          == [(MILL, "reel", "Mill reel"), (MILL, "image", "From the mill")]
          and posts[1]["alts"] == ["Flour"], posts[:2])
    check("the fetched picture is kept", box.raw("GET", posts[1]["media"][0][len(box.base):])
          == (200, Files.table["/a.jpg"][1]))
    listed = box.call("GET", f"{graph}/me/media", token, {"fields": "id,caption"})[1]["data"]
    check("me has them", [m["id"] for m in listed] == ids[::-1], listed)
    comment = box.call("POST", f"{graph}/{ids[0]}/comments", token, {"message": "Hello"})
    check("a comment works", "id" in comment[1]
          and public(box)[1]["comments"] == [{"text": "Hello", "own": True}], comment)
    limit = box.call("GET", f"{graph}/{MILL}/content_publishing_limit", token)[1]["data"][0]
    check("the quota counts here too", limit["quota_usage"] == 2, limit)
    box.control("faults", {"match": {"path_regex": "^/instagram-graph/.*/media$"},
                           "fault": {"kind": "error", "code": 2}})
    answer = make(image_url=space + "/a.jpg")
    check("faults reach graph.instagram.com", error_of(answer) == (2, None), answer)
    box.control("faults", method="DELETE")
    box.control("revoke", {"instagram": MILL, "subcode": 460})
    dead = box.call("GET", f"{graph}/me", token)
    check("its tokens can be revoked alone", error_of(dead) == (190, 460), dead)
    server.shutdown()


def main():
    program = sys.argv[1]
    box = Sandbox(program, "--auto-approve")
    page = token_of(box)
    test_ig_reel(box, page, token_of.user)
    test_ig_rules(box, page)
    test_ig_kinds(box, page)
    test_ig_login_posts(box, test_ig_login(box, page))
    check("it stops cleanly", box.close() == 0)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
