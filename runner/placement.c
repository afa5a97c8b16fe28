// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Placement by objects of the topology. It may not know workloads or the
 * device.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "allowed.h"
#include "arming.h"
#include "nearest.h"
#include "placement.h"

/* The kind of object that a CPU belongs to, for tables. */
static int core_of(const struct ktb_cpu *cpu)
{
	return cpu->core;
}

static int l3_of(const struct ktb_cpu *cpu)
{
	return cpu->l3;
}

static int node_of(const struct ktb_cpu *cpu)
{
	return cpu->node;
}

/* Every CPU is an object of its own. */
static int self_of(const struct ktb_cpu *cpu)
{
	return (int)cpu->cpu;
}

static bool is_any(const struct ktb_topology *topology,
		   const struct ktb_cpu *cpu)
{
	return true;
}

static bool is_isolated(const struct ktb_topology *topology,
			const struct ktb_cpu *cpu)
{
	return hwloc_bitmap_isset(topology->isolated, cpu->cpu);
}

static bool is_nothing(const struct ktb_topology *topology,
		       const struct ktb_cpu *cpu)
{
	return false;
}

/* In the first core that has several hardware threads. */
static bool is_sibling(const struct ktb_topology *topology,
		       const struct ktb_cpu *cpu)
{
	return cpu->core != KTB_TOPOLOGY_NONE &&
	       cpu->core == topology->smt_core;
}

/*
 * Words for sets of CPUs: the first CPU of each object that @object tells
 * apart, of those that @is_in picks. @lack ends "this machine has".
 */
static const struct word {
	const char *name;
	bool (*is_in)(const struct ktb_topology *topology,
		      const struct ktb_cpu *cpu);
	int (*object)(const struct ktb_cpu *cpu);
	const char *lack;
} words[] = {
	{ "all", is_any, self_of, "no CPU" },
	{ "one-per-core", is_any, core_of, "no cores that hwloc can see" },
	{ "one-per-l3", is_any, l3_of, "no L3 cache that hwloc can see" },
	{ "one-per-numa", is_any, node_of, "no NUMA node that hwloc can see" },
	{ "siblings", is_sibling, self_of,
	  "no core with two hardware threads (SMT is absent or off)" },
	{ "isolated", is_isolated, self_of,
	  "no isolated CPU (boot with isolcpus=LIST)" },
	{ "none", is_nothing, self_of, NULL },
};

#define NR_WORDS (sizeof(words) / sizeof(words[0]))

static void add_cpu(uint32_t **cpus, size_t *nr, uint32_t cpu)
{
	*cpus = ktb_alloc_more(*cpus, *nr, sizeof(**cpus));
	(*cpus)[(*nr)++] = cpu;
}

static int word_to_cpus(const struct ktb_topology *topology,
			const struct word *word, uint32_t **cpus, size_t *nr,
			struct ktb_error *err)
{
	hwloc_bitmap_t seen = hwloc_bitmap_alloc();
	const struct ktb_cpu *cpu;
	char *allowed;
	int object;
	size_t i;

	for (i = 0; i < topology->nr_cpus; i++) {
		cpu = &topology->cpus[i];
		object = word->object(cpu);
		if (!word->is_in(topology, cpu) ||
		    object == KTB_TOPOLOGY_NONE ||
		    hwloc_bitmap_isset(seen, (unsigned int)object))
			continue;
		hwloc_bitmap_set(seen, (unsigned int)object);
		add_cpu(cpus, nr, cpu->cpu);
	}
	hwloc_bitmap_free(seen);
	if (*nr || !word->lack)
		return 0;
	if (!topology->machine)
		return ktb_message_set(
			err, KTB_EXIT_SKIPPED,
			"'%s' cannot be placed: this machine has %s",
			word->name, word->lack);
	allowed = ktb_allowed_text(topology, false);
	ktb_message_set(
		err, KTB_EXIT_SKIPPED,
		"'%s' cannot be placed: there is %s among those that this process may use, %s",
		word->name, word->lack, allowed);
	free(allowed);
	return err->code;
}

/* A CPU that is online, and not this process's to use. */
static int not_allowed(const struct ktb_topology *topology, unsigned long cpu,
		       struct ktb_error *err)
{
	char *allowed = ktb_allowed_text(topology, true);

	ktb_message_set(
		err, KTB_EXIT_SKIPPED,
		"CPU %lu is online, and this process may use %s only: leave the cpuset, or name one of them",
		cpu, allowed);
	free(allowed);
	return err->code;
}

/* @name are the user's digits, which may be more than any number has. */
static int not_there(const struct ktb_topology *topology, const char *name,
		     size_t length, const char *why, struct ktb_error *err)
{
	char *online = ktb_topology_online(ktb_allowed_machine(topology));

	ktb_message_set(err, KTB_EXIT_USAGE, "CPU %.*s %s; online are CPUs %s",
			(int)length, name, why, online);
	free(online);
	return err->code;
}

static int add_listed(const struct ktb_topology *topology, unsigned long cpu,
		      hwloc_bitmap_t seen, uint32_t **cpus, size_t *nr,
		      struct ktb_error *err)
{
	const bool exists =
		cpu <= INT32_MAX &&
		hwloc_bitmap_isset(topology->present, (unsigned int)cpu);
	char name[32];

