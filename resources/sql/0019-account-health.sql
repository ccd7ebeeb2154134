-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What a platform said last of an account beside its sign-in: asked once a day.

CREATE TABLE account_health (
  account_id TEXT PRIMARY KEY NOT NULL REFERENCES account (id),
  asked_at INTEGER NOT NULL,                  -- µs UTC
  tasks TEXT                                  -- the person's on the Page, space separated; '': none;
                                              -- NULL: not a Page's account, or not known
) STRICT;
