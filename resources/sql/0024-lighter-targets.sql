-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- A target changes its state twice for each post. With a trigger on it SQLite takes a third more for
-- every change, so what people are to be told of it is written by the store, in the same commit. And
-- no list asks for an account's targets by state.

DROP TRIGGER notice_target;
DROP TRIGGER notice_handed_over;
DROP INDEX target_account;
CREATE INDEX target_account ON target (account_id);
