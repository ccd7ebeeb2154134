-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- When a brand likes to post, week by week: times on the wall in the brand's zone.

CREATE TABLE slot (
  brand_id TEXT NOT NULL REFERENCES brand (id),
  account_id TEXT NOT NULL DEFAULT '',        -- '': every account that has no slots of its own
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),     -- Monday is 1
  minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),    -- of the day
  PRIMARY KEY (brand_id, account_id, weekday, minute)
) STRICT, WITHOUT ROWID;
