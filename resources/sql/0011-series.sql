-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Recurring posts. The owner makes ordinary posts of them ahead of time; a local date has one of a
-- series at most, and the database itself sees to it.

CREATE TABLE series (
  id TEXT PRIMARY KEY NOT NULL,
  brand_id TEXT NOT NULL REFERENCES brand (id),
  rule TEXT NOT NULL,                         -- see smm-rule.h
  time TEXT NOT NULL,                         -- "09:30" in zone
  zone TEXT NOT NULL,
  content TEXT NOT NULL,                      -- what the posts are: a{sv} in GVariant text form
  cursor_day TEXT,                            -- the last day that was seen to; NULL: none
  cursor_n INTEGER NOT NULL DEFAULT 0,        -- how many days of the rule that makes
  top_up_at INTEGER NOT NULL DEFAULT 0,       -- when more posts have to be made; 0: never
  revision INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  stopped_at INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX series_top_up ON series (top_up_at) WHERE top_up_at > 0;

CREATE TABLE occurrence (
  series_id TEXT NOT NULL REFERENCES series (id),
  day TEXT NOT NULL,                          -- "2026-12-01"
  n INTEGER NOT NULL,                         -- 0 is the first
  post_id TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL,                       -- of the post as it was made: else it was changed
  PRIMARY KEY (series_id, day)
) STRICT, WITHOUT ROWID;
