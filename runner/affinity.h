/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the runner itself runs: off the CPUs that are measured, armed on or
 * disturbed, as long as any other is left to it.
 */
#ifndef KTB_AFFINITY_H
#define KTB_AFFINITY_H

#include <hwloc.h>
#include <stdbool.h>

#include "topology.h"

/**
 * struct ktb_affinity - the runner's CPUs
 * @hwloc: the machine
 * @allowed: where it was allowed to run when it began
 * @used: where it has been put since
 */
struct ktb_affinity {
	hwloc_topology_t hwloc;
	hwloc_bitmap_t allowed;
	hwloc_bitmap_t used;
};

/**
 * ktb_affinity_begin() - note where the runner may run
 * @affinity: to be filled in; ktb_affinity_end() frees it
 * @topology: this machine
 */
void ktb_affinity_begin(struct ktb_affinity *affinity,
			const struct ktb_topology *topology);

/**
 * ktb_affinity_keep_off() - leave the CPUs that are measured
 * @affinity: where the runner may run
 * @busy: what to keep off
 * @is_dry: only say how it would be
 *
 * Return: whether the runner is off them: false when it shares them, because
 * no other CPU is left or the kernel does not let it go.
 */
bool ktb_affinity_keep_off(struct ktb_affinity *affinity,
			   hwloc_const_bitmap_t busy, bool is_dry);

/** ktb_affinity_end() - go back to where the runner began */
void ktb_affinity_end(struct ktb_affinity *affinity);

#endif /* KTB_AFFINITY_H */
