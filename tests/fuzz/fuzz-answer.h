/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-fuzz.h"

#include "smm-platform.h"

G_BEGIN_DECLS

/* 2026-11-23T09:15:00Z, about when the posts of the fixtures were made. */
#define FUZZ_NOW (G_GINT64_CONSTANT (1795425300) * G_USEC_PER_SEC)

/* A publication made from the first bytes of an input, and the answers that follow. */
typedef struct
{
  const SmmPlatform *platform;
  SmmPublication pub;
  SmmFuzzInput input;
  gboolean knows_secret; /* the input names the app's secret: it may come back */
} Fuzz;

/* @fuzz takes over what is left of @input. */
void fuzz_init (Fuzz *fuzz, const SmmPlatform *platform, SmmFuzzInput *input);
void fuzz_clear (Fuzz *fuzz);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fuzz, fuzz_clear)

/* Whether the adapter finds nothing against this post. */
gboolean fuzz_is_valid (Fuzz *fuzz);
SmmResponse *fuzz_take_response (Fuzz *fuzz);
/* Whatever an answer said before, the next request is well-formed and goes to the platform. */
void fuzz_check_request (SmmRequest *request);

G_END_DECLS
