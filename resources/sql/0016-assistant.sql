-- SPDX-FileCopyrightText: 2026 The nkonsept SMM authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What the AI costs, in millionths of a US dollar. A request is written down at the most it can cost
-- before it is sent, and at what it did cost when that is known: whatever breaks in between, never
-- more is spent in a month than was allowed.

CREATE TABLE ai_use (
  id TEXT PRIMARY KEY NOT NULL,
  at INTEGER NOT NULL,
  month TEXT NOT NULL,                        -- "2026-11", UTC, as providers count
  provider TEXT NOT NULL,                     -- "openai", "openai-eu", "https://ai.example.org"
  model TEXT NOT NULL,                        -- "" when none was asked
  purpose TEXT NOT NULL,
  state INTEGER NOT NULL,                     -- SmmAiUseState
  input_tokens INTEGER NOT NULL,              -- at most, until it is settled
  output_tokens INTEGER NOT NULL,
  cost INTEGER NOT NULL
) STRICT;
CREATE INDEX ai_use_month ON ai_use (month, state, cost);

CREATE TABLE ai_price (
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  input INTEGER NOT NULL,                     -- for a million tokens
  output INTEGER NOT NULL,
  PRIMARY KEY (provider, model)
) STRICT, WITHOUT ROWID;
