-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What lies in the user's web space for Instagram to fetch. A row is written before the file is
-- sent and goes when the file is deleted there: nothing is forgotten on somebody's server.

CREATE TABLE web_file (
  object TEXT PRIMARY KEY NOT NULL,           -- its name there; nobody can guess it
  target_id TEXT NOT NULL,                    -- no reference: the file may outlive the post
  position INTEGER NOT NULL,
  path TEXT NOT NULL,                         -- what was sent
  space TEXT NOT NULL,                        -- where: a{ss} in GVariant text form, no secret
  ready_at INTEGER NOT NULL DEFAULT 0,        -- when a stranger last saw it; 0: not good
  next_at INTEGER NOT NULL DEFAULT 0,         -- not before this is its deletion tried (again)
  tries INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX web_file_target ON web_file (target_id, position);
