// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench topology`: the machine, and what a placement means on it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "allowed.h"
#include "alloc.h"
#include "file.h"
#include "placement.h"
#include "verbs.h"

/**
 * struct topology_options - options of `topology`
 * @input: XML of another machine
 * @output: where to write XML
 * @cpus: placement to show
 * @arm_on: where it arms
 * @user: as for a workload of user space
 */
struct topology_options {
	const char *input;
	const char *output;
	const char *cpus;
	const char *arm_on;
	bool user;
};

static const struct ktb_option table[] = {
	{ "input", 'i', KTB_OPTION_FILE, "FILE",
	  offsetof(struct topology_options, input), 0, 0,
	  "another machine's topology, hwloc's XML" },
	{ "output", 'o', KTB_OPTION_FILE, "FILE",
	  offsetof(struct topology_options, output), 0, 0,
	  "write the topology as hwloc's XML, with the CPUs of --cpus marked" },
	{ "cpus", 'c', KTB_OPTION_TEXT, "PLACEMENT",
	  offsetof(struct topology_options, cpus), 0, 0,
	  "show which CPUs a job's `cpus = PLACEMENT` means" },
	{ "arm-on", 'a', KTB_OPTION_TEXT, "WHERE",
	  offsetof(struct topology_options, arm_on), 0, 0,
	  "show which CPUs a job's `arm_on = WHERE` means for them" },
	{ "user", 'u', KTB_OPTION_FLAG, NULL,
	  offsetof(struct topology_options, user), 0, 0,
	  "place as for a workload of user space, on CPUs that this process may use" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"PLACEMENT is all, one-per-core, one-per-l3, one-per-numa, siblings, isolated\n"
	"or a list such as 0-3,8. WHERE is same, sibling, same-l3, same-node or\n"
	"other-node, seen from each measured CPU. `lstopo -i FILE` draws what --output\n"
	"wrote.",
	"Threads of the kernel may be placed on all CPUs. Workloads of user space keep to\n"
	"what the process may use: of its affinity (taskset) where a word says where, and\n"
	"of its cgroup's cpuset where a list does.",
	NULL,
};

static const struct topology_options defaults = { .arm_on = "same" };

static void print_index(int index)
{
	if (index == KTB_TOPOLOGY_NONE)
		printf(" %7s", "-");
	else
		printf(" %7d", index);
}

static void print_cpu(const struct ktb_topology *topology,
		      const struct ktb_cpu *cpu,
		      const struct ktb_device_place *place)
{
	printf("%5u", cpu->cpu);
	print_index(cpu->core);
	print_index(cpu->l3);
	print_index(cpu->package);
	print_index(cpu->node);
	if (hwloc_bitmap_isset(topology->isolated, cpu->cpu))
		printf("  isolated");
	if (!hwloc_bitmap_isset(topology->affinity, cpu->cpu))
		printf("  not for user space");
	if (place) {
		printf("  measured");
		if (place->arm_cpu != cpu->cpu)
			printf(", armed on %u", place->arm_cpu);
	}
	putchar('\n');
}

static void print_all(const struct ktb_topology *topology,
		      const struct ktb_placement *placement)
{
	const struct ktb_device_place **places;
	const struct ktb_cpu *cpu;
	size_t i;

	places = ktb_alloc_zeroed(topology->nr_cpus, sizeof(*places));
	for (i = 0; i < placement->nr_places; i++) {
		cpu = ktb_topology_find(topology, placement->places[i].cpu);
		places[cpu - topology->cpus] = &placement->places[i];
	}
	printf("%5s %7s %7s %7s %7s\n", "CPU", "core", "L3", "package", "node");
	for (i = 0; i < topology->nr_cpus; i++)
		print_cpu(topology, &topology->cpus[i], places[i]);
	free(places);
}

static int write_xml(struct ktb_topology *topology, const char *path,
		     const struct ktb_placement *placement,
		     struct ktb_error *err)
{
	hwloc_bitmap_t measured = hwloc_bitmap_alloc();
	char *xml;
	size_t i;
	int ret;

	for (i = 0; i < placement->nr_places; i++)
		hwloc_bitmap_set(measured, placement->places[i].cpu);
	ktb_topology_mark(topology, measured);
	hwloc_bitmap_free(measured);
	xml = ktb_topology_xml(topology);
	ret = xml ? ktb_file_output(path, xml) : -1;
	free(xml);
	if (!ret)
		return 0;
	return ktb_message_set(err, KTB_EXIT_DEVICE, "cannot write %s: %s",
			       path,
			       xml ? strerror(-ret) : "hwloc gives no XML");
}

static int make_placement(struct ktb_placement *placement,
			  const struct ktb_topology *topology,
			  const struct topology_options *options,
			  struct ktb_error *err)
{
	struct ktb_topology view;
	int ret;

	if (!options->user)
		return ktb_placement_make(placement, topology, options->cpus,
					  options->arm_on, "none", err);
	ktb_allowed_view(&view, topology);
	ret = ktb_placement_make(placement, &view, options->cpus,
				 options->arm_on, "none", err);
	ktb_allowed_view_free(&view);
	return ret;
}

static void print_table(const struct ktb_topology *topology,
			const struct ktb_placement *placement)
{
	struct ktb_topology view;
	char *allowed;

	print_all(topology, placement);
	ktb_allowed_view(&view, topology);
	if (view.machine) {
		allowed = ktb_allowed_text(&view, false);
		printf("\nworkloads of user space are placed on %s\n", allowed);
		free(allowed);
	}
	ktb_allowed_view_free(&view);
}

static int run(const struct ktb_call *call)
{
	const struct topology_options *options = call->options;
	struct ktb_placement placement = { 0 };
	struct ktb_topology topology;
	struct ktb_error err;
	int ret;

	ret = ktb_topology_load(&topology, options->input, &err);
	if (!ret && options->cpus)
		ret = make_placement(&placement, &topology, options, &err);
	if (!ret && options->output)
		ret = write_xml(&topology, options->output, &placement, &err);
	if (ret)
		ktb_message_print(&err);
	else
		print_table(&topology, &placement);
	ktb_placement_free(&placement);
	ktb_topology_free(&topology);
	return ret;
}

const struct ktb_verb ktb_verb_topology = {
	.name = "topology",
	.summary =
		"Show the machine's CPUs, and which of them a placement means",
	.args = "",
	.table = table,
	.options_size = sizeof(struct topology_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
