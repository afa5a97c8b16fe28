// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Machines that stand on no desk: nodes without CPUs or without memory, CPUs
 * without a node or an L3 cache, SMT on some cores only, offline CPUs, cores of
 * two kinds, and 4,096 CPUs. hwloc describes them in topologies/.
 */
#include "support.h"

#include <time.h>

#include "runner/placement.h"

static void load(struct ktb_topology *topology, const char *machine)
{
	const char *top = getenv("TOP");
	struct ktb_error err;
	char path[4200];

	if (strchr(machine, ':')) {
		assert_int_equal(
			ktb_topology_synthetic(topology, machine, &err), 0);
		return;
	}
	snprintf(path, sizeof(path), "%s/tests/unit/topologies/%s.xml",
		 top ? top : ".", machine);
	assert_int_equal(ktb_topology_load(topology, path, &err), 0);
}

/* "CPU<ARMCPU ...", or the message of the failure. */
static int place(const struct ktb_topology *topology, const char *cpus,
		 const char *arm_on, char *text, size_t size)
{
	struct ktb_placement placement;
	struct ktb_error err;
	size_t i, len = 0;
	int ret;

	ret = ktb_placement_make(&placement, topology, cpus, arm_on, "none",
				 &err);
	snprintf(text, size, "%s", ret ? err.text : "");
	for (i = 0; !ret && i < placement.nr_places && len < size; i++)
		len += (size_t)snprintf(text + len, size - len, "%s%u<%u",
					i ? " " : "", placement.places[i].cpu,
					placement.places[i].arm_cpu);
	ktb_placement_free(&placement);
	return ret;
}

static const struct {
	const char *machine;
	const char *cpus;
	const char *arm_on;
	int code;
	const char *text;
} rows[] = {
	/* Three nodes, of which the last has no CPU. */
	{ "cpuless", "all", "same", 0, "0<0 1<1 2<2 3<3" },
	{ "cpuless", "one-per-numa", "other-node", 0, "0<3 2<1" },
	{ "cpuless", "2", "same-node", 0, "2<3" },
	{ "cpuless", "siblings", "same", KTB_EXIT_SKIPPED,
	  "cpus: 'siblings' cannot be placed: this machine has no core with two hardware threads (SMT is absent or off)" },
	/* A node without memory has CPUs all the same. */
	{ "memoryless", "one-per-numa", "other-node", 0, "0<3 2<1" },
	/* CPUs 2 and 3 lie in no node, and below no L3 cache. */
	{ "nodeless", "one-per-numa", "same", 0, "0<0" },
	{ "nodeless", "one-per-l3", "same", 0, "0<0" },
	{ "nodeless", "2", "other-node", KTB_EXIT_SKIPPED,
	  "arm_on: 'other-node' cannot be placed: CPU 2 has no NUMA node that hwloc can see" },
	{ "nodeless", "0", "other-node", KTB_EXIT_SKIPPED,
	  "arm_on: 'other-node' cannot be placed: CPU 0 has no other NUMA node (the machine has one)" },
	{ "nodeless", "3", "same-node", KTB_EXIT_SKIPPED,
	  "arm_on: 'same-node' cannot be placed: CPU 3 has no NUMA node that hwloc can see" },
	{ "nodeless", "2", "same-l3", KTB_EXIT_SKIPPED,
	  "arm_on: 'same-l3' cannot be placed: CPU 2 has no L3 cache that hwloc can see" },
	{ "nodeless", "0", "same-l3", 0, "0<1" },
	{ "pack:1 [numa] core:2 pu:1", "0", "same-l3", KTB_EXIT_SKIPPED,
	  "arm_on: 'same-l3' cannot be placed: CPU 0 has no L3 cache that hwloc can see" },
	{ "pack:1 [numa] l3:2 core:1 pu:1", "0", "same-l3", KTB_EXIT_SKIPPED,
	  "arm_on: 'same-l3' cannot be placed: CPU 0 has no other core below its L3 cache" },
	/* Cores 1 to 3 have their second thread off. */
	{ "smt-off", "siblings", "sibling", 0, "0<1 1<0" },
	{ "smt-off", "one-per-core", "same", 0, "0<0 2<2 4<4 6<6" },
	{ "smt-off", "2", "sibling", KTB_EXIT_SKIPPED,
	  "arm_on: 'sibling' cannot be placed: CPU 2 has no second hardware thread on its core, which other cores have" },
	/* CPUs 6 and 7 are offline. */
	{ "offline", "all", "same", 0, "0<0 1<1 2<2 3<3 4<4 5<5" },
	{ "offline", "one-per-core", "other-node", 0, "0<5 2<4 4<1" },
	{ "offline", "5-6", "same", KTB_EXIT_USAGE,
	  "cpus: CPU 6 is offline; online are CPUs 0-5" },
	{ "offline", "8", "same", KTB_EXIT_USAGE,
	  "cpus: CPU 8 does not exist; online are CPUs 0-5" },
	/* Cores of two kinds: a kind is no place of its own. */
	{ "hybrid", "one-per-core", "same", 0, "0<0 2<2 4<4 6<6" },
	{ "hybrid", "one-per-numa", "other-node", 0, "0<5 4<1" },
};

