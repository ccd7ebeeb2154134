# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many posts due at one instant, published by the real service to the sandbox.

Lateness is the time from the due instant to the sandbox's acceptance. The reference is a plain
client that posts the same number to the same server, as many at a time, without keeping anything
on disk: what is above it is the price of the promise.
"""

import datetime
import http.client
import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "publisher"))
from harness import APP_ID, PUBLISHER, SECRET, Sandbox, connect, ctl  # noqa: E402

POSTS = int(os.environ.get("SMM_BENCH_POSTS", "1000"))
IN_FLIGHT = 32
TICKS = os.sysconf("SC_CLK_TCK")


def read_usage(pid):
    """CPU seconds and peak RSS in KiB."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    peak = next(line for line in open(f"/proc/{pid}/status") if line.startswith("VmHWM"))
    return (int(fields[11]) + int(fields[12])) / TICKS, int(peak.split()[1])


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def sign_in(base):
    """A Page token for the reference client."""
    version = "/v26.0"
    back = "http://localhost:9/callback"
    query = urllib.parse.urlencode({"client_id": APP_ID, "redirect_uri": back, "state": "s" * 20, "response_type": "code",
                                    "scope": "pages_show_list,pages_manage_posts,pages_read_engagement"})
    try:
        urllib.request.build_opener(NoRedirect).open(f"{base}{version}/dialog/oauth?{query}", timeout=20)
    except urllib.error.HTTPError as answer:
        code = urllib.parse.parse_qs(urllib.parse.urlparse(answer.headers["Location"]).query)["code"][0]
    query = urllib.parse.urlencode({"client_id": APP_ID, "client_secret": SECRET, "redirect_uri": back, "code": code})
    token = json.load(urllib.request.urlopen(f"{base}{version}/oauth/access_token?{query}", timeout=20))["access_token"]
    request = urllib.request.Request(f"{base}{version}/me/accounts?fields=id,access_token",
                                     headers={"Authorization": f"Bearer {token}"})
    page = json.load(urllib.request.urlopen(request, timeout=20))["data"][0]
    return page["id"], page["access_token"]


def run_reference(base):
    page, token = sign_in(base)
    numbers = iter(range(POSTS))
    lock = threading.Lock()
    failed = []

    def work():
        client = http.client.HTTPConnection(urllib.parse.urlparse(base).netloc, timeout=60)
        while True:
            with lock:
                n = next(numbers, None)
            if n is None:
                return
            client.request("POST", f"/v26.0/{page}/feed", urllib.parse.urlencode({"message": f"reference {n}"}),
                           {"Authorization": f"Bearer {token}", "Content-Type": "application/x-www-form-urlencoded"})
            answer = client.getresponse()
            answer.read()
            if answer.status != 200:
                failed.append(answer.status)

    start = time.time()
    threads = [threading.Thread(target=work) for _ in range(IN_FLIGHT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed[:3]
    return time.time() - start


sandbox = Sandbox()
reference = run_reference(sandbox.base)
ctl("brand", "add", "A Shop", "--timezone", "UTC")
brand = ctl("brand", "list")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)

publisher = subprocess.Popen([PUBLISHER, "--in-flight", str(IN_FLIGHT)])
while ctl("publisher", "status")[0]["publisher"]["state"] == "stopped":
    time.sleep(0.05)
due = int(time.time()) + max(10, POSTS // 12)
at = datetime.datetime.fromtimestamp(due, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def schedule(numbers):
    for n in numbers:
        ctl("post", "add", "--brand", brand, "--account", page, "--text", f"burst {n}", "--at", at)


threads = [threading.Thread(target=schedule, args=(range(part, POSTS, 4),)) for part in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert time.time() < due - 1, "scheduling took too long for the instant that was chosen"
cpu_before, rss_before = read_usage(publisher.pid)
commits_before = ctl("publisher", "status")[0]["publisher"]["commits"]
time.sleep(max(0, due - time.time()))
while True:
    time.sleep(0.5)
    arrived = [post["created_us"] / 1e6 for post in sandbox.public() if post["text"].startswith("burst ")]
    if len(arrived) >= POSTS or time.time() > due + 120:
        break
while any(ctl("post", "list", "--state", state) for state in ("scheduled", "publishing")) and time.time() < due + 150:
    time.sleep(0.5)
cpu, rss = read_usage(publisher.pid)
commits = ctl("publisher", "status")[0]["publisher"]["commits"] - commits_before
published = len(ctl("post", "list", "--state", "published"))
publisher.terminate()
publisher.wait(30)
sandbox.stop()

late = [1000 * (moment - due) for moment in arrived]
spent = max(arrived) - due
print(f"posts {POSTS}, in flight {IN_FLIGHT}, public {len(arrived)}, told published {published}")
print(f"lateness p50 {percentile(late, 0.5):.0f} ms, p99 {percentile(late, 0.99):.0f} ms, first {min(late):.1f} ms")
print(f"posts/s {POSTS / spent:.0f}; the plain client {POSTS / reference:.0f}; ratio {reference / spent:.2f}")
print(f"CPU {cpu - cpu_before:.2f} s, peak RSS {rss / 1024:.1f} MiB (before the burst {rss_before / 1024:.1f})")
print(f"durable commits {commits}, {commits / POSTS:.2f} a post")
sys.exit(0 if len(arrived) == published == POSTS else 1)
