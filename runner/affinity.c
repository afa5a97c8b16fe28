// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where the runner itself runs. It may not know what is measured.
 */
#include "affinity.h"

void ktb_affinity_begin(struct ktb_affinity *affinity,
			const struct ktb_topology *topology)
{
	*affinity = (struct ktb_affinity){
		.hwloc = topology->hwloc,
		.allowed = hwloc_bitmap_alloc(),
		.used = hwloc_bitmap_alloc(),
	};
	if (hwloc_get_cpubind(affinity->hwloc, affinity->allowed,
			      HWLOC_CPUBIND_PROCESS))
		hwloc_bitmap_copy(
			affinity->allowed,
			hwloc_topology_get_topology_cpuset(affinity->hwloc));
}

bool ktb_affinity_keep_off(struct ktb_affinity *affinity,
			   hwloc_const_bitmap_t busy, bool is_dry)
{
	hwloc_bitmap_t free_cpus = hwloc_bitmap_alloc();
	bool is_off;

	hwloc_bitmap_andnot(free_cpus, affinity->allowed, busy);
	is_off = !hwloc_bitmap_iszero(free_cpus);
	if (!is_off)
		hwloc_bitmap_copy(free_cpus, affinity->allowed);
	if (!is_dry && hwloc_set_cpubind(affinity->hwloc, free_cpus,
					 HWLOC_CPUBIND_PROCESS)) {
		hwloc_bitmap_copy(free_cpus, affinity->allowed);
		is_off = false;
	}
	hwloc_bitmap_or(affinity->used, affinity->used, free_cpus);
	hwloc_bitmap_free(free_cpus);
	return is_off;
}

void ktb_affinity_end(struct ktb_affinity *affinity)
{
	if (!affinity->allowed)
		return;
	hwloc_set_cpubind(affinity->hwloc, affinity->allowed,
			  HWLOC_CPUBIND_PROCESS);
	hwloc_bitmap_free(affinity->allowed);
	hwloc_bitmap_free(affinity->used);
	affinity->allowed = affinity->used = NULL;
}
