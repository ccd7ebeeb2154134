/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * DESIGN: the ctl room, the command line (DESIGN section 7).
 *
 * A table of commands, each a function over parsed arguments. A program that does one thing and ends
 * may wait: smm_ctl_wait() runs the loop until the answer is there. Answers go to stdout, one JSON
 * object a line with --json; what is said to people goes to stderr.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "smm-connect.h"

G_BEGIN_DECLS

#define SMM_CTL_DONE 0
#define SMM_CTL_FAILED 1
#define SMM_CTL_USAGE 2
#define SMM_CTL_KEYRING 3
#define SMM_CTL_UNCONFIRMED 4

/* Before the hash of a medium that is in the library, where a file may stand too. */
#define SMM_CTL_SHA256 "sha256:"

typedef struct
{
  gboolean json;
  GPtrArray *words;        /* char*: what is not an option */
  GHashTable *options;     /* name → GPtrArray of char* */

  SmmPaths *paths;
  SmmLibrary *library;     /* to change */
  SmmStore *reader;        /* to read */
  SmmVault *vault;
  SmmHttp *http;
  SmmConnect *connect;
  GAsyncResult *result;
} SmmCtl;

typedef int (*SmmCtlFunc) (SmmCtl *ctl);
typedef struct
{
  const char *name;        /* "post add" */
  const char *usage;       /* arguments, as shown by --help */
  SmmCtlFunc func;
} SmmCtlCommand;

extern const SmmCtlCommand smm_ctl_brand_commands[];
extern const SmmCtlCommand smm_ctl_website_commands[];
extern const SmmCtlCommand smm_ctl_account_commands[];
extern const SmmCtlCommand smm_ctl_ai_commands[];
extern const SmmCtlCommand smm_ctl_mail_commands[];
extern const SmmCtlCommand smm_ctl_web_commands[];
extern const SmmCtlCommand smm_ctl_post_commands[];
extern const SmmCtlCommand smm_ctl_posts_commands[];
extern const SmmCtlCommand smm_ctl_media_commands[];
extern const SmmCtlCommand smm_ctl_series_commands[];
extern const SmmCtlCommand smm_ctl_exchange_commands[];
extern const SmmCtlCommand smm_ctl_slot_commands[];
extern const SmmCtlCommand smm_ctl_note_commands[];
extern const SmmCtlCommand smm_ctl_holidays_commands[];
extern const SmmCtlCommand smm_ctl_tag_commands[];
extern const SmmCtlCommand smm_ctl_privacy_commands[];
extern const SmmCtlCommand smm_ctl_workspace_commands[];
extern const SmmCtlCommand smm_ctl_publisher_commands[];

int smm_ctl_run (int argc, char **argv);

/* --- Arguments --- */
const char *smm_ctl_get (SmmCtl *ctl, const char *name);                  /* the last one, or NULL */
GPtrArray *smm_ctl_get_all (SmmCtl *ctl, const char *name);               /* commas split; free */
gboolean smm_ctl_has (SmmCtl *ctl, const char *name);
const char *smm_ctl_word (SmmCtl *ctl, guint n);                          /* after the command */
int smm_ctl_usage (SmmCtl *ctl, const char *message);
/* One line of standard input; free with smm_vault_secret_free(). */
char *smm_ctl_read_secret (void);

/* --- The library --- */
gboolean smm_ctl_open (SmmCtl *ctl, GError **error);       /* to change: bus or lock */
gboolean smm_ctl_open_reader (SmmCtl *ctl, GError **error);
gboolean smm_ctl_open_connect (SmmCtl *ctl, GError **error);
GVariant *smm_ctl_apply (SmmCtl *ctl, const char *name, GVariant *args, GError **error);
/* The words are ids; @dict is consumed. */
int smm_ctl_change_posts (SmmCtl *ctl, const char *command, GVariantDict *dict);
int smm_ctl_apply_and_say (SmmCtl *ctl, const char *name, GVariant *args);
/* Copies a file into the library and adds it. */
SmmMedia *smm_ctl_import_media (SmmCtl *ctl, const char *path, GError **error);
GAsyncReadyCallback smm_ctl_callback (void);
GAsyncResult *smm_ctl_wait (SmmCtl *ctl);                  /* transfer full */
/* The publisher's answer, or NULL when none runs. */
GVariant *smm_ctl_call_publisher (SmmCtl *ctl, const char *method, GVariant *args, GError **error);
gboolean smm_ctl_is_publisher_running (SmmCtl *ctl);

/* --- Output --- */
int smm_ctl_fail (SmmCtl *ctl, const GError *error);
int smm_ctl_fail_with (SmmCtl *ctl, const char *code, const char *message, const char *fix);
JsonBuilder *smm_ctl_begin (const char *member);           /* {"member":{ */
void smm_ctl_end (SmmCtl *ctl, JsonBuilder *builder, const char *text);   /* }} ; text for people */
void smm_json_string (JsonBuilder *builder, const char *member, const char *value);
void smm_json_int (JsonBuilder *builder, const char *member, gint64 value);
void smm_json_time (JsonBuilder *builder, const char *member, gint64 utc);
void smm_ctl_say (SmmCtl *ctl, const char *format, ...) G_GNUC_PRINTF (2, 3);
char *smm_ctl_format_time (gint64 utc);

/* "sha256:…" or a file; NULL with @error. */
SmmMedia *smm_ctl_find_or_import (SmmCtl *ctl, const char *name, GError **error);
/* Adds "options". */
void smm_ctl_show_options (JsonBuilder *builder, GHashTable *options);
SmmTag *smm_ctl_find_tag (SmmCtl *ctl, const char *brand_id, const char *name, GError **error);
GVariant *smm_ctl_read_tags (SmmCtl *ctl, const char *option, const char *brand_id, GError **error);
void smm_ctl_show_tags (JsonBuilder *builder, SmmPost *post);
gboolean smm_ctl_read_variants (SmmCtl *ctl, SmmPost *post, GError **error);
void smm_ctl_show_variant (JsonBuilder *builder, SmmVariant *variant);

G_END_DECLS