	if (exists &&
	    ktb_topology_find(ktb_allowed_machine(topology), (uint32_t)cpu)) {
		if (!ktb_allowed_may_use(topology, (uint32_t)cpu))
			return not_allowed(topology, cpu, err);
		if (hwloc_bitmap_isset(seen, (unsigned int)cpu))
			return ktb_message_set(err, KTB_EXIT_USAGE,
					       "CPU %lu is given twice", cpu);
		hwloc_bitmap_set(seen, (unsigned int)cpu);
		add_cpu(cpus, nr, (uint32_t)cpu);
		return 0;
	}
	return not_there(topology, name,
			 (size_t)snprintf(name, sizeof(name), "%lu", cpu),
			 exists ? "is offline" : "does not exist", err);
}

static int not_a_list(const char *text, struct ktb_error *err)
{
	struct ktb_nearest nearest;
	size_t i;

	ktb_nearest_begin(&nearest, text);
	for (i = 0; i < NR_WORDS; i++)
		ktb_nearest_offer(&nearest, words[i].name);
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"'%s' is neither a list of CPUs such as 0-3,8 nor one of all, one-per-core, one-per-l3, one-per-numa, siblings, isolated%s",
		text, ktb_nearest_hint(&nearest));
}

/* Digits at *at, which moves behind them; false if there are none. */
static bool read_number(const char **at, unsigned long *number)
{
	char *end;

	*at += strspn(*at, " \t");
	if (!isdigit((unsigned char)**at))
		return false;
	*number = strtoul(*at, &end, 10);
	*at = end + strspn(end, " \t");
	return true;
}

static int read_list(const struct ktb_topology *topology, const char *text,
		     hwloc_bitmap_t seen, uint32_t **cpus, size_t *nr,
		     struct ktb_error *err)
{
	const char *at = text, *name;
	unsigned long first, last;
	int ret;

	for (;;) {
		name = at + strspn(at, " \t");
		if (!read_number(&at, &first))
			return not_a_list(text, err);
		if (first > INT32_MAX)
			return not_there(topology, name,
					 strspn(name, "0123456789"),
					 "does not exist", err);
		last = first;
		if (*at == '-') {
			at++;
			if (!read_number(&at, &last) || last < first)
				return not_a_list(text, err);
		}
		do {
			ret = add_listed(topology, first, seen, cpus, nr, err);
			if (ret)
				return ret;
		} while (first++ < last);
		if (!*at)
			return 0;
		if (*at++ != ',')
			return not_a_list(text, err);
	}
}

static int list_to_cpus(const struct ktb_topology *topology, const char *text,
			uint32_t **cpus, size_t *nr, struct ktb_error *err)
{
	hwloc_bitmap_t seen = hwloc_bitmap_alloc();
	int ret = read_list(topology, text, seen, cpus, nr, err);

	hwloc_bitmap_free(seen);
	return ret;
}

int ktb_placement_cpus(const struct ktb_topology *topology, const char *text,
		       uint32_t **cpus, size_t *nr, struct ktb_error *err)
{
	size_t i;

	*cpus = NULL;
	*nr = 0;
	for (i = 0; i < NR_WORDS; i++)
		if (!strcmp(words[i].name, text))
			return word_to_cpus(topology, &words[i], cpus, nr, err);
	return list_to_cpus(topology, text, cpus, nr, err);
}

void ktb_placement_free(struct ktb_placement *placement)
{
	free(placement->places);
	free(placement->disturb);
	memset(placement, 0, sizeof(*placement));
}

void ktb_placement_used(const struct ktb_placement *placement,
			hwloc_bitmap_t used)
{
	size_t i;

	for (i = 0; i < placement->nr_places; i++) {
		hwloc_bitmap_set(used, placement->places[i].cpu);
		hwloc_bitmap_set(used, placement->places[i].arm_cpu);
	}
	for (i = 0; i < placement->nr_disturb; i++)
		hwloc_bitmap_set(used, placement->disturb[i]);
}

int ktb_placement_make(struct ktb_placement *placement,
		       const struct ktb_topology *topology, const char *cpus,
		       const char *arm_on, const char *disturb,
		       struct ktb_error *err)
{
	uint32_t *list;
	size_t i, nr;
	int ret;

	*placement = (struct ktb_placement){ 0 };
	ret = ktb_placement_cpus(topology, cpus, &list, &nr, err);
	if (!ret && !nr)
		ret = ktb_message_set(err, KTB_EXIT_USAGE,
				      "a job measures at least one CPU");
	if (ret) {
		free(list);
		return ktb_message_prefix(err, "cpus");
	}
	placement->places = ktb_alloc_zeroed(nr, sizeof(*placement->places));
	placement->nr_places = nr;
	for (i = 0; i < nr; i++)
		placement->places[i].cpu = list[i];
	free(list);
	/* It may be off the CPUs of a word, if a list names it. */
	if (ktb_arming_place(placement, ktb_allowed_machine(topology), arm_on,
			     err))
		return ktb_message_prefix(err, "arm_on");
	ret = ktb_placement_cpus(topology, disturb, &placement->disturb,
				 &placement->nr_disturb, err);
	return ret ? ktb_message_prefix(err, "disturb_cpus") : 0;
}
