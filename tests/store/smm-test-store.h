/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A library on disk with something in it; every test has XDG folders of its own. */

#pragma once

#include <sys/types.h>

#include "smm-store-write.h"

G_BEGIN_DECLS

#define TEST_BRAND "brand-1"
#define TEST_FACEBOOK "account-facebook"
#define TEST_INSTAGRAM "account-instagram"
/* 2026-12-01T09:00:00Z */
#define TEST_DUE (G_GINT64_CONSTANT (1796115600) * G_USEC_PER_SEC)

SmmStore *test_open_owner (void);
/* A brand with an account on each platform. */
void test_fill_accounts (SmmStore *store);
/* Posts "post-N" with targets "target-N" on Facebook, N from @first on, each in its transaction. */
void test_fill_posts (SmmStore *store, guint first, guint n, SmmTargetState state);
guint test_count_posts (SmmStore *store);
/* Runs @sql on the file behind the store's back. */
void test_exec (const char *path, const char *sql);
gint64 test_query (const char *path, const char *sql);
char *test_hash_file (const char *path);

/* Runs @function in a child; its answer is the exit status. */
typedef int (*TestChild) (gpointer data);
pid_t test_fork (TestChild function, gpointer data);
int test_wait (pid_t child);

G_END_DECLS
