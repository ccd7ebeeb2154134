# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Web spaces on this computer: a WebDAV folder and an S3 bucket that check who writes, and show what
lies in them to everybody. Faults are switched on by name."""

import base64
import datetime
import hashlib
import hmac
import http.server
import re
import threading
import urllib.parse

USER, PASSWORD = "Åsa", "dav pass:word"
KEY, SECRET_KEY, REGION = "AKIDEXAMPLE", "s3/secret+key", "eu-test-1"


def sign(method, path, headers, signed, scope, stamp, payload):
    canonical = "\n".join([method, path, ""] + [f"{name}:{' '.join(headers[name].split())}" for name in signed]
                          + ["", ";".join(signed), payload])
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET_KEY).encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class Space:
    """What lies there and what was asked."""

    def __init__(self):
        self.files = {}            # path → (type, bytes)
        self.log = []              # (method, path, status, "writer" or "stranger")
        self.faults = set()
        space = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do(self):
                length = int(self.headers.get("Content-Length", 0))
                body = self.rfile.read(length)
                who = "writer" if "Authorization" in self.headers else "stranger"
                status, headers, answer = space.answer(self, self.command, self.path, body)
                space.log.append((self.command, self.path, status, who))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer)

            do_GET = do_HEAD = do_PUT = do_DELETE = do

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, handler, method, path, body):
        if method in ("PUT", "DELETE") or "Authorization" in handler.headers:
            refusal = self.check(handler, method, path, body)
            if refusal:
                return refusal
        if method == "PUT":
            if "busy" in self.faults:
                return 503, {}, b""
            if "full" in self.faults:
                return 507, {}, b""
            self.files[path] = (handler.headers["Content-Type"], body)
            return 201, {}, b""
        if method == "DELETE":
            if "no-delete" in self.faults:
                return 503, {}, b""
            return (204 if self.files.pop(path, None) else 404), {}, b""
        return self.show(handler, method, path)

    def show(self, handler, method, path):
        stranger = "Authorization" not in handler.headers
        if path not in self.files or (stranger and "gone" in self.faults):
            return 404, {}, b""
        kind, body = self.files[path]
        if stranger and "private" in self.faults:
            return 403, {}, b""
        if stranger and "login" in self.faults:
            return 302, {"Location": "https://login.example.org/"}, b""
        if stranger and "page" in self.faults:
            return 200, {"Content-Type": "text/html"}, b"<html>Sign in</html>"
        if stranger and "type" in self.faults:
            kind = "application/octet-stream"
        if stranger and "shrunk" in self.faults:
            body = body[:-7]
        if stranger and "no-head" in self.faults and method == "HEAD":
            return 405, {}, b""
        return 200, {"Content-Type": kind, "Content-Length": str(len(body))}, body

    def count(self, method, who=None):
        return sum(1 for entry in self.log if entry[0] == method and who in (None, entry[3]))


class WebDav(Space):
    def __init__(self, user=USER):
        super().__init__()
        self.user = user

    def check(self, handler, method, path, body):
        wanted = "Basic " + base64.b64encode(f"{self.user}:{PASSWORD}".encode()).decode()
        if handler.headers.get("Authorization") != wanted or "denied" in self.faults:
            return 401, {"WWW-Authenticate": "Basic"}, b""
        if not re.fullmatch(r"/dav/photos/[0-9a-f]{32}\.(jpg|mp4)", path):
            return 409, {}, b""
        return None


class S3(Space):
    """Checks what Amazon checks: the signature over host, time and body, and that the body is it."""

    @staticmethod
    def refuse(status, code):
        return status, {"Content-Type": "application/xml"}, f"<Error><Code>{code}</Code></Error>".encode()

    def check(self, handler, method, path, body):
        headers = {name.lower(): value for name, value in handler.headers.items()}
        found = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\S+?), ?SignedHeaders=(\S+?), ?Signature=([0-9a-f]{64})",
                             headers.get("authorization", ""))
        if not found or "denied" in self.faults:
            return self.refuse(403, "AccessDenied")
        key, scope, names, signature = found.groups()
        stamp, payload, signed = headers.get("x-amz-date", ""), headers.get("x-amz-content-sha256"), names.split(";")
        if key != KEY:
            return self.refuse(403, "InvalidAccessKeyId")
        if scope.split("/")[1:] != [REGION, "s3", "aws4_request"]:
            return (400, {}, f"<Error><Code>AuthorizationHeaderMalformed</Code><Region>{REGION}</Region></Error>".encode())
        if signed != sorted(signed) or not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(signed):
            return self.refuse(403, "AccessDenied")
        at = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
        if abs((datetime.datetime.now(datetime.timezone.utc) - at).total_seconds()) > 900 or not scope.startswith(stamp[:8]):
            return self.refuse(403, "RequestTimeTooSkewed")
        if hashlib.sha256(body).hexdigest() != payload:
            return self.refuse(400, "XAmzContentSHA256Mismatch")
        if sign(method, urllib.parse.quote(path, "/~"), headers, signed, scope, stamp, payload) != signature:
            return self.refuse(403, "SignatureDoesNotMatch")
        if not re.fullmatch(r"/shop-photos/smm/out/[0-9a-f]{32}\.(jpg|mp4)", path):
            return self.refuse(404, "NoSuchBucket")
        return None
