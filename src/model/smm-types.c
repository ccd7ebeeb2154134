/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-types.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  int value;
  const char *name;
} NamedValue;

static const NamedValue platform_names[] = {
  { SMM_PLATFORM_FACEBOOK, "facebook" },
  { SMM_PLATFORM_INSTAGRAM, "instagram" },
  { SMM_PLATFORM_TIKTOK, "tiktok" },
  { 0, NULL },
};

static const NamedValue kind_names[] = {
  { SMM_POST_KIND_FEED, "feed" },
  { SMM_POST_KIND_REEL, "reel" },
  { SMM_POST_KIND_STORY, "story" },
  { 0, NULL },
};

static const NamedValue state_names[] = {
  { SMM_TARGET_DRAFT, "draft" },
  { SMM_TARGET_SCHEDULED, "scheduled" },
  { SMM_TARGET_PUBLISHING, "publishing" },
  { SMM_TARGET_PUBLISHED, "published" },
  { SMM_TARGET_UNCONFIRMED, "unconfirmed" },
  { SMM_TARGET_FAILED, "failed" },
  { SMM_TARGET_HELD, "held" },
  { SMM_TARGET_CANCELLED, "cancelled" },
  { 0, NULL },
};

static const NamedValue account_state_names[] = {
  { SMM_ACCOUNT_OK, "ok" },
  { SMM_ACCOUNT_SIGNED_OUT, "signed-out" },
  { SMM_ACCOUNT_RESTRICTED, "restricted" },
  { SMM_ACCOUNT_DISCONNECTED, "disconnected" },
  { 0, NULL },
};

static const NamedValue late_policy_names[] = {
  { SMM_LATE_PUBLISH, "publish" },
  { SMM_LATE_ASK, "ask" },
  { SMM_LATE_SKIP, "skip" },
  { 0, NULL },
};

static const NamedValue tone_names[] = {
  { SMM_BRAND_TONE_RELAXED, "relaxed" }, { SMM_BRAND_TONE_PLAYFUL, "playful" },
  { SMM_BRAND_TONE_POETIC, "poetic" },   { SMM_BRAND_TONE_BOLD, "bold" },
  { SMM_BRAND_TONE_LONG, "long" },       { 0, NULL },
};

static const NamedValue emoji_names[] = {
  { SMM_BRAND_EMOJI_NONE, "none" },
  { SMM_BRAND_EMOJI_FEW, "few" },
  { SMM_BRAND_EMOJI_MANY, "many" },
  { 0, NULL },
};

static const NamedValue voice_names[] = {
  { SMM_BRAND_VOICE_WE, "we" },
  { SMM_BRAND_VOICE_I, "i" },
  { SMM_BRAND_VOICE_BRAND, "brand" },
  { 0, NULL },
};

static const char *
name_of (const NamedValue *table, int value)
{
  for (; table->name != NULL; table++)
    if (table->value == value)
      return table->name;
  return "unknown";
}

static gboolean
value_of (const NamedValue *table, const char *name, int *value)
{
  for (; name != NULL && table->name != NULL; table++)
    if (strcmp (table->name, name) == 0)
      {
        *value = table->value;
        return TRUE;
      }
  return FALSE;
}

/**
 * smm_platform_id_to_string:
 * @id: a platform
 *
 * Returns: (transfer none): the name used on the command line and in exports: "facebook" …
 */
const char *
smm_platform_id_to_string (SmmPlatformId id)
{
  return name_of (platform_names, id);
}

/**
 * smm_platform_id_from_string:
 * @name: (nullable): a name
 * @id: (out): the platform
 *
 * Returns: %FALSE when there is no platform of that name
 */
gboolean
smm_platform_id_from_string (const char *name, SmmPlatformId *id)
{
  int value;

  if (!value_of (platform_names, name, &value))
    return FALSE;
  *id = value;
  return TRUE;
}

/**
 * smm_platform_id_get_label:
 * @id: a platform
 *
 * Returns: (transfer none): the platform's own spelling of its name; not translated
 */
const char *
smm_platform_id_get_label (SmmPlatformId id)
{
  switch (id)
    {
    case SMM_PLATFORM_FACEBOOK:
      return "Facebook";
    case SMM_PLATFORM_INSTAGRAM:
      return "Instagram";
    case SMM_PLATFORM_TIKTOK:
      return "TikTok";
    default:
      return "?";
    }
}

const char *
smm_post_kind_to_string (SmmPostKind kind)
{
  return name_of (kind_names, kind);
}

gboolean
smm_post_kind_from_string (const char *name, SmmPostKind *kind)
{
  int value;

  if (!value_of (kind_names, name, &value))
    return FALSE;
  *kind = value;
  return TRUE;
}

const char *
smm_target_state_to_string (SmmTargetState state)
{
  return name_of (state_names, state);
}

gboolean
smm_target_state_from_string (const char *name, SmmTargetState *state)
{
  int value;

  if (!value_of (state_names, name, &value))
    return FALSE;
  *state = value;
  return TRUE;
}

/**
 * smm_target_state_get_label:
 * @state: a state
 *
 * Returns: (transfer none): the translated word shown beside the state's icon
 */
const char *
smm_target_state_get_label (SmmTargetState state)
{
  switch (state)
    {
    case SMM_TARGET_DRAFT:
      return _ ("Draft");
    case SMM_TARGET_SCHEDULED:
      return _ ("Scheduled");
    case SMM_TARGET_PUBLISHING:
      return _ ("Publishing");
    case SMM_TARGET_PUBLISHED:
      return _ ("Published");
    case SMM_TARGET_UNCONFIRMED:
      return _ ("Unconfirmed");
    case SMM_TARGET_FAILED:
      return _ ("Failed");
    case SMM_TARGET_HELD:
      return _ ("Needs you");
    case SMM_TARGET_CANCELLED:
      return _ ("Cancelled");
    default:
      return "?";
    }
}

