-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The few targets that are under way or need people are found without going through all there are.

DROP INDEX target_state;
CREATE INDEX target_unsettled ON target (state, due_at) WHERE state IN (2, 4, 5, 6);
