/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lane: where the numbers come from. Lanes are never mixed in a comparison.
 */
#ifndef KTB_LANE_H
#define KTB_LANE_H

#include <stdbool.h>

#include "message.h"

/**
 * struct ktb_lane - where the numbers come from
 * @name: `metal`, `vm` or `exact`
 * @detail: what the machine is, may be empty
 */
struct ktb_lane {
	const char *name;
	const char *detail;
};

/**
 * ktb_lane_find() - find out the lane
 * @lane: to be filled in
 * @err: on a failure
 *
 * KTBENCH_LANE and KTBENCH_LANE_DETAIL tell it in a VM of ours; else a
 * hypervisor's mark in /proc/cpuinfo means `vm`, and none `metal`.
 *
 * Return: 0, or KTB_EXIT_USAGE if KTBENCH_LANE names no lane.
 */
int ktb_lane_find(struct ktb_lane *lane, struct ktb_error *err);

/** ktb_lane_is_hypervisor() - whether the CPU says that a hypervisor runs it */
bool ktb_lane_is_hypervisor(void);

#endif /* KTB_LANE_H */
