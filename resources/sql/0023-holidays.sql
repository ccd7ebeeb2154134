-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Named days that a brand took from calendar files. What was deleted can come back.

CREATE TABLE holidays (
  id TEXT PRIMARY KEY NOT NULL,
  brand_id TEXT NOT NULL REFERENCES brand (id),
  name TEXT NOT NULL,
  shown INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE holiday (
  holidays_id TEXT NOT NULL REFERENCES holidays (id) ON DELETE CASCADE,
  day TEXT NOT NULL,                          -- "2026-12-25"
  name TEXT NOT NULL,                         -- one line
  PRIMARY KEY (holidays_id, day, name)
) STRICT, WITHOUT ROWID;
