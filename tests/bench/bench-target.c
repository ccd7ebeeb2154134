/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-target [--delay-us N] [--drop-every N]
 *
 * A Graph API that is never the limit: one thread, epoll, nothing on disk. It knows the feed of any
 * Page (POST, GET with since, limit, after) and answers N µs later (1000). With --drop-every the
 * N-th, 2N-th … post takes effect and gets no answer. It counts what the publisher is judged by:
 * posts are told apart by the number at the end of their message.
 *   stdout            its address, one line
 *   GET /_bench       {"posts":distinct,"requests":all,"doubled":more than once,"looks":lists}
 *   GET /_bench/times a line each: number, µs UTC of arrival, times seen
 */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_REQUEST (64 * 1024)

typedef struct
{
  char *page;
  guint number;
  gint64 at;
} Post;

typedef struct
{
  int fd;
  guint64 serial; /* file descriptors come again */
  GString *in;
} Client;

typedef struct
{
  int fd;
  guint64 serial;
  gint64 at; /* monotonic µs */
  char *reply;
  gsize length;
} Waiting;

static GHashTable *clients; /* fd → Client */
static GQueue waiting = G_QUEUE_INIT;
static GPtrArray *posts;  /* Post*, oldest first */
static GHashTable *pages; /* Page → GArray of indices into posts */
static GArray *seen;      /* guint by number */
static guint64 n_requests, n_looks, n_serials;
static gint64 delay_us = 1000;
static guint drop_every;
static int poll_fd;

/* --- Clients --- */

static void
drop_client (Client *client)
{
  close (client->fd);
  g_hash_table_remove (clients, GINT_TO_POINTER (client->fd));
}

static void
client_free (gpointer data)
{
  Client *client = data;

  g_string_free (client->in, TRUE);
  g_free (client);
}

