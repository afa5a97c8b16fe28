/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Periods of a run that nothing was done at: they count, and how late they were
 * is recorded, if they are due in its window. Knows no workload.
 */
#ifndef KTB_MISSED_PERIODS_H
#define KTB_MISSED_PERIODS_H

#include <ktb_missed.h>

#include "workload.h"

void ktb_missed_keep(struct ktb_run *run, struct ktb_cell *cell, u32 metric,
		     u32 counter, const struct ktb_missed *missed, u64 came_ns,
		     u32 times);

#endif /* KTB_MISSED_PERIODS_H */
