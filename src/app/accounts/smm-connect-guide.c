/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be clicked where, and what each permission is for (api/meta.md section 2). */

#include "config.h"

#include "smm-connect-guide.h"

#include <glib/gi18n.h>
#include <string.h>

static const SmmConnectGuide guides[] = {
  { .platform = SMM_PLATFORM_FACEBOOK,
    .title = N_ ("Facebook Pages and their Instagram"),
    .subtitle = N_ ("One sign-in for Pages and the Instagram accounts linked to them"),
    .app = N_ ("Your Meta app"),
    .id_label = N_ ("App ID"),
    .secret_label = N_ ("App Secret"),
    .digits = TRUE,
    .portal = "https://developers.facebook.com/apps/",
    .clicks = { N_ ("At developers.facebook.com choose Create App, of the type Business."),
                N_ ("Add Facebook Login to it. Addresses of this computer need no entry."),
                N_ ("Copy App ID and App Secret from Settings, Basic.") },
    .redirect = N_ ("In your Meta app, open Facebook Login, Settings, switch on “Embedded Browser "
                    "OAuth Login” and enter this among the “Valid OAuth Redirect URIs”:"),
    .trap = N_ ("While the app is in Development mode, what it posts is seen only by people with a "
                "role in it. Switch it to Live on top of its page when you are done; that needs "
                "the address of a privacy policy, and no review for your own Pages.") },
  { .platform = SMM_PLATFORM_INSTAGRAM,
    .login = "instagram",
    .title = N_ ("Instagram without a Page"),
    .subtitle = N_ ("A professional account. Pictures need a web space of your own"),
    .app = N_ ("Your Instagram app"),
    .id_label = N_ ("Instagram App ID"),
    .secret_label = N_ ("Instagram App Secret"),
    .digits = TRUE,
    .portal = "https://developers.facebook.com/apps/",
    .clicks = { N_ ("Open your Meta app and add Instagram, with Instagram Login."),
                N_ ("Copy Instagram App ID and Instagram App Secret there. They are not those of "
                    "the Meta app."),
                N_ ("At Instagram business login, enter http://localhost:27431/callback as the "
                    "redirect address."),
                N_ ("Add your account as a tester, and accept that in the Instagram app.") },
    .redirect = N_ ("Your Instagram app has to list the redirect address below. If it takes only "
                    "addresses that begin with https, sign in through a page of your own."),
    .trap = N_ ("Instagram fetches pictures from the web. Set up a web space in Accounts, or no "
                "picture can go out.") },
  { .platform = SMM_PLATFORM_TIKTOK,
    .title = N_ ("TikTok"),
    .subtitle = N_ ("Videos, to your profile or your inbox"),
    .app = N_ ("Your TikTok app"),
    .id_label = N_ ("Client Key"),
    .secret_label = N_ ("Client Secret"),
    .portal = "https://developers.tiktok.com/apps/",
    .clicks = { N_ ("At developers.tiktok.com make an app with Login Kit and Content Posting API."),
                N_ ("Choose Desktop, and enter http://127.0.0.1:*/callback/ as the redirect "
                    "address."),
                N_ ("Switch on Direct Post, and copy Client Key and Client Secret.") },
    .trap = N_ ("Until TikTok has reviewed the app, its posts are seen by yourself only, and the "
                "account must be private while it posts.") },
  { .title = NULL },
};

static const SmmPermission facebook_permissions[] = {
  { "pages_show_list", N_ ("See your Pages"), N_ ("No Page can be found"), TRUE },
  { "pages_read_engagement", N_ ("Read your posts"),
    N_ ("It can’t be seen whether a post is public"), TRUE },
  { "pages_manage_posts", N_ ("Publish posts"), N_ ("Nothing can be published"), TRUE },
  { "pages_manage_engagement", N_ ("Write comments"),
    N_ ("First comments and replies don’t go out"), FALSE },
  { "read_insights", N_ ("Read results"), N_ ("There are no figures"), FALSE },
  { NULL },
};

/* One sign-in asks for both. */
static const SmmPermission meta_permissions[] = {
  { "pages_show_list", N_ ("See your Pages"), N_ ("No Page can be found"), TRUE },
  { "business_management", N_ ("See Pages of your business"),
    N_ ("Pages that belong to a business may not be found"), FALSE },
  { "pages_read_engagement", N_ ("Read your posts"),
    N_ ("It can’t be seen whether a post is public"), TRUE },
  { "pages_read_user_content", N_ ("Read comments"), N_ ("What others write can’t be seen"),
    FALSE },
  { "pages_manage_posts", N_ ("Publish posts"), N_ ("Nothing can be published"), TRUE },
  { "pages_manage_engagement", N_ ("Write comments"),
    N_ ("First comments and replies don’t go out"), FALSE },
  { "read_insights", N_ ("Read results"), N_ ("There are no figures"), FALSE },
  { "instagram_basic", N_ ("See your Instagram profile"), N_ ("No Instagram account can be found"),
    TRUE },
  { "instagram_content_publish", N_ ("Publish on Instagram"),
    N_ ("Nothing can be published on Instagram"), TRUE },
  { "instagram_manage_comments", N_ ("Write comments on Instagram"),
    N_ ("First comments and replies don’t go out there"), FALSE },
  { "instagram_manage_insights", N_ ("Read results from Instagram"),
    N_ ("There are no figures from there"), FALSE },
  { NULL },
};

