-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What people say of a medium in the library: it holds for every post that uses it from then on.

ALTER TABLE media ADD COLUMN description TEXT;
ALTER TABLE media ADD COLUMN tags TEXT;                             -- a line each
ALTER TABLE media ADD COLUMN deleted_at INTEGER NOT NULL DEFAULT 0; -- the file goes a month later
CREATE INDEX media_deleted ON media (deleted_at) WHERE deleted_at > 0;
