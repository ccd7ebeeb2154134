/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* To be preloaded: while the file named by SMM_BUSY_PORTS is there, this computer has no port left.
 */

#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <unistd.h>

int
bind (int fd, const struct sockaddr *address, socklen_t length)
{
  int (*real) (int, const struct sockaddr *, socklen_t)
      = (int (*) (int, const struct sockaddr *, socklen_t))dlsym (RTLD_NEXT, "bind");
  const char *control = getenv ("SMM_BUSY_PORTS");

  if (address->sa_family == AF_INET && control != NULL && access (control, F_OK) == 0)
    {
      errno = EADDRINUSE;
      return -1;
    }
  return real (fd, address, length);
}
