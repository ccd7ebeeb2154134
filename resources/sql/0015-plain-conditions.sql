-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- For a list of states in an index's condition SQLite makes two tables each time a row is changed.

DROP INDEX post_attention;
CREATE INDEX post_attention ON post (brand_id) WHERE deleted_at = 0 AND state > 3 AND state < 7;
DROP INDEX target_unsettled;
CREATE INDEX target_unsettled ON target (state, due_at)
  WHERE state > 1 AND state <> 3 AND state < 7;
