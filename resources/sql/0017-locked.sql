-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What waits for the keyring is due when it opens, and at each start: it is found without going
-- through all that is scheduled.

CREATE INDEX target_locked ON target (next_at) WHERE fix = 'unlock';
