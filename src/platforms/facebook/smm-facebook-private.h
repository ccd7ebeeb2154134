/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Facebook Pages (api/meta.md section 3). Facts: "photo:N", or "video" with "upload" (all bytes are
 * there) and, for the classic upload, "session", "offset:upload", "end"; "post_id" of a story;
 * "doubted" when a look did not find what was committed, "lost" when one found the upload gone.
 */

#pragma once

#include "../meta/smm-meta.h"

G_BEGIN_DECLS

#define SMM_FACEBOOK_VIDEO_FIELDS "status,published,post_id,permalink_url,created_time"

/* A post that is one video: classic upload for the feed, rupload for reels and stories. */
gboolean smm_facebook_is_video (const SmmPublication *pub);
/* What Facebook has of it is known by the video's id, whatever the post has become here since. */
gboolean smm_facebook_is_video_there (const SmmPublication *pub);
SmmStep *smm_facebook_video_step (const SmmPublication *pub);
SmmStep *smm_facebook_verdict_step (const SmmPublication *pub);
/* NULL: not a step of a video. */
SmmOutcome *smm_facebook_video_apply (const SmmPublication *pub, const SmmStep *step,
                                      SmmResponse *response);
/* remote_id, permalink, published_at of a public video; @facts of an outcome or a reconcile. */
void smm_facebook_add_video_facts (const SmmPublication *pub, GHashTable *facts,
                                   const SmmMetaVideo *video, JsonObject *object);
/* "permalink": of @object, else the id's own address. */
void smm_facebook_add_permalink (GHashTable *facts, JsonObject *object, const char *member,
                                 const char *id);
void smm_facebook_add_schedule (const SmmPublication *pub, SmmRequest *request);
gint64 smm_facebook_get_schedule (const SmmPublication *pub); /* Unix seconds */

SmmRequest *smm_facebook_next_look (const SmmPublication *pub, int look);
SmmReconcile *smm_facebook_apply_look (const SmmPublication *pub, int look, SmmResponse *response);

GPtrArray *smm_facebook_validate (const SmmPost *post, const SmmAccount *account);

G_END_DECLS
