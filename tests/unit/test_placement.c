// SPDX-License-Identifier: GPL-2.0-or-later
/* Placement on machines that are made up, impossible places included. */
#include "support.h"

#include "runner/placement.h"

/* Two packages, a node each; two L3 caches a node, two cores each, SMT. */
#define BIG   "pack:2 [numa] l3:2 core:2 pu:2"
#define SMALL "pack:1 [numa] l3:1 core:4 pu:1"
#define NO_L3 "pack:1 [numa] core:2 pu:2"

/* "CPU<ARMCPU ..." of a placement, or the message of the failure. */
static int place(const char *machine, const char *cpus, const char *arm_on,
		 const char *disturb, char *text, size_t size)
{
	struct ktb_placement placement;
	struct ktb_topology topology;
	struct ktb_error err;
	size_t i, len = 0;
	int ret;

	assert_int_equal(ktb_topology_synthetic(&topology, machine, &err), 0);
	hwloc_bitmap_set(topology.present, 31);
	hwloc_bitmap_set_range(topology.isolated, 2, 3);
	if (!strcmp(machine, SMALL))
		hwloc_bitmap_zero(topology.isolated);
	ret = ktb_placement_make(&placement, &topology, cpus, arm_on, disturb,
				 &err);
	snprintf(text, size, "%s", ret ? err.text : "");
	for (i = 0; !ret && i < placement.nr_places; i++)
		len += (size_t)snprintf(text + len, size - len, "%s%u<%u",
					i ? " " : "", placement.places[i].cpu,
					placement.places[i].arm_cpu);
	for (i = 0; !ret && i < placement.nr_disturb; i++)
		len += (size_t)snprintf(text + len, size - len, " !%u",
					placement.disturb[i]);
	ktb_placement_free(&placement);
	ktb_topology_free(&topology);
	return ret;
}

static const struct {
	const char *machine;
	const char *cpus;
	const char *arm_on;
	const char *disturb;
	int code;
	const char *text;
} rows[] = {
	{ SMALL, "all", "same", "none", 0, "0<0 1<1 2<2 3<3" },
	{ BIG, "one-per-core", "same", "none", 0,
	  "0<0 2<2 4<4 6<6 8<8 10<10 12<12 14<14" },
	{ BIG, "one-per-l3", "same", "none", 0, "0<0 4<4 8<8 12<12" },
	{ BIG, "one-per-numa", "same", "none", 0, "0<0 8<8" },
	{ BIG, "siblings", "same", "none", 0, "0<0 1<1" },
	{ BIG, "isolated", "same", "none", 0, "2<2 3<3" },
	{ BIG, "0-2,8", "same", "none", 0, "0<0 1<1 2<2 8<8" },
	{ BIG, "3, 1", "same", "none", 0, "3<3 1<1" },
	{ BIG, "0", "same", "5,7", 0, "0<0 !5 !7" },
	{ SMALL, "all", "every 0", "none", 0, "0<0 1<1 2<2 3<3" },
	{ SMALL, "all", "every 1", "none", 0, "0<1 1<2 2<3 3<0" },
	{ BIG, "8,2,5", "every 2", "none", 0, "8<5 2<8 5<2" },
	{ BIG, "0", "same", "one-per-numa", 0, "0<0 !0 !8" },

	{ BIG, "siblings", "sibling", "none", 0, "0<1 1<0" },
	{ BIG, "one-per-numa", "sibling", "none", 0, "0<1 8<9" },
	/* Another core below the same cache. */
	{ BIG, "0", "same-l3", "none", 0, "0<2" },
	{ BIG, "one-per-l3", "same-l3", "none", 0, "0<2 4<6 8<10 12<14" },
	/* Another cache of the node is farther, and is preferred. */
	{ BIG, "0", "same-node", "none", 0, "0<4" },
	{ SMALL, "0", "same-node", "none", 0, "0<1" },
	/* Not the one that is measured, as long as there are others. */
	{ SMALL, "0,1", "same-node", "none", 0, "0<2 1<3" },
	{ BIG, "0", "other-node", "none", 0, "0<8" },
	/* No CPU arms for two as long as another arms for none. */
	{ BIG, "0,1", "other-node", "none", 0, "0<8 1<9" },

	{ NO_L3, "one-per-l3", "same", "none", KTB_EXIT_SKIPPED,
	  "cpus: 'one-per-l3' cannot be placed: this machine has no L3 cache that hwloc can see" },
	{ SMALL, "siblings", "same", "none", KTB_EXIT_SKIPPED,
	  "cpus: 'siblings' cannot be placed: this machine has no core with two hardware threads (SMT is absent or off)" },
	{ SMALL, "isolated", "same", "none", KTB_EXIT_SKIPPED,
	  "cpus: 'isolated' cannot be placed: this machine has no isolated CPU (boot with isolcpus=LIST)" },
	{ SMALL, "1", "sibling", "none", KTB_EXIT_SKIPPED,
	  "arm_on: 'sibling' cannot be placed: CPU 1 has no second hardware thread on its core (SMT is absent or off)" },
	{ NO_L3, "0", "same-l3", "none", KTB_EXIT_SKIPPED,
	  "arm_on: 'same-l3' cannot be placed: CPU 0 has no L3 cache that hwloc can see" },
	{ SMALL, "0", "other-node", "none", KTB_EXIT_SKIPPED,
	  "arm_on: 'other-node' cannot be placed: CPU 0 has no other NUMA node (the machine has one)" },

	{ SMALL, "0-9", "same", "none", KTB_EXIT_USAGE,
	  "cpus: CPU 4 does not exist; online are CPUs 0-3" },
	{ SMALL, "31", "same", "none", KTB_EXIT_USAGE,
	  "cpus: CPU 31 is offline; online are CPUs 0-3" },
	{ SMALL, "99999999999", "same", "none", KTB_EXIT_USAGE,
	  "cpus: CPU 99999999999 does not exist; online are CPUs 0-3" },
	{ SMALL, "0,99999999999999999999", "same", "none", KTB_EXIT_USAGE,
	  "cpus: CPU 99999999999999999999 does not exist; online are CPUs 0-3" },
	{ SMALL, "0-99999999999999999999", "same", "none", KTB_EXIT_USAGE,
	  "cpus: CPU 4 does not exist; online are CPUs 0-3" },
	{ SMALL, "1,1", "same", "none", KTB_EXIT_USAGE,
	  "cpus: CPU 1 is given twice" },
	{ SMALL, "none", "same", "none", KTB_EXIT_USAGE,
	  "cpus: a job measures at least one CPU" },
	{ SMALL, "one-per-cor", "same", "none", KTB_EXIT_USAGE,
	  "cpus: 'one-per-cor' is neither a list of CPUs such as 0-3,8 nor one of all, one-per-core, one-per-l3, one-per-numa, siblings, isolated (did you mean 'one-per-core'?)" },
	{ SMALL, "3-1", "same", "none", KTB_EXIT_USAGE,
	  "cpus: '3-1' is neither a list of CPUs such as 0-3,8 nor one of all, one-per-core, one-per-l3, one-per-numa, siblings, isolated" },
	{ SMALL, "0,", "same", "none", KTB_EXIT_USAGE,
	  "cpus: '0,' is neither a list of CPUs such as 0-3,8 nor one of all, one-per-core, one-per-l3, one-per-numa, siblings, isolated" },
	{ SMALL, "0", "same-node-x", "none", KTB_EXIT_USAGE,
	  "arm_on: 'same-node-x' is not one of same, sibling, same-l3, same-node, other-node, every (did you mean 'same-node'?)" },
	{ SMALL, "0", "same", "4", KTB_EXIT_USAGE,
	  "disturb_cpus: CPU 4 does not exist; online are CPUs 0-3" },
};

