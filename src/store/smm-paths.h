/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Where a library lives. @profile NULL is the user's own ("nkonsept-smm" in the XDG folders);
 * "practice" is Practice mode's ("nkonsept-smm-practice"). Folders are made 0700 on first use by
 * smm_paths_ensure().
 */
typedef struct
{
  char *profile;        /* NULL or "practice" */
  char *data_dir;       /* …/nkonsept-smm */
  char *database;       /* data_dir/library.db */
  char *lock;           /* data_dir/library.lock: flock of the one owner */
  char *media_dir;      /* data_dir/media */
  char *backup_dir;     /* data_dir/backups */
  char *cache_dir;      /* renditions, thumbnails: may be deleted at any time */
  char *state_dir;
  char *bus_name;       /* com.nkonsept.Smm.Publisher, or com.nkonsept.Smm.Practice.Publisher */
} SmmPaths;

SmmPaths *smm_paths_new (const char *profile);
void smm_paths_free (SmmPaths *paths);
gboolean smm_paths_ensure (SmmPaths *paths, GError **error);
char *smm_paths_get_media (SmmPaths *paths, const char *sha256);
char *smm_paths_get_thumbnail (SmmPaths *paths, const char *sha256, int size);
char *smm_paths_get_avatar (SmmPaths *paths, const char *account_id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmmPaths, smm_paths_free)

G_END_DECLS
