/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-calendar-model.h"

G_BEGIN_DECLS

/* A time of the week at which no post goes out yet. */
typedef struct
{
  guint32 day; /* julian */
  int minute;  /* of that day, in the brand's zone */
} SmmFreeSlot;

/* SmmFreeSlot of the days from @from on that are still to come, in order, each once. None while posts
 * of all brands are shown. */
GArray *smm_free_slots_list (SmmCalendarModel *model, guint32 from, guint n_days);

/* Into @minutes (int) those of @day: days are asked for in order, @next is where the search goes on. */
void smm_free_slots_take (GArray *slots, guint *next, guint32 day, GArray *minutes);
/* Whether both are the same minutes. */
gboolean smm_free_slots_equal (GArray *a, GArray *b);

/*
 * Makes @buttons (GtkWidget*, children of @parent before @sibling) say the first @n of @minutes (int);
 * what is new gets @clicked (GtkButton *, @user_data).
 */
void smm_free_slots_show (GPtrArray *buttons, GArray *minutes, guint n, GtkWidget *parent,
                          GtkWidget *sibling, guint32 day, GCallback clicked, gpointer user_data);
int smm_free_slots_get_minute (GtkWidget *button);

G_END_DECLS
