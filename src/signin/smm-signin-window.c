/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-signin-window.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <webkit/webkit.h>

#define FILTER "hosts"

struct _SmmSigninWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *title, *spinner, *notice, *notice_label, *notice_button, *page;
  WebKitWebView *view;
  SmmSigninRules *rules;
  char *filter_dir;
  char *refused; /* the last redirect that was not followed */
  gboolean answered;
};

enum
{
  ANSWER,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmSigninWindow, smm_signin_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- What is said --- */

static void
tell (SmmSigninWindow *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->notice_label), text != NULL ? text : "");
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->notice), text != NULL);
  /* What is folded away is out of the keyboard's way too. */
  gtk_widget_set_visible (self->notice, text != NULL);
}

static void
tell_refused (SmmSigninWindow *self, const char *address)
{
  g_autofree char *host = smm_signin_dup_host (address);
  g_autofree char *text
      = host != NULL
            ? g_strdup_printf (_ ("%s is not a page of %s. It was not opened, and nothing was sent "
                                  "to it."),
                               host, self->rules->platform)
            : g_strdup_printf (_ ("The page wanted to open something that is not a page of %s. It "
                                  "was not opened."),
                               self->rules->platform);

  tell (self, text);
}

static void
on_start_again (SmmSigninWindow *self)
{
  tell (self, NULL);
  g_clear_pointer (&self->refused, g_free);
  webkit_web_view_load_uri (self->view, self->rules->address);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* The person sees where the password goes. */
static void
on_place (SmmSigninWindow *self)
{
  const char *address = webkit_web_view_get_uri (self->view);
  g_autofree char *host = address != NULL ? smm_signin_dup_host (address) : NULL;
  gboolean loading = webkit_web_view_is_loading (self->view);

  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), host != NULL ? host : "");
  gtk_widget_set_visible (self->spinner, loading);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), loading);
}

/* --- What a page wants --- */

static void
take_answer (SmmSigninWindow *self, const char *address)
{
  if (self->answered)
    return;
  self->answered = TRUE;
  g_signal_emit (self, signals[ANSWER], 0, address);
}

/* Nothing says whether it is the page itself or a frame in it that wants to go on, and what a page
 * embeds is left out without a word. A redirect that ends the page's own load fails it. */
static void
refuse (SmmSigninWindow *self, WebKitNavigationAction *action, const char *address)
{
  WebKitNavigationType type = webkit_navigation_action_get_navigation_type (action);

  if (webkit_navigation_action_is_redirect (action))
    {
      g_free (self->refused);
      self->refused = g_strdup (address);
      return;
    }
  if ((type != WEBKIT_NAVIGATION_TYPE_OTHER || webkit_navigation_action_is_user_gesture (action)
       || !webkit_web_view_is_loading (self->view)))
    tell_refused (self, address);
}

