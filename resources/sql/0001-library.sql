-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Times are microseconds since the epoch, UTC; 0 is "not set". Ids are text. Never renumber states.

CREATE TABLE setting (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE profile (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  organization TEXT NOT NULL
) STRICT;

CREATE TABLE brand (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  timezone TEXT NOT NULL,
  late_policy INTEGER NOT NULL DEFAULT 0,
  late_hours INTEGER NOT NULL DEFAULT 2,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE platform_app (
  platform TEXT PRIMARY KEY NOT NULL,
  app_id TEXT NOT NULL
) STRICT;

CREATE TABLE account (
  id TEXT PRIMARY KEY NOT NULL,
  brand_id TEXT NOT NULL REFERENCES brand (id),
  platform INTEGER NOT NULL,
  remote_id TEXT NOT NULL,
  parent_remote_id TEXT,
  name TEXT NOT NULL,
  username TEXT,
  person_id TEXT,
  app_id TEXT,
  scopes TEXT,
  state INTEGER NOT NULL,
  state_reason TEXT,
  token_expires_at INTEGER NOT NULL DEFAULT 0,
  access_expires_at INTEGER NOT NULL DEFAULT 0,
  followers INTEGER NOT NULL DEFAULT -1,
  connected_at INTEGER NOT NULL DEFAULT 0,
  checked_at INTEGER NOT NULL DEFAULT 0,
  last_published_at INTEGER NOT NULL DEFAULT 0,
  rest_until INTEGER NOT NULL DEFAULT 0,     -- the platform asked this account to wait
  UNIQUE (brand_id, platform, remote_id)
) STRICT;

CREATE TABLE media (
  sha256 TEXT PRIMARY KEY NOT NULL,
  mime TEXT NOT NULL,
  file_name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  duration INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE post (
  id TEXT PRIMARY KEY NOT NULL,
  brand_id TEXT NOT NULL REFERENCES brand (id),
  kind INTEGER NOT NULL,
  text TEXT NOT NULL,
  link TEXT,
  first_comment TEXT,
  options TEXT,                               -- a{ss} in GVariant text form
  due_at INTEGER NOT NULL DEFAULT 0,
  wall_time TEXT,
  zone TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL DEFAULT 0,
  -- What a chip shows, kept beside the post so that a month is one covering scan.
  title TEXT NOT NULL DEFAULT '',
  state INTEGER NOT NULL DEFAULT 0,
  platforms INTEGER NOT NULL DEFAULT 0,
  thumbnail TEXT
) STRICT;

CREATE INDEX post_calendar
  ON post (due_at, brand_id, state, platforms, title, thumbnail, id, deleted_at)
  WHERE deleted_at = 0;
CREATE INDEX post_brand ON post (brand_id);

CREATE TABLE post_media (
  post_id TEXT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  sha256 TEXT NOT NULL REFERENCES media (sha256),
  alt TEXT,
  PRIMARY KEY (post_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_media_used ON post_media (sha256);

CREATE TABLE target (
  id TEXT PRIMARY KEY NOT NULL,
  post_id TEXT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  account_id TEXT NOT NULL REFERENCES account (id),
  platform INTEGER NOT NULL,
  state INTEGER NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL DEFAULT 0,         -- when the engine acts on it next; 0 never
  reason_code TEXT,
  reason TEXT,
  fix TEXT,
  remote_id TEXT,
  permalink TEXT,
  published_at INTEGER NOT NULL DEFAULT 0,
  UNIQUE (post_id, account_id)
) STRICT;

CREATE INDEX target_next ON target (next_at, state) WHERE next_at > 0;
CREATE INDEX target_account ON target (account_id, state);
CREATE INDEX target_state ON target (state) WHERE state = 2;

CREATE TABLE fact (
  target_id TEXT NOT NULL REFERENCES target (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (target_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  target_id TEXT NOT NULL REFERENCES target (id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  step TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0,
  http_status INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  note TEXT,
  request_id TEXT
) STRICT;
CREATE INDEX journal_target ON journal (target_id, id);
-- One attempt has one committing request: the second is refused by the database itself.
CREATE UNIQUE INDEX journal_commit ON journal (target_id, attempt) WHERE kind = 'commit';

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  host TEXT NOT NULL,
  purpose TEXT NOT NULL,
  account_id TEXT,
  bytes_sent INTEGER NOT NULL,
  bytes_received INTEGER NOT NULL,
  result TEXT NOT NULL
) STRICT;
CREATE INDEX ledger_at ON ledger (at);

CREATE TABLE activity (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  client_id TEXT,
  label TEXT NOT NULL,
  command BLOB NOT NULL,                      -- (sa{sv}), serialised
  inverse BLOB,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX activity_client ON activity (client_id) WHERE client_id IS NOT NULL;
