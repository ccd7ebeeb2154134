/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-sign-in-step.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _SmmSignInStep
{
  GtkBox parent_instance;

  GtkWidget *waiting, *spinner, *lead, *browser;
  GtkWidget *paste, *paste_lead, *paste_entry, *paste_button;
  GtkWidget *redirect, *redirect_lead, *redirect_address;
  GtkWidget *ways, *relay, *relay_entry, *relay_problem, *permissions;
  GtkWidget *rows[SMM_N_WAYS];

  const SmmConnectGuide *guide;
  SmmSignInWay way;
  char *address;
};

enum
{
  OPEN,
  PASTED,
  WAY,
  CHANGE_KEYS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmSignInStep, smm_sign_in_step, GTK_TYPE_BOX)

/* DESIGN section 4; api/meta.md section 2.3. */
static const struct
{
  const char *title, *subtitle;
} texts[SMM_N_WAYS] = {
  [SMM_WAY_BROWSER] = { N_ ("With the browser"), N_ ("It comes back to this computer by itself") },
  [SMM_WAY_WINDOW] = { N_ ("In a window of its own"),
                       N_ ("It opens only pages of the platform, and forgets all when it closes") },
  [SMM_WAY_PASTE] = { N_ ("With the browser, and paste its address"),
                      N_ ("You copy the address the browser ends at") },
  [SMM_WAY_RELAY] = { N_ ("Through a page of your own"),
                      N_ ("An https page of yours sends the browser back here") },
};

void
smm_connect_clear_list (GtkWidget *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), child);
}

static GtkWidget *
create_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

GtkWidget *
smm_connect_add_row (GtkWidget *list, const char *title, const char *subtitle)
{
  GtkWidget *row = create_row (title, subtitle);

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

/* What was shown just now can be scrolled to once it was laid out: that is in the frame after next.
 */
static gboolean
focus_cb (GtkWidget *entry, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;

  if ((*frames)++ < 2)
    return G_SOURCE_CONTINUE;
  gtk_widget_grab_focus (entry);
  return G_SOURCE_REMOVE;
}

static void
focus_soon (GtkWidget *entry)
{
  gtk_widget_add_tick_callback (entry, focus_cb, g_new0 (guint, 1), g_free);
}

static void
show_relay_problem (SmmSignInStep *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->relay_problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->relay_problem, text != NULL);
  if (text != NULL)
    gtk_widget_add_css_class (self->relay_entry, "error");
  else
    gtk_widget_remove_css_class (self->relay_entry, "error");
}

/* --- What is waited for --- */

static const char *
get_lead (SmmSignInStep *self)
{
  switch (self->way)
    {
    case SMM_WAY_WINDOW:
      return _ (
          "Waiting for the sign-in window. Sign in there and choose Allow. This window goes on "
          "by itself.");
    case SMM_WAY_PASTE:
      return _ ("Sign in with your browser and choose Allow. Then come back here with the address "
                "it ended at.");
    default:
      return _ ("Waiting for your browser. Sign in there and choose Allow. This window goes on by "
                "itself.");
    }
}

static void
show_paste (SmmSignInStep *self, gboolean shown)
{
  gtk_widget_set_visible (self->paste, shown);
  gtk_widget_set_visible (self->paste_button, !shown);
}

/* The address that the user's app has to list, else the platform does not send anybody back. */
static void
show_redirect (SmmSignInStep *self)
{
  const char *address
      = self->guide != NULL
            ? smm_connect_get_redirect (self->guide->platform, self->guide->login, self->way)
            : NULL;

  gtk_widget_set_visible (self->redirect, address != NULL);
  if (address == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (self->redirect_lead), _ (self->guide->redirect));
  gtk_label_set_label (GTK_LABEL (self->redirect_address), address);
}

static void
show_way (SmmSignInStep *self)
{
  show_redirect (self);
  gtk_label_set_label (GTK_LABEL (self->lead), get_lead (self));
  gtk_label_set_label (GTK_LABEL (self->paste_lead),
                       self->way == SMM_WAY_PASTE
                           ? _ ("Copy the whole address of the page that says it worked, paste it "
                                "here and press Enter.")
                           : _ ("The browser could not come back? Copy the address it ended at, "
                                "paste it here and press Enter."));
  gtk_widget_set_visible (self->browser, self->way != SMM_WAY_WINDOW);
  show_paste (self, self->way == SMM_WAY_PASTE);
  for (int n = 0; n < SMM_N_WAYS; n++)
    gtk_widget_set_visible (
        self->rows[n], self->guide != NULL && n != (int)self->way
                           && smm_connect_can_way (self->guide->platform, self->guide->login, n));
}

/**
 * smm_sign_in_step_set_way:
 * @self: the step
 * @way: how the answer comes back
 * @relay: (nullable): the user's page, as far as it is known
 */
void
smm_sign_in_step_set_way (SmmSignInStep *self, SmmSignInWay way, const char *relay)
{
  g_return_if_fail (SMM_IS_SIGN_IN_STEP (self));

  self->way = way;
  gtk_editable_set_text (GTK_EDITABLE (self->relay_entry), relay != NULL ? relay : "");
  gtk_widget_set_visible (self->relay, FALSE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->ways), FALSE);
  show_way (self);
}

/**
 * smm_sign_in_step_set_waiting:
 * @self: the step
 * @waiting: whether somebody is at the platform
 * @address: (nullable): the page there
 */
