/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lane: where the numbers come from. Lanes are never mixed in a comparison.
 */
#ifndef KTB_LANE_H
#define KTB_LANE_H

#include <stdbool.h>
#include <stdint.h>

#include "message.h"

/**
 * struct ktb_lane - where the numbers come from
 * @name: `metal`, `vm` or `exact`
 * @detail: what the machine is, may be empty
 * @align_s: each run begins at a whole multiple of so many seconds of CLOCK_MONOTONIC;
 *	0: at once
 */
struct ktb_lane {
	const char *name;
	const char *detail;
	int64_t align_s;
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

/**
 * ktb_lane_wait() - sleep until a run may begin
 * @lane: found
 *
 * In the exact lane runs are aligned: where one stands in the tick, and in each other
 * period of the kernel, is its own then, and does not hang on how many instructions
 * whatever came before it took. Idle time costs nothing there. Elsewhere a run begins at
 * once, in whatever phase that is. A signal ends the sleep, but in its last second.
 */
void ktb_lane_wait(const struct ktb_lane *lane);

/** ktb_lane_is_hypervisor() - whether the CPU says that a hypervisor runs it */
bool ktb_lane_is_hypervisor(void);

#endif /* KTB_LANE_H */
