/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SMM_TYPE_SLOT_POPOVER (smm_slot_popover_get_type ())
G_DECLARE_FINAL_TYPE (SmmSlotPopover, smm_slot_popover, SMM, SLOT_POPOVER, GtkPopover)

/*
 * Asks for a time of the day, and for a new one on which days.
 * Signals: "chosen" (int minute, uint days: bits 1 << 1 Monday … 1 << 7), "removed" ().
 */
/* @minute: the time that is changed; -1: a new one. */
GtkWidget *smm_slot_popover_new (int minute);

G_END_DECLS
