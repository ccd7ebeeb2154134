/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-slot-panel.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-slot-grid.h"
#include "smm-slot-popover.h"
#include "smm-slots.h"
#include "smm-state-icon.h"

#define WORKDAYS 0x3e
#define EVERY_DAY 0xfe

struct _SmmSlotPanel
{
  AdwBin parent_instance;

  GtkDropDown *whose;
  GtkWidget *whose_box;
  GtkMenuButton *add;
  GtkWidget *note_box;
  GtkLabel *note;
  GtkButton *own;
  GtkStack *stack;
  GtkWidget *suggestions;
  GtkWidget *place;
  GtkLabel *facts;
  SmmSlotGrid *grid;

  SmmLibrary *library;
  char *brand_id;
  GPtrArray *accounts; /* SmmAccount* of the list, after the brand itself */
  gboolean filling;
};

/* What a brand that has no times yet is offered. */
static const struct
{
  const char *title;
  guint days;
  int minutes[2];
} suggested[] = {
  { N_ ("Workdays at 09:00"), WORKDAYS, { 9 * 60, -1 } },
  { N_ ("Workdays at 09:00 and 17:00"), WORKDAYS, { 9 * 60, 17 * 60 } },
  { N_ ("Every day at 12:00 and 18:00"), EVERY_DAY, { 12 * 60, 18 * 60 } },
};

enum
{
  TOAST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmSlotPanel, smm_slot_panel, ADW_TYPE_BIN)

static void reload (SmmSlotPanel *self);

static SmmStore *
get_store (SmmSlotPanel *self)
{
  return self->library != NULL ? smm_library_get_store (self->library) : NULL;
}

/* NULL: the brand itself. */
static SmmAccount *
get_account (SmmSlotPanel *self)
{
  guint selected = gtk_drop_down_get_selected (self->whose);

  return selected > 0 && selected <= self->accounts->len ? self->accounts->pdata[selected - 1]
                                                         : NULL;
}

/* Of the owner that is shown; an account that has none has the brand's: then @inherited. */
static GPtrArray *
list_slots (SmmSlotPanel *self, gboolean *inherited)
{
  g_autoptr (GPtrArray) all = smm_store_list_slots (get_store (self), self->brand_id);
  GPtrArray *own = g_ptr_array_new_with_free_func (g_object_unref);
  SmmAccount *account = get_account (self);
  const char *owner = account != NULL ? account->id : NULL;

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (((SmmSlot *)all->pdata[i])->account_id, owner) == 0)
      g_ptr_array_add (own, g_object_ref (all->pdata[i]));
  *inherited = account != NULL && own->len == 0;
  for (guint i = 0; *inherited && i < all->len; i++)
    if (((SmmSlot *)all->pdata[i])->account_id == NULL)
      g_ptr_array_add (own, g_object_ref (all->pdata[i]));
  return own;
}

/* --- Changes --- */

typedef struct
{
  SmmSlotPanel *self;
  char *text;
} Change;

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Change *change = user_data;
  SmmSlotPanel *self = change->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = smm_library_apply_finish (SMM_LIBRARY (source), result, &error);

  g_signal_emit (self, signals[TOAST], 0, reply != NULL ? change->text : error->message,
                 reply != NULL);
  reload (self);
  g_object_unref (change->self);
  g_free (change->text);
  g_free (change);
}

static void
apply (SmmSlotPanel *self, const char *name, GVariantDict *args, const char *text)
{
  SmmAccount *account = get_account (self);
  Change *change = g_new0 (Change, 1);
  g_autoptr (SmmCommand) command = NULL;

  g_variant_dict_insert (args, "brand", "s", self->brand_id);
  g_variant_dict_insert (args, "account", "s", account != NULL ? account->id : "");
  command = smm_command_new (name, g_variant_dict_end (args));
  change->self = g_object_ref (self);
  change->text = g_strdup (text);
  smm_library_apply_async (self->library, command, NULL, on_applied, change);
}

static void
set_slots (SmmSlotPanel *self, GVariant *slots, const char *text)
{
  g_auto (GVariantDict) args = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert_value (&args, "slots", slots);
  apply (self, "slots.set", &args, text);
}

