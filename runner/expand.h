/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From jobs to the cells of a plan and the order in which they run. It knows
 * jobs and placements, and nothing of the device.
 */
#ifndef KTB_EXPAND_H
#define KTB_EXPAND_H

#include "plan.h"

/**
 * ktb_expand() - fill a plan with the cells and runs of its jobs
 * @plan: its jobs and its seed are set
 * @topology: the machine
 * @err: on a failure
 *
 * Return: as ktb_plan_make().
 */
int ktb_expand(struct ktb_plan *plan, const struct ktb_topology *topology,
	       struct ktb_error *err);

#endif /* KTB_EXPAND_H */
