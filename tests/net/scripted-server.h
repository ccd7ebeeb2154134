/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A server on this computer that misbehaves as told. It is made of plain sockets and a thread for
 * each connection: it shares nothing with the HTTP library under test.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Server Server;
/* Runs in a thread; the connection is closed after it. */
typedef void (*ServerScript) (Server *server, GIOStream *stream);

/* What came in. */
typedef struct
{
  char *head; /* with the empty line */
  GByteArray *body;
  gint64 promised; /* Content-Length; -1: none */
  gboolean complete;
} ServerRequest;

Server *server_start (ServerScript script, gpointer data);
void server_stop (Server *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_stop)
/* A certificate and its key in one PEM: from now on the server speaks TLS. */
void server_set_certificate (Server *server, GTlsCertificate *certificate);
guint16 server_get_port (Server *server);
gpointer server_get_data (Server *server);

guint server_count_connections (Server *server);
guint server_count_requests (Server *server, const char *method);
/* Waits for it; the n-th that was read, borrowed. */
ServerRequest *server_get_request (Server *server, guint n);
guint64 server_get_written (Server *server);

/* --- For scripts --- */

/* Reads one request and notes it; FALSE when none came whole. */
gboolean server_read (Server *server, GIOStream *stream);
/* FALSE when the other side is gone. */
gboolean server_write (Server *server, GIOStream *stream, const char *text);
gboolean server_write_bytes (Server *server, GIOStream *stream, const void *bytes, gsize n);
void server_answer (Server *server, GIOStream *stream, const char *status_and_headers,
                    const char *body);
/* Ends the connection with a reset, as a crashed server's kernel does. */
void server_reset (GIOStream *stream);
/* Until @ms are over or the test ends; FALSE: it ends. */
gboolean server_sleep (Server *server, guint ms);

G_END_DECLS
