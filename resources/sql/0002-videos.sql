-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What platforms want to know of a video, and accounts that sign in without a Page.

ALTER TABLE media ADD COLUMN container TEXT;
ALTER TABLE media ADD COLUMN video_codec TEXT;
ALTER TABLE media ADD COLUMN audio_codec TEXT;
ALTER TABLE media ADD COLUMN frame_rate REAL NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN bit_rate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN audio_rate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN audio_channels INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;   -- SmmMediaFlags

ALTER TABLE account ADD COLUMN login TEXT;                       -- NULL: the platform's usual sign-in
