-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What a post is on one account where it differs from what it is on all. NULL: as the post says; an
-- empty text: nothing of the kind.

CREATE TABLE variant (
  target_id TEXT PRIMARY KEY NOT NULL REFERENCES target (id) ON DELETE CASCADE,
  text TEXT,
  link TEXT,
  first_comment TEXT,
  options TEXT,                               -- a{ss} in GVariant text form, over the post's own
  own_media INTEGER NOT NULL DEFAULT 0        -- 1: variant_media instead of post_media
) STRICT, WITHOUT ROWID;

CREATE TABLE variant_media (
  target_id TEXT NOT NULL REFERENCES variant (target_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  sha256 TEXT NOT NULL REFERENCES media (sha256),
  alt TEXT,
  PRIMARY KEY (target_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX variant_media_used ON variant_media (sha256);

-- SHA-256 of what a committing request was to make public.
ALTER TABLE journal ADD COLUMN content TEXT;
