-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What a brand is and how it sounds. Tones go from -100 to 100, 0 is the middle.

ALTER TABLE brand ADD COLUMN logo TEXT REFERENCES media (sha256);
ALTER TABLE brand ADD COLUMN colors TEXT;                         -- "#rrggbb #rrggbb", the main one first
ALTER TABLE brand ADD COLUMN website TEXT;
ALTER TABLE brand ADD COLUMN description TEXT;
ALTER TABLE brand ADD COLUMN audience TEXT;
ALTER TABLE brand ADD COLUMN topics TEXT;                         -- a line each
ALTER TABLE brand ADD COLUMN dos TEXT;                            -- a line each
ALTER TABLE brand ADD COLUMN donts TEXT;                          -- a line each
ALTER TABLE brand ADD COLUMN hashtags TEXT;                       -- "#one #two"
ALTER TABLE brand ADD COLUMN languages TEXT;
ALTER TABLE brand ADD COLUMN tone_relaxed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE brand ADD COLUMN tone_playful INTEGER NOT NULL DEFAULT 0;
ALTER TABLE brand ADD COLUMN tone_poetic INTEGER NOT NULL DEFAULT 0;
ALTER TABLE brand ADD COLUMN tone_bold INTEGER NOT NULL DEFAULT 0;
ALTER TABLE brand ADD COLUMN tone_long INTEGER NOT NULL DEFAULT 0;
ALTER TABLE brand ADD COLUMN emoji INTEGER NOT NULL DEFAULT 1;    -- SmmBrandEmoji
ALTER TABLE brand ADD COLUMN voice INTEGER NOT NULL DEFAULT 0;    -- SmmBrandVoice
ALTER TABLE brand ADD COLUMN setup_step INTEGER NOT NULL DEFAULT 0;  -- 0: set up; else the next step
