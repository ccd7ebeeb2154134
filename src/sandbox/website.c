/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The website of a brand: /website is a page; below it are addresses that a reader meets: moved
 * (leads to the page), away (to another site), round (to itself), picture (no page), latin (in
 * ISO 8859-1), empty (without a word), inside (to a private address).
 */

#include "smm-sandbox.h"

#include <string.h>

static void
redirect (SimRequest *self, const char *location)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_message_headers_replace (headers, "Location", location);
  sim_reply_text (self, 302, "text/html", g_strdup ("<p>Moved</p>"));
}

void
sim_website (SimRequest *self)
{
  const char *what = self->n_segments > 1 ? self->segments[1] : "";

  if (!sim_is (self, "GET"))
    sim_reply_text (self, 405, "text/html", g_strdup ("<p>Not allowed</p>"));
  else if (*what == '\0')
    {
      self->body = g_resources_lookup_data ("/com/nkonsept/Smm/sandbox/website.html", 0, NULL);
      self->status = self->body != NULL ? 200 : 404;
      self->type = g_strdup ("text/html");
    }
  else if (strcmp (what, "moved") == 0)
    redirect (self, "/website");
  else if (strcmp (what, "away") == 0)
    redirect (self, "http://localhost:1/");
  else if (strcmp (what, "inside") == 0)
    redirect (self, "http://192.168.1.1/");
  else if (strcmp (what, "round") == 0)
    redirect (self, "round");
  else if (strcmp (what, "picture") == 0)
    sim_reply_text (self, 200, "image/png", g_strdup ("\x89PNG\r\n\x1a\n"));
  else if (strcmp (what, "latin") == 0)
    sim_reply_text (self, 200, "text/html; charset=iso-8859-1",
                    g_strdup ("<title>B\xe4"
                              "ckerei</title><p>Br\xf6tchen"));
  else if (strcmp (what, "empty") == 0)
    sim_reply_text (self, 200, "text/html", g_strdup ("<script>make()</script>"));
  else
    sim_reply_text (self, 404, "text/html", g_strdup ("<p>Not found</p>"));
}