static gboolean
on_policy (WebKitWebView *view, WebKitPolicyDecision *decision, WebKitPolicyDecisionType kind,
           SmmSigninWindow *self)
{
  WebKitNavigationAction *action;
  const char *address;

  if (kind == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    {
      WebKitResponsePolicyDecision *response = WEBKIT_RESPONSE_POLICY_DECISION (decision);

      /* Nothing is downloaded. */
      if (webkit_response_policy_decision_is_mime_type_supported (response))
        webkit_policy_decision_use (decision);
      else
        webkit_policy_decision_ignore (decision);
      return TRUE;
    }
  action = webkit_navigation_policy_decision_get_navigation_action (
      WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  address = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  switch (smm_signin_rules_judge (self->rules, address))
    {
    case SMM_SIGNIN_OPEN:
      if (kind == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION)
        {
          webkit_policy_decision_use (decision);
          break;
        }
      /* A window of the platform's own becomes this one, when a person asked for it. */
      if (webkit_navigation_action_is_user_gesture (action))
        webkit_web_view_load_uri (view, address);
      webkit_policy_decision_ignore (decision);
      break;
    case SMM_SIGNIN_ANSWER:
      webkit_policy_decision_ignore (decision);
      take_answer (self, address);
      break;
    case SMM_SIGNIN_REFUSE:
    default:
      webkit_policy_decision_ignore (decision);
      refuse (self, action, address);
      break;
    }
  return TRUE;
}

static gboolean
on_load_failed (WebKitWebView *view, WebKitLoadEvent event, const char *address, GError *error,
                SmmSigninWindow *self)
{
  g_autofree char *host = smm_signin_dup_host (address);
  g_autofree char *text = NULL;

  if (self->answered
      || g_error_matches (error, WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED))
    return TRUE;
  if (g_error_matches (error, WEBKIT_POLICY_ERROR,
                       WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE))
    {
      if (self->refused != NULL)
        tell_refused (self, self->refused);
      return TRUE;
    }
  text = g_strdup_printf (_ ("%s could not be reached: %s"),
                          host != NULL ? host : self->rules->platform, error->message);
  tell (self, text);
  return TRUE;
}

static gboolean
on_tls_failed (WebKitWebView *view, const char *address, GTlsCertificate *certificate,
               GTlsCertificateFlags problems, SmmSigninWindow *self)
{
  g_autofree char *host = smm_signin_dup_host (address);
  g_autofree char *text
      = g_strdup_printf (_ ("The connection to %s is not safe: its certificate can’t be trusted. "
                            "Nothing was sent. Perhaps the network wants a sign-in of its own."),
                         host != NULL ? host : self->rules->platform);

  tell (self, text);
  return TRUE;
}

static void
on_terminated (WebKitWebView *view, WebKitWebProcessTerminationReason reason, SmmSigninWindow *self)
{
  tell (self, _ ("The page stopped working. Nothing was connected."));
}

static gboolean
deny_permission (WebKitWebView *view, WebKitPermissionRequest *request, SmmSigninWindow *self)
{
  webkit_permission_request_deny (request);
  return TRUE;
}

static gboolean
deny_files (WebKitWebView *view, WebKitFileChooserRequest *request, SmmSigninWindow *self)
{
  webkit_file_chooser_request_cancel (request);
  return TRUE;
}

static gboolean
deny_authentication (WebKitWebView *view, WebKitAuthenticationRequest *request,
                     SmmSigninWindow *self)
{
  webkit_authentication_request_cancel (request);
  return TRUE;
}

/* No menu (it offers downloads and new windows), no printing. */
static gboolean
deny_all (void)
{
  return TRUE;
}

static GtkWidget *
deny_window (WebKitWebView *view, WebKitNavigationAction *action, SmmSigninWindow *self)
{
  return NULL;
}

static void
on_download (WebKitNetworkSession *session, WebKitDownload *download, SmmSigninWindow *self)
{
  webkit_download_cancel (download);
}

/* --- Making it --- */

static WebKitSettings *
make_settings (void)
{
  WebKitSettings *settings = webkit_settings_new ();

  webkit_settings_set_enable_developer_extras (settings, FALSE);
  webkit_settings_set_javascript_can_open_windows_automatically (settings, FALSE);
  webkit_settings_set_javascript_can_access_clipboard (settings, FALSE);
  webkit_settings_set_allow_file_access_from_file_urls (settings, FALSE);
  webkit_settings_set_allow_universal_access_from_file_urls (settings, FALSE);
  webkit_settings_set_allow_top_navigation_to_data_urls (settings, FALSE);
  webkit_settings_set_enable_page_cache (settings, FALSE);
  webkit_settings_set_enable_media_stream (settings, FALSE);
  webkit_settings_set_enable_webrtc (settings, FALSE);
  webkit_settings_set_enable_webgl (settings, FALSE);
  webkit_settings_set_enable_back_forward_navigation_gestures (settings, FALSE);
  webkit_settings_set_enable_write_console_messages_to_stdout (settings, FALSE);
  /* A form needs no graphics card, and drivers are one more thing that can fail. */
  webkit_settings_set_hardware_acceleration_policy (settings,
                                                    WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER);
  return settings;
}

static void
remove_filter_dir (SmmSigninWindow *self)
{
  g_autoptr (GDir) dir = self->filter_dir != NULL ? g_dir_open (self->filter_dir, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->filter_dir, name, NULL);

      g_unlink (path);
    }
  if (self->filter_dir != NULL)
    g_rmdir (self->filter_dir);
  g_clear_pointer (&self->filter_dir, g_free);
}

static void
on_filter (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SmmSigninWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  WebKitUserContentFilter *filter = webkit_user_content_filter_store_save_finish (
      WEBKIT_USER_CONTENT_FILTER_STORE (source), result, &error);

  /* Without it, a page could send to everybody. */
  if (filter == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error->message);
      return;
    }
  webkit_user_content_manager_add_filter (webkit_web_view_get_user_content_manager (self->view),
                                          filter);
  webkit_user_content_filter_unref (filter);
  remove_filter_dir (self);
  webkit_web_view_load_uri (self->view, self->rules->address);
}

