-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What a brand notes on a day of its calendar, for its own eyes.

CREATE TABLE note (
  brand_id TEXT NOT NULL REFERENCES brand (id),
  day TEXT NOT NULL,                          -- "2026-12-01"
  text TEXT NOT NULL,                         -- one line
  PRIMARY KEY (brand_id, day)
) STRICT, WITHOUT ROWID;
