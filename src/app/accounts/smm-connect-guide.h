/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-records.h"

G_BEGIN_DECLS

/* What the assistant says of one way to sign in. Texts are translated by who shows them. */
typedef struct
{
  SmmPlatformId platform;
  const char *login;         /* "instagram": Instagram Login; NULL: the platform's usual one */
  const char *title, *subtitle;
  const char *app;           /* "Your Meta app" */
  const char *id_label, *secret_label;
  gboolean digits;           /* the id is a number */
  const char *portal;        /* where the app is made */
  const char *clicks[6];     /* what to do there, in order; NULL-terminated */
  const char *redirect;      /* where smm_connect_get_redirect() is to be entered */
  const char *trap;          /* what catches everybody once */
} SmmConnectGuide;
/* Ended by a guide without a title. */
const SmmConnectGuide *smm_connect_guides (void);
const SmmConnectGuide *smm_connect_guide_find (SmmPlatformId platform, const char *login);

/* A permission that is asked for, and what happens without it. */
typedef struct
{
  const char *scope;
  const char *label;         /* "Publish posts" */
  const char *without;       /* "Nothing can be published" */
  gboolean needed;           /* nothing goes without it */
} SmmPermission;
/* What an account needs; ended by one without a scope. */
const SmmPermission *smm_permissions_get (SmmPlatformId platform, const char *login);
/* What the sign-in asks for, which may be for accounts of two platforms. */
const SmmPermission *smm_connect_guide_get_permissions (const SmmConnectGuide *guide);
/* @scopes: space separated, as in SmmAccount; NULL: unknown. */
gboolean smm_permission_is_granted (const SmmPermission *permission, const char *scopes);

/* What a person may do on a Page, and what does not go without it (api/meta.md section 2.2); ended by
 * one without a task in place of its scope. */
const SmmPermission *smm_page_tasks_get (void);
/* @tasks: space separated, as in SmmAccountHealth. */
gboolean smm_page_task_is_given (const SmmPermission *task, const char *tasks);

G_END_DECLS
