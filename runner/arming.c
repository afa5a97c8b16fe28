// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which CPU arms, seen from the CPU that is measured. It may not know how the
 * measured CPUs were chosen.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arming.h"
#include "nearest.h"

static bool is_same_core(const struct ktb_cpu *a, const struct ktb_cpu *b)
{
	return a->core != KTB_TOPOLOGY_NONE && a->core == b->core;
}

static bool is_same_l3(const struct ktb_cpu *a, const struct ktb_cpu *b)
{
	return a->l3 != KTB_TOPOLOGY_NONE && a->l3 == b->l3;
}

static bool is_same_node(const struct ktb_cpu *a, const struct ktb_cpu *b)
{
	return a->node != KTB_TOPOLOGY_NONE && a->node == b->node;
}

/* How well @b suits to arm for @a: 0 not at all, more is better. */
static int same_fit(const struct ktb_cpu *a, const struct ktb_cpu *b)
{
	return a == b;
}

static int sibling_fit(const struct ktb_cpu *a, const struct ktb_cpu *b)
{
	return a != b && is_same_core(a, b);
}

static int same_l3_fit(const struct ktb_cpu *a, const struct ktb_cpu *b)
{
	return !is_same_core(a, b) && a != b && is_same_l3(a, b);
}

static int same_node_fit(const struct ktb_cpu *a, const struct ktb_cpu *b)
{
	if (is_same_core(a, b) || a == b || !is_same_node(a, b))
		return 0;
	return is_same_l3(a, b) ? 1 : 2;
}

static int other_node_fit(const struct ktb_cpu *a, const struct ktb_cpu *b)
{
	return a->node != KTB_TOPOLOGY_NONE && b->node != KTB_TOPOLOGY_NONE &&
	       a->node != b->node;
}

/* @lack ends "CPU N has". */
static const struct relation {
	const char *name;
	int (*fit)(const struct ktb_cpu *a, const struct ktb_cpu *b);
	const char *lack;
} relations[] = {
	{ "same", same_fit, "vanished" },
	{ "sibling", sibling_fit,
	  "no second hardware thread on its core (SMT is absent or off)" },
	{ "same-l3", same_l3_fit, "no other core below its L3 cache" },
	{ "same-node", same_node_fit, "no other core on its NUMA node" },
	{ "other-node", other_node_fit,
	  "no other NUMA node (the machine has one)" },
};

#define NR_RELATIONS (sizeof(relations) / sizeof(relations[0]))

static const struct relation *find_relation(const char *name,
					    struct ktb_error *err)
{
	struct ktb_nearest nearest;
	size_t i;

	ktb_nearest_begin(&nearest, name);
	for (i = 0; i < NR_RELATIONS; i++) {
		if (!strcmp(relations[i].name, name))
			return &relations[i];
		ktb_nearest_offer(&nearest, relations[i].name);
	}
	ktb_message_set(
		err, KTB_EXIT_USAGE,
		"'%s' is not one of same, sibling, same-l3, same-node, other-node, every%s",
		name, ktb_nearest_hint(&nearest));
	return NULL;
}

static bool is_measured(const struct ktb_placement *placement, uint32_t cpu)
{
	size_t i;

	for (i = 0; i < placement->nr_places; i++)
		if (placement->places[i].cpu == cpu)
			return true;
	return false;
}

/*
 * The CPU to arm for @self. @arms counts for how many places each CPU arms
 * already, in the topology's order.
 */
static const struct ktb_cpu *choose(const struct ktb_placement *placement,
				    const struct ktb_topology *topology,
				    const struct relation *relation,
				    const struct ktb_cpu *self, size_t *arms)
{
	const size_t at = (size_t)(self - topology->cpus);
	const struct ktb_cpu *best = NULL, *cpu;
	size_t i, index, best_index = 0;
	int fit, best_fit = 0;
	bool is_better;

	for (i = 0; i < topology->nr_cpus; i++) {
		index = (at + i) % topology->nr_cpus;
		cpu = &topology->cpus[index];
		fit = relation->fit(self, cpu);
		if (fit < 1 || fit < best_fit)
			continue;
		is_better = fit > best_fit || arms[index] < arms[best_index] ||
			    (arms[index] == arms[best_index] &&
			     is_measured(placement, best->cpu) &&
			     !is_measured(placement, cpu->cpu));
		if (!is_better)
			continue;
		best = cpu;
		best_fit = fit;
		best_index = index;
	}
	if (best)
		arms[best_index]++;
	return best;
}

/* "every 2": the CPU that is measured two places further on. */
static bool rotate(struct ktb_placement *placement, const char *where)
{
	const size_t nr = placement->nr_places;
	unsigned int by;
	char rest;
	size_t i;

	if (sscanf(where, "every %u%c", &by, &rest) != 1)
		return false;
	for (i = 0; i < nr; i++)
		placement->places[i].arm_cpu =
			placement->places[(i + by) % nr].cpu;
	return true;
}

int ktb_arming_place(struct ktb_placement *placement,
		     const struct ktb_topology *topology, const char *where,
		     struct ktb_error *err)
{
	const struct relation *relation;
	const struct ktb_cpu *chosen;
	size_t *arms;
	size_t i;
	int ret = 0;

	if (rotate(placement, where))
		return 0;
	relation = find_relation(where, err);
	if (!relation)
		return err->code;
	arms = ktb_alloc_zeroed(topology->nr_cpus, sizeof(*arms));
	for (i = 0; !ret && i < placement->nr_places; i++) {
		chosen = choose(placement, topology, relation,
				ktb_topology_find(topology,
						  placement->places[i].cpu),
				arms);
		if (chosen)
			placement->places[i].arm_cpu = chosen->cpu;
		else
			ret = ktb_message_set(
				err, KTB_EXIT_SKIPPED,
				"'%s' cannot be placed: CPU %u has %s", where,
				placement->places[i].cpu, relation->lack);
	}
	free(arms);
	return ret;
}
