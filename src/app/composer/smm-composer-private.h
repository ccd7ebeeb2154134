/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-composer.h"
#include "smm-connect.h"

G_BEGIN_DECLS

/* What to do when everything typed is in the library. */
typedef enum
{
  SMM_AFTER_NOTHING,
  SMM_AFTER_CLOSE,
  SMM_AFTER_SCHEDULE,
  SMM_AFTER_PUBLISH,
  SMM_AFTER_DRAFT,
} SmmAfterSave;

/* Whose looks the previews show, from top to bottom. */
#define SMM_COMPOSER_N_PREVIEWS 3
extern const SmmPlatformId smm_composer_previewed[SMM_COMPOSER_N_PREVIEWS];

struct _SmmComposer
{
  AdwBin parent_instance;

  SmmLibrary *library;
  SmmBrand *brand;
  GTimeZone *zone;
  char *post_id;
  SmmSeries *series;         /* that the post is one of; NULL: none */
  char *series_day;          /* which of it */
  char *stretch;             /* what is written from opening to leaving: one step of undo */
  SmmTargetState state;      /* worst of the stored targets */
  GHashTable *targets;       /* account id → target id, so a target keeps its id */
  GPtrArray *accounts;       /* SmmAccount*, the ones shown */
  SmmConnect *connect;       /* made when TikTok is asked for the first time */
  GHashTable *creators;      /* account id → what TikTok told of it: smm-composer-tiktok.c */
  char *tiktok_account;      /* whose form is shown; NULL none */
  GHashTable *obstacles;     /* account id → why the post may not go there */
  char *tiktok_obstacle;     /* the first of them, or that TikTok is asked yet; NULL none */
  gboolean tiktok_stopped;   /* TikTok takes no posts of one of the accounts now */
  GHashTable *options;       /* of what is shown: what has no control here is kept as it was */

  SmmVariant *common;        /* what all accounts have; every part is set */
  GHashTable *variants;      /* account id → SmmVariant, what differs there */
  char *shown;               /* account whose post the form shows; NULL: all accounts */
  GtkTextBuffer *common_buffer;
  GHashTable *buffers;       /* account id → GtkTextBuffer, each with its own undo */
  SmmVariant *former;        /* what "Same as All" took from the account that is shown; NULL */
  GPtrArray *steps;          /* of switches and choices: smm-composer-steps.c */
  guint n_steps;             /* those before are undone by Undo, those behind done by Redo */

  GtkWidget *undo;
  GtkWidget *redo;
  GtkWidget *header_title;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *buttons;
  GtkWidget *schedule;
  GtkWidget *menu;
  GtkWidget *duplicate;
  GtkWidget *status;
  GtkWidget *status_label;
  GtkWidget *account_box;
  GtkWidget *no_accounts;
  GtkWidget *kind;
  GtkWidget *kind_hint;
  GtkWidget *variant_bar;
  GtkWidget *text;
  GtkWidget *tools;
  GtkWidget *counters;
  GtkWidget *spelling;
  GtkWidget *problems;
  GtkWidget *media;
  GtkWidget *details;
  GtkWidget *comment;        /* the first one */
  GtkWidget *comment_marks;
  GtkWidget *comment_count;
  GtkWidget *link;
  GtkWidget *utm;
  GtkWidget *hand_over_row;
  GtkWidget *hand_over;
  GtkWidget *more;
  GtkWidget *reel_title;
  GtkWidget *share_row;
  GtkWidget *share;
  GtkWidget *collaborators;
  GtkWidget *people;         /* user tags */
  GtkWidget *tags;
  GtkWidget *repeat_row;
  GtkWidget *repeat;
  GtkWidget *time;
  GtkWidget *tiktok;
  GtkWidget *previews;
  GtkWidget *preview_pane;
  GtkWidget *differences;
  GtkWidget *differences_box;
  GtkWidget *preview[SMM_COMPOSER_N_PREVIEWS];
  GtkWidget *preview_columns[2];
  GtkWidget *form;
  GtkWidget *head;           /* what the header and the rest stand in */
  GtkWidget *body;
  GtkWidget *form_pane;
  GtkWidget *peek;           /* narrow windows: previews instead of the form */

  guint save_source;
  guint narrow_source;
  gint64 dirty_since;        /* monotonic µs: the oldest change that is not saved */
  guint generation;          /* answers about a post that was left are not for this one */
  int width;
  int room;                  /* see smm-composer-layout.c */
  SmmAfterSave after;
  gboolean stored;           /* the library knows the post */
  gboolean dirty;
  gboolean saving;
  gboolean loading;
  gboolean read_only;
  gboolean fatal;            /* a problem stops the post */
};