static void
accept_clients (int listener)
{
  struct epoll_event event = { .events = EPOLLIN };
  int fd, on = 1;

  while ((fd = accept4 (listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
    {
      Client *client = g_new0 (Client, 1);

      setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      client->fd = fd;
      client->serial = ++n_serials;
      client->in = g_string_new (NULL);
      g_hash_table_insert (clients, GINT_TO_POINTER (fd), client);
      event.data.fd = fd;
      epoll_ctl (poll_fd, EPOLL_CTL_ADD, fd, &event);
    }
}

static void
write_all (int fd, const char *data, gsize n)
{
  gsize done = 0;

  while (done < n)
    {
      ssize_t written = write (fd, data + done, n - done);

      if (written < 0 && errno == EAGAIN)
        g_usleep (100);
      else if (written <= 0)
        return;
      else
        done += written;
    }
}

static void
reply (Client *client, gint64 wait, const char *type, GString *body)
{
  Waiting *next = g_new0 (Waiting, 1);

  next->fd = client->fd;
  next->serial = client->serial;
  next->at = g_get_monotonic_time () + wait;
  next->reply = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: "
                                 "%" G_GSIZE_FORMAT "\r\n\r\n%s",
                                 type, body->len, body->str);
  next->length = strlen (next->reply);
  g_string_free (body, TRUE);
  g_queue_push_tail (&waiting, next);
}

/* Answers are due in the order in which they were asked for. Returns ms to the next; -1: none. */
static int
send_due (void)
{
  Waiting *next;

  while ((next = g_queue_peek_head (&waiting)) != NULL)
    {
      gint64 left = next->at - g_get_monotonic_time ();
      Client *client;

      if (left > 0)
        return left / 1000 + 1;
      client = g_hash_table_lookup (clients, GINT_TO_POINTER (next->fd));
      if (client != NULL && client->serial == next->serial)
        write_all (next->fd, next->reply, next->length);
      g_queue_pop_head (&waiting);
      g_free (next->reply);
      g_free (next);
    }
  return -1;
}

/* --- The API --- */

static char *
get_field (const char *form, const char *name)
{
  g_autofree char *begin = g_strconcat (name, "=", NULL);
  const char *at = form;

  while (at != NULL && !g_str_has_prefix (at, begin))
    {
      at = strchr (at, '&');
      at = at != NULL ? at + 1 : NULL;
    }
  if (at == NULL)
    return NULL;
  at += strlen (begin);
  return g_uri_unescape_segment (at, at + strcspn (at, "& "), NULL);
}

static void
append_post (GString *out, const Post *post)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (post->at / G_USEC_PER_SEC);
  g_autofree char *created = g_date_time_format (at, "%Y-%m-%dT%H:%M:%S+0000");

  g_string_append_printf (out,
                          "{\"id\":\"%s_%u\",\"message\":\"bench %u\",\"created_time\":\"%s\","
                          "\"is_published\":true,\"permalink_url\":\"https://www.facebook.com/%s/"
                          "posts/%u\"}",
                          post->page, post->number + 1, post->number, created, post->page,
                          post->number + 1);
}

static void
add_post (Client *client, const char *page, const char *form)
{
  g_autofree char *message = get_field (form, "message");
  const char *digits = message != NULL ? strrchr (message, ' ') : NULL;
  Post *post = g_new0 (Post, 1);
  GArray *own = g_hash_table_lookup (pages, page);
  GString *body = g_string_new (NULL);

  post->page = g_strdup (page);
  post->number = digits != NULL ? atoi (digits + 1) : 0;
  post->at = g_get_real_time ();
  if (own == NULL)
    {
      own = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (pages, g_strdup (page), own);
    }
  g_array_append_val (own, posts->len);
  g_ptr_array_add (posts, post);
  if (seen->len <= post->number)
    g_array_set_size (seen, post->number + 1);
  g_array_index (seen, guint, post->number)++;
  n_requests++;
  if (drop_every > 0 && n_requests % drop_every == 0)
    {
      g_string_free (body, TRUE);
      drop_client (client);
      return;
    }
  append_post (body, post);
  reply (client, delay_us, "application/json", body);
}

static void
list_posts (Client *client, const char *page, const char *query)
{
  g_autofree char *since = get_field (query, "since");
  g_autofree char *limit = get_field (query, "limit");
  g_autofree char *after = get_field (query, "after");
  gint64 from = since != NULL ? g_ascii_strtoll (since, NULL, 10) * G_USEC_PER_SEC : 0;
  guint left = limit != NULL ? atoi (limit) : 25;
  GArray *own = g_hash_table_lookup (pages, page);
  guint end = own != NULL ? own->len : 0;
  GString *body = g_string_new ("{\"data\":[");
  guint n = 0;

  n_looks++;
  if (after != NULL)
    end = MIN (end, (guint)atoi (after));
  for (; end > 0 && left > 0; end--, left--)
    {
      const Post *post = posts->pdata[g_array_index (own, guint, end - 1)];

      if (post->at < from)
        break;
      g_string_append (body, n++ > 0 ? "," : "");
      append_post (body, post);
    }
  g_string_append (body, "]");
  if (left == 0 && end > 0)
    g_string_append_printf (body,
                            ",\"paging\":{\"cursors\":{\"after\":\"%u\"},\"next\":\"https://"
                            "graph.facebook.com/next\"}",
                            end);
  g_string_append (body, "}");
  reply (client, delay_us, "application/json", body);
}

static void
report (Client *client, gboolean times)
{
  GString *body = g_string_new (NULL);
  guint n = 0, doubled = 0;

  for (guint i = 0; i < seen->len; i++)
    {
      n += g_array_index (seen, guint, i) > 0;
      doubled += g_array_index (seen, guint, i) > 1;
    }
  if (!times)
    g_string_append_printf (body,
                            "{\"posts\":%u,\"requests\":%" G_GUINT64_FORMAT ",\"doubled\":%u,"
                            "\"looks\":%" G_GUINT64_FORMAT "}",
                            n, n_requests, doubled, n_looks);
  else
    for (guint i = 0; i < posts->len; i++)
      {
        const Post *post = posts->pdata[i];

        g_string_append_printf (body, "%u %" G_GINT64_FORMAT " %u\n", post->number, post->at,
                                g_array_index (seen, guint, post->number));
      }
  reply (client, 0, times ? "text/plain" : "application/json", body);
}

static void
handle (Client *client, const char *head, const char *body)
{
  const char *target = strchr (head, ' ') + 1;
  const char *query = target + strcspn (target, "? ");
  g_autofree char *path = g_strndup (target, query - target);
  g_auto (GStrv) parts = g_strsplit (path, "/", 5); /* "", version, page, "feed" */

  query += *query == '?';
  if (strcmp (path, "/_bench") == 0)
    report (client, FALSE);
  else if (strcmp (path, "/_bench/times") == 0)
    report (client, TRUE);
  else if (g_strv_length (parts) == 4 && g_str_has_prefix (head, "POST "))
    add_post (client, parts[2], body);
  else if (g_strv_length (parts) == 4)
    list_posts (client, parts[2], query);
  else
    reply (client, delay_us, "application/json", g_string_new ("{\"success\":true}"));
}

/* Requests come one after the other on a connection: nobody pipelines. */
static void
read_client (Client *client)
{
  char buffer[16384];
  ssize_t n = read (client->fd, buffer, sizeof buffer);
  const char *end, *length;
  gsize body;

  if (n < 0 && errno == EAGAIN)
    return;
  if (n <= 0 || client->in->len + n > MAX_REQUEST)
    {
      drop_client (client);
      return;
    }
  g_string_append_len (client->in, buffer, n);
  end = strstr (client->in->str, "\r\n\r\n");
  if (end == NULL)
    return;
  end += 4;
  length = strcasestr (client->in->str, "\ncontent-length:");
  body = length != NULL && length < end ? strtoul (length + 16, NULL, 10) : 0;
  if (client->in->len < (gsize)(end - client->in->str) + body)
    return;
  {
    g_autofree char *whole = g_strndup (client->in->str, client->in->len);

    g_string_truncate (client->in, 0);
    handle (client, whole, whole + (end - client->in->str));
  }
}

static int
listen_here (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

  if (fd < 0 || bind (fd, (struct sockaddr *)&address, sizeof address) != 0 || listen (fd, 512) != 0
      || getsockname (fd, (struct sockaddr *)&address, &size) != 0)
    g_error ("No port: %s", g_strerror (errno));
  g_print ("http://127.0.0.1:%d\n", ntohs (address.sin_port));
  return fd;
}

static void
run (int listener)
{
  struct epoll_event event = { .events = EPOLLIN, .data.fd = listener };
  struct epoll_event events[128];

  epoll_ctl (poll_fd, EPOLL_CTL_ADD, listener, &event);
  for (;;)
    {
      int n = epoll_wait (poll_fd, events, G_N_ELEMENTS (events), send_due ());

      for (int i = 0; i < n; i++)
        {
          int fd = events[i].data.fd;
          Client *client = g_hash_table_lookup (clients, GINT_TO_POINTER (fd));

          if (fd == listener)
            accept_clients (listener);
          else if (client != NULL)
            read_client (client);
        }
    }
}

int
main (int argc, char **argv)
{
  gint64 delay = -1;
  int drop = 0;
  GOptionEntry options[]
      = { { "delay-us", 0, 0, G_OPTION_ARG_INT64, &delay, "Before an answer", "N" },
          { "drop-every", 0, 0, G_OPTION_ARG_INT, &drop, "Answers that get lost", "N" },
          { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return 2;
  if (delay >= 0)
    delay_us = delay;
  drop_every = MAX (drop, 0);
  signal (SIGPIPE, SIG_IGN);
  clients = g_hash_table_new_full (NULL, NULL, NULL, client_free);
  pages = g_hash_table_new (g_str_hash, g_str_equal);
  posts = g_ptr_array_new ();
  seen = g_array_new (FALSE, TRUE, sizeof (guint));
  poll_fd = epoll_create1 (EPOLL_CLOEXEC);
  run (listen_here ());
  return 0;
}