static void places(void **state)
{
	struct ktb_topology topology;
	char text[KTB_ERROR_LEN];
	size_t i;
	int code;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		load(&topology, rows[i].machine);
		code = place(&topology, rows[i].cpus, rows[i].arm_on, text,
			     sizeof(text));
		if (code != rows[i].code || strcmp(text, rows[i].text))
			fail_msg("%s: cpus=%s arm_on=%s: %d: %s",
				 rows[i].machine, rows[i].cpus, rows[i].arm_on,
				 code, text);
		ktb_topology_free(&topology);
	}
}

/* Each search is over the CPUs once: a cubic one takes minutes here. */
static void is_quick_on_many(void **state)
{
	static const char *const machines[] = {
		"pack:8 [numa] l3:8 core:32 pu:2",
		"pack:1 [numa] l3:1 core:4096 pu:1",
		"pack:512 [numa] l3:1 core:4 pu:2",
	};
	static const char *const cpus[] = { "all",	  "one-per-core",
					    "one-per-l3", "one-per-numa",
					    "siblings",	  "0-4095" };
	static const char *const arm_on[] = { "same",	    "sibling",
					      "same-l3",    "same-node",
					      "other-node", "every 77" };
	struct ktb_topology topology;
	static char text[1 << 20];
	size_t i, k, m;
	clock_t began;
	double took_s;

	for (i = 0; i < ARRAY_SIZE(machines); i++) {
		load(&topology, machines[i]);
		assert_int_equal(topology.nr_cpus, 4096);
		for (k = 0; k < ARRAY_SIZE(cpus); k++) {
			for (m = 0; m < ARRAY_SIZE(arm_on); m++) {
				began = clock();
				place(&topology, cpus[k], arm_on[m], text,
				      sizeof(text));
				took_s = (double)(clock() - began) /
					 CLOCKS_PER_SEC;
				if (took_s > 0.2)
					fail_msg("%s: cpus=%s arm_on=%s: %g s",
						 machines[i], cpus[k],
						 arm_on[m], took_s);
			}
		}
		ktb_topology_free(&topology);
	}
}

/* Each CPU arms for one, and none for itself. */
static void shares_evenly(void **state)
{
	struct ktb_placement placement;
	struct ktb_topology topology;
	unsigned int arms[4096] = { 0 };
	struct ktb_error err;
	size_t i;

	load(&topology, "pack:8 [numa] l3:8 core:32 pu:2");
	assert_int_equal(ktb_placement_make(&placement, &topology, "all",
					    "other-node", "none", &err),
			 0);
	for (i = 0; i < placement.nr_places; i++) {
		assert_int_not_equal(placement.places[i].arm_cpu / 512,
				     placement.places[i].cpu / 512);
		arms[placement.places[i].arm_cpu]++;
	}
	for (i = 0; i < 4096; i++)
		assert_int_equal(arms[i], 1);
	ktb_placement_free(&placement);
	ktb_topology_free(&topology);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places),
		cmocka_unit_test(is_quick_on_many),
		cmocka_unit_test(shares_evenly),
	};

	return cmocka_run_group_tests_name("topologies", tests, NULL, NULL);
}