static void places(void **state)
{
	char text[KTB_ERROR_LEN];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(place(rows[i].machine, rows[i].cpus,
				       rows[i].arm_on, rows[i].disturb, text,
				       sizeof(text)),
				 rows[i].code);
		assert_string_equal(text, rows[i].text);
	}
}

static void knows_all_that_is_used(void **state)
{
	hwloc_bitmap_t used = hwloc_bitmap_alloc();
	struct ktb_placement placement;
	struct ktb_topology topology;
	struct ktb_error err;
	char *list;

	assert_int_equal(ktb_topology_synthetic(&topology, BIG, &err), 0);
	assert_int_equal(ktb_placement_make(&placement, &topology, "0,4",
					    "sibling", "15", &err),
			 0);
	ktb_placement_used(&placement, used);
	hwloc_bitmap_list_asprintf(&list, used);
	assert_string_equal(list, "0-1,4-5,15");
	free(list);
	hwloc_bitmap_free(used);
	ktb_placement_free(&placement);
	ktb_topology_free(&topology);
}

static void marks_measured_cpus(void **state)
{
	hwloc_bitmap_t cpus = hwloc_bitmap_alloc();
	struct ktb_topology topology, again;
	char *directory = test_directory();
	struct ktb_error err;
	char path[4200];
	char *xml;
	int nr = 0;
	const char *at;

	assert_int_equal(ktb_topology_synthetic(&topology, BIG, &err), 0);
	hwloc_bitmap_set(cpus, 0);
	hwloc_bitmap_set(cpus, 9);
	ktb_topology_mark(&topology, cpus);
	xml = ktb_topology_xml(&topology);
	for (at = xml; (at = strstr(at, "Background=#d55e00")); at++)
		nr++;
	assert_int_equal(nr, 2);

	/* What was written can be planned for elsewhere. */
	test_write(directory, "t.xml", xml);
	snprintf(path, sizeof(path), "%s/t.xml", directory);
	assert_int_equal(ktb_topology_load(&again, path, &err), 0);
	assert_int_equal(again.nr_cpus, 16);
	assert_int_equal(again.cpus[9].cpu, 9);
	assert_int_equal(again.cpus[9].core, 4);
	assert_int_equal(again.cpus[9].l3, 2);
	assert_int_equal(again.cpus[9].package, 1);
	assert_int_equal(again.cpus[9].node, 1);
	ktb_topology_free(&again);
	free(xml);
	hwloc_bitmap_free(cpus);
	ktb_topology_free(&topology);
	test_remove(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places),
		cmocka_unit_test(knows_all_that_is_used),
		cmocka_unit_test(marks_measured_cpus),
	};

	return cmocka_run_group_tests_name("placement", tests, NULL, NULL);
}