static void
on_slot_toggled (SmmSlotGrid *grid, int weekday, int minute, gboolean on, SmmSlotPanel *self)
{
  g_auto (GVariantDict) args = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *time = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

  g_variant_dict_insert (&args, "weekday", "i", weekday);
  g_variant_dict_insert (&args, "time", "s", time);
  apply (self, on ? "slot.add" : "slot.remove", &args, on ? _ ("Time added") : _ ("Time removed"));
}

static void
on_slots_edited (SmmSlotGrid *grid, GVariant *slots, const char *text, SmmSlotPanel *self)
{
  set_slots (self, slots, text);
}

/* What is there, and every day of @days at @minutes besides. */
static GVariant *
join_slots (SmmSlotPanel *self, guint days, const int *minutes, guint n_minutes)
{
  gboolean inherited;
  g_autoptr (GPtrArray) slots = list_slots (self, &inherited);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GVariantBuilder list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(is)"));

  for (int weekday = 1; weekday <= 7; weekday++)
    for (guint i = 0; i < n_minutes; i++)
      if ((days & (1u << weekday)) != 0 && minutes[i] >= 0)
        g_hash_table_add (seen, GINT_TO_POINTER (weekday * 24 * 60 + minutes[i]));
  for (guint i = 0; i < slots->len; i++)
    {
      SmmSlot *slot = slots->pdata[i];

      g_hash_table_add (seen, GINT_TO_POINTER (slot->weekday * 24 * 60 + slot->minute));
    }
  for (int at = 24 * 60; at < 8 * 24 * 60; at++)
    if (g_hash_table_contains (seen, GINT_TO_POINTER (at)))
      {
        g_autofree char *time = g_strdup_printf ("%02d:%02d", at / 60 % 24, at % 60);

        g_variant_builder_add (&list, "(is)", (gint32)(at / (24 * 60)), time);
      }
  return g_variant_builder_end (&list);
}

static void
on_time_chosen (SmmSlotPopover *popover, int minute, guint days, SmmSlotPanel *self)
{
  set_slots (self, join_slots (self, days, &minute, 1), _ ("Time added"));
}

static void
on_suggestion (GtkWidget *row, SmmSlotPanel *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "suggestion"));

  set_slots (self, join_slots (self, suggested[i].days, suggested[i].minutes, 2),
             _ ("Times added"));
}

/* An account gets the brand's times as its own, or gives its own up. */
static void
on_own (SmmSlotPanel *self)
{
  gboolean inherited;

  g_ptr_array_unref (list_slots (self, &inherited));
  smm_slot_grid_forget (self->grid);
  if (inherited)
    set_slots (self, join_slots (self, 0, NULL, 0), _ ("The account has its own times"));
  else
    set_slots (self, g_variant_new_array (G_VARIANT_TYPE ("(is)"), NULL, 0),
               _ ("The account has the brand’s times"));
}

/* --- What is shown --- */

static void
fill_whose (SmmSlotPanel *self)
{
  g_autoptr (GPtrArray) accounts = smm_store_list_accounts (get_store (self), self->brand_id);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  SmmAccount *before = get_account (self);
  g_autofree char *id = before != NULL ? g_strdup (before->id) : NULL;
  guint selected = 0;

  gtk_string_list_append (names, _ ("All accounts"));
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *account = accounts->pdata[i];
      /* Translators: name of an account, platform */
      g_autofree char *name = g_strdup_printf (_ ("%s, %s"), account->name,
                                               smm_platform_id_get_label (account->platform));

      gtk_string_list_append (names, name);
      if (g_strcmp0 (account->id, id) == 0)
        selected = i + 1;
    }
  self->filling = TRUE;
  g_ptr_array_unref (self->accounts);
  self->accounts = g_steal_pointer (&accounts);
  gtk_drop_down_set_model (self->whose, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->whose, selected);
  gtk_widget_set_visible (self->whose_box, self->accounts->len > 0);
  self->filling = FALSE;
}

