/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-slot-grid.h"

#include <glib/gi18n.h>

#include "smm-app-time.h"
#include "smm-slot-popover.h"
#include "smm-state-icon.h"

#define STEP 15
#define DAY_MINUTES (24 * 60)

struct _SmmSlotGrid
{
  AdwBin parent_instance;

  GtkGrid *grid;
  GtkWidget *heads[7];
  GPtrArray *rows; /* Row */
  GtkGesture *drag;

  GPtrArray *slots; /* SmmSlot* */
  GArray *kept;     /* minutes of rows that are shown although they are empty */
  GtkWidget *held;  /* the cell that is dragged */
  GtkWidget *over;  /* the cell it is over */
  double start_x, start_y;
  int focus_weekday, focus_minute; /* where the keyboard goes next; -1: stays */
  gboolean dragging;
  gboolean filling;
  gboolean narrow;
};

typedef struct
{
  int minute;
  GtkWidget *cells[7]; /* in the order of the columns */
} Row;

enum
{
  TOGGLED,
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmmSlotGrid, smm_slot_grid, ADW_TYPE_BIN)

static int
get_weekday (int column)
{
  return (smm_locale_first_weekday () - 1 + column) % 7 + 1;
}

static int
get_column (int weekday)
{
  return (weekday - smm_locale_first_weekday () + 7) % 7;
}

static int
weekday_of (GtkWidget *cell)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (cell), "weekday"));
}

static int
minute_of (GtkWidget *cell)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (cell), "minute"));
}

static gboolean
has_slot (SmmSlotGrid *self, int weekday, int minute)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      SmmSlot *slot = self->slots->pdata[i];

      if (slot->weekday == weekday && slot->minute == minute)
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
find_cell (SmmSlotGrid *self, int weekday, int minute)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      if (row->minute == minute)
        return row->cells[get_column (weekday)];
    }
  return NULL;
}

static GtkWidget *
cell_of (SmmSlotGrid *self, GtkWidget *widget)
{
  while (widget != NULL && widget != GTK_WIDGET (self))
    {
      if (gtk_widget_has_css_class (widget, "slot-cell"))
        return widget;
      widget = gtk_widget_get_parent (widget);
    }
  return NULL;
}

/* --- Changes --- */

static void
add_slot (GVariantBuilder *list, int weekday, int minute)
{
  g_autofree char *time = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

  g_variant_builder_add (list, "(is)", (gint32)weekday, time);
}

/* All slots, but those of (@weekday, @minute) at (@to_weekday, @to_minute). Weekday 0: any, and
 * each stays on its day; minute to -1: nowhere. */
static void
emit_moved (SmmSlotGrid *self, int weekday, int minute, int to_weekday, int to_minute,
            const char *text)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(is)"));
  g_autoptr (GVariant) slots = NULL;

  for (guint i = 0; i < self->slots->len; i++)
    {
      SmmSlot *slot = self->slots->pdata[i];
      gboolean meant = slot->minute == minute && (weekday == 0 || slot->weekday == weekday);

      if (!meant)
        add_slot (&list, slot->weekday, slot->minute);
      else if (to_minute >= 0
               && !has_slot (self, weekday == 0 ? slot->weekday : to_weekday, to_minute))
        add_slot (&list, weekday == 0 ? slot->weekday : to_weekday, to_minute);
    }
  slots = g_variant_ref_sink (g_variant_builder_end (&list));
  g_signal_emit (self, signals[EDITED], 0, slots, text);
}

/* One slot goes elsewhere; not onto another. */
static void
move (SmmSlotGrid *self, GtkWidget *cell, int to_weekday, int to_minute)
{
  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (cell)) || to_minute < 0
      || to_minute >= DAY_MINUTES || has_slot (self, to_weekday, to_minute))
    {
      gtk_widget_error_bell (cell);
      return;
    }
  self->focus_weekday = to_weekday;
  self->focus_minute = to_minute;
  emit_moved (self, weekday_of (cell), minute_of (cell), to_weekday, to_minute, _ ("Time moved"));
}

