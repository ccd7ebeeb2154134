-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What people are to be told, and the mails that tell it. A notice is written by the same commit that
-- makes it true, whoever makes it, and stays until each channel has dealt with it: so neither quiet
-- hours nor a crash loses one, and none is told again. Kinds are numbered in smm-notices.h.

CREATE TABLE notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  subject TEXT NOT NULL,                      -- id of the target or account
  occasion TEXT NOT NULL,                     -- which time: of one occasion it is told once
  at INTEGER NOT NULL,
  desktop INTEGER NOT NULL DEFAULT 0,         -- 1: told, or not to be told there
  mail INTEGER NOT NULL DEFAULT 0,            -- the mail that tells it; -1: none does; 0: not decided
  UNIQUE (kind, subject, occasion)
) STRICT;
CREATE INDEX notice_desktop ON notice (id) WHERE desktop = 0;
CREATE INDEX notice_mail ON notice (id) WHERE mail = 0;

-- "Or ignore" would not do: the statement that fires a trigger decides that.
CREATE TRIGGER notice_target AFTER UPDATE OF state ON target
WHEN new.state <> old.state
  AND new.state > 2 AND (new.state < 7 OR new.reason_code IS 'too-late') BEGIN
  INSERT INTO notice (kind, subject, occasion, at)
  VALUES (
    CASE WHEN new.reason_code IS 'too-late' AND new.state > 5 THEN 5
      WHEN new.state = 3 THEN 1 WHEN new.state = 4 THEN 3 WHEN new.state = 5 THEN 2 ELSE 4 END,
    new.id, new.attempt || ' ' || new.due_at,
    CAST ((julianday ('now') - 2440587.5) * 86400000000 AS INTEGER))
  ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER notice_handed_over AFTER UPDATE OF reason_code ON target
WHEN new.state = 1 AND new.reason_code IS 'handed-over' AND old.reason_code IS NOT 'handed-over' BEGIN
  INSERT INTO notice (kind, subject, occasion, at)
  VALUES (6, new.id, new.attempt || ' ' || new.due_at,
    CAST ((julianday ('now') - 2440587.5) * 86400000000 AS INTEGER))
  ON CONFLICT DO NOTHING;
END;

-- Once a day at the most, whatever a platform says in turn.
CREATE TRIGGER notice_account AFTER UPDATE OF state ON account
WHEN new.state <> old.state AND (new.state = 1 OR new.state = 2) BEGIN
  INSERT INTO notice (kind, subject, occasion, at)
  VALUES (7, new.id, new.state || ' ' || date ('now'),
    CAST ((julianday ('now') - 2440587.5) * 86400000000 AS INTEGER))
  ON CONFLICT DO NOTHING;
END;

-- A mail is written with its key before it is sent, and sent with these very bytes until its fate is
-- known. Its text goes when it was taken.
CREATE TABLE mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,                   -- Idempotency-Key
  state INTEGER NOT NULL DEFAULT 0,           -- 0 waiting, 1 taken, 2 refused, 3 not known, 4 too old
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  unclear_at INTEGER NOT NULL DEFAULT 0,      -- the first attempt that may have sent it; 0: none
  next_at INTEGER NOT NULL DEFAULT 0,         -- not before this is it sent (again)
  tries INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER NOT NULL DEFAULT 0,
  remote_id TEXT,
  problem TEXT                                -- why it did not go, for people
) STRICT;
CREATE INDEX mail_waiting ON mail (next_at) WHERE state = 0;
