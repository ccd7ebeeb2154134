/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-housekeeping.h"
#include "smm-mailer.h"
#include "smm-notifier.h"
#include "smm-probe.h"
#include "smm-publisher-dbus.h"
#include "smm-publisher-host.h"
#include "smm-publisher.h"
#include "smm-teller.h"
#include "smm-timer.h"
#include "smm-tray.h"

G_BEGIN_DECLS

struct _SmmPublisher
{
  GObject parent_instance;

  SmmPublisherOptions options;
  SmmPaths *paths;
  SmmLibraryLocal *library;
  SmmHttp *http;
  SmmVault *vault;
  SmmPublisherHost *host;
  SmmProbe *probe; /* NULL: this run ends by itself */
  SmmEngine *engine;
  SmmHousekeeping *housekeeping;
  SmmMailer *mailer;
  SmmNotifier *notifier; /* NULL without a session bus */
  SmmTray *tray;         /* the same */
  char *restore;         /* the backup that takes the library's place when this ends */
  gboolean erase;        /* the library goes when this ends */
  SmmTimer *series_timer;
  guint top_up_id;

  /* Until the library is open there is no engine, and calls wait. */
  GPtrArray *waiting; /* GDBusMethodInvocation* */
  guint check_id;
  gboolean stopping;
  GError *failure;

  GMainLoop *loop;
  SmmDBusPublisher1 *skeleton;
  GDBusConnection *system_bus;
  guint name_id;
  GDBusConnection *bus;
  guint keyring_id;
  guint idle_check_id;
  guint stop_id;
  SmmTeller *teller; /* NULL without a session bus */
  int status;
};

/* --- smm-publisher.c: what it lives through --- */

/* What is in flight ends and is written, then it goes. */
void smm_publisher_end (SmmPublisher *self);

/* --- smm-publisher-calls.c: what is asked over the bus --- */

void smm_publisher_take_calls (SmmPublisher *self);
/* Those that waited for the library; before it is there, all but Status and Restore wait. */
void smm_publisher_answer_waiting (SmmPublisher *self);
void smm_publisher_refuse_waiting (SmmPublisher *self, const char *why);
/* The properties on the bus. */
void smm_publisher_show_ready (SmmPublisher *self);
void smm_publisher_show_problem (SmmPublisher *self);

G_END_DECLS
