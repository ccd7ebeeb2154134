/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the fuzz targets.
 *
 * One program a target: bytes in, no answer out; what is wrong ends the program. With -Dfuzz=true
 * (clang) libFuzzer makes up the bytes; otherwise the same target is linked with fuzz-replay.c and
 * reads the files of its corpus, which makes the corpus a regression test. A target sets its world
 * up in LLVMFuzzerInitialize() and keeps nothing from one input to the next, so that every finding
 * can be repeated from its file alone. build-aux/fuzz builds and runs them.
 *
 * Inputs are text wherever possible: a byte that chooses is taken modulo the number of choices, so
 * '0', '1' … are the first, the second …
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is left of an input. */
typedef struct
{
  const guint8 *data;
  gsize size;
} SmmFuzzInput;

/* Warnings of ours and of GLib are findings. */
void smm_fuzz_be_strict (void);

guint8 smm_fuzz_take_byte (SmmFuzzInput *input);                  /* 0 at the end */
guint smm_fuzz_take_choice (SmmFuzzInput *input, guint n);        /* 0 … n - 1 */
/* Up to @end, which is taken too, or to the input's end; without NUL bytes. Free with g_free. */
char *smm_fuzz_take_text (SmmFuzzInput *input, char end);
GBytes *smm_fuzz_take_bytes (SmmFuzzInput *input, char end);
GBytes *smm_fuzz_take_rest (SmmFuzzInput *input);
/* a{sv} from "t" + its text form, or from any other byte + its serialised form; NULL. */
GVariant *smm_fuzz_take_vardict (SmmFuzzInput *input, char end);

/* A file with these bytes that is gone when @fd is closed. Free the path with g_free. */
char *smm_fuzz_make_file (GBytes *bytes, int *fd);

/* Texts end in the database and on the bus: they must be UTF-8, or NULL where that may be. */
void smm_fuzz_check_text (const char *text);

G_END_DECLS
