/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * One timerfd on CLOCK_REALTIME with TFD_TIMER_CANCEL_ON_SET: it fires at a wall-clock time, also
 * after suspend, and at once when the clock is set, so that the queue is looked at again.
 */
#define SMM_TYPE_TIMER (smm_timer_get_type ())
G_DECLARE_FINAL_TYPE (SmmTimer, smm_timer, SMM, TIMER, GObject)

typedef void (*SmmTimerFunc) (gpointer user_data);

SmmTimer *smm_timer_new (SmmTimerFunc func, gpointer user_data, GError **error);
/* @at: µs UTC; 0 disarms, a time in the past fires at once. */
void smm_timer_arm (SmmTimer *self, gint64 at);

G_END_DECLS
