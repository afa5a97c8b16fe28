// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which CPU arms, seen from the CPU that is measured. It may not know how the
 * measured CPUs were chosen.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allowed.h"
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

static const char *same_lack(const struct ktb_topology *topology,
			     const struct ktb_cpu *self)
{
	return "vanished";
}

static const char *sibling_lack(const struct ktb_topology *topology,
				const struct ktb_cpu *self)
{
	if (self->core == KTB_TOPOLOGY_NONE)
		return "no core that hwloc can see";
	return topology->smt_core == KTB_TOPOLOGY_NONE ?
		       "no second hardware thread on its core (SMT is absent or off)" :
		       "no second hardware thread on its core, which other cores have";
}

static const char *same_l3_lack(const struct ktb_topology *topology,
				const struct ktb_cpu *self)
{
	return self->l3 == KTB_TOPOLOGY_NONE ?
		       "no L3 cache that hwloc can see" :
		       "no other core below its L3 cache";
}

static const char *same_node_lack(const struct ktb_topology *topology,
				  const struct ktb_cpu *self)
{
	return self->node == KTB_TOPOLOGY_NONE ?
		       "no NUMA node that hwloc can see" :
		       "no other core on its NUMA node";
}

static const char *other_node_lack(const struct ktb_topology *topology,
				   const struct ktb_cpu *self)
{
	if (self->node == KTB_TOPOLOGY_NONE)
		return "no NUMA node that hwloc can see";
	return topology->nr_nodes < 2 ?
		       "no other NUMA node (the machine has one)" :
		       "no other NUMA node with a CPU that is online";
}

/* @best_fit is the most that @fit says. What @lack returns ends "CPU N has". */
static const struct relation {
	const char *name;
	int (*fit)(const struct ktb_cpu *a, const struct ktb_cpu *b);
	int best_fit;
	const char *(*lack)(const struct ktb_topology *topology,
			    const struct ktb_cpu *self);
} relations[] = {
	{ "same", same_fit, 1, same_lack },
	{ "sibling", sibling_fit, 1, sibling_lack },
	{ "same-l3", same_l3_fit, 1, same_l3_lack },
	{ "same-node", same_node_fit, 2, same_node_lack },
	{ "other-node", other_node_fit, 1, other_node_lack },
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

/**
 * struct arms - what the CPUs do for a placement
 * @measured: CPUs that are measured
 * @nr: for how many places each CPU arms, in the topology's order
 * @all_measured: no CPU is left that is not measured
 * @fewest: the least of @nr
 * @nr_fewest: how many CPUs have that
 */
struct arms {
	hwloc_bitmap_t measured;
	size_t *nr;
	bool all_measured;
	size_t fewest;
	size_t nr_fewest;
};

static void begin_arms(struct arms *arms, const struct ktb_placement *placement,
		       const struct ktb_topology *topology)
{
	size_t i;

	*arms = (struct arms){
		.measured = hwloc_bitmap_alloc(),
		.nr = ktb_alloc_zeroed(topology->nr_cpus, sizeof(*arms->nr)),
		.all_measured = placement->nr_places == topology->nr_cpus,
		.nr_fewest = topology->nr_cpus,
	};
	for (i = 0; i < placement->nr_places; i++)
		hwloc_bitmap_set(arms->measured, placement->places[i].cpu);
}

static void end_arms(struct arms *arms)
{
	hwloc_bitmap_free(arms->measured);
	free(arms->nr);
}

static void add_arm(struct arms *arms, const struct ktb_topology *topology,
		    size_t index)
{
	size_t i;

	if (arms->nr[index]++ != arms->fewest || --arms->nr_fewest)
		return;
	/* Each CPU arms for one place more: once in as many places as CPUs. */
	arms->fewest++;
	for (i = 0; i < topology->nr_cpus; i++)
		arms->nr_fewest += arms->nr[i] == arms->fewest;
}

static bool is_measured(const struct arms *arms, const struct ktb_cpu *cpu)
{
	return hwloc_bitmap_isset(arms->measured, cpu->cpu);
}

/* The CPU to arm for @self. */
static const struct ktb_cpu *choose(const struct ktb_topology *topology,
				    const struct relation *relation,
				    const struct ktb_cpu *self,
				    struct arms *arms)
{
	/* A CPU that is named may lie outside of where this process may be. */
	const size_t at = topology->index[self->cpu] == SIZE_MAX ?
				  0 :
				  topology->index[self->cpu];
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
		is_better = fit > best_fit ||
			    arms->nr[index] < arms->nr[best_index] ||
			    (arms->nr[index] == arms->nr[best_index] &&
			     is_measured(arms, best) &&
			     !is_measured(arms, cpu));
		if (!is_better)
			continue;
		best = cpu;
		best_fit = fit;
		best_index = index;
		/* No other can be better. */
		if (fit == relation->best_fit &&
		    arms->nr[index] == arms->fewest &&
		    (arms->all_measured || !is_measured(arms, cpu)))
			break;
	}
	if (best)
		add_arm(arms, topology, best_index);
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
	const struct ktb_cpu *chosen, *self;
	struct arms arms;
	size_t i;
	int ret = 0;

	if (rotate(placement, where))
		return 0;
	relation = find_relation(where, err);
	if (!relation)
		return err->code;
	begin_arms(&arms, placement, topology);
	for (i = 0; !ret && i < placement->nr_places; i++) {
		self = ktb_topology_find(ktb_allowed_machine(topology),
					 placement->places[i].cpu);
		chosen = relation->fit == same_fit ?
				 self :
				 choose(topology, relation, self, &arms);
		if (chosen)
			placement->places[i].arm_cpu = chosen->cpu;
		else
			ret = ktb_message_set(
				err, KTB_EXIT_SKIPPED,
				"'%s' cannot be placed: CPU %u has %s", where,
				self->cpu, relation->lack(topology, self));
	}
	end_arms(&arms);
	return ret;
}