static void
on_toggled (GtkToggleButton *cell, SmmSlotGrid *self)
{
  int minute = minute_of (GTK_WIDGET (cell));
  gboolean on = gtk_toggle_button_get_active (cell), kept = FALSE;

  if (self->filling)
    return;
  for (guint i = 0; i < self->kept->len; i++)
    kept = kept || g_array_index (self->kept, int, i) == minute;
  if (!kept)
    g_array_append_val (self->kept, minute);
  g_signal_emit (self, signals[TOGGLED], 0, weekday_of (GTK_WIDGET (cell)), minute, on);
}

static void
on_time_chosen (SmmSlotPopover *popover, int minute, guint days, SmmSlotGrid *self)
{
  int old = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (popover), "minute"));

  g_array_set_size (self->kept, 0);
  if (minute != old)
    emit_moved (self, 0, old, 0, minute, _ ("Time changed"));
}

static void
on_time_removed (SmmSlotPopover *popover, SmmSlotGrid *self)
{
  g_array_set_size (self->kept, 0);
  emit_moved (self, 0, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (popover), "minute")), 0, -1,
              _ ("Time removed"));
}

/* --- What is shown --- */

static void
fill_heads (SmmSlotGrid *self)
{
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *word = smm_weekday_format (get_weekday (i), "%a");

      if (self->narrow && *word != '\0')
        *g_utf8_next_char (word) = '\0';
      gtk_label_set_label (GTK_LABEL (self->heads[i]), word);
    }
}

static GtkWidget *
make_cell (SmmSlotGrid *self, int weekday, int minute)
{
  GtkWidget *cell = gtk_toggle_button_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("object-select-symbolic");
  g_autofree char *day = smm_weekday_format (weekday, "%A");
  g_autofree char *clock = smm_clock_format (minute);
  /* Translators: a day of the week, a time: Monday, 09:00 */
  g_autofree char *name = g_strdup_printf (_ ("%s, %s"), day, clock);

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_button_set_child (GTK_BUTTON (cell), icon);
  gtk_widget_add_css_class (cell, "slot-cell");
  gtk_widget_set_hexpand (cell, TRUE);
  g_object_set_data (G_OBJECT (cell), "weekday", GINT_TO_POINTER (weekday));
  g_object_set_data (G_OBJECT (cell), "minute", GINT_TO_POINTER (minute));
  smm_widget_set_label (cell, name);
  gtk_widget_set_tooltip_text (cell, name);
  g_signal_connect (cell, "toggled", G_CALLBACK (on_toggled), self);
  return cell;
}

static GtkWidget *
make_time (SmmSlotGrid *self, int minute)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = smm_slot_popover_new (minute);
  g_autofree char *text = smm_clock_format (minute);
  /* Translators: %s is a time: Change 09:00 */
  g_autofree char *name = g_strdup_printf (_ ("Change %s"), text);

  g_object_set_data (G_OBJECT (popover), "minute", GINT_TO_POINTER (minute));
  g_signal_connect (popover, "chosen", G_CALLBACK (on_time_chosen), self);
  g_signal_connect (popover, "removed", G_CALLBACK (on_time_removed), self);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), text);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "slot-time");
  gtk_widget_set_tooltip_text (button, _ ("Change or remove this time"));
  smm_widget_set_label (button, name);
  return button;
}

static gint
compare_minutes (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

static GArray *
list_minutes (SmmSlotGrid *self)
{
  GArray *minutes = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < self->slots->len; i++)
    g_array_append_val (minutes, ((SmmSlot *)self->slots->pdata[i])->minute);
  g_array_append_vals (minutes, self->kept->data, self->kept->len);
  g_array_sort (minutes, compare_minutes);
  for (guint i = minutes->len; i > 1; i--)
    if (g_array_index (minutes, int, i - 1) == g_array_index (minutes, int, i - 2))
      g_array_remove_index (minutes, i - 1);
  return minutes;
}

