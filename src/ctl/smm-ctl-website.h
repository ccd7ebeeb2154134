/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "smm-brand.h"
#include "smm-ctl.h"

G_BEGIN_DECLS

/* NULL after having said why; @status is what to end with. */
SmmBrand *smm_ctl_find_brand (SmmCtl *ctl, int *status);

G_END_DECLS
