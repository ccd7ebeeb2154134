-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Tags and campaigns of a brand, with their colours. What was deleted keeps its posts, so that it can
-- come back.

CREATE TABLE tag (
  id TEXT PRIMARY KEY NOT NULL,
  brand_id TEXT NOT NULL REFERENCES brand (id),
  kind INTEGER NOT NULL,                      -- SmmTagKind
  name TEXT NOT NULL,
  color TEXT NOT NULL,                        -- "#rrggbb"
  first_day TEXT,                             -- of a campaign: "2026-12-01"; NULL: not said
  last_day TEXT,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX tag_name ON tag (brand_id, kind, name COLLATE NOCASE) WHERE deleted_at = 0;

CREATE TABLE post_tag (
  post_id TEXT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  tag_id TEXT NOT NULL REFERENCES tag (id),
  PRIMARY KEY (post_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_tag_used ON post_tag (tag_id, post_id);
