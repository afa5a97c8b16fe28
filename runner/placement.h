/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Placement: from what a job says (`one-per-core`, `0-3,8`, `same-l3`) to the
 * CPUs of a machine, and where the runner keeps itself meanwhile. It knows the
 * topology, and nothing of workloads.
 */
#ifndef KTB_PLACEMENT_H
#define KTB_PLACEMENT_H

#include "device.h"
#include "topology.h"

/**
 * struct ktb_placement - where a job runs
 * @places: CPUs to measure, each with the CPU that arms
 * @nr_places: entries of @places, at least one
 * @disturb: CPUs to disturb on purpose
 * @nr_disturb: entries of @disturb
 */
struct ktb_placement {
	struct ktb_device_place *places;
	size_t nr_places;
	uint32_t *disturb;
	size_t nr_disturb;
};

/**
 * ktb_placement_cpus() - the CPUs that a job names
 * @topology: the machine
 * @text: `all`, `one-per-core`, `one-per-l3`, `one-per-numa`, `siblings`,
 *	`isolated`, `none`, or a list of CPU numbers
 * @cpus: to be filled in; free() it
 * @nr: entries of @cpus
 * @err: on a failure
 *
 * Return: 0; KTB_EXIT_SKIPPED if the machine lacks such objects;
 * KTB_EXIT_USAGE if a CPU is offline or does not exist, or the text says
 * nothing that is known.
 */
int ktb_placement_cpus(const struct ktb_topology *topology, const char *text,
		       uint32_t **cpus, size_t *nr, struct ktb_error *err);

/**
 * ktb_placement_make() - place a job
 * @placement: to be filled in; ktb_placement_free() frees it
 * @topology: the machine
 * @cpus: as for ktb_placement_cpus(), but not `none`
 * @arm_on: `same`, `sibling`, `same-l3`, `same-node`, `other-node`: seen from
 *	each measured CPU
 * @disturb: as for ktb_placement_cpus()
 * @err: on a failure; names the key that is at fault first
 *
 * Return: 0, KTB_EXIT_SKIPPED or KTB_EXIT_USAGE as ktb_placement_cpus().
 */
int ktb_placement_make(struct ktb_placement *placement,
		       const struct ktb_topology *topology, const char *cpus,
		       const char *arm_on, const char *disturb,
		       struct ktb_error *err);

/** ktb_placement_free() - free what a placement holds */
void ktb_placement_free(struct ktb_placement *placement);

/**
 * ktb_placement_used() - all CPUs that a placement measures, arms on, disturbs
 * @placement: which
 * @used: CPUs are added to it
 */
void ktb_placement_used(const struct ktb_placement *placement,
			hwloc_bitmap_t used);

#endif /* KTB_PLACEMENT_H */
