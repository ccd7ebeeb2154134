/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-timer.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

struct _SmmTimer
{
  GObject parent_instance;

  SmmTimerFunc func;
  gpointer user_data;

  int fd;
  guint source_id;
  gint64 at;
};

G_DEFINE_TYPE (SmmTimer, smm_timer, G_TYPE_OBJECT)

static void
set_time (SmmTimer *self, gint64 at)
{
  struct itimerspec spec = { 0 };

  spec.it_value.tv_sec = at / G_USEC_PER_SEC;
  spec.it_value.tv_nsec = (at % G_USEC_PER_SEC) * 1000;
  timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL);
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer user_data)
{
  SmmTimer *self = user_data;
  guint64 ticks;
  ssize_t n = read (fd, &ticks, sizeof ticks);

  /* ECANCELED: the clock was set. Arm again for the next change; the owner recomputes. */
  if (n < 0 && errno == ECANCELED)
    set_time (self, self->at);
  else if (n < 0)
    return G_SOURCE_CONTINUE;
  self->func (self->user_data);
  return G_SOURCE_CONTINUE;
}

static void
smm_timer_finalize (GObject *object)
{
  SmmTimer *self = SMM_TIMER (object);

  g_clear_handle_id (&self->source_id, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);

  G_OBJECT_CLASS (smm_timer_parent_class)->finalize (object);
}

static void
smm_timer_class_init (SmmTimerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = smm_timer_finalize;
}

static void
smm_timer_init (SmmTimer *self)
{
  self->fd = -1;
}

/**
 * smm_timer_new:
 * @func: called when the time has come and whenever the clock was set
 * @user_data: for @func
 * @error: G_IO_ERROR when the system gives no timer
 *
 * Returns: (transfer full) (nullable): a disarmed timer on the default main context
 */
SmmTimer *
smm_timer_new (SmmTimerFunc func, gpointer user_data, GError **error)
{
  g_autoptr (SmmTimer) self = g_object_new (SMM_TYPE_TIMER, NULL);

  self->func = func;
  self->user_data = user_data;
  self->fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "timerfd: %s",
                   g_strerror (errno));
      return NULL;
    }
  self->source_id = g_unix_fd_add (self->fd, G_IO_IN, on_readable, self);
  return g_steal_pointer (&self);
}

/* Far enough not to fire, near enough for the kernel: an armed timer also reports clock changes. */
#define NEVER (G_GINT64_CONSTANT (4000000000) * G_USEC_PER_SEC)

/**
 * smm_timer_arm:
 * @self: a timer
 * @at: µs UTC; 0: only clock changes are reported
 */
void
smm_timer_arm (SmmTimer *self, gint64 at)
{
  g_return_if_fail (SMM_IS_TIMER (self));

  self->at = at > 0 ? at : NEVER;
  set_time (self, self->at);
}