/**
 * smm_target_state_is_final:
 * @state: a state
 *
 * Returns: whether the engine will not act on the target again by itself
 */
gboolean
smm_target_state_is_final (SmmTargetState state)
{
  return state == SMM_TARGET_PUBLISHED || state == SMM_TARGET_FAILED
         || state == SMM_TARGET_CANCELLED || state == SMM_TARGET_HELD;
}

/* How much a state asks for attention: a chip shows the worst of its targets. */
static int
rank_of (SmmTargetState state)
{
  static const int ranks[SMM_N_TARGET_STATES] = {
    [SMM_TARGET_CANCELLED] = 0, [SMM_TARGET_DRAFT] = 1,      [SMM_TARGET_PUBLISHED] = 2,
    [SMM_TARGET_SCHEDULED] = 3, [SMM_TARGET_PUBLISHING] = 4, [SMM_TARGET_UNCONFIRMED] = 5,
    [SMM_TARGET_HELD] = 6,      [SMM_TARGET_FAILED] = 7,
  };

  return state >= 0 && state < SMM_N_TARGET_STATES ? ranks[state] : 0;
}

/**
 * smm_target_state_is_worse:
 * @state: a state
 * @than: another
 *
 * Returns: whether @state asks for the user's attention more than @than
 */
gboolean
smm_target_state_is_worse (SmmTargetState state, SmmTargetState than)
{
  return rank_of (state) > rank_of (than);
}

/**
 * smm_target_state_after_recall:
 * @reason_code: (nullable): of a scheduled target that the platform has, "recall-cancel" …
 *
 * Returns: what people want it to be: it is that once the platform has taken it back
 */
SmmTargetState
smm_target_state_after_recall (const char *reason_code)
{
  return g_strcmp0 (reason_code, "recall-cancel") == 0  ? SMM_TARGET_CANCELLED
         : g_strcmp0 (reason_code, "recall-draft") == 0 ? SMM_TARGET_DRAFT
                                                        : SMM_TARGET_SCHEDULED;
}

const char *
smm_account_state_to_string (SmmAccountState state)
{
  return name_of (account_state_names, state);
}

const char *
smm_late_policy_to_string (SmmLatePolicy policy)
{
  return name_of (late_policy_names, policy);
}

gboolean
smm_late_policy_from_string (const char *name, SmmLatePolicy *policy)
{
  int value;

  if (!value_of (late_policy_names, name, &value))
    return FALSE;
  *policy = value;
  return TRUE;
}

/**
 * smm_brand_tone_to_string:
 * @tone: a scale
 *
 * Returns: (transfer none): the name of its upper end: "relaxed" …
 */
const char *
smm_brand_tone_to_string (SmmBrandTone tone)
{
  return name_of (tone_names, tone);
}

const char *
smm_brand_emoji_to_string (SmmBrandEmoji emoji)
{
  return name_of (emoji_names, emoji);
}

gboolean
smm_brand_emoji_from_string (const char *name, SmmBrandEmoji *emoji)
{
  int value;

  if (!value_of (emoji_names, name, &value))
    return FALSE;
  *emoji = value;
  return TRUE;
}

const char *
smm_brand_voice_to_string (SmmBrandVoice voice)
{
  return name_of (voice_names, voice);
}

gboolean
smm_brand_voice_from_string (const char *name, SmmBrandVoice *voice)
{
  int value;

  if (!value_of (voice_names, name, &value))
    return FALSE;
  *voice = value;
  return TRUE;
}

/**
 * smm_id_new:
 *
 * Returns: (transfer full): a new random id (UUID version 4, 36 characters)
 */
char *
smm_id_new (void)
{
  return g_uuid_string_random ();
}

/**
 * smm_id_is_valid:
 * @id: (nullable): text from outside
 *
 * Returns: whether @id can be an id of this library: 1 to 64 letters, digits and hyphens
 */
gboolean
smm_id_is_valid (const char *id)
{
  gsize n = 0;

  if (id == NULL)
    return FALSE;
  for (; id[n] != '\0'; n++)
    if (n == 64 || !(g_ascii_isalnum (id[n]) || id[n] == '-'))
      return FALSE;
  return n > 0;
}

/**
 * smm_option_is_known:
 * @key: the name of a post's option
 *
 * Returns: whether it is one of SMM_OPTION_…: what nobody reads must not be taken
 */
gboolean
smm_option_is_known (const char *key)
{
  static const char *const known[] = {
    SMM_OPTION_TITLE,        SMM_OPTION_HAND_OVER,     SMM_OPTION_SHARE_TO_FEED,
    SMM_OPTION_COVER_MS,     SMM_OPTION_COLLABORATORS, SMM_OPTION_USER_TAGS,
    SMM_OPTION_PRIVACY,      SMM_OPTION_COMMENTS,      SMM_OPTION_DUET,
    SMM_OPTION_STITCH,       SMM_OPTION_YOUR_BRAND,    SMM_OPTION_BRANDED,
    SMM_OPTION_AI_GENERATED, SMM_OPTION_INBOX,         NULL,
  };

  return g_strv_contains (known, key);
}

/**
 * smm_text_dup_first_line:
 * @text: a caption
 * @max: as many characters at the most; -1: all
 *
 * Returns: (transfer full): how it begins, without white space around it, so that people know it
 *   again; "" when there is no text
 */
char *
smm_text_dup_first_line (const char *text, int max)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  glong n;

  stripped[strcspn (stripped, "\r\n")] = '\0';
  n = g_utf8_strlen (stripped, -1);
  return g_utf8_substring (stripped, 0, max >= 0 ? MIN (n, max) : n);
}