/* smm-composer-open.c */
void smm_composer_begin (SmmComposer *self, SmmPost *post, gint64 due_at);

/* smm-composer.c */
void smm_composer_update (SmmComposer *self);
/* Takes what is on screen, shows what comes of it and saves it soon. */
void smm_composer_changed (SmmComposer *self);
GtkTextBuffer *smm_composer_create_buffer (SmmComposer *self);
SmmTarget *smm_composer_find_target (SmmPost *post, const char *account_id);
SmmPost *smm_composer_build_post (SmmComposer *self);
gboolean smm_composer_is_empty (SmmComposer *self);
/* Whether the post may go out; if not the reason is said. */
gboolean smm_composer_check_ready (SmmComposer *self);
void smm_composer_show_error (SmmComposer *self, const char *text);
void smm_composer_update_header (SmmComposer *self);
void smm_composer_toast (SmmComposer *self, const char *text, gboolean undoable);
void smm_composer_leave (SmmComposer *self);

/* smm-composer-layout.c */
void smm_composer_lay_out (SmmComposer *self);
void smm_composer_arrange_previews (SmmComposer *self);

/* smm-composer-options.c: what one kind of post or one platform has and others have not */
GtkWidget *smm_composer_create_comment (SmmComposer *self);
GtkWidget *smm_composer_create_hand_over (SmmComposer *self);
GtkWidget *smm_composer_create_more (SmmComposer *self);
void smm_composer_load_options (SmmComposer *self, SmmPost *post);
void smm_composer_show_options (SmmComposer *self, GHashTable *options);
void smm_composer_take_options (SmmComposer *self);
void smm_composer_read_options (SmmComposer *self, SmmPost *post);
void smm_composer_update_options (SmmComposer *self, SmmPost *post);

/* smm-composer-variants.c */
GtkWidget *smm_composer_create_variant_bar (SmmComposer *self);
void smm_composer_take (SmmComposer *self);
void smm_composer_show_variant (SmmComposer *self, const char *account_id);
void smm_composer_load_variants (SmmComposer *self, SmmPost *post);
void smm_composer_read_variants (SmmComposer *self, SmmPost *post);
void smm_composer_update_variants (SmmComposer *self, SmmPost *post, GPtrArray *chosen);
void smm_composer_check_shown (SmmComposer *self, GPtrArray *chosen);
void smm_composer_turn_to (SmmComposer *self, SmmAccount *account, const char *part);

/* smm-composer-tags.c */
GtkWidget *smm_composer_create_tags (SmmComposer *self);
void smm_composer_load_tags (SmmComposer *self, SmmPost *post);
void smm_composer_read_tags (SmmComposer *self, SmmPost *post);

/* smm-composer-repeat.c */
GtkWidget *smm_composer_create_repeat (SmmComposer *self);
void smm_composer_load_repeat (SmmComposer *self, SmmPost *post);

/* smm-composer-slot.c */
void smm_composer_connect_slots (SmmComposer *self);
void smm_composer_load_slots (SmmComposer *self);
void smm_composer_queue (GtkWidget *widget, const char *name, GVariant *parameter);

/* smm-composer-tools.c */
GtkWidget *smm_composer_create_tools (SmmComposer *self);
GtkWidget *smm_composer_create_link (SmmComposer *self);
void smm_composer_fill_in (SmmComposer *self);

/* smm-composer-tiktok.c */
GtkWidget *smm_composer_create_tiktok (SmmComposer *self);
void smm_composer_forget_tiktok (SmmComposer *self);
void smm_composer_turn_tiktok (SmmComposer *self);
void smm_composer_update_tiktok (SmmComposer *self, SmmPost *post, GPtrArray *chosen);

/* smm-composer-steps.c: undo of what is not a text */
void smm_composer_option_changed (SmmComposer *self);
void smm_composer_clear_steps (SmmComposer *self);
/* FALSE: there is no step to take */
gboolean smm_composer_step (SmmComposer *self, gboolean undo);

/* smm-composer-fix.c: the buttons of the problem list */
void smm_composer_fix (SmmComposer *self, const char *fix, SmmAccount *account, int media_index);

/* smm-composer-save.c */
void smm_composer_touch (SmmComposer *self);
void smm_composer_save (SmmComposer *self, SmmAfterSave after);
/* Sends what is on screen without waiting for an answer. */
void smm_composer_send (SmmComposer *self);
void smm_composer_delete (SmmComposer *self);

G_END_DECLS
