/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the adapters share: values in, one line of text out. */

#pragma once

#include "smm-platform.h"

G_BEGIN_DECLS

#define PAGE_ID "104857600123456"
#define INSTAGRAM_ID "17841400123456789"
#define APP_ID "987654321012345"
/* 2026-11-23T09:15:00Z, two seconds before the posts of the fixtures. */
#define SENT_AT (G_GINT64_CONSTANT (1795425300) * G_USEC_PER_SEC)

typedef struct
{
  const SmmPlatform *platform;
  SmmPublication pub;
} TestPub;

#define TEST_VIDEO_BYTES 2411724
TestPub *test_pub_new_kind (SmmPlatformId id, SmmPostKind kind, const char *text, const char *link,
                            const char *media);
void test_pub_set_option (TestPub *self, const char *key, const char *value);
SmmMedia *test_video (void);
TestPub *test_pub_new (SmmPlatformId id, const char *text, const char *link, guint n_media);
void test_pub_free (TestPub *self);
void test_pub_set_facts (TestPub *self, const char *facts);
void test_pub_claim (TestPub *self, const char *remote_id);
SmmMedia *test_media (int width, int height, const char *mime);
SmmAccount *test_account (SmmPlatformId id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestPub, test_pub_free)

char *test_fixture (const char *name);
/* @fixture: a fixture's name, or the body itself, which begins with '{' or '<'. */
char *test_answer_body (const char *fixture);
char **test_fixture_names (void);
SmmResponse *test_answer (guint status, const char *body);
SmmResponse *test_answer_bytes (guint status, const char *body, gsize n);

/* One turn of the engine: this is asked, this is answered, this is made of it. */
typedef struct
{
  const char *step;
  guint status;        /* 0: no answer */
  const char *fixture; /* or a body that begins with '{' or '<' */
  const char *outcome;
} TestTurn;
/* Plays turns up to one without a step; one without an outcome only looks at the step. */
void test_run_turns (TestPub *self, const TestTurn *turns);
void test_run_looks (TestPub *self, const TestTurn *turns);

char *test_describe_request (SmmRequest *request);
char *test_describe_step (SmmStep *step);
char *test_describe_outcome (SmmOutcome *outcome);
char *test_describe_reconcile (SmmReconcile *found);
const char *test_outcome_name (SmmOutcomeKind kind);

/* A hostile variant of a text: the same for the same @seed. */
GBytes *test_mutate (const char *text, guint32 seed);

G_END_DECLS