static void
save_filter (SmmSigninWindow *self)
{
  g_autoptr (WebKitUserContentFilterStore) store = NULL;
  g_autofree char *text = smm_signin_rules_make_filter (self->rules);
  g_autoptr (GBytes) rules = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  self->filter_dir = g_dir_make_tmp ("nkonsept-smm-signin-XXXXXX", &error);
  if (self->filter_dir == NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error->message);
      return;
    }
  store = webkit_user_content_filter_store_new (self->filter_dir);
  webkit_user_content_filter_store_save (store, FILTER, rules, NULL, on_filter,
                                         g_object_ref (self));
}

static void
connect_view (SmmSigninWindow *self, WebKitNetworkSession *session)
{
  g_signal_connect (session, "download-started", G_CALLBACK (on_download), self);
  g_signal_connect (self->view, "decide-policy", G_CALLBACK (on_policy), self);
  g_signal_connect (self->view, "create", G_CALLBACK (deny_window), self);
  g_signal_connect (self->view, "load-failed", G_CALLBACK (on_load_failed), self);
  g_signal_connect (self->view, "load-failed-with-tls-errors", G_CALLBACK (on_tls_failed), self);
  g_signal_connect (self->view, "web-process-terminated", G_CALLBACK (on_terminated), self);
  g_signal_connect (self->view, "permission-request", G_CALLBACK (deny_permission), self);
  g_signal_connect (self->view, "run-file-chooser", G_CALLBACK (deny_files), self);
  g_signal_connect (self->view, "authenticate", G_CALLBACK (deny_authentication), self);
  g_signal_connect (self->view, "context-menu", G_CALLBACK (deny_all), self);
  g_signal_connect (self->view, "print", G_CALLBACK (deny_all), self);
  g_signal_connect (self->view, "show-notification", G_CALLBACK (deny_all), self);
  g_signal_connect_swapped (self->view, "notify::uri", G_CALLBACK (on_place), self);
  g_signal_connect_swapped (self->view, "notify::is-loading", G_CALLBACK (on_place), self);
}

static void
create_view (SmmSigninWindow *self)
{
  /* Cookies and what pages keep live in memory, and end with the program. */
  g_autoptr (WebKitNetworkSession) session = webkit_network_session_new_ephemeral ();
  g_autoptr (WebKitSettings) settings = make_settings ();

  webkit_network_session_set_tls_errors_policy (session, WEBKIT_TLS_ERRORS_POLICY_FAIL);
  webkit_network_session_set_persistent_credential_storage_enabled (session, FALSE);
  self->view
      = g_object_new (WEBKIT_TYPE_WEB_VIEW, "network-session", session, "settings", settings, NULL);
  connect_view (self, session);
  adw_bin_set_child (ADW_BIN (self->page), GTK_WIDGET (self->view));
}

static void
smm_signin_window_dispose (GObject *object)
{
  SmmSigninWindow *self = SMM_SIGNIN_WINDOW (object);

  remove_filter_dir (self);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  self->view = NULL;
  G_OBJECT_CLASS (smm_signin_window_parent_class)->dispose (object);
}

static void
smm_signin_window_finalize (GObject *object)
{
  SmmSigninWindow *self = SMM_SIGNIN_WINDOW (object);

  g_clear_pointer (&self->rules, smm_signin_rules_free);
  g_free (self->refused);
  G_OBJECT_CLASS (smm_signin_window_parent_class)->finalize (object);
}

static void
smm_signin_window_class_init (SmmSigninWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_signin_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = smm_signin_window_finalize;
  signals[ANSWER] = g_signal_new ("answer", SMM_TYPE_SIGNIN_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", SMM_TYPE_SIGNIN_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/nkonsept/Smm/SignIn/ui/signin/smm-signin-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmSigninWindow, title);
  gtk_widget_class_bind_template_child (widget_class, SmmSigninWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, SmmSigninWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, SmmSigninWindow, notice_label);
  gtk_widget_class_bind_template_child (widget_class, SmmSigninWindow, notice_button);
  gtk_widget_class_bind_template_child (widget_class, SmmSigninWindow, page);
  gtk_widget_class_bind_template_callback (widget_class, on_start_again);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
smm_signin_window_init (SmmSigninWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tell (self, NULL);
}

/**
 * smm_signin_window_new:
 * @application: the program
 * @rules: (transfer full): what may be opened
 *
 * Returns: (transfer none): the window, which begins to load
 */
SmmSigninWindow *
smm_signin_window_new (GtkApplication *application, SmmSigninRules *rules)
{
  SmmSigninWindow *self = g_object_new (SMM_TYPE_SIGNIN_WINDOW, "application", application, NULL);
  g_autofree char *title = g_strdup_printf (_ ("Sign In to %s"), rules->platform);

  self->rules = rules;
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (ADW_WINDOW_TITLE (self->title), title);
  create_view (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  save_filter (self);
  return self;
}
