-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What waits in the middle of being published is found without going through all that is due.

CREATE INDEX target_pending ON target (next_at) WHERE next_at > 0 AND state <> 1;
