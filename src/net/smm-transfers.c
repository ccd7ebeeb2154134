/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "smm-transfers.h"

#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

#define MAX_CONNECTIONS 64L
#define MAX_SPARE 64
#define REST_AFTER (30 * G_TIME_SPAN_SECOND)
#define N_EVENTS 64
#define NEVER G_MAXINT64

struct _SmmTransfer
{
  CURL *easy;
  SmmTransferFunc func;
  gpointer user_data;
  CURLcode code;
  gboolean runs; /* libcurl has it */
};

struct _SmmTransfers
{
  int ref_count; /* whoever made it, and the source while it calls out */
  gboolean closed;
  GSource *source;
  int events_fd; /* every socket of libcurl's in one: a loop that asks for each costs more */
  gpointer events_tag;
  GArray *leaving; /* int, of sockets that are still in it */
  CURLM *multi;    /* made when it is needed */
  gint64 due;      /* when libcurl wants to be called; monotonic */
  gint64 rest;     /* when nothing has been sent for long */
  guint n_taken;
  GPtrArray *spare; /* SmmTransfer* */
  GQueue ended;     /* SmmTransfer* that have not been told */
};

typedef struct
{
  GSource parent;
  SmmTransfers *transfers;
} Pump;

static SmmTransfers *
transfers_ref (SmmTransfers *self)
{
  self->ref_count++;
  return self;
}

static void
transfers_unref (SmmTransfers *self)
{
  if (--self->ref_count == 0)
    g_free (self);
}

static void
transfer_free (gpointer data)
{
  SmmTransfer *transfer = data;

  curl_easy_cleanup (transfer->easy);
  g_free (transfer);
}

/* --- What libcurl asks for --- */

/* Between two requests of a connection libcurl lets go of its socket and at once wants it back: it
 * is let go only when nothing took it up until the loop waits again. */
static void
let_go (SmmTransfers *self)
{
  struct epoll_event event = { 0 };

  for (guint i = 0; i < self->leaving->len; i++)
    epoll_ctl (self->events_fd, EPOLL_CTL_DEL, g_array_index (self->leaving, int, i), &event);
  g_array_set_size (self->leaving, 0);
}

static gboolean
take_up (SmmTransfers *self, int fd, struct epoll_event *event)
{
  for (guint i = 0; i < self->leaving->len; i++)
    if (g_array_index (self->leaving, int, i) == fd)
      {
        g_array_remove_index_fast (self->leaving, i);
        /* It fails when the number has become another socket's. */
        return epoll_ctl (self->events_fd, EPOLL_CTL_MOD, fd, event) == 0;
      }
  return FALSE;
}

static int
on_socket (CURL *easy, curl_socket_t fd, int what, void *user_data, void *known)
{
  SmmTransfers *self = user_data;
  struct epoll_event event = { .data.fd = fd };

  if (what == CURL_POLL_REMOVE)
    {
      g_array_append_val (self->leaving, fd);
      return 0;
    }
  if ((what & CURL_POLL_IN) != 0)
    event.events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0)
    event.events |= EPOLLOUT;
  if (known != NULL)
    return epoll_ctl (self->events_fd, EPOLL_CTL_MOD, fd, &event);
  curl_multi_assign (self->multi, fd, self);
  if (take_up (self, fd, &event))
    return 0;
  return epoll_ctl (self->events_fd, EPOLL_CTL_ADD, fd, &event);
}

static int
on_timer (CURLM *multi, long ms, void *user_data)
{
  SmmTransfers *self = user_data;

  self->due = ms < 0 ? NEVER : g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;
  return 0;
}

/* --- The source --- */

static gint64
get_due (SmmTransfers *self)
{
  if (!g_queue_is_empty (&self->ended))
    return 0;
  return MIN (self->due, self->rest);
}

static gboolean
pump_prepare (GSource *source, int *timeout)
{
  SmmTransfers *self = ((Pump *)source)->transfers;
  gint64 due = get_due (self);
  gint64 now = g_source_get_time (source);

  let_go (self);
  *timeout = due == NEVER ? -1 : CLAMP ((due - now + 999) / 1000, 0, G_MAXINT);
  return due <= now;
}

static gboolean
pump_check (GSource *source)
{
  SmmTransfers *self = ((Pump *)source)->transfers;

  return g_source_query_unix_fd (source, self->events_tag) != 0
         || get_due (self) <= g_source_get_time (source);
}

static void
run_sockets (SmmTransfers *self)
{
  struct epoll_event events[N_EVENTS];
  int n = epoll_wait (self->events_fd, events, N_EVENTS, 0);
  int running;

  for (int i = 0; i < n; i++)
    {
      int mask = 0;

      if ((events[i].events & EPOLLIN) != 0)
        mask |= CURL_CSELECT_IN;
      if ((events[i].events & EPOLLOUT) != 0)
        mask |= CURL_CSELECT_OUT;
      if ((events[i].events & (EPOLLERR | EPOLLHUP)) != 0)
        mask |= CURL_CSELECT_ERR;
      curl_multi_socket_action (self->multi, events[i].data.fd, mask, &running);
    }
}

static void
run_timer (SmmTransfers *self)
{
  int running;

  if (self->due > g_get_monotonic_time ())
    return;
  self->due = NEVER;
  curl_multi_socket_action (self->multi, CURL_SOCKET_TIMEOUT, 0, &running);
}

