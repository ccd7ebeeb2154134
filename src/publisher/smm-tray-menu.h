/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A menu on the bus (com.canonical.dbusmenu), as trays show it. Its owner fills it: with
 * smm_tray_menu_begin(), then lines in their order, then smm_tray_menu_end(). Written here as there are
 * few lines, and as what others use for it is not in every runtime.
 */
typedef struct _SmmTrayMenu SmmTrayMenu;

/* Somebody chose @id. */
typedef void (*SmmTrayChosenFunc) (int id, gpointer user_data);
/* It is about to be shown: bring it up to date. */
typedef void (*SmmTrayFillFunc) (SmmTrayMenu *menu, gpointer user_data);

SmmTrayMenu *smm_tray_menu_new (SmmTrayFillFunc fill, SmmTrayChosenFunc chosen,
                                gpointer user_data);
gboolean smm_tray_menu_export (SmmTrayMenu *self, GDBusConnection *bus, const char *path,
                               GError **error);
void smm_tray_menu_free (SmmTrayMenu *self);

void smm_tray_menu_begin (SmmTrayMenu *self);
/* @parent 0: the menu itself; else the line whose submenu it is in. Ids are the owner's, above 0. */
void smm_tray_menu_add (SmmTrayMenu *self, int parent, int id, const char *label);
void smm_tray_menu_add_separator (SmmTrayMenu *self, int id);
void smm_tray_menu_end (SmmTrayMenu *self);
/* Whoever shows it asks anew. */
void smm_tray_menu_changed (SmmTrayMenu *self);

G_END_DECLS
