# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A keyring that is locked, absent or hangs: posts wait and say why, nothing is sent, nothing is lost."""

import os
import signal
import subprocess

from harness import APP_ID, HOME, PUBLISHER, SECRET, Checks, Sandbox, connect, ctl, publish

tap = Checks()
sandbox = Sandbox()
ctl("brand", "add", "A Shop", "--timezone", "UTC")
brand = ctl("brand", "list")[0]["brand"]["id"]
ctl("platform", "set", "meta", "--app-id", APP_ID, "--secret-stdin", stdin=SECRET)
page = connect("facebook", brand)

NO_SERVICES = os.path.join(HOME, "no-services.conf")
with open(NO_SERVICES, "w") as file:
    file.write("""<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="false"/><allow own="*"/></policy>
</busconfig>""")


def call(path, method, *args):
    return subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", path,
                           "--method", method, *args], capture_output=True, text=True, check=False).stdout


def add(text):
    return ctl("post", "add", "--brand", brand, "--account", page, "--text", text, "--at", "now")[0]["post"]["id"]


def target(post):
    return ctl("post", "show", post)[0]["post"]["targets"][0]


def public(text):
    return sum(post["text"] == text for post in sandbox.public())


def unlock():
    subprocess.run(["gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets", "--daemonize"], input=b"\n",
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def daemon():
    told = subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path",
                           "/org/freedesktop/DBus", "--method", "org.freedesktop.DBus.GetConnectionUnixProcessID",
                           "org.freedesktop.secrets"], capture_output=True, text=True, check=True).stdout
    return int("".join(filter(str.isdigit, told.replace("uint32", ""))))


def check(text, post, code):
    told = target(post)
    tap.check(told["state"] == "held" and told["code"] == code and told["reason"], f"{text}: held, {told['code']}: {told['reason']}")
    tap.check(public(text) == 0, f"{text}: nothing was sent")


def check_again(text, post):
    publish()
    told = target(post)
    tap.check(told["state"] == "published" and public(text) == 1, f"{text}: once the keyring answers it goes out, once")


post = add("locked")
call("/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock", "[objectpath '/org/freedesktop/secrets/collection/login']")
publish(expect=(3,))
check("locked", post, "keyring")
unlock()
check_again("locked", post)

post = add("absent")
done = subprocess.run(["dbus-run-session", "--config-file", NO_SERVICES, "--", PUBLISHER, "--until-idle"], timeout=120,
                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
tap.check(done.returncode == 3, "without a keyring the publisher says so")
check("absent", post, "keyring")
check_again("absent", post)

post = add("hanging")
keyring = daemon()
os.kill(keyring, signal.SIGSTOP)
try:
    publish(expect=(3,), timeout=60)
finally:
    os.kill(keyring, signal.SIGCONT)
check("hanging", post, "keyring")
check_again("hanging", post)


def check_unopened(text, told, *words):
    """What does not open is told by its cause and its own way out."""
    post = add(text)
    publish()
    check(text, post, "signed-out")
    reason = target(post)["reason"]
    tap.check(all(word in reason for word in words), f"{text}: {reason} names {words}")
    told()
    ctl("post", "retry", post)
    check_again(text, post)


KEY = os.path.join(os.environ["XDG_DATA_HOME"], "nkonsept-smm", "vault.key")
with open(KEY, "rb") as file:
    keys = file.read()


def write(content, mode=0o600):
    with open(KEY, "wb") as file:
        file.write(content)
    os.chmod(KEY, mode)


os.chmod(KEY, 0o644)
check_unopened("a key others can read", lambda: write(keys), "vault.key", "chmod 600")
write(b"damaged")
check_unopened("a damaged key", lambda: write(keys), "vault.key", "backup", "delete it")
os.unlink(KEY)
check_unopened("a key that is gone", lambda: write(keys), "key file", "gone", "backup")
# The same key by its number, with other bits: nothing it sealed opens.
write(keys[:16] + bytes(byte ^ 1 for byte in keys[16:]))
check_unopened("a sign-in that was changed", lambda: write(keys), "changed by something else", "Sign in again")
sandbox.stop()
tap.end()