/* Only when something of it has changed: it may be open. */
static gboolean
same_accounts (SmmSlotPanel *self)
{
  g_autoptr (GPtrArray) accounts = smm_store_list_accounts (get_store (self), self->brand_id);
  GListModel *names = gtk_drop_down_get_model (self->whose);

  if (names == NULL || accounts->len != self->accounts->len
      || g_list_model_get_n_items (names) != accounts->len + 1)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      SmmAccount *now = accounts->pdata[i], *before = self->accounts->pdata[i];

      if (g_strcmp0 (now->id, before->id) != 0 || g_strcmp0 (now->name, before->name) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
show_note (SmmSlotPanel *self, gboolean inherited, guint n_slots)
{
  SmmAccount *account = get_account (self);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->note_box, account != NULL && (n_slots > 0 || !inherited));
  if (account == NULL)
    return;
  text = inherited ? g_strdup_printf (_ ("%s has the times of all accounts."), account->name)
                   : g_strdup_printf (_ ("%s has times of its own."), account->name);
  gtk_label_set_label (self->note, text);
  gtk_button_set_label (self->own,
                        inherited ? _ ("Give It Its Own") : _ ("Use Those of All Accounts"));
}

static void
show_facts (SmmSlotPanel *self, SmmBrand *brand, guint n_slots)
{
  SmmAccount *account = get_account (self);
  const char *ids[] = { account != NULL ? account->id : NULL, NULL };
  g_autofree char *city = smm_zone_get_city (brand->timezone);
  g_autofree char *where = g_strdup_printf (_ ("Times in %s"), city);
  g_autofree char *often
      = g_strdup_printf (g_dngettext (NULL, "%u post a week", "%u posts a week", n_slots), n_slots);
  g_autoptr (SmmSlotTime) next = NULL;
  g_autofree char *text = NULL;

  if (n_slots > 0)
    next = smm_slots_find_free (get_store (self), self->brand_id, ids, g_get_real_time ());
  if (next != NULL)
    {
      g_autoptr (GTimeZone) zone = smm_app_zone_new (brand->timezone);
      g_autofree char *when = smm_time_format_relative (next->at, zone);
      /* Translators: %s is a time: next free: tomorrow 09:00 */
      g_autofree char *free_at = g_strdup_printf (_ ("next free: %s"), when);

      text = g_strjoin (" · ", where, often, free_at, NULL);
    }
  else
    text = n_slots > 0 ? g_strjoin (" · ", where, often, NULL) : g_strdup (where);
  gtk_label_set_label (self->facts, text);
}

static void
reload (SmmSlotPanel *self)
{
  SmmStore *store = get_store (self);
  g_autoptr (SmmBrand) brand = NULL;
  g_autoptr (GPtrArray) slots = NULL;
  gboolean inherited;

  if (store != NULL && self->brand_id != NULL)
    brand = smm_store_get_brand (store, self->brand_id);
  if (brand == NULL)
    return;
  if (!same_accounts (self))
    fill_whose (self);
  slots = list_slots (self, &inherited);
  smm_slot_grid_set_slots (self->grid, slots);
  gtk_widget_set_sensitive (GTK_WIDGET (self->grid), !inherited);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), !inherited || slots->len == 0);
  gtk_stack_set_visible_child_name (
      self->stack, slots->len > 0 || smm_slot_grid_has_rows (self->grid) ? "grid" : "empty");
  show_note (self, inherited, slots->len);
  show_facts (self, brand, slots->len);
}

static void
on_whose_changed (SmmSlotPanel *self)
{
  if (self->filling || self->brand_id == NULL)
    return;
  smm_slot_grid_forget (self->grid);
  reload (self);
}

static void
on_changed (SmmLibrary *library, const char *const *ids, SmmSlotPanel *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    reload (self);
}

/* --- The widget --- */

static void
smm_slot_panel_map (GtkWidget *widget)
{
  reload (SMM_SLOT_PANEL (widget));
  GTK_WIDGET_CLASS (smm_slot_panel_parent_class)->map (widget);
}

static void
smm_slot_panel_dispose (GObject *object)
{
  SmmSlotPanel *self = SMM_SLOT_PANEL (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->brand_id, g_free);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  G_OBJECT_CLASS (smm_slot_panel_parent_class)->dispose (object);
}

