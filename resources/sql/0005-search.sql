-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Words of posts. The index keeps no copy of the text; it knows a post by a number of its own, for
-- SQLite may change hidden row ids when a file is compacted.

ALTER TABLE post ADD COLUMN number INTEGER;
UPDATE post SET number = rowid;
CREATE UNIQUE INDEX post_number ON post (number);

-- A list of all posts of a brand by time, with what filters ask, in one covering scan.
CREATE INDEX post_list ON post (brand_id, due_at, state, platforms, number) WHERE deleted_at = 0;

CREATE VIRTUAL TABLE post_search USING fts5 (
  text, first_comment, link,
  content = 'post', content_rowid = 'number',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO post_search (post_search) VALUES ('rebuild');

-- A trigger must not write to a virtual table (the schema is not trusted): what changed is noted with
-- the words it had, and the store brings the index up to date before it commits.
CREATE TABLE post_search_todo (
  number INTEGER PRIMARY KEY,
  known INTEGER NOT NULL,                     -- 1: the index has the words that follow
  text TEXT,
  first_comment TEXT,
  link TEXT
) STRICT;
CREATE TRIGGER post_search_add AFTER INSERT ON post WHEN new.number IS NOT NULL BEGIN
  INSERT OR IGNORE INTO post_search_todo (number, known) VALUES (new.number, 0);
END;
-- Who adds a post need not think of its number.
CREATE TRIGGER post_search_number AFTER INSERT ON post WHEN new.number IS NULL BEGIN
  UPDATE post SET number = (SELECT coalesce (max (number), 0) + 1 FROM post) WHERE id = new.id;
  INSERT OR IGNORE INTO post_search_todo (number, known) SELECT number, 0 FROM post
  WHERE id = new.id;
END;
CREATE TRIGGER post_search_change AFTER UPDATE OF text, first_comment, link ON post
WHEN old.text IS NOT new.text OR old.first_comment IS NOT new.first_comment
  OR old.link IS NOT new.link BEGIN
  INSERT OR IGNORE INTO post_search_todo
  VALUES (old.number, 1, old.text, old.first_comment, old.link);
END;
CREATE TRIGGER post_search_remove AFTER DELETE ON post BEGIN
  INSERT OR IGNORE INTO post_search_todo
  VALUES (old.number, 1, old.text, old.first_comment, old.link);
END;