static const SmmPermission instagram_permissions[] = {
  { "pages_show_list", N_ ("See your Pages"), N_ ("The account can’t be found"), TRUE },
  { "instagram_basic", N_ ("See your profile"), N_ ("The account can’t be found"), TRUE },
  { "instagram_content_publish", N_ ("Publish posts"), N_ ("Nothing can be published"), TRUE },
  { "instagram_manage_comments", N_ ("Write comments"),
    N_ ("First comments and replies don’t go out"), FALSE },
  { "instagram_manage_insights", N_ ("Read results"), N_ ("There are no figures"), FALSE },
  { NULL },
};

static const SmmPermission login_permissions[] = {
  { "instagram_business_basic", N_ ("See your profile"), N_ ("The account can’t be found"), TRUE },
  { "instagram_business_content_publish", N_ ("Publish posts"), N_ ("Nothing can be published"),
    TRUE },
  { "instagram_business_manage_comments", N_ ("Write comments"),
    N_ ("First comments and replies don’t go out"), FALSE },
  { "instagram_business_manage_insights", N_ ("Read results"), N_ ("There are no figures"), FALSE },
  { NULL },
};

static const SmmPermission tiktok_permissions[] = {
  { "user.info.basic", N_ ("See your profile"), N_ ("The account can’t be found"), TRUE },
  { "video.publish", N_ ("Publish videos"), N_ ("Videos arrive as drafts in TikTok’s inbox only"),
    FALSE },
  { "video.upload", N_ ("Send drafts to your inbox"), N_ ("Drafts can’t be sent to the inbox"),
    FALSE },
  { "user.info.profile", N_ ("See your user name"), N_ ("Posts have no link to your profile"),
    FALSE },
  { NULL },
};

static const SmmPermission page_tasks[] = {
  { "CREATE_CONTENT", N_ ("Right to publish"),
    N_ ("Nothing can be published. Ask the Page’s owner for it."), TRUE },
  { "MODERATE", N_ ("Right to moderate"),
    N_ ("First comments and replies don’t go out. Ask the Page’s owner for it."), FALSE },
  { "ANALYZE", N_ ("Right to see results"),
    N_ ("There are no figures. Ask the Page’s owner for it."), FALSE },
  { NULL },
};

const SmmConnectGuide *
smm_connect_guides (void)
{
  return guides;
}

/**
 * smm_connect_guide_find:
 * @platform: a platform
 * @login: (nullable): as in SmmAccount
 *
 * Returns: (transfer none): how to sign in there; an Instagram account of a Page comes with the
 * Page
 */
const SmmConnectGuide *
smm_connect_guide_find (SmmPlatformId platform, const char *login)
{
  for (const SmmConnectGuide *guide = guides; guide->title != NULL; guide++)
    if (guide->platform == platform && g_strcmp0 (guide->login, login) == 0)
      return guide;
  return guides;
}

const SmmPermission *
smm_permissions_get (SmmPlatformId platform, const char *login)
{
  switch (platform)
    {
    case SMM_PLATFORM_INSTAGRAM:
      return login != NULL ? login_permissions : instagram_permissions;
    case SMM_PLATFORM_TIKTOK:
      return tiktok_permissions;
    case SMM_PLATFORM_FACEBOOK:
    default:
      return facebook_permissions;
    }
}

const SmmPermission *
smm_connect_guide_get_permissions (const SmmConnectGuide *guide)
{
  return guide->platform == SMM_PLATFORM_FACEBOOK
             ? meta_permissions
             : smm_permissions_get (guide->platform, guide->login);
}

gboolean
smm_permission_is_granted (const SmmPermission *permission, const char *scopes)
{
  g_auto (GStrv) granted = g_strsplit_set (scopes != NULL ? scopes : "", " ,", -1);

  return g_strv_contains ((const char *const *)granted, permission->scope);
}

const SmmPermission *
smm_page_tasks_get (void)
{
  return page_tasks;
}

/* Who manages a Page may do all of it. */
gboolean
smm_page_task_is_given (const SmmPermission *task, const char *tasks)
{
  g_auto (GStrv) given = g_strsplit (tasks, " ", -1);

  return g_strv_contains ((const char *const *)given, task->scope)
         || g_strv_contains ((const char *const *)given, "MANAGE");
}
