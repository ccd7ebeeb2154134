/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the privacy room.
 *
 * What the program says about data, and what people may demand of it: the text itself in their
 * language (SmmPolicy), all there is as one archive, and taking everything away. Reads the library
 * and the keyring; knows nothing of windows. What was agreed to is in the library, by the command
 * policy.accept.
 */

#pragma once

#include "smm-library.h"

G_BEGIN_DECLS

typedef struct
{
  char *heading;
  char *text; /* paragraphs, a line each */
} SmmPolicyPart;

typedef struct
{
  int version;        /* SMM_POLICY_VERSION */
  char *date;         /* "2026-11-28" */
  GPtrArray *parts;   /* SmmPolicyPart* */
  GPtrArray *changes; /* SmmPolicyChange*, oldest first */
} SmmPolicy;

typedef struct
{
  int version;
  char *text; /* one sentence or two */
} SmmPolicyChange;

/* In the language of the session, else in English. */
SmmPolicy *smm_policy_new (void);
/* Of resources/policy/NAME.txt; NULL: there is none. */
SmmPolicy *smm_policy_new_for_language (const char *name);
void smm_policy_free (SmmPolicy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmPolicy, smm_policy_free)

/* As plain text. */
char *smm_policy_to_text (SmmPolicy *self);
/* What is new since @version, a line each; "" when nothing is. */
char *smm_policy_describe_changes (SmmPolicy *self, int version);

G_END_DECLS
