-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The few posts that need people, counted at every change in the window.
CREATE INDEX post_attention ON post (brand_id) WHERE deleted_at = 0 AND state IN (4, 5, 6);