static gboolean
has_rows (SmmSlotGrid *self, GArray *minutes)
{
  if (minutes->len != self->rows->len)
    return FALSE;
  for (guint i = 0; i < minutes->len; i++)
    if (((Row *)self->rows->pdata[i])->minute != g_array_index (minutes, int, i))
      return FALSE;
  return TRUE;
}

static void
make_rows (SmmSlotGrid *self, GArray *minutes)
{
  self->held = self->over = NULL;
  self->dragging = FALSE;
  for (guint i = self->rows->len; i > 0; i--)
    gtk_grid_remove_row (self->grid, i);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < minutes->len; i++)
    {
      Row *row = g_new0 (Row, 1);

      row->minute = g_array_index (minutes, int, i);
      gtk_grid_attach (self->grid, make_time (self, row->minute), 0, i + 1, 1, 1);
      for (int column = 0; column < 7; column++)
        {
          row->cells[column] = make_cell (self, get_weekday (column), row->minute);
          gtk_grid_attach (self->grid, row->cells[column], column + 1, i + 1, 1, 1);
        }
      g_ptr_array_add (self->rows, row);
    }
}

static void
fill (SmmSlotGrid *self)
{
  g_autoptr (GArray) minutes = list_minutes (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? cell_of (self, gtk_root_get_focus (root)) : NULL;

  if (focus != NULL && self->focus_minute < 0 && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    {
      self->focus_weekday = weekday_of (focus);
      self->focus_minute = minute_of (focus);
    }
  self->filling = TRUE;
  if (!has_rows (self, minutes))
    make_rows (self, minutes);
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      for (int column = 0; column < 7; column++)
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (row->cells[column]),
                                      has_slot (self, get_weekday (column), row->minute));
    }
  self->filling = FALSE;
  focus
      = self->focus_minute >= 0 ? find_cell (self, self->focus_weekday, self->focus_minute) : NULL;
  if (focus != NULL)
    {
      gtk_widget_grab_focus (focus);
      self->focus_minute = -1;
    }
}

/* --- Keyboard --- */

static gboolean
on_alt_arrow (SmmSlotGrid *self, GtkWidget *cell, guint keyval)
{
  int forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  int weekday = weekday_of (cell), minute = minute_of (cell);
  int column = get_column (weekday);

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      column += keyval == GDK_KEY_Right ? forward : -forward;
      if (column < 0 || column > 6)
        gtk_widget_error_bell (cell);
      else
        move (self, cell, get_weekday (column), minute);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_Down:
      move (self, cell, weekday, minute + (keyval == GDK_KEY_Up ? -STEP : STEP));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
end_drag (SmmSlotGrid *self)
{
  if (self->held != NULL)
    gtk_widget_remove_css_class (self->held, "hole");
  if (self->over != NULL)
    {
      gtk_widget_remove_css_class (self->over, "drop");
      gtk_widget_remove_css_class (self->over, "refuse");
    }
  self->held = self->over = NULL;
  self->dragging = FALSE;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, SmmSlotGrid *self)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *cell = cell_of (self, gtk_root_get_focus (root));

  if (keyval == GDK_KEY_Escape && self->dragging)
    {
      end_drag (self);
      gtk_gesture_set_state (self->drag, GTK_EVENT_SEQUENCE_DENIED);
      return GDK_EVENT_STOP;
    }
  if (cell == NULL)
    return GDK_EVENT_PROPAGATE;
  if (modifiers == GDK_ALT_MASK)
    return on_alt_arrow (self, cell, keyval);
  if (modifiers == 0 && (keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete))
    {
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (cell), FALSE);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* --- Pointer --- */

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, SmmSlotGrid *self)
{
  GtkWidget *cell = cell_of (self, gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT));

  if (cell == NULL || !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (cell)))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->held = cell;
  self->start_x = x;
  self->start_y = y;
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, SmmSlotGrid *self)
{
  GtkWidget *over;

  if (self->held == NULL)
    return;
  if (!self->dragging)
    {
      if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, dx, dy))
        return;
      self->dragging = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_widget_grab_focus (self->held);
      gtk_widget_add_css_class (self->held, "hole");
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
    }
  over = cell_of (self, gtk_widget_pick (GTK_WIDGET (self), self->start_x + dx, self->start_y + dy,
                                         GTK_PICK_DEFAULT));
  if (over == self->over)
    return;
  if (self->over != NULL)
    {
      gtk_widget_remove_css_class (self->over, "drop");
      gtk_widget_remove_css_class (self->over, "refuse");
    }
  self->over = over;
  if (over != NULL && over != self->held)
    gtk_widget_add_css_class (
        over, gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (over)) ? "refuse" : "drop");
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, SmmSlotGrid *self)
{
  GtkWidget *held = self->held, *over = self->over;
  gboolean dragged = self->dragging;

  end_drag (self);
  if (dragged && held != NULL && over != NULL && over != held)
    move (self, held, weekday_of (over), minute_of (over));
}