void
smm_sign_in_step_set_waiting (SmmSignInStep *self, gboolean waiting, const char *address)
{
  g_return_if_fail (SMM_IS_SIGN_IN_STEP (self));

  gtk_widget_set_visible (self->waiting, waiting);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), waiting);
  if (g_strcmp0 (self->address, address) == 0)
    return;
  g_free (self->address);
  self->address = g_strdup (address);
  gtk_editable_set_text (GTK_EDITABLE (self->paste_entry), "");
  show_paste (self, self->way == SMM_WAY_PASTE);
  if (self->way == SMM_WAY_PASTE && address != NULL)
    focus_soon (self->paste_entry);
}

/**
 * smm_sign_in_step_set_guide:
 * @self: the step
 * @guide: the way to sign in there
 */
void
smm_sign_in_step_set_guide (SmmSignInStep *self, const SmmConnectGuide *guide)
{
  const SmmPermission *permission = smm_connect_guide_get_permissions (guide);

  g_return_if_fail (SMM_IS_SIGN_IN_STEP (self));

  self->guide = guide;
  smm_connect_clear_list (self->permissions);
  for (; permission->scope != NULL; permission++)
    {
      g_autofree char *without = g_strdup_printf (_ ("Without it: %s"), _ (permission->without));

      smm_connect_add_row (self->permissions, _ (permission->label), without);
    }
  show_way (self);
}

/* --- What is done --- */

static void
on_open (SmmSignInStep *self)
{
  g_signal_emit (self, signals[OPEN], 0);
}

static void
on_copy (SmmSignInStep *self)
{
  if (self->address != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->address);
}

static void
on_paste_shown (SmmSignInStep *self)
{
  show_paste (self, TRUE);
  gtk_widget_grab_focus (self->paste_entry);
}

static void
on_paste (SmmSignInStep *self)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->paste_entry))));

  if (*text == '\0' || self->address == NULL)
    return;
  /* The address carries a code: it does not stay on screen. */
  gtk_editable_set_text (GTK_EDITABLE (self->paste_entry), "");
  g_signal_emit (self, signals[PASTED], 0, text);
}

static void
on_copy_page (SmmSignInStep *self)
{
  g_autofree char *page = smm_connect_make_relay_page ();

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), page);
}

static void
on_copy_redirect (SmmSignInStep *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_label (GTK_LABEL (self->redirect_address)));
}

static void
on_relay_edited (SmmSignInStep *self)
{
  show_relay_problem (self, NULL);
}

static void
on_relay (SmmSignInStep *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->relay_entry))));

  /* What was begun goes on until a page can be used. */
  show_relay_problem (self, smm_connect_check_relay (text, &error) ? NULL : error->message);
  if (error == NULL)
    g_signal_emit (self, signals[WAY], 0, SMM_WAY_RELAY, text);
}

static void
on_change_keys (SmmSignInStep *self)
{
  g_signal_emit (self, signals[CHANGE_KEYS], 0);
}

/* In the place of what is waited for: the form is what is to be done now. */
static void
show_relay (SmmSignInStep *self)
{
  show_relay_problem (self, NULL);
  gtk_widget_set_visible (self->waiting, FALSE);
  gtk_widget_set_visible (self->redirect, FALSE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->ways), FALSE);
  gtk_widget_set_visible (self->relay, TRUE);
  focus_soon (self->relay_entry);
}

static void
on_row (AdwActionRow *row, SmmSignInStep *self)
{
  for (int n = 0; n < SMM_N_WAYS; n++)
    if (self->rows[n] == GTK_WIDGET (row) && n == SMM_WAY_RELAY)
      show_relay (self);
    else if (self->rows[n] == GTK_WIDGET (row))
      g_signal_emit (self, signals[WAY], 0, n, "");
}

/* --- GObject --- */

static void
smm_sign_in_step_finalize (GObject *object)
{
  g_free (SMM_SIGN_IN_STEP (object)->address);
  G_OBJECT_CLASS (smm_sign_in_step_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, SmmSignInStep, name)

static void
smm_sign_in_step_class_init (SmmSignInStepClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = smm_sign_in_step_finalize;
  signals[OPEN] = g_signal_new ("open", SMM_TYPE_SIGN_IN_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[PASTED] = g_signal_new ("pasted", SMM_TYPE_SIGN_IN_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[WAY] = g_signal_new ("way", SMM_TYPE_SIGN_IN_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  signals[CHANGE_KEYS] = g_signal_new ("change-keys", SMM_TYPE_SIGN_IN_STEP, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/accounts/smm-sign-in-step.ui");
  BIND (waiting);
  BIND (spinner);
  BIND (lead);
  BIND (browser);
  BIND (paste);
  BIND (paste_lead);
  BIND (paste_entry);
  BIND (paste_button);
  BIND (redirect);
  BIND (redirect_lead);
  BIND (redirect_address);
  BIND (ways);
  BIND (relay);
  BIND (relay_entry);
  BIND (relay_problem);
  BIND (permissions);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_paste_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_paste);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_page);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_redirect);
  gtk_widget_class_bind_template_callback (widget_class, on_relay);
  gtk_widget_class_bind_template_callback (widget_class, on_relay_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_change_keys);
}

static void
smm_sign_in_step_init (SmmSignInStep *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int n = 0; n < SMM_N_WAYS; n++)
    {
      self->rows[n] = create_row (_ (texts[n].title), _ (texts[n].subtitle));
      adw_action_row_add_suffix (ADW_ACTION_ROW (self->rows[n]),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->rows[n]), TRUE);
      g_signal_connect (self->rows[n], "activated", G_CALLBACK (on_row), self);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self->ways), self->rows[n]);
    }
}
