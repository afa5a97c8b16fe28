/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine as hwloc sees it: CPUs with their cores, L3 caches, packages and
 * NUMA nodes. It knows no jobs.
 */
#ifndef KTB_TOPOLOGY_H
#define KTB_TOPOLOGY_H

#include <hwloc.h>
#include <stdbool.h>
#include <stdint.h>

#include "message.h"

/* The machine has no such object. */
#define KTB_TOPOLOGY_NONE (-1)

/**
 * struct ktb_cpu - one online CPU
 * @cpu: the kernel's number
 * @core: logical index of its core, or KTB_TOPOLOGY_NONE
 * @l3: of its L3 cache
 * @package: of its package
 * @node: of its NUMA node
 */
struct ktb_cpu {
	uint32_t cpu;
	int core;
	int l3;
	int package;
	int node;
};

/**
 * struct ktb_topology - a machine
 * @hwloc: hwloc's own
 * @is_loaded: hwloc has taken it
 * @cpus: online CPUs in logical order: neighbours stand side by side
 * @nr_cpus: entries of @cpus, at least one
 * @index: from a CPU's number to its entry of @cpus, SIZE_MAX for none
 * @nr_index: entries of @index
 * @smt_core: the first core with several CPUs, or KTB_TOPOLOGY_NONE
 * @nr_nodes: NUMA nodes, those without a CPU included
 * @present: CPUs that exist, offline ones included
 * @isolated: CPUs that the kernel keeps free of other work (isolcpus)
 * @affinity: CPUs where this process was started, see allowed.h
 * @cpuset: CPUs where it may go
 * @machine: what this is a view of, or NULL
 */
struct ktb_topology {
	hwloc_topology_t hwloc;
	bool is_loaded;
	struct ktb_cpu *cpus;
	size_t nr_cpus;
	size_t *index;
	size_t nr_index;
	int smt_core;
	int nr_nodes;
	hwloc_bitmap_t present;
	hwloc_bitmap_t isolated;
	hwloc_bitmap_t affinity;
	hwloc_bitmap_t cpuset;
	const struct ktb_topology *machine;
};

/**
 * ktb_topology_load() - look at a machine
 * @topology: to be filled in; ktb_topology_free() frees it
 * @xml: a file that hwloc wrote, or NULL: this machine
 * @err: on a failure
 *
 * Return: 0; KTB_EXIT_USAGE if @xml cannot be read; KTB_EXIT_DEVICE if this
 * machine cannot.
 */
int ktb_topology_load(struct ktb_topology *topology, const char *xml,
		      struct ktb_error *err);

/**
 * ktb_topology_synthetic() - make up a machine
 * @topology: to be filled in
 * @description: as for hwloc_topology_set_synthetic(3)
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_topology_synthetic(struct ktb_topology *topology,
			   const char *description, struct ktb_error *err);

/**
 * ktb_topology_index() - make the index of a topology anew
 * @topology: whose @cpus have been chosen; @nr_index is that of the machine
 */
void ktb_topology_index(struct ktb_topology *topology);

/** ktb_topology_free() - free what a topology holds; not the struct itself */
void ktb_topology_free(struct ktb_topology *topology);

/**
 * ktb_topology_find() - find an online CPU
 * @topology: where
 * @cpu: the kernel's number
 *
 * Return: the CPU or NULL.
 */
const struct ktb_cpu *ktb_topology_find(const struct ktb_topology *topology,
					uint32_t cpu);

/**
 * ktb_topology_online() - the online CPUs as a list
 * @topology: where
 *
 * Return: a string for free(), such as "0-3,8".
 */
char *ktb_topology_online(const struct ktb_topology *topology);

/**
 * ktb_topology_mark() - paint CPUs in the XML that will be exported
 * @topology: where
 * @cpus: CPUs that are measured; lstopo paints them in colour
 */
void ktb_topology_mark(struct ktb_topology *topology,
		       hwloc_const_bitmap_t cpus);

/**
 * ktb_topology_xml() - the topology as hwloc's XML, version 2
 * @topology: which
 *
 * Return: a string for free(), or NULL.
 */
char *ktb_topology_xml(const struct ktb_topology *topology);

#endif /* KTB_TOPOLOGY_H */
