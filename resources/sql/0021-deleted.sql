-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What has been deleted for so long that it goes for good is found without going through all posts.

CREATE INDEX post_deleted ON post (deleted_at) WHERE deleted_at > 0;