static void
collect_ended (SmmTransfers *self)
{
  CURLMsg *message;
  int n;

  while ((message = curl_multi_info_read (self->multi, &n)) != NULL)
    {
      CURL *easy = message->easy_handle;
      CURLcode code = message->data.result;
      SmmTransfer *transfer;

      curl_easy_getinfo (easy, CURLINFO_PRIVATE, &transfer);
      curl_multi_remove_handle (self->multi, easy);
      transfer->runs = FALSE;
      transfer->code = code;
      g_queue_push_tail (&self->ended, transfer);
    }
}

static void
tell_ended (SmmTransfers *self)
{
  SmmTransfer *transfer;

  while (!self->closed && (transfer = g_queue_pop_head (&self->ended)) != NULL)
    transfer->func (transfer, transfer->code, transfer->user_data);
}

/* Connections nobody used for a while, and what memory they hold. */
static void
forget_connections (SmmTransfers *self)
{
  self->rest = NEVER;
  g_ptr_array_set_size (self->spare, 0);
  g_clear_pointer (&self->multi, curl_multi_cleanup);
  self->due = NEVER;
}

/* What was told may have started more: that goes out in the same turn. */
static gboolean
pump_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  SmmTransfers *self = transfers_ref (((Pump *)source)->transfers);

  if (self->multi != NULL)
    {
      run_sockets (self);
      run_timer (self);
      collect_ended (self);
    }
  tell_ended (self);
  if (!self->closed && self->multi != NULL)
    {
      run_timer (self);
      collect_ended (self);
    }
  if (!self->closed && self->rest <= g_get_monotonic_time ())
    forget_connections (self);
  transfers_unref (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs pump_funcs
    = { .prepare = pump_prepare, .check = pump_check, .dispatch = pump_dispatch };

/* --- For whoever sends --- */

static gpointer
start_library (gpointer data)
{
  /* As GIO does: a server that hangs up is an error of a write, not the end of the program. */
  signal (SIGPIPE, SIG_IGN);
  if (curl_global_init (CURL_GLOBAL_DEFAULT) != 0)
    g_error ("libcurl can't be used");
  return NULL;
}

static void
make_multi (SmmTransfers *self)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, start_library, NULL);
  self->multi = curl_multi_init ();
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt (self->multi, CURLMOPT_MAXCONNECTS, MAX_CONNECTIONS);
  curl_multi_setopt (self->multi, CURLMOPT_MAX_HOST_CONNECTIONS, MAX_CONNECTIONS);
}

SmmTransfers *
smm_transfers_new (void)
{
  SmmTransfers *self = g_new0 (SmmTransfers, 1);

  self->ref_count = 1;
  self->due = self->rest = NEVER;
  self->leaving = g_array_new (FALSE, FALSE, sizeof (int));
  self->spare = g_ptr_array_new_with_free_func (transfer_free);
  g_queue_init (&self->ended);
  self->events_fd = epoll_create1 (EPOLL_CLOEXEC);
  if (self->events_fd < 0)
    g_error ("No more files can be opened: %s", g_strerror (errno));
  self->source = g_source_new (&pump_funcs, sizeof (Pump));
  ((Pump *)self->source)->transfers = self;
  g_source_set_static_name (self->source, "smm-transfers");
  /* A dialog that a callback opens may wait for another request. */
  g_source_set_can_recurse (self->source, TRUE);
  self->events_tag = g_source_add_unix_fd (self->source, self->events_fd, G_IO_IN);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

/**
 * smm_transfers_free:
 * @self: the transfers; all have been given back
 */
void
smm_transfers_free (SmmTransfers *self)
{
  self->closed = TRUE;
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_ptr_array_unref (self->spare);
  g_clear_pointer (&self->multi, curl_multi_cleanup);
  g_queue_clear (&self->ended);
  g_array_unref (self->leaving);
  close (self->events_fd);
  transfers_unref (self);
}

SmmTransfer *
smm_transfers_take (SmmTransfers *self)
{
  SmmTransfer *transfer;

  if (self->multi == NULL)
    make_multi (self);
  self->rest = NEVER;
  self->n_taken++;
  if (self->spare->len > 0)
    return g_ptr_array_steal_index_fast (self->spare, self->spare->len - 1);
  transfer = g_new0 (SmmTransfer, 1);
  transfer->easy = curl_easy_init ();
  if (transfer->easy == NULL)
    g_error ("libcurl can't be used");
  return transfer;
}

CURL *
smm_transfer_get_easy (SmmTransfer *transfer)
{
  return transfer->easy;
}

void
smm_transfers_start (SmmTransfers *self, SmmTransfer *transfer, SmmTransferFunc func,
                     gpointer user_data)
{
  CURLMcode code;

  transfer->func = func;
  transfer->user_data = user_data;
  curl_easy_setopt (transfer->easy, CURLOPT_PRIVATE, transfer);
  code = curl_multi_add_handle (self->multi, transfer->easy);
  transfer->runs = code == CURLM_OK;
  if (transfer->runs)
    return;
  transfer->code = CURLE_OUT_OF_MEMORY;
  g_queue_push_tail (&self->ended, transfer);
}

void
smm_transfers_give_back (SmmTransfers *self, SmmTransfer *transfer, gboolean clean)
{
  if (transfer->runs)
    curl_multi_remove_handle (self->multi, transfer->easy);
  else
    g_queue_remove (&self->ended, transfer);
  transfer->runs = FALSE;
  if (clean && self->spare->len < MAX_SPARE)
    {
      /* It holds an address and a token no longer. */
      curl_easy_reset (transfer->easy);
      g_ptr_array_add (self->spare, transfer);
    }
  else
    transfer_free (transfer);
  if (--self->n_taken == 0)
    self->rest = g_get_monotonic_time () + REST_AFTER;
}