static void
on_drag_cancel (GtkGesture *drag, GdkEventSequence *sequence, SmmSlotGrid *self)
{
  end_drag (self);
}

/* --- The widget --- */

static void
smm_slot_grid_dispose (GObject *object)
{
  SmmSlotGrid *self = SMM_SLOT_GRID (object);

  g_clear_pointer (&self->slots, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_array_unref);
  G_OBJECT_CLASS (smm_slot_grid_parent_class)->dispose (object);
}

static void
smm_slot_grid_class_init (SmmSlotGridClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = smm_slot_grid_dispose;
  signals[TOGGLED] = g_signal_new ("toggled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_BOOLEAN);
  signals[EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_VARIANT, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_controllers (SmmSlotGrid *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->drag = gtk_gesture_drag_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->drag), GTK_PHASE_CAPTURE);
  g_signal_connect (self->drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (self->drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (self->drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (self->drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
smm_slot_grid_init (SmmSlotGrid *self)
{
  self->slots = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->kept = g_array_new (FALSE, FALSE, sizeof (int));
  self->focus_minute = -1;
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 4);
  gtk_grid_set_row_spacing (self->grid, 4);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "slot-grid");
  for (int i = 0; i < 7; i++)
    {
      self->heads[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->heads[i], "caption-heading");
      gtk_widget_add_css_class (self->heads[i], "dim-label");
      gtk_grid_attach (self->grid, self->heads[i], i + 1, 0, 1, 1);
    }
  fill_heads (self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grid));
  smm_widget_set_label (GTK_WIDGET (self), _ ("Times of the Week"));
  add_controllers (self);
}

GtkWidget *
smm_slot_grid_new (void)
{
  return g_object_new (SMM_TYPE_SLOT_GRID, NULL);
}

/**
 * smm_slot_grid_set_slots:
 * @self: a grid
 * @slots: (element-type SmmSlot): what to show; the keyboard stays where it is
 */
void
smm_slot_grid_set_slots (SmmSlotGrid *self, GPtrArray *slots)
{
  g_return_if_fail (SMM_IS_SLOT_GRID (self));

  g_ptr_array_set_size (self->slots, 0);
  for (guint i = 0; i < slots->len; i++)
    g_ptr_array_add (self->slots, g_object_ref (slots->pdata[i]));
  fill (self);
}

void
smm_slot_grid_forget (SmmSlotGrid *self)
{
  g_array_set_size (self->kept, 0);
}

gboolean
smm_slot_grid_has_rows (SmmSlotGrid *self)
{
  return self->rows->len > 0;
}

void
smm_slot_grid_set_narrow (SmmSlotGrid *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_grid_set_column_spacing (self->grid, narrow ? 2 : 4);
  fill_heads (self);
}
