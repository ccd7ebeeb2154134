# SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What check and demo share: the packages they need, and getting them.

packages=(
  gcc libc6-dev meson ninja-build pkg-config gettext libgtk-4-dev libadwaita-1-dev libgtk-4-bin
  libwebkitgtk-6.0-dev
  libsecret-1-dev libsoup-3.0-dev libcurl4-openssl-dev libjson-glib-dev libsqlite3-dev libgcrypt20-dev libarchive-dev libxml2-dev libenchant-2-dev
  libgdk-pixbuf-2.0-dev liblcms2-dev libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad
  gstreamer1.0-plugins-ugly gstreamer1.0-libav glib-networking libglib2.0-bin libglib2.0-dev-bin
  desktop-file-utils appstream libxml2-utils librsvg2-common adwaita-icon-theme
  xvfb xdotool imagemagick x11-utils dbus dbus-daemon at-spi2-core gir1.2-atspi-2.0
  python3 python3-gi gnome-keyring libsecret-tools metacity fonts-cantarell fonts-dejavu-core
  fonts-noto-color-emoji procps git ca-certificates
)

tell_what_to_install() {
  cat >&2 <<TEXT
These packages are needed and can't be installed from here (no root, no sudo, or not Debian):

  Debian 12 or newer:  ${missing[*]:-${packages[*]}}
  Fedora:              gcc meson gettext gtk4-devel libadwaita-devel webkitgtk6.0-devel
                       libsecret-devel libsoup3-devel libcurl-devel json-glib-devel sqlite-devel libgcrypt-devel libarchive-devel libxml2-devel enchant2-devel gdk-pixbuf2-devel
                       lcms2-devel gstreamer1-devel gstreamer1-plugins-base-devel gstreamer1-plugins-good
                       gstreamer1-plugins-bad-free gstreamer1-plugin-openh264 gstreamer1-plugin-libav
                       desktop-file-utils appstream libxml2 xorg-x11-server-Xvfb xdotool ImageMagick
                       dbus-daemon at-spi2-core python3-gobject gnome-keyring libsecret metacity
  Arch:                base-devel meson gtk4 libadwaita webkitgtk-6.0 libsecret libsoup3 curl json-glib
                       sqlite libgcrypt libarchive libxml2 enchant gdk-pixbuf2 lcms2 gst-plugins-base gst-plugins-good gst-plugins-bad
                       gst-plugins-ugly gst-libav desktop-file-utils appstream libxml2 xorg-server-xvfb
                       xdotool imagemagick dbus at-spi2-core python-gobject gnome-keyring metacity
TEXT
}

install_packages() {
  missing=()
  if command -v dpkg-query >/dev/null; then
    local package
    for package in "${packages[@]}"; do
      dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
        missing+=("$package")
    done
  else
    local program
    for program in gcc meson ninja pkg-config dbus-run-session Xvfb gnome-keyring-daemon; do
      command -v "$program" >/dev/null || missing+=("$program")
    done
    [ ${#missing[@]} = 0 ] || { tell_what_to_install; exit 2; }
    return 0
  fi
  [ ${#missing[@]} -gt 0 ] || return 0
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { tell_what_to_install; exit 2; }
    as_root=(sudo)
  fi
  echo "Installing ${#missing[@]} packages …" >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
      --no-install-recommends "${missing[@]}" >&2 || { tell_what_to_install; exit 2; }
}
