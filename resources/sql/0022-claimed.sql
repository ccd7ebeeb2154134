-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Which posts of an account are ours already is read in order, however many there are.

CREATE INDEX target_claimed ON target (account_id, published_at) WHERE remote_id IS NOT NULL;
