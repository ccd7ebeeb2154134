/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The settings of a library: what each may hold and what it is when nobody said. They are changed by
 * setting.set, which checks them against this table. Only what something heeds is in it.
 */

#pragma once

#include "smm-library.h"

G_BEGIN_DECLS

#define SMM_SETTING_BACKUP_WEEKLY "backup.weekly"
#define SMM_SETTING_BACKUP_DAYS "backup.keep-days"
#define SMM_SETTING_LEDGER_DAYS "ledger.keep-days"
#define SMM_SETTING_ACTIVITY_DAYS "activity.keep-days"
#define SMM_SETTING_TRASH_DAYS "trash.keep-days"
#define SMM_SETTING_DAILY_CHECK "accounts.daily-check"
#define SMM_SETTING_THUMBNAILS "cache.thumbnails"
/* Off: nothing is sent to the company, see smm-workspace.h. */
#define SMM_SETTING_USE_META "use.meta"
#define SMM_SETTING_USE_TIKTOK "use.tiktok"
#define SMM_SETTING_NOTIFY_PUBLISHED "notify.published"
#define SMM_SETTING_NOTIFY_FAILED "notify.failed"
#define SMM_SETTING_NOTIFY_UNCONFIRMED "notify.unconfirmed"
#define SMM_SETTING_NOTIFY_HELD "notify.held"
#define SMM_SETTING_NOTIFY_LATE "notify.late"
#define SMM_SETTING_NOTIFY_HANDED_OVER "notify.handed-over"
#define SMM_SETTING_NOTIFY_ACCOUNT "notify.account"
#define SMM_SETTING_NOTIFY_EXPIRING "notify.expiring"
/* The same by mail, once mail.enabled. */
#define SMM_SETTING_MAIL_PUBLISHED "mail.published"
#define SMM_SETTING_MAIL_FAILED "mail.failed"
#define SMM_SETTING_MAIL_UNCONFIRMED "mail.unconfirmed"
#define SMM_SETTING_MAIL_HELD "mail.held"
#define SMM_SETTING_MAIL_LATE "mail.late"
#define SMM_SETTING_MAIL_HANDED_OVER "mail.handed-over"
#define SMM_SETTING_MAIL_ACCOUNT "mail.account"
#define SMM_SETTING_MAIL_EXPIRING "mail.expiring"
#define SMM_SETTING_MAIL_ENABLED "mail.enabled"
#define SMM_SETTING_MAIL_FROM "mail.from"
#define SMM_SETTING_MAIL_TO "mail.to"
#define SMM_SETTING_MAIL_CAPTIONS "mail.captions"
#define SMM_SETTING_AI_PROVIDER "ai.provider"
#define SMM_SETTING_AI_SERVER "ai.server"
#define SMM_SETTING_AI_MODEL "ai.model"
#define SMM_SETTING_AI_LIMITED "ai.limited"
#define SMM_SETTING_AI_LIMIT "ai.limit-cents"
#define SMM_SETTING_TRAY "tray.on"
#define SMM_SETTING_QUIET_ON "quiet.on"
#define SMM_SETTING_QUIET_FROM "quiet.from"
#define SMM_SETTING_QUIET_UNTIL "quiet.until"

/* When somebody said to be 16 or older, ISO 8601; before, nothing is set up. */
#define SMM_SETTING_AGE "profile.age-confirmed"
/* Not set by setting.set: which version of what happens with data was agreed to, and when (µs UTC). */
#define SMM_SETTING_POLICY "policy.version"
#define SMM_SETTING_POLICY_AT "policy.accepted-at"
/* Of the text in resources/policy. */
#define SMM_POLICY_VERSION 2
/* Among what changed: what the AI costs. */
#define SMM_CHANGED_AI_USE "ai-use"

typedef enum
{
  SMM_SETTING_BOOLEAN,      /* "true" or "false" */
  SMM_SETTING_INTEGER,      /* decimal, min..max */
  SMM_SETTING_CHOICE,       /* one of choices */
  SMM_SETTING_ADDRESS,      /* https anywhere, http to this computer; "": none */
  SMM_SETTING_TEXT,         /* one line, up to max bytes */
  SMM_SETTING_TIME,         /* "07:30" by the clock of this computer */
  SMM_SETTING_SENDER,       /* "Name <name@example.org>" or the address alone; "": none */
  SMM_SETTING_RECIPIENTS,   /* addresses with commas between them; "": none */
} SmmSettingKind;

typedef struct
{
  const char *key;
  SmmSettingKind kind;
  const char *fallback;
  int min, max;
  const char *const *choices;
} SmmSetting;

/* Ends with an entry whose key is NULL. */
const SmmSetting *smm_settings_get_all (void);
const SmmSetting *smm_settings_find (const char *key);
gboolean smm_setting_check (const char *key, const char *value, GError **error);
/* @store may be NULL: the fallback. */
char *smm_settings_dup (SmmStore *store, const char *key);
gboolean smm_settings_are_among (const char *const *ids);
gboolean smm_settings_get_boolean (SmmStore *store, const char *key);
int smm_settings_get_int (SmmStore *store, const char *key);
/* 0: nothing was agreed to. */
int smm_policy_get_accepted (SmmStore *store);
/* localhost, or an address of this computer's own. */
gboolean smm_host_is_this_computer (const char *host);

G_END_DECLS
