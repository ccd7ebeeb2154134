-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- An account that was disconnected while the platform could not be reached: until then it is told.

ALTER TABLE account ADD COLUMN revoke_until INTEGER NOT NULL DEFAULT 0;