static void
smm_slot_panel_class_init (SmmSlotPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_slot_panel_dispose;
  widget_class->map = smm_slot_panel_map;
  signals[TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/nkonsept/Smm/ui/plan/smm-slot-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmmSlotPanel, whose);
  gtk_widget_class_bind_template_child (widget_class, SmmSlotPanel, whose_box);
  gtk_widget_class_bind_template_child (widget_class, SmmSlotPanel, add);
  gtk_widget_class_bind_template_child (widget_class, SmmSlotPanel, note_box);
  gtk_widget_class_bind_template_child (widget_class, SmmSlotPanel, note);
  gtk_widget_class_bind_template_child (widget_class, SmmSlotPanel, own);
  gtk_widget_class_bind_template_child (widget_class, SmmSlotPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, SmmSlotPanel, suggestions);
  gtk_widget_class_bind_template_child (widget_class, SmmSlotPanel, place);
  gtk_widget_class_bind_template_child (widget_class, SmmSlotPanel, facts);
  gtk_widget_class_bind_template_callback (widget_class, on_whose_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_own);
}

static void
add_suggestion (SmmSlotPanel *self, GtkWidget *list, guint i)
{
  GtkWidget *row = adw_action_row_new ();
  guint n = 0;
  g_autofree char *often = NULL;

  for (int weekday = 1; weekday <= 7; weekday++)
    if ((suggested[i].days & (1u << weekday)) != 0)
      n += suggested[i].minutes[1] >= 0 ? 2 : 1;
  often = g_strdup_printf (g_dngettext (NULL, "%u post a week", "%u posts a week", n), n);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (suggested[i].title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), often);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "suggestion", GUINT_TO_POINTER (i));
  g_signal_connect (row, "activated", G_CALLBACK (on_suggestion), self);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static void
smm_slot_panel_init (SmmSlotPanel *self)
{
  GtkWidget *popover = smm_slot_popover_new (-1);

  self->accounts = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->grid = SMM_SLOT_GRID (smm_slot_grid_new ());
  g_signal_connect (self->grid, "toggled", G_CALLBACK (on_slot_toggled), self);
  g_signal_connect (self->grid, "edited", G_CALLBACK (on_slots_edited), self);
  gtk_box_append (GTK_BOX (self->place), GTK_WIDGET (self->grid));
  g_signal_connect (popover, "chosen", G_CALLBACK (on_time_chosen), self);
  gtk_menu_button_set_popover (self->add, popover);
  for (guint i = 0; i < G_N_ELEMENTS (suggested); i++)
    add_suggestion (self, self->suggestions, i);
}

/**
 * smm_slot_panel_set_library:
 * @self: a panel
 * @library: where the times are; can be set once
 */
void
smm_slot_panel_set_library (SmmSlotPanel *self, SmmLibrary *library)
{
  g_return_if_fail (SMM_IS_SLOT_PANEL (self));
  g_return_if_fail (self->library == NULL);

  self->library = g_object_ref (library);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_changed), self, 0);
}

/**
 * smm_slot_panel_set_brand:
 * @self: a panel
 * @brand_id: (nullable): whose times
 */
void
smm_slot_panel_set_brand (SmmSlotPanel *self, const char *brand_id)
{
  g_return_if_fail (SMM_IS_SLOT_PANEL (self));

  if (g_strcmp0 (brand_id, self->brand_id) != 0)
    {
      g_free (self->brand_id);
      self->brand_id = g_strdup (brand_id);
      g_ptr_array_set_size (self->accounts, 0);
      self->filling = TRUE;
      gtk_drop_down_set_selected (self->whose, 0);
      self->filling = FALSE;
    }
  smm_slot_grid_forget (self->grid);
  reload (self);
}

/**
 * smm_slot_panel_set_narrow:
 * @self: a panel
 * @narrow: whether a day is one letter only
 */
void
smm_slot_panel_set_narrow (SmmSlotPanel *self, gboolean narrow)
{
  g_return_if_fail (SMM_IS_SLOT_PANEL (self));

  smm_slot_grid_set_narrow (self->grid, narrow);
}
